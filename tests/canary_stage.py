"""A private desktop with ears at every wall: what a program lets out there is collected in a sweep."""

import os
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests import canary_channels
from tests.atspi import processes
from tests.atspi.accessible import Accessible
from tests.atspi.desktop import Desktop, Program
from tests.atspi.recorder import BusRecorder
from tests.atspi.waiting import wait_until
from tests.canary import Sweep
from tests.canary_channels import SELECTIONS, XProperties
from tests.secret_service import SecretService, secret_service

PROGRAM = [sys.executable, "-m", "tests.canary_program"]


@dataclass(slots=True)
class Stage:
    """Desktop, keyring, and the ears."""

    desktop: Desktop
    keyring: SecretService
    sweep: Sweep
    selections: Path
    """Where stands what came to the clipboard and to the selection."""
    _properties: XProperties
    _buses: Mapping[str, BusRecorder]

    @property
    def environment(self) -> dict[str, str]:
        """What a program on this stage must see beside the desktop's own environment."""
        bus = self.keyring.environment["DBUS_SESSION_BUS_ADDRESS"]
        return {
            "DBUS_SESSION_BUS_ADDRESS": bus,
            "DBUS_SYSTEM_BUS_ADDRESS": bus,
            "AT_SPI_BUS_ADDRESS": self.desktop.accessibility_address,
        }

    @property
    def state_folder(self) -> Path:
        """Where the program keeps its vault and its log."""
        return self.desktop.home / "state" / "ingenes-desktop"

    @contextmanager
    def program(self, argv: Sequence[str], environment: Mapping[str, str]) -> Iterator["Player"]:
        """Run a program; its arguments and environment are looked at from the first moment on."""
        orders = self.desktop.home / "orders"
        orders.unlink(missing_ok=True)
        os.mkfifo(orders)
        done = self.desktop.home / "done"
        done.touch()
        more = {
            "CANARY_ORDERS": str(orders),
            "CANARY_DONE": str(done),
            "PYTHONDONTWRITEBYTECODE": "1",
        }
        process, log = self.desktop.spawn(argv, self.environment | dict(environment) | more)
        self.sweep.collect_all("process", canary_channels.process(process.pid))
        # For both directions: to open a pipe for one waits for the other.
        pipe = os.open(orders, os.O_RDWR)
        try:
            yield Player(self.desktop.attach(process, log), pipe, done)
        finally:
            processes.stop(process)
            os.close(pipe)

    def look(self, state: str, root: Accessible | None = None, process_id: int | None = None) -> None:
        """Collect what all channels hold at this moment, under the name of a state."""
        found: dict[str, Mapping[str, bytes | str]] = {
            "X properties": self._properties.read(),
            "selections": {"all so far": self.selections.read_bytes()},
        }
        if root is not None:
            found["accessibility tree"] = canary_channels.tree(root)
        if process_id is not None:
            found["process"] = canary_channels.process(process_id)
        for name, recorder in self._buses.items():
            found[name] = canary_channels.bus(recorder.messages())
            recorder.clear()
        # Last: what a bus or a log was told is written by now.
        found["files"] = canary_channels.files(self.desktop.home, self.keyring.home)
        for channel, places in found.items():
            self.sweep.collect_all(channel, {f"{state}: {place}": what for place, what in places.items()})


@dataclass(frozen=True, slots=True)
class Player:
    """A program on the stage."""

    running: Program
    _orders: int
    _done: Path

    def order(self, order: str) -> str:
        """Have the program do what tests/canary_program.py offers; what it says of it."""
        os.write(self._orders, f"{order}\n".encode())

        def answer() -> str | None:
            lines = self._done.read_text("utf-8", "replace").splitlines()
            return next((line for line in reversed(lines) if line.startswith(f"did {order} ")), None)

        return wait_until(answer, f"{order!r} to be done")

    def written(self) -> set[Path]:
        """Every path that Python has opened for writing."""
        lines = self._done.read_text("utf-8", "replace").splitlines()
        return {Path(line.removeprefix("wrote ")) for line in lines if line.startswith("wrote ")}


@contextmanager
def stage() -> Iterator[Stage]:
    """Set it up, in about 1.5 s."""
    with ExitStack() as stack:
        desktop = stack.enter_context(Desktop())
        keyring = stack.enter_context(secret_service())
        _, selections = desktop.spawn(SELECTIONS)
        properties = stack.enter_context(closing(XProperties(desktop.display)))
        session_bus = BusRecorder(keyring.environment["DBUS_SESSION_BUS_ADDRESS"])
        stack.callback(session_bus.close)
        buses = {"accessibility bus": desktop.record(), "session bus": session_bus}
        wait_until(lambda: "watching" in selections.read_text("utf-8"), "who watches the selections")
        yield Stage(desktop, keyring, Sweep(), selections, properties, buses)
