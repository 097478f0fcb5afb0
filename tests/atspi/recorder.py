"""Everything that is said on the accessibility bus, written down."""

import threading
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from jeepney import DBusAddress, HeaderFields, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.atspi.waiting import wait_until

_BUS = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
_MONITORING = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus.Monitoring")
_TURN_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class BusMessage:
    """One message: its kind, who sent it, what it names, and its arguments as jeepney reads them."""

    kind: MessageType
    sender: str
    path: str
    interface: str
    member: str
    body: tuple[Any, ...]

    def values(self) -> Iterator[object]:
        """Go through every string and number of the body, however deep."""
        yield from _leaves(self.body)


def _leaves(value: object) -> Iterator[object]:
    if isinstance(value, dict):
        yield from _leaves(tuple(value.items()))
    elif isinstance(value, list | tuple):
        for part in value:
            yield from _leaves(part)
    else:
        yield value


class BusRecorder:
    """A monitor of one bus: signals, calls and replies of every program on it.

    More than any assistive technology subscribes to, so what is not here reached no listener.
    """

    def __init__(self, address: str) -> None:
        """Begin to record the bus at `address`; needs to be its owner (or root)."""
        self._monitor = open_dbus_connection(bus=address)
        # A connection that monitors may not speak: the marks are sent by another.
        self._speaker: DBusConnection = open_dbus_connection(bus=address)
        self._monitor.send_and_get_reply(
            new_method_call(_MONITORING, "BecomeMonitor", "asu", ([], 0)), timeout=10
        )
        self._messages: list[BusMessage] = []
        self._marks = 0
        self._closing = threading.Event()
        self._thread = threading.Thread(target=self._record, name="bus-recorder", daemon=True)
        self._thread.start()

    def close(self) -> None:
        """Stop recording."""
        self._closing.set()
        self._thread.join()
        self._monitor.close()
        self._speaker.close()

    def messages(self) -> list[BusMessage]:
        """Return all that was said until now; what the bus has taken before this call is in it."""
        self._marks += 1
        mark = f"recorder.mark{self._marks}"
        self._speaker.send_and_get_reply(new_method_call(_BUS, "NameHasOwner", "s", (mark,)))
        wait_until(
            lambda: any(message.body == (mark,) for message in reversed(self._messages)),
            "the recorder's own mark on the bus",
        )
        return [m for m in self._messages if not str(m.body[:1]).startswith("('recorder.mark")]

    def clear(self) -> None:
        """Forget all that was said until now."""
        self.messages()
        self._messages.clear()

    def _record(self) -> None:
        while not self._closing.is_set():
            try:
                message = self._monitor.receive(timeout=_TURN_SECONDS)
            except TimeoutError:
                continue
            except (ConnectionError, OSError):
                return
            fields = message.header.fields
            self._messages.append(
                BusMessage(
                    kind=message.header.message_type,
                    sender=fields.get(HeaderFields.sender, ""),
                    path=fields.get(HeaderFields.path, ""),
                    interface=fields.get(HeaderFields.interface, ""),
                    member=fields.get(HeaderFields.member, ""),
                    body=tuple(message.body),
                )
            )
