"""Asks for a password on the terminal, and nowhere else: not in arguments, the environment or a pipe."""

import getpass
import sys
import warnings

from ingenes_desktop.domain.secret import Secret


class NoTerminalError(Exception):
    """There is no terminal that could ask without showing what is typed."""


def ask_password(prompt: str) -> Secret:
    """What is typed on the terminal, unseen; empty where nothing is.

    On Linux and macOS the terminal of the process is asked, whatever standard input is. Raises
    NoTerminalError, and KeyboardInterrupt for Ctrl+C.
    """
    if sys.platform == "win32" and (sys.stdin is None or not sys.stdin.isatty()):
        raise NoTerminalError
    try:
        with warnings.catch_warnings():
            # Where it cannot turn the echo off, getpass warns and reads on: from a pipe, in sight.
            warnings.simplefilter("error", getpass.GetPassWarning)
            return Secret(getpass.getpass(prompt))
    except EOFError:
        return Secret("")
    except (getpass.GetPassWarning, OSError, AttributeError, UnicodeError):
        pass  # AttributeError: there is no standard input at all
    raise NoTerminalError
