"""Shapes as filled paths: rings, and lines with round ends.

Not with a QPen: its styles belong to the enumerations that wait for the first paint (early_values).
"""

from itertools import pairwise
from math import atan2, degrees, hypot

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QBrush, QColor, QPainter, QPainterPath, QPalette


def rounded(area: QRectF, radius: float) -> QPainterPath:
    """``area`` with round corners."""
    path = QPainterPath()
    path.addRoundedRect(area, radius, radius)
    return path


def circle(area: QRectF) -> QPainterPath:
    """The ellipse in ``area``."""
    path = QPainterPath()
    path.addEllipse(area)
    return path


def ring(area: QRectF, radius: float, width: float) -> QPainterPath:
    """A line of ``width`` along the edge of ``area``, half within it and half without, as a pen's is."""
    half = width / 2
    path = rounded(area.adjusted(-half, -half, half, half), radius + half)
    # The second outline is a hole in the first: a path is filled by the odd-even rule.
    path.addRoundedRect(area.adjusted(half, half, -half, -half), radius - half, radius - half)
    return path


def brush(color: str | QColor) -> QBrush:
    """A brush of one ``color``. By way of a palette: QBrush(color) asks for Qt's enumerations."""
    palette = QPalette()
    role = QPalette.ColorRole.Window
    palette.setColor(role, QColor(color) if isinstance(color, str) else color)
    return palette.brush(role)


def fill(painter: QPainter, path: QPainterPath, color: str | QColor) -> None:
    """Fill ``path`` with ``color``."""
    painter.fillPath(path, brush(color))


def draw_lines(painter: QPainter, points: list[QPointF], width: float, color: str | QColor) -> None:
    """Join ``points`` by straight lines of ``width`` with round ends and corners; an opaque ``color``."""
    half = width / 2
    paint = brush(color)
    for start, end in pairwise(points):
        along = end - start
        length = hypot(along.x(), along.y())
        painter.save()
        painter.translate(start)
        painter.rotate(degrees(atan2(along.y(), along.x())))
        painter.fillPath(rounded(QRectF(-half, -half, length + width, width), half), paint)
        painter.restore()


def first_part(points: list[QPointF], share: float) -> list[QPointF]:
    """As much of the line through ``points`` as ``share`` says, from its beginning; 0 to 1."""
    lengths = [hypot((end - start).x(), (end - start).y()) for start, end in pairwise(points)]
    left = sum(lengths) * share
    part = points[:1]
    for (start, end), length in zip(pairwise(points), lengths, strict=True):
        if left < length:
            return [*part, start + (end - start) * (left / length)]
        part.append(end)
        left -= length
    return part


def draw_arc(painter: QPainter, area: QRectF, turned: float, width: float, color: str) -> None:
    """Three quarters of a circle in ``area``, ``turned`` so often clockwise. Not before the first paint."""
    from PySide6.QtCore import Qt  # noqa: PLC0415  likewise
    from PySide6.QtGui import QPen  # noqa: PLC0415  likewise

    cap, line = Qt.PenCapStyle.RoundCap, Qt.PenStyle.SolidLine
    painter.setPen(QPen(brush(color), width, line, cap))
    half = width / 2
    # Qt counts sixteenths of a degree, against the clock.
    start = -round(turned % 1 * 360 * 16)
    painter.drawArc(area.adjusted(half, half, -half, -half), start, 270 * 16)
