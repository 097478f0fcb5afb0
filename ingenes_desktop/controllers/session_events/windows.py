"""Session events on Windows: the messages that a hidden window of ours gets.

A window of its own, and not the main window: that one gets a new handle whenever its flags change, and
what was registered for the old one is lost. Only imported on Windows (and by mypy).
"""

import ctypes
from collections.abc import Callable
from ctypes import wintypes

from PySide6.QtCore import QAbstractNativeEventFilter, QByteArray, QCoreApplication, QObject
from PySide6.QtGui import QWindow

from ingenes_desktop.controllers.session_events.interface import ScreenChange, SessionEvents
from ingenes_desktop.controllers.session_events.windows_messages import MESSAGES, change_of, changes_at_start
from ingenes_desktop.domain.event_log import record

# A tuple: a QByteArray equals bytes and has another hash.
_EVENT_TYPES = (b"windows_generic_MSG", b"windows_dispatcher_MSG")
_NOTIFY_FOR_THIS_SESSION = 0
_DEVICE_NOTIFY_WINDOW_HANDLE = 0
_WTS_SESSION_INFO_EX = 25


class _SessionInfo(ctypes.Structure):
    """The first fields of WTSINFOEXW, at its level 1; what follows is not read."""

    _fields_ = (
        ("level", wintypes.DWORD),
        ("_padding", wintypes.DWORD),  # the union behind it holds 64-bit times
        ("session_id", wintypes.ULONG),
        ("session_state", ctypes.c_int),
        ("session_flags", wintypes.LONG),
    )


class _Messages(QAbstractNativeEventFilter):
    """Shows each message of interest to ``hear``; holds none back."""

    def __init__(self, own_session: int, hear: Callable[[ScreenChange], None]) -> None:
        super().__init__()
        self._own_session = own_session
        self._hear = hear

    def nativeEventFilter(  # noqa: N802  Qt's name
        self, event_type: QByteArray | bytes | bytearray | memoryview, message: int
    ) -> object:
        """Qt's: ``message`` is a shiboken6.VoidPtr in fact, the address of a MSG."""
        if event_type in _EVENT_TYPES:
            msg = wintypes.MSG.from_address(int(message))
            if msg.message in MESSAGES:
                change = change_of(msg.message, msg.wParam, msg.lParam, self._own_session)
                if change is not None:
                    self._hear(change)
        return False, 0


class WindowsSessionEvents(SessionEvents):
    """Window messages of this session. Windows waits two seconds at most for what it tells of a sleep."""

    def __init__(self, paint_now: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(paint_now, parent)
        self._window: QWindow | None = None
        self._messages: _Messages | None = None
        self._power = 0
        # https://learn.microsoft.com/windows/win32/api/wtsapi32/
        self._wts = ctypes.WinDLL("wtsapi32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]  # Windows alone
        self._user = ctypes.WinDLL("user32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]  # likewise
        self._kernel = ctypes.WinDLL("kernel32", use_last_error=True)  # type: ignore[attr-defined, unused-ignore]  # likewise
        self._wts.WTSRegisterSessionNotification.argtypes = (wintypes.HWND, wintypes.DWORD)
        self._wts.WTSUnRegisterSessionNotification.argtypes = (wintypes.HWND,)
        self._wts.WTSFreeMemory.argtypes = (ctypes.c_void_p,)
        self._user.RegisterSuspendResumeNotification.argtypes = (wintypes.HANDLE, wintypes.DWORD)
        self._user.RegisterSuspendResumeNotification.restype = wintypes.HANDLE
        self._user.UnregisterSuspendResumeNotification.argtypes = (wintypes.HANDLE,)

    def start(self) -> None:
        """Make the hidden window and register it."""
        application = QCoreApplication.instance()
        if self._window is not None or application is None:
            return
        own_session = wintypes.DWORD()
        process = self._kernel.GetCurrentProcessId()
        if not self._kernel.ProcessIdToSessionId(process, ctypes.byref(own_session)):
            record("session_events", source="windows", status="session_unknown")
        self._window = QWindow()
        self._window.create()
        handle = int(self._window.winId())
        self._messages = _Messages(own_session.value, self._apply)
        application.installNativeEventFilter(self._messages)
        registered = self._wts.WTSRegisterSessionNotification(handle, _NOTIFY_FOR_THIS_SESSION)
        # With it a computer in modern standby tells, too.
        self._power = self._user.RegisterSuspendResumeNotification(handle, _DEVICE_NOTIFY_WINDOW_HANDLE) or 0
        record("session_events", source="windows", status="followed" if registered else "not_registered")
        for change in self._read(own_session.value):
            self._apply(change)

    def stop(self) -> None:
        """Give the registrations and the window back."""
        if self._window is None:
            return
        self._wts.WTSUnRegisterSessionNotification(int(self._window.winId()))
        if self._power:
            self._user.UnregisterSuspendResumeNotification(self._power)
        application = QCoreApplication.instance()
        if application is not None and self._messages is not None:
            application.removeNativeEventFilter(self._messages)
        self._window.destroy()
        self._window, self._messages, self._power = None, None, 0

    def _read(self, own_session: int) -> list[ScreenChange]:
        buffer, size = ctypes.c_void_p(), wintypes.DWORD()
        if not self._wts.WTSQuerySessionInformationW(
            None, own_session, _WTS_SESSION_INFO_EX, ctypes.byref(buffer), ctypes.byref(size)
        ):
            return []
        try:
            if buffer.value is None or size.value < ctypes.sizeof(_SessionInfo):
                return []
            info = _SessionInfo.from_address(buffer.value)
            return changes_at_start(info.session_state, info.session_flags) if info.level == 1 else []
        finally:
            self._wts.WTSFreeMemory(buffer)
