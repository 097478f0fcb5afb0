"""The layers of settings: who may say what, and who is believed."""

import json
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Mapping
from pathlib import Path

import platformdirs
import pytest

from ingenes_desktop.adapters.policy_file import JsonPolicyFile, NoPolicy
from ingenes_desktop.adapters.setting_table import SETTINGS, Reach, variable
from ingenes_desktop.adapters.settings import (
    ignored_settings,
    load_default_settings,
    load_settings,
    load_settings_of_this_machine,
)
from ingenes_desktop.adapters.settings_sources import user_settings_file
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import (
    Appearance,
    AuthFlow,
    CompanyCheck,
    Language,
    Limits,
    MachineKind,
    ScreenKeyboardUse,
    SessionLimits,
)
from ingenes_desktop.domain.password_policy import PasswordPolicy
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Endpoints, FileMakerRules, Settings

REPOSITORY = Path(__file__).resolve().parents[2]
DEFAULTS = resource_path("defaults.toml")
# A made-up pool elsewhere.
POOL = {
    "INGENES_AWS_REGION": "eu-west-3",
    "INGENES_COGNITO_USER_POOL_ID": "eu-west-3_Example00",
    "INGENES_COGNITO_IDENTITY_POOL_ID": "eu-west-3:00000000-0000-4000-8000-000000000000",
}


class Machine:
    """A machine whose files are under one folder."""

    def __init__(self, folder: Path) -> None:
        self.user_file = folder / "settings.toml"
        self.policy_file = folder / "policy.json"

    def load(
        self,
        environment: Mapping[str, str] | None = None,
        *,
        user: str = "",
        policy: Mapping[str, object] | None = None,
        frozen: bool = False,
    ) -> Settings:
        """Write the files and read the settings."""
        if user:
            self.user_file.write_text(user, encoding="utf-8")
        if policy is not None:
            self.policy_file.write_text(json.dumps(policy), encoding="utf-8")
        return load_settings(
            environment or {},
            user_file=self.user_file,
            policy=JsonPolicyFile(self.policy_file),
            frozen=frozen,
            defaults=DEFAULTS,
        )

    def refuse(
        self, environment: Mapping[str, str] | None = None, **sources: object
    ) -> tuple[ErrorCode, str]:
        """The code and detail of the error that these sources must give."""
        with pytest.raises(AuthError) as caught:
            self.load(environment, **sources)  # type: ignore[arg-type]  # the keywords of load()
        assert caught.value.__context__ is None
        return caught.value.code, caught.value.detail


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """A machine without any settings of its own."""
    return Machine(tmp_path)


def test_the_built_in_values(machine: Machine) -> None:
    settings = machine.load()
    assert settings.region == "us-east-1"
    assert settings.user_pool_id == "us-east-1_93HMCJqvJ"
    assert settings.client_id == "6s98m6r64ql20ab09phvj2of2n"
    assert settings.client_secret is None
    assert settings.identity_pool_id == "us-east-1:c9967d40-795e-4682-a4f4-67ab4286c7dd"
    assert settings.filemaker_secret_name == "Ingenes/FileMaker/Credentials"
    assert settings.issuer == "https://cognito-idp.us-east-1.amazonaws.com/us-east-1_93HMCJqvJ"
    assert (settings.language, settings.appearance) == (None, None)
    assert (settings.log_level, settings.machine, settings.clinic) == ("INFO", MachineKind.PERSONAL, "")
    assert (settings.company_check, settings.proxy) == (CompanyCheck.REFUSE, "system")
    assert (settings.auth_flow, settings.limits.challenge) == (AuthFlow.USER_PASSWORD_AUTH, 180)
    assert settings.endpoints == Endpoints()
    assert (settings.password_policy, settings.filemaker) == (PasswordPolicy(), FileMakerRules())
    assert settings.limits == Limits()
    assert settings.session == SessionLimits.of(MachineKind.PERSONAL)
    assert set(settings.sources.values()) == {"defaults.toml"}


def test_the_file_of_defaults_explains_every_setting() -> None:
    text = DEFAULTS.read_text("utf-8")
    # What stands there as a comment is the default too: uncommented, it must change nothing.
    shown = tomllib.loads(re.sub(r"(?m)^# (?=[a-z_]+ = |\[[a-z_]+\]$)", "", text))
    flat: dict[str, object] = {}
    for name, value in shown.items():
        if isinstance(value, dict) and name != "company_names":
            flat |= {f"{name}.{inner}": entry for inner, entry in value.items()}
        else:
            flat[name] = value
    assert set(flat) == set(SETTINGS)
    owners = {
        "limits": Limits(),
        "filemaker": FileMakerRules(),
        "password_policy": PasswordPolicy(),
        "session": SessionLimits.of(MachineKind.PERSONAL),
    }
    for name, value in flat.items():
        table, _, field = name.rpartition(".")
        owner = owners.get(table)
        if owner is not None:
            default = getattr(owner, field)
            assert value == (list(default) if isinstance(default, tuple) else default), name
    names = ("machine", "company_check", "proxy", "log_level", "clinic", "auth_flow")
    words = [flat[name] for name in names]
    assert words == ["personal", "refuse", "system", "INFO", "", AuthFlow.USER_PASSWORD_AUTH.value]
    # Each flow is explained there.
    assert all(f'#   "{flow.value}" ' in text for flow in AuthFlow)
    for name, setting in SETTINGS.items():
        assert (f"${variable(name)}" in text) is setting.has_variable, name


@pytest.mark.parametrize("flow", AuthFlow)
@pytest.mark.parametrize("spell", [str, str.lower, str.title, lambda text: f"  {text} "])
def test_each_flow_in_any_case(machine: Machine, flow: AuthFlow, spell: Callable[[str], str]) -> None:
    written = spell(flow.value)
    assert machine.load({"INGENES_AUTH_FLOW": written}).auth_flow is flow
    settings = machine.load(user=f'auth_flow = "{written}"')
    assert (settings.auth_flow, settings.sources["auth_flow"]) == (flow, "settings.toml")


@pytest.mark.parametrize("use", ScreenKeyboardUse)
@pytest.mark.parametrize("kind", MachineKind)
def test_the_policy_alone_says_where_the_on_screen_keyboard_is(
    machine: Machine, kind: MachineKind, use: ScreenKeyboardUse
) -> None:
    policy = {"machine": kind.value, "screen_keyboard": use.value}
    other = "off" if use is not ScreenKeyboardUse.OFF else "on"
    settings = machine.load(user=f'screen_keyboard = "{other}"', policy=policy)
    assert settings.screen_keyboard is use
    assert ignored_settings(settings) == ("screen_keyboard (settings.toml)",)
    assert machine.load(policy={"machine": kind.value}).screen_keyboard is ScreenKeyboardUse.AUTO


def test_on_a_clinics_machine_the_policy_alone_says_the_flow(machine: Machine) -> None:
    policy = {"machine": "shared", "auth_flow": "USER_SRP_AUTH", "limits": {"challenge": 60}}
    weaker = {"INGENES_AUTH_FLOW": "USER_PASSWORD_AUTH"}
    settings = machine.load(weaker, user='auth_flow = "USER_PASSWORD_AUTH"', policy=policy)
    assert (settings.auth_flow, settings.limits.challenge) == (AuthFlow.USER_SRP_AUTH, 60)
    assert set(ignored_settings(settings)) == {
        "INGENES_AUTH_FLOW (environment)",
        "auth_flow (settings.toml)",
    }
    # Nor does anybody else give less or more time to answer.
    assert machine.load(user="[limits]\nchallenge = 900", policy={}).limits.challenge == 180


def test_the_file_of_defaults_tells_each_kind_of_machine() -> None:
    text = DEFAULTS.read_text("utf-8")
    kinds = [SessionLimits.of(MachineKind(kind)) for kind in ("personal", "shared", "kiosk")]
    assert re.search(r"(?m)^# +personal +shared +kiosk$", text)
    for field in ("idle", "countdown", "longest"):
        row = "".join(rf" +{getattr(kind, field):.0f}" for kind in kinds)
        assert re.search(rf"(?m)^# +{field}{row}$", text), field


def test_each_layer_goes_over_the_one_before(machine: Machine) -> None:
    user = 'filemaker_secret_name = "user"\nlanguage = "en"\ncognito_client_id = "user"\nproxy = "none"'
    environment = {"INGENES_COGNITO_CLIENT_ID": "environment", "INGENES_FILEMAKER_SECRET_NAME": "environment"}
    settings = machine.load(environment, user=user, policy={"filemaker_secret_name": "policy"})
    assert settings.filemaker_secret_name == "policy"
    assert settings.client_id == "environment"
    assert (settings.language, settings.proxy) == (Language.ENGLISH, "none")
    assert settings.region == "us-east-1"
    assert settings.sources["filemaker_secret_name"] == "policy.json"
    assert settings.sources["cognito_client_id"] == "environment"
    assert settings.sources["language"] == "settings.toml"
    assert settings.sources["aws_region"] == "defaults.toml"
    assert ignored_settings(settings) == ()


def test_every_variable_is_read(machine: Machine) -> None:
    environment = POOL | {
        "INGENES_COGNITO_CLIENT_ID": "client",
        "INGENES_COGNITO_CLIENT_SECRET": "made+up",
        "INGENES_FILEMAKER_SECRET_NAME": "arn:aws:secretsmanager:eu-west-3:000000000000:secret:a/b-1",
        "INGENES_AUTH_FLOW": "user_auth",
        "INGENES_LANGUAGE": "ES",
        "INGENES_APPEARANCE": "Contrast",
        "INGENES_LOG_LEVEL": "debug",
        "INGENES_ENDPOINT_COGNITO_IDP": "http://127.0.0.1:5000",
        "INGENES_ENDPOINT_COGNITO_IDENTITY": "http://localhost:5001/",
        "INGENES_ENDPOINT_SECRETS_MANAGER": "https://Secrets.example",
    }
    settings = machine.load(environment)
    assert (settings.region, settings.user_pool_id) == ("eu-west-3", "eu-west-3_Example00")
    assert settings.identity_pool_id.startswith("eu-west-3:")
    assert settings.client_id == "client"
    assert settings.auth_flow is AuthFlow.USER_AUTH
    assert settings.client_secret is not None
    assert settings.client_secret.reveal() == "made+up"
    assert settings.filemaker_secret_name.endswith(":secret:a/b-1")
    assert (settings.language, settings.log_level) == (Language.SPANISH, "DEBUG")
    assert settings.appearance is Appearance.CONTRAST
    assert settings.endpoints == Endpoints(
        "http://127.0.0.1:5000", "http://localhost:5001", "https://secrets.example"
    )
    # The issuer follows from region and pool, whatever the endpoint.
    assert settings.issuer == "https://cognito-idp.eu-west-3.amazonaws.com/eu-west-3_Example00"
    assert {name for name, setting in SETTINGS.items() if setting.has_variable} == {
        name for name, source in settings.sources.items() if source == "environment"
    }
    assert "made+up" not in repr(settings)


@pytest.mark.parametrize("empty", ["", " ", "\t\n"])
def test_empty_counts_as_not_set(machine: Machine, empty: str) -> None:
    environment = {variable(name): empty for name, setting in SETTINGS.items() if setting.has_variable}
    user = "\n".join(f"{name} = {json.dumps(empty)}" for name in ("aws_region", "language", "clinic"))
    policy = {"machine": empty, "cognito_client_secret": empty, "endpoint": {"cognito_idp": empty}}
    assert machine.load(environment, user=user, policy=policy) == machine.load()


CLINICS: list[tuple[bool, dict[str, object]]] = [
    (True, {}),
    (False, {"machine": "shared"}),
    (False, {"machine": "kiosk"}),
    (True, {"machine": "personal"}),
]


@pytest.mark.parametrize(("frozen", "policy"), CLINICS)
def test_where_the_password_goes_is_not_for_users_on_a_clinics_machine(
    machine: Machine, policy: dict[str, object], *, frozen: bool
) -> None:
    environment = POOL | {
        "INGENES_COGNITO_CLIENT_ID": "another",
        "INGENES_COGNITO_CLIENT_SECRET": "another",
        "INGENES_FILEMAKER_SECRET_NAME": "another",
        "INGENES_ENDPOINT_COGNITO_IDP": "http://127.0.0.1:1",
        "INGENES_ENDPOINT_COGNITO_IDENTITY": "not even checked",
        "INGENES_ENDPOINT_SECRETS_MANAGER": "https://elsewhere.example",
        "INGENES_LANGUAGE": "en",
        "INGENES_LOG_LEVEL": "ERROR",
    }
    user = 'proxy = "http://elsewhere.example:1"\ncognito_client_id = "another"\n[limits]\nstep = 60'
    settings = machine.load(environment, user=user, policy=policy, frozen=frozen)
    plain = load_settings(
        {}, user_file=machine.user_file.with_name("none"), policy=NoPolicy(), frozen=False, defaults=DEFAULTS
    )
    for field in ("region", "user_pool_id", "client_id", "client_secret", "identity_pool_id", "endpoints"):
        assert getattr(settings, field) == getattr(plain, field)
    assert (settings.filemaker_secret_name, settings.proxy) == (plain.filemaker_secret_name, "system")
    assert settings.limits == Limits()
    assert (settings.language, settings.log_level) == (Language.ENGLISH, "ERROR")
    theirs = {f"{name} (environment)" for name in environment} - {
        "INGENES_LANGUAGE (environment)", "INGENES_LOG_LEVEL (environment)",
    }  # fmt: skip
    files = {"proxy (settings.toml)", "cognito_client_id (settings.toml)", "limits.step (settings.toml)"}
    assert set(ignored_settings(settings)) == theirs | files


def test_the_administrator_sets_a_clinics_machine(machine: Machine) -> None:
    policy = {
        "aws_region": "us-east-2",
        "cognito_user_pool_id": "us-east-2_Example00",
        "cognito_identity_pool_id": "us-east-2:00000000-0000-4000-8000-000000000000",
        "cognito_client_secret": "made+up",
        "machine": "kiosk",
        "clinic": " Clínica  del\u202e Norte ",
        "company_check": "log",
        "company_names": {"2": "Norte", " 3 ": "Sur"},
        "password_policy": {"minimum_length": 12, "symbol": False},
        "filemaker": {"host_suffixes": [".FM.example", "other.example"], "ports": [443], "on_premises": True},
        "proxy": "http://proxy.example:3128",
        "limits": {"step": 20, "attempt": 60.5},
        "endpoint": {"cognito_idp": "https://vpc.example:8443"},
    }
    settings = machine.load(policy=policy, frozen=True)
    assert settings.machine is MachineKind.KIOSK
    assert settings.clinic == "Clínica del Norte"
    assert settings.company_check is CompanyCheck.LOG
    assert settings.company_names == {"2": "Norte", "3": "Sur"}
    assert settings.password_policy == PasswordPolicy(minimum_length=12, symbol=False)
    assert settings.filemaker == FileMakerRules(("fm.example", "other.example"), (443,), on_premises=True)
    assert settings.proxy == "http://proxy.example:3128"
    assert (settings.limits.step, settings.limits.attempt, settings.limits.read) == (20.0, 60.5, 10.0)
    assert settings.endpoint("cognito-idp") == "https://vpc.example:8443"
    with pytest.raises(TypeError):
        settings.company_names["4"] = "Este"  # type: ignore[index]  # read-only, which is looked at


def test_what_is_the_administrators_alone(machine: Machine) -> None:
    user = 'machine = "kiosk"\ncompany_check = "off"\n'
    user += "[filemaker]\non_premises = true\n[limits]\ntidy_up = 1\nstep = 9"
    settings = machine.load(user=user)
    assert settings.machine is MachineKind.PERSONAL
    assert settings.company_check is CompanyCheck.REFUSE
    assert settings.filemaker == FileMakerRules()
    assert settings.limits == Limits(step=9)
    assert set(ignored_settings(settings)) == {
        f"{name} (settings.toml)"
        for name in ("machine", "company_check", "filemaker.on_premises", "limits.tidy_up")
    }
    administrators = {name for name, setting in SETTINGS.items() if setting.reach is Reach.ADMINISTRATOR}
    assert {"machine", "company_check", "filemaker.host_suffixes", "filemaker.ports"} < administrators
    assert "screen_keyboard" in administrators
    assert {name for name in SETTINGS if name.startswith("session.")} < administrators


@pytest.mark.parametrize(
    ("environment", "policy", "detail"),
    [
        ({"INGENES_AWS_REGION": "us-west-2"}, {}, "INGENES_AWS_REGION (environment)"),
        ({"INGENES_COGNITO_USER_POOL_ID": "us-west-2_A"}, {}, "INGENES_COGNITO_USER_POOL_ID (environment)"),
        (
            {"INGENES_COGNITO_IDENTITY_POOL_ID": POOL["INGENES_COGNITO_IDENTITY_POOL_ID"]},
            {},
            "INGENES_COGNITO_IDENTITY_POOL_ID (environment)",
        ),
        (POOL, {"aws_region": "us-west-2"}, "aws_region (policy.json)"),
        (POOL, {"cognito_user_pool_id": "us-west-2_A"}, "cognito_user_pool_id (policy.json)"),
    ],
)
def test_region_and_pools_belong_together(
    machine: Machine, environment: dict[str, str], policy: dict[str, object], detail: str
) -> None:
    assert machine.refuse(environment, policy=policy) == (ErrorCode.SETTING_INVALID, detail)


@pytest.mark.parametrize("kind", MachineKind)
def test_how_long_a_session_lasts_follows_from_the_kind_of_machine(
    machine: Machine, kind: MachineKind
) -> None:
    assert machine.load(policy={"machine": kind.value}).session == SessionLimits.of(kind)
    said = {"countdown": 40, "longest": 3600.5, "renew_before": 60, "retry_first": 30, "retry_longest": 30}
    settings = machine.load(policy={"machine": kind.value, "session": said})
    assert settings.session == SessionLimits(SessionLimits.of(kind).idle, 40.0, 3600.5, 60.0, 30.0, 30.0)
    assert settings.sources["session.longest"] == "policy.json"


def test_how_long_a_session_lasts_is_not_for_users(machine: Machine) -> None:
    settings = machine.load({"INGENES_SESSION_IDLE": "7200"}, user="[session]\nidle = 7200\nlongest = 86400")
    assert settings.session == SessionLimits.of(MachineKind.PERSONAL)
    theirs = {"session.idle (settings.toml)", "session.longest (settings.toml)"}
    assert set(ignored_settings(settings)) == theirs


@pytest.mark.parametrize(
    ("session", "blamed"),
    [
        ({"retry_first": 60, "retry_longest": 59}, "session.retry_longest"),
        ({"retry_longest": 59, "retry_first": 60}, "session.retry_first"),
        ({"retry_first": 300, "retry_longest": 300}, ""),
        ({"longest": 720}, "session.longest"),
        ({"longest": 960}, ""),
        ({"longest": 959}, "session.longest"),
        ({"longest": 1000, "countdown": 101}, "session.countdown"),
        ({"countdown": 101, "longest": 1000}, "session.longest"),
        ({"longest": 1000, "idle": 941}, "session.idle"),
    ],
)
def test_durations_that_go_together(machine: Machine, session: dict[str, float], blamed: str) -> None:
    if blamed:
        refusal = machine.refuse(policy={"session": session})
        assert refusal == (ErrorCode.SETTING_INVALID, f"{blamed} (policy.json)")
    else:
        machine.load(policy={"session": session})


def test_what_a_kind_of_machine_makes_of_the_longest_session(machine: Machine) -> None:
    short = {"longest": 200}
    assert machine.load(policy={"machine": "kiosk", "session": short}).session.longest == 200
    refusal = machine.refuse(policy={"machine": "shared", "session": short})
    assert refusal == (ErrorCode.SETTING_INVALID, "session.longest (policy.json)")


def test_the_users_file_is_where_platformdirs_says() -> None:
    here = user_settings_file(os.environ, sys.platform)
    assert here == platformdirs.user_config_path("ingenes-desktop", appauthor=False) / "settings.toml"


@pytest.mark.parametrize("folder", ["/elsewhere/config", "", "relative"])
def test_the_users_file_on_linux(folder: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if not sys.platform.startswith("linux"):
        pytest.skip("XDG folders")
    monkeypatch.setenv("XDG_CONFIG_HOME", folder)
    path = user_settings_file(os.environ, "linux")
    assert path == platformdirs.user_config_path("ingenes-desktop", appauthor=False) / "settings.toml"


def test_the_users_file_elsewhere() -> None:
    local = {"LOCALAPPDATA": "C:/Users/ana/AppData/Local"}
    tail = Path("ingenes-desktop", "settings.toml")
    assert user_settings_file(local, "win32") == Path("C:/Users/ana/AppData/Local") / tail
    assert user_settings_file({}, "win32") == Path.home() / "AppData" / "Local" / tail
    assert user_settings_file({}, "darwin") == Path.home() / "Library" / "Application Support" / tail


def test_this_machine(tmp_path: Path) -> None:
    if Path("/etc/ingenes-desktop/policy.json").exists():
        pytest.skip("this machine has a policy")
    settings = load_settings_of_this_machine({"XDG_CONFIG_HOME": str(tmp_path), "INGENES_LANGUAGE": "en"})
    assert (settings.language, settings.region) == (Language.ENGLISH, "us-east-1")


@pytest.mark.parametrize(
    ("policy", "kind"),
    [
        (None, MachineKind.PERSONAL),
        ('{"machine": "shared"}', MachineKind.SHARED),
        ("{", MachineKind.KIOSK),
        ('{"machine": "any"}', MachineKind.KIOSK),
    ],
)
def test_a_window_that_only_tells_what_is_wrong(
    machine: Machine, policy: str | None, kind: MachineKind
) -> None:
    if policy is not None:
        machine.policy_file.write_text(policy, encoding="utf-8")
    source = JsonPolicyFile(machine.policy_file)
    for language, expected in (("en", Language.ENGLISH), ("xx", None)):
        settings = load_default_settings({"INGENES_LANGUAGE": language} | POOL, policy=source)
        assert (settings.machine, settings.language, settings.region) == (kind, expected, "us-east-1")
        assert settings.session == SessionLimits.of(kind)
    nowhere = load_default_settings({}, policy=source, defaults=machine.user_file)
    assert (nowhere.machine, nowhere.region) == (kind, "")


def test_reading_settings_imports_nothing_heavy() -> None:
    code = """
import os, sys
from pathlib import Path
from ingenes_desktop.adapters.settings import load_settings_of_this_machine
load_settings_of_this_machine(os.environ)
print(sorted(set(sys.modules) & {"PySide6", "platformdirs", "ssl", "asyncio", "logging.handlers", "json",
                                 "boto3", "requests", "keyring", "unicodedata", "plistlib"}))
"""
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(REPOSITORY), "HOME": "/nonexistent"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == "[]\n"
