"""The demo cloud in one process: moto with Cognito's rules in front of it, and the FileMaker server."""

import json
import ssl
import time
from collections.abc import Callable, Mapping

from moto.cognitoidentity.models import cognitoidentity_backends
from moto.cognitoidp.models import CognitoIdpUserPoolClient, UserStatus, cognitoidp_backends
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.moto_server.werkzeug_app import DomainDispatcherApplication, create_backend_app
from moto.secretsmanager.models import secretsmanager_backends

from ingenes_desktop.demo import seeds
from ingenes_desktop.demo.aws_faults import AwsFaults, AwsJournal
from ingenes_desktop.demo.aws_front import AwsFront, ask_moto
from ingenes_desktop.demo.aws_request import AwsError, Call, JsonObject, Request, Rule
from ingenes_desktop.demo.cloud_faults import CloudFaults
from ingenes_desktop.demo.cognito_rules import CognitoRules
from ingenes_desktop.demo.control import AUTHENTICATOR_PATH, CONTROL_PATH, MAILBOX_PATH, Control
from ingenes_desktop.demo.filemaker.document import Document, demo_document
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from ingenes_desktop.demo.http_server import HttpServer
from ingenes_desktop.demo.identity_rules import CREDENTIALS_SECONDS, IdentityRules
from ingenes_desktop.demo.mailbox import Mailbox
from ingenes_desktop.demo.person import Person
from ingenes_desktop.demo.secret_rules import SecretRules
from ingenes_desktop.demo.token_issuer import TokenIssuer

FILEMAKER_ACCOUNT = "demo_api"
FILEMAKER_PASSWORD = "Demo-FileMaker-2026"  # noqa: S105  of a made-up server


class PortError(OSError):
    """A port could not be opened. ``server`` says whose, ``port`` is as it was asked for (0: any)."""

    def __init__(self, error: OSError, server: str, port: int) -> None:
        super().__init__(error.errno, error.strerror)
        self.server = server
        self.port = port


class Cloud:
    """Everything behind the window, on loopback, from ``start`` to ``stop``.

    Ports of 0 take free ones. ``database`` is the one of ``document`` that the secret names ("": the first).
    ``clock`` gives seconds since 1970 and decides every expiry, limit and lock. ``delay_seconds`` holds back
    every answer of every server. ``plain`` leaves moto's answers unjudged. ``auth_flow`` is the one that the
    application is told to use ("": none). ``ssl_context`` makes everything https. Everything may be called
    from any thread.
    """

    def __init__(
        self,
        *,
        identifiers: seeds.Identifiers | None = None,
        port: int = 0,
        filemaker_port: int = 0,
        document: Document | None = None,
        database: str = "",
        delay_seconds: float = 0.0,
        plain: bool = False,
        auth_flow: str = "",
        ssl_context: ssl.SSLContext | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.identifiers = identifiers or seeds.Identifiers.random()
        self._auth_flow = auth_flow
        self.faults = AwsFaults(delay_seconds=delay_seconds)
        self.journal = AwsJournal()
        self.mailbox = Mailbox()
        self.pool = seeds.create_pool(self.identifiers)
        self.client = seeds.create_client(self.pool, client_id=self.identifiers.client)
        seeds.create_identity_pool(self.identifiers, self.pool)
        seeds.seed_accounts(self.pool)
        self.tokens = TokenIssuer(self.pool, clock)
        self.identities = IdentityRules(
            identity_pool_id=self.identifiers.identity_pool,
            client_ids=lambda: self.pool.clients,
            tokens=self.tokens,
            public_key=self.pool.json_web_key.public_key,
            clock=clock,
        )
        self._moto = DomainDispatcherApplication(create_backend_app)
        self.rules = CognitoRules(self.pool, self.tokens, self.mailbox, clock)
        document = document or demo_document()
        self.databases = tuple(document.databases)
        self.database = database or self.databases[0]
        self._ports = {"the AWS services": port, "FileMaker": filemaker_port}
        self.filemaker = FileMakerServer(
            document,
            account=FILEMAKER_ACCOUNT,
            password=FILEMAKER_PASSWORD,
            port=filemaker_port,
            clock=clock,
            ssl_context=ssl_context,
        )
        self.filemaker.faults.delay_seconds = delay_seconds
        self.all_faults = CloudFaults(self.faults, self.filemaker.faults)
        front = AwsFront(
            self._rules(clock),
            self._moto,
            Control(
                mailbox=self.mailbox.listing,
                authenticator=self.rules.software_tokens.listing,
                faults=self.all_faults,
                reset=self.reset,
            ),
            faults=self.faults,
            journal=self.journal,
            plain=plain,
        )
        self._http = HttpServer(front.respond, port=port, clock=clock, ssl_context=ssl_context)

    def start(self) -> None:
        """Serve. On return every server answers, and moto's slow first calls are behind it.

        Raises PortError where a port cannot be opened; nothing runs then.
        """
        starts = (self._http.start, self.filemaker.start)
        for (server, port), begin in zip(self._ports.items(), starts, strict=True):
            try:
                begin()
            except OSError as error:
                self.stop()
                raise PortError(error, server, port) from None
        self.put_secret(self.default_secret)
        self._warm_up()

    def stop(self) -> None:
        """Close every port and forget the pool. Also right after a failed ``start``."""
        self.faults.let_go()
        self._http.stop()
        self.filemaker.stop()
        region = seeds.REGION
        cognitoidp_backends[DEFAULT_ACCOUNT_ID][region].user_pools.pop(self.pool.id, None)
        identities = cognitoidentity_backends[DEFAULT_ACCOUNT_ID][region]
        identities.identity_pools.pop(self.identifiers.identity_pool, None)
        identities.pools_identities.pop(self.identifiers.identity_pool, None)
        secretsmanager_backends[DEFAULT_ACCOUNT_ID][region].secrets.pop(self.identifiers.secret_name)

    def reset(self) -> None:
        """As after the start: the seed's people and records; no fault, lock, code or FileMaker session.

        Clients that were added stay.
        """
        self.all_faults.clear()
        self.journal.clear()
        self.mailbox.clear()
        self.rules.clear()
        self.tokens.altered_claims = {}
        self.identities.credentials_seconds = CREDENTIALS_SECONDS
        self.pool.users.clear()
        seeds.seed_accounts(self.pool)
        self.put_secret(self.default_secret)
        self.filemaker.reset()

    @property
    def url(self) -> str:
        """The address of all three AWS services."""
        return self._http.url

    @property
    def mailbox_url(self) -> str:
        """The address that lists the codes sent, as JSON."""
        return self.url + MAILBOX_PATH

    @property
    def authenticator_url(self) -> str:
        """The address that lists what everybody's authenticator app shows, as JSON."""
        return self.url + AUTHENTICATOR_PATH

    @property
    def control_url(self) -> str:
        """The address at which other programs switch the faults."""
        return self.url + CONTROL_PATH

    @property
    def default_secret(self) -> Mapping[str, str]:
        """The secret as it should be: the FileMaker server's address and account."""
        return {
            "baseUrl": self.filemaker.base_url(self.database),
            "username": FILEMAKER_ACCOUNT,
            "password": FILEMAKER_PASSWORD,
        }

    def environment(self, client: CognitoIdpUserPoolClient | None = None) -> dict[str, str]:
        """The variables that point the application here, with the demo's client or another one."""
        client = client or self.client
        variables = {
            "INGENES_AWS_REGION": seeds.REGION,
            "INGENES_COGNITO_USER_POOL_ID": self.pool.id,
            "INGENES_COGNITO_CLIENT_ID": client.id,
            "INGENES_COGNITO_IDENTITY_POOL_ID": self.identifiers.identity_pool,
            "INGENES_FILEMAKER_SECRET_NAME": self.identifiers.secret_name,
            "INGENES_ENDPOINT_COGNITO_IDP": self.url,
            "INGENES_ENDPOINT_COGNITO_IDENTITY": self.url,
            "INGENES_ENDPOINT_SECRETS_MANAGER": self.url,
        }
        if self._auth_flow:
            variables["INGENES_AUTH_FLOW"] = self._auth_flow
        if client.generate_secret:
            variables["INGENES_COGNITO_CLIENT_SECRET"] = client.secret
        return variables

    def description(self) -> dict[str, object]:
        """What the child process prints: where everything is, and who can be tried."""
        return {
            "environment": self.environment(),
            "filemaker": {
                "base_url": self.filemaker.base_url(self.database),
                "database": self.database,
                "username": FILEMAKER_ACCOUNT,
                "password": FILEMAKER_PASSWORD,
            },
            "accounts": [each.description for each in seeds.ACCOUNTS],
            "mailbox": self.mailbox_url,
            "authenticator": self.authenticator_url,
            "control": self.control_url,
            "databases": list(self.databases),
        }

    def add_user(
        self,
        email: str,
        password: str = seeds.PASSWORD,
        *,
        attributes: Mapping[str, str] | None = None,
        status: UserStatus = UserStatus.CONFIRMED,
        enabled: bool = True,
    ) -> Person:
        """One more person. An attribute given as "" is left out (but ``email_verified``, "true" then)."""
        return seeds.create_user(
            self.pool, email, password, attributes=attributes, status=status, enabled=enabled
        )

    def add_client(
        self, *, secret: bool = False, config: Mapping[str, object] | None = None
    ) -> CognitoIdpUserPoolClient:
        """One more client of the pool, e.g. with a secret, with rotation, or with other lifetimes.

        ``config`` speaks as CreateUserPoolClient does: RefreshTokenRotation, AccessTokenValidity, ...
        """
        return seeds.create_client(self.pool, secret=secret, config=config)

    def put_secret(self, value: object) -> None:
        """Another value of the secret: an object becomes JSON, a text stays, bytes are a SecretBinary."""
        seeds.put_secret(self.identifiers.secret_name, value)

    def _rules(self, clock: Callable[[], float]) -> dict[tuple[str, str], Rule]:
        secret = SecretRules(
            region=seeds.REGION,
            issued=self.identities.issued,
            read=lambda call: ask_moto(self._moto, call),
            clock=clock,
        )
        return {
            ("", "jwks"): self._public_document,
            ("", "openid-configuration"): self._public_document,
            ("cognito-identity", "GetId"): self.identities.get_id,
            ("cognito-identity", "GetCredentialsForIdentity"): self.identities.get_credentials_for_identity,
            ("secretsmanager", "GetSecretValue"): secret.get_secret_value,
            **self.rules.by_operation,
        }

    def _public_document(self, request: Request) -> JsonObject:
        """The key set or the configuration of the pool; moto would give them for any name."""
        pool = request.call.path.split("/")[1]
        if pool != self.pool.id:
            raise AwsError("ResourceNotFoundException", f"User pool {pool} does not exist.")
        document: JsonObject = json.loads(ask_moto(self._moto, request.call).body)
        return document

    def _warm_up(self) -> None:
        """moto builds the application of a service at its first call."""
        key_set = Call("GET", f"/{self.pool.id}/.well-known/jwks.json", "", {}, b"")
        scope = f"Credential=warm/20260101/{seeds.REGION}/secretsmanager/aws4_request"
        headers = {
            "x-amz-target": "secretsmanager.GetSecretValue",
            "authorization": f"AWS4-HMAC-SHA256 {scope}, SignedHeaders=host, Signature=0",
            "content-type": "application/x-amz-json-1.1",
        }
        ask_moto(self._moto, key_set)
        ask_moto(self._moto, Call("POST", "/", "", headers, b'{"SecretId": "none"}'))
