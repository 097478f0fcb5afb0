"""A new password that Cognito asks for, and what the account lacks."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.answer import NewPasswordAnswer
from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.attribute_fields import AttributeFields, attribute_in_words
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.states import KEYRING, asked, problem
from tests.ui.told import tells

PASSWORD = "Una-clave-9"
ASKED = asked(NewPasswordQuestion())
LACKS = asked(NewPasswordQuestion(("given_name", "phone_number")))
MANY = ("name", "phone_number", "birthdate", "gender", "address", "zoneinfo", "website")
Show = Callable[..., Shown]


def type_new_password(shown: Shown, password: str = PASSWORD) -> None:
    for label in ("New password", "Confirm password"):
        QTest.keyClicks(shown.field(label), password)


def typed(shown: Shown, label: str) -> str:
    edit = shown.field(label)
    assert isinstance(edit, PasswordEdit)
    return edit.evaluate(str)


def places(shown: Shown) -> list[QRect]:
    shown.window.grab()  # lays out
    edits = [edit for edit in shown.view.findChildren(QLineEdit) if edit.isVisible()]
    return [QRect(edit.mapTo(shown.view, QPoint(0, 0)), edit.size()) for edit in edits]


def answers_of(shown: Shown) -> list[NewPasswordAnswer]:
    answers: list[NewPasswordAnswer] = []
    shown.window.answer_submitted.connect(answers.append)
    return answers


def press_continue(shown: Shown) -> None:
    QTest.mouseClick(shown.button("Continue"), Qt.MouseButton.LeftButton)


def test_the_new_password_is_handed_over_and_kept_until_the_view_is_left(show: Show) -> None:
    shown = show(ASKED)
    answers = answers_of(shown)
    assert shown.focus() is shown.field("New password")
    type_new_password(shown)
    QTest.keyClick(shown.field("Confirm password"), Qt.Key.Key_Return)
    (answer,) = answers
    assert answer.password.reveal() == PASSWORD
    assert answer.attributes == ()
    shown.become(replace(ASKED, busy=True))
    assert shown.field("New password").isReadOnly()
    press = shown.button("Continuing…")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert len(answers) == 1
    # Whoever has no network presses once more, and types nothing.
    shown.become(replace(ASKED, problem=problem(ErrorCode.NO_NETWORK)))
    assert shown.focus() is shown.button("Continue")
    QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    assert answers[1].password.reveal() == PASSWORD
    shown.become(SignedOut())
    shown.become(ASKED)
    assert typed(shown, "New password") == typed(shown, "Confirm password") == ""


def test_a_confirmation_that_differs_is_typed_over(show: Show) -> None:
    shown = show(ASKED)
    QTest.keyClicks(shown.field("New password"), PASSWORD)
    QTest.keyClicks(shown.field("Confirm password"), PASSWORD[:-1])
    QTest.keyClick(shown.field("Confirm password"), Qt.Key.Key_Return)
    assert "Passwords do not match." in shown.words()
    QTest.keyClicks(shown.focus(), PASSWORD)
    assert shown.field("Confirm password").text() == shown.field("New password").text()


def test_a_refused_new_password_is_explained_beside_it(show: Show) -> None:
    shown = show(ASKED, language=Language.SPANISH)
    at_rest = places(shown)
    QTest.keyClicks(shown.field("Nueva contraseña"), PASSWORD)
    shown.become(replace(ASKED, busy=True))
    shown.become(replace(ASKED, problem=problem(ErrorCode.PASSWORD_POLICY)))
    text = "La contraseña no cumple los requisitos: más caracteres, un número. Ref.\u00a07K3Q9F"
    assert text in shown.words()
    assert shown.focus() is shown.field("Nueva contraseña")
    assert typed(shown, "Nueva contraseña") == ""
    assert places(shown) == at_rest
    # It stays while the words change, and goes with the first key.
    shown.translation.use(Language.ENGLISH)
    QApplication.sendPostedEvents()
    words = "The password does not meet the requirements: more characters, a number. Ref.\u00a07K3Q9F"
    assert words in shown.words()
    QTest.keyClicks(shown.focus(), "x")
    shown.become(replace(ASKED, problem=problem(ErrorCode.PASSWORD_POLICY), notice=KEYRING))
    assert words not in shown.words()


def test_starting_over_is_always_possible(qtbot: QtBot, show: Show) -> None:
    shown = show(ASKED)
    with qtbot.waitSignal(shown.window.start_over_requested):
        QTest.mouseClick(shown.button("Start over"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.window.start_over_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)


def test_what_the_account_lacks_is_asked_for_too(show: Show) -> None:
    shown = show(LACKS)
    answers = answers_of(shown)
    way: list[QWidget] = []
    for label, text in (
        ("New password", PASSWORD),
        ("Confirm password", PASSWORD),
        ("First name", "  Ana Maria "),
        ("Phone", "+52 (55) 1234-5678"),
    ):
        assert shown.focus() is shown.field(label)
        way.append(shown.focus())
        QTest.keyClicks(shown.focus(), text)
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    (answer,) = answers
    assert answer.password.reveal() == PASSWORD
    assert answer.attributes == (("given_name", "Ana Maria"), ("phone_number", "+525512345678"))


def test_what_is_missing_is_named_and_has_the_focus(show: Show) -> None:
    shown = show(LACKS)
    answers = answers_of(shown)
    type_new_password(shown)
    QTest.keyClicks(shown.field("First name"), "Ana")
    QTest.keyClicks(shown.field("Phone"), "   ")
    press_continue(shown)
    assert answers == []
    phone = shown.field("Phone")
    assert shown.focus() is phone
    assert phone.property("refused") == "true"
    assert phone.accessibleDescription() == "Fill in this field."
    assert not shown.field("First name").property("refused")
    assert shown.spoken[-1] == ("Phone: Fill in this field.", True)
    QTest.keyClicks(phone, "+525512345678")
    assert not phone.property("refused")
    assert phone.accessibleDescription() == "+52 55 1234 5678"
    press_continue(shown)
    assert len(answers) == 1
    assert answers[0].password.reveal() == PASSWORD


def test_refused_details_are_all_that_is_mended(show: Show) -> None:
    shown = show(LACKS)
    answers = answers_of(shown)
    at_rest = places(shown)
    type_new_password(shown)
    QTest.keyClicks(shown.field("First name"), "Ana")
    QTest.keyClicks(shown.field("Phone"), "555")
    press_continue(shown)
    shown.become(replace(LACKS, busy=True))
    assert shown.field("Phone").isReadOnly()
    shown.become(replace(LACKS, problem=problem(ErrorCode.ATTRIBUTES_REFUSED)))
    assert any("Your details were not accepted." in words for words in shown.words())
    assert shown.focus() is shown.field("First name")
    assert shown.field("Phone").property("refused") == "true"
    assert shown.field("Phone").text() == "555"
    assert places(shown) == at_rest
    QTest.keyClicks(shown.field("Phone"), "5512345678")
    press_continue(shown)
    assert answers[1].password.reveal() == PASSWORD
    assert answers[1].attributes == (("given_name", "Ana"), ("phone_number", "5555512345678"))


def test_many_fields_are_scrolled_to(show: Show) -> None:
    shown = show(asked(NewPasswordQuestion(MANY)), language=Language.SPANISH)
    fields = shown.view.findChild(AttributeFields)
    assert isinstance(fields, QScrollArea)
    shown.window.grab()  # lays out
    assert fields.verticalScrollBar().maximum() > 0
    shown.field("Confirmar contraseña").setFocus()
    for label in ("Nombre completo", "Teléfono", "Fecha de nacimiento", "Género", "Dirección"):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
        edit = shown.field(label)
        assert shown.focus() is edit
        top = edit.mapTo(fields.viewport(), QPoint(0, 0)).y()
        assert 0 <= top <= fields.viewport().height() - edit.height()
    assert shown.field("Fecha de nacimiento").placeholderText() == "AAAA-MM-DD"


def test_another_question_asks_for_its_own(show: Show) -> None:
    shown = show(LACKS)
    QTest.keyClicks(shown.field("First name"), "483920")
    other = asked(NewPasswordQuestion(("custom:area_de_trabajo",)))
    shown.become(replace(other, number=2))
    assert "Area de trabajo" in shown.words()
    assert tells(shown.window, "483920") == []
    shown.become(SignedOut())
    shown.become(ASKED)
    assert [edit.accessibleName() for edit in shown.fields()] == ["New password", "Confirm password"]


def test_nothing_is_left_for_the_next_person(show: Show) -> None:
    shown = show(LACKS)
    type_new_password(shown)
    QTest.keyClicks(shown.field("First name"), "483920")
    shown.become(SignedOut())
    assert tells(shown.window, "483920", PASSWORD) == []


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("family_name", "Last name"),
        ("birthdate", "Date of birth"),
        ("custom:area", "Area"),
        ("custom:<b>x</b>", "<b>x</b>"),
        ("custom:" + "x" * 57, "X" + "x" * 24 + "…"),
    ],
)
def test_an_attribute_has_a_name_that_can_be_read(name: str, words: str, show: Show) -> None:
    show()
    assert attribute_in_words(name) == words
