"""Taking up a kept session: a refresh, then FileMaker's record again; half a person is never shown."""

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.application.outcome import NotNow, Over, Restored, RestoreOutcome
from ingenes_desktop.application.person import find_person
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.session import Session
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.domain.errors import AuthError, ErrorCode, bare
from ingenes_desktop.domain.event_log import record as log
from ingenes_desktop.domain.event_log import record_bug
from ingenes_desktop.domain.machine import CompanyCheck
from ingenes_desktop.domain.models import VaultRecord

OVER = ENDS_THE_SESSION | {
    ErrorCode.SESSION_LONGEST,
    ErrorCode.SESSION_NOT_RESTORED,
    ErrorCode.EMAIL_MISSING,
    ErrorCode.EMAIL_NOT_VERIFIED,
    ErrorCode.USER_NOT_FOUND,
    ErrorCode.OTHER_COMPANY,
    ErrorCode.SEVERAL_RECORDS,
}
"""After these nothing can be restored, however often it is tried; after all others the vault is kept."""

_LEEWAY_SECONDS = 60.0
"""A clock that runs a little fast is put right now and then; one that was set back gains a minute."""


class Restore:
    """Worker threads; every ending is a value, nothing is raised."""

    def __init__(self, sessions: Sessions, *, company_check: CompanyCheck, longest_seconds: float) -> None:
        self._sessions = sessions
        self._clocks = sessions.clocks
        self._company_check = company_check
        self._longest_seconds = longest_seconds

    def run(self, vault: TokenVault, record: VaultRecord, attempt: Attempt) -> RestoreOutcome:
        """Take up what ``vault`` kept; ``record`` is what it gave when it was opened.

        The outcome's ``leftovers`` are to be ended: with Ending.KEPT after NotNow, with Ending.HERE
        after Over.
        """
        session = self._sessions.begin(record, vault)
        was_set_back = record.sealed_at > self._clocks.computer() + _LEEWAY_SECONDS
        if was_set_back or self._is_too_old(record.signed_in_at):
            log("kept_session_too_old")
            # Nothing was asked of anybody, and Cognito goes on taking its refresh token for weeks.
            return Over(AuthError(ErrorCode.SESSION_LONGEST), session)
        try:
            return self._finish(session, attempt)
        except AuthError as error:
            log("session_not_restored", code=error.code, detail=error.detail or None)
            failure = bare(error)
        except Exception as error:  # noqa: BLE001  a bug must not leave a FileMaker session behind
            record_bug(error)
            failure = AuthError(ErrorCode.INTERNAL)
        leftovers = session if session.identity is not None else None
        return Over(failure, leftovers) if failure.code in OVER else NotNow(failure, leftovers)

    def _finish(self, session: Session, attempt: Attempt) -> Restored:
        session.renew(attempt)
        # The far end's own answers have set the clock right by now.
        if self._is_too_old(session.signed_in_at):
            raise AuthError(ErrorCode.SESSION_LONGEST)
        user, found = find_person(session, self._company_check, attempt)
        return Restored(session, user, found)

    def _is_too_old(self, signed_in_at: float) -> bool:
        now = max(self._clocks.far_end(), self._clocks.computer())
        return now - signed_in_at >= self._longest_seconds
