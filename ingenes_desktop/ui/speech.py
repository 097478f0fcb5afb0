"""What the window tells a screen reader: where one is, what went wrong, and a calm word."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.auth_state import AuthState, Covered

if TYPE_CHECKING:
    from ingenes_desktop.domain.errors import Problem
    from ingenes_desktop.ui.view import View

Announce = Callable[[QWidget, str, bool], None]
"""The way to a screen reader: the window, the words, whether they are urgent."""


def announce(window: QWidget, text: str, urgent: bool) -> None:
    """Have a screen reader speak ``text``, at once where it is urgent."""
    # Imported here: PySide builds a class and all its enumerations when its name is first touched.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    event = QAccessibleAnnouncementEvent(window, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Speech:
    """Tells each thing once. UI thread only."""

    def __init__(self, window: QWidget, announce: Announce) -> None:
        self._window = window
        self._announce = announce
        self._introduced: View | None = None
        self._told: dict[str, Problem | None] = {}

    def tell(self, state: AuthState, view: "View | None") -> None:
        """What is new in ``state``: the heading of ``view``, then what went wrong, then a calm word."""
        if view is not None and self._introduced is not view:
            self._introduced = view
            for words in view.introduction():
                self.say(words)
        problem = getattr(state, "problem", None)
        if isinstance(state, Covered):
            # What waits beneath is told when it is seen.
            self._tell("cover", problem)
        else:
            self._tell("problem", problem)
            self._tell("notice", getattr(state, "notice", None), urgent=False)

    def say(self, text: str) -> None:
        """When it has a moment."""
        # Before the window is shown there is nobody to tell; then the focus speaks for itself.
        if self._window.isVisible():
            self._announce(self._window, text, False)  # noqa: FBT003  not urgent

    def warn(self, text: str) -> None:
        """At once."""
        if self._window.isVisible():
            self._announce(self._window, text, True)  # noqa: FBT003  urgent

    def _tell(self, place: str, problem: "Problem | None", *, urgent: bool = True) -> None:
        before, self._told[place] = self._told.get(place), problem
        if problem is not None and problem != before:
            from ingenes_desktop.ui.messages import is_calm, sentence  # noqa: PLC0415  not before the first paint

            (self.warn if urgent and not is_calm(problem) else self.say)(sentence(problem))
