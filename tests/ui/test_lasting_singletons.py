"""A process that lives long does not run out of references to None and True."""

import subprocess
import sys

EMIT_OFTEN = """
from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal
from ingenes_desktop.ui.lasting_singletons import keep_singletons
{keep}
class Bell(QObject):
    rung = Signal()
application = QCoreApplication([])
bell = Bell()
for _ in range(20_000):
    bell.rung.emit()
    QTimer(bell, interval=5)
"""


def test_signals_can_be_emitted_for_ever() -> None:
    # In a process of its own, with the offscreen platform: a lost reference ends the whole interpreter.
    done = subprocess.run(
        [sys.executable, "-c", EMIT_OFTEN.format(keep="keep_singletons()")],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, "")
