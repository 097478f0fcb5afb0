"""Signing in with a password, from the person's side."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import Ending
from ingenes_desktop.application.outcome import Accepted, NewPasswordNeeded, Refused, SignInOutcome
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.entrance import Entrance
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.auth_event import (
    BackAsked,
    NewPasswordAsked,
    NewPasswordRefused,
    NewPasswordSubmitted,
    SignInFailed,
    SignInStarted,
    StepReached,
)
from ingenes_desktop.domain.auth_state import NewPasswordRequired, SignedOut, SigningIn, SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.secret import Secret

if TYPE_CHECKING:
    from ingenes_desktop.domain.models import Challenge

_DRAW_STEP_AFTER_MILLISECONDS = 10
# Refusals of a new password that leave the question open: another password may be tried.
_QUESTION_STANDS = frozenset(
    {
        ErrorCode.PASSWORD_POLICY,
        ErrorCode.PASSWORD_HISTORY,
        ErrorCode.NO_NETWORK,
        ErrorCode.BUSY,
        ErrorCode.TLS_REFUSED,
        ErrorCode.TLS_INSPECTED,
        ErrorCode.CAPTIVE_PORTAL,
        ErrorCode.PROXY_AUTHENTICATION,
    }
)


class SignInFlow(QObject):
    """Runs the chain and the question in its middle; a wish that does not fit is ignored. UI thread only."""

    def __init__(
        self,
        holder: StateHolder,
        chain: ChainLane,
        services: Callable[[], Services],
        entrance: Entrance,
        monitor: SessionMonitor,
        outstanding: Outstanding,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._chain = chain
        self._services = services
        self._entrance = entrance
        self._monitor = monitor
        self._outstanding = outstanding
        self._challenge: Challenge | None = None
        self._step: tuple[Attempt, SignInStep] | None = None
        # A step is drawn when the worker waits for its answer: until the request has gone out, the two
        # would take the interpreter's lock from each other.
        self._step_timer = QTimer(self, singleShot=True, interval=_DRAW_STEP_AFTER_MILLISECONDS)
        self._step_timer.timeout.connect(self._show_step)

    def sign_in(self, username: str, password: Secret, *, remember: bool, keep: bool) -> None:
        """Run the chain for ``username``."""
        if isinstance(self._holder.state, SignedOut):
            self._holder.apply(SignInStarted(username, remember, keep))
            attempt = self._chain.new_chain_attempt(self._step_reached)
            self._run(attempt, lambda: self._services().sign_in.run(username, password, attempt))

    def submit_new_password(self, password: Secret) -> None:
        """Answer NEW_PASSWORD_REQUIRED, then go on with the chain."""
        state, challenge = self._holder.state, self._challenge
        if isinstance(state, NewPasswordRequired) and not state.busy and challenge is not None:
            self._holder.apply(NewPasswordSubmitted())
            attempt = self._chain.new_chain_attempt(self._step_reached)
            self._run(
                attempt, lambda: self._services().sign_in.answer_new_password(challenge, password, attempt)
            )

    def cancel(self) -> None:
        """Give the running attempt up; the next may start at once."""
        if isinstance(self._holder.state, SigningIn):
            self.drop()
            self._holder.apply(SignInFailed(self._holder.problem(AuthError(ErrorCode.CANCELLED))))

    @Slot()
    def give_up(self) -> None:
        """Whoever waited has left: end what may still bring a session."""
        self.cancel()
        state = self._holder.state
        if isinstance(state, NewPasswordRequired):
            self.drop()
            self._holder.apply(BackAsked())

    def drop(self) -> None:
        """End whatever runs, without a word."""
        self._chain.drop()
        self._challenge = None

    def _run(self, attempt: Attempt, call: Callable[[], SignInOutcome]) -> None:
        # Until the call has returned it may bring a session home, and the window waits for that.
        self._outstanding.expect()
        self._chain.run(
            attempt,
            call,
            on_done=self._ended,
            on_failed=self._failed,
            on_late=self._undo,
            on_settled=self._outstanding.settled,
        )

    def _ended(self, outcome: SignInOutcome) -> None:
        self._show_step()
        match outcome:
            case Accepted(session, user, found):
                self._challenge = None
                self._entrance.enter(session, user, found)
            case NewPasswordNeeded(challenge):
                self._challenge = challenge
                self._holder.apply(NewPasswordAsked())
            case Refused(error):
                self._undo(outcome)
                self._failed(error)

    def _failed(self, error: AuthError) -> None:
        self._show_step()
        problem = self._holder.problem(error)
        if isinstance(self._holder.beneath, NewPasswordRequired) and error.code in _QUESTION_STANDS:
            self._holder.apply(NewPasswordRefused(problem))
            return
        self._challenge = None
        self._holder.apply(SignInFailed(problem))

    def _undo(self, outcome: SignInOutcome) -> None:
        """End what a failed or dropped chain left open."""
        match outcome:
            case Accepted(session) | Refused(_, session) if session is not None:
                self._monitor.end(session, Ending.HERE)
            case _:
                pass

    def _step_reached(self, attempt: Attempt, step: SignInStep) -> None:
        if self._chain.is_current(attempt) and isinstance(
            self._holder.beneath, SigningIn | NewPasswordRequired
        ):
            self._step = attempt, step
            self._step_timer.start()

    @Slot()
    def _show_step(self) -> None:
        waiting, self._step = self._step, None
        if waiting is not None and self._chain.is_current(waiting[0]):
            self._holder.apply(StepReached(waiting[1]))
