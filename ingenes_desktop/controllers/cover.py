"""Lock, sleep, resume: what covers the window, and the check before it is shown again."""

from PySide6.QtCore import QObject, Signal, Slot

from ingenes_desktop.controllers.leaving import Leaving
from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.controllers.session_events import CoverReason
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.session_watch import SessionWatch
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.auth_event import (
    CheckBegan,
    CheckFailed,
    RenewalFailed,
    RenewalSucceeded,
    ScreenCovered,
    ScreenShown,
)
from ingenes_desktop.domain.auth_state import Covered
from ingenes_desktop.domain.errors import AuthError, ErrorCode


class Cover(QObject):
    """Covers at once, on the signal itself, and shows nothing personal that was not checked. UI thread only.

    A session is checked by a refresh where the computer slept, the clocks jumped, or its ID token has
    run out. ``ends_sessions``: on a kiosk whoever locks the screen has left.

    Signals: ``left``, on a kiosk, before the window is covered: what the person waited for is to be ended.
    ``covered``: the window is covered. ``reached``: somebody has pressed a button of the cover, which
    nobody can on a locked screen.
    """

    left = Signal()
    covered = Signal()
    reached = Signal()

    def __init__(
        self,
        holder: StateHolder,
        monitor: SessionMonitor,
        watch: SessionWatch,
        renewal: Renewal,
        leaving: Leaving,
        *,
        ends_sessions: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._monitor = monitor
        self._watch = watch
        self._renewal = renewal
        self._leaving = leaving
        self._ends_sessions = ends_sessions
        self._slept = False
        self._is_doubtful = False
        self._is_checking = False
        renewal.succeeded.connect(self._renewed)
        renewal.failed.connect(self._not_renewed)
        watch.jumped.connect(self._jumped)
        monitor.released.connect(self._forget)

    @Slot(object)
    def cover(self, reason: CoverReason) -> None:
        """The screen is locked, the computer goes to sleep, or another user has the screen."""
        if reason is CoverReason.ASLEEP:
            self._slept = True
            self._is_checking = False  # an answer from before the sleep is none
        if self._ends_sessions:
            self.left.emit()
            self._leaving.end(AuthError(ErrorCode.SESSION_LOCKED))
        self._holder.apply(ScreenCovered())
        self.covered.emit()

    @Slot(object)
    def uncover(self, _reason: CoverReason) -> None:
        """The person can see the screen again."""
        slept, self._slept = self._slept, False
        if not isinstance(self._holder.state, Covered):
            return
        # The session may have ended of itself meanwhile.
        self._watch.look()
        session = self._monitor.session
        if session is None:
            self._holder.apply(ScreenShown())
        elif slept or self._is_doubtful or session.has_expired():
            self._is_doubtful = True
            self._holder.apply(CheckBegan())
            self._check()
        else:
            self._holder.apply(ScreenShown())

    def retry(self) -> None:
        """Check once more; or, where the system has not said so yet, the screen is open."""
        state = self._holder.state
        if not isinstance(state, Covered):
            return
        if state.locked:
            # What the system does not know is checked all the more.
            self._is_doubtful = True
            self.reached.emit()
        elif state.problem is not None:
            self._holder.apply(CheckBegan())
            self._check()

    def use_password(self) -> None:
        """The person would rather sign in anew."""
        state = self._holder.state
        if isinstance(state, Covered) and state.problem is not None:
            self._leaving.sign_out()

    @Slot()
    def _jumped(self) -> None:
        if self._monitor.session is None:
            return
        self._is_doubtful = True
        self._is_checking = False
        if not isinstance(self._holder.state, Covered):
            self._holder.apply(ScreenCovered(locked=False))
            self._holder.apply(CheckBegan())
            self.covered.emit()
        # Behind a locked screen too: then the answer is there when the person is.
        self._check()

    def _check(self) -> None:
        if not self._is_checking:
            self._is_checking = True
            self._renewal.check()

    @Slot()
    def _renewed(self) -> None:
        self._is_checking = self._is_doubtful = False
        self._holder.apply(RenewalSucceeded())
        self._show()

    @Slot(object)
    def _not_renewed(self, error: AuthError) -> None:
        self._is_checking = False
        self._holder.apply(RenewalFailed())
        session, state = self._monitor.session, self._holder.state
        if session is None or not isinstance(state, Covered) or state.locked or state.problem is not None:
            return
        if session.has_expired():
            self._holder.apply(CheckFailed(self._holder.problem(error)))
        else:
            self._is_doubtful = False
            self._show()

    def _show(self) -> None:
        state = self._holder.state
        if isinstance(state, Covered) and not state.locked:
            self._holder.apply(ScreenShown())

    @Slot()
    def _forget(self) -> None:
        self._is_checking = self._is_doubtful = False
