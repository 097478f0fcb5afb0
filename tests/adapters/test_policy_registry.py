"""The policy on Windows: what Group Policy writes, and everything else that may stand there."""

from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingenes_desktop.adapters.policy_file import platform_policy
from ingenes_desktop.adapters.policy_registry import POLICY_KEY, RegistryPolicy
from ingenes_desktop.adapters.setting_table import SETTINGS, TABLES
from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.machine import AuthFlow, CompanyCheck, MachineKind
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings
from tests.adapters.registry import Registry

SZ, DWORD, MULTI_SZ = Registry.REG_SZ, Registry.REG_DWORD, Registry.REG_MULTI_SZ
INVALID, UNREADABLE = ErrorCode.SETTING_INVALID, ErrorCode.SETTINGS_UNREADABLE


def policy(tree: dict[str, Any] | None, path: str = POLICY_KEY) -> RegistryPolicy:
    return RegistryPolicy(Registry(path, tree))


def load(source: RegistryPolicy) -> Settings:
    return load_settings(
        {}, user_file=Path("none"), policy=source, frozen=True, defaults=resource_path("defaults.toml")
    )


def refusal(source: RegistryPolicy) -> tuple[ErrorCode, str]:
    """The error, which nothing foreign hangs on; a window that tells it is a kiosk's."""
    with pytest.raises(AuthError) as caught:
        load(source)
    assert caught.value.__context__ is None
    return caught.value.code, caught.value.detail


def test_without_the_key_there_is_no_policy() -> None:
    assert policy(None).read() is None
    assert load(policy(None)).machine is MachineKind.PERSONAL
    assert policy({"machine": ("kiosk", SZ)}, r"Software\Policies\Ingenes").read() is None


def test_a_key_without_values_says_nothing() -> None:
    assert load(policy({})).machine is MachineKind.PERSONAL


def test_everything_that_group_policy_can_write() -> None:
    registry = Registry(
        POLICY_KEY,
        {
            "Machine": ("kiosk", SZ),
            "clinic": ("Clínica Roma", SZ),
            "company_check": ("log", SZ),
            "cognito_client_secret": ("123456", SZ),
            "log_level": ("", SZ),
            "Session": {"idle": (90, DWORD), "Countdown": (15, DWORD), "longest": ("3600.5", SZ)},
            "Auth_Flow": ("user_srp_auth", SZ),
            "limits": {"tidy_up": (1, DWORD), "tidy_up_on_quit": ("0.5", SZ), "challenge": (300, DWORD)},
            "filemaker": {
                "host_suffixes": (["fm.example", "", "other.example"], MULTI_SZ),
                "ports": (["443", "8443"], MULTI_SZ),
                "on_premises": (1, DWORD),
            },
            "password_policy": {"symbol": (0, DWORD), "minimum_length": (12, DWORD)},
            "company_names": {"2": ("Norte", SZ), "A3": ("Sur", SZ)},
        },
    )
    settings = load(RegistryPolicy(registry))
    assert registry.open_keys == 0
    assert settings.machine is MachineKind.KIOSK
    assert (settings.clinic, settings.company_check) == ("Clínica Roma", CompanyCheck.LOG)
    assert settings.client_secret is not None
    assert settings.client_secret.reveal() == "123456"
    assert (settings.session.idle, settings.session.countdown, settings.session.longest) == (90, 15, 3600.5)
    assert settings.auth_flow is AuthFlow.USER_SRP_AUTH
    assert (settings.limits.tidy_up, settings.limits.tidy_up_on_quit) == (1.0, 0.5)
    assert settings.limits.challenge == 300
    assert settings.filemaker.host_suffixes == ("fm.example", "other.example")
    assert (settings.filemaker.ports, settings.filemaker.on_premises) == ((443, 8443), True)
    assert (settings.password_policy.symbol, settings.password_policy.minimum_length) == (False, 12)
    assert settings.company_names == {"2": "Norte", "A3": "Sur"}
    assert settings.sources["session.idle"] == settings.sources["machine"] == "registry"
    assert settings.log_level == "INFO"


@pytest.mark.parametrize(
    ("tree", "name"),
    [
        ({"machine": ("desk", SZ)}, "machine"),
        ({"machine": (1, DWORD)}, "machine"),
        ({"machine": ("%KIND%", Registry.REG_EXPAND_SZ)}, "machine"),
        ({"machine": (b"kiosk", Registry.REG_BINARY)}, "machine"),
        ({"machine": {}}, "machine"),
        ({"auth_flow": ("SRP", SZ)}, "auth_flow"),
        ({"auth_flow": (1, DWORD)}, "auth_flow"),
        ({"limits": {"challenge": (1800, DWORD)}}, "limits.challenge"),
        ({"session": {"idle": (90, Registry.REG_QWORD)}}, "session.idle"),
        ({"session": {"idle": (5, DWORD)}}, "session.idle"),
        ({"session": {"idle": ("1e3", SZ)}}, "session.idle"),
        ({"session": {"idle": ("٩٠", SZ)}}, "session.idle"),
        ({"session": {"idle": ("9" * 5000, SZ)}}, "session.idle"),
        ({"session": {"idle": (None, SZ)}}, "session.idle"),
        ({"session": {"idel": (90, DWORD)}}, "session.idel"),
        ({"session": {"idle": {}}}, "session"),
        ({"session": ('{"idle": 90}', SZ)}, "session"),
        ({"filemaker": {"on_premises": (2, DWORD)}}, "filemaker.on_premises"),
        ({"filemaker": {"on_premises": ("true", SZ)}}, "filemaker.on_premises"),
        ({"filemaker": {"ports": (["443", "x"], MULTI_SZ)}}, "filemaker.ports"),
        ({"filemaker": {"ports": (443, DWORD)}}, "filemaker.ports"),
        ({"filemaker": {"ports": (None, MULTI_SZ)}}, "filemaker.ports"),
        ({"company_names": {"2": (1, DWORD)}}, "company_names"),
        ({"regoin": ("us-east-1", SZ)}, "regoin"),
        ({"regoin": {}}, "regoin"),
        ({"Limits": ("", SZ), "limits": {"step": (15, DWORD)}}, "limits"),
        ({"": ("kiosk", SZ)}, "~"),
        ({"limits.step": (15, DWORD)}, "limits.step"),
        ({f"{number}": ("x", SZ) for number in range(1001)}, "policy"),
    ],
)
def test_what_is_refused_is_named(tree: dict[str, Any], name: str) -> None:
    assert refusal(policy(tree)) == (INVALID, f"{name} (registry)")


@pytest.mark.parametrize("function", ["OpenKey", "OpenKey below", "QueryInfoKey", "EnumKey", "EnumValue"])
@pytest.mark.parametrize(
    "failure", [PermissionError(13, "Access is denied"), OSError(22, "x"), FileNotFoundError(2)]
)
def test_what_cannot_be_read_is_not_taken_for_nothing(function: str, failure: OSError) -> None:
    registry = Registry(POLICY_KEY, {"machine": ("kiosk", SZ), "limits": {"step": (15, DWORD)}})
    registry.failures[function] = failure
    source = RegistryPolicy(registry)
    if function == "OpenKey" and isinstance(failure, FileNotFoundError):
        assert source.read() is None
        return
    assert refusal(source) == (UNREADABLE, "registry")
    assert registry.open_keys == 0


def test_windows_without_its_registry() -> None:
    source = platform_policy("win32")
    assert isinstance(source, RegistryPolicy)
    try:
        import winreg  # noqa: PLC0415, F401  Windows has it, others have not
    except ImportError:
        with pytest.raises(AuthError) as caught:
            source.read()
        assert (caught.value.code, caught.value.detail) == (UNREADABLE, "registry")


CONTENTS = st.one_of(
    st.tuples(st.text(max_size=12) | st.none(), st.just(SZ)),
    st.tuples(st.integers(0, 2**32 - 1), st.just(DWORD)),
    st.tuples(st.lists(st.text(max_size=5), max_size=3) | st.none(), st.just(MULTI_SZ)),
    st.tuples(st.binary(max_size=5), st.sampled_from([0, 3, 8, 11])),
)
NAMES = st.sampled_from([*SETTINGS, *(name.partition(".")[2] for name in SETTINGS)]) | st.text(max_size=6)
SUBKEYS = st.dictionaries(NAMES, CONTENTS, max_size=3)


@settings(max_examples=300, deadline=None)
@given(tree=st.dictionaries(NAMES | st.sampled_from(sorted(TABLES)), CONTENTS | SUBKEYS, max_size=4))
def test_no_registry_ends_in_anything_but_settings_or_an_error_of_ours(tree: dict[str, Any]) -> None:
    try:
        load(policy(tree))
    except AuthError as error:
        assert error.code is INVALID  # noqa: PT017  either outcome is right
        assert error.detail.endswith("(registry)")  # noqa: PT017  and an error always says where
