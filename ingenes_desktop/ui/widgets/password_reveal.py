"""How a password looks and is pointed at while its eye is open."""

from typing import TYPE_CHECKING

from PySide6 import QtCore, QtGui
from PySide6.QtCore import QPointF, QRect, QRectF

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter, QPalette, QTextLayout

HORIZONTAL_MARGIN = 2
"""What QLineEdit leaves free on each side of its text, in pixels; characters may reach into it."""

_CURSOR_PIXELS = 1


class RevealedText:
    """One line of shown text: where its characters stand and how far it is scrolled.

    Indices count characters (code points), as the field does. Holds nothing between two calls but
    the scrolled distance, so that there is no second copy of the password. UI thread only.
    """

    def __init__(self) -> None:
        """Begin unscrolled."""
        self._scrolled = 0

    def index_at(self, x: float, text: str, font: "QFont", area: QRect) -> int:
        """Return the place between two characters that is nearest to `x` (pixels of the field)."""
        layout = _layout(text, font)  # a line is a pointer into it: keep it until the line is asked
        units = layout.lineAt(0).xToCursor(x - area.left() + self._scrolled)
        return len(text.encode("utf-16-le")[: units * 2].decode("utf-16-le", errors="ignore"))

    def paint(
        self,
        painter: "QPainter",
        text: str,
        *,
        font: "QFont",
        palette: "QPalette",
        area: QRect,
        cursor: int,
        has_focus: bool,
        selection: tuple[int, int] | None,
    ) -> None:
        """Draw `text` in `area`, scrolled so that `cursor` is in sight.

        `cursor` is where the next character would go, drawn with the focus only; `selection` is a
        first and a last place.
        """
        layout = _layout(text, font)
        line = layout.lineAt(0)
        self._scroll_to(_x(layout, text, cursor), line.naturalTextWidth(), area.width())
        top = area.top() + (area.height() - line.height()) / 2
        origin = QPointF(area.left() - self._scrolled, top)
        clip = area.adjusted(-HORIZONTAL_MARGIN, 0, HORIZONTAL_MARGIN, 0)
        painter.setClipRect(clip)
        painter.setPen(palette.text().color())
        layout.draw(painter, origin)
        if selection is not None:
            left, right = (origin.x() + _x(layout, text, place) for place in selection)
            marked = QRectF(left, top, right - left, line.height())
            painter.fillRect(marked, palette.highlight())
            painter.setClipRect(marked.intersected(QRectF(clip)))
            painter.setPen(palette.highlightedText().color())
            layout.draw(painter, origin)
        elif has_focus:
            x = origin.x() + _x(layout, text, cursor)
            bar = QRectF(x, top, _CURSOR_PIXELS, line.height())
            painter.fillRect(bar, palette.text())

    def _scroll_to(self, x: float, width: float, room: int) -> None:
        # Whole pixels, as QLineEdit scrolls: characters do not blur on the way.
        least = round(x) + _CURSOR_PIXELS - room
        furthest = max(0, round(width) + _CURSOR_PIXELS - room)
        self._scrolled = min(max(self._scrolled, least, 0), round(x), furthest)


def _layout(text: str, font: "QFont") -> "QTextLayout":
    layout = QtGui.QTextLayout(text, font)
    option = QtGui.QTextOption()
    option.setWrapMode(QtGui.QTextOption.WrapMode.NoWrap)
    # A password has no reading direction: its characters stand in the order they were typed.
    option.setTextDirection(QtCore.Qt.LayoutDirection.LeftToRight)
    layout.setTextOption(option)
    layout.beginLayout()
    layout.createLine()
    layout.endLayout()
    return layout


def _x(layout: "QTextLayout", text: str, place: int) -> float:
    units = len(text[:place].encode("utf-16-le")) // 2
    # The stub says int and forgets the tuple that PySide returns for an in-out argument.
    position: object = layout.lineAt(0).cursorToX(units)
    return float(position[0] if isinstance(position, tuple) else position)  # type: ignore[arg-type]  # see above
