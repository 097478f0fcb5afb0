"""The operating system asks the program to end (SIGTERM at log-out; Ctrl+C or the end of a terminal)."""

import signal
import socket
from collections.abc import Iterable

from PySide6.QtCore import QObject, QSocketNotifier, Signal, Slot

# Windows has no SIGHUP.
ENDING_SIGNALS = tuple(each for each in signal.Signals if each.name in {"SIGTERM", "SIGINT", "SIGHUP"})


class Termination(QObject):
    """Turns signals into ``asked``, so that ending is the same as closing the window. UI thread only.

    Python runs a handler only when Qt lets it run; a socket that the signal writes to wakes Qt up.
    https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd
    """

    asked = Signal()

    def __init__(self, signals: Iterable[signal.Signals], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._reading, self._writing = socket.socketpair()
        self._reading.setblocking(False)  # noqa: FBT003  the socket's own signature
        self._writing.setblocking(False)  # noqa: FBT003  likewise
        # What is ignored already (nohup) stays so.
        heard = [number for number in signals if signal.getsignal(number) is not signal.SIG_IGN]
        self._before = {number: signal.signal(number, lambda *_: None) for number in heard}
        self._wakeup_before = signal.set_wakeup_fd(self._writing.fileno(), warn_on_full_buffer=False)
        self._notifier = QSocketNotifier(self._reading.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._woken)

    def end(self) -> None:
        """Give the signals back."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(self._wakeup_before)
        for number, handler in self._before.items():
            signal.signal(number, handler)
        self._reading.close()
        self._writing.close()

    @Slot()
    def _woken(self) -> None:
        self._reading.recv(64)
        self.asked.emit()
