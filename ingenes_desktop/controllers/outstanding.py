"""What the window waits for when it closes."""

from PySide6.QtCore import QObject, QTimer, Signal, Slot


class Outstanding(QObject):
    """Counts the jobs that leave something open if they are not heard. UI thread only.

    Signal ``done``, once after :meth:`close`: everything has come to its end, or the time is up.
    """

    done = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._count = 0
        self._is_closing = False
        self._is_done = False
        self._timer = QTimer(self, singleShot=True)
        self._timer.timeout.connect(self._finish)

    @property
    def is_closing(self) -> bool:
        """Whether this program is about to end."""
        return self._is_closing

    def expect(self) -> None:
        """Something runs that must be waited for; :meth:`settled` follows."""
        self._count += 1

    @Slot()
    def settled(self) -> None:
        """What was expected has come to its end."""
        self._count -= 1
        if self._is_closing and self._count == 0:
            self._finish()

    def close(self, within_seconds: float) -> None:
        """Nothing new begins but what undoes; ``done`` follows, at the latest ``within_seconds`` from now.

        Whoever closes holds one count of his own meanwhile.
        """
        self._is_closing = True
        self._timer.start(round(within_seconds * 1000))

    @Slot()
    def _finish(self) -> None:
        # What comes later than that finds a window, and a timer, that may be gone.
        if not self._is_done:
            self._is_done = True
            self._timer.stop()
            self.done.emit()
