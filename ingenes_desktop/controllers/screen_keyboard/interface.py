"""What the window needs of an on-screen keyboard that is somebody else's."""

from typing import Protocol


class ScreenKeyboard(Protocol):
    """The system's on-screen keyboard. Worker threads only; each call may block for seconds, none raises.

    It is told to come and to go, and nothing else: what is typed on it comes as from any keyboard.
    """

    def show(self) -> bool:
        """Bring it up; False where there is none, or none that obeys."""
        ...

    def hide(self) -> None:
        """Put it away, where that can be done."""
        ...

    def is_shown(self) -> bool | None:
        """Whether it is on screen; None where the system does not say."""
        ...
