"""The clocks of each system, and which of them counts sleep."""

import ctypes
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest

from ingenes_desktop.adapters.clocks import read_clocks, read_clocks_of
from ingenes_desktop.application.session_clock import Reading


def module(**clocks: float) -> Any:
    """A ``time`` on which the named clocks can be read; the others are refused."""

    def clock_gettime(name: str) -> float:
        if name not in clocks:
            raise OSError(22, "Invalid argument")
        return clocks[name]

    return SimpleNamespace(
        monotonic=lambda: 10.0,
        time=lambda: 1_800_000_000.0,
        clock_gettime=clock_gettime,
        CLOCK_BOOTTIME="boot",
        CLOCK_MONOTONIC="monotonic",
        CLOCK_MONOTONIC_RAW="raw",
    )


def windows(answer: int, count: int = 0) -> Any:
    """What ctypes calls windll, with its one function."""

    def query(target: Any) -> int:
        target._obj.value = count
        return answer

    return SimpleNamespace(kernel32=SimpleNamespace(QueryUnbiasedInterruptTime=query))


def test_linux() -> None:
    assert read_clocks_of("linux", module(boot=90.0, raw=1.0)) == Reading(10.0, 1_800_000_000.0, 90.0)


def test_macos() -> None:
    assert read_clocks_of("darwin", module(boot=1.0, raw=90.0)) == Reading(10.0, 1_800_000_000.0, 90.0)


def test_windows_counts_sleep_in_the_clock_that_python_reads() -> None:
    reading = read_clocks_of("win32", module(), windows(1, 75_000_000))
    assert reading == Reading(7.5, 1_800_000_000.0, 10.0)


@pytest.mark.parametrize(
    ("platform", "clocks", "windll"),
    [
        ("linux", module(), None),
        ("darwin", module(), None),
        ("linux", SimpleNamespace(monotonic=lambda: 10.0, time=lambda: 1_800_000_000.0), None),
        ("win32", module(), windows(0)),
        ("win32", module(), SimpleNamespace(kernel32=SimpleNamespace())),
    ],
)
def test_a_clock_that_cannot_be_read_is_missing(platform: str, clocks: Any, windll: Any) -> None:
    assert read_clocks_of(platform, clocks, windll) == Reading(10.0, 1_800_000_000.0)


@pytest.mark.skipif(hasattr(ctypes, "windll"), reason="a machine without Windows' libraries")
def test_windows_without_its_libraries() -> None:
    assert read_clocks_of("win32", module()).awake_or_asleep is None


def test_this_computer() -> None:
    before = (time.monotonic(), time.time())
    first, second = read_clocks(), read_clocks()
    assert before[1] <= first.wall <= second.wall
    assert sys.platform == "win32" or before[0] <= first.monotonic <= second.monotonic
    assert first.awake_or_asleep is not None
    assert second.awake_or_asleep is not None
    assert second.awake_or_asleep >= first.awake_or_asleep
