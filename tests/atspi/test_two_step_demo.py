"""The demo by keys alone, with a second step before the profile; every element is found by its words."""

import sys
from collections.abc import Iterator
from functools import partial
from re import fullmatch

import pytest

from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.waiting import wait_until

DEMO = [sys.executable, "-m", "ingenes_desktop.demo"]
DELIA, PASSWORD, NAME = "dospasos@clinica.example", "Demo-Clinica-2026", "Delia Pasos Serna"
MOST_STOPS = 25


@pytest.fixture
def root(desktop: Desktop) -> Iterator[Accessible]:
    """The demo's window, in Spanish."""
    environment = {"INGENES_LANGUAGE": "es", "AT_SPI_BUS_ADDRESS": desktop.accessibility_address}
    with desktop.program(DEMO, environment) as running:
        yield running.root
        running.process.terminate()
        assert running.process.wait(20) == 0
        assert "Traceback" not in running.log.read_text("utf-8")


def label(root: Accessible, beginning: str) -> Accessible:
    """A label on screen that begins so."""

    def find() -> Accessible | None:
        return next((one for one in root.find_all(Role.LABEL) if one.name().startswith(beginning)), None)

    return wait_until(find, f"a label {beginning!r}")


def code_on_screen(root: Accessible) -> str:
    """What the authenticator app in the demo's strip shows, as it stands there: "402 817"."""

    def find() -> str | None:
        names = (one.name() for one in root.find_all(Role.LABEL))
        return next((name for name in names if fullmatch(r"\d{3} \d{3}", name)), None)

    return wait_until(find, "the app's code")


def focused(root: Accessible) -> Accessible | None:
    """Where a key would go."""
    return next((each for each in root.find_all() if State.FOCUSED in each.states()), None)


def _has_gone_on(root: Accessible, before: Accessible | None) -> bool:
    return focused(root) != before


def tab_to(desktop: Desktop, root: Accessible, role: Role, name: str) -> None:
    """Tab until the element of that name has the focus."""
    wanted = root.find(role, name)
    for _ in range(MOST_STOPS):
        before = focused(root)
        if before == wanted:
            return
        desktop.input.press("Tab")
        wait_until(partial(_has_gone_on, root, before), "the focus to go on")
    raise AssertionError(f"the Tab key does not lead to {name!r}")


def test_by_keys_alone_from_the_form_to_the_profile_and_back(desktop: Desktop, root: Accessible) -> None:
    email = root.find(Role.TEXT, "Correo electrónico")
    # There is no window manager here, to give a new window the keyboard; from here on it is keys alone.
    email.click(desktop.input)
    email.wait_state(State.FOCUSED)
    desktop.input.type(DELIA)
    desktop.input.press("Return")
    root.find(Role.PASSWORD_TEXT, "Contraseña").wait_state(State.FOCUSED)
    desktop.input.type(PASSWORD)
    desktop.input.press("Return")

    label(root, "Escriba el código de verificación")
    label(root, "Abra su aplicación de autenticación.")
    label(root, "Tiempo restante: ")
    code = root.find(Role.TEXT, "Código de verificación")
    code.wait_state(State.FOCUSED)
    wrong = f"{(int(code_on_screen(root).replace(' ', '')) + 1) % 1_000_000:06}"
    desktop.input.type(wrong)
    desktop.input.press("Return")
    refusal = label(root, "Código de verificación incorrecto.")
    assert code.description() == refusal.name(), "told with the field, too"
    code.wait_state(State.FOCUSED)
    assert code.text() == wrong

    tab_to(desktop, root, Role.BUTTON, "Empezar de nuevo")
    desktop.input.press("space")
    root.find(Role.TEXT, "Correo electrónico").wait_text(DELIA)
    root.find(Role.PASSWORD_TEXT, "Contraseña").wait_state(State.FOCUSED)
    desktop.input.type(PASSWORD)
    desktop.input.press("Return")
    code = root.find(Role.TEXT, "Código de verificación")
    code.wait_state(State.FOCUSED)
    code.wait_text("")
    desktop.input.type(code_on_screen(root))  # with the blank in its middle, as it is shown
    desktop.input.press("Return")
    root.find(Role.LABEL, NAME)

    tab_to(desktop, root, Role.BUTTON, "Verificación en dos pasos")
    desktop.input.press("space")
    label(root, "Está activada. Para iniciar sesión también necesita un código:")
    root.find(Role.BUTTON, "Volver al perfil").wait_state(State.FOCUSED)
    desktop.input.press("Escape")
    root.find(Role.LABEL, NAME)
    tab_to(desktop, root, Role.BUTTON, "Cerrar sesión")
    desktop.input.press("space")
    root.find(Role.TEXT, "Correo electrónico").wait_text("")
