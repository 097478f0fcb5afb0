"""The one place of a form for what went wrong with no field of it, or is over."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.ui.painting import fill, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled, set_role
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent, QShowEvent

    from ingenes_desktop.ui.widgets.countdown import Clock
    from ingenes_desktop.ui.widgets.problem_words import ProblemWords


class NoticeBar(QWidget):
    """Draws one problem in words (see ProblemWords), or news, or nothing.

    The room of two lines is always kept; a sentence that needs more gets it. What is nobody's error
    (messages.is_calm) is said in a calm tone, under another mark.
    """

    expired = Signal()
    """A wait is over, and its sentence is gone."""

    def __init__(self, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._is_calm = False
        self._is_away = False
        self._news = ""
        self._clock = clock
        self._words = PlainLabel("bar-error", self, wraps=True)
        row = QHBoxLayout(self)
        row.setContentsMargins(
            Space.MEDIUM + scaled(Size.ICON) + Space.SMALL, Space.HAIR, Space.MEDIUM, Space.HAIR
        )
        row.addWidget(self._words)
        self.setMinimumHeight(scaled(Size.NOTICE))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)

    @property
    def text(self) -> str:
        """The sentence on screen, or ""."""
        return self._words.text()

    def show_problem(self, problem: Problem | None) -> None:
        """Draw ``problem``; the same one again changes nothing but the language of its words."""
        if problem is not None or self._was_told:
            self._told.show(problem)
        self.retranslate()

    def show_news(self, words: str) -> None:
        """Draw good news in a calm tone while there is no problem; "" takes them back."""
        self._news = words
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the present language; those of the news are the view's."""
        problem = self._told.problem if self._was_told else None
        if self._is_away:
            # The clinic's own words may name somebody, and what is hidden can still be read.
            self._words.setText("")
        elif problem is None:
            if self._news:  # else as it was: a change of style is not for the first paint
                self._is_calm = True
                set_role(self._words, "bar-notice")
            self._words.setText(self._news)
        else:
            from ingenes_desktop.ui.messages import is_calm  # noqa: PLC0415  not before the first paint

            self._is_calm = is_calm(problem)
            set_role(self._words, "bar-notice" if self._is_calm else "bar-error")
            self._words.setText(self._told.text)
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
        from ingenes_desktop.ui.icons import paint_icon  # noqa: PLC0415  not before the first paint

        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ink, ground = (
            (colors.notice, colors.notice_ground) if self._is_calm else (colors.error, colors.error_ground)
        )
        fill(painter, rounded(QRectF(self.rect()), Radius.CONTROL), ground)
        side = scaled(Size.ICON)
        mark = QRectF(Space.MEDIUM, (self.height() - side) / 2, side, side)
        paint_icon(painter, "notice" if self._is_calm else "warning", mark, ink, ground)

    @property
    def _was_told(self) -> bool:
        return "_told" in vars(self)

    @cached_property
    def _told(self) -> "ProblemWords":
        from ingenes_desktop.ui.widgets.problem_words import ProblemWords  # noqa: PLC0415  likewise

        told = ProblemWords(self._clock, self)
        told.changed.connect(self.retranslate)
        told.expired.connect(self.expired)
        return told
