"""Confirming an account whose email has not been verified: a code is sent, and handed in."""

from collections.abc import Iterator
from contextlib import contextmanager

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import UserPool
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CodeDelivery
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.verification_code import compact


class AccountConfirmation:
    """Worker thread. Raises nothing but AuthError."""

    def __init__(self, user_pool: UserPool) -> None:
        self._user_pool = user_pool

    def send_code(self, username: str, attempt: Attempt) -> CodeDelivery | None:
        """Ask Cognito to send a code, the first or another. None: the account is confirmed already."""
        with not_worded_for_a_sign_in():
            return self._user_pool.resend_confirmation_code(username, attempt)

    def confirm(self, username: str, code: str, attempt: Attempt) -> None:
        """Hand in the code. An account that is confirmed already is no error."""
        with not_worded_for_a_sign_in():
            self._user_pool.confirm_sign_up(username, Secret(compact(code)), attempt)


@contextmanager
def not_worded_for_a_sign_in() -> Iterator[None]:
    """An unknown refusal is worded for a sign-in; elsewhere it is an answer that was not expected."""
    try:
        yield
    except AuthError as error:
        if error.code is not ErrorCode.REFUSED:
            raise
        failure = AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=error.detail)
    else:
        return
    raise failure
