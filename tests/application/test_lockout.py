"""The seconds of Cognito's lock, counted here."""

import pytest

from ingenes_desktop.application.lockout import UNKNOWN_LOCK_SECONDS, FailureCounter
from tests.application.far_ends import Clock


@pytest.mark.parametrize(("failures", "seconds"), [(5, 1), (6, 2), (9, 16), (14, 512), (15, 900), (40, 900)])
def test_the_lock_doubles_with_each_failure(failures: int, seconds: float) -> None:
    counter = FailureCounter(Clock())
    for _ in range(failures):
        counter.failed("ana")
    assert counter.seconds_locked("ana") == seconds


def test_it_runs_down_and_belongs_to_one_name() -> None:
    clock = Clock()
    counter = FailureCounter(clock)
    for _ in range(9):
        counter.failed("ana")
    clock.now += 10
    assert counter.seconds_locked("ana") == 6
    assert counter.seconds_locked("luis") == UNKNOWN_LOCK_SECONDS


def test_a_success_or_fifteen_quiet_minutes_end_the_counting() -> None:
    clock = Clock()
    counter = FailureCounter(clock)
    for name in ("ana", "luis"):
        for _ in range(9):
            counter.failed(name)
    counter.succeeded("ana")
    assert counter.seconds_locked("ana") == UNKNOWN_LOCK_SECONDS
    clock.now += 901
    assert counter.seconds_locked("luis") == UNKNOWN_LOCK_SECONDS


def test_a_hundred_names_are_enough() -> None:
    counter = FailureCounter(Clock())
    for number in range(150):
        for _ in range(6):
            counter.failed(f"user-{number}")
    assert counter.seconds_locked("user-0") == UNKNOWN_LOCK_SECONDS
    assert counter.seconds_locked("user-149") == 2
