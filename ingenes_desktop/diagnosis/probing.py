"""Makes the probes of one configuration, with the same parts as the application's own far ends."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from ingenes_desktop.adapters.far_ends import (
    SERVICES,
    build_services,
    make_aws_services,
    make_dialing,
    make_transport,
)
from ingenes_desktop.adapters.filemaker_probe import FileMakerProbe
from ingenes_desktop.adapters.host_probe import HostProbe
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.service_probes import ServiceProbes
from ingenes_desktop.adapters.transport import Transport, made_once
from ingenes_desktop.application.ports import FarEnds
from ingenes_desktop.diagnosis.surroundings import USER_AGENT, Surroundings
from ingenes_desktop.domain.models import FileMakerCredentials
from ingenes_desktop.domain.settings import Settings


@dataclass(frozen=True, slots=True)
class Probes:
    """Everything that looks at far ends. Worker threads only; slow to make (imports)."""

    services: ServiceProbes
    clocks: dict[str, ServerClock]
    """The far clock of each service, as its own answers date it."""
    host: Callable[[str], HostProbe]
    """The probe of one service's host."""
    filemaker_host: Callable[[str], HostProbe]
    """The probe of the host of a FileMaker address."""
    filemaker: Callable[[FileMakerCredentials], FileMakerProbe]
    far_ends: Callable[[], FarEnds]
    """The parts of the application's own chain."""


def make_probes(settings: Settings, surroundings: Surroundings) -> Probes:
    """Nothing is asked of anybody yet."""
    # As for the application: reading the system's certificates takes a while.
    one_trust = made_once(surroundings.trust)
    transport = partial(
        make_transport,
        settings,
        find_system_proxy=surroundings.find_system_proxy,
        trust=one_trust,
        resolve=surroundings.resolve,
        user_agent=USER_AGENT,
    )

    def host_probe(url: str, through: Transport, *, refuse_local: bool) -> HostProbe:
        return HostProbe(
            url,
            transport=through,
            dialing=make_dialing(settings, surroundings.resolve, refuse_local=refuse_local),
            trust=one_trust,
        )

    guards_filemaker = not (settings.endpoints.all_on_loopback or settings.filemaker.on_premises)
    to_aws, to_filemaker = transport(refuse_local=False), transport(refuse_local=guards_filemaker)
    clocks = {name: ServerClock(surroundings.wall_clock) for name in SERVICES}
    aws = make_aws_services(settings, to_aws, clocks)

    def far_ends() -> FarEnds:
        return build_services(
            settings,
            find_system_proxy=surroundings.find_system_proxy,
            clock=surroundings.clock,
            wall_clock=surroundings.wall_clock,
            user_agent=USER_AGENT,
            trust=surroundings.trust,
            resolve=surroundings.resolve,
        ).far_ends

    return Probes(
        services=ServiceProbes(settings, transport=to_aws, aws=aws, clock=clocks["cognito-idp"]),
        clocks=clocks,
        host=lambda service: host_probe(settings.endpoint(service), to_aws, refuse_local=False),
        filemaker_host=lambda url: host_probe(url, to_filemaker, refuse_local=guards_filemaker),
        filemaker=lambda account: FileMakerProbe(to_filemaker, account, clock=surroundings.clock),
        far_ends=far_ends,
    )
