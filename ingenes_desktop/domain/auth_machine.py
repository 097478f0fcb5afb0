"""The only way from one state to the next."""

from ingenes_desktop.domain.account_machine import advance_account, is_about_the_account
from ingenes_desktop.domain.auth_event import (
    AccountConfirmed,
    AnswerRefused,
    AnswerSubmitted,
    AuthEvent,
    BackAsked,
    ChallengeAsked,
    ChallengeExpired,
    CheckBegan,
    CheckFailed,
    CodeRequested,
    CodeSent,
    ConfirmationDemanded,
    ConfirmationFailed,
    ConfirmationSubmitted,
    FarEndsUntold,
    FormAbandoned,
    GivingWay,
    IdleCancelled,
    IdleWarned,
    KeepChosen,
    LastSignInLearned,
    NoticeRaised,
    OtherEmailAsked,
    RememberChosen,
    RenewalFailed,
    RenewalSucceeded,
    ResetAsked,
    ResetDemanded,
    ResetDone,
    ResetFailed,
    ResetSubmitted,
    RestoreAsked,
    RestoreFailed,
    RestoreLeft,
    ScreenCovered,
    ScreenShown,
    SessionEnded,
    SignInFailed,
    SignInStarted,
    SignInSucceeded,
    SignOutAsked,
    StepReached,
    StillHere,
    UsernameRecalled,
)
from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    ConfirmationRequired,
    Covered,
    News,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
    SigningIn,
    SigningOut,
    Unavailable,
)
from ingenes_desktop.domain.value import replace


class ImpossibleTransitionError(Exception):
    """An event came in a state in which it cannot happen."""

    def __init__(self, state: AuthState, event: AuthEvent) -> None:
        super().__init__(f"{type(event).__name__} in {type(state).__name__}")


def advance(state: AuthState, event: AuthEvent) -> AuthState:
    """The state that follows ``state`` when ``event`` happens. Pure.

    Raises :class:`ImpossibleTransitionError` for a pair that no code path may produce.
    """
    match state:
        case Covered():
            return _covered(state, event)
        case SignedOut() | SigningIn() | Restoring():
            following = _before_the_session(state, event)
        case ChallengeRequired():
            following = _asked(state, event)
        case ConfirmationRequired():
            following = _unconfirmed(state, event)
        case SignedIn() | SigningOut():
            following = _in_the_session(state, event)
        case ResetRequested() | ResetCodeSent() | PasswordChanged():
            following = _in_the_reset(state, event)
        case _:  # Unavailable
            following = None
    if following is None:
        following = _anywhere(state, event)
    if following is None:
        raise ImpossibleTransitionError(state, event)
    return following


def _anywhere(state: AuthState, event: AuthEvent) -> AuthState | None:
    """What may happen in every state, and mostly changes nothing where it was not waited for."""
    match event:
        case ScreenCovered(locked) if not isinstance(state, SigningOut | Unavailable | Covered):
            return Covered(state, locked)
        case NoticeRaised(notice) if not isinstance(state, SigningOut | Unavailable | Covered):
            # A word beside the path is kept wherever there is room for it.
            return replace(state, notice=notice)
        case ScreenCovered() | ScreenShown() | NoticeRaised() | UsernameRecalled() | FarEndsUntold():
            return state  # it came late: the person is already somewhere else
        case _:
            return None


def _covered(state: Covered, event: AuthEvent) -> AuthState:
    """Life goes on beneath the cover; when the session has ended, an unlocked screen needs none."""
    match event:
        case ScreenCovered(locked):
            return replace(state, locked=state.locked or locked, problem=None)
        case ScreenShown():
            return state.beneath
        case CheckBegan():
            return replace(state, locked=False, problem=None)
        case CheckFailed(problem):
            return replace(state, locked=False, problem=problem)
        case _:
            pass
    beneath = advance(state.beneath, event)
    if isinstance(beneath, SigningOut | Unavailable | Covered):
        return beneath
    has_left = isinstance(state.beneath, SignedIn) and not isinstance(beneath, SignedIn)
    return beneath if has_left and not state.locked else replace(state, beneath=beneath)


def _before_the_session(  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    state: SignedOut | SigningIn | Restoring, event: AuthEvent
) -> AuthState | None:
    match state, event:
        # The sign-in form.
        case SignedOut(username=""), UsernameRecalled(username):
            return replace(state, username=username, remember=True)
        case SignedOut(), RememberChosen(remember):
            return replace(state, remember=remember)
        case SignedOut(), KeepChosen(keep):
            return replace(state, keep=keep)
        case SignedOut(), FormAbandoned():
            name = state.username if state.remember else ""
            return SignedOut(name, state.remember, notice=state.notice, cleared=state.cleared + 1)
        case SignedOut(), FarEndsUntold(problem):
            return replace(state, notice=problem)
        case SignedOut(), SignInStarted(username, remember, keep):
            return SigningIn(username, remember, keep=keep)
        case SignedOut(), ResetAsked(username):
            return ResetRequested(username, state.remember, notice=state.notice, keep=state.keep)

        # The chain.
        case SigningIn(), StepReached(step):
            return replace(state, step=step) if step.value > state.step.value else state
        case SigningIn(), SignInFailed(problem):
            return SignedOut(state.username, state.remember, problem, state.notice, state.keep)
        case SigningIn(), ChallengeAsked(question, until):
            return ChallengeRequired(
                state.username, state.remember, question, until, notice=state.notice, keep=state.keep
            )
        case SigningIn(), ConfirmationDemanded() | ResetDemanded():
            return _demanded(state, event)
        case SigningIn(), SignInSucceeded(user, since, until):
            return SignedIn(
                user, state.username, state.remember, state.notice, state.keep, since=since, until=until
            )

        # A session that was kept.
        case Restoring(username=""), UsernameRecalled(username):
            return replace(state, username=username, remember=True)
        case Restoring(busy=True), RestoreFailed(problem):
            return replace(state, busy=False, problem=problem)
        case Restoring(busy=False), RestoreAsked():
            return replace(state, busy=True, problem=None)
        case Restoring(), RestoreLeft(problem):
            return SignedOut(state.username, state.remember, problem, state.notice, keep=True)
        case Restoring(busy=True), SignInSucceeded(user, since, until, username):
            name = username or state.username
            return SignedIn(user, name, state.remember, state.notice, keep=True, since=since, until=until)
        case _:
            return None


def _asked(state: ChallengeRequired, event: AuthEvent) -> AuthState | None:
    match event:
        case AnswerSubmitted() if not state.busy:
            return replace(state, busy=True, problem=None)
        case AnswerRefused(problem, until) if state.busy:
            return replace(state, until=until, busy=False, problem=problem)
        case ChallengeAsked(question, until) if state.busy:
            return replace(state, question=question, until=until, number=state.number + 1, busy=False)
        case StepReached(step) if state.busy:
            return SigningIn(state.username, state.remember, step, state.notice, state.keep)
        case SignInFailed(problem) if state.busy:
            return SignedOut(state.username, state.remember, problem, state.notice, state.keep)
        case ConfirmationDemanded() | ResetDemanded() if state.busy:
            return _demanded(state, event)
        case ChallengeExpired(problem) if not state.busy:
            return SignedOut(state.username, state.remember, problem, state.notice, state.keep)
        case _:
            return _left(state, event)


def _demanded(state: SigningIn | ChallengeRequired, event: AuthEvent) -> AuthState:
    """The password was of no use: something else comes first, and its code is on its way."""
    if isinstance(event, ResetDemanded):
        return ResetRequested(
            state.username, state.remember, busy=True, notice=state.notice, keep=state.keep, demanded=True
        )
    return ConfirmationRequired(state.username, state.remember, notice=state.notice, keep=state.keep)


def _unconfirmed(state: ConfirmationRequired, event: AuthEvent) -> AuthState | None:
    match event:
        case CodeRequested() if not state.busy:
            return replace(state, busy=True, resending=True, problem=None)
        case CodeSent(destination) if state.resending:
            return replace(state, destination=destination, sent=state.sent + 1, busy=False, resending=False)
        case ConfirmationSubmitted() if not state.busy:
            return replace(state, busy=True, problem=None)
        case ConfirmationFailed(problem) if state.busy:
            return replace(state, busy=False, resending=False, problem=problem)
        case AccountConfirmed() if state.busy:
            return SignedOut(
                state.username, state.remember, None, state.notice, state.keep, news=News.EMAIL_VERIFIED
            )
        case _:
            return _left(state, event)


def _in_the_session(  # noqa: C901, PLR0911  likewise
    state: SignedIn | SigningOut, event: AuthEvent
) -> AuthState | None:
    match state, event:
        case SignedIn(), LastSignInLearned(moment):
            return replace(state, last_sign_in=moment)
        case SignedIn(), RenewalFailed():
            return replace(state, reconnecting=True)
        case SignedIn(), RenewalSucceeded():
            return replace(state, reconnecting=False)
        case SignedIn(), IdleWarned(seconds):
            return replace(state, countdown=seconds)
        case SignedIn(), IdleCancelled():
            return replace(state, countdown=None)
        case SignedIn(), SignOutAsked(switching):
            keeps_name = state.remember and not switching
            # To stay signed in is chosen anew by whoever comes next.
            return SignedOut(state.username if keeps_name else "", state.remember)
        case SignedIn(), SessionEnded(problem, keep_name):
            keeps_name = state.remember or keep_name
            return SignedOut(state.username if keeps_name else "", state.remember, problem, keep=state.keep)
        case SignedIn(), GivingWay():
            return SigningOut()
        case SigningOut(), StillHere(problem):
            return SignedOut(problem=problem)
        case SignedIn(), _ if is_about_the_account(event):
            return advance_account(state, event)
        case _:
            return None


def _in_the_reset(  # noqa: PLR0911  likewise
    state: ResetRequested | ResetCodeSent | PasswordChanged, event: AuthEvent
) -> AuthState | None:
    match state, event:
        case ResetRequested(busy=False), CodeRequested(username):
            return replace(state, username=username, busy=True, problem=None)
        case ResetRequested(busy=True), CodeSent(destination):
            return ResetCodeSent(
                state.username,
                state.remember,
                destination,
                notice=state.notice,
                keep=state.keep,
                demanded=state.demanded,
            )
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
            return PasswordChanged(state.username, state.remember, state.notice, state.keep)
        case ResetCodeSent(), OtherEmailAsked():
            return ResetRequested(state.username, state.remember, notice=state.notice, keep=state.keep)
        case _:
            return _left(state, event)


def _left(
    state: ChallengeRequired | ConfirmationRequired | ResetRequested | ResetCodeSent | PasswordChanged,
    event: AuthEvent,
) -> AuthState | None:
    """The ways back to the form: the person's own, with the name, and nobody's, with nothing."""
    match event:
        case BackAsked():
            return SignedOut(state.username, state.remember, notice=state.notice, keep=state.keep)
        case FormAbandoned():
            return SignedOut(notice=state.notice)
        case _:
            return None
