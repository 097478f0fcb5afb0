"""The demo's kiosk as a person has it: real keys and clicks, and a process for each of them."""

import os
import signal
import sys
import time
from pathlib import Path

import pytest

from ingenes_desktop.demo.cloud import COULD_NOT_START
from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import SCREEN, Desktop
from tests.atspi.waiting import wait_until

DEMO = [sys.executable, "-m", "ingenes_desktop.demo", "--machine", "kiosk"]
ANA, PASSWORD = "ana@clinica.example", "Demo-Clinica-2026"
NAME = "Ana Lucía Ortega Prado"


class Demo:
    """One demo, and the processes that belong to it: they share its HOME, which is the desktop's own."""

    def __init__(self, desktop: Desktop) -> None:
        environment = {"INGENES_LANGUAGE": "es", "AT_SPI_BUS_ADDRESS": desktop.accessibility_address}
        self._desktop = desktop
        self.process, self.log = desktop.spawn(DEMO, environment)

    def running(self, module: str) -> list[int]:
        """Those that run a module, in the order in which they began."""
        home = f"HOME={self._desktop.home}".encode()
        found = []
        for path in Path("/proc").iterdir():
            try:
                words = (path / "cmdline").read_bytes().split(b"\0")
                if module.encode() in words and home in (path / "environ").read_bytes().split(b"\0"):
                    found.append(int(path.name))
            except OSError:
                continue
        return sorted(found)

    def windows(self) -> list[int]:
        return self.running("ingenes_desktop.demo.kiosk")

    def window(self, *, after: int = 0) -> tuple[int, Accessible]:
        """The process of the window that came after another one's, and its tree."""

        def look() -> tuple[int, Accessible] | None:
            for process in self.windows():
                root = self._desktop.bus.application(process) if process > after else None
                if root is not None:
                    return process, root
            return None

        return wait_until(look, "a window's process", 30)


def sign_in(desktop: Desktop, root: Accessible) -> None:
    for role, name, text in (
        (Role.TEXT, "Correo electrónico", ANA),
        (Role.PASSWORD_TEXT, "Contraseña", PASSWORD),
    ):
        field = root.find(role, name)
        field.click(desktop.input)
        field.wait_state(State.FOCUSED)
        desktop.input.type(text)
    desktop.input.press("Return")
    root.find(Role.LABEL, NAME)


def assert_ready(root: Accessible) -> None:
    """The whole screen, and the keys go to the form: also where no window manager sees to either."""
    (window,) = root.children()
    assert window.extents() == (0, 0, *SCREEN)
    root.find(Role.TEXT, "Correo electrónico").wait_state(State.FOCUSED)


@pytest.mark.parametrize("end", ["button", "interrupt", "kill"])
def test_each_person_has_a_process_and_the_cloud_outlives_all_but_the_last(
    desktop: Desktop, end: str
) -> None:
    demo = Demo(desktop)
    first, root = demo.window()
    assert_ready(root)
    sign_in(desktop, root)
    began = time.monotonic()
    root.find(Role.BUTTON, "Cambiar de usuario").click(desktop.input)
    second, root = demo.window(after=first)
    root.find(Role.TEXT, "Correo electrónico")
    taken = time.monotonic() - began
    assert taken < 4, f"{taken:.2f} s to a ready form"  # 2 s on a machine that does nothing else
    wait_until(lambda: demo.windows() == [second], "the first one to end")
    wait_until(lambda: not Path(f"/proc/{first}").exists(), "nothing of it to stay, not as a zombie either")
    assert_ready(root)
    # The same cloud, for somebody who knows nothing of the first.
    sign_in(desktop, root)
    assert len(demo.running("ingenes_desktop.demo.cloud")) == 1
    match end:
        case "button":
            root.find(Role.BUTTON, "Terminar la demostración").click(desktop.input)
        case "interrupt":  # as a terminal does it
            for process in (demo.process.pid, second):
                os.kill(process, signal.SIGINT)
        case _:
            demo.process.kill()
    demo.process.wait(15)
    wait_until(lambda: demo.windows() == [], "the last window to end")
    wait_until(lambda: demo.running("ingenes_desktop.demo.cloud") == [], "the cloud to end")
    assert "Traceback" not in demo.log.read_text()


def test_a_window_that_cannot_open_ends_the_demo_with_a_status_that_says_so(desktop: Desktop) -> None:
    process, log = desktop.spawn([*DEMO], {"DISPLAY": ":none"})
    assert process.wait(20) == COULD_NOT_START
    assert "Traceback" not in log.read_text()
