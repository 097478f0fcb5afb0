"""Every state in its view, in both languages; what the window says, and how it closes."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QLabel,
    QLineEdit,
    QMenu,
    QPushButton,
)
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import ResetRequested, SignedIn, SignedOut, SigningIn, SignInStep
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.language_menu import LanguageMenu
from tests.ui.conftest import Shown
from tests.ui.states import ANA, EMAIL, KEYRING, STATES, problem, settings_of

EVERY = pytest.mark.parametrize(("name", "language"), [*product(STATES, Language)])


@EVERY
def test_each_state_is_drawn(name: str, language: Language, show: Callable[..., Shown]) -> None:
    shown = show(STATES[name], language=language)
    assert shown.words()
    # Every label draws plain text, whatever stands in it.
    labels = shown.window.findChildren(QLabel)
    assert labels
    assert {label.textFormat() for label in labels} == {Qt.TextFormat.PlainText}
    # What a field is called on screen, a screen reader calls it too.
    for edit in shown.view.findChildren(QLineEdit):
        called = [label.text() for label in labels if label.buddy() is edit]
        assert called == [edit.accessibleName()]
        assert edit.accessibleName()
    for button in shown.view.findChildren(QPushButton) + shown.view.findChildren(QCheckBox):
        assert button.text() or button.accessibleName() or not button.isVisible()


def test_only_the_view_that_is_shown_was_built(show: Callable[..., Shown]) -> None:
    shown = show(SignedOut())
    assert len(shown.window.findChildren(View)) == 1
    shown.become(SignedIn(ANA, EMAIL, remember=False))
    shown.become(SignedOut())
    assert len(shown.window.findChildren(View)) == 2


def test_the_first_paint_is_told_once(qtbot: QtBot, show: Callable[..., Shown]) -> None:
    shown = show()
    told: list[bool] = []
    with qtbot.waitSignal(shown.window.painted):
        shown.window.painted.connect(lambda: told.append(True))
    shown.window.repaint()
    qtbot.waitUntil(lambda: not shown.window.windowIcon().isNull())
    assert told == [True]


def test_closing_is_asked_for_first_and_done_when_asked_again(show: Callable[..., Shown]) -> None:
    shown = show()
    asked: list[bool] = []
    shown.window.close_requested.connect(lambda: asked.append(True))
    assert not shown.window.close()
    assert shown.window.isVisible()
    assert shown.window.close()
    assert asked == [True]


def test_the_language_changes_in_place(qtbot: QtBot, show: Callable[..., Shown]) -> None:
    shown = show()
    chosen: list[Language] = []
    shown.window.language_chosen.connect(chosen.append)
    QTest.mouseClick(shown.button("English"), Qt.MouseButton.LeftButton)
    (menu,) = shown.view.findChildren(QMenu)
    assert [action.text() for action in menu.actions()] == ["Español", "English"]
    assert [action.isChecked() for action in menu.actions()] == [False, True]
    menu.actions()[0].trigger()
    menu.close()
    assert chosen == [Language.SPANISH]
    qtbot.waitUntil(lambda: "Iniciar sesión" in shown.words())
    assert shown.button("Español").isVisible()


def test_what_is_new_is_spoken(show: Callable[..., Shown]) -> None:
    shown = show()
    wrong = problem(ErrorCode.WRONG_CREDENTIALS)
    shown.become(SigningIn(EMAIL, remember=False))
    shown.become(SigningIn(EMAIL, remember=False, step=SignInStep.ACCESS))
    shown.become(SignedOut(EMAIL, problem=wrong))
    shown.become(SignedOut(EMAIL, problem=wrong, notice=KEYRING))
    shown.become(ResetRequested(EMAIL, remember=False))
    assert shown.spoken == [
        ("Checking your password", False),
        ("Getting access", False),
        ("Incorrect email or password. Ref.\u00a07K3Q9F", True),
        ("This computer will not remember your email. Ref.\u00a07K3Q9F", False),
        ("Reset password", False),
    ]


def test_the_quiet_words_say_machine_version_and_clinic(show: Callable[..., Shown]) -> None:
    shown = show(
        language=Language.SPANISH, settings=settings_of(MachineKind.KIOSK, clinic="<b>Clínica</b> Sur")
    )
    assert "<b>Clínica</b> Sur" in shown.words()
    assert any(text.startswith("Quiosco · ") for text in shown.words())


@pytest.mark.parametrize("language", Language)
def test_the_wordmark_has_room_in_a_wide_font_too(
    language: Language, show: Callable[..., Shown], qapp: QApplication
) -> None:
    wide = qapp.font()
    wide.setStretch(130)
    qapp.setFont(wide)
    shown = show(language=language)
    (wordmark,) = [each for each in shown.view.findChildren(QLabel) if each.text() == "Ingenes"]
    shown.window.grab()  # lays out
    assert wordmark.fontMetrics().horizontalAdvance("Ingenes") <= wordmark.contentsRect().width()
    menu = shown.view.findChild(LanguageMenu)
    assert menu is not None
    assert menu.width() >= menu.sizeHint().width()
