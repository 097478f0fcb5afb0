"""The thin line glides, or shows how far something is; it stands still where a person wants no motion."""

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QImage
from pytestqt.qtbot import QtBot

from ingenes_desktop.ui.motion import UnderWay
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from tests.ui.conftest import ManualClock


def shown(qtbot: QtBot, line: ProgressLine) -> ProgressLine:
    qtbot.addWidget(line)
    line.resize(200, line.height())
    with qtbot.waitExposed(line):
        line.show()
    return line


def accented(line: ProgressLine) -> list[bool]:
    """Which pixels of its middle row have the accent's colour."""
    image: QImage = line.grab().toImage()
    row = image.height() // 2
    return [image.pixelColor(column, row).name() == "#0c6a70" for column in range(image.width())]


def test_it_glides_while_it_is_shown(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = shown(qtbot, ProgressLine(may_move=lambda: True))
    qtbot.waitUntil(lambda: line.moves)
    first = accented(line)
    qtbot.waitUntil(lambda: accented(line) != first)
    line.hide()
    assert not line.moves


def test_it_stands_still_where_nothing_is_to_move(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    asked: list[bool] = []

    def may_move() -> bool:
        asked.append(True)
        return False

    line = shown(qtbot, ProgressLine(may_move=may_move))
    qtbot.waitUntil(lambda: bool(asked))
    assert not line.moves
    pixels = accented(line)
    # In the middle: nobody takes it for a beginning or an end.
    assert pixels[100]
    assert not pixels[2]
    assert not pixels[-3]


def test_by_itself_it_asks_the_system(qtbot: QtBot) -> None:
    line = shown(qtbot, ProgressLine())
    qtbot.waitUntil(lambda: line.moves)


@pytest.mark.parametrize(("value", "share"), [(0, 0.0), (15, 0.25), (30, 0.5), (60, 1.0)])
def test_with_a_range_it_says_how_far(value: int, share: float, qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = ProgressLine()
    line.setRange(0, 60)
    line.setValue(value)
    shown(qtbot, line)
    assert sum(accented(line)) == pytest.approx(200 * share, abs=4)
    assert not line.moves
    element = QAccessible.queryAccessibleInterface(line)
    assert element.role() == QAccessible.Role.ProgressBar


def test_what_is_over_at_once_shows_no_line(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    clock = ManualClock()
    line = shown(qtbot, ProgressLine(clock=clock, may_move=lambda: True))
    qtbot.waitUntil(lambda: bool(line.findChildren(UnderWay)))
    clock.now += 0.299
    with qtbot.waitSignal(line.findChildren(QTimer)[0].timeout):
        pass
    assert not any(accented(line))
    clock.now += 0.002
    qtbot.waitUntil(lambda: any(accented(line)))


def test_for_pictures_it_is_there_at_once(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    line = shown(qtbot, ProgressLine(clock=ManualClock()))
    line.rest()
    assert accented(line)[100]
    assert not line.moves
