"""Confirming an account whose email was never verified, from the person's side."""

from collections.abc import Callable

from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.auth_event import (
    AccountConfirmed,
    CodeRequested,
    CodeSent,
    ConfirmationDemanded,
    ConfirmationFailed,
    ConfirmationSubmitted,
)
from ingenes_desktop.domain.auth_state import ConfirmationRequired
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.models import CodeDelivery


class ConfirmationFlow:
    """Each method is a wish, but :meth:`begin`; one that does not fit is ignored. UI thread only.

    Afterwards the person signs in anew: the password is not kept meanwhile.
    """

    def __init__(self, holder: StateHolder, chain: ChainLane, services: Callable[[], Services]) -> None:
        self._holder = holder
        self._chain = chain
        self._services = services

    def begin(self) -> None:
        """Cognito has let nobody in: have a code sent, once."""
        self._holder.apply(ConfirmationDemanded())
        state = self._holder.beneath
        if isinstance(state, ConfirmationRequired):
            self._send_code(state.username)

    def resend_code(self) -> None:
        """Have another code sent."""
        state = self._holder.state
        if isinstance(state, ConfirmationRequired) and not state.busy:
            self._holder.apply(CodeRequested(state.username))
            self._send_code(state.username)

    def submit(self, code: str) -> None:
        """Hand in the code."""
        state = self._holder.state
        if not isinstance(state, ConfirmationRequired) or state.busy:
            return
        username = state.username
        self._holder.apply(ConfirmationSubmitted())
        attempt = self._chain.new_attempt()
        self._chain.run(
            attempt,
            lambda: self._services().confirmation.confirm(username, code, attempt),
            on_done=lambda _nothing: self._holder.apply(AccountConfirmed()),
            on_failed=self._failed,
        )

    def _send_code(self, username: str) -> None:
        attempt = self._chain.new_attempt()

        def sent(delivery: CodeDelivery | None) -> None:
            # None: confirmed meanwhile, by an administrator or at another desk.
            self._holder.apply(AccountConfirmed() if delivery is None else CodeSent(delivery.destination))

        self._chain.run(
            attempt,
            lambda: self._services().confirmation.send_code(username, attempt),
            on_done=sent,
            on_failed=self._failed,
        )

    def _failed(self, error: AuthError) -> None:
        self._holder.apply(ConfirmationFailed(self._holder.problem(error)))
