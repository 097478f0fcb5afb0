"""The private desktop: its servers, its keyboard, its accessibility bus and its programs."""

import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.atspi import processes
from tests.atspi.accessible import AccessibilityBus, Accessible
from tests.atspi.recorder import BusRecorder
from tests.atspi.waiting import wait_until
from tests.atspi.x11 import XInput

_LAUNCHERS = (
    "/usr/libexec/at-spi-bus-launcher",  # Debian, Ubuntu, Fedora
    "/usr/lib/at-spi-bus-launcher",  # Arch
    "/usr/lib/at-spi2-core/at-spi-bus-launcher",  # older Debian
)
SCREEN = (1280, 1024)
_X_SERVER = ("Xvfb", "-screen", "0", f"{SCREEN[0]}x{SCREEN[1]}x24", "-nolisten", "tcp", "-noreset")


@dataclass(frozen=True, slots=True)
class Program:
    """A program that runs on the desktop, and the root of its accessibility tree."""

    process: subprocess.Popen[bytes]
    root: Accessible
    log: Path


class Desktop:
    """Xvfb, a D-Bus session, the accessibility bus and its registry, all private to one instance.

    A context manager; on leaving, every process is ended by its id. Needs no screen, works as
    root and beside other instances. There is no window manager: a click gives a window the focus.
    """

    def __init__(self) -> None:
        """Take note of nothing yet: the servers start on entering."""
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        """Start the servers, in about half a second. Raises TimeoutError."""
        with ExitStack() as stack:
            # Not pytest's folder: a socket's path has at most 107 characters.
            self.home = Path(stack.enter_context(_private_folder()))
            self.display = self._start_x_server(stack)
            self.environment = processes.environment(self.home, self.display)
            self._start_session_bus(stack)
            self.accessibility_address = self._start_accessibility_bus(stack)
            self.bus = AccessibilityBus(self.accessibility_address)
            stack.callback(self.bus.close)
            stack.callback(processes.stop_id, self.bus.process_id("org.freedesktop.DBus"))
            stack.callback(processes.stop_id, self.bus.registry_process_id())
            self.input = XInput(self.display)
            stack.callback(self.input.close)
            self._stack = stack.pop_all()
        return self

    def __exit__(self, *_exception: object) -> None:
        """End everything."""
        self._stack.close()

    @contextmanager
    def program(self, argv: Sequence[str], environment: Mapping[str, str] | None = None) -> Iterator[Program]:
        """Run a Qt program, with `environment` over the desktop's, once its tree is there.

        Its output goes to a file, Program.log. Raises TimeoutError or ChildProcessError, with
        that output.
        """
        process, log = self.spawn(argv, environment)
        try:
            yield self.attach(process, log)
        finally:
            processes.stop(process)

    def attach(self, process: subprocess.Popen[bytes], log: Path) -> Program:
        """Wait for the tree of a process that `spawn` started. Raises TimeoutError."""

        def root() -> Accessible | None:
            if process.poll() is not None:
                raise ChildProcessError(f"ended with {process.returncode}:\n{log.read_text()}")
            return self.bus.application(process.pid)

        try:
            return Program(process, wait_until(root, "the program's accessibility tree"), log)
        except TimeoutError as error:
            raise TimeoutError(f"{error}\n{log.read_text()}") from None

    def spawn(
        self, argv: Sequence[str], environment: Mapping[str, str] | None = None
    ) -> tuple[subprocess.Popen[bytes], Path]:
        """Start any process on the desktop; return it and the file of its output."""
        return self._spawn(self._stack, argv, environment)

    def record(self) -> BusRecorder:
        """Begin to record the accessibility bus, until the desktop ends."""
        recorder = BusRecorder(self.accessibility_address)
        self._stack.callback(recorder.close)
        return recorder

    def _spawn(
        self,
        stack: ExitStack,
        argv: Sequence[str],
        environment: Mapping[str, str] | None = None,
    ) -> tuple[subprocess.Popen[bytes], Path]:
        handle, name = tempfile.mkstemp(suffix=".log", dir=self.home)
        with os.fdopen(handle, "wb") as log:
            process = processes.start(argv, self.environment | dict(environment or {}), log=log)
        stack.callback(processes.stop, process)
        return process, Path(name)

    def _start_x_server(self, stack: ExitStack) -> str:
        read_end, write_end = os.pipe()
        with os.fdopen(read_end) as number:
            try:
                server = processes.start(
                    [*_X_SERVER, "-displayfd", str(write_end)],
                    {"PATH": os.environ["PATH"], "HOME": str(self.home)},
                    pass_fds=[write_end],
                )
                stack.callback(processes.stop, server)
            finally:
                os.close(write_end)
            line = number.readline()
        if not line:
            raise ChildProcessError("Xvfb did not start")
        return f":{line.strip()}"

    def _start_session_bus(self, stack: ExitStack) -> None:
        # A configuration of ours: the usual one would start whatever services are installed.
        socket = self.home / "run" / "bus"
        configuration = self.home / "session.conf"
        configuration.write_text(processes.BUS_CONFIGURATION.format(socket=socket), encoding="utf-8")
        self._spawn(stack, ["dbus-daemon", f"--config-file={configuration}", "--nofork", "--nopidfile"])
        wait_until(socket.exists, "the session bus")

    def _start_accessibility_bus(self, stack: ExitStack) -> str:
        launcher = next(path for path in _LAUNCHERS if Path(path).exists())
        _, log = self._spawn(stack, [launcher, "--launch-immediately"])
        session: DBusConnection = wait_until(self._connect_to_session, "the session bus")
        with session:
            names = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus")
            names = names.with_interface("org.freedesktop.DBus")
            question = new_method_call(names, "NameHasOwner", "s", ("org.a11y.Bus",))
            wait_until(
                lambda: session.send_and_get_reply(question).body[0],
                f"the accessibility bus ({log})",
            )
            bus = DBusAddress("/org/a11y/bus", "org.a11y.Bus", "org.a11y.Bus")
            address = session.send_and_get_reply(new_method_call(bus, "GetAddress")).body[0]
            # What a screen reader does at its start. (Qt reports without it where it runs as root.)
            properties = bus.with_interface("org.freedesktop.DBus.Properties")
            for name in ("IsEnabled", "ScreenReaderEnabled"):
                body = ("org.a11y.Status", name, ("b", True))
                session.send_and_get_reply(new_method_call(properties, "Set", "ssv", body))
        return str(address)

    def _connect_to_session(self) -> DBusConnection | None:
        try:
            return open_dbus_connection(bus=self.environment["DBUS_SESSION_BUS_ADDRESS"])
        except OSError:
            return None


def _private_folder() -> "tempfile.TemporaryDirectory[str]":
    return tempfile.TemporaryDirectory(prefix="desktop-", ignore_cleanup_errors=True)


def missing_programs() -> list[str]:
    """Return the system programs that the desktop needs and that are not installed."""
    found = {name: shutil.which(name) for name in ("Xvfb", "dbus-daemon", "setpriv")}
    found["at-spi-bus-launcher"] = next((p for p in _LAUNCHERS if Path(p).exists()), None)
    return [name for name, path in found.items() if path is None]
