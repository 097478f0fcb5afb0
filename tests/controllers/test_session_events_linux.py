"""Linux' session events, against a logind and screen savers of our own on a private bus."""

import os
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from jeepney import DBusAddress, HeaderFields, new_signal
from jeepney.bus_messages import message_bus
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.session_events import CoverReason
from ingenes_desktop.controllers.session_events.linux import LinuxSessionEvents
from tests.atspi import processes
from tests.secret_service import private_bus
from tests.stub_logind import LOGIN1, MANAGER, MANAGER_PATH, OTHERS, OURS, SESSION, StubLogind, stub_logind

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="logind is Linux'")

LOCKED, ASLEEP, AWAY = CoverReason.LOCKED, CoverReason.ASLEEP, CoverReason.AWAY
NOWHERE = "unix:path=/nonexistent/bus"
GNOME = "org.gnome.ScreenSaver"


class Heard:
    """What the window would hear, in order; the clock is the test's."""

    def __init__(self, system_bus: str, session_bus: str = NOWHERE) -> None:
        self.changes: list[tuple[str, CoverReason]] = []
        self.painted = 0
        self.now = 0.0
        self.events = LinuxSessionEvents(
            self.paint, system_bus=system_bus, session_bus=session_bus, clock=lambda: self.now
        )
        self.events.covered.connect(lambda reason: self.changes.append(("covered", reason)))
        self.events.shown.connect(lambda reason: self.changes.append(("shown", reason)))

    def paint(self) -> None:
        """Stands in for QWidget.repaint."""
        self.painted += 1

    def await_changes(self, qtbot: QtBot, *expected: tuple[str, CoverReason]) -> None:
        """Wait until exactly ``expected`` was heard since the last time."""
        qtbot.waitUntil(lambda: len(self.changes) >= len(expected))
        assert self.changes == list(expected)
        self.changes.clear()


@pytest.fixture(scope="module")
def bus() -> Iterator[str]:
    with private_bus() as service:
        yield service.environment["DBUS_SESSION_BUS_ADDRESS"]


@pytest.fixture
def logind(bus: str) -> Iterator[StubLogind]:
    with stub_logind(bus) as stub:
        yield stub


@pytest.fixture
def heard(qtbot: QtBot, bus: str, logind: StubLogind) -> Iterator[Heard]:
    """Both buses are the private one; returns when logind is followed."""
    heard = Heard(bus, bus)
    heard.events.start()
    qtbot.waitUntil(lambda: logind.delay_locks() == 1)
    yield heard
    heard.events.stop()
    qtbot.waitUntil(lambda: not listening_threads())


def listening_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("session events")]


def test_the_lock_signal_covers_and_the_unlock_signal_shows(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    logind.lock()
    heard.await_changes(qtbot, ("covered", LOCKED))
    assert heard.painted == 1
    assert heard.events.reasons == {LOCKED}
    logind.unlock()
    heard.await_changes(qtbot, ("shown", LOCKED))
    assert heard.events.reasons == frozenset()


def test_the_desktops_own_lock_covers_until_the_desktop_says_otherwise(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    logind.lock()
    logind.hint(locked=True)
    heard.await_changes(qtbot, ("covered", LOCKED))
    logind.unlock()  # asks for it; the desktop has not done it yet
    logind.hint(locked=False)
    heard.await_changes(qtbot, ("shown", LOCKED))


def test_a_change_that_is_named_without_its_value_is_asked_for(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    logind.invalidate()
    heard.await_changes(qtbot, ("covered", LOCKED))


def test_other_sessions_are_ignored(qtbot: QtBot, heard: Heard, logind: StubLogind) -> None:
    logind.lock(OTHERS)
    logind.hint(locked=True, session=OTHERS)
    logind.switch(active=False, session=OTHERS)
    logind.switch(active=False)
    heard.await_changes(qtbot, ("covered", AWAY))
    logind.unlock(OTHERS)
    logind.switch(active=True, session=OTHERS)
    logind.switch(active=True)
    heard.await_changes(qtbot, ("shown", AWAY))


def test_signals_of_others_than_logind_are_ignored(
    qtbot: QtBot, bus: str, heard: Heard, logind: StubLogind
) -> None:
    logind.lock()
    heard.await_changes(qtbot, ("covered", LOCKED))
    with open_dbus_connection(bus) as stranger:
        names = stranger.send_and_get_reply(message_bus.ListNames()).body[0]
        for name in names:
            if name.startswith(":"):
                for path, interface, member, signature, body in (
                    (OURS, SESSION, "Unlock", None, ()),
                    (MANAGER_PATH, MANAGER, "PrepareForSleep", "b", (True,)),
                    ("/org/gnome/ScreenSaver", GNOME, "ActiveChanged", "b", (True,)),
                    (
                        "/org/freedesktop/DBus",
                        "org.freedesktop.DBus",
                        "NameOwnerChanged",
                        "sss",
                        (LOGIN1, "", stranger.unique_name),
                    ),
                ):
                    signal = new_signal(DBusAddress(path, interface=interface), member, signature, body)
                    signal.header.fields[HeaderFields.destination] = name
                    stranger.send(signal)
        # What came before an answer of the bus was delivered before it.
        stranger.send_and_get_reply(message_bus.ListNames())
    logind.switch(active=False)
    heard.await_changes(qtbot, ("covered", AWAY))
    assert heard.events.reasons == {LOCKED, AWAY}


def test_sleep_waits_until_the_cover_is_painted(qtbot: QtBot, bus: str, logind: StubLogind) -> None:
    held: list[tuple[str, int]] = []
    events = LinuxSessionEvents(
        lambda: held.append(("painting", logind.delay_locks())), system_bus=bus, session_bus=NOWHERE
    )
    events.covered.connect(lambda _: held.append(("covering", logind.delay_locks())))
    events.start()
    try:
        qtbot.waitUntil(lambda: logind.delay_locks() == 1)
        for _ in range(2):
            with qtbot.waitSignal(events.covered, check_params_cb=lambda reason: reason is ASLEEP):
                logind.sleep()
            assert held == [("covering", 1), ("painting", 1)]
            qtbot.waitUntil(lambda: logind.delay_locks() == 0)
            with qtbot.waitSignal(events.shown):
                logind.wake()
            # A new lock for the next time.
            qtbot.waitUntil(lambda: logind.delay_locks() == 1)
            held.clear()
    finally:
        events.stop()
    qtbot.waitUntil(lambda: logind.delay_locks() == 0)


def test_no_child_process_inherits_the_delay_lock(qtbot: QtBot, heard: Heard, logind: StubLogind) -> None:
    child = subprocess.Popen(["sleep", "60"], close_fds=False)
    try:
        logind.sleep()
        heard.await_changes(qtbot, ("covered", ASLEEP))
        qtbot.waitUntil(lambda: logind.delay_locks() == 0)
    finally:
        child.kill()
        child.wait()


def test_a_computer_that_wakes_up_locked_stays_covered(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    logind.hint(locked=True)
    logind.sleep()
    logind.wake()
    logind.switch(active=False)
    heard.await_changes(qtbot, ("covered", LOCKED), ("covered", ASLEEP), ("covered", AWAY))
    logind.switch(active=True)
    logind.hint(locked=False)
    heard.await_changes(qtbot, ("shown", LOCKED))


def test_a_screen_that_is_locked_at_the_start_is_covered(qtbot: QtBot, bus: str, logind: StubLogind) -> None:
    logind.hint(locked=True)
    heard = Heard(bus)
    heard.events.start()
    heard.await_changes(qtbot, ("covered", LOCKED))
    heard.events.stop()


@pytest.mark.parametrize("found_by", ["pid", "name", "display", "ssh"])
def test_our_session_is_found(qtbot: QtBot, bus: str, found_by: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_SESSION_ID", "1")
    with stub_logind(bus, found_by) as logind:
        heard = Heard(bus)
        heard.events.start()
        qtbot.waitUntil(lambda: logind.delay_locks() == 1)
        logind.lock()
        heard.await_changes(qtbot, ("covered", LOCKED))
        heard.events.stop()


def test_without_a_session_sleep_is_heard_all_the_same(
    qtbot: QtBot, bus: str, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    with stub_logind(bus, "nothing") as logind:
        heard = Heard(bus)
        heard.events.start()
        qtbot.waitUntil(lambda: logind.delay_locks() == 1)
        logind.lock()
        logind.sleep()
        heard.await_changes(qtbot, ("covered", ASLEEP))
        heard.events.stop()
    assert "source=logind status=session_unknown" in caplog.text


def test_logind_goes_and_comes_back(
    qtbot: QtBot, heard: Heard, logind: StubLogind, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level("INFO")
    logind.hint(locked=True)
    heard.await_changes(qtbot, ("covered", LOCKED))
    logind.vanish()
    qtbot.waitUntil(lambda: caplog.text.count("source=logind status=absent") == 1)
    assert heard.events.reasons == {LOCKED}
    logind.appear()
    qtbot.waitUntil(lambda: caplog.text.count("source=logind status=followed") == 1)
    logind.hint(locked=False)
    heard.await_changes(qtbot, ("shown", LOCKED))
    logind.lock()
    heard.await_changes(qtbot, ("covered", LOCKED))


def test_a_sleep_that_logind_did_not_survive_ends_with_the_persons_input(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    logind.sleep()
    heard.await_changes(qtbot, ("covered", ASLEEP))
    logind.vanish()
    heard.await_changes(qtbot, ("covered", LOCKED))
    QTest.keyClick(window, Qt.Key.Key_A)  # the locker may not stand yet
    assert heard.events.reasons == {LOCKED}
    heard.now += 6
    QTest.keyClick(window, Qt.Key.Key_A)
    heard.await_changes(qtbot, ("shown", LOCKED))


def test_input_does_not_end_a_lock_that_somebody_vouches_for(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    window = QWidget()
    qtbot.addWidget(window)
    window.show()
    logind.lock()
    logind.hint(locked=True)
    heard.await_changes(qtbot, ("covered", LOCKED))
    logind.switch(active=False)
    heard.await_changes(qtbot, ("covered", AWAY))
    heard.now += 60
    QTest.keyClick(window, Qt.Key.Key_A)
    assert heard.events.reasons == {LOCKED, AWAY}


def test_somebody_at_the_window_is_believed_and_the_next_lock_too(
    qtbot: QtBot, heard: Heard, logind: StubLogind
) -> None:
    logind.hint(locked=True)
    logind.switch(active=False)
    heard.await_changes(qtbot, ("covered", LOCKED), ("covered", AWAY))
    heard.events.prove_open()
    assert heard.events.reasons == frozenset()
    assert heard.changes.pop()[0] == "shown"
    assert heard.changes == []
    logind.hint(locked=True)
    heard.await_changes(qtbot, ("covered", LOCKED))


@pytest.mark.parametrize("name", ["org.freedesktop.ScreenSaver", GNOME])
def test_the_screen_saver_is_a_second_source(
    qtbot: QtBot, heard: Heard, logind: StubLogind, name: str
) -> None:
    logind.appear(name)
    logind.save_screen(name, active=True)
    heard.await_changes(qtbot, ("covered", LOCKED))
    logind.save_screen(name, active=False)
    heard.await_changes(qtbot, ("shown", LOCKED))
    logind.save_screen(name, active=True)
    heard.await_changes(qtbot, ("covered", LOCKED))
    # It crashes, and comes back with nothing to hide.
    logind.vanish(name)
    logind.appear(name)
    logind.save_screen(name, active=True)
    logind.save_screen(name, active=False)
    heard.await_changes(qtbot, ("shown", LOCKED))


def test_a_screen_saver_that_is_on_at_the_start_covers(qtbot: QtBot, bus: str, logind: StubLogind) -> None:
    logind.appear(GNOME)
    logind.save_screen(GNOME, active=True)
    heard = Heard(NOWHERE, bus)
    heard.events.start()
    heard.await_changes(qtbot, ("covered", LOCKED))
    heard.events.stop()


def test_without_any_bus_there_is_one_line_for_each(qtbot: QtBot, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    heard = Heard(NOWHERE)
    heard.events.start()
    qtbot.waitUntil(lambda: caplog.text.count("status=no_bus") == 2)
    heard.events.stop()
    qtbot.waitUntil(lambda: not listening_threads())
    assert heard.changes == []
    assert caplog.text.count("session_events") == 2


def test_a_bus_that_never_answers_holds_nothing_up(qtbot: QtBot, tmp_path: Path) -> None:
    beats: list[None] = []
    timer = QTimer()
    timer.setInterval(2)
    timer.timeout.connect(lambda: beats.append(None))
    with socket.socket(socket.AF_UNIX) as silent:
        silent.bind(str(tmp_path / "bus"))
        silent.listen()
        heard = Heard(f"unix:path={tmp_path / 'bus'}")
        timer.start()
        heard.events.start()
        connection, _ = silent.accept()
        qtbot.waitUntil(lambda: len(beats) >= 50)
        heard.events.stop()
        connection.close()
        qtbot.waitUntil(lambda: not listening_threads())
    timer.stop()


def test_the_bus_goes_and_comes_back(qtbot: QtBot, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("INFO")
    path = tmp_path / "bus"
    address = f"unix:path={path}"
    heard = Heard(address)
    with ExitStack() as first:
        first.callback(processes.stop, start_bus(path))
        logind = first.enter_context(stub_logind(address))
        heard.events.start()
        qtbot.waitUntil(lambda: logind.delay_locks() == 1)
        logind.hint(locked=True)
        heard.await_changes(qtbot, ("covered", LOCKED))
    qtbot.waitUntil(lambda: caplog.text.count("source=logind status=bus_lost") == 1)
    assert heard.events.reasons == {LOCKED}
    path.unlink(missing_ok=True)
    with ExitStack() as second:
        second.callback(processes.stop, start_bus(path))
        logind = second.enter_context(stub_logind(address))
        qtbot.waitUntil(lambda: logind.delay_locks() == 1, timeout=10_000)
        logind.unlock()
        heard.await_changes(qtbot, ("shown", LOCKED))
        heard.events.stop()


def start_bus(path: Path) -> "subprocess.Popen[bytes]":
    """A bus at a place of the test's choice, up when this returns."""
    configuration = path.with_suffix(".conf")
    configuration.write_text(processes.BUS_CONFIGURATION.format(socket=path), encoding="utf-8")
    read_end, write_end = os.pipe()
    with os.fdopen(read_end) as announced:
        options = [
            f"--config-file={configuration}",
            f"--print-address={write_end}",
            "--nofork",
            "--nopidfile",
        ]
        try:
            process = processes.start(["dbus-daemon", *options], os.environ, pass_fds=[write_end])
        finally:
            os.close(write_end)
        assert announced.readline()
    return process


def test_after_the_end_nothing_is_heard_or_held(qtbot: QtBot, heard: Heard, logind: StubLogind) -> None:
    heard.events.stop()
    heard.events.stop()
    qtbot.waitUntil(lambda: logind.delay_locks() == 0)
    logind.lock()
    qtbot.waitUntil(lambda: not listening_threads())
    assert heard.changes == []
