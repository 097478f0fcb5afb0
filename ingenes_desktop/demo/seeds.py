"""What the demo cloud holds when it starts: a pool, a client, a secret, and made-up people.

The people's FileMaker records are in the data file of the FileMaker server.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from moto.cognitoidentity.models import CognitoIdentityPool, cognitoidentity_backends
from moto.cognitoidp.models import (
    CognitoIdpUser,
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    UserStatus,
    cognitoidp_backends,
)
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.secretsmanager.models import secretsmanager_backends

REGION = "us-east-1"
SECRET_NAME = "Clinica/FileMaker/Credentials"  # noqa: S105  a name
PASSWORD = "Demo-Clinica-2026"  # noqa: S105  of made-up people, shown in the demo's own window
TEMPORARY_PASSWORD = "Temporal-2026!"  # noqa: S105  likewise
CUSTOM_ATTRIBUTES = ("firstName", "lastName", "storeName", "customerId", "locationStatus", "recordId")
READ_ATTRIBUTES = ("email", "email_verified", *(f"custom:{name}" for name in CUSTOM_ATTRIBUTES))


@dataclass(frozen=True, slots=True)
class Identifiers:
    """The ids that AWS would give. ``fixed`` ones keep what the application remembers between two demos."""

    pool: str
    client: str
    identity_pool: str
    secret_name: str

    @classmethod
    def fixed(cls) -> "Identifiers":
        """The demo's own, the same at every start."""
        return cls(
            pool=f"{REGION}_DemoClinica",
            client="democlinica000000000000000",
            identity_pool=f"{REGION}:{_uuid('identity pool')}",
            secret_name=SECRET_NAME,
        )

    @classmethod
    def random(cls) -> "Identifiers":
        """New ones, so that two clouds in one process do not meet."""
        unique = uuid4().hex
        return cls(f"{REGION}_{unique[:9]}", unique[:26], f"{REGION}:{uuid4()}", f"{SECRET_NAME}/{unique}")


@dataclass(frozen=True, slots=True)
class Account:
    """One person who can be tried. ``kind`` says what makes the account worth trying."""

    kind: str
    username: str
    password: str
    first_name: str
    last_name: str
    customer_id: str = "2"
    temporary: bool = False
    verified: bool = True

    @property
    def attributes(self) -> dict[str, str]:
        """The person's user pool attributes."""
        return {
            "email": self.username,
            "email_verified": "true" if self.verified else "false",
            "custom:firstName": self.first_name,
            "custom:lastName": self.last_name,
            "custom:storeName": "Clínica Ejemplo Centro",
            "custom:customerId": self.customer_id,
            "custom:locationStatus": "active",
            "custom:recordId": str(_uuid(self.username).int % 9000 + 1000),
        }


ACCOUNTS = (
    Account("administrator", "ana@clinica.example", PASSWORD, "Ana Lucía", "Ortega Prado"),
    Account("user", "luis@clinica.example", PASSWORD, "Luis Fernando", "Sabina Ríos"),
    Account(
        "first-sign-in", "nueva@clinica.example", TEMPORARY_PASSWORD, "Nadia", "Vela Cantú", temporary=True
    ),
    Account("no-record", "sinficha@clinica.example", PASSWORD, "Simón", "Campos Rey"),
    Account("other-company", "otra@clinica.example", PASSWORD, "Octavio", "Trejo Alba"),
    Account("look-alike", "maria@clinica.example", PASSWORD, "María Paz", "Quintero Luna"),
    Account("duplicate", "doble@clinica.example", PASSWORD, "Dolores", "Blanco Pineda"),
    Account("unverified-email", "noverificada@clinica.example", PASSWORD, "Nora", "Prieto", verified=False),
)


def create_pool(identifiers: Identifiers) -> CognitoIdpUserPool:
    """The user pool with its custom attributes, in moto."""
    backend = cognitoidp_backends[DEFAULT_ACCOUNT_ID][REGION]
    config = {
        "UsernameAttributes": ["email"],
        "UsernameConfiguration": {"CaseSensitive": False},
        "AutoVerifiedAttributes": ["email"],
        "AccountRecoverySetting": {"RecoveryMechanisms": [{"Priority": 1, "Name": "verified_email"}]},
    }
    pool = backend.create_user_pool("Clínica Ejemplo", config)
    del backend.user_pools[pool.id]
    pool.id = identifiers.pool
    backend.user_pools[pool.id] = pool
    pool.add_custom_attributes([{"Name": name, "AttributeDataType": "String"} for name in CUSTOM_ATTRIBUTES])
    return pool


def create_client(
    pool: CognitoIdpUserPool,
    *,
    client_id: str = "",
    secret: bool = False,
    config: Mapping[str, object] | None = None,
) -> CognitoIdpUserPoolClient:
    """A client application. ``config`` overrides the demo's choices in CreateUserPoolClient's own words."""
    extended: dict[str, object] = {
        "ClientName": "ingenes-desktop",
        "ExplicitAuthFlows": ["ALLOW_USER_PASSWORD_AUTH", "ALLOW_REFRESH_TOKEN_AUTH"],
        "PreventUserExistenceErrors": "ENABLED",
        "ReadAttributes": list(READ_ATTRIBUTES),
        "EnableTokenRevocation": True,
        **(config or {}),
    }
    client = CognitoIdpUserPoolClient(pool.id, secret, extended)
    client.id = client_id or client.id
    pool.clients[client.id] = client
    return client


def create_user(
    pool: CognitoIdpUserPool,
    email: str,
    password: str,
    *,
    attributes: Mapping[str, str] | None = None,
    status: UserStatus = UserStatus.CONFIRMED,
    enabled: bool = True,
) -> CognitoIdpUser:
    """A person whose ``sub`` follows from pool and address. ``attributes`` without a value are left out."""
    values = {"email": email, "email_verified": "true"} | dict(attributes or {})
    pairs = [{"Name": name, "Value": value} for name, value in values.items() if value]
    user = CognitoIdpUser(pool.id, None, password, status, pairs)
    user.id = user.username = str(uuid5(NAMESPACE_URL, f"{pool.id}/{email}"))
    user.update_attributes([{"Name": "sub", "Value": user.id}])
    user.enabled = enabled
    pool.users[user.username] = user
    return user


def create_identity_pool(identifiers: Identifiers, pool: CognitoIdpUserPool) -> CognitoIdentityPool:
    """The identity pool that takes this user pool's people and nobody else."""
    backend = cognitoidentity_backends[DEFAULT_ACCOUNT_ID][REGION]
    provider = f"cognito-idp.{REGION}.amazonaws.com/{pool.id}"
    identity_pool = CognitoIdentityPool(
        REGION,
        "Clinica Ejemplo",
        allow_unauthenticated_identities=False,
        cognito_identity_providers=[{"ProviderName": provider, "ClientId": identifiers.client}],
    )
    identity_pool.identity_pool_id = identifiers.identity_pool
    backend.identity_pools[identifiers.identity_pool] = identity_pool
    backend.pools_identities[identifiers.identity_pool] = {
        "IdentityPoolId": identifiers.identity_pool,
        "Identities": [],
    }
    return identity_pool


def put_secret(name: str, value: object) -> None:
    """Store the secret, as JSON unless it is a text; bytes become a SecretBinary."""
    backend = secretsmanager_backends[DEFAULT_ACCOUNT_ID][REGION]
    backend.secrets.pop(name)
    text = None if isinstance(value, bytes) else value if isinstance(value, str) else json.dumps(value)
    binary = base64.b64encode(value).decode() if isinstance(value, bytes) else None
    backend.create_secret(
        name=name,
        secret_string=text,
        secret_binary=binary,
        description=None,
        tags=[],
        kms_key_id=None,
        client_request_token=None,
        replica_regions=[],
        force_overwrite=False,
    )


def seed_accounts(pool: CognitoIdpUserPool, accounts: tuple[Account, ...] = ACCOUNTS) -> None:
    """All the demo's people."""
    for account in accounts:
        status = UserStatus.FORCE_CHANGE_PASSWORD if account.temporary else UserStatus.CONFIRMED
        create_user(pool, account.username, account.password, attributes=account.attributes, status=status)


def _uuid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"clinica.example/{name}")
