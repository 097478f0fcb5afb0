"""The options of ``ingenes-desktop``. Loaded only where there are arguments; Qt is not."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from ingenes_desktop import __version__

# Qt's own options, which it takes with one dash or two:
# https://doc.qt.io/qt-6/qguiapplication.html#supported-command-line-options
# https://doc.qt.io/qt-6/qapplication.html#QApplication
_QT_WITH_VALUE = frozenset(
    {
        "display", "fontengine", "geometry", "icon", "name", "platform", "platformpluginpath",
        "platformtheme", "plugin", "qwindowgeometry", "qwindowicon", "qwindowtitle", "session", "style",
        "stylesheet", "title",
    }
)  # fmt: skip
_QT_ALONE = frozenset({"dograb", "nograb", "reverse", "sync", "widgetcount"})
_QT_JOINED = ("style=", "stylesheet=", "qmljsdebugger=", "psn_")
"""Joined to their value; macOS' Finder adds -psn_... by itself."""
_EPILOG = """\
Qt's own options (-platform, -style, ...) are handed on to Qt.
Exit status of --check: 0 a sign-in can work, 1 it cannot, 2 bad usage or a report that cannot be written.
"""


@dataclass(frozen=True, slots=True)
class CheckOptions:
    """What ``--check`` was asked for."""

    as_json: bool
    output: Path | None
    sign_in: str | None


def parse(arguments: Sequence[str]) -> CheckOptions | None:
    """The check's options, or None where the window is to open.

    Ends the process (SystemExit) for --help and --version with 0, for bad usage with 2.
    """
    parser = _parser()
    options = parser.parse_args(_without_qt(arguments))
    if not options.check:
        if options.as_json or options.output is not None or options.sign_in is not None:
            parser.error("--json, --output and --sign-in belong to --check")
        return None
    return CheckOptions(options.as_json, options.output, options.sign_in)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="ingenes-desktop",
        description="Sign in to the clinic. Without options the window opens.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"ingenes-desktop {__version__}")
    check = parser.add_argument_group("for support")
    check.add_argument(
        "--check",
        "--diagnose",
        action="store_true",
        help="open no window: look whether a sign-in can work on this computer, and say where it cannot",
    )
    check.add_argument(
        "--sign-in",
        metavar="EMAIL",
        help="with --check: ask for this person's password on the terminal and go through the whole chain",
    )
    check.add_argument(
        "--json", dest="as_json", action="store_true", help="with --check: one JSON object instead of text"
    )
    check.add_argument("--output", metavar="FILE", type=Path, help="with --check: write to this file instead")
    return parser


def _without_qt(arguments: Sequence[str]) -> list[str]:
    kept: list[str] = []
    left = iter(arguments)
    for argument in left:
        name = argument.removeprefix("-").removeprefix("-") if argument.startswith("-") else ""
        if name in _QT_WITH_VALUE:
            next(left, None)
        elif name not in _QT_ALONE and not name.startswith(_QT_JOINED):
            kept.append(argument)
    return kept
