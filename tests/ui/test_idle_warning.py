"""The warning before the idle sign-out: over each view of a session, for all hands, eyes and ears."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import PasswordChange, TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.question import Factor
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT
from ingenes_desktop.ui.widgets.idle_warning import IdleWarning, Panel
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from tests.ui.conftest import Shown
from tests.ui.states import KEY, SESSION
from tests.window import one

Show = Callable[..., Shown]
ENGLISH = "You will be signed out in {} s because nobody is using this computer."


PANELS = {
    "profile": SESSION,
    "password": replace(SESSION, panel=PasswordChange()),
    "password-busy": replace(SESSION, panel=PasswordChange(busy=True)),
    "password-changed": replace(SESSION, panel=PasswordChange(done=True)),
    "two-step": replace(SESSION, panel=TwoStep(TwoStepFactors((Factor.TOTP,)), busy=False)),
    "two-step-set-up": replace(SESSION, panel=TwoStep(TwoStepFactors(), KEY, busy=False)),
}
OVER_EACH = pytest.mark.parametrize("session", PANELS.values(), ids=PANELS)


def warning_of(shown: Shown) -> IdleWarning:
    (warning,) = shown.view.findChildren(IdleWarning)
    return warning


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (
            Language.ENGLISH,
            ["Are you still there?", ENGLISH.format(30), "Stay signed in", "Sign out now"],
        ),
        (
            Language.SPANISH,
            [
                "¿Sigue usted ahí?",
                "Su sesión se cerrará en 30 s porque nadie está usando este equipo.",
                "Mantener la sesión",
                "Cerrar sesión ahora",
            ],
        ),
    ],
)
def test_it_says_what_will_happen_and_when(
    language: Language, words: list[str], show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION, language=language)
    assert not warning_of(shown).isVisible()
    shown.become(replace(SESSION, countdown=30))
    heading, text, stay, leave = words
    assert {heading, text} <= set(shown.words())
    assert warning_of(shown).size() == shown.view.size()
    assert shown.focus() is shown.button(stay)
    assert shown.button(leave).isVisible()
    (line,) = warning_of(shown).findChildren(ProgressLine)
    assert (line.value(), line.maximum()) == (30, 30)
    shown.become(replace(SESSION, countdown=12))
    assert line.value() == 12
    assert not line.moves
    shown.become(SESSION)
    qtbot.waitUntil(warning_of(shown).isHidden)


def test_a_wide_font_has_room(show: Show, qapp: QApplication, theme: Theme) -> None:
    wide = qapp.font()
    wide.setStretch(130)
    qapp.setFont(wide)
    theme.wear(LIGHT)
    shown = show(SESSION, language=Language.SPANISH)
    shown.become(replace(SESSION, countdown=30))
    shown.window.grab()  # lays out
    panel = warning_of(shown).findChildren(Panel)[0]
    for words in ("Mantener la sesión", "Cerrar sesión ahora"):
        button = shown.button(words)
        assert button.width() >= button.sizeHint().width(), words
        assert panel.rect().contains(button.geometry()), words


@OVER_EACH
def test_it_is_said_at_its_beginning_and_near_the_end(session: SignedIn, show: Show) -> None:
    shown = show(session)
    shown.spoken.clear()
    for seconds in range(30, 0, -1):
        shown.become(replace(session, countdown=seconds))
    assert shown.spoken == [(ENGLISH.format(30), True), (ENGLISH.format(10), True)]
    # A second that was missed is made up for.
    shown.become(session)
    shown.spoken.clear()
    for seconds in (30, 11, 8, 7):
        shown.become(replace(session, countdown=seconds))
    assert shown.spoken == [(ENGLISH.format(30), True), (ENGLISH.format(8), True)]


@OVER_EACH
def test_its_buttons_are_wishes(session: SignedIn, show: Show, qtbot: QtBot) -> None:
    shown = show(replace(session, countdown=30))
    with qtbot.waitSignal(shown.window.stay_requested):
        QTest.mouseClick(shown.button("Stay signed in"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.window.stay_requested):
        QTest.keyClick(shown.button("Stay signed in"), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.sign_out_requested):
        QTest.mouseClick(shown.button("Sign out now"), Qt.MouseButton.LeftButton)


@OVER_EACH
def test_what_lies_below_takes_no_key_and_the_focus_comes_back(
    session: SignedIn, show: Show, qtbot: QtBot
) -> None:
    shown = show(session)
    before = shown.focus()
    shown.become(replace(session, countdown=30))
    assert warning_of(shown).size() == shown.view.size()
    reached = set()
    left: list[str] = []
    for name in ("panel_left", "authenticator_left"):
        getattr(shown.window, name).connect(lambda name=name: left.append(name))
    for key in (*[Qt.Key.Key_Tab] * 4, Qt.Key.Key_Escape):
        focus = shown.focus()
        assert isinstance(focus, QPushButton)
        reached.add(focus.text())
        QTest.keyClick(focus, key)
    assert reached == {"Stay signed in", "Sign out now"}
    assert left == []
    shown.become(session)
    qtbot.waitUntil(warning_of(shown).isHidden)
    assert shown.focus() is before


@OVER_EACH
def test_it_goes_along_from_view_to_view(session: SignedIn, show: Show, qtbot: QtBot) -> None:
    shown = show(replace(SESSION, countdown=30))
    first = warning_of(shown)
    # An answer came home, or a menu led on, just as the warning began.
    shown.become(replace(session, countdown=29))
    assert warning_of(shown).isVisible()
    assert shown.focus() is shown.button("Stay signed in")
    shown.become(replace(SESSION, countdown=28))
    assert first.isVisible()
    shown.become(SESSION)
    qtbot.waitUntil(first.isHidden)
    assert shown.button("Sign out").isEnabled()


def test_what_lies_below_takes_neither_keys_nor_clicks(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    switch = shown.button("Switch user")
    shown.become(replace(SESSION, countdown=30))
    reached = set()
    for _ in range(6):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        focus = shown.focus()
        assert isinstance(focus, QPushButton)
        reached.add(focus.text())
    assert reached == {"Stay signed in", "Sign out now"}
    middle = switch.mapTo(shown.window, switch.rect().center())
    with qtbot.assertNotEmitted(shown.window.switch_user_requested):
        QTest.mouseClick(shown.window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)
    shown.become(SESSION)
    qtbot.waitUntil(warning_of(shown).isHidden)
    with qtbot.waitSignal(shown.window.switch_user_requested):
        QTest.mouseClick(shown.window.windowHandle(), Qt.MouseButton.LeftButton, pos=middle)


def test_the_focus_goes_back_where_it_was(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    shown.button("Sign out").setFocus()
    shown.become(replace(SESSION, countdown=30))
    shown.become(replace(SESSION, countdown=29))
    shown.become(SESSION)
    qtbot.waitUntil(warning_of(shown).isHidden)
    assert shown.focus() is shown.button("Sign out")


def test_a_warning_that_comes_again_at_once_stays(show: Show, qtbot: QtBot) -> None:
    shown = show(replace(SESSION, countdown=3))
    shown.become(SESSION)
    shown.become(replace(SESSION, countdown=2))
    with qtbot.assertNotEmitted(warning_of(shown).ended, wait=50):
        assert warning_of(shown).isVisible()
    assert shown.focus() is shown.button("Stay signed in")


def test_it_follows_the_window_and_the_language(show: Show, qtbot: QtBot) -> None:
    shown = show(replace(SESSION, countdown=30))
    shown.window.resize(QSize(1200, 800))
    qtbot.waitUntil(lambda: shown.view.size() == QSize(1200, 800))
    assert warning_of(shown).size() == QSize(1200, 800)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert shown.button("Mantener la sesión").isVisible()


def test_it_goes_with_the_session_and_comes_back_from_under_the_cover(show: Show) -> None:
    warned = replace(SESSION, countdown=20)
    shown = show(warned)
    shown.become(Covered(warned))
    shown.become(warned)
    assert warning_of(shown).isVisible()
    assert shown.focus() is shown.button("Stay signed in")
    shown.become(SignedOut())
    assert shown.focus() is shown.field("Email")
    shown.become(SESSION)
    assert not warning_of(shown).isVisible()
    assert shown.button("Sign out").isEnabled()


@pytest.mark.parametrize("size", [(320, 480), (480, 800), (683, 384), (800, 480), (1366, 768)], ids=str)
@pytest.mark.parametrize("language", Language)
def test_it_stands_whole_in_what_can_be_seen(
    size: tuple[int, int], language: Language, show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION, language=language)
    shown.window.resize(QSize(*size))
    qtbot.waitUntil(lambda: shown.view.width() <= size[0])
    shown.become(replace(SESSION, countdown=30))
    warning = warning_of(shown)
    panel = one(warning, Panel)
    area = QRect(panel.mapTo(shown.window, QPoint(0, 0)), panel.size())
    assert QRect(QPoint(0, 0), shown.window.size()).contains(area)
    stay, leave = (each for each in warning.findChildren(QPushButton))
    for button in (stay, leave):
        assert panel.rect().contains(button.geometry())
        assert button.height() >= 44
        assert button.width() >= button.sizeHint().width()
    assert not stay.geometry().intersects(leave.geometry())
    assert (stay.y() < leave.y()) == (size[0] == 320)
    for label in panel.findChildren(QLabel):
        assert label.height() >= label.heightForWidth(label.width()), label.text()


def test_scrolled_it_comes_along(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    shown.window.resize(QSize(683, 384))
    qtbot.waitUntil(lambda: shown.view.height() > 500)
    shown.become(replace(SESSION, countdown=30))
    panel = one(warning_of(shown), Panel)
    ground = one(shown.window, QScrollArea)
    bar = ground.verticalScrollBar()
    bar.setValue(bar.maximum())
    shown.become(replace(SESSION, countdown=29))
    area = QRect(panel.mapTo(ground.viewport(), QPoint(0, 0)), panel.size())
    assert ground.viewport().rect().contains(area)
