"""The accessibility tree of a program, as a screen reader sees it: elements by role and name."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import IntEnum
from typing import Any

from jeepney import DBusAddress, MessageType, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection

from tests.atspi.waiting import DEADLINE_SECONDS, wait_until
from tests.atspi.x11 import XInput

_ATSPI = "org.a11y.atspi."
_REGISTRY = _ATSPI + "Registry"
_ROOT = "/org/a11y/atspi/accessible/root"
_NOTHING = "/org/a11y/atspi/null"
_REPLY_SECONDS = 10.0
_SCREEN = 0  # ATSPI_COORD_TYPE_SCREEN


class Role(IntEnum):
    """AtspiRole, as numbered in atspi-constants.h: names would come in the person's language."""

    ALERT = 2
    CHECK_BOX = 7
    COMBO_BOX = 11
    DIALOG = 16
    FILLER = 20
    FRAME = 23
    IMAGE = 27
    LABEL = 29
    LIST = 31
    LIST_ITEM = 32
    MENU_ITEM = 35
    PANEL = 39
    PASSWORD_TEXT = 40
    POPUP_MENU = 41
    PROGRESS_BAR = 42
    BUTTON = 43
    TEXT = 61
    TOGGLE_BUTTON = 62
    WINDOW = 69
    APPLICATION = 75
    ENTRY = 79
    HEADING = 83
    LINK = 88
    GROUPING = 99
    NOTIFICATION = 101


class State(IntEnum):
    """AtspiStateType, as numbered in atspi-constants.h: bits of GetState."""

    ACTIVE = 1
    CHECKED = 4
    EDITABLE = 7
    ENABLED = 8
    FOCUSABLE = 11
    FOCUSED = 12
    PRESSED = 20
    SENSITIVE = 24
    SHOWING = 25
    VISIBLE = 30
    CHECKABLE = 41
    READ_ONLY = 43


class GoneError(Exception):
    """The element, or its program, answered with an error."""


class AccessibilityBus:
    """A client of the accessibility bus, as a screen reader is one. Not for several threads."""

    def __init__(self, address: str) -> None:
        """Connect to the bus at `address` and ask every program for every event."""
        self._connection: DBusConnection = open_dbus_connection(bus=address)
        registry = DBusAddress("/org/a11y/atspi/registry", _REGISTRY, _REGISTRY)
        for kind in ("object:", "window:", "focus:", "document:", "keyboard:", "mouse:"):
            # The object returned by a toolkit that honours properties; none are asked for.
            self.call(registry, "RegisterEvent", "sass", (kind, [], ""))

    def close(self) -> None:
        """Disconnect."""
        self._connection.close()

    def call(
        self, address: DBusAddress, member: str, signature: str | None = None, body: Any = ()
    ) -> tuple[Any, ...]:
        """Call a method and return its reply's body. Raises GoneError on an error reply."""
        message = new_method_call(address, member, signature, body)
        reply = self._connection.send_and_get_reply(message, timeout=_REPLY_SECONDS)
        if reply.header.message_type is MessageType.error:
            raise GoneError(f"{member}: {reply.body}")
        return tuple(reply.body)

    def process_id(self, name: str) -> int:
        """Return the process id behind a bus name; the bus's own for "org.freedesktop.DBus"."""
        bus = DBusAddress("/org/freedesktop/DBus", "org.freedesktop.DBus", "org.freedesktop.DBus")
        return int(self.call(bus, "GetConnectionUnixProcessID", "s", (name,))[0])

    def registry_process_id(self) -> int:
        """Return the process id of the registry daemon."""
        return self.process_id(_REGISTRY)

    def application(self, process_id: int) -> "Accessible | None":
        """Return the root of the program with that process id once it is on the bus."""
        for child in Accessible(self, _REGISTRY, _ROOT).children():
            if self.process_id(child.bus_name) == process_id:
                return child
        return None


@dataclass(frozen=True, slots=True)
class Accessible:
    """One element. Each question goes to the program; GoneError is raised when it no longer exists."""

    bus: AccessibilityBus
    bus_name: str
    path: str

    def call(
        self, interface: str, member: str, signature: str | None = None, body: Any = ()
    ) -> tuple[Any, ...]:
        """Call a method of org.a11y.atspi.`interface`."""
        address = DBusAddress(self.path, self.bus_name, _ATSPI + interface)
        return self.bus.call(address, member, signature, body)

    def get(self, interface: str, name: str) -> Any:
        """Return a property of org.a11y.atspi.`interface`."""
        address = DBusAddress(self.path, self.bus_name, "org.freedesktop.DBus.Properties")
        return self.bus.call(address, "Get", "ss", (_ATSPI + interface, name))[0][1]

    def role(self) -> int:
        """Return the role's number (see Role)."""
        return int(self.call("Accessible", "GetRole")[0])

    def name(self) -> str:
        """Return the accessible name."""
        return str(self.get("Accessible", "Name"))

    def description(self) -> str:
        """Return the accessible description."""
        return str(self.get("Accessible", "Description"))

    def states(self) -> frozenset[State]:
        """Return those states that State knows."""
        low, high = self.call("Accessible", "GetState")[0]
        bits = low | high << 32
        return frozenset(state for state in State if bits >> state & 1)

    def interfaces(self) -> frozenset[str]:
        """Return the short names of the interfaces offered: "Text", "Action" and the like."""
        names = self.call("Accessible", "GetInterfaces")[0]
        return frozenset(name.removeprefix(_ATSPI) for name in names)

    def children(self) -> list["Accessible"]:
        """Return the children, in order."""
        found = self.call("Accessible", "GetChildren")[0]
        return [Accessible(self.bus, name, path) for name, path in found if path != _NOTHING]

    def walk(self) -> Iterator["Accessible"]:
        """Go through this element and all below it; what vanishes meanwhile is left out."""
        yield self
        try:
            children = self.children()
        except GoneError:
            return
        for child in children:
            yield from child.walk()

    def find_all(
        self, role: Role | None = None, name: str | None = None, *, hidden: bool = False
    ) -> list["Accessible"]:
        """Return the elements of that role and exact name; only those on screen unless `hidden`."""
        return [e for e in self.walk() if e._matches(role, name, hidden=hidden)]

    def find(self, role: Role, name: str | None = None, seconds: float = DEADLINE_SECONDS) -> "Accessible":
        """Return the one element on screen of that role and exact name, waited for.

        Raises TimeoutError after `seconds`, and LookupError where several match.
        """
        what = f"{role.name} {name!r}"
        try:
            found = wait_until(lambda: self.find_all(role, name), what, seconds)
        except TimeoutError as error:
            raise TimeoutError(f"{error}; on screen is\n{self.describe()}") from None
        if len(found) > 1:
            raise LookupError(f"{len(found)} elements match {what}")
        return found[0]

    def wait_gone(self, role: Role, name: str, seconds: float = DEADLINE_SECONDS) -> None:
        """Wait until no element of that role and name is on screen."""
        wait_until(lambda: not self.find_all(role, name), f"{role.name} {name!r} to go", seconds)

    def wait_state(self, state: State, seconds: float = DEADLINE_SECONDS) -> None:
        """Wait until this element has `state`."""
        wait_until(lambda: state in self.states(), f"{self.name()!r} to be {state.name}", seconds)

    def actions(self) -> list[str]:
        """Return the names of the element's actions, not translated ("Press", "SetFocus")."""
        count = int(self.get("Action", "NActions"))
        return [str(self.call("Action", "GetName", "i", (i,))[0]) for i in range(count)]

    def act(self, action: str = "Press") -> None:
        """Do an action by its name, as a screen reader does. Raises ValueError if it has none."""
        self.call("Action", "DoAction", "i", (self.actions().index(action),))

    def focus(self) -> None:
        """Give the element the keyboard's focus and wait until it has it."""
        self.call("Component", "GrabFocus")
        self.wait_state(State.FOCUSED)

    def extents(self) -> tuple[int, int, int, int]:
        """Return where the element is on the screen: left, top, width, height."""
        x, y, width, height = self.call("Component", "GetExtents", "u", (_SCREEN,))[0]
        return x, y, width, height

    def click(self, pointer: XInput, button: int = 1) -> None:
        """Click in the middle of the element with the real pointer."""
        x, y, width, height = self.extents()
        pointer.click(x + width // 2, y + height // 2, button)

    def text(self) -> str:
        """Return the text read as a screen reader reads it."""
        return str(self.call("Text", "GetText", "ii", (0, -1))[0])

    def character_count(self) -> int:
        """Return how many characters the text has."""
        return int(self.get("Text", "CharacterCount"))

    def set_text(self, text: str) -> None:
        """Put `text` in the place of the element's text, as an assistive technology does."""
        self.call("EditableText", "SetTextContents", "s", (text,))

    def wait_text(self, text: str, seconds: float = DEADLINE_SECONDS) -> None:
        """Wait until the element's text is `text`."""
        wait_until(lambda: self.text() == text, f"the text {text!r}", seconds)

    def wait_count(self, count: int, seconds: float = DEADLINE_SECONDS) -> None:
        """Wait until the element's text has `count` characters."""
        wait_until(lambda: self.character_count() == count, f"{count} characters", seconds)

    def describe(self) -> str:
        """Return the tree from here as indented lines, for a failing test's message."""
        return "\n".join(self._lines(0))

    def _lines(self, depth: int) -> Iterator[str]:
        try:
            states = ",".join(sorted(state.name for state in self.states()))
            role = self.role()
            label = Role(role).name if role in set(Role) else str(role)
            yield f"{'  ' * depth}{label} {self.name()!r} [{states}]"
            children = self.children()
        except GoneError:
            return
        for child in children:
            yield from child._lines(depth + 1)

    def _matches(self, role: Role | None, name: str | None, *, hidden: bool) -> bool:
        try:
            return (
                (role is None or self.role() == role)
                and (name is None or self.name() == name)
                and (hidden or State.SHOWING in self.states())
            )
        except GoneError:
            return False
