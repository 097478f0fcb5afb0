"""Rows 42, 43, 52, 53 and 55 of the fault matrix: a session's time, through the real window."""

import time
from collections.abc import Callable
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QMenu, QWidget

from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from tests.controllers.desk import HOUR
from tests.rows.cases import python_leaves_it
from tests.rows.sitting import REFRESH, Sitting
from tests.scripted_cloud import EMAIL, ScriptedCloud
from tests.scripted_server import Request, Wire, hang, refuse
from tests.window import Opener

NAME = "Ana Lucía Ortega Prado"
OTHER_NAME = "Luis Ernesto Paz Roa"
PATIENT = SessionLimits(idle=24 * HOUR, countdown=60.0, longest=48 * HOUR, retry_first=0.2, retry_longest=0.4)
"""Idleness has no word here, and a retry does not take half a minute."""


def test_row_42_without_a_network_the_person_stays_and_is_renewed_when_it_is_back(
    open_window: Opener, far: ScriptedCloud
) -> None:
    it = Sitting(open_window, far, PATIENT)
    it.window.sign_in()
    wait = it.window.qtbot.waitUntil
    it.time.go_on(HOUR - 300.0)
    it.cut_the_network()
    far.names_asked.clear()
    begun = time.monotonic()
    it.renewal().renew()
    wait(lambda: it.signed_in().reconnecting)
    assert it.sees(NAME)
    # Past its expiry, too: only a refusal ends the session.
    it.time.go_on(360.0)
    wait(lambda: len(far.names_asked) >= 4)
    tries = len(far.names_asked)
    assert tries <= 2 + (time.monotonic() - begun) / PATIENT.retry_first, "hammered"
    assert it.signed_in().reconnecting
    far.mend()
    wait(lambda: not it.signed_in().reconnecting)
    assert it.sees(NAME)
    it.window.sign_out()


def test_row_42_a_refusal_ends_it_with_the_name_kept(open_window: Opener, far: ScriptedCloud) -> None:
    it = Sitting(open_window, far, PATIENT)
    it.window.sign_in()
    far.script(REFRESH, refuse("NotAuthorizedException", "Refresh Token has been revoked"))
    it.renewal().renew()
    it.wait_for(SignedOut)
    assert it.window.problem().code is ErrorCode.SESSION_ENDED
    assert it.window.email.text() == EMAIL
    assert not it.sees(NAME)


class Gate:
    """A far end that answers when a test opens the gate."""

    def __init__(self, behave: Callable[[Wire, Request], None]) -> None:
        self.reached = Event()
        self.open = Event()
        self._behave = behave

    def __call__(self, wire: Wire, request: Request) -> None:
        self.reached.set()
        self.open.wait(30)
        self._behave(wire, request)


@python_leaves_it
@pytest.mark.parametrize("answer", ["tokens", "refusal"])
def test_row_43_a_refresh_of_one_person_never_reaches_the_next(
    open_window: Opener, far: ScriptedCloud, answer: str
) -> None:
    it = Sitting(open_window, far, PATIENT, MachineKind.SHARED)
    it.window.sign_in()
    behave = refuse("NotAuthorizedException", "Refresh Token has been revoked")
    if answer == "tokens":

        def behave(wire: Wire, request: Request) -> None:
            far.refreshed(request.json["RefreshToken"])(wire, request)

    gate = Gate(behave)
    far.script(REFRESH, gate, times=1)
    it.renewal().renew()
    it.window.qtbot.waitUntil(gate.reached.is_set)
    started = time.monotonic()
    it.window.click("Cambiar de usuario")
    assert it.window.shows(SignedOut)
    assert it.window.email.text() == ""
    assert not it.sees(NAME)
    assert time.monotonic() - started < 2.0
    far.record |= {"nombreCompleto": OTHER_NAME, "idUsuario": 42}
    far.claims = {"sub": "otra-persona"}
    mark = len(it.shown)
    it.window.sign_in()
    assert it.sees(OTHER_NAME)
    gate.open.set()
    it.window.qtbot.waitUntil(lambda: far.live_sign_ins == 1)
    # What runs beside comes home in turn: the new person's own refresh is behind the old one's.
    with it.window.qtbot.waitSignal(it.renewal().succeeded):
        it.renewal().renew()
    assert not it.signed_in().reconnecting
    assert it.signed_in().user.full_name == OTHER_NAME
    for _, words in it.shown[mark:]:
        assert not any(NAME in word for word in words)
    it.window.sign_out()


def test_row_52_eight_hours_asleep_are_the_end_and_nothing_is_flashed(
    open_window: Opener, far: ScriptedCloud
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    assert it.sees(NAME)
    it.window.events.sleep()
    assert not it.sees(NAME), "the cover stands before the computer is let go to sleep"
    mark = len(it.shown)
    it.time.sleep(8 * HOUR)
    it.cut_the_network()
    it.window.events.resume()
    assert it.window.problem().code is ErrorCode.SESSION_IDLE
    for _, words in it.shown[mark:]:
        assert not any(NAME in word for word in words)
    far.mend()
    it.window.assert_no_secret_told()


def test_row_52_without_a_network_the_window_stays_covered_and_offers_a_way_on(
    open_window: Opener, far: ScriptedCloud
) -> None:
    it = Sitting(open_window, far, PATIENT)
    it.window.sign_in()
    it.window.events.sleep()
    mark = len(it.shown)
    it.time.sleep(8 * HOUR)
    it.cut_the_network()
    it.window.events.resume()
    it.window.qtbot.waitUntil(
        lambda: isinstance(it.window.state, Covered) and it.window.state.problem is not None
    )
    assert not it.sees(NAME)
    assert not it.sees(EMAIL)
    far.mend()
    it.window.click("Intentar de nuevo")
    it.wait_for(SignedIn)
    assert all(
        not any(NAME in word for word in words)
        for state, words in it.shown[mark:]
        if isinstance(state, Covered)
    )
    assert it.sees(NAME)
    it.window.sign_out()


def test_row_52_the_password_is_the_other_way_on(open_window: Opener, far: ScriptedCloud) -> None:
    it = Sitting(open_window, far, PATIENT)
    it.window.sign_in()
    it.window.events.sleep()
    it.time.sleep(8 * HOUR)
    it.cut_the_network()
    it.window.events.resume()
    it.window.qtbot.waitUntil(
        lambda: isinstance(it.window.state, Covered) and it.window.state.problem is not None
    )
    it.window.click("Iniciar sesión con contraseña")
    assert it.window.shows(SignedOut)
    far.mend()
    it.window.sign_in()
    it.window.sign_out()


def test_row_53_a_clock_set_back_a_day_does_not_lengthen_anything(
    open_window: Opener, far: ScriptedCloud
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    it.time.set_wall_clock(-24 * HOUR)
    # It covers, is checked, and shows again; nobody has touched anything.
    it.window.qtbot.waitUntil(lambda: any(isinstance(state, Covered) for state, _ in it.shown))
    it.wait_for(SignedIn)
    it.time.go_on(it.limits.idle)
    it.window.qtbot.waitUntil(lambda: it.signed_in().countdown is not None)
    it.time.go_on(it.limits.countdown)
    it.wait_for(SignedOut)
    assert it.window.problem().code is ErrorCode.SESSION_IDLE
    it.window.wait_until_clean()


def open_dialog(it: Sitting) -> QWidget:
    """A window-modal dialog, as the platform's own may be."""
    dialog = QDialog(it.window.window)
    dialog.setModal(True)
    dialog.open()
    assert dialog.isVisible()
    return dialog


def open_menu(it: Sitting) -> QWidget:
    """A menu that has the keyboard and the mouse."""
    menu = QMenu(it.window.window)
    menu.addAction("x")
    menu.popup(it.window.window.mapToGlobal(it.window.window.rect().center()))
    assert menu.isVisible()
    return menu


def minimise(it: Sitting) -> QWidget:
    """Out of sight."""
    it.window.window.showMinimized()
    return it.window.window


def call_in_flight(it: Sitting) -> QWidget:
    """A far end that does not answer."""
    it.far.script(REFRESH, hang)
    it.renewal().renew()
    it.window.qtbot.waitUntil(lambda: bool(it.far.requests(REFRESH)))
    return it.window.window


IN_THE_WAY = {"modal": open_dialog, "menu": open_menu, "in flight": call_in_flight, "minimised": minimise}


@python_leaves_it
@pytest.mark.parametrize("what", IN_THE_WAY)
def test_row_55_nothing_holds_up_the_idle_sign_out(
    open_window: Opener, far: ScriptedCloud, what: str
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    widget = IN_THE_WAY[what](it)
    it.time.go_on(it.limits.idle)
    it.window.qtbot.waitUntil(lambda: it.signed_in().countdown is not None)
    it.time.go_on(it.limits.countdown)
    it.wait_for(SignedOut)
    assert it.window.problem().code is ErrorCode.SESSION_IDLE
    assert not it.sees(NAME)
    assert what != "menu" or not widget.isVisible(), "a menu stays over the form"
    far.mend()
    it.window.wait_until_clean()
    if widget is not it.window.window:
        widget.close()
    it.window.window.showNormal()


def test_row_55_a_key_cancels_the_countdown(open_window: Opener, far: ScriptedCloud) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    it.time.go_on(it.limits.idle)
    it.window.qtbot.waitUntil(lambda: it.signed_in().countdown is not None)
    QTest.keyClick(it.window.window.windowHandle(), Qt.Key.Key_Shift)
    it.window.qtbot.waitUntil(lambda: it.signed_in().countdown is None)
    it.window.sign_out()


def warned_at(it: Sitting, focus: str) -> None:
    """The person is warned while the button called ``focus`` has the keyboard."""
    it.window.button(focus).setFocus()
    it.time.go_on(it.limits.idle)
    it.window.qtbot.waitUntil(lambda: it.signed_in().countdown is not None)


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_row_55_the_key_that_cancels_presses_nothing_that_lies_below(
    open_window: Opener, far: ScriptedCloud, key: Qt.Key
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    warned_at(it, "Cerrar sesión")
    QTest.keyClick(it.window.window.windowHandle(), key)
    assert it.signed_in().countdown is None
    it.window.qtbot.waitUntil(lambda: not it.window.window.profile.is_warning)
    assert it.window.shows(SignedIn)
    assert it.window.focus() is it.window.button("Cerrar sesión")
    it.window.sign_out()


def test_row_55_the_press_that_cancels_presses_nothing_that_lies_below(
    open_window: Opener, far: ScriptedCloud
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    below = it.window.button("Cerrar sesión en todos los equipos")
    place = below.mapTo(it.window.window, below.rect().center())
    warned_at(it, "Cerrar sesión")
    QTest.mouseClick(it.window.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert it.signed_in().countdown is None
    it.window.qtbot.waitUntil(lambda: not it.window.window.profile.is_warning)
    # Once more is meant.
    QTest.mouseClick(it.window.window.windowHandle(), Qt.MouseButton.LeftButton, pos=place)
    assert it.window.shows(SignedOut)
    it.window.wait_until_clean()


@pytest.mark.parametrize(
    ("words", "kind"), [("Mantener la sesión", SignedIn), ("Cerrar sesión ahora", SignedOut)]
)
def test_row_55_a_finger_on_a_button_of_the_warning_presses_it(
    open_window: Opener, far: ScriptedCloud, words: str, kind: type
) -> None:
    it = Sitting(open_window, far)
    it.window.sign_in()
    warned_at(it, "Cerrar sesión")
    button = it.window.button(words)
    place = button.mapTo(it.window.window, button.rect().center())
    handle = it.window.window.windowHandle()
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=place)
    # However long it lies there: a job goes to its thread and comes home meanwhile.
    it.window.free_lane()
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=place)
    assert it.window.shows(kind)
    it.window.qtbot.waitUntil(lambda: not it.window.window.profile.is_warning)
    if kind is SignedIn:
        it.window.sign_out()
    it.window.wait_until_clean()
