"""Taking up a kept session at the start, from the person's side."""

from collections.abc import Callable

from ingenes_desktop.application.ending import Ending
from ingenes_desktop.application.outcome import NotNow, Over, Restored, RestoreOutcome
from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.entrance import Entrance
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.vault_keeper import VaultKeeper
from ingenes_desktop.domain.auth_event import NoticeRaised, RestoreAsked, RestoreFailed, RestoreLeft
from ingenes_desktop.domain.auth_state import Restoring
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import VaultRecord


class RestoreFlow:
    """Opens the vault, then runs the chain without a password. UI thread only.

    Whatever cannot be restored now stays kept; whatever never can be is cleared; and at any time the
    person may rather type the password.
    """

    def __init__(
        self,
        holder: StateHolder,
        chain: ChainLane,
        services: Callable[[], Services],
        vault: TokenVault | None,
        keeper: VaultKeeper,
        entrance: Entrance,
        monitor: SessionMonitor,
        outstanding: Outstanding,
    ) -> None:
        self._holder = holder
        self._chain = chain
        self._services = services
        self._vault = vault
        self._keeper = keeper
        self._entrance = entrance
        self._monitor = monitor
        self._outstanding = outstanding
        self._round = 0

    def begin(self) -> None:
        """Open the vault, and go on with what is there."""
        self._round += 1
        this_round = self._round

        def opened(kept: VaultRecord | None) -> None:
            if this_round != self._round:
                return
            if kept is None or self._vault is None:
                self._holder.apply(RestoreLeft())
            else:
                self._run(self._vault, kept)

        def failed(error: AuthError) -> None:
            if this_round == self._round:
                self._leave_unopened(error)

        self._keeper.open(opened, failed)

    def retry(self) -> None:
        """Try again; what is kept may have changed since."""
        state = self._holder.state
        if isinstance(state, Restoring) and not state.busy:
            self._holder.apply(RestoreAsked())
            self.begin()

    def use_password(self) -> None:
        """The form instead; what is kept stays until a sign-in takes its place."""
        if isinstance(self._holder.state, Restoring):
            self.drop()
            self._holder.apply(RestoreLeft())

    def drop(self) -> None:
        """End whatever runs, without a word."""
        self._round += 1
        self._chain.drop()

    def _run(self, vault: TokenVault, kept: VaultRecord) -> None:
        edition = self._keeper.edition
        attempt = self._chain.new_chain_attempt()
        # It may open a FileMaker session, and the window waits for that to be closed.
        self._outstanding.expect()
        self._chain.run(
            attempt,
            lambda: self._services().restore.run(vault, kept, attempt),
            on_done=self._ended,
            on_failed=self._failed,
            on_late=lambda outcome: self._undo(outcome, edition),
            on_settled=self._outstanding.settled,
        )

    def _leave_unopened(self, error: AuthError) -> None:
        """Whatever is the matter with the keyring or the file: one calm sentence, and an ordinary sign-in."""
        notice = self._holder.beneath.notice if isinstance(self._holder.beneath, Restoring) else None
        if notice is not None and notice.code is ErrorCode.KEYRING_UNAVAILABLE:
            self._holder.apply(NoticeRaised(None))
        problem = AuthError(ErrorCode.SESSION_NOT_RESTORED, detail=error.detail or error.code.value)
        self._holder.apply(RestoreLeft(self._holder.problem(problem)))

    def _ended(self, outcome: RestoreOutcome) -> None:
        match outcome:
            case Restored(session, user, found):
                self._entrance.enter_again(session, user, found)
            case NotNow(error):
                self._undo(outcome, self._keeper.edition)
                self._failed(error)
            case Over(error):
                self._undo(outcome, self._keeper.edition)
                self._holder.apply(RestoreLeft(self._holder.problem(error)))

    def _failed(self, error: AuthError) -> None:
        self._holder.apply(RestoreFailed(self._holder.problem(error)))

    def _undo(self, outcome: RestoreOutcome, edition: int) -> None:
        """End what a failed or dropped restore left open; what is still kept is not revoked."""
        is_still_kept = edition == self._keeper.edition
        match outcome:
            case Restored(session) | NotNow(_, session) if session is not None:
                self._monitor.end(session, Ending.KEPT if is_still_kept else Ending.HERE)
            case Over(_, session):
                if is_still_kept:
                    self._keeper.clear(lambda _error: None)
                if session is not None:
                    self._monitor.end(session, Ending.HERE)
            case _:
                pass
