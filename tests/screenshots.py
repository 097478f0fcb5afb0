"""Draws every view in every state, in both languages, light and dark, for eyes.

``python -m tests.screenshots [folder]``: needs no screen and no font of the system's. The pictures
are the same from run to run on one machine.
"""

import os
import sys
from collections.abc import Iterator
from itertools import product
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ["QT_SCALE_FACTOR"] = "1"

from PySide6.QtCore import QSize, Qt, QTimer
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.auth_state import AuthState, SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.lasting_singletons import keep_singletons
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme, new_application
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from tests.ui.states import CLOCK, STATES, HeldState, settings_of, wall_clock

SCHEMES = {"light": Qt.ColorScheme.Light, "dark": Qt.ColorScheme.Dark}
DEFAULT = QSize(1000, 680)
OTHER_MACHINES = (MachineKind.PERSONAL, MachineKind.KIOSK)
SHOWN_ON_EACH = (
    "sign-in",
    "sign-in-idle",
    "signing-in",
    "restoring",
    "covered",
    "profile",
    "profile-reconnecting",
    "profile-warned",
    "profile-long",
    "challenge-set-up",
    "two-step-set-up",
    "unavailable",
)
OTHER_SIZES = {"800x480": QSize(800, 480), "1366x768": QSize(1366, 768)}


class Photographer:
    """Takes one picture for each turn of the event loop, so that focus and layout have come to rest."""

    def __init__(self, application: QApplication, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._theme = Theme(application, bundled_font=True)
        self._translation = Translation(application, Language.ENGLISH)
        self._translation.add_qt_texts()
        self._windows: list[MainWindow] = []
        self._steps = self._pictures()
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)
        self.count = 0

    def start(self) -> None:
        """Begin; the application is left after the last picture."""
        self._timer.start()

    def _next(self) -> None:
        if next(self._steps, None) is None:
            self._timer.stop()
            self._application.quit()

    def _pictures(self) -> Iterator[bool]:
        for language in Language:
            self._translation.use(language)
            for scheme, value in SCHEMES.items():
                self._theme.use(value)
                for name, state in STATES.items():
                    yield from self._picture(f"{name}--{language.value}--{scheme}", state, DEFAULT)
            for size_name, size in OTHER_SIZES.items():
                self._theme.use(Qt.ColorScheme.Light)
                for name, state in STATES.items():
                    yield from self._picture(f"{name}--{language.value}--{size_name}", state, size)
                for machine, name in product(OTHER_MACHINES, SHOWN_ON_EACH):
                    picture = f"{name}--{language.value}--{size_name}--{machine.value}"
                    yield from self._picture(picture, STATES[name], size, machine)

    def _picture(
        self, name: str, state: AuthState, size: QSize, machine: MachineKind = MachineKind.SHARED
    ) -> Iterator[bool]:
        source = HeldState(SignedOut())
        window = MainWindow(
            source,
            settings=settings_of(machine),
            translation=self._translation,
            clock=lambda: CLOCK,
            wall_clock=wall_clock,
        )
        # A kiosk's window would take the whole screen, whatever the size.
        window.setWindowState(Qt.WindowState.WindowNoState)
        window.resize(size)
        window.show()
        window.activateWindow()
        source.become(state)
        yield True
        yield True
        for line in window.findChildren(ProgressLine):
            line.rest()
        window.grab().save(str(self._folder / f"{name}.png"))
        self.count += 1
        window.leave()
        window.close()
        window.deleteLater()


def main() -> int:
    """Draw all of them into the folder named on the command line."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "screenshots")
    folder.mkdir(parents=True, exist_ok=True)
    keep_singletons()
    application = new_application()
    application.setCursorFlashTime(0)
    application.setQuitOnLastWindowClosed(False)
    photographer = Photographer(application, folder)
    photographer.start()
    application.exec()
    print(f"{photographer.count} pictures in {folder}")  # noqa: T201  what this program is for
    return 0


if __name__ == "__main__":
    sys.exit(main())
