"""What follows when a chain has succeeded: the profile, and what is remembered of the person."""

from collections.abc import Callable

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.session_watch import SessionWatch
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.username_memory import UsernameMemory
from ingenes_desktop.controllers.vault_keeper import VaultKeeper
from ingenes_desktop.domain.auth_event import NoticeRaised, SignInSucceeded
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import SessionLimits
from ingenes_desktop.domain.models import FileMakerUser, VaultRecord
from ingenes_desktop.domain.user import User


class Entrance:
    """Lets a person in. UI thread only."""

    def __init__(
        self,
        holder: StateHolder,
        monitor: SessionMonitor,
        watch: SessionWatch,
        memory: UsernameMemory,
        vault: VaultKeeper,
        services: Callable[[], Services],
        limits: SessionLimits,
    ) -> None:
        self._holder = holder
        self._monitor = monitor
        self._watch = watch
        self._memory = memory
        self._vault = vault
        self._services = services
        self._limits = limits

    def enter(self, session: Session, user: User, found: FileMakerUser) -> None:
        """After a password: the name and the session are kept as the person chose."""
        self._begin(session, user, found, restored=False)
        state = self._holder.beneath
        if not isinstance(state, SignedIn):
            return
        self._memory.keep(state.username if state.remember else None)
        if state.keep and self._vault.can_keep:
            self._keep(session)
        else:
            self._vault.forget_other(self._end_other)

    def enter_again(self, session: Session, user: User, found: FileMakerUser) -> None:
        """After a restore: what is remembered and kept stays as it is."""
        self._begin(session, user, found, restored=True)

    def _begin(self, session: Session, user: User, found: FileMakerUser, *, restored: bool) -> None:
        self._monitor.begin(session, found, restored=restored)
        self._watch.begin(session, restored=restored)
        since = session.signed_in_at
        self._holder.apply(SignInSucceeded(user, since, since + self._limits.longest, user.email))

    def _keep(self, session: Session) -> None:
        told: list[Problem] = []

        def kept(other: VaultRecord | None) -> None:
            record("session_kept")
            if other is not None:
                self._end_other(other)
            # It took so long that the person was told otherwise.
            if told and getattr(self._holder.beneath, "notice", None) == told[0]:
                self._holder.apply(NoticeRaised(None))

        def failed(error: AuthError) -> None:
            record("session_not_kept", code=error.code, detail=error.detail or None)
            if session is self._monitor.session:
                told.append(self._holder.problem(AuthError(ErrorCode.SESSION_NOT_KEPT, detail=error.detail)))
                self._holder.apply(NoticeRaised(told[0]))

        self._vault.fill(session, kept, failed)

    def _end_other(self, other: VaultRecord) -> None:
        """Revoke a sign-in that was kept here and that nobody can take up any more."""

        def revoke(attempt: Attempt) -> None:
            try:
                self._services().far_ends.user_pool.revoke_token(other.refresh_token, attempt)
            except AuthError as error:
                record("replaced_sign_in_not_revoked", code=error.code, detail=error.detail or None)

        self._monitor.end_tokens(revoke)
