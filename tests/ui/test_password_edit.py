"""The password field: what it takes, what it hands over, and that nothing else comes out of it."""

import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QMimeData, QPoint, QPointF, Qt, QTranslator
from PySide6.QtGui import (
    QAccessible,
    QContextMenuEvent,
    QDropEvent,
    QGuiApplication,
    QInputMethodEvent,
    QKeyEvent,
    QMouseEvent,
)
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QPushButton, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.ui.lasting_singletons import keep_singletons
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.password_text import MAX_CHARACTERS

# What the offscreen platform says of every window and menu.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support")

SECRET = "Contraseña-1 λ"
CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
NONE = Qt.KeyboardModifier.NoModifier


class Form(QWidget):
    """A window with a field before, the password field, and a button behind."""

    def __init__(self, password: PasswordEdit) -> None:
        super().__init__()
        self.email = QLineEdit()
        self.password = password
        self.button = QPushButton("Sign in")
        column = QVBoxLayout(self)
        for widget in (self.email, self.password, self.button):
            column.addWidget(widget)


def shown(qtbot: QtBot, password: PasswordEdit) -> Form:
    """Show a form with `password` focused."""
    form = Form(password)
    qtbot.addWidget(form)
    with qtbot.waitActive(form):
        form.show()
        form.activateWindow()
    password.setFocus()
    return form


@pytest.fixture(scope="module", autouse=True)
def _lasting_singletons() -> None:
    keep_singletons()


@pytest.fixture
def form(qtbot: QtBot) -> Form:
    """Give the form, active, with the focus in the empty password field."""
    return shown(qtbot, PasswordEdit())


@pytest.fixture
def edit(form: Form) -> PasswordEdit:
    """Give the password field of the form."""
    return form.password


def type_letter(field: QLineEdit, letter: str, modifier: Qt.KeyboardModifier) -> None:
    """Press a key that writes `letter`; unlike QTest's, these keys know letters beyond ASCII."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        QCoreApplication.sendEvent(field, QKeyEvent(kind, ord(letter.upper()), modifier, letter))


def type_text(field: QLineEdit, text: str) -> None:
    """Type `text`, with Shift where it takes that."""
    for letter in text:
        type_letter(field, letter, SHIFT if letter.isupper() else NONE)


def content(edit: PasswordEdit) -> str:
    """Return what the field holds."""
    return edit.evaluate(str)


def test_it_takes_what_is_typed_and_hands_it_over_once(qtbot: QtBot, edit: PasswordEdit) -> None:
    with qtbot.waitSignal(edit.edited):
        type_text(edit, SECRET)
    assert edit.evaluate(len) == len(SECRET)
    assert not edit.is_empty()
    assert edit.take_text() == SECRET
    assert edit.is_empty()
    assert edit.take_text() == ""


def test_qt_is_given_bullets_only(edit: PasswordEdit) -> None:
    texts: list[str] = []
    edit.textChanged.connect(texts.append)
    edit.textEdited.connect(texts.append)
    type_text(edit, SECRET)
    QTest.mouseClick(edit.eye, Qt.MouseButton.LeftButton)
    edit.selectAll()
    texts += [edit.text(), edit.displayText(), edit.selectedText()]
    texts += [
        str(edit.inputMethodQuery(query) or "")
        for query in (
            Qt.InputMethodQuery.ImSurroundingText,
            Qt.InputMethodQuery.ImCurrentSelection,
            Qt.InputMethodQuery.ImTextBeforeCursor,
            Qt.InputMethodQuery.ImTextAfterCursor,
        )
    ]
    assert edit.is_revealed()
    assert not {c for text in texts for c in text} & set("Contraseñλ")


def test_row_57_no_undo_brings_the_last_persons_password_to_the_eye(edit: PasswordEdit) -> None:
    type_text(edit, SECRET)
    edit.clear()
    QTest.mouseClick(edit.eye, Qt.MouseButton.LeftButton)
    for _ in range(20):
        QTest.keyClick(edit, Qt.Key.Key_Z, CONTROL)
    assert (content(edit), edit.text(), edit.displayText()) == ("", "", "")
    assert not edit.isUndoAvailable()


def test_row_57_control_qts_own_field_brings_it_back(qtbot: QtBot) -> None:
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.setEchoMode(QLineEdit.EchoMode.Password)
    type_text(plain, "secret")
    plain.clear()
    plain.setEchoMode(QLineEdit.EchoMode.Normal)
    QTest.keyClick(plain, Qt.Key.Key_Z, CONTROL)
    assert plain.text() == "secret"


@pytest.mark.parametrize(
    "wipe",
    [
        PasswordEdit.wipe,
        PasswordEdit.take_text,
        QLineEdit.clear,
        lambda edit: edit.setText(""),
        lambda edit: QLineEdit.setText(edit, ""),
        QWidget.hide,
    ],
)
def test_nothing_wiped_comes_back_by_any_undo(
    edit: PasswordEdit, wipe: Callable[[PasswordEdit], object]
) -> None:
    type_text(edit, SECRET)
    wipe(edit)
    edit.show()
    for step in (QLineEdit.undo, QLineEdit.redo, PasswordEdit.undo, PasswordEdit.redo):
        step(edit)
        assert (content(edit), edit.text()) == ("", "")


@pytest.mark.parametrize("revealed", [False, True])
@pytest.mark.parametrize(
    ("key", "modifier"),
    [
        (Qt.Key.Key_C, CONTROL),
        (Qt.Key.Key_X, CONTROL),
        (Qt.Key.Key_Insert, CONTROL),
        (Qt.Key.Key_Delete, SHIFT),
    ],
)
def test_nothing_reaches_the_clipboard(
    edit: PasswordEdit,
    key: Qt.Key,
    modifier: Qt.KeyboardModifier,
    *,
    revealed: bool,
) -> None:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText("what was there")
    type_text(edit, SECRET)
    edit.eye.set_open(is_open=revealed)
    edit.selectAll()
    QTest.keyClick(edit, key, modifier)
    edit.copy()
    assert clipboard.text() == "what was there"
    assert content(edit) == SECRET
    edit.cut()
    assert clipboard.text() == "what was there"


@pytest.mark.parametrize("revealed", [False, True])
def test_the_context_menu_only_pastes(qtbot: QtBot, edit: PasswordEdit, *, revealed: bool) -> None:
    QGuiApplication.clipboard().setText("pasted")
    edit.eye.set_open(is_open=revealed)
    middle = edit.rect().center()
    QCoreApplication.sendEvent(
        edit,
        QContextMenuEvent(QContextMenuEvent.Reason.Mouse, middle, edit.mapToGlobal(middle)),
    )
    (menu,) = edit.findChildren(QMenu)
    (action,) = menu.actions()
    assert action.text() == "Paste"
    action.trigger()
    menu.close()
    assert content(edit) == "pasted"
    qtbot.waitUntil(lambda: not edit.findChildren(QMenu))


def test_nothing_is_dragged_out_or_dropped_in(edit: PasswordEdit) -> None:
    type_text(edit, SECRET)
    data = QMimeData()
    data.setText("dropped")
    drop = QDropEvent(QPointF(5, 5), Qt.DropAction.CopyAction, data, Qt.MouseButton.LeftButton, NONE)
    QCoreApplication.sendEvent(edit, drop)
    assert not edit.dragEnabled()
    assert not edit.acceptDrops()
    assert content(edit) == SECRET


@pytest.mark.parametrize(
    ("clipboard", "taken"),
    [
        ("first\nsecond", "first"),
        ("first\r\nsecond\r\n", "first"),
        ("a\0b\tc\x1b\x7f", "abc"),
        ("\nsecond", ""),
        ("", ""),
        (" blanks stay ", " blanks stay "),
        ("😀é", "😀é"),
        ("x" * MAX_CHARACTERS, "x" * MAX_CHARACTERS),
        ("😀" * MAX_CHARACTERS, "😀" * MAX_CHARACTERS),
    ],
)
def test_a_paste_takes_the_first_line_without_control_characters(
    edit: PasswordEdit, clipboard: str, taken: str
) -> None:
    QGuiApplication.clipboard().setText(clipboard)
    QTest.keyClick(edit, Qt.Key.Key_V, CONTROL)
    assert content(edit) == taken
    assert edit.text() == "•" * len(taken)
    assert edit.has_outer_blanks() is (taken != taken.strip())


def test_a_paste_that_is_too_long_is_refused_whole(qtbot: QtBot, edit: PasswordEdit) -> None:
    type_text(edit, "ab")
    QGuiApplication.clipboard().setText("x" * (MAX_CHARACTERS - 1))
    with qtbot.waitSignal(edit.refused_paste), qtbot.assertNotEmitted(edit.edited):
        QTest.keyClick(edit, Qt.Key.Key_Insert, SHIFT)
    assert content(edit) == "ab"
    edit.selectAll()
    QTest.keyClick(edit, Qt.Key.Key_V, CONTROL)  # in the place of the two it fits
    assert edit.evaluate(len) == MAX_CHARACTERS - 1


def test_the_257th_character_is_refused(qtbot: QtBot, edit: PasswordEdit) -> None:
    edit.setText("x" * MAX_CHARACTERS)
    with qtbot.waitSignal(edit.refused_paste):
        type_text(edit, "y")
    assert content(edit) == "x" * MAX_CHARACTERS


_KEYS = (
    (Qt.Key.Key_Left, NONE),
    (Qt.Key.Key_Left, SHIFT),
    (Qt.Key.Key_Right, NONE),
    (Qt.Key.Key_Right, SHIFT),
    (Qt.Key.Key_Left, CONTROL),
    (Qt.Key.Key_Right, CONTROL),
    (Qt.Key.Key_Home, NONE),
    (Qt.Key.Key_Home, SHIFT),
    (Qt.Key.Key_End, NONE),
    (Qt.Key.Key_End, SHIFT),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Backspace, NONE),
    (Qt.Key.Key_Delete, NONE),
    (Qt.Key.Key_Backspace, CONTROL),
    (Qt.Key.Key_Delete, CONTROL),
    (Qt.Key.Key_K, CONTROL),
    (Qt.Key.Key_A, CONTROL),
)


@pytest.mark.parametrize("seed", range(20))
def test_it_is_edited_exactly_as_qts_own_password_field(qtbot: QtBot, edit: PasswordEdit, seed: int) -> None:
    plain = QLineEdit()
    qtbot.addWidget(plain)
    plain.setEchoMode(QLineEdit.EchoMode.Password)
    chance = random.Random(seed)  # noqa: S311  a repeatable sequence, not a secret
    edit.eye.set_open(is_open=bool(seed % 2))
    for _ in range(200):
        if chance.random() < 0.6:
            letter = chance.choice("abcdeñΩ 19")
            for field in (edit, plain):
                type_text(field, letter)
        else:
            key, modifier = chance.choice(_KEYS)
            for field in (edit, plain):
                QTest.keyClick(field, key, modifier)
        assert content(edit) == plain.text()
        assert edit.text() == "•" * len(plain.text())
        assert edit.cursorPosition() == plain.cursorPosition()
        assert edit.selectionStart() == plain.selectionStart()
        assert edit.selectionLength() == plain.selectionLength()


def commit(edit: PasswordEdit, text: str, *, preedit: str = "", replace: tuple[int, int] = (0, 0)) -> None:
    """Act as an input method."""
    event = QInputMethodEvent(preedit, [])
    event.setCommitString(text, *replace)
    QCoreApplication.sendEvent(edit, event)


def test_an_input_method_writes_and_replaces_and_its_proposals_are_not_shown(edit: PasswordEdit) -> None:
    type_text(edit, "na")
    commit(edit, "", preedit="´")
    assert (content(edit), edit.displayText()) == ("na", edit.displayText()[:2])
    commit(edit, "á")
    assert content(edit) == "naá"
    commit(edit, "ñ", replace=(-2, 1))
    assert content(edit) == "nñá"
    assert edit.text() == "•••"


def test_a_character_beyond_the_basic_plane_is_one(edit: PasswordEdit) -> None:
    commit(edit, "a😀b")
    QTest.keyClick(edit, Qt.Key.Key_Left)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    assert edit.take_text() == "ab"


def test_while_read_only_it_keeps_focus_and_content(form: Form) -> None:
    edit = form.password
    type_text(edit, "ab")
    QGuiApplication.clipboard().setText("pasted")
    edit.setReadOnly(True)
    type_text(edit, "c")
    QTest.keyClick(edit, Qt.Key.Key_V, CONTROL)
    QTest.keyClick(edit, Qt.Key.Key_Backspace)
    commit(edit, "d")
    edit.paste()
    assert content(edit) == "ab"
    assert edit.hasFocus()
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.eye.hasFocus()
    edit.setReadOnly(False)
    QTest.keyClick(edit.eye, Qt.Key.Key_Backtab, SHIFT)
    assert edit.hasFocus()


def test_taking_the_password_from_the_enter_key_leaves_field_and_eye_closed(edit: PasswordEdit) -> None:
    taken: list[str] = []
    edit.returnPressed.connect(lambda: taken.append(edit.take_text()))
    type_text(edit, SECRET)
    edit.eye.set_open(is_open=True)
    QTest.keyClick(edit, Qt.Key.Key_Return)
    type_text(edit, "next")
    assert taken == [SECRET]
    assert content(edit) == "next"
    assert not edit.is_revealed()


def test_the_eye_is_reached_and_named_and_works_with_the_keyboard(form: Form) -> None:
    edit = form.password
    type_text(edit, SECRET)
    assert edit.eye.accessibleName() == "Show password"
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.eye.hasFocus()
    QTest.keyClick(edit.eye, Qt.Key.Key_Space)
    assert edit.is_revealed()
    assert edit.eye.accessibleName() == edit.eye.toolTip() == "Hide password"
    QTest.keyClick(edit.eye, Qt.Key.Key_Tab)
    assert form.button.hasFocus()
    assert not edit.is_revealed()
    assert content(edit) == SECRET


def test_what_is_typed_at_the_eye_does_not_go_into_the_field(form: Form) -> None:
    edit = form.password
    type_text(edit, SECRET)
    QTest.keyClick(edit, Qt.Key.Key_Tab)
    assert edit.eye.hasFocus()
    QTest.keyClicks(edit.eye, "another")
    QTest.keyClick(edit.eye, Qt.Key.Key_Backspace)
    QTest.keyClick(edit.eye, Qt.Key.Key_Delete)
    assert content(edit) == SECRET


def test_a_click_on_the_eye_gives_the_field_the_focus(form: Form) -> None:
    form.email.setFocus()
    QTest.mouseClick(form.password.eye, Qt.MouseButton.LeftButton)
    assert form.password.hasFocus()
    assert form.password.is_revealed()


@pytest.mark.parametrize(
    "leave",
    [
        lambda form: form.email.setFocus(),
        lambda form: form.password.wipe(),
        lambda form: form.password.take_text(),
        lambda form: form.password.hide(),
        lambda form: form.hide(),
        lambda form: form.close(),
        lambda form: form.password.setEnabled(False),
    ],
)
def test_the_eye_closes_by_itself(form: Form, leave: Callable[[Form], object]) -> None:
    type_text(form.password, SECRET)
    form.password.eye.set_open(is_open=True)
    leave(form)
    assert not form.password.is_revealed()


def test_the_eye_closes_when_another_window_becomes_active(qtbot: QtBot, form: Form) -> None:
    form.password.eye.set_open(is_open=True)
    other = QWidget()
    qtbot.addWidget(other)
    with qtbot.waitActive(other):
        other.show()
        other.activateWindow()
    assert not form.password.is_revealed()


def test_the_eye_closes_after_a_while_without_a_key(qtbot: QtBot) -> None:
    form = shown(qtbot, PasswordEdit(reveal_milliseconds=50))
    edit = form.password
    edit.eye.set_open(is_open=True)
    type_text(edit, "abc")
    assert edit.is_revealed()
    qtbot.waitUntil(lambda: not edit.is_revealed())
    assert content(edit) == "abc"


@pytest.mark.parametrize("leave", [Form.hide, Form.close, lambda form: form.password.hide()])
def test_it_is_wiped_with_its_window(form: Form, leave: Callable[[Form], object]) -> None:
    type_text(form.password, SECRET)
    leave(form)
    assert form.password.is_empty()
    assert form.password.text() == ""


def test_input_methods_are_told_that_it_is_secret(edit: PasswordEdit) -> None:
    wanted = (
        Qt.InputMethodHint.ImhSensitiveData
        | Qt.InputMethodHint.ImhHiddenText
        | Qt.InputMethodHint.ImhNoPredictiveText
        | Qt.InputMethodHint.ImhNoAutoUppercase
    )
    assert edit.inputMethodHints() & wanted == wanted


def test_caps_lock_is_inferred_from_what_is_typed(form: Form) -> None:
    edit = form.password
    seen: list[bool] = []
    edit.caps_lock_changed.connect(seen.append)
    type_letter(edit, "A", SHIFT)
    assert seen == []  # a capital as it should be
    type_letter(edit, "A", NONE)
    type_letter(edit, "1", NONE)
    assert seen == [True]
    type_letter(edit, "a", NONE)
    assert seen == [True, False]
    type_letter(edit, "a", SHIFT)
    QTest.keyClick(edit, Qt.Key.Key_CapsLock)
    assert seen == [True, False, True, False]
    type_letter(edit, "Ñ", NONE)
    assert edit.caps_lock
    form.email.setFocus()
    assert not edit.caps_lock


def test_an_accessibility_client_finds_a_password_field_and_bullets(edit: PasswordEdit) -> None:
    edit.setAccessibleName("Contraseña")
    type_text(edit, "abc")
    edit.eye.set_open(is_open=True)
    interface = QAccessible.queryAccessibleInterface(edit)
    assert interface.role() == QAccessible.Role.EditableText
    assert interface.state().passwordEdit
    assert interface.text(QAccessible.Text.Name) == "Contraseña"
    value = interface.text(QAccessible.Text.Value)
    assert len(value) == 3
    assert not set(value) & set("abc")
    interface.setText(QAccessible.Text.Value, "written by a client")
    assert content(edit) == "written by a client"
    assert edit.text() == "•" * 19


def test_the_words_follow_the_language(edit: PasswordEdit) -> None:
    class Spanish(QTranslator):
        def translate(
            self,
            context: str,
            source: str,
            disambiguation: str | None = None,  # noqa: ARG002  Qt's signature
            n: int = -1,  # noqa: ARG002  likewise
        ) -> str:
            words = {"Show password": "Mostrar contraseña", "Hide password": "Ocultar contraseña"}
            return words.get(source, "") if context == "PasswordEdit" else ""

    spanish = Spanish()
    QCoreApplication.installTranslator(spanish)
    try:
        QCoreApplication.sendEvent(edit, QEvent(QEvent.Type.LanguageChange))
        assert edit.eye.accessibleName() == "Mostrar contraseña"
        edit.eye.set_open(is_open=True)
        assert edit.eye.accessibleName() == "Ocultar contraseña"
    finally:
        QCoreApplication.removeTranslator(spanish)


@pytest.fixture
def twin(form: Form) -> QLineEdit:
    """Give a line edit in Normal mode with the size and margins of the password field."""
    form.email.setTextMargins(form.password.textMargins())
    assert form.email.size() == form.password.size()
    return form.email


TEXTS = pytest.mark.parametrize("text", ["WWiil.1", "Contraseña λ", "fi ffi", "x😀y", "W" * 60])


@TEXTS
def test_with_the_eye_open_it_looks_as_a_plain_field(form: Form, twin: QLineEdit, text: str) -> None:
    edit = form.password
    edit.setText(text)
    twin.setText(text)
    bullets = edit.grab().toImage()
    edit.eye.set_open(is_open=True)
    edit.eye.setFocus()  # a cursor would blink in the field
    before_the_eye = edit.rect().adjusted(0, 0, edit.eye.x() - edit.width(), 0)
    seen = edit.grab(before_the_eye).toImage()
    assert seen != bullets.copy(before_the_eye)
    assert seen == twin.grab(before_the_eye).toImage()


@TEXTS
def test_with_the_eye_open_it_is_pointed_at_as_a_plain_field(form: Form, twin: QLineEdit, text: str) -> None:
    edit = form.password
    edit.setText(text)
    edit.setCursorPosition(0)
    twin.setText(text)
    twin.setCursorPosition(0)
    edit.eye.set_open(is_open=True)
    edit.eye.setFocus()
    edit.grab()
    twin.grab()
    for x in range(0, edit.eye.x(), 5):
        units = twin.cursorPositionAt(QPoint(x, edit.height() // 2))
        place = len(text.encode("utf-16-le")[: 2 * units].decode("utf-16-le"))
        press(edit, x)
        assert edit.cursorPosition() == place, x


def test_with_the_eye_open_the_mouse_selects_and_typing_replaces(form: Form) -> None:
    edit = form.password
    edit.setText("WiWiW")
    edit.eye.set_open(is_open=True)
    press(edit, 0)
    press(edit, 200, SHIFT)
    assert edit.selectionLength() == 5
    seen = edit.grab().toImage()
    edit.deselect()
    assert edit.grab().toImage() != seen
    edit.setSelection(1, 3)
    type_text(edit, "λ")
    assert content(edit) == "WλW"


def press(edit: PasswordEdit, x: int, modifier: Qt.KeyboardModifier = NONE) -> None:
    """Press the left button at `x`, and release it."""
    point = QPointF(x, edit.height() / 2)
    left, none = Qt.MouseButton.LeftButton, Qt.MouseButton.NoButton
    for kind, held in (
        (QEvent.Type.MouseButtonPress, left),
        (QEvent.Type.MouseButtonRelease, none),
    ):
        there = edit.mapToGlobal(point)
        QApplication.sendEvent(edit, QMouseEvent(kind, point, there, left, held, modifier))
