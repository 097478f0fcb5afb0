"""The production adapter of the user pool, over a scripted cloud."""

import base64
import hashlib
import hmac
from collections.abc import Callable
from time import time

from ingenes_desktop.adapters.aws_session import AwsService, isolated_session
from ingenes_desktop.adapters.cognito import CognitoUserPool
from ingenes_desktop.adapters.connection import Dialing
from ingenes_desktop.adapters.server_clock import ServerClock
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.domain.secret import Secret
from tests.scripted_cloud import HOSTS, ScriptedCloud
from tests.tokens import CLIENT_ID, POOL_ID

CLIENT_SECRET = "canario-secreto-de-cliente"


def user_pool(
    far: ScriptedCloud,
    *,
    client_secret: str = "",
    auth_flow: AuthFlow = AuthFlow.USER_PASSWORD_AUTH,
    wall_clock: Callable[[], float] = time,
) -> CognitoUserPool:
    """The production adapter over ``far``."""
    transport = Transport(
        dialing=Dialing(far.resolve, 1.0, 1.0, refuse_local=False),
        read_seconds=1.0,
        proxy_for=lambda _url: None,
        trust=far.trust,
        user_agent="ingenes-desktop/test",
    )
    clock = ServerClock(wall_clock)
    service = AwsService(
        "cognito-idp",
        session=isolated_session(),
        region="us-east-1",
        endpoint=f"https://{HOSTS['cognito-idp']}",
        transport=transport,
        clock=clock,
    )
    return CognitoUserPool(
        service,
        client_id=CLIENT_ID,
        client_secret=Secret(client_secret) if client_secret else None,
        auth_flow=auth_flow,
        user_pool_id=POOL_ID,
        clock=clock,
    )


def secret_hash(username: str) -> str:
    """As AWS documents it, for CLIENT_SECRET."""
    digest = hmac.new(CLIENT_SECRET.encode(), (username + CLIENT_ID).encode(), hashlib.sha256).digest()
    return base64.b64encode(digest).decode()
