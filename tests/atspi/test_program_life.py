"""What the real program leaves behind: nothing at the far ends, and one name in the keyring."""

import sys
from collections.abc import Iterator

import pytest
from secretstorage import ItemNotFoundException

from ingenes_desktop.demo.filemaker.faults import Slow
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.servers import Cloud
from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop, Program
from tests.atspi.waiting import wait_until
from tests.secret_service import SecretService, secret_service

PROGRAM = [sys.executable, "-m", "ingenes_desktop"]
ANA, PASSWORD = "ana@clinica.example", "Demo-Clinica-2026"
NAME = "Ana Lucía Ortega Prado"


@pytest.fixture(scope="module")
def keyring() -> Iterator[SecretService]:
    """A Secret Service of its own for the programs of this file."""
    with secret_service() as service:
        yield service


@pytest.fixture
def environment(cloud: Cloud, desktop: Desktop, keyring: SecretService) -> dict[str, str]:
    """Variables of a program that finds the cloud, the keyring and the accessibility bus."""
    return {
        **cloud.environment(),
        "INGENES_LANGUAGE": "es",
        "DBUS_SESSION_BUS_ADDRESS": keyring.environment["DBUS_SESSION_BUS_ADDRESS"],
        "AT_SPI_BUS_ADDRESS": desktop.accessibility_address,
    }


def sign_in(desktop: Desktop, program: Program, *, email: str | None = ANA) -> None:
    field = program.root.find(Role.TEXT, "Correo electrónico")
    if email is not None:
        field.click(desktop.input)
        field.wait_state(State.FOCUSED)
        desktop.input.type(email)
    password = program.root.find(Role.PASSWORD_TEXT, "Contraseña")
    password.click(desktop.input)
    password.wait_state(State.FOCUSED)
    desktop.input.type(PASSWORD)
    desktop.input.press("Return")


def profile(program: Program) -> Accessible:
    return program.root.find(Role.LABEL, NAME)


def stored(keyring: SecretService) -> list[bytes] | None:
    """What the keyring holds; None where it is just being changed."""
    try:
        return list(keyring.items().values())
    except ItemNotFoundException:
        return None


def test_closing_the_program_ends_what_is_open(
    desktop: Desktop, cloud: Cloud, environment: dict[str, str]
) -> None:
    journal = cloud.filemaker.journal
    opened = journal.opened
    with desktop.program(PROGRAM, environment) as program:
        sign_in(desktop, program)
        profile(program)
        assert journal.wait_until(lambda now: now.count(Call.EDIT) >= 1, 10)
        program.process.terminate()
        assert program.process.wait(5) == 0
    assert journal.opened == opened + 1
    assert journal.open_sessions == 0
    assert "RevokeToken" in cloud.journal.operations
    assert "GlobalSignOut" not in cloud.journal.operations


def test_closing_while_signing_in_ends_what_the_chain_has_opened(
    desktop: Desktop, cloud: Cloud, environment: dict[str, str]
) -> None:
    journal = cloud.filemaker.journal
    opened = journal.opened
    cloud.filemaker.faults.switch_on(Slow(30), on=Call.FIND)
    with desktop.program(PROGRAM, environment) as program:
        sign_in(desktop, program)
        assert journal.wait_until(lambda now: now.opened > opened, 10)
        program.root.find(Role.BUTTON, "Cancelar").wait_state(State.SHOWING)
        program.process.terminate()
        assert program.process.wait(5) == 0
    assert journal.open_sessions == 0
    assert "RevokeToken" in cloud.journal.operations


def test_closing_takes_two_seconds_at_most_when_nobody_answers(
    desktop: Desktop, cloud: Cloud, environment: dict[str, str]
) -> None:
    with desktop.program(PROGRAM, environment) as program:
        sign_in(desktop, program)
        profile(program)
        cloud.filemaker.faults.switch_on(Slow(30))
        cloud.faults.slow("RevokeToken", 30)
        program.process.terminate()
        assert program.process.wait(4) == 0  # 2 s, and what a busy machine adds


def test_the_name_is_remembered_until_the_box_is_unticked(
    desktop: Desktop, keyring: SecretService, environment: dict[str, str]
) -> None:
    with desktop.program(PROGRAM, environment) as program:
        box = program.root.find(Role.CHECK_BOX, "Recordarme")
        assert State.CHECKED not in box.states()
        box.act("Toggle")
        box.wait_state(State.CHECKED)
        sign_in(desktop, program)
        profile(program)
        wait_until(lambda: stored(keyring) == [ANA.encode()], "the name, and nothing else, in the keyring")
        program.process.terminate()
        program.process.wait(5)

    with desktop.program(PROGRAM, environment) as program:
        program.root.find(Role.TEXT, "Correo electrónico").wait_text(ANA)
        box = program.root.find(Role.CHECK_BOX, "Recordarme")
        box.wait_state(State.CHECKED)
        sign_in(desktop, program, email=None)
        profile(program)
        program.root.find(Role.BUTTON, "Cerrar sesión").act()
        program.root.find(Role.TEXT, "Correo electrónico").wait_text(ANA)
        program.root.find(Role.CHECK_BOX, "Recordarme").act("Toggle")
        wait_until(lambda: stored(keyring) == [], "the empty keyring")


def test_signing_out_tells_every_far_end(desktop: Desktop, cloud: Cloud, environment: dict[str, str]) -> None:
    with desktop.program(PROGRAM, environment) as program:
        sign_in(desktop, program)
        profile(program)
        program.root.find(Role.BUTTON, "Cerrar sesión").act()
        assert cloud.filemaker.journal.wait_until(lambda now: now.open_sessions == 0, 10)
        assert cloud.journal.wait_until(lambda operations: "RevokeToken" in operations, 10)


def test_a_locked_keyring_never_holds_up_the_form(
    desktop: Desktop, cloud: Cloud, environment: dict[str, str]
) -> None:
    with secret_service() as locked:
        locked.lock()
        environment["DBUS_SESSION_BUS_ADDRESS"] = locked.environment["DBUS_SESSION_BUS_ADDRESS"]
        with desktop.program(PROGRAM, environment) as program:
            sign_in(desktop, program)
            profile(program)
    assert cloud.filemaker.journal.count(Call.FIND) >= 1
