"""The demo cloud as a process of its own: ``python -m ingenes_desktop.demo.cloud``.

Prints one line of JSON once every server answers, and serves until its standard input closes: so it ends
with its parent, however that ends. Exit status 0; 2 with one sentence where it could not start.
"""

import argparse
import errno
import json
import os
import sys
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from ingenes_desktop.demo.filemaker.document import Document
from ingenes_desktop.demo.filemaker.json_document import DocumentError

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

COULD_NOT_START = 2
FOREIGN_VARIABLES = ("AWS_", "MOTO_", "BOTO_")


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until standard input closes. Returns the exit status."""
    options = options_parser().parse_args(arguments)
    parent_gone = _watch_standard_input()
    _forget_machine_configuration()
    try:
        cloud = _started(options)
    except KeyboardInterrupt:
        return COULD_NOT_START
    except CloudStartError as error:
        print(error, file=sys.stderr)
        return COULD_NOT_START
    try:
        if parent_gone.is_set():
            print("The demo cloud stops: its standard input is closed already.", file=sys.stderr)
            return COULD_NOT_START
        print(json.dumps(cloud.description()), flush=True)
        parent_gone.wait()
    except (KeyboardInterrupt, BrokenPipeError):
        pass  # Ctrl+C in the terminal, or a parent that no longer listens: end as if standard input had
    finally:
        cloud.stop()
    return 0


class CloudStartError(Exception):
    """Why the cloud could not start, in one sentence for a terminal."""


def options_parser() -> argparse.ArgumentParser:
    """The cloud's options."""
    parser = argparse.ArgumentParser(
        prog="ingenes-desktop-demo --servers-only",
        description="Serve the demo cloud on loopback until standard input closes.",
    )
    parser.add_argument(
        "--port", type=_port, default=0, help="port of the AWS services (default: a free one)"
    )
    parser.add_argument("--filemaker-port", type=_port, default=0, help="port of the FileMaker server")
    parser.add_argument(
        "--data", type=Path, help="FileMaker data as a JSON file (default: the demo's clinic)"
    )
    parser.add_argument(
        "--delay-ms", type=_milliseconds, default=0.0, help="hold back every answer for so long"
    )
    parser.add_argument("--plain", action="store_true", help="moto's own answers, without Cognito's rules")
    return parser


def _watch_standard_input() -> threading.Event:
    """An event that is set when standard input has come to its end (or was never there)."""
    ended = threading.Event()
    if sys.stdin is None or sys.stdin.closed:
        ended.set()
        return ended
    descriptor = sys.stdin.fileno()

    def read_to_the_end() -> None:
        try:
            while os.read(descriptor, 4096):
                pass
        except OSError:
            pass  # a broken standard input is as good as a closed one
        ended.set()

    threading.Thread(target=read_to_the_end, name="standard-input", daemon=True).start()
    return ended


def _forget_machine_configuration() -> None:
    """moto loads boto3: it must find nothing of the machine's own AWS configuration, and no way out."""
    for name in [name for name in os.environ if name.startswith(FOREIGN_VARIABLES)]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


def _started(options: argparse.Namespace) -> "Cloud":
    """A cloud that answers. Raises CloudStartError."""
    document = _document(options.data)
    try:
        from ingenes_desktop.demo.seeds import Identifiers  # noqa: PLC0415  moto is an extra, and slow to load
        from ingenes_desktop.demo.servers import Cloud  # noqa: PLC0415  likewise
    except ImportError as error:
        raise CloudStartError(
            f"The demo cloud needs {error.name}: install ingenes-desktop with its extra “demo”."
        ) from None
    cloud = Cloud(
        identifiers=Identifiers.fixed(),
        port=options.port,
        filemaker_port=options.filemaker_port,
        document=document,
        delay_seconds=options.delay_ms / 1000,
        plain=options.plain,
    )
    try:
        cloud.start()
    except OSError as error:
        reason = "is in use" if error.errno == errno.EADDRINUSE else "may not be opened"
        ports = (
            " or ".join(str(port) for port in (options.port, options.filemaker_port) if port)
            or "on 127.0.0.1"
        )
        raise CloudStartError(f"The demo cloud cannot start: port {ports} {reason}.") from None
    return cloud


def _document(path: Path | None) -> Document | None:
    """The FileMaker data of a file, None for the demo's own. Raises CloudStartError."""
    if path is None:
        return None
    try:
        return Document.from_file(path)
    except DocumentError as error:
        raise CloudStartError(f"The FileMaker data in {path} cannot be used: {error}.") from None


def _port(text: str) -> int:
    port = int(text)
    if not 0 <= port <= 65535:  # noqa: PLR2004  the range of TCP ports
        raise ValueError
    return port


def _milliseconds(text: str) -> float:
    milliseconds = float(text)
    if not 0 <= milliseconds <= 60_000:  # noqa: PLR2004  a minute, longer than any deadline here
        raise ValueError
    return milliseconds


if __name__ == "__main__":
    sys.exit(main())
