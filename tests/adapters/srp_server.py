"""The server's side of Cognito's SRP, from a stored verifier alone: arithmetic of the tests' own.

Numbers are hashed as Java's BigInteger.toByteArray() writes them, which is what Cognito does.
"""

import hmac
from base64 import b64decode, b64encode
from collections.abc import Mapping
from dataclasses import dataclass, field
from hashlib import sha256

G = 2


def _arctangent_of_inverse(divisor: int, one: int) -> int:
    """arctan(1 / divisor) in units of 1 / one."""
    term = total = one // divisor
    number, sign = 3, -1
    while term:
        term //= divisor * divisor
        total += sign * (term // number)
        number, sign = number + 2, -sign
    return total


def group() -> int:
    """RFC 3526's group of 3072 bits, from its formula: 2^3072 - 2^3008 - 1 + 2^64 (⌊2^2942 pi⌋ + 1690314)."""
    one = 1 << (2942 + 64)
    pi = 4 * (4 * _arctangent_of_inverse(5, one) - _arctangent_of_inverse(239, one))
    return 2**3072 - 2**3008 - 1 + 2**64 * ((pi >> 64) + 1_690_314)


N = group()


def number_bytes(number: int) -> bytes:
    """As short as may be, with room for a sign."""
    return number.to_bytes(number.bit_length() // 8 + 1, "big")


def _hash(*parts: bytes) -> int:
    return int.from_bytes(sha256(b"".join(parts)).digest(), "big")


def verifier_of(identity: str, password: str, salt: int) -> int:
    """What is stored of a password. ``identity`` is pool and username, or group key and device key."""
    inner = sha256(f"{identity}:{password}".encode()).digest()
    return pow(G, _hash(number_bytes(salt), inner), N)


@dataclass
class SrpServer:
    """One exchange. ``identity`` is as in verifier_of()."""

    identity: str
    verifier: int
    salt: int
    block: bytes = b"canario-bloque\x00\xff\xfe"
    private: int = 0x5A17 << 1000 | 0xBEEF
    public: int = field(init=False)

    def __post_init__(self) -> None:
        k = _hash(number_bytes(N), number_bytes(G))
        self.public = (k * self.verifier + pow(G, self.private, N)) % N

    def parameters(self, **more: str) -> dict[str, str]:
        """The ChallengeParameters."""
        return {
            "SALT": f"{self.salt:x}",
            "SRP_B": f"{self.public:x}",
            "SECRET_BLOCK": b64encode(self.block).decode(),
            **more,
        }

    def accepts(self, public_value: str, responses: Mapping[str, str]) -> bool:
        """Whether the claim in ``responses`` is of somebody who knows the password."""
        theirs = int(public_value, 16)
        assert theirs % N != 0
        u = _hash(number_bytes(theirs), number_bytes(self.public))
        shared = pow(theirs * pow(self.verifier, u, N), self.private, N)
        extracted = hmac.new(number_bytes(u), number_bytes(shared), sha256).digest()
        key = hmac.new(extracted, b"Caldera Derived Key\x01", sha256).digest()[:16]
        block = b64decode(responses["PASSWORD_CLAIM_SECRET_BLOCK"])
        message = self.identity.encode() + block + responses["TIMESTAMP"].encode()
        expected = hmac.new(key, message, sha256).digest()
        return block == self.block and responses["PASSWORD_CLAIM_SIGNATURE"] == b64encode(expected).decode()
