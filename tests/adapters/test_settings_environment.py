"""The environment is cleaned before anything reads it."""

import pytest

from ingenes_desktop.adapters.environment import scrub_environment

FOREIGN = (
    "AWS_PROFILE", "AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_COGNITO_IDENTITY_PROVIDER", "AWS_CA_BUNDLE",
    "AWS_CONFIG_FILE",
    "BOTO_CONFIG", "BOTOCORE_X", "SSLKEYLOGFILE", "SSL_CERT_FILE", "SSL_CERT_DIR", "REQUESTS_CA_BUNDLE",
    "CURL_CA_BUNDLE", "HTTP_PROXY", "https_proxy", "ALL_PROXY", "no_proxy", "NETRC",
    "KEYRING_PROPERTY_SCHEME",
    "PYTHON_KEYRING_BACKEND", "KEYCHAIN_PATH", "MSAL_X", "OPENSSL_CONF", "sslkeylogfile",
)  # fmt: skip
FROZEN_ONLY = (
    "PYTHONPATH", "PYTHONHOME", "PYTHONWARNINGS", "QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH",
    "QT_QPA_GENERIC_PLUGINS",
)  # fmt: skip
KEPT = (
    "PATH", "HOME", "LANG", "DISPLAY", "DBUS_SESSION_BUS_ADDRESS", "XDG_RUNTIME_DIR", "QT_QPA_PLATFORM",
    "QT_SCALE_FACTOR",    "INGENES_AWS_REGION", "INGENES_LANGUAGE", "WAYLAND_DISPLAY", "PROXY", "MY_AWS_NOTE",
)  # fmt: skip


@pytest.mark.parametrize("frozen", [False, True])
def test_what_is_dropped(*, frozen: bool) -> None:
    environment = dict.fromkeys((*FOREIGN, *FROZEN_ONLY, *KEPT), "x")
    dropped = scrub_environment(environment, frozen=frozen)
    expected = {*FOREIGN, *FROZEN_ONLY} if frozen else {*FOREIGN}
    assert set(dropped) == expected
    assert list(dropped) == sorted(dropped)
    assert set(environment) == {*FOREIGN, *FROZEN_ONLY, *KEPT} - expected
    assert scrub_environment(environment, frozen=frozen) == ()


def test_a_run_from_source_keeps_its_python() -> None:
    environment = {"PYTHONPATH": "x", "NETRC": "x"}
    assert scrub_environment(environment) == ("NETRC",)
    assert environment == {"PYTHONPATH": "x"}
