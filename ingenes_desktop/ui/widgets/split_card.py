"""The card in the middle of the window: a calm half with the brand, and a half for the form."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QColor, QPainter, QPainterPath
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QSizePolicy, QSpacerItem, QVBoxLayout, QWidget

from ingenes_desktop.ui.brand import BrandMark, product_name
from ingenes_desktop.ui.painting import circle, fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_VEIL = 5
"""How much of the shadow's colour each of its layers adds, of 255."""
_OUTLINE = 2.0
_BAR = 14
"""As wide as a scroll bar is in the style sheet."""


class SplitCard(QWidget):
    """Paints both halves; ``aside`` and ``form`` are the layouts that a view fills.

    :meth:`fit` gives it the room there is: beside each other, or one above the other, with wide margins
    or small ones. ``is_tight`` and ``is_stacked`` say which.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.is_tight = False
        self.is_stacked = False
        self._shadow = Size.SHADOW
        self._width = Size.CARD
        # Not of a fixed height: Qt would take that of the widest form for it, where words wrap.
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self._halves = QHBoxLayout(self)
        self._halves.setSpacing(0)
        self._calm = QWidget(self)
        self.aside = QVBoxLayout(self._calm)
        self.aside.setSpacing(Space.SMALL)
        self.brand = QHBoxLayout()
        self.brand.setSpacing(Space.MEDIUM)
        self.brand.addWidget(BrandMark(self._calm))
        self._wordmark = PlainLabel("wordmark", self._calm)
        self._wordmark.setText(product_name())
        self.brand.addWidget(self._wordmark, 1)
        self.aside.addLayout(self.brand)
        self._below_brand = QSpacerItem(0, Space.WIDE)
        self.aside.addSpacerItem(self._below_brand)
        active = QWidget(self)
        self.form = QVBoxLayout(active)
        self.form.setSpacing(0)
        self._halves.addWidget(self._calm)
        self._halves.addWidget(active, 1)
        self._arrange(QSize(1000, 680))

    def sizeHint(self) -> QSize:
        """As wide as there is room."""
        return QSize(self._width, super().sizeHint().height())

    @property
    def form_width(self) -> int:
        """How wide the form is at least, within its margins, in device-independent pixels."""
        around, within = self._halves.contentsMargins(), self.form.contentsMargins()
        calm = 0 if self.is_stacked else self._calm.minimumWidth()
        edges = around.left() + around.right() + within.left() + within.right()
        return self.minimumWidth() - calm - edges

    def fit(self, room: QSize) -> bool:
        """Arrange both halves for ``room``, the window's inside; whether anything is another than before."""
        before = (self.is_tight, self.is_stacked, self.minimumSize(), self._calm.minimumWidth())
        self._arrange(room)
        return before != (self.is_tight, self.is_stacked, self.minimumSize(), self._calm.minimumWidth())

    def _arrange(self, room: QSize) -> None:
        stacked = room.width() < scaled(Size.BESIDE)
        short, narrow = room.height() < scaled(Size.TIGHT_HEIGHT), room.width() < scaled(Size.TIGHT_WIDTH)
        shadow = Size.SHADOW_SMALL if short or narrow else Size.SHADOW
        width = min(scaled(Size.CARD_NARROW if stacked else Size.CARD), max(0, room.width() - 2 * shadow))
        height = 0 if stacked else min(scaled(Size.CARD_HEIGHT), max(0, room.height() - 2 * shadow))
        self._width = width + 2 * shadow
        # Where the page is scrolled after all, its bar takes room from the card, and no second bar comes.
        self.setMinimumSize(min(self._width, max(0, room.width() - _BAR)), height + 2 * shadow)
        self.setMaximumWidth(self._width)
        self._halves.setContentsMargins(shadow, shadow, shadow, shadow)
        self._shadow = shadow
        if stacked is not self.is_stacked:
            direction = QBoxLayout.Direction
            self._halves.setDirection(direction.TopToBottom if stacked else direction.LeftToRight)
        self.is_tight, self.is_stacked = short or narrow, stacked
        edge = Space.LARGE if self.is_tight else Space.WIDE
        top = Space.MEDIUM if short else Space.WIDE
        page = edge if stacked else Space.WIDE if self.is_tight else Space.PAGE
        # The tools have no room beside the name then; the mark says it alone.
        bare = room.width() < scaled(Size.BARE_WIDTH)
        if bare:
            edge = page = Space.SMALL
        if bare is self._wordmark.isVisibleTo(self._calm):
            self._wordmark.setVisible(not bare)
        aside = scaled(Size.ASIDE_SMALL if narrow else Size.ASIDE)
        self._calm.setMinimumWidth(0 if stacked else aside)
        self._calm.setMaximumWidth(_ANY_WIDTH if stacked else aside)
        self.aside.setContentsMargins(edge, Space.SMALL if stacked else top, edge, Space.SMALL)
        self._below_brand.changeSize(0, Space.HAIR if stacked else top)
        self.form.setContentsMargins(page, top, page, top)
        self.aside.invalidate()
        self.form.invalidate()

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Draw a soft shadow, the two halves and the circles."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        edge = self._shadow
        card = QRectF(self.rect()).adjusted(edge, edge, -edge, -edge)
        shade = QColor(colors.ground)
        if colors.shadow != colors.ground:
            for spread in range(edge, 0, -2):
                shade = _veiled(shade, QColor(colors.shadow))
                around = card.adjusted(-spread, -spread + 3, spread, min(spread + 2, edge))
                fill(painter, rounded(around, Radius.CARD + spread), shade)
        outline = rounded(card, Radius.CARD)
        fill(painter, outline, colors.surface)
        half = QRectF(self._calm.geometry())
        calm = QPainterPath()
        calm.addRect(half)
        fill(painter, calm.intersected(outline), colors.aside)
        if not self.is_stacked:
            # The circles end at the straight edges of that half, far from its round corners.
            painter.setClipRect(half)
            fill(painter, circle(QRectF(card.left() + 96, card.bottom() - 216, 300, 300)), colors.aside_shape)
            fill(painter, circle(QRectF(card.left() + 176, card.bottom() - 136, 140, 140)), colors.aside)
            painter.setClipping(False)
        if colors.outline != colors.surface:
            fill(painter, ring(card, Radius.CARD, _OUTLINE), colors.outline)


_ANY_WIDTH = 16_777_215
"""Qt's own QWIDGETSIZE_MAX: no limit."""


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
