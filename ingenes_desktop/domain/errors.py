"""Errors as values: a code, and the few safe facts that its sentence may need."""

from enum import Enum, unique
from re import fullmatch

from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.domain.value import Value


@unique
class ErrorCode(Enum):
    """Every way in which something can fail. The words for each live in ``ui/messages.py``."""

    # What the person typed, or the account they have.
    WRONG_CREDENTIALS = "wrong_credentials"
    LOCKED_OUT = "locked_out"
    NOT_CONFIRMED = "not_confirmed"
    RESET_REQUIRED = "reset_required"
    ACCOUNT_DISABLED = "account_disabled"
    TEMPORARY_PASSWORD_EXPIRED = "temporary_password_expired"  # noqa: S105  a code, not a password
    EMAIL_MISSING = "email_missing"
    EMAIL_NOT_VERIFIED = "email_not_verified"
    REFUSED = "refused"
    USER_NOT_FOUND = "user_not_found"
    OTHER_COMPANY = "other_company"
    SEVERAL_RECORDS = "several_records"
    ACCESS_DENIED = "access_denied"
    CHALLENGE_UNSUPPORTED = "challenge_unsupported"
    CHALLENGE_EXPIRED = "challenge_expired"
    """Counted here: nobody answered in time."""
    CHALLENGE_OVER = "challenge_over"
    """Said by Cognito, which does not tell why: its time, too many answers, or one that was taken already."""
    ANSWER_REFUSED = "answer_refused"
    FACTOR_NOT_SET_UP = "factor_not_set_up"
    ATTRIBUTES_REFUSED = "attributes_refused"
    TRIGGER_REFUSED = "trigger_refused"
    TRIGGER_FAILED = "trigger_failed"
    ADDRESS_TAKEN = "address_taken"
    # Reset and new password.
    CODE_MISMATCH = "code_mismatch"
    CODE_EXPIRED = "code_expired"
    CODE_USED_UP = "code_used_up"
    """Of an authenticator app: the next one will do."""
    CODE_TOO_OLD = "code_too_old"
    """Of a challenge: another one comes with another sign-in only."""
    CODE_NOT_SENT = "code_not_sent"
    LIMIT_EXCEEDED = "limit_exceeded"
    NO_VERIFIED_CONTACT = "no_verified_contact"
    RESET_NOT_POSSIBLE = "reset_not_possible"
    """A temporary password has not been used yet."""
    PASSWORD_POLICY = "password_policy"  # noqa: S105  a code, not a password
    PASSWORD_HISTORY = "password_history"  # noqa: S105  a code, not a password
    PASSWORD_LEAKED = "password_leaked"  # noqa: S105  likewise
    """Found among the passwords that others have lost."""
    PASSWORD_IN_DOUBT = "password_in_doubt"  # noqa: S105  a code, not a password
    """Its answer was lost: it may have been changed."""
    # What the person who is signed in changes.
    CURRENT_PASSWORD_WRONG = "current_password_wrong"  # noqa: S105  a code, not a password
    TWO_STEP_REQUIRED = "two_step_required"
    TWO_STEP_NOT_OFFERED = "two_step_not_offered"
    # The way to the far ends.
    NO_NETWORK = "no_network"
    NOT_RESPONDING = "not_responding"
    TLS_REFUSED = "tls_refused"
    TLS_INSPECTED = "tls_inspected"
    CAPTIVE_PORTAL = "captive_portal"
    PROXY_AUTHENTICATION = "proxy_authentication"
    BLOCKED = "blocked"
    BUSY = "busy"
    FILEMAKER_FULL = "filemaker_full"
    FILEMAKER_UNAVAILABLE = "filemaker_unavailable"
    UNEXPECTED_ANSWER = "unexpected_answer"
    # This computer and its configuration.
    CONFIGURATION = "configuration"
    CLOCK_WRONG = "clock_wrong"
    SETTING_INVALID = "setting_invalid"
    SETTINGS_UNREADABLE = "settings_unreadable"
    KEYRING_UNAVAILABLE = "keyring_unavailable"
    # The application's own.
    CANCELLED = "cancelled"
    # The session: how it ended, and what became of it elsewhere.
    SESSION_ENDED = "session_ended"
    SESSION_IDLE = "session_idle"
    SESSION_LONGEST = "session_longest"
    SESSION_LOCKED = "session_locked"
    SESSION_NOT_RESTORED = "session_not_restored"
    SESSION_NOT_KEPT = "session_not_kept"
    SESSION_NOT_FORGOTTEN = "session_not_forgotten"
    FAR_ENDS_UNTOLD = "far_ends_untold"
    NOT_ENDED_EVERYWHERE = "not_ended_everywhere"
    OPERATION_NOT_OFFERED = "operation_not_offered"
    INTERNAL = "internal"


_SAFE_DETAIL = r"[A-Za-z0-9_.:/\\ ()~-]{1,120}"
MAXIMUM_WAIT_SECONDS = 900.0
"""No person is asked to wait longer than Cognito's longest lock, whatever a far end says."""


class AuthError(Exception):
    """What every adapter raises at its door, and the only exception that crosses a layer.

    ``detail`` is a short token of our own or a far end's error *code* ("FM-212", "20", "SMS_MFA"),
    never a far end's message; anything else is dropped here. ``said`` is the one exception, for the
    screen alone: what a Lambda trigger has to say to the person, made plain and bounded by the adapter.
    """

    def __init__(
        self,
        code: ErrorCode,
        *,
        detail: str = "",
        wait_seconds: float | None = None,
        rules: tuple[PasswordRule, ...] = (),
        said: str = "",
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.detail = detail if fullmatch(_SAFE_DETAIL, detail) else ""
        self.wait_seconds = (
            None if wait_seconds is None else min(max(wait_seconds, 1.0), MAXIMUM_WAIT_SECONDS)
        )
        self.rules = rules
        self.said = said


def bare(error: AuthError) -> AuthError:
    """``error`` without its traceback and what it was raised from: their frames hold the secrets."""
    error.__context__ = error.__cause__ = None
    return error.with_traceback(None)


class Problem(Value):
    """An error as a view shows it; ``reference`` stands on the screen and in the log."""

    code: ErrorCode
    reference: str
    detail: str = ""
    wait_seconds: float | None = None
    rules: tuple[PasswordRule, ...] = ()
    said: str = ""

    @classmethod
    def of(cls, error: AuthError, reference: str) -> "Problem":
        """The problem that ``error`` is, under a support reference."""
        return cls(error.code, reference, error.detail, error.wait_seconds, error.rules, error.said)
