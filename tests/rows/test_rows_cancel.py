"""Beside the rows: a cancel, at every step, frees the person at once and leaves nothing behind."""

from time import monotonic

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from ingenes_desktop.domain.auth_state import SignedIn, SignedOut, SigningIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Limits
from tests.rows.cases import python_leaves_it
from tests.scripted_cloud import CHAIN, EMAIL, PASSWORD, ScriptedCloud
from tests.scripted_server import hang
from tests.window import Opener

PATIENT = Limits(step=15.0, attempt=45.0, tidy_up=4.0)
"""Production's own limits: it is the cancel that ends it, not a deadline."""


@python_leaves_it
@pytest.mark.parametrize("operation", CHAIN)
def test_a_cancel_ends_a_hanging_step(open_window: Opener, far: ScriptedCloud, operation: str) -> None:
    far.script(operation, hang)
    window = open_window(far.settings(limits=PATIENT))
    window.type_email()
    QTest.keyClick(window.email, Qt.Key.Key_Return)
    window.qtbot.waitUntil(lambda: window.focus() is window.password)
    window.type_password()
    window.submit()
    # At once: what hangs is asked for by the warm-up too, and says nothing of the sign-in.
    assert window.shows(SigningIn), (window.focus(), window.sentence)
    window.qtbot.waitUntil(lambda: bool(far.requests(operation)), timeout=5_000)

    started = monotonic()
    window.click("Cancelar")
    assert window.shows(SignedOut)
    assert monotonic() - started < 0.2
    assert window.problem().code is ErrorCode.CANCELLED
    assert window.sentence.startswith("Se canceló el inicio de sesión.")
    assert window.focus() is window.password
    assert window.email.text() == EMAIL

    far.mend()
    QTest.keyClicks(window.password, PASSWORD)
    window.submit()
    window.qtbot.waitUntil(lambda: isinstance(window.state, SignedIn), timeout=2_500)
    assert monotonic() - started < 3.0
    window.sign_out()
    window.wait_for_threads()
    window.assert_no_secret_told()


def test_escape_cancels_too(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("InitiateAuth", hang)
    window = open_window(far.settings(limits=PATIENT))
    window.type_email()
    QTest.keyClick(window.email, Qt.Key.Key_Return)
    window.type_password()
    window.submit()
    window.qtbot.waitUntil(lambda: bool(far.requests("InitiateAuth")), timeout=5_000)
    QTest.keyClick(window.focus(), Qt.Key.Key_Escape)
    assert window.shows(SignedOut)
    assert len(far.requests("InitiateAuth")) == 1


def test_the_whole_has_a_deadline_of_its_own(open_window: Opener, far: ScriptedCloud) -> None:
    """Each step within its own, together beyond the whole."""
    limits = Limits(step=1.2, attempt=1.6, read=1.0, connect=0.4, tidy_up=4.0)
    far.late = {"InitiateAuth": 0.9, "GetId": 0.5, "GetSecretValue": 0.9}
    window = open_window(far.settings(limits=limits))
    window.sign_in()
    assert window.problem().code is ErrorCode.NOT_RESPONDING
    assert window.seconds < 2.6
    window.wait_until_clean()


@python_leaves_it
def test_signing_out_waits_for_nobody(open_window: Opener, far: ScriptedCloud) -> None:
    """Every far end hangs: the form is there at once, and the next person can sign in."""
    window = open_window(far.settings(limits=PATIENT))
    assert isinstance(window.sign_in(), SignedIn)
    for operation in ("Logout", "GlobalSignOut", "RevokeToken"):
        far.script(operation, hang)

    started = monotonic()
    window.click("Cerrar sesión")
    assert window.shows(SignedOut)
    assert monotonic() - started < 0.2
    assert window.email.text() == ""
    far.mend()
    assert isinstance(window.sign_in(), SignedIn)
    window.sign_out()
