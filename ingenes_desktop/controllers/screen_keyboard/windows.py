"""Windows' touch keyboard, or else its older on-screen keyboard: which is asked, and in which order.

The touch keyboard (TabTip.exe) has one door for desktop programs, ITipInvocation, which can only be toggled;
Microsoft does not document it, and it has been the same since Windows 10's anniversary update. Whether it is
on screen says IFrameworkInputPane. Where it does not come (a Shell Launcher without it, a server) osk.exe
does.
"""

import time
from collections.abc import Callable
from typing import Final, Protocol

from ingenes_desktop.domain.event_log import record

COMES_SECONDS: Final = 1.5
"""The touch keyboard slides in."""
_LOOK_AGAIN_SECONDS: Final = 0.1


class Calls(Protocol):
    """What is asked of Windows. One worker thread at a time; nothing is raised."""

    def touch_is_shown(self) -> bool | None:
        """Whether the touch keyboard is on screen; None where Windows does not say."""
        ...

    def toggle_touch(self) -> bool:
        """Ask it to come, or to go if it is there; False where its process does not run."""
        ...

    def start_touch(self) -> bool:
        """Start its process; False where there is none."""
        ...

    def older_is_shown(self) -> bool:
        """Whether osk.exe has a window on screen."""
        ...

    def start_older(self) -> bool:
        """Start osk.exe; False where that is not allowed."""
        ...

    def close_older(self) -> None:
        """Ask its window to close."""
        ...


class WindowsScreenKeyboard:
    """A ScreenKeyboard."""

    def __init__(self, calls: Calls, pause: Callable[[float], None] = time.sleep) -> None:
        """``pause`` waits so many seconds."""
        self._calls = calls
        self._pause = pause

    def show(self) -> bool:
        """See ScreenKeyboard."""
        calls = self._calls
        if calls.touch_is_shown() or calls.older_is_shown():
            return True
        if self._show_touch():
            record("screen_keyboard", source="touch", status="shown")
            return True
        started = calls.start_older()
        record("screen_keyboard", source="osk", status="shown" if started else "refused")
        return started

    def hide(self) -> None:
        """See ScreenKeyboard."""
        if self._calls.touch_is_shown():
            self._calls.toggle_touch()
        if self._calls.older_is_shown():
            self._calls.close_older()

    def is_shown(self) -> bool | None:
        """See ScreenKeyboard."""
        return True if self._calls.older_is_shown() else self._calls.touch_is_shown()

    def _show_touch(self) -> bool:
        if not self._calls.toggle_touch():
            if not self._calls.start_touch():
                return False
            # Started, it may come by itself; it can be asked as soon as its process listens.
            if self._comes() is True:
                return True
            if not self._calls.toggle_touch():
                return False
        return self._comes() is not False

    def _comes(self) -> bool | None:
        """Whether it is on screen within its time; None where Windows does not say."""
        for _ in range(round(COMES_SECONDS / _LOOK_AGAIN_SECONDS)):
            shown = self._calls.touch_is_shown()
            if shown is not False:
                return shown
            self._pause(_LOOK_AGAIN_SECONDS)
        return False
