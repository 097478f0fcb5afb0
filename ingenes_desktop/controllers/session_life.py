"""Everything that holds, watches, covers and ends a session, put together."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Slot

from ingenes_desktop.application.ports import TokenVault
from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.cover import Cover
from ingenes_desktop.controllers.leaving import GiveWay, Leaving
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.controllers.session_events import SessionEvents
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.session_watch import SessionWatch
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.vault_keeper import VaultKeeper
from ingenes_desktop.domain.auth_event import LastSignInLearned
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits


class SessionLife(QObject):
    """Makes the parts and has each hear what it must of the others. UI thread only."""

    def __init__(
        self,
        holder: StateHolder,
        background: Background,
        outstanding: Outstanding,
        *,
        vault: TokenVault | None,
        machine: MachineKind,
        limits: Limits,
        session_limits: SessionLimits,
        clock: Callable[[], float],
        read_clocks: Callable[[], Reading],
        jitter: Callable[[], float],
        session_events: SessionEvents | None,
        activity: Activity | None,
        give_way: GiveWay | None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self.keeper = VaultKeeper(background, vault, limits, outstanding)
        self.monitor = SessionMonitor(background, outstanding, limits, clock, self)
        self.leaving = Leaving(holder, self.monitor, self.keeper, outstanding, limits, give_way)
        self.renewal = Renewal(background, outstanding, limits, session_limits, clock, jitter, self)
        self.watch = SessionWatch(
            holder,
            session_limits,
            read_clocks,
            activity,
            watches_forms=machine is not MachineKind.PERSONAL,
            parent=self,
        )
        self.cover = Cover(
            holder,
            self.monitor,
            self.watch,
            self.renewal,
            self.leaving,
            ends_sessions=machine is MachineKind.KIOSK,
            parent=self,
        )
        self.monitor.began.connect(self.renewal.begin)
        self.monitor.released.connect(self.renewal.end)
        self.monitor.released.connect(self.watch.end)
        self.monitor.last_sign_in.connect(self._last_sign_in_learned)
        self.renewal.refused.connect(self._refused)
        self.watch.over.connect(self._over)
        if session_events is not None:
            session_events.covered.connect(self.cover.cover)
            session_events.shown.connect(self.cover.uncover)
            self.cover.reached.connect(session_events.prove_open)

    @Slot(float)
    def _last_sign_in_learned(self, moment: float) -> None:
        self._holder.apply(LastSignInLearned(moment))

    @Slot(object)
    def _over(self, code: ErrorCode) -> None:
        self.leaving.end(AuthError(code))

    @Slot(object)
    def _refused(self, error: AuthError) -> None:
        self.leaving.end(error, keep_name=True)
