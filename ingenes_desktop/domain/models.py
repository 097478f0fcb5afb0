"""What travels along the chain. Frozen, and without a secret in any ``repr``."""

from datetime import date

from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.value import Value


class CognitoTokens(Value):
    """The AuthenticationResult of a user pool."""

    id_token: Secret
    access_token: Secret
    refresh_token: Secret
    expires_in: float
    """Seconds from the moment of the answer."""


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
    username: str
    """The name to answer with: USER_ID_FOR_SRP where Cognito gave one."""
    session: Secret
    required_attributes: tuple[str, ...] = ()
