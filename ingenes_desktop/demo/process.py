"""The demo cloud as a child process, seen from its parent."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import TracebackType
from typing import Self

START_SECONDS = 30.0
STOP_SECONDS = 3.0


class CloudProcessError(Exception):
    """The cloud did not come up. ``exit_status`` is its own, or None where it was too slow.

    Its one sentence is on standard error already.
    """

    def __init__(self, exit_status: int | None) -> None:
        super().__init__(f"the demo cloud did not start (exit status {exit_status})")
        self.exit_status = exit_status


@dataclass(frozen=True, slots=True)
class CloudAccount:
    """One person who can be tried.

    ``totp_key``, in base32, is that of the person's authenticator app, ``answer`` goes to the clinic's own
    question, and ``auth_flow`` is the flow that shows what is particular; "" where there is none.
    """

    kind: str
    username: str
    password: str
    totp_key: str = ""
    answer: str = ""
    auth_flow: str = ""


@dataclass(frozen=True, slots=True)
class CloudDescription:
    """The line of JSON that the cloud prints; ``certificate`` is "" where it does not speak TLS."""

    environment: Mapping[str, str]
    filemaker: Mapping[str, str]
    accounts: tuple[CloudAccount, ...]
    mailbox: str
    control: str = ""
    authenticator: str = ""
    databases: tuple[str, ...] = ()
    certificate: str = ""

    @classmethod
    def from_line(cls, line: str) -> Self:
        """Read the line. Raises ValueError, KeyError or TypeError where it is not the cloud's."""
        read = json.loads(line)
        return cls(
            environment=dict(read["environment"]),
            filemaker=dict(read["filemaker"]),
            accounts=tuple(CloudAccount(**account) for account in read["accounts"]),
            mailbox=str(read["mailbox"]),
            control=str(read["control"]),
            authenticator=str(read.get("authenticator", "")),
            databases=tuple(str(name) for name in read["databases"]),
            certificate=str(read.get("certificate", "")),
        )


class CloudProcess:
    """Starts the cloud and ends it; it also ends by itself when this process does, however that happens.

    ``options`` are those of ``python -m ingenes_desktop.demo.cloud``. What keeps the child alive is the
    pipe to its standard input, which no other process holds.
    """

    def __init__(self, options: Sequence[str] = ()) -> None:
        self._options = tuple(options)
        self._process: subprocess.Popen[str] | None = None

    def start(self, seconds: float = START_SECONDS) -> CloudDescription:
        """Start the child and wait until all its servers answer.

        Raises CloudProcessError where it ends before that or takes longer than ``seconds``; nothing is
        left running then.
        """
        process = subprocess.Popen(
            [sys.executable, "-m", "ingenes_desktop.demo.cloud", *self._options],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            env=child_environment(),
        )
        self._process = process
        lines: list[str] = []
        reader = threading.Thread(target=lambda: lines.append(_first_line(process)), daemon=True)
        reader.start()
        reader.join(seconds)
        try:
            return CloudDescription.from_line(lines[0])
        except (IndexError, ValueError, KeyError, TypeError):
            too_slow = reader.is_alive()
            exit_status = self.stop()
            raise CloudProcessError(None if too_slow else exit_status) from None

    @property
    def process_id(self) -> int:
        """The child's id. Raises RuntimeError before the start."""
        if self._process is None:
            raise RuntimeError("the demo cloud has not been started")
        return self._process.pid

    def stop(self) -> int:
        """Let the child end, by force after 3 s. Returns its exit status; 0 where none runs."""
        process = self._process
        if process is None:
            return 0
        self._process = None
        if process.stdin is not None:
            process.stdin.close()
        try:
            exit_status = process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            exit_status = process.wait()
        if process.stdout is not None:
            process.stdout.close()
        return exit_status

    def __enter__(self) -> CloudDescription:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


def _first_line(process: subprocess.Popen[str]) -> str:
    return process.stdout.readline() if process.stdout is not None else ""


def child_environment() -> dict[str, str]:
    """A child's variables: it finds this package where this process found it."""
    places = [place for place in sys.path if place]
    return {**os.environ, "PYTHONPATH": os.pathsep.join(places)}
