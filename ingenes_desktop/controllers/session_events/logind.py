"""systemd-logind, as its signals tell of this session: lock, sleep and the switch of users.

https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
https://systemd.io/INHIBITOR_LOCKS/
"""

import os
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import TYPE_CHECKING, Any, Final, TypeAlias

from ingenes_desktop.controllers.session_events.bus import (
    PROPERTIES,
    Bus,
    BusSignal,
    CallError,
    flag,
    new_owner,
    variant,
)
from ingenes_desktop.controllers.session_events.screen_facts import ScreenFacts
from ingenes_desktop.domain.event_log import record

if TYPE_CHECKING:
    from jeepney.fds import FileDescriptor

LOGIN1: Final = "org.freedesktop.login1"
MANAGER_PATH: Final = "/org/freedesktop/login1"
MANAGER: Final = "org.freedesktop.login1.Manager"
SESSION: Final = "org.freedesktop.login1.Session"
USER: Final = "org.freedesktop.login1.User"
_GRAPHICAL = frozenset({"x11", "wayland", "mir"})

Change: TypeAlias = Callable[[ScreenFacts], ScreenFacts]


class Logind:
    """Follows logind on one connection. The listener's thread only."""

    def __init__(
        self,
        tell: Callable[[Change], None],
        hand_over: "Callable[[FileDescriptor], None]",
        environment: Mapping[str, str],
    ) -> None:
        """``tell``: what has changed. ``hand_over``: a new delay lock, to be closed once the cover stands."""
        self._tell = tell
        self._hand_over = hand_over
        self._environment = environment
        self._owner = ""
        self._session = ""

    def follow(self, bus: Bus) -> None:
        """Listen until the bus is gone, through every restart of logind."""
        owner = bus.follow_owner(LOGIN1)
        bus.subscribe(sender=LOGIN1, path=MANAGER_PATH, interface=MANAGER, member="PrepareForSleep")
        self._take_up(bus, owner)
        for signal in bus.signals():
            change = new_owner(signal)
            if change is not None and change[0] == LOGIN1:
                self.lose()
                self._take_up(bus, change[1])
            # The bus lets anybody send a signal to us directly: only logind's own are heard.
            elif self._owner and signal.sender == self._owner:
                self._hear(bus, signal)

    def lose(self) -> None:
        """logind, or the bus, is gone."""
        if self._owner:
            self._owner = ""
            self._tell(ScreenFacts.lose_logind)

    def _take_up(self, bus: Bus, owner: str) -> None:
        self._owner = owner
        if not owner:
            record("session_events", source="logind", status="absent")
            return
        self._session = _find_session(bus, self._environment)
        if self._session:
            bus.subscribe(sender=LOGIN1, path=self._session, interface=SESSION)
            bus.subscribe(sender=LOGIN1, path=self._session, interface=PROPERTIES, member="PropertiesChanged")
            self._read(bus)
        sleeping = _property(bus, MANAGER_PATH, MANAGER, "PreparingForSleep") is True
        self._tell(partial(ScreenFacts.sleep, sleeping=sleeping))
        self._take_delay_lock(bus)
        record("session_events", source="logind", status="followed" if self._session else "session_unknown")

    def _hear(self, bus: Bus, signal: BusSignal) -> None:
        match (signal.interface, signal.member):
            case ("org.freedesktop.login1.Manager", "PrepareForSleep") if signal.path == MANAGER_PATH:
                sleeping = flag(signal.body)
                if sleeping is not None:
                    self._tell(partial(ScreenFacts.sleep, sleeping=sleeping))
                if sleeping is False:
                    self._take_delay_lock(bus)
            case ("org.freedesktop.login1.Session", "Lock" | "Unlock") if signal.path == self._session:
                self._tell(partial(ScreenFacts.ask_lock, wanted=signal.member == "Lock"))
            case ("org.freedesktop.DBus.Properties", "PropertiesChanged") if signal.path == self._session:
                self._hear_properties(bus, signal.body)
            case _:
                pass

    def _hear_properties(self, bus: Bus, body: tuple[Any, ...]) -> None:
        of, changed, without_value = body
        if of == SESSION:
            self._note(changed)
            if {"LockedHint", "Active"} & set(without_value):
                self._read(bus)

    def _read(self, bus: Bus) -> None:
        with suppress(CallError):
            (properties,) = bus.call(LOGIN1, self._session, PROPERTIES, "GetAll", "s", SESSION)
            self._note(properties)

    def _note(self, properties: Mapping[str, Any]) -> None:
        locked = variant(properties.get("LockedHint"))
        if isinstance(locked, bool):
            self._tell(partial(ScreenFacts.hint_lock, locked=locked))
        active = variant(properties.get("Active"))
        if isinstance(active, bool):
            self._tell(partial(ScreenFacts.switch, active=active))

    def _take_delay_lock(self, bus: Bus) -> None:
        why = "Cover what is on the screen"
        try:
            lock = bus.call(
                LOGIN1, MANAGER_PATH, MANAGER, "Inhibit", "ssss", "sleep", "ingenes_desktop", why, "delay"
            )[0]
        except CallError:  # not allowed here: the cover is painted all the same, perhaps a moment late
            record("session_events", source="logind", status="no_delay")
        else:
            # A program that is started from here must not hold it on.
            os.set_inheritable(lock.fileno(), False)  # noqa: FBT003  the function's own signature
            self._hand_over(lock)


def _find_session(bus: Bus, environment: Mapping[str, str]) -> str:
    """The session this process is shown in, "" where there is none.

    The kernel's own word comes first (the process' control group); a desktop that starts its programs as
    the user's services has none, and leaves XDG_SESSION_ID, or the session that logind calls the user's
    display. A session with a screen goes before one without (a program started over SSH); one without is
    taken where there is no other (startx on a console).
    """
    without_screen = ""
    asked = (
        ("GetSessionByPID", "u", os.getpid()),
        ("GetSession", "s", environment.get("XDG_SESSION_ID", "")),
    )
    for member, signature, argument in asked:
        if argument:
            with suppress(CallError):
                (path,) = bus.call(LOGIN1, MANAGER_PATH, MANAGER, member, signature, argument)
                if _property(bus, path, SESSION, "Type") in _GRAPHICAL:
                    return str(path)
                without_screen = without_screen or str(path)
    with suppress(CallError):
        (user,) = bus.call(LOGIN1, MANAGER_PATH, MANAGER, "GetUser", "u", os.getuid())  # type: ignore[attr-defined, unused-ignore]  # Linux alone
        display = _property(bus, user, USER, "Display")
        if isinstance(display, tuple) and display[0]:  # (id, path), both empty where there is none
            return str(display[1])
    return without_screen


def _property(bus: Bus, path: str, interface: str, name: str) -> object:
    with suppress(CallError):
        (value,) = bus.call(LOGIN1, path, PROPERTIES, "Get", "ss", interface, name)
        return variant(value)
    return None
