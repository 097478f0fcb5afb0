"""What the small menus of the calm half share: one of a few is chosen, and the present one is checked."""

from collections.abc import Mapping
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.icons import checked_icon
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Size

if TYPE_CHECKING:
    from PySide6.QtWidgets import QMenu


Choice = TypeVar("Choice")


class ChoiceMenu(QObject):
    """A menu below ``button``, made when it is first opened. UI thread only."""

    chosen = Signal(object)
    """The value that was clicked."""

    def __init__(self, button: QWidget) -> None:
        super().__init__(button)
        self._button = button
        self._menu: QMenu | None = None
        self._values: list[object] = []

    def open(self, words: Mapping[Choice, str], present: Choice) -> None:
        """Show the menu with ``words`` for each value; ``present`` is checked."""
        from PySide6.QtGui import QActionGroup, QIcon  # noqa: PLC0415  not before the first paint
        from PySide6.QtWidgets import QMenu  # noqa: PLC0415  likewise

        if self._menu is None:
            self._menu = QMenu(self._button)
            self._group = QActionGroup(self._menu)
            self._group.triggered.connect(self._triggered)
            for _ in words:
                action = self._menu.addAction("")
                action.setCheckable(True)
                self._group.addAction(action)
        self._values = list(words)
        self._menu.setAccessibleName(self._button.accessibleName() or self._button.toolTip())
        colors, side = colors_of(self._button), scaled(Size.ICON)
        ratio = self._button.devicePixelRatioF()
        check = checked_icon(colors.text, colors.on_selection, side, ratio)
        for action, (value, text) in zip(self._menu.actions(), words.items(), strict=True):
            action.setText(text)
            action.setChecked(value == present)
            # Ours in the place of Qt's, which the style sheet leaves no room.
            action.setIcon(check if value == present else QIcon())
            if value == present:
                self._menu.setActiveAction(action)
        self._menu.popup(self._button.mapToGlobal(self._button.rect().bottomLeft()))

    def _triggered(self, action: object) -> None:
        assert self._menu is not None  # noqa: S101  it was opened
        self.chosen.emit(self._values[self._menu.actions().index(action)])  # type: ignore[arg-type]  # Qt passes the QAction
