"""How a session ends at the far ends, and what could not be told to them."""

from enum import Enum, unique

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import UnusableRenewalError, UserPool
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value, replace

ENDS_THE_SESSION = frozenset(
    {
        ErrorCode.SESSION_ENDED,
        ErrorCode.ACCOUNT_DISABLED,
        ErrorCode.RESET_REQUIRED,
        ErrorCode.NOT_CONFIRMED,
        ErrorCode.TEMPORARY_PASSWORD_EXPIRED,
    }
)
"""What a refresh is refused with for good; every other failure leaves the person signed in."""


@unique
class Ending(Enum):
    """What the far ends are told."""

    HERE = "here"
    """The FileMaker session is closed, and this sign-in's tokens are revoked."""
    EVERYWHERE = "everywhere"
    """Likewise, and every other sign-in of this account ends too (GlobalSignOut)."""
    KEPT = "kept"
    """The FileMaker session is closed; the tokens live on in the vault."""


class Untold(Value):
    """What could not be told: that the FileMaker session, that this sign-in, that every sign-in is over."""

    filemaker: bool = False
    tokens: bool = False
    everywhere: bool = False

    @property
    def code(self) -> ErrorCode | None:
        """The sentence that the person is told; None where there is nothing to tell."""
        if self.everywhere:
            return ErrorCode.NOT_ENDED_EVERYWHERE
        return ErrorCode.FAR_ENDS_UNTOLD if self.filemaker or self.tokens else None


class OpenTokens(Value):
    """The tokens that a session leaves behind. ``access_token`` is None where it has run out."""

    access_token: Secret | None
    refresh_token: Secret
    username: str
    is_refused: bool = False
    """Cognito itself has said that they are over."""
    device_key: str = ""
    """What a refresh must name, where Cognito tracks the device."""


def end_tokens(user_pool: UserPool, tokens: OpenTokens, attempt: Attempt, ending: Ending) -> Untold:
    """Tell Cognito. Raises nothing; whatever fails is logged and stands in the answer."""
    match ending:
        case Ending.KEPT:
            return Untold()
        case Ending.HERE:
            # Where Cognito ended them, it is told for good measure: there is nothing that it must hear.
            return Untold(tokens=not _revoked(user_pool, tokens, attempt) and not tokens.is_refused)
        case Ending.EVERYWHERE:
            return _everywhere(user_pool, tokens, attempt)


def _everywhere(user_pool: UserPool, tokens: OpenTokens, attempt: Attempt) -> Untold:
    if tokens.access_token is not None:
        error = _signed_out_everywhere(user_pool, tokens.access_token, attempt)
        if error is None:
            return Untold()
        if error.code is ErrorCode.SESSION_ENDED:
            # It had run out after all: only a new one can speak for the account.
            tokens = replace(tokens, access_token=None)
    if tokens.access_token is None:
        tokens = _renewed(user_pool, tokens, attempt)
        fresh = tokens.access_token
        if fresh is not None and _signed_out_everywhere(user_pool, fresh, attempt) is None:
            return Untold()
    # This sign-in ends at least.
    return Untold(tokens=not _revoked(user_pool, tokens, attempt), everywhere=True)


def _signed_out_everywhere(user_pool: UserPool, access_token: Secret, attempt: Attempt) -> AuthError | None:
    try:
        attempt.begin_next()
        user_pool.global_sign_out(access_token, attempt)
    except AuthError as error:
        record("global_sign_out_failed", code=error.code, detail=error.detail or None)
        return error
    return None


def _renewed(user_pool: UserPool, tokens: OpenTokens, attempt: Attempt) -> OpenTokens:
    try:
        attempt.begin_next()
        renewed = user_pool.refresh_tokens(tokens.refresh_token, tokens.username, tokens.device_key, attempt)
    except UnusableRenewalError as error:
        return replace(tokens, access_token=None, refresh_token=error.refresh_token, is_refused=False)
    except AuthError as error:
        record("renewal_for_sign_out_failed", code=error.code, detail=error.detail or None)
        return tokens
    return replace(
        tokens,
        access_token=renewed.access_token,
        refresh_token=renewed.refresh_token or tokens.refresh_token,
        is_refused=False,
    )


def _revoked(user_pool: UserPool, tokens: OpenTokens, attempt: Attempt) -> bool:
    try:
        attempt.begin_next()
        user_pool.revoke_token(tokens.refresh_token, attempt)
    except AuthError as error:
        record("token_revocation_failed", code=error.code, detail=error.detail or None)
        if error.code is not ErrorCode.OPERATION_NOT_OFFERED:
            return False
    else:
        return True
    # Where this sign-in cannot be ended alone, all are ended.
    if tokens.access_token is None:
        tokens = _renewed(user_pool, tokens, attempt)
    if tokens.access_token is None:
        return False
    return _signed_out_everywhere(user_pool, tokens.access_token, attempt) is None
