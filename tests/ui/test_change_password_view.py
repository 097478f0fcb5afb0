"""Changing one's password: what is asked, what comes of it, and what is left of it (nothing)."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedLine
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.reading_order import assert_reading_order
from tests.ui.states import SESSION, problem
from tests.ui.told import tells

OLD, NEW = "Vieja-clave-1", "Una-clave-9"
CURRENT, WANTED, AGAIN = "Current password", "New password", "Confirm password"
Show = Callable[..., Shown]


def failed(code: ErrorCode, wait_seconds: float | None = None) -> SignedIn:
    return replace(SESSION, panel=PasswordChange(problem=problem(code, wait_seconds=wait_seconds)))


ASKED = replace(SESSION, panel=PasswordChange())
BUSY = replace(SESSION, panel=PasswordChange(busy=True))
DONE = replace(SESSION, panel=PasswordChange(done=True))


def typed(shown: Shown, label: str) -> str:
    edit = shown.field(label)
    assert isinstance(edit, PasswordEdit)
    return edit.evaluate(str)


def type_all(shown: Shown, old: str = OLD, new: str = NEW, again: str = NEW) -> None:
    for label, text in ((CURRENT, old), (WANTED, new), (AGAIN, again)):
        QTest.keyClicks(shown.field(label), text)


def bar(shown: Shown) -> str:
    (found,) = [each for each in shown.view.findChildren(NoticeBar) if each.isVisible()]
    return found.text


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.ENGLISH,
            ["Change password", CURRENT, WANTED, AGAIN, "Change password", "Back to profile"],
        ),
        (
            Language.SPANISH,
            [
                "Cambiar contraseña",
                "Contraseña actual",
                "Nueva contraseña",
                "Confirmar contraseña",
                "Cambiar contraseña",
                "Volver al perfil",
            ],
        ),
    ],
)
def test_it_asks_for_the_current_one_and_twice_for_the_new_one(
    language: Language, words: list[str], show: Show
) -> None:
    shown = show(SESSION, language=language)
    shown.spoken.clear()
    shown.become(ASKED)
    heading, current, new, again, change, back = words
    assert shown.spoken == [(heading, False)]
    assert {heading, current, new, again} <= set(shown.words())
    assert shown.focus() is shown.field(current)
    assert shown.button(change).isVisible()
    assert shown.button(back).isVisible()


def test_both_are_handed_over_as_secrets_once(show: Show, qtbot: QtBot) -> None:
    shown = show(ASKED)
    type_all(shown)
    with qtbot.waitSignal(shown.window.password_change_submitted) as submitted:
        QTest.mouseClick(shown.button("Change password"), Qt.MouseButton.LeftButton)
    old, new = submitted.args
    assert isinstance(old, Secret)
    assert isinstance(new, Secret)
    assert (old.reveal(), new.reveal()) == (OLD, NEW)
    shown.become(BUSY)
    with qtbot.assertNotEmitted(shown.window.password_change_submitted):
        QTest.mouseClick(shown.button("Changing…"), Qt.MouseButton.LeftButton)
        QTest.keyClick(shown.field(AGAIN), Qt.Key.Key_Return)
    QTest.keyClicks(shown.field(CURRENT), "x")
    assert typed(shown, CURRENT) == OLD


def test_a_current_password_goes_as_it_was_typed(show: Show, qtbot: QtBot) -> None:
    shown = show(ASKED)
    type_all(shown, old=f" {OLD}")
    assert shown.field(CURRENT).accessibleDescription() == "A password never begins or ends with a space."
    with qtbot.waitSignal(shown.window.password_change_submitted) as submitted:
        QTest.keyClick(shown.field(AGAIN), Qt.Key.Key_Return)
    assert submitted.args is not None
    assert submitted.args[0].reveal() == f" {OLD}"


def test_enter_leads_from_field_to_field_and_submits_in_the_last(show: Show, qtbot: QtBot) -> None:
    shown = show(ASKED)
    for label, text in ((CURRENT, OLD), (WANTED, NEW), (AGAIN, NEW)):
        assert shown.focus() is shown.field(label)
        QTest.keyClicks(shown.focus(), text)
        if label != AGAIN:
            QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.password_change_submitted):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("old", "new", "again", "at", "words"),
    [
        ("", NEW, NEW, CURRENT, "Enter your current password."),
        (OLD, "", "", WANTED, "Enter your password."),
        (OLD, "corta", "corta", WANTED, "The password does not meet the requirements: more characters"),
        (OLD, NEW, "otra", AGAIN, "Passwords do not match."),
    ],
)
def test_what_is_missing_is_said_here_and_nothing_is_sent(
    old: str, new: str, again: str, at: str, words: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(ASKED)
    type_all(shown, old, new, again)
    shown.spoken.clear()
    with qtbot.assertNotEmitted(shown.window.password_change_submitted):
        QTest.mouseClick(shown.button("Change password"), Qt.MouseButton.LeftButton)
    assert shown.focus() is shown.field(at)
    assert shown.field(at).accessibleDescription().startswith(words)
    ((spoken, urgent),) = shown.spoken
    assert spoken.startswith(words)
    assert urgent


def test_what_is_said_of_the_current_one_follows_the_language(show: Show) -> None:
    shown = show(ASKED)
    QTest.mouseClick(shown.button("Change password"), Qt.MouseButton.LeftButton)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    current = shown.field("Contraseña actual")
    assert current.accessibleDescription() == "Escriba su contraseña actual."
    QApplication.clipboard().setText("x" * 300)
    QTest.keySequence(current, QKeySequence.StandardKey.Paste)
    assert current.accessibleDescription() == "Es demasiado larga para una contraseña."
    assert shown.spoken[-1] == ("Es demasiado larga para una contraseña.", True)
    QTest.keyClicks(current, "A")
    both = "Es demasiado larga para una contraseña. Bloq Mayús está activado"
    assert current.accessibleDescription() == both
    shown.translation.use(Language.ENGLISH)
    QApplication.sendPostedEvents()
    assert current.accessibleDescription() == "That is too long for a password. Caps Lock is on"


def test_the_rules_are_checked_while_one_types(show: Show) -> None:
    shown = show(ASKED)

    def met() -> int:
        lines = shown.view.findChildren(MarkedLine)
        return len([line for line in lines if line.isVisible() and line.mark is Mark.DONE])

    counts = [met()]
    for letter in "aA1-":
        QTest.keyClicks(shown.field(WANTED), letter)
        counts.append(met())
    assert counts == [0, 1, 2, 3, 4]
    QTest.keyClicks(shown.field(CURRENT), "Aa1-aaaa")
    assert met() == 4


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "The current password is incorrect. Type it again. Ref.\u00a07K3Q9F"),
        (Language.SPANISH, "La contraseña actual es incorrecta. Escríbala de nuevo. Ref.\u00a07K3Q9F"),
    ],
)
def test_a_wrong_current_password_is_all_that_is_typed_again(
    language: Language, words: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.become(BUSY)
    shown.spoken.clear()
    shown.translation.use(language)
    QApplication.sendPostedEvents()
    shown.become(failed(ErrorCode.CURRENT_PASSWORD_WRONG))
    assert shown.spoken == [(words, True)]
    shown.translation.use(Language.ENGLISH)
    QApplication.sendPostedEvents()
    current = shown.field(CURRENT)
    assert current.accessibleDescription().startswith("The current password is incorrect.")
    assert current.property("refused") == "true"
    assert not shown.field(WANTED).property("refused")
    assert bar(shown) == ""
    assert shown.focus() is current
    assert [typed(shown, label) for label in (CURRENT, WANTED, AGAIN)] == ["", NEW, NEW]
    # It stands while another one is typed, and is told again after a cover.
    QTest.keyClicks(current, OLD)
    assert current.accessibleDescription().startswith("The current password is incorrect.")
    refused = replace(failed(ErrorCode.CURRENT_PASSWORD_WRONG), reconnecting=True)
    shown.become(Covered(refused))
    shown.become(refused)
    assert current.accessibleDescription().startswith("The current password is incorrect.")
    assert current.property("refused") == "true"
    type_all(shown)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    with qtbot.waitSignal(shown.window.password_change_submitted):
        QTest.mouseClick(shown.button("Cambiar contraseña"), Qt.MouseButton.LeftButton)
    # The attempt takes it away, for good: a word of the session's draws the same state once more.
    shown.become(replace(refused, reconnecting=False))
    assert not tells(shown.view, "incorrecta", "incorrect.")
    assert not current.property("refused")


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ErrorCode.PASSWORD_HISTORY, "You have used this password before. Choose another one."),
        (ErrorCode.PASSWORD_POLICY, "The password does not meet the requirements: "),
    ],
)
def test_a_new_password_that_was_refused_is_typed_again_and_the_current_one_is_not(
    code: ErrorCode, words: str, show: Show
) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.become(BUSY)
    shown.become(failed(code))
    assert shown.field(WANTED).accessibleDescription().startswith(words)
    assert shown.focus() is shown.field(WANTED)
    assert bar(shown) == ""
    assert [typed(shown, label) for label in (CURRENT, WANTED, AGAIN)] == [OLD, "", ""]


@pytest.mark.parametrize(
    ("code", "words"),
    [
        (ErrorCode.LIMIT_EXCEEDED, "Too many attempts. Try again in about an hour."),
        (ErrorCode.NO_NETWORK, "No connection. Check the network and try again."),
        (ErrorCode.ACCOUNT_DISABLED, "Your account is not active. Contact Support."),
    ],
)
def test_what_no_word_can_mend_stands_in_the_bar_and_nothing_is_typed_again(
    code: ErrorCode, words: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.become(BUSY)
    shown.spoken.clear()
    shown.become(failed(code))
    assert bar(shown) == f"{words} Ref.\u00a07K3Q9F"
    assert shown.spoken == [(bar(shown), True)]
    assert shown.focus() is shown.button("Change password")
    with qtbot.waitSignal(shown.window.password_change_submitted):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)


def test_too_many_attempts_count_down_and_the_button_stays(show: Show, qtbot: QtBot) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.become(BUSY)
    shown.become(failed(ErrorCode.LOCKED_OUT, wait_seconds=4.0))
    assert "Wait 4\u00a0s" in bar(shown)
    shown.clock.now += 2
    qtbot.waitUntil(lambda: "Wait 2\u00a0s" in bar(shown))
    with qtbot.waitSignal(shown.window.password_change_submitted):
        QTest.mouseClick(shown.button("Change password"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.ENGLISH,
            ["Your password was changed", "From now on, sign in with your new password.", "Back to profile"],
        ),
        (
            Language.SPANISH,
            [
                "Su contraseña se cambió",
                "A partir de ahora, inicie sesión con su contraseña nueva.",
                "Volver al perfil",
            ],
        ),
    ],
)
def test_when_it_is_done_it_says_so_and_keeps_nothing(
    language: Language, words: list[str], show: Show, qtbot: QtBot
) -> None:
    shown = show(ASKED)
    type_all(shown)
    edits = [edit for edit in shown.fields() if isinstance(edit, PasswordEdit)]
    assert len(edits) == 3
    shown.become(BUSY)
    shown.translation.use(language)
    QApplication.sendPostedEvents()
    shown.spoken.clear()
    shown.become(DONE)
    heading, text, back = words
    assert shown.spoken == [(heading, False), (text, False)]
    assert {heading, text} <= set(shown.words())
    assert not [line for line in shown.view.findChildren(MarkedLine) if line.isVisible()]
    assert all(edit.is_empty() for edit in edits)
    assert shown.focus() is shown.button(back)
    with qtbot.waitSignal(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)


@pytest.mark.parametrize("state", [ASKED, BUSY, DONE], ids=["asked", "busy", "done"])
def test_escape_and_the_link_go_back_to_the_profile(state: SignedIn, show: Show, qtbot: QtBot) -> None:
    shown = show(state)
    with qtbot.waitSignal(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    with qtbot.waitSignal(shown.window.panel_left):
        QTest.mouseClick(shown.button("Back to profile"), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize("after", [SESSION, SignedOut(), Covered(ASKED)], ids=["profile", "out", "covered"])
def test_the_passwords_are_wiped_when_it_is_left_or_covered(
    after: SignedIn | SignedOut | Covered, show: Show
) -> None:
    shown = show(ASKED)
    type_all(shown)
    edits = [edit for edit in shown.fields() if isinstance(edit, PasswordEdit)]
    shown.become(after)
    assert all(edit.is_empty() for edit in edits)
    shown.become(ASKED)
    assert [typed(shown, label) for label in (CURRENT, WANTED, AGAIN)] == ["", "", ""]


def test_a_problem_is_not_left_for_the_next_time(show: Show) -> None:
    shown = show(failed(ErrorCode.LIMIT_EXCEEDED))
    shown.become(failed(ErrorCode.CURRENT_PASSWORD_WRONG))
    shown.become(SESSION)
    assert not tells(shown.window, "7K3Q9F")
    shown.become(ASKED)
    assert bar(shown) == ""
    assert not tells(shown.view, "7K3Q9F")


def test_an_answer_that_comes_home_under_the_cover_is_read_out_when_it_is_seen(show: Show) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.become(BUSY)
    shown.become(Covered(BUSY))
    wrong = failed(ErrorCode.CURRENT_PASSWORD_WRONG)
    shown.become(Covered(wrong))
    shown.spoken.clear()
    shown.become(wrong)
    words = "The current password is incorrect. Type it again. Ref.\u00a07K3Q9F"
    assert shown.spoken == [(words, True), ("Change password", False)]
    assert shown.focus() is shown.field(CURRENT)
    assert shown.field(CURRENT).accessibleDescription() == words


def test_the_tab_key_goes_from_top_to_bottom(show: Show) -> None:
    eye = "Show password"
    form = (CURRENT, eye, WANTED, eye, AGAIN, eye, "Change password", "Back to profile")
    assert_reading_order(show(ASKED), *form)


def test_the_warning_keeps_what_was_typed_and_gives_the_focus_to_what_is_to_be_mended(
    show: Show, qtbot: QtBot
) -> None:
    shown = show(ASKED)
    type_all(shown)
    shown.field(AGAIN).setFocus()
    shown.become(BUSY)
    shown.become(replace(BUSY, countdown=30))
    wrong = failed(ErrorCode.CURRENT_PASSWORD_WRONG)
    shown.become(replace(wrong, countdown=29))
    assert shown.focus() is shown.button("Stay signed in")
    # The key that says that somebody is there is for nothing else.
    with qtbot.assertNotEmitted(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    shown.become(wrong)
    qtbot.waitUntil(lambda: shown.focus() is shown.field(CURRENT))
    assert typed(shown, WANTED) == NEW


def test_an_attempt_takes_away_what_was_said_of_the_one_before(show: Show) -> None:
    shown = show(ASKED)
    type_all(shown, OLD, "corta", "corta")
    press = shown.button("Change password")
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert shown.field(WANTED).property("refused") == "true"
    QTest.keyClicks(shown.field(WANTED), "-Larga-9")
    assert shown.field(WANTED).property("refused") == "true"
    current = shown.field(CURRENT)
    assert isinstance(current, PasswordEdit)
    current.wipe()
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert not shown.field(WANTED).property("refused")
    assert current.property("refused") == "true"
    QTest.keyClicks(current, OLD)
    QTest.mouseClick(press, Qt.MouseButton.LeftButton)
    assert not current.property("refused")
    assert shown.field(AGAIN).property("refused") == "true"
