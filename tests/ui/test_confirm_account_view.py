"""The account's email is verified with a code, and the person signs in."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import ConfirmationRequired, Covered, News, SignedOut, SigningIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.value import replace
from tests.ui.conftest import Shown
from tests.ui.reading_order import assert_reading_order
from tests.ui.states import CONFIRMATION, EMAIL, KEYRING, problem
from tests.ui.told import tells

CODE = "Verification code"
SENDING = ConfirmationRequired(EMAIL, remember=False)
Show = Callable[..., Shown]


@pytest.mark.parametrize(
    ("language", "heading", "sending", "sent"),
    [
        (
            Language.ENGLISH,
            "Verify your email",
            "We are sending you a code…",
            "We sent a code to a***@c***.",
        ),
        (
            Language.SPANISH,
            "Verifique su correo",
            "Le estamos enviando un código…",
            "Enviamos un código a a***@c***.",
        ),
    ],
)
def test_the_code_is_sent_and_asked_for(
    language: Language, heading: str, sending: str, sent: str, show: Show
) -> None:
    shown = show(SigningIn(EMAIL, remember=False), language=language)
    shown.spoken.clear()
    shown.become(SENDING)
    assert {heading, sending} <= set(shown.words())
    shown.become(CONFIRMATION)
    assert {heading, sent} <= set(shown.words())
    assert shown.spoken == [(heading, False), (sending, False), (sent, False)]
    assert shown.focus() is shown.fields()[0]


def test_the_code_is_handed_over_without_blanks(qtbot: QtBot, show: Show) -> None:
    shown = show(CONFIRMATION)
    QTest.keyClicks(shown.field(CODE), " 483-920 ")
    with qtbot.waitSignal(shown.window.confirmation_submitted) as asked:
        QTest.keyClick(shown.field(CODE), Qt.Key.Key_Return)
    assert asked.args == ["483920"]
    shown.become(replace(CONFIRMATION, busy=True))
    assert shown.field(CODE).isReadOnly()
    with qtbot.assertNotEmitted(shown.window.confirmation_submitted):
        QTest.mouseClick(shown.button("Continuing…"), Qt.MouseButton.LeftButton)
    shown.become(replace(CONFIRMATION, problem=problem(ErrorCode.CODE_MISMATCH)))
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.focus() is shown.field(CODE)
    assert shown.field(CODE).selectedText() == " 483-920 "
    # It stands while another one is typed, until that is handed in.
    QTest.keyClicks(shown.field(CODE), "1")
    refused = replace(CONFIRMATION, problem=problem(ErrorCode.CODE_MISMATCH), notice=KEYRING)
    shown.become(refused)
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.field(CODE).property("refused") == "true"
    shown.become(Covered(refused))
    shown.become(refused)
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in shown.words()
    with qtbot.waitSignal(shown.window.confirmation_submitted):
        QTest.keyClick(shown.field(CODE), Qt.Key.Key_Return)
    assert "Invalid verification code. Ref.\u00a07K3Q9F" not in shown.words()
    assert not shown.field(CODE).property("refused")


def test_an_empty_code_is_asked_for(qtbot: QtBot, show: Show) -> None:
    shown = show(CONFIRMATION)
    with qtbot.assertNotEmitted(shown.window.confirmation_submitted):
        QTest.mouseClick(shown.button("Continue"), Qt.MouseButton.LeftButton)
    QTest.keyClicks(shown.field(CODE), "4")
    assert "Enter the code." in shown.words()
    assert shown.spoken[-1] == ("Enter the code.", True)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert "Escriba el código." in shown.words()


def test_another_code_can_be_asked_for_after_a_pause(qtbot: QtBot, show: Show) -> None:
    shown = show(CONFIRMATION)
    link = shown.button("Send a new code (30 s)")
    with qtbot.assertNotEmitted(shown.window.resend_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert shown.spoken[-1] == ("You can ask for another code in 30 s.", True)
    shown.clock.now += 31
    qtbot.waitUntil(lambda: link.text() == "Send a new code")
    QTest.keyClicks(shown.field(CODE), "483920")
    with qtbot.waitSignal(shown.window.resend_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    resending = replace(CONFIRMATION, busy=True, resending=True)
    shown.become(resending)
    assert link.text() == "Sending…"
    assert shown.button("Continue").isVisible()
    with qtbot.assertNotEmitted(shown.window.resend_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    shown.become(replace(CONFIRMATION, sent=2))
    assert link.text() == "Send a new code (30 s)"
    # Only the newest code is taken.
    assert shown.field(CODE).text() == ""
    assert shown.spoken[-1] == ("We sent a code to a***@c***.", False)


def test_a_code_that_was_never_sent_can_be_asked_for_at_once(qtbot: QtBot, show: Show) -> None:
    shown = show(SENDING)
    shown.become(replace(SENDING, busy=False, resending=False, problem=problem(ErrorCode.LIMIT_EXCEEDED)))
    assert any("about an hour" in words for words in shown.words())
    with qtbot.waitSignal(shown.window.resend_requested):
        QTest.mouseClick(shown.button("Send a new code"), Qt.MouseButton.LeftButton)


def test_starting_over_is_always_possible(qtbot: QtBot, show: Show) -> None:
    for state in (SENDING, CONFIRMATION, replace(CONFIRMATION, busy=True)):
        shown = show(state)
        with qtbot.waitSignal(shown.window.start_over_requested):
            QTest.mouseClick(shown.button("Start over"), Qt.MouseButton.LeftButton)
        with qtbot.waitSignal(shown.window.start_over_requested):
            QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)


def test_nothing_moves(show: Show) -> None:
    shown = show(SENDING)

    def places() -> list[QRect]:
        shown.window.grab()  # lays out
        widgets = [shown.fields()[0], *shown.view.findChildren(QPushButton)]
        return [QRect(each.mapTo(shown.view, QPoint(0, 0)), each.size()) for each in widgets[:3]]

    at_rest = places()
    for state in (
        CONFIRMATION,
        replace(CONFIRMATION, busy=True),
        replace(CONFIRMATION, problem=problem(ErrorCode.CODE_EXPIRED)),
        replace(CONFIRMATION, problem=problem(ErrorCode.TLS_INSPECTED, "20"), notice=KEYRING),
    ):
        shown.become(state)
        assert places() == at_rest


def test_the_email_is_verified_and_the_person_signs_in(show: Show) -> None:
    shown = show(replace(CONFIRMATION, busy=True), language=Language.SPANISH)
    shown.spoken.clear()
    verified = SignedOut(EMAIL, news=News.EMAIL_VERIFIED)
    shown.become(verified)
    words = "Su correo está verificado. Ya puede iniciar sesión."
    assert words in shown.words()
    assert shown.spoken == [("Iniciar sesión", False), (words, False)]
    assert shown.focus() is shown.field("Contraseña")
    shown.translation.use(Language.ENGLISH)
    QApplication.sendPostedEvents()
    assert "Your email is verified. You can sign in now." in shown.words()
    shown.become(SigningIn(EMAIL, remember=False))
    assert not any("verified" in words for words in shown.words())
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    assert not any("verified" in words for words in shown.words())


def test_nothing_is_left_for_the_next_person(show: Show) -> None:
    shown = show(CONFIRMATION)
    QTest.keyClicks(shown.field(CODE), "483920")
    shown.become(Covered(CONFIRMATION))
    assert tells(shown.window, "483920", "a***") == []
    shown.become(CONFIRMATION)
    assert shown.field(CODE).text() == "483920"
    shown.become(SignedOut())
    assert tells(shown.window, "483920", "a***") == []
    shown.become(CONFIRMATION)
    assert shown.field(CODE).text() == ""
    shown.field(CODE).undo()
    assert shown.field(CODE).text() == ""


@pytest.mark.parametrize("copied", ["483 920", " 483-920\n", "483\u00a0920", "483\u2011920", "4 8 3 9 2 0"])
def test_a_code_is_pasted_as_it_was_copied(copied: str, show: Show, qtbot: QtBot) -> None:
    shown = show(CONFIRMATION)
    QApplication.clipboard().setText(copied)
    QTest.keySequence(shown.field(CODE), QKeySequence.StandardKey.Paste)
    with qtbot.waitSignal(shown.window.confirmation_submitted) as asked:
        QTest.keyClick(shown.field(CODE), Qt.Key.Key_Return)
    assert asked.args == ["483920"]


def test_the_digits_of_a_code_stand_apart(show: Show) -> None:
    shown = show(CONFIRMATION)
    code = shown.field(CODE)
    plain = QLineEdit(code.parentWidget())
    plain.ensurePolished()
    six = "483920"
    apart = code.fontMetrics().horizontalAdvance(six) - plain.fontMetrics().horizontalAdvance(six)
    assert apart >= len(six)


def test_the_tab_key_goes_as_one_reads(show: Show) -> None:
    assert_reading_order(show(CONFIRMATION), CODE, "Continue", "Start over", "Send a new code")
