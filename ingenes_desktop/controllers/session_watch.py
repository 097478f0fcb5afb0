"""The look at the clocks, once a second, while there is something to watch."""

from collections.abc import Callable
from math import inf

from PySide6.QtCore import QObject, QTimer, Signal, Slot

from ingenes_desktop.application.session import Session
from ingenes_desktop.application.session_clock import Active, Ended, Reading, SessionClock, Warned
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.domain.auth_event import IdleCancelled, IdleWarned
from ingenes_desktop.domain.auth_state import (
    ChallengeRequired,
    ConfirmationRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
)
from ingenes_desktop.domain.machine import SessionLimits
from ingenes_desktop.domain.value import replace

_LOOK_EVERY_MILLISECONDS = 1_000


class SessionWatch(QObject):
    """Watches a session for idleness and for its longest time; on others' desks, forms for being left.

    UI thread only. A plain timer of the event loop: no dialog, menu, call in flight or minimised window
    holds it up. ``watches_forms``: a shared machine or a kiosk, where what somebody typed and left is
    not for the next.

    Signals: ``over`` with the ErrorCode (SESSION_IDLE, SESSION_LONGEST); ``jumped``: the clocks say
    that the computer slept or that one of them was set; ``abandoned``: the form was left.
    """

    over = Signal(object)
    jumped = Signal()
    abandoned = Signal()

    def __init__(
        self,
        holder: StateHolder,
        limits: SessionLimits,
        read_clocks: Callable[[], Reading],
        activity: Activity | None,
        *,
        watches_forms: bool,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._holder = holder
        self._limits = limits
        self._read_clocks = read_clocks
        self._activity = activity
        self._watches_forms = watches_forms
        self._session_clock: SessionClock | None = None
        self._form_clock: SessionClock | None = None
        self._is_form_used = False
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_EVERY_MILLISECONDS)
        self._timer.timeout.connect(self.look)
        if activity is not None:
            activity.touched.connect(self.touch)
        holder.changed.connect(self._watch_what_is_shown)

    def begin(self, session: Session, *, restored: bool) -> None:
        """Somebody is in; a restored session has lived already."""
        elapsed = session.age() if restored else 0.0
        self._session_clock = SessionClock(self._limits, self._read_clocks(), already_elapsed=elapsed)
        self._form_clock = None
        self._is_form_used = False
        self._watch_while_needed()

    @Slot()
    def end(self) -> None:
        """Nobody is in."""
        self._session_clock = None
        self._watch_while_needed()

    @Slot()
    def note_typing(self) -> None:
        """Something was typed into the form."""
        self._is_form_used = True
        self._watch_what_is_shown()
        self.touch()

    @Slot()
    def touch(self) -> None:
        """Somebody is there."""
        now = self._read_clocks()
        for clock in (self._session_clock, self._form_clock):
            if clock is not None:
                clock.touch(now)
        self.look()

    @Slot()
    def look(self) -> None:
        """See where the session and the form stand."""
        if self._session_clock is not None:
            self._look_at_session(self._session_clock)
        if self._form_clock is not None:
            self._look_at_form(self._form_clock)

    def _look_at_session(self, clock: SessionClock) -> None:
        verdict = clock.look(self._read_clocks())
        if isinstance(verdict, Ended):
            self.over.emit(verdict.code)
            return
        if verdict.jumped:
            self.jumped.emit()
        state = self._holder.beneath
        if not isinstance(state, SignedIn):
            return
        match verdict:
            case Warned(seconds) if seconds != state.countdown:
                self._holder.apply(IdleWarned(seconds))
            case Active() if state.countdown is not None:
                self._holder.apply(IdleCancelled())
            case _:
                pass

    def _look_at_form(self, clock: SessionClock) -> None:
        is_over = isinstance(clock.look(self._read_clocks()), Ended)
        # A chain that runs comes to its own end first.
        if is_over and not isinstance(self._holder.beneath, SigningIn):
            self.abandon()

    @Slot()
    def abandon(self) -> None:
        """Whoever has used the form does not come back: ``abandoned``, where there is something to clear."""
        was_left = self._is_left_open()
        self._form_clock = None
        self._is_form_used = False
        self._watch_while_needed()
        if was_left:
            self.abandoned.emit()

    def _is_left_open(self) -> bool:
        match self._holder.beneath:
            case SignedOut():
                return self._is_form_used
            case ChallengeRequired() | ConfirmationRequired():
                return True
            case ResetRequested() | ResetCodeSent() | PasswordChanged():
                return True
            case _:
                return False

    @Slot()
    def _watch_what_is_shown(self) -> None:
        if self._watches_forms and self._form_clock is None and self._is_left_open():
            # A form has no longest time.
            self._form_clock = SessionClock(replace(self._limits, longest=inf), self._read_clocks())
            self._watch_while_needed()

    def _watch_while_needed(self) -> None:
        is_needed = self._session_clock is not None or self._form_clock is not None
        if is_needed and not self._timer.isActive():
            self._timer.start()
            if self._activity is not None:
                self._activity.start()
        elif not is_needed and self._timer.isActive():
            self._timer.stop()
            if self._activity is not None:
                self._activity.stop()
