"""What moves, when it begins to, and that it stands still where somebody wants less motion."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QImage
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut, SigningIn, SignInStep
from ingenes_desktop.ui.motion import Stroke, UnderWay
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import Motion
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedLine
from ingenes_desktop.ui.widgets.step_list import StepList
from tests.ui.conftest import ManualClock, Shown
from tests.ui.states import EMAIL
from tests.window import one

Show = Callable[..., Shown]


def look(qtbot: QtBot, parent: QObject) -> None:
    """Until the clock has been looked at once more."""
    timers = [timer for timer in parent.findChildren(QTimer) if timer.isActive()]
    with qtbot.waitSignal(timers[0].timeout):
        pass


def busy_button(qtbot: QtBot, clock: ManualClock, *, may_move: bool = True) -> BusyButton:
    button = BusyButton(clock=clock, may_move=lambda: may_move)
    button.set_texts("Sign in", "Signing in…")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    with qtbot.waitExposed(button):
        button.show()
    return button


def sign(button: BusyButton) -> QImage:
    """The room left of the words."""
    words = button.fontMetrics().horizontalAdvance(button.text())
    return button.grab().copy(0, 0, (button.width() - words) // 2 - 2, button.height()).toImage()


def test_a_moment_has_no_spinner(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    clock = ManualClock()
    button = busy_button(qtbot, clock)
    button.set_busy(True)
    assert button.text() == "Signing in…"
    empty = sign(button)
    clock.now += 0.299
    look(qtbot, button)
    assert sign(button) == empty
    # And anew for the next.
    button.set_busy(False)
    clock.now += 5
    button.set_busy(True)
    look(qtbot, button)
    assert sign(button) == empty


def test_what_lasts_has_one_and_it_turns(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    clock = ManualClock()
    button = busy_button(qtbot, clock)
    button.set_busy(True)
    size, empty = button.sizeHint(), sign(button)
    clock.now += 0.301
    qtbot.waitUntil(lambda: button.turns)
    first = sign(button)
    assert first != empty
    clock.now += Motion.TURN / 4000
    look(qtbot, button)
    assert sign(button) != first
    assert button.sizeHint() == size
    clock.now += Motion.TURN * 3 / 4000
    look(qtbot, button)
    assert sign(button) == first, "one turn later"
    button.set_busy(False)
    assert not button.turns
    assert not [timer for timer in button.findChildren(QTimer) if timer.isActive()]


def test_it_stands_still_where_nothing_is_to_move(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    clock = ManualClock()
    button = busy_button(qtbot, clock, may_move=False)
    button.set_busy(True)
    empty = sign(button)
    clock.now += 0.301
    qtbot.waitUntil(lambda: sign(button) != empty)
    still = sign(button)
    clock.now += 0.4
    assert sign(button) == still
    assert not button.turns


def test_nothing_turns_where_nobody_sees_it(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    clock = ManualClock()
    button = busy_button(qtbot, clock)
    button.set_busy(True)
    clock.now += 1
    qtbot.waitUntil(lambda: button.turns)
    button.hide()
    assert not [timer for timer in button.findChildren(QTimer) if timer.isActive()]
    button.show()
    clock.now += 1
    qtbot.waitUntil(lambda: button.turns)


def test_for_pictures_it_is_there_at_once(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    button = busy_button(qtbot, ManualClock())
    button.set_busy(True)
    empty = sign(button)
    (under_way,) = button.findChildren(UnderWay)
    under_way.rest()
    assert sign(button) != empty
    assert not button.turns


def test_the_steps_of_a_quick_sign_in_do_not_flash(show: Show, qtbot: QtBot) -> None:
    shown = show(SignedOut(EMAIL))
    shown.become(SigningIn(EMAIL, remember=False))
    steps = one(shown.view, StepList)
    shown.clock.now += 0.2
    shown.become(SigningIn(EMAIL, remember=False, step=SignInStep.RECORD))
    look(qtbot, shown.view)
    assert not steps.isVisible()
    shown.become(SignedOut(EMAIL))
    shown.clock.now += 1
    shown.become(SigningIn(EMAIL, remember=False))
    assert not steps.isVisible()
    shown.clock.now += 0.31
    qtbot.waitUntil(steps.isVisible)


def marked_line(qtbot: QtBot, *, may_move: bool) -> MarkedLine:
    line = MarkedLine(may_move=lambda: may_move)
    line.setText("Getting access")
    qtbot.addWidget(line)
    with qtbot.waitExposed(line):
        line.show()
    line.set_mark(Mark.UNDER_WAY)
    return line


def test_the_check_of_a_finished_step_draws_itself(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = marked_line(qtbot, may_move=True)
    line.set_mark(Mark.DONE)
    assert line.stroke.state() is Stroke.State.Running
    assert line.stroke.duration() <= 120
    line.stroke.pause()
    shares = []
    for milliseconds in (10, 60, line.stroke.duration()):
        line.stroke.setCurrentTime(milliseconds)
        shares.append(line.grab().toImage())
    assert shares[0] != shares[1] != shares[2]
    line.stroke.stop()
    assert line.grab().toImage() == shares[2]


@pytest.mark.parametrize("mark", [Mark.WAITING, Mark.UNDER_WAY])
def test_nothing_else_of_a_step_moves(mark: Mark, qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = marked_line(qtbot, may_move=True)
    line.set_mark(mark)
    assert line.stroke.state() is Stroke.State.Stopped


def test_a_check_is_there_at_once_where_nothing_is_to_move(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = marked_line(qtbot, may_move=False)
    line.set_mark(Mark.DONE)
    assert line.stroke.state() is Stroke.State.Stopped
    assert line.stroke.share == 1.0
