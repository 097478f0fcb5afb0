"""The system's on-screen keyboard, on three operating systems, behind one small interface."""

from ingenes_desktop.controllers.screen_keyboard.interface import ScreenKeyboard

__all__ = ["ScreenKeyboard", "make_screen_keyboard"]


def make_screen_keyboard(platform: str) -> ScreenKeyboard | None:
    """The one of ``platform`` (sys.platform); None on macOS: no program may open its viewer there."""
    if platform == "win32":
        from ingenes_desktop.controllers.screen_keyboard.windows import WindowsScreenKeyboard  # noqa: PLC0415  ctypes
        from ingenes_desktop.controllers.screen_keyboard.windows_calls import SystemCalls  # noqa: PLC0415  likewise

        return WindowsScreenKeyboard(SystemCalls())
    if platform == "darwin":
        return None
    from ingenes_desktop.controllers.screen_keyboard.linux import LinuxScreenKeyboard  # noqa: PLC0415  jeepney

    return LinuxScreenKeyboard()
