"""How long a person stays signed in: the rules of idleness and of the longest session, by three clocks.

Pure: time comes in as readings, so that a test lives through a day in a moment.

Time is counted by the clock that stands still while the machine sleeps. Where one of the other two
runs ahead of it (the machine slept, or its clock was set forward), what it is ahead counts too and is
never given back: a clock that is set back lengthens nothing.
"""

from math import ceil

from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import SessionLimits
from ingenes_desktop.domain.value import Value

_JITTER = 1.0
"""Seconds. Clocks that are read one after the other, each in its own steps, differ by less."""
_JUMP = 30.0
"""Seconds between wall clock and monotonic clock after which what is on the screen is checked anew."""


class Reading(Value):
    """Every clock of the machine at one moment, in seconds."""

    monotonic: float
    """Does not count sleep, and is never set."""
    wall: float
    """Since 1970, as anybody may set it."""
    awake_or_asleep: float | None = None
    """Never set either, and counts sleep; None where there is no such clock."""


class Active(Value):
    """Somebody was there not long ago. ``jumped``: see SessionClock.look()."""

    jumped: bool = False


class Warned(Value):
    """Nobody was, and the session ends in ``seconds_left`` whole seconds (at least 1) unless somebody is."""

    seconds_left: int
    jumped: bool = False


class Ended(Value):
    """The session is over: SESSION_IDLE or SESSION_LONGEST. Nothing takes that back."""

    code: ErrorCode
    jumped: bool = False


Verdict = Active | Warned | Ended


class SessionClock:
    """The time of one session, from its sign-in to its end. One thread; begins with a touch."""

    def __init__(self, limits: SessionLimits, now: Reading, *, already_elapsed: float = 0.0) -> None:
        """``already_elapsed``: seconds since the interactive sign-in, for a session that was restored."""
        self._limits = limits
        self._last = now
        self._elapsed = max(0.0, already_elapsed)
        self._touched_at = self._elapsed
        self._ended: ErrorCode | None = None
        self._jumped = False
        # How far each clock stood ahead of the monotonic one: when a difference was last counted, and
        # at the last look.
        self._wall_ahead = self._wall_ahead_at_look = now.wall - now.monotonic
        self._asleep_ahead = self._asleep_ahead_at_look = _asleep_ahead(now)

    def touch(self, now: Reading) -> None:
        """Somebody is there. In vain once the session is over, were it only found out now.

        After a sleep or a jump it counts from the next look on: whoever woke the machine need not be
        who left it.
        """
        self._advance(now)
        if not self._jumped:
            self._touched_at = self._elapsed

    def look(self, now: Reading) -> Verdict:
        """Where the session stands; to be asked about once a second, and as soon as the machine wakes.

        ``jumped`` in the answer: since the last look the machine slept, or its wall clock and its
        monotonic clock have parted by more than 30 s, so nothing personal is to be shown unchecked.
        """
        self._advance(now)
        jumped, self._jumped = self._jumped, False
        self._wall_ahead_at_look = now.wall - now.monotonic
        self._asleep_ahead_at_look = _asleep_ahead(now)
        if self._ended is not None:
            return Ended(self._ended, jumped)
        if self._elapsed - self._touched_at < self._limits.idle:
            return Active(jumped)
        return Warned(ceil(-max(self._overdue())), jumped)

    def _advance(self, now: Reading) -> None:
        last, self._last = self._last, now
        self._elapsed += max(0.0, now.monotonic - last.monotonic)
        wall_ahead, asleep_ahead = now.wall - now.monotonic, _asleep_ahead(now)
        self._count_what_is_ahead(wall_ahead, asleep_ahead)
        if abs(wall_ahead - self._wall_ahead_at_look) > _JUMP or (
            _difference(asleep_ahead, self._asleep_ahead_at_look) > _JITTER
        ):
            self._jumped = True
        idle, longest = self._overdue()
        if self._ended is None and max(idle, longest) >= 0:
            # The one that was reached first, however late this is found out.
            self._ended = ErrorCode.SESSION_IDLE if idle > longest else ErrorCode.SESSION_LONGEST

    def _count_what_is_ahead(self, wall_ahead: float, asleep_ahead: float | None) -> None:
        """Count what a clock gained on the monotonic one. Both see one sleep, which counts once."""
        gained = max(wall_ahead - self._wall_ahead, _difference(asleep_ahead, self._asleep_ahead))
        if gained > _JITTER:
            self._elapsed += gained
            self._wall_ahead, self._asleep_ahead = wall_ahead, asleep_ahead
            return
        self._wall_ahead = min(self._wall_ahead, wall_ahead)  # set back: what it gains from there counts
        if self._asleep_ahead is None:
            self._asleep_ahead = asleep_ahead

    def _overdue(self) -> tuple[float, float]:
        """By how many seconds each limit is passed (idle with its countdown, longest); negative: not yet."""
        untouched = self._elapsed - self._touched_at
        return untouched - self._limits.idle - self._limits.countdown, self._elapsed - self._limits.longest


def _asleep_ahead(now: Reading) -> float | None:
    return None if now.awake_or_asleep is None else now.awake_or_asleep - now.monotonic


def _difference(now: float | None, then: float | None) -> float:
    """Nothing where either clock could not be read."""
    return 0.0 if now is None or then is None else now - then
