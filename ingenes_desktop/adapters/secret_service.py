"""keyring's backend for Linux desktops, without its leak. Slow to import: only credential_store does."""

import secretstorage
from keyring.backends.SecretService import Keyring
from keyring.errors import KeyringLocked


class SecretServiceKeyring(Keyring):
    """The Secret Service over D-Bus (GNOME Keyring, KWallet, KeePassXC).

    Where the collection cannot be had, keyring 25 leaves its D-Bus connection open until the garbage
    collector comes; here it is closed.
    """

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
