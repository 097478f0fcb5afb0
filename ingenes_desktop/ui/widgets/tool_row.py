"""The small tools at the foot of the calm half: language, looks, help."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ingenes_desktop.domain.machine import Appearance
from ingenes_desktop.ui.widgets.choice_menu import ChoiceMenu
from ingenes_desktop.ui.widgets.icon_button import IconButton
from ingenes_desktop.ui.widgets.language_menu import LanguageMenu

translate = QCoreApplication.translate


class ToolRow(QWidget):
    """Every view has one. UI thread only."""

    language_chosen = Signal(object)
    """A Language."""
    appearance_chosen = Signal(object)
    """An Appearance."""
    help_requested = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.appearance = Appearance.SYSTEM
        """What is chosen; the menu checks it."""
        self.language_menu = LanguageMenu(self)
        self.language_menu.language_chosen.connect(self.language_chosen)
        self.appearance_button = IconButton("appearance", self, on_aside=True)
        self.appearance_button.clicked.connect(self._open_appearances)
        self.help_button = IconButton("help", self, on_aside=True)
        self.help_button.clicked.connect(self.help_requested)
        self._appearances = ChoiceMenu(self.appearance_button)
        self._appearances.chosen.connect(self.appearance_chosen)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addWidget(self.language_menu)
        row.addStretch(1)
        row.addWidget(self.appearance_button)
        row.addWidget(self.help_button)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in reading order."""
        return (self.language_menu, self.appearance_button, self.help_button)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.language_menu.retranslate()
        self.appearance_button.set_name(translate("ToolRow", "Appearance"))
        self.help_button.set_name(translate("ToolRow", "Help"))

    def _open_appearances(self) -> None:
        words = {
            Appearance.SYSTEM: translate("ToolRow", "Like the system"),
            Appearance.LIGHT: translate("ToolRow", "Light"),
            Appearance.DARK: translate("ToolRow", "Dark"),
            Appearance.CONTRAST: translate("ToolRow", "High contrast"),
        }
        self._appearances.open(words, self.appearance)
