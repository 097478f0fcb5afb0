"""A new password that Cognito asks for, and what the account lacks."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QScrollArea, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.answer import NewPasswordAnswer
from ingenes_desktop.domain.auth_state import AuthState, Covered, ResetCodeSent, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.attribute_fields import attribute_in_words
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.marked_list import MarkedLine
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.layout_faults import settle
from tests.ui.reading_order import assert_reading_order
from tests.ui.states import EMAIL, KEYRING, SESSION, STATES, asked, problem
from tests.ui.told import tells

PASSWORD = "Una-clave-9"
ASKED = asked(NewPasswordQuestion())
SENT = ResetCodeSent(EMAIL, remember=False, destination="a***@c***")
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
    settle()
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
    assert "Passwords do not match." in shown.words()
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
    # It stays while the words change, while another one is typed, and behind a cover.
    shown.translation.use(Language.ENGLISH)
    QApplication.sendPostedEvents()
    words = "The password does not meet the requirements: more characters, a number. Ref.\u00a07K3Q9F"
    assert words in shown.words()
    QTest.keyClicks(shown.focus(), PASSWORD)
    refused = replace(ASKED, problem=problem(ErrorCode.PASSWORD_POLICY), notice=KEYRING)
    shown.become(refused)
    shown.become(Covered(refused))
    shown.become(refused)
    assert words in shown.words()
    assert shown.field("New password").property("refused") == "true"
    # The next attempt takes it away: nothing was typed again behind the cover.
    press_continue(shown)
    assert words not in shown.words()
    assert "Enter your password." in shown.words()
    shown.become(replace(refused, notice=None))
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
    assert phone.accessibleDescription().startswith("Fill in this field.")
    assert not shown.field("First name").property("refused")
    assert shown.spoken[-1] == ("Phone: Fill in this field.", True)
    # It stands while it is filled in, and behind a cover, until the next attempt.
    QTest.keyClicks(phone, "+525512345678")
    shown.become(Covered(LACKS))
    shown.become(LACKS)
    assert phone.property("refused") == "true"
    assert phone.accessibleDescription().startswith("Fill in this field.")
    type_new_password(shown)
    press_continue(shown)
    assert not phone.property("refused")
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
    ground = shown.window.centralWidget()
    assert isinstance(ground, QScrollArea)
    at_size(shown, 800, 480)
    assert ground.verticalScrollBar().maximum() > 0
    shown.field("Confirmar contraseña").setFocus()
    for label in ("Nombre completo", "Teléfono", "Fecha de nacimiento", "Género", "Dirección"):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
        edit = shown.field(label)
        assert shown.focus() is edit
        top = edit.mapTo(ground.viewport(), QPoint(0, 0)).y()
        assert 0 <= top <= ground.viewport().height() - edit.height()
    assert "AAAA-MM-DD" in shown.field("Fecha de nacimiento").accessibleDescription()


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


# -- where the two passwords stand


def is_beside(shown: Shown) -> bool:
    """Whether the second password stands beside the first; below it otherwise."""
    new, confirmation = (
        QRect(edit.mapTo(shown.view, QPoint(0, 0)), edit.size())
        for edit in (shown.field("New password"), shown.field("Confirm password"))
    )
    assert not new.intersects(confirmation)
    beside = new.top() == confirmation.top()
    assert (new.right() < confirmation.left()) if beside else (new.left() == confirmation.left())
    return beside


def at_size(shown: Shown, width: int, height: int) -> Shown:
    shown.window.resize(width, height)
    settle()
    return shown


def test_the_passwords_stand_side_by_side_only_where_they_have_room(show: Show) -> None:
    # With nothing else to fill in they stand one below the other, as they are filled in.
    for width, height, beside in ((1000, 680, False), (800, 480, False), (480, 800, False), (683, 384, True)):
        assert is_beside(at_size(show(ASKED), width, height)) is beside
    assert is_beside(at_size(show(LACKS), 1000, 680))
    for width, height, beside in ((1366, 768, True), (800, 480, True), (480, 800, True), (330, 640, False)):
        assert is_beside(at_size(show(SENT), width, height)) is beside


def test_long_words_put_one_password_below_the_other(show: Show) -> None:
    shown = at_size(show(SENT), 480, 800)
    field = shown.field("Confirm password").parentWidget()
    assert isinstance(field, FormField)
    field.set_label("[Ćóñḟíŕḿ ṕáśśẃóŕď ~~~~~~~~~~~~~~~~]")
    settle()
    new, confirmation = shown.field("New password"), field.edit
    assert new.mapTo(shown.view, QPoint(0, 0)).x() == confirmation.mapTo(shown.view, QPoint(0, 0)).x()
    assert confirmation.width() == new.width()


def test_every_unmet_rule_is_named_in_two_lines(show: Show) -> None:
    for language, size in product(Language, ((800, 480), (480, 800), (1000, 680))):
        shown = at_size(show(SENT, language=language), *size)
        at_rest = places(shown)
        code, new, again = shown.fields()
        code.setText("483920")
        # The last of them, a password of blanks alone, may take a third line where it is narrow.
        for typed, unmet in (("-", 4), ("ñ", 5), *(((" ", 6),) if size[0] > 480 else ())):
            QApplication.clipboard().setText(typed)
            new.selectAll()
            QTest.keySequence(new, QKeySequence.StandardKey.Paste)
            QTest.keyClick(again, Qt.Key.Key_Return)
            said = new.accessibleDescription()
            assert said.count(",") == unmet - 1
            assert "…" not in said
            assert said in shown.words()
            assert places(shown) == at_rest


def test_the_words_stand_below_the_field_that_they_are_about(show: Show) -> None:
    for state, size in product((ASKED, SENT), ((1000, 680), (800, 480), (480, 800))):
        shown = at_size(show(state), *size)
        for code in shown.fields()[:-2]:
            code.setText("483920")
        QTest.keyClicks(shown.field("New password"), PASSWORD)
        QTest.keyClick(shown.field("Confirm password"), Qt.Key.Key_Return)
        settle()
        confirmation = shown.field("Confirm password")
        (line,) = [
            each for each in shown.view.findChildren(QLabel) if each.text() == "Passwords do not match."
        ]
        place = line.mapTo(shown.view, QPoint(0, 0))
        field = confirmation.mapTo(shown.view, QPoint(0, 0))
        assert place.x() == field.x()
        assert 0 <= place.y() - (field.y() + confirmation.height()) <= Space.SMALL
        assert line.heightForWidth(line.width()) <= line.height()


def test_caps_lock_is_told_at_the_field_that_is_typed_in(show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("New password"), PASSWORD)
    confirmation = shown.field("Confirm password")
    confirmation.setFocus()
    QTest.keyClicks(confirmation, "A")
    assert confirmation.accessibleDescription() == "Caps Lock is on"
    assert shown.field("New password").accessibleDescription() == ""
    # What was refused goes before it.
    QTest.keyClicks(shown.field("Verification code"), "483920")
    QTest.keyClick(confirmation, Qt.Key.Key_Return)
    QTest.keyClicks(confirmation, "B")
    assert confirmation.accessibleDescription() == "Passwords do not match. Caps Lock is on"


def rule_columns(shown: Shown) -> int:
    settle()
    lines = [each for each in shown.view.findChildren(MarkedLine) if each.isVisible()]
    assert len(lines) == 5
    return len({line.mapTo(shown.view, QPoint(0, 0)).x() for line in lines})


@pytest.mark.parametrize("state", [ASKED, SENT, replace(SESSION, panel=PasswordChange())])
def test_the_rules_lie_in_two_columns_above_the_form(state: AuthState, show: Show) -> None:
    shown = show(state, language=Language.SPANISH)
    for size, columns in (((1000, 680), 1), ((480, 800), 2), ((800, 480), 1)):
        assert rule_columns(at_size(shown, *size)) == columns
    lines = [each for each in shown.view.findChildren(MarkedLine) if each.isVisible()]
    assert len({line.height() for line in lines}) == 1


FITTING = [
    name
    for name in STATES
    if name.startswith(("reset", "confirm", "password-change", "new-password"))
    and not name.startswith(("new-password-m", "new-password-o"))
]


@pytest.mark.parametrize(("name", "language"), [*product(FITTING, Language)])
def test_nothing_is_scrolled(name: str, language: Language, show: Show) -> None:
    shown = show(STATES[name], language=language)
    ground = shown.window.centralWidget()
    assert isinstance(ground, QScrollArea)
    for size in ((800, 480), (480, 800), (1366, 768), (1000, 680)):
        at_size(shown, *size)
        assert ground.verticalScrollBar().maximum() == ground.horizontalScrollBar().maximum() == 0, size
        for button in shown.view.findChildren(QPushButton):
            assert not button.isVisible() or button.height() >= Size.TARGET


def test_the_tab_key_goes_as_one_reads(show: Show) -> None:
    eye = "Show password"
    ways = ("Continue", "Start over")
    new = ("New password", eye, "Confirm password", eye)
    assert_reading_order(show(ASKED), *new, *ways)
    assert_reading_order(show(LACKS), *new, "First name", "Phone", *ways)
