"""The authenticator app, the second factors, the password, the confirmation: what is sent, what is taken."""

from typing import Any
from urllib.parse import unquote

import pytest

from ingenes_desktop.adapters.qr_code import symbol_of
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Challenge, CodeDelivery, SoftwareToken
from ingenes_desktop.domain.question import ChoicePurpose, ChoiceQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import user_pool
from tests.scripted_cloud import EMAIL, PASSWORD, ScriptedCloud, new_attempt, password
from tests.scripted_server import html, refuse, respond_json
from tests.tokens import CLIENT_ID

ASSOCIATE, VERIFY = "AssociateSoftwareToken", "VerifySoftwareToken"
SESSION, NEWER = "s" * 40, "n" * 40
KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
ACCESS = Secret("canario-acceso")
SET_UP = Challenge(
    "MFA_SETUP", "sub-1", Secret(SESSION), ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP,))
)


def associate(far: ScriptedCloud, holder: Challenge | Secret, account: str = EMAIL) -> SoftwareToken:
    return user_pool(far).associate_software_token(holder, account, new_attempt())


def verify(far: ScriptedCloud, holder: Challenge | Secret, code: str = "012345") -> Secret | None:
    return user_pool(far).verify_software_token(holder, Secret(code), new_attempt())


def refused(error: pytest.ExceptionInfo[AuthError]) -> tuple[ErrorCode, str]:
    return error.value.code, error.value.detail


# --------------------------------------------------------------------------------------------- the key


def test_a_key_for_a_challenge(far: ScriptedCloud) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": KEY, "Session": NEWER}))
    token = associate(far, SET_UP)
    assert far.requests(ASSOCIATE)[0].json == {"Session": SESSION}
    assert token.session is not None
    assert (token.key.text.reveal(), token.session.reveal()) == (KEY, NEWER)


def test_a_key_for_whoever_is_signed_in(far: ScriptedCloud) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": KEY}))
    token = associate(far, ACCESS)
    assert far.requests(ASSOCIATE)[0].json == {"AccessToken": ACCESS.reveal()}
    assert (token.key.text.reveal(), token.session) == (KEY, None)


@pytest.mark.parametrize(
    ("account", "label"),
    [
        (EMAIL, "Ingenes:ana%40clinica.example"),
        ("josé núñez", "Ingenes:jos%C3%A9%20n%C3%BA%C3%B1ez"),
        ("a?secret=X&issuer=Y#z/ü:", "Ingenes:a%3Fsecret%3DX%26issuer%3DY%23z%2F%C3%BC%3A"),
        ("x" * 500, "Ingenes:" + "x" * 128),
    ],
)
def test_the_symbol_is_of_the_apps_own_address(far: ScriptedCloud, account: str, label: str) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": KEY}))
    symbol = associate(far, ACCESS, account).key.symbol
    address = f"otpauth://totp/{label}?secret={KEY}&issuer=Ingenes"
    assert symbol.reveal() == symbol_of(address).reveal()
    assert unquote(label) == f"Ingenes:{account[:128]}"


@pytest.mark.parametrize(
    ("given", "taken"),
    [("asdfasdfasdf", "ASDFASDFASDF"), ("A" * 128, "A" * 128), (f"{KEY}====", KEY), ("2" * 16, "2" * 16)],
)
def test_a_key_in_each_form(far: ScriptedCloud, given: str, taken: str) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": given}))
    assert associate(far, ACCESS).key.text.reveal() == taken


ODD_KEYS: tuple[object, ...] = (
    None,
    "",
    5,
    [KEY],
    "A" * 11,
    "A" * 129,
    "A" * 100_000,
    "JBSWY3DP1HPK3PXP",
    "JBSWY3DP EHPK3PXP",
    KEY + "&issuer=Otro",
    "ÁBSWY3DPEHPK3PXP",
    "====",
    "=JBSWY3DPEHPK3PX",
)


@pytest.mark.parametrize("key", ODD_KEYS, ids=lambda value: repr(value)[:24])
def test_an_odd_key_is_not_shown(far: ScriptedCloud, key: object) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": key, "Session": NEWER}))
    with pytest.raises(AuthError) as caught:
        associate(far, SET_UP)
    assert caught.value.code is ErrorCode.UNEXPECTED_ANSWER


@pytest.mark.parametrize("session", [None, "", "s" * 19, "s" * 4_097])
@pytest.mark.parametrize("operation", [ASSOCIATE, VERIFY])
def test_a_challenge_without_its_next_session(
    far: ScriptedCloud, operation: str, session: str | None
) -> None:
    answer: dict[str, Any] = {"SecretCode": KEY, "Status": "SUCCESS", "Session": session}
    far.script(operation, respond_json({name: each for name, each in answer.items() if each is not None}))
    with pytest.raises(AuthError) as caught:
        (associate if operation == ASSOCIATE else verify)(far, SET_UP)
    assert refused(caught) == (ErrorCode.UNEXPECTED_ANSWER, "CHALLENGE-SESSION")


def test_neither_key_nor_symbol_shows_itself(far: ScriptedCloud) -> None:
    far.script(ASSOCIATE, respond_json({"SecretCode": KEY}))
    token = associate(far, ACCESS)
    assert KEY not in f"{token!r} {token.key!r}"


# -------------------------------------------------------------------------------------- the first code


def test_a_first_code_of_a_challenge(far: ScriptedCloud) -> None:
    far.script(VERIFY, respond_json({"Status": "SUCCESS", "Session": NEWER}))
    session = verify(far, SET_UP)
    assert session is not None
    assert session.reveal() == NEWER
    assert far.requests(VERIFY)[0].json == {"Session": SESSION, "UserCode": "012345"}


def test_a_first_code_of_whoever_is_signed_in(far: ScriptedCloud) -> None:
    assert verify(far, ACCESS) is None
    assert far.requests(VERIFY)[0].json == {"AccessToken": ACCESS.reveal(), "UserCode": "012345"}


@pytest.mark.parametrize("code", ["", "12345", "1234567", "12345a", "١٢٣٤٥٦", "12 456"])
def test_what_no_app_shows_is_not_sent(far: ScriptedCloud, code: str) -> None:
    with pytest.raises(AuthError) as caught:
        verify(far, ACCESS, code)
    assert caught.value.code is ErrorCode.CODE_MISMATCH
    assert far.operations() == []


@pytest.mark.parametrize(
    ("status", "meaning"),
    [
        ("ERROR", (ErrorCode.CODE_MISMATCH, "")),
        (None, (ErrorCode.UNEXPECTED_ANSWER, "STATUS")),
        ("success", (ErrorCode.UNEXPECTED_ANSWER, "STATUS")),
        (5, (ErrorCode.UNEXPECTED_ANSWER, "STATUS")),
    ],
)
def test_a_code_is_right_only_where_cognito_says_so(
    far: ScriptedCloud, status: object, meaning: tuple[ErrorCode, str]
) -> None:
    answer = {"Session": NEWER} if status is None else {"Status": status, "Session": NEWER}
    far.script(VERIFY, respond_json(answer))
    with pytest.raises(AuthError) as caught:
        verify(far, SET_UP)
    assert refused(caught) == meaning


# ----------------------------------------------------------------------------------- what is on, and off

FACTORS: list[tuple[dict[str, object], TwoStepFactors]] = [
    ({}, TwoStepFactors()),
    (
        {
            "UserMFASettingList": ["SMS_MFA", "SOFTWARE_TOKEN_MFA"],
            "PreferredMfaSetting": "SOFTWARE_TOKEN_MFA",
        },
        TwoStepFactors((Factor.SMS, Factor.TOTP), Factor.TOTP),
    ),
    (
        {"UserMFASettingList": ["EMAIL_OTP", "EMAIL_OTP", "WEB_AUTHN"], "PreferredMfaSetting": "WEB_AUTHN"},
        TwoStepFactors((Factor.EMAIL,)),
    ),
    ({"UserMFASettingList": [5, None, ["SMS_MFA"], {}]}, TwoStepFactors()),
    # A password is no second factor, whatever is said.
    ({"UserMFASettingList": ["PASSWORD", "SMS_OTP"], "PreferredMfaSetting": "PASSWORD"}, TwoStepFactors()),
]


@pytest.mark.parametrize(("members", "factors"), FACTORS)
def test_which_factors_are_on(
    far: ScriptedCloud, members: dict[str, object], factors: TwoStepFactors
) -> None:
    far.script("GetUser", respond_json({"Username": "x", "UserAttributes": [], **members}))
    try:
        known = user_pool(far).get_two_step(ACCESS, new_attempt())
    except AuthError as error:
        # botocore will not read a list of anything but texts.
        assert (error.code, error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "SDK")  # noqa: PT017  likewise
        assert "UserMFASettingList" in members
        assert factors == TwoStepFactors()
    else:
        assert known == factors


def test_reading_them_is_tried_again(far: ScriptedCloud) -> None:
    far.script("GetUser", html(500), times=2)
    user_pool(far).get_two_step(ACCESS, new_attempt())
    assert len(far.requests("GetUser")) == 3


@pytest.mark.parametrize("enabled", [True, False])
def test_codes_from_the_app_on_or_off(far: ScriptedCloud, enabled: bool) -> None:
    user_pool(far).set_software_token(ACCESS, new_attempt(), enabled=enabled)
    assert far.requests("SetUserMFAPreference")[0].json == {
        "AccessToken": ACCESS.reveal(),
        "SoftwareTokenMfaSettings": {"Enabled": enabled, "PreferredMfa": enabled},
    }


def test_a_password_is_changed_untrimmed(far: ScriptedCloud) -> None:
    user_pool(far).change_password(ACCESS, password(), Secret(" Nueva 8! "), new_attempt())
    assert far.requests("ChangePassword")[0].json == {
        "AccessToken": ACCESS.reveal(),
        "PreviousPassword": PASSWORD,
        "ProposedPassword": " Nueva 8! ",
    }


# -------------------------------------------------------------------------------------- the confirmation


def test_a_confirmation_code_is_sent_again(far: ScriptedCloud) -> None:
    details = {"Destination": "a***@c***", "DeliveryMedium": "EMAIL"}
    far.script("ResendConfirmationCode", respond_json({"CodeDeliveryDetails": details}))
    delivery = user_pool(far).resend_confirmation_code(EMAIL, new_attempt())
    assert delivery == CodeDelivery("a***@c***", "EMAIL")
    assert far.requests("ResendConfirmationCode")[0].json == {"ClientId": CLIENT_ID, "Username": EMAIL}


def test_an_account_is_confirmed(far: ScriptedCloud) -> None:
    user_pool(far).confirm_sign_up(EMAIL, Secret("012345"), new_attempt())
    assert far.requests("ConfirmSignUp")[0].json == {
        "ClientId": CLIENT_ID,
        "ConfirmationCode": "012345",
        "Username": EMAIL,
    }


def test_an_account_that_is_confirmed_already_is_no_error(far: ScriptedCloud) -> None:
    said = "User cannot be confirmed. Current status is CONFIRMED"
    far.script("ConfirmSignUp", refuse("NotAuthorizedException", said))
    user_pool(far).confirm_sign_up(EMAIL, Secret("012345"), new_attempt())


def test_an_account_that_is_confirmed_already_needs_no_code(far: ScriptedCloud) -> None:
    far.script("ResendConfirmationCode", refuse("InvalidParameterException", "User is already confirmed."))
    assert user_pool(far).resend_confirmation_code(EMAIL, new_attempt()) is None


def test_without_a_code_nothing_is_sent(far: ScriptedCloud) -> None:
    with pytest.raises(AuthError) as caught:
        user_pool(far).confirm_sign_up(EMAIL, Secret(""), new_attempt())
    assert caught.value.code is ErrorCode.CODE_MISMATCH
    assert far.operations() == []


def test_who_exists_is_not_told(far: ScriptedCloud) -> None:
    unknown = refuse("UserNotFoundException", "Username/client id combination not found.")
    far.script("ResendConfirmationCode", unknown)
    far.script("ConfirmSignUp", unknown)
    pool = user_pool(far)
    assert pool.resend_confirmation_code(EMAIL, new_attempt()) == CodeDelivery("a***@c***", "EMAIL")
    with pytest.raises(AuthError) as caught:
        pool.confirm_sign_up(EMAIL, Secret("012345"), new_attempt())
    assert caught.value.code is ErrorCode.CODE_MISMATCH


@pytest.mark.parametrize(
    ("message", "meaning"),
    [
        ("1 validation error detected", None),
        (
            "Cannot reset password for the user as there is no registered/verified email or phone_number",
            ErrorCode.NO_VERIFIED_CONTACT,
        ),
    ],
)
def test_a_reset_tells_what_the_person_can_act_on(
    far: ScriptedCloud, message: str, meaning: ErrorCode | None
) -> None:
    far.script("ForgotPassword", refuse("InvalidParameterException", message))
    code = None
    try:
        user_pool(far).forgot_password(EMAIL, new_attempt())
    except AuthError as error:
        code = error.code
    assert code is meaning
