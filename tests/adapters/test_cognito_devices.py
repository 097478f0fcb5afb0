"""Devices that Cognito tracks: taken from the tokens, confirmed, and proved at the next sign-in."""

from base64 import b64decode
from collections.abc import Callable
from typing import Any

import pytest

from ingenes_desktop.adapters.cognito_sign_in import MOST_ROUNDS
from ingenes_desktop.application.ports import DeviceRefusedError
from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device, NewDevice
from ingenes_desktop.domain.question import CodeQuestion, Factor, UnsupportedQuestion
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import CLIENT_SECRET, secret_hash, user_pool
from tests.adapters.srp_server import SrpServer, verifier_of
from tests.adapters.test_cognito_srp import POOL_NAME, server, verifier_challenge
from tests.scripted_cloud import EMAIL, PASSWORD, ScriptedCloud, new_attempt, password
from tests.scripted_server import Behaviour, Request, refuse, respond_json
from tests.tokens import SUB

KEY = "us-east-1_0a1b2c3d-1111-2222-3333-444455556666"
GROUP = "-Grupo1"
SESSION = "s" * 40
RESPOND = "RespondToAuthChallenge"
SALT = 0x80A1


def device() -> Device:
    """What was confirmed before."""
    return Device(KEY, Secret(GROUP), Secret("canario-de-equipo"))


def device_server(known: Device) -> SrpServer:
    """What Cognito stores of it, and its side of one exchange."""
    identity = GROUP + KEY
    return SrpServer(identity, verifier_of(identity, known.password.reveal(), SALT), SALT)


def question(name: str, session: str | None = SESSION, **parameters: str) -> Behaviour:
    """A challenge's answer."""
    answer: dict[str, Any] = {"ChallengeName": name, "ChallengeParameters": {"USERNAME": SUB, **parameters}}
    return respond_json(answer if session is None else {**answer, "Session": session})


def rounds(far: ScriptedCloud, far_side: SrpServer) -> Callable[[Any, Request], None]:
    """Cognito's side of a device's sign-in."""
    opened: list[str] = []

    def behave(wire: Any, request: Request) -> None:
        responses = request.json["ChallengeResponses"]
        match request.json["ChallengeName"]:
            case "DEVICE_SRP_AUTH":
                opened.append(responses["SRP_A"])
                question("DEVICE_PASSWORD_VERIFIER", "d" * 40, **far_side.parameters())(wire, request)
            case "DEVICE_PASSWORD_VERIFIER":
                is_right = far_side.accepts(opened[-1], responses)
                wrong = refuse("NotAuthorizedException", "Incorrect username or password.")
                (far.tokens() if is_right else wrong)(wire, request)
            case _:
                question("DEVICE_SRP_AUTH")(wire, request)

    return behave


def sign_in(
    far: ScriptedCloud,
    known: Device | None,
    *,
    flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH,
    client_secret: str = "",
) -> CognitoTokens | Challenge:
    pool = user_pool(far, auth_flow=flow, client_secret=client_secret)
    return pool.initiate_auth(EMAIL, password(), known, new_attempt(5.0, 5.0))


# -------------------------------------------------------------------------------------- a new device


def test_it_comes_with_the_tokens(far: ScriptedCloud) -> None:
    metadata = {"DeviceKey": KEY, "DeviceGroupKey": GROUP}
    far.script("InitiateAuth", far.tokens(NewDeviceMetadata=metadata))
    tokens = sign_in(far, None)
    assert isinstance(tokens, CognitoTokens)
    assert tokens.new_device is not None
    assert (tokens.new_device.key, tokens.new_device.group_key.reveal()) == (KEY, GROUP)
    assert GROUP not in repr(tokens)


ODD_METADATA: tuple[dict[str, object], ...] = (
    {},
    {"DeviceKey": KEY},
    {"DeviceGroupKey": GROUP},
    {"DeviceKey": "", "DeviceGroupKey": GROUP},
    {"DeviceKey": "sin guion", "DeviceGroupKey": GROUP},
    {"DeviceKey": KEY + "0" * 10, "DeviceGroupKey": GROUP},
    {"DeviceKey": f"{KEY}\n", "DeviceGroupKey": GROUP},
    {"DeviceKey": "ñ_0a", "DeviceGroupKey": GROUP},
    {"DeviceKey": KEY, "DeviceGroupKey": ""},
    {"DeviceKey": KEY, "DeviceGroupKey": "x" * 201},
    {"DeviceKey": KEY, "DeviceGroupKey": "con espacio"},
    {"DeviceKey": 5, "DeviceGroupKey": GROUP},
)


@pytest.mark.parametrize("metadata", ODD_METADATA, ids=lambda value: repr(value)[:40])
def test_an_odd_one_is_none_and_the_person_is_in(far: ScriptedCloud, metadata: dict[str, object]) -> None:
    far.script("InitiateAuth", far.tokens(NewDeviceMetadata=metadata))
    tokens = sign_in(far, None)
    assert isinstance(tokens, CognitoTokens)
    assert tokens.new_device is None


def test_it_is_confirmed_with_a_verifier_of_a_password_of_its_own(far: ScriptedCloud) -> None:
    far.script("ConfirmDevice", respond_json({"UserConfirmationNecessary": False}))
    new = NewDevice(KEY, Secret(GROUP))
    confirmed = user_pool(far).confirm_device(Secret("acceso"), new, new_attempt())
    assert (confirmed.key, confirmed.group_key.reveal()) == (KEY, GROUP)
    (sent,) = far.requests("ConfirmDevice")
    verifier = sent.json["DeviceSecretVerifierConfig"]
    assert sent.json == {
        "AccessToken": "acceso",
        "DeviceKey": KEY,
        "DeviceName": "Ingenes Desktop",
        "DeviceSecretVerifierConfig": verifier,
    }
    salt, stored = (int.from_bytes(b64decode(verifier[name])) for name in ("Salt", "PasswordVerifier"))
    assert stored == verifier_of(GROUP + KEY, confirmed.password.reveal(), salt)
    assert confirmed.password.reveal() not in sent.body.decode()
    other = user_pool(far).confirm_device(Secret("acceso"), new, new_attempt())
    assert other.password.reveal() != confirmed.password.reveal()


# --------------------------------------------------------------------------------------- a known device


@pytest.mark.parametrize("client_secret", ["", CLIENT_SECRET])
def test_it_is_shown_and_proved(far: ScriptedCloud, client_secret: str) -> None:
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(RESPOND, rounds(far, device_server(device())))
    assert isinstance(sign_in(far, device(), client_secret=client_secret), CognitoTokens)
    hashed = {"SECRET_HASH"} if client_secret else set()
    opening = far.requests("InitiateAuth")[0].json["AuthParameters"]
    assert opening["DEVICE_KEY"] == KEY
    first, second = (request.json for request in far.requests(RESPOND))
    assert (first["ChallengeName"], first["Session"]) == ("DEVICE_SRP_AUTH", SESSION)
    assert set(first["ChallengeResponses"]) == {"USERNAME", "SRP_A", "DEVICE_KEY"} | hashed
    assert (second["ChallengeName"], second["Session"]) == ("DEVICE_PASSWORD_VERIFIER", "d" * 40)
    proof = {"TIMESTAMP", "PASSWORD_CLAIM_SECRET_BLOCK", "PASSWORD_CLAIM_SIGNATURE"}
    assert set(second["ChallengeResponses"]) == {"USERNAME", "DEVICE_KEY"} | proof | hashed
    for each in (first, second):
        assert (each["ChallengeResponses"]["USERNAME"], each["ChallengeResponses"]["DEVICE_KEY"]) == (
            SUB,
            KEY,
        )
        assert each["ChallengeResponses"].get("SECRET_HASH", secret_hash(SUB)) == secret_hash(SUB)
    bodies = b"".join(request.body for request in far.requests(RESPOND))
    assert device().password.reveal().encode() not in bodies


def test_after_the_passwords_proof(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", verifier_challenge(server()))
    far.script(RESPOND, rounds(far, device_server(device())))
    assert isinstance(sign_in(far, device(), flow=AuthFlow.USER_SRP_AUTH), CognitoTokens)
    sent = [request.json for request in far.requests(RESPOND)]
    names = [each["ChallengeName"] for each in sent]
    assert names == ["PASSWORD_VERIFIER", "DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"]
    assert {each["ChallengeResponses"]["DEVICE_KEY"] for each in sent} == {KEY}
    opening = far.requests("InitiateAuth")[0].json["AuthParameters"]["SRP_A"]
    assert sent[1]["ChallengeResponses"]["SRP_A"] != opening, "each exchange has a number of its own"
    assert POOL_NAME not in GROUP
    assert not any(PASSWORD.encode() in request.body for request in far.requests(RESPOND))


def test_after_a_persons_answer(far: ScriptedCloud) -> None:
    far.script(RESPOND, rounds(far, device_server(device())))
    challenge = Challenge("SMS_MFA", SUB, Secret(SESSION), CodeQuestion(Factor.SMS), device=device())
    answer = CodeAnswer(Secret("012345"))
    tokens = user_pool(far).respond(challenge, answer, new_attempt(5.0, 5.0))
    assert isinstance(tokens, CognitoTokens)
    assert len(far.requests(RESPOND)) == 3


def test_without_a_session_none_is_made_up(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH", session=None))
    far.script(RESPOND, rounds(far, device_server(device())))
    assert isinstance(sign_in(far, device()), CognitoTokens)
    assert "Session" not in far.requests(RESPOND)[0].json


@pytest.mark.parametrize("name", ["DEVICE_SRP_AUTH", "DEVICE_PASSWORD_VERIFIER"])
def test_a_device_that_is_not_known_is_not_proved(far: ScriptedCloud, name: str) -> None:
    far.script("InitiateAuth", question(name))
    challenge = sign_in(far, None)
    assert isinstance(challenge, Challenge)
    assert challenge.question == UnsupportedQuestion(name)
    assert far.operations() == ["InitiateAuth"]


# --------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("where", ["InitiateAuth", RESPOND])
def test_one_that_cognito_has_forgotten(far: ScriptedCloud, where: str) -> None:
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(where, refuse("ResourceNotFoundException", "Device does not exist."))
    with pytest.raises(DeviceRefusedError) as caught:
        sign_in(far, device())
    assert (caught.value.code, caught.value.detail) == (ErrorCode.REFUSED, "DEVICE-UNKNOWN")
    assert far.operations()[-1] == where
    assert len(far.operations()) == (1 if where == "InitiateAuth" else 2), "nothing is sent again"


def test_a_wrong_device_password_is_not_the_persons(far: ScriptedCloud) -> None:
    other = Device(KEY, Secret(GROUP), Secret("otra"))
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(RESPOND, rounds(far, device_server(other)))
    with pytest.raises(DeviceRefusedError) as caught:
        sign_in(far, device())
    assert (caught.value.code, caught.value.detail) == (ErrorCode.REFUSED, "DEVICE-REFUSED")


@pytest.mark.parametrize(
    ("message", "code"),
    [
        ("User is disabled.", ErrorCode.ACCOUNT_DISABLED),
        ("Password attempts exceeded", ErrorCode.LOCKED_OUT),
        ("Invalid session for the user, session is expired.", ErrorCode.CHALLENGE_OVER),
    ],
)
def test_other_refusals_in_those_rounds_mean_what_they_mean(
    far: ScriptedCloud, message: str, code: ErrorCode
) -> None:
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(RESPOND, refuse("NotAuthorizedException", message))
    with pytest.raises(AuthError) as caught:
        sign_in(far, device())
    assert caught.value.code is code
    assert not isinstance(caught.value, DeviceRefusedError)


def test_rounds_without_a_person_have_an_end(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(RESPOND, question("DEVICE_SRP_AUTH"))
    with pytest.raises(AuthError) as caught:
        sign_in(far, device())
    assert (caught.value.code, caught.value.detail) == (ErrorCode.UNEXPECTED_ANSWER, "ROUNDS")
    assert len(far.requests(RESPOND)) == MOST_ROUNDS


@pytest.mark.parametrize("changes", [{"SRP_B": "0"}, {"SALT": "no"}, {"SECRET_BLOCK": "¡"}])
def test_an_unsound_verifier_is_not_answered(far: ScriptedCloud, changes: dict[str, str]) -> None:
    parameters = {**device_server(device()).parameters(), **changes}
    far.script("InitiateAuth", question("DEVICE_SRP_AUTH"))
    far.script(RESPOND, question("DEVICE_PASSWORD_VERIFIER", **parameters))
    with pytest.raises(AuthError) as caught:
        sign_in(far, device())
    assert (caught.value.code, caught.value.detail) == (ErrorCode.UNEXPECTED_ANSWER, "SRP")
    assert len(far.requests(RESPOND)) == 1
