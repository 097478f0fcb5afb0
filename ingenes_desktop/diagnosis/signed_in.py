"""The whole chain with one person's password, part by part, and nothing left behind.

The parts are the application's own. Nothing is written (no LastLoginTime), nothing of the record is
told but counts, and at the end the FileMaker session is closed and this sign-in's tokens are revoked.
"""

from collections.abc import Callable, Iterator
from typing import TypeVar

from ingenes_desktop.adapters.filemaker_probe import FileMakerProbe
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.person import verified_email
from ingenes_desktop.application.ports import FarEnds
from ingenes_desktop.application.session import Clocks, Session
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, failed, finding
from ingenes_desktop.diagnosis.host_findings import host_findings
from ingenes_desktop.diagnosis.probing import Probes
from ingenes_desktop.diagnosis.question_finding import question_finding
from ingenes_desktop.diagnosis.server_findings import server_findings
from ingenes_desktop.diagnosis.surroundings import Attempts, Surroundings
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CognitoTokens
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings

_SECTION = Section.SIGN_IN
_Result = TypeVar("_Result")


class SignedIn:
    """One run of the chain. Worker thread; every finding is given as soon as it is known."""

    def __init__(
        self, settings: Settings, probes: Probes, attempts: Attempts, surroundings: Surroundings
    ) -> None:
        self._settings = settings
        self._probes = probes
        self._attempts = attempts
        self._surroundings = surroundings
        self._step = Check.PASSWORD
        self._tokens: CognitoTokens | None = None
        self._filemaker: FileMakerProbe | None = None
        self._spent_seconds = 0.0

    def findings(self, email: str, password: Secret) -> Iterator[Finding]:
        """Go through the chain. The password is sent once."""
        far_ends = self._probes.far_ends()
        try:
            yield from self._chain(far_ends, email, password)
        except AuthError as error:
            yield failed(_SECTION, self._step, error)
        finally:
            yield from self._undo(far_ends)

    def _chain(self, far_ends: FarEnds, email: str, password: Secret) -> Iterator[Finding]:
        attempt = self._attempts.new(self._settings.limits)
        answer = self._taken(
            Check.PASSWORD, attempt, lambda: far_ends.user_pool.initiate_auth(email, password, None, attempt)
        )
        if isinstance(answer, Challenge):
            yield question_finding(answer)
            return
        self._tokens = answer
        yield finding(_SECTION, Check.PASSWORD, Verdict.OK)
        session = Session(
            answer,
            far_ends,
            clocks=Clocks(
                self._surroundings.clock, self._surroundings.wall_clock, self._surroundings.wall_clock
            ),
            filemaker_unused_seconds=self._settings.limits.filemaker_unused,
            renew_before_seconds=self._settings.session.renew_before,
        )
        identity = self._taken(Check.ID_TOKEN, attempt, lambda: session.identify(attempt))
        address = self._taken(Check.ID_TOKEN, attempt, lambda: verified_email(session, identity, attempt))
        yield finding(_SECTION, Check.ID_TOKEN, Verdict.OK)
        identity_id = self._taken(
            Check.IDENTITY, attempt, lambda: far_ends.identity_pool.get_id(answer.id_token, attempt)
        )
        yield finding(_SECTION, Check.IDENTITY, Verdict.OK)
        credentials = self._taken(
            Check.CREDENTIALS,
            attempt,
            lambda: far_ends.identity_pool.get_credentials(identity_id, answer.id_token, attempt),
        )
        yield finding(_SECTION, Check.CREDENTIALS, Verdict.OK)
        account = self._taken(
            Check.ACCOUNT,
            attempt,
            lambda: far_ends.secret_store.get_filemaker_credentials(credentials, attempt),
        )
        yield finding(_SECTION, Check.ACCOUNT, Verdict.OK)
        host = self._probes.filemaker_host(account.base_url)
        looked = self._attempts.new(self._settings.limits)
        for each in host_findings(
            _SECTION, "filemaker", host, looked, wall_clock=self._surroundings.wall_clock
        ):
            yield each
            if each.verdict is Verdict.FAILURE:
                return
        filemaker = self._filemaker = self._probes.filemaker(account)
        asked = self._attempts.new(self._settings.limits)
        yield _product(filemaker, asked)
        self._taken(Check.SESSION, asked, lambda: filemaker.open(asked))
        yield finding(_SECTION, Check.SESSION, Verdict.OK)
        looks = server_findings(filemaker, address, identity.customer_id, self._settings.company_check, asked)
        yield self._taken(Check.FIND, asked, lambda: next(looks))
        yield self._duration()
        yield from looks

    def _taken(self, step: Check, attempt: Attempt, take: Callable[[], _Result]) -> _Result:
        self._step = step
        began = self._surroundings.clock()
        attempt.begin_next()
        result = take()
        self._spent_seconds += self._surroundings.clock() - began
        return result

    def _duration(self) -> Finding:
        """How long the window's own sign-in would have taken: it has one limit for all of its steps."""
        seconds, limit = round(self._spent_seconds, 1), self._settings.limits.attempt
        if seconds <= limit:
            return finding(_SECTION, Check.DURATION, Verdict.OK, seconds=seconds, limit=limit)
        error = AuthError(ErrorCode.NOT_RESPONDING, detail="DEADLINE")
        return failed(_SECTION, Check.DURATION, error, seconds=seconds, limit=limit)

    def _undo(self, far_ends: FarEnds) -> Iterator[Finding]:
        """Close the session and revoke the tokens, each whatever becomes of the other."""
        filemaker, tokens = self._filemaker, self._tokens
        if filemaker is not None:
            attempt = self._attempts.new_tidying(self._settings.limits)
            yield _undone(Check.SESSION_ENDED, lambda: filemaker.close(attempt))
        if tokens is not None:
            later = self._attempts.new_tidying(self._settings.limits)
            yield _undone(
                Check.TOKENS_REVOKED, lambda: far_ends.user_pool.revoke_token(tokens.refresh_token, later)
            )


def _product(filemaker: FileMakerProbe, attempt: Attempt) -> Finding:
    """What the server calls itself: good to know, and nothing depends on it."""
    try:
        attempt.begin_next()
        product = filemaker.product(attempt)
    except AuthError as error:
        return failed(_SECTION, Check.PRODUCT, error, verdict=Verdict.NOTE, product=None)
    return finding(_SECTION, Check.PRODUCT, Verdict.OK if product else Verdict.NOTE, product=product or None)


def _undone(check: Check, undo: Callable[[], None]) -> Finding:
    try:
        undo()
    except AuthError as error:
        return failed(_SECTION, check, error, verdict=Verdict.WARNING)
    return finding(_SECTION, check, Verdict.OK)
