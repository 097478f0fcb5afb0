"""What is held in memory for the person who is signed in, and the rules for it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from threading import RLock
from typing import TypeVar

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.current_tokens import Clocks
from ingenes_desktop.application.devices import SessionDevice
from ingenes_desktop.application.ending import ENDS_THE_SESSION, Ending, Untold, end_tokens
from ingenes_desktop.application.filemaker_account import FileMakerAccount
from ingenes_desktop.application.holding import holding
from ingenes_desktop.application.ports import FarEnds, FileMakerSession, FoundUsers, TokenVault
from ingenes_desktop.application.session_tokens import SessionTokens
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode, bare
from ingenes_desktop.domain.event_log import record, record_bug
from ingenes_desktop.domain.models import (
    CognitoIdentity,
    CognitoTokens,
    FileMakerUser,
    VaultRecord,
)
from ingenes_desktop.domain.secret import Secret

__all__ = ["ENDS_THE_SESSION", "Clocks", "Ending", "Session", "Untold"]
_Result = TypeVar("_Result")


class Session:
    """Tokens, identity, AWS credentials, the FileMaker account and its session, for one sign-in.

    Any worker thread: calls to FileMaker take turns, so do refreshes, and neither waits for the other.
    ``held`` is what a sign-in gave; or what ``vault`` kept, and then :meth:`renew` comes first.
    """

    def __init__(
        self,
        held: CognitoTokens | VaultRecord,
        far_ends: FarEnds,
        *,
        clocks: Clocks,
        filemaker_unused_seconds: float,
        renew_before_seconds: float,
        vault: TokenVault | None = None,
        device: SessionDevice | None = None,
    ) -> None:
        self._device = device or SessionDevice(held, None, None, confirms=False)
        self._tokens = SessionTokens(
            held,
            far_ends,
            clocks=clocks,
            renew_before_seconds=renew_before_seconds,
            vault=vault,
            device_key=self._device.key,
        )
        self._far_ends = far_ends
        self._clocks = clocks
        self._filemaker_unused_seconds = filemaker_unused_seconds
        self._lock = RLock()
        self._is_over = False
        self._is_filemaker_told = True
        self._account = FileMakerAccount(
            far_ends, self._fresh_id_token, clock=clocks.monotonic, far_end_clock=clocks.far_end
        )
        self._filemaker: FileMakerSession | None = None
        self._filemaker_used_at = 0.0

    # -- the tokens

    @property
    def identity(self) -> CognitoIdentity | None:
        """The claims of the newest verified ID token; None before the first was verified, and at the end."""
        return self._tokens.identity

    @property
    def signed_in_at(self) -> float:
        """The interactive sign-in, in seconds since 1970 by the far end's clock; no refresh moves it."""
        return self._tokens.signed_in_at

    def age(self) -> float:
        """Seconds since the interactive sign-in, by whichever clock says more. Any thread, at once."""
        now = max(self._clocks.far_end(), self._clocks.computer())
        return max(now - self.signed_in_at, 0.0)

    @property
    def is_kept(self) -> bool:
        """Whether the vault holds what is needed to take this session up again. Any thread."""
        return self._tokens.is_kept

    def identify(self, attempt: Attempt) -> CognitoIdentity:
        """The verified claims of this session's ID token."""
        return self._tokens.identify(attempt)

    def read_email(self, attempt: Attempt) -> tuple[str, bool | None]:
        """The account's email by GetUser, for an ID token without one."""
        return self._far_ends.user_pool.get_email(self._tokens.access_token(), attempt)

    def seconds_until_renewal(self) -> float:
        """Until new tokens should be asked for; at least 30 s after the last try. Any thread, at once."""
        return self._tokens.seconds_until_renewal()

    def has_expired(self) -> bool:
        """Whether the ID token's own time is over. Any thread, at once."""
        return self._tokens.has_expired()

    def keep_in(self, vault: TokenVault) -> None:
        """Seal this session in ``vault``; later refreshes go through its lock. KEYRING lane.

        Raises AuthError SESSION_NOT_KEPT or KEYRING_UNAVAILABLE: then nothing is kept.
        """
        try:
            self._tokens.keep_in(vault)
        except AuthError as error:
            failure = bare(error)
        else:
            return
        raise failure

    def renew(self, attempt: Attempt) -> None:
        """One refresh, or the outcome of the one that another thread is making.

        Raises AuthError: with a code of ENDS_THE_SESSION the session is over, otherwise it goes on.
        A cancel lets a refresh that was sent come in for 2 s.
        """
        try:
            self._renew(attempt)
        except AuthError as error:
            failure = bare(error)
        else:
            return
        raise failure

    def with_access_token(self, call: Callable[[Secret], _Result], attempt: Attempt) -> _Result:
        """What ``call`` gives for an access token that is in time; renews first where it must.

        A token that is refused all the same (SESSION_ENDED) is renewed once, and ``call`` is made again:
        it had not been carried out. Raises AuthError, as :meth:`renew` and ``call`` do.
        """
        if not self._tokens.has_access():
            self._renew(attempt)
        token = self._tokens.access_token()
        attempt.begin_next()
        try:
            return call(token)
        except AuthError as error:
            if error.code is not ErrorCode.SESSION_ENDED:
                raise
        if self._tokens.access_token() is token:
            self._renew(attempt)
        attempt.begin_next()
        return call(self._tokens.access_token())

    def confirm_device(self, attempt: Attempt) -> None:
        """Confirm a device that Cognito tracks from this sign-in on. Raises nothing; BESIDE lane.

        Does nothing where there is none. What fails is tried again before the next refresh, which
        Cognito may refuse otherwise.
        """
        if not self._device.is_confirmed and self._tokens.has_access():
            self._device.confirm(self._far_ends.user_pool, self._tokens.access_token, attempt)

    def _renew(self, attempt: Attempt) -> None:
        if not self._device.is_confirmed:
            self._confirm_device_first(attempt)
            attempt.begin_next()  # what that took is not taken from the refresh
        self._tokens.renew(attempt)

    def _confirm_device_first(self, attempt: Attempt) -> None:
        """Within half of the time, however long Cognito is silent: the rest is the refresh's."""
        seconds = attempt.remaining() / 2
        share = Attempt(clock=self._clocks.monotonic, step_seconds=seconds, total_seconds=seconds)
        with attempt.guarding(share.cancel):
            self.confirm_device(share)

    def _fresh_id_token(self, attempt: Attempt) -> Secret:
        if self._tokens.has_expired():
            # After a morning without a network, say.
            self._renew(attempt)
            attempt.begin_next()
        return self._tokens.id_token()

    # -- FileMaker

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        """Look the person up in FileMaker; reports the steps that it goes through."""
        with self._using_filemaker(attempt):
            filemaker = self._opened_filemaker(attempt)
            attempt.begin(SignInStep.RECORD)
            return filemaker.find_users(email, attempt)

    def record_login(self, user: FileMakerUser, attempt: Attempt) -> float | None:
        """Write LastLoginTime; gives what stood there, in seconds since 1970, or None.

        A failure is logged and goes no further: nobody waits for it.
        """
        moment = datetime.fromtimestamp(self._clocks.far_end(), UTC)
        try:
            with self._using_filemaker(attempt):
                outcome = self._opened_filemaker(attempt).record_login(user, moment, attempt)
        except AuthError as error:
            record("last_login_failed", code=error.code, detail=error.detail)
            return None
        record("last_login_recorded" if outcome.written else "last_login_other_table")
        return outcome.before

    def read_last_login(self, user: FileMakerUser, attempt: Attempt) -> float | None:
        """LastLoginTime as it stands, in seconds since 1970, or None. A failure goes no further."""
        try:
            with self._using_filemaker(attempt):
                return self._opened_filemaker(attempt).read_last_login(user, attempt)
        except AuthError as error:
            record("last_login_not_read", code=error.code, detail=error.detail)
            return None

    def close_unused_filemaker(self, attempt: Attempt) -> None:
        """Close the FileMaker session that nobody has used for a minute: licences cap sessions."""
        with holding(self._lock, attempt):
            unused = self._clocks.monotonic() - self._filemaker_used_at
            if self._filemaker is not None and unused >= self._filemaker_unused_seconds:
                self._close_filemaker(attempt)

    @contextmanager
    def _using_filemaker(self, attempt: Attempt) -> Iterator[None]:
        with holding(self._lock, attempt):
            try:
                if self._is_over:
                    raise AuthError(ErrorCode.SESSION_ENDED)
                yield
            finally:
                self._filemaker_used_at = self._clocks.monotonic()
                if self._is_over:
                    # The end did not wait for this call.
                    self._is_filemaker_told = self._forget(self._clocks.late_attempt())

    def _opened_filemaker(self, attempt: Attempt) -> FileMakerSession:
        if self._filemaker is None:
            try:
                self._open_filemaker(attempt)
            except AuthError as error:
                if error.detail != "FM-212":
                    raise
                # The account was changed since the secret was read: read it anew, once.
                self._account.forget_account()
                self._open_filemaker(attempt)
        assert self._filemaker is not None  # noqa: S101  opened above, or raised
        return self._filemaker

    def _open_filemaker(self, attempt: Attempt) -> None:
        credentials = self._account.credentials(attempt)
        attempt.begin(SignInStep.FILEMAKER)
        # Held before it is opened: whatever becomes of the login, end() closes what the server opened.
        self._filemaker = self._far_ends.filemaker.new_session(credentials)
        self._filemaker.open(attempt)
        self._filemaker_used_at = self._clocks.monotonic()

    def _close_filemaker(self, attempt: Attempt) -> bool:
        """Whether the server knows, or there was nothing to tell it."""
        filemaker, self._filemaker = self._filemaker, None
        if filemaker is not None:
            try:
                filemaker.close(attempt)
            except AuthError as error:
                record("filemaker_close_failed", code=error.code, detail=error.detail)
                return False
        return True

    # -- the end

    def end(self, attempt: Attempt, ending: Ending) -> Untold:
        """Forget everything and tell the far ends, within the attempt's time. Raises nothing.

        Each part is tried whatever became of the one before; what failed is logged and stands in the
        answer. Calls under way are cancelled or left behind: what they still bring is ended by them.
        """
        self._is_over = True
        self._tokens.close(ending)
        is_filemaker_told = False
        try:
            with holding(self._lock, attempt):
                is_filemaker_told = self._forget(attempt) and self._is_filemaker_told
        except AuthError as error:
            record("filemaker_close_left_behind", code=error.code)
        except Exception as error:  # noqa: BLE001  a bug there must not leave the tokens alive
            record_bug(error)
        left = self._tokens.surrender(self._seconds_for_a_refresh(attempt))
        untold = Untold()
        if left is not None:
            untold = end_tokens(self._far_ends.user_pool, left, attempt, ending)
        return Untold(not is_filemaker_told, untold.tokens, untold.everywhere)

    def _forget(self, attempt: Attempt) -> bool:
        self._account.forget()
        return self._close_filemaker(attempt)

    @staticmethod
    def _seconds_for_a_refresh(attempt: Attempt) -> float:
        """Half of what is left: the rest is for telling."""
        try:
            attempt.begin_next()
            return attempt.remaining() / 2
        except AuthError:
            return 0.0
