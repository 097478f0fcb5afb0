"""A problem where it belongs: below the field that it is about, or in the bar of its form."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock
    from ingenes_desktop.ui.widgets.problem_words import ProblemWords


class PlacedProblem(QObject):
    """Says each problem once: what follows of the same one does not undo the person's next attempt.

    UI thread only.
    """

    expired = Signal()
    """A wait is over, and its sentence is gone."""

    def __init__(self, bar: NoticeBar, clock: "Clock", parent: QObject, **fields: FormField) -> None:
        """``fields`` by the values of messages.Subject; what is about another one stands in ``bar``."""
        super().__init__(parent)
        self._bar = bar
        self._bar.expired.connect(self.expired)
        self._clock = clock
        self._fields = fields
        self._said = ""
        self.problem: Problem | None = None
        """What was shown last."""
        self.field: FormField | None = None
        """The one that it stands at."""

    def show(self, problem: Problem | None) -> None:
        """Say ``problem``, or nothing any more."""
        if problem == self.problem:
            return
        self.problem = problem
        if self.field is not None:
            self._told.show(None)
            self.field = None
        if problem is not None:
            from ingenes_desktop.ui.messages import is_about  # noqa: PLC0415  not before the first paint

            self.field = self._fields.get(is_about(problem).value)
        self._bar.show_problem(problem if self.field is None else None)
        if self.field is not None:
            self._told.silence(False)  # noqa: FBT003  reads as the sentence it is
            self._told.show(problem)

    def say(self) -> None:
        """Put the words below the field, in the present language."""
        if self.field is None:
            return
        words = self._told.text
        if words or self._said:  # else there may be something that was said there meanwhile
            self._said = words
            self.field.refuse(words)

    def silence(self, silent: bool) -> None:
        """Say nothing of it for the time being: it is not this person's. Its wait goes on."""
        if self.field is not None:
            self._told.silence(silent)

    def give_way(self) -> bool:
        """Another attempt begins: whether its words may go. Not while there is a wait to be told."""
        if self.field is None:
            return True
        if not self._told.has_wait:
            self.field = None
            self._told.show(None)
        elif self._told.text:
            return False
        self._said = ""
        return True

    @cached_property
    def _told(self) -> "ProblemWords":
        from ingenes_desktop.ui.widgets.problem_words import ProblemWords  # noqa: PLC0415  as in show

        told = ProblemWords(self._clock, self)
        told.changed.connect(self.say)
        told.expired.connect(self.expired)
        return told
