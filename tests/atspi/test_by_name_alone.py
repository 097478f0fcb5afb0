"""Signing in, a challenge, a reset and signing out by whoever neither sees the window nor has a mouse.

Real keys alone, and of the window only what the accessibility tree says: roles, names, descriptions,
announcements. In both languages.
"""

import json
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

import pytest

from ingenes_desktop.demo.process import CloudDescription, CloudProcess
from tests.atspi.accessible import Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.listener import Listener
from tests.atspi.recorder import BusRecorder
from tests.atspi.waiting import wait_until

PROGRAM = [sys.executable, "-m", "ingenes_desktop"]
PASSWORD = "Demo-Clinica-2026"
SAMUEL, LUIS = "sms@clinica.example", "luis@clinica.example"


@dataclass(frozen=True)
class Words:
    """What is heard in one language."""

    language: str
    sign_in: str
    email: str
    password: str
    forgot: str
    wrong: str
    code_heading: str
    code: str
    wrong_code: str
    status: str
    sign_out: str
    reset: str
    send_code: str
    new_password: str
    confirm: str
    changed: str
    back: str
    title: str
    other_language: str
    other_title: str
    help: str
    search: str
    close: str


SPANISH = Words(
    "es", "Iniciar sesión", "Correo electrónico", "Contraseña", "¿Olvidó su contraseña?",
    "Correo o contraseña incorrectos.", "Escriba el código de verificación", "Código de verificación",
    "Código de verificación incorrecto.", "Estado", "Cerrar sesión", "Restablecer contraseña",
    "Enviar código", "Nueva contraseña", "Confirmar contraseña", "Su contraseña se cambió",
    "Volver a iniciar sesión",
    "Iniciar sesión – Ingenes", "English", "Sign in – Ingenes", "Ayuda", "Buscar", "Cerrar",
)  # fmt: skip
ENGLISH = Words(
    "en", "Sign in", "Email", "Password", "Forgot password?", "Incorrect email or password.",
    "Enter the verification code", "Verification code", "Invalid verification code.", "Status", "Sign out",
    "Reset password", "Send code", "New password", "Confirm password", "Your password was changed",
    "Back to sign in", "Sign in – Ingenes", "Español", "Iniciar sesión – Ingenes",
    "Help", "Search", "Close",
)  # fmt: skip


@pytest.fixture(scope="module")
def cloud() -> Iterator[CloudDescription]:
    """The demo cloud as a process of its own."""
    process = CloudProcess([])
    description = process.start()
    yield description
    process.stop()


@pytest.fixture(params=[SPANISH, ENGLISH], ids=["es", "en"])
def words(request: pytest.FixtureRequest) -> Words:
    """The language of one run."""
    found: Words = request.param
    return found


@pytest.fixture
def person(
    desktop: Desktop, cloud: CloudDescription, words: Words, recorder: BusRecorder
) -> Iterator[Listener]:
    """Somebody in front of the program, which has just come up."""
    environment = {**cloud.environment, "INGENES_LANGUAGE": words.language}
    with desktop.program(PROGRAM, environment) as running:
        running.root.find(Role.TEXT, words.email)
        yield Listener(desktop, running.root, recorder)


def newest_code(cloud: CloudDescription, after: int) -> str:
    """The code that came by SMS or email, as somebody would read it from a telephone."""

    def codes() -> list[dict[str, Any]]:
        with urlopen(cloud.mailbox) as answer:  # noqa: S310  a loopback address of the demo
            return list(json.load(answer))

    found = wait_until(lambda: codes()[after:], "the code")
    return str(found[-1]["code"])


def sent(cloud: CloudDescription) -> int:
    """How many codes were sent."""
    with urlopen(cloud.mailbox) as answer:  # noqa: S310  a loopback address of the demo
        return len(json.load(answer))


def test_sign_in_with_a_challenge_and_sign_out(
    person: Listener, words: Words, cloud: CloudDescription
) -> None:
    person.expect(Role.TEXT, words.email)
    person.type(SAMUEL)
    person.press("Return")
    person.expect(Role.PASSWORD_TEXT, words.password)
    person.type("no es esta")
    person.press("Return")
    person.hears(words.wrong)
    password = person.expect(Role.PASSWORD_TEXT, words.password)
    assert password.description().startswith(words.wrong), "told with the field, too"

    person.hush()
    before = sent(cloud)
    person.type(PASSWORD)
    person.press("Return")
    person.hears(words.code_heading)
    code = person.expect(Role.TEXT, words.code)
    person.type("000000")
    person.press("Return")
    person.hears(words.wrong_code)
    code.wait_state(State.FOCUSED)
    assert code.description().startswith(words.wrong_code)
    person.press("Ctrl+a")
    person.type(newest_code(cloud, before))
    person.hush()
    person.press("Return")
    name = "Samuel Montes Silva"
    person.hears(name)
    person.on_screen(name)
    assert name not in person.title()

    person.reach(Role.BUTTON, words.sign_out)
    person.press("space")
    person.reach(Role.TEXT, words.email).wait_text("")


def test_a_forgotten_password(person: Listener, words: Words, cloud: CloudDescription) -> None:
    new = f"Nueva-Clave-{words.language}-26"
    person.expect(Role.TEXT, words.email)
    person.type(LUIS)
    person.reach(Role.BUTTON, words.forgot)
    person.press("space")
    person.hears(words.reset)
    email = person.expect(Role.TEXT, words.email)
    assert email.text() == LUIS
    before = sent(cloud)
    person.reach(Role.BUTTON, words.send_code)
    person.press("space")
    person.hears(words.code_heading)
    person.expect(Role.TEXT, words.code)
    person.type(newest_code(cloud, before))
    person.reach(Role.PASSWORD_TEXT, words.new_password)
    person.type(new)
    person.reach(Role.PASSWORD_TEXT, words.confirm)
    person.type(new)
    person.press("Return")
    person.hears(words.changed)
    person.expect(Role.BUTTON, words.back)
    person.press("space")
    person.expect(Role.PASSWORD_TEXT, words.password)
    person.type(new)
    person.press("Return")
    person.on_screen("Luis Fernando Sabina Ríos")
    person.reach(Role.BUTTON, words.sign_out)
    person.press("space")
    person.reach(Role.TEXT, words.email).wait_text("")


def test_every_stop_of_the_tab_key_says_what_it_is(person: Listener, words: Words) -> None:
    person.expect(Role.TEXT, words.email)
    stops = person.stops()
    assert stops[:2] == [(Role.TEXT, words.email), (Role.PASSWORD_TEXT, words.password)]
    names = [name for _, name in stops]
    assert all(names)
    assert len(set(names)) == len(names), "no two are called the same"
    order = [names.index(name) for name in (words.email, words.password, words.sign_in, words.forgot)]
    assert order == sorted(order), "in reading order"
    assert words.help in names


def test_the_other_language_and_the_help_by_keys(person: Listener, words: Words) -> None:
    person.expect(Role.TEXT, words.email)
    assert person.title() == words.title
    assert person.locale().startswith(words.language), "the voice that reads it"
    person.type(SAMUEL)
    person.press("F1")
    person.hears(words.help)
    person.expect(Role.TEXT, words.search)
    person.reach(Role.BUTTON, words.close)
    person.press("space")
    assert person.expect(Role.TEXT, words.email).text() == SAMUEL
    person.press("Ctrl+l")
    down = "Up" if words is ENGLISH else "Down"
    person.press(down)
    person.press("Return")
    wait_until(lambda: person.title() == words.other_title, "the other language")
    assert not person.locale().startswith(words.language)
