"""Real key strokes and mouse clicks on an X display, through the XTest extension.

ctypes over libX11 and libXtst, which come with at-spi2-core: no further program is needed.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager

_MODIFIERS = {"Ctrl": "Control_L", "Shift": "Shift_L", "Alt": "Alt_L"}
_UNICODE_KEYSYMS = 0x01000000  # keysymdef.h: a keysym for any code point above Latin-1
_LATIN_1 = 0xFF
_REVERT_TO_PARENT = 2  # X.h

_ErrorHandler = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p)


def _load() -> tuple[ctypes.CDLL, ctypes.CDLL]:
    x, xtest = ctypes.CDLL("libX11.so.6"), ctypes.CDLL("libXtst.so.6")
    pointer, number, long = ctypes.c_void_p, ctypes.c_int, ctypes.c_ulong
    x.XOpenDisplay.argtypes, x.XOpenDisplay.restype = [ctypes.c_char_p], pointer
    x.XCloseDisplay.argtypes = [pointer]
    x.XSync.argtypes = [pointer, number]
    x.XStringToKeysym.argtypes, x.XStringToKeysym.restype = [ctypes.c_char_p], long
    x.XDisplayKeycodes.argtypes = [pointer, ctypes.POINTER(number), ctypes.POINTER(number)]
    x.XGetKeyboardMapping.argtypes = [pointer, ctypes.c_ubyte, number, ctypes.POINTER(number)]
    x.XGetKeyboardMapping.restype = ctypes.POINTER(long)
    x.XChangeKeyboardMapping.argtypes = [pointer, number, number, ctypes.POINTER(long), number]
    x.XFree.argtypes = [pointer]
    x.XDefaultRootWindow.argtypes, x.XDefaultRootWindow.restype = [pointer], long
    unsigned = ctypes.POINTER(ctypes.c_uint)
    places = [ctypes.POINTER(number)] * 2
    x.XGetGeometry.argtypes = [pointer, long, ctypes.POINTER(long), *places, *[unsigned] * 4]
    x.XQueryTree.argtypes = [
        pointer,
        long,
        ctypes.POINTER(long),
        ctypes.POINTER(long),
        ctypes.POINTER(ctypes.POINTER(long)),
        unsigned,
    ]
    x.XSetInputFocus.argtypes = [pointer, long, number, long]
    xtest.XTestFakeKeyEvent.argtypes = [pointer, ctypes.c_uint, number, long]
    xtest.XTestFakeButtonEvent.argtypes = [pointer, ctypes.c_uint, number, long]
    xtest.XTestFakeMotionEvent.argtypes = [pointer, number, number, number, long]
    return x, xtest


class XInput:
    """Keyboard and mouse of one X display. Not for several threads."""

    def __init__(self, display: str) -> None:
        """Connect to `display` (":7"). Raises ConnectionError."""
        self._x, self._xtest = _load()
        # Xlib's own handler ends the process on any error, of whichever client's making.
        self._ignore = _ErrorHandler(lambda _display, _event: 0)
        self._x.XSetErrorHandler(self._ignore)
        self._display = self._x.XOpenDisplay(display.encode())
        if not self._display:
            raise ConnectionError(f"no X server at {display}")
        self._keys: dict[int, tuple[int, bool]] = {}
        self._spare: list[int] = []
        self._read_keyboard()

    def close(self) -> None:
        """Disconnect; must come before the X server ends."""
        self._x.XCloseDisplay(self._display)

    def type(self, text: str) -> None:
        """Type `text`, each character as a press and a release of a key that bears it."""
        symbols = [ord(c) if ord(c) <= _LATIN_1 else _UNICODE_KEYSYMS | ord(c) for c in text]
        # All keys get their characters before the first is pressed: a key that changed its
        # character between two strokes could be read late by the program.
        for key, shifted in [self._key(symbol) for symbol in symbols]:
            if shifted:
                with self._held("Shift_L"):
                    self._stroke(key)
            else:
                self._stroke(key)
        self._x.XSync(self._display, 0)

    def press(self, chord: str) -> None:
        """Press keys by X's names, with Ctrl, Shift and Alt before: "Ctrl+Shift+Insert", "Tab"."""
        *modifiers, name = chord.split("+")
        with self._held(*(_MODIFIERS[modifier] for modifier in modifiers)):
            self._stroke(self._key(self._symbol(name))[0])
        self._x.XSync(self._display, 0)

    def click(self, x: int, y: int, button: int = 1) -> None:
        """Move to a point of the screen (pixels) and click: 1 left, 2 middle, 3 right."""
        self._xtest.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        for down in (1, 0):
            self._xtest.XTestFakeButtonEvent(self._display, button, down, 0)
        self._x.XSync(self._display, 0)

    def drag(self, x: int, y: int, to_x: int) -> None:
        """Press the left button at a point of the screen (pixels), move along the line, and let it go."""
        self._xtest.XTestFakeMotionEvent(self._display, -1, x, y, 0)
        self._xtest.XTestFakeButtonEvent(self._display, 1, 1, 0)
        for place in range(x, to_x + 1, 4):
            self._xtest.XTestFakeMotionEvent(self._display, -1, place, y, 0)
        self._xtest.XTestFakeButtonEvent(self._display, 1, 0, 0)
        self._x.XSync(self._display, 0)

    def give_the_keyboard_to_the_largest_window(self) -> None:
        """What a window manager does with a new window; there is none on a private display."""
        root, parent = ctypes.c_ulong(), ctypes.c_ulong()
        windows, count = ctypes.POINTER(ctypes.c_ulong)(), ctypes.c_uint()
        self._x.XQueryTree(
            self._display,
            self._x.XDefaultRootWindow(self._display),
            ctypes.byref(root),
            ctypes.byref(parent),
            ctypes.byref(windows),
            ctypes.byref(count),
        )
        largest = max((int(windows[index]) for index in range(count.value)), key=self._area)
        self._x.XFree(windows)
        self._x.XSetInputFocus(self._display, largest, _REVERT_TO_PARENT, 0)
        self._x.XSync(self._display, 0)

    def _area(self, window: int) -> int:
        root, x, y = ctypes.c_ulong(), ctypes.c_int(), ctypes.c_int()
        width, height, border, depth = (ctypes.c_uint() for _ in range(4))
        given = map(ctypes.byref, (root, x, y, width, height, border, depth))
        self._x.XGetGeometry(self._display, window, *given)
        return width.value * height.value

    def _read_keyboard(self) -> None:
        low, high, width = ctypes.c_int(), ctypes.c_int(), ctypes.c_int()
        self._x.XDisplayKeycodes(self._display, ctypes.byref(low), ctypes.byref(high))
        count = high.value - low.value + 1
        table = self._x.XGetKeyboardMapping(self._display, low.value, count, ctypes.byref(width))
        for index in range(count):
            row = [int(table[index * width.value + column]) for column in range(width.value)]
            if not any(row):
                self._spare.append(low.value + index)
            for column, symbol in enumerate(row[:2]):
                if symbol:
                    self._keys.setdefault(symbol, (low.value + index, column == 1))
        self._x.XFree(table)

    def _symbol(self, name: str) -> int:
        symbol = int(self._x.XStringToKeysym(name.encode()))
        if not symbol:
            raise ValueError(f"X knows no key {name}")
        return symbol

    def _key(self, symbol: int) -> tuple[int, bool]:
        """Return the code of the key for `symbol` and whether it takes Shift."""
        if symbol not in self._keys:
            code = self._spare.pop()
            both_levels = (ctypes.c_ulong * 2)(symbol, symbol)
            self._x.XChangeKeyboardMapping(self._display, code, 2, both_levels, 1)
            self._x.XSync(self._display, 0)
            self._keys[symbol] = (code, False)
        return self._keys[symbol]

    def _stroke(self, key: int) -> None:
        for down in (1, 0):
            self._xtest.XTestFakeKeyEvent(self._display, key, down, 0)

    @contextmanager
    def _held(self, *names: str) -> Iterator[None]:
        keys = [self._key(self._symbol(name))[0] for name in names]
        for key in keys:
            self._xtest.XTestFakeKeyEvent(self._display, key, 1, 0)
        try:
            yield
        finally:
            for key in reversed(keys):
                self._xtest.XTestFakeKeyEvent(self._display, key, 0, 0)
