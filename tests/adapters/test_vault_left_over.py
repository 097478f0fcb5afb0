"""A session that was kept on a personal machine which is none any more."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ingenes_desktop.adapters.token_vault import forget_vault, make_token_vault, vault_exists
from ingenes_desktop.adapters.vault_folder import vault_folder
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.value import replace
from tests.adapters.vaults import SETTINGS, record_of, refused
from tests.secret_service import needs_secret_service, secret_service

SHARED = replace(SETTINGS, machine=MachineKind.SHARED)
KIOSK = replace(SETTINGS, machine=MachineKind.KIOSK)
FORGETS = """
import os, sys
from ingenes_desktop.adapters.token_vault import forget_vault
from tests.adapters.test_vault_left_over import KIOSK
for name in [name for name in sys.modules if name.split(".")[0] in ("keyring", "secretstorage")]:
    del sys.modules[name]
forget_vault(KIOSK, "linux", with_key=False)
print(sorted({"keyring", "secretstorage"} & set(sys.modules)))
"""


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    return {"XDG_STATE_HOME": str(tmp_path)}


@needs_secret_service
def test_on_a_shared_machine_it_goes_with_its_key(monkeypatch: pytest.MonkeyPatch) -> None:
    with secret_service() as service:
        service.enter(monkeypatch)
        make_token_vault(SETTINGS, "linux").seal(record_of())
        assert len(service.items()) == 1
        assert vault_exists(SHARED, os.environ, "linux")
        forget_vault(SHARED, "linux", with_key=True)
        assert not vault_exists(SHARED, os.environ, "linux")
        assert service.items() == {}


@pytest.mark.skipif(sys.platform != "linux", reason="names its folder as Linux does")
def test_on_a_kiosk_the_file_goes_and_no_keyring_is_imported(environment: dict[str, str]) -> None:
    folder = vault_folder(KIOSK, environment, "linux")
    folder.path.mkdir(parents=True)
    folder.vault.write_bytes(b"sealed")
    folder.temporary(b"12345678").write_bytes(b"sealed, in part")
    done = subprocess.run(
        [sys.executable, "-c", FORGETS],
        env=os.environ | environment,
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        timeout=60,
        check=True,
    )
    assert done.stdout.strip() == "[]"
    assert list(folder.path.iterdir()) == []


def test_where_nothing_was_kept_nothing_is_touched(environment: dict[str, str], tmp_path: Path) -> None:
    for with_key in (False, True):
        forget_vault(KIOSK, "linux", with_key=with_key, environment=environment)
    assert list(tmp_path.iterdir()) == []


def test_a_file_that_stays_is_an_error(environment: dict[str, str]) -> None:
    vault = vault_folder(KIOSK, environment, "linux").vault
    vault.parent.mkdir(parents=True)
    vault.write_bytes(b"sealed")

    def held(_path: Path) -> None:
        raise PermissionError(13, "held")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "unlink", held)
        refused(
            ErrorCode.SESSION_NOT_KEPT,
            "FILE_LEFT",
            lambda: forget_vault(KIOSK, "linux", with_key=False, environment=environment),
        )
