"""The words below a field: what is wrong with it, and a hint."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QResizeEvent


class FieldWords(QWidget):
    """Room for so many lines, which is always kept; the labels are made when there is something to say."""

    def __init__(self, lines: int, parent: QWidget | None = None) -> None:
        """Words that need more room than ``lines`` get it: they are never cut."""
        super().__init__(parent)
        self._error: ErrorLine | None = None
        self._hint: PlainLabel | None = None
        rows = self._rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(0)
        rows.addStretch(1)
        self.setMinimumHeight(scaled(Size.LINE) * lines)

    def show_words(self, error: str, hint: str) -> None:
        """Say what is wrong, and below it the ``hint`` where both have room; "" says nothing."""
        if error and self._error is None:
            self._error = ErrorLine(self)
            self._rows.insertWidget(0, self._error)
        if hint and self._hint is None:
            self._hint = PlainLabel("hint", self, wraps=True)
            self._rows.insertWidget(self._rows.count() - 1, self._hint)
        for label, words in ((self._error, error), (self._hint, hint)):
            if label is not None:
                label.setText(words)
        self._share_room()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Another width, other lines."""
        super().resizeEvent(event)
        self._share_room()

    def _share_room(self) -> None:
        if self._error is not None:
            self._error.setVisible(bool(self._error.text()))
        if self._hint is not None:
            self._hint.setVisible(bool(self._hint.text()) and self._has_room_for_both())

    def _has_room_for_both(self) -> bool:
        if self._error is None or self._hint is None or not self._error.text():
            return True
        labels = (self._error, self._hint)
        for label in labels:
            label.ensurePolished()
        return sum(label.heightForWidth(self.width()) for label in labels) <= self.minimumHeight()


class ErrorLine(PlainLabel):
    """What is wrong with a field, in the colour of errors and with their sign before it."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("error", parent, wraps=True)
        self.setContentsMargins(scaled(Size.SIGN) + Space.HAIR, 0, 0, 0)

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the words, and the sign beside their first line."""
        super().paintEvent(event)
        from PySide6.QtGui import QPainter  # noqa: PLC0415  nothing is wrong before the first paint

        from ingenes_desktop.ui.icons import paint_icon  # noqa: PLC0415  likewise

        colors = colors_of(self)
        side = scaled(Size.SIGN)
        line = QRectF(0, (self.fontMetrics().height() - side) / 2, side, side)
        with QPainter(self) as painter:
            paint_icon(painter, "warning", line, colors.error, colors.surface)
