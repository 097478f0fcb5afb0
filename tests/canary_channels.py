"""What a program lets out, channel by channel, as a sweep takes it: place -> content."""

import ctypes
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from tests.atspi.accessible import Accessible, GoneError
from tests.atspi.recorder import BusMessage

_UNICODE_KEYSYMS = 0x01000000
_MODIFIERS = range(0xFF00, 0x10000)
"""Keys that write nothing (keysymdef.h)."""
_ANY_PROPERTY_TYPE = 0
_MOST_WORDS = 1 << 20
"""Of one X property, in units of four bytes."""


def files(*roots: Path) -> dict[str, bytes]:
    """Every file below the folders, its name with its content (of a link, where it leads)."""
    found: dict[str, bytes] = {}
    for root in roots:
        for path in sorted(root.rglob("*")):
            # A file may go while it is looked at; a socket or a pipe holds nothing.
            with suppress(OSError):
                mode = path.lstat().st_mode
                content = b""
                if stat.S_ISLNK(mode):
                    content = os.fsencode(path.readlink())
                elif stat.S_ISREG(mode):
                    content = path.read_bytes()
                found[str(path)] = os.fsencode(path.relative_to(root)) + b"\n" + content
    return found


def process(process_id: int) -> dict[str, bytes]:
    """Arguments, environment and names of a process, of its threads and of its children."""
    found: dict[str, bytes] = {}
    for each in family(process_id):
        for name in ("cmdline", "environ", "comm"):
            # Not there any more, or (without root) withheld since the process was hardened.
            with suppress(OSError):
                found[f"{each}/{name}"] = Path(f"/proc/{each}/{name}").read_bytes()
        for task in Path(f"/proc/{each}/task").glob("*/comm"):
            with suppress(OSError):
                found[str(task)] = task.read_bytes()
    return found


def family(process_id: int) -> Iterator[int]:
    """The process and all that it has started, and they."""
    yield process_id
    with suppress(OSError):
        for children in Path(f"/proc/{process_id}/task").glob("*/children"):
            for child in children.read_text("ascii").split():
                yield from family(int(child))


def tree(root: Accessible) -> dict[str, str]:
    """What the accessibility tree tells of each element, also of those that are not on screen."""
    return {
        f"{number} {element.path}": "\n".join(_told_by(element)) for number, element in enumerate(root.walk())
    }


def _told_by(element: Accessible) -> Iterator[str]:
    for name in ("Name", "Description", "HelpText", "AccessibleId"):
        # Qt has not all of them for every element.
        with suppress(GoneError):
            yield str(element.get("Accessible", name))
    with suppress(GoneError):
        yield str(element.call("Accessible", "GetAttributes")[0])
        interfaces = element.interfaces()
        if "Text" in interfaces:
            yield element.text()
            for number in range(int(element.call("Text", "GetNSelections")[0])):
                start, end = element.call("Text", "GetSelection", "i", (number,))
                yield str(element.call("Text", "GetText", "ii", (start, end))[0])
        if "Action" in interfaces:
            yield str(element.call("Action", "GetActions")[0])


def bus(messages: Iterable[BusMessage]) -> dict[str, str]:
    """Everything said on a bus, and what was told there one character at a time, put together."""
    said: list[str] = []
    spelled: dict[str, list[str]] = {}
    for message in messages:
        said.append(f"{message.path} {message.interface}.{message.member}")
        said += [
            value.decode("latin-1") if isinstance(value, bytes) else str(value) for value in message.values()
        ]
        for place, text in _characters_of(message):
            spelled.setdefault(place, []).append(text)
    found = {"messages": "\n".join(said)}
    return found | {place: "".join(texts) for place, texts in spelled.items()}


def _characters_of(message: BusMessage) -> Iterator[tuple[str, str]]:
    """What a message tells of typing: a text that came or went, or a key."""
    if message.member == "TextChanged" and len(message.body) > 3:
        yield f"{message.body[0]} {message.sender}{message.path}", str(message.body[3][1])
    elif message.member.startswith("NotifyListeners") and message.body:
        kind, keysym, _, _, _, text, _ = message.body[0]
        symbol = keysym & ~_UNICODE_KEYSYMS
        # A press, of a key that writes.
        if kind == 0 and symbol not in _MODIFIERS:
            yield "keys, as texts", text
            yield "keys, as symbols", chr(symbol)


class XProperties:
    """The properties of all windows of an X display, as any client of it can read them."""

    def __init__(self, display: str) -> None:
        """Connect. Raises ConnectionError."""
        self._x = _load_x()
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise ConnectionError(f"no X server at {display}")

    def close(self) -> None:
        """Disconnect; must come before the X server ends."""
        self._x.XCloseDisplay(self._display)

    def read(self) -> dict[str, bytes]:
        """Each property of each window by the window's number and the property's name."""
        found: dict[str, bytes] = {}
        for window in self._windows(self._x.XDefaultRootWindow(self._display)):
            for atom in self._atoms(window):
                content = self._content(window, atom)
                name = self._x.XGetAtomName(self._display, atom)
                found[f"{window:#x} {(name or b'?').decode('latin-1')}"] = content
        return found

    def _windows(self, window: int) -> Iterator[int]:
        yield window
        root, parent, count = ctypes.c_ulong(), ctypes.c_ulong(), ctypes.c_uint()
        children = ctypes.POINTER(ctypes.c_ulong)()
        if not self._x.XQueryTree(
            self._display,
            window,
            ctypes.byref(root),
            ctypes.byref(parent),
            ctypes.byref(children),
            ctypes.byref(count),
        ):
            return
        below = [int(children[index]) for index in range(count.value)]
        if children:  # type: ignore[truthy-bool]  # likewise
            self._x.XFree(children)
        for child in below:
            yield from self._windows(child)

    def _atoms(self, window: int) -> list[int]:
        count = ctypes.c_int()
        atoms = self._x.XListProperties(self._display, window, ctypes.byref(count))
        if not atoms:
            return []
        found = [int(atoms[index]) for index in range(count.value)]
        self._x.XFree(atoms)
        return found

    def _content(self, window: int, atom: int) -> bytes:
        kind, bits = ctypes.c_ulong(), ctypes.c_int()
        count, left = ctypes.c_ulong(), ctypes.c_ulong()
        data = ctypes.POINTER(ctypes.c_ubyte)()
        references = (ctypes.byref(each) for each in (kind, bits, count, left, data))
        self._x.XGetWindowProperty(
            self._display, window, atom, 0, _MOST_WORDS, 0, _ANY_PROPERTY_TYPE, *references
        )
        if not data:  # type: ignore[truthy-bool]  # a pointer may be null, and is false then
            return b""
        # What has 32 bits comes as C longs.
        size = ctypes.sizeof(ctypes.c_ulong) if bits.value == 32 else bits.value // 8
        content = ctypes.string_at(data, count.value * size)
        self._x.XFree(data)
        return content


def _load_x() -> ctypes.CDLL:
    x = ctypes.CDLL("libX11.so.6")
    pointer, number, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = [ctypes.c_char_p], pointer
    x.XCloseDisplay.argtypes = [pointer]
    x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [pointer], long
    x.XQueryTree.argtypes = [pointer, long, *[ctypes.c_void_p] * 4]
    x.XListProperties.argtypes = [pointer, long, ctypes.POINTER(number)]
    x.XListProperties.restype = ctypes.POINTER(long)
    x.XGetAtomName.argtypes, x.XGetAtomName.restype = [pointer, long], ctypes.c_char_p
    x.XGetWindowProperty.argtypes = [pointer, long, long, ctypes.c_long, ctypes.c_long, number, long]
    x.XGetWindowProperty.argtypes += [ctypes.c_void_p] * 5
    x.XFree.argtypes = [pointer]
    return x


SELECTIONS = [sys.executable, "-m", "tests.canary_selections"]
"""A program that writes down whatever comes to the clipboard or to the selection, in every format."""
