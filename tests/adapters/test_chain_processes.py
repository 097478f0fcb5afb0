"""What shows only over whole processes: two instances that renew one session, and two hundred visits."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import IO, Any

import pytest

from ingenes_desktop.adapters.far_ends import build_services
from ingenes_desktop.adapters.settings import load_settings_of_this_machine
from ingenes_desktop.adapters.token_vault import make_token_vault
from ingenes_desktop.application.outcome import Accepted
from ingenes_desktop.demo import seeds
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.secret import Secret
from tests.adapters.chain_child import attempt
from tests.secret_service import SecretService, needs_secret_service

REPOSITORY = Path(__file__).resolve().parents[2]
REFRESHES = 50
VISITS, STEADY_AFTER = 200, 20
MOST_GROWTH_BYTES = 3 * 2**20
MOST_NEW_OBJECTS = 500
ROTATING = {"RefreshTokenRotation": {"Feature": "ENABLED", "RetryGracePeriodSeconds": 0}}
ANA = seeds.ACCOUNTS[0]


@contextmanager
def child(environment: dict[str, str], *arguments: str) -> Iterator["subprocess.Popen[str]"]:
    """A process of chain_child.py, ended with the block."""
    with subprocess.Popen(
        [sys.executable, "-m", "tests.adapters.chain_child", *arguments],
        env=environment,
        cwd=REPOSITORY,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            yield process
        finally:
            process.kill()


def heard(stream: IO[str] | None) -> Any:
    """The next value that a child says."""
    assert stream is not None
    return json.loads(stream.readline())


@needs_secret_service
def test_two_instances_renew_one_session_without_a_refusal(cloud: Cloud, service: SecretService) -> None:
    """Rotation with no grace: a token that is used twice ends the session."""
    variables = cloud.environment(cloud.add_client(config=ROTATING))
    environment = {**service.environment, "PATH": os.environ["PATH"], **variables}
    settings = load_settings_of_this_machine(environment)
    sign_in = build_services(
        settings,
        find_system_proxy=lambda _url: None,
        clock=time.monotonic,
        wall_clock=time.time,
        user_agent="ingenes-desktop/test",
    ).sign_in
    outcome = sign_in.run(ANA.username, Secret(ANA.password), attempt())
    assert isinstance(outcome, Accepted)
    vault = make_token_vault(settings, sys.platform, environment=environment)
    outcome.session.keep_in(vault)
    with ExitStack() as stack:
        instances = [stack.enter_context(child(environment, "renew", str(REFRESHES))) for _ in range(2)]
        for instance in instances:
            assert heard(instance.stdout) == "ready"
        for instance in instances:
            assert instance.stdin is not None
            instance.stdin.write("go\n")
            instance.stdin.flush()
        assert [heard(instance.stdout) for instance in instances] == [[], []]
    # The one that signed in has slept through all of it, and finds the newest in the vault.
    outcome.session.renew(attempt())
    record = vault.open()
    assert record is not None
    assert record.signed_in_at == outcome.session.signed_in_at


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="/proc is Linux's")
def test_two_hundred_visits_leave_nothing(cloud: Cloud, tmp_path: Path) -> None:
    journal = cloud.filemaker.journal
    before = journal.opened, journal.closed
    environment = {"HOME": str(tmp_path), "PATH": os.environ["PATH"], **cloud.environment()}
    orders = ("visit", ANA.username, ANA.password, str(VISITS), str(STEADY_AFTER))
    with child(environment, *orders) as process:
        early, late = heard(process.stdout)
    assert (journal.opened - before[0], journal.closed - before[1]) == (VISITS, VISITS)
    assert journal.open_sessions == 0
    assert late["resident"] - early["resident"] <= MOST_GROWTH_BYTES
    assert late["objects"] - early["objects"] <= MOST_NEW_OBJECTS
    assert late["threads"] <= early["threads"]
    assert late["descriptors"] <= early["descriptors"]
