"""Session events on Linux: logind on the system bus, the screen saver on the session bus."""

import os
import time
from collections.abc import Callable
from contextlib import suppress
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QTimer, Signal, Slot

from ingenes_desktop.controllers.session_events.interface import SessionEvents
from ingenes_desktop.controllers.session_events.listener import BusListener
from ingenes_desktop.controllers.session_events.screen_facts import ScreenFacts

if TYPE_CHECKING:
    from jeepney.fds import FileDescriptor

    from ingenes_desktop.controllers.session_events.logind import Change, Logind
    from ingenes_desktop.controllers.session_events.screen_saver import ScreenSavers

# The window has painted; the compositor shows it with one of its next frames. logind waits for 5 s.
_COMPOSITOR_MILLISECONDS = 100
# A screen locker that was asked for stands by then; input that still reaches us comes from an open screen.
_LOCKER_SECONDS = 5.0
_INPUT = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.TabletPress,
        QEvent.Type.TouchBegin,
        QEvent.Type.Wheel,
    }
)


class LinuxSessionEvents(SessionEvents):
    """Hears both buses on threads of their own; each word comes home to the UI thread."""

    _told = Signal(object)
    _delay_lock_came = Signal(object)

    def __init__(
        self,
        paint_now: Callable[[], None],
        parent: QObject | None = None,
        *,
        system_bus: str = "SYSTEM",
        session_bus: str = "SESSION",
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        """``system_bus``, ``session_bus``: these two names, or a D-Bus address; ``clock``: seconds."""
        super().__init__(paint_now, parent)
        self._addresses = (system_bus, session_bus)
        self._clock = clock
        self._facts = ScreenFacts()
        self._asked_at = 0.0
        self._listeners: tuple[BusListener, ...] = ()
        self._delay_lock: FileDescriptor | None = None
        self._release = QTimer(self)
        self._release.setSingleShot(True)
        self._release.setInterval(_COMPOSITOR_MILLISECONDS)
        self._release.timeout.connect(self._release_delay_lock)
        # Emitted on the listeners' threads, heard on this one.
        self._told.connect(self._hear)
        self._delay_lock_came.connect(self._hold_delay_lock)

    def start(self) -> None:
        """Begin to listen; the buses are asked on threads, this call comes back at once."""
        if not self._listeners:
            system_bus, session_bus = self._addresses
            self._listeners = (
                BusListener(system_bus, "logind", self._new_logind),
                BusListener(session_bus, "screen_saver", self._new_screen_savers),
            )
            for listener in self._listeners:
                listener.start()

    def stop(self) -> None:
        """Listen no longer; a computer that goes to sleep does not wait for us."""
        for listener in self._listeners:
            listener.stop()
        self._listeners = ()
        self._release_delay_lock()
        self._watch_input(wanted=False)

    def prove_open(self) -> None:
        """See SessionEvents: all that was said of the screen is forgotten."""
        self._take(ScreenFacts())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Hear of the person's input, while nobody vouches for a lock that was asked for."""
        if (
            event.type() in _INPUT
            and event.spontaneous()
            and self._clock() - self._asked_at > _LOCKER_SECONDS
        ):
            self._take(self._facts.prove_open())
        return super().eventFilter(watched, event)

    def _new_logind(self) -> "Logind":
        from ingenes_desktop.controllers.session_events.logind import Logind  # noqa: PLC0415  on the thread

        return Logind(self._tell, self._give, os.environ)

    def _new_screen_savers(self) -> "ScreenSavers":
        from ingenes_desktop.controllers.session_events.screen_saver import ScreenSavers  # noqa: PLC0415  likewise

        return ScreenSavers(self._tell)

    def _tell(self, change: "Change") -> None:
        with suppress(RuntimeError):  # the window has gone meanwhile, and this object with it
            self._told.emit(change)

    def _give(self, delay_lock: "FileDescriptor") -> None:
        try:
            self._delay_lock_came.emit(delay_lock)
        except RuntimeError:  # likewise
            delay_lock.close()

    @Slot(object)
    def _hear(self, change: "Change") -> None:
        if self._listeners:
            self._take(change(self._facts))

    @Slot(object)
    def _hold_delay_lock(self, delay_lock: "FileDescriptor") -> None:
        self._release_delay_lock()
        if self._listeners:
            self._delay_lock = delay_lock
        else:
            delay_lock.close()

    @Slot()
    def _release_delay_lock(self) -> None:
        self._release.stop()
        if self._delay_lock is not None:
            self._delay_lock.close()
            self._delay_lock = None

    def _take(self, facts: ScreenFacts) -> None:
        before, self._facts = self._facts, facts
        if facts.is_only_asked and not before.is_only_asked:
            self._asked_at = self._clock()
        self._watch_input(wanted=facts.is_only_asked)
        # What covers comes first: between the two the screen is never open.
        for reason in facts.reasons - before.reasons:
            self._cover(reason)
        for reason in before.reasons - facts.reasons:
            self._show(reason)
        if facts.sleeping and not before.sleeping:
            self._release.start()

    def _watch_input(self, *, wanted: bool) -> None:
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)
            if wanted:
                application.installEventFilter(self)
