"""What is held in memory for the person who is signed in, and the rules for it."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from threading import RLock

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FarEnds, FileMakerSession, FoundUsers
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.models import (
    AwsCredentials,
    CognitoIdentity,
    CognitoTokens,
    FileMakerCredentials,
    FileMakerUser,
)

RENEW_BEFORE_SECONDS = 300.0
"""AWS credentials are renewed this long before they expire."""
SECRET_LIFETIME_SECONDS = 3600.0


class Session:
    """Tokens, identity, AWS credentials, the FileMaker account and its session, for one sign-in.

    Worker threads only, one call at a time (a lock sees to it). ``clock`` counts seconds monotonically,
    ``wall_clock`` gives seconds since 1970.
    """

    def __init__(
        self,
        tokens: CognitoTokens,
        far_ends: FarEnds,
        *,
        clock: Callable[[], float],
        wall_clock: Callable[[], float],
        filemaker_unused_seconds: float,
    ) -> None:
        self._tokens: CognitoTokens | None = tokens
        self._far_ends = far_ends
        self._clock = clock
        self._wall_clock = wall_clock
        self._filemaker_unused_seconds = filemaker_unused_seconds
        self._lock = RLock()
        self._identity_id: str | None = None
        self._aws: AwsCredentials | None = None
        self._account: FileMakerCredentials | None = None
        self._account_read_at = 0.0
        self._filemaker: FileMakerSession | None = None
        self._filemaker_used_at = 0.0

    def identify(self, attempt: Attempt) -> CognitoIdentity:
        """The verified claims of this session's ID token."""
        return self._far_ends.id_token_verifier.verify(self._held_tokens().id_token, attempt)

    def read_email(self, attempt: Attempt) -> tuple[str, bool | None]:
        """The account's email by GetUser, for an ID token without one."""
        return self._far_ends.user_pool.get_email(self._held_tokens().access_token, attempt)

    def find_users(self, email: str, attempt: Attempt) -> FoundUsers:
        """Look the person up in FileMaker; reports the steps that it goes through."""
        with self._lock:
            filemaker = self._opened_filemaker(attempt)
            attempt.begin(SignInStep.RECORD)
            try:
                return filemaker.find_users(email, attempt)
            finally:
                self._filemaker_used_at = self._clock()

    def record_login(self, user: FileMakerUser, attempt: Attempt) -> None:
        """Write LastLoginTime. A failure is logged and goes no further: nobody waits for it."""
        moment = datetime.fromtimestamp(self._wall_clock(), UTC)
        with self._lock:
            try:
                written = self._opened_filemaker(attempt).record_login(user, moment, attempt)
                record("last_login_recorded" if written else "last_login_other_table")
            except AuthError as error:
                record("last_login_failed", code=error.code, detail=error.detail)
            finally:
                self._filemaker_used_at = self._clock()

    def close_unused_filemaker(self, attempt: Attempt) -> None:
        """Close the FileMaker session that nobody has used for a minute: licences cap sessions."""
        with self._lock:
            unused = self._clock() - self._filemaker_used_at
            if self._filemaker is not None and unused >= self._filemaker_unused_seconds:
                self._close_filemaker(attempt)

    def end(self, attempt: Attempt, *, everywhere: bool) -> None:
        """Close the FileMaker session, end the tokens at Cognito, and forget everything.

        ``everywhere``: GlobalSignOut, as a person's own sign-out does; otherwise only this sign-in's
        tokens are revoked. Each part is tried whatever became of the one before; a failure is logged.
        """
        with self._lock:
            tokens, self._tokens = self._tokens, None
            self._identity_id = self._aws = self._account = None
            self._close_filemaker(attempt)
            if tokens is not None:
                try:
                    attempt.begin_next()
                    self._end_tokens(tokens, attempt, everywhere=everywhere)
                except AuthError as error:
                    record("token_revocation_failed", code=error.code, detail=error.detail)

    def _end_tokens(self, tokens: CognitoTokens, attempt: Attempt, *, everywhere: bool) -> None:
        user_pool = self._far_ends.user_pool
        if everywhere:
            # A token that has run out cannot ask for GlobalSignOut: then this sign-in ends at least.
            with suppress(AuthError):
                user_pool.global_sign_out(tokens.access_token, attempt)
                return
            attempt.begin_next()
            user_pool.revoke_token(tokens.refresh_token, attempt)
            return
        try:
            user_pool.revoke_token(tokens.refresh_token, attempt)
        except AuthError as error:
            if error.code is not ErrorCode.OPERATION_NOT_OFFERED:
                raise
            attempt.begin_next()
            user_pool.global_sign_out(tokens.access_token, attempt)

    def _close_filemaker(self, attempt: Attempt) -> None:
        filemaker, self._filemaker = self._filemaker, None
        if filemaker is not None:
            try:
                filemaker.close(attempt)
            except AuthError as error:
                record("filemaker_close_failed", code=error.code, detail=error.detail)

    def _opened_filemaker(self, attempt: Attempt) -> FileMakerSession:
        if self._filemaker is None:
            try:
                self._open_filemaker(attempt)
            except AuthError as error:
                if error.detail != "FM-212":
                    raise
                # The account was changed since the secret was read: read it anew, once.
                self._account = None
                self._open_filemaker(attempt)
        assert self._filemaker is not None  # noqa: S101  opened above, or raised
        return self._filemaker

    def _open_filemaker(self, attempt: Attempt) -> None:
        credentials = self._filemaker_account(attempt)
        attempt.begin(SignInStep.FILEMAKER)
        # Held before it is opened: whatever becomes of the login, end() closes what the server opened.
        self._filemaker = self._far_ends.filemaker.new_session(credentials)
        self._filemaker.open(attempt)
        self._filemaker_used_at = self._clock()

    def _filemaker_account(self, attempt: Attempt) -> FileMakerCredentials:
        age = self._clock() - self._account_read_at
        if self._account is None or age >= SECRET_LIFETIME_SECONDS:
            credentials = self._aws_credentials(attempt)
            attempt.begin(SignInStep.CONFIGURATION)
            self._account = self._far_ends.secret_store.get_filemaker_credentials(credentials, attempt)
            self._account_read_at = self._clock()
        return self._account

    def _aws_credentials(self, attempt: Attempt) -> AwsCredentials:
        if self._aws is None or self._aws.expires_at - self._wall_clock() < RENEW_BEFORE_SECONDS:
            attempt.begin(SignInStep.ACCESS)
            id_token = self._held_tokens().id_token
            identity_pool = self._far_ends.identity_pool
            if self._identity_id is None:
                self._identity_id = identity_pool.get_id(id_token, attempt)
            # Fresh ones that live shorter than the margin are used all the same: never a loop.
            self._aws = identity_pool.get_credentials(self._identity_id, id_token, attempt)
        return self._aws

    def _held_tokens(self) -> CognitoTokens:
        if self._tokens is None:
            raise AuthError(ErrorCode.SESSION_ENDED)
        return self._tokens
