"""A kept session is taken up again: quietly, and with two ways on where that is not possible just now."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import Restoring, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.restoring_view import RestoringView
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from ingenes_desktop.ui.widgets.split_card import SplitCard
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, problem
from tests.ui.told import tells
from tests.window import one

Show = Callable[..., Shown]
OFFLINE = Restoring(EMAIL, remember=True, busy=False, problem=problem(ErrorCode.NO_NETWORK))


def buttons(shown: Shown) -> list[str]:
    return [each.text() for each in shown.view.findChildren(QPushButton) if each.isVisible()]


def line_of(shown: Shown) -> ProgressLine:
    (line,) = shown.view.findChildren(ProgressLine)
    return line


@pytest.mark.parametrize(
    ("language", "heading", "link"),
    [
        (Language.ENGLISH, "Opening your session…", "Sign in with password"),
        (Language.SPANISH, "Abriendo su sesión…", "Iniciar sesión con contraseña"),
    ],
)
def test_it_says_what_is_under_way_and_offers_the_form(
    language: Language, heading: str, link: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(Restoring(EMAIL, remember=True), language=language)
    assert isinstance(shown.view, RestoringView)
    assert heading in shown.words()
    assert line_of(shown).isVisible()
    assert line_of(shown).accessibleName() == heading
    assert tells(shown.window, EMAIL) == []
    assert link in buttons(shown)
    with qtbot.assertNotEmitted(shown.window.use_password_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.use_password_requested):
        QTest.mouseClick(shown.button(link), Qt.MouseButton.LeftButton)


@pytest.mark.parametrize(
    ("language", "heading", "sentence", "again"),
    [
        (
            Language.ENGLISH,
            "Could not open your session",
            "No connection. Check the network and try again. Ref.\u00a07K3Q9F",
            "Try again",
        ),
        (
            Language.SPANISH,
            "No se pudo abrir su sesión",
            "Sin conexión. Revise la red e intente de nuevo. Ref.\u00a07K3Q9F",
            "Intentar de nuevo",
        ),
    ],
)
def test_offline_it_says_so_and_stays(
    language: Language, heading: str, sentence: str, again: str, show: Show, qtbot: QtBot
) -> None:
    shown = show(Restoring(), language=language)
    shown.spoken.clear()
    shown.become(OFFLINE)
    assert {heading, sentence} <= set(shown.words())
    assert not line_of(shown).isVisible()
    assert shown.spoken == [(sentence, True)]
    assert shown.focus() is shown.button(again)
    with qtbot.waitSignal(shown.window.retry_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    shown.become(Restoring(EMAIL, remember=True))
    assert again not in buttons(shown)
    assert shown.focus() is shown.view
    assert line_of(shown).isVisible()


def test_nothing_moves_between_the_two(show: Show) -> None:
    shown = show(Restoring())
    shown.window.grab()
    before = shown.window.shown_view.heading.geometry()  # type: ignore[union-attr]  # it shows one
    shown.become(OFFLINE)
    shown.window.grab()
    assert shown.window.shown_view.heading.geometry() == before  # type: ignore[union-attr]  # likewise


def test_the_form_has_the_remembered_name(show: Show) -> None:
    shown = show(OFFLINE)
    shown.become(SignedOut(EMAIL, remember=True, keep=True))
    assert shown.field("Email").text() == EMAIL
    assert shown.focus() is shown.field("Password")


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, "Sign in with password"),
        (Language.SPANISH, "Iniciar sesión con contraseña"),
    ],
)
def test_nothing_moves_and_a_wide_font_has_room(
    language: Language, words: str, show: Show, qapp: QApplication, theme: Theme, qtbot: QtBot
) -> None:
    wide = qapp.font()
    wide.setStretch(115)  # as DejaVu Sans, which many a Linux desktop has
    qapp.setFont(wide)
    theme.wear(LIGHT)
    shown = show(SignedOut(), language=language)
    shown.window.grab()  # lays out
    width = one(shown.view, SplitCard).width()
    shown.become(Restoring())
    link = shown.button(words)
    shown.window.grab()
    place = link.mapTo(shown.window, QPoint())
    shown.become(OFFLINE)
    qtbot.waitUntil(
        shown.button("Try again" if language is Language.ENGLISH else "Intentar de nuevo").isVisible
    )
    shown.window.grab()
    assert one(shown.view, SplitCard).width() == width
    assert link.mapTo(shown.window, QPoint()) == place
