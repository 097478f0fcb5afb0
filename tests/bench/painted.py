"""The two windows that start_up.py compares; each prints when its first paint is done, and quits."""

import os
import sys
import time

WHICH = sys.argv[1]


def say_and_quit() -> None:
    """Print the moment (seconds, monotonic) and leave."""
    print(time.monotonic(), flush=True)
    os._exit(0)


def bare() -> None:
    """A plain PySide6 window with a two-field form."""
    from PySide6.QtCore import QTimer
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import (
        QApplication,
        QFormLayout,
        QLineEdit,
        QMainWindow,
        QPushButton,
        QWidget,
    )

    class Window(QMainWindow):
        def paintEvent(self, event: QPaintEvent) -> None:
            super().paintEvent(event)
            QTimer.singleShot(0, say_and_quit)

    application = QApplication(sys.argv[:1])
    window = Window()
    form = QWidget()
    rows = QFormLayout(form)
    rows.addRow("Email", QLineEdit())
    rows.addRow("Password", QLineEdit())
    rows.addRow(QPushButton("Sign in"))
    window.setCentralWidget(form)
    window.resize(1000, 680)
    window.show()
    application.exec()


def application() -> None:
    """The application, from its entry point on."""
    import gc

    from ingenes_desktop.adapters.environment import scrub_environment

    gc.disable()  # as __main__ does
    scrub_environment(os.environ, frozen=False)
    from PySide6.QtWidgets import QMainWindow

    from ingenes_desktop.app import run
    from ingenes_desktop.ui.main_window import MainWindow

    def watch(window: QMainWindow) -> None:
        if isinstance(window, MainWindow):
            window.painted.connect(say_and_quit)

    run(sys.argv[:1], os.environ, on_window=watch)


{"bare": bare, "application": application}[WHICH]()
