"""The demo cloud as a process of its own: ``python -m ingenes_desktop.demo.cloud``.

Prints one line of JSON once every server answers, and serves until its standard input closes: so it ends
with its parent, however that ends. Exit status 0; 2 with one sentence where it could not start.
"""

import argparse
import errno
import gc
import json
import os
import sys
import warnings
from collections.abc import Mapping, Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ingenes_desktop.demo.ending import Ending, Reason
from ingenes_desktop.demo.options import read_options

if TYPE_CHECKING:
    import ssl

    from ingenes_desktop.demo.filemaker.document import Document
    from ingenes_desktop.demo.servers import Cloud, PortError

COULD_NOT_START = 2
FOREIGN_VARIABLES = ("AWS_", "MOTO_", "BOTO_")
CHECKS_CODES = "MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP"
"""moto checks the codes of authenticator apps where it is "true": for --plain."""
PACKAGE = "ingenes_desktop"
WORDS_OF_REASONS = {
    Reason.INPUT_CLOSED: "its standard input is closed already",
    Reason.ASKED: "it was asked to before it was ready",
}


class CloudStartError(Exception):
    """Why the cloud could not start, in one sentence for a terminal."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve until standard input closes, or the system or Ctrl+C asks. Returns the exit status."""
    return serve(read_options(arguments))


def serve(options: argparse.Namespace) -> int:
    """The same with options that are read already."""
    ending = Ending()
    with ending.watched():
        _forget_machine_configuration(plain=options.plain)
        try:
            with ExitStack() as undone_at_the_end:
                _say(_started(options, undone_at_the_end), ending)
                ending.wait()
        except CloudStartError as error:
            complain(str(error))
            return COULD_NOT_START
        finally:
            gc.freeze()  # else the interpreter looks at all of moto's objects once more, for long
    return 0


def complain(sentence: str) -> None:
    """A sentence on standard error, where there is one."""
    with suppress(OSError):
        print(sentence, file=sys.stderr, flush=True)


def _say(description: Mapping[str, object], ending: Ending) -> None:
    """The line of JSON. Raises CloudStartError where nobody can read it, or nobody wants to any more."""
    if ending.reason is not None:
        raise CloudStartError(f"The demo cloud stops: {WORDS_OF_REASONS[ending.reason]}.")
    if sys.stdout is None:
        raise CloudStartError("The demo cloud stops: its standard output is closed.")
    try:
        print(json.dumps(description), flush=True)
    except OSError as error:
        reason = "is closed" if error.errno == errno.EPIPE else f"does not take its line ({error.strerror})"
        raise CloudStartError(f"The demo cloud stops: its standard output {reason}.") from None


def _forget_machine_configuration(*, plain: bool) -> None:
    """moto loads boto3: it must find nothing of the machine's own AWS configuration, and no way out."""
    kept = {CHECKS_CODES} if plain else set()
    for name in [name for name in os.environ if name.startswith(FOREIGN_VARIABLES) and name not in kept]:
        del os.environ[name]
    os.environ["AWS_CONFIG_FILE"] = os.environ["AWS_SHARED_CREDENTIALS_FILE"] = os.devnull
    os.environ["AWS_EC2_METADATA_DISABLED"] = "true"


def _started(options: argparse.Namespace, undone_at_the_end: ExitStack) -> Mapping[str, object]:
    """The description of a cloud that answers. Raises CloudStartError."""
    try:
        document = _document(options.data, options.database)
        certificate: dict[str, str] = {}
        context = None
        if options.tls:
            context, certificate["certificate"] = _certified(options.certificate, undone_at_the_end)
        cloud = _cloud(options, document, context)
    except ImportError as error:
        missing = str(error.name).partition(".")[0]
        if missing == PACKAGE:  # a defect of ours, to be seen
            raise
        raise CloudStartError(
            f"The demo cloud needs {missing}: install ingenes-desktop with its extra “demo”."
        ) from None
    undone_at_the_end.callback(cloud.stop)
    for switch in options.fault:
        cloud.all_faults.switch_on(switch)
    return cloud.description() | certificate


def _document(path: Path | None, database: str) -> "Document":
    """The FileMaker data, a file's or the demo's own. Raises CloudStartError."""
    from ingenes_desktop.demo.filemaker.document import Document, demo_document  # noqa: PLC0415  after the options
    from ingenes_desktop.demo.filemaker.json_document import DocumentError  # noqa: PLC0415  likewise

    try:
        document = demo_document() if path is None else Document.from_file(path)
    except DocumentError as error:
        raise CloudStartError(f"The FileMaker data in {path} cannot be used: {error}.") from None
    if database and database not in document.databases:
        names = ", ".join(document.databases)
        raise CloudStartError(
            f"The FileMaker data has no database of that name: --database is one of {names}."
        )
    return document


def _certified(wanted: Path | None, undone_at_the_end: ExitStack) -> tuple["ssl.SSLContext", str]:
    """The servers' side of TLS, and where clients find what to trust. Raises CloudStartError."""
    from ingenes_desktop.demo import certificates  # noqa: PLC0415  cryptography takes its time

    try:
        authority = certificates.ThrowAwayAuthority()
        context = authority.server_context()
        path = undone_at_the_end.enter_context(certificates.certificate_file(authority.pem, wanted))
    except certificates.CertificateError as error:
        where = wanted if wanted is not None else "a temporary folder"
        raise CloudStartError(f"The certificate cannot be written to {where}: {error}.") from None
    return context, str(path)


def _cloud(options: argparse.Namespace, document: "Document", context: "ssl.SSLContext | None") -> "Cloud":
    """A cloud that answers. Raises CloudStartError."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # moto would say in its own words which part of it is missing
        from ingenes_desktop.demo.seeds import Identifiers  # noqa: PLC0415  moto is an extra, and slow to load
        from ingenes_desktop.demo.servers import Cloud, PortError  # noqa: PLC0415  likewise

    cloud = Cloud(
        identifiers=Identifiers.fixed(),
        port=options.port,
        filemaker_port=options.filemaker_port,
        document=document,
        database=options.database,
        delay_seconds=options.delay_ms / 1000,
        plain=options.plain,
        auth_flow=options.auth_flow,
        ssl_context=context,
    )
    try:
        cloud.start()
    except PortError as error:
        raise CloudStartError(f"The demo cloud cannot start: {_port_in_words(error)}.") from None
    return cloud


def _port_in_words(error: "PortError") -> str:
    port = f"port {error.port} for {error.server}" if error.port else f"a free port for {error.server}"
    match error.errno:
        case errno.EADDRINUSE:
            return f"{port} is in use" if error.port else f"{port} cannot be had"
        case errno.EACCES | errno.EPERM:
            return f"{port} may not be opened by this user"
        case _:
            return f"{port} cannot be opened ({error.strerror})"


if __name__ == "__main__":
    sys.exit(main())
