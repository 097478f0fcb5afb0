"""The verifier: what it takes for a person, and everything that it does not."""

import hashlib
import hmac
import json
from collections.abc import Callable, Iterator, Mapping
from time import time
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from ingenes_desktop.adapters.connection import Dialing, resolve_by_system
from ingenes_desktop.adapters.id_token import CognitoIdTokenVerifier
from ingenes_desktop.adapters.key_set import KeySet
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.transport import Transport, system_trust
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CognitoIdentity
from ingenes_desktop.domain.secret import Secret
from tests.scripted_cloud import new_attempt
from tests.scripted_server import Behaviour, ScriptedServer, huge, respond, respond_json
from tests.tokens import CLIENT_ID, ISSUER, SUB, TokenIssuer, encoded

NOW = 1_800_000_000.0


class Bench:
    """A verifier over a key set of its own, at a moment of its own."""

    def __init__(self, server: ScriptedServer, issuer: TokenIssuer) -> None:
        self.server = server
        self.issuer = issuer
        self.moment = NOW
        self.ticks = 0.0
        self.serve(issuer.jwk())
        transport = Transport(
            dialing=Dialing(resolve_by_system, 2.0, 2.0, refuse_local=False),
            read_seconds=2.0,
            proxy_for=lambda _url: None,
            trust=system_trust,
            user_agent="x",
        )
        self.clock = ServerClock(lambda: self.moment)
        self.keys = KeySet(transport, url=f"{server.url}/jwks.json", clock=lambda: self.ticks)
        self.verifier = CognitoIdTokenVerifier(
            self.keys, issuer=ISSUER, client_id=CLIENT_ID, clock=self.clock
        )

    def serve(self, *keys: object) -> None:
        self.answer(respond_json({"keys": keys}, content_type="application/json", headers={"Date": ""}))

    def answer(self, behaviour: Behaviour) -> None:
        self.server.behaviour = behaviour

    def verify(self, token: str) -> CognitoIdentity:
        return self.verifier.verify(Secret(token), new_attempt())

    def error(self, token: str) -> AuthError:
        with pytest.raises(AuthError) as caught:
            self.verify(token)
        assert len(token) < 20 or token not in f"{caught.value!r} {caught.value.detail}"
        return caught.value

    def refuses(self, token: str) -> None:
        assert self.error(token).code is ErrorCode.UNEXPECTED_ANSWER

    def token(self, **changes: object) -> str:
        return self.issuer.sign(self.issuer.claims(NOW, **changes))


@pytest.fixture
def bench(issuer: TokenIssuer) -> Iterator[Bench]:
    with ScriptedServer(respond_json({})) as server:
        yield Bench(server, issuer)


def test_a_genuine_token(bench: Bench) -> None:
    identity = bench.verify(bench.token())
    assert identity == CognitoIdentity(
        sub=SUB,
        username=SUB,
        email="ana@clinica.example",
        email_verified=True,
        first_name="Ana Lucía",
        last_name="Ortega Prado",
        store_name="Clínica Ejemplo Centro",
        customer_id="2",
        location_status="active",
        record_id=SUB,
        auth_time=1_800_000_000.0,
        lifetime=3_600.0,
    )


def test_the_contract_s_fallbacks(bench: Bench) -> None:
    bare = dict.fromkeys(
        (
            "cognito:username",
            "email",
            "email_verified",
            "custom:firstName",
            "custom:lastName",
            "custom:storeName",
            "custom:customerId",
            "custom:locationStatus",
            "auth_time",
        )
    )
    identity = bench.verify(bench.token(**bare, given_name="Ana", family_name="Ortega"))
    assert (identity.username, identity.email, identity.email_verified) == (SUB, "", None)
    assert (identity.first_name, identity.last_name, identity.record_id) == ("Ana", "Ortega", SUB)


@pytest.mark.parametrize(
    ("claim", "meaning"),
    [
        (True, True),
        (False, False),
        ("true", True),
        ("True", True),
        ("false", False),
        (None, None),
        ("", False),
        ("yes", False),
        (1, False),
        (0, False),
        ([True], False),
    ],
)
def test_email_verified_in_every_form(bench: Bench, claim: object, meaning: bool | None) -> None:
    assert bench.verify(bench.token(email_verified=claim)).email_verified is meaning


@pytest.mark.parametrize("value", [5, None, ["ana@clinica.example"], {"a": 1}, True])
def test_an_email_that_is_no_text_is_none(bench: Bench, value: object) -> None:
    assert bench.verify(bench.token(email=value)).email == ""


Forge = Callable[[Bench], str]


def _unsigned(algorithm: str) -> Forge:
    def forge(bench: Bench) -> str:
        header = json.dumps({"alg": algorithm, "kid": bench.issuer.key_id})
        return f"{encoded(header)}.{encoded(json.dumps(bench.issuer.claims(NOW)))}."

    return forge


def _hs256(bench: Bench) -> str:
    header = json.dumps({"alg": "HS256", "kid": bench.issuer.key_id})
    text = f"{encoded(header)}.{encoded(json.dumps(bench.issuer.claims(NOW)))}"
    return f"{text}.{encoded(hmac.digest(bench.issuer.public_pem, text.encode(), hashlib.sha256))}"


def _algorithm(name: str) -> Forge:
    return lambda bench: bench.issuer.sign(bench.issuer.claims(NOW), algorithm=name)


def _claims(**changes: object) -> Forge:
    return lambda bench: bench.token(**changes)


def _header(**changes: object) -> Forge:
    return lambda bench: bench.issuer.sign(bench.issuer.claims(NOW), headers=changes)


def _payload(text: str) -> Forge:
    return lambda bench: bench.issuer.sign_text(text)


def _claims_in_json(change: Callable[[str], str]) -> Forge:
    return lambda bench: bench.issuer.sign_text(change(json.dumps(bench.issuer.claims(NOW))))


def _another_key(bench: Bench) -> str:
    stranger = TokenIssuer(bench.issuer.key_id)
    return stranger.sign(stranger.claims(NOW))


def _another_payload(bench: Bench) -> str:
    header, _, signature = bench.token().split(".")
    return f"{header}.{encoded(json.dumps(bench.issuer.claims(NOW, sub='otra')))}.{signature}"


def _cut(bench: Bench) -> str:
    return bench.token()[:-1]


def _four_parts(bench: Bench) -> str:
    return bench.token() + ".x"


def _too_long(bench: Bench) -> str:
    return bench.token(relleno="x" * 9_000)


FORGERIES: Mapping[str, Forge] = {
    "alg-none": _unsigned("none"),
    "alg-nOnE": _unsigned("nOnE"),
    "alg-empty": _unsigned(""),
    "hs256-with-the-public-key": _hs256,
    "rs384": _algorithm("RS384"),
    "rs512": _algorithm("RS512"),
    "ps256": _algorithm("PS256"),
    "another-key": _another_key,
    "another-payload": _another_payload,
    "signature-cut": _cut,
    "four-parts": _four_parts,
    "too-long": _too_long,
    "jku": _header(jku="https://evil.example/jwks.json"),
    "x5u": _header(x5u="https://evil.example/chain.pem"),
    "x5c": _header(x5c=["MIIB"]),
    "jwk": _header(jwk={"kty": "RSA"}),
    "crit": _header(crit=["exp"]),
    "crit-unknown": _header(crit=["inventada"], inventada=True),
    "kid-missing": lambda bench: bench.issuer.sign_text(
        json.dumps(bench.issuer.claims(NOW)), {"alg": "RS256"}
    ),
    "kid-number": lambda bench: bench.issuer.sign_text(
        json.dumps(bench.issuer.claims(NOW)), {"alg": "RS256", "kid": 5}
    ),
    "kid-unknown": _header(kid="otra-clave"),
    "kid-path": _header(kid="../../clave-1"),
    "aud-other": _claims(aud="otro"),
    "aud-missing": _claims(aud=None),
    "aud-list-with-us": _claims(aud=[CLIENT_ID, "otro"]),
    "aud-list-of-us": _claims(aud=[CLIENT_ID]),
    "aud-prefix": _claims(aud=CLIENT_ID[:-1]),
    "iss-other": _claims(iss=ISSUER + "x"),
    "iss-missing": _claims(iss=None),
    "iss-list": lambda bench: bench.issuer.sign_text(
        json.dumps({**bench.issuer.claims(NOW), "iss": [ISSUER]})
    ),
    "iss-substring": _claims(iss=ISSUER[:-2]),
    "iss-slash": _claims(iss=ISSUER + "/"),
    "token-use-access": _claims(token_use="access"),
    "token-use-missing": _claims(token_use=None),
    "token-use-list": _claims(token_use=["id"]),
    "sub-missing": _claims(sub=None),
    "sub-number": _claims(sub=5),
    "sub-list": _claims(sub=["x"]),
    "sub-empty": _claims(sub=""),
    "exp-missing": _claims(exp=None),
    "exp-text": _claims(exp="mañana"),
    "exp-digits": _claims(exp=str(int(NOW) + 60)),
    "exp-float": _claims(exp=NOW + 60.5),
    "exp-huge": _claims(exp=1e308),
    "exp-true": _claims(exp=True),
    "exp-far": _claims(exp=int(NOW) + 90_000),
    "exp-before-iat": _claims(exp=int(NOW) - 1),
    "exp-negative": _claims(exp=-1),
    "exp-nan": _claims_in_json(lambda text: text.replace(str(int(NOW) + 3600), "NaN")),
    "exp-infinity": _claims_in_json(lambda text: text.replace(str(int(NOW) + 3600), "Infinity")),
    "exp-overflow": _claims_in_json(lambda text: text.replace(str(int(NOW) + 3600), "1" + "0" * 400)),
    "iat-missing": _claims(iat=None),
    "iat-text": _claims(iat="hoy"),
    "iat-true": _claims(iat=True),
    "auth-time-text": _claims(auth_time="hoy"),
    "auth-time-true": _claims(auth_time=True),
    "auth-time-ahead": _claims(auth_time=int(NOW) + 3600),
    "nbf-text": _claims(nbf="hoy"),
    "nbf-ahead": _claims(nbf=int(NOW) + 3600),
    "twin-claims": _claims_in_json(lambda text: text[:-1] + ', "aud": "otro"}'),
    "payload-array": _payload("[]"),
    "payload-text": _payload('"x"'),
    "payload-null": _payload("null"),
    "payload-broken": _payload('{"sub":'),
    "payload-empty": _payload(""),
    "payload-latin-1": lambda bench: bench.issuer.sign_text("\xff\xfe"),
    "payload-deep": _payload('{"a":' + "[" * 1_500 + "]" * 1_500 + "}"),
    "nothing": lambda _bench: "",
    "dots": lambda _bench: "..",
    "not-base64": lambda _bench: "ñ.ñ.ñ",
    "spaces": lambda bench: f" {bench.token()} ",
    "half-a-pair": lambda bench: f"{bench.token()[:-3]}\ud800",
}


@pytest.mark.parametrize("kind", FORGERIES)
def test_forgeries_are_refused(bench: Bench, kind: str) -> None:
    bench.refuses(FORGERIES[kind](bench))


def test_a_long_forgery_costs_nothing(bench: Bench) -> None:
    started = time()
    bench.refuses("x" * 5_000_000)
    assert time() - started < 0.2
    assert not bench.server.requests, "keys were fetched for it"


@given(
    text=st.text(max_size=300)
    | st.from_regex(r"[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,80}\.[A-Za-z0-9_-]{0,80}")
)
@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_text_is_refused_with_an_auth_error(bench: Bench, text: str) -> None:
    bench.refuses(text)


CLOCKS = {
    "a second after": (1.0, None),
    "59 s early": (-59.0, None),
    "61 s early": (-61.0, ErrorCode.CLOCK_WRONG),
    "an hour early": (-3_600.0, ErrorCode.CLOCK_WRONG),
    "ten minutes late": (600.0, None),
    "eleven minutes late": (660.0, ErrorCode.CLOCK_WRONG),
    "five years late": (1.6e8, ErrorCode.CLOCK_WRONG),
}


@pytest.mark.parametrize("kind", CLOCKS)
def test_the_clock(bench: Bench, kind: str) -> None:
    offset, code = CLOCKS[kind]
    token = bench.token()
    bench.moment = NOW + offset
    if code is None:
        assert bench.verify(token).sub == SUB
    else:
        assert bench.error(token).code is code


def test_the_far_end_s_clock_counts(bench: Bench) -> None:
    bench.moment = NOW - 7_200.0
    bench.clock.observe("Fri, 15 Jan 2027 08:00:00 GMT")  # NOW
    assert bench.verify(bench.token()).sub == SUB


# -------------------------------------------------------------------------------------------- the keys


WEAK_OR_FOREIGN: Mapping[str, dict[str, object]] = {
    "for-encryption": {"use": "enc"},
    "another-algorithm": {"alg": "RS512"},
    "another-kind": {"kty": "EC"},
    "no-modulus": {"n": None},
    "broken-modulus": {"n": "%%%"},
    "tiny": {"n": encoded(b"\xc3" * 64), "e": "AQAB"},
    "even-exponent": {"e": "AAAC"},
    "no-key-id": {"kid": None},
    "key-id-number": {"kid": 5},
    "symmetric": {"kty": "oct", "k": "AAAA", "n": None, "e": None},
}


@pytest.mark.parametrize("kind", WEAK_OR_FOREIGN)
def test_keys_that_sign_nothing_are_left_out(bench: Bench, kind: str) -> None:
    bench.serve(bench.issuer.jwk(**WEAK_OR_FOREIGN[kind]), None, 5, "x")
    assert bench.error(bench.token()).detail in {"JWKS-EMPTY", "JWKS-KEY"}


def test_the_right_key_among_odd_ones(bench: Bench) -> None:
    bench.serve(None, {}, bench.issuer.jwk(use="enc", kid="otra"), bench.issuer.jwk())
    assert bench.verify(bench.token()).sub == SUB


def test_a_set_of_very_many_keys_is_refused(bench: Bench) -> None:
    bench.serve(*(bench.issuer.jwk(kid=f"clave-{number}") for number in range(1, 40)))
    assert bench.error(bench.token()).detail == "JWKS-EMPTY"


def test_keys_are_fetched_once_and_kept(bench: Bench) -> None:
    for _ in range(3):
        assert bench.verify(bench.token()).sub == SUB
    assert len(bench.server.requests) == 1


def test_warming_up_fetches_them(bench: Bench) -> None:
    bench.keys.warm_up(new_attempt())
    bench.keys.warm_up(new_attempt())
    assert bench.verify(bench.token()).sub == SUB
    assert len(bench.server.requests) == 1


def test_an_unknown_key_is_looked_for_at_most_every_five_minutes(bench: Bench) -> None:
    bench.verify(bench.token())
    second = TokenIssuer("clave-2")
    token = second.sign(second.claims(NOW))
    for _ in range(3):
        assert bench.error(token).detail == "JWKS-KEY"
    assert len(bench.server.requests) == 1
    bench.serve(second.jwk())
    bench.ticks += 301.0
    assert bench.verify(token).sub == SUB
    assert bench.verify(bench.token()).sub == SUB, "a key that has left the set verifies still"


BROKEN = {
    "500": respond(500, b"", headers={"Date": ""}),
    "html": respond(200, b"<p>", content_type="text/html", headers={"Date": ""}),
    "huge": huge(200_000),
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN.keys())
def test_a_set_that_cannot_be_had_is_asked_for_again(bench: Bench, broken: Behaviour) -> None:
    bench.answer(broken)
    assert bench.error(bench.token()).code in {
        ErrorCode.NOT_RESPONDING,
        ErrorCode.CAPTIVE_PORTAL,
        ErrorCode.UNEXPECTED_ANSWER,
    }
    bench.serve(bench.issuer.jwk())
    assert bench.verify(bench.token()).sub == SUB


ODD_DATES: tuple[Any, ...] = (
    None,
    "",
    "x",
    "Mon, 01 Jan 0001 00:00:00 GMT",
    "31 Dec 9999 23:59:59 -2400",
    "0",
)


@pytest.mark.parametrize("said", ODD_DATES)
def test_odd_dates_change_nothing_much(said: str | None) -> None:
    clock = ServerClock(lambda: NOW)
    clock.observe(said)
    assert isinstance(clock.now(), float)


@given(text=st.text(max_size=60))
@settings(max_examples=100, deadline=None)
def test_any_date_is_survived(text: str) -> None:
    clock = ServerClock(lambda: NOW)
    clock.observe(text)
    assert isinstance(clock.now(), float)


def test_a_difference_that_is_only_the_journey_is_left_alone() -> None:
    clock = ServerClock(lambda: NOW + 20.0)
    clock.observe("Fri, 15 Jan 2027 08:00:00 GMT")
    assert clock.now() == NOW + 20.0
