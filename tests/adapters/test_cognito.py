"""The user pool: what is sent, how often, and what its answers and refusals mean."""

from collections.abc import Callable
from threading import Thread
from time import monotonic

import pytest

from ingenes_desktop.adapters.aws_session import ServiceError
from ingenes_desktop.adapters.claims import as_boolean
from ingenes_desktop.adapters.cognito import CognitoUserPool
from ingenes_desktop.adapters.cognito_errors import meaning_of
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.outcome import Accepted, Refused
from ingenes_desktop.application.session import Ending
from ingenes_desktop.domain.answer import NewPasswordAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CodeDelivery, CognitoTokens, NewDevice
from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import CLIENT_SECRET, secret_hash, user_pool
from tests.scripted_cloud import EMAIL, PASSWORD, ScriptedCloud, new_attempt, password
from tests.scripted_server import Behaviour, Request, hang_up, html, refuse, respond, respond_json
from tests.tokens import CLIENT_ID

CHALLENGE = Challenge("NEW_PASSWORD_REQUIRED", "nombre-real", Secret("s" * 40), NewPasswordQuestion())
DEVICE = NewDevice("us-east-1_0a1b2c3d-1111-2222-3333-444455556666", Secret("-grupo"))
Call = Callable[[CognitoUserPool, Attempt], object]
# Everything that changes a state, and must leave this machine once at the most.
SENT_ONCE: dict[str, Call] = {
    "InitiateAuth": lambda pool, attempt: pool.initiate_auth(EMAIL, password(), None, attempt),
    "RespondToAuthChallenge": lambda pool, attempt: pool.respond(
        CHALLENGE, NewPasswordAnswer(password()), attempt
    ),
    "AssociateSoftwareToken": lambda pool, attempt: pool.associate_software_token(
        Secret("acceso"), EMAIL, attempt
    ),
    "VerifySoftwareToken": lambda pool, attempt: pool.verify_software_token(
        Secret("acceso"), Secret("123456"), attempt
    ),
    "SetUserMFAPreference": lambda pool, attempt: pool.set_software_token(
        Secret("acceso"), attempt, enabled=True
    ),
    "ChangePassword": lambda pool, attempt: pool.change_password(
        Secret("acceso"), password(), Secret("Nueva-Clave-8!"), attempt
    ),
    "ResendConfirmationCode": lambda pool, attempt: pool.resend_confirmation_code(EMAIL, attempt),
    "ConfirmSignUp": lambda pool, attempt: pool.confirm_sign_up(EMAIL, Secret("123456"), attempt),
    "ConfirmDevice": lambda pool, attempt: pool.confirm_device(Secret("acceso"), DEVICE, attempt),
    "ForgotPassword": lambda pool, attempt: pool.forgot_password(EMAIL, attempt),
    "ConfirmForgotPassword": lambda pool, attempt: pool.confirm_forgot_password(
        EMAIL, "123456", password(), attempt
    ),
    "RevokeToken": lambda pool, attempt: pool.revoke_token(Secret("renovacion"), attempt),
    "GlobalSignOut": lambda pool, attempt: pool.global_sign_out(Secret("acceso"), attempt),
}


@pytest.mark.parametrize("operation", SENT_ONCE)
def test_what_changes_a_state_is_sent_once(far: ScriptedCloud, operation: str) -> None:
    pool = user_pool(far)
    for broken in (html(500), html(503), respond(429, b""), refuse("TooManyRequestsException"), hang_up):
        far.forget()
        far.script(operation, broken)
        with pytest.raises(AuthError):
            SENT_ONCE[operation](pool, new_attempt())
        assert len(far.requests(operation)) == 1


@pytest.mark.parametrize("operation", SENT_ONCE)
def test_a_late_answer_is_not_asked_for_again(far: ScriptedCloud, operation: str) -> None:
    far.script(operation, lambda wire, _request: wire.hang())
    with pytest.raises(AuthError) as caught:
        SENT_ONCE[operation](user_pool(far), new_attempt(5.0, 5.0))
    assert caught.value.code is ErrorCode.NOT_RESPONDING
    assert len(far.requests(operation)) == 1


def test_what_only_reads_is_asked_again(far: ScriptedCloud) -> None:
    far.script("GetUser", html(500), times=2)
    assert user_pool(far).get_email(Secret("acceso"), new_attempt()) == (EMAIL, None)
    assert len(far.requests("GetUser")) == 3


def test_the_known_value_of_a_secret_hash() -> None:
    """Computed with OpenSSL: printf '%s' 'ana@clinica.example3example…' | openssl dgst -sha256 -hmac …"""
    assert secret_hash(EMAIL) == "DF67Y5i92GHblaR/1fT02adF07j4WCr6ycmUELPRfnQ="


HASHED: dict[str, tuple[Callable[[Request], object], str]] = {
    "InitiateAuth": (lambda sent: sent.json["AuthParameters"]["SECRET_HASH"], EMAIL),
    "RespondToAuthChallenge": (lambda sent: sent.json["ChallengeResponses"]["SECRET_HASH"], "nombre-real"),
    "ForgotPassword": (lambda sent: sent.json["SecretHash"], EMAIL),
    "ConfirmForgotPassword": (lambda sent: sent.json["SecretHash"], EMAIL),
    "ResendConfirmationCode": (lambda sent: sent.json["SecretHash"], EMAIL),
    "ConfirmSignUp": (lambda sent: sent.json["SecretHash"], EMAIL),
}


@pytest.mark.parametrize("operation", HASHED)
def test_the_secret_hash_where_a_client_has_a_secret(far: ScriptedCloud, operation: str) -> None:
    SENT_ONCE[operation](user_pool(far, client_secret=CLIENT_SECRET), new_attempt())
    SENT_ONCE[operation](user_pool(far), new_attempt())
    hashed, plain = far.requests(operation)
    where, username = HASHED[operation]
    assert where(hashed) == secret_hash(username)
    assert b"ash" not in plain.body.lower().replace(b"password", b"")
    assert CLIENT_SECRET.encode() not in hashed.body


def test_revoking_names_the_secret_itself(far: ScriptedCloud) -> None:
    SENT_ONCE["RevokeToken"](user_pool(far, client_secret=CLIENT_SECRET), new_attempt())
    SENT_ONCE["RevokeToken"](user_pool(far), new_attempt())
    with_secret, without = far.requests("RevokeToken")
    assert with_secret.json["ClientSecret"] == CLIENT_SECRET
    assert "ClientSecret" not in without.json


def test_what_a_sign_in_sends(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", far.tokens())
    tokens = user_pool(far).initiate_auth(EMAIL, Secret(f" {PASSWORD} "), None, new_attempt())
    (sent,) = far.requests("InitiateAuth")
    assert sent.json == {
        "AuthFlow": "USER_PASSWORD_AUTH",
        "AuthParameters": {"USERNAME": EMAIL, "PASSWORD": f" {PASSWORD} "},
        "ClientId": CLIENT_ID,
    }, "a password is not trimmed"
    assert sent.headers["user-agent"] == "ingenes-desktop/test"
    assert sent.headers["accept-encoding"] == "identity"
    assert not {"authorization", "cookie", "x-amz-security-token"} & set(sent.headers)
    assert isinstance(tokens, CognitoTokens)


def test_tokens_show_nothing_of_themselves(far: ScriptedCloud) -> None:
    tokens = user_pool(far).initiate_auth(EMAIL, password(), None, new_attempt())
    assert not any(canary in f"{tokens!r} {tokens}" for canary in far.canaries())


@pytest.mark.parametrize(
    ("value", "meaning"),
    [("true", True), ("false", False), ("TRUE", True), (None, None), ("", False), (True, True), (0, False)],
)
def test_booleans_in_every_form(value: object, meaning: bool | None) -> None:
    assert as_boolean(value) is meaning


ATTRIBUTES: list[tuple[object, tuple[str, bool | None]]] = [
    ([{"Name": "email", "Value": EMAIL}, {"Name": "email_verified", "Value": "true"}], (EMAIL, True)),
    ([{"Name": "email", "Value": EMAIL}, {"Name": "email_verified", "Value": "false"}], (EMAIL, False)),
    ([{"Name": "email", "Value": f" {EMAIL} "}], (EMAIL, None)),
    ([{"Name": "sub", "Value": "x"}], ("", None)),
    ([], ("", None)),
    (None, ("", None)),
    ([{"Name": "email", "Value": 5}, {"Name": 5, "Value": "x"}, {}], ("", None)),
]


@pytest.mark.parametrize(("attributes", "expected"), ATTRIBUTES)
def test_the_email_of_the_account(
    far: ScriptedCloud, attributes: object, expected: tuple[str, bool | None]
) -> None:
    far.script("GetUser", respond_json({"Username": "x", "UserAttributes": attributes}))
    assert user_pool(far).get_email(Secret("acceso"), new_attempt()) == expected


def test_a_token_without_email_asks_for_the_account_once(far: ScriptedCloud) -> None:
    far.claims = {"email": None, "email_verified": None}
    assert isinstance(far.services().sign_in.run(EMAIL, password(), new_attempt()), Accepted)
    assert len(far.requests("GetUser")) == 1


@pytest.mark.parametrize(
    ("claims", "attributes", "code"),
    [
        ({"email": None}, [], ErrorCode.EMAIL_MISSING),
        ({"email": ""}, [{"Name": "email", "Value": ""}], ErrorCode.EMAIL_MISSING),
        ({"email": "   "}, [], ErrorCode.EMAIL_MISSING),
        ({"email": "sin arroba"}, [], ErrorCode.EMAIL_MISSING),
        ({"email": "*"}, [], ErrorCode.EMAIL_MISSING),
        ({"email_verified": False}, [], ErrorCode.EMAIL_NOT_VERIFIED),
        ({"email_verified": "false"}, [], ErrorCode.EMAIL_NOT_VERIFIED),
        (
            {"email": None, "email_verified": None},
            [{"Name": "email", "Value": EMAIL}, {"Name": "email_verified", "Value": "false"}],
            ErrorCode.EMAIL_NOT_VERIFIED,
        ),
    ],
)
def test_no_find_without_a_verified_address(
    far: ScriptedCloud, claims: dict[str, object], attributes: object, code: ErrorCode
) -> None:
    far.claims = claims
    far.script("GetUser", respond_json({"Username": "x", "UserAttributes": attributes}))
    outcome = far.services().sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Refused)
    assert outcome.error.code is code
    assert not far.requests("Login")


# --------------------------------------------------------------------------------- refusals' meanings

MEANINGS: list[tuple[str, str, str, ErrorCode]] = [
    (
        "initiate_auth",
        "NotAuthorizedException",
        "Incorrect username or password.",
        ErrorCode.WRONG_CREDENTIALS,
    ),
    ("initiate_auth", "NotAuthorizedException", "Password attempts exceeded", ErrorCode.LOCKED_OUT),
    ("initiate_auth", "NotAuthorizedException", "User is disabled.", ErrorCode.ACCOUNT_DISABLED),
    (
        "initiate_auth",
        "NotAuthorizedException",
        "Temporary password has expired and must be reset by an administrator.",
        ErrorCode.TEMPORARY_PASSWORD_EXPIRED,
    ),
    (
        "initiate_auth",
        "NotAuthorizedException",
        "User account has expired, it must be reset by an administrator.",
        ErrorCode.TEMPORARY_PASSWORD_EXPIRED,
    ),
    (
        "initiate_auth",
        "NotAuthorizedException",
        "Unable to verify secret hash for client x",
        ErrorCode.CONFIGURATION,
    ),
    (
        "initiate_auth",
        "NotAuthorizedException",
        "Client x is configured with secret but SECRET_HASH was not received",
        ErrorCode.CONFIGURATION,
    ),
    ("initiate_auth", "NotAuthorizedException", "SecretHash does not match", ErrorCode.CONFIGURATION),
    ("initiate_auth", "NotAuthorizedException", "", ErrorCode.REFUSED),
    ("initiate_auth", "UserNotFoundException", "User does not exist.", ErrorCode.WRONG_CREDENTIALS),
    (
        "initiate_auth",
        "InvalidParameterException",
        "USER_PASSWORD_AUTH flow not enabled for this client",
        ErrorCode.CONFIGURATION,
    ),
    ("initiate_auth", "ForbiddenException", "Request not allowed due to WAF block.", ErrorCode.BLOCKED),
    ("initiate_auth", "ResourceNotFoundException", "Username/client id not found", ErrorCode.CONFIGURATION),
    ("initiate_auth", "LimitExceededException", "Attempt limit exceeded", ErrorCode.LIMIT_EXCEEDED),
    ("initiate_auth", "InternalErrorException", "", ErrorCode.NOT_RESPONDING),
    (
        "initiate_auth",
        "UserLambdaValidationException",
        "PreAuth failed with error x.",
        ErrorCode.TRIGGER_REFUSED,
    ),
    ("initiate_auth", "SomethingOfNextYearException", "", ErrorCode.REFUSED),
    (
        "respond_to_auth_challenge",
        "NotAuthorizedException",
        "Invalid session for the user, session is expired.",
        ErrorCode.CHALLENGE_OVER,
    ),
    (
        "respond_to_auth_challenge",
        "NotAuthorizedException",
        "Invalid session for the user, session can only be used once.",
        ErrorCode.CHALLENGE_OVER,
    ),
    (
        "respond_to_auth_challenge",
        "InvalidParameterException",
        "Value at 'password' failed to satisfy constraint",
        ErrorCode.PASSWORD_POLICY,
    ),
    (
        "respond_to_auth_challenge",
        "PasswordHistoryPolicyViolationException",
        "",
        ErrorCode.PASSWORD_HISTORY,
    ),
    (
        "forgot_password",
        "NotAuthorizedException",
        "User password cannot be reset in the current state.",
        ErrorCode.RESET_NOT_POSSIBLE,
    ),
    (
        "forgot_password",
        "InvalidParameterException",
        "Cannot reset password for the user as there is no registered/verified email or phone_number",
        ErrorCode.NO_VERIFIED_CONTACT,
    ),
    ("forgot_password", "LimitExceededException", "Attempt limit exceeded", ErrorCode.LIMIT_EXCEEDED),
    ("forgot_password", "CodeDeliveryFailureException", "", ErrorCode.CODE_NOT_SENT),
    ("confirm_forgot_password", "CodeMismatchException", "Invalid code", ErrorCode.CODE_MISMATCH),
    ("confirm_forgot_password", "ExpiredCodeException", "Invalid code provided", ErrorCode.CODE_EXPIRED),
    ("confirm_forgot_password", "TooManyFailedAttemptsException", "", ErrorCode.LIMIT_EXCEEDED),
    ("global_sign_out", "NotAuthorizedException", "Access Token has been revoked", ErrorCode.SESSION_ENDED),
    ("revoke_token", "UnsupportedOperationException", "", ErrorCode.OPERATION_NOT_OFFERED),
]


@pytest.mark.parametrize(("operation", "code", "message", "meaning"), MEANINGS)
def test_what_a_refusal_means(operation: str, code: str, message: str, meaning: ErrorCode) -> None:
    for said in (message, message.upper()):
        error = meaning_of(ServiceError(code, said, 400), operation)
        assert error.code is meaning
        assert error.detail == code
        assert not message or message not in str(error.args)


@pytest.mark.parametrize(
    ("message", "rules"),
    [
        ("Password did not conform with policy: Password not long enough", (PasswordRule.LENGTH,)),
        (
            "Password did not conform with policy: Password must have symbol characters",
            (PasswordRule.SYMBOL,),
        ),
        (
            "Password did not conform with policy: Password must have uppercase characters",
            (PasswordRule.UPPERCASE,),
        ),
        (
            "Password did not conform with policy: Password must have numeric characters",
            (PasswordRule.NUMBER,),
        ),
        ("Password does not conform to policy", ()),
    ],
)
def test_which_rules_a_password_breaks(message: str, rules: tuple[PasswordRule, ...]) -> None:
    error = meaning_of(ServiceError("InvalidPasswordException", message, 400), "confirm_forgot_password")
    assert (error.code, error.rules) == (ErrorCode.PASSWORD_POLICY, rules)


# ----------------------------------------------------------------------------------------- the reset


def test_a_code_is_sent(far: ScriptedCloud) -> None:
    delivery = user_pool(far).forgot_password(EMAIL, new_attempt())
    assert delivery == CodeDelivery("a***@c***", "EMAIL")


ODD_DELIVERIES: tuple[object, ...] = (None, [], "x", {}, {"Destination": 5}, {"Destination": "x" * 5_000})


@pytest.mark.parametrize("details", ODD_DELIVERIES, ids=lambda value: str(value)[:30])
def test_an_odd_destination_is_bounded_text_or_an_error(far: ScriptedCloud, details: object) -> None:
    far.script("ForgotPassword", respond_json({"CodeDeliveryDetails": details}))
    code, destination = None, ""
    try:
        destination = user_pool(far).forgot_password(EMAIL, new_attempt()).destination
    except AuthError as error:
        code = error.code
    assert code in {None, ErrorCode.UNEXPECTED_ANSWER}
    assert len(destination) <= 100


def test_an_unknown_account_is_told_as_a_known_one(far: ScriptedCloud) -> None:
    far.script("ForgotPassword", refuse("UserNotFoundException", "Username/client id combination not found."))
    assert user_pool(far).forgot_password(EMAIL, new_attempt()) == CodeDelivery("a***@c***", "EMAIL")


def test_an_unknown_account_has_a_wrong_code(far: ScriptedCloud) -> None:
    far.script("ConfirmForgotPassword", refuse("UserNotFoundException", "User does not exist."))
    with pytest.raises(AuthError) as caught:
        user_pool(far).confirm_forgot_password(EMAIL, "123456", password(), new_attempt())
    assert caught.value.code is ErrorCode.CODE_MISMATCH


# ------------------------------------------------------------------------------------------ the end

NOT_OFFERED: tuple[Behaviour, ...] = (
    html(500),
    html(404),
    refuse("UnknownOperationException", status=404),
    refuse("UnsupportedOperationException"),
    refuse("OperationNotEnabledException"),
)


@pytest.mark.parametrize("answer", NOT_OFFERED)
def test_where_revoking_is_not_offered_everything_is_signed_out(
    far: ScriptedCloud, answer: Behaviour
) -> None:
    outcome = far.services().sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Accepted)
    far.script("RevokeToken", answer)
    outcome.session.end(new_attempt(), Ending.HERE)
    assert len(far.requests("GlobalSignOut")) == 1
    assert far.live_sign_ins == 0


def test_a_broken_end_leaves_nothing_in_memory(far: ScriptedCloud) -> None:
    outcome = far.services().sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Accepted)
    for operation in ("Logout", "GlobalSignOut", "RevokeToken"):
        far.script(operation, hang_up)
    outcome.session.end(new_attempt(), Ending.EVERYWHERE)
    far.forget()
    outcome.session.end(new_attempt(), Ending.EVERYWHERE)
    assert far.operations() == []


def test_the_host_is_checked_once_more(far: ScriptedCloud) -> None:
    """Whatever turns a request inside botocore, it does not leave this process."""
    service = user_pool(far)._client._service
    events = service._client.meta.events

    def turn(request: object, **_rest: object) -> None:
        request.url = "https://evil.example/"  # type: ignore[attr-defined]  # botocore has no types

    events.register_first("before-send", turn)
    with pytest.raises(AuthError) as caught:
        service.call("forgot_password", new_attempt(), {"ClientId": CLIENT_ID, "Username": EMAIL})
    assert (caught.value.code, caught.value.detail) == (ErrorCode.CONFIGURATION, "ENDPOINT")
    assert far.names_asked == []


def test_two_services_may_be_asked_at_once(far: ScriptedCloud) -> None:
    """The deadline of one call is not another's: each thread has its own."""
    pool = user_pool(far)
    far.script("ForgotPassword", lambda wire, _request: wire.hang())
    slow = new_attempt(1.5, 1.5)
    raised: list[AuthError] = []

    def ask() -> None:
        try:
            pool.forgot_password(EMAIL, slow)
        except AuthError as error:
            raised.append(error)

    thread = Thread(target=ask)
    thread.start()
    started = monotonic()
    assert isinstance(pool.initiate_auth(EMAIL, password(), None, new_attempt()), CognitoTokens)
    assert monotonic() - started < 1.0
    thread.join(5.0)
    assert raised[0].code is ErrorCode.NOT_RESPONDING
