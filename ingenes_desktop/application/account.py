"""What the person who is signed in changes: the password, and codes from an authenticator app."""

from collections.abc import Callable
from typing import TypeVar

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.confirmation import not_worded_for_a_sign_in
from ingenes_desktop.application.new_password import password_in_doubt
from ingenes_desktop.application.ports import UserPool
from ingenes_desktop.application.session import Session
from ingenes_desktop.domain.account_panel import TwoStepFactors
from ingenes_desktop.domain.errors import AuthError, ErrorCode, bare
from ingenes_desktop.domain.question import AuthenticatorKey
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.verification_code import compact

_Result = TypeVar("_Result")


class AccountSettings:
    """Worker threads. Raises nothing but AuthError: with a code of ENDS_THE_SESSION the session is over.

    Each call has the session's access token renewed where it has run out.
    """

    def __init__(self, user_pool: UserPool) -> None:
        self._user_pool = user_pool

    def change_password(self, session: Session, old: Secret, new: Secret, attempt: Attempt) -> None:
        """ChangePassword. The session goes on with the tokens that it has."""
        with password_in_doubt():
            _with_access_token(
                session, lambda token: self._user_pool.change_password(token, old, new, attempt), attempt
            )

    def two_step(self, session: Session, attempt: Attempt) -> TwoStepFactors:
        """Which second factors are on."""
        return _with_access_token(
            session, lambda token: self._user_pool.get_two_step(token, attempt), attempt
        )

    def begin_authenticator(self, session: Session, account: str, attempt: Attempt) -> AuthenticatorKey:
        """A new key for an authenticator app; ``account`` is what the app will call it.

        Nothing changes for the person until :meth:`confirm_authenticator`.
        """
        token = _with_access_token(
            session,
            lambda access: self._user_pool.associate_software_token(access, account, attempt),
            attempt,
        )
        return token.key

    def confirm_authenticator(self, session: Session, code: str, attempt: Attempt) -> TwoStepFactors:
        """Hand in the app's first code, and turn its codes on. What is on after that."""
        first = Secret(compact(code))
        _with_access_token(
            session, lambda token: self._user_pool.verify_software_token(token, first, attempt), attempt
        )
        return self._turn(session, attempt, enabled=True)

    def turn_off_authenticator(self, session: Session, attempt: Attempt) -> TwoStepFactors:
        """Ask for no codes of the app any more. What is on after that.

        Raises TWO_STEP_REQUIRED where the pool does not allow it, whether it says so or not.
        """
        factors = self._turn(session, attempt, enabled=False)
        if factors.has_authenticator:
            raise AuthError(ErrorCode.TWO_STEP_REQUIRED)
        return factors

    def _turn(self, session: Session, attempt: Attempt, *, enabled: bool) -> TwoStepFactors:
        _with_access_token(
            session,
            lambda token: self._user_pool.set_software_token(token, attempt, enabled=enabled),
            attempt,
        )
        return self.two_step(session, attempt)


def _with_access_token(session: Session, call: Callable[[Secret], _Result], attempt: Attempt) -> _Result:
    try:
        with not_worded_for_a_sign_in():
            return session.with_access_token(call, attempt)
    except AuthError as error:
        failure = bare(error)
    raise failure
