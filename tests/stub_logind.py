"""A logind for a private bus, and the other side of it: whoever tests says what happens to its sessions.

Run as a program it is the service: ``python -m tests.stub_logind ADDRESS FOUND_BY``. It takes one order a
line and answers each with a line, so that what an order sent stands on the bus when the answer is read.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MessageType,
    new_error,
    new_method_return,
    new_signal,
)
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.atspi import processes

LOGIN1 = "org.freedesktop.login1"
MANAGER = f"{LOGIN1}.Manager"
SESSION = f"{LOGIN1}.Session"
PROPERTIES = "org.freedesktop.DBus.Properties"
MANAGER_PATH = "/org/freedesktop/login1"
USER_PATH = "/org/freedesktop/login1/user/_1000"
OURS = "/org/freedesktop/login1/session/_31"
OTHERS = "/org/freedesktop/login1/session/_32"
OVER_SSH = "/org/freedesktop/login1/session/_33"
SESSION_NAMES = {"1": OURS, "2": OTHERS, "3": OVER_SSH}


class StubLogind:
    """The tests' side of the service."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def order(self, *words: str) -> str:
        """Give one order; its answer, once it is done."""
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip()

    def lock(self, session: str = OURS) -> None:
        """``loginctl lock-session``: the desktop is asked to lock."""
        self.order("signal", session, "Lock")

    def unlock(self, session: str = OURS) -> None:
        """``loginctl unlock-session``."""
        self.order("signal", session, "Unlock")

    def hint(self, *, locked: bool, session: str = OURS) -> None:
        """The desktop says whether it is locked."""
        self.order("set", session, "LockedHint", str(int(locked)))

    def switch(self, *, active: bool, session: str = OURS) -> None:
        """The session takes the screen, or another one does."""
        self.order("set", session, "Active", str(int(active)))

    def invalidate(self, session: str = OURS) -> None:
        """Say that LockedHint has changed, and not what it is now."""
        self.order("invalidate", session)

    def sleep(self) -> None:
        """About to sleep."""
        self.order("sleep", "1")

    def wake(self) -> None:
        """Awake again."""
        self.order("sleep", "0")

    def delay_locks(self) -> int:
        """How many delay locks are held at this moment."""
        return int(self.order("locks"))

    def vanish(self, name: str = LOGIN1) -> None:
        """The service is gone."""
        self.order("vanish", name)

    def appear(self, name: str = LOGIN1) -> None:
        """The service is back, and knows what it knew."""
        self.order("appear", name)

    def save_screen(self, name: str, *, active: bool) -> None:
        """The screen saver ``name`` goes on or off; it must have appeared."""
        self.order("save", name, str(int(active)))


@contextmanager
def stub_logind(address: str, found_by: str = "pid") -> Iterator[StubLogind]:
    """The service on the bus at ``address``.

    ``found_by``: how our session can be found: "pid" (by the process), "name" (XDG_SESSION_ID), "display"
    (the user's), "ssh" (the process is in a session without a screen), or not at all ("nothing").
    """
    process = subprocess.Popen(
        ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", __name__, address, found_by],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        stub = StubLogind(process)
        assert stub.order("appear", LOGIN1) == "done"
        yield stub
    finally:
        processes.stop(process)  # type: ignore[arg-type]  # only ended there, whatever its pipes carry
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


class _Service:
    def __init__(self, address: str, found_by: str) -> None:
        self._connection = open_dbus_connection(address, enable_fds=True)
        self._found_by = found_by
        self._sleeping = False
        self._saver = False
        self._locks: list[int] = []
        graphical = {"Type": ("s", "wayland"), "LockedHint": ("b", False), "Active": ("b", True)}
        self._sessions: dict[str, dict[str, tuple[str, Any]]] = {
            OURS: dict(graphical),
            OTHERS: dict(graphical) | {"Active": ("b", False)},
            OVER_SSH: dict(graphical) | {"Type": ("s", "tty")},
        }

    def serve(self) -> None:
        orders = os.fdopen(os.dup(0), "rb", buffering=0)
        while True:
            readable, _, _ = select.select([orders, self._connection.sock], [], [])
            if orders in readable:
                line = orders.readline().decode()
                if not line:
                    return
                print(self._obey(line.split()) or "done", flush=True)  # noqa: T201  the answer to the order
            else:
                self._hear_all()

    def _hear_all(self) -> None:
        # A message may stand behind another one in what was read at once.
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                fields = message.header.fields
                path, member = fields[HeaderFields.path], fields[HeaderFields.member]
                answer = self._answer(path, member, message.body)
                if answer is None:
                    reply = new_error(message, f"{LOGIN1}.NoSuchSession")
                else:
                    reply = new_method_return(message, *answer)
                self._connection.send(reply)
                if member == "Inhibit" and answer is not None:
                    os.close(answer[1][0])

    def _answer(self, path: str, member: str, body: tuple[Any, ...]) -> tuple[str, tuple[Any, ...]] | None:
        by = self._found_by
        match path, member, body:
            case _, "GetActive", ():
                return "b", (self._saver,)
            case _, "GetSessionByPID", _:
                found = {"pid": OURS, "ssh": OVER_SSH}.get(by)
            case _, "GetSession", (name,):
                found = SESSION_NAMES.get(name) if by == "name" else None
            case _, "GetUser", (uid,):
                found = USER_PATH if uid == os.getuid() and by in {"display", "ssh"} else None
            case _, "Inhibit", ("sleep", _, _, "delay"):
                return None if self._sleeping else ("h", (self._new_lock(),))
            case _, "Get", (_, "Display"):
                return "v", (("(so)", ("1", OURS)),)
            case _, "Get", (_, "PreparingForSleep"):
                return "v", (("b", self._sleeping),)
            case _, "Get", (_, name):
                return "v", (self._sessions[path][name],)
            case _, "GetAll", (of,) if of == SESSION:
                return "a{sv}", (self._sessions[path],)
            case _:
                return None
        return None if found is None else ("o", (found,))

    def _new_lock(self) -> int:
        reading, writing = os.pipe()
        self._locks.append(reading)
        return writing

    def _obey(self, words: list[str]) -> str | None:
        match words:
            case ["signal", path, member]:
                self._send(path, SESSION, member)
            case ["set", path, name, value]:
                self._sessions[path][name] = ("b", value == "1")
                changed = {name: self._sessions[path][name]}
                self._send(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", (SESSION, changed, []))
            case ["invalidate", path]:
                self._sessions[path]["LockedHint"] = ("b", not self._sessions[path]["LockedHint"][1])
                self._send(path, PROPERTIES, "PropertiesChanged", "sa{sv}as", (SESSION, {}, ["LockedHint"]))
            case ["sleep", value]:
                self._sleeping = value == "1"
                self._send(MANAGER_PATH, MANAGER, "PrepareForSleep", "b", (self._sleeping,))
            case ["locks"]:
                return str(self._count_locks())
            case ["vanish", name]:
                self._connection.send_and_get_reply(message_bus.ReleaseName(name))
            case ["appear", name]:
                self._connection.send_and_get_reply(message_bus.RequestName(name))
            case ["save", name, value]:
                self._saver = value == "1"
                self._send("/" + name.replace(".", "/"), name, "ActiveChanged", "b", (self._saver,))
            case _:
                raise ValueError(words)
        return None

    def _send(
        self, path: str, interface: str, member: str, signature: str | None = None, body: tuple[Any, ...] = ()
    ) -> None:
        self._connection.send(new_signal(DBusAddress(path, interface=interface), member, signature, body))

    def _count_locks(self) -> int:
        # A lock is a pipe: it is readable, at its end, when whoever held it has closed it.
        gone, _, _ = select.select(self._locks, [], [], 0)
        for reading in gone:
            self._locks.remove(reading)
            os.close(reading)
        return len(self._locks)


if __name__ == "__main__":
    _Service(*sys.argv[1:]).serve()
