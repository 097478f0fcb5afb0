"""Cleans the process's environment before anything reads it."""

import sys
from collections.abc import MutableMapping

# Whose settings would decide where a password goes, which certificates count, whose code is loaded, or
# write the keys of TLS connections to a file. None of them is this program's configuration.
_NAMES = frozenset(
    {
        "CURL_CA_BUNDLE", "KEYCHAIN_PATH", "NETRC", "OPENSSL_CONF", "OPENSSL_ENGINES", "OPENSSL_MODULES",
        "REQUESTS_CA_BUNDLE", "SSLKEYLOGFILE",
    }
)  # fmt: skip
_PREFIXES = ("AWS_", "BOTO", "KEYRING_", "MSAL", "PYTHON_KEYRING_", "SSL_CERT_")
_SUFFIX = "_PROXY"
# An installed build brings its own Python and Qt; from source these are a developer's tools.
_FROZEN_NAMES = frozenset({"QT_PLUGIN_PATH", "QT_QPA_PLATFORM_PLUGIN_PATH", "QT_QPA_GENERIC_PLUGINS"})
_FROZEN_PREFIXES = ("PYTHON",)


def is_frozen() -> bool:
    """Whether this is an installed build rather than a run from source."""
    return bool(getattr(sys, "frozen", False))


def scrub_environment(environ: MutableMapping[str, str], *, frozen: bool | None = None) -> tuple[str, ...]:
    """Drop what no library of ours may see from ``environ``; the names dropped, sorted.

    The first line of main(), before any other import of ours: ``os.environ`` hands the change on to the
    C libraries (OpenSSL, Qt) and to child processes. Upper and lower case are the same here. ``frozen``
    is is_frozen() where it is not given.
    """
    is_installed = is_frozen() if frozen is None else frozen
    dropped = tuple(sorted(name for name in environ if _is_foreign(name.upper(), frozen=is_installed)))
    for name in dropped:
        del environ[name]
    return dropped


def _is_foreign(name: str, *, frozen: bool) -> bool:
    if name in _NAMES or name.startswith(_PREFIXES) or name.endswith(_SUFFIX):
        return True
    return frozen and (name in _FROZEN_NAMES or name.startswith(_FROZEN_PREFIXES))
