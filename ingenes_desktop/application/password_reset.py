"""Resetting a forgotten password: ask for a code, hand it in with the new password."""

from collections.abc import Iterator
from contextlib import contextmanager

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import UserPool
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import CodeDelivery
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.verification_code import compact


class PasswordReset:
    """Worker thread. Raises nothing but AuthError."""

    def __init__(self, user_pool: UserPool) -> None:
        self._user_pool = user_pool

    def send_code(self, username: str, attempt: Attempt) -> CodeDelivery:
        """Ask Cognito to send a code. It says "sent" for unknown accounts too, and so do we."""
        with _in_the_words_of_a_reset():
            return self._user_pool.forgot_password(username, attempt)

    def confirm(self, username: str, code: str, new_password: Secret, attempt: Attempt) -> None:
        """Change the password. Cognito checks the code only together with the password."""
        with _in_the_words_of_a_reset():
            self._user_pool.confirm_forgot_password(username, compact(code), new_password, attempt)


@contextmanager
def _in_the_words_of_a_reset() -> Iterator[None]:
    """An unknown refusal is worded for a sign-in; here it is an answer that was not expected."""
    try:
        yield
    except AuthError as error:
        if error.code is not ErrorCode.REFUSED:
            raise
        failure = AuthError(ErrorCode.UNEXPECTED_ANSWER, detail=error.detail)
    else:
        return
    raise failure
