"""A window for the password field's test: run as a program of its own on the private desktop."""

import hashlib
import sys

from PySide6.QtCore import QTimer
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QPushButton, QVBoxLayout, QWidget

from ingenes_desktop.ui.lasting_singletons import keep_singletons
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit

CLIPBOARD = "Жλ7\nsecond line"
"""What "Fill clipboard" puts there: characters that nothing else on the bus contains."""


def digest(text: str) -> str:
    """Return what the window may tell of a password so that a test knows it arrived."""
    return hashlib.sha256(text.encode()).hexdigest()


class Window(QWidget):
    """A PasswordEdit and buttons that act on it, beside a plain QLineEdit in Password mode."""

    def __init__(self) -> None:
        """Build the window."""
        super().__init__()
        self._plain = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
        self._plain.setAccessibleName("Plain")
        self._password = PasswordEdit()
        self._password.setAccessibleName("Contraseña")
        self._told = QLabel("nothing")
        column = QVBoxLayout(self)
        for widget in (self._plain, self._password, self._told):
            column.addWidget(widget)
        for name, act in (
            ("Fill clipboard", self._fill_clipboard),
            ("Tell", self._tell),
            ("Wipe", self._password.wipe),
            ("Take", self._password.take_text),
        ):
            button = QPushButton(name)
            button.clicked.connect(act)
            column.addWidget(button)

    def _fill_clipboard(self) -> None:
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(CLIPBOARD, clipboard.Mode.Clipboard)
        clipboard.setText(CLIPBOARD, clipboard.Mode.Selection)
        self._told.setText("filled")

    def _tell(self) -> None:
        self._told.setText(self._password.evaluate(digest))


def plain_window() -> QWidget:
    """Return a window with nothing but Qt's own password field: the control of the experiment."""
    window = QWidget()
    field = QLineEdit(echoMode=QLineEdit.EchoMode.Password)
    field.setAccessibleName("Plain")
    QVBoxLayout(window).addWidget(field)
    return window


if __name__ == "__main__":
    keep_singletons()
    application = QApplication(sys.argv)
    shown = plain_window() if "plain" in sys.argv else Window()
    shown.resize(400, 300)
    shown.show()
    QTimer.singleShot(0, lambda: print("shown"))  # noqa: T201  what the test waits for
    sys.exit(application.exec())
