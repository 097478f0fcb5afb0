"""The real program, driven by real keys and clicks, found by its words, against the demo cloud."""

import json
import signal
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.request import urlopen

import pytest

from ingenes_desktop.demo.process import CloudDescription, CloudProcess
from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.recorder import BusRecorder
from tests.atspi.test_password_on_the_bus import told
from tests.atspi.waiting import wait_until

PROGRAM = [sys.executable, "-m", "ingenes_desktop"]
PASSWORD = "Demo-Clinica-2026"
WRONG = "ñandú-λψ"
ANA = "ana@clinica.example"


@dataclass(frozen=True)
class Words:
    """What the elements are called in one language."""

    language: str
    sign_in: str
    email: str
    password: str
    forgot: str
    wrong: str
    sign_out: str
    send_code: str
    code: str
    new_password: str
    confirm: str
    reset: str
    changed: str
    back: str
    user_type: str


SPANISH = Words(
    "es", "Iniciar sesión", "Correo electrónico", "Contraseña", "¿Olvidó su contraseña?",
    "Correo o contraseña incorrectos.", "Cerrar sesión", "Enviar código", "Código de verificación",
    "Nueva contraseña", "Confirmar contraseña", "Restablecer contraseña", "Su contraseña se cambió",
    "Volver a iniciar sesión", "Administrador",
)  # fmt: skip
ENGLISH = Words(
    "en", "Sign in", "Email", "Password", "Forgot password?", "Incorrect email or password.", "Sign out",
    "Send code", "Verification code", "New password", "Confirm password", "Reset password",
    "Your password was changed", "Back to sign in", "Administrator",
)  # fmt: skip


@pytest.fixture(scope="module")
def cloud() -> Iterator[CloudDescription]:
    """The demo cloud as a process of its own."""
    process = CloudProcess([])
    description = process.start()
    yield description
    process.stop()


@pytest.fixture
def program(
    desktop: Desktop, cloud: CloudDescription, request: pytest.FixtureRequest
) -> Iterator[Accessible]:
    """The program's window, in the language that the test asks for."""
    words: Words = request.param
    environment = {**cloud.environment, "INGENES_LANGUAGE": words.language}
    # A colleague's shell may say where other programs find AWS and proxies.
    environment |= {"AWS_ENDPOINT_URL": "http://127.0.0.1:9", "HTTPS_PROXY": "http://127.0.0.1:9"}
    with desktop.program(PROGRAM, environment) as running:
        yield running.root


def label(root: Accessible, text: str) -> Accessible:
    """A label on screen that begins with ``text``."""

    def find() -> Accessible | None:
        return next((one for one in root.find_all(Role.LABEL) if one.name().startswith(text)), None)

    return wait_until(find, f"a label {text!r}")


def type_into(desktop: Desktop, element: Accessible, text: str) -> None:
    element.click(desktop.input)
    element.wait_state(State.FOCUSED)
    desktop.input.type(text)


def codes(cloud: CloudDescription) -> list[dict[str, Any]]:
    with urlopen(cloud.mailbox) as answer:  # noqa: S310  a loopback address of the demo
        return list(json.load(answer))


both_languages = pytest.mark.parametrize(
    ("program", "words"),
    [(SPANISH, SPANISH), (ENGLISH, ENGLISH)],
    indirect=["program"],
    ids=["es", "en"],
)


@both_languages
def test_sign_in_see_the_profile_sign_out(
    desktop: Desktop, program: Accessible, words: Words, recorder: BusRecorder
) -> None:
    email = program.find(Role.TEXT, words.email)
    type_into(desktop, email, ANA)
    desktop.input.press("Return")
    password = program.find(Role.PASSWORD_TEXT, words.password)
    password.wait_state(State.FOCUSED)
    recorder.clear()
    desktop.input.type(WRONG)
    password.wait_count(len(WRONG))
    assert told(recorder.messages(), WRONG) == []
    desktop.input.press("Return")
    label(program, words.wrong)
    password.wait_state(State.FOCUSED)
    password.wait_count(0)
    assert email.text() == ANA
    recorder.clear()
    desktop.input.type(PASSWORD)
    password.wait_count(len(PASSWORD))
    assert told(recorder.messages(), PASSWORD) == []
    desktop.input.press("Return")
    label(program, "Ana Lucía Ortega Prado")
    label(program, words.user_type)
    program.find(Role.BUTTON, words.sign_out).act()
    program.find(Role.TEXT, words.email).wait_text("")


@both_languages
def test_reset_the_password_and_sign_in_with_it(
    desktop: Desktop, program: Accessible, words: Words, cloud: CloudDescription
) -> None:
    new = f"Nueva-Clave-{words.language}-26"
    luis = "luis@clinica.example"
    type_into(desktop, program.find(Role.TEXT, words.email), luis)
    program.find(Role.BUTTON, words.forgot).act()
    program.find(Role.BUTTON, words.send_code)
    before = len(codes(cloud))
    program.find(Role.BUTTON, words.send_code).act()
    type_into(desktop, program.find(Role.TEXT, words.code), "000000")
    wait_until(lambda: len(codes(cloud)) > before, "the code in the mailbox")
    type_into(desktop, program.find(Role.PASSWORD_TEXT, words.new_password), new)
    type_into(desktop, program.find(Role.PASSWORD_TEXT, words.confirm), new)
    reset = program.find(Role.BUTTON, words.reset)
    reset.act()
    code = program.find(Role.TEXT, words.code)
    code.wait_state(State.FOCUSED)
    desktop.input.press("Ctrl+a")
    newest = str(codes(cloud)[-1]["code"])
    desktop.input.type(f" {newest[:3]} {newest[3:]} ")
    reset.act()
    label(program, words.changed)
    program.find(Role.BUTTON, words.back).act()
    password = program.find(Role.PASSWORD_TEXT, words.password)
    assert program.find(Role.TEXT, words.email).text() == luis
    type_into(desktop, password, new)
    desktop.input.press("Return")
    label(program, "Luis Fernando Sabina Ríos")


def test_a_wrong_setting_is_one_sentence_on_screen(desktop: Desktop) -> None:
    environment = {"INGENES_LANGUAGE": "en", "INGENES_COGNITO_CLIENT_ID": "not a client id"}
    with desktop.program(PROGRAM, environment) as running:
        shown = wait_until(
            lambda: next(
                (
                    one.name()
                    for one in running.root.find_all(Role.LABEL)
                    if "INGENES_COGNITO_CLIENT_ID" in one.name()
                ),
                None,
            ),
            "the sentence",
        )
        assert "environment" in shown
        assert "not a client id" not in shown
        running.root.find(Role.BUTTON, "Close").act()
        assert running.process.wait(10) == 0
        assert "Traceback" not in running.log.read_text()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_the_program_ends_when_the_system_asks(
    number: signal.Signals, desktop: Desktop, cloud: CloudDescription
) -> None:
    """At log-out, on Ctrl+C, and when the terminal that it was started from is closed."""
    with desktop.program(PROGRAM, {**cloud.environment, "INGENES_LANGUAGE": "es"}) as running:
        running.root.find(Role.TEXT, "Correo electrónico")
        wait_until(lambda: signal.SIGTERM in _caught(running.process.pid), "the handlers")
        running.process.send_signal(number)
        assert running.process.wait(10) == 0


def test_a_signal_that_is_to_be_ignored_is(desktop: Desktop, cloud: CloudDescription) -> None:
    with desktop.program(["nohup", *PROGRAM], cloud.environment) as running:
        wait_until(lambda: signal.SIGTERM in _caught(running.process.pid), "the handlers")
        assert signal.SIGHUP not in _caught(running.process.pid)


def _caught(process_id: int) -> set[int]:
    """The signals that a process has handlers for."""
    with open(f"/proc/{process_id}/status", encoding="ascii") as status:  # noqa: PTH123  not a file on disk
        caught = next(line for line in status if line.startswith("SigCgt"))
    mask = int(caught.split()[1], 16)
    return {number for number in range(1, 65) if mask & 1 << (number - 1)}


def test_an_installation_with_a_part_missing_says_so_and_closes(desktop: Desktop) -> None:
    broken = (
        "import sys; sys.modules['qasync'] = None; "
        "from ingenes_desktop.__main__ import main; sys.exit(main())"
    )
    with desktop.program([sys.executable, "-c", broken], {"INGENES_LANGUAGE": "en"}) as running:
        running.root.find(Role.BUTTON, "Close").act()
        assert running.process.wait(10) == 0
        assert "Traceback" not in running.log.read_text()
