"""The cloud as a child: it says where it is, and never outlives its parent."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
import requests

from ingenes_desktop.demo.process import CloudDescription, CloudProcess, CloudProcessError
from ingenes_desktop.demo.seeds import ACCOUNTS, Identifiers

ROOT = Path(__file__).parents[2]
COMMAND = (sys.executable, "-m", "ingenes_desktop.demo", "--servers-only")


@pytest.fixture
def child() -> Iterator[CloudProcess]:
    process = CloudProcess()
    yield process
    process.stop()


def is_open(address: str) -> bool:
    parts = urlsplit(address)
    try:
        socket.create_connection((str(parts.hostname), parts.port or 0), timeout=5).close()
    except ConnectionError:  # refused, or reset while the port is closing
        return False
    return True


def closes_within(address: str, seconds: float) -> bool:
    """Whether the port stops taking connections: asked again and again, there is no event for it."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if not is_open(address):
            return True
    return False


def run(*options: str, environment: dict[str, str] | None = None) -> subprocess.CompletedProcess[str]:
    """The cloud with a standard input that stays open, so that only its own trouble ends it."""
    reading, writing = os.pipe()
    try:
        return subprocess.run(
            [*COMMAND, *options],
            stdin=reading,
            capture_output=True,
            text=True,
            timeout=30,
            cwd=ROOT,
            env=os.environ | (environment or {}),
            check=False,
        )
    finally:
        os.close(reading)
        os.close(writing)


def test_one_line_says_where_everything_is_and_closing_its_input_ends_it(child: CloudProcess) -> None:
    description = child.start()
    assert set(description.environment) == {
        "INGENES_AWS_REGION",
        "INGENES_COGNITO_USER_POOL_ID",
        "INGENES_COGNITO_CLIENT_ID",
        "INGENES_COGNITO_IDENTITY_POOL_ID",
        "INGENES_FILEMAKER_SECRET_NAME",
        "INGENES_ENDPOINT_COGNITO_IDP",
        "INGENES_ENDPOINT_COGNITO_IDENTITY",
        "INGENES_ENDPOINT_SECRETS_MANAGER",
    }
    assert set(description.filemaker) == {"base_url", "database", "username", "password"}
    assert [account.username for account in description.accounts] == [each.username for each in ACCOUNTS]
    assert requests.get(description.mailbox, timeout=10).json() == []
    assert is_open(description.filemaker["base_url"])
    began = time.monotonic()
    assert child.stop() == 0
    assert time.monotonic() - began < 1
    assert not is_open(description.mailbox)
    assert not is_open(description.filemaker["base_url"])


def test_it_ends_with_a_parent_that_is_killed() -> None:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.demo.middle_process"], stdout=subprocess.PIPE, text=True, cwd=ROOT
    ) as middle:
        assert middle.stdout is not None
        mailbox = middle.stdout.readline().strip()
        assert is_open(mailbox)
        middle.kill()  # SIGKILL: it has no chance to tidy up
    assert closes_within(mailbox, 5)


def test_it_reads_nothing_of_the_machine_and_leaves_nothing_on_it(
    child: CloudProcess, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    for name in ("HOME", "TMPDIR", "XDG_CONFIG_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home))
    broken = tmp_path / "config"
    broken.write_text("[profile of nobody\n")
    monkeypatch.setenv("AWS_CONFIG_FILE", str(broken))
    monkeypatch.setenv("AWS_SHARED_CREDENTIALS_FILE", str(broken))
    monkeypatch.setenv("AWS_PROFILE", "nobody")
    monkeypatch.setenv("AWS_REGION", "eu-west-1")
    monkeypatch.setenv("MOTO_PORT", "nonsense")
    monkeypatch.setenv("HTTPS_PROXY", "http://127.0.0.1:1")
    environment = child.start().environment
    assert child.stop() == 0
    assert list(home.iterdir()) == []
    fixed = Identifiers.fixed()
    assert environment["INGENES_AWS_REGION"] == "us-east-1"
    assert environment["INGENES_COGNITO_USER_POOL_ID"] == fixed.pool
    assert environment["INGENES_COGNITO_CLIENT_ID"] == fixed.client
    assert environment["INGENES_COGNITO_IDENTITY_POOL_ID"] == fixed.identity_pool


def test_fixed_ids_stay_the_same() -> None:
    """What the application remembers of one demo, it finds again in the next."""
    assert Identifiers.fixed() == Identifiers.fixed()
    assert Identifiers.random() != Identifiers.random()


def test_standard_input_that_is_closed_at_once() -> None:
    ended = subprocess.run(
        COMMAND, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=30, cwd=ROOT, check=False
    )
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == "The demo cloud stops: its standard input is closed already.\n"


@pytest.mark.parametrize("option", ["--port", "--filemaker-port"])
def test_a_port_in_use_is_one_sentence(option: str) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        ended = run(option, str(port))
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr == f"The demo cloud cannot start: port {port} is in use.\n"


@pytest.mark.parametrize("missing", ["moto", "flask"])
def test_without_the_extra_it_says_what_to_install(missing: str, tmp_path: Path) -> None:
    (tmp_path / f"{missing}.py").write_text(
        f"raise ModuleNotFoundError('No module named {missing}', name={missing!r})\n"
    )
    ended = run(environment={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert ended.returncode == 2
    assert ended.stdout == ""
    assert ended.stderr.splitlines()[-1] == (
        f"The demo cloud needs {missing}: install ingenes-desktop with its extra “demo”."
    )


def test_data_that_cannot_be_used(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    data.write_text('{"databases": [\n  {"name": 3}\n]}')
    ended = run("--data", str(data))
    assert ended.returncode == 2
    assert ended.stderr.count("\n") == 1
    assert "line 2" in ended.stderr


@pytest.mark.parametrize("options", [("--port", "65536"), ("--delay-ms", "-1"), ("--nonsense",)])
def test_options_that_make_no_sense(options: tuple[str, ...]) -> None:
    ended = run(*options)
    assert ended.returncode == 2
    assert "error:" in ended.stderr


def test_a_child_that_fails_or_dawdles_is_an_error_and_gone() -> None:
    failing = CloudProcess(("--nonsense",))
    with pytest.raises(CloudProcessError) as failed:
        failing.start()
    assert failed.value.exit_status == 2
    with pytest.raises(CloudProcessError) as dawdled:
        CloudProcess().start(0.01)
    assert dawdled.value.exit_status is None


def test_a_line_that_is_not_the_clouds() -> None:
    with pytest.raises(KeyError):
        CloudDescription.from_line("{}")
