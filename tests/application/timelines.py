"""A made-up computer whose clocks do what clocks do, and what must hold of a session beside them."""

from dataclasses import dataclass, field

from ingenes_desktop.application.session_clock import Active, Ended, Reading, SessionClock, Verdict, Warned
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import SessionLimits

TOLERANCE = 1.5
"""Seconds: a clock's jitter, and what the rules do not tell from it."""


@dataclass
class Computer:
    """Three clocks. ``counts_sleep`` is whether there is one that does; ``rate`` the wall clock's."""

    counts_sleep: bool = True
    rate: float = 1.0
    monotonic: float = 5000.0
    wall: float = 1_800_000_000.0
    asleep: float = 0.0

    def pass_time(self, seconds: float) -> None:
        """Awake."""
        self.monotonic += seconds
        self.wall += seconds * self.rate

    def sleep(self, seconds: float) -> None:
        """And wake up."""
        self.asleep += seconds
        self.wall += seconds

    def set_clock(self, seconds: float) -> None:
        """Somebody sets the clock, forward or back."""
        self.wall += seconds

    def read(self, jitter: float = 0.0) -> Reading:
        """Every clock; they are not read in the same instant."""
        counting = self.monotonic + self.asleep - jitter if self.counts_sleep else None
        return Reading(self.monotonic, self.wall + jitter, counting)


@dataclass
class Truth:
    """What really happened to one session, told without the rules' own arithmetic."""

    limits: SessionLimits
    elapsed: float = 0.0
    since_any_touch: float = 0.0
    since_good_touch: float = 0.0
    """A touch that came before a look did, after the machine slept, is not good."""
    wall_forward: float = 0.0
    """What the wall clock went forward since any touch, as the readings could see it."""
    wall_forward_in_all: float = 0.0
    pending_wall: float = 0.0
    asleep_since_look: float = 0.0
    wall_shift_since_look: float = 0.0
    largest_shift_since_look: float = 0.0
    reached: ErrorCode | None = None
    nearly: bool = False
    """Whether a limit was, at any moment, so near that either answer is right."""

    def pass_time(self, seconds: float, wall: float) -> None:
        """Real time, and what the wall clock made of it."""
        self.elapsed += seconds
        self.since_any_touch += seconds
        self.since_good_touch += seconds
        self.pending_wall += wall

    def read(self) -> None:
        """The rules are given a reading."""
        forward, self.pending_wall = max(0.0, self.pending_wall), 0.0
        self.wall_forward += forward
        self.wall_forward_in_all += forward
        self.largest_shift_since_look = max(self.largest_shift_since_look, abs(self.wall_shift_since_look))
        idle = self.since_good_touch - self.limits.idle - self.limits.countdown
        longest = self.elapsed - self.limits.longest
        self.nearly |= min(abs(idle), abs(longest)) < TOLERANCE or (
            min(idle, longest) >= 0 and abs(idle - longest) < TOLERANCE
        )
        if self.reached is None and max(idle, longest) >= 0:
            self.reached = ErrorCode.SESSION_IDLE if idle > longest else ErrorCode.SESSION_LONGEST

    def touch(self, *, counts_sleep: bool) -> None:
        """After read()."""
        self.since_any_touch = self.wall_forward = 0.0
        slept = self.asleep_since_look > (0 if counts_sleep else 30)
        if not slept and self.reached is None:
            self.since_good_touch = 0.0

    def look(self) -> None:
        """After what was asked of this look."""
        self.asleep_since_look = self.wall_shift_since_look = self.largest_shift_since_look = 0.0


@dataclass
class Life:
    """One session on one computer, from its sign-in on. Every look is checked."""

    limits: SessionLimits
    computer: Computer
    jitter: float = 0.0
    already: float = 0.0
    runs_true: bool = True
    """Whether no clock was set and none drifts."""
    verdicts: list[Verdict] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.clock = SessionClock(self.limits, self.computer.read(), already_elapsed=self.already)
        self.truth = Truth(self.limits, self.already, wall_forward_in_all=self.already)
        self.slept = False
        self.runs_true &= self.computer.rate == 1.0

    def pass_time(self, seconds: float) -> None:
        self.computer.pass_time(seconds)
        self.truth.pass_time(seconds, seconds * self.computer.rate)

    def sleep(self, seconds: float) -> None:
        self.computer.sleep(seconds)
        self.truth.pass_time(seconds, seconds)
        self.truth.asleep_since_look += seconds
        self.truth.wall_shift_since_look += seconds
        self.slept = True

    def set_clock(self, seconds: float) -> None:
        self.computer.set_clock(seconds)
        self.truth.pending_wall += seconds
        self.truth.wall_shift_since_look += seconds
        self.runs_true = False

    def touch(self) -> None:
        self.jitter = -self.jitter
        self.clock.touch(self.computer.read(self.jitter))
        self.truth.read()
        self.truth.touch(counts_sleep=self.computer.counts_sleep)

    def look(self) -> Verdict:
        """Look, and hold the answer against the truth."""
        self.jitter = -self.jitter
        verdict = self.clock.look(self.computer.read(self.jitter))
        self.truth.read()
        self._check_form(verdict)
        self._check_not_too_long(verdict)
        self._check_jumped(verdict)
        if self.runs_true and not self.truth.nearly:
            self._check_exact(verdict)
        self.truth.look()
        self.verdicts.append(verdict)
        return verdict

    def _check_form(self, verdict: Verdict) -> None:
        if isinstance(verdict, Warned):
            assert 1 <= verdict.seconds_left <= self.limits.countdown
        if self.verdicts and isinstance(last := self.verdicts[-1], Ended):
            assert isinstance(verdict, Ended), "the end is the end"
            assert verdict.code is last.code

    def _check_not_too_long(self, verdict: Verdict) -> None:
        truth, patience = self.truth, self.limits.idle + self.limits.countdown + TOLERANCE
        longest = self.limits.longest + TOLERANCE
        knows_sleep = self.computer.counts_sleep or not self.slept
        over = knows_sleep and (truth.since_any_touch >= patience or truth.elapsed >= longest)
        if self.computer.rate == 1.0:
            over |= truth.wall_forward >= patience or truth.wall_forward_in_all >= longest
        if over:
            assert isinstance(verdict, Ended), "signed in for too long"

    def _check_jumped(self, verdict: Verdict) -> None:
        slept = self.truth.asleep_since_look if self.computer.counts_sleep else 0.0
        if slept > TOLERANCE or self.truth.largest_shift_since_look > 30 + TOLERANCE:
            assert verdict.jumped, "the machine slept, or its clock was set"
        if self.runs_true and not self.truth.asleep_since_look:
            assert not verdict.jumped, "nothing happened"

    def _check_exact(self, verdict: Verdict) -> None:
        truth, limits = self.truth, self.limits
        if truth.reached is not None:
            assert isinstance(verdict, Ended)
            assert verdict.code is truth.reached
            return
        assert not isinstance(verdict, Ended), "a sign-out for nothing"
        if truth.since_good_touch < limits.idle - TOLERANCE:
            assert isinstance(verdict, Active)
        if truth.since_good_touch > limits.idle + TOLERANCE:
            assert isinstance(verdict, Warned)
            left = limits.idle + limits.countdown - truth.since_good_touch
            assert abs(verdict.seconds_left - min(left, limits.longest - truth.elapsed)) < 1 + TOLERANCE
