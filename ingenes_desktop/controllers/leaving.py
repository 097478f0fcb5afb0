"""Every way out of a session."""

from collections.abc import Callable

from ingenes_desktop.application.ending import Ending, Untold
from ingenes_desktop.application.session import Session
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.vault_keeper import VaultKeeper
from ingenes_desktop.domain.auth_event import (
    AuthEvent,
    FarEndsUntold,
    GivingWay,
    SessionEnded,
    SignOutAsked,
    StillHere,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import Limits

GiveWay = Callable[[Problem | None], bool]


class Leaving:
    """The form is there at once; what was held is cleared, and the far ends are told behind it.

    UI thread only. ``give_way`` (a kiosk) has a fresh program started that says why the session ended;
    False where that was not possible, and then this program goes on.
    """

    def __init__(
        self,
        holder: StateHolder,
        monitor: SessionMonitor,
        vault: VaultKeeper,
        outstanding: Outstanding,
        limits: Limits,
        give_way: GiveWay | None,
    ) -> None:
        self._holder = holder
        self._monitor = monitor
        self._vault = vault
        self._outstanding = outstanding
        self._limits = limits
        self._give_way = give_way
        self._untold_code: ErrorCode | None = None
        self._untold: Problem | None = None
        outstanding.done.connect(self._say_last_word)

    @property
    def untold(self) -> Problem | None:
        """What could not be told to the far ends when this program gave way, once it is done."""
        return self._untold

    def sign_out(self, ending: Ending = Ending.HERE, *, switching: bool = False) -> None:
        """The person's own wish."""
        record("sign_out", kind=ending)
        self._leave(SignOutAsked(switching), ending, None)

    def end(self, error: AuthError, *, keep_name: bool = False) -> None:
        """The session is over: idle, its longest time, a lock, a refusal. The person is told why."""
        if self._monitor.session is not None:
            problem = self._holder.problem(error)
            self._leave(SessionEnded(problem, keep_name), Ending.HERE, problem)

    def close(self) -> None:
        """The window has gone: a kept session stays in the vault, any other is signed out."""
        self._outstanding.expect()
        # The rest of the time is for telling the far ends.
        self._vault.when_filled(self._close_now, within_seconds=self._limits.tidy_up_on_quit / 2)

    def _close_now(self) -> None:
        session = self._monitor.release()
        if session is not None:
            ending = Ending.KEPT if session.is_kept else Ending.HERE
            if ending is Ending.HERE:
                self._vault.clear(lambda _error: None)
            self._monitor.end(session, ending)
        self._outstanding.settled()

    def _leave(self, event: AuthEvent, ending: Ending, problem: Problem | None) -> None:
        session = self._monitor.release()
        if session is None:
            return
        if self._give_way is None:
            self._holder.apply(event)
            self._clear_vault()
            self._tell(session, ending)
            return
        self._holder.apply(GivingWay())
        if self._give_way(problem):
            self._outstanding.expect()
            self._outstanding.close(self._limits.tidy_up_on_quit)
            self._untold_code = ErrorCode.FAR_ENDS_UNTOLD  # until it is known better
            self._monitor.end(session, ending, self._note_untold)
            self._outstanding.settled()
        else:
            self._holder.apply(StillHere(problem))
            self._tell(session, ending)

    def _tell(self, session: Session, ending: Ending) -> None:
        visit = self._holder.visit

        def told(untold: Untold) -> None:
            if untold.code is not None:
                self._confess(AuthError(untold.code), visit)

        self._monitor.end(session, ending, told)

    def _clear_vault(self) -> None:
        visit = self._holder.visit

        def failed(error: AuthError) -> None:
            self._confess(AuthError(ErrorCode.SESSION_NOT_FORGOTTEN, detail=error.detail), visit)

        self._vault.clear(failed)

    def _confess(self, error: AuthError, visit: int) -> None:
        """Say what was left behind, unless somebody has gone further: the next person has no use for it."""
        problem = self._holder.problem(error)
        if visit == self._holder.visit:
            self._holder.apply(FarEndsUntold(problem))

    def _note_untold(self, untold: Untold) -> None:
        self._untold_code = untold.code

    def _say_last_word(self) -> None:
        if self._untold_code is not None:
            self._untold = self._holder.problem(AuthError(self._untold_code))
