"""Row 57 of the fault matrix: a password that was wiped does not come back by any way."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit

from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.domain.auth_state import Covered, ResetCodeSent, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.rows.cases import python_leaves_it
from tests.scripted_cloud import PASSWORD, ScriptedCloud
from tests.scripted_server import hang
from tests.window import Opener, OpenWindow

CONTROL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def assert_nothing_comes_back(window: OpenWindow) -> None:
    """The eye, undo, redo, a selection, a copy and a drag give nothing of what stood in the field."""
    edit, clipboard = window.password, QGuiApplication.clipboard()
    clipboard.setText("what was there")
    QTest.mouseClick(edit.eye, Qt.MouseButton.LeftButton)
    assert window.focus() is edit
    for key, modifiers in [
        *[(Qt.Key.Key_Z, CONTROL)] * 20,
        *[(Qt.Key.Key_Z, CONTROL | SHIFT), (Qt.Key.Key_Y, CONTROL)] * 3,
        *[(Qt.Key.Key_A, CONTROL), (Qt.Key.Key_C, CONTROL), (Qt.Key.Key_X, CONTROL)],
    ]:
        QTest.keyClick(edit, key, modifiers)
        assert_empty(edit)
    # Qt's own doors, which no key leads to.
    for step in (QLineEdit.undo, QLineEdit.redo, QLineEdit.selectAll, QLineEdit.copy, QLineEdit.cut):
        step(edit)
        assert_empty(edit)
    middle = edit.rect().center()
    QTest.mouseDClick(edit, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mousePress(edit, Qt.MouseButton.LeftButton, pos=middle)
    QTest.mouseMove(edit, middle + QPoint(QApplication.startDragDistance() * 3, 0))
    QTest.mouseRelease(edit, Qt.MouseButton.LeftButton, pos=middle)
    assert_empty(edit)
    assert clipboard.text() == "what was there"
    assert not edit.isUndoAvailable()
    assert not edit.isRedoAvailable()


def assert_empty(edit: PasswordEdit) -> None:
    """For whoever asks, in whichever way."""
    shown = (edit.text(), edit.displayText(), edit.selectedText(), edit.evaluate(str))
    assert shown == ("", "", "", "")


def _fail(window: OpenWindow) -> None:
    window.sign_in(password="Otra-Clave-1!")


def _sign_out(window: OpenWindow) -> None:
    assert isinstance(window.sign_in(), SignedIn)
    window.sign_out()


def _cancel(window: OpenWindow) -> None:
    window.cloud.script("InitiateAuth", hang)
    _fill_in(window)
    window.submit()
    window.click("Cancelar")


def _cover_and_uncover(window: OpenWindow) -> None:
    _fill_in(window)
    window.events.lock()
    assert window.shows(Covered)
    assert_empty(window.password)
    window.events.unlock()


def _sleep_and_wake(window: OpenWindow) -> None:
    _fill_in(window)
    window.events.sleep()
    window.events.resume()


def _clear(window: OpenWindow) -> None:
    _fill_in(window)
    window.password.clear()


def _look_at_the_reset(window: OpenWindow) -> None:
    _fill_in(window)
    window.click("¿Olvidó su contraseña?")
    window.click("Volver a iniciar sesión")


def _fill_in(window: OpenWindow) -> None:
    window.type_email()
    QTest.keyClick(window.email, Qt.Key.Key_Return)
    window.type_password()
    assert window.password.evaluate(str) == PASSWORD


@python_leaves_it
@pytest.mark.parametrize(
    "leave",
    [_clear, _fail, _sign_out, _cancel, _cover_and_uncover, _sleep_and_wake, _look_at_the_reset],
    ids=lambda each: each.__name__.strip("_"),
)
def test_row_57_a_password_does_not_come_back(
    open_window: Opener, far: ScriptedCloud, leave: Callable[[OpenWindow], None]
) -> None:
    window = open_window()
    leave(window)
    assert window.shows(SignedOut)
    assert_nothing_comes_back(window)
    assert far.live_sign_ins == far.open_sessions == 0


def test_row_57_nor_the_code_and_the_new_passwords_of_a_reset(open_window: Opener) -> None:
    window = open_window()
    window.type_email()
    window.click("¿Olvidó su contraseña?")
    window.click("Enviar código")
    window.qtbot.waitUntil(lambda: window.shows(ResetCodeSent), timeout=5_000)
    fields = [edit for edit in window.window.findChildren(QLineEdit) if edit.isVisible()]
    code, passwords = fields[0], fields[1:]
    assert len(passwords) == 2
    QTest.keyClicks(code, "402817")
    for edit in passwords:
        QTest.keyClicks(edit, PASSWORD)
    window.events.lock()
    assert [edit.text() for edit in fields] == ["", "", ""]
    window.events.unlock()
    # The code is put back, so that it need not be typed again; the passwords are not.
    assert [edit.text() for edit in fields] == ["402817", "", ""]
    window.click("Volver a iniciar sesión")
    for edit in fields:
        for step in (QLineEdit.undo, QLineEdit.undo, QLineEdit.redo):
            step(edit)
            assert (edit.text(), edit.displayText()) == ("", "")


@dataclass(slots=True)
class Clocks:
    """Three clocks that go together, by hand."""

    now: float = 1_000.0

    def __call__(self) -> Reading:
        """As they stand."""
        return Reading(monotonic=self.now, wall=1_790_000_000.0 + self.now)


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.SHARED])
def test_row_57_nor_after_an_idle_sign_out(
    open_window: Opener, far: ScriptedCloud, machine: MachineKind
) -> None:
    clocks = Clocks()
    limits = SessionLimits.of(machine)
    window = open_window(far.settings(machine=machine, session=limits), read_clocks=clocks)
    assert isinstance(window.sign_in(), SignedIn)
    clocks.now += limits.idle + limits.countdown + 1
    window.qtbot.waitUntil(lambda: window.shows(SignedOut), timeout=3_000)
    assert window.problem().code is ErrorCode.SESSION_IDLE
    assert_nothing_comes_back(window)
    window.wait_until_clean()


def test_row_57_nor_what_somebody_typed_and_left(open_window: Opener, far: ScriptedCloud) -> None:
    """On a desk that is shared: password and name alike are not for the next person."""
    clocks = Clocks()
    limits = SessionLimits.of(MachineKind.SHARED)
    window = open_window(far.settings(machine=MachineKind.SHARED, session=limits), read_clocks=clocks)
    _fill_in(window)
    clocks.now += limits.idle + limits.countdown + 1
    window.qtbot.waitUntil(window.password.is_empty, timeout=3_000)
    assert_nothing_comes_back(window)
    assert not window.email.isUndoAvailable()
    window.email.undo()
    assert window.email.text() == ""
