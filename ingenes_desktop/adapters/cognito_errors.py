"""What Cognito's refusals mean: by operation, code, and the pattern of the message.

NotAuthorizedException alone has more than fifteen meanings, told apart by nothing but its text. An
unknown text gets the neutral sentence, never "wrong password".
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
"""

from ingenes_desktop.adapters.aws_session import ServiceError
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.password_policy import PasswordRule

# Message fragments in lower case, the first that is contained decides.
_NOT_AUTHORIZED = (
    ("password attempts exceeded", ErrorCode.LOCKED_OUT),
    ("attempt limit exceeded", ErrorCode.LIMIT_EXCEEDED),
    ("incorrect username or password", ErrorCode.WRONG_CREDENTIALS),
    ("user is disabled", ErrorCode.ACCOUNT_DISABLED),
    ("temporary password has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
    ("account has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
    ("invalid session", ErrorCode.CHALLENGE_EXPIRED),
    ("session can only be used once", ErrorCode.CHALLENGE_EXPIRED),
    ("session is expired", ErrorCode.CHALLENGE_EXPIRED),
    ("cannot be reset in the current state", ErrorCode.RESET_NOT_POSSIBLE),
    ("secret hash", ErrorCode.CONFIGURATION),
    ("secret_hash", ErrorCode.CONFIGURATION),
    ("secrethash", ErrorCode.CONFIGURATION),
    ("access token", ErrorCode.SESSION_ENDED),
    ("refresh token", ErrorCode.SESSION_ENDED),
)
# Of a refresh: what is none of these says, in whatever words, that the refresh token is of no use.
_REFRESH_NOT_AUTHORIZED = (
    ("secret", ErrorCode.CONFIGURATION),
    ("flow not enabled", ErrorCode.CONFIGURATION),
    ("attempts exceeded", ErrorCode.LOCKED_OUT),
    ("attempt limit exceeded", ErrorCode.LIMIT_EXCEEDED),
    ("user is disabled", ErrorCode.ACCOUNT_DISABLED),
    ("temporary password has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
    ("account has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
)
_TOKEN_IS_OVER = frozenset({"RefreshTokenReuseException", "TokenRevokedException", "UserNotFoundException"})
_INVALID_PARAMETER = (
    ("auth flow not enabled", ErrorCode.CONFIGURATION),
    ("flow not enabled", ErrorCode.CONFIGURATION),
    ("no registered/verified", ErrorCode.RESET_NOT_POSSIBLE),
    ("cannot reset password", ErrorCode.RESET_NOT_POSSIBLE),
    ("not configured for secret", ErrorCode.CONFIGURATION),
)
_BY_CODE = {
    "UserNotFoundException": ErrorCode.WRONG_CREDENTIALS,
    "UserNotConfirmedException": ErrorCode.NOT_CONFIRMED,
    "PasswordResetRequiredException": ErrorCode.RESET_REQUIRED,
    "TooManyRequestsException": ErrorCode.BUSY,
    "ThrottlingException": ErrorCode.BUSY,
    "RequestLimitExceeded": ErrorCode.BUSY,
    "LimitExceededException": ErrorCode.LIMIT_EXCEEDED,
    "TooManyFailedAttemptsException": ErrorCode.LIMIT_EXCEEDED,
    "CodeMismatchException": ErrorCode.CODE_MISMATCH,
    "ExpiredCodeException": ErrorCode.CODE_EXPIRED,
    "CodeDeliveryFailureException": ErrorCode.CODE_NOT_SENT,
    "PasswordHistoryPolicyViolationException": ErrorCode.PASSWORD_HISTORY,
    "ForbiddenException": ErrorCode.BLOCKED,
    "InternalErrorException": ErrorCode.NOT_RESPONDING,
    "InternalServerError": ErrorCode.NOT_RESPONDING,
    "ServiceUnavailable": ErrorCode.BUSY,
    "ResourceNotFoundException": ErrorCode.CONFIGURATION,
    "InvalidUserPoolConfigurationException": ErrorCode.CONFIGURATION,
    "UnsupportedOperationException": ErrorCode.OPERATION_NOT_OFFERED,
    "UnsupportedTokenTypeException": ErrorCode.OPERATION_NOT_OFFERED,
    "UnsupportedOperation": ErrorCode.OPERATION_NOT_OFFERED,
    "UnknownOperationException": ErrorCode.OPERATION_NOT_OFFERED,
    "UnknownOperation": ErrorCode.OPERATION_NOT_OFFERED,
    "InvalidAction": ErrorCode.OPERATION_NOT_OFFERED,
    "OperationNotEnabledException": ErrorCode.OPERATION_NOT_OFFERED,
    "RequestExpired": ErrorCode.CLOCK_WRONG,
}
_POLICY_WORDS = (
    ("long enough", PasswordRule.LENGTH),
    ("length", PasswordRule.LENGTH),
    ("uppercase", PasswordRule.UPPERCASE),
    ("lowercase", PasswordRule.LOWERCASE),
    ("numeric", PasswordRule.NUMBER),
    ("symbol", PasswordRule.SYMBOL),
    ("space", PasswordRule.NO_OUTER_SPACE),
)


def meaning_of(error: ServiceError, operation: str) -> AuthError:
    """The AuthError that a refusal of ``operation`` is; the far end's code is logged, not its text."""
    record("cognito_refused", operation=operation, code=error.code, status=error.status)
    message = error.message.lower()
    match error.code:
        case "NotAuthorizedException":
            code = _by_fragment(_NOT_AUTHORIZED, message) or ErrorCode.REFUSED
            return AuthError(code, detail=error.code)
        case "InvalidParameterException":
            return _invalid_parameter(error.code, message, operation)
        case "ResourceNotFoundException" if "username/client id combination" in message:
            return AuthError(ErrorCode.WRONG_CREDENTIALS, detail=error.code)
        case "InvalidPasswordException":
            return AuthError(ErrorCode.PASSWORD_POLICY, detail=error.code, rules=_rules_in(message))
        case _:
            return AuthError(_BY_CODE.get(error.code, ErrorCode.REFUSED), detail=error.code)


def meaning_of_refresh(error: ServiceError, operation: str) -> AuthError:
    """Likewise for a refresh, where nobody typed a password: a person who is gone has no session either."""
    message = error.message.lower()
    match error.code:
        case "NotAuthorizedException":
            code = _by_fragment(_REFRESH_NOT_AUTHORIZED, message) or ErrorCode.SESSION_ENDED
        case "InvalidParameterException" if "invalid refresh token" in message:
            code = ErrorCode.SESSION_ENDED
        case "ResourceNotFoundException" if "username/client id combination" in message:
            code = ErrorCode.SESSION_ENDED
        case _ if error.code in _TOKEN_IS_OVER:
            code = ErrorCode.SESSION_ENDED
        case _:
            return meaning_of(error, operation)
    record("cognito_refused", operation=operation, code=error.code, status=error.status)
    return AuthError(code, detail=error.code)


def _invalid_parameter(code: str, message: str, operation: str) -> AuthError:
    known = _by_fragment(_INVALID_PARAMETER, message)
    if known is not None:
        return AuthError(known, detail=code)
    if "password" in message and operation in {"confirm_forgot_password", "respond_to_auth_challenge"}:
        # The API's own pattern refuses a password before the pool's policy is asked.
        return AuthError(ErrorCode.PASSWORD_POLICY, detail=code)
    return AuthError(ErrorCode.REFUSED, detail=code)


def _by_fragment(table: tuple[tuple[str, ErrorCode], ...], message: str) -> ErrorCode | None:
    return next((code for fragment, code in table if fragment in message), None)


def _rules_in(message: str) -> tuple[PasswordRule, ...]:
    named = [rule for word, rule in _POLICY_WORDS if word in message]
    return tuple(dict.fromkeys(named))
