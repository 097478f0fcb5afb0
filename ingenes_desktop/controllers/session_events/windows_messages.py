"""What the messages that Windows sends to a window say of the screen (pure).

https://learn.microsoft.com/windows/win32/termserv/wm-wtssession-change
https://learn.microsoft.com/windows/win32/power/wm-powerbroadcast
https://learn.microsoft.com/windows/win32/shutdown/wm-endsession
"""

from typing import Final

from ingenes_desktop.controllers.session_events.interface import CoverReason, ScreenChange

WM_ENDSESSION: Final = 0x0016
WM_POWERBROADCAST: Final = 0x0218
WM_WTSSESSION_CHANGE: Final = 0x02B1
MESSAGES: Final = frozenset({WM_ENDSESSION, WM_POWERBROADCAST, WM_WTSSESSION_CHANGE})

_LOCKED = ScreenChange(CoverReason.LOCKED, covers=True)
_UNLOCKED = ScreenChange(CoverReason.LOCKED, covers=False)
_AWAY = ScreenChange(CoverReason.AWAY, covers=True)
_BACK = ScreenChange(CoverReason.AWAY, covers=False)
_ASLEEP = ScreenChange(CoverReason.ASLEEP, covers=True)
_AWAKE = ScreenChange(CoverReason.ASLEEP, covers=False)

_SESSION_CHANGES = {
    1: _BACK,  # WTS_CONSOLE_CONNECT
    2: _AWAY,  # WTS_CONSOLE_DISCONNECT: another user, or the same one over remote desktop
    3: _BACK,  # WTS_REMOTE_CONNECT
    4: _AWAY,  # WTS_REMOTE_DISCONNECT
    6: _AWAY,  # WTS_SESSION_LOGOFF
    7: _LOCKED,  # WTS_SESSION_LOCK
    8: _UNLOCKED,  # WTS_SESSION_UNLOCK
}
_POWER_CHANGES = {
    0x04: _ASLEEP,  # PBT_APMSUSPEND
    0x06: _AWAKE,  # PBT_APMRESUMECRITICAL
    0x07: _AWAKE,  # PBT_APMRESUMESUSPEND
    0x12: _AWAKE,  # PBT_APMRESUMEAUTOMATIC
}
# WTSINFOEX_LEVEL1: SessionFlags and SessionState.
_SESSION_STATE_LOCKED = 0
_DISCONNECTED = 4


def change_of(message: int, wparam: int, lparam: int, own_session: int) -> ScreenChange | None:
    """What one window message says of ``own_session``'s screen; None where it says nothing of it."""
    match message:
        case 0x02B1 if lparam == own_session:  # WM_WTSSESSION_CHANGE: lparam is the session it is about
            return _SESSION_CHANGES.get(wparam)
        case 0x0218:  # WM_POWERBROADCAST
            return _POWER_CHANGES.get(wparam)
        case 0x0016 if wparam:  # WM_ENDSESSION: the session ends now, and was not rescued
            return _AWAY
        case _:
            return None


def changes_at_start(session_state: int, session_flags: int) -> list[ScreenChange]:
    """What holds already when we begin to listen: Windows starts programs again behind its lock screen.

    https://learn.microsoft.com/windows/win32/api/wtsapi32/ns-wtsapi32-wtsinfoex_level1_w
    """
    locked = [_LOCKED] if session_flags == _SESSION_STATE_LOCKED else []
    away = [_AWAY] if session_state == _DISCONNECTED else []
    return locked + away
