"""Where a kept session lies on this computer. Cheap to import: it is looked at before the first paint."""

import os
from binascii import crc32
from collections.abc import Mapping
from pathlib import Path
from re import fullmatch
from stat import S_ISDIR
from typing import NamedTuple

from ingenes_desktop.adapters.settings_sources import state_folder
from ingenes_desktop.domain.settings import Settings


class VaultFolder(NamedTuple):
    """The names of one app client's vault. Another client's, a demo's too, never meet them."""

    path: Path
    name: str

    @property
    def vault(self) -> Path:
        """The sealed record."""
        return self.path / f"{self.name}.vault"

    @property
    def lock(self) -> Path:
        """What instances hold against each other. Empty."""
        return self.path / f"{self.name}.lock"

    @property
    def temporary_pattern(self) -> str:
        """What a record is called while it is being written: a pattern for re.fullmatch."""
        return rf"\.{self.name}\.[0-9a-f]{{16}}\.tmp"

    def temporary(self, random: bytes) -> Path:
        """A new name of that pattern, made of 8 random bytes."""
        return self.path / f".{self.name}.{random.hex()}.tmp"

    def leftovers(self) -> list[Path]:
        """What writers have not finished: they are at it, or were killed. Raises OSError."""
        names = os.listdir(self.path)  # noqa: PTH208  names are all that is wanted
        return [self.path / name for name in names if fullmatch(self.temporary_pattern, name)]


def vault_folder(settings: Settings, environment: Mapping[str, str], platform: str) -> VaultFolder:
    """Where the vault of these settings is, whether or not it exists."""
    # Short and cheap (hashlib would cost 16 ms); what a vault is bound to stands in its seal.
    client = crc32(f"{settings.user_pool_id}|{settings.client_id}".encode())
    return VaultFolder(state_folder(environment, platform), f"session-{client:08x}")


def vault_exists(settings: Settings, environment: Mapping[str, str], platform: str) -> bool:
    """Whether there may be a kept session: one look at a name. Whether it can be opened is not asked."""
    try:
        return not S_ISDIR(os.lstat(vault_folder(settings, environment, platform).vault).st_mode)
    except (OSError, ValueError):
        return False


def is_empty(folder: VaultFolder) -> bool:
    """Whether neither a record nor a write that was broken off is there: one look at the folder."""
    try:
        return not (folder.leftovers() or os.path.lexists(folder.vault))
    except FileNotFoundError:
        return True
    except (OSError, ValueError):
        return False  # whoever opens it finds out what is the matter
