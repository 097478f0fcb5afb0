"""A fresh process without a window, for ``test_fresh_process``: writes what it was told, and what it holds.

python -m tests.controllers.successor_process paint|stay|die|go REPORT
"""

import json
import os
import sys
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QTimer

from ingenes_desktop.controllers.fresh_process import Predecessor
from ingenes_desktop.domain.errors import Problem

_LONGEST_MILLISECONDS = 10_000


def words(problem: Problem | None) -> list[str] | None:
    """A problem as JSON takes it."""
    return None if problem is None else [problem.code.value, problem.reference]


def main(deed: str, report: Path) -> int:
    """Be the successor; the exit status."""
    if deed in {"die", "go"}:
        return 1 if deed == "die" else 0
    # One more is open while the folder is read: the folder itself.
    handles = sorted(int(path.name) for path in Path("/proc/self/fd").iterdir())[:-1]
    application = QCoreApplication(sys.argv[:1])
    predecessor = Predecessor()
    told: dict[str, object] = {
        "reason": words(predecessor.reason()),
        "handles": handles,
        "environment": dict(os.environ),
        "arguments": sys.argv[1:],
    }

    def hear(problem: Problem) -> None:
        told["untold"] = words(problem)
        end()

    def end() -> None:
        print("what is written later harms nobody", flush=True)  # noqa: T201  that is what is tested
        report.with_suffix(".new").write_text(json.dumps(told))
        report.with_suffix(".new").rename(report)
        application.quit()

    predecessor.untold.connect(hear)
    QTimer.singleShot(1500 if deed == "paint" else _LONGEST_MILLISECONDS, application, end)
    if deed == "paint":
        predecessor.say_painted()
    application.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1], Path(sys.argv[2])))
