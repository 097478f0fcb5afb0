"""What the account's panels become, beside the profile. Part of ``advance``."""

from typing import get_args

from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep
from ingenes_desktop.domain.auth_event import (
    AccountEvent,
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
from ingenes_desktop.domain.value import replace

_EVENTS = get_args(AccountEvent)


def is_about_the_account(event: AuthEvent) -> bool:
    """Whether ``event`` is one of a panel's."""
    return isinstance(event, _EVENTS)


def advance_account(state: SignedIn, event: AuthEvent) -> SignedIn | None:
    """What follows for whoever is signed in; None for a pair that is no panel's. Pure."""
    match event:
        case PanelLeft():
            return replace(state, panel=None)
        case PasswordChangeAsked() if state.panel is None:
            return replace(state, panel=PasswordChange())
        case TwoStepAsked() if state.panel is None or isinstance(state.panel, TwoStep):
            return replace(state, panel=TwoStep())
        case _:
            panel = None if state.panel is None else _advance_panel(state.panel, event)
            return None if panel is None else replace(state, panel=panel)


def _advance_panel(panel: Panel, event: AuthEvent) -> Panel | None:  # noqa: PLR0911  one table, read from top to bottom
    match panel, event:
        case PasswordChange(busy=False, done=False), PasswordChangeSubmitted():
            return PasswordChange(busy=True)
        case PasswordChange(busy=True), PasswordChangeFailed(problem):
            return PasswordChange(problem=problem)
        case PasswordChange(busy=True), PasswordChangeDone():
            return PasswordChange(done=True)
        case TwoStep(busy=False), TwoStepSubmitted():
            return replace(panel, busy=True, problem=None)
        case TwoStep(busy=True), TwoStepKnown(factors):
            return TwoStep(factors, busy=False)
        case TwoStep(busy=True), AuthenticatorKeyGiven(key):
            return replace(panel, key=key, busy=False, problem=None)
        case TwoStep(busy=True), TwoStepFailed(problem):
            return replace(panel, busy=False, problem=problem)
        case TwoStep(key=key), AuthenticatorLeft() if key is not None:
            return TwoStep(panel.factors, busy=False)
        case _:
            return None
