"""Sign-in without the password on the wire: the flow, its arithmetic against a server of the tests' own, and
what of a server's is no sound step of it."""

import random
from collections.abc import Callable
from typing import Any

import pytest
from pycognito.aws_srp import N_HEX

from ingenes_desktop.domain.answer import PasswordAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.models import Challenge, CognitoTokens
from ingenes_desktop.domain.question import Factor, NewPasswordQuestion, PasswordQuestion, UnsupportedQuestion
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import CLIENT_SECRET, secret_hash, user_pool
from tests.adapters.srp_server import N, SrpServer, number_bytes, verifier_of
from tests.scripted_cloud import EMAIL, PASSWORD, ScriptedCloud, new_attempt, password
from tests.scripted_server import Behaviour, Request, Wire, refuse, respond_json
from tests.tokens import CLIENT_ID, POOL_ID, SUB

SRP, CUSTOM = AuthFlow.USER_SRP_AUTH, AuthFlow.CUSTOM_AUTH
POOL_NAME = POOL_ID.partition("_")[2]
SESSION = "s" * 40
NOON = 1_780_315_200.0
"""Monday, the first of June 2026, 12:00:00 UTC."""


def server(typed: str = PASSWORD, salt: int = 0x9F00000000000000000000000000F00D) -> SrpServer:
    """What the pool stores of Ana, and its side of one exchange."""
    identity = POOL_NAME + SUB
    return SrpServer(identity, verifier_of(identity, typed, salt), salt)


def verifier_challenge(far_side: SrpServer, session: str | None = SESSION, **changes: Any) -> Behaviour:
    """PASSWORD_VERIFIER, as Cognito asks it; a change to None takes a parameter away."""
    parameters = {**far_side.parameters(USERNAME=SUB, USER_ID_FOR_SRP=SUB), **changes}
    answer: dict[str, Any] = {
        "ChallengeName": "PASSWORD_VERIFIER",
        "ChallengeParameters": {name: value for name, value in parameters.items() if value is not None},
    }
    return respond_json(answer if session is None else {**answer, "Session": session})


def judge(far: ScriptedCloud, far_side: SrpServer) -> Callable[..., None]:
    """Tokens for a right proof, a wrong password for any other."""

    def behave(wire: Any, request: Request) -> None:
        opening = far.requests("InitiateAuth")[-1].json["AuthParameters"]
        is_right = far_side.accepts(opening["SRP_A"], request.json["ChallengeResponses"])
        wrong = refuse("NotAuthorizedException", "Incorrect username or password.")
        (far.tokens() if is_right else wrong)(wire, request)

    return behave


def sign_in(far: ScriptedCloud, *, flow: AuthFlow = SRP, client_secret: str = "") -> object:
    pool = user_pool(far, auth_flow=flow, client_secret=client_secret)
    return pool.initiate_auth(EMAIL, password(), None, new_attempt(5.0, 5.0))


def refused(far: ScriptedCloud) -> tuple[ErrorCode, str]:
    with pytest.raises(AuthError) as caught:
        sign_in(far)
    return caught.value.code, caught.value.detail


def test_the_group_is_the_one_of_the_standard() -> None:
    assert int(N_HEX, 16) == N


def test_the_password_is_proved_and_not_sent(far: ScriptedCloud) -> None:
    far_side = server()
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    assert isinstance(sign_in(far), CognitoTokens)
    (opening,), (claim,) = far.requests("InitiateAuth"), far.requests("RespondToAuthChallenge")
    assert opening.json == {
        "AuthFlow": "USER_SRP_AUTH",
        "AuthParameters": {"USERNAME": EMAIL, "SRP_A": opening.json["AuthParameters"]["SRP_A"]},
        "ClientId": CLIENT_ID,
    }
    assert sorted(claim.json) == ["ChallengeName", "ChallengeResponses", "ClientId", "Session"]
    assert (claim.json["ChallengeName"], claim.json["Session"]) == ("PASSWORD_VERIFIER", SESSION)
    assert sorted(claim.json["ChallengeResponses"]) == [
        "PASSWORD_CLAIM_SECRET_BLOCK",
        "PASSWORD_CLAIM_SIGNATURE",
        "TIMESTAMP",
        "USERNAME",
    ]
    assert claim.json["ChallengeResponses"]["USERNAME"] == SUB
    assert PASSWORD.encode() not in opening.body + claim.body


def test_a_wrong_password_is_told_by_the_server(far: ScriptedCloud) -> None:
    far_side = server("Otra-Clave-9!")
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    assert refused(far)[0] is ErrorCode.WRONG_CREDENTIALS
    assert len(far.requests("RespondToAuthChallenge")) == 1


@pytest.mark.parametrize("seed", range(12))
def test_numbers_of_every_length(far: ScriptedCloud, seed: int) -> None:
    """Leading zeros and high bits change what is hashed; a slip there fails once in some dozen sign-ins."""
    chance = random.Random(seed)  # noqa: S311  the same numbers in every run
    salt = chance.getrandbits(chance.choice([128, 127, 124, 120, 113, 8, 1])) or 1
    far_side = server(salt=salt)
    far_side.private = chance.getrandbits(256)
    far_side.__post_init__()
    if seed < 4:
        while far_side.public >= 1 << (3072 - seed - 1):
            far_side.private += 1
            far_side.__post_init__()
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    assert isinstance(sign_in(far), CognitoTokens), number_bytes(salt).hex()


def test_each_exchange_has_a_number_of_its_own(far: ScriptedCloud) -> None:
    far_side = server()
    far.script("InitiateAuth", verifier_challenge(far_side))
    pool = user_pool(far, auth_flow=SRP)
    for _ in range(2):
        pool.initiate_auth(EMAIL, password(), None, new_attempt(5.0, 5.0))
    first, second = (each.json["AuthParameters"]["SRP_A"] for each in far.requests("InitiateAuth"))
    assert first != second


@pytest.mark.parametrize(
    ("now", "said"),
    [
        (NOON, "Mon Jun 1 12:00:00 UTC 2026"),
        (NOON + 13 * 86_400 - 43_200 + 65, "Sun Jun 14 00:01:05 UTC 2026"),
    ],
)
def test_it_is_dated_by_the_far_ends_clock(far: ScriptedCloud, now: float, said: str) -> None:
    """Whatever this computer's says, and whatever language it speaks."""
    far_side = server()
    behaviour = verifier_challenge(far_side)

    def dated(wire: Any, request: Request) -> None:
        from email.utils import formatdate  # noqa: PLC0415  of this case alone

        before = wire.rewrite
        wire.rewrite = lambda data: _with_date(data, formatdate(now, usegmt=True))
        behaviour(wire, request)
        wire.rewrite = before

    far.script("InitiateAuth", dated)
    far.script("RespondToAuthChallenge", judge(far, far_side))
    pool = user_pool(far, auth_flow=SRP, wall_clock=lambda: 1_000_000_000.0)
    assert isinstance(pool.initiate_auth(EMAIL, password(), None, new_attempt(5.0, 5.0)), CognitoTokens)
    assert far.requests("RespondToAuthChallenge")[0].json["ChallengeResponses"]["TIMESTAMP"] == said


def _with_date(data: bytes, date: str) -> bytes:
    lines = data.split(b"\r\n")
    return b"\r\n".join(f"Date: {date}".encode() if line.startswith(b"Date:") else line for line in lines)


def test_a_secret_is_hashed_with_the_name_that_is_sent(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", verifier_challenge(server()))
    sign_in(far, client_secret=CLIENT_SECRET)
    (opening,), (claim,) = far.requests("InitiateAuth"), far.requests("RespondToAuthChallenge")
    assert opening.json["AuthParameters"]["SECRET_HASH"] == secret_hash(EMAIL)
    assert claim.json["ChallengeResponses"]["SECRET_HASH"] == secret_hash(SUB)


def test_without_a_session_none_is_made_up(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", verifier_challenge(server(), session=None))
    assert isinstance(sign_in(far), CognitoTokens)
    assert "Session" not in far.requests("RespondToAuthChallenge")[0].json


def test_a_question_may_follow(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", verifier_challenge(server()))
    asked = {"ChallengeName": "NEW_PASSWORD_REQUIRED", "Session": "n" * 40}
    far.script("RespondToAuthChallenge", respond_json({**asked, "ChallengeParameters": {}}))
    challenge = sign_in(far)
    assert isinstance(challenge, Challenge)
    assert (challenge.question, challenge.session.reveal()) == (NewPasswordQuestion(), "n" * 40)
    assert challenge.username == SUB, "the name that the round before gave"


def test_the_clinics_own_questions_come_after_the_proof(far: ScriptedCloud) -> None:
    far_side = server()
    far.script("InitiateAuth", verifier_challenge(far_side))
    far.script("RespondToAuthChallenge", judge(far, far_side))
    assert isinstance(sign_in(far, flow=CUSTOM), CognitoTokens)
    sent = far.requests("InitiateAuth")[0].json
    assert sent["AuthFlow"] == "CUSTOM_AUTH"
    assert sorted(sent["AuthParameters"]) == ["CHALLENGE_NAME", "SRP_A", "USERNAME"]
    assert sent["AuthParameters"]["CHALLENGE_NAME"] == "SRP_A"


# ------------------------------------------------------------------------------- chosen in USER_AUTH


@pytest.mark.parametrize("name", ["SELECT_CHALLENGE", "PASSWORD_SRP"])
def test_a_password_that_is_asked_for_may_be_proved_too(far: ScriptedCloud, name: str) -> None:
    far_side = server()
    tokens = far.tokens()
    seen: list[Request] = []

    def behave(wire: Any, request: Request) -> None:
        seen.append(request)
        if request.json["ChallengeName"] == name:
            verifier_challenge(far_side, session="v" * 40)(wire, request)
            return
        public_value = seen[0].json["ChallengeResponses"]["SRP_A"]
        assert far_side.accepts(public_value, request.json["ChallengeResponses"])
        tokens(wire, request)

    far.script("RespondToAuthChallenge", behave)
    challenge = Challenge(name, SUB, Secret(SESSION), PasswordQuestion(Factor.PASSWORD_SRP))
    pool = user_pool(far, auth_flow=AuthFlow.USER_AUTH)
    answer = PasswordAnswer(password())
    assert isinstance(pool.respond(challenge, answer, new_attempt(5.0, 5.0)), CognitoTokens)
    first, second = (request.json for request in seen)
    expected = {"USERNAME", "SRP_A"} | ({"ANSWER"} if name == "SELECT_CHALLENGE" else set())
    assert set(first["ChallengeResponses"]) == expected
    assert first["ChallengeResponses"].get("ANSWER", "PASSWORD_SRP") == "PASSWORD_SRP"
    assert (second["ChallengeName"], second["Session"]) == ("PASSWORD_VERIFIER", "v" * 40)
    assert not any(PASSWORD.encode() in request.body for request in seen)


# ------------------------------------------------------------------------------------- a hostile server

UNSOUND: dict[str, dict[str, Any]] = {
    "no B": {"SRP_B": None},
    "B of zero": {"SRP_B": "0"},
    "B of many zeros": {"SRP_B": "0" * 768},
    "B of the group": {"SRP_B": f"{N:x}"},
    "B too long": {"SRP_B": "f" * 769},
    "B not a number": {"SRP_B": "xyz"},
    "B with a sign": {"SRP_B": "-2"},
    "B with blanks": {"SRP_B": " 2 "},
    "B in other digits": {"SRP_B": "٣٣"},
    "B no text": {"SRP_B": 5},
    "B nothing": {"SRP_B": ""},
    "no salt": {"SALT": None},
    "salt not a number": {"SALT": "sal"},
    "salt too long": {"SALT": "a" * 257},
    "salt nothing": {"SALT": ""},
    "no block": {"SECRET_BLOCK": None},
    "block no base64": {"SECRET_BLOCK": "¡no!"},
    "block nearly base64": {"SECRET_BLOCK": "QUJD!QUJD"},
    "block too long": {"SECRET_BLOCK": "A" * 8_196},
    "block nothing": {"SECRET_BLOCK": ""},
    "nobody": {"USER_ID_FOR_SRP": None},
    "nobody's name": {"USER_ID_FOR_SRP": ""},
    "an odd name": {"USER_ID_FOR_SRP": ["x"]},
}


@pytest.mark.parametrize("kind", UNSOUND)
def test_what_is_no_sound_step_is_not_answered(far: ScriptedCloud, kind: str) -> None:
    far.script("InitiateAuth", verifier_challenge(server(), **UNSOUND[kind]))
    assert refused(far) == (ErrorCode.UNEXPECTED_ANSWER, "SRP")
    assert far.operations() == ["InitiateAuth"]


@pytest.mark.parametrize("parameters", [None, [], "x", {"SRP_B": {"a": 1}}])
def test_odd_parameters(far: ScriptedCloud, parameters: object) -> None:
    answer = {"ChallengeName": "PASSWORD_VERIFIER", "Session": SESSION, "ChallengeParameters": parameters}
    far.script("InitiateAuth", respond_json(answer))
    assert refused(far)[0] is ErrorCode.UNEXPECTED_ANSWER
    assert far.operations() == ["InitiateAuth"]


def test_a_proof_is_given_once(far: ScriptedCloud) -> None:
    """Asked for another of the same exchange, a server would learn by comparing."""
    far.script("InitiateAuth", verifier_challenge(server()))
    far.script("RespondToAuthChallenge", verifier_challenge(server()))
    challenge = sign_in(far)
    assert isinstance(challenge, Challenge)
    assert challenge.question == UnsupportedQuestion("PASSWORD_VERIFIER")
    assert len(far.requests("RespondToAuthChallenge")) == 1


def test_a_proof_that_nobody_began_is_not_given(far: ScriptedCloud) -> None:
    far.script("InitiateAuth", verifier_challenge(server()))
    challenge = sign_in(far, flow=AuthFlow.USER_PASSWORD_AUTH)
    assert isinstance(challenge, Challenge)
    assert challenge.question == UnsupportedQuestion("PASSWORD_VERIFIER")
    assert far.operations() == ["InitiateAuth"]


@pytest.mark.parametrize("flow", [SRP, CUSTOM])
@pytest.mark.parametrize(
    "asked",
    [
        {"ChallengeName": "SELECT_CHALLENGE", "AvailableChallenges": ["PASSWORD"]},
        {"ChallengeName": "PASSWORD"},
    ],
)
def test_whoever_sits_between_cannot_ask_for_the_password_itself(
    far: ScriptedCloud, flow: AuthFlow, asked: dict[str, object]
) -> None:
    far.script("InitiateAuth", respond_json({**asked, "Session": SESSION, "ChallengeParameters": {}}))
    challenge = sign_in(far, flow=flow)
    assert isinstance(challenge, Challenge)
    assert challenge.question == UnsupportedQuestion("PASSWORD")


def test_a_proof_is_not_sent_after_a_cancel(far: ScriptedCloud) -> None:
    attempt = new_attempt(5.0, 5.0)

    def behave(wire: Wire, request: Request) -> None:
        attempt.cancel()
        verifier_challenge(server())(wire, request)

    far.script("InitiateAuth", behave)
    pool = user_pool(far, auth_flow=SRP)
    with pytest.raises(AuthError) as caught, attempt.outlived(2.0) as calm:
        pool.initiate_auth(EMAIL, password(), None, calm)
    assert caught.value.code is ErrorCode.CANCELLED
    assert far.operations() == ["InitiateAuth"]
