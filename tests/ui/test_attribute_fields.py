"""What an account lacks: fields that say below themselves what is wrong and how they are written."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.widgets.attribute_fields import AttributeFields

NAMES = ("given_name", "phone_number", "birthdate")
Open = Callable[..., AttributeFields]


@pytest.fixture
def fields(theme: Theme, translation: Translation, qtbot: QtBot) -> Open:
    _ = theme, translation
    opened: list[AttributeFields] = []

    def open_them(names: tuple[str, ...] = NAMES, width: int = 500) -> AttributeFields:
        widget = AttributeFields()
        qtbot.addWidget(widget)
        opened.append(widget)  # qtbot's reference is a weak one
        widget.fit(width)
        widget.ask_for(names)
        with qtbot.waitExposed(widget):
            widget.show()
        widget.resize(width, widget.heightForWidth(width))
        widget.grab()  # lays out
        return widget

    return open_them


def words(widget: AttributeFields) -> list[str]:
    return [each.text() for each in widget.findChildren(QLabel) if each.isVisible() and each.text()]


def test_how_it_is_written_stands_there_while_it_is_typed(fields: Open) -> None:
    widget = fields()
    _, phone, birthdate = widget.edits
    QTest.keyClicks(phone, "+52 55 5555 0142")
    QTest.keyClicks(birthdate, "19")
    assert {"Such as +52 55 1234 5678", "YYYY-MM-DD"} <= set(words(widget))
    assert phone.accessibleDescription() == "Such as +52 55 1234 5678"
    assert phone.placeholderText() == birthdate.placeholderText() == ""


def test_what_is_missing_is_said_beside_its_field_until_the_next_attempt(fields: Open) -> None:
    widget = fields()
    name, phone, birthdate = widget.edits
    warned: list[str] = []
    widget.warned.connect(warned.append)
    QTest.keyClicks(birthdate, "1990-02-28")
    assert widget.values() is None
    assert warned == ["First name: Fill in this field."]
    assert words(widget).count("Fill in this field.") == 2
    assert [edit.property("refused") == "true" for edit in widget.edits] == [True, True, False]
    QTest.keyClicks(name, "Ana")
    assert words(widget).count("Fill in this field.") == 2
    # Details that the far end does not refuse keep the edge that is theirs.
    widget.mark_refused(False)
    assert name.property("refused") == "true"
    assert widget.values() is None
    assert words(widget).count("Fill in this field.") == 1
    assert not name.property("refused")
    assert phone.property("refused") == "true"


def test_after_a_cover_what_is_missing_is_said_again(fields: Open) -> None:
    widget = fields()
    QTest.keyClicks(widget.edits[0], "Ana")
    assert widget.values() is None
    typed = widget.texts()
    widget.forget()
    assert "Fill in this field." not in words(widget)
    widget.put_back(typed)
    assert [edit.property("refused") == "true" for edit in widget.edits] == [False, True, True]
    assert words(widget).count("Fill in this field.") == 2
    # Another question begins anew.
    widget.ask_for(NAMES)
    widget.put_back(["", "", ""])
    assert "Fill in this field." not in words(widget)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize(("width", "columns"), [(500, 2), (440, 2), (330, 1)])
def test_there_are_as_many_columns_as_have_room(
    width: int, columns: int, language: Language, fields: Open, translation: Translation
) -> None:
    translation.use(language)
    widget = fields(width=width)
    lefts = [edit.mapTo(widget, QPoint()).x() for edit in widget.edits]
    assert len(set(lefts)) == columns
    # One that is alone on its line has all of it.
    assert widget.edits[-1].width() == width
    for label in widget.findChildren(QLabel):
        assert not label.text() or label.width() >= label.fontMetrics().horizontalAdvance(label.text())


def test_other_columns_keep_what_was_typed_and_the_order(fields: Open, qtbot: QtBot) -> None:
    widget = fields()
    QTest.keyClicks(widget.edits[1], "5512345678")
    widget.fit(300)
    assert widget.edits[1].text() == "5512345678"
    widget.edits[0].setFocus()
    widget.activateWindow()
    for edit in widget.edits[1:]:
        QTest.keyClick(widget.focusWidget(), Qt.Key.Key_Return)
        assert widget.focusWidget() is edit
    with qtbot.waitSignal(widget.submitted):
        QTest.keyClick(widget.focusWidget(), Qt.Key.Key_Return)
