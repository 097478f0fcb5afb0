"""What all views share: the card, the heading, the small tools, and the quiet words at the foot."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QSpacerItem, QWidget

from ingenes_desktop import __version__
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from ingenes_desktop.ui.widgets.split_card import SplitCard
from ingenes_desktop.ui.widgets.tool_row import ToolRow

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ingenes_desktop.ui.widgets.countdown import Clock

translate = QCoreApplication.translate


class View(QWidget):
    """Draws one kind of state and emits wishes; never asks anybody for anything. UI thread only.

    A subclass fills ``form`` and ``middle``, has ``draw(state, entered=...)``, and calls
    :meth:`retranslate` once at the end of its constructor.
    """

    HEADING_LINES = 3
    """How many the heading may have; ours fits into them in any language."""
    WISHES: tuple[str, ...] = ()
    """The signals that are the person's wishes, by name; the window has one of the same name for each."""
    announced = Signal(str)
    """Words for a screen reader, when it has a moment."""
    warned = Signal(str)
    """Words for a screen reader, at once."""
    language_chosen = Signal(object)
    """A Language was picked from the menu."""
    appearance_chosen = Signal(object)
    """An Appearance was picked from the menu."""
    help_requested = Signal()
    """The help shall be shown."""
    leave_requested = Signal()
    """The window shall be closed."""

    def __init__(self, settings: Settings, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.clock = clock
        self._notice_problem: Problem | None = None
        self._stands_in: QWidget | None = None
        self._quiet_height = 0
        self.card = card = SplitCard(self)
        self._gaps: list[tuple[QSpacerItem, int]] = []
        ground = QGridLayout(self)
        ground.setContentsMargins(0, 0, 0, 0)
        ground.setSpacing(0)
        # In the middle: what is left over goes to the rows and columns around it.
        ground.addWidget(card, 1, 1)
        for outer in (0, 2):
            ground.setRowStretch(outer, 1)
            ground.setColumnStretch(outer, 1)
        self.aside = card.aside
        self.form = card.form

        # Each widget has its lasting parent from the start: a new parent is a change of style for it
        # and all within it.
        self.heading = ElidedLabel("title", self.form.parentWidget(), lines=self.HEADING_LINES)
        self.form.addWidget(self.heading)
        self.tools = ToolRow(self.aside.parentWidget())
        self.tools.language_chosen.connect(self.language_chosen)
        self.tools.appearance_chosen.connect(self.appearance_chosen)
        self.tools.help_requested.connect(self.help_requested)
        self.language_menu = self.tools.language_menu
        self._tool_place = QHBoxLayout()

    def fit(self, room: QSize) -> None:
        """Arrange the card for ``room``, the window's inside. A subclass may rearrange its form then."""
        if not self.card.fit(room):
            return
        tight = self.card.is_tight
        for spacer, pixels in self._gaps:
            spacer.changeSize(0, pixels // 2 if tight else pixels)
        self.form.invalidate()
        if self.card.is_stacked and self.card.brand.indexOf(self.tools) < 0:
            self._tool_place.removeWidget(self.tools)
            self.card.brand.addWidget(self.tools)
        elif not self.card.is_stacked and self.card.brand.indexOf(self.tools) >= 0:
            self.card.brand.removeWidget(self.tools)
            self._tool_place.insertWidget(1, self.tools, 1)
        self._share_calm_half()
        self.refit()

    def heightForWidth(self, width: int, /) -> int:
        """Nothing while another view is on top: the stack asks all of them for their room."""
        return 0 if self.isHidden() else super().heightForWidth(width)

    def refit(self) -> None:
        """The card is tight or wide, stacked or not, otherwise than before; a subclass may follow."""

    def gap(self, pixels: int) -> None:
        """Leave ``pixels`` free below what the form holds so far; half as many where the card is tight."""
        spacer = QSpacerItem(0, pixels)
        self._gaps.append((spacer, pixels))
        self.form.addSpacerItem(spacer)

    def finish_aside(self, middle: QWidget | None) -> None:
        """Put ``middle`` on the calm half, and the notice and the quiet words below it."""
        if middle is not None:
            self.aside.addWidget(middle)
        self.aside.addStretch(1)
        calm = self.aside.parentWidget()
        self._notice = PlainLabel("aside", calm, wraps=True)
        self._footer = PlainLabel("aside-small", calm, wraps=True)
        self._footer.setMinimumHeight(scaled(Size.LINE))
        self._clinic: ElidedLabel | None = None
        self.aside.addWidget(self._notice)
        if self.settings.clinic:
            from ingenes_desktop.domain.plain_text import plain_text  # noqa: PLC0415  few machines have one

            self._clinic = ElidedLabel("aside", calm, lines=2)
            self._clinic.setText(plain_text(self.settings.clinic))
            self.aside.addWidget(self._clinic)
        self.aside.addWidget(self._footer)
        # The first tool's padding: its words stand below the others.
        self._tool_place.addSpacing(-Space.SMALL)
        self._tool_place.addWidget(self.tools, 1)
        self._tool_place.addSpacing(-Space.MEDIUM)
        self.aside.addLayout(self._tool_place)

    def stand_in(self, widget: QWidget | None) -> None:
        """Show ``widget``, which is on the calm half; in a band above the form, instead of the quiet words.

        None shows them again. The band is as high with the one as with the others: nothing moves.
        """
        if self._stands_in is not None:
            self._stands_in.hide()
        self._stands_in = widget
        self._share_calm_half()

    def _share_calm_half(self) -> None:
        if self._footer.isVisible():
            self._quiet_height = self._footer.height()
        is_band = self.card.is_stacked
        told, other = self._notice_problem is not None, self._stands_in
        is_taken = is_band and other is not None
        words = self.footer_in_words()
        if self._clinic is not None:
            self._clinic.setVisible(not is_band)
            if is_band:
                words = f"{self._clinic.whole_text()} · {words}"
        self._footer.setText(words)
        self._footer.setVisible(not is_band or not (told or is_taken))
        self._notice.setVisible(told and not is_taken)
        height = self._quiet_height if is_band else 0
        self._notice.setMinimumHeight(height)
        if other is not None:
            other.setMinimumHeight(height)
            other.show()

    def add_notice_bar(self) -> NoticeBar:
        """Put the bar for problems below what the form holds so far."""
        bar = NoticeBar(self.clock, self.form.parentWidget())
        self.gap(Space.SMALL)
        self.form.addWidget(bar)
        self.gap(Space.SMALL)
        return bar

    @property
    def language(self) -> Language:
        """The language that the view speaks."""
        return self.language_menu.language

    def title(self) -> str:
        """Where one is, for the window's title: never a word about a person."""
        return self.heading.whole_text().rstrip(".")

    def introduction(self) -> tuple[str, ...]:
        """What a screen reader says when the view is entered, once it has been drawn."""
        return (self.heading.whole_text(),)

    def show_notice(self, notice: Problem | None) -> None:
        """Say something calm on the calm half, or nothing."""
        self._notice_problem = notice
        if notice is None:
            self._notice.setText("")
        else:
            from ingenes_desktop.ui.messages import sentence  # noqa: PLC0415  not before the first paint

            self._notice.setText(sentence(notice))
        self._share_calm_half()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        self.tools.retranslate()
        self.show_notice(self._notice_problem)

    def footer_in_words(self) -> str:
        """What kind of computer it is, and the version."""
        return f"{kind_in_words(self.settings.machine)} · {__version__}"

    def leave(self) -> None:
        """Another view is shown from now on: nothing of a person may be left in this one."""

    def cover(self) -> None:
        """Nothing of a person may be read here until the next draw, which puts back what was typed.

        Unless :meth:`leave` comes first. Passwords are wiped by their fields as they are hidden.
        """

    def escape(self) -> None:
        """The person pressed Escape."""

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self.retranslate()

    def keyPressEvent(self, event: "QKeyEvent") -> None:
        """Escape goes back."""
        if event.key() == QtCore.Qt.Key.Key_Escape:
            # One that is held down may have closed what lay over the view.
            if not event.isAutoRepeat():
                self.escape()
        else:
            super().keyPressEvent(event)


def kind_in_words(kind: MachineKind) -> str:
    """Whose computer it is."""
    match kind:
        case MachineKind.PERSONAL:
            return translate("View", "Personal computer")
        case MachineKind.SHARED:
            return translate("View", "Shared computer")
        case MachineKind.KIOSK:
            return translate("View", "Kiosk")
