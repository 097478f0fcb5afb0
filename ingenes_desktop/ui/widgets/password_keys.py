"""Key strokes that the accessibility bridge must not retell."""

import sys
from typing import TYPE_CHECKING

from PySide6 import QtGui
from PySide6.QtCore import QCoreApplication, QEvent, QObject
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

# Filters run last installed first, and the bridge installs its own whenever it wakes: so ours is put
# in front again by what comes between that and a key. MetaCall is what wakes and feeds the bridge
# (D-Bus); ShortcutOverride comes before each press, an InputMethod commit before the release of the
# keys it was made of.
_BEFORE_KEYS = frozenset(
    (
        QEvent.Type.ShortcutOverride,
        QEvent.Type.InputMethod,
        QEvent.Type.FocusIn,
        QEvent.Type.WindowActivate,
        QEvent.Type.MetaCall,
    )
)


class KeyGuard(QObject):
    """Leads the keys of one widget's window past Qt's AT-SPI bridge while it is on.

    The bridge (Linux only; Windows and macOS have no such thing) takes every key stroke before any
    widget, tells the accessibility registry what character it bears, and hands it on when the
    registry has answered. It does so with keys that come from the system, so this filter, which
    stands before it, sends the window a copy that does not. All keys, not only those for the
    password: a Tab that waited for the registry would be overtaken by the characters typed after
    it. Filters that want keys must look at copies, too. UI thread only.
    """

    def __init__(self, widget: QWidget) -> None:
        """Make a guard, off, for the window that holds `widget`, and owned by it."""
        super().__init__(widget)
        self._widget = widget

    def start(self) -> None:
        """Stand before every filter installed until now."""
        application = QCoreApplication.instance()
        if sys.platform == "linux" and application is not None:
            application.installEventFilter(self)

    def stop(self) -> None:
        """Let keys go their usual way."""
        application = QCoreApplication.instance()
        if application is not None:
            application.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Send the guarded window copies of its keys."""
        kind = event.type()
        if kind in _BEFORE_KEYS:
            self.start()
        elif (
            kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease)
            and isinstance(event, QtGui.QKeyEvent)
            and event.spontaneous()
            and isinstance(watched, QtGui.QWindow)
            and watched is self._widget.window().windowHandle()
        ):
            copy = copy_of(event, event.text())
            QCoreApplication.sendEvent(watched, copy)
            event.setAccepted(copy.isAccepted())
            return True
        return False


def copy_of(event: "QKeyEvent", text: str) -> "QKeyEvent":
    """Return the same key stroke with `text`, as one that does not come from the system."""
    return QtGui.QKeyEvent(
        event.type(),
        event.key(),
        event.modifiers(),
        event.nativeScanCode(),
        event.nativeVirtualKey(),
        event.nativeModifiers(),
        text,
        event.isAutoRepeat(),
        event.count(),
    )
