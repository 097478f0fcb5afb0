"""A thin line that says how far something is, or only that it goes on."""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QTimer
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QProgressBar, QSizePolicy, QWidget

from ingenes_desktop.ui.painting import fill, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Size

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QPaintEvent

    from ingenes_desktop.ui.motion import UnderWay
    from ingenes_desktop.ui.widgets.countdown import Clock

_THERE_AND_BACK = 4000
"""Milliseconds."""
_STILL = 0.5
"""Where the moving part stands when nothing is to move: in the middle."""
_PART = 0.28
"""How much of the line the moving part is."""


class ProgressLine(QProgressBar):
    """A progress bar painted here. Without a range it glides, once it has been there for a moment.

    What is over sooner shows no line (see UnderWay); its room is kept.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        clock: "Clock | None" = None,
        may_move: Callable[[], bool] | None = None,
    ) -> None:
        """``clock`` and ``may_move`` are UnderWay's."""
        super().__init__(parent)
        self._clock = clock
        self._may_move = may_move
        self.setRange(0, 0)
        self.setTextVisible(False)
        self.setFixedHeight(Size.PROGRESS)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._has_begun = False

    @property
    def moves(self) -> bool:
        """Whether it is gliding."""
        return self._has_begun and self._under_way.moves

    def rest(self) -> None:
        """Show at once that it goes on, and stand still until it was hidden: for pictures."""
        if self.maximum() == 0:
            self._begin()
            self._under_way.rest()

    def hideEvent(self, event: "QHideEvent") -> None:
        """Rest until it is shown again."""
        super().hideEvent(event)
        if self._has_begun:
            self._under_way.end()
            self._has_begun = False

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the line and the part that is done, or that goes on."""
        if self.maximum() == 0 and not (self._has_begun and self._under_way.is_shown):
            # Behind the first paint: what moves is no part of it.
            QTimer.singleShot(0, self, self._begin)
            return
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        line = QRectF(self.rect())
        corner = line.height() / 2
        fill(painter, rounded(line, corner), colors.notice_ground)
        if self.maximum() > 0:
            part = QRectF(line)
            part.setWidth(line.width() * self.value() / self.maximum())
        else:
            width = line.width() * _PART
            part = QRectF((line.width() - width) * self._place(), 0, width, line.height())
        if part.width() > 0:
            painter.setClipRect(line)
            fill(painter, rounded(part, min(corner, part.width() / 2)), colors.accent)

    def _begin(self) -> None:
        if self.isVisible():
            self._has_begun = True
            self._under_way.begin()

    @cached_property
    def _under_way(self) -> "UnderWay":
        from ingenes_desktop.ui.motion import UnderWay  # noqa: PLC0415  not before the first paint

        under_way = UnderWay(self, clock=self._clock, may_move=self._may_move)
        under_way.changed.connect(self.update)
        under_way.moved.connect(self.update)
        return under_way

    def _place(self) -> float:
        if not self._under_way.moves:
            return _STILL
        # There and back, from the middle on, slow at both ends.
        way = 1 - abs(1 - 2 * ((self._under_way.turns(_THERE_AND_BACK) + _STILL / 2) % 1))
        return way * way * (3 - 2 * way)
