"""The sign-in form: what is typed, what is asked for, and that nothing moves."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import (
    AuthState,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import AuthFlow, Language, MachineKind
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.check_box import CheckBox
from ingenes_desktop.ui.widgets.countdown import Countdown
from ingenes_desktop.ui.widgets.marked_list import Mark
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.step_list import StepList
from tests.ui.conftest import Shown
from tests.ui.states import ANA, EMAIL, KEYRING, problem, settings_of

PASSWORD = "Una-clave-9"
Show = Callable[..., Shown]


def password_of(shown: Shown) -> PasswordEdit:
    edit = shown.field("Password")
    assert isinstance(edit, PasswordEdit)
    return edit


def box_of(shown: Shown) -> CheckBox:
    box = shown.view.findChild(CheckBox)
    assert box is not None
    return box


def places(shown: Shown) -> list[tuple[str, QRect]]:
    """Where everything stands that must not move."""
    widgets: list[QWidget] = [
        shown.window.login.heading,
        shown.field("Email"),
        shown.field("Password"),
        box_of(shown),
        *shown.view.findChildren(BusyButton),
    ]
    return [
        (type(each).__name__, QRect(each.mapTo(shown.view, QPoint(0, 0)), each.size())) for each in widgets
    ]


def test_email_and_password_are_handed_over_and_the_password_is_wiped(show: Show) -> None:
    shown = show()
    asked: list[tuple[str, str, bool, bool, bool]] = []
    shown.window.sign_in_requested.connect(
        lambda name, secret, remember, keep: asked.append(
            (name, secret.reveal(), remember, keep, password_of(shown).is_empty())
        )
    )
    QTest.keyClicks(shown.field("Email"), f"  {EMAIL} ")
    QTest.keyClicks(shown.field("Password"), f" {PASSWORD} ")
    QTest.mouseClick(shown.button("Sign in"), Qt.MouseButton.LeftButton)
    # The username is trimmed; blanks of a password are the person's.
    assert asked == [(EMAIL, f" {PASSWORD} ", False, False, True)]


def test_enter_leads_from_the_email_to_the_password_and_submits_there(qtbot: QtBot, show: Show) -> None:
    shown = show()
    with qtbot.assertNotEmitted(shown.window.sign_in_requested):
        QTest.keyClicks(shown.field("Email"), EMAIL)
        QTest.keyClick(shown.field("Email"), Qt.Key.Key_Return)
    assert shown.focus() is shown.field("Password")
    QTest.keyClicks(shown.field("Password"), PASSWORD)
    with qtbot.waitSignal(shown.window.sign_in_requested):
        QTest.keyClick(shown.field("Password"), Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("language", "email", "password", "asks_email", "asks_password"),
    [
        (Language.ENGLISH, "Email", "Password", "Enter your email.", "Enter your password."),
        (
            Language.SPANISH,
            "Correo electrónico",
            "Contraseña",
            "Escriba su correo.",
            "Escriba su contraseña.",
        ),
    ],
)
def test_an_empty_field_is_asked_for_beside_it(
    language: Language,
    email: str,
    password: str,
    asks_email: str,
    asks_password: str,
    qtbot: QtBot,
    show: Show,
) -> None:
    shown = show(language=language)
    with qtbot.assertNotEmitted(shown.window.sign_in_requested):
        QTest.keyClick(shown.field(password), Qt.Key.Key_Return)
        assert {asks_email, asks_password} <= set(shown.words())
        assert shown.focus() is shown.field(email)
        assert shown.spoken[-1] == (asks_email, True)
        QTest.keyClicks(shown.field(email), EMAIL)
        assert asks_email not in shown.words()
        QTest.keyClick(shown.field(password), Qt.Key.Key_Return)
    assert asks_password in shown.words()
    assert shown.focus() is shown.field(password)
    assert shown.field(password).accessibleDescription() == asks_password


def test_a_failure_keeps_the_email_and_leads_to_the_password(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.NO_NETWORK)))
    assert shown.field("Email").text() == EMAIL
    assert shown.focus() is shown.field("Password")
    assert "No connection. Check the network and try again. Ref.\u00a07K3Q9F" in shown.words()
    assert not shown.field("Password").isReadOnly()


def test_nothing_moves_when_it_runs_fails_or_speaks(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    at_rest = places(shown)
    states: list[AuthState] = [
        SigningIn(EMAIL, remember=False),
        SigningIn(EMAIL, remember=False, step=SignInStep.RECORD),
        SignedOut(EMAIL, problem=problem(ErrorCode.TLS_INSPECTED, "20"), notice=KEYRING),
        SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)),
        SignedOut(EMAIL),
    ]
    for state in states:
        shown.become(state)
        shown.window.grab()  # lays out
        assert places(shown) == at_rest


def test_while_it_runs_the_steps_are_named_and_it_can_be_cancelled(qtbot: QtBot, show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=True, step=SignInStep.CONFIGURATION))
    steps = shown.view.findChild(StepList)
    assert steps is not None
    assert steps.isVisible()
    assert [line.text() for line in steps.lines] == [
        "Checking your password",
        "Getting access",
        "Reading the configuration",
        "Connecting to FileMaker",
        "Finding your record",
    ]
    done, under_way, waiting = Mark.DONE, Mark.UNDER_WAY, Mark.WAITING
    assert [line.mark for line in steps.lines] == [done, done, under_way, waiting, waiting]
    assert steps.lines[0].accessibleDescription() == "done"
    assert shown.button("Signing in…").isVisible()
    assert shown.focus() is shown.button("Cancel")
    assert shown.field("Email").isReadOnly()
    with qtbot.waitSignal(shown.window.cancel_requested):
        QTest.mouseClick(shown.button("Cancel"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.window.cancel_requested):
        QTest.keyClick(shown.button("Cancel"), Qt.Key.Key_Escape)
    # An Enter pressed once too often is no wish to cancel.
    with qtbot.assertNotEmitted(shown.window.cancel_requested):
        QTest.keyClick(shown.button("Cancel"), Qt.Key.Key_Return)
    with qtbot.assertNotEmitted(shown.window.sign_in_requested):
        QTest.mouseClick(shown.button("Signing in…"), Qt.MouseButton.LeftButton)
    shown.become(SignedOut(EMAIL))
    assert not steps.isVisible()


def test_escape_at_rest_does_nothing(qtbot: QtBot, show: Show) -> None:
    shown = show()
    with qtbot.assertNotEmitted(shown.window.cancel_requested):
        QTest.keyClick(shown.field("Email"), Qt.Key.Key_Escape)


def test_the_remembered_name_goes_in_where_nothing_was_typed(show: Show) -> None:
    shown = show()
    assert shown.focus() is shown.field("Email")
    shown.become(SignedOut(EMAIL, remember=True))
    assert shown.field("Email").text() == EMAIL
    assert shown.focus() is shown.field("Password")
    assert box_of(shown).isChecked()


def test_the_remembered_name_that_comes_late_takes_no_key_stroke_away(show: Show) -> None:
    shown = show()
    shown.clock.now += 4
    shown.become(SignedOut(EMAIL, remember=True))
    # Whoever is about to type goes on in the same field, and replaces the name by typing.
    assert shown.focus() is shown.field("Email")
    QTest.keyClicks(shown.field("Email"), "x")
    assert shown.field("Email").text() == "x"


@pytest.mark.parametrize("typed", ["l", "luis@clinica.example"])
def test_the_remembered_name_never_overwrites_what_was_typed(typed: str, show: Show) -> None:
    shown = show()
    QTest.keyClicks(shown.field("Email"), typed)
    shown.become(SignedOut(EMAIL, remember=True))
    assert shown.field("Email").text() == typed


def test_a_name_typed_and_taken_back_is_not_replaced_either(show: Show) -> None:
    shown = show()
    QTest.keyClicks(shown.field("Email"), "l")
    QTest.keyClick(shown.field("Email"), Qt.Key.Key_Backspace)
    shown.become(SignedOut(EMAIL, remember=True))
    assert shown.field("Email").text() == ""


def test_the_next_person_finds_only_what_is_remembered(show: Show) -> None:
    shown = show()
    QTest.keyClicks(shown.field("Email"), EMAIL)
    QTest.keyClicks(shown.field("Password"), "half")
    shown.become(SignedIn(ANA, EMAIL, remember=False))
    shown.become(SignedOut())
    assert shown.field("Email").text() == ""
    assert password_of(shown).is_empty()


def test_remember_me_is_told_by_clicks_only(qtbot: QtBot, show: Show) -> None:
    shown = show()
    box = box_of(shown)
    with qtbot.assertNotEmitted(shown.window.remember_toggled):
        shown.become(SignedOut(EMAIL, remember=True))
    assert box.isChecked()
    with qtbot.waitSignal(shown.window.remember_toggled) as told:
        QTest.mouseClick(box, Qt.MouseButton.LeftButton, pos=box.rect().center())
    assert told.args == [False]


def test_a_kiosk_remembers_nobody(show: Show) -> None:
    shown = show(settings=settings_of(MachineKind.KIOSK))
    assert not box_of(shown).isVisible()


def test_forgot_password_takes_the_email_along(qtbot: QtBot, show: Show) -> None:
    shown = show()
    QTest.keyClicks(shown.field("Email"), f" {EMAIL}")
    with qtbot.waitSignal(shown.window.forgot_password_requested) as asked:
        QTest.keyClick(shown.button("Forgot password?"), Qt.Key.Key_Return)
    assert asked.args == [EMAIL]


def test_typing_is_told_first_and_again_after_a_pause(show: Show) -> None:
    shown = show()
    told: list[float] = []
    shown.window.typing_started.connect(lambda: told.append(shown.clock.now))
    QTest.keyClicks(shown.field("Email"), "ana")
    shown.clock.now += 14
    QTest.keyClicks(shown.field("Password"), "a")
    assert told == [1000.0]
    shown.clock.now += 2
    QTest.keyClicks(shown.field("Password"), "b")
    assert told == [1000.0, 1016.0]


def test_caps_lock_is_told_below_the_password(show: Show) -> None:
    shown = show()
    shown.field("Password").setFocus()
    press = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_A, Qt.KeyboardModifier.NoModifier, "A")
    QApplication.sendEvent(shown.field("Password"), press)
    assert "Caps Lock is on" in shown.words()
    QTest.keyClick(shown.field("Password"), Qt.Key.Key_CapsLock)
    assert "Caps Lock is on" not in shown.words()


def test_seconds_count_down_and_the_button_stays(qtbot: QtBot, show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=8)))
    assert "Too many attempts. Wait 8 s and try again. Ref.\u00a07K3Q9F" in shown.words()
    shown.clock.now += 5.5
    qtbot.waitUntil(lambda: "Too many attempts. Wait 3 s and try again. Ref.\u00a07K3Q9F" in shown.words())
    assert shown.button("Sign in").isEnabled()
    # The same problem drawn again does not begin anew.
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=8), notice=KEYRING))
    assert "Too many attempts. Wait 3 s and try again. Ref.\u00a07K3Q9F" in shown.words()
    shown.clock.now += 3
    qtbot.waitUntil(lambda: not any("Too many" in text for text in shown.words()))
    assert [text for text, urgent in shown.spoken if urgent] == [
        "Too many attempts. Wait 8 s and try again. Ref.\u00a07K3Q9F"
    ]


def test_a_change_of_language_keeps_what_was_typed(qtbot: QtBot, show: Show) -> None:
    shown = show(SignedOut(problem=problem(ErrorCode.NO_NETWORK)))
    QTest.keyClicks(shown.field("Email"), EMAIL)
    QTest.keyClicks(shown.field("Password"), PASSWORD)
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: "Contraseña" in shown.words())
    assert "Sin conexión. Revise la red e intente de nuevo. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.field("Correo electrónico").text() == EMAIL
    with qtbot.waitSignal(shown.window.sign_in_requested) as asked:
        QTest.mouseClick(shown.button("Iniciar sesión"), Qt.MouseButton.LeftButton)
    assert asked.args[1].reveal() == PASSWORD


def test_tab_goes_down_the_form(show: Show) -> None:
    shown = show()
    way: list[QWidget] = [shown.focus()]
    for _ in range(5):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        way.append(shown.focus())
    assert way == [
        shown.field("Email"),
        shown.field("Password"),
        password_of(shown).eye,
        box_of(shown),
        shown.button("Sign in"),
        shown.button("Forgot password?"),
    ]


def test_the_view_is_left_for_the_reset_and_found_again(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(ResetRequested(EMAIL, remember=False))
    shown.become(SignedOut("otra@clinica.example"))
    assert shown.field("Email").text() == "otra@clinica.example"
    assert shown.focus() is shown.field("Password")


def test_a_redraw_after_a_refusal_leaves_the_focus_alone(show: Show) -> None:
    refused = SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS))
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(refused)
    shown.field("Email").setFocus()
    shown.become(SignedOut(EMAIL, remember=True, problem=refused.problem))
    assert shown.focus() is shown.field("Email")


def test_a_paste_that_is_too_long_is_said(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    QApplication.clipboard().setText("x" * 257)
    password_of(shown).paste()
    assert "That is too long for a password." in shown.words()
    assert ("That is too long for a password.", True) in shown.spoken


def test_the_end_of_a_wait_clears_the_field_and_is_told(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=5)))
    assert password_of(shown).property("refused") == "true"
    shown.clock.now += 6
    qtbot.waitUntil(lambda: ("You can try again.", False) in shown.spoken)
    assert not password_of(shown).property("refused")


def boxes(shown: Shown) -> dict[str, CheckBox]:
    """The check boxes on screen."""
    return {box.text(): box for box in shown.view.findChildren(CheckBox) if box.isVisible()}


@pytest.mark.parametrize(
    ("machine", "language", "offered"),
    [
        (MachineKind.PERSONAL, Language.ENGLISH, ["Remember me", "Keep me signed in"]),
        (MachineKind.PERSONAL, Language.SPANISH, ["Recordarme", "Mantener la sesión iniciada"]),
        (MachineKind.SHARED, Language.SPANISH, ["Recordarme"]),
        (MachineKind.KIOSK, Language.SPANISH, []),
    ],
)
def test_what_is_offered_depends_on_the_machine(
    machine: MachineKind, language: Language, offered: list[str], show: Show
) -> None:
    shown = show(language=language, settings=settings_of(machine))
    assert list(boxes(shown)) == offered


def test_staying_signed_in_is_drawn_from_the_state_and_told_when_clicked(qtbot: QtBot, show: Show) -> None:
    shown = show(SignedOut(EMAIL, keep=True), settings=settings_of(MachineKind.PERSONAL))
    keep = boxes(shown)["Keep me signed in"]
    assert keep.isChecked()
    with qtbot.waitSignal(shown.window.keep_toggled) as told:
        QTest.mouseClick(keep, Qt.MouseButton.LeftButton)
    assert told.args == [False]
    with qtbot.assertNotEmitted(shown.window.keep_toggled):
        shown.become(SignedOut(EMAIL, keep=True))
    QTest.keyClicks(shown.field("Password"), PASSWORD)
    with qtbot.waitSignal(shown.window.sign_in_requested) as asked:
        QTest.keyClick(shown.field("Password"), Qt.Key.Key_Return)
    assert asked.args[0] == EMAIL
    assert asked.args[2:] == [False, True]
    shown.become(SigningIn(EMAIL, remember=False, keep=True))
    assert not keep.isEnabled()
    assert keep.isChecked()


def test_both_boxes_are_reached_by_the_keyboard_in_their_order(show: Show) -> None:
    shown = show(SignedOut(), settings=settings_of(MachineKind.PERSONAL))
    shown.window.activateWindow()
    remember, keep = boxes(shown).values()
    remember.setFocus()
    QTest.keyClick(remember, Qt.Key.Key_Tab)
    assert shown.focus() is keep
    QTest.keyClick(keep, Qt.Key.Key_Tab)
    assert shown.focus() is shown.button("Sign in")


def test_an_abandoned_form_is_emptied(show: Show) -> None:
    shown = show(SignedOut())
    QTest.keyClicks(shown.field("Email"), EMAIL)
    QTest.keyClick(shown.field("Email"), Qt.Key.Key_Return)
    QTest.keyClicks(password_of(shown), PASSWORD)
    shown.become(SignedOut(notice=KEYRING))
    assert shown.field("Email").text() == EMAIL
    shown.become(SignedOut(cleared=1))
    assert shown.field("Email").text() == ""
    assert password_of(shown).is_empty()
    assert shown.focus() is shown.field("Email")
    assert not shown.field("Email").isUndoAvailable()
    # Once for each time; and with the name that is remembered on this computer.
    QTest.keyClicks(shown.field("Email"), "x")
    shown.become(SignedOut(EMAIL, remember=True, cleared=1))
    assert shown.field("Email").text() == "x"
    shown.become(SignedOut(EMAIL, remember=True, cleared=2))
    assert shown.field("Email").text() == EMAIL


def test_a_form_that_is_left_keeps_nothing(show: Show) -> None:
    shown = show(SignedOut())
    email = shown.field("Email")
    QTest.keyClicks(email, EMAIL)
    shown.become(SignedIn(ANA, EMAIL, remember=False))
    assert email.text() == ""
    assert not email.isUndoAvailable()


# -- what is typed, and whose it is


@pytest.mark.parametrize("written", [f" {PASSWORD}", f"{PASSWORD} ", f"{PASSWORD}\u00a0"])
@pytest.mark.parametrize(
    ("language", "label", "words"),
    [
        (Language.ENGLISH, "Password", "A password never begins or ends with a space."),
        (Language.SPANISH, "Contraseña", "Una contraseña nunca empieza ni termina con un espacio."),
    ],
)
def test_a_space_at_either_end_is_told_calmly(
    written: str, language: Language, label: str, words: str, show: Show
) -> None:
    shown = show(SignedOut(EMAIL), language=language)
    field = shown.field(label)
    QApplication.clipboard().setText(written)
    field.paste()
    assert words in shown.words()
    assert field.accessibleDescription() == words
    assert not field.property("refused")
    # It is sent as it is, and the word is still there where it was refused.
    asked: list[str] = []
    shown.window.sign_in_requested.connect(lambda _name, secret, *_boxes: asked.append(secret.reveal()))
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert asked == [written]
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    assert words in shown.words()
    QTest.keyClicks(field, "x")
    assert words not in shown.words()


def test_a_space_within_is_no_news(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    QTest.keyClicks(shown.field("Password"), "two words")
    assert not any("space" in words for words in shown.words())
    assert not any("space" in words for words, _ in shown.spoken)


def locked(shown: Shown) -> list[str]:
    return [words for words in shown.words() if "Too many attempts" in words]


def test_a_lock_is_its_username_s_alone(show: Show, qtbot: QtBot) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)))
    assert locked(shown) == ["Too many attempts. Wait 32 s and try again. Ref.\u00a07K3Q9F"]
    email = shown.field("Email")
    # A colleague is told nothing of it, and nothing holds him up.
    email.selectAll()
    QTest.keyClicks(email, "luis@clinica.example")
    assert locked(shown) == []
    assert not password_of(shown).property("refused")
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32), notice=KEYRING))
    assert locked(shown) == []
    QTest.keyClicks(password_of(shown), PASSWORD)
    assert shown.button("Sign in").isEnabled()
    with qtbot.waitSignal(shown.window.sign_in_requested) as asked:
        QTest.mouseClick(shown.button("Sign in"), Qt.MouseButton.LeftButton)
    assert asked.args[0] == "luis@clinica.example"
    # Where his own is locked he is told of that one.
    shown.become(SigningIn("luis@clinica.example", remember=False))
    his = SignedOut("luis@clinica.example", problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=2))
    shown.become(his)
    assert locked(shown) == ["Too many attempts. Wait 2 s and try again. Ref.\u00a07K3Q9F"]
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)))
    # Its owner is, in whatever letters; the seconds have gone on.
    shown.clock.now += 12
    email.selectAll()
    QTest.keyClicks(email, f" {EMAIL.upper()} ")
    qtbot.waitUntil(lambda: locked(shown) == ["Too many attempts. Wait 20 s and try again. Ref.\u00a07K3Q9F"])
    with qtbot.waitSignal(shown.window.sign_in_requested):
        QTest.keyClicks(password_of(shown), PASSWORD)
        QTest.keyClick(password_of(shown), Qt.Key.Key_Return)


def test_the_end_of_somebody_else_s_wait_is_no_news(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=5)))
    shown.field("Email").selectAll()
    QTest.keyClicks(shown.field("Email"), "luis")
    (countdown,) = shown.view.findChildren(Countdown)
    shown.clock.now += 6
    qtbot.waitUntil(lambda: countdown.remaining == 0)
    assert not any("again" in text for text, urgent in shown.spoken if not urgent)
    shown.field("Email").selectAll()
    QTest.keyClicks(shown.field("Email"), EMAIL)
    assert locked(shown) == []


def test_the_end_of_a_wait_is_no_news_elsewhere(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=5)))
    (countdown,) = shown.view.findChildren(Countdown)
    shown.become(ResetRequested(EMAIL, remember=False))
    shown.clock.now += 6
    qtbot.waitUntil(lambda: countdown.remaining == 0)
    assert not any("again" in text for text, urgent in shown.spoken if not urgent)
    shown.become(SignedOut(EMAIL))
    assert not password_of(shown).property("refused")


def test_a_way_out_stands_beside_a_wrong_password(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    with qtbot.waitSignal(shown.window.forgot_password_requested) as asked:
        QTest.mouseClick(shown.button("Forgot password?"), Qt.MouseButton.LeftButton)
    assert asked.args == [EMAIL]


def test_where_another_first_factor_may_be_chosen_no_password_need_be_typed(show: Show, qtbot: QtBot) -> None:
    settings = replace(settings_of(), auth_flow=AuthFlow.USER_AUTH)
    shown = show(SignedOut(EMAIL), settings=settings, language=Language.SPANISH)
    hint = "Déjela vacía para iniciar sesión sin contraseña."
    assert hint in shown.words()
    with qtbot.waitSignal(shown.window.sign_in_requested) as asked:
        QTest.keyClick(shown.field("Contraseña"), Qt.Key.Key_Return)
    assert asked.args[:2] == [EMAIL, None]
    QTest.keyClicks(shown.field("Contraseña"), PASSWORD)
    assert hint not in shown.words()
    with qtbot.waitSignal(shown.window.sign_in_requested) as asked:
        QTest.keyClick(shown.field("Contraseña"), Qt.Key.Key_Return)
    assert asked.args[1].reveal() == PASSWORD
    assert hint in shown.words()
    # The name is asked for all the same.
    shown.field("Correo electrónico").selectAll()
    QTest.keyClick(shown.field("Correo electrónico"), Qt.Key.Key_Delete)
    with qtbot.assertNotEmitted(shown.window.sign_in_requested):
        QTest.mouseClick(shown.button("Iniciar sesión"), Qt.MouseButton.LeftButton)
    assert "Escriba su correo." in shown.words()


@pytest.mark.parametrize("flow", [flow for flow in AuthFlow if flow is not AuthFlow.USER_AUTH])
def test_every_other_flow_wants_a_password(flow: AuthFlow, show: Show, qtbot: QtBot) -> None:
    shown = show(SignedOut(EMAIL), settings=replace(settings_of(), auth_flow=flow))
    with qtbot.assertNotEmitted(shown.window.sign_in_requested):
        QTest.keyClick(shown.field("Password"), Qt.Key.Key_Return)
    assert "Enter your password." in shown.words()
