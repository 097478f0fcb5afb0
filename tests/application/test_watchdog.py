"""One thread for every deadline: kept in order, taken back silently, and never held up by one of them."""

import threading
import time
from functools import partial
from queue import SimpleQueue

from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.watchdog import Watchdog


def test_a_later_note_that_is_due_sooner_comes_first() -> None:
    watchdog, made = Watchdog(), SimpleQueue[str]()
    watchdog.after(60, lambda: made.put("in a minute"))
    watchdog.after(0.3, lambda: made.put("second"))
    watchdog.after(0.1, lambda: made.put("first"))
    assert [made.get(timeout=5), made.get(timeout=5)] == ["first", "second"]


def test_a_note_taken_back_is_not_heard_of() -> None:
    watchdog, made = Watchdog(), SimpleQueue[str]()
    number = watchdog.after(0.05, lambda: made.put("taken back"))
    watchdog.forget(number)
    watchdog.forget(number)
    watchdog.after(0.2, lambda: made.put("left"))
    assert made.get(timeout=5) == "left"
    assert made.empty()


def test_a_call_that_fails_holds_up_no_other() -> None:
    watchdog, made = Watchdog(), SimpleQueue[str]()

    def fail() -> None:
        raise RuntimeError

    watchdog.after(0.05, fail)
    watchdog.after(0.1, lambda: made.put("kept"))
    assert made.get(timeout=5) == "kept"


def test_a_call_may_leave_a_note_of_its_own() -> None:
    watchdog, made = Watchdog(), SimpleQueue[str]()

    def leave_another() -> None:
        watchdog.after(0.0, lambda: made.put("after that"))

    watchdog.after(0.0, leave_another)
    assert made.get(timeout=5) == "after that"


def test_notes_from_many_threads_are_all_kept() -> None:
    watchdog, made = Watchdog(), SimpleQueue[int]()

    def leave(first: int) -> None:
        for position in range(first, first + 50):
            number = watchdog.after(0.05, partial(made.put, position))
            if position % 2:
                watchdog.forget(number)

    threads = [threading.Thread(target=leave, args=(first,)) for first in range(0, 200, 50)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert {made.get(timeout=5) for _ in range(100)} == set(range(0, 200, 2))


def test_a_request_starts_no_thread() -> None:
    attempt = Attempt(clock=time.monotonic, step_seconds=60, total_seconds=60)
    with attempt.guarding(lambda: None):
        before = threading.active_count()
        with attempt.guarding(lambda: None), attempt.outlived(1.0):
            assert threading.active_count() == before
