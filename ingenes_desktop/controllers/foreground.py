"""Who may come to the front."""

import sys


def let_come_to_front(process_id: int) -> None:
    """Windows lets nobody come to the front but whom the one in front allows. Elsewhere: nothing.

    https://learn.microsoft.com/windows/win32/api/winuser/nf-winuser-allowsetforegroundwindow
    """
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415  Windows alone has it here

        ctypes.windll.user32.AllowSetForegroundWindow(process_id)
