"""The thread that listens on a bus: how soon it comes back."""

from threading import Event

import pytest

from ingenes_desktop.controllers.session_events.bus import Bus
from ingenes_desktop.controllers.session_events.listener import BusListener
from tests.secret_service import needs_secret_service, private_bus

TURNS = 6
PAUSES = (0.0, 0.0, 0.0, 3600.0)


class Losing:
    """Loses its bus after so many seconds, again and again."""

    def __init__(self, seconds: float) -> None:
        self.now = 0.0
        self.turns = 0
        self.all_turns = Event()
        self._seconds = seconds

    def follow(self, _bus: Bus) -> None:
        self.now += self._seconds
        self.turns += 1
        if self.turns == TURNS:
            self.all_turns.set()
        raise ConnectionResetError

    def lose(self) -> None:
        """Nothing is held."""


@needs_secret_service
@pytest.mark.parametrize(("seconds", "comes_back"), [(3601.0, True), (0.5, False)])
def test_a_bus_that_served_for_long_is_soon_asked_again(seconds: float, comes_back: bool) -> None:
    follower = Losing(seconds)
    with private_bus() as bus:
        address = bus.environment["DBUS_SESSION_BUS_ADDRESS"]
        listener = BusListener(
            address, "test", lambda: follower, clock=lambda: follower.now, pauses_seconds=PAUSES
        )
        listener.start()
        assert follower.all_turns.wait(10.0 if comes_back else 1.0) is comes_back
        listener.stop()
