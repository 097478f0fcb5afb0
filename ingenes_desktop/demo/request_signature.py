"""AWS Signature Version 4, checked as the far end checks it.

https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_sigv-create-signed-request.html
"""

import hashlib
import hmac
import re
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from ingenes_desktop.demo.aws_request import Call

AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=(?P<key>[^/]+)/(?P<scope>\d{8}/[^/]+/[^/]+/aws4_request), ?"
    r"SignedHeaders=(?P<headers>[a-z0-9;-]+), ?Signature=(?P<signature>[0-9a-f]{64})"
)


@dataclass(frozen=True, slots=True)
class Signature:
    """What an Authorization header says."""

    access_key_id: str
    scope: str
    signed_headers: tuple[str, ...]
    signature: str


def read_signature(call: Call) -> Signature | None:
    """The call's signature, or None where it carries none that can be read."""
    found = AUTHORIZATION.fullmatch(call.headers.get("authorization", ""))
    if found is None:
        return None
    return Signature(found["key"], found["scope"], tuple(found["headers"].split(";")), found["signature"])


def signed_at(call: Call) -> float | None:
    """When the call says that it was signed, in seconds since 1970."""
    try:
        moment = datetime.strptime(call.headers.get("x-amz-date", ""), "%Y%m%dT%H%M%S%z")
    except ValueError:
        return None
    return moment.timestamp()


def is_signed_with(call: Call, signature: Signature, secret_key: str) -> bool:
    """Whether the holder of ``secret_key`` signed exactly this call: method, path, headers and body."""
    canonical_headers = "".join(
        f"{name}:{' '.join(call.headers.get(name, '').split())}\n" for name in signature.signed_headers
    )
    canonical_request = "\n".join(
        (
            call.method,
            quote(call.path, safe="/-_.~"),
            call.query,
            canonical_headers,
            ";".join(signature.signed_headers),
            hashlib.sha256(call.body).hexdigest(),
        )
    )
    digest = hashlib.sha256(canonical_request.encode()).hexdigest()
    text = "\n".join(("AWS4-HMAC-SHA256", call.headers.get("x-amz-date", ""), signature.scope, digest))
    key = f"AWS4{secret_key}".encode()
    for part in signature.scope.split("/"):
        key = hmac.digest(key, part.encode(), hashlib.sha256)
    right = hmac.digest(key, text.encode(), hashlib.sha256).hex()
    return hmac.compare_digest(right, signature.signature)
