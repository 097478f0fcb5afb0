"""All far ends of one configuration, made on a worker thread (the imports alone take a while)."""

from collections.abc import Callable, Mapping
from functools import partial
from ssl import SSLContext

from ingenes_desktop.adapters.aws_session import AwsService, isolated_session
from ingenes_desktop.adapters.cognito import CognitoUserPool
from ingenes_desktop.adapters.connection import Dialing, Resolve, resolve_by_system
from ingenes_desktop.adapters.filemaker import FileMakerDataApi
from ingenes_desktop.adapters.filemaker_address import FileMakerAddressRules
from ingenes_desktop.adapters.id_token import CognitoIdTokenVerifier
from ingenes_desktop.adapters.identity_pool import CognitoIdentityPool
from ingenes_desktop.adapters.key_set import KeySet
from ingenes_desktop.adapters.secrets_manager import SecretsManager
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.transport import ProxyFor, Transport, made_once, system_trust
from ingenes_desktop.application.account import AccountSettings
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.confirmation import AccountConfirmation
from ingenes_desktop.application.password_reset import PasswordReset
from ingenes_desktop.application.ports import FarEnds
from ingenes_desktop.application.restore import Restore
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Clocks
from ingenes_desktop.application.sessions import Sessions
from ingenes_desktop.application.sign_in import SignIn
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings

SERVICES = ("cognito-idp", "cognito-identity", "secretsmanager")
"""The AWS services in use; whatever bundles botocore's data bundles these."""


def build_services(
    settings: Settings,
    *,
    find_system_proxy: ProxyFor,
    clock: Callable[[], float],
    wall_clock: Callable[[], float],
    user_agent: str,
    trust: Callable[[], SSLContext] = system_trust,
    resolve: Resolve = resolve_by_system,
) -> Services:
    """Make every adapter. ``clock`` is monotonic, ``wall_clock`` counts from 1970, both in seconds.

    ``trust`` and ``resolve`` are the network's edge: which certificates, which addresses.
    """
    # Made once, while the person types: reading the system's certificates takes a while.
    transport = partial(
        make_transport,
        settings,
        find_system_proxy=find_system_proxy,
        trust=made_once(trust),
        resolve=resolve,
        user_agent=user_agent,
    )
    aws_transport = transport(refuse_local=False)
    is_local_cloud = settings.endpoints.all_on_loopback
    server_clock = ServerClock(wall_clock)
    aws = make_aws_services(settings, aws_transport, dict.fromkeys(SERVICES, server_clock))
    keys = KeySet(
        aws_transport,
        url=f"{settings.endpoint('cognito-idp').rstrip('/')}/{settings.user_pool_id}/.well-known/jwks.json",
        clock=clock,
    )
    user_pool = CognitoUserPool(
        aws["cognito-idp"],
        client_id=settings.client_id,
        client_secret=settings.client_secret,
        auth_flow=settings.auth_flow,
        user_pool_id=settings.user_pool_id,
        clock=server_clock,
    )
    filemaker = FileMakerDataApi(
        transport(refuse_local=not (is_local_cloud or settings.filemaker.on_premises)), clock=clock
    )
    far_ends = FarEnds(
        user_pool=user_pool,
        id_token_verifier=CognitoIdTokenVerifier(
            keys, issuer=settings.issuer, client_id=settings.client_id, clock=server_clock
        ),
        identity_pool=CognitoIdentityPool(
            aws["cognito-identity"],
            identity_pool_id=settings.identity_pool_id,
            login_provider=settings.login_provider,
            clock=server_clock,
        ),
        secret_store=SecretsManager(
            aws["secretsmanager"],
            secret_name=settings.filemaker_secret_name,
            rules=FileMakerAddressRules(
                settings.filemaker.host_suffixes,
                settings.filemaker.ports,
                allow_loopback=is_local_cloud,
                on_premises=settings.filemaker.on_premises,
            ),
        ),
        filemaker=filemaker,
    )

    def warm_up(attempt: Attempt) -> None:
        try:
            keys.warm_up(attempt)
        except AuthError as error:
            record("warm_up_failed", code=error.code, detail=error.detail or None)
        for service in aws.values():
            service.open_connection(attempt)
        filemaker.open_connection(attempt)

    sessions = Sessions(
        far_ends,
        Clocks(clock, server_clock.now, wall_clock),
        settings.limits.filemaker_unused,
        settings.session.renew_before,
        confirms_devices=settings.machine is not MachineKind.KIOSK,
    )
    check = settings.company_check
    return Services(
        sign_in=SignIn(
            sessions, company_check=check, remembers_devices=settings.machine is MachineKind.PERSONAL
        ),
        restore=Restore(sessions, company_check=check, longest_seconds=settings.session.longest),
        password_reset=PasswordReset(user_pool),
        confirmation=AccountConfirmation(user_pool),
        account=AccountSettings(user_pool),
        far_ends=far_ends,
        warm_up=warm_up,
    )


def make_transport(
    settings: Settings,
    *,
    refuse_local: bool,
    find_system_proxy: ProxyFor,
    trust: Callable[[], SSLContext],
    resolve: Resolve,
    user_agent: str,
) -> Transport:
    """The one way to a host; ``refuse_local`` where a secret names it."""
    return Transport(
        dialing=make_dialing(settings, resolve, refuse_local=refuse_local),
        read_seconds=settings.limits.read,
        proxy_for=_proxy_rule(settings.proxy, find_system_proxy),
        trust=trust,
        user_agent=user_agent,
    )


def make_dialing(settings: Settings, resolve: Resolve, *, refuse_local: bool) -> Dialing:
    """How connections are opened, within the settings' limits."""
    return Dialing(resolve, settings.limits.name_lookup, settings.limits.connect, refuse_local)


def make_aws_services(
    settings: Settings, transport: Transport, clocks: Mapping[str, ServerClock]
) -> dict[str, AwsService]:
    """A client of each of SERVICES, with its clock of ``clocks``."""
    session = isolated_session()
    return {
        name: AwsService(
            name,
            session=session,
            region=settings.region,
            endpoint=settings.endpoint(name),
            transport=transport,
            clock=clocks[name],
        )
        for name in SERVICES
    }


def _proxy_rule(setting: str, find_system_proxy: ProxyFor) -> ProxyFor:
    """How the setting ``proxy`` finds the proxy of an address."""
    if setting == "system":
        return find_system_proxy
    return lambda _url: None if setting == "none" else setting
