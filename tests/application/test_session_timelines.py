"""Thousands of made-up days: looks, touches, sleeps, clocks set and drifting, in any order."""

from hypothesis import given, settings
from hypothesis import strategies as st

from ingenes_desktop.application.session_clock import Active, Ended
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from tests.application.timelines import Computer, Life

KINDS = [SessionLimits.of(kind) for kind in MachineKind]
HOUR = 3600.0
SMALL = st.floats(0, 3, allow_nan=False)
STEPS = st.one_of(
    st.tuples(st.just("look"), st.just(0.0)),
    st.tuples(st.just("touch"), st.just(0.0)),
    st.tuples(st.just("pass_time"), SMALL | st.floats(0, 500) | st.floats(0, 4 * HOUR)),
    st.tuples(st.just("sleep"), st.integers(1, 4).map(lambda n: n * 7.0) | st.floats(60, 16 * HOUR)),
)
# By sevens, so that no sum of them is as near to the 30 seconds as a jitter.
SET = st.tuples(
    st.just("set_clock"),
    st.integers(-5, 5).filter(bool).map(lambda n: n * 7.0)
    | st.integers(-13000, 13000).filter(bool).map(lambda n: n * 7.0),
)
LIMITS = st.sampled_from(KINDS) | st.builds(
    SessionLimits,
    idle=st.integers(10, 1200).map(float),
    countdown=st.integers(5, 120).map(float),
    longest=st.integers(60, 86400).map(float),
)
MANY = settings(max_examples=1500, deadline=None)


def run(life: Life, steps: list[tuple[str, float]]) -> Life:
    for kind, amount in steps:
        match kind:
            case "look":
                life.look()
            case "touch":
                life.touch()
            case "pass_time":
                life.pass_time(amount)
            case "sleep":
                life.sleep(amount)
            case _:
                life.set_clock(amount)
    life.look()
    return life


@MANY
@given(
    limits=LIMITS,
    counts_sleep=st.booleans(),
    jitter=st.floats(0, 0.2),
    already=st.just(0.0) | st.floats(0, 12 * HOUR),
    steps=st.lists(STEPS, max_size=60),
)
def test_where_the_clocks_run_true_every_answer_is_right(
    limits: SessionLimits,
    jitter: float,
    already: float,
    steps: list[tuple[str, float]],
    *,
    counts_sleep: bool,
) -> None:
    run(Life(limits, Computer(counts_sleep=counts_sleep), jitter, already), steps)


@MANY
@given(
    limits=LIMITS,
    counts_sleep=st.booleans(),
    jitter=st.floats(0, 0.2),
    already=st.just(0.0) | st.floats(0, 12 * HOUR),
    steps=st.lists(STEPS | SET, max_size=60),
)
def test_whatever_the_clocks_do_nobody_is_signed_in_for_too_long(
    limits: SessionLimits,
    jitter: float,
    already: float,
    steps: list[tuple[str, float]],
    *,
    counts_sleep: bool,
) -> None:
    run(Life(limits, Computer(counts_sleep=counts_sleep), jitter, already), steps)


@settings(max_examples=500, deadline=None)
@given(limits=LIMITS, rate=st.floats(0.9, 1.1), steps=st.lists(STEPS, max_size=60))
def test_a_drifting_clock_keeps_nobody_signed_in(
    limits: SessionLimits, rate: float, steps: list[tuple[str, float]]
) -> None:
    run(Life(limits, Computer(rate=rate)), steps)


@settings(max_examples=1000, deadline=None)
@given(limits=LIMITS, steps=st.lists(STEPS | SET.map(lambda step: (step[0], -abs(step[1]))), max_size=60))
def test_the_same_day_without_the_clocks_set_back_is_never_shorter(
    limits: SessionLimits, steps: list[tuple[str, float]]
) -> None:
    set_back = run(Life(limits, Computer()), steps).verdicts
    undisturbed = run(Life(limits, Computer()), [step for step in steps if step[0] != "set_clock"]).verdicts
    for disturbed, other in zip(set_back, undisturbed, strict=True):
        assert isinstance(disturbed, Ended) or not isinstance(other, Ended)


@settings(max_examples=1000, deadline=None)
@given(
    limits=LIMITS,
    gaps=st.lists(st.floats(0.1, 1.0), min_size=1, max_size=40),
    step=st.integers(1, 90).map(lambda n: n / 10),
)
def test_a_touch_in_time_never_signs_out(limits: SessionLimits, gaps: list[float], step: float) -> None:
    """Somebody comes back each time after a part of the patience, the last moment included."""
    life = Life(limits, Computer())
    patience = limits.idle + limits.countdown
    for share in gaps:
        remaining = min(share * patience, patience - 0.01)
        if life.truth.elapsed + remaining >= limits.longest - 1:
            break
        while remaining > 0:
            life.pass_time(min(step * 10, remaining))
            remaining -= step * 10
            assert not isinstance(life.look(), Ended)
        life.touch()
        assert life.look() == Active()
