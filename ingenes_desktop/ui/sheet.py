"""A sheet that lies over the view: part of the one window, and no dialog."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.choice_menu import ChoiceMenu
from ingenes_desktop.ui.widgets.icon_button import IconButton
from ingenes_desktop.ui.widgets.idle_warning import Panel
from ingenes_desktop.ui.widgets.language_menu import NAMES
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

if TYPE_CHECKING:
    from ingenes_desktop.ui.help.page import Page

translate = QCoreApplication.translate
_VEIL = 150
"""How dark it is around the card, of 255."""
_WIDEST = 760
_HIGHEST = 720


class Sheet(QWidget):
    """A card with a heading, a button that closes it, and one page at a time; made anew for each opening.

    Nothing opens and nothing waits for it: it works without a window manager, and whatever the state does
    goes on. What lies ``beneath`` takes no keys and no clicks meanwhile and keeps what was typed; the focus
    goes back where it was. UI thread only.
    """

    closed = Signal()
    turned = Signal()
    """Another page is shown, or the same in another language."""
    turned_to = Signal(object)
    """A Page is shown, for the first time."""
    language_chosen = Signal(object)
    """A Language was picked from the menu."""

    def __init__(self, ground: QWidget, beneath: QWidget) -> None:
        """It covers ``ground``; see :meth:`cover`."""
        # Not within the ground: of a scroll area Qt tells a screen reader the page and the bars alone
        # (QAccessibleAbstractScrollArea), and the sheet would be nowhere.
        super().__init__(ground.window())
        self._ground = ground
        self._beneath = beneath
        self._focus_before: QWidget | None = None
        self._pages: list[Page] = []
        card = self._card = Panel(self)
        self._back = IconButton("back", card)
        self._back.clicked.connect(self.go_back)
        self._heading = PlainLabel("title", card, wraps=True)
        self._close = IconButton("close", card)
        self._close.clicked.connect(self.close_sheet)
        self._head = QHBoxLayout()
        self._head.setSpacing(Space.HAIR)
        self._head.addWidget(self._back, 0, Qt.AlignmentFlag.AlignTop)
        self._head.addWidget(self._heading, 1)
        self._head.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self._rows = QVBoxLayout(card)
        self._rows.setSpacing(Space.SMALL)
        self._rows.addLayout(self._head)
        self._languages = ChoiceMenu(self._close)
        self._languages.chosen.connect(self.language_chosen)

    @property
    def page(self) -> "Page":
        """The page on top."""
        return self._pages[-1]

    @property
    def title(self) -> str:
        """The heading, for the window's title."""
        return self._heading.text()

    def open(self, page: "Page", room: QSize) -> None:
        """Show ``page`` over what lies beneath, in as much ``room`` as the window has."""
        focus = self.window().focusWidget()
        self._focus_before = focus if self._beneath.isAncestorOf(focus) else None
        self.cover(room)
        self.show()
        self.raise_()
        self.turn_to(page)
        # Last: a focus that were disabled would wander.
        self._beneath.setEnabled(False)

    def cover(self, room: QSize) -> None:
        """The window's inside is as large as ``room``."""
        self.setGeometry(QRect(self._ground.mapTo(self.window(), QPoint()), room))
        small = room.width() < scaled(Size.BESIDE) or room.height() < scaled(Size.TIGHT_HEIGHT)
        edge = Size.SHADOW_SMALL if small else Space.WIDE
        inside = Space.MEDIUM if small else Space.WIDE
        width = min(scaled(_WIDEST), room.width() - 2 * edge)
        height = min(scaled(_HIGHEST), room.height() - 2 * edge)
        self._card.setGeometry((room.width() - width) // 2, (room.height() - height) // 2, width, height)
        # The page's rows have room around their words; so has the heading.
        self._rows.setContentsMargins(inside - Space.SMALL, inside - Space.HAIR, inside - Space.SMALL, inside)

    def turn_to(self, page: "Page") -> None:
        """Show ``page``; the one before is a step back."""
        if self._pages:
            self.page.leave()
            self.page.hide()
        self._pages.append(page)
        page.setParent(self._card)
        page.page_wanted.connect(self.turn_to)
        self._rows.addWidget(page, 1)
        self._show_page()
        self.turned_to.emit(page)

    def go_back(self) -> None:
        """One page back; from the first, away."""
        if len(self._pages) == 1:
            self.close_sheet()
        else:
            self._drop()
            self._show_page()

    def go_to_first(self) -> None:
        """Back to the page that was opened."""
        while len(self._pages) > 1:
            self._drop()
        self._show_page()

    def close_sheet(self) -> None:
        """Go, and give the focus back."""
        if self.isHidden():
            return
        self._beneath.setEnabled(True)
        focus = self._focus_before
        if focus is None or not (focus.isVisible() and focus.isEnabled()):
            focus = self._next_best()
        focus.setFocus(Qt.FocusReason.OtherFocusReason)
        self.hide()
        self.closed.emit()
        self.deleteLater()

    def open_languages(self, present: Language) -> None:
        """Offer the languages here: the view's own menu lies beneath."""
        self._languages.open(NAMES, present)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange and self._pages:
            self._retranslate()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape closes; the page has the arrows. Nothing reaches what lies beneath, nor scrolls it."""
        if event.key() == Qt.Key.Key_Escape:
            if not event.isAutoRepeat():
                self.close_sheet()
        elif event.key() in (Qt.Key.Key_Alt, Qt.Key.Key_AltGr):
            # The window underlines the letters then.
            event.ignore()
        else:
            self.page.take_key(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Not for what lies beneath."""
        event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Likewise."""
        event.accept()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a veil over what lies below."""
        veil = QColor(colors_of(self).shadow)
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)

    def _drop(self) -> None:
        left = self._pages.pop()
        self._rows.removeWidget(left)
        left.hide()
        left.deleteLater()

    def _show_page(self) -> None:
        self._back.setVisible(len(self._pages) > 1)
        self._head.setContentsMargins(0 if len(self._pages) > 1 else Space.SMALL, 0, 0, 0)
        self.page.show()
        self._retranslate()
        self.page.take_focus()

    def _retranslate(self) -> None:
        for page in self._pages:
            page.retranslate()
        self._heading.setText(self.page.heading_in_words())
        self._card.setAccessibleName(self._heading.text())
        self._back.set_name(translate("Sheet", "Back"))
        self._close.set_name(translate("Sheet", "Close"))
        self.turned.emit()

    def _next_best(self) -> QWidget:
        """What had the focus has gone meanwhile: the first empty field, else whatever comes first."""
        stops = []
        widget = self._beneath.nextInFocusChain()
        while widget is not None and widget is not self._beneath:
            if self._beneath.isAncestorOf(widget) and widget.isVisible() and widget.isEnabled():
                stops.append(widget)
            widget = widget.nextInFocusChain()
        stops = [each for each in stops if each.focusPolicy() & Qt.FocusPolicy.TabFocus]
        empty = [each for each in stops if each.inherits("QLineEdit") and not each.property("text")]
        return next(iter([*empty, *stops]), self._beneath)
