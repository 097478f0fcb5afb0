"""The faults of the AWS side, each a small value that can be written as JSON.

    {"kind": "aws_refusal", "operation": "InitiateAuth", "code": "TooManyRequestsException",
     "message": "", "status": 400, "count": 2}
    {"kind": "aws_slow", "operation": "GetId", "seconds": 2}
    {"kind": "aws_down", "operation": "GetSecretValue"}

Without `operation` a fault concerns every call, without `count` it stays until it is switched off.
"""

import re
from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields
from typing import Self

from ingenes_desktop.demo.filemaker.faults import FaultError

OPERATIONS = (
    "InitiateAuth",
    "RespondToAuthChallenge",
    "ForgotPassword",
    "ConfirmForgotPassword",
    "ResendConfirmationCode",
    "ConfirmSignUp",
    "ChangePassword",
    "AssociateSoftwareToken",
    "VerifySoftwareToken",
    "SetUserMFAPreference",
    "ConfirmDevice",
    "GetUser",
    "GlobalSignOut",
    "RevokeToken",
    "GetTokensFromRefreshToken",
    "GetId",
    "GetCredentialsForIdentity",
    "GetSecretValue",
    "jwks",
    "openid-configuration",
)
"""What the cloud offers; the last two are the pool's key set and its description."""

LONGEST_SECONDS = 24 * 60 * 60
LONGEST_MESSAGE = 1000
_CODE = re.compile(r"[A-Z][A-Za-z]{0,99}")
_HTTP_ERRORS = range(400, 600)


@dataclass(frozen=True, slots=True)
class AwsRefusal:
    """The service refuses with that error code and message."""

    code: str
    operation: str = ""
    message: str = ""
    status: int = 400


@dataclass(frozen=True, slots=True)
class AwsSlow:
    """The answer comes so many seconds late."""

    seconds: float
    operation: str = ""


@dataclass(frozen=True, slots=True)
class AwsDown:
    """Something on the way answers for the service: 503 and an HTML page."""

    operation: str = ""


AwsFault = AwsRefusal | AwsSlow | AwsDown
AWS_FAULTS: Mapping[str, type[AwsFault]] = {
    "aws_refusal": AwsRefusal,
    "aws_slow": AwsSlow,
    "aws_down": AwsDown,
}
_KINDS = {kind: name for name, kind in AWS_FAULTS.items()}
_JSON_TYPES: Mapping[object, tuple[type, ...]] = {str: (str,), int: (int,), float: (int, float)}


@dataclass(frozen=True, slots=True)
class AwsSwitch:
    """A fault for the next `count` calls it concerns, or until it is switched off (None).

    Raises FaultError for a count below 1 and for a fault that cannot happen.
    """

    fault: AwsFault
    count: int | None = None

    def __post_init__(self) -> None:
        if self.count is not None and self.count < 1:
            raise FaultError("count must be at least 1")
        _check(self.fault)

    @classmethod
    def from_json(cls, description: Mapping[str, object]) -> Self:
        """A switch from its description. Raises FaultError."""
        given = dict(description)
        count = given.pop("count", None)
        if count is not None and type(count) is not int:
            raise FaultError("count must be a whole number from 1")
        return cls(_fault(given), count)

    def to_json(self) -> dict[str, object]:
        """The description that `from_json` reads."""
        description = {"kind": _KINDS[type(self.fault)]} | asdict(self.fault)
        return description if self.count is None else description | {"count": self.count}

    def concerns(self, operation: str) -> bool:
        """Whether the fault happens to calls of that operation."""
        return self.fault.operation in ("", operation)

    def replaces(self, other: "AwsSwitch") -> bool:
        """Whether both are of one kind and for the same calls."""
        same_kind = type(self.fault) is type(other.fault)
        return same_kind and self.fault.operation == other.fault.operation


def _fault(given: dict[str, object]) -> AwsFault:
    named = given.pop("kind", None)
    kind = AWS_FAULTS.get(named) if isinstance(named, str) else None
    if kind is None:
        raise FaultError("kind must be one of " + ", ".join(AWS_FAULTS))
    known = {field.name: field for field in fields(kind)}
    for name, value in given.items():
        if name not in known:
            raise FaultError(f"{name[:100]} is unknown")
        if type(value) not in _JSON_TYPES[known[name].type]:
            raise FaultError(f"{name} has the wrong type")
    for name, field in known.items():
        if name not in given and field.default is MISSING:
            raise FaultError(f"{name} is missing")
    make: Callable[..., AwsFault] = kind
    return make(**given)


def _check(fault: AwsFault) -> None:
    if fault.operation and fault.operation not in OPERATIONS:
        raise FaultError("operation must be one of " + ", ".join(OPERATIONS))
    match fault:
        case AwsRefusal(code=code) if not _CODE.fullmatch(code):
            raise FaultError("code must be the name of an AWS error, such as TooManyRequestsException")
        case AwsRefusal(message=message) if len(message) > LONGEST_MESSAGE or not message.isprintable():
            raise FaultError(f"message must be one line of at most {LONGEST_MESSAGE} characters")
        case AwsRefusal(status=status) if status not in _HTTP_ERRORS:
            raise FaultError("status must be an HTTP status from 400 to 599")
        case AwsSlow(seconds) if not 0 <= seconds <= LONGEST_SECONDS:  # which NaN is not either
            raise FaultError(f"seconds must be a number from 0 to {LONGEST_SECONDS}")
        case _:
            pass
