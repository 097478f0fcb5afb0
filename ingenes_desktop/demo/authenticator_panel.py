"""What a person's authenticator app would show, in the demo's strip. UI thread only."""

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QComboBox, QHBoxLayout, QVBoxLayout, QWidget

from ingenes_desktop.demo.cloud_listing import CloudListing
from ingenes_desktop.demo.plain_label import plain_label
from ingenes_desktop.demo.window_words import words


class AuthenticatorPanel(QWidget):
    """The code of one account and the seconds it is shown for; the account that was set up last comes up
    by itself."""

    def __init__(self, url: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._codes: dict[str, tuple[str, int]] = {}
        self._came = False
        self._title = plain_label(bold=True)
        self.accounts = QComboBox()
        self.accounts.setObjectName("demo-authenticator-accounts")
        self.accounts.currentTextChanged.connect(self._show_code)
        self.code = plain_label("demo-authenticator-code")
        self.left = plain_label("demo-authenticator-left")
        self.code.setStyleSheet("font-weight: bold; font-size: 20px")
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(2)
        rows.addWidget(self._title)
        rows.addWidget(self.accounts)
        line = QHBoxLayout()
        line.addWidget(self.code)
        line.addWidget(self.left, 1)
        rows.addLayout(line)
        self.speak()
        CloudListing(url, self).arrived.connect(self.show_listing)

    def choose(self, username: str) -> None:
        """Show that account's code, where it has an app."""
        if username in self._codes:
            self.accounts.setCurrentText(username)

    def show_listing(self, listing: list[object]) -> None:
        """The cloud's listing; what is no code is left out."""
        codes = dict(entry for each in listing if (entry := _entry(each)))
        new = [username for username in codes if username not in self._codes]
        if list(codes) != list(self._codes):
            chosen = self.accounts.currentText()
            self.accounts.blockSignals(True)  # noqa: FBT003  Qt's own
            self.accounts.clear()
            self.accounts.addItems(list(codes))
            self.accounts.blockSignals(False)  # noqa: FBT003  likewise
            if new and self._came:
                self.accounts.setCurrentText(new[-1])
            elif chosen in codes:
                self.accounts.setCurrentText(chosen)
        self._codes, self._came = codes, True
        self._show_code()

    def changeEvent(self, event: QEvent) -> None:
        if event.type() is QEvent.Type.LanguageChange:
            self.speak()
        super().changeEvent(event)

    def speak(self) -> None:
        """Take the window's language."""
        self._title.setText(words("authenticator"))
        self.accounts.setAccessibleName(words("authenticator"))
        self._show_code()

    def _show_code(self) -> None:
        code, left = self._codes.get(self.accounts.currentText(), ("", 0))
        self.code.setText(f"{code[:3]} {code[3:]}" if code else "–")
        self.left.setText(words("seconds-left").format(seconds=left) if code else "")


def _entry(each: object) -> tuple[str, tuple[str, int]] | None:
    if not isinstance(each, dict):
        return None
    username, code, left = (each.get(name) for name in ("username", "code", "seconds_left"))
    if isinstance(username, str) and isinstance(code, str) and isinstance(left, int):
        return username, (code, left)
    return None
