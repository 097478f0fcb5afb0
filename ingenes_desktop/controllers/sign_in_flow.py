"""Signing in with a password, from the person's side."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ending import Ending
from ingenes_desktop.application.outcome import Accepted, Asked, Refused, SignInOutcome, StillAsked
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.entrance import Entrance
from ingenes_desktop.controllers.open_challenge import OpenChallenge
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.auth_event import (
    AnswerRefused,
    AnswerSubmitted,
    ChallengeAsked,
    ChallengeExpired,
    SignInFailed,
    SignInStarted,
    StepReached,
)
from ingenes_desktop.domain.auth_state import ChallengeRequired, SignedOut, SigningIn, SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.question import UnsupportedQuestion
from ingenes_desktop.domain.secret import Secret

_DRAW_STEP_AFTER_MILLISECONDS = 10


class SignInFlow(QObject):
    """Runs the chain and the questions in its middle; a wish that does not fit is ignored. UI thread only.

    Signals: what must come first for whoever was refused: ``confirmation_demanded`` (the account was
    never confirmed), ``reset_demanded`` (the password is to be reset).
    """

    confirmation_demanded = Signal()
    reset_demanded = Signal()

    def __init__(
        self,
        holder: StateHolder,
        chain: ChainLane,
        services: Callable[[], Services],
        entrance: Entrance,
        monitor: SessionMonitor,
        outstanding: Outstanding,
        question: OpenChallenge,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._chain = chain
        self._services = services
        self._entrance = entrance
        self._monitor = monitor
        self._outstanding = outstanding
        self._question = question
        question.expired.connect(self._expire)
        self._step: tuple[Attempt, SignInStep] | None = None
        # A step is drawn when the worker waits for its answer: until the request has gone out, the two
        # would take the interpreter's lock from each other.
        self._step_timer = QTimer(self, singleShot=True, interval=_DRAW_STEP_AFTER_MILLISECONDS)
        self._step_timer.timeout.connect(self._show_step)

    def sign_in(self, username: str, password: Secret | None, *, remember: bool, keep: bool) -> None:
        """Run the chain for ``username``; without a password only where the flow is USER_AUTH."""
        if isinstance(self._holder.state, SignedOut):
            self._holder.apply(SignInStarted(username, remember, keep))
            attempt = self._chain.new_chain_attempt(self._step_reached)
            self._run(attempt, lambda: self._services().sign_in.run(username, password, attempt))

    def answer(self, answer: Answer) -> None:
        """Answer what Cognito asks, then go on with the chain."""
        self._question.look()
        state, challenge = self._holder.state, self._question.challenge
        if isinstance(state, ChallengeRequired) and not state.busy and challenge is not None:
            self._holder.apply(AnswerSubmitted())
            attempt = self._chain.new_chain_attempt(self._step_reached)
            self._run(attempt, lambda: self._services().sign_in.answer(challenge, answer, attempt))

    @Slot()
    def cancel(self) -> None:
        """Give the running attempt up; the next may start at once."""
        if isinstance(self._holder.state, SigningIn):
            self.drop()
            self._holder.apply(SignInFailed(self._holder.problem(AuthError(ErrorCode.CANCELLED))))

    def drop(self) -> None:
        """End whatever runs, and forget what was asked, without a word."""
        self._chain.drop()
        self._question.forget()

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
                self._question.forget()
                self._entrance.enter(session, user, found)
            case Asked(challenge):
                question = challenge.question
                assert not isinstance(question, UnsupportedQuestion)  # noqa: S101  that is Refused
                self._holder.apply(ChallengeAsked(question, self._question.begin(challenge)))
            case StillAsked(challenge, error):
                until = self._question.begin(challenge)
                self._holder.apply(AnswerRefused(self._holder.problem(error), until))
                self._question.look()  # its time may have run out meanwhile
            case Refused(error):
                self._undo(outcome)
                self._refused(error)

    def _refused(self, error: AuthError) -> None:
        self._question.forget()
        match error.code:
            case ErrorCode.NOT_CONFIRMED:
                self.confirmation_demanded.emit()
            case ErrorCode.RESET_REQUIRED:
                self.reset_demanded.emit()
            case _:
                self._failed(error)

    def _failed(self, error: AuthError) -> None:
        self._show_step()
        self._question.forget()
        self._holder.apply(SignInFailed(self._holder.problem(error)))

    @Slot()
    def _expire(self) -> None:
        # An answer that is under way comes to its own end first.
        state = self._holder.beneath
        if isinstance(state, ChallengeRequired) and not state.busy:
            self.drop()
            problem = self._holder.problem(AuthError(ErrorCode.CHALLENGE_EXPIRED))
            self._holder.apply(ChallengeExpired(problem))

    def _undo(self, outcome: SignInOutcome) -> None:
        """End what a failed or dropped chain left open."""
        match outcome:
            case Accepted(session) | Refused(_, session) if session is not None:
                self._monitor.end(session, Ending.HERE)
            case _:
                pass

    def _step_reached(self, attempt: Attempt, step: SignInStep) -> None:
        # The first step is where everybody begins, and an answer stays in it until it is taken.
        is_waited_for = isinstance(self._holder.beneath, SigningIn | ChallengeRequired)
        if is_waited_for and step is not SignInStep.PASSWORD and self._chain.is_current(attempt):
            self._step = attempt, step
            self._step_timer.start()

    @Slot()
    def _show_step(self) -> None:
        waiting, self._step = self._step, None
        if waiting is not None and self._chain.is_current(waiting[0]):
            self._holder.apply(StepReached(waiting[1]))
