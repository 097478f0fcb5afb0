"""The demo cloud for tests: one for the whole session, in this process, with a clock that can run ahead.

A plugin of ``tests/conftest.py`` (``pytest_plugins``). A test takes ``cloud``: the session's cloud as after
its start, whatever the tests before have done to it. The far clock is ``cloud_clock``.
"""

import itertools
import time
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.domain.settings import Endpoints

if TYPE_CHECKING:
    from ingenes_desktop.demo.servers import Cloud

_numbers = itertools.count(1)


@dataclass(slots=True)
class RunningClock:
    """The present plus what a test has added, in seconds since 1970."""

    ahead: float = 0.0

    def __call__(self) -> float:
        """The time."""
        return time.time() + self.ahead

    def advance(self, seconds: float) -> None:
        """Let that much time pass."""
        self.ahead += seconds


@pytest.fixture(scope="session")
def session_clock() -> RunningClock:
    """The clock of the session's cloud, wherever the tests before have left it."""
    return RunningClock()


@pytest.fixture(scope="session")
def session_cloud(session_clock: RunningClock) -> Iterator["Cloud"]:
    """The session's cloud, as the tests before have left it."""
    from ingenes_desktop.demo.servers import Cloud  # noqa: PLC0415  moto takes 1.5 s, most runs do without

    server = Cloud(clock=session_clock)
    server.start()
    yield server
    server.stop()


@pytest.fixture
def cloud_clock(session_clock: RunningClock) -> RunningClock:
    """The cloud's clock, at the present."""
    session_clock.ahead = 0.0
    return session_clock


@pytest.fixture
def cloud(session_cloud: "Cloud", cloud_clock: RunningClock) -> "Cloud":  # noqa: ARG001  sets the clock
    """The session's cloud, as after its start."""
    session_cloud.reset()
    return session_cloud


@pytest.fixture
def plain_cloud(monkeypatch: pytest.MonkeyPatch) -> Iterator["Cloud"]:
    """A cloud that gives moto's answers, unjudged; moto checks the codes of authenticator apps."""
    from moto.cognitoidp import models  # noqa: PLC0415  likewise
    from moto.cognitoidp.utils import verify_totp  # noqa: PLC0415  likewise

    from ingenes_desktop.demo.servers import Cloud  # noqa: PLC0415  likewise

    monkeypatch.setenv("MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP", "true")
    # By itself moto takes the code of this very step: one that ends on the way would be a wrong code.
    monkeypatch.setattr(models, "verify_totp", partial(verify_totp, valid_window=1))
    server = Cloud(plain=True)
    server.start()
    yield server
    server.stop()


def endpoints(cloud: "Cloud") -> Endpoints:
    """The cloud's addresses as Settings take them."""
    return Endpoints(cloud.url, cloud.url, cloud.url)


def new_email(kind: str = "persona") -> str:
    """An address that no other test uses."""
    return f"{kind}{next(_numbers)}@clinica.example"
