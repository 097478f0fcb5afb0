"""D-Bus as its listeners need it: calls and signals, one after the other, on a thread of their own.

With jeepney and not with Qt's D-Bus module: QDBusConnection.connectToBus() waits for the bus with Python's
lock held, so that a bus which accepts and never answers stops every thread of the program for good.
https://dbus.freedesktop.org/doc/dbus-specification.html
"""

from collections import deque
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from socket import SHUT_RDWR
from typing import Any, Final

from jeepney import DBusAddress, DBusErrorResponse, HeaderFields, MatchRule, MessageType, new_method_call
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import DBusConnection, open_dbus_connection

BUS: Final = "org.freedesktop.DBus"
PROPERTIES: Final = "org.freedesktop.DBus.Properties"
# For a connection that does not come about, and for a service that does not answer.
_PATIENCE_SECONDS = 5.0
# jeepney's: the signature and the value.
_VARIANT_PARTS = 2


class CallError(Exception):
    """A call was refused, or got no answer in time."""


@dataclass(frozen=True, slots=True)
class BusSignal:
    """One signal; ``sender`` is the unique name that the bus itself has written on it."""

    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]


class Bus:
    """One connection. Used on one thread; only ``shut()`` may be called from another."""

    def __init__(self, address: str) -> None:
        """``address``: "SYSTEM", "SESSION" or a D-Bus address. Raises what jeepney and the system raise."""
        self._connection: DBusConnection = open_dbus_connection(
            address, enable_fds=True, auth_timeout=_PATIENCE_SECONDS
        )
        self._signals: deque[Any] = deque()
        self._connection.filter(MatchRule(type="signal"), queue=self._signals)

    def shut(self) -> None:
        """Whoever waits for a signal or an answer is woken with an OSError. Any thread."""
        with suppress(OSError):
            self._connection.sock.shutdown(SHUT_RDWR)

    def close(self) -> None:
        """Give the connection back."""
        self._connection.close()

    def call(
        self, service: str, path: str, interface: str, member: str, signature: str = "", *body: object
    ) -> tuple[Any, ...]:
        """Call a method; what it answered. Raises CallError, and OSError where the bus is gone."""
        address = DBusAddress(path, bus_name=service, interface=interface)
        message = new_method_call(address, member, signature or None, body)
        return self._answer(message)

    def subscribe(self, **rule: str) -> None:
        """Ask for the signals that fit (MatchRule's words). Raises as ``call`` does."""
        self._answer(message_bus.AddMatch(MatchRule(type="signal", **rule)))

    def follow_owner(self, name: str) -> str:
        """Ask to be told when ``name`` changes hands; who has it now, "" for nobody."""
        rule = MatchRule(type="signal", sender=BUS, interface=BUS, member="NameOwnerChanged")
        rule.add_arg_condition(0, name)
        self._answer(message_bus.AddMatch(rule))
        with suppress(CallError):  # nobody has it
            return str(self._answer(message_bus.GetNameOwner(name))[0])
        return ""

    def signals(self) -> Iterator[BusSignal]:
        """Every signal as it comes; ends only with an OSError, when the bus is gone."""
        while True:
            message = self._connection.recv_until_filtered(self._signals)
            fields = message.header.fields
            yield BusSignal(
                sender=fields.get(HeaderFields.sender, ""),
                path=fields.get(HeaderFields.path, ""),
                interface=fields.get(HeaderFields.interface, ""),
                member=fields.get(HeaderFields.member, ""),
                body=tuple(message.body),
            )

    def _answer(self, message: Any) -> tuple[Any, ...]:
        try:
            reply = self._connection.send_and_get_reply(message, timeout=_PATIENCE_SECONDS)
        except TimeoutError as error:
            raise CallError("no answer") from error
        if reply.header.message_type is MessageType.error:
            raise CallError(DBusErrorResponse(reply).name)
        return tuple(reply.body)


def flag(values: object) -> bool | None:
    """The boolean of an answer or a signal that carries nothing else; None where it is anything else."""
    if isinstance(values, tuple) and len(values) == 1 and isinstance(values[0], bool):
        return values[0]
    return None


def variant(value: object) -> object:
    """What a D-Bus variant holds; None where it is none."""
    return value[1] if isinstance(value, tuple) and len(value) == _VARIANT_PARTS else None


def new_owner(signal: BusSignal) -> tuple[str, str] | None:
    """What NameOwnerChanged says: the name and who has it now; None for any other signal."""
    if (signal.sender, signal.member) != (BUS, "NameOwnerChanged"):
        return None
    match signal.body:
        case (str(name), str(), str(owner)):
            return name, owner
        case _:
            return None
