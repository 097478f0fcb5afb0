"""The whole chain over scripted servers, as it should answer; any one answer can be replaced.

Four servers speak TLS under the names that production uses; ``resolve`` leads those names to this
machine, and nothing else anywhere. A plugin of ``tests/conftest.py``: a test takes ``far``.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from ssl import SSLContext
from threading import Lock
from time import monotonic, time
from typing import Any
from uuid import uuid4

import pytest

from ingenes_desktop.adapters.connection import Address
from ingenes_desktop.adapters.far_ends import build_services
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.services import Services
from ingenes_desktop.demo.aws_request import Call
from ingenes_desktop.demo.request_signature import is_signed_with, read_signature, signed_at
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import FileMakerRules, Settings
from ingenes_desktop.domain.value import replace
from tests.scripted_server import Behaviour, Request, ScriptedServer, Wire, refuse, respond_json
from tests.scripted_sign_ins import INVALID, SignIn, SignIns, TokenRefusedError
from tests.tls import Authority
from tests.tokens import CLIENT_ID, POOL_ID, TokenIssuer

FILEMAKER_HOST = "fm.clinica.example"
HOSTS = {
    "cognito-idp": "cognito-idp.us-east-1.amazonaws.com",
    "cognito-identity": "cognito-identity.us-east-1.amazonaws.com",
    "secretsmanager": "secretsmanager.us-east-1.amazonaws.com",
    "filemaker": FILEMAKER_HOST,
}
BASE_URL = f"https://{FILEMAKER_HOST}/fmi/data/v1/databases/Cl%C3%ADnica"
EMAIL = "ana@clinica.example"
PASSWORD = "Canario-Clave-7!"
FILEMAKER_PASSWORD = "canario-filemaker-ñandú"
SECRET_KEY = "canario-aws-secreto"
SESSION_TOKEN = "canario-aws-sesion"
AUTHENTICATOR_KEY = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
"""What AssociateSoftwareToken gives, in base32."""
CHALLENGE_SESSION = "canario-sesion-" + "s" * 40
IDENTITY_ID = "us-east-1:11111111-2222-3333-4444-555555555555"
SIGNATURE_WINDOW_SECONDS = 300.0
SCALED = Limits(
    connect=0.4,
    read=1.0,
    name_lookup=0.5,
    step=1.5,
    attempt=4.5,
    tidy_up=4.0,
    keyring_at_start=1.0,
    keyring_on_save=2.0,
)
"""The limits of production, times 0.1 to 0.3, so that a case of a far end that hangs ends soon."""

# Where each operation is answered, in the order of the chain.
SERVICE_OF = {
    "InitiateAuth": "cognito-idp",
    "JWKS": "cognito-idp",
    "GetId": "cognito-identity",
    "GetCredentialsForIdentity": "cognito-identity",
    "GetSecretValue": "secretsmanager",
    "Login": "filemaker",
    "Find": "filemaker",
}
CHAIN = tuple(SERVICE_OF)


@dataclass(slots=True)
class _Script:
    behaviour: Behaviour
    times: int | None


class ScriptedCloud:
    """Cognito, the identity pool, Secrets Manager and FileMaker, as far as one sign-in sees them."""

    def __init__(self, authority: Authority, issuer: TokenIssuer) -> None:
        self.authority = authority
        self.issuer = issuer
        self.clock: Callable[[], float] = time
        self.rewrite: Callable[[bytes], bytes] = bytes
        """Applied to what AWS answers rightly, on its way out."""
        self.claims: dict[str, object] = {}
        """Changes to the claims of the ID tokens."""
        self.secret: dict[str, object] = {
            "baseUrl": BASE_URL,
            "username": "webapp",
            "password": FILEMAKER_PASSWORD,
        }
        self.record: dict[str, object] = {
            "idUsuario": 41,
            "nombreCompleto": "Ana Lucía Ortega Prado",
            "Email": EMAIL,
            "idEmpresa": 2,
            "tipo": "Administrador",
            "usuario": "aortega",
            "celular": "+52 55 5555 0142",
            "fechaRegistro": "03/09/2021",
        }
        self.late: dict[str, float] = {}
        """Seconds by which AWS' right answers come late, by operation."""
        self.names_asked: list[str] = []
        self.written_logins: list[str] = []
        self.login_table = "Usuarios"
        self.last_login: object = ""
        """LastLoginTime as it stands in the record; what is written does not change it."""
        self.login_field_type = "timeStamp"
        self.factors: list[str] = []
        """The second factors that are on, by Cognito's names."""
        self._lock = Lock()
        self._scripts: dict[str, _Script] = {}
        self._seen: list[tuple[str, Request]] = []
        self._ports: dict[str, int | None] = {}
        self._filemaker_tokens: set[str] = set()
        self._filemaker_opened = 0
        self.sign_ins = SignIns(lambda: self.clock())  # noqa: PLW0108  a test may replace the clock
        self.issued_secrets: list[str] = []
        """Every token that was handed out: none may be found in a log."""
        self.servers = {
            service: ScriptedServer(
                self._aws if service != "filemaker" else self._filemaker, tls=authority.valid(host)
            )
            for service, host in HOSTS.items()
        }

    # -- what a test says

    def script(self, operation: str, behaviour: Behaviour, *, times: int | None = None) -> None:
        """Answer ``operation`` with ``behaviour``, so many times or until :meth:`mend`."""
        with self._lock:
            self._scripts[operation] = _Script(behaviour, times)

    def mend(self) -> None:
        """Everything answers as it should again."""
        with self._lock:
            self._scripts.clear()
            self._ports.clear()
        for service, server in self.servers.items():
            server.at_connect = None
            server.tls = self.authority.valid(HOSTS[service])

    def lead(self, service: str, port: int | None) -> None:
        """Let the name of ``service`` lead to another port of this machine; None: there is no such name."""
        self._ports[HOSTS[service]] = port

    def stop(self) -> None:
        """End the servers."""
        for server in self.servers.values():
            server.stop()

    # -- what a test asks

    def requests(self, operation: str) -> list[Request]:
        """The requests for ``operation`` so far."""
        with self._lock:
            return [request for name, request in self._seen if name == operation]

    def forget(self) -> None:
        """Count the requests anew."""
        with self._lock:
            self._seen.clear()

    def operations(self) -> list[str]:
        """Every operation that was asked for, in order."""
        with self._lock:
            return [name for name, _ in self._seen]

    @property
    def open_sessions(self) -> int:
        """FileMaker sessions open at this moment."""
        with self._lock:
            return len(self._filemaker_tokens)

    @property
    def sessions_opened(self) -> int:
        """FileMaker sessions opened so far."""
        with self._lock:
            return self._filemaker_opened

    @property
    def live_sign_ins(self) -> int:
        """Refresh tokens that were issued and not revoked."""
        return self.sign_ins.live

    def forget_sign_ins(self) -> None:
        """Count the refresh tokens anew."""
        self.sign_ins.forget()

    def end_filemaker_sessions(self) -> None:
        """FileMaker forgets every session (its idle limit, a restart)."""
        with self._lock:
            self._filemaker_tokens.clear()

    def canaries(self) -> list[str]:
        """Texts that may stand in no log, no exception and no view."""
        with self._lock:
            lasting = [PASSWORD, FILEMAKER_PASSWORD, SECRET_KEY, SESSION_TOKEN, CHALLENGE_SESSION]
            return [*lasting, *self.issued_secrets]

    # -- the network's edge, as build_services takes it

    def resolve(self, host: str, port: int) -> list[Address]:
        """The address of a name of the list; any other name is nobody's."""
        self.names_asked.append(host)
        if host not in HOSTS.values() or port != 443:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        services = {name: service for service, name in HOSTS.items()}
        target = self._ports.get(host, self.servers[services[host]].port)
        if target is None:
            raise socket.gaierror(socket.EAI_NONAME, "unknown")
        return [(socket.AF_INET, ("127.0.0.1", target))]

    def trust(self) -> SSLContext:
        """The certificates."""
        return self.authority.trust()

    def settings(self, **changes: Any) -> Settings:
        """Settings for this cloud; nothing real in them."""
        settings = Settings(
            region="us-east-1",
            user_pool_id=POOL_ID,
            client_id=CLIENT_ID,
            client_secret=None,
            identity_pool_id="us-east-1:aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee",
            filemaker_secret_name="Clinica/FileMaker",
            filemaker=FileMakerRules(on_premises=True),
            proxy="none",
            limits=SCALED,
        )
        return replace(settings, **changes)

    def services(
        self,
        settings: Settings | None = None,
        *,
        wall_clock: Callable[[], float] = time,
        clock: Callable[[], float] = monotonic,
        resolve: Callable[[str, int], list[Address]] | None = None,
    ) -> Services:
        """The production services against this cloud."""
        return build_services(
            settings or self.settings(),
            find_system_proxy=lambda _url: None,
            clock=clock,
            wall_clock=wall_clock,
            user_agent="ingenes-desktop/test",
            trust=self.trust,
            resolve=resolve or self.resolve,
        )

    # -- the right answers

    def _scripted(self, operation: str, request: Request) -> Behaviour | None:
        with self._lock:
            self._seen.append((operation, request))
            script = self._scripts.get(operation)
            if script is None:
                return None
            if script.times is not None:
                script.times -= 1
                if script.times == 0:
                    del self._scripts[operation]
            return script.behaviour

    def _aws(self, wire: Wire, request: Request) -> None:
        operation = request.operation or ("JWKS" if request.path.endswith("/jwks.json") else request.path)
        scripted = self._scripted(operation, request)
        if scripted is not None:
            scripted(wire, request)
            return
        answer = self._right_answers().get(operation)
        wire.wait(self.late.get(operation, 0.0))
        wire.rewrite = self.rewrite
        behave = refuse("UnknownOperationException", status=404) if answer is None else answer(request)
        behave(wire, request)

    def _right_answers(self) -> dict[str, Callable[[Request], Behaviour]]:
        sent = {"Destination": "a***@c***", "DeliveryMedium": "EMAIL", "AttributeName": "email"}
        return {
            "JWKS": lambda _request: respond_json(
                {"keys": [self.issuer.jwk()]}, content_type="application/json"
            ),
            "InitiateAuth": self.initiate_auth,
            "RespondToAuthChallenge": lambda _request: self.tokens(),
            "GetUser": lambda _request: self._get_user(),
            "GetTokensFromRefreshToken": lambda request: self.refreshed(request.json["RefreshToken"]),
            "RevokeToken": self._revoke_token,
            "GlobalSignOut": self._global_sign_out,
            "ForgotPassword": lambda _request: respond_json({"CodeDeliveryDetails": sent}),
            "ConfirmForgotPassword": lambda _request: respond_json({}),
            "ResendConfirmationCode": lambda _request: respond_json({"CodeDeliveryDetails": sent}),
            "ConfirmSignUp": lambda _request: respond_json({}),
            "ChangePassword": lambda _request: respond_json({}),
            "AssociateSoftwareToken": self._associate_software_token,
            "VerifySoftwareToken": self._verify_software_token,
            "SetUserMFAPreference": self._set_user_mfa_preference,
            "ConfirmDevice": lambda _request: respond_json({"UserConfirmationNecessary": False}),
            "GetId": lambda _request: respond_json({"IdentityId": IDENTITY_ID}),
            "GetCredentialsForIdentity": lambda _request: self.credentials(),
            "GetSecretValue": self._get_secret_value,
        }

    def initiate_auth(self, request: Request) -> Behaviour:
        """Tokens for the right password."""
        if request.json["AuthFlow"] == "REFRESH_TOKEN_AUTH":
            if self.sign_ins.grace_seconds is not None:
                return refuse(*INVALID)
            return self.refreshed(request.json["AuthParameters"]["REFRESH_TOKEN"])
        if request.json["AuthParameters"].get("PASSWORD") != PASSWORD:
            return refuse("NotAuthorizedException", "Incorrect username or password.")
        return self.tokens()

    def refreshed(self, refresh_token: str, **changes: object) -> Behaviour:
        """What a refresh gives, or its refusal."""
        try:
            sign_in, successor = self.sign_ins.refresh(refresh_token)
        except TokenRefusedError as error:
            return refuse(*error.args)
        return self._tokens_of(sign_in, successor, None, changes)

    def tokens(self, *, id_token: str | None = None, **changes: object) -> Behaviour:
        """An AuthenticationResult; a change to None takes a member away."""
        sign_in, refresh_token = self.sign_ins.begin()
        return self._tokens_of(sign_in, refresh_token, id_token, changes)

    def _tokens_of(
        self, sign_in: SignIn, refresh_token: str | None, id_token: str | None, changes: dict[str, object]
    ) -> Behaviour:
        if id_token is None:
            known = {"auth_time": sign_in.auth_time, "origin_jti": sign_in.origin_jti}
            id_token = self.issuer.sign(self.issuer.claims(self.clock(), **{**known, **self.claims}))
        access_token = f"canario-acceso-{uuid4().hex}.{sign_in.origin_jti}"
        with self._lock:
            self.issued_secrets += [id_token, access_token, *([refresh_token] if refresh_token else [])]
        result: dict[str, object] = {
            "AccessToken": access_token,
            "IdToken": id_token,
            "RefreshToken": refresh_token,
            "ExpiresIn": 3600,
            "TokenType": "Bearer",
        }
        result.update(changes)
        kept = {name: value for name, value in result.items() if value is not None}
        return respond_json({"AuthenticationResult": kept, "ChallengeParameters": {}})

    def credentials(self, **changes: object) -> Behaviour:
        """Temporary credentials for an hour; a change to None takes a member away."""
        credentials: dict[str, object] = {
            "AccessKeyId": "ASIAEXAMPLE",
            "SecretKey": SECRET_KEY,
            "SessionToken": SESSION_TOKEN,
            "Expiration": self.clock() + 3600,
        }
        credentials.update(changes)
        kept = {name: value for name, value in credentials.items() if value is not None}
        return respond_json({"IdentityId": IDENTITY_ID, "Credentials": kept})

    def secret_of(self, **changes: object) -> Behaviour:
        """GetSecretValue with members changed; None takes one away."""
        fields = {name: value for name, value in {**self.secret, **changes}.items() if value is not None}
        return respond_json({"Name": "Clinica/FileMaker", "SecretString": json.dumps(fields)})

    def _get_secret_value(self, request: Request) -> Behaviour:
        call = Call(request.method, request.path, "", request.headers, request.body)
        signature, moment = read_signature(call), signed_at(call)
        if signature is None or moment is None:
            return refuse("MissingAuthenticationTokenException", "Missing Authentication Token")
        if abs(moment - self.clock()) > SIGNATURE_WINDOW_SECONDS:
            return refuse("InvalidSignatureException", "Signature expired")
        if not is_signed_with(call, signature, SECRET_KEY):
            return refuse("InvalidSignatureException", "The request signature does not match")
        return self.secret_of()

    def _get_user(self) -> Behaviour:
        return respond_json(
            {
                "Username": "x",
                "UserAttributes": [{"Name": "email", "Value": EMAIL}],
                "UserMFASettingList": self.factors,
            }
        )

    def _associate_software_token(self, request: Request) -> Behaviour:
        # The Session is a challenge's; whoever holds an access token gets none.
        session = {"Session": CHALLENGE_SESSION} if "Session" in request.json else {}
        return respond_json({"SecretCode": AUTHENTICATOR_KEY, **session})

    def _verify_software_token(self, request: Request) -> Behaviour:
        session = {"Session": CHALLENGE_SESSION} if "Session" in request.json else {}
        return respond_json({"Status": "SUCCESS", **session})

    def _set_user_mfa_preference(self, request: Request) -> Behaviour:
        is_on = request.json["SoftwareTokenMfaSettings"]["Enabled"]
        self.factors = ["SOFTWARE_TOKEN_MFA"] if is_on else []
        return respond_json({})

    def _revoke_token(self, request: Request) -> Behaviour:
        self.sign_ins.revoke(request.json["Token"])
        return respond_json({})

    def _global_sign_out(self, request: Request) -> Behaviour:
        self.sign_ins.sign_out(request.json["AccessToken"].partition(".")[2])
        return respond_json({})

    # -- FileMaker

    def _filemaker(self, wire: Wire, request: Request) -> None:
        operation = filemaker_operation(request)
        scripted = self._scripted(operation, request)
        if operation == "Logout":
            with self._lock:
                self._filemaker_tokens.discard(request.path.rpartition("/")[2])
        if scripted is not None:
            scripted(wire, request)
        elif operation == "Login":
            self.login()(wire, request)
        elif operation == "Logout":
            filemaker_answer({})(wire, request)
        elif not self._has_session(request):
            filemaker_refusal(952, status=401)(wire, request)
        else:
            self._filemaker_data(operation, request)(wire, request)

    def _has_session(self, request: Request) -> bool:
        with self._lock:
            return request.headers.get("authorization", "").removeprefix("Bearer ") in self._filemaker_tokens

    def open_session(self) -> str:
        """A new FileMaker session's token."""
        token = f"canario0{uuid4().hex}"
        with self._lock:
            self._filemaker_tokens.add(token)
            self._filemaker_opened += 1
            self.issued_secrets.append(token)
        return token

    def login(self, *, in_header: bool = True, body: Behaviour | None = None) -> Behaviour:
        """Open a session; with ``body`` something else is said of it."""

        def behave(wire: Wire, request: Request) -> None:
            token = self.open_session()
            if body is not None:
                body(wire, request)
                return
            headers = {"X-FM-Data-Access-Token": token} if in_header else {}
            filemaker_answer({"token": token}, headers=headers)(wire, request)

        return behave

    def found(self, *records: Mapping[str, object], found_count: object = None) -> Behaviour:
        """A find's answer with those records' fields."""
        data = [
            {"fieldData": dict(fields), "portalData": {}, "recordId": str(number), "modId": "0"}
            for number, fields in enumerate(records, start=7)
        ]
        info = {
            "database": "Clínica",
            "layout": "@Usuarios",
            "table": "Usuarios",
            "totalRecordCount": 100,
            "foundCount": len(data) if found_count is None else found_count,
            "returnedCount": len(data),
        }
        return filemaker_answer({"dataInfo": info, "data": data})

    def _filemaker_data(self, operation: str, request: Request) -> Behaviour:
        match operation:
            case "Find":
                return self.found(self.record)
            case "Record":
                record = {"fieldData": {"LastLoginTime": self.last_login}, "recordId": "7", "modId": "1"}
                return filemaker_answer({"dataInfo": {"table": self.login_table}, "data": [record]})
            case "Layout":
                field = {"name": "LastLoginTime", "type": "normal", "result": self.login_field_type}
                return filemaker_answer({"fieldMetaData": [field], "portalMetaData": {}})
            case "Edit":
                self.written_logins.append(request.json["fieldData"]["LastLoginTime"])
                return filemaker_answer({"modId": "2"})
            case _:
                return filemaker_refusal(1704, status=405)


def challenge(name: object, session: str = CHALLENGE_SESSION, **parameters: object) -> Behaviour:
    """What Cognito answers where something comes before the tokens."""
    return respond_json({"ChallengeName": name, "Session": session, "ChallengeParameters": parameters})


def filemaker_operation(request: Request) -> str:
    """A name for what was asked of FileMaker."""
    path = request.path.removeprefix("/fmi/data/v1/databases/").partition("/")[2]
    if path == "sessions":
        return "Login"
    if path.startswith("sessions/"):
        return "Logout"
    if path.endswith("/_find"):
        return "Find"
    if "/records/" in path:
        return "Record" if request.method == "GET" else "Edit"
    return "Layout"


def filemaker_answer(
    response: Mapping[str, object], *, status: int = 200, headers: Mapping[str, str] | None = None
) -> Behaviour:
    """A success of the Data API."""
    body = {"response": response, "messages": [{"code": "0", "message": "OK"}]}
    return respond_json(body, status, content_type="application/json; charset=utf-8", headers=headers)


def filemaker_refusal(code: int | str, *, status: int = 500) -> Behaviour:
    """A refusal with FileMaker's own code."""
    body = {"response": {}, "messages": [{"code": str(code), "message": "canario-mensaje"}]}
    return respond_json(body, status, content_type="application/json; charset=utf-8")


def new_attempt(
    step_seconds: float = SCALED.step, total_seconds: float = SCALED.attempt, **extra: Any
) -> Attempt:
    """An attempt within the scaled limits."""
    return Attempt(clock=monotonic, step_seconds=step_seconds, total_seconds=total_seconds, **extra)


def password() -> Secret:
    """Ana's password."""
    return Secret(PASSWORD)


@pytest.fixture(scope="session")
def authority() -> Authority:
    """The certificates of this run."""
    return Authority()


@pytest.fixture(scope="session")
def issuer() -> TokenIssuer:
    """The user pool's signing key of this run."""
    return TokenIssuer()


@pytest.fixture
def far(authority: Authority, issuer: TokenIssuer) -> Iterator[ScriptedCloud]:
    """A scripted cloud that answers as it should."""
    cloud = ScriptedCloud(authority, issuer)
    yield cloud
    cloud.stop()
