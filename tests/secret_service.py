"""A private D-Bus session with a real Secret Service, GNOME Keyring's."""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from pathlib import Path

import pytest
import secretstorage
from jeepney import MatchRule, message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.atspi import processes
from tests.atspi.waiting import wait_until

needs_secret_service = pytest.mark.skipif(
    not sys.platform.startswith("linux"), reason="the Secret Service is the keyring of Linux desktops"
)
_PATIENCE_SECONDS = 20.0
_READY_SECONDS = 3.0
_STARTS = 3
_KEYRING_PASSWORD = b"a made-up password"


class SecretService:
    """The bus and the service behind it; ``environment`` is what a program must see to use them."""

    def __init__(self, environment: dict[str, str], connection: DBusConnection) -> None:
        self.environment = environment
        self.home = Path(environment["HOME"])
        self.connection = connection

    def enter(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let this process see the private bus and folders instead of its own."""
        for name, value in self.environment.items():
            if name in {"HOME", "DBUS_SESSION_BUS_ADDRESS"} or name.startswith("XDG_"):
                monkeypatch.setenv(name, value)

    def lock(self) -> None:
        """Lock the default collection; nobody is there to answer the prompt that unlocks it."""
        collection = secretstorage.get_default_collection(self.connection)
        collection.lock()
        assert collection.is_locked()

    def items(self) -> dict[str, bytes]:
        """Every secret in the default collection, by its label."""
        collection = secretstorage.get_default_collection(self.connection)
        return {item.get_label(): item.get_secret() for item in collection.get_all_items()}


@contextmanager
def private_bus() -> Iterator[SecretService]:
    """A D-Bus session on which nobody offers a Secret Service, and no service can be started."""
    with ExitStack() as stack:
        # Not pytest's folder: a socket's path has at most 107 characters.
        home = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="bus-")))
        environment = processes.environment(home, display="")
        del environment["DISPLAY"]
        configuration = home / "session.conf"
        configuration.write_text(
            processes.BUS_CONFIGURATION.format(socket=home / "run" / "bus"), encoding="utf-8"
        )
        read_end, write_end = os.pipe()
        options = [
            f"--config-file={configuration}",
            f"--print-address={write_end}",
            "--nofork",
            "--nopidfile",
        ]
        with os.fdopen(read_end) as announced:
            try:
                bus = processes.start(["dbus-daemon", *options], environment, pass_fds=[write_end])
                stack.callback(processes.stop, bus)
            finally:
                os.close(write_end)
            if not announced.readline():
                raise ChildProcessError("dbus-daemon did not start")
        address = environment["DBUS_SESSION_BUS_ADDRESS"]
        connection = stack.enter_context(closing(open_dbus_connection(bus=address)))
        yield SecretService(environment, connection)


@contextmanager
def secret_service() -> Iterator[SecretService]:
    """A private bus with GNOME Keyring on it, its default collection unlocked and empty."""
    with ExitStack() as stack:
        for _ in range(_STARTS):
            service = stack.enter_context(_with_daemon())
            with suppress(TimeoutError):
                wait_until(lambda: _is_ready(service.connection), "the default collection", _READY_SECONDS)  # noqa: B023  asked at once
                break
        else:
            raise ChildProcessError("GNOME Keyring did not come up with a default collection")
        yield service


@contextmanager
def _with_daemon() -> Iterator[SecretService]:
    with private_bus() as service, ExitStack() as stack:
        rule = MatchRule(
            type="signal",
            sender=message_bus.bus_name,
            interface=message_bus.interface,
            member="NameOwnerChanged",
            path=message_bus.object_path,
        )
        rule.add_arg_condition(0, "org.freedesktop.secrets")
        service.connection.send_and_get_reply(message_bus.AddMatch(rule))
        with service.connection.filter(rule) as signals:
            daemon = _start_daemon(service.environment)
            stack.callback(processes.stop, daemon)
            assert daemon.stdin is not None
            daemon.stdin.write(_KEYRING_PASSWORD)
            daemon.stdin.close()
            service.connection.recv_until_filtered(signals, timeout=_PATIENCE_SECONDS)
        yield service


def _is_ready(connection: DBusConnection) -> bool:
    """Whether the default collection is there and open. (In one start of some hundreds GNOME Keyring gives it
    a name of rubbish bytes, under which it cannot be found.)"""
    try:
        return not secretstorage.Collection(connection).is_locked()
    except secretstorage.exceptions.ItemNotFoundException:
        return False


def _start_daemon(environment: dict[str, str]) -> "subprocess.Popen[bytes]":
    daemon = ["gnome-keyring-daemon", "--foreground", "--unlock", "--components=secrets"]
    # setpriv becomes the program itself; the kernel ends it should this process be killed.
    return subprocess.Popen(
        ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", *daemon],
        env=environment,
        stdin=subprocess.PIPE,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
