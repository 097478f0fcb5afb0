"""The small menu that changes the language of the window."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.painting import draw_lines
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.widgets.buttons import LinkButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QMenu

_NAMES = {Language.SPANISH: "Español", Language.ENGLISH: "English"}
"""Each language in its own words, so that the right one is found from within the wrong one."""


class LanguageMenu(LinkButton):
    """Shows the present language, and offers the others on a click."""

    language_chosen = Signal(object)
    """A Language was clicked."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="aside-link")
        self._menu: QMenu | None = None
        self.clicked.connect(self.open)
        self.retranslate()

    @property
    def language(self) -> Language:
        """The language that the window speaks, by its own catalogue."""
        return next(language for language, name in _NAMES.items() if name == self._present_name())

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.setText(self._present_name())
        self.setAccessibleDescription(self.tr("Language"))
        self.setToolTip(self.tr("Language"))

    def open(self) -> None:
        """Show the menu below the button; it is made on the first click."""
        from PySide6.QtGui import QActionGroup  # noqa: PLC0415  not before the first paint
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415  likewise

        if self._menu is None:
            self._menu = QMenu(self)
            group = QActionGroup(self._menu)
            for language, name in _NAMES.items():
                action = self._menu.addAction(name)
                action.setCheckable(True)
                action.setData(language.value)
                group.addAction(action)
            group.triggered.connect(self._chosen)
        for action in self._menu.actions():
            action.setChecked(action.data() == self.language.value)
        self._menu.popup(self.mapToGlobal(self.rect().bottomLeft()))

    def paintEvent(self, event: "QPaintEvent") -> None:
        """Draw the name, and the sign that there is more below."""
        super().paintEvent(event)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tip = QPointF(self.width() - 10, self.height() / 2 + 2.5)
        arrow = [tip + QPointF(-4, -4), tip, tip + QPointF(4, -4)]
        draw_lines(painter, arrow, 1.6, colors_of(self).on_aside_muted)

    def _chosen(self, action: object) -> None:
        value = action.data()  # type: ignore[attr-defined]  # Qt passes the QAction
        self.language_chosen.emit(Language(value))

    def _present_name(self) -> str:
        return self.tr("English", "the name of this very language, in its own words")
