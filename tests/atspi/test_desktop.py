"""The private desktop itself: what it starts works, and nothing of it stays."""

import sys
from pathlib import Path

import pytest

from tests.atspi.accessible import Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.waiting import wait_until

WINDOW = [sys.executable, "-m", "tests.atspi.password_window"]


def _processes_in(home: Path) -> list[str]:
    """Return the command lines of the living processes whose environment names `home`."""
    found = []
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            if str(home).encode() in (folder / "environ").read_bytes():
                found.append((folder / "cmdline").read_text())
        except OSError:
            continue  # it ended meanwhile, or is another person's
    return found


def test_two_desktops_run_side_by_side_and_leave_no_process() -> None:
    with Desktop() as one, Desktop() as other:
        assert one.display != other.display
        assert one.accessibility_address != other.accessibility_address
        for desktop in (one, other):
            with desktop.program(WINDOW) as program:
                program.root.find(Role.BUTTON, "Fill clipboard").act()
                program.root.find(Role.LABEL, "filled")
                assert _processes_in(desktop.home)
        homes = [one.home, other.home]
    for home in homes:
        assert _processes_in(home) == []
        assert not home.exists()


def test_a_failure_within_ends_every_process_too() -> None:
    class AnyError(Exception):
        pass

    desktop = Desktop()

    def fail() -> None:
        with desktop:
            desktop.spawn(WINDOW)
            raise AnyError

    with pytest.raises(AnyError):
        fail()
    assert _processes_in(desktop.home) == []


def test_a_program_that_ends_at_once_is_told_with_its_output(desktop: Desktop) -> None:
    ended = desktop.spawn([sys.executable, "-c", "raise SystemExit('no display today')"])
    with pytest.raises(ChildProcessError, match="no display today"):
        desktop.attach(*ended)


def test_elements_are_found_by_role_and_name_and_moved_with_real_keys(desktop: Desktop) -> None:
    with desktop.program(WINDOW) as program:
        root = program.root
        field = root.find(Role.PASSWORD_TEXT, "Plain")
        field.click(desktop.input)
        field.wait_state(State.FOCUSED)
        desktop.input.press("Tab")
        root.find(Role.PASSWORD_TEXT, "Contraseña").wait_state(State.FOCUSED)
        desktop.input.press("Tab")
        eye = root.find(Role.BUTTON, "Show password")
        eye.wait_state(State.FOCUSED)
        desktop.input.press("space")
        wait_until(lambda: eye.name() == "Hide password", "the eye to open")
        root.wait_gone(Role.BUTTON, "Show password")
        with pytest.raises(TimeoutError, match="Vanished"):
            root.find(Role.BUTTON, "Vanished", seconds=0.1)
        assert "PASSWORD_TEXT 'Contraseña'" in root.describe()
