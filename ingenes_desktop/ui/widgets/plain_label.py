"""Labels: always plain text, whatever stands in them."""

import re
from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui, QtWidgets
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from ingenes_desktop.ui.early_values import PLAIN_TEXT

if TYPE_CHECKING:
    from PySide6.QtGui import QFontMetrics, QMouseEvent, QResizeEvent

_BREAK = "\u200b"
"""ZERO WIDTH SPACE: a line may end here."""
_WITHIN_WORD = r"(?<=[@._/-])(?=\w)"
"""Where a word may be broken if it must be."""
_NOTHING = "\u2060"
"""WORD JOINER."""
_TIP_COLUMNS = 60


class PlainLabel(QLabel):
    """A label that never takes its text for HTML, in the looks of ``role`` (see the style sheet)."""

    def __init__(self, role: str = "", parent: QWidget | None = None, *, wraps: bool = False) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setWordWrap(wraps)
        if role:
            self.setProperty("role", role)


class ElidedLabel(PlainLabel):
    """A label for a text from outside: on at most ``lines`` lines, what does not fit ends in "…".

    The whole text is the accessible name, and what :meth:`whole_text` gives. Where it is cut it is the tool
    tip too, under a pointer that rests on it and after a tap (:meth:`show_whole`).
    """

    def __init__(self, role: str = "", parent: QWidget | None = None, *, lines: int = 1) -> None:
        super().__init__(role, parent, wraps=lines > 1)
        self._lines = lines
        self._whole = ""
        self._has_room = False
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def whole_text(self) -> str:
        """The text as it was set."""
        return self._whole

    @property
    def is_cut(self) -> bool:
        """Whether less than the whole text is shown."""
        return bool(self.toolTip())

    def show_whole(self) -> None:
        """Show the whole text below what is shown of it, until something else is done."""
        if self.is_cut:
            QtWidgets.QToolTip.showText(self.mapToGlobal(self.rect().bottomLeft()), self.toolTip(), self)

    def setText(self, text: str, /) -> None:
        """Show ``text``, as much of it as fits."""
        self._whole = text
        self.setAccessibleName(text)
        self._elide()

    def resizeEvent(self, event: "QResizeEvent") -> None:
        """Fit the text to the new width."""
        super().resizeEvent(event)
        self._has_room = True
        self._elide()

    def _elide(self) -> None:
        if not self._has_room:
            super().setText(self._whole)  # how wide it will be, a layout says
            return
        # The style sheet's font is known once the widget is polished.
        self.ensurePolished()
        fitted, is_cut = _fitted(self._whole, self.fontMetrics(), self.width(), self._lines, self)
        super().setText(fitted)
        tip = _tip(self._whole) if is_cut else ""
        if tip != self.toolTip():
            self.setToolTip(tip)

    def mouseReleaseEvent(self, event: "QMouseEvent") -> None:
        """A finger has no pointer that could rest."""
        super().mouseReleaseEvent(event)
        self.show_whole()


def _fitted(text: str, metrics: "QFontMetrics", width: int, lines: int, label: QLabel) -> tuple[str, bool]:
    """``text`` in ``lines`` lines, and whether it was cut."""
    if metrics.horizontalAdvance(text) <= width:
        return text, False
    if lines == 1:
        return metrics.elidedText(text, QtCore.Qt.TextElideMode.ElideRight, width), True
    # A word that is wider than the line is broken: behind a mark within it where there is one.
    words = (
        re.sub(_WITHIN_WORD, _BREAK, word) if metrics.horizontalAdvance(word) > width else word
        for word in text.split(" ")
    )
    breakable = " ".join(words)
    option = QtGui.QTextOption()
    option.setWrapMode(option.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout = QtGui.QTextLayout(breakable, label.font())
    layout.setTextOption(option)
    layout.beginLayout()
    starts: list[int] = []
    while len(starts) <= lines and (line := layout.createLine()).isValid():
        line.setLineWidth(width)
        starts.append(line.textStart())
    layout.endLayout()
    is_cut = len(starts) > lines
    ends = [*starts[1:lines], len(breakable)]
    parts = [breakable[start:end].replace(_BREAK, "") for start, end in zip(starts, ends, strict=False)]
    if is_cut:
        parts[-1] = metrics.elidedText(parts[-1], QtCore.Qt.TextElideMode.ElideRight, width)
    elif all(part.endswith(" ") for part in parts[:-1]):
        return text, False  # the label breaks it there by itself
    return "\n".join(part.rstrip() for part in parts), is_cut


def _tip(text: str) -> str:
    """``text`` as a tool tip, on lines that fit on a screen; never taken for HTML."""
    from textwrap import wrap  # noqa: PLC0415  not before the first paint

    lines = wrap(text, _TIP_COLUMNS, break_on_hyphens=False)
    # A sign that is not seen: what looks like a tag or an entity (Qt.mightBeRichText) does so no longer.
    return "\n".join(lines).replace("<", f"<{_NOTHING}").replace("&", f"&{_NOTHING}")
