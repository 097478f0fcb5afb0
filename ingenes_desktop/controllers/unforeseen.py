"""What nobody foresaw: every such exception and every warning of Qt's becomes one line in the log.

And of an exception the person is told, in one sentence with a reference.

Never with a text: an exception's message may hold what a person typed or a far end said. On a terminal
of a developer, Python's and Qt's own words would be printed; in the log stands type and place.
"""

import logging
import sys
import threading
from collections.abc import Callable
from types import TracebackType

from PySide6.QtCore import QMessageLogContext, QtMsgType, qInstallMessageHandler

from ingenes_desktop.domain.event_log import record, record_bug

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.DEBUG,
    QtMsgType.QtWarningMsg: logging.WARNING,
    QtMsgType.QtCriticalMsg: logging.ERROR,
    QtMsgType.QtFatalMsg: logging.CRITICAL,
}


def log_what_is_unforeseen(tell: Callable[[], None]) -> None:
    """Install the hooks of the interpreter, of its threads, and of Qt. UI thread, once.

    ``tell`` is called after each exception that ended a slot or a thread, on any thread.
    """

    def uncaught(_kind: type[BaseException], error: BaseException, _trace: TracebackType | None) -> None:
        record_bug(error)
        tell()

    def uncaught_in_thread(arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None:
            record_bug(arguments.exc_value)
            tell()

    sys.excepthook = uncaught
    threading.excepthook = uncaught_in_thread
    sys.unraisablehook = _unraisable
    qInstallMessageHandler(_qt_message)


def _unraisable(arguments: "sys.UnraisableHookArgs") -> None:
    """An exception in a destructor, which ends nothing; Python's own hook would print it with its text."""
    if arguments.exc_value is not None:
        record_bug(arguments.exc_value)


def _qt_message(kind: QtMsgType, context: QMessageLogContext, _text: str) -> None:
    record("qt_message", level=_LEVELS.get(kind, logging.WARNING), kind=context.category or "default")
