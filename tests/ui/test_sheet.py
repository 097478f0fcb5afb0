"""The help over the view: opened and closed by real keys and clicks, and never in anybody's way."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.auth_state import (
    AuthState,
    Covered,
    ResetRequested,
    SignedOut,
    SigningIn,
    SigningOut,
    SignInStep,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.sheet import Sheet
from ingenes_desktop.ui.widgets.idle_warning import IdleWarning
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, SESSION, problem, settings_of
from tests.ui.told import tells

Show = Callable[..., Shown]


def ready(shown: Shown, qtbot: QtBot) -> Shown:
    """Everything behind the first paint is there."""
    qtbot.waitUntil(lambda: shown.window.help_desk is not None)
    return shown


def sheet_of(shown: Shown) -> Sheet:
    desk = shown.window.help_desk
    assert desk is not None
    assert desk.sheet is not None, "no sheet is open"
    return desk.sheet


def is_open(shown: Shown) -> bool:
    desk = shown.window.help_desk
    return desk is not None and desk.sheet is not None


def is_gone(sheet: Sheet) -> bool:
    """Deleted, or about to be."""
    return not isValid(sheet) or not sheet.isVisible()


def press(shown: Shown, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """To the native window, as a person's key arrives: shortcuts see it first."""
    QTest.keyClick(shown.window.windowHandle(), key, modifier)


def named(parent: QWidget, name: str) -> QPushButton:
    """The visible button that a screen reader calls so."""
    (button,) = [
        each
        for each in parent.findChildren(QPushButton)
        if name in (each.text(), each.accessibleName()) and each.isVisible()
    ]
    return button


def opened(show: Show, qtbot: QtBot, state: AuthState | None = None, **options: object) -> Shown:
    shown = ready(show(state, **options), qtbot)
    press(shown, Qt.Key.Key_F1)
    assert is_open(shown)
    return shown


def test_f1_opens_it_and_escape_closes_it(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot)
    sheet = sheet_of(shown)
    assert sheet.isVisible()
    assert sheet.size() == shown.window.room
    assert shown.window.windowTitle() == "Help – Ingenes"
    press(shown, Qt.Key.Key_F1)
    assert sheet_of(shown) is sheet
    press(shown, Qt.Key.Key_Escape)
    assert not is_open(shown)
    assert is_gone(sheet)
    assert shown.window.windowTitle() == "Sign in – Ingenes"


@pytest.mark.parametrize("machine", MachineKind)
def test_the_tool_opens_it_and_its_own_button_closes_it(
    machine: MachineKind, show: Show, qtbot: QtBot
) -> None:
    shown = ready(show(settings=settings_of(machine)), qtbot)
    QTest.mouseClick(named(shown.view, "Help"), Qt.MouseButton.LeftButton)
    close = named(sheet_of(shown), "Close")
    assert min(close.width(), close.height()) >= 44
    # No second window, whatever the machine: nothing needs a window manager.
    tops = [each for each in QApplication.topLevelWidgets() if each.isVisible()]
    assert tops == [shown.window]
    QTest.mouseClick(close, Qt.MouseButton.LeftButton)
    assert not is_open(shown)


def test_what_lies_beneath_takes_no_key_and_no_click(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SESSION), qtbot)
    out = named(shown.view, "Sign out")
    press(shown, Qt.Key.Key_F1)
    sheet = sheet_of(shown)
    reached = set()
    for _ in range(12):
        press(shown, Qt.Key.Key_Tab)
        reached.add(shown.focus())
    assert reached
    assert all(sheet.isAncestorOf(each) for each in reached)
    with qtbot.assertNotEmitted(shown.window.sign_out_requested):
        where = out.mapTo(shown.window, out.rect().center())
        QTest.mouseClick(shown.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)
        QTest.mouseClick(shown.window.windowHandle(), Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        QTest.mouseClick(out, Qt.MouseButton.LeftButton)
        QTest.keyClick(out, Qt.Key.Key_Return)
    assert is_open(shown)
    press(shown, Qt.Key.Key_Escape)
    with qtbot.waitSignal(shown.window.sign_out_requested):
        QTest.mouseClick(shown.window.windowHandle(), Qt.MouseButton.LeftButton, pos=where)


def test_what_was_typed_stays_and_the_focus_comes_back(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut()), qtbot)
    email, password = shown.field("Email"), shown.field("Password")
    QTest.keyClicks(email, "ana@clinica.example")
    password.setFocus()
    QTest.keyClicks(password, "Canario-7")
    press(shown, Qt.Key.Key_F1)
    QTest.keyClicks(shown.focus(), "x")
    press(shown, Qt.Key.Key_Escape)
    assert shown.focus() is password
    assert email.text() == "ana@clinica.example"
    assert isinstance(password, PasswordEdit)
    assert password.evaluate(str) == "Canario-7"
    QTest.keyClicks(shown.focus(), "!")
    assert password.evaluate(str) == "Canario-7!"


def test_escape_held_down_closes_the_sheet_and_goes_no_further(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot, ResetRequested(EMAIL, remember=False))
    with qtbot.assertNotEmitted(shown.window.back_requested):
        press(shown, Qt.Key.Key_Escape)
        plain = Qt.KeyboardModifier.NoModifier
        for _ in range(3):
            held = QKeyEvent(QKeyEvent.Type.KeyPress, Qt.Key.Key_Escape, plain, "", autorep=True)
            QApplication.sendEvent(shown.field("Email"), held)
    assert not is_open(shown)
    with qtbot.waitSignal(shown.window.back_requested):
        press(shown, Qt.Key.Key_Escape)


def test_the_focus_finds_a_place_where_its_own_has_gone(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot, SigningIn(EMAIL, remember=False, step=SignInStep.ACCESS))
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.WRONG_CREDENTIALS)))
    assert is_open(shown), "the same view, drawn anew"
    press(shown, Qt.Key.Key_Escape)
    assert shown.focus() is shown.field("Password")


@pytest.mark.parametrize(
    "following",
    [
        ResetRequested(EMAIL, remember=False),
        SESSION,
        Covered(SignedOut(EMAIL)),
        SigningOut(),
    ],
    ids=["another view", "signed in", "covered", "signing out"],
)
def test_another_view_takes_it_away(following: AuthState, show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot)
    sheet = sheet_of(shown)
    shown.become(following)
    assert not is_open(shown)
    assert is_gone(sheet)
    assert shown.view.isEnabled()
    assert shown.view.isAncestorOf(shown.focus()) or shown.focus() is shown.view


def test_what_was_searched_for_is_not_for_the_next_one(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot)
    QTest.keyClicks(shown.focus(), "Zq9")
    assert tells(shown.window, "Zq9")
    # Nobody has been here for a while: what was typed is cleared away.
    shown.become(SignedOut(cleared=1))
    assert not is_open(shown)
    qtbot.waitUntil(lambda: not tells(shown.window, "Zq9"))
    assert shown.focus() is shown.field("Email")
    press(shown, Qt.Key.Key_F1)
    shown.become(SignedOut(notice=problem(ErrorCode.FAR_ENDS_UNTOLD), cleared=1))
    assert is_open(shown), "nothing was cleared"


@pytest.mark.parametrize("session", [SESSION, replace(SESSION, panel=PasswordChange())])
def test_the_idle_warning_takes_it_away_and_is_not_covered(
    session: AuthState, show: Show, qtbot: QtBot
) -> None:
    shown = ready(show(session), qtbot)
    before = shown.focus()
    press(shown, Qt.Key.Key_F1)
    shown.become(replace(session, countdown=24))
    assert not is_open(shown)
    assert shown.focus() is shown.button("Stay signed in")
    # Nor is it opened over the warning: whoever reads it must see the seconds.
    press(shown, Qt.Key.Key_F1)
    assert not is_open(shown)
    shown.become(session)
    (warning,) = shown.view.findChildren(IdleWarning)
    qtbot.waitUntil(warning.isHidden)
    assert shown.focus() is before


def test_whoever_opens_it_is_there(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SESSION), qtbot)
    with qtbot.waitSignal(shown.window.stay_requested):
        named(shown.view, "Help").click()  # as a screen reader does, without a key


@pytest.mark.parametrize(
    "size", [QSize(1366, 768), QSize(800, 480), QSize(480, 800), QSize(546, 307), QSize(320, 480)], ids=str
)
@pytest.mark.parametrize("language", Language)
def test_it_fits(size: QSize, language: Language, show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut(), language=language), qtbot)
    shown.window.resize(size)
    qtbot.waitUntil(lambda: shown.window.room == size)
    press(shown, Qt.Key.Key_F1)
    sheet = sheet_of(shown)
    for step in ("help", "about", "licence"):
        if step == "about":
            (about,) = [
                each for each in sheet.page.findChildren(QPushButton) if each.text().endswith(" Ingenes")
            ]
            about.click()
        elif step == "licence":
            shown.focus().click()  # type: ignore[attr-defined]
        page = sheet.page
        qtbot.waitUntil(lambda page=page: page.height() > 0 and not page_is_young(page))  # type: ignore[misc]
        inside = sheet.rect()
        for each in [*sheet.findChildren(QPushButton), *sheet.findChildren(QLineEdit)]:
            if each.isVisible():
                left = each.mapTo(sheet, QPoint(0, 0)).x()
                assert inside.left() <= left, each
                assert left + each.width() <= inside.right() + 1, each
        qtbot.waitUntil(lambda page=page: cut_off(page) == [])  # type: ignore[misc]


def cut_off(page: QWidget) -> list[str]:
    """Words that have not the height they need."""
    return [
        label.text()
        for label in page.findChildren(QLabel)
        if label.isVisible() and label.wordWrap() and label.heightForWidth(label.width()) > label.height()
    ]


def page_is_young(page: QWidget) -> bool:
    """Whether rows of it are still being made."""
    more = getattr(page, "_more", None)
    return more is not None and more.isActive()


def test_it_follows_the_window(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot)
    shown.window.resize(QSize(700, 500))
    qtbot.waitUntil(lambda: sheet_of(shown).size() == QSize(700, 500))


def test_ctrl_l_opens_the_languages_over_it_and_it_follows(show: Show, qtbot: QtBot) -> None:
    shown = opened(show, qtbot)
    press(shown, Qt.Key.Key_L, Qt.KeyboardModifier.ControlModifier)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    with qtbot.waitSignal(shown.window.language_chosen):
        next(each for each in menu.actions() if each.text() == "Español").trigger()
    menu.close()
    qtbot.waitUntil(lambda: shown.window.windowTitle() == "Ayuda – Ingenes")
    assert named(sheet_of(shown), "Cerrar").isVisible()
    press(shown, Qt.Key.Key_Escape)
    assert shown.window.windowTitle() == "Iniciar sesión – Ingenes"


def test_a_screen_reader_is_told(show: Show, qtbot: QtBot) -> None:
    shown = ready(show(SignedOut()), qtbot)
    shown.spoken.clear()
    press(shown, Qt.Key.Key_F1)
    assert ("Help", False) in shown.spoken
