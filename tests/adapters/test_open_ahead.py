"""Connections opened ahead of the next sign-in: to AWS from the start, to FileMaker once it is known."""

import time
from collections.abc import Iterator

import pytest

from ingenes_desktop.adapters.connection import Dialing, resolve_by_system
from ingenes_desktop.adapters.filemaker import FileMakerDataApi
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.demo.filemaker.document import demo_document
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from ingenes_desktop.domain.models import FileMakerCredentials
from ingenes_desktop.domain.secret import Secret


@pytest.fixture
def server() -> Iterator[FileMakerServer]:
    with FileMakerServer(demo_document(), account="api", password="made-up") as running:
        yield running


def new_attempt() -> Attempt:
    return Attempt(clock=time.monotonic, step_seconds=10, total_seconds=10)


def test_the_next_session_finds_its_connection_open(server: FileMakerServer) -> None:
    transport = Transport(
        dialing=Dialing(resolve_by_system, 2.0, 2.0, refuse_local=False),
        read_seconds=5.0,
        proxy_for=lambda _url: None,
        user_agent="test",
    )
    api = FileMakerDataApi(transport, clock=time.monotonic)
    credentials = FileMakerCredentials(server.base_url("Clinica"), Secret("api"), Secret("made-up"))
    try:
        api.open_connection(new_attempt())
        assert server.journal.connections == 0  # nobody knows yet which server it will be
        session = api.new_session(credentials)
        session.open(new_attempt())
        session.close(new_attempt())
        transport.close()
        api.open_connection(new_attempt())
        assert server.journal.wait_until(lambda journal: journal.connections == 2, 5)
        session = api.new_session(credentials)
        session.open(new_attempt())
        session.close(new_attempt())
        assert server.journal.connections == 2
    finally:
        transport.close()
