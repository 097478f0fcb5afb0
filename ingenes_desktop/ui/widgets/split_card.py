"""The card in the middle of the window: a calm half with the brand, and a half for the form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from ingenes_desktop.ui.painting import circle, draw_lines, fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_SHADOW = 10
_VEIL = 5
"""How much of the shadow's colour each of its layers adds, of 255."""
PRODUCT = "Ingenes"
"""The product's name: the wordmark and the window's title; the same in every language."""


class SplitCard(QWidget):
    """Paints both halves; ``aside`` and ``form`` are the layouts that a view fills."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setMinimumSize(Size.CARD_WIDTH + 2 * _SHADOW, Size.CARD_HEIGHT + 2 * _SHADOW)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        halves = QHBoxLayout(self)
        halves.setContentsMargins(_SHADOW, _SHADOW, _SHADOW, _SHADOW)
        halves.setSpacing(0)
        calm = QWidget(self)
        calm.setFixedWidth(Size.ASIDE)
        self.aside = QVBoxLayout(calm)
        self.aside.setContentsMargins(Space.WIDE, Space.WIDE, Space.WIDE, Space.WIDE)
        self.aside.setSpacing(Space.SMALL)
        brand = QHBoxLayout()
        brand.setSpacing(Space.MEDIUM)
        brand.addWidget(BrandMark(calm))
        wordmark = PlainLabel("wordmark", calm)
        wordmark.setText(PRODUCT)
        brand.addWidget(wordmark, 1)
        self.aside.addLayout(brand)
        self.aside.addSpacing(Space.WIDE)
        active = QWidget(self)
        self.form = QVBoxLayout(active)
        self.form.setContentsMargins(Space.PAGE, Space.WIDE - 4, Space.PAGE, Space.WIDE - 4)
        self.form.setSpacing(0)
        halves.addWidget(calm)
        halves.addWidget(active, 1)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw a soft shadow, the two halves and the circles."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        card = QRectF(self.rect()).adjusted(_SHADOW, _SHADOW, -_SHADOW, -_SHADOW)
        shade = QColor(colors.ground)
        for spread in range(_SHADOW, 0, -2):
            shade = _veiled(shade, QColor(colors.shadow))
            around = card.adjusted(-spread, -spread + 3, spread, min(spread + 2, _SHADOW))
            fill(painter, rounded(around, Radius.CARD + spread), shade)
        outline = rounded(card, Radius.CARD)
        fill(painter, outline, colors.surface)
        half = QRectF(card.left(), card.top(), Size.ASIDE, card.height())
        calm = QPainterPath()
        calm.addRect(half)
        fill(painter, calm.intersected(outline), colors.aside)
        # The circles end at the straight edges of that half, far from its round corners.
        painter.setClipRect(half)
        fill(painter, circle(QRectF(card.left() + 96, card.bottom() - 216, 300, 300)), colors.aside_shape)
        fill(painter, circle(QRectF(card.left() + 176, card.bottom() - 136, 140, 140)), colors.aside)


def _veiled(ground: QColor, veil: QColor) -> QColor:
    """``ground`` under a thin layer of ``veil``.

    Mixed here and painted opaque: Qt hands each translucent fill of this size to a pool of threads,
    which is made for it, and waits (2 ms before the first paint).
    """

    def mixed(under: int, over: int) -> int:
        return round(under * (255 - _VEIL) / 255) + round(over * _VEIL / 255)

    return QColor(
        mixed(ground.red(), veil.red()),
        mixed(ground.green(), veil.green()),
        mixed(ground.blue(), veil.blue()),
    )


class BrandMark(QWidget):
    """The mark of ``resources/brand/mark.svg``, painted: at any scale, and no image plugin to look for."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(Size.MARK, Size.MARK)

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw the ring and the letter, in the drawing's own units of a fortieth."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.scale(self.width() / 40, self.height() / 40)
        fill(painter, ring(QRectF(2.5, 2.5, 35, 35), 17.5, 3), colors.on_aside_accent)
        fill(painter, circle(QRectF(17.1, 9.7, 5.8, 5.8)), colors.on_aside)
        draw_lines(painter, [QPointF(20, 19.4), QPointF(20, 28.6)], 4.6, colors.on_aside)
