"""The two windows that start_up.py compares.

Each prints, when its first paint is done, the moments at which it came to each point ("name=seconds", of
the monotonic clock), and quits. Nothing is imported here that a plain window would not import.
"""

import os
import sys
import time

WHICH = sys.argv[1]
points = {"interpreter": time.monotonic()}


def reached(point: str) -> None:
    """Note the moment at which a part of the start was over."""
    points[point] = time.monotonic()


def say_and_quit() -> None:
    """Print the moments and leave."""
    points.setdefault("paint", time.monotonic())
    print(*(f"{point}={moment}" for point, moment in points.items()), flush=True)
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

    reached("imports")

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
    reached("window")
    window.show()
    application.exec()


def application() -> None:
    """The application, from its entry point on."""
    import gc

    from ingenes_desktop.adapters.environment import scrub_environment

    # As __main__ does, in the same order.
    gc.disable()
    scrub_environment(os.environ, frozen=False)
    from ingenes_desktop.app import run
    from ingenes_desktop.ui.kept_bytecode import KEPT
    from ingenes_desktop.ui.main_window import MainWindow

    reached("imports")

    def quit_as_started_before() -> None:
        # The program does so a little later, behind its paint: this is what the next start finds.
        reached("paint")
        KEPT.write()
        say_and_quit()

    def watch(window: object) -> None:
        reached("window")
        assert isinstance(window, MainWindow)
        window.painted.connect(quit_as_started_before)

    run(sys.argv[:1], os.environ, on_window=watch)


{"bare": bare, "application": application}[WHICH]()
