"""Enter, held down: what was refused is handed in again by nobody but a person."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.auth_state import AuthState, ResetCodeSent, ResetRequested
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.question import (
    AuthenticatorQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    Factor,
    NewPasswordQuestion,
)
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from tests.ui.conftest import Shown
from tests.ui.states import CONFIRMATION, EMAIL, KEY, SESSION, asked, problem
from tests.ui.test_challenge_view import Show

NEW_PASSWORD = "Nueva-Clinica-2027"
PLACES: dict[str, tuple[AuthState, str, ErrorCode]] = {
    "app": (asked(CodeQuestion(Factor.TOTP)), "answer_submitted", ErrorCode.CODE_MISMATCH),
    "set-up": (asked(AuthenticatorQuestion(KEY)), "answer_submitted", ErrorCode.CODE_MISMATCH),
    "email": (asked(EmailQuestion()), "answer_submitted", ErrorCode.NO_NETWORK),
    "custom": (asked(CustomQuestion("?")), "answer_submitted", ErrorCode.ANSWER_REFUSED),
    "new password": (asked(NewPasswordQuestion()), "answer_submitted", ErrorCode.NO_NETWORK),
    "confirmation": (
        replace(CONFIRMATION, busy=False, resending=False),
        "confirmation_submitted",
        ErrorCode.CODE_MISMATCH,
    ),
    "reset": (ResetRequested(EMAIL, remember=False), "code_requested", ErrorCode.NO_NETWORK),
    "reset code": (ResetCodeSent(EMAIL, False, "a***@c***"), "reset_submitted", ErrorCode.CODE_MISMATCH),
    "change": (
        replace(SESSION, panel=PasswordChange()),
        "password_change_submitted",
        ErrorCode.NO_NETWORK,
    ),
}


def refused(state: AuthState, code: ErrorCode) -> AuthState:
    """``state`` after its answer was refused."""
    if state == PLACES["change"][0]:
        return replace(state, panel=PasswordChange(problem=problem(code)))
    return replace(state, problem=problem(code))


def press_enter(shown: Shown, *, repeated: bool) -> None:
    key = Qt.Key.Key_Return
    press = QKeyEvent(QEvent.Type.KeyPress, key, Qt.KeyboardModifier.NoModifier, "\r", autorep=repeated)
    QApplication.sendEvent(shown.focus(), press)


@pytest.mark.parametrize("name", PLACES)
def test_it_hands_in_once(name: str, show: Show) -> None:
    state, wish, code = PLACES[name]
    shown = show(state)
    wishes: list[object] = []
    getattr(shown.window, wish).connect(lambda *given: wishes.append(given))
    edits = shown.fields()
    for edit in edits:
        is_code = isinstance(edit, CodeEdit)
        edit.setText("123456" if is_code else EMAIL if name in {"email", "reset"} else NEW_PASSWORD)
    edits[-1].setFocus()
    press_enter(shown, repeated=False)
    assert len(wishes) == 1
    shown.become(refused(state, code))
    for _ in range(5):
        press_enter(shown, repeated=True)
    assert len(wishes) == 1
    for _ in edits:
        press_enter(shown, repeated=False)
    assert len(wishes) > 1, "a person may"
