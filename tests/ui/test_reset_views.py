"""The three steps of a reset."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import (
    AuthState,
    Covered,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedOut,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.theme.tokens import Size
from ingenes_desktop.ui.widgets.countdown import Countdown
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedLine
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.resend_link import ResendLink
from tests.ui.conftest import Shown
from tests.ui.layout_faults import settle
from tests.ui.reading_order import assert_reading_order
from tests.ui.states import CLOCK, EMAIL, problem, settings_of

PASSWORD = "Una-clave-9"
SENT = ResetCodeSent(EMAIL, remember=False, destination="a***@c***")
Show = Callable[..., Shown]


def type_new_password(shown: Shown, password: str, again: str | None = None) -> None:
    QTest.keyClicks(shown.field("New password"), password)
    QTest.keyClicks(shown.field("Confirm password"), password if again is None else again)


def typed(shown: Shown, label: str) -> str:
    edit = shown.field(label)
    assert isinstance(edit, PasswordEdit)
    return edit.evaluate(str)


def places(shown: Shown) -> list[QRect]:
    settle()
    edits = [edit for edit in shown.view.findChildren(QLineEdit) if edit.isVisible()]
    return [QRect(edit.mapTo(shown.view, QPoint(0, 0)), edit.size()) for edit in edits]


# -- step 1


def test_a_code_is_asked_for_with_the_trimmed_email(qtbot: QtBot, show: Show) -> None:
    shown = show(ResetRequested("", remember=False))
    assert shown.focus() is shown.field("Email")
    QTest.keyClicks(shown.field("Email"), f" {EMAIL} ")
    with qtbot.waitSignal(shown.window.code_requested) as asked:
        QTest.mouseClick(shown.button("Send code"), Qt.MouseButton.LeftButton)
    assert asked.args == [EMAIL]
    shown.become(ResetRequested(EMAIL, remember=False, busy=True))
    with qtbot.assertNotEmitted(shown.window.code_requested):
        QTest.mouseClick(shown.button("Sending…"), Qt.MouseButton.LeftButton)


def test_the_email_comes_along_and_an_empty_one_is_asked_for(qtbot: QtBot, show: Show) -> None:
    shown = show(ResetRequested(EMAIL, remember=False))
    assert shown.field("Email").text() == EMAIL
    shown.field("Email").selectAll()
    QTest.keyClick(shown.field("Email"), Qt.Key.Key_Delete)
    with qtbot.assertNotEmitted(shown.window.code_requested):
        QTest.keyClick(shown.field("Email"), Qt.Key.Key_Return)
    assert "Enter your email." in shown.words()


@pytest.mark.parametrize(
    "state", [ResetRequested(EMAIL, remember=False), SENT, PasswordChanged(EMAIL, remember=False)]
)
def test_the_way_back_is_at_every_step(state: AuthState, qtbot: QtBot, show: Show) -> None:
    shown = show(state)
    with qtbot.waitSignal(shown.window.back_requested):
        QTest.mouseClick(shown.button("Back to sign in"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.window.back_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)


# -- step 2


@pytest.mark.parametrize(
    ("language", "destination", "text"),
    [
        (
            Language.ENGLISH,
            "a***@c***",
            f"If an account exists for {EMAIL}, we sent a code to a***@c***.",
        ),
        (
            Language.SPANISH,
            "a***@c***",
            f"Si existe una cuenta para {EMAIL}, enviamos un código a a***@c***.",
        ),
        (
            Language.SPANISH,
            "",
            f"Si existe una cuenta para {EMAIL}, enviamos un código a su dirección registrada.",
        ),
    ],
)
def test_the_words_are_the_same_for_everybody(
    language: Language, destination: str, text: str, show: Show
) -> None:
    shown = show(replace(SENT, destination=destination), language=language)
    assert text in shown.words()


@pytest.mark.parametrize("written", ["123456", " 123 456 ", "123-456", "\t1 2 3 4 5 6"])
def test_blanks_and_dashes_of_the_code_are_dropped(written: str, qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    assert shown.focus() is shown.field("Verification code")
    shown.field("Verification code").insert(written)
    type_new_password(shown, PASSWORD)
    with qtbot.waitSignal(shown.window.reset_submitted) as asked:
        QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
    code, secret = asked.args
    assert (code, secret.reveal()) == ("123456", PASSWORD)


def test_enter_goes_from_field_to_field_and_submits_in_the_last(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    for label, text in (
        ("Verification code", "123456"),
        ("New password", PASSWORD),
        ("Confirm password", PASSWORD),
    ):
        assert shown.focus() is shown.field(label)
        QTest.keyClicks(shown.focus(), text)
        if label != "Confirm password":
            QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.reset_submitted):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)


def test_what_is_missing_is_asked_for_beside_its_field(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    at_rest = places(shown)

    def press() -> None:
        QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
        assert places(shown) == at_rest

    with qtbot.assertNotEmitted(shown.window.reset_submitted):
        press()
        assert "Enter the code." in shown.words()
        QTest.keyClicks(shown.focus(), "123456")
        press()
        assert "Enter your password." in shown.words()
        assert shown.focus() is shown.field("New password")
        QTest.keyClicks(shown.focus(), "Abc-efgh")
        press()
        assert "The password does not meet the requirements: a number." in shown.words()
        QTest.keyClicks(shown.field("New password"), "9")
        press()
        assert "Passwords do not match." in shown.words()
        assert shown.focus() is shown.field("Confirm password")
        assert shown.button("Reset password").isEnabled()
    QTest.keyClicks(shown.focus(), "Abc-efgh9")
    with qtbot.waitSignal(shown.window.reset_submitted):
        press()


def test_the_rules_are_checked_while_typing(show: Show) -> None:
    shown = show(SENT)

    def met() -> list[str]:
        lines = shown.view.findChildren(MarkedLine)
        return [line.text() for line in lines if line.isVisible() and line.mark is Mark.DONE]

    assert met() == []
    QTest.keyClicks(shown.field("New password"), "aB")
    assert met() == ["An uppercase letter", "A lowercase letter"]
    QTest.keyClicks(shown.field("New password"), "-345678")
    assert met() == [
        "At least 8 characters",
        "An uppercase letter",
        "A lowercase letter",
        "A number",
        "A symbol",
    ]
    QTest.keyClicks(shown.field("New password"), " ")
    assert "No space at either end" in shown.words()


def test_a_refused_code_is_all_that_is_typed_again(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    type_new_password(shown, PASSWORD)
    QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
    shown.become(replace(SENT, busy=True))
    assert shown.button("Resetting…").isVisible()
    shown.become(replace(SENT, problem=problem(ErrorCode.CODE_MISMATCH)))
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.focus() is shown.field("Verification code")
    assert (typed(shown, "New password"), typed(shown, "Confirm password")) == (PASSWORD, PASSWORD)
    QTest.keyClicks(shown.focus(), "222222")
    with qtbot.waitSignal(shown.window.reset_submitted) as asked:
        QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
    assert asked.args[0] == "222222"


def test_a_refused_password_is_typed_anew_and_the_code_stays(show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    type_new_password(shown, PASSWORD)
    shown.become(replace(SENT, busy=True))
    shown.become(replace(SENT, problem=problem(ErrorCode.PASSWORD_HISTORY)))
    assert "You have used this password before. Choose another one. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.focus() is shown.field("New password")
    assert typed(shown, "New password") == ""
    assert shown.field("Verification code").text() == "111111"


def test_what_was_typed_is_gone_when_the_view_is_left(show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    type_new_password(shown, PASSWORD)
    shown.become(SignedOut(EMAIL))
    shown.become(SENT)
    assert shown.field("Verification code").text() == ""
    assert typed(shown, "New password") == typed(shown, "Confirm password") == ""


def test_another_code_can_be_asked_for_when_the_seconds_are_over(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    link = shown.button("Send a new code (30 s)")
    assert link.accessibleName() == "Send a new code"
    with qtbot.assertNotEmitted(shown.window.resend_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    assert link.isEnabled()
    assert shown.spoken[-1] == ("You can ask for another code in 30 s.", True)
    shown.clock.now += 2.4
    qtbot.waitUntil(lambda: link.text() == "Send a new code (28 s)")
    shown.clock.now += 28
    qtbot.waitUntil(lambda: link.text() == "Send a new code")
    with qtbot.waitSignal(shown.window.resend_requested):
        QTest.mouseClick(link, Qt.MouseButton.LeftButton)
    shown.become(replace(SENT, busy=True, resending=True))
    assert link.text() == "Sending…"
    assert shown.button("Reset password").isVisible()
    shown.become(replace(SENT, sent=2))
    assert link.text() == "Send a new code (30 s)"


def test_a_code_that_could_not_be_sent_again_starts_no_countdown(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    shown.clock.now += 31
    qtbot.waitUntil(lambda: shown.button("Send a new code").isVisible())
    shown.become(replace(SENT, busy=True, resending=True))
    shown.become(replace(SENT, problem=problem(ErrorCode.NO_NETWORK)))
    assert shown.button("Send a new code").isVisible()
    assert "No connection. Check the network and try again. Ref.\u00a07K3Q9F" in shown.words()


def test_another_email_can_be_used(qtbot: QtBot, show: Show) -> None:
    shown = show(SENT)
    with qtbot.waitSignal(shown.window.other_email_requested):
        QTest.mouseClick(shown.button("Use a different email"), Qt.MouseButton.LeftButton)


def test_a_change_of_language_keeps_code_and_passwords(qtbot: QtBot, show: Show) -> None:
    shown = show(replace(SENT, problem=problem(ErrorCode.CODE_EXPIRED)))
    QTest.keyClicks(shown.field("New password"), PASSWORD)
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: "Nueva contraseña" in shown.words())
    assert "El código venció. Pida uno nuevo. Ref.\u00a07K3Q9F" in shown.words()
    assert typed(shown, "Nueva contraseña") == PASSWORD
    assert shown.button("Enviar otro código (30 s)").isVisible()


# -- step 3


def test_done_is_said_and_leads_to_the_sign_in(show: Show) -> None:
    shown = show(PasswordChanged(EMAIL, remember=False), language=Language.SPANISH)
    assert {"Su contraseña se cambió", "Ya puede iniciar sesión con su contraseña nueva."} <= set(
        shown.words()
    )
    assert shown.focus() is shown.button("Volver a iniciar sesión")


def test_no_undo_brings_the_code_back(show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "482913")
    shown.become(SignedOut())
    shown.become(SENT)
    for _ in range(20):
        shown.field("Verification code").undo()
        assert shown.field("Verification code").text() == ""


def test_a_refused_code_stands_until_the_next_attempt(show: Show, qtbot: QtBot) -> None:
    shown = show(replace(SENT, busy=True))
    refused = replace(SENT, problem=problem(ErrorCode.CODE_MISMATCH))
    shown.become(refused)
    code = shown.field("Verification code")
    words = "Invalid verification code. Ref.\u00a07K3Q9F"
    QTest.keyClicks(code, "48")
    assert words in shown.words()
    assert code.property("refused") == "true"
    assert code.accessibleDescription() == words
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: "Código de verificación incorrecto. Ref.\u00a07K3Q9F" in shown.words())
    # The next attempt finds the password missing: the code is no longer what is wrong.
    QTest.mouseClick(shown.button("Restablecer contraseña"), Qt.MouseButton.LeftButton)
    assert not any("incorrecto" in each for each in shown.words())
    assert not code.property("refused")
    assert shown.field("Nueva contraseña").property("refused") == "true"
    # And it does not come back with a word of another matter, or the language.
    shown.become(replace(refused, notice=problem(ErrorCode.KEYRING_UNAVAILABLE)))
    shown.translation.use(Language.ENGLISH)
    qtbot.waitUntil(lambda: "Enter your password." in shown.words())
    assert words not in shown.words()


def test_passwords_that_differ_are_told_until_the_next_attempt(show: Show, qtbot: QtBot) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    type_new_password(shown, PASSWORD, "otra")
    QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
    confirmation = shown.field("Confirm password")
    assert shown.focus() is confirmation
    QTest.keyClicks(confirmation, PASSWORD)
    assert "Passwords do not match." in shown.words()
    assert confirmation.property("refused") == "true"
    assert confirmation.accessibleDescription() == "Passwords do not match."
    assert shown.field("New password").accessibleDescription() == ""
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: "Las contraseñas no coinciden." in shown.words())
    with qtbot.waitSignal(shown.window.reset_submitted):
        QTest.keyClick(confirmation, Qt.Key.Key_Return)
    assert "Las contraseñas no coinciden." not in shown.words()
    assert not confirmation.property("refused")


def test_what_was_refused_is_told_after_a_cover_too(show: Show) -> None:
    shown = show(SENT)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    type_new_password(shown, PASSWORD)
    shown.become(replace(SENT, busy=True))
    refused = replace(SENT, problem=problem(ErrorCode.PASSWORD_HISTORY))
    words = "You have used this password before. Choose another one. Ref.\u00a07K3Q9F"
    shown.become(refused)
    for _ in range(2):
        assert words in shown.words()
        assert shown.field("New password").property("refused") == "true"
        assert shown.field("New password").accessibleDescription() == words
        shown.become(Covered(refused))
        shown.become(refused)
    QTest.keyClicks(shown.field("New password"), "corta")
    shown.become(Covered(refused))
    later = replace(SENT, problem=problem(ErrorCode.CODE_EXPIRED))
    shown.become(later)
    assert words not in shown.words()
    assert any("The code has expired." in each for each in shown.words())


def test_what_the_bar_says_stands_until_the_next_attempt(show: Show) -> None:
    shown = show(SENT)
    shown.become(replace(SENT, busy=True))
    offline = replace(SENT, problem=problem(ErrorCode.NO_NETWORK))
    shown.become(offline)
    QTest.keyClicks(shown.field("Verification code"), "1")
    type_new_password(shown, PASSWORD)
    assert any("No connection." in words for words in shown.words())
    shown.field("Verification code").selectAll()
    QTest.keyClick(shown.field("Verification code"), Qt.Key.Key_Delete)
    QTest.mouseClick(shown.button("Reset password"), Qt.MouseButton.LeftButton)
    assert "Enter the code." in shown.words()
    shown.become(replace(offline, notice=problem(ErrorCode.KEYRING_UNAVAILABLE)))
    assert not any("No connection." in words for words in shown.words())
    assert "Enter the code." in shown.words()


def test_a_notice_is_shown_during_the_reset_too(show: Show) -> None:
    notice = problem(ErrorCode.KEYRING_UNAVAILABLE)
    for state in (
        ResetRequested(EMAIL, remember=False, notice=notice),
        replace(SENT, notice=notice),
        PasswordChanged(EMAIL, remember=False, notice=notice),
    ):
        shown = show(state)
        assert any("will not remember" in words for words in shown.words())


# -- where Cognito demands it


@pytest.mark.parametrize(
    ("language", "destination", "text"),
    [
        (Language.ENGLISH, "a***@c***", "Your password must be reset. We sent a code to a***@c***."),
        (Language.SPANISH, "a***@c***", "Debe restablecer su contraseña. Enviamos un código a a***@c***."),
        (
            Language.SPANISH,
            "",
            "Debe restablecer su contraseña. Enviamos un código a su dirección registrada.",
        ),
    ],
)
def test_a_reset_that_nobody_asked_for_says_why(
    language: Language, destination: str, text: str, show: Show
) -> None:
    demanded = ResetRequested(EMAIL, remember=False, busy=True, demanded=True)
    shown = show(demanded, language=language)
    why = text.split(".", maxsplit=1)[0]
    sending = {
        Language.ENGLISH: f"{why}. We are sending you a code…",
        Language.SPANISH: f"{why}. Le estamos enviando un código…",
    }
    assert sending[language] in shown.words()
    assert shown.spoken[-1] == (sending[language], False)
    shown.become(replace(SENT, destination=destination, demanded=True))
    assert text in shown.words()
    assert shown.spoken[-1] == (text, False)


def test_where_the_demanded_code_could_not_be_sent_the_email_is_asked_for(qtbot: QtBot, show: Show) -> None:
    shown = show(ResetRequested(EMAIL, remember=False, busy=True, demanded=True))
    shown.become(
        ResetRequested(EMAIL, remember=False, demanded=True, problem=problem(ErrorCode.NOT_RESPONDING))
    )
    words = "Your password must be reset. Enter your email to receive a verification code."
    assert words in shown.words()
    with qtbot.waitSignal(shown.window.code_requested) as asked:
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    assert asked.args == [EMAIL]


# -- the email


def test_an_email_that_is_missing_is_told_until_the_next_attempt(show: Show, qtbot: QtBot) -> None:
    shown = show(ResetRequested("", remember=False))
    email = shown.field("Email")
    QTest.keyClick(email, Qt.Key.Key_Return)
    QTest.keyClicks(email, EMAIL)
    assert "Enter your email." in shown.words()
    assert email.property("refused") == "true"
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: "Escriba su correo." in shown.words())
    with qtbot.waitSignal(shown.window.code_requested):
        QTest.keyClick(email, Qt.Key.Key_Return)
    assert "Escriba su correo." not in shown.words()
    assert not email.property("refused")


def test_a_code_that_could_not_be_sent_is_told_beside_the_email(show: Show) -> None:
    shown = show(ResetRequested(EMAIL, remember=False, busy=True))
    at_rest = places(shown)
    unsent = ResetRequested(EMAIL, remember=False, problem=problem(ErrorCode.CODE_NOT_SENT))
    shown.become(unsent)
    words = "The code could not be sent. Try again, or contact Support. Ref.\u00a07K3Q9F"
    email = shown.field("Email")
    assert email.accessibleDescription() == words
    assert shown.view.findChildren(NoticeBar)[0].text == ""
    assert places(shown) == at_rest
    QTest.keyClicks(email, "x")
    shown.become(replace(unsent, notice=problem(ErrorCode.KEYRING_UNAVAILABLE)))
    assert email.accessibleDescription() == words
    shown.become(Covered(unsent))
    shown.become(unsent)
    assert words in shown.words()
    email.selectAll()
    QTest.keyClick(email, Qt.Key.Key_Delete)
    QTest.keyClick(email, Qt.Key.Key_Return)
    assert email.accessibleDescription() == "Enter your email."


def test_nothing_moves_while_a_demanded_code_is_sent(show: Show) -> None:
    demanded = ResetRequested(EMAIL, remember=False, busy=True, demanded=True)
    shown = show(demanded, language=Language.SPANISH)
    at_rest = places(shown)
    shown.become(replace(demanded, busy=False, problem=problem(ErrorCode.NO_NETWORK)))
    assert places(shown) == at_rest


# -- the next code


def width_of(link: ResendLink) -> int:
    """How wide it is, with room for all that it says."""
    settle()
    assert link.fontMetrics().horizontalAdvance(link.text()) < link.width()
    return link.width()


def test_the_link_for_another_code_keeps_its_width(show: Show, qtbot: QtBot) -> None:
    for language in Language:
        shown = show(SENT, language=language)
        (link,) = shown.view.findChildren(ResendLink)
        (countdown,) = link.findChildren(Countdown)
        widths = {width_of(link)}
        for seconds in (27, 11, 9, 1, 0):
            shown.clock.now = CLOCK + 30 - seconds
            with qtbot.waitSignal(countdown.ticked):
                pass
            assert (f"({seconds} s)" in link.text()) is (seconds > 0)
            widths.add(width_of(link))
        shown.become(replace(SENT, busy=True, resending=True))
        assert link.text() in ("Sending…", "Enviando…")
        widths.add(width_of(link))
        assert len(widths) == 1
        assert link.height() >= Size.TARGET


def test_a_longer_pause_has_its_room(show: Show) -> None:
    limits = replace(settings_of().limits, resend_code=240.0)
    shown = show(SENT, settings=replace(settings_of(), limits=limits))
    (link,) = shown.view.findChildren(ResendLink)
    assert link.text() == "Send a new code (240 s)"
    assert link.fontMetrics().horizontalAdvance(link.text()) < link.width()


# -- the way through


def test_the_tab_key_goes_as_one_reads(show: Show) -> None:
    assert_reading_order(
        show(SENT),
        "Verification code",
        "New password",
        "Show password",
        "Confirm password",
        "Show password",
        "Reset password",
        "Back to sign in",
        "Send a new code",
        "Use a different email",
    )
    assert_reading_order(show(ResetRequested(EMAIL, remember=False)), "Email", "Send code", "Back to sign in")
