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
