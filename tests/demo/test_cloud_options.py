"""What the demo says where it cannot start: one sentence and exit status 2, and nothing is left behind."""

import os
import socket
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from ingenes_desktop import __version__
from ingenes_desktop.demo.cloud_faults import KINDS
from ingenes_desktop.demo.filemaker.document import MOST_BYTES
from tests.demo.demo_program import COMMAND, ROOT, SECONDS, open_input, run, sentence, without

on_posix = pytest.mark.skipif(sys.platform == "win32", reason="descriptors and modes of POSIX")
HEAVY = ("PySide6", "moto", "boto3", "botocore", "werkzeug", "flask", "cryptography", "requests")


@pytest.mark.parametrize("option", ["--version", "--help"])
def test_help_and_version_load_nothing_heavy(option: str, tmp_path: Path) -> None:
    """So that they are there within half a second; and they answer where the extra is missing."""
    ended = subprocess.run(
        [*COMMAND, option],
        env=os.environ | without(tmp_path, *HEAVY),
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=ROOT,
        check=False,
    )
    assert (ended.returncode, ended.stderr) == (0, "")
    if option == "--version":
        assert ended.stdout == f"ingenes-desktop-demo {__version__}\n"
    else:
        flat = " ".join(ended.stdout.split())
        assert all(kind in flat for kind in KINDS)
        assert "field_missing (field, searchable)" in flat
        assert "aws_slow (seconds, operation)" in flat


def test_the_servers_alone_need_no_qt(tmp_path: Path) -> None:
    with subprocess.Popen(
        [*COMMAND, "--servers-only"],
        env=os.environ | without(tmp_path, "PySide6", "shiboken6"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=ROOT,
    ) as served:
        assert served.stdout is not None
        assert served.stdout.readline().startswith('{"environment"')
        rest, errors = served.communicate(timeout=SECONDS)  # closes its input
        assert (served.returncode, rest, errors) == (0, "", "")


@pytest.mark.parametrize("missing", ["moto", "flask", "werkzeug"])
def test_without_the_extra_it_says_what_to_install(missing: str, tmp_path: Path) -> None:
    assert sentence(run(environment=without(tmp_path, missing))) == (
        f"The demo cloud needs {missing}: install ingenes-desktop with its extra “demo”."
    )


@pytest.mark.parametrize(
    ("options", "words"),
    [
        (("--nonsense",), "Unrecognized arguments: --nonsense."),
        (("--port", "65536"), "Argument --port: a port is a number from 0 to 65535."),
        (("--filemaker-port", "-1"), "Argument --filemaker-port: a port is a number from 0 to 65535."),
        (("--port", "http"), "Argument --port: a port is a number from 0 to 65535."),
        (("--port", "3000", "--filemaker-port", "3000"), "Both servers cannot have port 3000."),
        (("--delay-ms", "-1"), "Argument --delay-ms: a delay is a number of milliseconds from 0 to 60000."),
        (("--delay-ms", "nan"), "Argument --delay-ms: a delay is a number of milliseconds from 0 to 60000."),
        (("--delay-ms", "soon"), "Argument --delay-ms: a delay is a number of milliseconds from 0 to 60000."),
        (("--fault", "lunch"), "Argument --fault: it must begin with one of token_expired,"),
        (("--fault", "slow:seconds=-1"), "Argument --fault: seconds must be a number from 0 to 86400."),
        (("--certificate", "demo.pem"), "--certificate needs --tls."),
        (("--auth-flow", "ADMIN_NO_SRP_AUTH"), "Argument --auth-flow: invalid choice: 'ADMIN_NO_SRP_AUTH'"),
    ],
)
def test_options_that_make_no_sense(options: tuple[str, ...], words: str) -> None:
    said = sentence(run(*options))
    assert said.startswith(words)
    assert said.endswith(". ingenes-desktop-demo --help lists the options.")


def test_a_window_with_tls() -> None:
    ended = subprocess.run(
        [*COMMAND, "--tls"], capture_output=True, text=True, timeout=SECONDS, cwd=ROOT, check=False
    )
    assert sentence(ended) == (
        "The demo's window does not open with --tls, because the application trusts this computer's own "
        "certificates only: add --servers-only."
    )


@pytest.mark.parametrize(
    ("option", "server"), [("--port", "the AWS services"), ("--filemaker-port", "FileMaker")]
)
def test_a_port_in_use_is_named_with_its_server(option: str, server: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        said = sentence(run(option, str(port)))
    assert said == f"The demo cloud cannot start: port {port} for {server} is in use."


@pytest.mark.skipif(sys.platform != "linux", reason="elsewhere everybody may open low ports")
@pytest.mark.parametrize(
    ("option", "server"), [("--port", "the AWS services"), ("--filemaker-port", "FileMaker")]
)
def test_a_port_that_may_not_be_opened(option: str, server: str) -> None:
    first = int(Path("/proc/sys/net/ipv4/ip_unprivileged_port_start").read_text())
    if first <= 1:
        pytest.skip("this machine lets everybody open every port")
    low = str(min(first - 1, 80))
    said = sentence(run(option, low, command=(sys.executable, "-m", "tests.demo.without_privileges")))
    assert said == f"The demo cloud cannot start: port {low} for {server} may not be opened by this user."


def test_data_is_named_with_its_line(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    data.write_text('{"databases": [\n  {"name": 3}\n]}')
    said = sentence(run("--data", str(data)))
    assert said.startswith(f"The FileMaker data in {data} cannot be used: databases[0].name, line 2: ")


def test_data_that_cannot_be_read(tmp_path: Path) -> None:
    huge = tmp_path / "huge.json"
    with huge.open("wb") as file:
        file.truncate(MOST_BYTES + 1)
    latin = tmp_path / "latin.json"
    latin.write_bytes(b'{"databases": "\xff"}')
    for path, words in (
        (tmp_path / "none.json", "the file cannot be read (No such file or directory)"),
        (tmp_path, "that is a folder"),
        (huge, "the file is larger than 32 MB"),
        (latin, "line 1: the file is not in UTF-8"),
    ):
        said = sentence(run("--data", str(path)))
        assert said == f"The FileMaker data in {path} cannot be used: {words}."


@on_posix
@pytest.mark.parametrize("path", ["/dev/zero", "/dev/stdin"])
def test_data_without_an_end(path: str) -> None:
    said = sentence(run("--data", path))
    assert said == f"The FileMaker data in {path} cannot be used: that is no ordinary file."


@on_posix
def test_data_that_belongs_to_somebody_else(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    data.touch(mode=0)
    said = sentence(run("--data", str(data), command=(sys.executable, "-m", "tests.demo.without_privileges")))
    assert (
        said == f"The FileMaker data in {data} cannot be used: the file cannot be read (Permission denied)."
    )


def test_a_database_that_the_data_does_not_have() -> None:
    said = sentence(run("--database", "Otra"))
    assert said == "The FileMaker data has no database of that name: --database is one of Clinica."


def test_a_certificate_that_cannot_be_written(tmp_path: Path) -> None:
    other = tmp_path / "other.pem"
    other.write_text("somebody's")
    for path, words in (
        (tmp_path / "missing" / "demo.pem", "its folder does not exist"),
        (tmp_path, "that is a folder"),
        (other, "another file is there, and is left alone"),
    ):
        said = sentence(run("--tls", "--certificate", str(path)))
        assert said == f"The certificate cannot be written to {path}: {words}."
    assert other.read_text() == "somebody's"


@on_posix
def test_a_folder_that_takes_no_certificate(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir()
    closed.chmod(stat.S_IRUSR | stat.S_IXUSR)
    command = (sys.executable, "-m", "tests.demo.without_privileges")
    said = sentence(run("--tls", "--certificate", str(closed / "demo.pem"), command=command))
    assert said == f"The certificate cannot be written to {closed / 'demo.pem'}: Permission denied."


def test_a_port_in_use_leaves_no_certificate(tmp_path: Path) -> None:
    temporary = {"TMPDIR": str(tmp_path), "TEMP": str(tmp_path), "TMP": str(tmp_path)}
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        for more in ((), ("--certificate", str(tmp_path / "demo.pem"))):
            sentence(run("--tls", "--filemaker-port", port, *more, environment=temporary))
    assert list(tmp_path.iterdir()) == []


def test_standard_input_that_is_closed_at_once() -> None:
    ended = subprocess.run(
        [*COMMAND, "--servers-only"],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=SECONDS,
        cwd=ROOT,
        check=False,
    )
    assert sentence(ended) == "The demo cloud stops: its standard input is closed already."


@on_posix
@pytest.mark.parametrize(
    ("redirection", "words"),
    [
        ("<&-", "The demo cloud stops: its standard input is closed already."),
        (">&-", "The demo cloud stops: its standard output is closed."),
        ("2>&- >&-", ""),
    ],
)
def test_a_stream_that_is_absent(redirection: str, words: str, tmp_path: Path) -> None:
    with open_input() as reading:
        ended = subprocess.run(
            ["sh", "-c", f'exec "$@" {redirection}', "sh", *COMMAND, "--servers-only", "--tls"],
            stdin=reading,
            capture_output=True,
            text=True,
            timeout=SECONDS,
            cwd=ROOT,
            env=os.environ | {"TMPDIR": str(tmp_path)},
            check=False,
        )
    assert (ended.returncode, ended.stdout, ended.stderr) == (2, "", words + "\n" if words else "")
    assert list(tmp_path.iterdir()) == []


@on_posix
def test_nobody_who_reads_the_line(tmp_path: Path) -> None:
    listening, speaking = os.pipe()
    os.close(listening)
    try:
        with open_input() as reading:
            ended = subprocess.run(
                [*COMMAND, "--servers-only", "--tls"],
                stdin=reading,
                stdout=speaking,
                stderr=subprocess.PIPE,
                text=True,
                timeout=SECONDS,
                cwd=ROOT,
                env=os.environ | {"TMPDIR": str(tmp_path)},
                check=False,
            )
    finally:
        os.close(speaking)
    assert sentence(ended) == "The demo cloud stops: its standard output is closed."
    assert list(tmp_path.iterdir()) == []
