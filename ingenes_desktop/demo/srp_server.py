"""The server's side of Cognito's SRP: it keeps a salt and a verifier, and never sees a password.

RFC 5054 with SHA-256 and the 3072-bit group of RFC 3526, numbers padded as Java's BigInteger does, and a key
of 16 bytes by HKDF. Cognito's words for it:
https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-authentication-flow-methods.html
"""

import base64
import binascii
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from ingenes_desktop.demo.aws_request import AwsError

MODULUS = int(
    "FFFFFFFFFFFFFFFFC90FDAA22168C234C4C6628B80DC1CD129024E088A67CC74020BBEA63B139B22514A08798E3404DD"
    "EF9519B3CD3A431B302B0A6DF25F14374FE1356D6D51C245E485B576625E7EC6F44C42E9A637ED6B0BFF5CB6F406B7ED"
    "EE386BFB5A899FA5AE9F24117C4B1FE649286651ECE45B3DC2007CB8A163BF0598DA48361C55D39A69163FA8FD24CF5F"
    "83655D23DCA3AD961C62F356208552BB9ED529077096966D670C354E4ABC9804F1746C08CA18217C32905E462E36CE3B"
    "E39E772C180E86039B2783A2EC07A28FB5C55DF06F4C52C9DE2BCBF6955817183995497CEA956AE515D2261898FA0510"
    "15728E5A8AAAC42DAD33170D04507A33A85521ABDF1CBA64ECFB850458DBEF0A8AEA71575D060C7DB3970F85A6E1E4C7"
    "ABF5AE8CDB0933D71E8C94E04A25619DCEE3D2261AD2EE6BF12FFA06D98A0864D87602733EC86A64521F2B18177B200C"
    "BBE117577A615D6C770988C0BAD946E208E24FA074E5AB3143DB5BFCE0FD108E4B82D120A93AD2CAFFFFFFFFFFFFFFFF",
    16,
)
GENERATOR = 2
TIMESTAMP_SECONDS = 5 * 60
"""How far a client's clock may be off. Cognito does not say; the demo is strict, so that it is noticed."""
_DAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_TIMESTAMP = re.compile(
    rf"(?:{'|'.join(_DAYS)}) ({'|'.join(_MONTHS)}) ([1-9]\d?) (\d\d):(\d\d):(\d\d) UTC (\d{{4}})"
)
_LARGEST_HEX = 2 * 3072 // 4


def padded(number: int) -> bytes:
    """A number as it is hashed: no shorter than it is, and never with its sign bit set."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


_MULTIPLIER = int.from_bytes(hashlib.sha256(padded(MODULUS) + padded(GENERATOR)).digest(), "big")


@dataclass(frozen=True, slots=True)
class Verifier:
    """What is kept of a password. ``identity`` is the pool's name and the username, without the region."""

    identity: str
    salt: int
    value: int

    @classmethod
    def of(cls, identity: str, password: str, salt: int | None = None) -> "Verifier":
        """A password's verifier, with a new salt where none is given."""
        salt = secrets.randbits(128) if salt is None else salt
        return cls(identity, salt, pow(GENERATOR, _exponent(identity, password, salt), MODULUS))

    def is_of(self, password: str) -> bool:
        """Whether it is that password's."""
        other = Verifier.of(self.identity, password, self.salt)
        return hmac.compare_digest(padded(other.value), padded(self.value))


def _exponent(identity: str, password: str, salt: int) -> int:
    inner = hashlib.sha256(f"{identity}:{password}".encode()).digest()
    return int.from_bytes(hashlib.sha256(padded(salt) + inner).digest(), "big")


@dataclass(slots=True)
class Handshake:
    """One exchange: the client's A, the server's B, and the block that the proof must repeat.

    ``names`` is what the proof names beside the block: the pool's name and the username, or a device's
    group key and key. Raises AwsError InvalidParameterException for an A that is none.
    """

    verifier: Verifier
    names: str
    client_public: int
    _private: int = field(default_factory=lambda: secrets.randbits(256) | 1 << 255, repr=False)
    block: bytes = field(default_factory=lambda: secrets.token_bytes(600), repr=False)

    @classmethod
    def begin(cls, verifier: Verifier, names: str, srp_a: str) -> "Handshake":
        """From SRP_A as the client sends it: hexadecimal."""
        if not re.fullmatch(rf"[0-9a-fA-F]{{1,{_LARGEST_HEX}}}", srp_a) or not int(srp_a, 16) % MODULUS:
            raise AwsError("InvalidParameterException", "SRP_A is not a valid public value.")
        return cls(verifier, names, int(srp_a, 16))

    @property
    def parameters(self) -> dict[str, str]:
        """SALT, SRP_B and SECRET_BLOCK, as ChallengeParameters hold them."""
        return {
            "SALT": f"{self.verifier.salt:x}",
            "SRP_B": f"{self._public:x}",
            "SECRET_BLOCK": self.secret_block,
        }

    @property
    def secret_block(self) -> str:
        """The block in base64."""
        return base64.b64encode(self.block).decode()

    def is_proved(self, timestamp: str, signature: str) -> bool:
        """Whether the signature is that of somebody who knows the password."""
        message = self.names.encode() + self.block + timestamp.encode()
        expected = hmac.digest(self._key(), message, hashlib.sha256)
        try:
            given = base64.b64decode(signature, validate=True)
        except (binascii.Error, ValueError):
            return False
        return hmac.compare_digest(given, expected)

    @property
    def _public(self) -> int:
        blinded = _MULTIPLIER * self.verifier.value
        return (blinded + pow(GENERATOR, self._private, MODULUS)) % MODULUS

    def _key(self) -> bytes:
        scrambled = hashlib.sha256(padded(self.client_public) + padded(self._public)).digest()
        scramble = int.from_bytes(scrambled, "big")
        base = self.client_public * pow(self.verifier.value, scramble, MODULUS)
        shared = pow(base, self._private, MODULUS)
        derivation = HKDF(SHA256(), length=16, salt=padded(scramble), info=b"Caldera Derived Key")
        return derivation.derive(padded(shared))


def check_timestamp(timestamp: str, now: float) -> bool:
    """Whether a TIMESTAMP is of the present. Raises AwsError InvalidParameterException for another form."""
    found = _TIMESTAMP.fullmatch(timestamp)
    try:
        if found is None:
            raise ValueError  # noqa: TRY301  both are the same to a client
        month, day, hour, minute, second, year = found.groups()
        moment = datetime(
            int(year), _MONTHS.index(month) + 1, int(day), int(hour), int(minute), int(second), tzinfo=UTC
        )
        if timestamp[:3] != _DAYS[moment.weekday()]:
            raise ValueError  # noqa: TRY301  likewise
    except ValueError:
        raise AwsError(
            "InvalidParameterException", "TIMESTAMP format should be EEE MMM d HH:mm:ss z yyyy in english."
        ) from None
    return abs(moment.timestamp() - now) <= TIMESTAMP_SECONDS
