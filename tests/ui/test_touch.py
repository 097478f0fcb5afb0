"""The button for the on-screen keyboard, and the card that makes room for it."""

from collections.abc import Callable, Iterator

import pytest
import shiboken6
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtGui import QContextMenuEvent, QPointingDevice
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QMenu, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import AuthState, ResetCodeSent, SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind, ScreenKeyboardUse
from ingenes_desktop.domain.question import NewPasswordQuestion
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.keyboard_room import ASSUMED_SHARE, KeyboardRoom
from ingenes_desktop.ui.touch import Touch
from ingenes_desktop.ui.widgets.keyboard_button import KeyboardButton
from tests.ui.conftest import Shown
from tests.ui.fields_in_view import assert_in_view, is_in_view, on_screen, stops
from tests.ui.states import EMAIL, STATES, asked, settings_of

Show = Callable[..., Shown]
Kiosk = Callable[..., "TouchKiosk"]
LANDSCAPE, PORTRAIT = QSize(800, 480), QSize(480, 800)
NAME = "On-screen keyboard"
FORMS: dict[str, AuthState] = {
    "sign-in": SignedOut(),
    "reset-code": ResetCodeSent(EMAIL, remember=False, destination="a***@c***"),
    "new-password": asked(NewPasswordQuestion()),
    "attributes": asked(NewPasswordQuestion(("name", "phone_number", "birthdate", "address"))),
    "change-password": STATES["password-change"],
    "authenticator": STATES["challenge-set-up"],
}


class TouchKiosk:
    """A kiosk's window of a size of its own, at a place where the keyboard covers 45 % of it."""

    def __init__(self, shown: Shown, qtbot: QtBot, size: QSize) -> None:
        self.shown = shown
        self.qtbot = qtbot
        window = shown.window
        window.setWindowState(Qt.WindowState.WindowNoState)
        qtbot.waitUntil(lambda: window.touch is not None)
        self.resize(size)
        self.wanted: list[bool] = []
        self.touch.keyboard_wanted.connect(self.wanted.append)
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)

    @property
    def touch(self) -> Touch:
        touch = self.shown.window.touch
        assert touch is not None
        return touch

    @property
    def button(self) -> KeyboardButton:
        (button,) = self.buttons()
        return button

    def buttons(self) -> list[KeyboardButton]:
        return [each for each in self.shown.view.findChildren(KeyboardButton) if each.isVisible()]

    def resize(self, size: QSize) -> None:
        """Another size, as a kiosk that is turned has it."""
        window = self.shown.window
        screen = window.screen().geometry()
        hidden = round(size.height() * ASSUMED_SHARE)
        window.move(0, screen.bottom() + 1 - round(screen.height() * ASSUMED_SHARE) + hidden - size.height())
        window.resize(size)
        self.qtbot.waitUntil(lambda: window.size() == size)

    def press(self) -> None:
        QTest.mouseClick(self.button, Qt.MouseButton.LeftButton)
        self.settle()

    def settle(self) -> None:
        """Until nothing moves."""
        ground = self.shown.window.ground
        self.qtbot.waitUntil(lambda: ground.lifted == ground.covered)

    @property
    def covered(self) -> int:
        return self.shown.window.ground.covered


@pytest.fixture
def kiosk(show: Show, qtbot: QtBot) -> Kiosk:
    """A kiosk whose policy says "on"."""

    def open_it(
        state: AuthState | None = None, size: QSize = LANDSCAPE, language: Language = Language.ENGLISH
    ) -> TouchKiosk:
        settings = replace(settings_of(MachineKind.KIOSK), screen_keyboard=ScreenKeyboardUse.ON)
        return TouchKiosk(show(state, settings=settings, language=language), qtbot, size)

    return open_it


@pytest.fixture
def touch_screen() -> Iterator[QPointingDevice]:
    device = QTest.createTouchDevice()
    yield device
    shiboken6.delete(device)  # else every window from now on would have it


# -- the button


@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize("use", ScreenKeyboardUse)
def test_who_has_the_button(use: ScreenKeyboardUse, machine: MachineKind, show: Show, qtbot: QtBot) -> None:
    shown = show(settings=replace(settings_of(machine), screen_keyboard=use))
    qtbot.waitUntil(lambda: shown.window.touch is not None)
    before = [each for each in shown.view.findChildren(KeyboardButton) if each.isVisible()]
    assert bool(before) is (use is ScreenKeyboardUse.ON)
    device = QTest.createTouchDevice()
    try:
        shown.become(SignedOut(EMAIL))  # it was plugged in meanwhile
        after = [each for each in shown.view.findChildren(KeyboardButton) if each.isVisible()]
        is_auto = use is ScreenKeyboardUse.AUTO and machine is MachineKind.KIOSK
        assert bool(after) is (use is ScreenKeyboardUse.ON or is_auto)
    finally:
        shiboken6.delete(device)
    shown.become(SignedOut(EMAIL, remember=True))
    left = [each for each in shown.view.findChildren(KeyboardButton) if each.isVisible()]
    assert bool(left) is (use is ScreenKeyboardUse.ON)


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
def test_it_stands_at_the_right_of_the_heading(name: str, size: QSize, kiosk: Kiosk) -> None:
    it = kiosk(FORMS[name], size)
    button, heading = on_screen(it.button), on_screen(it.shown.view.heading)  # type: ignore[attr-defined]  # a View
    assert min(button.width(), button.height()) >= 44
    assert button.left() > heading.right()
    assert abs(button.top() - heading.top()) <= 4  # of a heading in two lines beside the first
    assert it.button.accessibleName() == NAME


@pytest.mark.parametrize(
    "name", ["profile", "two-step-on", "challenge-choose", "password-changed", "covered"]
)
def test_there_is_none_where_nothing_is_typed(name: str, kiosk: Kiosk) -> None:
    assert kiosk(STATES[name]).buttons() == []


def test_a_click_leaves_the_focus_in_the_field(kiosk: Kiosk) -> None:
    it = kiosk()
    it.shown.field("Password").setFocus()
    it.press()
    assert it.shown.focus() is it.shown.field("Password")
    assert it.wanted == [True]
    assert it.button.isChecked()
    it.press()
    assert it.shown.focus() is it.shown.field("Password")
    assert it.wanted == [True, False]
    assert not it.button.isChecked()


def test_where_no_field_has_the_focus_the_first_one_gets_it(kiosk: Kiosk) -> None:
    it = kiosk()
    it.shown.button("Forgot password?").setFocus()
    it.press()
    assert it.shown.focus() is it.shown.field("Email")


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_the_keyboard_reaches_it_before_the_fields(key: Qt.Key, kiosk: Kiosk) -> None:
    it = kiosk()
    it.shown.field("Email").setFocus()
    QTest.keyClick(it.shown.focus(), Qt.Key.Key_Backtab)
    assert it.shown.focus() is it.button
    QTest.keyClick(it.button, key)
    assert it.wanted == [True]


def test_it_speaks_both_languages(kiosk: Kiosk, qtbot: QtBot) -> None:
    it = kiosk()
    it.shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: it.button.accessibleName() == "Teclado en pantalla")
    assert it.button.toolTip() == "Teclado en pantalla"


# -- the system's answer


def test_a_keyboard_that_does_not_come_is_told_in_a_sentence(kiosk: Kiosk) -> None:
    it = kiosk(language=Language.SPANISH)
    it.press()
    assert it.covered
    it.touch.keyboard_failed()
    it.settle()
    sentence = "El teclado en pantalla de este equipo no se abre. Use el teclado del equipo."
    assert it.covered == 0
    assert not it.button.isChecked()
    assert it.shown.spoken[-1] == (sentence, True)
    assert it.button.toolTip() == it.button.accessibleDescription() == sentence
    # It can be tried again.
    it.press()
    assert it.wanted == [True, True]
    assert it.button.accessibleDescription() == ""
    assert it.covered


def test_a_keyboard_put_away_by_its_own_key_lets_the_card_down(kiosk: Kiosk) -> None:
    it = kiosk()
    it.press()
    it.touch.keyboard_gone()
    it.settle()
    assert it.covered == 0
    assert it.wanted == [True]  # nobody is told what they did themselves
    it.press()
    assert it.wanted == [True, True]


def test_a_late_answer_to_an_earlier_press_says_nothing(kiosk: Kiosk) -> None:
    it = kiosk()
    it.press()
    it.press()
    spoken = list(it.shown.spoken)
    it.touch.keyboard_failed()
    assert it.shown.spoken == spoken


def test_a_system_without_a_door_has_no_button(kiosk: Kiosk) -> None:
    it = kiosk()
    it.touch.withdraw()
    assert it.buttons() == []


@pytest.mark.parametrize("name", ["profile", "covered", "password-changed"])
def test_the_keyboard_goes_with_the_last_field(name: str, kiosk: Kiosk) -> None:
    it = kiosk()
    it.press()
    it.shown.become(STATES[name])
    it.settle()
    assert it.wanted == [True, False]
    assert it.covered == 0


def test_it_goes_with_the_window(kiosk: Kiosk) -> None:
    it = kiosk()
    it.shown.window.close_requested.emit()
    assert it.wanted == []
    it.press()
    it.shown.window.close_requested.emit()
    assert it.wanted == [True, False]


def test_it_stays_from_form_to_form(kiosk: Kiosk) -> None:
    it = kiosk()
    it.press()
    it.shown.become(FORMS["reset-code"])
    it.settle()
    assert it.wanted == [True]
    assert it.button.isChecked()
    assert it.covered == round(LANDSCAPE.height() * ASSUMED_SHARE)


# -- the room


@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize("name", FORMS)
def test_every_field_in_use_is_seen_above_the_keyboard(
    name: str, size: QSize, forwards: bool, kiosk: Kiosk
) -> None:
    it = kiosk(FORMS[name], size)
    it.press()
    assert it.covered == round(size.height() * ASSUMED_SHARE)
    keyboard_top = size.height() - it.covered
    assert it.shown.window.room.height() == keyboard_top
    seen = 0
    for stop in stops(it.shown, forwards=forwards):
        assert on_screen(stop).bottom() < keyboard_top, stop
        if isinstance(stop, QLineEdit):
            assert_in_view(it.shown, stop)
            seen += 1
    assert seen >= len([each for each in it.shown.fields() if not each.isReadOnly()])


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT])
@pytest.mark.parametrize(
    ("name", "button", "sentence"),
    [
        ("sign-in", "Sign in", "Enter your email."),
        ("reset-code", "Reset password", "Enter the code."),
        ("new-password", "Continue", "Enter your password."),
        ("change-password", "Change password", "Enter your current password."),
    ],
)
def test_an_error_is_seen_above_the_keyboard(
    name: str, button: str, sentence: str, size: QSize, kiosk: Kiosk
) -> None:
    it = kiosk(FORMS[name], size)
    it.press()
    it.shown.button(button).setFocus()
    it.shown.button(button).click()
    field = it.shown.focus()
    assert isinstance(field, QLineEdit)
    it.qtbot.waitUntil(lambda: it.shown.window.ground.verticalScrollBar().maximum() > 0)
    assert sentence in field.accessibleDescription()
    assert sentence in it.shown.words()
    assert_in_view(it.shown, field)


@pytest.mark.parametrize("size", [LANDSCAPE, PORTRAIT, QSize(640, 400)])
@pytest.mark.parametrize("name", ["reset-code", "new-password"])
def test_so_are_the_words_below_the_last_of_two_fields(name: str, size: QSize, kiosk: Kiosk) -> None:
    it = kiosk(FORMS[name], size)
    it.press()
    if name == "reset-code":
        it.shown.field("Verification code").setText("123456")
    it.shown.field("New password").setText("Demo-Clinica-2026")
    again = it.shown.field("Confirm password")
    again.setText("Demo-Clinica-2027")
    QTest.keyClick(again, Qt.Key.Key_Return)
    assert "Passwords do not match." in it.shown.words()
    # One comes to it from above, and it is there at once.
    it.button.setFocus()
    it.shown.window.ground.verticalScrollBar().setValue(0)
    again.setFocus()
    assert_in_view(it.shown, again)


def test_it_is_seen_when_the_kiosk_is_turned(kiosk: Kiosk) -> None:
    it = kiosk(FORMS["reset-code"], PORTRAIT)
    it.press()
    it.shown.field("Confirm password").setFocus()
    for size in (LANDSCAPE, PORTRAIT, QSize(640, 400), LANDSCAPE):
        it.resize(size)
        it.touch.look()
        it.settle()
        it.qtbot.waitUntil(lambda: it.covered > 0)
        it.qtbot.waitUntil(lambda: is_in_view(it.shown, it.shown.field("Confirm password")))


def test_the_card_stands_as_before_when_the_keyboard_has_gone(kiosk: Kiosk) -> None:
    it = kiosk(FORMS["reset-code"])
    field = it.shown.field("Verification code")
    it.press()
    it.press()
    it.qtbot.waitUntil(lambda: it.shown.view.size() == LANDSCAPE)
    before = on_screen(field)
    it.press()
    assert it.shown.window.ground.verticalScrollBar().maximum() > 0
    it.press()
    it.qtbot.waitUntil(lambda: on_screen(field) == before)
    assert it.shown.window.ground.verticalScrollBar().maximum() == 0


def test_it_moves_within_the_time_of_all_motion(kiosk: Kiosk) -> None:
    it = kiosk()
    QTest.mouseClick(it.button, Qt.MouseButton.LeftButton)
    ground = it.shown.window.ground
    assert ground.lifted < ground.covered  # on its way
    it.qtbot.waitUntil(lambda: ground.lifted == ground.covered, timeout=1000)


def test_it_is_there_at_once_where_nothing_is_to_move(show: Show, qtbot: QtBot) -> None:
    it = TouchKiosk(show(settings=settings_of(MachineKind.KIOSK)), qtbot, LANDSCAPE)
    room = KeyboardRoom(it.shown.window, may_move=lambda: False)
    room.assume(shown=True)
    ground = it.shown.window.ground
    assert ground.lifted == ground.covered == round(LANDSCAPE.height() * ASSUMED_SHARE)
    room.assume(shown=False)
    assert ground.lifted == ground.covered == 0


def test_a_window_that_lies_above_the_keyboard_stays_as_it_is(kiosk: Kiosk) -> None:
    """As where the desktop itself has made room."""
    it = kiosk()
    it.shown.window.move(0, 0)
    it.shown.window.resize(800, 400)
    it.press()
    assert it.button.isChecked()
    assert it.covered == 0


# -- the finger


def test_a_finger_pushes_the_page(touch_screen: QPointingDevice, show: Show, qtbot: QtBot) -> None:
    it = TouchKiosk(show(FORMS["reset-code"], settings=settings_of(MachineKind.KIOSK)), qtbot, LANDSCAPE)
    it.press()
    ground = it.shown.window.ground
    bar = ground.verticalScrollBar()
    it.shown.field("Verification code").setFocus()
    qtbot.waitUntil(lambda: bar.maximum() > 0)
    bar.setValue(0)
    viewport = ground.viewport()
    empty = QPoint(300, 230)
    QTest.touchEvent(viewport, touch_screen).press(0, empty, viewport).commit()
    for moved in range(10, 160, 10):
        QTest.touchEvent(viewport, touch_screen).move(0, empty - QPoint(0, moved), viewport).commit()
    QTest.touchEvent(viewport, touch_screen).release(0, empty - QPoint(0, 150), viewport).commit()
    qtbot.waitUntil(lambda: bar.value() > 50)


@pytest.mark.parametrize("name", FORMS)
def test_menus_of_fields_on_a_kiosk_name_nothing_but_editing(name: str, kiosk: Kiosk) -> None:
    it = kiosk(FORMS[name])
    for field in it.shown.fields():
        _press_and_hold(field)
        menu = QApplication.activePopupWidget()
        assert menu is not None
        _assert_only_editing(menu)


@pytest.mark.parametrize("name", ["sign-in", "profile", "challenge-set-up"])
def test_press_and_hold_elsewhere_on_a_kiosk_opens_no_other_menu(name: str, kiosk: Kiosk) -> None:
    it = kiosk(STATES[name])
    for widget in it.shown.view.findChildren(QWidget):
        if widget.isVisible() and not isinstance(widget, QLineEdit):
            _press_and_hold(widget)
            _assert_only_editing(QApplication.activePopupWidget())


def _assert_only_editing(popup: QWidget | None) -> None:
    if popup is not None:
        assert isinstance(popup, QMenu)
        words = {each.text().partition("\t")[0].replace("&", "") for each in popup.actions()} - {""}
        assert words <= {"Undo", "Redo", "Cut", "Copy", "Paste", "Delete", "Select All"}
        assert not any(each.menu() for each in popup.actions())
        popup.close()


def _press_and_hold(widget: QWidget) -> None:
    place = widget.rect().center()
    event = QContextMenuEvent(QContextMenuEvent.Reason.Mouse, place, widget.mapToGlobal(place))
    QApplication.sendEvent(widget, event)


# -- also without a keyboard


@pytest.mark.parametrize("size", [QSize(546, 307), QSize(320, 300)])
@pytest.mark.parametrize("forwards", [True, False])
@pytest.mark.parametrize("name", FORMS)
def test_in_a_small_window_the_field_in_use_is_seen(
    name: str, forwards: bool, size: QSize, show: Show, qtbot: QtBot
) -> None:
    shown = show(FORMS[name])
    qtbot.waitUntil(lambda: shown.window.touch is not None)
    shown.window.resize(size)
    shown.window.activateWindow()
    bar = shown.window.ground.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 0 and shown.view.width() <= size.width())
    for stop in stops(shown, forwards=forwards):
        if isinstance(stop, QLineEdit):
            assert_in_view(shown, stop)


def test_it_is_seen_when_the_window_becomes_smaller(show: Show, qtbot: QtBot) -> None:
    shown = show(FORMS["reset-code"])
    qtbot.waitUntil(lambda: shown.window.touch is not None)
    field = shown.field("Confirm password")
    field.setFocus()
    for size in (QSize(546, 307), QSize(800, 300), QSize(320, 300)):
        shown.window.resize(size)
        bar = shown.window.ground.verticalScrollBar()
        qtbot.waitUntil(lambda: bar.maximum() > 0 and shown.view.width() <= shown.window.width())  # noqa: B023  asked at once
        qtbot.waitUntil(lambda: is_in_view(shown, field))
