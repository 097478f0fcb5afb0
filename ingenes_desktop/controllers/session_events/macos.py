"""Session events on macOS: the workspace's notifications, and the screen lock's distributed ones.

Only imported on macOS (and by mypy); pyobjc is a dependency there.
"""

from collections.abc import Callable
from typing import Any

import objc
from AppKit import NSWorkspace
from Foundation import (
    NSDistributedNotificationCenter,
    NSNotificationSuspensionBehaviorDeliverImmediately,
    NSObject,
)
from PySide6.QtCore import QObject

from ingenes_desktop.controllers.session_events.interface import SessionEvents
from ingenes_desktop.controllers.session_events.mac_notifications import DISTRIBUTED, WORKSPACE, change_of
from ingenes_desktop.domain.event_log import record


class _Observer(NSObject):  # type: ignore[misc, unused-ignore]  # pyobjc ships no types
    """Both centres call it on the main thread."""

    def heard_(self, notification: Any) -> None:
        self.hear(str(notification.name()))


class MacSessionEvents(SessionEvents):
    """Notifications of this login session. macOS waits for the one of its sleep to be handled."""

    def __init__(self, paint_now: Callable[[], None], parent: QObject | None = None) -> None:
        super().__init__(paint_now, parent)
        self._observer: Any = None

    def start(self) -> None:
        """Observe both centres."""
        if self._observer is not None:
            return
        self._observer = _Observer.alloc().init()
        self._observer.hear = self._hear
        workspace = NSWorkspace.sharedWorkspace().notificationCenter()
        for name in WORKSPACE:
            workspace.addObserver_selector_name_object_(self._observer, "heard:", name, None)
        distributed = NSDistributedNotificationCenter.defaultCenter()
        for name in DISTRIBUTED:
            # A program that is not in front would hear of the lock only after it.
            distributed.addObserver_selector_name_object_suspensionBehavior_(
                self._observer, "heard:", name, None, NSNotificationSuspensionBehaviorDeliverImmediately
            )
        record("session_events", source="macos", status="followed")

    def stop(self) -> None:
        """Take the observer back from both centres."""
        if self._observer is not None:
            NSWorkspace.sharedWorkspace().notificationCenter().removeObserver_(self._observer)
            NSDistributedNotificationCenter.defaultCenter().removeObserver_(self._observer)
            self._observer = None

    def _hear(self, name: str) -> None:
        change = change_of(name)
        if change is not None:
            self._apply(change)
            # What was painted leaves for the screen now, not when this call has returned.
            objc.lookUpClass("CATransaction").flush()
