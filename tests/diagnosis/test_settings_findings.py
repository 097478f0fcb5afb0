"""What the check says of the settings: each value's source, what is ignored, and each thing that is wrong."""

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from ingenes_desktop.adapters.policy_file import JsonPolicyFile
from ingenes_desktop.adapters.setting_table import SETTINGS, variable
from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.adapters.settings_review import BUILT_IN, review_settings, shown_value, value_in
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.secret import Secret
from tests.adapters.test_settings_refused import BAD_TEXTS, BAD_VALUES
from tests.diagnosis.checking import Checked, Computer

DEFAULTS = resource_path("defaults.toml")
NOWHERE = "http://127.0.0.1:9"
"""Nobody answers there; the check of these tests asks nobody else."""
GOOD = {
    "aws_region": "eu-west-1",
    "cognito_user_pool_id": "eu-west-1_Otra",
    "cognito_client_id": "otrocliente",
    "cognito_client_secret": "canariosecreto",
    "auth_flow": "USER_SRP_AUTH",
    "cognito_identity_pool_id": "eu-west-1:00000000-1111-2222-3333-444444444444",
    "filemaker_secret_name": "Otra/Clave",
    "language": "en",
    "appearance": "dark",
    "log_level": "DEBUG",
    "endpoint.cognito_idp": NOWHERE,
    "endpoint.cognito_identity": NOWHERE,
    "endpoint.secrets_manager": NOWHERE,
    "machine": "shared",
    "screen_keyboard": "on",
    "clinic": "Clínica Roma",
    "company_check": "log",
    "company_names": {"2": "Clínica del Norte"},
    "password_policy.minimum_length": 12,
    "password_policy.uppercase": False,
    "password_policy.lowercase": False,
    "password_policy.number": False,
    "password_policy.symbol": False,
    "filemaker.host_suffixes": ["fm.example"],
    "filemaker.ports": [443],
    "filemaker.on_premises": True,
    "proxy": "none",
    "limits.connect": 2,
    "limits.read": 3,
    "limits.name_lookup": 2,
    "limits.step": 5,
    "limits.attempt": 10,
    "limits.keyring_at_start": 2,
    "limits.keyring_on_save": 3,
    "limits.tidy_up": 4,
    "limits.tidy_up_on_quit": 1,
    "limits.filemaker_unused": 30,
    "limits.resend_code": 20,
    "limits.challenge": 300,
    "session.idle": 240,
    "session.countdown": 25,
    "session.longest": 7200,
    "session.renew_before": 200,
    "session.retry_first": 20,
    "session.retry_longest": 200,
}


@pytest.fixture
def computer(qapp: object, tmp_path: Path) -> Computer:  # noqa: ARG001  Qt's one application
    """A computer whose services are nowhere."""
    endpoints = ("COGNITO_IDP", "COGNITO_IDENTITY", "SECRETS_MANAGER")
    variables = {f"INGENES_ENDPOINT_{name}": NOWHERE for name in endpoints}
    return Computer(tmp_path, {"INGENES_LANGUAGE": "en", **variables})


def nested(values: dict[str, object]) -> dict[str, object]:
    """Flat names as a document has them."""
    document: dict[str, object] = {}
    for name, value in values.items():
        table, _, field = name.rpartition(".")
        target = document.setdefault(table, {}) if table else document
        assert isinstance(target, dict)
        target[field if table else name] = value
    return document


def refused(checked: Checked) -> list[str]:
    """What is wrong, by name and source."""
    return [each["subject"] for each in checked.findings if each["check"] == "setting_refused"]


def test_the_table_above_knows_every_setting() -> None:
    assert GOOD.keys() == SETTINGS.keys()


def test_every_setting_is_told_with_its_value_and_its_source(computer: Computer) -> None:
    computer.policy_file.write_text(json.dumps(nested(GOOD)), encoding="utf-8")
    checked = computer.check()
    for name in SETTINGS:
        facts = checked.of("setting", name)["facts"]
        assert facts["source"] == "policy.json"
        assert facts["value"] is not None
    assert checked.of("setting", "cognito_client_secret")["facts"]["value"] == "(set)"
    assert checked.of("setting", "limits.step")["facts"]["value"] == "5"
    assert checked.of("setting", "filemaker.host_suffixes")["facts"]["value"] == "fm.example"
    status, text = computer.text()
    assert status == 1  # nobody answers at these endpoints
    assert computer.lines(text)["cognito_client_secret"] == "OK (set, not shown) [policy.json]"
    assert "canariosecreto" not in checked.written + text + computer.log()


def test_the_four_sources(computer: Computer) -> None:
    computer.user_file.write_text('clinic = "Roma"\nlog_level = "ERROR"\n', encoding="utf-8")
    computer.policy_file.write_text(json.dumps({"company_check": "off"}), encoding="utf-8")
    checked = computer.check()
    sources = {
        each["subject"]: each["facts"]["source"] for each in checked.findings if each["check"] == "setting"
    }
    assert sources["cognito_client_id"] == "defaults.toml"
    assert (sources["clinic"], sources["log_level"]) == ("settings.toml", "settings.toml")
    assert sources["language"] == "environment"
    assert sources["company_check"] == "policy.json"
    assert sources["proxy"] == BUILT_IN
    label = checked.of("setting", "language")["facts"]["label"]
    assert label == "INGENES_LANGUAGE"


def test_the_review_gives_what_the_application_takes(tmp_path: Path) -> None:
    user_file, policy_file = tmp_path / "settings.toml", tmp_path / "policy.json"
    user_file.write_text('clinic = "Roma"\n[limits]\nstep = 7\n', encoding="utf-8")
    policy_file.write_text(json.dumps({"limits": {"attempt": 20}, "company_check": "log"}), encoding="utf-8")
    sources = {
        "user_file": user_file,
        "policy": JsonPolicyFile(policy_file),
        "frozen": False,
        "defaults": DEFAULTS,
    }
    environment = {"INGENES_LANGUAGE": "en", "INGENES_COGNITO_CLIENT_SECRET": "x"}
    settings = load_settings(environment, **sources)  # type: ignore[arg-type]  # as both functions name them
    review = review_settings(environment, **sources)  # type: ignore[arg-type]  # likewise
    assert review.errors == ()
    assert {row.name: shown_value(row.value) for row in review.values} == {
        name: shown_value(value_in(settings, name)) for name in SETTINGS
    }
    for row in review.values:
        assert row.source == settings.sources.get(row.name, BUILT_IN)


@pytest.mark.parametrize("name", [name for name, row in SETTINGS.items() if row.has_variable])
def test_a_malformed_variable_is_named_and_nobody_is_asked(name: str, computer: Computer) -> None:
    label = variable(name)
    computer.environment[label] = BAD_TEXTS.get(name, BAD_TEXTS["endpoint.cognito_idp"])[0]
    checked = computer.check()
    assert checked.status == 1
    assert refused(checked) == [f"{label} (environment)"]
    assert checked.of("setting_refused")["code"] == "setting_invalid"
    assert not checked.has("proxy")
    assert not checked.has("answer")
    # What is right is told all the same, and this computer too.
    assert checked.has("setting")
    assert checked.has("keyring")
    # What another source says of it does not hold either.
    assert name not in [each["subject"] for each in checked.findings if each["check"] == "setting"]
    _, text = computer.text()
    # Without a language that holds the report is in the system's, or in Spanish.
    said = (
        "El ajuste {} no es válido. Contacte a Soporte."
        if name == "language"
        else "The setting {} is not valid."
    )
    line = computer.lines(text)[label]
    assert said.format(f"{label} (environment)") in line
    assert line.count(label) == 1
    assert line.endswith("[setting_invalid]")


@pytest.mark.parametrize("source", ["settings.toml", "policy.json"])
@pytest.mark.parametrize("name", sorted(SETTINGS))
def test_a_malformed_value_in_a_file_is_named(name: str, source: str, computer: Computer) -> None:
    document = nested({name: [["canario-malformado"]]})
    if source == "policy.json":
        computer.policy_file.write_text(json.dumps(document), encoding="utf-8")
    else:
        table, _, field = name.rpartition(".")
        line = f'{field or name} = [["canario-malformado"]]\n'
        computer.user_file.write_text(f"[{table}]\n{line}" if table else line, encoding="utf-8")
    checked = computer.check()
    if source == "settings.toml" and SETTINGS[name].reach.name == "ADMINISTRATOR":
        # Not theirs to say, so not looked at either.
        assert checked.of("setting_ignored", name)["facts"]["reason"] == "administrator_only"
        assert refused(checked) == []
    else:
        assert refused(checked) == [f"{name} ({source})"]
        assert checked.status == 1
    assert "canario-malformado" not in checked.written


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD_VALUES for value in values[:1]]
)
def test_what_the_application_refuses_the_check_refuses(name: str, value: object, computer: Computer) -> None:
    computer.policy_file.write_text(json.dumps(nested({name: value})), encoding="utf-8")
    with pytest.raises(AuthError) as refusal:
        load_settings(
            computer.environment,
            user_file=computer.user_file,
            policy=JsonPolicyFile(computer.policy_file),
            frozen=False,
            defaults=DEFAULTS,
        )
    assert refused(computer.check()) == [refusal.value.detail]


def test_everything_that_is_wrong_is_named_at_once(computer: Computer) -> None:
    computer.environment |= {"INGENES_AWS_REGION": "moon", "INGENES_LOG_LEVEL": "LOUD"}
    computer.user_file.write_text(
        'proxy = "auto"\nmisspelt = 1\n[limits]\nstep = 0\nstepp = 1\n', encoding="utf-8"
    )
    computer.policy_file.write_text(json.dumps({"company_check": "on", "nothing": 1}), encoding="utf-8")
    assert sorted(refused(computer.check())) == [
        "INGENES_AWS_REGION (environment)",
        "INGENES_LOG_LEVEL (environment)",
        "company_check (policy.json)",
        "limits.step (settings.toml)",
        "limits.stepp (settings.toml)",
        "misspelt (settings.toml)",
        "nothing (policy.json)",
        "proxy (settings.toml)",
    ]


def test_a_region_that_does_not_fit_its_pools(computer: Computer) -> None:
    computer.environment["INGENES_AWS_REGION"] = "eu-west-1"
    assert refused(computer.check()) == ["INGENES_AWS_REGION (environment)"]


@pytest.mark.parametrize("content", ["{", "[]", '{"machine": "kiosk", "machine": "kiosk"}', ""])
def test_a_policy_that_cannot_be_read_closes_everything(content: str, computer: Computer) -> None:
    computer.policy_file.write_text(content, encoding="utf-8")
    checked = computer.check()
    assert checked.status == 1
    assert checked.of("setting_refused")["code"] == "settings_unreadable"
    assert refused(checked) == ["policy.json"]
    # It may have said kiosk: the keyring is not asked, and no host either.
    assert computer.keyring.asked == 0
    assert not checked.has("proxy")
    _, text = computer.text()
    assert "The settings in policy.json cannot be read." in text
    assert text.splitlines()[-1].startswith("A sign-in cannot work on this computer.")


@pytest.mark.skipif(os.name != "posix", reason="pipes with a name")
def test_a_policy_that_is_a_pipe_holds_nothing_up(computer: Computer) -> None:
    os.mkfifo(computer.policy_file)
    assert refused(computer.check()) == ["policy.json"]


def test_a_user_file_that_cannot_be_read(computer: Computer) -> None:
    computer.user_file.write_bytes(b"\xff\xfe")
    assert refused(computer.check()) == ["settings.toml"]


def test_what_is_ignored_and_why(computer: Computer) -> None:
    computer.environment |= {
        "INGENES_COGNITO_CLIENT_ID": " ",
        "INGENES_COGNITO_USERPOOL_ID": "canario-mal-escrito",
        "INGENES_LOG_LEVEL": "DEBUG",
    }
    computer.user_file.write_text('machine = "kiosk"\nlog_level = "ERROR"\n', encoding="utf-8")
    checked = computer.check()
    ignored = {
        each["subject"]: (each["facts"]["reason"], each["facts"]["by"], each["verdict"])
        for each in checked.findings
        if each["check"] == "setting_ignored"
    }
    assert ignored == {
        "INGENES_COGNITO_CLIENT_ID": ("empty", None, "note"),
        "INGENES_COGNITO_USERPOOL_ID": ("unknown_variable", None, "warning"),
        "machine": ("administrator_only", None, "warning"),
        "log_level": ("overruled", "environment", "note"),
    }
    assert "canario" not in checked.written
    _, text = computer.text()
    assert computer.lines(text)["log_level"] == (
        "NOTE ignored: the environment stands over it. [settings.toml]"
    )


def test_variables_that_are_never_read_are_named(computer: Computer) -> None:
    computer.changes["dropped"] = ("AWS_PROFILE", "HTTPS_PROXY")
    checked = computer.check()
    assert checked.of("variables_dropped")["facts"]["names"] == ["AWS_PROFILE", "HTTPS_PROXY"]


def test_a_name_cannot_break_the_report(computer: Computer) -> None:
    computer.environment["INGENES_\x1b[31m\nOK       INGENES"] = "x"
    _, text = computer.text()
    assert "\x1b" not in text
    assert not any(line.startswith("OK ") for line in text.splitlines())


def test_files_are_named_without_the_accounts_name(
    computer: Computer, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    checked = computer.check()
    assert checked.of("settings_file", "user")["facts"] == {"path": "~/settings.toml", "exists": False}
    assert str(tmp_path) not in checked.written


def test_a_machine_that_is_malformed_counts_as_a_kiosk(computer: Computer) -> None:
    computer.environment["INGENES_AWS_REGION"] = "moon"
    computer.policy_file.write_text(json.dumps({"machine": "desk"}), encoding="utf-8")
    checked = computer.check()
    assert refused(checked) == ["machine (policy.json)"]
    assert checked.of("setting_ignored", "INGENES_AWS_REGION")["facts"]["reason"] == "clinic_machine"
    assert computer.keyring.asked == 0


@pytest.mark.parametrize(
    ("prepare", "writable"),
    [
        (lambda _folder: None, True),
        (lambda folder: folder.mkdir(), True),
        (lambda folder: folder.write_text(""), False),
        (lambda folder: (folder / "ingenes-desktop.log").mkdir(parents=True), False),
    ],
)
def test_the_logs_folder(prepare: Callable[[Path], None], writable: bool, computer: Computer) -> None:
    prepare(computer.log_folder)
    found = computer.check().of("log_folder")
    assert found["facts"]["writable"] is writable
    assert found["verdict"] == ("ok" if writable else "warning")


def test_a_secret_has_no_other_words() -> None:
    assert shown_value(Secret("canario")) == "(set)"
    assert shown_value(None) is None
