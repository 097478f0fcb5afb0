"""What is wrong with a field stands below it until the next attempt, in room that is always kept."""

import pytest
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import SCHEMES, Colors
from ingenes_desktop.ui.widgets.field_words import ErrorLine
from ingenes_desktop.ui.widgets.form_field import FormField
from tests.window import one

LONG = "Su contraseña temporal venció. Pida otra a Soporte. Ref. 7K3Q9F"


def shown(qtbot: QtBot, *, lines: int = 1, width: int = 300) -> FormField:
    field = FormField(QLineEdit(), lines=lines)
    field.set_label("Email")
    qtbot.addWidget(field)
    field.resize(width, field.sizeHint().height())
    with qtbot.waitExposed(field):
        field.show()
    return field


def height(field: FormField) -> int:
    """What a layout gives it."""
    return field.heightForWidth(field.width()) if field.hasHeightForWidth() else field.sizeHint().height()


def words(field: FormField) -> list[str]:
    labels = [label for label in field.findChildren(QLabel) if label.isVisible() and label.text()]
    return [label.text() for label in sorted(labels, key=lambda label: label.mapTo(field, label.pos()).y())]


@pytest.mark.parametrize("lines", [1, 2])
def test_the_room_is_there_before_the_words(lines: int, qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot, lines=lines)
    empty = height(field), field.edit.geometry()
    field.refuse("Enter your email.")
    field.grab()
    assert (height(field), field.edit.geometry()) == empty
    field.refuse("")
    field.set_hint("Caps Lock is on")
    field.grab()
    assert (height(field), field.edit.geometry()) == empty


def test_the_words_stand_below_the_field_and_are_its_description(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot)
    field.refuse("Enter your email.")
    field.grab()
    line = one(field, ErrorLine)
    assert line.mapTo(field, line.rect().topLeft()).y() >= field.edit.geometry().bottom()
    assert field.edit.accessibleDescription() == "Enter your email."
    assert field.edit.property("refused") == "true"


def test_typing_takes_nothing_away(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot)
    field.refuse("Enter your email.")
    QTest.keyClicks(field.edit, "ana")
    assert words(field) == ["Email", "Enter your email."]
    assert field.edit.property("refused") == "true"
    field.refuse("")
    assert words(field) == ["Email"]
    assert not field.edit.property("refused")


@pytest.mark.parametrize("colors", SCHEMES.values(), ids=list(SCHEMES))
def test_a_sign_stands_before_the_words(colors: Colors, qtbot: QtBot, theme: Theme) -> None:
    theme.wear(colors)
    field = shown(qtbot)
    field.refuse("Enter your email.")
    line = one(field, ErrorLine)
    picture = line.grab().toImage()
    sign = {picture.pixelColor(x, y).name() for x in range(16) for y in range(line.height())}
    assert QColor(colors.error).name() in sign
    assert line.contentsMargins().left() >= 16


def test_what_is_wrong_goes_before_a_hint(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot, lines=1)
    field.set_hint("Caps Lock is on")
    assert words(field) == ["Email", "Caps Lock is on"]
    field.refuse("Enter your email.")
    assert words(field) == ["Email", "Enter your email."]
    field.refuse("")
    assert words(field) == ["Email", "Caps Lock is on"]


def test_both_are_said_where_both_have_room(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot, lines=2)
    field.set_hint("Caps Lock is on")
    field.refuse("Enter your email.")
    field.grab()
    assert words(field) == ["Email", "Enter your email.", "Caps Lock is on"]
    assert field.edit.accessibleDescription() == "Enter your email. Caps Lock is on"
    field.refuse(LONG)
    field.grab()
    assert words(field) == ["Email", LONG]
    field.resize(800, field.height())
    assert words(field) == ["Email", LONG, "Caps Lock is on"]


def test_what_needs_more_room_gets_it(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    field = shown(qtbot, lines=1)
    before = field.heightForWidth(300)
    field.refuse(LONG)
    after = field.heightForWidth(300)
    assert after > before
    field.resize(300, after)
    field.grab()
    line = one(field, ErrorLine)
    assert line.height() >= line.heightForWidth(line.width())
