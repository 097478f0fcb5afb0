"""The buttons of a view: one that does the thing, one that leads elsewhere."""

import sys
from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from ingenes_desktop.ui.early_values import SHOW_MNEMONIC
from ingenes_desktop.ui.painting import fill, ring
from ingenes_desktop.ui.theme.theme import colors_of, scaled, set_look
from ingenes_desktop.ui.theme.tokens import Motion, Radius, Size, Space

if TYPE_CHECKING:
    from PySide6.QtGui import QEnterEvent, QHideEvent, QKeyEvent, QPaintEvent, QShowEvent

    from ingenes_desktop.ui.motion import UnderWay
    from ingenes_desktop.ui.widgets.countdown import Clock

RING = 2.0
"""How thick the ring of the focus is."""
EDGED_RING = 3.0
"""How thick it is where it takes the place of an edge, so that as much of it is new."""
_LINK_HEIGHT = 32


def without_mnemonic(text: str) -> str:
    """``text`` without the "&" of its mnemonic; an "&" that is meant is written twice."""
    return text.replace("&&", "\0").replace("&", "").replace("\0", "&&")


def mnemonic_of(text: str) -> str:
    """The letter after the "&" of ``text``, or "". None on macOS, which has no such keys."""
    _before, sign, after = text.replace("&&", "").partition("&")
    return after[:1] if sign and sys.platform != "darwin" else ""


class PushButton(QPushButton):
    """Enter presses the one that has the focus, as Space does; a key that is held down presses once."""

    def __init__(self, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.words_with_mnemonic = ""
        """The words as they were set; an "&" stands before the letter that Alt reaches the button by."""
        self._is_underlined = False
        self.setAutoDefault(True)

    def setText(self, text: str, /) -> None:
        """Show ``text`` without its mnemonic: the letter is underlined while Alt is held down alone."""
        self.words_with_mnemonic = text
        self._put_words()

    def underline(self, shown: bool, /) -> None:
        """Show the letter of the mnemonic, or no longer."""
        self._is_underlined = shown
        self._put_words()

    def _put_words(self) -> None:
        text = self.words_with_mnemonic
        super().setText(text if self._is_underlined else without_mnemonic(text))
        letter = mnemonic_of(text)
        if letter:
            # Each text that is set takes the key away. As a property: it needs none of Qt's enumerations.
            self.setProperty("shortcut", f"Alt+{letter}")

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Leave out what a key says again: it may have been pressed on what was here before."""
        if not event.isAutoRepeat():
            super().keyPressEvent(event)


class Button(PushButton):
    """A push button in the looks of ``role`` ("primary", "quiet"), with a clear ring for the focus."""

    def __init__(self, role: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setProperty("role", role)
        self._role = role

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the button, and the ring inside its edge."""
        super().paintEvent(event)
        if self.hasFocus():
            colors = colors_of(self)
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            color = colors.on_accent if self._role == "primary" else colors.accent
            # On whole pixels: half of one is no contrast.
            inset, width = (4.0, RING) if self._role == "primary" else (EDGED_RING / 2, EDGED_RING)
            corner = Radius.SMALL if self._role == "primary" else Radius.CONTROL
            area = QRectF(self.rect()).adjusted(inset, inset, -inset, -inset)
            fill(painter, ring(area, corner, width), color)


class BusyButton(Button):
    """A primary button that says what it is doing; its width is the same for both texts.

    What lasts longer than a moment has a sign that turns, left of the words; its room is always kept.
    """

    def __init__(
        self,
        parent: QWidget | None = None,
        *,
        clock: "Clock | None" = None,
        may_move: Callable[[], bool] | None = None,
    ) -> None:
        """``clock`` and ``may_move`` are UnderWay's."""
        super().__init__("primary", parent)
        self._clock = clock
        self._may_move = may_move
        self._idle_text = ""
        self._busy_text = ""
        self._busy = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    @property
    def busy(self) -> bool:
        """Whether what it does is under way."""
        return self._busy

    @property
    def turns(self) -> bool:
        """Whether the sign is there, and turns."""
        return self._has_sign() and self._under_way.moves

    def set_texts(self, idle: str, busy: str) -> None:
        """The words before and during."""
        self._idle_text, self._busy_text = idle, busy
        self._show_text()
        self.updateGeometry()

    def set_busy(self, busy: bool) -> None:
        """Say that it is under way, or that it is not."""
        if busy is self._busy:
            return
        self._busy = busy
        self._show_text()
        if not busy:
            self._under_way.end()
        elif self.isVisible():
            self._under_way.begin()

    def showEvent(self, event: "QShowEvent") -> None:
        """Go on turning."""
        super().showEvent(event)
        if self._busy:
            self._under_way.begin()

    def hideEvent(self, event: "QHideEvent") -> None:
        """Rest where nobody sees it."""
        super().hideEvent(event)
        if self._busy:
            self._under_way.end()

    def sizeHint(self) -> QSize:
        """Room for the longer of the two texts, and for the sign beside it."""
        present = super().sizeHint()
        width = present.width() - self._width_of(self.text())
        texts = (without_mnemonic(text) for text in (self._idle_text, self._busy_text))
        longest = max(self._width_of(text) for text in texts)
        if self._idle_text != self._busy_text:
            # The words stand in the middle, and so the same on their other side.
            width = 2 * (Space.MEDIUM + scaled(Size.SIGN) + Space.SMALL)
        return QSize(max(width + longest, scaled(Size.BUTTON_MINIMUM)), present.height())

    def minimumSizeHint(self) -> QSize:
        """The same: the words are never cut."""
        return self.sizeHint()

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the button, and the sign."""
        super().paintEvent(event)
        if self._has_sign():
            from ingenes_desktop.ui.painting import draw_arc  # noqa: PLC0415  not before the first paint

            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            turned = self._under_way.turns(Motion.TURN)
            draw_arc(painter, QRectF(self._place_of_sign()), turned, 2.0, colors_of(self).on_accent)

    def _has_sign(self) -> bool:
        return self._busy and self._under_way.is_shown

    def _place_of_sign(self) -> QRect:
        side = scaled(Size.SIGN)
        left = (self.width() - self._width_of(self.text())) // 2 - Space.SMALL - side
        return QRect(left, (self.height() - side) // 2, side, side)

    @cached_property
    def _under_way(self) -> "UnderWay":
        from ingenes_desktop.ui.motion import UnderWay  # noqa: PLC0415  not before the first paint

        under_way = UnderWay(self, clock=self._clock, may_move=self._may_move)
        under_way.changed.connect(self.update)
        under_way.moved.connect(self._turn)
        return under_way

    def _turn(self) -> None:
        self.update(self._place_of_sign().adjusted(-1, -1, 1, 1))

    def _width_of(self, text: str) -> int:
        # As QPushButton measures its own.
        return self.fontMetrics().size(SHOW_MNEMONIC, text).width()

    def _show_text(self) -> None:
        self.setText(self._busy_text if self._busy else self._idle_text)


class LinkButton(PushButton):
    """A link that keyboard and screen reader treat as what it is: a flat push button."""

    def __init__(self, parent: QWidget | None = None, *, role: str = "link") -> None:
        super().__init__(parent)
        self._role = role
        self.setFlat(True)
        self.setProperty("role", role)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def enterEvent(self, event: "QEnterEvent") -> None:
        """Show the hand. (Not from the start: a cursor's shape is one of Qt's enumerations.)"""
        self.setCursor(QtCore.Qt.CursorShape.PointingHandCursor)
        super().enterEvent(event)

    def set_waiting(self, waiting: bool) -> None:
        """Look as if it cannot be clicked yet; it keeps the focus and can say why."""
        set_look(self, "waiting", "true" if waiting else "")

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the link, and a ring around it while it has the focus."""
        super().paintEvent(event)
        if self.hasFocus():
            painter = QPainter(self)
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            colors = colors_of(self)
            color = colors.accent if self._role == "link" else colors.on_aside_accent
            # Around the words: the button itself is as high as a finger.
            half = scaled(_LINK_HEIGHT) / 2
            middle = self.height() / 2
            area = QRectF(1, middle - half, self.width() - 2, 2 * half)
            fill(painter, ring(area, Radius.SMALL, RING), color)
