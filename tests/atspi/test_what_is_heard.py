"""What the running program tells by itself, and the letters it can be worked by: heard, and never seen.

As in test_by_name_alone: real keys alone, elements by their words, in both languages.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.request import Request, urlopen

import pytest

from ingenes_desktop.demo.process import CloudDescription, CloudProcess
from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.listener import Listener
from tests.atspi.recorder import BusRecorder

PROGRAM = [sys.executable, "-m", "ingenes_desktop"]
IDLE_SECONDS, WARNED_SECONDS = 10, 5
DEMO = [
    sys.executable, "-m", "ingenes_desktop.demo",
    "--machine", "shared", "--session", f"idle={IDLE_SECONDS},countdown={WARNED_SECONDS}",
]  # fmt: skip
ANA, PASSWORD, NAME = "ana@clinica.example", "Demo-Clinica-2026", "Ana Lucía Ortega Prado"
A_WHILE = 0.7
"""Seconds that each far end takes, so that every step is there to be heard."""


@dataclass(frozen=True)
class Words:
    """What is heard in one language."""

    language: str
    email: str
    password: str
    sign_in: str
    signing_in: str
    steps: tuple[str, ...]
    cancel: str
    cancelled: str
    unreachable: str
    unavailable: str
    still_there: str
    will_end: str
    stay: str
    ended: str
    time_left: str
    enter_email: str
    forgot: str
    reset: str
    copy_phone: str
    copied: str
    sign_out: str


SPANISH = Words(
    "es", "Correo electrónico", "Contraseña", "Iniciar sesión", "Iniciando sesión…",
    ("Verificando su contraseña", "Obteniendo acceso", "Leyendo la configuración",
     "Conectando con FileMaker", "Buscando su registro"),
    "Cancelar", "Se canceló el inicio de sesión.", "Sin conexión.", "El servicio no responde.",
    "¿Sigue usted ahí?", "Su sesión se cerrará en ", "Mantener la sesión", "Su sesión se cerró",
    "Tiempo restante", "Escriba su correo.", "¿Olvidó su contraseña?", "Restablecer contraseña",
    "Copiar teléfono", "Copiado", "Cerrar sesión",
)  # fmt: skip
ENGLISH = Words(
    "en", "Email", "Password", "Sign in", "Signing in…",
    ("Checking your password", "Getting access", "Reading the configuration",
     "Connecting to FileMaker", "Finding your record"),
    "Cancel", "Sign-in was cancelled.", "No connection.", "The service is not responding.",
    "Are you still there?", "You will be signed out in ", "Stay signed in", "You were signed out",
    "Time left", "Enter your email.", "Forgot password?", "Reset password",
    "Copy phone", "Copied", "Sign out",
)  # fmt: skip


@pytest.fixture(params=[SPANISH, ENGLISH], ids=["es", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The language of one run."""
    found: Words = request.param
    return found


@pytest.fixture(scope="module")
def lasting_cloud() -> Iterator[CloudDescription]:
    """The demo cloud as a process of its own."""
    process = CloudProcess([])
    yield process.start()
    process.stop()


@pytest.fixture
def cloud(lasting_cloud: CloudDescription) -> Iterator[CloudDescription]:
    """The demo cloud; its faults go with the test."""
    yield lasting_cloud
    ask(Request(lasting_cloud.control, method="DELETE"))  # noqa: S310  a loopback address of the demo


@pytest.fixture
def person(
    desktop: Desktop, cloud: CloudDescription, words: Words, recorder: BusRecorder
) -> Iterator[Listener]:
    """Somebody in front of the program, which has just come up."""
    environment = {**cloud.environment, "INGENES_LANGUAGE": words.language}
    with desktop.program(PROGRAM, environment) as running:
        running.root.find(Role.TEXT, words.email)
        yield Listener(desktop, running.root, recorder)


def ask(request: Request) -> None:
    with urlopen(request) as answer:  # noqa: S310  a loopback address of the demo
        answer.read()


def switch_on(cloud: CloudDescription, **fault: object) -> None:
    """Have the cloud fail, or take its time, until the test ends."""
    body = json.dumps(fault).encode()
    ask(Request(cloud.control, body, {"Content-Type": "application/json"}))  # noqa: S310  likewise


def sign_in(person: Listener, words: Words) -> None:
    """Type email and password, and hand them in."""
    person.expect(Role.TEXT, words.email)
    person.type(ANA)
    person.press("Return")
    person.expect(Role.PASSWORD_TEXT, words.password)
    person.type(PASSWORD)
    person.hush()
    person.press("Return")


def test_every_step_is_told_while_it_runs(person: Listener, words: Words, cloud: CloudDescription) -> None:
    switch_on(cloud, kind="aws_slow", seconds=A_WHILE)
    switch_on(cloud, kind="slow", seconds=A_WHILE)
    sign_in(person, words)
    person.hears(words.steps[0])
    assert person.find(Role.BUTTON, words.signing_in).states() >= {State.SHOWING, State.ENABLED}
    person.expect(Role.BUTTON, words.cancel)
    person.hears(NAME)
    heard = person.heard()
    assert [each for each in heard if each in words.steps] == list(words.steps)
    assert heard.index(words.steps[-1]) < heard.index(NAME)
    assert not person.heard(at_once=True), "nothing of it interrupts"


def test_a_sign_in_is_cancelled_by_key_and_told(
    person: Listener, words: Words, cloud: CloudDescription
) -> None:
    switch_on(cloud, kind="aws_slow", seconds=10)
    sign_in(person, words)
    person.hears(words.steps[0])
    person.expect(Role.BUTTON, words.cancel)
    person.press("space")
    person.hears(words.cancelled)
    person.expect(Role.PASSWORD_TEXT, words.password)


def test_a_service_that_is_down_is_told_at_once(
    person: Listener, words: Words, cloud: CloudDescription
) -> None:
    switch_on(cloud, kind="aws_refusal", code="InternalErrorException", status=500)
    sign_in(person, words)
    told = person.hears(words.unavailable, at_once=True)
    assert person.on_screen(words.unavailable).name() == told, "it stands there, to be read again"
    person.expect(Role.PASSWORD_TEXT, words.password)


def test_no_network_is_told_at_once(desktop: Desktop, words: Words, recorder: BusRecorder) -> None:
    gone = CloudProcess([])
    description = gone.start()
    gone.stop()
    environment = {**description.environment, "INGENES_LANGUAGE": words.language}
    with desktop.program(PROGRAM, environment) as running:
        person = Listener(desktop, running.root, recorder)
        sign_in(person, words)
        told = person.hears(words.unreachable, at_once=True)
        assert person.on_screen(words.unreachable).name() == told
        # It stays while the person types another try.
        person.expect(Role.PASSWORD_TEXT, words.password)
        person.type("x")
        person.on_screen(words.unreachable)


@pytest.mark.parametrize("words", [SPANISH], indirect=True, ids=["es"])  # it takes half a minute
def test_the_end_of_a_session_is_told_before_it_comes_and_can_be_put_off(
    desktop: Desktop, words: Words, recorder: BusRecorder
) -> None:
    environment = {
        "INGENES_LANGUAGE": words.language,
        "AT_SPI_BUS_ADDRESS": desktop.accessibility_address,
    }
    with desktop.program(DEMO, environment) as running:
        person = Listener(desktop, running.root, recorder)
        sign_in(person, words)
        person.hears(NAME)

        person.hears(words.will_end, at_once=True)
        person.on_screen(words.still_there)
        person.expect(Role.BUTTON, words.stay)
        left = running.root.find(Role.PROGRESS_BAR, words.time_left)
        assert 0 < left.get("Value", "CurrentValue") <= left.get("Value", "MaximumValue")
        person.hush()
        person.press("Tab")  # any key says that somebody is there
        running.root.wait_gone(Role.BUTTON, words.stay)

        # Nobody touches anything: told once more, and then it has ended, which is told too.
        person.hears(words.will_end, at_once=True)
        person.expect(Role.BUTTON, words.stay)
        person.hears(words.ended)
        person.on_screen(words.ended)
        running.root.find(Role.TEXT, words.email)
        assert not running.root.find_all(Role.LABEL, NAME)
        running.process.terminate()
        running.process.wait(20)


def letter_of(element: Accessible) -> str:
    """The keys that work it, as the tree tells them: "Alt+I"."""
    return str(element.call("Action", "GetKeyBinding", "i", (0,))[0])


def test_the_letters_are_in_the_tree_and_work(person: Listener, words: Words) -> None:
    person.expect(Role.TEXT, words.email)
    keys = {}
    for role, name in (
        (Role.BUTTON, words.sign_in),
        (Role.BUTTON, words.forgot),
        (Role.TEXT, words.email),
        (Role.PASSWORD_TEXT, words.password),
    ):
        keys[name] = letter_of(person.find(role, name))
        assert keys[name].startswith("Alt+"), name
    assert len(set(keys.values())) == len(keys), keys

    person.press(lower(keys[words.password]))
    person.expect(Role.PASSWORD_TEXT, words.password)
    person.press(lower(keys[words.sign_in]))
    email = person.expect(Role.TEXT, words.email)
    assert email.description().startswith(words.enter_email), "the button was pressed"
    person.press(lower(keys[words.forgot]))
    person.hears(words.reset)


def lower(keys: str) -> str:
    """ "Alt+I" as it is pressed: without Shift."""
    return keys[:-1] + keys[-1].lower()


def test_a_value_is_copied_by_key_and_told(person: Listener, words: Words) -> None:
    sign_in(person, words)
    person.hears(NAME)
    button = person.reach(Role.BUTTON, words.copy_phone)
    assert button.description(), "what there is to copy"
    person.hush()
    person.press("space")
    person.hears(words.copied)
    person.reach(Role.BUTTON, words.sign_out)
    person.press("Return")
    person.reach(Role.TEXT, words.email).wait_text("")
