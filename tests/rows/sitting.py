"""A sitting at the real window: its clocks are moved by a test, and the far ends' with them."""

import time
from email.utils import formatdate
from re import sub
from typing import Any

from PySide6.QtWidgets import QLabel, QWidget

from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.domain.auth_state import AuthState, SignedIn
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from tests.controllers.desk import Time
from tests.scripted_cloud import ScriptedCloud
from tests.scripted_server import reset
from tests.window import Opener, OpenWindow

REFRESH = "GetTokensFromRefreshToken"


class Sitting:
    """A window whose clocks a test moves, the far ends' with them."""

    def __init__(
        self,
        open_window: Opener,
        far: ScriptedCloud,
        limits: SessionLimits | None = None,
        machine: MachineKind = MachineKind.PERSONAL,
        **how: Any,
    ) -> None:
        """``how``: see open_window."""
        self.far = far
        self.time = Time(time.time())
        self._began = self.time.reading
        far.clock = self.true_time
        far.rewrite = self._date
        settings = far.settings(machine=machine, session=limits or SessionLimits.of(machine))
        self.limits = settings.session
        self.window: OpenWindow = open_window(
            settings,
            wall_clock=lambda: self.time.reading.wall,
            clock=lambda: self.time.reading.monotonic,
            read_clocks=self.time,
            **how,
        )
        self.shown: list[tuple[AuthState, set[str]]] = []
        """Every state, and the words that were visible with it."""
        self.window.controller.state_changed.connect(self._note)

    def true_time(self) -> float:
        """The far ends' clock: it never sleeps, and nobody sets it."""
        now, began = self.time.reading.awake_or_asleep, self._began.awake_or_asleep
        assert now is not None
        assert began is not None
        return self._began.wall + now - began

    def _date(self, answer: bytes) -> bytes:
        return sub(rb"Date: [^\r]*", b"Date: " + formatdate(self.true_time(), usegmt=True).encode(), answer)

    def _note(self, state: AuthState) -> None:
        self.shown.append((state, self.words()))

    def words(self) -> set[str]:
        """What can be read in the window now, its title and what a screen reader would say among it."""
        found = {self.window.window.windowTitle()}
        for widget in self.window.window.findChildren(QWidget):
            if widget.isVisible():
                found |= {widget.accessibleName(), widget.accessibleDescription(), widget.toolTip()}
                if isinstance(widget, QLabel):
                    found.add(widget.text())
        return found

    def sees(self, text: str) -> bool:
        """Whether that can be read somewhere in the window."""
        return any(text in words for words in self.words())

    def renewal(self) -> Renewal:
        """The part whose timer has come."""
        renewal = self.window.controller.findChild(Renewal)
        assert isinstance(renewal, Renewal)
        return renewal

    def signed_in(self) -> SignedIn:
        """The state, which is the profile."""
        state = self.window.state
        assert isinstance(state, SignedIn), state
        return state

    def cut_the_network(self) -> None:
        """Cognito's name is unknown from now on, and what is connected to it breaks."""
        self.far.lead("cognito-idp", None)
        self.far.script(REFRESH, reset)

    def wait_for(self, kind: type, seconds: float = 5.0) -> None:
        """Until the state is of that class."""
        self.window.qtbot.waitUntil(lambda: self.window.shows(kind), timeout=round(seconds * 1000))
