"""What happened, in words that support can read and that hold no secret.

A log line is an event's name and a few fields. The fields are a white list: enumerations, numbers,
and short tokens of our own; any other text is replaced, so that a far end's message, an address or a
token cannot enter the log by mistake.
"""

import logging
from enum import Enum
from re import compile as compile_pattern

from ingenes_desktop.domain.errors import Problem

LOGGER_NAME = "ingenes"
# A second one in parentheses says where a refused setting stands.
_TOKEN = compile_pattern(r"[A-Za-z0-9_.:/+<>~-]{1,64}(?: \([A-Za-z0-9_.:/+<>~-]{1,64}\))?")
_OPEN_FIELDS = frozenset(
    {
        "code", "count", "detail", "error", "host", "kind", "language", "location", "machine", "operation",
        "platform", "reference", "seconds", "service", "setting", "source", "status", "step", "version",
        "wait",
    }
)  # fmt: skip
_logger = logging.getLogger(LOGGER_NAME)

Field = str | int | float | bool | Enum | None


def record(event: str, *, level: int = logging.INFO, **fields: Field) -> None:
    """Write one event; any thread. Never raises, never blocks on a far end."""
    if _logger.isEnabledFor(level):
        words = "".join(f" {name}={_shown(name, value)}" for name, value in fields.items())
        _logger.log(level, "%s%s", event, words)


def record_problem(problem: Problem) -> None:
    """Write what a person is about to be told, under the reference that stands on the screen."""
    record(
        "problem",
        code=problem.code,
        detail=problem.detail or None,
        wait=problem.wait_seconds,
        reference=problem.reference,
    )


def record_bug(error: BaseException) -> None:
    """Write an exception that nobody foresaw: its type and where it was raised, never its text."""
    traceback = error.__traceback__
    while traceback is not None and traceback.tb_next is not None:
        traceback = traceback.tb_next
    location = "unknown"
    if traceback is not None:
        code = traceback.tb_frame.f_code
        location = f"{code.co_name}:{traceback.tb_lineno}"
    record("bug", level=logging.ERROR, error=type(error).__name__, location=location)


def _shown(name: str, value: Field) -> str:
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, bool | int) or value is None:
        return str(value)
    if isinstance(value, float):
        return f"{value:.3f}"
    # An address of a person has an @, which no token of ours has.
    if name in _OPEN_FIELDS and _TOKEN.fullmatch(value):
        return value
    return "<redacted>"
