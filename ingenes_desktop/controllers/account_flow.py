"""What the person who is signed in changes: the password, and two-step verification."""

from collections.abc import Callable
from typing import TypeVar

from PySide6.QtCore import QObject, Slot

from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import ENDS_THE_SESSION
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.leaving import Leaving
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_event import (
    AuthenticatorKeyGiven,
    AuthenticatorLeft,
    AuthEvent,
    PanelLeft,
    PasswordChangeAsked,
    PasswordChangeDone,
    PasswordChangeFailed,
    PasswordChangeSubmitted,
    TwoStepAsked,
    TwoStepFailed,
    TwoStepKnown,
    TwoStepSubmitted,
)
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.secret import Secret

_Result = TypeVar("_Result")
_Call = Callable[[AccountSettings, Session, Attempt], _Result]


class AccountFlow(QObject):
    """Each slot is a wish; one that does not fit the state is ignored. UI thread only.

    One call at a time, on the lane of the chain, which is free while somebody is signed in. Whoever
    leaves a panel, and a session that ends, leave the call behind: its answer is heard by nobody.
    """

    def __init__(
        self,
        holder: StateHolder,
        chain: ChainLane,
        services: Callable[[], Services],
        monitor: SessionMonitor,
        leaving: Leaving,
        outstanding: Outstanding,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._chain = chain
        self._services = services
        self._monitor = monitor
        self._leaving = leaving
        self._outstanding = outstanding
        monitor.released.connect(self._drop)

    @Slot()
    def leave_panel(self) -> None:
        """Back to the profile."""
        if self._panel() is not None:
            self._leave()

    # -- the password

    @Slot()
    def open_password_change(self) -> None:
        """Ask for the old password and the new one."""
        if self._is_at_the_profile():
            self._holder.apply(PasswordChangeAsked())

    @Slot(object, object)
    def change_password(self, old: Secret, new: Secret) -> None:
        """Have the password changed. Sent once."""
        panel = self._panel()
        if isinstance(panel, PasswordChange) and not panel.busy and not panel.done:
            self._run(
                PasswordChangeSubmitted(),
                lambda account, session, attempt: account.change_password(session, old, new, attempt),
                lambda _nothing: PasswordChangeDone(),
                PasswordChangeFailed,
            )

    # -- two-step verification

    @Slot()
    def open_two_step(self) -> None:
        """Read what is on; "Try again" too, where that could not be read."""
        panel = self._panel()
        may_read_again = isinstance(panel, TwoStep) and not panel.busy and panel.key is None
        if may_read_again or self._is_at_the_profile():
            self._read_two_step()

    @Slot()
    def set_up_authenticator(self) -> None:
        """Ask for a key for an authenticator app."""
        state = self._holder.state
        if isinstance(state, SignedIn) and self._settled_factors() is not None:
            name = state.user.email or state.username
            self._run_two_step(
                lambda account, session, attempt: account.begin_authenticator(session, name, attempt),
                AuthenticatorKeyGiven,
            )

    @Slot(str)
    def confirm_authenticator(self, code: str) -> None:
        """Hand in the app's first code."""
        panel = self._panel()
        if isinstance(panel, TwoStep) and panel.key is not None and not panel.busy:
            self._run_two_step(
                lambda account, session, attempt: account.confirm_authenticator(session, code, attempt),
                TwoStepKnown,
            )

    @Slot()
    def leave_authenticator(self) -> None:
        """Break the set-up off; a code that was sent may be taken all the same, so look what is on."""
        panel = self._panel()
        if isinstance(panel, TwoStep) and panel.key is not None:
            if panel.busy or panel.problem is not None:
                self._drop()
                self._read_two_step()
            else:
                self._holder.apply(AuthenticatorLeft())

    @Slot()
    def turn_off_authenticator(self) -> None:
        """Ask for no codes of an app any more."""
        factors = self._settled_factors()
        if factors is not None and factors.has_authenticator:
            self._run_two_step(
                lambda account, session, attempt: account.turn_off_authenticator(session, attempt),
                TwoStepKnown,
            )

    @Slot()
    def forget_key(self) -> None:
        """The window is covered: a key that was shown, or is on its way, is not shown again."""
        state = self._holder.beneath
        if isinstance(state, SignedIn) and isinstance(state.panel, TwoStep):
            self._leave()

    # -- inside

    def _panel(self) -> Panel | None:
        state = self._holder.state
        return state.panel if isinstance(state, SignedIn) else None

    def _is_at_the_profile(self) -> bool:
        state = self._holder.state
        return isinstance(state, SignedIn) and state.panel is None

    def _settled_factors(self) -> TwoStepFactors | None:
        """What is on, while nothing is being changed about it."""
        match self._panel():
            case TwoStep(factors=factors, busy=False, key=None):
                return factors
            case _:
                return None

    def _leave(self) -> None:
        self._drop()
        self._holder.apply(PanelLeft())

    def _read_two_step(self) -> None:
        self._run(
            TwoStepAsked(),
            lambda account, session, attempt: account.two_step(session, attempt),
            TwoStepKnown,
            TwoStepFailed,
        )

    def _run_two_step(self, call: _Call[_Result], done: Callable[[_Result], AuthEvent]) -> None:
        self._run(TwoStepSubmitted(), call, done, TwoStepFailed)

    def _run(
        self,
        begun: AuthEvent,
        call: _Call[_Result],
        done: Callable[[_Result], AuthEvent],
        failed: Callable[[Problem], AuthEvent],
    ) -> None:
        session = self._monitor.session
        if session is None:
            return
        self._holder.apply(begun)
        attempt = self._chain.new_chain_attempt()

        def not_done(error: AuthError) -> None:
            if error.code in ENDS_THE_SESSION:
                self._leaving.end(error, keep_name=True)
            else:
                self._holder.apply(failed(self._holder.problem(error)))

        # It may have asked for new tokens, and the window waits for those.
        self._outstanding.expect()
        self._chain.run(
            attempt,
            lambda: call(self._services().account, session, attempt),
            on_done=lambda result: self._holder.apply(done(result)),
            on_failed=not_done,
            on_settled=self._outstanding.settled,
        )

    @Slot()
    def _drop(self) -> None:
        self._chain.drop()
