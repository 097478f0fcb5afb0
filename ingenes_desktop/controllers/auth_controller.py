"""Intents in, one state out."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Property, QObject, Signal, Slot

from ingenes_desktop.application.ending import Ending
from ingenes_desktop.application.ports import TokenVault, UsernameStore
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.controllers.account_flow import AccountFlow
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.chain_lane import ChainLane
from ingenes_desktop.controllers.confirmation_flow import ConfirmationFlow
from ingenes_desktop.controllers.entrance import Entrance
from ingenes_desktop.controllers.leaving import GiveWay
from ingenes_desktop.controllers.open_challenge import OpenChallenge
from ingenes_desktop.controllers.outstanding import Outstanding
from ingenes_desktop.controllers.reset_flow import ResetFlow
from ingenes_desktop.controllers.restore_flow import RestoreFlow
from ingenes_desktop.controllers.session_events import SessionEvents
from ingenes_desktop.controllers.session_life import SessionLife
from ingenes_desktop.controllers.sign_in_flow import SignInFlow
from ingenes_desktop.controllers.sign_in_form import SignInForm
from ingenes_desktop.controllers.state_holder import StateHolder
from ingenes_desktop.controllers.username_memory import UsernameMemory
from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.auth_event import (
    BackAsked,
    FarEndsUntold,
    FormAbandoned,
    KeepChosen,
    NoticeRaised,
)
from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    ConfirmationRequired,
    Coverable,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
)
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits
from ingenes_desktop.domain.secret import Secret

_LEADS_BACK = ChallengeRequired | ConfirmationRequired | ResetRequested | ResetCodeSent | PasswordChanged


class AuthController(QObject):
    """The person's wishes, each a slot; what comes of them is one state, ``state_changed``.

    Lives on the UI thread; every slot is called there and returns at once. A wish that does not fit
    the state (a second click on its way) is ignored. Behind it: the flows (sign-in, confirmation, reset,
    restore, leaving), and what watches a session (renewal, clocks, cover). The wishes about the account of
    whoever is signed in are slots of ``account``.

    ``clock`` counts seconds monotonically; ``read_clocks`` reads them all; ``jitter`` gives 0 to 1.
    ``vault`` None keeps nobody signed in, ``username_store`` None remembers no name. ``session_events``
    and ``activity`` are started and stopped here; without them (a bare test) nothing is heard of the
    system or of idle hands. ``give_way``, on a kiosk: see Leaving.
    """

    state_changed = Signal(object)
    finished = Signal()
    """After :meth:`shut_down`, or once a kiosk's program has given way: nothing is left to wait for."""

    def __init__(
        self,
        *,
        initial: AuthState,
        services: Callable[[], Services],
        background: Background,
        username_store: UsernameStore | None,
        vault: TokenVault | None,
        machine: MachineKind,
        limits: Limits,
        session_limits: SessionLimits,
        clock: Callable[[], float],
        read_clocks: Callable[[], Reading],
        jitter: Callable[[], float],
        new_reference: Callable[[], str],
        session_events: SessionEvents | None = None,
        activity: Activity | None = None,
        give_way: GiveWay | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._limits = limits
        self._session_events = session_events
        holder = self._holder = StateHolder(initial, new_reference, self)
        holder.changed.connect(self.state_changed)
        outstanding = self._outstanding = Outstanding(self)
        chain = ChainLane(background, limits, clock)
        life = self._life = SessionLife(
            holder,
            background,
            outstanding,
            vault=vault,
            machine=machine,
            limits=limits,
            session_limits=session_limits,
            clock=clock,
            read_clocks=read_clocks,
            jitter=jitter,
            session_events=session_events,
            activity=activity,
            give_way=give_way,
            parent=self,
        )
        outstanding.done.connect(self.finished)  # after the parts have said their last word
        memory = UsernameMemory(background, username_store, limits, self)
        self._form = SignInForm(holder, background, chain, services, memory, limits, clock, self)
        monitor, keeper = life.monitor, life.keeper
        entrance = Entrance(holder, monitor, life.watch, memory, keeper, services, session_limits)
        question = OpenChallenge(limits, clock, read_clocks, self)
        self._sign_in = SignInFlow(holder, chain, services, entrance, monitor, outstanding, question, self)
        self._confirmation = ConfirmationFlow(holder, chain, services)
        self._sign_in.confirmation_demanded.connect(self._confirmation.begin)
        self._reset = ResetFlow(holder, chain, services)
        self._sign_in.reset_demanded.connect(self._reset.begin_demanded)
        self._restore = RestoreFlow(holder, chain, services, vault, keeper, entrance, monitor, outstanding)
        self.account = AccountFlow(holder, chain, services, monitor, life.leaving, outstanding, self)
        life.cover.covered.connect(self.account.forget_key)
        life.watch.abandoned.connect(self._form_abandoned)
        life.cover.left.connect(self._sign_in.cancel)
        life.cover.left.connect(life.watch.abandon)

    def _get_state(self) -> object:
        return self._holder.state

    if TYPE_CHECKING:
        # To the type checker a Qt property is no property.
        @property
        def state(self) -> AuthState:
            """The present state."""
    else:
        state = Property(object, _get_state, notify=state_changed)

    # -- the start, and the sign-in form

    @Slot()
    def start(self) -> None:
        """Begin the work behind the first paint: recall the username, take up a kept session, connect."""
        if self._session_events is not None:
            self._session_events.start()
        if isinstance(self._holder.beneath, SignedOut | Restoring):
            self._form.begin()
        if isinstance(self._holder.beneath, Restoring):
            self._restore.begin()

    @Slot()
    def note_typing(self) -> None:
        """Somebody types: a name that the keyring gives from now on is not theirs to be given."""
        self._life.watch.note_typing()
        self._form.note_typing()

    @Slot(bool)
    def set_remember(self, remember: bool) -> None:
        """The check box was clicked; unticking forgets at once."""
        self._form.set_remember(remember)

    @Slot(bool)
    def set_keep(self, keep: bool) -> None:
        """ "Keep me signed in" was clicked; it counts from the next sign-in on."""
        if isinstance(self._holder.state, SignedOut):
            self._holder.apply(KeepChosen(keep and self._life.keeper.can_keep))

    @Slot(str, object, bool, bool)
    def sign_in(self, username: str, password: Secret | None, remember: bool, keep: bool) -> None:
        """Run the chain for ``username``; None: another way in is chosen first (USER_AUTH)."""
        if not self._outstanding.is_closing:
            keep = keep and self._life.keeper.can_keep
            self._sign_in.sign_in(username, password, remember=remember, keep=keep)

    @Slot()
    def cancel(self) -> None:
        """Give the running attempt up; the next may start at once."""
        self._sign_in.cancel()

    @Slot(object)
    def answer(self, answer: Answer) -> None:
        """Answer what Cognito asks, then go on with the chain."""
        self._sign_in.answer(answer)

    @Slot(str)
    def confirm_account(self, code: str) -> None:
        """Hand in the code that verifies the email."""
        self._confirmation.submit(code)

    # -- the reset

    @Slot(str)
    def forgot_password(self, username: str) -> None:
        """Open the reset with the email that was typed."""
        self._reset.begin(username)

    @Slot(str)
    def request_code(self, username: str) -> None:
        """Have a code sent to ``username``."""
        self._reset.request_code(username)

    @Slot()
    def resend_code(self) -> None:
        """Have another code sent, for the reset or to verify the email."""
        self._reset.resend_code()
        self._confirmation.resend_code()

    @Slot(str, object)
    def reset_password(self, code: str, password: Secret) -> None:
        """Hand in the code and the new password."""
        self._reset.submit(code, password)

    @Slot()
    def use_other_email(self) -> None:
        """Back to the first step of the reset."""
        self._reset.use_other_email()

    @Slot()
    def go_back(self) -> None:
        """Back to the sign-in form, from the reset, from a question or from the email's verification."""
        state = self._holder.state
        if isinstance(state, _LEADS_BACK):
            self._sign_in.drop()
            self._holder.apply(BackAsked())

    # -- a kept session, and a covered one

    @Slot()
    def retry(self) -> None:
        """ "Try again": to take up the kept session, or to check the covered one."""
        self._restore.retry()
        self._life.cover.retry()

    @Slot()
    def use_password(self) -> None:
        """ "Sign in with password": the form instead of either."""
        self._restore.use_password()
        self._life.cover.use_password()

    # -- the session

    @Slot()
    def sign_out(self) -> None:
        """The form is back at once; what the far ends must be told happens behind it."""
        if isinstance(self._holder.state, SignedIn):
            self._life.leaving.sign_out()

    @Slot()
    def sign_out_everywhere(self) -> None:
        """Likewise, and every other sign-in of this account ends too."""
        if isinstance(self._holder.state, SignedIn):
            self._life.leaving.sign_out(Ending.EVERYWHERE)

    @Slot()
    def switch_user(self) -> None:
        """Likewise, with an empty form for the next person."""
        if isinstance(self._holder.state, SignedIn):
            self._life.leaving.sign_out(switching=True)

    @Slot()
    def stay(self) -> None:
        """Somebody is there: said so, or wished for something in whatever way."""
        self._life.watch.touch()

    @property
    def untold(self) -> Problem | None:
        """After ``finished`` on a kiosk: what the fresh program is to say of the far ends."""
        return self._life.leaving.untold

    @Slot()
    def note_bug(self) -> None:
        """Something nobody foresaw has gone wrong, and is in the log; said once, under a reference."""
        state = self._holder.beneath
        if not isinstance(state, Coverable):
            return
        if state.notice is None or state.notice.code is not ErrorCode.INTERNAL:
            self._holder.apply(NoticeRaised(self._holder.problem(AuthError(ErrorCode.INTERNAL))))

    @Slot(object)
    def note_untold(self, problem: Problem) -> None:
        """What the program before this one could not tell the far ends; said while nobody has begun."""
        if self._holder.visit == 0:
            self._holder.apply(FarEndsUntold(problem))

    @Slot()
    def shut_down(self) -> None:
        """The window has gone: end what is open, within the time that closing may take.

        ``finished`` follows, at the latest after ``limits.tidy_up_on_quit``.
        """
        if self._outstanding.is_closing:
            return
        self._outstanding.expect()
        self._outstanding.close(self._limits.tidy_up_on_quit)
        if self._session_events is not None:
            self._session_events.stop()
        self._sign_in.drop()
        self._restore.drop()
        self._life.leaving.close()
        self._outstanding.settled()

    # -- inside

    @Slot()
    def _form_abandoned(self) -> None:
        # What was asked for may still come home; it is not for the next person.
        self._sign_in.drop()
        self._holder.apply(FormAbandoned())
