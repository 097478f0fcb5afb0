"""What messages, notifications and facts say of the screen: the pure halves of the three systems."""

import pytest

from ingenes_desktop.controllers.session_events import (
    CoverReason,
    mac_notifications,
    make_session_events,
    windows_messages,
)
from ingenes_desktop.controllers.session_events.interface import ScreenChange
from ingenes_desktop.controllers.session_events.screen_facts import ScreenFacts
from tests.session_events import ScriptedSessionEvents

LOCKED, ASLEEP, AWAY = CoverReason.LOCKED, CoverReason.ASLEEP, CoverReason.AWAY
OWN, OTHER = 3, 1
SESSION, POWER, ENDS = 0x02B1, 0x0218, 0x0016


@pytest.mark.parametrize(
    ("message", "wparam", "lparam", "expected"),
    [
        pytest.param(SESSION, 7, OWN, (LOCKED, True), id="lock"),
        pytest.param(SESSION, 8, OWN, (LOCKED, False), id="unlock"),
        pytest.param(SESSION, 7, OTHER, None, id="another session's lock"),
        pytest.param(SESSION, 8, OTHER, None, id="another session's unlock"),
        pytest.param(SESSION, 4, OWN, (AWAY, True), id="remote desktop disconnected"),
        pytest.param(SESSION, 4, OTHER, None, id="another's remote desktop disconnected"),
        pytest.param(SESSION, 3, OWN, (AWAY, False), id="remote desktop connected"),
        pytest.param(SESSION, 2, OWN, (AWAY, True), id="console given to another user"),
        pytest.param(SESSION, 1, OWN, (AWAY, False), id="console back"),
        pytest.param(SESSION, 6, OWN, (AWAY, True), id="logged off"),
        pytest.param(SESSION, 5, OWN, None, id="logged on"),
        pytest.param(SESSION, 9, OWN, None, id="remote control"),
        pytest.param(POWER, 0x04, 0, (ASLEEP, True), id="suspend"),
        pytest.param(POWER, 0x06, 0, (ASLEEP, False), id="resume after a critical suspend"),
        pytest.param(POWER, 0x07, 0, (ASLEEP, False), id="resume by the person"),
        pytest.param(POWER, 0x12, 0, (ASLEEP, False), id="resume by itself"),
        pytest.param(POWER, 0x0A, 0, None, id="battery"),
        pytest.param(POWER, 0x8013, 0, None, id="power setting"),
        pytest.param(ENDS, 1, 0, (AWAY, True), id="the session ends"),
        pytest.param(ENDS, 0, 0, None, id="the session was rescued"),
        pytest.param(0x0200, 7, OWN, None, id="a mouse move with the same numbers"),
    ],
)
def test_what_windows_says(
    message: int, wparam: int, lparam: int, expected: tuple[CoverReason, bool] | None
) -> None:
    assert windows_messages.change_of(message, wparam, lparam, OWN) == expected
    # Whatever is not None is not held back before it is looked at.
    assert expected is None or message in windows_messages.MESSAGES


@pytest.mark.parametrize(
    ("state", "flags", "expected"),
    [
        (0, 1, []),
        (0, 0, [ScreenChange(LOCKED, covers=True)]),
        (4, 0, [ScreenChange(LOCKED, covers=True), ScreenChange(AWAY, covers=True)]),
        (0, -1, []),
    ],
)
def test_what_holds_on_windows_already(state: int, flags: int, expected: list[ScreenChange]) -> None:
    assert windows_messages.changes_at_start(state, flags) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("NSWorkspaceWillSleepNotification", (ASLEEP, True)),
        ("NSWorkspaceDidWakeNotification", (ASLEEP, False)),
        ("NSWorkspaceSessionDidResignActiveNotification", (AWAY, True)),
        ("NSWorkspaceSessionDidBecomeActiveNotification", (AWAY, False)),
        ("com.apple.screenIsLocked", (LOCKED, True)),
        ("com.apple.screenIsUnlocked", (LOCKED, False)),
        ("com.apple.screensaver.didstart", None),
    ],
)
def test_what_macos_says(name: str, expected: tuple[CoverReason, bool] | None) -> None:
    assert mac_notifications.change_of(name) == expected


def test_facts_that_cover() -> None:
    open_screen = ScreenFacts()
    assert open_screen.reasons == frozenset()
    assert open_screen.ask_lock(wanted=True).reasons == {LOCKED}
    assert open_screen.hint_lock(locked=True).reasons == {LOCKED}
    assert open_screen.save_screen("a", active=True).reasons == {LOCKED}
    assert open_screen.sleep(sleeping=True).reasons == {ASLEEP}
    assert open_screen.switch(active=False).reasons == {AWAY}
    everything = open_screen.ask_lock(wanted=True).sleep(sleeping=True).switch(active=False)
    assert everything.reasons == {LOCKED, ASLEEP, AWAY}


def test_each_who_knows_ends_what_was_only_asked_for() -> None:
    asked = ScreenFacts().ask_lock(wanted=True)
    assert asked.is_only_asked
    assert asked.ask_lock(wanted=False).reasons == frozenset()
    assert asked.hint_lock(locked=True).hint_lock(locked=False).reasons == frozenset()
    saved = asked.save_screen("a", active=True)
    assert not saved.is_only_asked
    assert saved.save_screen("a", active=False).reasons == frozenset()
    assert asked.prove_open().reasons == frozenset()


def test_who_does_not_know_ends_nothing() -> None:
    asked = ScreenFacts().ask_lock(wanted=True)
    # The desktop's locker has not come up yet, and says so.
    assert asked.hint_lock(locked=False).reasons == {LOCKED}
    assert asked.save_screen("a", active=False).reasons == {LOCKED}
    hinted = asked.hint_lock(locked=True)
    assert hinted.ask_lock(wanted=False).reasons == {LOCKED}
    assert hinted.prove_open().reasons == {LOCKED}
    two = ScreenFacts().save_screen("a", active=True).save_screen("b", active=True)
    assert two.save_screen("a", active=False).reasons == {LOCKED}


@pytest.mark.parametrize(
    "before",
    [
        ScreenFacts(lock_hint=True),
        ScreenFacts(lock_asked=True),
        ScreenFacts(sleeping=True),
        ScreenFacts(active=False),
    ],
)
def test_what_logind_said_last_holds_when_it_is_gone(before: ScreenFacts) -> None:
    after = before.lose_logind()
    assert after.reasons == {LOCKED}
    assert after.is_only_asked
    assert ScreenFacts().lose_logind() == ScreenFacts()


def test_a_screen_saver_that_is_gone_has_covered_with_nobody_to_vouch_for_it() -> None:
    saved = ScreenFacts().save_screen("a", active=True)
    assert saved.lose_saver("a").is_only_asked
    assert saved.lose_saver("b") == saved


def test_several_reasons_are_shown_once() -> None:
    events = ScriptedSessionEvents()
    heard: list[tuple[str, CoverReason]] = []
    events.covered.connect(lambda reason: heard.append(("covered", reason)))
    events.shown.connect(lambda reason: heard.append(("shown", reason)))
    events.resume()
    events.lock()
    events.lock()
    events.sleep()
    events.resume()
    events.unlock()
    assert heard == [("covered", LOCKED), ("covered", ASLEEP), ("shown", LOCKED)]


def test_whoever_reaches_the_window_ends_every_reason_until_the_next() -> None:
    events = ScriptedSessionEvents()
    heard: list[str] = []
    events.covered.connect(lambda _reason: heard.append("covered"))
    events.shown.connect(lambda _reason: heard.append("shown"))
    events.prove_open()
    events.lock()
    events.sleep()
    events.prove_open()
    events.lock()
    assert heard == ["covered", "covered", "shown", "covered"]


def test_the_cover_is_painted_after_whoever_covers_has_covered() -> None:
    order: list[str] = []
    events = ScriptedSessionEvents(lambda: order.append("painted"))
    events.covered.connect(lambda _: order.append("covered"))
    events.lock()
    assert order == ["covered", "painted"]


def test_every_platform_without_one_of_its_own_gets_linux() -> None:
    for platform in ("linux", "freebsd14"):
        events = make_session_events(platform, paint_now=lambda: None)
        assert type(events).__name__ == "LinuxSessionEvents"
        events.stop()
