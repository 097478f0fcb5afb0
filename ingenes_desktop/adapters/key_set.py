"""The user pool's public keys (JWKS), fetched with our own transport and kept in memory."""

from collections.abc import Callable
from threading import Lock

from jwt import PyJWK, PyJWTError

from ingenes_desktop.adapters.aws_session import check_answer
from ingenes_desktop.adapters.json_body import parse_object
from ingenes_desktop.adapters.retrying import read_with_retries
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.domain.errors import AuthError, ErrorCode

MAXIMUM_BYTES = 65_536
REFETCH_SECONDS = 300.0
"""An unknown key id fetches the set anew at most this often."""
_SMALLEST_RSA_BITS = 2_048
_MOST_KEYS = 16
_OK = 200


class KeySet:
    """Signing keys by key id. Any worker thread.

    https://docs.aws.amazon.com/cognito/latest/developerguide/amazon-cognito-user-pools-using-tokens-verifying-a-jwt.html
    """

    def __init__(self, transport: Transport, *, url: str, clock: Callable[[], float]) -> None:
        self._transport = transport
        self._url = url
        self._clock = clock
        self._keys: dict[str, PyJWK] = {}
        self._fetched_at: float | None = None
        self._lock = Lock()

    def key(self, key_id: str, attempt: Attempt) -> PyJWK:
        """The key of that id. Raises AuthError UNEXPECTED_ANSWER where the pool has none such."""
        key = self._keys.get(key_id)
        if key is None and self._may_fetch():
            self._fetch(attempt)
            key = self._keys.get(key_id)
        if key is None:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="JWKS-KEY")
        return key

    def warm_up(self, attempt: Attempt) -> None:
        """Fetch the set if there is none yet. Raises AuthError."""
        if not self._keys and self._may_fetch():
            self._fetch(attempt)

    def _may_fetch(self) -> bool:
        # A set that could not be had is asked for again at once: nothing is known without it.
        return (
            not self._keys
            or self._fetched_at is None
            or (self._clock() - self._fetched_at >= REFETCH_SECONDS)
        )

    def _fetch(self, attempt: Attempt) -> None:
        # Without a lock: a fetch that hangs (of a warm-up, of an attempt given up) holds up no other.
        keys = read_with_retries(lambda: self._read(attempt), attempt)
        with self._lock:
            # Keys that have left the set keep verifying what they signed until the program ends.
            self._keys = dict(list({**self._keys, **keys}.items())[-2 * _MOST_KEYS :])
            self._fetched_at = self._clock()

    def _read(self, attempt: Attempt) -> dict[str, PyJWK]:
        answer = self._transport.send(
            "GET",
            self._url,
            headers={"Accept": "application/json"},
            body=None,
            attempt=attempt,
            maximum_bytes=MAXIMUM_BYTES,
        )
        check_answer(answer)
        if answer.status != _OK:
            raise AuthError(ErrorCode.NOT_RESPONDING, detail=f"JWKS-{answer.status}")
        listed = parse_object(answer.body).get("keys")
        keys = {
            str(key.key_id): key
            for key in map(_signing_key, listed if isinstance(listed, list) else [])
            if key is not None
        }
        if not 0 < len(keys) <= _MOST_KEYS:
            raise AuthError(ErrorCode.UNEXPECTED_ANSWER, detail="JWKS-EMPTY")
        return keys


def _signing_key(entry: object) -> PyJWK | None:
    """An RSA key for signatures, of a decent size; None for anything else."""
    if not isinstance(entry, dict) or entry.get("kty") != "RSA" or entry.get("use", "sig") != "sig":
        return None
    if entry.get("alg", "RS256") != "RS256" or not isinstance(entry.get("kid"), str):
        return None
    try:
        key = PyJWK(entry, algorithm="RS256")
    except (PyJWTError, ValueError, TypeError, KeyError):
        return None
    return key if key.key.key_size >= _SMALLEST_RSA_BITS else None
