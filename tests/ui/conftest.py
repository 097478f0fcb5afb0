"""The window over a source of states that a test holds in its hand."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field

import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import AuthState, SignedOut
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme
from tests.ui.states import CLOCK, HeldState, settings_of, wall_clock


class ManualClock:
    """Stands still until a test moves it."""

    def __init__(self) -> None:
        self.now = CLOCK

    def __call__(self) -> float:
        return self.now


@dataclass
class Shown:
    """A window on screen, and what a test wants to hold of it."""

    window: MainWindow
    source: HeldState
    clock: ManualClock
    translation: Translation
    spoken: list[tuple[str, bool]] = field(default_factory=list)
    previews: list[bool] = field(default_factory=list)
    """Whether the task bar may show a picture of the window, each time that it was told."""

    @property
    def view(self) -> QWidget:
        view = self.window.shown_view
        assert view is not None
        return view

    def become(self, state: AuthState) -> None:
        self.source.become(state)

    def field(self, label: str) -> QLineEdit:
        """The field that a visible label names."""
        labels = [each for each in self.view.findChildren(QLabel) if each.text() == label]
        buddies = [each.buddy() for each in labels if each.buddy() is not None and each.isVisible()]
        assert len(buddies) == 1, f"{len(buddies)} fields called {label!r}"
        edit = buddies[0]
        assert isinstance(edit, QLineEdit)
        return edit

    def fields(self) -> list[QLineEdit]:
        """All fields on screen."""
        return [each for each in self.view.findChildren(QLineEdit) if each.isVisible()]

    def button(self, text: str) -> QPushButton:
        """The button or link with these words."""
        found = [
            each for each in self.view.findChildren(QPushButton) if each.isVisible() and each.text() == text
        ]
        assert len(found) == 1, f"{len(found)} buttons called {text!r}"
        return found[0]

    def words(self) -> list[str]:
        """Every text on screen."""
        return [each.text() for each in self.view.findChildren(QLabel) if each.isVisible() and each.text()]

    def focus(self) -> QWidget:
        """Where the next key goes."""
        widget = self.window.focusWidget()
        assert widget is not None
        return widget


@pytest.fixture
def translation(qapp: QApplication) -> Iterator[Translation]:
    translation = Translation(qapp, Language.ENGLISH)
    yield translation
    translation.use(Language.ENGLISH)


@pytest.fixture
def show(qtbot: QtBot, theme: Theme, translation: Translation) -> Iterator[Callable[..., Shown]]:
    """Open a window in a state; ``language`` and ``settings`` as wanted."""
    _ = theme
    # Held until qtbot has closed them: a window that a test has let go of would be collected in the midst
    # of its own layout, as soon as one of our layouts (they are Python) makes an object. And then gone:
    # nobody dresses, in the next test's looks, what was closed.
    windows: list[MainWindow] = []

    def open_window(
        state: AuthState | None = None,
        *,
        language: Language = Language.ENGLISH,
        settings: Settings | None = None,
    ) -> Shown:
        translation.use(language)
        source = HeldState(SignedOut())
        clock = ManualClock()
        spoken: list[tuple[str, bool]] = []
        previews: list[bool] = []
        window = MainWindow(
            source,
            settings=settings or settings_of(),
            translation=translation,
            clock=clock,
            announce=lambda _window, text, urgent: spoken.append((text, urgent)),
            wall_clock=wall_clock,
            show_icon_only=lambda _window, icon_only: previews.append(not icon_only),
        )
        qtbot.addWidget(window)
        windows.append(window)
        with qtbot.waitExposed(window):
            window.show()
        if state is not None:
            source.become(state)
        return Shown(window, source, clock, translation, spoken, previews)

    yield open_window
    windows.clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
