"""What the tests of the check ask for."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtWidgets import QApplication

from tests.diagnosis.checking import Computer, environment_of, of_scripted
from tests.scripted_cloud import ScriptedCloud, authority, far, issuer

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

__all__ = ["authority", "far", "issuer"]

NewComputer = Callable[..., Computer]


@pytest.fixture
def at_demo(qapp: QApplication, cloud: "Cloud", tmp_path: Path) -> NewComputer:  # noqa: ARG001  Qt's one application
    """Makes a computer that is pointed at the demo cloud, with changed variables."""
    return lambda **variables: Computer(tmp_path, environment_of(cloud.environment(), **variables))


@pytest.fixture
def at_far(qapp: QApplication, far: ScriptedCloud, tmp_path: Path) -> NewComputer:  # noqa: ARG001  likewise
    """Makes a computer whose names lead to the scripted cloud, over TLS."""
    return lambda **variables: of_scripted(far, tmp_path, **variables)
