"""The only way from one state to the next."""

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
from ingenes_desktop.domain.auth_state import (
    AuthState,
    NewPasswordRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
    Unavailable,
)
from ingenes_desktop.domain.value import replace


class ImpossibleTransitionError(Exception):
    """An event came in a state in which it cannot happen."""

    def __init__(self, state: AuthState, event: AuthEvent) -> None:
        super().__init__(f"{type(event).__name__} in {type(state).__name__}")


def advance(state: AuthState, event: AuthEvent) -> AuthState:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    """The state that follows ``state`` when ``event`` happens. Pure.

    Raises :class:`ImpossibleTransitionError` for a pair that no code path may produce.
    """
    match state, event:
        # A word beside the path is kept wherever there is room for it.
        case _, NoticeRaised(notice):
            return state if isinstance(state, Unavailable) else replace(state, notice=notice)

        # The sign-in form.
        case SignedOut(username=""), UsernameRecalled(username):
            return replace(state, username=username, remember=True)
        case _, UsernameRecalled():
            return state  # it came late: the person is already somewhere else
        case SignedOut(), RememberChosen(remember):
            return replace(state, remember=remember)
        case SignedOut(), SignInStarted(username, remember):
            return SigningIn(username, remember)
        case SignedOut(), ResetAsked(username):
            return ResetRequested(username, state.remember, notice=state.notice)

        # The chain.
        case SigningIn(), StepReached(step):
            return replace(state, step=step) if step.value > state.step.value else state
        case SigningIn(), SignInFailed(problem):
            return SignedOut(state.username, state.remember, problem, state.notice)
        case SigningIn(), NewPasswordAsked():
            return NewPasswordRequired(state.username, state.remember, notice=state.notice)
        case SigningIn(), SignInSucceeded(user):
            return SignedIn(user, state.username, state.remember, state.notice)

        # A new password, asked for by Cognito.
        case NewPasswordRequired(busy=False), NewPasswordSubmitted():
            return replace(state, busy=True, problem=None)
        case NewPasswordRequired(busy=True), NewPasswordRefused(problem):
            return replace(state, busy=False, problem=problem)
        case NewPasswordRequired(busy=True), StepReached(step):
            return SigningIn(state.username, state.remember, step, state.notice)
        case NewPasswordRequired(busy=True), SignInFailed(problem):
            return SignedOut(state.username, state.remember, problem, state.notice)
        case NewPasswordRequired(), BackAsked():
            return SignedOut(state.username, state.remember, notice=state.notice)

        # The profile.
        case SignedIn(), SignOutAsked():
            return SignedOut(state.username if state.remember else "", state.remember)

        # Reset.
        case ResetRequested(busy=False), CodeRequested(username):
            return replace(state, username=username, busy=True, problem=None)
        case ResetRequested(busy=True), CodeSent(destination):
            return ResetCodeSent(state.username, state.remember, destination, notice=state.notice)
        case ResetRequested(busy=True), ResetFailed(problem):
            return replace(state, busy=False, problem=problem)
        case ResetCodeSent(busy=False), CodeRequested():
            return replace(state, busy=True, resending=True, problem=None)
        case ResetCodeSent(busy=True), CodeSent(destination):
            return replace(state, destination=destination, sent=state.sent + 1, busy=False, resending=False)
        case ResetCodeSent(busy=False), ResetSubmitted():
            return replace(state, busy=True, problem=None)
        case ResetCodeSent(busy=True), ResetFailed(problem):
            return replace(state, busy=False, resending=False, problem=problem)
        case ResetCodeSent(busy=True, resending=False), ResetDone():
            return PasswordChanged(state.username, state.remember, state.notice)
        case ResetCodeSent(), OtherEmailAsked():
            return ResetRequested(state.username, state.remember, notice=state.notice)
        case ((ResetRequested() | ResetCodeSent() | PasswordChanged()), BackAsked()):
            return SignedOut(state.username, state.remember, notice=state.notice)
        case _:
            raise ImpossibleTransitionError(state, event)
