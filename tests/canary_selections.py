"""A program that writes down whatever comes to the clipboard and to the selection of an X display."""

import sys

from PySide6.QtGui import QClipboard, QGuiApplication

from ingenes_desktop.ui.lasting_singletons import keep_singletons


def write_down(clipboard: QClipboard, mode: QClipboard.Mode) -> None:
    """Every format that is offered, as hex after its name."""
    data = clipboard.mimeData(mode)
    for kind in data.formats():
        content = bytes(data.data(kind).data())
        print(mode.name, kind, content.decode("utf-8", "backslashreplace"), flush=True)  # noqa: T201  its purpose


if __name__ == "__main__":
    keep_singletons()
    application = QGuiApplication(sys.argv)
    watched = QGuiApplication.clipboard()
    watched.changed.connect(lambda mode: write_down(watched, mode))
    print("watching", flush=True)  # noqa: T201  what the test waits for
    sys.exit(application.exec())
