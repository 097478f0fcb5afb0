"""The icons of ``resources/icons``, in any colour, crisp at any scale.

Each is drawn on a square of 24 units in "currentColor" (and "groundColor" for what is cut out of a filled
shape), as a web page would have it.
"""

from functools import lru_cache
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QColor, QPainter, QPixmap

from ingenes_desktop.domain.resources import resource_path

if TYPE_CHECKING:
    from PySide6.QtGui import QIcon

_MOST = 64
"""Pixmaps that are kept."""


def paint_icon(painter: QPainter, name: str, area: QRectF, color: str, ground: str = "#ffffff") -> None:
    """Draw the icon ``name`` in ``area``, in ``color`` as "#rrggbb". UI thread only."""
    ratio = painter.device().devicePixelRatio()
    pixmap = _pixmap(name, color, ground, round(area.width() * ratio), round(area.height() * ratio))
    painter.drawPixmap(area, pixmap, QRectF(pixmap.rect()))


def checked_icon(color: str, color_when_chosen: str, side: int, ratio: float) -> "QIcon":
    """A check mark for a line of a menu, ``side`` pixels wide; its other colour is for the line in use."""
    from PySide6.QtGui import QIcon  # noqa: PLC0415  not before the first paint

    icon = QIcon()
    for mode, ink in ((QIcon.Mode.Normal, color), (QIcon.Mode.Active, color_when_chosen)):
        pixmap = QPixmap(_pixmap("check", ink, "#ffffff", round(side * ratio), round(side * ratio)))
        pixmap.setDevicePixelRatio(ratio)
        icon.addPixmap(pixmap, mode)
    return icon


@lru_cache(_MOST)
def _pixmap(name: str, color: str, ground: str, width: int, height: int) -> QPixmap:
    from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  tests of words alone paint nothing

    drawing = resource_path("icons", f"{name}.svg").read_bytes()
    drawing = drawing.replace(b"currentColor", color.encode()).replace(b"groundColor", ground.encode())
    pixmap = QPixmap(width, height)
    pixmap.fill(QColor(0, 0, 0, 0))
    painter = QPainter(pixmap)
    QSvgRenderer(QByteArray(drawing)).render(painter)
    painter.end()
    return pixmap
