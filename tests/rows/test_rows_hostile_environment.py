"""Row 56 of the fault matrix: the real program in an environment that somebody has prepared."""

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.adapters import test_contaminations as contaminations
from tests.adapters.test_contaminations import REPOSITORY, Environment, Trap
from tests.scripted_server import ScriptedServer, respond_json

Contaminate = Callable[[Trap], Environment]


def _keyring_of_somebody_else(trap: Trap) -> Environment:
    """Their class in our process, by the two ways that keyring offers."""
    folder = trap.write("backend/evil_keyring.py", f"open({str(trap.witness)!r}, 'w').close()\n").parent
    backend = f"[backend]\ndefault-keyring=evil_keyring.Evil\nkeyring-path={folder}\n"
    trap.write("config/python_keyring/keyringrc.cfg", backend)
    trap.write(".config/python_keyring/keyringrc.cfg", backend)
    return {
        "PYTHON_KEYRING_BACKEND": "evil_keyring.Evil",
        "KEYRING_PROPERTY_SCHEME": "evil",
        "KEYCHAIN_PATH": str(trap.home / "evil.keychain"),
        "PYTHONPATH": str(folder),
    }


def _talkative_python_and_qt(trap: Trap) -> Environment:
    plugins = trap.write("plugins/platforms/libqxcb.so", "not a library").parent.parent
    trap.write("plugins/generic/libevil.so", "not a library")
    return {
        "QT_PLUGIN_PATH": str(plugins),
        "QT_QPA_GENERIC_PLUGINS": "evil",
        "PYTHONASYNCIODEBUG": "1",
        "PYTHONFAULTHANDLER": "1",
        "PYTHONBREAKPOINT": "evil_keyring.Evil",
    }


CONTAMINATIONS = (*contaminations.CONTAMINATIONS, _keyring_of_somebody_else, _talkative_python_and_qt)


def _all_at_once(trap: Trap) -> Environment:
    environment: dict[str, str] = {}
    for contaminate in CONTAMINATIONS:
        environment |= contaminate(trap)
    return environment


if sys.platform == "linux":
    from ingenes_desktop.demo.servers import Cloud
    from tests.atspi.accessible import Role
    from tests.atspi.desktop import Desktop
    from tests.atspi.test_program_life import ANA, profile, sign_in, stored
    from tests.atspi.waiting import wait_until
    from tests.canary_channels import family
    from tests.secret_service import SecretService, secret_service

    @pytest.fixture(scope="module")
    def desktop() -> Iterator[Desktop]:
        """For the programs of this file."""
        with Desktop() as running:
            yield running

    @pytest.fixture
    def keyring() -> Iterator[SecretService]:
        """An empty keyring."""
        with secret_service() as service:
            yield service

    # That a stock client falls for these is in tests/adapters/test_contaminations.py.
    @pytest.mark.parametrize(
        "contaminate", [*CONTAMINATIONS, _all_at_once], ids=lambda each: each.__name__.strip("_")
    )
    def test_row_56_the_program_in_a_hostile_environment(
        contaminate: Contaminate, cloud: Cloud, desktop: Desktop, keyring: SecretService, tmp_path: Path
    ) -> None:
        """It signs in, remembers the name where it should, and nobody else hears a byte."""
        with ScriptedServer(respond_json({})) as evil:
            trap = Trap(tmp_path, evil)
            environment = {
                **contaminate(trap),
                **cloud.environment(),
                "INGENES_LANGUAGE": "es",
                "HOME": str(tmp_path),
                "XDG_CONFIG_HOME": str(tmp_path / "config"),
                "DBUS_SESSION_BUS_ADDRESS": keyring.environment["DBUS_SESSION_BUS_ADDRESS"],
                "AT_SPI_BUS_ADDRESS": desktop.accessibility_address,
            }
            with desktop.program([sys.executable, "-m", "ingenes_desktop"], environment) as program:
                program.root.find(Role.CHECK_BOX, "Recordarme").act("Toggle")
                sign_in(desktop, program)
                profile(program)
                wait_until(lambda: stored(keyring) == [ANA.encode()], "the name in the real keyring")
                assert list(family(program.process.pid)) == [program.process.pid], "a program was run"
                program.process.terminate()
                assert program.process.wait(5) == 0
                said = program.log.read_text("utf-8")
            assert evil.connections == 0
        assert not trap.key_log.exists(), "a file for the keys of TLS connections"
        assert not trap.witness.exists(), "a program or a class of somebody else's was run"
        assert "Traceback" not in said


LIBRARY_PATHS = """
import os, sys
if sys.argv[1] == "installed":
    sys.frozen = True
from ingenes_desktop.adapters.environment import scrub_environment
scrub_environment(os.environ)
from ingenes_desktop.ui.theme.theme import new_application
print(new_application([]).libraryPaths(), dict(os.environ))
"""


def test_row_56_an_installed_program_looks_for_plug_ins_in_its_own_folder_alone(tmp_path: Path) -> None:
    """From source these variables are a developer's tools; an installed build drops them."""
    (tmp_path / "evil").mkdir()
    hostile = {
        "QT_PLUGIN_PATH": str(tmp_path / "evil"),
        "QT_QPA_PLATFORM_PLUGIN_PATH": str(tmp_path / "evil"),
        "PYTHONINSPECT": "evil",
    }

    def told(how: str) -> str:
        child = subprocess.run(
            [sys.executable, "-c", LIBRARY_PATHS, how],
            env={
                "PATH": os.environ["PATH"],
                "QT_QPA_PLATFORM": "offscreen",
                "HOME": str(tmp_path),
                **hostile,
            },
            cwd=REPOSITORY,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        return child.stdout

    assert "evil" not in told("installed")
    assert told("from source").count("evil") >= 3
