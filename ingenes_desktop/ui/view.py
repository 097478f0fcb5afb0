"""What all views share: the card, the heading, the language menu, and the quiet words at the foot."""

from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QCoreApplication, QEvent, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ingenes_desktop import __version__
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.language_menu import LanguageMenu
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel
from ingenes_desktop.ui.widgets.split_card import SplitCard

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from ingenes_desktop.ui.widgets.countdown import Clock

translate = QCoreApplication.translate


class View(QWidget):
    """Draws one kind of state and emits wishes; never asks anybody for anything. UI thread only.

    A subclass fills ``form`` and ``middle``, has ``draw(state, entered=...)``, and calls
    :meth:`retranslate` once at the end of its constructor.
    """

    WISHES: tuple[str, ...] = ()
    """The signals that are the person's wishes, by name; the window has one of the same name for each."""
    announced = Signal(str)
    """Words for a screen reader, when it has a moment."""
    warned = Signal(str)
    """Words for a screen reader, at once."""
    language_chosen = Signal(object)
    """A Language was picked from the menu."""
    leave_requested = Signal()
    """The window shall be closed."""

    def __init__(self, settings: Settings, clock: "Clock", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.settings = settings
        self.clock = clock
        self._notice_problem: Problem | None = None
        card = SplitCard(self)
        self.card: QWidget = card
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
        self.heading = ElidedLabel("title", self.form.parentWidget(), lines=2)
        self.form.addWidget(self.heading)
        self.language_menu = LanguageMenu(self.aside.parentWidget())
        self.language_menu.language_chosen.connect(self.language_chosen)

    def finish_aside(self, middle: QWidget | None) -> None:
        """Put ``middle`` on the calm half, and the notice and the quiet words below it."""
        if middle is not None:
            self.aside.addWidget(middle)
        self.aside.addStretch(1)
        calm = self.aside.parentWidget()
        self._notice = PlainLabel("aside", calm, wraps=True)
        self._footer = PlainLabel("aside-small", calm, wraps=True)
        self.aside.addWidget(self._notice)
        self.aside.addSpacing(Space.SMALL)
        if self.settings.clinic:
            from ingenes_desktop.domain.plain_text import plain_text  # noqa: PLC0415  few machines have one

            clinic = ElidedLabel("aside", calm)
            clinic.setText(plain_text(self.settings.clinic))
            self.aside.addWidget(clinic)
        self.aside.addWidget(self._footer)
        # A line of its own: beside the wordmark a wide font would have no room.
        language = QHBoxLayout()
        language.addSpacing(-5)  # the button's edge and padding: its words stand below the others
        language.addWidget(self.language_menu)
        language.addStretch(1)
        self.aside.addLayout(language)

    def add_notice_bar(self) -> NoticeBar:
        """Put the bar for problems below what the form holds so far."""
        bar = NoticeBar(self.clock, self.form.parentWidget())
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(bar)
        self.form.addSpacing(Space.SMALL)
        return bar

    @property
    def language(self) -> Language:
        """The language that the view speaks."""
        return self.language_menu.language

    def introduction(self) -> tuple[str, ...]:
        """What a screen reader says when the view is entered, once it has been drawn."""
        return (self.heading.whole_text(),)

    def show_notice(self, notice: Problem | None) -> None:
        """Say something calm on the calm half, or nothing."""
        self._notice_problem = notice
        if notice is None:
            self._notice.setText("")
            return
        from ingenes_desktop.ui.messages import sentence  # noqa: PLC0415  not before the first paint

        self._notice.setText(sentence(notice))

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        self.language_menu.retranslate()
        self._footer.setText(self.footer_in_words())
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
