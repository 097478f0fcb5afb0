"""One controller at its desk: far ends, vault and clocks in memory, and a person's wishes.

Every part is production's but what the Protocols stand for; time passes when a test says so.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from threading import Event
from typing import TypeVar

from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.confirmation import AccountConfirmation
from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.application.restore import Restore
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Clocks
from ingenes_desktop.application.session_clock import Reading
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.leaving import GiveWay
from ingenes_desktop.controllers.open_challenge import OpenChallenge
from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.controllers.session_monitor import SessionMonitor
from ingenes_desktop.controllers.session_watch import SessionWatch
from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.auth_state import AuthState, ChallengeRequired, Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import CompanyCheck, Limits, MachineKind, SessionLimits
from ingenes_desktop.domain.models import Challenge, CognitoTokens, Device, VaultRecord
from ingenes_desktop.domain.question import Question
from ingenes_desktop.domain.secret import Secret
from tests.application.far_ends import EMAIL, IDENTITY, Cloud, Vault
from tests.session_events import ScriptedSessionEvents

REFERENCE = "7K3Q9F"
HOUR = 3600.0
State = TypeVar("State")
LIMITS = Limits(keyring_at_start=5.0, tidy_up=4.0)
KEPT = VaultRecord(Secret("kept-refresh"), IDENTITY.sub, IDENTITY.username, 900.0, 950.0)


def challenge(question: Question, session: str) -> Challenge:
    """What Cognito asks with ``question``."""
    return Challenge("CUSTOM_CHALLENGE", EMAIL, Secret(session), question)


class Time:
    """Every clock of the machine; a test moves them."""

    def __init__(self, wall: float = 1_000.0) -> None:
        self.reading = Reading(1_000.0, wall, 1_000.0)

    def __call__(self) -> Reading:
        return self.reading

    @property
    def clocks(self) -> Clocks:
        """What a session reads of them."""
        return Clocks(lambda: self.reading.monotonic, lambda: self.reading.wall, lambda: self.reading.wall)

    def go_on(self, seconds: float) -> None:
        """So much time passes."""
        self._move(seconds, seconds, seconds)

    def sleep(self, seconds: float) -> None:
        """The computer sleeps for so long."""
        self._move(0.0, seconds, seconds)

    def set_wall_clock(self, seconds: float) -> None:
        """Somebody sets the clock, ahead or back."""
        self._move(0.0, seconds, 0.0)

    def _move(self, monotonic: float, wall: float, boot: float) -> None:
        now = self.reading
        assert now.awake_or_asleep is not None
        self.reading = Reading(now.monotonic + monotonic, now.wall + wall, now.awake_or_asleep + boot)


class HeldCall:
    """A call to a far end or a keyring that hangs until the test lets it go."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.begun = Event()
        self._go_on = Event()

    def happen(self, call: str) -> None:
        """To be called where it should hang; only the first time."""
        if call.startswith(self.name) and not self.begun.is_set():
            self.begun.set()
            self._go_on.wait(30)

    def let_go(self) -> None:
        """It answers now."""
        self._go_on.set()


@dataclass
class AskingCloud(Cloud):
    """Asks what a test says before it gives tokens."""

    questions: list[Challenge] = field(default_factory=list)
    """What the next calls ask, one each."""

    @property
    def sessions(self) -> list[str]:
        """The Session that each answer came with."""
        return [challenge.session.reveal() for challenge, _answer in self.responses]

    def initiate_auth(
        self, username: str, password: Secret | None, device: Device | None, attempt: Attempt
    ) -> CognitoTokens | Challenge:
        tokens = super().initiate_auth(username, password, device, attempt)
        return self.questions.pop(0) if self.questions else tokens

    def respond(self, challenge: Challenge, answer: Answer, attempt: Attempt) -> CognitoTokens | Challenge:
        tokens = super().respond(challenge, answer, attempt)
        return self.questions.pop(0) if self.questions else tokens


class SlowVault(Vault):
    """Hangs where a test says so."""

    def __init__(self) -> None:
        super().__init__()
        self.before: Callable[[str], None] = lambda _call: None

    def _happen(self, call: str) -> None:
        self.before(call)
        super()._happen(call)


class Desk:
    """What a test sees and does. ``vault`` is None but on a personal machine."""

    def __init__(
        self,
        qtbot: QtBot,
        background: Background,
        *,
        machine: MachineKind = MachineKind.PERSONAL,
        initial: AuthState | None = None,
        limits: Limits = LIMITS,
        session_limits: SessionLimits | None = None,
        jitter: Callable[[], float] = lambda: 0.0,
        give_way: GiveWay | None = None,
    ) -> None:
        self.qtbot = qtbot
        self.time = Time()
        self.cloud = AskingCloud()
        self.vault = SlowVault()
        self.events = ScriptedSessionEvents()
        self.activity = Activity()
        self.limits = session_limits or SessionLimits.of(machine)
        far_ends = self.cloud.far_ends()
        sessions = Sessions(far_ends, self.time.clocks, 60.0, self.limits.renew_before)
        refuse = CompanyCheck.REFUSE
        services = Services(
            sign_in=SignIn(sessions, company_check=refuse, remembers_devices=machine is MachineKind.PERSONAL),
            restore=Restore(sessions, company_check=refuse, longest_seconds=self.limits.longest),
            password_reset=PasswordReset(self.cloud),
            confirmation=AccountConfirmation(self.cloud),
            account=AccountSettings(self.cloud),
            far_ends=far_ends,
            warm_up=lambda _attempt: None,
        )
        self.controller = AuthController(
            initial=initial or SignedOut(),
            services=lambda: services,
            background=background,
            username_store=None,
            vault=self.vault if machine is MachineKind.PERSONAL else None,
            machine=machine,
            limits=limits,
            session_limits=self.limits,
            clock=self.time.clocks.monotonic,
            read_clocks=self.time,
            jitter=jitter,
            new_reference=lambda: REFERENCE,
            session_events=self.events,
            activity=self.activity,
            give_way=give_way,
        )
        self.states: list[AuthState] = []
        self.controller.state_changed.connect(self.states.append)
        self.has_finished = False
        self.controller.finished.connect(self._finish)

    # -- wishes

    def sign_in(self, username: str = EMAIL, *, remember: bool = False, keep: bool = False) -> SignedIn:
        """To the profile."""
        self.controller.sign_in(username, Secret("secret"), remember, keep)
        return self.wait_for(SignedIn)

    def ask(self, question: Question, session: str = "session-1") -> ChallengeRequired:
        """To a question; what is answered to it gives tokens."""
        self.cloud.questions.append(challenge(question, session))
        self.controller.sign_in(EMAIL, Secret("secret"), False, False)
        return self.wait_for(ChallengeRequired)

    def look(self) -> None:
        """What the timers do once a second."""
        self.watch.look()
        self.question.look()

    def close(self) -> None:
        """The window goes, and everything has come to its end."""
        self.controller.shut_down()
        self.qtbot.waitUntil(lambda: self.has_finished)

    def _finish(self) -> None:
        assert not self.has_finished, "told twice"
        self.has_finished = True

    @contextmanager
    def hanging(self, name: str) -> Iterator[HeldCall]:
        """The next call to a far end of that name hangs."""
        held = HeldCall(name)
        self.cloud.before = held.happen
        try:
            yield held
        finally:
            held.let_go()

    @contextmanager
    def hanging_keyring(self, name: str) -> Iterator[HeldCall]:
        """The next call to the vault of that name hangs."""
        held = HeldCall(name)
        self.vault.before = held.happen
        try:
            yield held
        finally:
            held.let_go()

    # -- what there is to see

    @property
    def state(self) -> AuthState:
        return self.controller.state

    @property
    def beneath(self) -> AuthState:
        """The state without its cover."""
        return self.state.beneath if isinstance(self.state, Covered) else self.state

    @property
    def watch(self) -> SessionWatch:
        """The part that the timer calls."""
        watch = self.controller.findChild(SessionWatch)
        assert isinstance(watch, SessionWatch)
        return watch

    @property
    def question(self) -> OpenChallenge:
        """The part that holds what Cognito has asked."""
        question = self.controller.findChild(OpenChallenge)
        assert isinstance(question, OpenChallenge)
        return question

    @property
    def monitor(self) -> SessionMonitor:
        """The part that holds the session."""
        monitor = self.controller.findChild(SessionMonitor)
        assert isinstance(monitor, SessionMonitor)
        return monitor

    @property
    def renewal(self) -> Renewal:
        """The part whose timer asks for new tokens."""
        renewal = self.controller.findChild(Renewal)
        assert isinstance(renewal, Renewal)
        return renewal

    def is_watching(self) -> bool:
        """Whether the clocks are looked at."""
        return any(timer.isActive() for timer in self.watch.findChildren(QTimer))

    def now(self, kind: type[State]) -> State:
        """The state, which is of that class."""
        state = self.state
        assert isinstance(state, kind), state
        return state

    def wait_for(self, kind: type[State]) -> State:
        """Until the state is of that class."""
        self.qtbot.waitUntil(lambda: isinstance(self.state, kind))
        return self.now(kind)

    def problem(self) -> Problem:
        """Why the form is shown."""
        problem = self.now(SignedOut).problem
        assert problem is not None
        return problem

    def wait_until_held(self, held: HeldCall) -> None:
        """Until it hangs."""
        self.qtbot.waitUntil(held.begun.is_set)

    def wait_for_call(self, call: str, times: int = 1) -> None:
        """Until a far end was asked that."""
        self.qtbot.waitUntil(lambda: self.cloud.calls.count(call) >= times)

    def wait_for_vault(self, call: str, times: int = 1) -> None:
        """Until the vault was asked that."""
        self.qtbot.waitUntil(lambda: self.vault.calls.count(call) >= times)
