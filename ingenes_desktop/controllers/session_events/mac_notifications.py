"""What the notifications of macOS say of the screen (pure).

https://developer.apple.com/documentation/appkit/nsworkspace (the first four); the lock's two are not
documented by Apple, and have been the same since macOS 10.7. Other users' sessions post none of them here.
"""

from typing import Final

from ingenes_desktop.controllers.session_events.interface import CoverReason, ScreenChange

WORKSPACE: Final = {
    "NSWorkspaceWillSleepNotification": ScreenChange(CoverReason.ASLEEP, covers=True),
    "NSWorkspaceDidWakeNotification": ScreenChange(CoverReason.ASLEEP, covers=False),
    "NSWorkspaceSessionDidResignActiveNotification": ScreenChange(CoverReason.AWAY, covers=True),
    "NSWorkspaceSessionDidBecomeActiveNotification": ScreenChange(CoverReason.AWAY, covers=False),
}
DISTRIBUTED: Final = {
    "com.apple.screenIsLocked": ScreenChange(CoverReason.LOCKED, covers=True),
    "com.apple.screenIsUnlocked": ScreenChange(CoverReason.LOCKED, covers=False),
}


def change_of(name: str) -> ScreenChange | None:
    """What the notification ``name`` says; None where it says nothing of the screen."""
    return WORKSPACE.get(name) or DISTRIBUTED.get(name)
