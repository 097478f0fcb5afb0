"""How long the event loop is held up, and by what."""

import faulthandler
import re
import tempfile
import threading
import time
from collections import Counter

from PySide6.QtCore import QObject, QTimer

_BEAT_MILLISECONDS = 2
_LATE_SECONDS = 0.010
_FRAME = re.compile(r'  File "(.+)", line \d+ in (.+)')
_LIBRARY = re.compile(r".*/(?:site-packages|lib/python3\.\d+)/(.+)\.py")
_OWN = re.compile(r".*/(ingenes_desktop/.+)\.py")
# Where a thread has nothing to do, or waits for a far end.
_WAITING = frozenset({"wait", "get", "select", "readinto", "recv", "dequeue", "_look"})
_IDLE = frozenset({"ingenes_desktop.controllers.background:_run"})
_QT = "ingenes_desktop.app:run"


class Heartbeat(QObject):
    """Beats in the event loop; while a beat is late, a thread notes what every thread is doing.

    UI thread only. It sees what lets go of the interpreter's lock now and then; one long call that keeps
    the lock is seen as it ends. (``sys._current_frames()`` would say the same, and ends CPython 3.11 with
    a segmentation fault when a frame that Qt has called is on its way out.)
    """

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.worst = 0.0
        """The longest pause between two beats, in seconds."""
        self._beat_at: float | None = None
        self._seen = tempfile.TemporaryFile("w+", encoding="utf-8")  # noqa: SIM115  open as long as the process
        self._timer = QTimer(self)
        self._timer.setInterval(_BEAT_MILLISECONDS)
        self._timer.timeout.connect(self._beat)
        threading.Thread(target=self._look, name="heartbeat", daemon=True).start()

    def start(self) -> None:
        """Count from now on."""
        self._beat_at = time.perf_counter()
        self._timer.start()

    def stop(self) -> None:
        """Count no longer."""
        self._timer.stop()
        self._beat_at = None

    def running(self) -> Counter[str]:
        """What was running while a beat was late, by how often it was seen: "module:function"."""
        self._seen.seek(0)
        threads = self._seen.read().split("\n\n")
        return Counter(place for place in map(_place, threads) if place)

    def _beat(self) -> None:
        now = time.perf_counter()
        if self._beat_at is not None:
            self.worst = max(self.worst, now - self._beat_at - _BEAT_MILLISECONDS / 1000)
        self._beat_at = now

    def _look(self) -> None:
        while True:
            time.sleep(_BEAT_MILLISECONDS / 1000)
            beat_at = self._beat_at
            if beat_at is not None and time.perf_counter() - beat_at > _LATE_SECONDS:
                faulthandler.dump_traceback(self._seen, all_threads=True)
                self._seen.write("\n")
                self._seen.flush()


def _place(thread: str) -> str:
    """Module and function of the innermost frame of the project or a library; "" for one that waits."""
    for position, (path, function) in enumerate(_FRAME.findall(thread)):
        if position == 0 and function in _WAITING:
            return ""
        found = _OWN.fullmatch(path) or (_LIBRARY.fullmatch(path) if "site-packages" in path else None)
        if found:
            place = f"{found[1].replace('/', '.')}:{function}"
            return "" if place in _IDLE else "Qt itself" if place == _QT else place
    return ""
