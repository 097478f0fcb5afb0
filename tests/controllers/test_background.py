"""Jobs on their lanes: what one leaves behind when it has ended."""

import gc
import weakref
from threading import Event

from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.domain.errors import AuthError, ErrorCode


class Kept:
    """Whatever the callbacks of a job hold."""

    def __init__(self) -> None:
        self.results: list[object] = []

    def take(self, result: object) -> None:
        self.results.append(result)


def test_nothing_is_kept_of_a_job_that_came_home_in_time(qtbot: QtBot, shared_background: Background) -> None:
    kept = Kept()
    settled = Event()
    shared_background.run(
        Lane.BESIDE,
        lambda: 1,
        on_done=kept.take,
        on_failed=kept.take,
        on_settled=settled.set,
        overdue_seconds=600.0,
    )
    qtbot.waitUntil(settled.is_set)
    assert kept.results == [1]
    gone = weakref.ref(kept)
    del kept

    def is_gone() -> bool:
        gc.collect()
        return gone() is None

    qtbot.waitUntil(is_gone)


def test_a_job_that_is_overdue_fails_while_it_hangs_and_is_late_afterwards(
    qtbot: QtBot, shared_background: Background
) -> None:
    kept, late, go_on = Kept(), Kept(), Event()

    def hang() -> int:
        go_on.wait(30)
        return 2

    shared_background.run(
        Lane.BESIDE, hang, on_done=kept.take, on_failed=kept.take, on_late=late.take, overdue_seconds=0.1
    )
    qtbot.waitUntil(lambda: bool(kept.results))
    (error,) = kept.results
    assert isinstance(error, AuthError)
    assert (error.code, error.detail) == (ErrorCode.NOT_RESPONDING, "OVERDUE")
    assert late.results == []
    go_on.set()
    qtbot.waitUntil(lambda: late.results == [2])
    assert kept.results == [error]
