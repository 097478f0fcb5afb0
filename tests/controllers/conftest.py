"""What the controllers' tests ask for."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.controllers.background import Background
from tests.controllers.desk import Desk

SetUp = Callable[..., Desk]


@pytest.fixture
def desk(qtbot: QtBot, shared_background: Background) -> Iterator[SetUp]:
    """Sets a desk up; what is open at the end is closed."""
    desks: list[Desk] = []

    def set_up(**how: Any) -> Desk:
        desks.append(Desk(qtbot, shared_background, **how))
        return desks[-1]

    yield set_up
    for each in desks:
        each.close()
        each.controller.deleteLater()
