"""A program that lets every secret out by every door: what a sweep must find, to be believed.

Reads the secrets from the file that its first argument names, one a line.
"""

import os
import sys
from pathlib import Path

from jeepney import DBusAddress, new_signal
from jeepney.io.blocking import open_dbus_connection
from PySide6.QtCore import QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QClipboard, QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QVBoxLayout, QWidget

from ingenes_desktop.ui.lasting_singletons import keep_singletons


class Plants(QWidget):
    """A window that has no secrets."""

    def __init__(self, secrets: list[str]) -> None:
        super().__init__()
        self._secrets = secrets
        text = " | ".join(secrets)
        self.setWindowTitle(text)
        self._label = QLabel(text)
        self._label.setAccessibleDescription(text)
        self._field = QLineEdit(maxLength=100_000)
        column = QVBoxLayout(self)
        column.addWidget(self._label)
        column.addWidget(self._field)

    def tell(self) -> None:
        """By every door."""
        text = " | ".join(self._secrets)
        clipboard = QGuiApplication.clipboard()
        clipboard.setText(text, QClipboard.Mode.Clipboard)
        clipboard.setText(text, QClipboard.Mode.Selection)
        QAccessible.updateAccessibility(QAccessibleAnnouncementEvent(self, text))
        with open_dbus_connection() as bus:
            bus.send(new_signal(DBusAddress("/canary", interface="example.Canary"), "Told", "s", (text,)))
        print(text)  # noqa: T201  one of the doors
        print(text, file=sys.stderr)  # noqa: T201  another
        Path(os.environ["XDG_CACHE_HOME"], "planted").write_text(text, "utf-8")
        print("told", flush=True)  # noqa: T201  what the test waits for


if __name__ == "__main__":
    keep_singletons()
    application = QApplication([])
    window = Plants(Path(sys.argv[1]).read_text("utf-8").splitlines())
    window.show()
    QTimer.singleShot(500, window.tell)
    sys.exit(application.exec())
