"""Intents in, one state out."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import Property, QObject, QTimer, Signal, Slot

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.outcome import Accepted, NewPasswordNeeded, Refused, SignInOutcome
from ingenes_desktop.application.ports import UsernameStore
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.background import Background, Job, Lane
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.username_memory import UsernameMemory
from ingenes_desktop.domain.auth_event import (
    AuthEvent,
    BackAsked,
    CodeRequested,
    CodeSent,
    NewPasswordAsked,
    NewPasswordRefused,
    NewPasswordSubmitted,
    NoticeRaised,
    OtherEmailAsked,
    RememberChosen,
    ResetAsked,
    ResetDone,
    ResetFailed,
    ResetSubmitted,
    SignInFailed,
    SignInStarted,
    SignInSucceeded,
    SignOutAsked,
    StepReached,
    UsernameRecalled,
)
from ingenes_desktop.domain.auth_machine import advance
from ingenes_desktop.domain.auth_state import (
    AuthState,
    NewPasswordRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.event_log import record, record_problem
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.models import Challenge, CodeDelivery
from ingenes_desktop.domain.secret import Secret

_Result = TypeVar("_Result")

WARM_UP_AGAIN_SECONDS = 15.0
_OVERDUE_AFTER_SECONDS = 1.0
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


class AuthController(QObject):
    """Holds the state, runs the chain on a worker lane, and drops what comes home late.

    Lives on the UI thread; every slot is called there and returns at once. An intent that does not fit
    the state (a second click on its way) is ignored. ``clock`` counts seconds monotonically.
    """

    state_changed = Signal(object)
    finished = Signal()
    """After :meth:`shut_down`: nothing is left to wait for."""

    def __init__(
        self,
        *,
        initial: AuthState,
        services: Callable[[], Services],
        background: Background,
        username_store: UsernameStore | None,
        limits: Limits,
        clock: Callable[[], float],
        new_reference: Callable[[], str],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._state = initial
        self._services = services
        self._background = background
        self._limits = limits
        self._clock = clock
        self._new_reference = new_reference
        self._attempt: Attempt | None = None
        self._job: Job[object] | None = None
        self._challenge: Challenge | None = None
        self._monitor = SessionMonitor(background, limits, clock, self)
        self._memory = UsernameMemory(background, username_store, limits, self)
        self._memory.recalled.connect(self._recalled)
        self._memory.unavailable.connect(self._cannot_remember)
        self._warmed_up_at: float | None = None
        self._somebody_types = False
        self._is_closing = False
        self._step: SignInStep | None = None
        # A step is drawn when the worker waits for its answer: until the request has gone out, the two
        # would take the interpreter's lock from each other.
        self._step_timer = QTimer(self)
        self._step_timer.setSingleShot(True)
        self._step_timer.setInterval(_DRAW_STEP_AFTER_MILLISECONDS)
        self._step_timer.timeout.connect(self._show_step)

    def _get_state(self) -> object:
        return self._state

    if TYPE_CHECKING:
        # To the type checker a Qt property is no property.
        @property
        def state(self) -> AuthState:
            """The present state."""
    else:
        state = Property(object, _get_state, notify=state_changed)

    # ------------------------------------------------------------------------------ the sign-in form

    @Slot()
    def start(self) -> None:
        """Begin the work behind the first paint: recall the username, import, connect."""
        if isinstance(self._state, SignedOut):
            self._memory.recall()
            self.warm_up()

    @Slot()
    def note_typing(self) -> None:
        """Somebody types: a name that the keyring gives from now on is not theirs to be given."""
        self._somebody_types = True
        self.warm_up()

    @Slot()
    def warm_up(self) -> None:
        """Open connections and fetch the key set, at most every 15 seconds."""
        now = self._clock()
        if self._warmed_up_at is None or now - self._warmed_up_at >= WARM_UP_AGAIN_SECONDS:
            self._warmed_up_at = now
            attempt = self._new_attempt()
            self._background.run(
                Lane.WARM_UP,
                lambda: self._services().warm_up(attempt),
                on_done=lambda _nothing: None,
                on_failed=lambda _error: None,
                overdue_seconds=self._limits.attempt,
            )

    @Slot(bool)
    def set_remember(self, remember: bool) -> None:
        """The check box was clicked; unticking forgets at once."""
        if isinstance(self._state, SignedOut):
            self._apply(RememberChosen(remember))
            if not remember:
                self._memory.forget()

    @Slot(str, object, bool)
    def sign_in(self, username: str, password: Secret, remember: bool) -> None:
        """Run the chain for ``username``."""
        if not isinstance(self._state, SignedOut) or self._is_closing:
            return
        self._apply(SignInStarted(username, remember))
        attempt = self._chain_attempt()
        self._run_chain(attempt, lambda: self._services().sign_in.run(username, password, attempt))

    @Slot()
    def cancel(self) -> None:
        """Give the running attempt up; the next may start at once."""
        if isinstance(self._state, SigningIn):
            self._drop_job()
            self._challenge = None
            self._apply(SignInFailed(self._problem(AuthError(ErrorCode.CANCELLED))))

    @Slot(object)
    def submit_new_password(self, password: Secret) -> None:
        """Answer NEW_PASSWORD_REQUIRED, then go on with the chain."""
        challenge = self._challenge
        if not isinstance(self._state, NewPasswordRequired) or self._state.busy or challenge is None:
            return
        self._apply(NewPasswordSubmitted())
        attempt = self._chain_attempt()
        self._run_chain(
            attempt, lambda: self._services().sign_in.answer_new_password(challenge, password, attempt)
        )

    # -------------------------------------------------------------------------------------- the reset

    @Slot(str)
    def forgot_password(self, username: str) -> None:
        """Open the reset with the email that was typed."""
        if isinstance(self._state, SignedOut):
            self._apply(ResetAsked(username))

    @Slot(str)
    def request_code(self, username: str) -> None:
        """Have a code sent to ``username``."""
        if isinstance(self._state, ResetRequested) and not self._state.busy:
            self._send_code(username)

    @Slot()
    def resend_code(self) -> None:
        """Have another code sent."""
        if isinstance(self._state, ResetCodeSent) and not self._state.busy:
            self._send_code(self._state.username)

    @Slot(str, object)
    def reset_password(self, code: str, password: Secret) -> None:
        """Hand in the code and the new password."""
        if not isinstance(self._state, ResetCodeSent) or self._state.busy:
            return
        username = self._state.username
        self._apply(ResetSubmitted())
        attempt = self._new_attempt()
        self._run(
            attempt,
            lambda: self._services().password_reset.confirm(username, code, password, attempt),
            on_done=lambda _nothing: self._apply(ResetDone()),
            on_failed=self._reset_failed,
        )

    @Slot()
    def use_other_email(self) -> None:
        """Back to the first step of the reset."""
        if isinstance(self._state, ResetCodeSent):
            self._drop_job()
            self._apply(OtherEmailAsked())

    @Slot()
    def go_back(self) -> None:
        """Back to the sign-in form, from the reset or from the new password."""
        if isinstance(self._state, NewPasswordRequired | ResetRequested | ResetCodeSent | PasswordChanged):
            self._drop_job()
            self._challenge = None
            self._apply(BackAsked())

    # ------------------------------------------------------------------------------------ the session

    @Slot()
    def sign_out(self) -> None:
        """The form is back at once; what the far ends must be told happens behind it."""
        if isinstance(self._state, SignedIn):
            record("sign_out")
            self._monitor.end(everywhere=True)
            self._apply(SignOutAsked())

    @Slot()
    def shut_down(self) -> None:
        """The window has gone: end what is open, within the time that closing may take.

        ``finished`` follows, at the latest after ``limits.tidy_up_on_quit``.
        """
        if self._is_closing:
            return
        self._is_closing = True
        self._drop_job()
        self._monitor.idle.connect(self.finished)
        QTimer.singleShot(round(self._limits.tidy_up_on_quit * 1000), self, self.finished.emit)
        self._monitor.shut_down()

    # ---------------------------------------------------------------------------------------- inside

    def _run_chain(self, attempt: Attempt, call: Callable[[], SignInOutcome]) -> None:
        # Until the call has returned it may bring a session home, and the window waits for that.
        self._monitor.expect()
        self._run(
            attempt,
            call,
            on_done=self._chain_ended,
            on_failed=self._chain_failed,
            on_late=self._undo,
            on_settled=self._monitor.settled,
        )

    def _chain_ended(self, outcome: SignInOutcome) -> None:
        self._show_step()
        match outcome:
            case Accepted(session, user, found):
                self._challenge = None
                self._monitor.begin(session, found)
                self._apply(SignInSucceeded(user))
                if isinstance(self._state, SignedIn):
                    self._memory.keep(self._state.username if self._state.remember else None)
            case NewPasswordNeeded(challenge):
                self._challenge = challenge
                self._apply(NewPasswordAsked())
            case Refused(error):
                self._undo(outcome)
                self._chain_failed(error)

    def _chain_failed(self, error: AuthError) -> None:
        self._show_step()
        problem = self._problem(error)
        if isinstance(self._state, NewPasswordRequired) and error.code in _QUESTION_STANDS:
            self._apply(NewPasswordRefused(problem))
            return
        self._challenge = None
        self._apply(SignInFailed(problem))

    def _undo(self, outcome: SignInOutcome) -> None:
        """End what a failed or dropped chain left open."""
        match outcome:
            case Accepted(session) | Refused(_, session) if session is not None:
                self._monitor.tidy_up(session, everywhere=False)
            case _:
                pass

    def _send_code(self, username: str) -> None:
        self._apply(CodeRequested(username))
        attempt = self._new_attempt()

        def sent(delivery: CodeDelivery) -> None:
            self._apply(CodeSent(delivery.destination))

        self._run(
            attempt,
            lambda: self._services().password_reset.send_code(username, attempt),
            on_done=sent,
            on_failed=self._reset_failed,
        )

    def _reset_failed(self, error: AuthError) -> None:
        self._apply(ResetFailed(self._problem(error)))

    def _run(
        self,
        attempt: Attempt,
        call: Callable[[], _Result],
        *,
        on_done: Callable[[_Result], None],
        on_failed: Callable[[AuthError], None],
        on_late: Callable[[_Result], None] | None = None,
        on_settled: Callable[[], None] | None = None,
    ) -> None:
        self._attempt = attempt
        job = self._background.run(
            Lane.CHAIN,
            call,
            on_done=on_done,
            on_failed=on_failed,
            on_late=on_late,
            on_settled=on_settled,
            overdue_seconds=attempt.total_seconds + _OVERDUE_AFTER_SECONDS,
        )
        self._job = job  # type: ignore[assignment]  # only abandoned through this name

    def _drop_job(self) -> None:
        self._step = None
        if self._attempt is not None:
            self._attempt.cancel()
            self._attempt = None
        if self._job is not None:
            self._job.abandon()
            self._job = None

    def _new_attempt(self) -> Attempt:
        return Attempt(clock=self._clock, step_seconds=self._limits.step, total_seconds=self._limits.step)

    def _chain_attempt(self) -> Attempt:
        def on_step(step: SignInStep) -> None:
            self._background.post(lambda: self._step_reached(attempt, step))

        attempt = Attempt(
            clock=self._clock,
            step_seconds=self._limits.step,
            total_seconds=self._limits.attempt,
            on_step=on_step,
        )
        return attempt

    def _step_reached(self, attempt: Attempt, step: SignInStep) -> None:
        if attempt is self._attempt and isinstance(self._state, SigningIn | NewPasswordRequired):
            self._step = step
            self._step_timer.start()

    @Slot()
    def _show_step(self) -> None:
        step, self._step = self._step, None
        if step is not None:
            self._apply(StepReached(step))

    @Slot(str)
    def _recalled(self, username: str) -> None:
        if not self._somebody_types:
            self._apply(UsernameRecalled(username))

    @Slot(object)
    def _cannot_remember(self, error: AuthError) -> None:
        self._apply(NoticeRaised(self._problem(error)))

    def _problem(self, error: AuthError) -> Problem:
        problem = Problem.of(error, self._new_reference())
        record_problem(problem)
        return problem

    def _apply(self, event: AuthEvent) -> None:
        following = advance(self._state, event)
        if following != self._state:
            self._state = following
            self.state_changed.emit(following)
