"""What this program puts on the clipboard, and takes back on a kiosk: the next person could paste it."""

from collections.abc import Callable

from PySide6.QtCore import QMimeData, QObject, SignalInstance, Slot
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.auth_state import AuthState, Covered, SignedIn
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.ui.wish_window import WishWindow

Mode = QClipboard.Mode
_OURS = "application/x-ingenes-desktop"
"""A format of nobody else's: what has it, this program copied."""
# Windows (https://learn.microsoft.com/windows/win32/dataxchg/clipboard-formats) and KDE keep what has these
# out of their histories, where it could be had again after it was taken back.
_KEPT_OUT_OF_HISTORIES = {
    "ExcludeClipboardContentFromMonitorProcessing": b"1",
    "x-kde-passwordManagerHint": b"secret",
}
_CANNOT_TELL = frozenset({"cocoa", "offscreen"})
"""The platforms on which Qt says of everything on the clipboard that it is somebody else's."""


def takes_copies_back(machine: MachineKind) -> bool:
    """Whether what was copied goes at the end of a session: where the next person is anybody."""
    return machine is MachineKind.KIOSK


def copy(text: str, machine: MachineKind) -> None:
    """Put ``text`` on the clipboard. UI thread only."""
    clipboard = QGuiApplication.clipboard()
    if not takes_copies_back(machine):
        clipboard.setText(text)
        return
    # Such an object of Python's must be gone when the program ends, or Qt crashes at its end (6.12): here
    # every session and every window that is closed takes it back.
    data = QMimeData()
    data.setText(text)
    data.setData(_OURS, b"1")
    for name, value in _KEPT_OUT_OF_HISTORIES.items():
        data.setData(name, value)
    clipboard.setMimeData(data)


def owns(mode: Mode) -> bool:
    """Whether this program was the last to copy (or, on X11, to select) anything, as far as Qt can tell."""
    clipboard = QGuiApplication.clipboard()
    return clipboard.ownsClipboard() if mode is Mode.Clipboard else clipboard.ownsSelection()


def take_copies_back(
    window: WishWindow,
    state_changed: SignalInstance,
    machine: MachineKind,
    owns: Callable[[Mode], bool] = owns,
) -> None:
    """On a kiosk, for as long as there is ``window``; ``state_changed`` carries AuthStates."""
    if takes_copies_back(machine):
        copies = CopiesTakenBack(window, owns)
        state_changed.connect(copies.follow)
        window.close_requested.connect(copies.take_back)


class CopiesTakenBack(QObject):
    """Empties the clipboard, and X11's selection, at the end of a session if they are still ours.

    Likewise where a form was left alone and what was typed into it is cleared away.
    What another program has put there since stays. UI thread only; waits for nobody (another program's
    clipboard is not read on X11, where that program would have to answer).
    """

    def __init__(self, parent: QObject, owns: Callable[[Mode], bool]) -> None:
        """``owns`` says whose a clipboard is."""
        super().__init__(parent)
        self._owns = owns
        self._is_session = False
        self._cleared = 0
        self._copied = ""
        self._can_tell = QGuiApplication.platformName() not in _CANNOT_TELL
        if not self._can_tell:
            QGuiApplication.clipboard().dataChanged.connect(self._note)

    @Slot(object)
    def follow(self, state: AuthState) -> None:
        """Take everything back when ``state`` is a session no longer, or a form that was cleared."""
        present = state.beneath if isinstance(state, Covered) else state
        was_session, self._is_session = self._is_session, isinstance(present, SignedIn)
        cleared, self._cleared = self._cleared, getattr(present, "cleared", 0)
        if (was_session and not self._is_session) or self._cleared > cleared:
            self.take_back()

    @Slot()
    def take_back(self) -> None:
        """Empty what is still ours."""
        clipboard = QGuiApplication.clipboard()
        if self._owns(Mode.Clipboard) or self._is_known():
            clipboard.clear()
        if clipboard.supportsSelection() and self._owns(Mode.Selection):
            clipboard.clear(Mode.Selection)
        self._copied = ""

    @Slot()
    def _note(self) -> None:
        """Remember what was copied from a field: the text that is selected there."""
        selected = getattr(QApplication.focusWidget(), "selectedText", str)()
        self._copied = selected if selected and QGuiApplication.clipboard().text() == selected else ""

    def _is_known(self) -> bool:
        if self._can_tell:
            return False
        clipboard = QGuiApplication.clipboard()
        data: QMimeData | None = clipboard.mimeData()  # None where it is empty, whatever PySide's stubs say
        if data is not None and data.hasFormat(_OURS):
            return True
        return bool(self._copied) and clipboard.text() == self._copied
