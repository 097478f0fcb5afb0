"""The letters that Alt reaches buttons, boxes and fields by: seen only while Alt is held down.

Each widget keeps its words with the "&" and answers to Alt and the letter by itself, always; here is only
what shows the letters. Not on macOS, which has no such keys.
"""

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from ingenes_desktop.ui.widgets.buttons import PushButton, mnemonic_of
from ingenes_desktop.ui.widgets.check_box import CheckBox
from ingenes_desktop.ui.widgets.form_field import FieldLabel

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


Underlining = PushButton | CheckBox | FieldLabel
"""A widget that has such a letter; showing it changes nothing else, the width least."""


def letters_of(*widgets: QWidget) -> frozenset[str]:
    """The letters that ``widgets`` and what is in them answer to."""
    every = (each for widget in widgets for each in (widget, *widget.findChildren(QWidget)))
    with_words = (each for each in every if isinstance(each, Underlining))
    return frozenset(mnemonic_of(each.words_with_mnemonic).casefold() for each in with_words)


def with_free_letters(labels: "Iterable[str]", taken: "Iterable[str]") -> list[str]:
    """Each of ``labels``, which nobody could foresee together, with an "&" before a letter of its own.

    The beginning of a word where that is free; none where no letter is.
    """
    gone, given = set(taken), []
    for label in labels:
        places = sorted(range(len(label)), key=lambda at: at > 0 and label[at - 1] != " ")
        free = (
            at for at in places if "a" <= label[at].casefold() <= "z" and label[at].casefold() not in gone
        )
        at = next(free, None)
        if at is not None:
            gone.add(label[at].casefold())
        before, after = (label, "") if at is None else (label[:at], label[at:])
        sign = "" if at is None else "&"
        given.append(before.replace("&", "&&") + sign + after.replace("&", "&&"))
    return given


class Mnemonics(QObject):
    """Follows the Alt key in one window. UI thread only.

    A key that the widget with the focus does not want comes to its window at last, and Alt is wanted by
    none: so the window's own events are enough, and no filter stands before every event of the program.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._shown: list[Underlining] = []
        if sys.platform != "darwin":
            window.installEventFilter(self)

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Look at a key, or at the window's leaving the front, and let it go on."""
        kind = event.type()
        if kind == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt:
                self._show()
            elif not event.modifiers() & Qt.KeyboardModifier.AltModifier:
                # The release went elsewhere: to a menu, to another window.
                self._hide()
        elif kind == QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Alt:
                self._hide()
        elif kind in (QEvent.Type.WindowDeactivate, QEvent.Type.WindowBlocked):
            self._hide()
        return False

    def _show(self) -> None:
        self._hide()
        for widget in self._widgets():
            widget.underline(True)  # noqa: FBT003  reads as the sentence it is
            self._shown.append(widget)

    def _hide(self) -> None:
        shown, self._shown = self._shown, []
        for widget in shown:
            # A view may have made others of them meanwhile.
            if isValid(widget):
                widget.underline(False)  # noqa: FBT003  likewise

    def _widgets(self) -> "Iterator[Underlining]":
        for widget in self._window.findChildren(QWidget):
            if isinstance(widget, PushButton | CheckBox | FieldLabel) and widget.isVisible():
                has_letter = "&" in widget.words_with_mnemonic
                if has_letter and widget.isEnabled():
                    yield widget
