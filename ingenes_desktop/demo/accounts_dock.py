"""The strip beside the application's view: who can be tried, an authenticator, and the demo's buttons.

Only generic Qt: the application does not know that it is in a demo. UI thread only.
"""

from collections.abc import Sequence

from PySide6.QtCore import QEvent, QObject, QPoint, Qt, Signal
from PySide6.QtWidgets import (
    QDockWidget,
    QFrame,
    QHBoxLayout,
    QLabel,
    QMainWindow,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from ingenes_desktop.demo.authenticator_panel import AuthenticatorPanel
from ingenes_desktop.demo.faults_menu import FaultsMenu
from ingenes_desktop.demo.plain_label import plain_label
from ingenes_desktop.demo.process import CloudAccount, CloudDescription
from ingenes_desktop.demo.window_words import GROUPS, words

DOCK_WIDTH = 330
# In pixels, because the application's own style sheet is.
HEADING_STYLE = "font-weight: bold; font-size: 16px; padding-bottom: 4px"
BUTTON_STYLE = "padding: 0 10px"
KIND_STYLE = "text-align: left; font-weight: bold; min-height: 0; padding: 1px 4px"


class AccountsDock(QDockWidget):
    """The demo's people with their passwords, as text that can be selected; a click chooses one."""

    chosen = Signal(str, str)
    """A person's username and password."""

    def __init__(self, window: QMainWindow, description: CloudDescription) -> None:
        super().__init__(window)
        self.setObjectName("demo-accounts")
        self.setFeatures(QDockWidget.DockWidgetFeature.NoDockWidgetFeatures)
        self._notice = plain_label()
        self._headings: list[tuple[str, QLabel]] = []
        self._people: list[tuple[CloudAccount, QPushButton, QLabel]] = []
        self.authenticator = AuthenticatorPanel(description.authenticator)
        self.mailbox_button = QPushButton()
        self.faults_button = QPushButton()
        self.end_button = QPushButton()
        for button in (self.mailbox_button, self.faults_button, self.end_button):
            button.setProperty("role", "quiet")  # as the application's own, only narrower
            button.setStyleSheet(BUTTON_STYLE)
        self.faults = FaultsMenu(self, description.control)
        self.faults_button.clicked.connect(self._show_faults)
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.addWidget(self._notice)
        rows.addWidget(self._list_of(description.accounts), 1)
        rows.addWidget(self.authenticator)
        buttons = QHBoxLayout()
        buttons.addWidget(self.mailbox_button, 1)
        buttons.addWidget(self.faults_button)
        rows.addLayout(buttons)
        rows.addWidget(self.end_button)
        column.setFixedWidth(DOCK_WIDTH)
        self.setWidget(column)
        self._speak()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on a person's address and password, which selects nothing, is one on the person."""
        if event.type() is QEvent.Type.MouseButtonRelease:
            for account, _, person in self._people:
                if person is watched and not person.hasSelectedText():
                    self.choose(account)
        return super().eventFilter(watched, event)

    def choose(self, account: CloudAccount) -> None:
        """What a click on the account does: its app's code is shown, and the form is filled."""
        self.authenticator.choose(account.username)
        self.chosen.emit(account.username, account.password)

    def _list_of(self, accounts: Sequence[CloudAccount]) -> QScrollArea:
        column = QWidget()
        rows = QVBoxLayout(column)
        rows.setContentsMargins(0, 0, 8, 0)
        rows.setSpacing(2)
        for group, members in _grouped(accounts):
            heading = plain_label(bold=True)
            heading.setStyleSheet(HEADING_STYLE)
            self._headings.append((group, heading))
            rows.addWidget(heading)
            for account in members:
                kind = QPushButton()
                kind.setObjectName(f"demo-kind-{account.kind}")
                kind.setFlat(True)
                # The keyboard's way through the window stays the application's own.
                kind.setFocusPolicy(Qt.FocusPolicy.NoFocus)
                kind.setStyleSheet(KIND_STYLE)
                kind.clicked.connect(lambda _=False, chosen=account: self.choose(chosen))
                person = plain_label(f"demo-account-{account.kind}")
                person.setContentsMargins(4, 0, 0, 4)
                person.installEventFilter(self)
                self._people.append((account, kind, person))
                rows.addWidget(kind)
                rows.addWidget(person)
            rows.addSpacing(10)
        rows.addStretch(1)
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidget(column)
        return scroll

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
        for group, heading in self._headings:
            heading.setText(words(group))
        for account, kind, person in self._people:
            kind.setText(words(account.kind))
            person.setText("\n".join(_lines(account)))


def _grouped(accounts: Sequence[CloudAccount]) -> list[tuple[str, list[CloudAccount]]]:
    """The accounts in their groups, each in the cloud's order; those of no group come last."""
    grouped = [
        (group, [account for account in accounts if account.kind in kinds]) for group, kinds in GROUPS.items()
    ]
    known = {kind for kinds in GROUPS.values() for kind in kinds}
    others = [account for account in accounts if account.kind not in known]
    return [(group, members) for group, members in [*grouped, ("group-others", others)] if members]


def _lines(account: CloudAccount) -> list[str]:
    lines = [account.username, f"{words('password')}: {account.password}"]
    if account.answer:
        lines.append(f"{words('answer')}: {account.answer}")
    if account.auth_flow:
        lines.append(words("with-flow").format(flow=account.auth_flow))
    return lines
