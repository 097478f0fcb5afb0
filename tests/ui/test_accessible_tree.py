"""What a screen reader is told of every state: names, roles, states, descriptions, and what went wrong."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedOut, SigningIn, SigningOut, SignInStep
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.help.about_page import AboutPage
from ingenes_desktop.ui.messages import is_calm, sentence
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.avatar import Avatar
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.icon_button import IconButton
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.password_eye import EyeButton
from ingenes_desktop.ui.widgets.qr_code import QrCode
from tests.ui.accessible_faults import faults_of, name_of
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, STATES, settings_of
from tests.ui.test_sheet import press, ready, sheet_of

Show = Callable[..., Shown]


def turn_to(shown: Shown, name: str) -> None:
    """Come to that state from the form, as a person would."""
    shown.become(SignedOut())
    shown.spoken.clear()
    shown.become(STATES[name])
    QCoreApplication.sendPostedEvents(None, QEvent.Type.LayoutRequest.value)


@pytest.fixture(params=Language, ids=lambda language: language.value)
def shown(request: pytest.FixtureRequest, show: Show) -> Shown:
    """One window for all states."""
    found: Shown = show(language=request.param)
    found.window.resize(QSize(1366, 768))
    return found


def faults_in_all_states(shown: Shown) -> str:
    """A line for each, with the states that have it."""
    found: dict[str, list[str]] = {}
    for name in STATES:
        turn_to(shown, name)
        for fault in faults_of(shown.window):
            found.setdefault(fault, []).append(name)
    return "\n".join(f"{fault}  in {', '.join(names)}" for fault, names in found.items())


def test_nothing_is_wrong_in_any_state(shown: Shown) -> None:
    assert not faults_in_all_states(shown)


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.KIOSK], ids=lambda kind: kind.value)
def test_nor_on_another_machine(machine: MachineKind, show: Show) -> None:
    assert not faults_in_all_states(show(language=Language.SPANISH, settings=settings_of(machine)))


def test_nor_in_the_help(shown: Shown, qtbot: QtBot) -> None:
    ready(shown, qtbot)
    press(shown, Qt.Key.Key_F1)
    assert not faults_of(shown.window)
    sheet_of(shown).turn_to(AboutPage())
    assert not faults_of(shown.window)


def renamed(kind: type[QWidget], name: str) -> Callable[[View], None]:
    return lambda view: first(view, kind).setAccessibleName(name)


def undescribed(kind: type[QWidget]) -> Callable[[View], None]:
    return lambda view: first(view, kind).setAccessibleDescription("")


def undescribed_all(view: View) -> None:
    for eye in view.findChildren(EyeButton):
        eye.setAccessibleDescription("")


def first(view: View, kind: type[QWidget]) -> QWidget:
    return next(each for each in view.findChildren(kind) if each.isVisible())


WRONG: dict[str, tuple[str, Callable[[View], None], str]] = {
    "a field of another name": ("sign-in", renamed(QLineEdit, "x"), "'x' is labelled otherwise"),
    "a button of another name": ("sign-in", renamed(BusyButton, "x"), "'x' shows 'Sign in'"),
    "an icon without a name": ("sign-in", renamed(IconButton, ""), "IconButton '' has no name"),
    "two eyes alike": ("reset-code", undescribed_all, "2 stops are told alike"),
    "an error untold": ("sign-in-refused", undescribed(PasswordEdit), "is not told with it"),
    "decoration that is heard": ("profile", renamed(Avatar, "AL"), "is decoration, and yet heard"),
    "a heading of other words": (
        "sign-in",
        lambda view: view.heading.setAccessibleName("x"),
        "the heading 'Sign in' is told as 'x'",
    ),
    "a view of another name": ("sign-in", lambda view: view.setAccessibleName("x"), "is called 'x'"),
    "a symbol without a name": ("two-step-set-up", renamed(QrCode, ""), "QrCode '' has no name"),
}


@pytest.mark.parametrize("name", WRONG)
def test_the_rules_find_what_is_wrong(name: str, show: Show) -> None:
    state, spoil, fault = WRONG[name]
    shown = show(STATES[state])
    assert not faults_of(shown.window)
    assert isinstance(shown.view, View)
    spoil(shown.view)
    assert [each for each in faults_of(shown.window) if fault in each]


def test_a_step_is_said_once(show: Show) -> None:
    shown = show(SigningIn(EMAIL, remember=True, step=SignInStep.PASSWORD))
    shown.spoken.clear()
    shown.become(SigningIn(EMAIL, remember=False, step=SignInStep.PASSWORD))
    shown.become(SigningIn(EMAIL, remember=False, step=SignInStep.ACCESS))
    assert shown.spoken == [("Getting access", False)]


def test_every_problem_is_told_and_stands_in_the_tree(shown: Shown) -> None:
    """At once, unless it is nobody's error; and again with the field that it is about."""
    missing = []
    for name, state in STATES.items():
        turn_to(shown, name)
        if isinstance(state, SigningOut):
            continue
        of_panel = getattr(getattr(state, "panel", None), "problem", None)
        for problem in (getattr(state, "problem", None), of_panel, getattr(state, "notice", None)):
            if problem is None:
                continue
            words = sentence(problem)
            is_urgent = not is_calm(problem) and problem is not getattr(state, "notice", None)
            if (words, is_urgent) not in shown.spoken:
                missing.append(f"{name}: not said {'at once' if is_urgent else 'calmly'}: {words!r}")
            if not stands(shown, words):
                missing.append(f"{name}: not on screen: {words!r}")
    assert not missing, "\n".join(missing)


def stands(shown: Shown, words: str) -> bool:
    labels = [each for each in shown.view.findChildren(QLabel) if each.isVisible()]
    return any(name_of(each) == words for each in labels)
