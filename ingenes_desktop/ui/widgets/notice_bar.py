"""The one place of a form for what went wrong, or is over."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.ui.painting import circle, draw_lines, fill, rounded
from ingenes_desktop.ui.theme.theme import colors_of, set_role
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from ingenes_desktop.ui.widgets.countdown import Clock, Countdown

_MARK = 18


class NoticeBar(QWidget):
    """Draws one problem in words, or news, or nothing; its room is always kept.

    What is nobody's error (messages.is_calm) is said in a calm tone, under another mark. A problem with
    a wait counts its seconds down and takes itself away at the end. The button of the form stays
    enabled: the far end decides, not this clock.
    """

    expired = Signal()
    """A wait is over, and its sentence is gone."""

    def __init__(self, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._problem: Problem | None = None
        self._is_calm = False
        self._is_silent = False
        self._is_away = False
        self._news = ""
        self._clock = clock
        self._words = PlainLabel("bar-error", self, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(Space.MEDIUM + _MARK + Space.SMALL, 0, Space.MEDIUM, 0)
        row.addWidget(self._words)
        self.setFixedHeight(Size.NOTICE)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    @property
    def text(self) -> str:
        """The sentence on screen, or ""."""
        return self._words.text()

    def show_problem(self, problem: Problem | None) -> None:
        """Draw ``problem``; the same one again changes nothing but the language of its words."""
        if problem != self._problem:
            if self._waits:
                self._countdown.stop()
            self._problem = problem
            if problem is not None and problem.wait_seconds is not None:
                self._countdown.start(problem.wait_seconds)
        self.retranslate()

    def show_news(self, words: str) -> None:
        """Draw good news in a calm tone while there is no problem; "" takes them back."""
        self._news = words
        self.retranslate()

    def silence(self, silent: bool) -> None:
        """Say nothing of the problem for the time being: it is not this person's. Its wait goes on."""
        if silent != self._is_silent:
            self._is_silent = silent
            self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the present language; those of the news are the view's."""
        problem = self._problem
        if self._is_away:
            # The clinic's own words may name somebody, and what is hidden can still be read.
            self._words.setText("")
        elif problem is None:
            if self._news:  # else as it was: a change of style is not for the first paint
                self._is_calm = True
                set_role(self._words, "bar-notice")
            self._words.setText(self._news)
        elif self._is_silent or (self._waits and self._countdown.remaining == 0):
            self._words.setText("")
        else:
            seconds = self._countdown.remaining if self._waits else None
            from ingenes_desktop.ui.messages import is_calm, sentence  # noqa: PLC0415  not before the first paint

            self._is_calm = is_calm(problem)
            set_role(self._words, "bar-notice" if self._is_calm else "bar-error")
            self._words.setText(sentence(problem, seconds=seconds))
        self.update()

    def hideEvent(self, event: "QHideEvent") -> None:
        """Hold no words; a wait goes on."""
        super().hideEvent(event)
        self._is_away = True
        self.retranslate()

    def showEvent(self, event: "QShowEvent") -> None:
        """Say again what there is to say."""
        super().showEvent(event)
        if self._is_away:
            self._is_away = False
            self.retranslate()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the ground and the mark, where there is something to say."""
        if not self.text:
            return
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = (
            (colors.notice, colors.notice_ground) if self._is_calm else (colors.error, colors.error_ground)
        )
        fill(painter, rounded(QRectF(self.rect()), Radius.CONTROL), ground)
        mark = QRectF(Space.MEDIUM, (self.height() - _MARK) / 2, _MARK, _MARK)
        fill(painter, circle(mark), ink)
        # An "i", and upside down an exclamation mark.
        middle, up = mark.center(), -1 if self._is_calm else 1
        stem = [middle + QPointF(0, -4.2 * up), middle + QPointF(0, 0.8 * up)]
        draw_lines(painter, stem, 2.0, ground)
        fill(painter, circle(QRectF(middle.x() - 1, middle.y() + 4.2 * up - 1, 2, 2)), ground)

    @property
    def _waits(self) -> bool:
        return self._problem is not None and self._problem.wait_seconds is not None

    @cached_property
    def _countdown(self) -> "Countdown":
        from ingenes_desktop.ui.widgets.countdown import Countdown  # noqa: PLC0415  few problems have a wait

        countdown = Countdown(self._clock, self)
        countdown.ticked.connect(self._tick)
        return countdown

    def _tick(self) -> None:
        self.retranslate()
        if self._countdown.remaining == 0 and not self._is_silent:
            self.expired.emit()
