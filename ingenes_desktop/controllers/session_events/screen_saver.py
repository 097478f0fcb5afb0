"""The desktop's screen saver, a second source: some desktops lock without a word to logind.

https://specifications.freedesktop.org/idle-inhibit-spec/latest/ and GNOME Shell's ScreenShield.
"""

from collections.abc import Callable
from contextlib import suppress
from functools import partial
from typing import Any, Final

from ingenes_desktop.controllers.session_events.bus import Bus, BusSignal, CallError, flag, new_owner
from ingenes_desktop.controllers.session_events.logind import Change
from ingenes_desktop.controllers.session_events.screen_facts import ScreenFacts

# The name on the bus is the interface's name, too.
SAVERS: Final = {
    "org.freedesktop.ScreenSaver": "/org/freedesktop/ScreenSaver",
    "org.gnome.ScreenSaver": "/org/gnome/ScreenSaver",
}


class ScreenSavers:
    """Follows the screen savers on one connection. The listener's thread only."""

    def __init__(self, tell: Callable[[Change], None]) -> None:
        """``tell``: what has changed."""
        self._tell = tell
        self._owners: dict[str, str] = {}

    def follow(self, bus: Bus) -> None:
        """Listen until the bus is gone."""
        for name in SAVERS:
            owner = bus.follow_owner(name)
            bus.subscribe(sender=name, interface=name, member="ActiveChanged")
            self._take_up(bus, name, owner)
        for signal in bus.signals():
            change = new_owner(signal)
            if change is not None and change[0] in SAVERS:
                self._lose_one(change[0])
                self._take_up(bus, *change)
            else:
                self._hear(signal)

    def lose(self) -> None:
        """The bus is gone."""
        for name in list(self._owners):
            self._lose_one(name)

    def _take_up(self, bus: Bus, name: str, owner: str) -> None:
        if owner:
            self._owners[name] = owner
            with suppress(CallError):
                self._note(name, bus.call(name, SAVERS[name], name, "GetActive"))

    def _lose_one(self, name: str) -> None:
        if self._owners.pop(name, None) is not None:
            self._tell(partial(ScreenFacts.lose_saver, name=name))

    def _hear(self, signal: BusSignal) -> None:
        name = signal.interface
        # The bus lets anybody send a signal to us directly: only the screen saver's own are heard.
        if name in self._owners and signal.sender == self._owners[name] and signal.member == "ActiveChanged":
            self._note(name, signal.body)

    def _note(self, name: str, body: tuple[Any, ...]) -> None:
        active = flag(body)
        if active is not None:
            self._tell(partial(ScreenFacts.save_screen, name=name, active=active))
