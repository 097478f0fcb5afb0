"""Faults that can be switched on while the server runs.

Each is a small value; `Faults.switch_on` takes it with a count ("for the next n calls it concerns")
or until it is switched off, and for one kind of call or for all.
"""

import math
import threading
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, fields
from typing import TypeVar

from ingenes_desktop.demo.filemaker.journal import Call


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
_JSON_TYPES: Mapping[object, tuple[type, ...]] = {
    str: (str,),
    int: (int,),
    float: (int, float),
    bool: (bool,),
}
_Kind = TypeVar("_Kind", bound=Fault)


class FaultError(ValueError):
    """A description of a fault that says nothing this server knows."""


@dataclass(slots=True)
class _Switch:
    fault: Fault
    remaining: int | None
    on: Call | None


class Faults:
    """The faults that are switched on. Safe on any thread."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._switches: list[_Switch] = []

    def switch_on(self, fault: Fault, *, count: int | None = None, on: Call | None = None) -> None:
        """Let a fault happen to the next `count` calls it concerns (None: until it is switched
        off), on calls of one kind or of all (None). It takes the place of one of the same kind for
        the same calls. Raises FaultError for a count below 1 and for a delay that is none."""
        if count is not None and count < 1:
            raise FaultError("count must be at least 1")
        if isinstance(fault, Slow) and not (math.isfinite(fault.seconds) and fault.seconds >= 0):
            raise FaultError("seconds must be a number from 0")
        with self._lock:
            self._switches = [
                each for each in self._switches if type(each.fault) is not type(fault) or each.on is not on
            ]
            self._switches.append(_Switch(fault, count, on))

    def switch_off(self, kind: type[Fault]) -> None:
        """Switch off all faults of a kind; none is as well."""
        with self._lock:
            self._switches = [each for each in self._switches if type(each.fault) is not kind]

    def clear(self) -> None:
        """Switch all faults off."""
        with self._lock:
            self._switches.clear()

    def take(
        self, kind: type[_Kind], call: Call, concerns: Callable[[_Kind], bool] = lambda _: True
    ) -> _Kind | None:
        """The fault of that kind which is to happen to this call, if there is one that concerns
        it; it is counted as having happened. The server asks this."""
        with self._lock:
            for switch in self._switches:
                fault = switch.fault
                if isinstance(fault, kind) and switch.on in (None, call) and concerns(fault):
                    self._count_down(switch)
                    return fault
        return None

    def _count_down(self, switch: _Switch) -> None:
        if switch.remaining is not None:
            switch.remaining -= 1
            if not switch.remaining:
                self._switches.remove(switch)

    @property
    def active(self) -> tuple[Fault, ...]:
        """The faults that are switched on."""
        with self._lock:
            return tuple(each.fault for each in self._switches)


def fault_from_json(description: Mapping[str, object]) -> Fault:
    """A fault described as {"kind": "slow", "seconds": 0.06}; the kinds are the keys of `FAULTS`,
    the other keys the fault's own. Raises FaultError."""
    given = dict(description)
    kind = FAULTS.get(str(given.pop("kind", "")))
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
        raise FaultError(f"{min(unknown)} is unknown")
    make: Callable[..., Fault] = kind
    return make(**given)
