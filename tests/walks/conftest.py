"""The window over the demo cloud, opened and closed for each test."""

from collections.abc import Callable, Iterator

import pytest
from pytestqt.qtbot import QtBot

from ingenes_desktop.adapters.settings import load_settings_of_this_machine
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.settings import Endpoints
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.i18n import Translation
from tests.cloud import RunningClock
from tests.walks.person import Person

Arrive = Callable[..., Person]


@pytest.fixture
def arrive(
    qtbot: QtBot, shared_background: Background, spanish: Translation, session_clock: RunningClock
) -> Iterator[Arrive]:
    """Somebody comes to a window over ``cloud``; ``url`` is where AWS is found, if not there directly."""
    people: list[Person] = []

    def come(
        cloud: Cloud,
        flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH,
        *,
        clock: RunningClock = session_clock,
        url: str = "",
    ) -> Person:
        settings = replace(load_settings_of_this_machine(cloud.environment()), auth_flow=flow)
        if url:
            settings = replace(settings, endpoints=Endpoints(url, url, url))
        person = Person(cloud, settings, clock, qtbot=qtbot, background=shared_background, spanish=spanish)
        people.append(person)
        return person

    yield come
    for person in people:
        person.go()
