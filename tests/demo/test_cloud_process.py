"""The cloud as a child: it says where it is, and never outlives its parent."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import boto3
import pytest
import requests
from botocore import UNSIGNED
from botocore.config import Config

from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.process import CloudDescription, CloudProcess, CloudProcessError
from ingenes_desktop.demo.seeds import ACCOUNTS, Identifiers
from tests.demo.demo_program import ROOT, run, sentence

REAL_MOTO = """
import importlib, sys
sys.path.remove(os.path.dirname(__file__))
del sys.modules["moto"]
sys.modules["moto"] = importlib.import_module("moto")
"""


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
    assert urlsplit(description.mailbox).scheme == "http"
    assert description.certificate == ""
    assert description.databases == ("Clinica",)
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


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
@pytest.mark.parametrize("name", ["SIGINT", "SIGTERM", "SIGHUP"])  # the last is not everywhere
def test_it_ends_when_the_system_asks_and_leaves_nothing(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    child = CloudProcess(["--tls", "--fault", "aws_slow:seconds=600"])
    description = child.start()
    assert list(tmp_path.iterdir()) == [Path(description.certificate).parent]
    with pytest.raises(requests.exceptions.ReadTimeout):  # one call waits for its answer until the end
        requests.post(
            description.environment["INGENES_ENDPOINT_COGNITO_IDP"],
            timeout=(30, 0.3),
            verify=description.certificate,
        )
    os.kill(child.process_id, getattr(signal, name))
    assert closes_within(description.mailbox, 5)
    assert closes_within(description.filemaker["base_url"], 5)
    assert child.stop() == 0
    assert list(tmp_path.iterdir()) == []


@pytest.mark.skipif(sys.platform == "win32", reason="Windows ends a process without asking it")
def test_a_signal_before_it_is_ready_is_one_sentence(tmp_path: Path) -> None:
    """moto asks for its settings while it is loaded: there the signal comes, at a certain moment."""
    (tmp_path / "moto.py").write_text("import os, signal\nos.kill(os.getpid(), signal.SIGTERM)\n" + REAL_MOTO)
    ended = run(environment={"PYTHONPATH": f"{tmp_path}{os.pathsep}{ROOT}"})
    assert sentence(ended) == "The demo cloud stops: it was asked to before it was ready."


def test_it_does_what_the_options_say(tmp_path: Path) -> None:
    data = tmp_path / "data.json"
    data.write_text(json.dumps({"databases": [database("Uno"), database("Dos")]}))
    options = ["--data", str(data), "--fault", "engine_down:count=1", "--fault", "GetUser:seconds=2"]
    with CloudProcess(options) as description:
        assert description.databases == ("Uno", "Dos")
        assert description.filemaker["database"] == "Uno"
        assert description.filemaker["base_url"].endswith("/databases/Uno")
        kinds = [each["kind"] for each in requests.get(description.control, timeout=10).json()["faults"]]
        assert kinds == ["engine_down", "aws_slow"]
    with CloudProcess(["--data", str(data), "--database", "Dos"]) as description:
        assert description.filemaker["base_url"].endswith("/databases/Dos")


def database(name: str) -> dict[str, object]:
    return {
        "name": name,
        "tables": [{"name": "T", "fields": [{"name": "Email", "result": "text"}]}],
        "layouts": [{"name": "T", "table": "T"}],
    }


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


def test_the_flow_is_told_to_the_application() -> None:
    process = CloudProcess(["--auth-flow", "USER_SRP_AUTH"])
    with process as description:
        assert description.environment["INGENES_AUTH_FLOW"] == "USER_SRP_AUTH"
        listed = requests.get(description.authenticator, timeout=10).json()
        with_apps = {account.username for account in description.accounts if account.totp_key}
        assert {each["username"] for each in listed} == with_apps


def test_moto_checks_codes_where_it_is_told_to(monkeypatch: pytest.MonkeyPatch) -> None:
    """The one variable of moto's that a plain cloud is left with."""
    monkeypatch.setenv("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true")
    with CloudProcess(["--plain"]) as description:
        address = description.environment["INGENES_ENDPOINT_COGNITO_IDP"]
        config = Config(signature_version=UNSIGNED, retries={"total_max_attempts": 1})
        idp = boto3.client("cognito-idp", region_name="us-east-1", endpoint_url=address, config=config)
        (luis,) = (account for account in description.accounts if account.kind == "user")
        answer = idp.initiate_auth(
            ClientId=description.environment["INGENES_COGNITO_CLIENT_ID"],
            AuthFlow="USER_PASSWORD_AUTH",
            AuthParameters={"USERNAME": luis.username, "PASSWORD": luis.password},
        )
        access = answer["AuthenticationResult"]["AccessToken"]
        key = idp.associate_software_token(AccessToken=access)["SecretCode"]
        late = code_at(key, time.time() + 600)
        with pytest.raises(idp.exceptions.CodeMismatchException):
            idp.verify_software_token(AccessToken=access, UserCode=late)
