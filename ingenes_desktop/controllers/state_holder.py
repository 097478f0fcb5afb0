"""The one state, and the one way to change it."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.auth_event import AuthEvent
from ingenes_desktop.domain.auth_machine import advance
from ingenes_desktop.domain.auth_state import AuthState, Covered
from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.event_log import record_problem


class StateHolder(QObject):
    """What all parts of the controller share. UI thread only. Signal ``changed``: with each new state."""

    changed = Signal(object)

    def __init__(
        self, initial: AuthState, new_reference: Callable[[], str], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._state = initial
        self._new_reference = new_reference
        self._visit = 0

    @property
    def state(self) -> AuthState:
        """What is drawn. A person's wish is weighed against this one."""
        return self._state

    @property
    def beneath(self) -> AuthState:
        """The same without its cover. News from a worker are weighed against this one."""
        return self._state.beneath if isinstance(self._state, Covered) else self._state

    @property
    def visit(self) -> int:
        """Changes whenever the person gets to another view, were it of the same kind as an earlier one."""
        return self._visit

    def apply(self, event: AuthEvent) -> None:
        """Let ``event`` happen. Raises ImpossibleTransitionError for one that cannot happen now."""
        before, following = self.beneath, advance(self._state, event)
        if following != self._state:
            self._state = following
            if type(self.beneath) is not type(before):
                self._visit += 1
            self.changed.emit(following)

    def problem(self, error: AuthError) -> Problem:
        """``error`` as the person is told it: under a new reference, which stands in the log too."""
        problem = Problem.of(error, self._new_reference())
        record_problem(problem)
        return problem
