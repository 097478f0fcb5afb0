"""USER_SRP_AUTH through the real window: the far end has a verifier, and never the password."""

from collections.abc import Iterator
from dataclasses import replace

import pytest

from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.canary import Sweep
from tests.recording_proxy import recording_proxy
from tests.walks.conftest import Arrive
from tests.walks.person import BY_KIND, SIGN_OUT, Person

ANA, TOTP = BY_KIND["administrator"], BY_KIND["two-step-app"]
NEW_PASSWORD, MISTYPED = "Nueva-Clinica-2027", "Demo-Clinica-2062"
WRONG = "Correo o contraseña incorrectos."
PROVING = ["InitiateAuth", "RespondToAuthChallenge"]


class Wire:
    """Every byte that goes out to AWS, through a door in between. ``url`` is the door's."""

    def __init__(self) -> None:
        self.url = ""
        self.requests: list[bytes] = []

    def tells(self, *passwords: str) -> set[str]:
        """In which disguises one of these went out."""
        sweep = Sweep()
        sweep.know("password", *passwords)
        for request in list(self.requests):
            sweep.collect("wire", "a request", request)
        return {finding.disguise for finding in sweep.findings()}


@pytest.fixture
def wire(cloud: Cloud) -> Iterator[Wire]:
    recorded = Wire()
    with recording_proxy(cloud.url, lambda _name, _value: None, recorded.requests.append) as url:
        recorded.url = url
        yield recorded


def sign_ins(person: Person) -> list[str]:
    """What of the sign-in was asked of Cognito, in order."""
    return [each for each in person.cloud.journal.operations if each in PROVING]


def test_the_password_is_proved_and_never_sent(arrive: Arrive, cloud: Cloud, wire: Wire) -> None:
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH, url=wire.url)
    person.sign_in(ANA)
    person.wait_for_profile(ANA)
    assert sign_ins(person) == PROVING
    assert any(b"PASSWORD_CLAIM_SIGNATURE" in request for request in wire.requests)
    assert any(b"SecretsManager" in request or b"secretsmanager" in request for request in wire.requests)
    assert wire.tells(ANA.password) == set()


def test_what_goes_out_is_seen_by_the_test(arrive: Arrive, cloud: Cloud, wire: Wire) -> None:
    """Without the proof the password is in sight of whoever stands in between."""
    person = arrive(cloud, AuthFlow.USER_PASSWORD_AUTH, url=wire.url)
    person.sign_in(ANA)
    person.wait_for_profile(ANA)
    assert wire.tells(ANA.password)


def test_a_wrong_password_is_said_and_counted(arrive: Arrive, cloud: Cloud, wire: Wire) -> None:
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH, url=wire.url)
    for tries in range(1, 9):
        person.pass_by(10)  # longer than any lock but the last one
        person.sign_in(ANA, MISTYPED)
        person.wait_for_requests("RespondToAuthChallenge", tries)
        person.wait_to_see(WRONG)
        person.wait_for_form(ANA.username)
        assert person.focused(PasswordEdit).is_empty()
    # A wrong proof is a wrong password, over there and here: 2^(8-5) seconds in which nobody looks at one.
    person.sign_in(ANA)
    person.wait_to_see("Demasiados intentos. Espere")
    assert isinstance(person.state, SignedOut)
    assert person.state.problem is not None
    assert person.state.problem.code is ErrorCode.LOCKED_OUT
    assert person.state.problem.wait_seconds == pytest.approx(8.0, abs=5.0)
    assert sign_ins(person) == 8 * PROVING + PROVING[:1]
    person.pass_by(10)
    person.sign_in(ANA)
    person.wait_for_profile(ANA)
    assert wire.tells(ANA.password, MISTYPED) == set()


def test_a_name_that_nobody_has_is_a_wrong_password(arrive: Arrive, cloud: Cloud) -> None:
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH)
    person.sign_in(replace(ANA, username="nadie@clinica.example"))
    person.wait_to_see(WRONG)
    assert sign_ins(person) == PROVING


def test_a_temporary_password_is_proved_too(arrive: Arrive, cloud: Cloud, wire: Wire) -> None:
    account = BY_KIND["first-sign-in"]
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH, url=wire.url)
    person.sign_in(account)
    person.wait_to_see("Elija una contraseña nueva")
    assert sign_ins(person) == PROVING
    assert wire.tells(account.password) == set()
    person.enter(NEW_PASSWORD)
    person.enter(NEW_PASSWORD)
    person.wait_for_profile(account)
    # Of a new one there is no verifier yet: it travels, as Cognito wants it, and the old one never does.
    assert wire.tells(account.password) == set()
    person.click(SIGN_OUT)
    wire.requests.clear()
    person.sign_in(account, NEW_PASSWORD)
    person.wait_for_profile(account)
    assert wire.tells(NEW_PASSWORD) == set()


def test_a_second_step_after_the_proof(arrive: Arrive, cloud: Cloud, wire: Wire) -> None:
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH, url=wire.url)
    person.sign_in(TOTP)
    person.wait_to_see("Abra su aplicación de autenticación.")
    person.enter(code_at(TOTP.totp_key, person.clock() - 900))
    person.wait_to_see("Código de verificación incorrecto.")
    person.enter(code_at(TOTP.totp_key, person.clock()))
    person.wait_for_profile(TOTP)
    assert sign_ins(person) == [*PROVING, "RespondToAuthChallenge", "RespondToAuthChallenge"]
    assert wire.tells(TOTP.password) == set()


def test_a_device_that_is_remembered_proves_itself_the_next_time(
    arrive: Arrive, cloud: Cloud, wire: Wire
) -> None:
    account = BY_KIND["remembered-device"]
    person = arrive(cloud, AuthFlow.USER_SRP_AUTH, url=wire.url)
    person.sign_in(account)
    person.wait_to_see("Enviamos un código a")
    person.enter(cloud.mailbox.latest_code(account.username))
    person.wait_for_profile(account)
    person.wait_until(lambda: person.requests("ConfirmDevice") == 1)
    person.click(SIGN_OUT)
    person.sign_in(account)
    person.wait_for_profile(account)
    assert len(cloud.mailbox.messages) == 1, "no code is asked for where the device is known"
    assert wire.tells(account.password) == set()
