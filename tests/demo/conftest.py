"""The FileMaker server with the demo's data, and a client signed in to it.

A file with other data has a fixture ``server`` of its own and names its database in ``DATABASE``.
"""

from collections.abc import Iterator

import pytest

from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, Clock, running, signed_in


@pytest.fixture
def clock() -> Clock:
    """Give a clock that a test moves."""
    return Clock()


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    """Give a server that runs with the demo's clinic."""
    with running() as running_server:
        yield running_server


@pytest.fixture
def client(request: pytest.FixtureRequest, server: FileMakerServer) -> Iterator[Client]:
    """Give a client that has a session on the file's database."""
    with signed_in(server, getattr(request.module, "DATABASE", "Clinica")) as signed_in_client:
        yield signed_in_client
