"""The faults of the server, each a small value that can be written as JSON.

`fault_switches.Faults` switches them on and off while the server runs.
"""

from collections.abc import Callable, Mapping
from dataclasses import MISSING, asdict, dataclass, fields


@dataclass(frozen=True, slots=True)
class TokenExpired:
    """The call's session has ended: 952, HTTP 401."""


@dataclass(frozen=True, slots=True)
class Full:
    """No session is free: a login gets 812."""


@dataclass(frozen=True, slots=True)
class AccountRefused:
    """The account is wrong or lacks the privilege: a login gets 212."""


@dataclass(frozen=True, slots=True)
class EngineDown:
    """The web server answers for an engine that does not run: 503 and an HTML page. `retry_after`
    is sent as the header of that name unless empty."""

    retry_after: str = ""


@dataclass(frozen=True, slots=True)
class Slow:
    """Every answer comes so many seconds late; what was asked has happened by then."""

    seconds: float


@dataclass(frozen=True, slots=True)
class HalfJson:
    """The answer's body is the first half of what it should be; what was asked has happened."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """The connection ends in the middle of the body; what was asked has happened."""


@dataclass(frozen=True, slots=True)
class ErrorCode:
    """FileMaker refuses with that code; `status` 0 is the HTTP status that belongs to it."""

    code: int
    status: int = 0


@dataclass(frozen=True, slots=True)
class LookAlike:
    """A find returns one record, of another person: its `field` holds what was asked for with an x
    in the place of the @."""

    field: str = "Email"


@dataclass(frozen=True, slots=True)
class Duplicate:
    """A find returns each record twice, under two record ids; in `field` (unless empty) the second
    holds another value."""

    field: str = "idUsuario"


@dataclass(frozen=True, slots=True)
class NoRecord:
    """A find matches nothing: 401."""


@dataclass(frozen=True, slots=True)
class FieldMissing:
    """The field is not on any layout; with `searchable` it can be asked for, and is missing from
    the answers only."""

    field: str
    searchable: bool = False


@dataclass(frozen=True, slots=True)
class FieldValues:
    """A find returns these values, of whatever JSON type, in the place of the record's own."""

    values: Mapping[str, object]


@dataclass(frozen=True, slots=True)
class OtherBaseTable:
    """The layout shows another base table."""

    layout: str
    table: str


Fault = (
    TokenExpired | Full | AccountRefused | EngineDown | Slow | HalfJson | CutOff | ErrorCode
    | LookAlike | Duplicate | NoRecord | FieldMissing | FieldValues | OtherBaseTable
)  # fmt: skip
FAULTS: Mapping[str, type[Fault]] = {
    "token_expired": TokenExpired,
    "full": Full,
    "account_refused": AccountRefused,
    "engine_down": EngineDown,
    "slow": Slow,
    "half_json": HalfJson,
    "cut_off": CutOff,
    "error_code": ErrorCode,
    "look_alike": LookAlike,
    "duplicate": Duplicate,
    "no_record": NoRecord,
    "field_missing": FieldMissing,
    "field_values": FieldValues,
    "other_base_table": OtherBaseTable,
}
_KINDS: Mapping[type[Fault], str] = {kind: name for name, kind in FAULTS.items()}
_JSON_TYPES: Mapping[object, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (int, float),
    bool: (bool,),
}
_LONGEST_SECONDS = 24 * 60 * 60
_CODES = range(-1, 100_000)
_HTTP_STATUSES = range(200, 600)
_WITHOUT_BODY = (204, 304)
_LONGEST_HEADER = 100


class FaultError(ValueError):
    """A description of a fault that says nothing this server knows. The text says what is wrong, in
    words for the person who wrote it, and repeats nothing of it but a key."""


def fault_from_json(description: Mapping[str, object]) -> Fault:
    """A fault described as {"kind": "slow", "seconds": 0.06}; the kinds are the keys of `FAULTS`,
    the other keys the fault's own. Raises FaultError."""
    given = dict(description)
    named = given.pop("kind", None)
    kind = FAULTS.get(named) if isinstance(named, str) else None
    if kind is None:
        raise FaultError("kind must be one of " + ", ".join(FAULTS))
    for field in fields(kind):
        if field.name not in given:
            if field.default is MISSING:
                raise FaultError(f"{field.name} is missing")
            continue
        value = given[field.name]
        wanted = _JSON_TYPES.get(field.type, (dict,))
        if type(value) not in wanted:
            raise FaultError(f"{field.name} has the wrong type")
    unknown = given.keys() - {field.name for field in fields(kind)}
    if unknown:
        raise FaultError(f"{min(unknown)[:100]} is unknown")
    make: Callable[..., Fault] = kind
    return checked(make(**given))


def fault_to_json(fault: Fault) -> dict[str, object]:
    """A fault as `fault_from_json` reads it."""
    return {"kind": _KINDS[type(fault)]} | asdict(fault)


def checked(fault: Fault) -> Fault:
    """The fault, if the server can make it happen. Raises FaultError."""
    match fault:
        case Slow(seconds) if not 0 <= seconds <= _LONGEST_SECONDS:  # which NaN is not either
            raise FaultError(f"seconds must be a number from 0 to {_LONGEST_SECONDS}")
        case ErrorCode(code) if code not in _CODES:
            raise FaultError(f"code must be a whole number from {_CODES[0]} to {_CODES[-1]}")
        case ErrorCode(_, status) if status and (status not in _HTTP_STATUSES or status in _WITHOUT_BODY):
            raise FaultError("status must be an HTTP status from 200 to 599, of answers that have a body")
        case EngineDown(retry_after) if not (
            retry_after.isascii() and retry_after.isprintable() and len(retry_after) <= _LONGEST_HEADER
        ):
            raise FaultError(f"retry_after must be plain text of at most {_LONGEST_HEADER} characters")
        case _:
            return fault
