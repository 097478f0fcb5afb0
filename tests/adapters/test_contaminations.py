"""What an environment and a home folder can do to the chain: nothing.

With a stock boto3 client these variables and files send the password to whoever wrote them, run a
program of theirs, or break the sign-in; the second half shows that they would.
"""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.scripted_cloud import EMAIL, HOSTS, PASSWORD, ScriptedCloud
from tests.scripted_server import ScriptedServer, respond_json
from tests.tokens import CLIENT_ID, POOL_ID

REPOSITORY = Path(__file__).parents[2]
RULE_SET = {
    "version": "1.0",
    "parameters": {"Region": {"builtIn": "AWS::Region", "required": False, "type": "String"}},
    "rules": [
        {
            "conditions": [],
            "endpoint": {"url": "{evil}", "properties": {}, "headers": {}},
            "type": "endpoint",
        }
    ],
}


@dataclass(frozen=True, slots=True)
class Trap:
    """A prepared home folder, and where what is sent astray arrives."""

    home: Path
    evil: ScriptedServer

    @property
    def url(self) -> str:
        return self.evil.url

    @property
    def key_log(self) -> Path:
        return self.home / "keys.log"

    @property
    def witness(self) -> Path:
        """Made by the program that must not run."""
        return self.home / "ran"

    def write(self, name: str, text: str) -> Path:
        path = self.home / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8")
        return path


@pytest.fixture
def trap(tmp_path: Path) -> Iterator[Trap]:
    with ScriptedServer(respond_json({})) as evil:
        yield Trap(tmp_path, evil)


Environment = Mapping[str, str]


def _endpoint_for_all(trap: Trap) -> Environment:
    return {"AWS_ENDPOINT_URL": trap.url}


def _endpoint_for_cognito(trap: Trap) -> Environment:
    names = ("COGNITO_IDENTITY_PROVIDER", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    return {f"AWS_ENDPOINT_URL_{name}": trap.url for name in names}


def _config_in_the_home_folder(trap: Trap) -> Environment:
    trap.write(".aws/config", f"[default]\nendpoint_url = {trap.url}\n")
    return {}


def _config_named(trap: Trap) -> Environment:
    path = trap.write("elsewhere.ini", f"[default]\nendpoint_url = {trap.url}\n")
    return {"AWS_CONFIG_FILE": str(path)}


def _profile_with_services(trap: Trap) -> Environment:
    services = f"cognito_identity_provider =\n  endpoint_url = {trap.url}\n"
    trap.write(".aws/config", f"[profile clinica]\nservices = s\n[services s]\n{services}")
    return {"AWS_PROFILE": "clinica"}


def _rule_set(trap: Trap, folder: str) -> None:
    text = json.dumps(RULE_SET).replace("{evil}", trap.url)
    trap.write(f"{folder}/cognito-idp/2016-04-18/endpoint-rule-set-1.json", text)


def _models_in_the_home_folder(trap: Trap) -> Environment:
    _rule_set(trap, ".aws/models")
    return {}


def _models_named(trap: Trap) -> Environment:
    _rule_set(trap, "models")
    return {"AWS_DATA_PATH": str(trap.home / "models")}


def _credential_process(trap: Trap) -> Environment:
    program = trap.write("program", f"#!/bin/sh\n: > {trap.witness}\n")
    program.chmod(0o755)
    trap.write(".aws/config", f"[default]\ncredential_process = {program}\n")
    return {}


def _metadata_service(trap: Trap) -> Environment:
    return {
        "AWS_EC2_METADATA_SERVICE_ENDPOINT": trap.url,
        "AWS_CONTAINER_CREDENTIALS_FULL_URI": f"{trap.url}/credentials",
    }


def _profile_not_found(_trap: Trap) -> Environment:
    return {"AWS_PROFILE": "nadie", "AWS_DEFAULT_PROFILE": "nadie"}


def _retry_mode_unknown(_trap: Trap) -> Environment:
    return {"AWS_RETRY_MODE": "bad", "AWS_MAX_ATTEMPTS": "muchos", "AWS_DEFAULTS_MODE": "bad"}


def _config_broken(trap: Trap) -> Environment:
    trap.write(".aws/config", "[default\nx == =\n")
    trap.write(".aws/credentials", "\x00\x01[\n")
    return {}


def _certificates_and_proxies(trap: Trap) -> Environment:
    missing = str(trap.home / "missing.pem")
    bundles = dict.fromkeys(("AWS_CA_BUNDLE", "REQUESTS_CA_BUNDLE", "CURL_CA_BUNDLE"), missing)
    names = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")
    return {**bundles, **dict.fromkeys(names, trap.url)}


def _netrc(trap: Trap) -> Environment:
    lines = [f"machine {host} login canario password canario-netrc" for host in HOSTS.values()]
    path = trap.write(".netrc", "\n".join([*lines, "default login canario password canario-netrc"]))
    path.chmod(0o600)
    return {"NETRC": str(path)}


def _key_log(trap: Trap) -> Environment:
    return {"SSLKEYLOGFILE": str(trap.key_log)}


def _other_kinds_of_endpoint(_trap: Trap) -> Environment:
    return {
        "AWS_USE_FIPS_ENDPOINT": "true",
        "AWS_USE_DUALSTACK_ENDPOINT": "true",
        "AWS_DEFAULT_REGION": "cn-north-1",
        "AWS_REGION": "cn-north-1",
        "AWS_ACCESS_KEY_ID": "canario",
        "AWS_SECRET_ACCESS_KEY": "canario",
        "AWS_SESSION_TOKEN": "canario",
    }


CONTAMINATIONS: tuple[Callable[[Trap], Environment], ...] = (
    _endpoint_for_all,
    _endpoint_for_cognito,
    _config_in_the_home_folder,
    _config_named,
    _profile_with_services,
    _models_in_the_home_folder,
    _models_named,
    _credential_process,
    _metadata_service,
    _profile_not_found,
    _retry_mode_unknown,
    _config_broken,
    _certificates_and_proxies,
    _netrc,
    _key_log,
    _other_kinds_of_endpoint,
)


def run_child(
    far: ScriptedCloud, trap: Trap, environment: Environment, *, mode: str = "ours", scrub: bool = False
) -> dict[str, Any]:
    """What became of a sign-in under ``environment``."""
    orders = {
        "mode": mode,
        "scrub": scrub,
        "ports": {host: far.servers[service].port for service, host in HOSTS.items()},
        "authority": far.authority.pem,
        "pool": POOL_ID,
        "client": CLIENT_ID,
        "email": EMAIL,
        "password": PASSWORD,
    }
    kept = {name: os.environ[name] for name in ("PATH", "LANG") if name in os.environ}
    child = subprocess.run(
        [sys.executable, "-X", "utf8", "-m", "tests.adapters.contaminated_child"],
        input=json.dumps(orders),
        env={**kept, "HOME": str(trap.home), "PYTHONDONTWRITEBYTECODE": "1", **environment},
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert child.returncode == 0, child.stderr[-2_000:]
    result: dict[str, Any] = json.loads(child.stdout.splitlines()[-1])
    return result


def assert_untouched(far: ScriptedCloud, trap: Trap, result: dict[str, Any]) -> None:
    """It signed in, at the right hosts, and nobody else heard of it."""
    assert result["outcome"] == "accepted"
    assert trap.evil.connections == 0
    # botocore opens the file for a TLS context of its own, which nothing ever uses: no key comes in.
    key_log = trap.key_log.read_text("ascii") if trap.key_log.exists() else ""
    assert all(line.startswith("#") for line in key_log.splitlines()), (
        "the keys of TLS connections were written"
    )
    assert not trap.witness.exists(), "a program was run"
    assert result["started"] == []
    assert set(result["opened"]) <= {str(trap.key_log)}, "files of the home folder were read"
    assert result["looked_up"] == [], "a name was looked up behind our back"
    (signed_in,) = far.requests("InitiateAuth")
    assert signed_in.headers["host"] == HOSTS["cognito-idp"]
    assert "authorization" not in signed_in.headers
    assert "canario-netrc" not in str(far.requests("Find")[0].headers)
    assert (far.open_sessions, far.live_sign_ins) == (0, 0)


@pytest.mark.parametrize("contaminate", CONTAMINATIONS, ids=lambda each: each.__name__.strip("_"))
def test_the_isolated_session_alone_holds(
    far: ScriptedCloud, trap: Trap, contaminate: Callable[[Trap], Environment]
) -> None:
    assert_untouched(far, trap, run_child(far, trap, contaminate(trap)))


def test_all_at_once_behind_the_scrubbed_environment(far: ScriptedCloud, trap: Trap) -> None:
    environment: dict[str, str] = {}
    for contaminate in CONTAMINATIONS:
        environment |= contaminate(trap)
    environment["SSL_CERT_FILE"] = str(trap.home / "missing.pem")
    assert_untouched(far, trap, run_child(far, trap, environment, scrub=True))
    assert not trap.key_log.exists()


@pytest.mark.parametrize(
    "contaminate",
    [
        _endpoint_for_all,
        _endpoint_for_cognito,
        _config_in_the_home_folder,
        _config_named,
        _profile_with_services,
        _models_in_the_home_folder,
        _models_named,
    ],
    ids=lambda each: each.__name__.strip("_"),
)
def test_a_stock_client_would_have_sent_the_password_away(
    far: ScriptedCloud, trap: Trap, contaminate: Callable[[Trap], Environment]
) -> None:
    run_child(far, trap, contaminate(trap), mode="stock")
    assert any(PASSWORD.encode() in request.body for request in trap.evil.requests)


def test_openssl_alone_would_have_written_the_keys(far: ScriptedCloud, trap: Trap) -> None:
    """Python's own context writes them where it is asked to; the chain's context is not."""
    orders = (
        "import socket, ssl, sys; context = ssl.create_default_context(); context.check_hostname = False; "
        "context.verify_mode = ssl.CERT_NONE; "
        "context.wrap_socket(socket.create_connection(('127.0.0.1', int(sys.argv[1])))).close()"
    )
    port = str(far.servers["cognito-idp"].port)
    subprocess.run([sys.executable, "-c", orders, port], env=dict(_key_log(trap)), check=True, timeout=30)
    assert "CLIENT" in trap.key_log.read_text("ascii")


def test_a_stock_client_would_have_run_the_program(far: ScriptedCloud, trap: Trap) -> None:
    run_child(far, trap, {**_credential_process(trap), **_endpoint_for_all(trap)}, mode="stock")
    assert trap.witness.exists()
