"""The codes that Cognito would send by e-mail and SMS, in a small window of the demo's. UI thread only."""

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QListWidget, QVBoxLayout, QWidget

from ingenes_desktop.demo.cloud_listing import CloudListing
from ingenes_desktop.demo.plain_label import plain_label
from ingenes_desktop.demo.window_words import words

ABOVE_THE_AUTHENTICATOR = 150


class MailboxWindow(QWidget):
    """Comes up by itself when a new code arrives.

    It hides with the application's window (which waits behind the scenes for its far ends while it closes).
    """

    def __init__(self, window: QWidget, url: str) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self.setObjectName("demo-mailbox")
        # It comes up while somebody types into the application's window.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(400, 240)
        self._window = window
        self._shown: list[object] = []
        self._empty = plain_label()
        self.messages = QListWidget()
        self.messages.setWordWrap(True)
        rows = QVBoxLayout(self)
        rows.addWidget(self._empty)
        rows.addWidget(self.messages, 1)
        self._speak()
        window.installEventFilter(self)
        CloudListing(url, self).arrived.connect(self.show_listing)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Over the right of the application's window, where it covers no field and no app's code."""
        corner = self._window.mapToGlobal(self._window.rect().bottomRight())
        self.move(corner.x() - self.width() - 24, corner.y() - self.height() - ABOVE_THE_AUTHENTICATOR)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide and watched is self._window:
            self.hide()
        return super().eventFilter(watched, event)

    def show_listing(self, listing: list[object]) -> None:
        """The cloud's messages, newest last; what is not one is left out."""
        if listing[: len(self._shown)] != self._shown:  # somebody has reset the cloud
            self._shown = []
            self.messages.clear()
            self._empty.show()
        for message in listing[len(self._shown) :]:
            self._shown.append(message)
            line = _line(message)
            if line:
                self.messages.addItem(line)
                self.messages.scrollToBottom()
                self._empty.hide()
                if self._window.isVisible():
                    self.show()
                    self.raise_()

    def _speak(self) -> None:
        self.setWindowTitle(words("mailbox"))
        self.messages.setAccessibleName(words("mailbox"))
        self._empty.setText(words("no-mail"))
        for row, line in enumerate(line for message in self._shown if (line := _line(message))):
            self.messages.item(row).setText(line)


def _line(message: object) -> str:
    """A message of the mailbox as a line; "" where it is none."""
    if not isinstance(message, dict):
        return ""
    code, to, purpose = (message.get(name) for name in ("code", "to", "purpose"))
    if not (isinstance(code, str) and isinstance(to, str) and isinstance(purpose, str)):
        return ""
    medium = words("sms" if message.get("medium") == "SMS" else "email")
    return f"{code}    {to}\n{medium}: {words(purpose)}"
