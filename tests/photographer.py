"""Takes pictures of the window in a process of its own, which ``tests/gallery.py`` starts.

``python -m tests.photographer FOLDER < NAMES``: one name of a picture on each line, all of the scale that
QT_SCALE_FACTOR says. Needs no screen and no font of the system's.
"""

import sys
from collections.abc import Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path

from PySide6.QtCore import QAbstractAnimation, QSize, Qt, QTimer
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui import profile_view, view
from ingenes_desktop.ui.help import about_page
from ingenes_desktop.ui.help.about_page import AboutPage
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.lasting_singletons import keep_singletons
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.motion import UnderWay
from ingenes_desktop.ui.theme.theme import Theme, new_application
from ingenes_desktop.ui.theme.tokens import SCHEMES
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from tests.pictures import LETTERS, SHEETS, Picture, every_picture
from tests.ui.pseudo_locale import pseudo_locale
from tests.ui.states import CLOCK, STATES, HeldState, settings_of, wall_clock

_TURNS = 100
"""Of the event loop at most until the window is still."""
_STILL = 4
"""Turns in which nothing moves."""


class Photographer:
    """Takes each picture in turns of the event loop, so that focus and layout have come to rest."""

    def __init__(self, application: QApplication, folder: Path, pictures: list[Picture]) -> None:
        self._application = application
        self._folder = folder
        self._pictures = pictures
        self._theme = Theme(application, bundled_font=True, text_scale=1.0)
        # Lines of letters are not moved to whole pixels: by how much differs with the system's font library.
        font = application.font()
        font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
        application.setFont(font)
        self._translation = Translation(application, Language.ENGLISH)
        self._translation.add_what_can_wait()
        self._steps = self._take_all()
        self._timer = QTimer()
        self._timer.timeout.connect(self._next)

    def start(self) -> None:
        """Begin; the application is left after the last picture."""
        self._timer.start()

    def _next(self) -> None:
        if next(self._steps, None) is None:
            self._timer.stop()
            self._application.quit()

    def _take_all(self) -> Iterator[bool]:
        for picture in self._pictures:
            self._translation.use(Language.SPANISH if picture.speech == "es" else Language.ENGLISH)
            self._theme.wear(SCHEMES[picture.scheme])
            with self._speaking(picture):
                yield from self._take(picture)

    def _speaking(self, picture: Picture) -> AbstractContextManager[None]:
        return pseudo_locale(self._application) if picture.speech == "pseudo" else nullcontext()

    def _take(self, picture: Picture) -> Iterator[bool]:
        source = HeldState(SignedOut())
        window = MainWindow(
            source,
            settings=settings_of(picture.machine),
            translation=self._translation,
            clock=lambda: CLOCK,
            wall_clock=wall_clock,
        )
        # A kiosk's window would take the whole screen, whatever the size.
        window.setWindowState(Qt.WindowState.WindowNoState)
        width, height = picture.size
        window.resize(QSize(width * 100 // picture.percent, height * 100 // picture.percent))
        settled: list[bool] = []
        window.settled.connect(lambda: settled.append(True))
        window.show()
        window.activateWindow()
        # What is made behind the first paint stands before anything is shown over it.
        while not settled:
            yield True
        if picture.shown in SHEETS:
            yield from show_sheet(window, picture.shown)
        else:
            source.become(STATES[picture.shown])
        for _ in still_turns(window):
            yield True
        bring_to_rest(window)
        window.grab().save(str(self._folder / f"{picture.name}.png"))
        window.leave()
        window.close()
        window.deleteLater()


def still_turns(window: MainWindow) -> Iterator[bool]:
    """Turns of the event loop until the window has the focus and nothing in it has moved for a while."""
    before, still = "", 0
    for _ in range(_TURNS):
        yield True
        widgets = [each for each in window.findChildren(QWidget) if each.isVisible()]
        now = f"{window.isActiveWindow()} {[each.geometry().getRect() for each in widgets]}"
        still = still + 1 if now == before and window.isActiveWindow() else 0
        before = now
        if still == _STILL:
            break


def show_sheet(window: MainWindow, name: str) -> Iterator[bool]:
    """Lay the help, or what the application is made of, over the form."""
    while window.help_desk is None:
        yield True
    window.help_desk.open()
    sheet = window.help_desk.sheet
    assert sheet is not None
    if name == "about":
        sheet.turn_to(AboutPage())
    # Rows are made in several turns, and no picture is taken before the last.
    while any(timer.isActive() and timer.interval() == 0 for timer in sheet.findChildren(QTimer)):
        yield True


def bring_to_rest(window: MainWindow) -> None:
    """Show what is said after a moment, and nothing half drawn."""
    for line in window.findChildren(ProgressLine):
        line.rest()
    for under_way in window.findChildren(UnderWay):
        under_way.rest()
    for animation in window.findChildren(QAbstractAnimation):
        animation.stop()


def letters() -> QImage:
    """Letters and shapes without a window: drawn otherwise, they show that the machine draws otherwise."""
    image = QImage(420, 120, QImage.Format.Format_RGB32)
    image.fill(QColor("#ffffff"))
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    font = QFont(QApplication.font())
    for line, (size, weight) in enumerate(((13, 400), (15, 600), (26, 600)), 1):
        font.setPixelSize(size)
        font.setWeight(QFont.Weight(weight))
        painter.setFont(font)
        painter.drawText(8, 32 * line, "Iniciar sesión, ¿olvidó? 0123456789")
    painter.setPen(QColor("#0c6a70"))
    painter.drawEllipse(360, 8, 41, 33)
    painter.end()
    return image


def main() -> int:
    """Take the pictures whose names come in, into the folder named on the command line."""
    wanted = set(sys.stdin.read().split())
    pictures = [picture for picture in every_picture(tuple(STATES)) if picture.name in wanted]
    keep_singletons()
    # What stands in each picture would change each of them with every version.
    for module in (about_page, profile_view, view):
        vars(module)["__version__"] = "1.0.0"
    application = new_application()
    application.setCursorFlashTime(0)
    application.setQuitOnLastWindowClosed(False)
    photographer = Photographer(application, Path(sys.argv[1]), pictures)
    if LETTERS in wanted:
        letters().save(str(Path(sys.argv[1], f"{LETTERS}.png")))
    photographer.start()
    application.exec()
    return 0


if __name__ == "__main__":
    sys.exit(main())
