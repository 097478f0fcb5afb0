"""Secure Remote Password, the arithmetic by pycognito: a proof that a password is known, not the password.

What Cognito sends is checked here first, and the message is signed here, dated by the far end's clock.
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from datetime import UTC, datetime
from hashlib import sha256
from re import fullmatch
from typing import Any, NamedTuple

from pycognito.aws_srp import AWSSRP, generate_hash_device

from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import Device, NewDevice
from ingenes_desktop.domain.secret import Secret

_LONGEST_PUBLIC_VALUE = 768
"""Hexadecimal digits of the group's 3072 bits."""
_LONGEST_SALT = 256
_LONGEST_BLOCK = 8192
_NOBODY = object()
"""Stands for a client, so that pycognito makes none of its own: it is never called."""


class SrpExchange:
    """One exchange: its random number is used once. Any one thread; making it takes about 20 ms."""

    def __init__(self, user_pool_id: str) -> None:
        self._pool_name = user_pool_id.partition("_")[2]
        self._srp = AWSSRP("", "", user_pool_id, "", client=_NOBODY)

    @property
    def public_value(self) -> str:
        """SRP_A."""
        return f"{self._srp.large_a_value:x}"

    def password_claim(self, parameters: Mapping[str, Any], password: Secret, now: float) -> dict[str, str]:
        """The answer to PASSWORD_VERIFIER's ``parameters``, without USERNAME.

        ``now`` is seconds since 1970 by the far end's clock. Raises UNEXPECTED_ANSWER for what is no
        sound step of the protocol.
        """
        asked = _Asked.of(parameters, self._srp.big_n)
        name = parameters.get("USER_ID_FOR_SRP")
        if not isinstance(name, str) or not name:
            raise _unsound()
        try:
            key = self._srp.get_password_authentication_key(
                name, password.reveal(), asked.public_value, asked.salt
            )
        except ValueError:
            raise _unsound() from None
        return asked.claim(key, self._pool_name + name, now)

    def device_claim(self, parameters: Mapping[str, Any], device: Device, now: float) -> dict[str, str]:
        """Likewise to DEVICE_PASSWORD_VERIFIER, without USERNAME and DEVICE_KEY."""
        asked = _Asked.of(parameters, self._srp.big_n)
        group_key = device.group_key.reveal()
        try:
            key = self._srp.get_device_authentication_key(
                group_key, device.key, device.password.reveal(), asked.public_value, asked.salt
            )
        except ValueError:
            raise _unsound() from None
        return asked.claim(key, group_key + device.key, now)


class _Asked(NamedTuple):
    """What a verifier's challenge carries, checked."""

    public_value: int
    salt: int
    block: str
    """SECRET_BLOCK as it came, in base64: it goes back as it is."""

    @classmethod
    def of(cls, parameters: Mapping[str, Any], group: int) -> "_Asked":
        public_value = _number(parameters.get("SRP_B"), _LONGEST_PUBLIC_VALUE)
        if public_value % group == 0:
            # Whatever the password, the key would be one that a listener knows.
            raise _unsound()
        block = parameters.get("SECRET_BLOCK")
        if not isinstance(block, str) or not 0 < len(block) <= _LONGEST_BLOCK:
            raise _unsound()
        try:
            b64decode(block, validate=True)
        except ValueError:
            raise _unsound() from None
        return cls(public_value, _number(parameters.get("SALT"), _LONGEST_SALT), block)

    def claim(self, key: bytes, names: str, now: float) -> dict[str, str]:
        moment = AWSSRP.get_cognito_formatted_timestamp(datetime.fromtimestamp(now, UTC))
        message = names.encode() + b64decode(self.block) + moment.encode()
        signature = hmac.new(bytes(key), message, sha256).digest()
        return {
            "TIMESTAMP": moment,
            "PASSWORD_CLAIM_SECRET_BLOCK": self.block,
            "PASSWORD_CLAIM_SIGNATURE": b64encode(signature).decode(),
        }


def new_device_verifier(device: NewDevice) -> tuple[Secret, dict[str, str]]:
    """A random password for ``device``, and what Cognito is told of it (DeviceSecretVerifierConfig)."""
    password, verifier = generate_hash_device(device.group_key.reveal(), device.key)
    return Secret(password), verifier


def _number(text: object, longest: int) -> int:
    if not isinstance(text, str) or not fullmatch(f"[0-9A-Fa-f]{{1,{longest}}}", text):
        raise _unsound()
    return int(text, 16)


def _unsound() -> AuthError:
    return AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="SRP")
