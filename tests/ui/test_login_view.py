"""The sign-in form: what is typed, what is asked for, and that nothing moves."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget
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
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.top_window import Ground
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.check_box import CheckBox
from ingenes_desktop.ui.widgets.countdown import Countdown
from ingenes_desktop.ui.widgets.field_words import ErrorLine
from ingenes_desktop.ui.widgets.marked_list import Mark
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.step_list import StepList
from tests.ui.conftest import Shown
from tests.ui.states import ANA, EMAIL, KEYRING, problem, settings_of
from tests.window import one

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
        # Typing does not take it away, neither the words nor the colour: the next attempt does.
        QTest.keyClicks(shown.field(email), EMAIL)
        assert asks_email in shown.words()
        assert shown.field(email).property("refused") == "true"
        QTest.keyClick(shown.field(password), Qt.Key.Key_Return)
        assert asks_email not in shown.words()
        assert not shown.field(email).property("refused")
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


def test_the_steps_stay_where_they_are_as_each_ends(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    half, steps = QWidget(), StepList()
    column = QVBoxLayout(half)
    column.addWidget(steps)
    column.addStretch(1)
    qtbot.addWidget(half)
    with qtbot.waitExposed(half):
        half.show()
    # Wherever the line breaks: the words of the step that runs are bold, and wider.
    for width in range(150, 260):
        half.resize(width, 480)
        places = set()
        for step in SignInStep:
            steps.show_step(step)
            for _ in range(2):  # the words' weight may follow from a line's width
                QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest)
            places.add(tuple(line.geometry().getRect() for line in steps.lines))
        assert len(places) == 1, width


def test_while_it_runs_the_steps_are_named_and_it_can_be_cancelled(qtbot: QtBot, show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=True, step=SignInStep.CONFIGURATION))
    steps = shown.view.findChild(StepList)
    assert steps is not None
    shown.clock.now += 0.31
    qtbot.waitUntil(steps.isVisible)
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
    assert "Too many attempts. Wait 8\u00a0s and try again. Ref.\u00a07K3Q9F" in shown.words()
    shown.clock.now += 5.5
    qtbot.waitUntil(
        lambda: "Too many attempts. Wait 3\u00a0s and try again. Ref.\u00a07K3Q9F" in shown.words()
    )
    assert shown.button("Sign in").isEnabled()
    # The same problem drawn again does not begin anew.
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=8), notice=KEYRING))
    assert "Too many attempts. Wait 3\u00a0s and try again. Ref.\u00a07K3Q9F" in shown.words()
    shown.clock.now += 3
    qtbot.waitUntil(lambda: not any("Too many" in text for text in shown.words()))
    assert [text for text, urgent in shown.spoken if urgent] == [
        "Too many attempts. Wait 8\u00a0s and try again. Ref.\u00a07K3Q9F"
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
    for _ in range(9):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        way.append(shown.focus())
    assert way == [
        shown.field("Email"),
        shown.field("Password"),
        password_of(shown).eye,
        box_of(shown),
        shown.button("Sign in"),
        shown.button("Forgot password?"),
        *shown.window.login.tools.stops,
        shown.field("Email"),
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
    assert locked(shown) == ["Too many attempts. Wait 32\u00a0s and try again. Ref.\u00a07K3Q9F"]
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
    assert locked(shown) == ["Too many attempts. Wait 2\u00a0s and try again. Ref.\u00a07K3Q9F"]
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)))
    # Its owner is, in whatever letters; the seconds have gone on.
    shown.clock.now += 12
    email.selectAll()
    QTest.keyClicks(email, f" {EMAIL.upper()} ")
    qtbot.waitUntil(
        lambda: locked(shown) == ["Too many attempts. Wait 20\u00a0s and try again. Ref.\u00a07K3Q9F"]
    )
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


# -- where things stand


def test_what_is_about_the_password_stands_below_it(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    line = one(shown.view, ErrorLine)
    assert line.text() == "Incorrect email or password. Ref.\u00a07K3Q9F"
    assert one(shown.view, NoticeBar).text == ""
    field = password_of(shown)
    assert bottom(field, shown) <= line.mapTo(shown.view, QPoint()).y() <= bottom(field, shown) + 8
    assert field.accessibleDescription() == line.text()
    # It stays while the password is typed anew, and goes as that is handed in.
    QTest.keyClicks(field, PASSWORD)
    assert line.isVisible()
    assert field.property("refused") == "true"
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS), notice=KEYRING))
    assert line.isVisible()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert not line.isVisible()
    assert not field.property("refused")


def test_what_is_about_no_field_stands_in_the_bar(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.NO_NETWORK)))
    assert one(shown.view, NoticeBar).text.startswith("No connection.")
    assert not any(line.isVisible() for line in shown.view.findChildren(ErrorLine))
    assert not password_of(shown).property("refused")


def test_an_attempt_with_nothing_typed_does_not_bring_the_old_words_back(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    refused = problem(ErrorCode.WRONG_CREDENTIALS)
    shown.become(SignedOut(EMAIL, problem=refused))
    QTest.keyClick(password_of(shown), Qt.Key.Key_Return)
    shown.become(SignedOut(EMAIL, problem=refused, notice=KEYRING))
    assert one(shown.view, ErrorLine).text() == "Enter your password."


def test_a_wait_is_told_also_to_who_types_nothing(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)))
    QTest.keyClick(password_of(shown), Qt.Key.Key_Return)
    assert one(shown.view, ErrorLine).text().startswith("Too many attempts. Wait 32")


def test_the_words_below_the_password_follow_the_language(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: one(shown.view, ErrorLine).text().startswith("Correo o contraseña"))


def bottom(widget: QWidget, shown: Shown) -> int:
    return widget.mapTo(shown.view, QPoint(0, widget.height())).y()


SIZES = [QSize(800, 480), QSize(480, 800), QSize(1366, 768), QSize(1000, 680)]
RUN: list[AuthState] = [
    SigningIn(EMAIL, remember=False),
    SigningIn(EMAIL, remember=False, step=SignInStep.RECORD),
    SignedOut(EMAIL, problem=problem(ErrorCode.TLS_INSPECTED, "20")),
    SignedOut(EMAIL, problem=problem(ErrorCode.TEMPORARY_PASSWORD_EXPIRED)),
    SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS), notice=KEYRING),
]


@pytest.mark.parametrize("size", SIZES, ids=str)
@pytest.mark.parametrize("machine", list(MachineKind))
@pytest.mark.parametrize("language", list(Language))
def test_it_fits_and_nothing_moves_at_any_size(
    language: Language, machine: MachineKind, size: QSize, show: Show, qtbot: QtBot
) -> None:
    shown = show(SignedOut(EMAIL), language=language, settings=settings_of(machine))
    shown.window.setWindowState(Qt.WindowState.WindowNoState)
    shown.window.resize(size)
    area = one(shown.window, Ground)
    qtbot.waitUntil(lambda: area.size() == size == shown.window.size())
    QApplication.sendPostedEvents()  # the layouts come to rest
    shown.window.grab()
    widgets = (*shown.fields(), *shown.view.findChildren(BusyButton), *boxes(shown).values())
    at_rest = [QRect(each.mapTo(shown.view, QPoint()), each.size()) for each in widgets]
    for state in RUN:
        shown.become(state)
        if isinstance(state, SigningIn):
            shown.clock.now += 1
            qtbot.waitUntil(one(shown.view, StepList).isVisible)
        shown.window.grab()
        assert [QRect(each.mapTo(shown.view, QPoint()), each.size()) for each in widgets] == at_rest
        assert (area.verticalScrollBar().maximum(), area.horizontalScrollBar().maximum()) == (0, 0)


def test_cancel_stands_where_the_way_out_was(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.window.grab()
    sign_in, forgot = shown.button("Sign in"), shown.button("Forgot password?")
    # The link ends with the fields, its padding apart.
    ends = [each.mapTo(shown.view, QPoint(each.width(), 0)).x() for each in (forgot, password_of(shown))]
    assert ends[0] == ends[1]
    shown.become(SigningIn(EMAIL, remember=False))
    shown.window.grab()
    cancel = shown.button("Cancel")
    assert not forgot.isVisible()
    assert cancel.y() == sign_in.y()
    assert 0 < cancel.x() - sign_in.geometry().right() <= 16


# -- keys and the clipboard


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_both_enter_keys_lead_on(key: Qt.Key, show: Show, qtbot: QtBot) -> None:
    shown = show()
    QTest.keyClicks(shown.field("Email"), EMAIL)
    QTest.keyClick(shown.field("Email"), key)
    assert shown.focus() is shown.field("Password")
    QTest.keyClicks(shown.field("Password"), PASSWORD)
    with qtbot.waitSignal(shown.window.sign_in_requested):
        QTest.keyClick(shown.field("Password"), key)


def test_an_email_is_pasted_by_keys_and_by_menu(show: Show) -> None:
    shown = show()
    email = shown.field("Email")
    QApplication.clipboard().setText(EMAIL)
    QTest.keyClick(email, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert email.text() == EMAIL
    email.selectAll()
    menu = email.createStandardContextMenu()
    (paste,) = [action for action in menu.actions() if action.objectName() == "edit-paste"]
    QApplication.clipboard().setText("otra@clinica.example")
    paste.trigger()
    assert email.text() == "otra@clinica.example"
    menu.deleteLater()


def test_a_password_is_pasted_by_keys_and_its_eye_is_as_large_as_a_finger(show: Show) -> None:
    shown = show()
    password = password_of(shown)
    QApplication.clipboard().setText(PASSWORD)
    QTest.keyClick(password, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert password.evaluate(str) == PASSWORD
    eye = password.eye
    assert min(eye.width(), eye.height()) >= 44
    assert password.rect().contains(eye.geometry())
    QTest.mouseClick(eye, Qt.MouseButton.LeftButton, pos=QPoint(1, 1))
    assert password.is_revealed()


def test_somebody_else_s_wait_takes_no_words_away(show: Show, qtbot: QtBot) -> None:
    shown = show(SigningIn(EMAIL, remember=False))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)))
    shown.field("Email").selectAll()
    QTest.keyClicks(shown.field("Email"), "luis@clinica.example")
    QTest.keyClick(password_of(shown), Qt.Key.Key_Return)
    (countdown,) = shown.view.findChildren(Countdown)
    shown.clock.now += 2
    qtbot.waitUntil(lambda: countdown.remaining == 30)
    assert one(shown.view, ErrorLine).text() == "Enter your password."
