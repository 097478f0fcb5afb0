"""A kiosk's people, one after the other: each signs in and gives the place up, each in a fresh process.

    python -m tests.kiosk_person FOLDER NUMBER LAST [--successor]

is the real application with the policy, log and reports in FOLDER, used by real keys and clicks. It passes
itself on as the successor's command, one NUMBER higher; the LAST one stays signed in until the system asks it
to end. Each writes ``NUMBER.json`` when its event loop has ended: what it had loaded, and when things
happened (seconds of the machine's monotonic clock).

Files that change this: ``no-successor`` (the command names no program), ``dies`` and ``stumbles`` (what it
names dies, always or the first time), ``goes-away`` (nobody signs out), and ``reads`` (the LAST one reads
what the form says, and does not sign in).
"""

import gc
import json
import os
import sys
import time
from pathlib import Path

from ingenes_desktop.adapters.environment import scrub_environment

gc.disable()  # as __main__ does
scrub_environment(os.environ)

from PySide6.QtCore import QObject, Qt, QTimer  # noqa: E402  after the environment
from PySide6.QtTest import QTest  # noqa: E402  likewise
from PySide6.QtWidgets import QAbstractButton, QLineEdit, QMainWindow  # noqa: E402  likewise

from ingenes_desktop.adapters.left_behind import leave  # noqa: E402  likewise
from ingenes_desktop.adapters.policy_file import JsonPolicyFile  # noqa: E402  likewise
from ingenes_desktop.app import run  # noqa: E402  likewise
from ingenes_desktop.domain.auth_state import AuthState, SignedIn, SignedOut  # noqa: E402  likewise
from ingenes_desktop.ui.main_window import MainWindow  # noqa: E402  likewise

SUCCESSOR = "--successor"
KEYRINGS = ("keyring", "secretstorage")
WAYS_OUT = ("Cambiar de usuario", "Cerrar sesión")
NO_HAND = ""
STUMBLE = """
import os, pathlib, sys
if not pathlib.Path(sys.argv[1]).exists():
    pathlib.Path(sys.argv[1]).touch()
    sys.exit(1)
os.execv(sys.executable, [sys.executable, *sys.argv[2:]])
"""
_LOOK_MILLISECONDS = 20
_LONGEST_MILLISECONDS = 30_000


class Person(QObject):
    """Uses one window: signs in as soon as the form is there, and leaves as soon as the name is."""

    def __init__(
        self,
        window: QMainWindow,
        username: str,
        password: str,
        way_out: str | None,
        here: Path,
        *,
        reads: bool,
    ) -> None:
        super().__init__(window)
        assert isinstance(window, MainWindow)
        self._window = window
        self._username, self._password, self._way_out = username, password, way_out
        self._here = here
        self.moments: dict[str, float] = {}
        self.seen: list[str] = []
        self.problem = ""
        self.notice = ""
        window.painted.connect(self._painted if reads else self._sign_in)
        looks = QTimer(self, interval=_LOOK_MILLISECONDS)
        looks.timeout.connect(self._look)
        looks.start()
        QTimer.singleShot(_LONGEST_MILLISECONDS, self, lambda: os._exit(3))

    def _painted(self) -> None:
        self.moments["painted"] = time.monotonic()
        self._note(self._state)

    def _sign_in(self) -> None:
        self._painted()
        password, email = sorted(
            self._window.login.findChildren(QLineEdit), key=lambda field: field.echoMode().value, reverse=True
        )
        QTest.keyClicks(email, self._username)
        QTest.keyClicks(password, self._password)
        self._click("Iniciar sesión")

    def _look(self) -> None:
        state = self._state
        self._note(state)
        if isinstance(state, SignedIn) and "signed in" not in self.moments:
            self.moments["signed in"] = time.monotonic()
            QTimer.singleShot(0, self, self._leave)
        elif isinstance(state, SignedOut) and "left" in self.moments:
            self._here.touch()  # nobody came: the form is here again
        elif self.notice or (self.problem and "signed in" not in self.moments):
            self._here.touch()

    def _leave(self) -> None:
        self.moments["left"] = time.monotonic()
        if self._way_out == NO_HAND:
            pass
        elif self._way_out is None:
            self._here.touch()  # the system may ask
        else:
            self._click(self._way_out)

    @property
    def _state(self) -> AuthState | None:
        return self._window._state

    def _note(self, state: AuthState | None) -> None:
        name = type(state).__name__
        if self.seen[-1:] != [name]:
            self.seen.append(name)
        if isinstance(state, SignedOut):
            self.problem = state.problem.code.value if state.problem else self.problem
            self.notice = state.notice.code.value if state.notice else self.notice

    def _click(self, text: str) -> None:
        (button,) = (
            button
            for button in self._window.findChildren(QAbstractButton)
            if button.text().replace("&", "") == text and button.isVisible()
        )
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def successor(folder: Path, *arguments: str) -> list[str]:
    """The command of the next one."""
    if (folder / "no-successor").exists():
        return [str(folder / "missing")]
    if (folder / "dies").exists():
        return [sys.executable, "-c", "raise SystemExit(1)"]
    if (folder / "stumbles").exists():
        return [sys.executable, "-c", STUMBLE, str(folder / "stumbled"), *arguments]
    return [sys.executable, *arguments]


def main(folder: Path, number: int, last: int, *, follows: bool) -> int:
    """One process of the row; the exit status."""
    people = json.loads((folder / "people.json").read_text())
    username, password = people[number % len(people)]
    way_out = None if number == last else WAYS_OUT[number % len(WAYS_OUT)]
    if number != last and (folder / "goes-away").exists():
        way_out = NO_HAND
    reads = number == last and (folder / "reads").exists()
    here = folder / f"{number}.here"
    command = successor(
        folder, "-m", "tests.kiosk_person", str(folder), str(number + 1), str(last), SUCCESSOR
    )
    persons: list[Person] = []
    status = run(
        sys.argv[:1],
        os.environ,
        on_window=lambda window: persons.append(
            Person(window, username, password, way_out, here, reads=reads)
        ),
        policy=JsonPolicyFile(folder / "policy.json"),
        log_folder=folder / "log",
        successor=command,
        follows=follows,
    )
    report = {
        "process": os.getpid(),
        "status": status,
        "keyring": sorted(name for name in sys.modules if name.partition(".")[0] in KEYRINGS),
        "moments": persons[0].moments,
        "seen": persons[0].seen,
        "problem": persons[0].problem,
        "notice": persons[0].notice,
    }
    unfinished = folder / f"{number}.new"
    unfinished.write_text(json.dumps(report))
    unfinished.rename(folder / f"{number}.json")
    return status


if __name__ == "__main__":
    leave(main(Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3]), follows=SUCCESSOR in sys.argv))
