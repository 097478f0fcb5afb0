"""Whether somebody is at the computer: real input to any window of the application."""

import time
from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPointF, Signal
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent

_QUIET_SECONDS = 1.0
_LONGEST_HOLD_SECONDS = 60.0
"""A key that repeats for longer is held down by something, not by somebody."""

# ShortcutOverride comes before each press, also where a filter (KeyGuard, Qt's AT-SPI bridge) keeps the
# press itself and sends a copy.
_INPUT = frozenset({
    QEvent.Type.ShortcutOverride, QEvent.Type.KeyPress, QEvent.Type.KeyRelease,
    QEvent.Type.MouseButtonPress, QEvent.Type.MouseButtonRelease, QEvent.Type.MouseButtonDblClick,
    QEvent.Type.MouseMove, QEvent.Type.Wheel, QEvent.Type.NativeGesture, QEvent.Type.InputMethod,
    QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd,
    QEvent.Type.TabletPress, QEvent.Type.TabletMove, QEvent.Type.TabletRelease,
})  # fmt: skip


class Activity(QObject):
    """Watches every event of the application from :meth:`start` to :meth:`stop`. UI thread only.

    Not to be started before the first paint, which it would hold up. Costs 1 microsecond an event.

    Signal ``touched``: somebody is there; at once, then at most once a second. Only what the window
    system reports counts (https://doc.qt.io/qt-6/qevent.html#spontaneous), and what an input method
    typed: Qt hands that on itself. Not so events that we send, a pointer that a window appeared under,
    and a key that has repeated for more than 60 s.
    """

    touched = Signal()

    def __init__(self, clock: Callable[[], float] = time.monotonic, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._touched_at: float | None = None
        self._held_since: float | None = None
        self._pointer: QPointF | None = None
        self._is_watching = False

    def start(self) -> None:
        """Watch. Twice is once."""
        application = QCoreApplication.instance()
        if application is not None and not self._is_watching:
            application.installEventFilter(self)
            self._is_watching = True
            self._touched_at = self._held_since = self._pointer = None

    def stop(self) -> None:
        """Watch no longer: every event costs a little."""
        application = QCoreApplication.instance()
        if application is not None and self._is_watching:
            application.removeEventFilter(self)
        self._is_watching = False

    def note(self) -> None:
        """Somebody is there who was not seen in an event: a screen reader pressed a button, say."""
        now = self._clock()
        # A clock that went back must not silence anybody.
        if self._touched_at is None or not 0 <= now - self._touched_at < _QUIET_SECONDS:
            self._touched_at = now
            self.touched.emit()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at an event and let it go on."""
        if event.type() in _INPUT and self._is_real(event):
            self.note()
        return False

    def _is_real(self, event: QEvent) -> bool:
        if isinstance(event, QInputMethodEvent):
            return bool(event.commitString() or event.preeditString())
        if not event.spontaneous():
            return False
        if isinstance(event, QKeyEvent):
            return self._is_pressed_by_hand(event)
        if event.type() == QEvent.Type.MouseMove and isinstance(event, QMouseEvent):
            # Window systems report a move too where the window came to the pointer.
            before, self._pointer = self._pointer, event.globalPosition()
            return before is not None and before != self._pointer
        return True

    def _is_pressed_by_hand(self, event: QKeyEvent) -> bool:
        now = self._clock()
        if self._held_since is None or not event.isAutoRepeat():
            self._held_since = now
        return now - self._held_since <= _LONGEST_HOLD_SECONDS
