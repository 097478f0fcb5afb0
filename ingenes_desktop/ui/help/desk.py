"""Opens the help over whatever is shown, and takes it away; the keys for that. Behind the first paint."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.auth_state import AuthState, SignedIn, SigningOut
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.ui.mnemonics import Mnemonics
from ingenes_desktop.ui.shortcuts import HELP, LANGUAGE, LEAVE, add_shortcuts

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from ingenes_desktop.ui.help.page import Page
    from ingenes_desktop.ui.main_window import MainWindow
    from ingenes_desktop.ui.sheet import Sheet
    from ingenes_desktop.ui.view import View


class HelpDesk(QObject):
    """One sheet at a time over ``beneath``. UI thread only."""

    turned = Signal()
    """What is shown has another title."""
    language_chosen = Signal(object)
    """A Language was picked from the sheet's menu."""

    def __init__(
        self,
        window: "MainWindow",
        beneath: "QWidget",
        machine: MachineKind,
        say: Callable[[str], None],
        shown: "Callable[[], tuple[View | None, AuthState | None]]",
    ) -> None:
        """``say`` hands words to a screen reader; ``shown`` tells the view on screen and its state."""
        super().__init__(window)
        self._window = window
        self._beneath = beneath
        self._machine = machine
        self._say = say
        self._shown = shown
        self._sheet: Sheet | None = None
        window.room_changed.connect(self._cover)
        window.help_requested.connect(self.open)
        keys: dict[str, Callable[[], object]] = {HELP: self.open, LANGUAGE: self.open_languages}
        if machine is not MachineKind.KIOSK:
            # A kiosk is left by nobody.
            keys[LEAVE] = window.leave
        add_shortcuts(window, keys)
        self._mnemonics = Mnemonics(window)

    @property
    def sheet(self) -> "Sheet | None":
        """What is open."""
        return self._sheet

    @property
    def title(self) -> str:
        """The heading of what is shown; empty where nothing is."""
        return "" if self._sheet is None else self._sheet.title

    def open(self) -> None:
        """Show the help; the entry of what is wrong on the screen stands first.

        Not over the warning before the idle sign-out, nor while a session is being left.
        """
        from ingenes_desktop.ui.help.help_page import HelpPage  # noqa: PLC0415  when it is asked for
        from ingenes_desktop.ui.sheet import Sheet  # noqa: PLC0415  likewise

        _view, state = self._shown()
        if isinstance(state, SigningOut) or (isinstance(state, SignedIn) and state.countdown is not None):
            return
        # Whoever asks is there, were it without a key or a click (a screen reader).
        self._window.stay_requested.emit()
        if self._sheet is None:
            sheet = self._sheet = Sheet(self._window.ground, self._beneath)
            sheet.closed.connect(self._closed)
            sheet.turned.connect(self.turned)
            sheet.turned_to.connect(self._introduce)
            sheet.language_chosen.connect(self.language_chosen)
            sheet.open(HelpPage(self._machine, _problem_of(state)), self._window.room)
        elif not isinstance(self._sheet.page, HelpPage):
            self._sheet.go_to_first()

    def close(self) -> None:
        """Take it away, if it is there; what lies beneath has the focus again."""
        if self._sheet is not None:
            self._sheet.close_sheet()

    def open_languages(self) -> None:
        """Offer the languages, on the sheet where there is one."""
        view, _state = self._shown()
        if self._sheet is not None and view is not None:
            self._sheet.open_languages(view.language)
        elif view is not None and view.language_menu.isEnabled():
            view.language_menu.open()

    def _introduce(self, page: "Page") -> None:
        page.said.connect(self._say)
        for words in page.introduction():
            self._say(words)

    def _cover(self, _room: object) -> None:
        if self._sheet is not None:
            self._sheet.cover(self._window.room)

    def _closed(self) -> None:
        self._sheet = None
        self.turned.emit()


def _problem_of(state: AuthState | None) -> Problem | None:
    """What is said to be wrong on the screen: of the panel, of the view, or in a calm word."""
    panel = getattr(state, "panel", None)
    for holder, name in ((panel, "problem"), (state, "problem"), (state, "notice")):
        problem = getattr(holder, name, None)
        if isinstance(problem, Problem):
            return problem
    return None
