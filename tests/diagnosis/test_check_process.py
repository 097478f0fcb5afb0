"""The check as a program of its own: streams, files, terminals, Ctrl+C."""

import json
import os
import pty
import re
import select
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.demo.filemaker import faults
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.seeds import PASSWORD

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

pytestmark = pytest.mark.skipif(
    os.name != "posix", reason="terminals, signals and rights as on Linux and macOS"
)

PROGRAM = [sys.executable, "-m", "ingenes_desktop", "--check"]
LUIS = "luis@clinica.example"
PATIENCE_SECONDS = 30.0
# Ctrl+C between the lines of Qt's own import: Python code that C++ runs.
INTERRUPTED_IMPORT = """
import os, signal, sys
from ingenes_desktop.__main__ import check

class Interrupts:
    def find_spec(self, name, path=None, target=None):
        if name.startswith("shibokensupport") or name.startswith("PySide6.support"):
            os.kill(os.getpid(), signal.SIGINT)

sys.meta_path.insert(0, Interrupts())
sys.argv = ["ingenes-desktop-check"]
sys.exit(check())
"""


@pytest.fixture
def environment(cloud: "Cloud", tmp_path: Path) -> dict[str, str]:
    """Variables of a computer that is pointed at the demo cloud; no D-Bus, so no keyring."""
    home = tmp_path / "home"
    home.mkdir()
    return {
        "HOME": str(home),
        "PATH": os.environ["PATH"],
        "LANG": "C.UTF-8",
        "INGENES_LANGUAGE": "es",
        **cloud.environment(),
    }


def run_check(
    environment: Mapping[str, str], *options: str, **extra: str
) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [*PROGRAM, *options],
        env={**environment, **extra},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )


class Terminal:
    """A program that believes that it runs in a terminal."""

    def __init__(self, argv: list[str], environment: Mapping[str, str]) -> None:
        self.process_id, self._handle = pty.fork()
        if self.process_id == 0:
            os.execve(argv[0], argv, dict(environment))  # noqa: S606  the program under test
        self.written = ""

    def read_until(self, text: str) -> bool:
        """Whether the program has written ``text`` in time."""
        ends_at = time.monotonic() + PATIENCE_SECONDS
        while text not in self.written and time.monotonic() < ends_at:
            if not self._read(ends_at - time.monotonic()):
                break
        return text in self.written

    def type(self, text: str) -> None:
        """As at a keyboard."""
        os.write(self._handle, text.encode())

    def end(self) -> int:
        """Everything that is still written, and the exit status."""
        while self._read(PATIENCE_SECONDS):
            pass
        os.close(self._handle)
        return os.waitstatus_to_exitcode(os.waitpid(self.process_id, 0)[1])

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._handle], [], [], max(seconds, 0.0))
        if not ready:
            os.kill(self.process_id, signal.SIGKILL)
            return False
        try:
            data = os.read(self._handle, 4096)
        except OSError:
            return False
        self.written += data.decode()
        return bool(data)


@pytest.fixture
def in_terminal(environment: dict[str, str]) -> Callable[..., Terminal]:
    """Starts the check in a terminal."""
    return lambda *options: Terminal([*PROGRAM, *options], environment)


def test_text_for_people(environment: dict[str, str]) -> None:
    done = run_check(environment, HTTPS_PROXY="http://canario:clave@proxy.example:1", AWS_PROFILE="canario")
    text = done.stdout.decode()
    assert (done.returncode, done.stderr) == (0, b"")
    assert text.splitlines()[-1] == (
        "En este equipo se puede iniciar sesión, hasta donde se ve sin una contraseña."
    )
    assert "no se leen: AWS_PROFILE, HTTPS_PROXY" in text
    assert "canario" not in text
    # A computer without a keyring: a warning, in words, and the same word is no colour.
    assert re.search(
        r"^  AVISO  llavero +Este equipo no recordará su correo. Ref. \w{6} ", text, re.MULTILINE
    )
    assert "\x1b" not in text


def test_json_for_machines(environment: dict[str, str]) -> None:
    done = run_check(environment, "--json")
    assert (done.returncode, done.stderr) == (0, b"")
    assert done.stdout.isascii()
    document = json.loads(done.stdout)
    assert document.keys() == {
        "schema", "version", "checked_at", "seconds", "sign_in_can_work", "signed_in", "findings",
    }  # fmt: skip
    assert document["schema"] == "ingenes-desktop-check/1"
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", document["checked_at"])
    for each in document["findings"]:
        assert each.keys() == {
            "section", "check", "subject", "verdict", "code", "detail", "reference", "facts",
        }  # fmt: skip
        assert each["section"] in {"settings", "computer", "hosts", "services", "sign_in"}
        assert each["verdict"] in {"ok", "note", "warning", "failure"}


def test_both_names_and_the_program_with_a_console(environment: dict[str, str]) -> None:
    one = "import sys; from ingenes_desktop.__main__ import check; sys.exit(check())"
    done = subprocess.run(
        [sys.executable, "-c", one, "--json"],
        env=environment,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert json.loads(done.stdout)["sign_in_can_work"] is True
    other = [sys.executable, "-m", "ingenes_desktop", "--diagnose", "--json"]
    same = subprocess.run(other, env=environment, capture_output=True, timeout=PATIENCE_SECONDS, check=False)
    assert json.loads(same.stdout)["sign_in_can_work"] is True


def test_a_failure_is_exit_status_1(environment: dict[str, str]) -> None:
    done = run_check(environment, INGENES_COGNITO_CLIENT_ID="nadielotiene0000000000000")
    assert done.returncode == 1
    assert "FALLA  cognito_client_id" in done.stdout.decode()


def test_a_console_of_few_characters_breaks_nothing(environment: dict[str, str]) -> None:
    for encoding in ("cp1252", "cp437", "ascii"):
        # A name that no such console can show.
        done = run_check(environment, PYTHONIOENCODING=encoding, INGENES_ЖЖ="x")
        assert (done.returncode, done.stderr) == (0, b"")
        assert b"INGENES_" in done.stdout


def test_a_report_in_a_file_is_its_owners_alone(environment: dict[str, str], tmp_path: Path) -> None:
    path = tmp_path / "informe.json"
    path.write_text("longer than any report" * 10_000, encoding="utf-8")
    path.chmod(0o644)
    done = run_check(environment, "--json", "--output", str(path))
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")
    assert json.loads(path.read_text("utf-8"))["sign_in_can_work"] is True
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


@pytest.fixture
def own_terminal() -> Iterator[int]:
    """The handle of a terminal that nobody else uses."""
    keyboard, screen = os.openpty()
    yield screen
    os.close(screen)
    os.close(keyboard)


@pytest.mark.parametrize("kind", ["folder", "no folder", "link", "pipe", "device"])
def test_a_file_that_cannot_be_written(
    kind: str, environment: dict[str, str], tmp_path: Path, own_terminal: int
) -> None:
    path = tmp_path / "informe"
    if kind == "folder":
        path.mkdir()
    elif kind == "no folder":
        path /= "x"
    elif kind == "link":
        path.symlink_to(tmp_path / "elsewhere")
    elif kind == "pipe":
        os.mkfifo(path)
    else:
        # A terminal of this test's own: a check that went wrong must not touch the machine's devices.
        path = Path(os.ttyname(own_terminal))
        path.chmod(0o620)
    done = run_check(environment, "--output", str(path))
    assert (done.returncode, done.stdout) == (2, b"")
    assert done.stderr.decode().startswith("ingenes-desktop: No se puede escribir el informe en ")
    if kind == "device":
        assert stat.S_IMODE(path.stat().st_mode) == 0o620


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="a device that is full")
def test_a_full_disk_is_said(environment: dict[str, str]) -> None:
    with Path("/dev/full").open("wb") as full:
        done = subprocess.run(
            PROGRAM,
            env=environment,
            stdout=full,
            stderr=subprocess.PIPE,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
    assert done.returncode == 2
    assert done.stderr.decode() == "ingenes-desktop: No se puede escribir el informe.\n"


def test_a_reader_that_goes_away(environment: dict[str, str]) -> None:
    with subprocess.Popen(
        PROGRAM, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.readline()
        process.stdout.close()
        said = process.stderr.read().decode()
        assert process.wait(PATIENCE_SECONDS) == 2
    assert said == "ingenes-desktop: No se puede escribir el informe.\n"


def test_without_streams_at_all(environment: dict[str, str], tmp_path: Path) -> None:
    # As Windows starts a program that has no console.
    path = tmp_path / "informe"
    command = f'exec "$@" --output {path} <&- >&- 2>&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command, "sh", *PROGRAM], env=environment, timeout=PATIENCE_SECONDS, check=False
    )
    assert done.returncode == 0
    assert "Este equipo" in path.read_text("utf-8")
    for option in ("--version", "--check", "--nothing"):
        argv = [sys.executable, "-m", "ingenes_desktop", option]
        bare = subprocess.run(
            ["/bin/sh", "-c", 'exec "$@" <&- >&- 2>&-', "sh", *argv],
            env=environment,
            timeout=PATIENCE_SECONDS,
            check=False,
        )
        assert bare.returncode == (2 if option == "--nothing" else 0)


def test_a_password_is_asked_for_on_the_terminal_and_not_shown(
    in_terminal: Callable[..., Terminal], cloud: "Cloud"
) -> None:
    terminal = in_terminal("--sign-in", LUIS)
    assert terminal.read_until(f"Contraseña de {LUIS}: ")
    terminal.type(f"{PASSWORD}\n")
    assert terminal.end() == 0
    assert terminal.written.splitlines()[-1] == "En este equipo el inicio de sesión funciona."
    assert PASSWORD not in terminal.written
    assert "Sabina" not in terminal.written
    assert cloud.filemaker.sessions.open_now == 0
    assert "RevokeToken" in cloud.journal.operations


@pytest.mark.parametrize("columns", [60, 100])
def test_a_terminal_breaks_no_word(columns: int, environment: dict[str, str]) -> None:
    terminal = Terminal(PROGRAM, {**environment, "COLUMNS": str(columns)})
    assert terminal.end() == 0
    lines = terminal.written.splitlines()
    piped = run_check(environment).stdout.decode()
    # The last line is a sentence by itself; a word that is longer than a line stands alone.
    assert all(len(line) <= columns or len(line.split()) == 1 for line in lines[:-1])
    assert max(map(len, piped.splitlines())) > 100
    # Nothing but white space, the moment, the references and the measured times differ.
    changes = r"\d\d:\d\d \+\d{4}|Ref\. \w{6}|\d+ ms|\s+"
    assert re.sub(changes, "", terminal.written) == re.sub(changes, "", piped)


def test_a_password_in_a_pipe_is_not_taken(environment: dict[str, str], cloud: "Cloud") -> None:
    done = subprocess.run(
        [*PROGRAM, "--sign-in", LUIS],
        env=environment,
        input=f"{PASSWORD}\n".encode(),
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        start_new_session=True,  # without a terminal
        check=False,
    )
    assert (done.returncode, done.stdout) == (2, b"")
    assert "terminal" in done.stderr.decode()
    assert cloud.journal.operations == ()


@pytest.mark.parametrize("typed", ["\n", "\x04"])
def test_no_password_is_typed(typed: str, in_terminal: Callable[..., Terminal], cloud: "Cloud") -> None:
    terminal = in_terminal("--sign-in", LUIS)
    assert terminal.read_until(": ")
    terminal.type(typed)
    assert terminal.end() == 2
    assert "No se escribió ninguna contraseña." in terminal.written
    assert cloud.journal.operations == ()


def test_what_is_no_address(environment: dict[str, str]) -> None:
    done = run_check(environment, "--sign-in", "luis")
    assert (done.returncode, done.stdout) == (2, b"")
    assert "no es un correo" in done.stderr.decode()


def test_ctrl_c_at_the_prompt(in_terminal: Callable[..., Terminal]) -> None:
    terminal = in_terminal("--sign-in", LUIS)
    assert terminal.read_until(": ")
    terminal.type("\x03")
    assert terminal.end() == 130
    assert "Traceback" not in terminal.written


def test_ctrl_c_while_qt_is_being_imported(environment: dict[str, str]) -> None:
    done = subprocess.run(
        [sys.executable, "-c", INTERRUPTED_IMPORT],
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        timeout=PATIENCE_SECONDS,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (130, b"", b"")


def test_ctrl_c_ends_a_check_of_a_host_that_hangs(
    in_terminal: Callable[..., Terminal], cloud: "Cloud"
) -> None:
    cloud.faults.slow("InitiateAuth", 60.0)
    terminal = in_terminal()
    assert terminal.read_until("llavero")
    assert cloud.journal.wait_until(lambda operations: "InitiateAuth" in operations, PATIENCE_SECONDS)
    began = time.monotonic()
    terminal.type("\x03")
    assert terminal.end() == 130
    assert time.monotonic() - began < 3.0
    assert "Traceback" not in terminal.written


def test_ctrl_c_in_the_chain_leaves_nothing_behind(
    in_terminal: Callable[..., Terminal], cloud: "Cloud"
) -> None:
    cloud.filemaker.faults.switch_on(faults.Slow(60.0), on=Call.FIND)
    terminal = in_terminal("--sign-in", LUIS)
    assert terminal.read_until(": ")
    terminal.type(f"{PASSWORD}\n")
    assert terminal.read_until("FileMaker: sesión")
    assert cloud.filemaker.sessions.open_now == 1
    began = time.monotonic()
    terminal.type("\x03")
    assert terminal.end() == 130
    assert time.monotonic() - began < 6.0
    assert "Traceback" not in terminal.written
    assert cloud.filemaker.sessions.open_now == 0
    assert "RevokeToken" in cloud.journal.operations
