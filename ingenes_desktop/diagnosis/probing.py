"""Makes the probes of one configuration, with the same parts as the application's own far ends."""

from collections.abc import Callable
from dataclasses import dataclass

from ingenes_desktop.adapters.aws_session import AwsService, isolated_session
from ingenes_desktop.adapters.connection import Dialing
from ingenes_desktop.adapters.far_ends import SERVICES, build_services, proxy_rule
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
    limits, endpoints = settings.limits, settings.endpoints
    # As for the application: reading the system's certificates takes a while.
    one_trust = made_once(surroundings.trust)

    def dialing(*, refuse_local: bool) -> Dialing:
        return Dialing(surroundings.resolve, limits.name_lookup, limits.connect, refuse_local)

    def transport(*, refuse_local: bool) -> Transport:
        return Transport(
            dialing=dialing(refuse_local=refuse_local),
            read_seconds=limits.read,
            proxy_for=proxy_rule(settings.proxy, surroundings.find_system_proxy),
            trust=one_trust,
            user_agent=USER_AGENT,
        )

    def host_probe(url: str, through: Transport, *, refuse_local: bool) -> HostProbe:
        return HostProbe(
            url,
            transport=through,
            dialing=dialing(refuse_local=refuse_local),
            trust=one_trust,
        )

    guards_filemaker = not (endpoints.all_on_loopback or settings.filemaker.on_premises)
    to_aws, to_filemaker = transport(refuse_local=False), transport(refuse_local=guards_filemaker)
    clocks = {name: ServerClock(surroundings.wall_clock) for name in SERVICES}
    session = isolated_session()
    aws = {
        name: AwsService(
            name,
            session=session,
            region=settings.region,
            endpoint=settings.endpoint(name),
            transport=to_aws,
            clock=clocks[name],
        )
        for name in SERVICES
    }

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
