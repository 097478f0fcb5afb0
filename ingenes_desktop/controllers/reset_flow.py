"""Resetting a forgotten password, from the person's side."""

from collections.abc import Callable

from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.auth_event import (
    CodeRequested,
    CodeSent,
    OtherEmailAsked,
    ResetAsked,
    ResetDemanded,
    ResetDone,
    ResetFailed,
    ResetSubmitted,
)
from ingenes_desktop.domain.auth_state import ResetCodeSent, ResetRequested, SignedOut
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.models import CodeDelivery
from ingenes_desktop.domain.secret import Secret


class ResetFlow:
    """Each method is a wish, but :meth:`begin_demanded`; one that does not fit is ignored. UI thread only."""

    def __init__(self, holder: StateHolder, chain: ChainLane, services: Callable[[], Services]) -> None:
        self._holder = holder
        self._chain = chain
        self._services = services

    def begin(self, username: str) -> None:
        """Open the reset with the email that was typed."""
        if isinstance(self._holder.state, SignedOut):
            self._holder.apply(ResetAsked(username))

    def begin_demanded(self) -> None:
        """Cognito lets nobody in without a reset: have a code sent, once."""
        self._holder.apply(ResetDemanded())
        state = self._holder.beneath
        if isinstance(state, ResetRequested):
            self._send_code(state.username)

    def request_code(self, username: str) -> None:
        """Have a code sent to ``username``."""
        state = self._holder.state
        if isinstance(state, ResetRequested) and not state.busy:
            self._holder.apply(CodeRequested(username))
            self._send_code(username)

    def resend_code(self) -> None:
        """Have another code sent."""
        state = self._holder.state
        if isinstance(state, ResetCodeSent) and not state.busy:
            self._holder.apply(CodeRequested(state.username))
            self._send_code(state.username)

    def submit(self, code: str, password: Secret) -> None:
        """Hand in the code and the new password."""
        state = self._holder.state
        if not isinstance(state, ResetCodeSent) or state.busy:
            return
        username = state.username
        self._holder.apply(ResetSubmitted())
        attempt = self._chain.new_attempt()
        self._chain.run(
            attempt,
            lambda: self._services().password_reset.confirm(username, code, password, attempt),
            on_done=lambda _nothing: self._holder.apply(ResetDone()),
            on_failed=self._failed,
        )

    def use_other_email(self) -> None:
        """Back to the first step."""
        if isinstance(self._holder.state, ResetCodeSent):
            self._chain.drop()
            self._holder.apply(OtherEmailAsked())

    def _send_code(self, username: str) -> None:
        attempt = self._chain.new_attempt()

        def sent(delivery: CodeDelivery) -> None:
            self._holder.apply(CodeSent(delivery.destination))

        self._chain.run(
            attempt,
            lambda: self._services().password_reset.send_code(username, attempt),
            on_done=sent,
            on_failed=self._failed,
        )

    def _failed(self, error: AuthError) -> None:
        self._holder.apply(ResetFailed(self._holder.problem(error)))
