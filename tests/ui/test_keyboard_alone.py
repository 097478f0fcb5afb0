"""Every state without a mouse: Tab goes through all there is in reading order, every button takes keys."""

from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cmp_to_key

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QPoint, QRect, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QCheckBox, QMenu, QWidget
from pytestqt.exceptions import TimeoutError as StillSo
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.login_view import LoginView
from ingenes_desktop.ui.top_window import close_popups
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.accessible_faults import name_of, stops_of
from tests.ui.conftest import Shown
from tests.ui.states import STATES, settings_of
from tests.ui.test_sheet import press, ready

Show = Callable[..., Shown]
SIZES = ((1366, 768), (480, 800))
"""The calm half beside the form, and above it."""
DEAF_TO_ENTER = ("Cancelar", "Cancel")
"""While a sign-in runs, an Enter pressed once too often is no wish to cancel it; Space and Escape are."""


@pytest.fixture(params=Language, ids=lambda language: language.value)
def shown(request: pytest.FixtureRequest, show: Show, qtbot: QtBot) -> Shown:
    """One window for all states, with the keyboard; a personal machine's has the most to reach."""
    found: Shown = show(language=request.param, settings=settings_of(MachineKind.PERSONAL))
    found.window.activateWindow()
    qtbot.waitUntil(found.window.isActiveWindow)
    return found


def turn_to(shown: Shown, name: str) -> None:
    """Come to that state from the form, as a person would."""
    shown.become(SignedOut())
    shown.become(STATES[name])
    for _ in range(6):
        QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


def place(widget: QWidget) -> QRect:
    """Where it is in its window."""
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def are_in_a_row(one: QRect, other: QRect) -> bool:
    """Beside each other: they share more than half of the lower one's height."""
    common = min(one.bottom(), other.bottom()) - max(one.top(), other.top())
    return common > min(one.height(), other.height()) / 2


def reads_before(one: QWidget, other: QWidget) -> int:
    here, there = place(one), place(other)
    if are_in_a_row(here, there):
        return here.left() - there.left()
    return here.top() - there.top()


def in_reading_order(view: View, stops: list[QWidget]) -> list[QWidget]:
    """From top to bottom, in a row from left to right: first the form, then the calm half, which may wait."""
    calm = view.tools.parentWidget()
    while calm is not None and calm.parentWidget() is not view.card:
        calm = calm.parentWidget()
    assert calm is not None
    halves = (
        [each for each in stops if not calm.isAncestorOf(each)],
        [each for each in stops if calm.isAncestorOf(each)],
    )
    return [each for half in halves for each in sorted(half, key=cmp_to_key(reads_before))]


def walk(shown: Shown, key: Qt.Key, steps: int) -> list[QWidget]:
    """Where the focus is after each of so many strokes."""
    reached = []
    for _ in range(steps):
        QTest.keyClick(shown.focus(), key)
        reached.append(shown.focus())
    return reached


def called(widgets: list[QWidget]) -> list[str]:
    return [f"{type(each).__name__} {name_of(each)!r}" for each in widgets]


@pytest.mark.parametrize("size", SIZES, ids=lambda size: f"{size[0]}x{size[1]}")
def test_tab_goes_through_everything_once_and_back(shown: Shown, size: tuple[int, int]) -> None:
    shown.window.resize(QSize(*size))
    wrong = []
    for name in STATES:
        turn_to(shown, name)
        view = shown.window.shown_view
        assert view is not None
        wanted = in_reading_order(view, stops_of(shown.window))
        wanted[0].setFocus(Qt.FocusReason.TabFocusReason)
        forth = walk(shown, Qt.Key.Key_Tab, len(wanted))
        if forth != [*wanted[1:], wanted[0]]:
            wrong.append(f"{name}: Tab goes to {called(forth)}, and not {called([*wanted[1:], wanted[0]])}")
        back = walk(shown, Qt.Key.Key_Backtab, len(wanted))
        if back != [*wanted[:0:-1], wanted[0]]:
            wrong.append(f"{name}: Shift+Tab goes to {called(back)}")
    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize("size", [(546, 307), (320, 480)], ids=lambda size: f"{size[0]}x{size[1]}")
def test_what_has_the_focus_is_in_view(shown: Shown, size: tuple[int, int], qtbot: QtBot) -> None:
    """All of it (WCAG 2.2, 2.4.12), where most of a view has to be scrolled."""
    shown.window.resize(QSize(*size))
    ready(shown, qtbot)
    viewport = shown.window.ground.viewport()
    seen = set()
    for name in STATES:
        turn_to(shown, name)
        stops = stops_of(shown.window)
        forms = (type(shown.view), tuple(called(stops)))
        if forms in seen:
            continue
        seen.add(forms)
        for _ in stops:
            (focus,) = walk(shown, Qt.Key.Key_Tab, 1)

            def is_in_view(focus: QWidget = focus) -> bool:
                return viewport.rect().contains(QRect(focus.mapTo(viewport, QPoint()), focus.size()))

            with suppress(StillSo):
                qtbot.waitUntil(is_in_view, timeout=500)
            assert is_in_view(), f"{name}: {called([focus])}"


def test_the_focus_begins_where_something_can_be_done(shown: Shown) -> None:
    """In the form; where nothing is to be typed or pressed first, at the view, which tells where one is."""
    for name in STATES:
        turn_to(shown, name)
        view, focus = shown.view, shown.focus()
        assert isinstance(view, View)
        assert not view.tools.isAncestorOf(focus), name
        assert focus is view or focus in stops_of(shown.window), name
        if focus is view:
            QTest.keyClick(focus, Qt.Key.Key_Tab)
            stops = in_reading_order(view, stops_of(shown.window))
            assert shown.focus() is stops[0], name


def buttons_of(shown: Shown) -> Iterator[QAbstractButton]:
    yield from (each for each in stops_of(shown.window) if isinstance(each, QAbstractButton))


class Presses:
    """Counts those of one button."""

    def __init__(self, button: QAbstractButton) -> None:
        self.count = 0
        button.clicked.connect(self._more)

    def _more(self) -> None:
        self.count += 1


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return], ids=["space", "enter"])
def test_every_button_takes_the_key(shown: Shown, key: Qt.Key) -> None:
    """Boxes take Space alone, as everywhere; Enter in a form hands it in."""
    tried, deaf = set(), []
    for name in STATES:
        turn_to(shown, name)
        count = len(list(buttons_of(shown)))
        for number in range(count):
            turn_to(shown, name)
            button = list(buttons_of(shown))[number]
            what = (type(shown.view), type(button), name_of(button))
            if what in tried or (isinstance(button, QCheckBox) and key != Qt.Key.Key_Space):
                continue
            tried.add(what)
            seen = Presses(button)
            button.setFocus(Qt.FocusReason.TabFocusReason)
            QTest.keyClick(button, key)
            is_deaf = isinstance(shown.view, LoginView) and what[2] in DEAF_TO_ENTER
            if seen.count != (0 if is_deaf and key == Qt.Key.Key_Return else 1):
                deaf.append(f"{name}: {what[1].__name__} {what[2]!r} was pressed {seen.count} times")
            close_popups()
            if shown.window.help_desk is not None:
                shown.window.help_desk.close()
    assert len(tried) > 60
    assert not deaf, "\n".join(deaf)


@pytest.mark.parametrize("tool", ["language_menu", "appearance_button"])
def test_the_menus_have_names_and_go_by_arrows(shown: Shown, tool: str) -> None:
    view = shown.view
    assert isinstance(view, View)
    button = getattr(view.tools, tool)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    assert name_of(menu)
    words = [action.text() for action in menu.actions()]
    assert all(words)
    assert len(set(words)) == len(words)
    present = menu.activeAction()
    assert present.isChecked(), "it begins at what is chosen"
    QTest.keyClick(menu, Qt.Key.Key_Down)
    assert menu.activeAction() is not present
    QTest.keyClick(menu, Qt.Key.Key_Escape)
    assert QApplication.activePopupWidget() is None
    assert shown.focus() is button


def test_enter_on_the_eye_turns_it_and_hands_nothing_in(shown: Shown, qtbot: QtBot) -> None:
    (edit,) = shown.view.findChildren(PasswordEdit)
    QTest.keyClicks(edit, "secreta")
    edit.eye.setFocus()
    with qtbot.assertNotEmitted(edit.returnPressed):
        QTest.keyClick(edit.eye, Qt.Key.Key_Return)
    assert edit.is_revealed()


def test_tab_goes_around_in_the_help_too(shown: Shown, qtbot: QtBot) -> None:
    ready(shown, qtbot)
    press(shown, Qt.Key.Key_F1)
    stops = stops_of(shown.window)
    reached = walk(shown, Qt.Key.Key_Tab, len(stops))
    assert set(reached) == set(stops), "nothing beneath is reached, and nothing is left out"
    assert walk(shown, Qt.Key.Key_Backtab, len(stops)) == [*reached[-2::-1], reached[-1]]
    QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    assert shown.view.isAncestorOf(shown.focus())
