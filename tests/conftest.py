"""What every test can ask for."""

import logging
import os
import sys
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.adapters.log_lines import LIBRARIES
from ingenes_desktop.domain.event_log import LOGGER_NAME
from ingenes_desktop.ui.lasting_singletons import keep_singletons

if TYPE_CHECKING:
    from PySide6.QtWidgets import QApplication

    from ingenes_desktop.controllers.background import Background
    from tests.secret_service import SecretService

# Their asserts are told in full, whichever folder asks for them first.
pytest.register_assert_rewrite("tests.rows.cases", "tests.window")

# As the window does after its first paint: every emit and every paint costs references.
keep_singletons()

if sys.platform == "linux":
    # Widgets are tested without a screen; what needs a real one starts a server of its own.
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")

pytest_plugins = ("tests.cloud", "tests.looks")


def pytest_configure(config: pytest.Config) -> None:
    """A run-time folder of this run's own: a second start would raise a window of another run's."""
    folder = TemporaryDirectory(prefix="run-")
    os.environ["XDG_RUNTIME_DIR"] = folder.name
    config.add_cleanup(folder.cleanup)


@pytest.fixture(autouse=True)
def restored_loggers() -> Iterator[None]:
    """Python's loggers are global, and a log that is begun changes them: give them back as they were."""
    loggers = [logging.getLogger(name) for name in (LOGGER_NAME, *LIBRARIES)]
    before = [(logger, logger.handlers[:], logger.level, logger.propagate) for logger in loggers]
    yield
    for logger, handlers, level, propagate in before:
        logger.handlers[:] = handlers
        logger.setLevel(level)
        logger.propagate = propagate


@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SecretService]":
    """A Secret Service, unlocked, that this process and its children see as their own."""
    from tests.secret_service import secret_service  # noqa: PLC0415  of Linux desktops alone

    with secret_service() as started:
        started.enter(monkeypatch)
        yield started


@pytest.fixture
def bare_bus(monkeypatch: pytest.MonkeyPatch) -> "Iterator[SecretService]":
    """A session without a Secret Service."""
    from tests.secret_service import private_bus  # noqa: PLC0415  likewise

    with private_bus() as started:
        started.enter(monkeypatch)
        yield started


@pytest.fixture(scope="session")
def shared_background(qapp: "QApplication") -> "Iterator[Background]":
    """One for all tests, here and nowhere else: closing it ends the application's event loop."""
    from ingenes_desktop.controllers.background import Background  # noqa: PLC0415  most tests do without

    background = Background(qapp)
    yield background
    background.close()
