"""A call that cannot be interrupted, and is left behind when it takes too long."""

from collections.abc import Callable
from queue import Empty, SimpleQueue
from threading import Thread
from typing import TypeVar

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
