"""The demo's kiosk: one cloud, and windows that give way to each other, each in a process of its own.

    python -m ingenes_desktop.demo.kiosk PORT

is such a window. It finds the demo at the port of this computer where Reception listens, and holds that
connection as long as it lives: so the cloud outlives every window but the last, and the windows the demo.
"""

import json
import os
import selectors
import socket
import subprocess
import sys
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import asdict
from threading import Thread

from ingenes_desktop.demo.process import CloudDescription, child_environment
from ingenes_desktop.domain.machine import MachineKind

HOST = "127.0.0.1"
BETWEEN_SECONDS = 3.0
"""Without any window, until the demo ends: one gives way before the next has come only on a machine that
is very busy."""
FIRST_SECONDS = 30.0
LEAVE_SECONDS = 3.0
_LONGEST_LINE = 1024 * 1024
_SUCCESSOR = "--successor"


class Reception:
    """Hands what a window must know to every window that comes, and sees when the last has gone."""

    def __init__(
        self, description: CloudDescription, session: Mapping[str, object], *, touch: bool = False
    ) -> None:
        said = {"description": asdict(description), "session": dict(session), "touch": touch}
        self._line = json.dumps(said) + "\n"
        self._door = socket.create_server((HOST, 0))
        self._guests: set[socket.socket] = set()
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._door, selectors.EVENT_READ)

    @property
    def port(self) -> int:
        """Where the windows come to."""
        return int(self._door.getsockname()[1])

    def wait(self) -> None:
        """Until the last window has gone, or none has come for too long."""
        empty_until = time.monotonic() + FIRST_SECONDS
        while self._guests or time.monotonic() < empty_until:
            # With a limit, because on Windows Ctrl+C interrupts no wait without one.
            for key, _ in self._selector.select(timeout=0.5):
                if key.fileobj is self._door:
                    self._welcome()
                else:
                    self._see_off(key.fileobj)
                    empty_until = time.monotonic() + BETWEEN_SECONDS

    def close(self) -> None:
        """The demo ends: so do its windows, in their own time."""
        self._selector.unregister(self._door)
        self._door.close()
        for guest in self._guests:
            with suppress(OSError):
                guest.shutdown(socket.SHUT_WR)
        deadline = time.monotonic() + LEAVE_SECONDS
        while self._guests and time.monotonic() < deadline:
            for key, _ in self._selector.select(timeout=0.5):
                self._see_off(key.fileobj)
        for guest in self._guests:
            guest.close()
        self._selector.close()

    def _welcome(self) -> None:
        guest, _ = self._door.accept()
        with suppress(OSError):
            guest.sendall(self._line.encode())
        self._guests.add(guest)
        self._selector.register(guest, selectors.EVENT_READ)

    def _see_off(self, guest: object) -> None:
        """A window says nothing: what can be read is that it has gone."""
        assert isinstance(guest, socket.socket)  # noqa: S101  nothing else is registered
        self._selector.unregister(guest)
        self._guests.remove(guest)
        guest.close()


def serve_windows(
    description: CloudDescription, session: Mapping[str, object], *, touch: bool = False
) -> int:
    """Open the first window, and stay until the last has gone. Returns the first one's exit status."""
    reception = Reception(description, session, touch=touch)
    try:
        first = subprocess.Popen([*_command(reception.port)], env=child_environment())
        # It ends when it has given way: nothing of it is to stay in the system's table of processes.
        Thread(target=first.wait, name="first", daemon=True).start()
        reception.wait()
    finally:
        reception.close()
    return first.wait()


def main(arguments: list[str]) -> int:
    """One window; the exit status."""
    from ingenes_desktop.adapters.environment import scrub_environment  # noqa: PLC0415  a window's alone

    scrub_environment(os.environ)
    port = int(arguments[0])
    with socket.create_connection((HOST, port)) as demo:
        said = json.loads(_line(demo))
        description = CloudDescription.from_line(json.dumps(said["description"]))
        follows = _SUCCESSOR in arguments
        return _open(demo, description, said["session"], port, touch=said["touch"], follows=follows)


def _open(
    demo: socket.socket,
    description: CloudDescription,
    session: Mapping[str, object],
    port: int,
    *,
    touch: bool,
    follows: bool,
) -> int:
    from PySide6.QtCore import QSocketNotifier  # noqa: PLC0415  after the environment
    from PySide6.QtWidgets import QMainWindow  # noqa: PLC0415  likewise

    from ingenes_desktop.app import run  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.__main__ import demo_environment  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.rehearsed_policy import RehearsedPolicy  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.screen_keyboard import DemoScreenKeyboard  # noqa: PLC0415  likewise
    from ingenes_desktop.demo.window import add_demo  # noqa: PLC0415  likewise
    from ingenes_desktop.ui.main_window import MainWindow  # noqa: PLC0415  likewise

    keyboard = DemoScreenKeyboard() if touch else None

    def prepare(window: QMainWindow) -> None:
        assert isinstance(window, MainWindow)  # noqa: S101  the application's own
        add_demo(window, description, end=window.leave)
        if keyboard is not None:
            keyboard.serve(window)
        # When the demo ends, however that happens, its window does.
        end = QSocketNotifier(demo.fileno(), QSocketNotifier.Type.Read, window)
        end.activated.connect(lambda: end.setEnabled(False))
        end.activated.connect(window.leave)

    return run(
        sys.argv[:1],
        demo_environment(os.environ, description),
        on_window=prepare,
        policy=RehearsedPolicy(description, MachineKind.KIOSK, session, touch=touch),
        successor=[*_command(port), _SUCCESSOR],
        follows=follows,
        screen_keyboard=keyboard,
    )


def _command(port: int) -> tuple[str, ...]:
    return (sys.executable, "-m", "ingenes_desktop.demo.kiosk", str(port))


def _line(demo: socket.socket) -> bytes:
    said = b""
    while not said.endswith(b"\n") and len(said) < _LONGEST_LINE and (piece := demo.recv(65536)):
        said += piece
    return said


if __name__ == "__main__":
    from ingenes_desktop.adapters.left_behind import leave

    leave(main(sys.argv[1:]))
