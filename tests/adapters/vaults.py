"""What the vault's tests share: made-up sessions, a folder of its own, and a keyring in memory."""

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ingenes_desktop.adapters.keyring_backend import KeyringBackend
from ingenes_desktop.adapters.os_account import account_id
from ingenes_desktop.adapters.sealed_vault import SealedVault
from ingenes_desktop.adapters.vault_file import VaultFile
from ingenes_desktop.adapters.vault_folder import VaultFolder, vault_folder
from ingenes_desktop.adapters.vault_format import Binding
from ingenes_desktop.adapters.vault_key import VaultKeys, key_service
from ingenes_desktop.adapters.vault_lock import VaultLock
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import VaultRecord
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.value import replace

SETTINGS = Settings(
    region="eu-west-3",
    user_pool_id="eu-west-3_MadeUp001",
    client_id="7madeupclient0000000000001",
    client_secret=None,
    identity_pool_id="eu-west-3:00000000-0000-4000-8000-000000000001",
    filemaker_secret_name="made-up/filemaker",
)
OTHER_CLIENT = replace(SETTINGS, client_id="7madeupclient0000000000002")
TOKEN = "eyJjdHki.CANARY-refresh-token." + "q7" * 880
"""As long as Cognito's are."""
USERNAME = "canary-5f1c8c3e-0000-4000-8000-00000000000a"
SIGNED_IN_AT = 1_790_000_000.25


class KeysInMemory:
    """A KeyringBackend that keeps what it is given; ``fault`` is called before each call, with its name."""

    def __init__(self) -> None:
        self.items: dict[tuple[str, str], str] = {}
        self.calls: list[str] = []
        self.fault: Callable[[str], None] = lambda _operation: None

    def get_password(self, service: str, username: str) -> str | None:
        self._begin("get")
        return self.items.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._begin("set")
        self.items[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._begin("delete")
        self.items.pop((service, username), None)

    def _begin(self, operation: str) -> None:
        self.calls.append(operation)
        self.fault(operation)


def vault_at(
    state: Path,
    backend: KeyringBackend,
    settings: Settings = SETTINGS,
    *,
    platform: str = "linux",
    account: Callable[[], str] | None = None,
    file: VaultFile | None = None,
) -> SealedVault:
    """A vault below ``state`` with everything as production has it, but for the keyring it is given."""
    folder = folder_at(state, settings)
    binding = account or (lambda: account_id(sys.platform))
    return SealedVault(
        file=file or VaultFile(folder, random_bytes=os.urandom),
        keys=VaultKeys(key_service(settings), platform, lambda: backend),
        lock=VaultLock(folder.lock),
        binding=lambda: Binding.of(settings, binding()),
        random_bytes=os.urandom,
    )


def folder_at(state: Path, settings: Settings = SETTINGS) -> VaultFolder:
    """The vault's folder where ``state`` is XDG_STATE_HOME."""
    return vault_folder(settings, {"XDG_STATE_HOME": str(state)}, "linux")


def names_in(folder: Path) -> list[str]:
    """The names of what is in a folder."""
    return sorted(entry.name for entry in folder.iterdir())


def record_of(token: str = TOKEN, *, signed_in_at: float = SIGNED_IN_AT) -> VaultRecord:
    """A made-up session."""
    return VaultRecord(Secret(token), USERNAME, USERNAME, signed_in_at, signed_in_at + 1.5)


def token_of(record: VaultRecord | None) -> str | None:
    """The refresh token that a vault gave back."""
    return None if record is None else record.refresh_token.reveal()


def new_attempt(seconds: float = 5.0) -> Attempt:
    """One refresh's worth of time."""
    return Attempt(clock=time.monotonic, step_seconds=seconds, total_seconds=seconds)


def refused(code: ErrorCode, detail: str, call: Callable[[], object]) -> AuthError:
    """``call`` raises AuthError ``code`` with ``detail``, and nothing stands behind it."""
    with pytest.raises(AuthError) as caught:
        call()
    assert (caught.value.code, caught.value.detail) == (code, detail)
    assert caught.value.__context__ is None
    assert caught.value.__cause__ is None
    return caught.value
