"""What the demo adds to the application's window: who can be tried, the mail that Cognito would send, what
an authenticator app would show, and what can be made to fail.

Only generic Qt: the application does not know that it is in a demo. UI thread only.
"""

from collections.abc import Callable

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QInputMethodEvent, QKeyEvent
from PySide6.QtWidgets import QApplication, QLineEdit, QMainWindow, QWidget

from ingenes_desktop.demo.accounts_dock import DOCK_WIDTH, AccountsDock
from ingenes_desktop.demo.mailbox_window import MailboxWindow
from ingenes_desktop.demo.process import CloudDescription


def add_demo(
    window: QMainWindow, description: CloudDescription, *, end: Callable[[], None] | None = None
) -> None:
    """Put the accounts beside the application's view, and behind buttons a mailbox and the faults.

    ``end``, on a kiosk, whose window has nothing to close it: what the button "End the demo" does.
    """
    mailbox = MailboxWindow(window, description.mailbox)
    dock = AccountsDock(window, description)
    dock.chosen.connect(lambda username, password: fill_in(window, username, password))
    # Also a way to be rid of it where no window manager gives it a frame.
    dock.mailbox_button.clicked.connect(lambda: mailbox.setVisible(mailbox.isHidden()))
    if end is None:
        dock.end_button.hide()
    else:
        dock.end_button.clicked.connect(end)
    window.addDockWidget(Qt.DockWidgetArea.RightDockWidgetArea, dock)
    if not window.isFullScreen():
        widest = window.screen().availableGeometry().width()
        window.resize(min(window.width() + DOCK_WIDTH, widest), window.height())


def fill_in(window: QMainWindow, username: str, password: str) -> None:
    """Type a name and a password where the window asks for one of each; elsewhere nothing happens."""
    view = window.centralWidget()
    if view is None:
        return
    fields = [each for each in view.findChildren(QWidget) if _is_typed_into(each)]
    secrets = [each for each in fields if each.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText]
    names = [each for each in fields if isinstance(each, QLineEdit) and each not in secrets]
    if len(names) == len(secrets) == 1:
        for field, text in ((names[0], username), (secrets[0], password)):
            _type(field, text)
        secrets[0].setFocus()


def _is_typed_into(widget: QWidget) -> bool:
    return (
        widget.isVisible()
        and widget.isEnabled()
        and bool(widget.focusPolicy() & Qt.FocusPolicy.TabFocus)
        and (
            isinstance(widget, QLineEdit)
            or bool(widget.inputMethodHints() & Qt.InputMethodHint.ImhHiddenText)
        )
    )


def _type(field: QWidget, text: str) -> None:
    """As a person would: all that stands there is replaced, and the field sees it typed."""
    for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
        all_of_it = QKeyEvent(kind, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
        QApplication.sendEvent(field, all_of_it)
    typed = QInputMethodEvent()
    typed.setCommitString(text)
    QApplication.sendEvent(field, typed)
