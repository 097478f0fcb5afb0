"""A call that cannot be interrupted, and is left behind when it takes too long; at last, all of them."""

import os
import sys
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Thread
from typing import NoReturn, TypeVar

_Result = TypeVar("_Result")


def answer_within(seconds: float, call: Callable[[], _Result], *, name: str) -> _Result:
    """``call()`` on a daemon thread of its own; it must not raise.

    Raises TimeoutError after ``seconds``: the thread that waits is left behind, and its answer is lost.
    """
    answers: SimpleQueue[_Result] = SimpleQueue()
    Thread(target=lambda: answers.put(call()), name=name, daemon=True).start()
    try:
        return answers.get(timeout=seconds)
    except Empty:
        raise TimeoutError from None


def leave(status: int) -> NoReturn:
    """End the process now, with the threads that are still in a call; everything else has been ended.

    Until Python 3.14 the interpreter's own end takes a thread off in the middle of a call, and where that
    is C++ (PySide, being imported) the process aborts: "exception not rethrown".
    https://docs.python.org/3/c-api/init.html#c.PyEval_RestoreThread
    """
    for stream in (sys.stdout, sys.stderr):
        # None without a console on Windows; closed by whoever read it.
        with suppress(AttributeError, OSError, ValueError):
            stream.flush()
    os._exit(status)
