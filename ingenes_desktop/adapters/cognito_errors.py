"""A refusal of Cognito's as an AuthError: its meaning, and the little that its sentence may need.

NotAuthorizedException alone has more than fifteen meanings, told apart by nothing but its text. An
unknown text gets the neutral sentence, never "wrong password".
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/CommonErrors.html
"""

import re

from ingenes_desktop.adapters.aws_session import ServiceError
from ingenes_desktop.adapters.cognito_refusals import meaning_in_the_table
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.domain.plain_text import plain_text

ALREADY_CONFIRMED = "ALREADY-CONFIRMED"
"""The detail where an account that was to be confirmed has been confirmed before."""
DEVICE_UNKNOWN = "DEVICE-UNKNOWN"
"""The detail where Cognito has forgotten a device (or never knew it): without it the sign-in may work."""
_LONGEST_SAID = 200
# "PreAuthentication failed with error Fuera de horario." is how Cognito wraps a trigger's own words.
_WRAPPING = re.compile(r"^\s*\w+ failed with error ", re.IGNORECASE)
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
    """The AuthError that a refusal of ``operation`` ("initiate_auth") is.

    Its detail is the far end's code; that is logged, the text never. REFUSED is what is not known: the
    caller words it for where the person is. ``said`` is a trigger's own text, for the screen alone.
    """
    record("cognito_refused", operation=operation, code=error.code, status=error.status)
    message = error.message.lower()
    if _is_already_confirmed(error.code, message):
        return AuthError(ErrorCode.REFUSED, detail=ALREADY_CONFIRMED)
    if _is_about_the_device(error.code, message):
        return AuthError(ErrorCode.REFUSED, detail=DEVICE_UNKNOWN)
    meaning = meaning_in_the_table(error.code, message, operation) or ErrorCode.REFUSED
    return AuthError(
        meaning,
        detail=error.code,
        rules=_rules_in(message) if error.code == "InvalidPasswordException" else (),
        said=_said_by_a_trigger(error.message) if meaning is ErrorCode.TRIGGER_REFUSED else "",
    )


def meaning_of_refresh(error: ServiceError, operation: str) -> AuthError:
    """Likewise for a refresh, where nobody typed a password: a person who is gone has no session either."""
    message = error.message.lower()
    match error.code:
        case "NotAuthorizedException":
            found = (code for fragment, code in _REFRESH_NOT_AUTHORIZED if fragment in message)
            code = next(found, ErrorCode.SESSION_ENDED)
        case "InvalidParameterException" if "invalid refresh token" in message:
            code = ErrorCode.SESSION_ENDED
        case "ResourceNotFoundException" if "username/client id combination" in message:
            code = ErrorCode.SESSION_ENDED
        case _ if error.code in _TOKEN_IS_OVER or _is_about_the_device(error.code, message):
            code = ErrorCode.SESSION_ENDED
        case _:
            return meaning_of(error, operation)
    record("cognito_refused", operation=operation, code=error.code, status=error.status)
    return AuthError(code, detail=error.code)


def _is_already_confirmed(code: str, message: str) -> bool:
    """ConfirmSignUp says it as NotAuthorized, ResendConfirmationCode as InvalidParameter."""
    is_said = "current status is confirmed" in message or "user is already confirmed" in message
    return is_said and code in {"NotAuthorizedException", "InvalidParameterException"}


def _is_about_the_device(code: str, message: str) -> bool:
    return code == "ResourceNotFoundException" and "device does not exist" in message


def _said_by_a_trigger(message: str) -> str:
    """The words within Cognito's wrapping, as plain text; "" where there are none."""
    words = plain_text(_WRAPPING.sub("", message, count=1), _LONGEST_SAID)
    return words.removesuffix(".")


def _rules_in(message: str) -> tuple[PasswordRule, ...]:
    named = [rule for word, rule in _POLICY_WORDS if word in message]
    return tuple(dict.fromkeys(named))
