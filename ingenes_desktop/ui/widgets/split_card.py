"""The card in the middle of the window: a calm half with the brand, and a half for the form."""

from math import ceil
from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPixmap
from PySide6.QtWidgets import QHBoxLayout, QLabel, QSizePolicy, QVBoxLayout, QWidget

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.early_values import PLAIN_TEXT
from ingenes_desktop.ui.painting import circle, fill, rounded
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent, QShowEvent

_SHADOW = 10
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
        shadow = QColor(colors.shadow)
        shadow.setAlpha(5)
        for spread in range(_SHADOW, 0, -2):
            around = card.adjusted(-spread, -spread + 3, spread, min(spread + 2, _SHADOW))
            fill(painter, rounded(around, Radius.CARD + spread), shadow)
        outline = rounded(card, Radius.CARD)
        fill(painter, outline, colors.surface)
        calm = QPainterPath()
        calm.addRect(QRectF(card.left(), card.top(), Size.ASIDE, card.height()))
        calm = calm.intersected(outline)
        outer = circle(QRectF(card.left() + 96, card.bottom() - 216, 300, 300))
        inner = circle(QRectF(card.left() + 176, card.bottom() - 136, 140, 140))
        fill(painter, calm, colors.aside)
        fill(painter, outer.intersected(calm), colors.aside_shape)
        fill(painter, inner.intersected(calm), colors.aside)


class BrandMark(QLabel):
    """The mark of ``resources/brand``, at the scale of the screen."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("textFormat", PLAIN_TEXT)
        self.setFixedSize(Size.MARK, Size.MARK)

    def showEvent(self, event: "QShowEvent") -> None:
        """Load the file that suits the screen, once it is known which that is."""
        super().showEvent(event)
        if self.pixmap().isNull():
            scale = min(max(ceil(self.devicePixelRatioF()), 1), 3)
            name = "mark.png" if scale == 1 else f"mark@{scale}x.png"
            pixmap = QPixmap(str(resource_path("brand", name)))
            pixmap.setDevicePixelRatio(scale)
            self.setPixmap(pixmap)
