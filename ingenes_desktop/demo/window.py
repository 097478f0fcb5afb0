"""What the demo adds to the application's window: who can be tried, the mail that Cognito would send, and
what can be made to fail.

Only generic Qt: the application does not know that it is in a demo. UI thread only.
"""

import json
from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, QTimer, QUrl
from PySide6.QtGui import QShowEvent
from PySide6.QtNetwork import QNetworkAccessManager, QNetworkProxy, QNetworkReply, QNetworkRequest
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QListWidget,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ingenes_desktop.demo.faults_menu import FaultsMenu
from ingenes_desktop.demo.process import CloudAccount, CloudDescription
from ingenes_desktop.demo.window_words import words

POLL_MILLISECONDS = 1000
TIMEOUT_MILLISECONDS = 3000
LARGEST_LISTING = 1024 * 1024
DOCK_WIDTH = 330


def add_demo(
    window: QMainWindow, description: CloudDescription, *, end: Callable[[], None] | None = None
) -> None:
    """Put the accounts beside the application's view, and behind buttons a mailbox and the faults.

    ``end``, on a kiosk, whose window has nothing to close it: what the button "End the demo" does.
    """
    mailbox = MailboxWindow(window, description.mailbox)
    dock = AccountsDock(window, description.accounts, description.control)
    dock.mailbox_button.clicked.connect(mailbox.show)
    dock.mailbox_button.clicked.connect(mailbox.raise_)
    if end is None:
        dock.end_button.hide()
    else:
        dock.end_button.clicked.connect(end)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    if not window.isFullScreen():
        window.resize(window.width() + DOCK_WIDTH, window.height())


class AccountsDock(QDockWidget):
    """The demo's people with their passwords, as text that can be selected, and the demo's buttons."""

    def __init__(self, window: QMainWindow, accounts: Sequence[CloudAccount], control: str) -> None:
        super().__init__(window)
        self.setObjectName("demo-accounts")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self._accounts = accounts
        self._notice = _label("")
        self._kinds = [_label("", bold=True) for _ in accounts]
        self._people = [_label(f"demo-account-{account.kind}") for account in accounts]
        self.mailbox_button = QPushButton()
        self.faults_button = QPushButton()
        self.end_button = QPushButton()
        self.faults = FaultsMenu(self, control)
        self.faults_button.clicked.connect(self._show_faults)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setSpacing(2)
        rows.addWidget(self._notice)
        for kind, person in zip(self._kinds, self._people, strict=True):
            rows.addSpacing(8)
            rows.addWidget(kind)
            rows.addWidget(person)
        rows.addSpacing(8)
        buttons = QHBoxLayout()
        buttons.addWidget(self.mailbox_button, 1)
        buttons.addWidget(self.faults_button)
        rows.addLayout(buttons)
        rows.addWidget(self.end_button)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setFixedWidth(DOCK_WIDTH)
        scroll.setWidget(column)
        self.setWidget(scroll)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def _show_faults(self) -> None:
        # Not the button's own menu, which would run an event loop of its own.
        self.faults.popup(self.faults_button.mapToGlobal(QPoint(0, self.faults_button.height())))

    def _speak(self) -> None:
        self.setWindowTitle(words("title"))
        self._notice.setText(words("notice"))
        self.mailbox_button.setText(words("mailbox"))
        self.faults_button.setText(words("faults"))
        self.end_button.setText(words("end"))
        self.faults.speak()
        for account, kind, person in zip(self._accounts, self._kinds, self._people, strict=True):
            kind.setText(words(account.kind))
            person.setText(f"{account.username}\n{words('password')}: {account.password}")


class MailboxWindow(QWidget):
    """A small window of the codes that were sent; it comes up by itself when a new one arrives.

    It asks the cloud once a second, without waiting for it, and hides with the application's window
    (which waits behind the scenes for its far ends while it closes).
    """

    def __init__(self, window: QMainWindow, url: str) -> None:
        super().__init__(window, Qt.WindowType.Tool)
        self.setObjectName("demo-mailbox")
        # It comes up while somebody types into the application's window.
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self.resize(360, 220)
        self._request = QNetworkRequest(QUrl(url))
        self._request.setTransferTimeout(TIMEOUT_MILLISECONDS)
        self._network = QNetworkAccessManager(self)
        self._network.setProxy(QNetworkProxy(QNetworkProxy.ProxyType.NoProxy))
        self._window = window
        self._waiting: QNetworkReply | None = None
        self._empty = _label("")
        self.messages = QListWidget()
        self.messages.setAccessibleName(words("mailbox"))
        rows = QVBoxLayout(self)
        rows.addWidget(self._empty)
        rows.addWidget(self.messages, 1)
        self._speak()
        window.installEventFilter(self)
        timer = QTimer(self)
        timer.timeout.connect(self._ask)
        timer.start(POLL_MILLISECONDS)

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """Over the lower right of the application's window, where it covers no field."""
        corner = self._window.mapToGlobal(self._window.rect().bottomRight())
        self.move(corner.x() - self.width() - 24, corner.y() - self.height() - 24)
        super().showEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() is QEvent.Type.Hide and watched is self._window:
            self.hide()
        return super().eventFilter(watched, event)

    def _speak(self) -> None:
        self.setWindowTitle(words("mailbox"))
        self.messages.setAccessibleName(words("mailbox"))
        self._empty.setText(words("no-mail"))

    def _ask(self) -> None:
        if self._waiting is None:
            self._waiting = self._network.get(self._request)
            self._waiting.finished.connect(self._read)

    def _read(self) -> None:
        reply, self._waiting = self._waiting, None
        if reply is None:
            return
        lines = _lines(bytes(reply.read(LARGEST_LISTING).data()))
        reply.deleteLater()
        if lines is None:
            return
        shown = [self.messages.item(row).text() for row in range(self.messages.count())]
        if lines[: len(shown)] != shown:  # somebody has reset the cloud
            self.messages.clear()
            self._empty.show()
        for line in lines[self.messages.count() :]:
            self.messages.addItem(line)
            self.messages.scrollToBottom()
            self._empty.hide()
            if self._window.isVisible():
                self.show()
                self.raise_()


def _lines(listing: bytes) -> list[str] | None:
    """The mailbox's JSON as lines; None while the cloud does not answer, as when it ends first."""
    try:
        return [f"{each['code']}    {each['to']}" for each in json.loads(listing)]
    except (ValueError, TypeError, KeyError):
        return None


def _label(name: str, *, bold: bool = False) -> QLabel:
    label = QLabel()
    font = label.font()
    font.setBold(bold)
    label.setFont(font)
    label.setObjectName(name)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setWordWrap(True)
    label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    return label
