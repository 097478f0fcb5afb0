"""The codes of authenticator apps, as Cognito checks them.

https://docs.aws.amazon.com/cognito/latest/developerguide/user-pool-settings-mfa-totp.html
"""

import base64
import hmac
import secrets

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP

STEP_SECONDS = 30
DIGITS = 6


def new_key() -> str:
    """A new key in base32, as long as Cognito's."""
    return base64.b32encode(secrets.token_bytes(32)).decode().rstrip("=")


def code_at(key: str, moment: float) -> str:
    """The code that an app shows at a moment, in seconds since 1970."""
    raw = base64.b32decode(key + "=" * (-len(key) % 8), casefold=True)
    totp = TOTP(raw, DIGITS, SHA1(), STEP_SECONDS, enforce_key_length=False)  # noqa: S303  what every app uses
    return totp.generate(int(moment)).decode()


def step_of(key: str, code: str, now: float) -> int | None:
    """The step whose code it is: this one, the one before or the one after. None: none of them."""
    current = int(now) // STEP_SECONDS
    for step in (current, current - 1, current + 1):
        if hmac.compare_digest(code_at(key, step * STEP_SECONDS).encode(), code.encode()):
            return step
    return None


def seconds_left(now: float) -> int:
    """How long the code of this moment is shown."""
    return STEP_SECONDS - int(now) % STEP_SECONDS
