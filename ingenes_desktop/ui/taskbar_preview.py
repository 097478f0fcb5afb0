"""What the task bar shows of a window: on Windows the last picture of one that is minimised."""

import sys

_FORCE_ICONIC_REPRESENTATION = 7
"""https://learn.microsoft.com/windows/win32/api/dwmapi/ne-dwmapi-dwmwindowattribute"""


def show_icon_only(window: int, icon_only: bool) -> None:
    """Have the task bar show the icon of ``window`` (its native handle) instead of its picture, or no longer.

    A minimised window is not painted, so that its picture would be the former person's. Other systems than
    Windows have no such picture, or none that a program could take away. UI thread only.
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  loaded where it is wanted

        value = ctypes.c_int(icon_only)
        ctypes.windll.dwmapi.DwmSetWindowAttribute(
            ctypes.c_void_p(window), _FORCE_ICONIC_REPRESENTATION, ctypes.byref(value), ctypes.sizeof(value)
        )
