"""The small menu that changes the language of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRectF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.icons import paint_icon
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.widgets.buttons import LinkButton
from ingenes_desktop.ui.widgets.choice_menu import ChoiceMenu

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_ARROW = 16
NAMES = {Language.SPANISH: "Español", Language.ENGLISH: "English"}
"""Each language in its own words, so that the right one is found from within the wrong one."""


class LanguageMenu(LinkButton):
    """Shows the present language, and offers the others on a click."""

    language_chosen = Signal(object)
    """A Language was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="aside-link")
        self._menu = ChoiceMenu(self)
        self._menu.chosen.connect(self.language_chosen)
        self.clicked.connect(self.open)
        self.retranslate()

    @property
    def language(self) -> Language:
        """The language that the window speaks, by its own catalogue."""
        return next(language for language, name in NAMES.items() if name == self._present_name())

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.setText(self._present_name())
        self.setAccessibleDescription(self.tr("Language"))
        self.setToolTip(self.tr("Language"))

    def open(self) -> None:
        """Show the menu below the button."""
        self._menu.open(NAMES, self.language)

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the name, and the sign that there is more below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side = scaled(_ARROW)
        arrow = QRectF(self.width() - side - 4, (self.height() - side) / 2 + 1, side, side)
        paint_icon(painter, "chevron-down", arrow, colors_of(self).on_aside_muted)

    def _present_name(self) -> str:
        return self.tr("English", "the name of this very language, in its own words")
