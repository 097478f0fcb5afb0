"""Lock, sleep, resume and user switch, on three operating systems, behind one small interface."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from ingenes_desktop.controllers.session_events.interface import CoverReason, SessionEvents

__all__ = ["CoverReason", "SessionEvents", "make_session_events"]


def make_session_events(
    platform: str, *, paint_now: Callable[[], None], parent: QObject | None = None
) -> SessionEvents:
    """The session events of ``platform`` (sys.platform); not started. UI thread only, after the first paint.

    ``paint_now``: paints the window before it returns (QWidget.repaint).
    """
    if platform == "win32":
        from ingenes_desktop.controllers.session_events.windows import WindowsSessionEvents  # noqa: PLC0415  ctypes

        return WindowsSessionEvents(paint_now, parent)
    if platform == "darwin":
        from ingenes_desktop.controllers.session_events.macos import MacSessionEvents  # noqa: PLC0415  AppKit

        return MacSessionEvents(paint_now, parent)
    from ingenes_desktop.controllers.session_events.linux import LinuxSessionEvents  # noqa: PLC0415  jeepney

    return LinuxSessionEvents(paint_now, parent)
