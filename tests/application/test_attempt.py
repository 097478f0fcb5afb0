"""Deadlines of a step and of the whole, and cancelling from another thread."""

import time
from threading import Event, Thread

import pytest

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from tests.application.far_ends import Clock


def test_a_step_has_its_own_deadline_and_the_whole_has_one() -> None:
    clock = Clock(0.0)
    attempt = Attempt(clock=clock, step_seconds=15, total_seconds=40)
    assert attempt.remaining() == 15
    clock.now = 14
    attempt.begin(SignInStep.ACCESS)
    assert attempt.remaining() == 15
    clock.now = 28
    attempt.begin(SignInStep.CONFIGURATION)
    assert attempt.remaining() == 12
    clock.now = 40
    with pytest.raises(AuthError) as caught:
        attempt.check()
    assert caught.value.code is ErrorCode.NOT_RESPONDING
    with pytest.raises(AuthError):
        attempt.begin(SignInStep.RECORD)


def test_a_step_that_ran_out_ends_the_attempt() -> None:
    clock = Clock(0.0)
    attempt = Attempt(clock=clock, step_seconds=15, total_seconds=45)
    clock.now = 15
    with pytest.raises(AuthError) as caught:
        attempt.remaining()
    assert caught.value.code is ErrorCode.NOT_RESPONDING


def test_steps_are_reported_in_order() -> None:
    seen: list[SignInStep] = []
    attempt = Attempt(clock=Clock(), step_seconds=15, total_seconds=45, on_step=seen.append)
    for step in SignInStep:
        attempt.begin(step)
    assert seen == list(SignInStep)


def test_a_cancel_shuts_what_is_guarded_and_ends_a_pause() -> None:
    attempt = Attempt(clock=time.monotonic, step_seconds=60, total_seconds=60)
    shut, paused, codes = Event(), Event(), []

    def work() -> None:
        try:
            with attempt.guarding(shut.set):
                paused.set()
                attempt.wait(60)
        except AuthError as error:
            codes.append(error.code)

    worker = Thread(target=work)
    worker.start()
    assert paused.wait(5)
    attempt.cancel()
    worker.join(5)
    assert not worker.is_alive()
    assert shut.is_set()
    assert codes == [ErrorCode.CANCELLED]


def test_the_watchdog_shuts_what_outlives_the_step() -> None:
    attempt = Attempt(clock=time.monotonic, step_seconds=0.05, total_seconds=60)
    shut = Event()
    with attempt.guarding(shut.set):
        assert shut.wait(5)


def test_nothing_is_shut_after_the_block() -> None:
    attempt = Attempt(clock=time.monotonic, step_seconds=60, total_seconds=60)
    shut = Event()
    with attempt.guarding(shut.set):
        pass
    attempt.cancel()
    assert not shut.is_set()
