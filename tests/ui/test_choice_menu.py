"""The small menus: one line is checked, and the mark can be seen on it in every scheme."""

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QColor, QIcon
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.machine import Appearance
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import SCHEMES
from ingenes_desktop.ui.widgets.tool_row import ToolRow

LINES = list(Appearance)


@pytest.fixture
def row(qtbot: QtBot, theme: Theme) -> ToolRow:
    _ = theme
    row = ToolRow()
    qtbot.addWidget(row)
    row.retranslate()
    row.show()
    return row


def opened(row: ToolRow) -> QMenu:
    row.appearance_button.click()
    (menu,) = row.appearance_button.findChildren(QMenu)
    return menu


@pytest.mark.parametrize("present", LINES)
def test_what_is_chosen_is_checked_and_nothing_else(present: Appearance, row: ToolRow) -> None:
    row.appearance = present
    menu = opened(row)
    assert [action.isChecked() for action in menu.actions()] == [each is present for each in LINES]
    assert [not action.icon().isNull() for action in menu.actions()] == [each is present for each in LINES]
    assert menu.activeAction() is menu.actions()[LINES.index(present)]
    menu.close()


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_mark_has_the_colour_of_the_words(scheme: str, row: ToolRow, theme: Theme) -> None:
    theme.wear(SCHEMES[scheme])
    menu = opened(row)
    icon = menu.actions()[0].icon()
    inks = {QIcon.Mode.Normal: SCHEMES[scheme].text, QIcon.Mode.Active: SCHEMES[scheme].on_selection}
    for mode, ink in inks.items():
        image = icon.pixmap(QSize(20, 20), mode).toImage()
        colours = {
            image.pixelColor(x, y).name()
            for x in range(image.width())
            for y in range(image.height())
            if image.pixelColor(x, y).alpha() == 255
        }
        assert QColor(ink).name() in colours, mode
    menu.close()
