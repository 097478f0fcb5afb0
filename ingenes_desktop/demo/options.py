"""The demo's options, read and checked before anything slow is loaded."""

import argparse
import math
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from ingenes_desktop import __version__
from ingenes_desktop.adapters.setting_table import SETTINGS
from ingenes_desktop.demo.aws_fault_kinds import AwsSwitch
from ingenes_desktop.demo.cloud_faults import KINDS_WITH_KEYS, switch_from_text
from ingenes_desktop.demo.filemaker.fault_switches import Switch
from ingenes_desktop.demo.filemaker.faults import FaultError
from ingenes_desktop.domain.machine import AuthFlow, MachineKind

PROGRAM = "ingenes-desktop-demo"
LARGEST_PORT = 65535
LONGEST_DELAY_MILLISECONDS = 60_000
SESSION = "session."
"""What the settings of a session begin with."""
_EPILOG = f"""\
A fault is KIND:KEY=VALUE,... for FileMaker (slow:seconds=2,on=find), OPERATION:CODE or
OPERATION:seconds=SECONDS for AWS (InitiateAuth:TooManyRequestsException), or a JSON object; with count=N it
happens to the next N calls only. Kinds, with the keys each has: {KINDS_WITH_KEYS}.
"""


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """One sentence, without the usage, which --help gives."""
        sentence = message[:1].upper() + message[1:]
        self.exit(2, f"{sentence.rstrip('.')}. {PROGRAM} --help lists the options.\n")


def read_options(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """The options; ``arguments`` are the program's own by default.

    Raises SystemExit: 0 after --help and --version, 2 with a sentence on standard error.
    """
    parser = _parser()
    options = parser.parse_args(sys.argv[1:] if arguments is None else list(arguments))
    if options.port and options.port == options.filemaker_port:
        parser.error(f"both servers cannot have port {options.port}")
    if options.certificate is not None and not options.tls:
        parser.error("--certificate needs --tls")
    return options


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog=PROGRAM,
        description="The application against a small cloud of its own on this computer. Everybody in it is "
        "made up.",
        epilog=_EPILOG,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"{PROGRAM} {__version__}")
    parser.add_argument(
        "--servers-only",
        action="store_true",
        help="open no window: print one line of JSON that says where all is, and serve until standard input "
        "closes",
    )
    parser.add_argument(
        "--machine",
        choices=[kind.value for kind in MachineKind],
        default=MachineKind.PERSONAL.value,
        help="the kind of machine that the window stands on, as an administrator's policy says it; a kiosk "
        "has the whole screen, and ends with the button beside its form or with Ctrl+C (default: personal)",
    )
    parser.add_argument(
        "--session",
        type=_session,
        default={},
        metavar="KEY=SECONDS,...",
        help="how long a session lasts, as a policy says it: "
        + ", ".join(name.removeprefix(SESSION) for name in SETTINGS if name.startswith(SESSION))
        + " (idle=15,countdown=10 to see the sign-out for want of a hand)",
    )
    parser.add_argument(
        "--touch",
        action="store_true",
        help="rehearse a touch screen: a button in the form opens a stand-in for the system's on-screen "
        "keyboard, and the form makes room for it",
    )
    parser.add_argument(
        "--auth-flow",
        choices=[flow.value for flow in AuthFlow],
        default="",
        help="how the application signs in (default: as it does without a setting)",
    )
    parser.add_argument(
        "--port", type=_port, default=0, metavar="PORT", help="of the AWS services (default: a free one)"
    )
    parser.add_argument(
        "--filemaker-port", type=_port, default=0, metavar="PORT", help="of FileMaker (default: a free one)"
    )
    parser.add_argument(
        "--data",
        type=Path,
        metavar="FILE",
        help="FileMaker data as JSON, in the form that the module ingenes_desktop.demo.filemaker.document "
        "describes (default: the demo's clinic)",
    )
    parser.add_argument(
        "--database",
        default="",
        metavar="NAME",
        help="the database people's records are in (default: the first)",
    )
    parser.add_argument(
        "--tls", action="store_true", help="https, with a throw-away certificate (with --servers-only)"
    )
    parser.add_argument(
        "--certificate",
        type=Path,
        metavar="FILE",
        help="where clients find the certificate to trust (default: a private temporary folder)",
    )
    parser.add_argument(
        "--delay-ms", type=_milliseconds, default=0.0, metavar="N", help="hold back every answer for so long"
    )
    parser.add_argument(
        "--fault",
        type=_fault,
        action="append",
        default=[],
        metavar="FAULT",
        help="switch a fault on from the start; may be given more than once",
    )
    parser.add_argument("--plain", action="store_true", help="moto's own answers, without Cognito's rules")
    return parser


def _port(text: str) -> int:
    if text.isascii() and text.isdigit() and len(text) <= len(str(LARGEST_PORT)):
        port = int(text)
        if port <= LARGEST_PORT:
            return port
    raise argparse.ArgumentTypeError(f"a port is a number from 0 to {LARGEST_PORT}")


def _milliseconds(text: str) -> float:
    try:
        milliseconds = float(text)
    except ValueError:
        milliseconds = math.nan
    if not 0 <= milliseconds <= LONGEST_DELAY_MILLISECONDS:  # which NaN is not either
        raise argparse.ArgumentTypeError(
            f"a delay is a number of milliseconds from 0 to {LONGEST_DELAY_MILLISECONDS}"
        )
    return milliseconds


def _session(text: str) -> dict[str, object]:
    durations: dict[str, object] = {}
    for part in text.split(","):
        name, _, value = part.partition("=")
        setting = SETTINGS.get(SESSION + name.strip())
        if setting is None:
            raise argparse.ArgumentTypeError(f"a session has no {name.strip()!r}")
        try:
            durations[name.strip()] = setting.check(float(value))
        except ValueError as error:
            raise argparse.ArgumentTypeError(f"{name.strip()} cannot be {value!r} seconds") from error
    return durations


def _fault(text: str) -> Switch | AwsSwitch:
    try:
        return switch_from_text(text)
    except FaultError as error:
        raise argparse.ArgumentTypeError(str(error)) from None
