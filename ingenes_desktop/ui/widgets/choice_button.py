"""A large button for one of a few ways on."""

from PySide6.QtCore import QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QKeyEvent, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyle, QStyleOptionButton, QStylePainter, QWidget

from ingenes_desktop.ui.icons import paint_icon
from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, scaled, set_look
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space, Type
from ingenes_desktop.ui.widgets.buttons import EDGED_RING, Button

_STEPS: dict[int, int] = {
    Qt.Key.Key_Up: -1,
    Qt.Key.Key_Left: -1,
    Qt.Key.Key_Down: 1,
    Qt.Key.Key_Right: 1,
}
_WRAPPED = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
_BETWEEN = 2
"""Between the title and the words about it."""
_ABOVE = 10
"""Free above and below them."""
_ENOUGH = 10_000


class ChoiceButton(Button):
    """A title, below it some words about it, and a sign that it leads on; a click chooses.

    Words that have no room on a line go on below: it grows, and nothing is cut.
    """

    stepped = Signal(int)
    """An arrow key: -1 for the one before, 1 for the one after."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("choice", parent)
        self._about = ""
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def set_words(self, title: str, about: str) -> None:
        """The words of the present language."""
        self._about = about
        self.setText(title)
        self.setAccessibleDescription(about)
        self.updateGeometry()
        self.update()

    def set_waiting(self, waiting: bool) -> None:
        """Look as if it cannot be clicked just now; it keeps the focus."""
        set_look(self, "waiting", "true" if waiting else "")

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int, /) -> int:
        """Room for every word at ``width``; never lower than the others."""
        title, about = self._places(width)
        return max(scaled(Size.CHOICE), title.height() + _BETWEEN + about.height() + 2 * _ABOVE)

    def sizeHint(self) -> QSize:
        """As narrow as its longest word; it takes what width there is, and the height that needs."""
        fonts = zip((self._title_font(), self._about_font()), (self._title(), self._about), strict=True)
        words = max(
            (QFontMetrics(font).horizontalAdvance(word) for font, text in fonts for word in text.split()),
            default=0,
        )
        return QSize(words + 1 + _ENOUGH - self._room(_ENOUGH).width(), scaled(Size.CHOICE))

    def minimumSizeHint(self) -> QSize:
        """The same."""
        return self.sizeHint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The arrow keys lead to the other choices."""
        step = _STEPS.get(event.key())
        if step is None:
            super().keyPressEvent(event)
        else:
            self.stepped.emit(step)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the frame, the words, the sign, and the ring of the focus."""
        colors = colors_of(self)
        waiting = self.property("waiting") == "true"
        painter = QStylePainter(self)
        option = QStyleOptionButton()
        self.initStyleOption(option)
        option.text = ""
        painter.drawControl(QStyle.ControlElement.CE_PushButton, option)
        painter.setRenderHint(QStylePainter.RenderHint.Antialiasing)
        title, about = self._places(self.width())
        top = (self.height() - title.height() - _BETWEEN - about.height()) // 2
        title.moveTop(top)
        about.moveTop(title.bottom() + 1 + _BETWEEN)
        painter.setFont(self._title_font())
        painter.setPen(QColor(colors.text_muted if waiting else colors.text))
        painter.drawText(title, _WRAPPED, self._title())
        painter.setFont(self._about_font())
        painter.setPen(QColor(colors.text_muted))
        painter.drawText(about, _WRAPPED, self._about)
        if not waiting:
            paint_icon(painter, "chevron-right", self._sign_area(), colors.text_muted)
        if self.hasFocus():
            inset = EDGED_RING / 2
            around = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            fill(painter, ring(around, Radius.CONTROL, EDGED_RING), colors.accent)

    # -- where everything stands

    def _title(self) -> str:
        return self.text().replace("&&", "&")

    def _title_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.DemiBold)
        return font

    def _about_font(self) -> QFont:
        font = QFont(self.font())
        font.setWeight(QFont.Weight.Normal)
        # In proportion to the style sheet's: there is one also while no theme is worn.
        font.setPixelSize(max(1, round(QFontInfo(self.font()).pixelSize() * Type.SMALL / Type.BODY)))
        return font

    def _room(self, width: int) -> QRect:
        """For words, in a button of ``width``: the sign stands beside them."""
        return QRect(
            Space.LARGE, 0, max(1, width - 2 * Space.LARGE - Space.SMALL - scaled(Size.ICON)), _ENOUGH
        )

    def _sign_area(self) -> QRectF:
        side = scaled(Size.ICON)
        return QRectF(self.width() - Space.LARGE - side, (self.height() - side) / 2, side, side)

    def _places(self, width: int) -> tuple[QRect, QRect]:
        """Of the title and of the words about it, each as large as it needs; both at the top."""
        room = self._room(width)
        return (
            QFontMetrics(self._title_font()).boundingRect(room, _WRAPPED, self._title()),
            QFontMetrics(self._about_font()).boundingRect(room, _WRAPPED, self._about),
        )
