"""On-screen keyboards for a private bus, and the other side of them: whoever tests sees what they were told.

Run as a program it is the service: ``python -m tests.stub_screen_keyboard ADDRESS``. It takes one order a
line and answers each with a line.
"""

import os
import select
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from jeepney import HeaderFields, MessageType, new_error, new_method_return
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection

from tests.atspi import processes

SQUEEKBOARD = "sm.puri.OSK0"
ONBOARD = "org.onboard.Onboard"
KWIN = "org.kde.KWin"
VISIBLE = {"sm.puri.OSK0": "Visible", "org.onboard.Onboard.Keyboard": "Visible"} | {
    "org.kde.kwin.VirtualKeyboard": "visible"
}


class StubKeyboards:
    """The tests' side of the service."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def appear(self, *names: str) -> None:
        """These keyboards run from now on."""
        for name in names:
            self._order("appear", name)

    def behave(self, how: str) -> None:
        """Towards every call: "obey", "refuse" or "hang" (there is no answer)."""
        self._order("behave", how)

    def set_visible(self, *, visible: bool) -> None:
        """Somebody uses the keyboard's own key."""
        self._order("visible", str(int(visible)))

    def calls(self) -> list[str]:
        """What was called since the last time, but for questions: "PATH INTERFACE.MEMBER ARGUMENTS" each."""
        return [call for call in self._order("calls").split("|") if call]

    def _order(self, *words: str) -> str:
        assert self._process.stdin is not None
        assert self._process.stdout is not None
        self._process.stdin.write(" ".join(words) + "\n")
        self._process.stdin.flush()
        return self._process.stdout.readline().strip("\n")


@contextmanager
def stub_keyboards(address: str) -> Iterator[StubKeyboards]:
    """The service on the bus at ``address``; no keyboard runs yet."""
    process = subprocess.Popen(
        ["/usr/bin/setpriv", "--pdeathsig", "KILL", "--", sys.executable, "-m", __name__, address],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        stub = StubKeyboards(process)
        assert stub.calls() == []
        yield stub
    finally:
        processes.stop(process)  # type: ignore[arg-type]  # only ended there, whatever its pipes carry
        for pipe in (process.stdin, process.stdout):
            assert pipe is not None
            pipe.close()


class _Service:
    def __init__(self, address: str) -> None:
        self._connection = open_dbus_connection(address)
        self._calls: list[str] = []
        self._how = "obey"
        self._visible = False

    def serve(self) -> None:
        orders = os.fdopen(os.dup(0), "rb", buffering=0)
        while True:
            readable, _, _ = select.select([orders, self._connection.sock], [], [])
            self._hear_all()
            if orders in readable:
                line = orders.readline().decode()
                if not line:
                    return
                print(self._obey(line.split()), flush=True)  # noqa: T201  the answer to the order

    def _hear_all(self) -> None:
        while True:
            try:
                message = self._connection.receive(timeout=0)
            except TimeoutError:
                return
            if message.header.message_type is MessageType.method_call:
                self._hear(message)

    def _hear(self, message: Any) -> None:
        fields = message.header.fields
        path, interface = fields[HeaderFields.path], fields[HeaderFields.interface]
        member = fields[HeaderFields.member]
        if member == "Get":
            reply = self._value(message)
        else:
            arguments = " ".join(str(each) for each in message.body)
            self._calls.append(f"{path} {interface}.{member} {arguments}".strip())
            self._visible = _is_wish_to_see(member, message.body)
            reply = new_method_return(message)
        if self._how == "refuse":
            reply = new_error(message, "org.freedesktop.DBus.Error.AccessDenied")
        if self._how != "hang":
            self._connection.send(reply)

    def _value(self, message: Any) -> Any:
        interface, name = message.body
        if VISIBLE.get(interface) != name:
            return new_error(message, "org.freedesktop.DBus.Error.UnknownProperty")
        return new_method_return(message, "v", (("b", self._visible),))

    def _obey(self, words: list[str]) -> str:
        match words:
            case ["appear", name]:
                self._connection.send_and_get_reply(message_bus.RequestName(name))
            case ["behave", how]:
                self._how = how
            case ["visible", value]:
                self._visible = value == "1"
            case ["calls"]:
                calls, self._calls = self._calls, []
                return "|".join(calls)
            case _:
                raise ValueError(words)
        return "done"


def _is_wish_to_see(member: str, body: tuple[Any, ...]) -> bool:
    if member == "SetVisible":
        return bool(body[0])
    return member in {"Show", "forceActivate"}


if __name__ == "__main__":
    _Service(sys.argv[1]).serve()
