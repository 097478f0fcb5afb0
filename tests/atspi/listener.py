"""Somebody at the keyboard of a program, who hears it and does not see it."""

from functools import partial

from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.recorder import BusRecorder
from tests.atspi.waiting import wait_until

MOST_STOPS = 30
ASSERTIVE = 2
"""AtspiLive, as numbered in atspi-constants.h: said at once, whatever is being read."""


class Listener:
    """Somebody at the keyboard who hears the window. ``heard`` is what was announced, in order."""

    def __init__(self, desktop: Desktop, root: Accessible, recorder: BusRecorder) -> None:
        self._desktop = desktop
        self._root = root
        self._recorder = recorder
        # What a window manager does with a new window. Nothing is clicked.
        desktop.input.give_the_keyboard_to_the_largest_window()

    def press(self, chord: str) -> None:
        self._desktop.input.press(chord)

    def type(self, text: str) -> None:
        self._desktop.input.type(text)

    def find(self, role: Role, name: str) -> Accessible:
        """What is on screen under that name."""
        return self._root.find(role, name)

    def focused(self) -> Accessible | None:
        """Where a key would go."""
        return next((each for each in self._root.find_all() if State.FOCUSED in each.states()), None)

    def expect(self, role: Role, name: str) -> Accessible:
        """The focus has come to that element by itself."""
        element = self._root.find(role, name)
        element.wait_state(State.FOCUSED)
        return element

    def reach(self, role: Role, name: str) -> Accessible:
        """Tab until that element has the focus; each stop on the way has a name."""
        wanted = self._root.find(role, name)
        for _ in range(MOST_STOPS):
            before = self.focused()
            if before == wanted:
                return wanted
            assert before is None or before.name(), f"a stop without a name, before {name!r}"
            self.press("Tab")
            wait_until(partial(self._has_gone_on, before), "the focus to go on")
        raise AssertionError(f"the Tab key does not lead to {name!r}")

    def stops(self) -> list[tuple[int, str]]:
        """Role and name of each stop of the Tab key, once around from where the focus is."""
        found: list[tuple[int, str]] = []
        first = self.focused()
        for _ in range(MOST_STOPS):
            here = self.focused()
            if here is not None:
                found.append((here.role(), here.name()))
            self.press("Tab")
            wait_until(partial(self._has_gone_on, here), "the focus to go on")
            if self.focused() == first:
                return found
        raise AssertionError(f"the Tab key never comes back: {found}")

    def on_screen(self, beginning: str) -> Accessible:
        """A text on screen that begins so."""

        def find() -> Accessible | None:
            labels = self._root.find_all(Role.LABEL)
            return next((one for one in labels if one.name().startswith(beginning)), None)

        return wait_until(find, f"the words {beginning!r}")

    def heard(self, *, at_once: bool = False) -> list[str]:
        """What was announced until now; ``at_once``: only what a screen reader does not put off."""
        announced = [each.body for each in self._recorder.messages() if each.member == "Announcement"]
        return [str(body[3][1]) for body in announced if not at_once or body[1] == ASSERTIVE]

    def hears(self, beginning: str, *, at_once: bool = False) -> str:
        """The whole of what is announced and begins so, or was since the last :meth:`hush`."""

        def find() -> str | None:
            return next((each for each in self.heard(at_once=at_once) if each.startswith(beginning)), None)

        try:
            return wait_until(find, f"to hear {beginning!r}")
        except TimeoutError as error:
            raise TimeoutError(f"{error}; heard was {self.heard()}") from None

    def hush(self) -> None:
        """Forget what was heard."""
        self._recorder.clear()

    def locale(self) -> str:
        """The language that the program says it speaks: "es_MX"."""
        return str(self._root.get("Accessible", "Locale"))

    def title(self) -> str:
        """The name of the window."""
        return self._root.find(Role.FRAME).name()

    def _has_gone_on(self, before: Accessible | None) -> bool:
        return self.focused() != before
