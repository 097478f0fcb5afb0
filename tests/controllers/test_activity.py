"""Whether somebody is there: events of the window system count, and nothing that we send ourselves."""

import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QObject, QPoint, QPointF, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent, QMouseEvent, QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.ui.widgets.password_keys import KeyGuard

HERE, THERE = QPoint(5, 5), QPoint(9, 9)
NONE = Qt.KeyboardModifier.NoModifier


class Press(QKeyEvent):
    """A key press that Qt marked as the window system's."""

    def spontaneous(self) -> bool:
        """What only Qt itself can set."""
        return True


class Move(QMouseEvent):
    """A movement that Qt marked likewise."""

    def spontaneous(self) -> bool:
        """What only Qt itself can set."""
        return True


class Watch:
    """A field in a window, what watches it, and a clock that stands still unless it is moved."""

    def __init__(self, qtbot: QtBot) -> None:
        self.now = 100.0
        self.count = 0
        self.field = QLineEdit()
        qtbot.addWidget(self.field)
        self.field.resize(200, 40)
        self.field.show()
        qtbot.waitExposed(self.field)
        # Qt reports no move to where it saw the pointer last, which was in another test.
        QTest.mouseMove(self.window, QPoint(50, 20))
        self.activity = Activity(lambda: self.now)
        self.activity.touched.connect(self._touched)
        self.activity.start()

    def _touched(self) -> None:
        self.count += 1

    @property
    def window(self) -> QWindow:
        """What the window system speaks to."""
        return self.field.windowHandle()

    def touches(self) -> int:
        """How often ``touched`` came since this was asked last; the next input may count at once."""
        self.now += 1.0
        count, self.count = self.count, 0
        return count


@pytest.fixture
def watch(qtbot: QtBot) -> Iterator[Watch]:
    """A watch that is over with the test."""
    watch = Watch(qtbot)
    yield watch
    watch.activity.stop()


def key(kind: QEvent.Type = QEvent.Type.KeyPress, *, repeats: bool = False) -> QKeyEvent:
    return QKeyEvent(kind, Qt.Key.Key_A, NONE, "a", repeats)


def move(position: QPoint) -> QMouseEvent:
    point, button = QPointF(position), Qt.MouseButton.NoButton
    return QMouseEvent(QEvent.Type.MouseMove, point, point, button, button, NONE)


def test_real_input_counts(watch: Watch) -> None:
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.touches() == 1
    QTest.keyClick(watch.window, Qt.Key.Key_Shift)
    assert watch.touches() == 1
    QTest.mouseClick(watch.window, Qt.MouseButton.LeftButton, NONE, HERE)
    assert watch.touches() == 1
    QTest.wheelEvent(watch.window, QPointF(HERE), QPoint(0, 120))
    assert watch.touches() == 1
    QTest.mouseMove(watch.window, HERE)
    watch.touches()
    QTest.mouseMove(watch.window, THERE)
    assert watch.touches() == 1


class Taker(QObject):
    """Takes every finger, so that Qt makes no mouse of it."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        return event.type() in {QEvent.Type.TouchBegin, QEvent.Type.TouchUpdate, QEvent.Type.TouchEnd}


def test_a_finger_counts(watch: Watch) -> None:
    taker = Taker()
    watch.window.installEventFilter(taker)
    screen = QTest.createTouchDevice()
    for step in ("press", "move", "release"):
        touch = QTest.touchEvent(watch.window, screen, False)
        getattr(touch, step)(0, THERE if step == "move" else HERE, watch.window)
        touch.commit()
        assert watch.touches() == 1, step
    watch.window.removeEventFilter(taker)


def test_a_menu_and_a_second_window_count(watch: Watch, qtbot: QtBot) -> None:
    menu = QMenu(watch.field)
    menu.addAction("x")
    menu.popup(watch.field.mapToGlobal(HERE))
    qtbot.waitExposed(menu)
    watch.touches()
    QTest.keyClick(menu.windowHandle(), Qt.Key.Key_Down)
    assert watch.touches() == 1
    menu.close()


def test_what_we_send_ourselves_does_not_count(watch: Watch) -> None:
    for event in (key(), key(QEvent.Type.KeyRelease), move(HERE), move(THERE)):
        QCoreApplication.sendEvent(watch.field, event)
    # Not so a pointer's event: QWidgetWindow hands it on as one of the window system. Nobody sends any.
    QCoreApplication.sendEvent(watch.window, key())
    QCoreApplication.postEvent(watch.field, key())
    QCoreApplication.postEvent(watch.field, move(HERE))
    QCoreApplication.sendPostedEvents()
    assert watch.touches() == 0


def test_what_is_no_input_does_not_count(watch: Watch, qtbot: QtBot) -> None:
    watch.field.hide()
    watch.field.show()
    watch.field.resize(300, 60)
    watch.field.setText("text")
    watch.field.setFocus()
    qtbot.waitExposed(watch.field)
    for kind in (QEvent.Type.HoverMove, QEvent.Type.Enter, QEvent.Type.Timer, QEvent.Type.UpdateRequest):
        QCoreApplication.sendEvent(watch.field, QEvent(kind))
    assert watch.touches() == 0


def test_a_window_that_comes_to_the_pointer_is_no_movement(watch: Watch) -> None:
    QTest.mouseMove(watch.window, HERE)
    assert watch.touches() == 0
    QTest.mouseMove(watch.window, THERE)
    assert watch.touches() == 1
    for _ in range(3):
        watch.activity.eventFilter(watch.window, Move(move(THERE)))
    watch.touches()
    watch.activity.eventFilter(watch.window, Move(move(THERE)))
    assert watch.touches() == 0
    watch.activity.eventFilter(watch.window, Move(move(HERE)))
    assert watch.touches() == 1


def test_what_an_input_method_types_counts(watch: Watch) -> None:
    # Qt's platforms send these themselves, so that they are not spontaneous.
    QCoreApplication.sendEvent(watch.field, QInputMethodEvent("´", []))
    assert watch.touches() == 1
    typed = QInputMethodEvent("", [])
    typed.setCommitString("á")
    QCoreApplication.sendEvent(watch.field, typed)
    assert watch.touches() == 1
    QCoreApplication.sendEvent(watch.field, QInputMethodEvent())
    assert watch.touches() == 0


def test_a_key_counts_where_a_filter_sends_copies_instead(watch: Watch) -> None:
    guard = KeyGuard(watch.field)
    guard.start()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    guard.stop()
    assert watch.field.text().lower() == "a"
    assert watch.touches() == 1


def real(watch: Watch, *, repeats: bool) -> None:
    """A key press as the filter sees it; QTest makes none that repeat."""
    event = Press(QEvent.Type.KeyPress, Qt.Key.Key_A, NONE, "a", repeats)
    watch.activity.eventFilter(watch.window, event)


def test_a_key_under_a_book(watch: Watch) -> None:
    real(watch, repeats=False)
    pressed_at = watch.now
    assert watch.touches() == 1
    while watch.now <= pressed_at + 60:
        real(watch, repeats=True)
        assert watch.touches() == 1
    for _ in range(300):
        real(watch, repeats=True)
    assert watch.touches() == 0
    real(watch, repeats=False)
    assert watch.touches() == 1
    real(watch, repeats=True)
    assert watch.touches() == 1


def test_at_most_once_a_second(watch: Watch) -> None:
    for _ in range(20):
        QTest.keyClick(watch.window, Qt.Key.Key_A)
        watch.now += 0.25
    assert watch.count == 5


def test_a_clock_that_goes_back_silences_nobody(watch: Watch) -> None:
    watch.activity.note()
    watch.now -= 3600
    watch.activity.note()
    assert watch.count == 2


def test_a_wish_without_an_event(watch: Watch) -> None:
    watch.activity.note()
    watch.activity.note()
    assert watch.touches() == 1


def test_only_between_start_and_stop(watch: Watch) -> None:
    watch.activity.stop()
    watch.activity.stop()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.touches() == 0
    watch.activity.start()
    watch.activity.start()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.touches() == 1
    watch.activity.stop()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.touches() == 0


def test_each_start_begins_anew(watch: Watch) -> None:
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    watch.activity.start()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.count == 1, "the first start still holds"
    watch.activity.stop()
    watch.activity.start()
    QTest.keyClick(watch.window, Qt.Key.Key_A)
    assert watch.touches() == 2


def test_the_event_goes_on_to_whom_it_is_for(watch: Watch) -> None:
    QTest.keyClicks(watch.field, "abc")
    assert watch.field.text() == "abc"


def test_it_costs_next_to_nothing(watch: Watch) -> None:
    """Measured: 1 microsecond for each event of any kind; here a hundred times that would fail."""
    events = [QEvent(QEvent.Type.User)] * 2000
    begun = time.perf_counter()
    for event in events:
        QCoreApplication.sendEvent(watch.field, event)
    assert (time.perf_counter() - begun) / len(events) < 100e-6
