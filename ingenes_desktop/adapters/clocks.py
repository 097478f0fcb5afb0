"""The clocks of this computer, as the rules of a session read them."""

import sys
import time
from typing import Any, Protocol

from ingenes_desktop.application.session_clock import Reading

_UNITS_PER_SECOND = 10_000_000
_UNBIASED_INTERRUPT_TIME = "QueryUnbiasedInterruptTime"


class TimeModule(Protocol):
    """What is used of the standard library's ``time``; its ``CLOCK_`` numbers beside."""

    def monotonic(self) -> float: ...
    def time(self) -> float: ...


def read_clocks() -> Reading:
    """Every clock, now. Any thread; 1 to 2 microseconds; never raises.

    Which clock counts sleep differs:

    - Linux: CLOCK_BOOTTIME does, CLOCK_MONOTONIC (Python's monotonic) does not.
      https://man7.org/linux/man-pages/man2/clock_gettime.2.html
    - macOS: CLOCK_MONOTONIC_RAW goes on while the system is asleep (clock_gettime(3) of macOS);
      mach_absolute_time (Python's monotonic) does not. https://reviews.llvm.org/D74341
    - Windows: Python's monotonic does, be it GetTickCount64 (to 3.12) or QueryPerformanceCounter.
      QueryUnbiasedInterruptTime does not.
      https://learn.microsoft.com/en-us/windows/win32/sysinfo/windows-time
    """
    return read_clocks_of(sys.platform, time)


def read_clocks_of(platform: str, clocks: TimeModule, windll: Any = None) -> Reading:
    """read_clocks() for ``sys.platform``; ``windll`` stands for ctypes' where there is none."""
    monotonic, wall = clocks.monotonic(), clocks.time()
    if platform == "win32":
        unbiased = _unbiased_seconds(windll)
        if unbiased is None:
            return Reading(monotonic, wall)  # counts sleep: the rules are kept, only "jumped" is not known
        return Reading(unbiased, wall, monotonic)
    name = "CLOCK_MONOTONIC_RAW" if platform == "darwin" else "CLOCK_BOOTTIME"
    return Reading(monotonic, wall, _seconds_of(clocks, name))


def _seconds_of(clocks: Any, name: str) -> float | None:
    try:
        seconds: float = clocks.clock_gettime(getattr(clocks, name))
    except (AttributeError, OSError):
        return None  # an older system, or a sandbox that refuses the clock
    return seconds


def _unbiased_seconds(windll: Any) -> float | None:
    import ctypes  # noqa: PLC0415  2 ms, for Windows alone and after the first paint

    count = ctypes.c_ulonglong()
    try:
        library = (windll or getattr(ctypes, "windll")).kernel32  # noqa: B009  mypy knows of no windll here
        succeeded = getattr(library, _UNBIASED_INTERRUPT_TIME)(ctypes.byref(count))
    except (AttributeError, OSError):
        return None
    return count.value / _UNITS_PER_SECOND if succeeded else None
