"""Beside the rows: a session that is kept, taken up again and left, through the real window."""

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton

from ingenes_desktop.domain.auth_state import Restoring, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from tests.application.far_ends import Vault
from tests.rows.sitting import REFRESH, Sitting
from tests.scripted_cloud import EMAIL, ScriptedCloud
from tests.scripted_server import refuse
from tests.window import Opener

NAME = "Ana Lucía Ortega Prado"


def keep_box(it: Sitting) -> QAbstractButton:
    """The check box."""
    return it.window.button("Mantener la sesión iniciada")


def kept(open_window: Opener, far: ScriptedCloud) -> Vault:
    """What a window leaves behind that was closed on a kept session."""
    vault = Vault()
    it = Sitting(open_window, far, vault=vault)
    QTest.mouseClick(keep_box(it), Qt.MouseButton.LeftButton)
    it.window.sign_in()
    it.window.qtbot.waitUntil(lambda: vault.record is not None)
    it.window.close()
    assert far.open_sessions == 0
    assert far.live_sign_ins == 1
    assert far.requests("RevokeToken") == []
    return vault


def test_a_kept_session_is_taken_up_by_the_next_window(open_window: Opener, far: ScriptedCloud) -> None:
    vault = kept(open_window, far)
    logins = len(far.written_logins)
    it = Sitting(open_window, far, vault=vault, initial=Restoring())
    it.wait_for(SignedIn)
    assert it.sees(NAME)
    assert it.signed_in().username == EMAIL
    assert len(far.requests("InitiateAuth")) == 1
    assert len(far.requests(REFRESH)) == 1
    it.window.sign_out()
    it.window.qtbot.waitUntil(lambda: vault.record is None)
    assert len(far.written_logins) == logins
    it.window.assert_no_secret_told()


def test_offline_the_view_stays_and_the_next_try_succeeds(open_window: Opener, far: ScriptedCloud) -> None:
    vault = kept(open_window, far)
    it = Sitting(open_window, far, vault=vault, initial=Restoring())
    it.cut_the_network()
    it.window.qtbot.waitUntil(lambda: isinstance(it.window.state, Restoring) and not it.window.state.busy)
    assert vault.record is not None
    far.mend()
    it.window.click("Intentar de nuevo")
    it.wait_for(SignedIn)
    it.window.sign_out()


def test_the_password_instead_ends_what_was_kept(open_window: Opener, far: ScriptedCloud) -> None:
    vault = kept(open_window, far)
    it = Sitting(open_window, far, vault=vault, initial=Restoring())
    it.cut_the_network()
    it.window.qtbot.waitUntil(lambda: isinstance(it.window.state, Restoring) and not it.window.state.busy)
    it.window.click("Iniciar sesión con contraseña")
    assert it.window.shows(SignedOut)
    assert vault.record is not None
    far.mend()
    QTest.mouseClick(keep_box(it), Qt.MouseButton.LeftButton)  # it was ticked
    it.window.sign_in()
    it.window.qtbot.waitUntil(lambda: vault.record is None)
    it.window.qtbot.waitUntil(lambda: far.live_sign_ins == 1)
    it.window.sign_out()


def test_a_refused_session_is_over_and_said(open_window: Opener, far: ScriptedCloud) -> None:
    vault = kept(open_window, far)
    far.script(REFRESH, refuse("NotAuthorizedException", "Refresh Token has been revoked"))
    it = Sitting(open_window, far, vault=vault, initial=Restoring())
    it.wait_for(SignedOut)
    assert it.window.problem().code is ErrorCode.SESSION_ENDED
    it.window.qtbot.waitUntil(lambda: vault.record is None)
    far.mend()
    far.forget_sign_ins()
    it.window.sign_in()
    it.window.sign_out()
