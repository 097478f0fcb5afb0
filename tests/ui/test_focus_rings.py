"""The ring of the focus can be seen in every scheme, and touches no letter."""

from collections.abc import Callable, Iterable
from itertools import dropwhile, takewhile

import pytest
from PySide6.QtCore import QPoint, QRect
from PySide6.QtGui import QColor, QImage, QPalette
from PySide6.QtWidgets import QLineEdit, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import SCHEMES
from ingenes_desktop.ui.widgets.buttons import BusyButton, Button, LinkButton
from ingenes_desktop.ui.widgets.check_box import CheckBox
from ingenes_desktop.ui.widgets.choice_button import ChoiceButton
from ingenes_desktop.ui.widgets.icon_button import IconButton
from ingenes_desktop.ui.widgets.key_label import KeyLabel
from ingenes_desktop.ui.widgets.language_menu import LanguageMenu
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.contrast_table import contrast

WORDS = "Iniciar sesión"


def _button(kind: Callable[[], QPushButton]) -> Callable[[], QWidget]:
    def make() -> QWidget:
        button = kind()
        button.setText(WORDS)
        return button

    return make


def _busy() -> QWidget:
    button = BusyButton()
    button.set_texts(WORDS, "Iniciando sesión…")
    return button


def _box(*, checked: bool) -> QWidget:
    box = CheckBox()
    box.setText(WORDS)
    box.setChecked(checked)
    return box


def _refused() -> QWidget:
    field = QLineEdit()
    field.setProperty("refused", "true")
    return field


def _choice() -> QWidget:
    choice = ChoiceButton()
    choice.set_words(WORDS, "Enviamos un código a su correo.")
    return choice


def _key() -> QWidget:
    key = KeyLabel(selectable=True)
    key.setText("JBSW Y3DP EHPK 3PXP")
    return key


CONTROLS: dict[str, Callable[[], QWidget]] = {
    "primary": _busy,
    "quiet": _button(lambda: Button("quiet")),
    "link": _button(LinkButton),
    "box": lambda: _box(checked=False),
    "box-checked": lambda: _box(checked=True),
    "icon": lambda: IconButton("help"),
    "field": QLineEdit,
    "field-refused": _refused,
    "eye": PasswordEdit,
    "choice": _choice,
    "key": _key,
    "aside-link": LanguageMenu,
    "aside-icon": lambda: IconButton("help", on_aside=True),
}
THICK = 2
"""Pixels, all around (WCAG 2.2, 2.4.13)."""


def changed(before: QImage, after: QImage) -> list[QPoint]:
    """Where there is 3:1 between the one and the other (WCAG 2.2, 2.4.13)."""
    return [
        QPoint(x, y)
        for x in range(after.width())
        for y in range(after.height())
        if before.pixel(x, y) != after.pixel(x, y)
        and contrast(before.pixelColor(x, y).name(), after.pixelColor(x, y).name()) >= 3
    ]


def thickness(ring: list[QPoint]) -> tuple[int, ...]:
    """How many of its pixels follow each other in the middle of each side: left, right, above, below."""
    there = {(point.x(), point.y()) for point in ring}
    columns, rows = sorted({x for x, _ in there}), sorted({y for _, y in there})
    if not there:
        return (0,)
    across = range(columns[0], columns[-1] + 1)
    down = range(rows[0], rows[-1] + 1)
    x, y = across[len(across) // 2], down[len(down) // 2]
    return (
        _run((each, y) in there for each in across),
        _run((each, y) in there for each in reversed(across)),
        _run((x, each) in there for each in down),
        _run((x, each) in there for each in reversed(down)),
    )


def _run(seen: Iterable[bool]) -> int:
    return sum(1 for _ in takewhile(bool, dropwhile(lambda each: not each, seen)))


def letters(widget: QWidget) -> QRect:
    """Where the words of a push button stand, with a pixel around; nothing for what has none."""
    if not isinstance(widget, QPushButton) or not widget.text():
        return QRect()
    metrics = widget.fontMetrics()
    area = metrics.boundingRect(widget.text())
    area.moveCenter(widget.rect().center())
    return area.adjusted(-1, -1, 1, 1)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("name", CONTROLS)
def test_the_focus_can_be_seen(name: str, scheme: str, qtbot: QtBot, theme: Theme) -> None:
    theme.wear(SCHEMES[scheme])
    page = QWidget()
    if name.startswith("aside"):
        page.setAutoFillBackground(True)
        page.setPalette(QPalette(QColor(SCHEMES[scheme].aside)))
    qtbot.addWidget(page)
    made, other = CONTROLS[name](), QLineEdit()
    control = made.eye if isinstance(made, PasswordEdit) else made
    rows = QVBoxLayout(page)
    rows.addWidget(made)
    rows.addWidget(other)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    other.setFocus()
    qtbot.waitUntil(other.hasFocus)
    before = page.grab(QRect(control.mapTo(page, QPoint()), control.size())).toImage()
    control.setFocus()
    qtbot.waitUntil(control.hasFocus)
    after = page.grab(QRect(control.mapTo(page, QPoint()), control.size())).toImage()
    ring = changed(before, after)
    assert min(thickness(ring)) >= THICK, (thickness(ring), len(ring))
    words = letters(control)
    assert not [point for point in ring if words.contains(point)], "it touches the letters"
