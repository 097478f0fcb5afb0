"""Every view in every state at every size: nothing is cut, nothing overlaps, and little is scrolled."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from fnmatch import fnmatchcase

import pytest
from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QApplication
from pytestqt.exceptions import TimeoutError as StillSo
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.help.about_page import AboutPage
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme
from tests.ui.layout_faults import faults_of, scrolls, settle
from tests.ui.pseudo_locale import pseudo_locale
from tests.ui.states import CLOCK, STATES, HeldState, settings_of, wall_clock

SIZES = (
    (800, 480),
    (480, 800),
    (1000, 680),
    (1366, 768),
    (683, 384),
    (546, 307),
    (3840, 2160),
    (320, 480),
)
LANGUAGES = ("es", "en", "pseudo")
PLAIN_SIZES = ((1000, 680), (1366, 768))
"""Where no view is scrolled but those of SCROLLED."""
SMALL_SIZES = ((800, 480), (480, 800))
"""Where none of FITTING is scrolled."""
SCROLLED = ("challenge-set-up*", "two-step-set-up*", "new-password-m*")
FITTING = (
    "sign*",
    "cover*",
    "restoring*",
    "profile*",
    "reset*",
    "password-changed",
    "challenge-app*",
    "challenge-sms*",
    "challenge-email*",
    "challenge-choose*",
    "new-password",
    "new-password-refused",
    "new-password-busy",
    "confirm*",
)


def matches(name: str, patterns: tuple[str, ...]) -> bool:
    return any(fnmatchcase(name, pattern) for pattern in patterns)


WIDE_FONT = "DejaVu Sans"
"""About 12 % wider than the bundled one; many a Linux desktop has it."""
_PATIENCE_MILLISECONDS = 500
_ENOUGH = 5
"""Faults after which no more patience is shown."""


class Walk:
    """One window, led through states, languages and sizes, and what was found on the way."""

    def __init__(
        self,
        application: QApplication,
        translation: Translation,
        machine: MachineKind,
        wait: Callable[[Callable[[], bool]], None],
    ) -> None:
        """``wait`` gives the event loop its turns until something is so, or a while is over."""
        self._application = application
        self._wait = wait
        self._translation = translation
        self.source = HeldState(SignedOut())
        self.window = MainWindow(
            self.source,
            settings=settings_of(machine),
            translation=translation,
            clock=lambda: CLOCK,
            wall_clock=wall_clock,
        )
        # A kiosk's window would take the whole screen, whatever the size.
        self.window.setWindowState(Qt.WindowState.WindowNoState)
        self.found: dict[str, list[str]] = {}
        """Each fault, and where."""

    def look(
        self,
        size: tuple[int, int],
        names: list[str],
        languages: tuple[str, ...] = LANGUAGES,
        *,
        must_fit: bool = True,
    ) -> None:
        self.window.resize(QSize(*size))
        self.window.show()
        for language in languages:
            with ExitStack() as stack:
                self._translation.use(Language.SPANISH if language == "es" else Language.ENGLISH)
                if language == "pseudo":
                    stack.enter_context(pseudo_locale(self._application))
                for name in names:
                    self.source.become(STATES[name])
                    settle()
                    where = f"{name}--{language}--{size[0]}x{size[1]}"
                    fits = must_fit and language != "pseudo" and is_promised_to_fit(name, size)
                    if self._faults(must_fit=fits) and len(self.found) < _ENOUGH:
                        self._wait(lambda fits=fits: not self._faults(must_fit=fits))  # type: ignore[misc]  # now
                    for fault in self._faults(must_fit=fits):
                        self.found.setdefault(fault, []).append(where)

    def _faults(self, *, must_fit: bool) -> list[str]:
        return [*faults_of(self.window), *(["is scrolled"] if must_fit and scrolls(self.window) else [])]

    def told(self) -> str:
        """Every fault once, with where it was seen."""
        return "\n".join(
            f"{fault}\n    {len(places)}: {', '.join(places[:3])}" for fault, places in self.found.items()
        )


def is_promised_to_fit(name: str, size: tuple[int, int]) -> bool:
    if size in SMALL_SIZES:
        return matches(name, FITTING)
    return size in PLAIN_SIZES and not matches(name, SCROLLED)


@pytest.fixture
def dressed(qapp: QApplication) -> Iterator[Callable[..., None]]:
    """Dress the application for a text size, or in another font, until the test ends."""
    font, palette = qapp.font(), qapp.palette()
    themes: list[Theme] = []

    def dress(*, text_scale: float = 1.0, family: str | None = None, stretch: int = 100) -> None:
        themes.append(Theme(qapp, bundled_font=True, text_scale=text_scale))
        chosen = qapp.font()
        if family is not None:
            chosen.setFamilies([family])
        chosen.setStretch(stretch)
        qapp.setFont(chosen)

    yield dress
    for theme in themes:
        theme.stop_following()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def walk(
    qapp: QApplication, qtbot: QtBot, dressed: Callable[..., None], translation: Translation
) -> Iterator[Callable[..., Walk]]:
    """Begin a walk; whatever ``dressed`` is told must have been said before."""
    dressed()
    walks: list[Walk] = []

    def wait(for_what: Callable[[], bool]) -> None:
        with suppress(StillSo):
            qtbot.waitUntil(for_what, timeout=_PATIENCE_MILLISECONDS)

    def begin(machine: MachineKind = MachineKind.SHARED) -> Walk:
        walks.append(Walk(qapp, translation, machine, wait))
        return walks[-1]

    yield begin
    for each in walks:
        each.window.leave()
        each.window.close()
        each.window.deleteLater()


def named(size: tuple[int, int]) -> str:
    return f"{size[0]}x{size[1]}"


def spoken_at(size: tuple[int, int]) -> tuple[str, ...]:
    """A button's words stay on one line, and 180 % of some have no room on 320 pixels."""
    return LANGUAGES if size[0] > 320 else ("es", "en")


@pytest.mark.parametrize("size", SIZES, ids=named)
def test_nothing_is_cut_and_nothing_overlaps(size: tuple[int, int], walk: Callable[..., Walk]) -> None:
    seen = walk()
    seen.look(size, list(STATES), spoken_at(size))
    assert not seen.found, seen.told()


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.KIOSK], ids=lambda kind: kind.value)
@pytest.mark.parametrize("size", [*SMALL_SIZES, (683, 384)], ids=named)
def test_nor_on_another_machine(
    size: tuple[int, int], machine: MachineKind, walk: Callable[..., Walk]
) -> None:
    seen = walk(machine)
    seen.look(size, list(STATES), spoken_at(size)[::2])
    assert not seen.found, seen.told()


@pytest.mark.parametrize(
    ("text_scale", "size"),
    [(1.5, (800, 480)), (1.5, (480, 800)), (1.5, (1366, 768)), (2.0, (1366, 768))],
    ids=str,
)
def test_nor_where_the_system_enlarges_the_text(
    text_scale: float, size: tuple[int, int], walk: Callable[..., Walk], dressed: Callable[..., None]
) -> None:
    dressed(text_scale=text_scale)
    seen = walk()
    seen.look(size, list(STATES), ("es", "en"), must_fit=False)
    assert not seen.found, seen.told()


@pytest.mark.parametrize("size", [*SMALL_SIZES, *PLAIN_SIZES, (683, 384)], ids=named)
def test_nor_in_a_wide_font(
    size: tuple[int, int], walk: Callable[..., Walk], dressed: Callable[..., None]
) -> None:
    if WIDE_FONT in QFontDatabase.families():
        dressed(family=WIDE_FONT)
    else:
        dressed(stretch=120)
    seen = walk()
    seen.look(size, list(STATES), ("es", "en"), must_fit=False)
    assert not seen.found, seen.told()


@pytest.mark.parametrize("size", SIZES, ids=named)
@pytest.mark.parametrize("language", ["es", "pseudo"])
def test_nor_in_the_help(
    size: tuple[int, int], language: str, walk: Callable[..., Walk], qtbot: QtBot
) -> None:
    seen = walk()
    seen.look(size, ["sign-in"], (language,))
    qtbot.waitUntil(lambda: seen.window.help_desk is not None)
    assert seen.window.help_desk is not None
    seen.window.help_desk.open()
    seen.look(size, ["sign-in"], (language,), must_fit=False)
    assert not seen.found, seen.told()
    sheet = seen.window.help_desk.sheet
    assert sheet is not None
    sheet.turn_to(AboutPage())
    seen.look(size, ["sign-in"], (language,), must_fit=False)
    assert not seen.found, seen.told()
