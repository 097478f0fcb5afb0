"""What the composition root decides by itself."""

import pytest

from ingenes_desktop.adapters.credential_store import KeyringUsernameStore
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.wiring import token_vault, username_store


def settings_of(machine: MachineKind) -> Settings:
    """Settings of nobody."""
    return Settings(
        region="us-east-1",
        user_pool_id="us-east-1_x",
        client_id="x",
        client_secret=None,
        identity_pool_id="us-east-1:x",
        filemaker_secret_name="x",
        machine=machine,
    )


@pytest.mark.parametrize("machine", MachineKind)
def test_a_kiosk_has_no_keyring(machine: MachineKind) -> None:
    store = username_store(settings_of(machine))
    if machine is MachineKind.KIOSK:
        assert store is None
    else:
        assert isinstance(store, KeyringUsernameStore)


@pytest.mark.parametrize("machine", MachineKind)
def test_only_ones_own_desk_has_a_vault(machine: MachineKind) -> None:
    assert (token_vault(settings_of(machine)) is not None) == (machine is MachineKind.PERSONAL)
