"""The on-screen keyboards of Linux' desktops and kiosks, on the session bus.

squeekboard and Phosh's others  https://phosh.mobi/posts/phosh-osk-interface/
Onboard                         https://github.com/dr-ni/onboard/blob/main/DBUS.md
KDE Plasma, on Wayland          https://invent.kde.org/plasma/kwin/-/blob/master/src/virtualkeyboard_dbus.h

GNOME's own has no such door: it comes by itself where a finger touches a field, and Qt asks for it as well
(QInputMethod.show, in the window).
"""

from collections.abc import Callable, Sequence
from typing import Final, NamedTuple, TypeVar

from ingenes_desktop.controllers.session_events.bus import BUS, PROPERTIES, Bus, CallError, variant
from ingenes_desktop.domain.event_log import record

_PATH: Final = "/org/freedesktop/DBus"
Answer = TypeVar("Answer")


class Keyboard(NamedTuple):
    """One keyboard's door. ``visible`` is the name of the property that says whether it is on screen."""

    service: str
    path: str
    interface: str
    visible: str
    set_visible: Callable[[Bus, bool], None]

    def is_shown(self, bus: Bus) -> bool | None:
        """What it says of itself. Raises CallError, and OSError where the bus is gone."""
        (value,) = bus.call(self.service, self.path, PROPERTIES, "Get", "ss", self.interface, self.visible)
        shown = variant(value)
        return shown if isinstance(shown, bool) else None


def _set_squeekboard(bus: Bus, visible: bool) -> None:
    bus.call(SQUEEKBOARD.service, SQUEEKBOARD.path, SQUEEKBOARD.interface, "SetVisible", "b", visible)


def _set_onboard(bus: Bus, visible: bool) -> None:
    bus.call(ONBOARD.service, ONBOARD.path, ONBOARD.interface, "Show" if visible else "Hide")


def _set_kwin(bus: Bus, visible: bool) -> None:
    if visible:
        # Switched off, it would not come for whoever has just pressed a button for it.
        _set_property(bus, KWIN, "enabled", value=True)
        bus.call(KWIN.service, KWIN.path, KWIN.interface, "forceActivate")
    else:
        _set_property(bus, KWIN, "active", value=False)


def _set_property(bus: Bus, keyboard: Keyboard, name: str, *, value: bool) -> None:
    body = (keyboard.interface, name, ("b", value))
    bus.call(keyboard.service, keyboard.path, PROPERTIES, "Set", "ssv", *body)


SQUEEKBOARD: Final = Keyboard("sm.puri.OSK0", "/sm/puri/OSK0", "sm.puri.OSK0", "Visible", _set_squeekboard)
ONBOARD: Final = Keyboard(
    "org.onboard.Onboard",
    "/org/onboard/Onboard/Keyboard",
    "org.onboard.Onboard.Keyboard",
    "Visible",
    _set_onboard,
)
KWIN: Final = Keyboard(
    "org.kde.KWin", "/VirtualKeyboard", "org.kde.kwin.VirtualKeyboard", "visible", _set_kwin
)
KEYBOARDS: Final = (SQUEEKBOARD, ONBOARD, KWIN)


class LinuxScreenKeyboard:
    """A ScreenKeyboard. Each call has a connection of its own: a bus may be gone in between."""

    def __init__(self, session_bus: str = "SESSION") -> None:
        """``session_bus``: this name, or a D-Bus address."""
        self._address = session_bus

    def show(self) -> bool:
        """See ScreenKeyboard: the first of the keyboards there are that obeys."""
        return self._ask(self._show) is True

    def hide(self) -> None:
        """See ScreenKeyboard: all that run."""
        self._ask(self._hide)

    def is_shown(self) -> bool | None:
        """See ScreenKeyboard."""
        return self._ask(self._is_shown)

    def _ask(self, question: Callable[[Bus], Answer]) -> Answer | None:
        try:
            bus = Bus(self._address)
            try:
                return question(bus)
            finally:
                bus.close()
        except Exception as error:  # noqa: BLE001  a bus may say anything, and the program goes on without
            record("screen_keyboard", status="no_bus", error=type(error).__name__)
            return None

    @staticmethod
    def _show(bus: Bus) -> bool:
        for keyboard in _running(bus) or _that_could_run(bus):
            try:
                keyboard.set_visible(bus, True)  # noqa: FBT003  the call's own argument
            except CallError:
                record("screen_keyboard", source=keyboard.service, status="refused")
            else:
                record("screen_keyboard", source=keyboard.service, status="shown")
                return True
        return False

    @staticmethod
    def _hide(bus: Bus) -> None:
        for keyboard in _running(bus):
            try:
                keyboard.set_visible(bus, False)  # noqa: FBT003  as above
            except CallError:
                record("screen_keyboard", source=keyboard.service, status="refused")

    @staticmethod
    def _is_shown(bus: Bus) -> bool | None:
        said: list[bool | None] = []
        for keyboard in _running(bus):
            try:
                said.append(keyboard.is_shown(bus))
            except CallError:
                said.append(None)
        if True in said:
            return True
        return None if None in said else False


def _running(bus: Bus) -> Sequence[Keyboard]:
    return _among(bus, "ListNames")


def _that_could_run(bus: Bus) -> Sequence[Keyboard]:
    """Those that the bus starts when they are called."""
    return _among(bus, "ListActivatableNames")


def _among(bus: Bus, member: str) -> Sequence[Keyboard]:
    (names,) = bus.call(BUS, _PATH, BUS, member)
    return [keyboard for keyboard in KEYBOARDS if keyboard.service in names]
