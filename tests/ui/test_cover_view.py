"""While the screen is covered the window holds nothing of anybody; afterwards everything is back."""

from collections.abc import Callable
from itertools import product
from time import perf_counter

import pytest
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import (
    AuthState,
    Coverable,
    Covered,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
    SigningIn,
    SigningOut,
    SignInStep,
    Unavailable,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.question import AuthenticatorQuestion, CodeQuestion, Factor, NewPasswordQuestion
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.cover_view import CoverView
from ingenes_desktop.ui.widgets.lock_mark import LockMark
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.states import ANA, EMAIL, KEY, KEYRING, SESSION, STATES, asked, problem, settings_of
from tests.ui.told import tells, told_of

Show = Callable[..., Shown]
CODE = "483920"
TYPED = "luis.perez"
PASSWORD = "Una-clave-9"
FACTS = (
    *(ANA.full_name, ANA.email, ANA.username, ANA.phone, ANA.clinic + "\n", "Ana", "AL"),
    *("2021", "8:42", "a***@c***", "0142", "ana.lopez", TYPED, CODE, PASSWORD, "mascota", "JBSW"),
)
"""What belongs to a person in the states of these tests."""
CODE_SENT = ResetCodeSent(EMAIL, remember=False, destination="a***@c***")
COVERABLE: dict[str, Coverable] = {
    name: state
    for name, state in STATES.items()
    if not isinstance(state, Covered | SigningOut | Unavailable) and name != "profile-long"
}


def type_everywhere(shown: Shown) -> None:
    """Into every field on screen, as a person does."""
    for field in shown.fields():
        if not field.isReadOnly():
            field.selectAll()
            text = PASSWORD if isinstance(field, PasswordEdit) else CODE if "ode" in whole(field) else TYPED
            QTest.keyClicks(field, text)


def whole(field: QWidget) -> str:
    return field.accessibleName().replace("ódigo", "ode")


@pytest.mark.parametrize(("name", "language"), [*product(COVERABLE, Language)])
def test_nothing_of_a_person_is_told(name: str, language: Language, show: Show) -> None:
    state = COVERABLE[name]
    # Other views have been shown before, and are still there, hidden.
    shown = show(replace(SESSION, user=replace(ANA, full_name="Ana")), language=language)
    for before in (CODE_SENT, ResetRequested(EMAIL, remember=False), SignedOut(EMAIL)):
        shown.become(before)
        type_everywhere(shown)
    shown.become(state)
    type_everywhere(shown)
    shown.become(Covered(state))
    assert isinstance(shown.view, CoverView)
    assert tells(shown.window, *FACTS) == []
    # Nor when the words are drawn anew, or news comes for what lies beneath.
    other = Language.SPANISH if language is Language.ENGLISH else Language.ENGLISH
    shown.translation.use(other)
    QApplication.sendPostedEvents()
    shown.become(Covered(replace(state, notice=KEYRING), locked=False))
    shown.become(Covered(state, locked=False, problem=problem(ErrorCode.NO_NETWORK)))
    assert tells(shown.window, *FACTS) == []


def test_the_walk_finds_what_is_told(show: Show) -> None:
    """The test above can fail."""
    shown = show(SESSION)
    assert {EMAIL, ANA.full_name, ANA.username, "Ingenes"} <= told_of(shown.window)
    shown.become(SignedOut(EMAIL))
    assert tells(shown.window, *FACTS) == [EMAIL]


@pytest.mark.parametrize(
    ("state", "words"),
    [
        (Covered(SESSION), {Language.ENGLISH: "This screen is protected."}),
        (Covered(SESSION), {Language.SPANISH: "Esta pantalla está protegida."}),
        (Covered(SESSION, locked=False), {Language.ENGLISH: "Checking your session…"}),
        (Covered(SESSION, locked=False), {Language.SPANISH: "Verificando su sesión…"}),
        (SigningOut(), {Language.ENGLISH: "Signing out…"}),
        (SigningOut(), {Language.SPANISH: "Cerrando sesión…"}),
    ],
)
def test_one_sentence_says_why(state: AuthState, words: dict[Language, str], show: Show) -> None:
    ((language, sentence),) = words.items()
    shown = show(SESSION, language=language)
    shown.become(state)
    assert sentence in shown.words()
    assert shown.view.findChildren(LockMark)[0].isVisible()
    assert shown.window.windowTitle() == f"{sentence.rstrip('.')} – Ingenes"


def test_what_was_typed_comes_back_with_the_form_and_the_password_does_not(show: Show) -> None:
    shown = show(SignedOut())
    QTest.keyClicks(shown.field("Email"), TYPED)
    QTest.keyClicks(shown.field("Password"), PASSWORD)
    shown.field("Password").setFocus()
    state = SignedOut()
    shown.become(Covered(state))
    shown.become(state)
    assert shown.field("Email").text() == TYPED
    password = shown.field("Password")
    assert isinstance(password, PasswordEdit)
    assert password.is_empty()
    assert shown.focus() is password
    QTest.keyClicks(shown.field("Email"), "2")
    assert shown.field("Email").text() == f"{TYPED}2"


def test_the_code_of_a_reset_comes_back_too(show: Show) -> None:
    shown = show(CODE_SENT)
    text = f"If an account exists for {EMAIL}, we sent a code to a***@c***."
    QTest.keyClicks(shown.field("Verification code"), CODE)
    QTest.keyClicks(shown.field("New password"), PASSWORD)
    shown.become(Covered(CODE_SENT))
    shown.become(CODE_SENT)
    assert shown.field("Verification code").text() == CODE
    assert text in shown.words()
    new = shown.field("New password")
    assert isinstance(new, PasswordEdit)
    assert new.is_empty()
    shown.become(ResetRequested(EMAIL, remember=False))
    QTest.keyClicks(shown.field("Email"), "x")
    shown.become(Covered(ResetRequested(EMAIL, remember=False)))
    shown.become(ResetRequested(EMAIL, remember=False))
    assert shown.field("Email").text() == f"{EMAIL}x"


def test_what_was_asked_and_typed_comes_back_with_a_challenge(show: Show) -> None:
    state = asked(CodeQuestion(Factor.EMAIL, "a***@c***"))
    shown = show(state)
    QTest.keyClicks(shown.field("Verification code"), CODE)
    before = shown.words()
    shown.become(Covered(state))
    assert tells(shown.window, *FACTS) == []
    shown.become(state)
    assert shown.words() == before
    assert shown.field("Verification code").text() == CODE
    assert shown.focus() is shown.field("Verification code")


def test_the_key_of_an_app_comes_back_too(show: Show) -> None:
    state = asked(AuthenticatorQuestion(KEY))
    shown = show(state)
    before = shown.words()
    shown.become(Covered(state))
    assert tells(shown.window, *FACTS) == []
    shown.become(state)
    assert shown.words() == before


def test_a_question_that_came_beneath_the_cover_begins_anew(show: Show) -> None:
    first = asked(CodeQuestion(Factor.TOTP))
    shown = show(first)
    QTest.keyClicks(shown.field("Verification code"), CODE)
    shown.become(Covered(first))
    following = replace(first, question=CodeQuestion(Factor.SMS, "+*******0142"), number=2)
    shown.become(Covered(following))
    shown.become(following)
    assert shown.field("Verification code").text() == ""
    assert "We sent a code to +*******0142." in shown.words()


def test_what_the_account_lacks_comes_back_and_the_password_does_not(show: Show) -> None:
    state = asked(NewPasswordQuestion(("given_name",)))
    shown = show(state)
    QTest.keyClicks(shown.field("First name"), TYPED)
    QTest.keyClicks(shown.field("New password"), PASSWORD)
    shown.become(Covered(state))
    shown.become(state)
    assert shown.field("First name").text() == TYPED
    new = shown.field("New password")
    assert isinstance(new, PasswordEdit)
    assert new.is_empty()


def test_the_profile_comes_back_whole(show: Show) -> None:
    shown = show(SESSION)
    before = shown.words()
    shown.become(Covered(SESSION))
    shown.become(SESSION)
    assert shown.words() == before


def test_a_form_that_was_abandoned_meanwhile_comes_back_empty(show: Show) -> None:
    shown = show(SignedOut())
    QTest.keyClicks(shown.field("Email"), TYPED)
    shown.become(Covered(SignedOut()))
    shown.become(Covered(SignedOut(cleared=1)))
    shown.become(SignedOut(cleared=1))
    assert shown.field("Email").text() == ""
    assert shown.focus() is shown.field("Email")


def test_a_view_that_does_not_come_back_keeps_nothing(show: Show) -> None:
    shown = show(CODE_SENT)
    QTest.keyClicks(shown.field("Verification code"), CODE)
    shown.become(Covered(CODE_SENT))
    left = shown.window.reset_code
    shown.become(Covered(SignedOut()))
    shown.become(SignedOut())
    assert tells(shown.window, *FACTS) == []
    assert not [value for value in vars(left).values() if isinstance(value, str) and CODE in value]
    shown.become(CODE_SENT)
    assert shown.field("Verification code").text() == ""


def test_a_session_that_ended_beneath_leads_to_the_form(show: Show) -> None:
    shown = show(SESSION)
    ended = SignedOut(problem=problem(ErrorCode.SESSION_LONGEST))
    shown.become(Covered(SESSION))
    shown.become(Covered(ended))
    shown.spoken.clear()
    shown.become(ended)
    assert shown.focus() is shown.field("Email")
    assert tells(shown.window, *FACTS) == []
    words = "You have been signed in for as long as is allowed. Sign in again. Ref.\u00a07K3Q9F"
    assert shown.spoken == [("Sign in", False), (words, False)]


def test_a_sign_in_goes_on_beneath(show: Show) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(Covered(SigningIn(EMAIL, remember=False)))
    shown.become(Covered(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS))))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    assert shown.field("Email").text() == EMAIL
    assert not shown.field("Email").isReadOnly()
    assert "Incorrect email or password. Ref.\u00a07K3Q9F" in shown.words()


class Paints(QObject):
    """Counts the paints of one widget."""

    def __init__(self, watched: QWidget) -> None:
        super().__init__(watched)
        self.count = 0
        watched.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        self.count += event.type() is QEvent.Type.Paint
        return False


@pytest.mark.parametrize("name", ["profile", "profile-warned", "signing-in", "reset-code", "restoring"])
def test_the_cover_is_painted_before_anything_else_happens(name: str, show: Show, qtbot: QtBot) -> None:
    state = COVERABLE[name]
    shown = show(state)
    # Built already, as on a machine that was locked before; the other case is in the loop below.
    shown.become(Covered(state))
    shown.become(state)
    paints = Paints(shown.window.cover)
    qtbot.waitUntil(lambda: QApplication.activePopupWidget() is None)
    start = perf_counter()
    shown.become(Covered(state))  # no turn of the event loop from here on
    assert perf_counter() - start <= 0.25
    assert paints.count >= 1


def test_the_first_cover_is_in_time_as_well(show: Show) -> None:
    shown = show(SESSION)
    start = perf_counter()
    shown.become(Covered(SESSION))
    assert perf_counter() - start <= 0.25
    # Painted, and as large as it should be: the layouts have come to rest without the event loop.
    assert shown.window.cover.size() == shown.window.profile.size()


def test_it_is_said_once_and_calmly(show: Show) -> None:
    shown = show(SESSION)
    shown.spoken.clear()
    for _ in range(3):
        shown.become(Covered(SESSION))
    shown.become(Covered(replace(SESSION, reconnecting=True, notice=KEYRING)))
    assert shown.spoken == [("This screen is protected.", False)]
    shown.become(Covered(SESSION, locked=False))
    refused = problem(ErrorCode.NOT_RESPONDING)
    shown.become(Covered(SESSION, locked=False, problem=refused))
    assert shown.spoken[1:] == [
        ("Checking your session…", False),
        ("The service is not responding. Try again. Ref.\u00a07K3Q9F", True),
    ]


def test_a_word_that_came_meanwhile_is_said_afterwards(show: Show) -> None:
    shown = show(SESSION)
    told = replace(SESSION, notice=KEYRING)
    shown.become(Covered(SESSION))
    shown.become(Covered(told))
    shown.spoken.clear()
    shown.become(told)
    words = "This computer will not remember your email. Ref.\u00a07K3Q9F"
    assert shown.spoken == [(ANA.full_name, False), (words, False)]


def test_where_the_check_failed_there_are_two_ways_on(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION, language=Language.SPANISH)
    shown.become(Covered(SESSION, locked=False))
    with qtbot.assertNotEmitted(shown.window.retry_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    shown.become(Covered(SESSION, locked=False, problem=problem(ErrorCode.NO_NETWORK)))
    assert "Sin conexión. Revise la red e intente de nuevo. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.focus() is shown.button("Intentar de nuevo")
    with qtbot.waitSignal(shown.window.retry_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.use_password_requested):
        QTest.mouseClick(shown.button("Iniciar sesión con contraseña"), Qt.MouseButton.LeftButton)
    shown.become(Covered(SESSION, locked=False))
    assert shown.focus() is shown.view


def test_the_keys_are_the_cover_s_whatever_was_beneath(show: Show) -> None:
    shown = show(SESSION)
    shown.button("Sign out").setFocus()
    warned = replace(SESSION, countdown=20)
    shown.become(warned)
    shown.become(Covered(warned, locked=False, problem=problem(ErrorCode.NO_NETWORK)))
    assert shown.focus() is shown.button("Try again")
    shown.become(Covered(warned))
    assert shown.focus() is shown.view


@pytest.mark.parametrize(
    "following",
    [
        Covered(SESSION),
        SignedOut(problem=problem(ErrorCode.SESSION_IDLE)),
        SigningOut(),
        replace(SESSION, countdown=30),
    ],
)
def test_an_open_menu_is_closed_by_what_comes(following: AuthState, show: Show) -> None:
    shown = show(SESSION)
    QTest.mouseClick(shown.button("English"), Qt.MouseButton.LeftButton)
    (menu,) = shown.view.findChildren(QMenu)
    assert QApplication.activePopupWidget() is menu
    shown.become(following)
    assert QApplication.activePopupWidget() is None
    assert menu.isHidden()


def test_a_menu_stays_open_while_nothing_happens(show: Show) -> None:
    shown = show(SESSION)
    QTest.mouseClick(shown.button("English"), Qt.MouseButton.LeftButton)
    shown.become(replace(SESSION, reconnecting=True))
    popup = QApplication.activePopupWidget()
    assert popup is not None
    popup.close()


def test_the_next_person_finds_nothing_behind_the_sign_out(show: Show) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    shown.become(SigningOut())
    assert tells(shown.window, *FACTS) == []
    shown.become(SignedOut())
    assert tells(shown.window, *FACTS) == []


def test_the_steps_and_the_new_password_leave_nothing(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=True, step=SignInStep.RECORD))
    shown.become(asked(NewPasswordQuestion(("given_name",))))
    type_everywhere(shown)
    shown.become(SignedIn(ANA, EMAIL, remember=False))
    shown.become(Restoring())
    assert tells(shown.window, *FACTS) == []


def offers(shown: Shown, words: str) -> bool:
    """Whether there is a button with these words to be seen."""
    return any(each.text() == words and each.isVisible() for each in shown.view.findChildren(QPushButton))


@pytest.mark.parametrize(
    ("language", "words"), [(Language.ENGLISH, "Continue"), (Language.SPANISH, "Continuar")]
)
def test_where_the_system_never_says_that_it_is_open_there_is_a_way_on(
    language: Language, words: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(Covered(SESSION), language=language)
    assert not offers(shown, words)
    heading = shown.window.cover.heading
    place = heading.geometry()
    shown.clock.now += 4.9
    shown.become(Covered(replace(SESSION, reconnecting=True)))
    assert not offers(shown, words)
    shown.clock.now += 0.2
    qtbot.waitUntil(lambda: offers(shown, words))
    assert heading.geometry() == place, "it jumps"
    QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
    assert shown.focus() is shown.button(words)
    shown.become(Covered(SESSION))
    assert shown.focus() is shown.button(words)
    with qtbot.waitSignal(shown.window.retry_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    # The check, and what comes of it, are as ever; the next cover waits anew.
    shown.become(Covered(SESSION, locked=False))
    assert not offers(shown, words)
    shown.become(Covered(SESSION, locked=False, problem=problem(ErrorCode.NOT_RESPONDING)))
    assert not offers(shown, words)
    shown.become(SESSION)
    shown.become(Covered(SESSION))
    assert not offers(shown, words)
