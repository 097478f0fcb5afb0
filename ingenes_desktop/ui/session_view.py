"""What the views of a session share: the warning before the idle sign-out lies over each."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.messages import is_calm, sentence
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.idle_warning import IdleWarning

_LAST_WORD = 10
"""Seconds before the end at which a screen reader tells once more."""


class SessionView(View):
    """Draws SignedIn, or a panel of it. A subclass calls :meth:`draw_session` at the end of its ``draw``."""

    WISHES: tuple[str, ...] = ("sign_out_requested", "stay_requested")
    sign_out_requested = Signal()
    stay_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock, parent: QWidget | None = None) -> None:
        super().__init__(settings, clock, parent)
        self._countdown: int | None = None
        self._focus_before: QWidget | None = None
        self._told: Problem | None = None
        self._warning = IdleWarning(settings.session.countdown, self)
        self._warning.stay_requested.connect(self.stay_requested)
        self._warning.sign_out_requested.connect(self.sign_out_requested)
        self._warning.ended.connect(self._give_the_focus_back)

    def draw_session(self, state: SignedIn, problem: Problem | None = None) -> None:
        """Show the notice and the countdown of ``state``; have a ``problem`` that is new read out."""
        self.show_notice(state.notice)
        told, self._told = self._told, problem
        if problem is not None and problem != told:
            (self.announced if is_calm(problem) else self.warned).emit(sentence(problem))
        before, self._countdown = self._countdown, state.countdown
        self._warn_of_the_end(before, state.countdown)

    def focus_on(self, widget: QWidget) -> None:
        """Give ``widget`` the focus: now, or when the warning has gone."""
        if self.is_warning:
            self._focus_before = widget
        else:
            widget.setFocus()

    def go_back(self) -> None:
        """The person pressed Escape, and no warning was there to be answered with it."""

    @property
    def is_warning(self) -> bool:
        """Whether the warning lies over the view."""
        return not self._warning.isHidden()

    def leave(self) -> None:
        """Take the warning away."""
        super().leave()
        self._countdown = None
        self._told = None
        self._end_warning()

    def cover(self) -> None:
        """Take the warning away until the next draw."""
        super().cover()
        self._countdown = None
        self._end_warning()

    def escape(self) -> None:
        """Escape goes back; while the warning is there it only says that somebody is."""
        if not self.is_warning:
            self.go_back()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self._warning.retranslate()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The warning covers all of the view."""
        super().resizeEvent(event)
        self._warning.setGeometry(self.rect())

    def _warn_of_the_end(self, before: int | None, seconds: int | None) -> None:
        """Count over the view; a screen reader tells at the beginning, and once more near the end."""
        if seconds is None:
            self._warning.end()
            return
        if not self.is_warning:
            self._focus_before = self.focusWidget()
            # What lies below the warning takes no keys.
            self.card.setEnabled(False)
        self._warning.count(seconds)
        if before is None or before > _LAST_WORD >= seconds:
            self.warned.emit(self._warning.words())

    def _give_the_focus_back(self) -> None:
        focus = self._focus_before or self
        self._end_warning()
        focus.setFocus()

    def _end_warning(self) -> None:
        self._warning.hide()
        self.card.setEnabled(True)
        self._focus_before = None
