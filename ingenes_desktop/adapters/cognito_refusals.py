"""What Cognito's refusals mean: one table, by code, by what the message contains, by operation.

The texts are Cognito's of today and may change: each is matched loosely, in lower case, and a row
without a text stands for every other one. The first row that fits decides.
https://docs.aws.amazon.com/cognito-user-identity-pools/latest/APIReference/API_Operations.html
"""

from typing import NamedTuple

from ingenes_desktop.domain.errors import ErrorCode

ANY: frozenset[str] = frozenset()
SIGN_IN = frozenset({"initiate_auth", "respond_to_auth_challenge"})
ANSWER = frozenset({"respond_to_auth_challenge"})
RESET = frozenset({"forgot_password", "confirm_forgot_password"})
CONFIRMATION = frozenset({"resend_confirmation_code", "confirm_sign_up"})
CODE_HANDED_IN = frozenset({"confirm_forgot_password", "confirm_sign_up"})
SOFTWARE_TOKEN = frozenset({"associate_software_token", "verify_software_token"})
TWO_STEP = SOFTWARE_TOKEN | {"set_user_mfa_preference"}
SIGNED_IN = TWO_STEP | {"change_password", "get_user", "global_sign_out", "confirm_device"}
"""What is asked with an access token; a software token also with a challenge's Session."""
NEW_PASSWORD = frozenset({"respond_to_auth_challenge", "confirm_forgot_password", "change_password"})


class Refusal(NamedTuple):
    """``code`` (without "Exception"), a fragment of the message in lower case, what it means, and where."""

    code: str
    fragment: str
    meaning: ErrorCode
    operations: frozenset[str] = ANY


_ACCOUNT = (
    Refusal("NotAuthorized", "password attempts exceeded", ErrorCode.LOCKED_OUT),
    Refusal("NotAuthorized", "attempt limit exceeded", ErrorCode.LIMIT_EXCEEDED),
    Refusal(
        "NotAuthorized",
        "incorrect username or password",
        ErrorCode.CURRENT_PASSWORD_WRONG,
        frozenset({"change_password"}),
    ),
    Refusal("NotAuthorized", "incorrect username or password", ErrorCode.WRONG_CREDENTIALS),
    Refusal("NotAuthorized", "user is disabled", ErrorCode.ACCOUNT_DISABLED),
    Refusal("NotAuthorized", "temporary password has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
    Refusal("NotAuthorized", "account has expired", ErrorCode.TEMPORARY_PASSWORD_EXPIRED),
    # Threat protection (adaptive authentication, an address that was blocked).
    Refusal("NotAuthorized", "security reasons", ErrorCode.BLOCKED),
    Refusal("NotAuthorized", "invalid session", ErrorCode.CHALLENGE_OVER),
    Refusal("NotAuthorized", "session can only be used once", ErrorCode.CHALLENGE_OVER),
    Refusal("NotAuthorized", "session is expired", ErrorCode.CHALLENGE_OVER),
    Refusal("NotAuthorized", "cannot be reset in the current state", ErrorCode.RESET_NOT_POSSIBLE),
    # Account recovery through an administrator alone.
    Refusal("NotAuthorized", "administrator to reset", ErrorCode.OPERATION_NOT_OFFERED),
    # The configuration: what no person at this desk can mend.
    Refusal("NotAuthorized", "secret hash", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "secret_hash", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "secrethash", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "required scopes", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "unauthorized attribute", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "cannot modify an already provided", ErrorCode.CONFIGURATION),
    Refusal("NotAuthorized", "access token", ErrorCode.SESSION_ENDED),
    Refusal("NotAuthorized", "refresh token", ErrorCode.SESSION_ENDED),
    # Nobody of that name, and whose name it is not to be told.
    Refusal("UserNotFound", "", ErrorCode.CODE_MISMATCH, CODE_HANDED_IN),
    Refusal("UserNotFound", "", ErrorCode.SESSION_ENDED, SIGNED_IN),
    Refusal("UserNotFound", "", ErrorCode.WRONG_CREDENTIALS),
    Refusal("ResourceNotFound", "username/client id combination", ErrorCode.CODE_MISMATCH, CODE_HANDED_IN),
    Refusal("ResourceNotFound", "username/client id combination", ErrorCode.WRONG_CREDENTIALS),
    Refusal("UserNotConfirmed", "", ErrorCode.NOT_CONFIRMED),
    Refusal("PasswordResetRequired", "", ErrorCode.RESET_REQUIRED),
    Refusal("AliasExists", "", ErrorCode.ADDRESS_TAKEN),
)
_CODES = (
    Refusal("CodeMismatch", "", ErrorCode.CODE_MISMATCH),
    Refusal("EnableSoftwareTokenMFA", "", ErrorCode.CODE_MISMATCH),
    Refusal("InvalidParameter", "'confirmationcode' failed", ErrorCode.CODE_MISMATCH, CODE_HANDED_IN),
    Refusal("InvalidParameter", "'usercode' failed", ErrorCode.CODE_MISMATCH, SOFTWARE_TOKEN),
    Refusal("ExpiredCode", "already been used", ErrorCode.CODE_USED_UP, SIGN_IN),
    Refusal("ExpiredCode", "", ErrorCode.CODE_USED_UP, SOFTWARE_TOKEN),
    Refusal("ExpiredCode", "", ErrorCode.CODE_TOO_OLD, SIGN_IN),
    Refusal("ExpiredCode", "", ErrorCode.CODE_EXPIRED),
    Refusal("CodeDeliveryFailure", "", ErrorCode.CODE_NOT_SENT),
    Refusal("LimitExceeded", "", ErrorCode.LIMIT_EXCEEDED),
    Refusal("TooManyFailedAttempts", "", ErrorCode.LIMIT_EXCEEDED),
)
_PASSWORDS = (
    # Found among leaked passwords (compromised credentials).
    Refusal("InvalidPassword", "security reasons", ErrorCode.PASSWORD_LEAKED),
    Refusal("InvalidPassword", "", ErrorCode.PASSWORD_POLICY),
    Refusal("PasswordHistoryPolicyViolation", "", ErrorCode.PASSWORD_HISTORY),
    Refusal("InvalidParameter", "'previouspassword' failed", ErrorCode.CURRENT_PASSWORD_WRONG),
)
_FACTORS = (
    Refusal("MFAMethodNotFound", "", ErrorCode.FACTOR_NOT_SET_UP),
    Refusal("SoftwareTokenMFANotFound", "", ErrorCode.TWO_STEP_NOT_OFFERED, TWO_STEP),
    Refusal("SoftwareTokenMFANotFound", "", ErrorCode.FACTOR_NOT_SET_UP),
    Refusal("InvalidParameter", "not been enabled by the userpool", ErrorCode.TWO_STEP_NOT_OFFERED, TWO_STEP),
    Refusal("InvalidParameter", "mfa is required", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("InvalidParameter", "requires mfa", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("InvalidParameter", "cannot disable", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("InvalidParameter", "can't disable", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("InvalidParameter", "cannot be disabled", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("NotAuthorized", "mfa is required", ErrorCode.TWO_STEP_REQUIRED, TWO_STEP),
    Refusal("InvalidParameter", "not verified software token", ErrorCode.FACTOR_NOT_SET_UP),
    Refusal("InvalidParameter", "not set up software token", ErrorCode.FACTOR_NOT_SET_UP),
    Refusal("InvalidParameter", "set to turn on", ErrorCode.FACTOR_NOT_SET_UP, TWO_STEP),
)
_CONFIGURATION = (
    Refusal("InvalidParameter", "flow not enabled", ErrorCode.CONFIGURATION),
    Refusal("InvalidParameter", "cannot modify an already provided", ErrorCode.CONFIGURATION),
    Refusal("InvalidParameter", "is not enabled for the client", ErrorCode.CONFIGURATION),
    Refusal("InvalidParameter", "auth method not supported", ErrorCode.CONFIGURATION),
    Refusal("InvalidParameter", "is not configured for", ErrorCode.CONFIGURATION),
    Refusal("InvalidParameter", "no registered/verified", ErrorCode.NO_VERIFIED_CONTACT),
    Refusal("InvalidParameter", "cannot reset password", ErrorCode.NO_VERIFIED_CONTACT, RESET),
    Refusal("InvalidParameter", "attribute", ErrorCode.ATTRIBUTES_REFUSED, ANSWER),
    Refusal("InvalidParameter", "phone number", ErrorCode.ATTRIBUTES_REFUSED, ANSWER),
    Refusal("InvalidParameter", "email", ErrorCode.ATTRIBUTES_REFUSED, ANSWER),
    # The API's own pattern refuses a password before the pool's policy is asked.
    Refusal("InvalidParameter", "password", ErrorCode.PASSWORD_POLICY, NEW_PASSWORD),
    Refusal("ResourceNotFound", "", ErrorCode.CONFIGURATION),
    Refusal("InvalidUserPoolConfiguration", "", ErrorCode.CONFIGURATION),
    Refusal("InvalidSmsRoleAccessPolicy", "", ErrorCode.CONFIGURATION),
    Refusal("InvalidSmsRoleTrustRelationship", "", ErrorCode.CONFIGURATION),
    Refusal("InvalidEmailRoleAccessPolicy", "", ErrorCode.CONFIGURATION),
    Refusal("FeatureUnavailableInTier", "", ErrorCode.CONFIGURATION),
    Refusal("OperationNotEnabled", "", ErrorCode.OPERATION_NOT_OFFERED),
    Refusal("UnsupportedOperation", "", ErrorCode.OPERATION_NOT_OFFERED),
    Refusal("UnsupportedTokenType", "", ErrorCode.OPERATION_NOT_OFFERED),
    Refusal("UnknownOperation", "", ErrorCode.OPERATION_NOT_OFFERED),
    Refusal("InvalidAction", "", ErrorCode.OPERATION_NOT_OFFERED),
    Refusal("RequestExpired", "", ErrorCode.CLOCK_WRONG),
)
_SERVICE = (
    Refusal("TooManyRequests", "", ErrorCode.BUSY),
    Refusal("Throttling", "", ErrorCode.BUSY),
    Refusal("RequestLimitExceeded", "", ErrorCode.BUSY),
    Refusal("ServiceUnavailable", "", ErrorCode.BUSY),
    Refusal("ConcurrentModification", "", ErrorCode.BUSY),
    Refusal("Forbidden", "", ErrorCode.BLOCKED),
    Refusal("InternalError", "", ErrorCode.NOT_RESPONDING),
    Refusal("InternalServerError", "", ErrorCode.NOT_RESPONDING),
    Refusal("UserLambdaValidation", "", ErrorCode.TRIGGER_REFUSED),
    Refusal("UnexpectedLambda", "", ErrorCode.TRIGGER_FAILED),
    Refusal("InvalidLambdaResponse", "", ErrorCode.TRIGGER_FAILED),
)
REFUSALS = _ACCOUNT + _CODES + _PASSWORDS + _FACTORS + _CONFIGURATION + _SERVICE


def meaning_in_the_table(code: str, message: str, operation: str) -> ErrorCode | None:
    """The first row that fits; None where none does. ``message`` in lower case."""
    name = code.removesuffix("Exception")
    for row in REFUSALS:
        if (
            row.code == name
            and row.fragment in message
            and (not row.operations or operation in row.operations)
        ):
            return row.meaning
    return None
