"""What travels along the chain. Frozen, and without a secret in any ``repr``."""

from datetime import date

from ingenes_desktop.domain.question import AuthenticatorKey, Question
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value


class NewDevice(Value):
    """NewDeviceMetadata: a device that Cognito tracks from this sign-in on, once it is confirmed."""

    key: str
    group_key: Secret


class Device(Value):
    """A device that was confirmed, and what it proves itself with (DEVICE_SRP_AUTH)."""

    key: str
    group_key: Secret
    password: Secret


class CognitoTokens(Value):
    """The AuthenticationResult of a user pool."""

    id_token: Secret
    access_token: Secret
    refresh_token: Secret
    expires_in: float
    """Seconds from the moment of the answer."""
    new_device: NewDevice | None = None


class RenewedTokens(Value):
    """What a refresh gives: a refresh token only where the client rotates them."""

    id_token: Secret
    access_token: Secret
    refresh_token: Secret | None
    expires_in: float
    """Seconds from the moment of the answer."""


class VaultRecord(Value):
    """What "Keep me signed in" keeps: the refresh token, and what is needed to check it."""

    refresh_token: Secret
    sub: str
    username: str
    """The pool's own name for the person (cognito:username), which a SECRET_HASH is made of."""
    signed_in_at: float
    """The interactive sign-in, in seconds since 1970 by the far end's clock."""
    sealed_at: float
    """When this was written, in seconds since 1970 by this computer's clock."""
    device_key: str = ""
    """Of a device that Cognito tracks: no refresh is granted without it."""


class CognitoIdentity(Value):
    """The claims of a verified ID token that this application uses. All but ``sub`` may be absent."""

    sub: str
    username: str
    email: str
    email_verified: bool | None
    first_name: str = ""
    last_name: str = ""
    store_name: str = ""
    customer_id: str = ""
    location_status: str = ""
    record_id: str = ""
    auth_time: float = 0.0
    """When the person signed in, in seconds since 1970; a refresh leaves it alone."""
    origin_jti: str = ""
    """Names the sign-in, through every refresh; "" where the pool does not say it."""
    lifetime: float = 0.0
    """Seconds from the token's making to its end (exp - iat)."""


class AwsCredentials(Value):
    """Temporary credentials of an identity pool."""

    access_key_id: str
    secret_access_key: Secret
    session_token: Secret
    expires_at: float
    """Seconds since 1970, by the far end's clock."""


class FileMakerCredentials(Value):
    """The secret's three fields; ``base_url`` has been checked and rebuilt."""

    base_url: str
    username: Secret
    password: Secret


class FileMakerUser(Value):
    """One record of ``@Usuarios``, as plain text. An absent or odd value is ""."""

    record_id: str
    table: str
    user_id: str
    full_name: str
    email: str
    company_id: str
    user_type: str
    username: str
    phone: str
    registered_on: date | None


class CodeDelivery(Value):
    """Where Cognito says it sent a code; the destination is masked by Cognito ("m***@c***")."""

    destination: str
    medium: str


class Challenge(Value):
    """A question that Cognito asks before it gives tokens."""

    name: str
    """Cognito's ChallengeName."""
    username: str
    """The name to answer with: USER_ID_FOR_SRP where Cognito gave one."""
    session: Secret
    """The newest one: each answer of Cognito's brings another."""
    question: Question
    is_verified: bool = False
    """Of MFA_SETUP: the authenticator's first code has been taken, and only going on is left."""
    account: str = ""
    """What the person typed as the username."""
    device: Device | None = None
    """The device that this sign-in shows itself with."""


class SoftwareToken(Value):
    """A new key for an authenticator app (AssociateSoftwareToken)."""

    key: AuthenticatorKey
    session: Secret | None
    """The challenge's newest Session; None where an access token asked."""
