"""The window's wishes, as the composition root binds them to the controller."""

import pytest
from PySide6.QtWidgets import QStackedWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import PasswordChange, TwoStep
from ingenes_desktop.domain.answer import CodeAnswer
from ingenes_desktop.domain.auth_state import ConfirmationRequired, News, SignedIn, SignedOut
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.question import CodeQuestion, Factor
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.wish_window import WishWindow
from ingenes_desktop.wiring import connect
from tests.application.far_ends import EMAIL
from tests.controllers.conftest import SetUp
from tests.controllers.desk import Desk

CODE = CodeAnswer(Secret("123456"))


@pytest.fixture
def window(qtbot: QtBot) -> WishWindow:
    """A window without a view."""
    window = WishWindow(QStackedWidget(), fills_the_screen=False, put_off=(), show_icon_only=lambda *_: None)
    qtbot.addWidget(window)
    return window


def panel_of(it: Desk) -> object:
    return it.now(SignedIn).panel


def settled(it: Desk) -> TwoStep:
    """Two-step verification, once what was asked has come home."""
    it.qtbot.waitUntil(lambda: not getattr(panel_of(it), "busy", True))
    panel = panel_of(it)
    assert isinstance(panel, TwoStep)
    return panel


def test_nobody_wishes_in_vain(desk: SetUp, window: WishWindow) -> None:
    connect(window, desk().controller)
    meta = window.metaObject()
    signatures = [meta.method(index).methodSignature().toStdString() for index in range(meta.methodCount())]
    heard = {each.partition("(")[0]: window.receivers(f"2{each}") for each in signatures}
    for name in window.WISHES:
        # One is the controller's note that somebody is there, which is all that some wishes mean.
        assert heard[name] >= (1 if name in {"stay_requested", "close_requested"} else 2), name


def test_the_questions_before_the_tokens(desk: SetUp, window: WishWindow) -> None:
    it = desk()
    connect(window, it.controller)
    it.ask(CodeQuestion(Factor.TOTP))
    window.start_over_requested.emit()
    assert it.state == SignedOut(EMAIL)
    it.ask(CodeQuestion(Factor.TOTP))
    it.cloud.fails["RespondToAuthChallenge"] = [AuthError(ErrorCode.NOT_CONFIRMED)]
    window.answer_submitted.emit(CODE)
    it.wait_for(ConfirmationRequired)
    it.qtbot.waitUntil(lambda: it.now(ConfirmationRequired).sent == 1)
    window.resend_requested.emit()
    it.qtbot.waitUntil(lambda: it.now(ConfirmationRequired).sent == 2)
    window.confirmation_submitted.emit("123456")
    assert it.wait_for(SignedOut).news is News.EMAIL_VERIFIED


def test_the_panels_of_the_account(desk: SetUp, window: WishWindow) -> None:
    it = desk()
    connect(window, it.controller)
    it.sign_in()
    window.change_password_requested.emit()
    window.password_change_submitted.emit(Secret("old"), Secret("new"))
    it.qtbot.waitUntil(lambda: panel_of(it) == PasswordChange(done=True))
    window.panel_left.emit()
    assert panel_of(it) is None
    window.two_step_requested.emit()
    assert settled(it).factors is not None
    window.authenticator_requested.emit()
    assert settled(it).key is not None
    window.authenticator_left.emit()
    assert settled(it).key is None
    window.authenticator_requested.emit()
    assert settled(it).key is not None
    window.authenticator_code_submitted.emit("123456")
    factors = settled(it).factors
    assert factors is not None
    assert factors.has_authenticator
    window.authenticator_off_requested.emit()
    assert settled(it).factors != factors
