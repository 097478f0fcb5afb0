"""Alt and a letter: every button, box and field of a view has a letter of its own, in each language."""

import sys
from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QImage, QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.mnemonics import Underlining, with_free_letters
from ingenes_desktop.ui.widgets.buttons import BusyButton, PushButton, mnemonic_of
from ingenes_desktop.ui.widgets.check_box import CheckBox
from ingenes_desktop.ui.widgets.choice_button import ChoiceButton
from ingenes_desktop.ui.widgets.form_field import FieldLabel
from ingenes_desktop.ui.widgets.icon_button import IconButton
from ingenes_desktop.ui.widgets.language_menu import LanguageMenu
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.resend_link import ResendLink
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, SESSION, STATES, settings_of
from tests.ui.test_sheet import press, ready, sheet_of

Show = Callable[..., Shown]
ALT = Qt.KeyboardModifier.AltModifier
# An icon has no words, the language has Ctrl+L, and the arrow keys go from choice to choice.
WITHOUT = (IconButton, LanguageMenu, ChoiceButton)


def with_letters(parent: QWidget) -> list[PushButton | CheckBox | FieldLabel]:
    """All that is to have a letter, as far as it can be reached now."""
    found = []
    for each in parent.findChildren(QWidget):
        is_busy = (isinstance(each, BusyButton) and each.busy) or (
            isinstance(each, ResendLink) and each.text().endswith("…")
        )
        reachable = each.isVisible() and each.isEnabled() and not is_busy
        if isinstance(each, Underlining) and not isinstance(each, WITHOUT) and reachable:
            found.append(each)
    return found


def letters(parent: QWidget) -> list[str]:
    return [mnemonic_of(each.words_with_mnemonic).casefold() for each in with_letters(parent)]


def hold_alt(shown: Shown) -> None:
    QTest.keyPress(shown.window.windowHandle(), Qt.Key.Key_Alt, ALT)


def let_go(shown: Shown) -> None:
    QTest.keyRelease(shown.window.windowHandle(), Qt.Key.Key_Alt)


@pytest.mark.parametrize(("name", "language"), [*product(STATES, Language)])
def test_each_has_a_letter_of_its_own(name: str, language: Language, show: Show) -> None:
    for machine in (MachineKind.PERSONAL, MachineKind.SHARED):
        shown = show(STATES[name], language=language, settings=settings_of(machine))
        given = letters(shown.view)
        words = [each.words_with_mnemonic for each in with_letters(shown.view)]
        assert all("a" <= letter <= "z" for letter in given), words
        assert len(set(given)) == len(given), words
        # Seen, and read, without the sign.
        for each in with_letters(shown.view):
            assert "&" not in each.text()
            name_of = QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name)
            assert "&" not in name_of
            assert name_of
        for edit in shown.view.findChildren(QLineEdit):
            assert "&" not in edit.accessibleName()


@pytest.mark.parametrize("language", Language)
def test_so_have_those_of_the_help(language: Language, show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut(), language=language), qtbot)
    press(shown, Qt.Key.Key_F1)
    given = letters(sheet_of(shown))
    assert len(set(given)) == len(given) == 2
    assert all(given)
    # What lies beneath answers to none meanwhile.
    with qtbot.assertNotEmitted(shown.window.forgot_password_requested):
        press(shown, {Language.ENGLISH: Qt.Key.Key_F, Language.SPANISH: Qt.Key.Key_O}[language], ALT)


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("label", ["Email", "Password"])
def test_from_any_field_alt_reaches_another_and_types_nothing(
    label: str, language: Language, show: Show, qtbot: QtBot
) -> None:
    shown = ready(show(SignedOut(), language=language), qtbot)
    email, password = shown.fields()
    assert isinstance(password, PasswordEdit)
    start = password if label == "Password" else email
    start.setFocus()
    keys = {Language.ENGLISH: (Qt.Key.Key_E, Qt.Key.Key_P), Language.SPANISH: (Qt.Key.Key_E, Qt.Key.Key_C)}
    for key, field in zip((*keys[language], keys[language][0]), (email, password, email), strict=True):
        press(shown, key, ALT)
        assert shown.focus() is field
    assert email.text() == ""
    assert password.is_empty()


def test_alt_presses_a_button_and_turns_a_box_from_within_the_password(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut()), qtbot)
    password = shown.field("Password")
    assert isinstance(password, PasswordEdit)
    password.setFocus()
    (box,) = [each for each in shown.view.findChildren(CheckBox) if each.isVisible()]
    with qtbot.waitSignal(shown.window.remember_toggled):
        press(shown, Qt.Key.Key_R, ALT)
    assert box.isChecked()
    with qtbot.waitSignal(shown.window.forgot_password_requested):
        press(shown, Qt.Key.Key_F, ALT)
    assert password.is_empty()


@pytest.mark.skipif(sys.platform == "darwin", reason="Option types letters there")
def test_a_letter_that_leads_nowhere_is_not_typed_into_the_password(show: Show, qtbot: QtBot) -> None:
    # Nobody would see it there.
    shown = ready(show(SignedOut()), qtbot)
    password = shown.field("Password")
    assert isinstance(password, PasswordEdit)
    password.setFocus()
    for modifiers in (ALT, ALT | Qt.KeyboardModifier.ShiftModifier):
        press(shown, Qt.Key.Key_Z, modifiers)
        assert password.is_empty()
    # AltGr, as Windows tells of it, writes what it writes.
    press(shown, Qt.Key.Key_Z, ALT | Qt.KeyboardModifier.ControlModifier)
    assert password.evaluate(str) == "z"


def test_what_cannot_be_done_has_no_key(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(STATES["signing-in"]), qtbot)
    with qtbot.assertNotEmitted(shown.window.remember_toggled):
        press(shown, Qt.Key.Key_R, ALT)
    with qtbot.waitSignal(shown.window.cancel_requested):
        press(shown, Qt.Key.Key_N, ALT)
    with qtbot.assertNotEmitted(shown.window.sign_out_requested):
        press(shown, Qt.Key.Key_S, ALT)  # of a view that is not shown


def test_a_screen_reader_finds_the_keys(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut()), qtbot)
    link = shown.button("Forgot password?")
    assert link.shortcut().toString() == "Alt+F"
    field = QAccessible.queryAccessibleInterface(shown.field("Email"))
    assert field.text(QAccessible.Text.Accelerator) == "Alt+E"


def picture(widget: QWidget) -> QImage:
    return widget.grab().toImage()


@pytest.mark.parametrize("language", Language)
def test_the_letters_are_seen_while_alt_is_held_down(language: Language, show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut(), language=language), qtbot)
    shown.fields()[0].setFocus()
    underlined = with_letters(shown.view)
    assert len(underlined) > 4
    plain = {each: (each.size(), each.sizeHint(), picture(each)) for each in underlined}
    hold_alt(shown)
    for each, (size, hint, before) in plain.items():
        assert (each.size(), each.sizeHint()) == (size, hint)
        assert picture(each) != before, each.words_with_mnemonic
    let_go(shown)
    for each, (_size, _hint, before) in plain.items():
        assert picture(each) == before, each.words_with_mnemonic
        assert "&" not in each.text()


def by_another_window(shown: Shown) -> None:
    QApplication.sendEvent(shown.window, QEvent(QEvent.Type.WindowDeactivate))


def by_the_next_key(shown: Shown) -> None:
    press(shown, Qt.Key.Key_Shift)


@pytest.mark.parametrize("ended", [let_go, by_another_window, by_the_next_key])
def test_they_are_gone_however_alt_is_let_go(
    ended: Callable[[Shown], None], show: Show, qtbot: QtBot
) -> None:
    shown = ready(show(SignedOut()), qtbot)
    link = shown.view.findChildren(QPushButton)
    before = [each.text() for each in link]
    hold_alt(shown)
    assert [each.text() for each in link] != before
    ended(shown)
    assert [each.text() for each in link] == before


def test_a_view_that_comes_meanwhile_is_whole_when_alt_is_let_go(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut(EMAIL)), qtbot)
    hold_alt(shown)
    shown.become(SESSION)
    shown.window.login.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    let_go(shown)
    assert not any("&" in each.text() for each in shown.view.findChildren(QPushButton))
    assert not any("&" in each.text() for each in shown.view.findChildren(QLabel))


def test_alt_does_not_press_a_button_that_has_the_focus(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SESSION), qtbot)
    shown.button("Sign out").setFocus()
    with qtbot.assertNotEmitted(shown.window.sign_out_requested):
        alone = QKeyEvent(QEvent.Type.KeyPress, Qt.Key.Key_Alt, ALT)
        QApplication.sendEvent(shown.focus(), alone)


@pytest.mark.parametrize(
    ("labels", "taken", "given"),
    [
        (["Phone", "Password"], "n", ["&Phone", "P&assword"]),
        (["Full name", "First name"], "f", ["Full &name", "F&irst name"]),
        (["R & D"], "", ["&R && D"]),
        (["Ñ"], "", ["Ñ"]),
        (["aa", "a"], "", ["&aa", "a"]),
    ],
)
def test_labels_that_nobody_could_foresee_find_free_letters(
    labels: list[str], taken: str, given: list[str]
) -> None:
    assert with_free_letters(labels, taken) == given
