"""How long a person stays signed in. Nothing sleeps here: a day is a few readings."""

import pytest

from ingenes_desktop.application.session_clock import Active, Ended, Reading, SessionClock, Verdict, Warned
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from tests.application.timelines import Computer, Life

IDLE, LONGEST = Ended(ErrorCode.SESSION_IDLE), Ended(ErrorCode.SESSION_LONGEST)
KINDS = {kind: SessionLimits.of(kind) for kind in MachineKind}
PERSONAL = KINDS[MachineKind.PERSONAL]
HOUR = 3600.0


def begin(limits: SessionLimits = PERSONAL, *, counts_sleep: bool = True, already: float = 0.0) -> Life:
    return Life(limits, Computer(counts_sleep=counts_sleep), already=already)


def plain(verdict: Verdict) -> Verdict:
    """Without whether the clocks jumped."""
    match verdict:
        case Active():
            return Active()
        case Warned(left, _):
            return Warned(left)
        case Ended(code, _):
            return Ended(code)


def boundaries() -> list[tuple[MachineKind, float, Verdict]]:
    table: list[tuple[MachineKind, float, Verdict]] = []
    for kind, limits in KINDS.items():
        idle, countdown = limits.idle, int(limits.countdown)
        table += [
            (kind, idle - 1, Active()),
            (kind, idle, Warned(countdown)),
            (kind, idle + 1, Warned(countdown - 1)),
            (kind, idle + countdown - 1, Warned(1)),
            (kind, idle + countdown, IDLE),
            (kind, idle + countdown + 1, IDLE),
        ]
    return table


def test_the_durations_of_each_kind() -> None:
    durations = {kind: (limits.idle, limits.countdown, limits.longest) for kind, limits in KINDS.items()}
    assert durations == {
        MachineKind.PERSONAL: (900, 60, 12 * HOUR),
        MachineKind.SHARED: (300, 30, 12 * HOUR),
        MachineKind.KIOSK: (120, 20, 12 * HOUR),
    }


@pytest.mark.parametrize("step", [1.0, 0.25, None])
@pytest.mark.parametrize(("kind", "after", "expected"), boundaries())
def test_idle_to_the_second(kind: MachineKind, after: float, expected: Verdict, step: float | None) -> None:
    life = begin(KINDS[kind])
    for _ in range(int(after / (step or after))):
        life.pass_time(step or after)
        verdict = life.look()
    assert verdict == expected


@pytest.mark.parametrize("kind", MachineKind)
@pytest.mark.parametrize(("late", "expected"), [(-1, Active()), (0, LONGEST), (1, LONGEST)])
@pytest.mark.parametrize("already", [0.0, 5 * HOUR])
def test_the_longest_session_to_the_second(
    kind: MachineKind, late: float, expected: Verdict, already: float
) -> None:
    limits = KINDS[kind]
    life = begin(limits, already=already)
    remaining = limits.longest - already + late
    while remaining > 0:
        life.pass_time(min(60.0, remaining))
        remaining -= 60.0
        life.touch()
        verdict = life.look()
        assert remaining <= 1 or verdict == Active()
    assert verdict == expected


@pytest.mark.parametrize("already", [12 * HOUR, 13 * HOUR])
def test_a_restored_session_that_is_too_old_ends_at_the_first_look(already: float) -> None:
    assert begin(already=already).look() == LONGEST


def test_a_sign_in_from_the_future_gains_nothing() -> None:
    life = begin(already=-5 * HOUR)
    life.truth.elapsed = life.truth.wall_forward_in_all = 0.0
    for _ in range(12 * 60):
        life.pass_time(60)
        life.touch()
    assert life.look() == LONGEST


def test_every_second_of_the_countdown() -> None:
    life = begin(KINDS[MachineKind.KIOSK])
    life.pass_time(120)
    shown = [life.look()]
    while not isinstance(shown[-1], Ended):
        life.pass_time(1)
        shown.append(life.look())
    assert shown == [*(Warned(left) for left in range(20, 0, -1)), IDLE]


def test_the_countdown_is_rounded_up() -> None:
    life = begin(KINDS[MachineKind.KIOSK])
    life.pass_time(139.001)
    assert life.look() == Warned(1)
    life.pass_time(0.998)
    assert life.look() == Warned(1)
    life.pass_time(0.002)
    assert life.look() == IDLE


def test_a_touch_cancels_the_countdown() -> None:
    life = begin()
    life.pass_time(959)
    assert life.look() == Warned(1)
    life.touch()
    assert life.look() == Active()
    life.pass_time(899)
    assert life.look() == Active()
    life.pass_time(61)
    assert life.look() == IDLE


def test_the_countdown_tells_the_longest_session_where_that_is_nearer() -> None:
    life = begin(already=12 * HOUR - 920)
    life.pass_time(910)
    assert life.look() == Warned(10)
    life.touch()
    assert life.look() == Active()
    life.pass_time(10)
    assert life.look() == LONGEST


def test_what_was_reached_first_is_the_reason() -> None:
    life = begin(already=11 * HOUR)
    life.pass_time(20 * HOUR)
    assert life.look() == IDLE
    life = begin(already=12 * HOUR - 100)
    life.pass_time(20 * HOUR)
    assert life.look() == LONGEST


def test_a_touch_after_the_end_is_in_vain() -> None:
    life = begin()
    life.pass_time(960)
    life.touch()
    assert life.look() == IDLE
    life.touch()
    life.pass_time(1)
    assert life.look() == IDLE


def test_the_clocks_are_read_once_for_a_touch_and_a_late_look() -> None:
    computer = Computer()
    clock = SessionClock(PERSONAL, computer.read())
    computer.pass_time(8 * HOUR)
    now = computer.read()
    clock.touch(now)
    assert clock.look(now) == IDLE


@pytest.mark.parametrize("counts_sleep", [True, False])
def test_a_night_of_sleep(*, counts_sleep: bool) -> None:
    life = begin(counts_sleep=counts_sleep)
    life.sleep(8 * HOUR)
    life.touch()
    assert life.look() == Ended(ErrorCode.SESSION_IDLE, jumped=True)


@pytest.mark.parametrize("counts_sleep", [True, False])
def test_asleep_beyond_the_warning(*, counts_sleep: bool) -> None:
    life = begin(counts_sleep=counts_sleep)
    life.pass_time(850)
    assert life.look() == Active()
    life.sleep(110)
    assert life.look() == Ended(ErrorCode.SESSION_IDLE, jumped=True)


@pytest.mark.parametrize("counts_sleep", [True, False])
def test_who_wakes_the_machine_is_not_yet_who_left_it(*, counts_sleep: bool) -> None:
    life = begin(counts_sleep=counts_sleep)
    life.sleep(500)
    life.touch()
    assert life.look() == Active(jumped=True)
    life.pass_time(400)
    assert life.look() == Warned(60)
    life.touch()
    life.pass_time(899)
    assert life.look() == Active()


def test_a_doze_between_two_looks_is_seen_though_the_wall_clock_hides_it() -> None:
    life = begin()
    life.sleep(20)
    life.set_clock(-20)
    assert life.look() == Active(jumped=True)
    life.sleep(HOUR)
    life.set_clock(-HOUR)
    assert plain(life.look()) == IDLE


@pytest.mark.parametrize("counts_sleep", [True, False])
@pytest.mark.parametrize("back", [45.0, HOUR, 24 * HOUR, 40 * 365 * 24 * HOUR])
def test_a_clock_set_back_lengthens_nothing(back: float, *, counts_sleep: bool) -> None:
    life = begin(counts_sleep=counts_sleep)
    life.pass_time(450)
    life.set_clock(-back)
    assert life.look() == Active(jumped=True)
    life.pass_time(450)
    assert life.look() == Warned(60)
    life.set_clock(-back)
    life.pass_time(60)
    assert plain(life.look()) == IDLE


def test_a_clock_set_back_before_the_lid_is_closed() -> None:
    life = begin(counts_sleep=False)
    life.set_clock(-8 * HOUR)
    assert life.look() == Active(jumped=True)
    life.sleep(8 * HOUR)
    assert life.look() == Ended(ErrorCode.SESSION_IDLE, jumped=True)


def test_a_sleep_while_the_clock_is_put_right() -> None:
    life = begin()
    life.set_clock(600)
    life.look()
    life.touch()
    life.sleep(960)
    life.set_clock(-600)
    assert plain(life.look()) == IDLE


@pytest.mark.parametrize("counts_sleep", [True, False])
def test_a_clock_set_forward_is_time_that_passed(*, counts_sleep: bool) -> None:
    life = begin(counts_sleep=counts_sleep)
    life.set_clock(HOUR)
    assert life.look() == Ended(ErrorCode.SESSION_IDLE, jumped=True)
    life = begin(counts_sleep=counts_sleep, already=11.9 * HOUR)
    life.set_clock(600)
    assert life.look() == Ended(ErrorCode.SESSION_LONGEST, jumped=True)


def test_a_clock_that_jumps_forth_and_back_again() -> None:
    life = begin()
    life.set_clock(600)
    assert life.look() == Active(jumped=True)
    life.set_clock(-600)
    assert life.look() == Active(jumped=True)
    # What was counted is not given back, and nothing is counted twice.
    life.pass_time(299)
    assert life.look() == Active()
    life.pass_time(1)
    assert life.look() == Warned(60)


def test_forth_and_back_between_two_looks() -> None:
    life = begin()
    life.set_clock(600)
    life.touch()
    life.set_clock(-600)
    assert life.look() == Active(jumped=True)


@pytest.mark.parametrize(("shift", "jumped"), [(29, False), (31, True), (-29, False), (-31, True)])
def test_which_difference_is_a_jump(shift: float, *, jumped: bool) -> None:
    life = begin()
    life.set_clock(shift)
    assert life.look() == Active(jumped)
    assert life.look() == Active(jumped=False)


def test_a_jump_in_steps_is_a_jump_too() -> None:
    life = begin()
    for _ in range(4):
        life.set_clock(9)
        life.touch()
    assert life.look() == Active(jumped=True)


def test_twelve_hours_of_jittering_ticks_are_twelve_hours() -> None:
    life = begin()
    life.jitter = 0.3
    for _ in range(int(12 * HOUR) - 1):
        life.pass_time(1)
        life.touch()
        assert life.look() == Active()
    life.pass_time(1)
    assert life.look() == LONGEST


@pytest.mark.parametrize(("rate", "expected"), [(1.0005, LONGEST), (0.9995, Active())])
def test_a_wall_clock_that_drifts(rate: float, expected: Verdict) -> None:
    life = Life(PERSONAL, Computer(rate=rate))
    for _ in range(int(12 * HOUR) - 10):
        life.pass_time(1)
        life.touch()
        verdict = life.look()
    assert verdict == expected


def test_a_clock_that_counts_sleep_and_comes_and_goes() -> None:
    computer = Computer(counts_sleep=False)
    clock = SessionClock(PERSONAL, computer.read())
    for is_there in (True, False, True, True):
        computer.counts_sleep = is_there
        computer.pass_time(10)
        assert clock.look(computer.read()) == Active()
    computer.asleep += 2 * HOUR  # not even the wall clock saw it
    assert clock.look(computer.read()) == Ended(ErrorCode.SESSION_IDLE, jumped=True)


def test_a_monotonic_clock_that_goes_back_ends_nothing_late() -> None:
    clock = SessionClock(PERSONAL, Reading(1000.0, 5000.0))
    clock.look(Reading(1100.0, 5100.0))
    clock.look(Reading(900.0, 5200.0))
    assert plain(clock.look(Reading(1660.0, 5960.0))) == IDLE
    clock = SessionClock(PERSONAL, Reading(1000.0, 5000.0))
    clock.look(Reading(900.0, 4900.0))
    assert clock.look(Reading(1860.0, 5860.0)) == IDLE
