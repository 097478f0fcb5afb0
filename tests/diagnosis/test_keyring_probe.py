"""The keyring's line, over a real Secret Service: it answers, or does not, and nothing is written."""

import sys
from dataclasses import replace
from pathlib import Path
from threading import Event

import pytest

from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.diagnosis.computer_findings import computer_findings
from ingenes_desktop.diagnosis.findings import Check, Finding, Verdict
from tests.diagnosis.checking import QUICK, Computer
from tests.secret_service import SecretService, needs_secret_service, private_bus

NAME = "canario@clinica.example"


def keyring_finding(folder: Path) -> Finding:
    surroundings = replace(Computer(folder, {}).surroundings(), keyring=make_username_store)
    settings = load_settings(
        {},
        user_file=surroundings.user_file,
        policy=surroundings.policy,
        frozen=False,
        defaults=surroundings.defaults,
    )
    (found,) = [each for each in computer_findings(settings, surroundings) if each.check is Check.KEYRING]
    return found


@needs_secret_service
def test_it_answers_and_nothing_is_written(service: SecretService, tmp_path: Path) -> None:
    store = make_username_store(sys.platform)
    store.save(NAME)
    before = service.items()
    found = keyring_finding(tmp_path)
    assert found.verdict is Verdict.OK
    assert found.facts["backend"] == "ingenes_desktop.adapters.secret_service.SecretServiceKeyring"
    assert service.items() == before
    # What is remembered is not looked at.
    assert NAME not in str(found)


@needs_secret_service
def test_a_locked_one_is_a_warning(service: SecretService, tmp_path: Path) -> None:
    service.lock()
    assert keyring_finding(tmp_path).verdict is Verdict.WARNING


@needs_secret_service
def test_a_missing_one_is_a_warning(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with private_bus() as bus:
        bus.enter(monkeypatch)
        found = keyring_finding(tmp_path)
    assert (found.verdict, found.facts["state"]) == (Verdict.WARNING, "unavailable")


def test_one_that_does_not_answer_is_given_up(tmp_path: Path, qapp: object) -> None:
    del qapp  # Qt's one application
    over = Event()

    class Silent:
        def probe(self) -> str:
            over.wait(30)
            return ""

    computer = Computer(tmp_path, {"INGENES_LANGUAGE": "en"})  # no service has a name here
    computer.user_file.write_text(QUICK, encoding="utf-8")
    computer.changes["keyring"] = lambda _platform: Silent()
    checked = computer.check()
    over.set()
    assert checked.of("keyring")["facts"] == {"state": "no_answer", "backend": None, "seconds": 1.0}
    assert checked.of("keyring")["verdict"] == "warning"
