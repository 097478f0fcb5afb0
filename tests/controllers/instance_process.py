"""Programs that are nothing but a lock and a socket, for ``test_single_instance``.

    python -m tests.controllers.instance_process stand|hang|pairs [count]

``stand`` says "first" or "second"; the first says "raised" each time it is asked to, and ends in order when
its standard input closes. ``hang`` is first and never answers. ``pairs`` starts two at once, so many times,
and says what became of them as JSON.
"""

import json
import os
import sys
from collections import Counter
from threading import Thread

import PySide6.QtNetwork  # noqa: F401  the forked ones share what is loaded here
from PySide6.QtCore import QCoreApplication, QTimer

from ingenes_desktop.controllers.single_instance import SingleInstance
from ingenes_desktop.domain.settings import Settings

SETTINGS = Settings(
    region="us-east-1",
    user_pool_id="us-east-1_x",
    client_id="x",
    client_secret=None,
    identity_pool_id="us-east-1:x",
    filemaker_secret_name="x",
)
_LONGEST_MILLISECONDS = 20_000


def say(words: str) -> None:
    """One line on standard output."""
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def stand(*, hangs: bool = False) -> None:
    """One start, told on standard output."""
    application = QCoreApplication(sys.argv[:1])
    instance = SingleInstance(SETTINGS, os.environ)
    if not instance.stand():
        say("second")
        return
    instance.raise_asked.connect(lambda: say("raised"))
    instance.listen()
    say("first")
    if hangs:
        sys.stdin.read()
        return

    def wait() -> None:
        sys.stdin.read()
        QTimer.singleShot(0, application, application.quit)

    Thread(target=wait, daemon=True).start()
    application.exec()
    instance.release()


def pairs(count: int) -> None:
    """Two starts at once, ``count`` times; what each pair did is counted."""
    seen = Counter(" ".join(sorted(_pair())) for _ in range(count))
    say(json.dumps(seen))


def _pair() -> list[str]:
    reading, writing = os.pipe()
    gate, opening = os.pipe()
    children = []
    for _ in range(2):
        child = os.fork()
        if child == 0:
            os.close(opening)
            os.close(reading)
            os.read(gate, 1)  # until both are here
            os.write(writing, f"{_one_of_two()}\n".encode())
            os._exit(0)
        children.append(child)
    for end in (gate, opening, writing):
        os.close(end)
    with os.fdopen(reading, encoding="ascii") as said:
        words = said.read().split()
    return words + [f"status{os.waitpid(child, 0)[1]}" for child in children]


def _one_of_two() -> str:
    application = QCoreApplication(sys.argv[:1])
    instance = SingleInstance(SETTINGS, os.environ)
    if not instance.stand():
        return "second"
    raised: list[None] = []
    instance.raise_asked.connect(lambda: raised.append(None))
    instance.raise_asked.connect(lambda: QTimer.singleShot(20, application, application.quit))
    QTimer.singleShot(_LONGEST_MILLISECONDS, application, application.quit)
    # As behind the first paint: the second one comes before that.
    QTimer.singleShot(30, application, instance.listen)
    application.exec()
    instance.release()
    return f"first-raised-{len(raised)}"


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["stand"]:
            stand()
        case ["hang"]:
            stand(hangs=True)
        case ["pairs", count]:
            pairs(int(count))
        case _:
            sys.exit(__doc__)
