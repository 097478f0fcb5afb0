"""Settings that are refused: each in one error that names the setting and its source, never a traceback."""

import json
import os
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ingenes_desktop.adapters.policy_file import JsonPolicyFile, NoPolicy
from ingenes_desktop.adapters.setting_table import SETTINGS, variable
from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.adapters.settings_sources import LARGEST_FILE_BYTES
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.resources import resource_path

INVALID, UNREADABLE = ErrorCode.SETTING_INVALID, ErrorCode.SETTINGS_UNREADABLE
DEFAULTS = resource_path("defaults.toml")

BAD_TEXTS = {
    "aws_region": ["us-east", "US-EAST-1", "us-east-1.evil.example", "cn-north-1", "us-iso-east-1", "us 1"],
    "cognito_user_pool_id": ["us-east-1", "us-east-1_", "us-east-1_a/b", "_a", "us-east-1_á"],
    "cognito_client_id": ["a b", "a/b", "ñ", "x" * 129, "a\x00"],
    "cognito_client_secret": ["a b", "á", "x" * 129, "a\nb"],
    "cognito_identity_pool_id": ["us-east-1:", "us-east-1:c9967d40-795e-4682-a4f4-67ab4286c7dg"],
    "filemaker_secret_name": ["a b", "á", "a?b", "x" * 513, "arn:aws:s3:::a"],
    "auth_flow": [
        "SRP", "ALLOW_USER_SRP_AUTH", "USER SRP AUTH", "ADMIN_NO_SRP_AUTH", "REFRESH_TOKEN_AUTH",
        "USER_ſRP_AUTH",
    ],
    "language": ["fr", "es-MX", "español", "e"],
    "log_level": ["LOUD", "NOTSET", "10"],
    "endpoint.cognito_idp": [
        "http://evil.example", "http://127.0.0.1.evil.example", "http://127.0.0.256", "http://127.1", "http://0.0.0.0",
        "http://localhost.evil.example", "http://[::1", "http://[::2]", "http://[::1]x", "ftp://127.0.0.1",
        "127.0.0.1:5000", "https://", "https://a b", "https://user@host.example", "https://host.example/path",
        "https://host.example?x", "https://host.example#x", "https://host.example:0", "https://host.example:65536",
        "https://host.example:", "https://host.example:1:2", "https://host.example:１", "https://-a.example",
        "https://a..example", "https://a.example.", "https://a_b.example", "https://é.example", "https://h\\@x",
        "https://host.example//", "https://" + "a" * 254, "http://127.0.0.१", "https://host\n.example",
        "//host",
    ],
}  # fmt: skip
BAD_VALUES: list[tuple[str, list[object]]] = [
    ("machine", ["desk", True, 1]),
    ("screen_keyboard", ["always", True, False, 0, ["on"]]),
    ("clinic", ["\u202e", "x" * 801, 1, ["a"]]),
    ("company_check", ["on", False]),
    ("company_names", ["x", [], {"1": ""}, {"": "x"}, {"1": 1}, {"1": "a", " 1": "b"}]),
    ("password_policy.minimum_length", [5, 100, "8", True, 8.0, float("1e9")]),
    ("password_policy.symbol", [1, 0, "true", "x"]),
    ("filemaker.host_suffixes", ["a.example", [1], ["a b"], ["."], ["a.example/x"], [""], {"a": 1}]),
    ("filemaker.ports", [443, [0], [65536], ["443"], [True], [1.5]]),
    ("filemaker.on_premises", [1, "true"]),
    ("proxy", ["auto", "http://proxy.example", "https://proxy.example:1", "http://u:p@proxy.example:1",
               "http://proxy.example:1/x", "socks5://proxy.example:1", 8080]),
    ("limits.step", [1.9, 61, "15", True, [15]]),
    ("limits.tidy_up_on_quit", [0, 2.1, -1]),
    ("limits.challenge", [59, 901, "180", True]),
    ("auth_flow", [1, True, ["USER_SRP_AUTH"], {"flow": "USER_AUTH"}]),
    ("limits", [15, [], "x"]),
    ("session.idle", [9, 7201, "900", True, None, [900]]),
    ("session.countdown", [4, 601]),
    ("session.longest", [59, 86401]),
    ("session.renew_before", [29, 1801]),
    ("session.retry_first", [4, 301]),
    ("session.retry_longest", [29, 3601]),
    ("session", [900, "x", []]),
    ("endpoint", ["http://127.0.0.1"]),
    ("aws_region", [1, ["us-east-1"], {"a": 1}, True]),
    ("cognito_client_secret", [0, False, ["x"]]),
]  # fmt: skip


def load(folder: Path, environment: dict[str, str] | None = None) -> None:
    """Read the settings of a machine whose files are in ``folder``."""
    load_settings(
        environment or {},
        user_file=folder / "settings.toml",
        policy=JsonPolicyFile(folder / "policy.json"),
        frozen=False,
        defaults=DEFAULTS,
    )


def refusal(folder: Path, environment: dict[str, str] | None = None) -> tuple[ErrorCode, str]:
    """Code and detail of the error; nothing of the value that was refused hangs on it."""
    with pytest.raises(AuthError) as caught:
        load(folder, environment)
    assert caught.value.__context__ is None
    return caught.value.code, caught.value.detail


def document(name: str, value: object) -> dict[str, object]:
    """The file's document in which ``name`` alone is set."""
    table, point, inner = name.partition(".")
    return {table: {inner: value}} if point else {table: value}


def endpoints_and_others() -> list[tuple[str, str]]:
    return [(name, text) for name, texts in BAD_TEXTS.items() for text in texts]


@pytest.mark.parametrize(("name", "text"), endpoints_and_others())
def test_bad_text(tmp_path: Path, name: str, text: str) -> None:
    if "\x00" not in text:
        assert refusal(tmp_path, {variable(name): text}) == (INVALID, f"{variable(name)} (environment)")
    (tmp_path / "policy.json").write_text(json.dumps(document(name, text)), encoding="utf-8")
    assert refusal(tmp_path) == (INVALID, f"{name} (policy.json)")


@pytest.mark.parametrize(
    ("name", "value"), [(name, value) for name, values in BAD_VALUES for value in values]
)
def test_bad_value(tmp_path: Path, name: str, value: object) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(document(name, value)), encoding="utf-8")
    assert refusal(tmp_path) == (INVALID, f"{name} (policy.json)")


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1979-05-27", "[1]", "true", "'15'", "1_000_000"])
def test_bad_value_in_the_users_file(tmp_path: Path, value: str) -> None:
    (tmp_path / "settings.toml").write_text(f"[limits]\nstep = {value}", encoding="utf-8")
    assert refusal(tmp_path) == (INVALID, "limits.step (settings.toml)")


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ({"regoin": "us-east-1"}, "regoin"),
        ({"limits": {"steps": 1}}, "limits.steps"),
        ({"limits.step": 15}, "limits.step"),
        ({"": 1}, "~"),
        ({"ñ\u202e<b>\n" + "x" * 200: 1}, "~~~b~~" + "x" * 54),
        ({"company_names.1": "x"}, "company_names.1"),
    ],
)
def test_an_unknown_name(tmp_path: Path, written: dict[str, Any], shown: str) -> None:
    (tmp_path / "policy.json").write_text(json.dumps(written), encoding="utf-8")
    assert refusal(tmp_path) == (INVALID, f"{shown} (policy.json)")


def test_an_unknown_name_in_the_users_file(tmp_path: Path) -> None:
    (tmp_path / "settings.toml").write_text("[endpoint]\ncognito = 'https://a.example'", encoding="utf-8")
    assert refusal(tmp_path) == (INVALID, "endpoint.cognito (settings.toml)")


TOML_FAULTS = {
    "syntax": b"aws_region = ",
    "twice": b"clinic = 'a'\nclinic = 'b'",
    "not utf-8": "clinic = 'Clínica'".encode("latin-1"),
    "nul": b"clinic = 'a\x00b'",
    "deep": b"clinic = " + b"[" * 20_000,
    "large": b"# " + b"x" * LARGEST_FILE_BYTES,
    "long number": b"proxy = " + b"9" * 5000,
}
JSON_FAULTS = {
    "empty": b"",
    "syntax": b"{",
    "trailing": b"{} x",
    "array": b"[]",
    "null": b"null",
    "text": b'"kiosk"',
    "twice": b'{"machine": "kiosk", "machine": "personal"}',
    "twice inside": b'{"limits": {"step": 3, "step": 4}}',
    "not a number": b'{"limits": {"step": NaN}}',
    "infinity": b'{"limits": {"step": -Infinity}}',
    "not utf-8": '{"clinic": "Clínica"}'.encode("latin-1"),
    "utf-16": '{"machine": "kiosk"}'.encode("utf-16"),
    "deep": b"[" * 60_000,
    "large": b" " * LARGEST_FILE_BYTES + b"{}",
    "long number": b'{"limits": {"step": ' + b"9" * 5000 + b"}}",
}


@pytest.mark.parametrize("content", TOML_FAULTS.values(), ids=TOML_FAULTS)
def test_an_unreadable_user_file(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "settings.toml").write_bytes(content)
    assert refusal(tmp_path) == (UNREADABLE, "settings.toml")


@pytest.mark.parametrize("content", JSON_FAULTS.values(), ids=JSON_FAULTS)
def test_an_unreadable_policy(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "policy.json").write_bytes(content)
    assert refusal(tmp_path) == (UNREADABLE, "policy.json")


@pytest.mark.parametrize("name", ["settings.toml", "policy.json"])
@pytest.mark.parametrize("obstacle", ["folder", "broken link", "loop", "pipe", "device", "parent is a file"])
@pytest.mark.skipif(os.name != "posix", reason="files of POSIX")
def test_what_is_there_and_no_file(tmp_path: Path, name: str, obstacle: str) -> None:
    path = tmp_path / name
    if obstacle == "folder":
        path.mkdir()
    elif obstacle == "broken link":
        path.symlink_to(tmp_path / "nowhere")
    elif obstacle == "loop":
        path.symlink_to(path)
    elif obstacle == "pipe":
        os.mkfifo(path)
    elif obstacle == "device":
        path.symlink_to("/dev/zero")
    else:
        (tmp_path / "file").touch()
        (tmp_path / "file.json").touch()
        tmp_path = tmp_path / "file"
    if obstacle != "parent is a file":
        assert refusal(tmp_path) == (UNREADABLE, name)
        return
    with pytest.raises(AuthError) as caught:
        JsonPolicyFile(tmp_path / name).read()
    assert (caught.value.code, caught.value.detail) == (UNREADABLE, name)


@pytest.mark.skipif(sys.platform == "win32", reason="modes of POSIX")
def test_a_policy_that_may_not_be_read(tmp_path: Path) -> None:
    path = tmp_path / "policy.json"
    path.write_text("{}", encoding="utf-8")
    path.chmod(0)
    assert JsonPolicyFile(tmp_path / "none").read() is None
    is_root = os.geteuid() == 0
    if is_root:
        os.seteuid(65534)  # root may read everything; nobody may not
    try:
        with pytest.raises(AuthError) as caught:
            JsonPolicyFile(path).read()
    finally:
        if is_root:
            os.seteuid(0)
    assert (caught.value.code, caught.value.detail) == (UNREADABLE, "policy.json")


def test_a_byte_order_mark_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_text('{"machine": "kiosk"}', encoding="utf-8-sig")
    (tmp_path / "settings.toml").write_text('language = "en"', encoding="utf-8-sig")
    load(tmp_path)


def test_a_largest_file(tmp_path: Path) -> None:
    (tmp_path / "policy.json").write_bytes(b"{}".rjust(LARGEST_FILE_BYTES))
    load(tmp_path)


@pytest.mark.parametrize("content", [b"", b"[limits]", b"aws_region = 'us-east-1'"])
def test_a_broken_installation(tmp_path: Path, content: bytes) -> None:
    defaults = tmp_path / "defaults.toml"
    defaults.write_bytes(content)
    with pytest.raises(AuthError) as caught:
        load_settings({}, user_file=tmp_path / "none", policy=NoPolicy(), frozen=True, defaults=defaults)
    assert (caught.value.code, caught.value.detail[-15:]) == (INVALID, "(defaults.toml)")


GOOD_ENDPOINTS = {
    "https://a.example": "https://a.example",
    "HTTPS://A.Example:8443/": "https://a.example:8443",
    "http://127.9.8.7:1": "http://127.9.8.7:1",
    "http://LOCALHOST": "http://localhost",
    "http://[::1]:5000/": "http://[::1]:5000",
    "https://a.example:00443": "https://a.example:443",
    " https://10.0.0.1 ": "https://10.0.0.1",
}


@pytest.mark.parametrize(("text", "endpoint"), GOOD_ENDPOINTS.items())
def test_good_endpoints(tmp_path: Path, text: str, endpoint: str) -> None:
    loaded = load_settings(
        {"INGENES_ENDPOINT_COGNITO_IDP": text},
        user_file=tmp_path / "none",
        policy=NoPolicy(),
        frozen=False,
        defaults=DEFAULTS,
    )
    assert loaded.endpoints.cognito_idp == endpoint


JSON_VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)
NAMES = st.sampled_from([*SETTINGS, *(name.partition(".")[0] for name in SETTINGS)])


@settings(max_examples=150, deadline=None)
@given(written=st.dictionaries(NAMES | st.text(max_size=8), JSON_VALUES, max_size=4))
def test_no_policy_ends_in_anything_but_settings_or_an_error_of_ours(
    written: dict[str, Any], tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("policy")
    (folder / "policy.json").write_text(json.dumps(written), encoding="utf-8")
    try:
        load(folder)
    except AuthError as error:
        assert error.code in {INVALID, UNREADABLE}  # noqa: PT017  either outcome is right
        assert "policy.json" in error.detail  # noqa: PT017  and an error always says where


@settings(max_examples=150, deadline=None)
@given(content=st.binary(max_size=200) | st.text(max_size=100).map(str.encode))
def test_no_bytes_end_in_anything_but_settings_or_an_error_of_ours(
    content: bytes, tmp_path_factory: pytest.TempPathFactory
) -> None:
    folder = tmp_path_factory.mktemp("files")
    for name in ("policy.json", "settings.toml"):
        (folder / name).write_bytes(content)
        try:
            load(folder)
        except AuthError as error:
            assert error.code in {INVALID, UNREADABLE}  # noqa: PT017  either outcome is right
        (folder / name).unlink()
