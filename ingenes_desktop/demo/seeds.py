"""What the demo cloud holds when it starts: a pool, a client, a secret, and made-up people.

The people are those of the module accounts.
"""

import base64
import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import NAMESPACE_URL, UUID, uuid4, uuid5

from moto.cognitoidentity.models import CognitoIdentityPool, cognitoidentity_backends
from moto.cognitoidp.models import (
    CognitoIdpUserPool,
    CognitoIdpUserPoolClient,
    UserStatus,
    cognitoidp_backends,
)
from moto.core.models import DEFAULT_ACCOUNT_ID
from moto.secretsmanager.models import secretsmanager_backends

from ingenes_desktop.demo.accounts import ACCOUNTS, PASSWORD, TEMPORARY_PASSWORD, Account
from ingenes_desktop.demo.person import Factors, Person

__all__ = [
    "ACCOUNTS",
    "PASSWORD",
    "REGION",
    "SECRET_NAME",
    "TEMPORARY_PASSWORD",
    "Account",
    "Identifiers",
    "create_client",
    "create_identity_pool",
    "create_pool",
    "create_user",
    "put_secret",
    "seed_accounts",
]

REGION = "us-east-1"
SECRET_NAME = "Clinica/FileMaker/Credentials"  # noqa: S105  a name
FLOWS = ("USER_PASSWORD_AUTH", "USER_SRP_AUTH", "USER_AUTH", "CUSTOM_AUTH")
EARLIER_PASSWORDS = 3
"""How many of a person's newest passwords cannot be chosen again."""
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
    policy = pool.extended_config["Policies"]["PasswordPolicy"]  # shared by all of moto's pools
    pool.extended_config["Policies"] = {"PasswordPolicy": policy | {"PasswordHistorySize": EARLIER_PASSWORDS}}
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
        "ExplicitAuthFlows": [f"ALLOW_{flow}" for flow in (*FLOWS, "REFRESH_TOKEN_AUTH")],
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
) -> Person:
    """A person whose ``sub`` follows from pool and address. ``attributes`` without a value are left out."""
    values = {"email": email, "email_verified": "true"} | dict(attributes or {})
    person = Person(pool.id, email, password, status, values)
    person.enabled = enabled
    pool.users[person.username] = person
    return person


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
        person = create_user(
            pool,
            account.username,
            account.password,
            attributes=account.attributes,
            status=account.status,
            enabled=account.enabled,
        )
        person.traits = account.traits
        person.factors = Factors(set(account.factors), account.preferred, account.totp_key)
        person.create_date -= account.age


def _uuid(name: str) -> UUID:
    return uuid5(NAMESPACE_URL, f"clinica.example/{name}")
