"""Another language while something is typed: the words change, and what was typed stays, in every view."""

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.view import View
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, STATES

TYPED_IN = (
    "sign-in",
    "sign-in-refused",
    "new-password",
    "new-password-refused",
    "new-password-more",
    "new-password-many",
    "challenge-app",
    "challenge-sms",
    "challenge-email-refused",
    "challenge-password",
    "challenge-set-up",
    "challenge-address",
    "challenge-custom",
    "confirm",
    "confirm-refused",
    "reset",
    "reset-code",
    "reset-code-refused",
    "password-change",
    "password-change-refused",
    "two-step-set-up",
)
FROM_OUTSIDE = {EMAIL}


def words_of(view: View) -> set[str]:
    """What the view says by itself."""
    said = {each.text() for each in view.findChildren(QLabel) if each.isVisible()}
    said |= {each.text() for each in view.findChildren(QAbstractButton) if each.isVisible()}
    return {words for words in said if words and words not in FROM_OUTSIDE}


@pytest.mark.parametrize("name", TYPED_IN)
def test_what_was_typed_stays(name: str, show: Callable[..., Shown], qtbot: QtBot) -> None:
    shown = show(STATES[name], language=Language.SPANISH)
    fields = [edit for edit in shown.fields() if not edit.isReadOnly()]
    assert fields
    for number, edit in enumerate(fields):
        edit.setText("")
        edit.insert(f"12345{number}" if edit.maxLength() < 100 else f"Ñandú & {number} ")
    before = [edit.text() for edit in fields]
    focus = shown.focus()
    view = shown.window.shown_view
    assert view is not None
    spanish = words_of(view)
    view.language_chosen.emit(Language.ENGLISH)
    qtbot.waitUntil(lambda: words_of(view) != spanish)
    assert [edit.text() for edit in fields] == before
    assert all(before)
    assert shown.focus() is focus
    view.language_chosen.emit(Language.SPANISH)
    qtbot.waitUntil(lambda: words_of(view) == spanish)
    assert [edit.text() for edit in fields] == before
    assert shown.focus() is focus


def test_every_view_with_a_field_is_here(show: Callable[..., Shown]) -> None:
    """By the classes of the views and forms that hold a field that can be filled."""
    shown = show()
    held: dict[str, set[str]] = {}
    for name, state in STATES.items():
        shown.become(state)
        for edit in shown.fields():
            if not edit.isReadOnly():
                parent = edit.parentWidget()
                names = []
                while parent is not None and not isinstance(parent, View):
                    names.append(type(parent).__name__)
                    parent = parent.parentWidget()
                names += [type(parent).__name__, type(edit).__name__]
                held.setdefault(" ".join(names), set()).add(name)
    assert len(held) > len(shown.fields())
    assert not {place for place, names in held.items() if not names & set(TYPED_IN)}
