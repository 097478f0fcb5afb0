"""Resetting a forgotten password: ask for a code, hand it in with the new password."""

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.confirmation import not_worded_for_a_sign_in
from ingenes_desktop.application.new_password import password_in_doubt
from ingenes_desktop.application.ports import UserPool
from ingenes_desktop.domain.models import CodeDelivery
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.verification_code import compact


class PasswordReset:
    """Worker thread. Raises nothing but AuthError."""

    def __init__(self, user_pool: UserPool) -> None:
        self._user_pool = user_pool

    def send_code(self, username: str, attempt: Attempt) -> CodeDelivery:
        """Ask Cognito to send a code. It says "sent" for unknown accounts too, and so do we."""
        with not_worded_for_a_sign_in():
            return self._user_pool.forgot_password(username, attempt)

    def confirm(self, username: str, code: str, new_password: Secret, attempt: Attempt) -> None:
        """Change the password. Cognito checks the code only together with the password."""
        with not_worded_for_a_sign_in(), password_in_doubt():
            self._user_pool.confirm_forgot_password(username, compact(code), new_password, attempt)
