"""A refresh: what is sent, how often, what its refusals mean, and what of an answer is used."""

from threading import Event, Thread

import pytest

from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.application.outcome import Accepted
from ingenes_desktop.application.ports import UnusableRenewalError
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import RenewedTokens
from ingenes_desktop.domain.secret import Secret
from tests.adapters.pools import CLIENT_SECRET, secret_hash, user_pool
from tests.rows.cases import assert_tells_nothing
from tests.scripted_cloud import EMAIL, ScriptedCloud, new_attempt, password
from tests.scripted_server import Behaviour, Request, Wire, hang_up, html, refuse, respond, respond_json
from tests.tokens import CLIENT_ID, SUB

GET_TOKENS = "GetTokensFromRefreshToken"
UNKNOWN = (
    refuse("UnknownOperationException", status=404),
    refuse("UnknownOperationException", "UnknownOperation"),
    refuse("UnknownOperation"),
    refuse("InvalidAction"),
    refuse("UnsupportedOperationException"),
    refuse("UnsupportedOperation"),
    html(404),
    html(500),
    html(501),
    respond(500, b""),
    respond_json({"message": "no type"}, 500),
)
NOT_AUTHORIZED = "NotAuthorizedException"
REFUSALS: dict[str, tuple[Behaviour, ErrorCode]] = {
    "expired": (refuse(NOT_AUTHORIZED, "Refresh Token has expired"), ErrorCode.SESSION_ENDED),
    "revoked": (refuse(NOT_AUTHORIZED, "Refresh Token has been revoked"), ErrorCode.SESSION_ENDED),
    "invalid": (refuse(NOT_AUTHORIZED, "Invalid Refresh Token"), ErrorCode.SESSION_ENDED),
    "invalid, said otherwise": (
        refuse("InvalidParameterException", "Invalid Refresh Token"),
        ErrorCode.SESSION_ENDED,
    ),
    "unknown words": (refuse(NOT_AUTHORIZED, "canario-mensaje"), ErrorCode.SESSION_ENDED),
    "no words": (refuse(NOT_AUTHORIZED, ""), ErrorCode.SESSION_ENDED),
    "reused": (refuse("RefreshTokenReuseException", "rotated"), ErrorCode.SESSION_ENDED),
    "disabled": (refuse(NOT_AUTHORIZED, "User is disabled."), ErrorCode.ACCOUNT_DISABLED),
    "deleted": (refuse("UserNotFoundException", "User does not exist."), ErrorCode.SESSION_ENDED),
    "reset": (refuse("PasswordResetRequiredException", "x"), ErrorCode.RESET_REQUIRED),
    "not confirmed": (refuse("UserNotConfirmedException", "x"), ErrorCode.NOT_CONFIRMED),
    "temporary password": (
        refuse(NOT_AUTHORIZED, "User account has expired, it must be reset by an administrator."),
        ErrorCode.TEMPORARY_PASSWORD_EXPIRED,
    ),
}
TEMPORARY: dict[str, tuple[Behaviour, ErrorCode]] = {
    "secret hash": (
        refuse(NOT_AUTHORIZED, f"Unable to verify secret hash for client {CLIENT_ID}"),
        ErrorCode.CONFIGURATION,
    ),
    "secret": (refuse(NOT_AUTHORIZED, "Invalid client secret"), ErrorCode.CONFIGURATION),
    "no such client": (refuse("ResourceNotFoundException", "x"), ErrorCode.CONFIGURATION),
    "flow": (
        refuse("InvalidParameterException", "REFRESH_TOKEN_AUTH flow not enabled for this client"),
        ErrorCode.CONFIGURATION,
    ),
    "parameter": (refuse("InvalidParameterException", "x"), ErrorCode.REFUSED),
    "lambda": (
        refuse("UserLambdaValidationException", "PreTokenGeneration failed"),
        ErrorCode.TRIGGER_REFUSED,
    ),
    "throttled": (refuse("TooManyRequestsException"), ErrorCode.BUSY),
    "limit": (refuse("LimitExceededException"), ErrorCode.LIMIT_EXCEEDED),
    "locked out": (refuse(NOT_AUTHORIZED, "Password attempts exceeded"), ErrorCode.LOCKED_OUT),
    "429": (respond(429, b""), ErrorCode.BUSY),
    "firewall": (refuse("ForbiddenException", status=403), ErrorCode.BLOCKED),
    "403": (html(403), ErrorCode.BLOCKED),
    "internal": (refuse("InternalErrorException", status=500), ErrorCode.NOT_RESPONDING),
    "502": (html(502), ErrorCode.NOT_RESPONDING),
    "503": (html(503), ErrorCode.BUSY),
    "other region": (refuse("OperationNotEnabledException"), ErrorCode.OPERATION_NOT_OFFERED),
    "portal": (html(200), ErrorCode.CAPTIVE_PORTAL),
    "half": (respond(200, b'{"Authent'), ErrorCode.UNEXPECTED_ANSWER),
    "empty": (respond_json({}), ErrorCode.UNEXPECTED_ANSWER),
}


def refreshed(
    far: ScriptedCloud, *, token: str = "", client_secret: str = "", username: str = SUB, device_key: str = ""
) -> RenewedTokens:
    """Refresh what a sign-in of this cloud's gave, or ``token``."""
    held = token or far.sign_ins.begin()[1]
    pool = user_pool(far, client_secret=client_secret)
    return pool.refresh_tokens(Secret(held), username, device_key, new_attempt())


def refused(far: ScriptedCloud) -> AuthError:
    with pytest.raises(AuthError) as caught:
        refreshed(far)
    assert not isinstance(caught.value, UnusableRenewalError)
    return caught.value


# ------------------------------------------------------------------------------------------ what is sent


def test_what_is_sent_and_what_comes_of_it(far: ScriptedCloud) -> None:
    tokens = refreshed(far, token=far.sign_ins.begin()[1])
    assert tokens.refresh_token is None
    assert tokens.expires_in == 3_600
    (sent,) = far.requests(GET_TOKENS)
    assert sorted(sent.json) == ["ClientId", "RefreshToken"]
    assert far.operations() == [GET_TOKENS]


def test_a_rotated_token_comes_with_it(far: ScriptedCloud) -> None:
    far.sign_ins.grace_seconds = 0.0
    _, first = far.sign_ins.begin()
    second = refreshed(far, token=first).refresh_token
    assert second is not None
    third = refreshed(far, token=second.reveal()).refresh_token
    assert third is not None
    with pytest.raises(AuthError) as caught:
        refreshed(far, token=second.reveal())
    assert (caught.value.code, caught.value.detail) == (
        ErrorCode.SESSION_ENDED,
        "RefreshTokenReuseException",
    )


DEVICE_KEY = "us-east-1_0a1b2c3d-1111-2222-3333-444455556666"


def test_a_device_that_cognito_tracks_is_named(far: ScriptedCloud) -> None:
    refreshed(far, device_key=DEVICE_KEY)
    (sent,) = far.requests(GET_TOKENS)
    assert sent.json["DeviceKey"] == DEVICE_KEY
    assert sorted(sent.json) == ["ClientId", "DeviceKey", "RefreshToken"]


def test_it_is_named_the_old_way_too(far: ScriptedCloud) -> None:
    far.script(GET_TOKENS, html(500))
    refreshed(far, device_key=DEVICE_KEY)
    parameters = far.requests("InitiateAuth")[0].json["AuthParameters"]
    assert parameters["DEVICE_KEY"] == DEVICE_KEY
    assert sorted(parameters) == ["DEVICE_KEY", "REFRESH_TOKEN"]


def test_a_client_with_a_secret_sends_the_secret_itself(far: ScriptedCloud) -> None:
    refreshed(far, client_secret=CLIENT_SECRET)
    assert far.requests(GET_TOKENS)[0].json["ClientSecret"] == CLIENT_SECRET


@pytest.mark.parametrize("broken", [html(503), respond(429, b""), html(502), hang_up])
def test_it_is_sent_once_whatever_happens(far: ScriptedCloud, broken: Behaviour) -> None:
    far.script(GET_TOKENS, broken)
    refused(far)
    assert far.operations() == [GET_TOKENS]


def test_a_late_answer_is_not_asked_for_again(far: ScriptedCloud) -> None:
    far.script(GET_TOKENS, lambda wire, _request: wire.hang())
    assert refused(far).code is ErrorCode.NOT_RESPONDING
    assert far.operations() == [GET_TOKENS]


# ----------------------------------------------------------------------------------------- the other flow


@pytest.mark.parametrize("answer", UNKNOWN)
def test_a_service_that_does_not_know_it_is_asked_the_old_way_once(
    far: ScriptedCloud, answer: Behaviour
) -> None:
    far.script(GET_TOKENS, answer)
    tokens = refreshed(far, client_secret=CLIENT_SECRET, username="nombre-real")
    assert tokens.refresh_token is None
    assert far.operations() == [GET_TOKENS, "InitiateAuth"]
    sent = far.requests("InitiateAuth")[0].json
    assert sent["AuthFlow"] == "REFRESH_TOKEN_AUTH"
    assert sent["AuthParameters"]["SECRET_HASH"] == secret_hash("nombre-real")
    assert sorted(sent["AuthParameters"]) == ["REFRESH_TOKEN", "SECRET_HASH"]


def test_without_a_secret_there_is_no_hash(far: ScriptedCloud) -> None:
    far.script(GET_TOKENS, html(500))
    refreshed(far)
    assert sorted(far.requests("InitiateAuth")[0].json["AuthParameters"]) == ["REFRESH_TOKEN"]


@pytest.mark.parametrize("status", [500, 501])
@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_after_a_server_error_is_not_definite(far: ScriptedCloud, status: int, kind: str) -> None:
    far.script(GET_TOKENS, html(status))
    far.script("InitiateAuth", REFUSALS[kind][0])
    error = refused(far)
    assert (error.code, error.detail) == (ErrorCode.NOT_RESPONDING, f"HTTP-{status}")
    assert far.operations() == [GET_TOKENS, "InitiateAuth"]


@pytest.mark.parametrize("unknown", [refuse("UnknownOperationException", status=404), html(404)])
@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_after_an_unknown_operation_is(far: ScriptedCloud, kind: str, unknown: Behaviour) -> None:
    far.script(GET_TOKENS, unknown)
    behaviour, code = REFUSALS[kind]
    far.script("InitiateAuth", behaviour)
    assert refused(far).code is code


@pytest.mark.parametrize("first", [html(500), refuse("UnknownOperationException")])
def test_the_old_way_is_sent_once_too(far: ScriptedCloud, first: Behaviour) -> None:
    far.script(GET_TOKENS, first)
    far.script("InitiateAuth", html(500))
    assert refused(far).code is ErrorCode.NOT_RESPONDING
    assert far.operations() == [GET_TOKENS, "InitiateAuth"]


def test_a_question_is_no_answer_to_the_old_way(far: ScriptedCloud) -> None:
    far.script(GET_TOKENS, html(404))
    far.script("InitiateAuth", respond_json({"ChallengeName": "DEVICE_SRP_AUTH", "Session": "s" * 40}))
    error = refused(far)
    assert (error.code, error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "CHALLENGE")


# -------------------------------------------------------------------------------------------- refusals


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_definite_refusal(far: ScriptedCloud, kind: str) -> None:
    behaviour, code = REFUSALS[kind]
    far.script(GET_TOKENS, behaviour)
    error = refused(far)
    assert error.code is code
    assert error.code in ENDS_THE_SESSION
    assert far.operations() == [GET_TOKENS]
    assert "canario-mensaje" not in f"{error!r} {error.args!r} {error.detail}"


@pytest.mark.parametrize("kind", TEMPORARY)
def test_everything_else_leaves_the_person_signed_in(far: ScriptedCloud, kind: str) -> None:
    behaviour, code = TEMPORARY[kind]
    far.script(GET_TOKENS, behaviour)
    error = refused(far)
    assert error.code is code
    assert error.code not in ENDS_THE_SESSION
    assert far.operations() == [GET_TOKENS]


@pytest.mark.parametrize("where", ["nowhere", "closed"])
def test_offline(far: ScriptedCloud, where: str) -> None:
    port = None if where == "nowhere" else 1
    far.lead("cognito-idp", port)
    error = refused(far)
    assert error.code not in ENDS_THE_SESSION
    assert error.code in {ErrorCode.NO_NETWORK, ErrorCode.NOT_RESPONDING}


# --------------------------------------------------------------------------------------------- answers

BROKEN: tuple[dict[str, object], ...] = (
    {"IdToken": None},
    {"AccessToken": None},
    {"IdToken": ""},
    {"IdToken": 5},
    {"IdToken": ["x"]},
    {"AccessToken": "x" * 16_385},
    {"ExpiresIn": None},
    {"ExpiresIn": -5},
    {"ExpiresIn": 0},
    {"ExpiresIn": "abc"},
    {"ExpiresIn": True},
    {"ExpiresIn": 1e12},
)


@pytest.mark.parametrize("changes", BROKEN)
def test_an_answer_of_no_use(far: ScriptedCloud, changes: dict[str, object]) -> None:
    _, token = far.sign_ins.begin()
    far.script(GET_TOKENS, far.refreshed(token, **changes))
    assert refused(far).code is ErrorCode.UNEXPECTED_ANSWER
    assert far.operations() == [GET_TOKENS]  # nothing is revoked: the old tokens are still in use


@pytest.mark.parametrize("changes", BROKEN)
def test_the_rotated_token_of_an_answer_of_no_use_is_not_lost(
    far: ScriptedCloud, changes: dict[str, object]
) -> None:
    far.sign_ins.grace_seconds = 0.0
    sign_in, token = far.sign_ins.begin()
    far.script(GET_TOKENS, far.refreshed(token, **changes))
    with pytest.raises(UnusableRenewalError) as caught:
        refreshed(far, token=token)
    assert caught.value.code is ErrorCode.UNEXPECTED_ANSWER
    assert caught.value.refresh_token.reveal() == sign_in.newest != token


@pytest.mark.parametrize("odd", ["", 5, ["x"], "x" * 16_385])
def test_an_odd_refresh_token_is_not_taken_up(far: ScriptedCloud, odd: object) -> None:
    _, token = far.sign_ins.begin()
    far.script(GET_TOKENS, far.refreshed(token, RefreshToken=odd))
    error = refused(far)
    assert (error.code, error.detail) == (ErrorCode.UNEXPECTED_ANSWER, "TOKENS")


@pytest.mark.parametrize("body", [{"AuthenticationResult": []}, {"AuthenticationResult": "x"}])
def test_an_odd_result(far: ScriptedCloud, body: dict[str, object]) -> None:
    far.script(GET_TOKENS, respond_json(body))
    assert refused(far).code is ErrorCode.UNEXPECTED_ANSWER


def test_a_cancel_during_a_refresh_loses_no_token(far: ScriptedCloud) -> None:
    far.sign_ins.grace_seconds = 0.0
    outcome = far.services().sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Accepted)
    session = outcome.session
    reached, go_on = Event(), Event()

    def hold(wire: Wire, request: Request) -> None:
        answer = far.refreshed(request.json["RefreshToken"])
        reached.set()
        assert go_on.wait(5)
        answer(wire, request)

    far.script(GET_TOKENS, hold, times=1)
    attempt = new_attempt()
    ended: list[ErrorCode] = []

    def renew() -> None:
        try:
            session.renew(attempt)
        except AuthError as error:
            ended.append(error.code)

    thread = Thread(target=renew)
    thread.start()
    assert reached.wait(5)
    attempt.cancel()
    go_on.set()
    thread.join(5)
    assert ended == [ErrorCode.CANCELLED]
    session.renew(new_attempt())
    assert far.sign_ins.refused == []


def test_a_session_renews_itself_over_the_wire(far: ScriptedCloud) -> None:
    """The whole way, with a real key set and a real signature."""
    far.sign_ins.grace_seconds = 0.0
    outcome = far.services().sign_in.run(EMAIL, password(), new_attempt())
    assert isinstance(outcome, Accepted)
    session = outcome.session
    for _ in range(3):
        session.renew(new_attempt())
    assert far.sign_ins.refused == []
    assert far.sign_ins.refreshes == 3
    far.claims = {"origin_jti": "of-another-sign-in"}
    with pytest.raises(AuthError) as caught:
        session.renew(new_attempt())
    assert caught.value.detail == "OTHER-SIGN-IN"
    assert_tells_nothing(caught.value, far.canaries())
    far.claims = {}
    session.renew(new_attempt())  # with the token that came with the one that was refused
    assert far.sign_ins.refused == []
