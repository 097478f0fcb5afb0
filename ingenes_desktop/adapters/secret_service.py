"""keyring's backend for Linux desktops, without its leak. Slow to import: only keyring_backend does."""

from contextlib import closing

import jeepney  # noqa: F401  as a whole before secretstorage asks for a part: another thread may be loading it
import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringLocked, PasswordDeleteError


class SecretServiceKeyring(Keyring):
    """The Secret Service over D-Bus (GNOME Keyring, KWallet, KeePassXC).

    Where the collection cannot be had, keyring 25 leaves its D-Bus connection open until the garbage
    collector comes; here it is closed. And keyring makes a collection in order to look into it, for
    which the person is asked to choose a password; here that is done to keep something alone.
    """

    def get_password(self, service: str, username: str) -> str | None:
        """As keyring's; None where there is no collection at all."""
        if not _has_collection():
            return None
        kept: str | None = super().get_password(service, username)  # type: ignore[no-untyped-call]  # keyring has no types here
        return kept

    def delete_password(self, service: str, username: str) -> None:
        """Likewise. Raises PasswordDeleteError where there is nothing to delete."""
        if not _has_collection():
            raise PasswordDeleteError
        super().delete_password(service, username)  # type: ignore[no-untyped-call]  # likewise

    def get_preferred_collection(self) -> secretstorage.Collection:
        """The default collection, unlocked. Blocks while the person is asked to unlock it.

        Raises KeyringLocked, and secretstorage's, jeepney's and the system's errors.
        """
        connection = secretstorage.dbus_init()
        try:
            collection = secretstorage.get_default_collection(connection)
            if collection.is_locked():
                collection.unlock()
            is_locked = collection.is_locked()
        except BaseException:
            connection.close()
            raise
        if is_locked:
            connection.close()
            raise KeyringLocked
        return collection


def _has_collection() -> bool:
    with closing(secretstorage.dbus_init()) as connection:
        try:
            secretstorage.Collection(connection)
        except secretstorage.ItemNotFoundException:
            return False
        return True
