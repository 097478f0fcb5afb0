"""Switching faults on and off while the server runs.

A switch is a fault with a count ("for the next n calls it concerns") or until it is switched off, on
calls of one kind or of all. As JSON: {"kind": "slow", "seconds": 2, "count": 3, "on": "find"}; the
keys beside `count` and `on` are `faults.fault_from_json`'s, the words of `on` those of `Call`.
"""

import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Self, TypeVar

from ingenes_desktop.demo.filemaker.faults import (
    AccountRefused,
    Duplicate,
    Fault,
    FaultError,
    FieldValues,
    Full,
    LookAlike,
    NoRecord,
    Slow,
    checked,
    fault_from_json,
    fault_to_json,
)
from ingenes_desktop.demo.filemaker.journal import Call

_Kind = TypeVar("_Kind", bound=Fault)
_ONLY_ON: Mapping[type[Fault], Call] = {
    AccountRefused: Call.LOGIN,
    Full: Call.LOGIN,
    Duplicate: Call.FIND,
    FieldValues: Call.FIND,
    LookAlike: Call.FIND,
    NoRecord: Call.FIND,
}


@dataclass(frozen=True, slots=True)
class Switch:
    """A fault as it is switched on: for the next `count` calls it concerns (None: until it is
    switched off), on calls of one kind or of all (None). Raises FaultError for a count below 1 and
    for a fault that cannot happen."""

    fault: Fault
    count: int | None = None
    on: Call | None = None

    def __post_init__(self) -> None:
        if self.count is not None and self.count < 1:
            raise FaultError("count must be at least 1")
        only = _ONLY_ON.get(type(self.fault))
        if only is not None and self.on not in (None, only):
            raise FaultError(f"on must be {only}, the one call this fault happens to")
        checked(self.fault)

    @classmethod
    def from_json(cls, description: Mapping[str, object]) -> Self:
        """A switch from its description. `count` and `on` may be absent or null. Raises FaultError."""
        given = dict(description)
        count, on = given.pop("count", None), given.pop("on", None)
        if count is not None and type(count) is not int:
            raise FaultError("count must be a whole number from 1")
        call = next((each for each in Call if each.value == on), None)
        if on is not None and call is None:
            raise FaultError("on must be one of " + ", ".join(Call))
        return cls(fault_from_json(given), count, call)

    def to_json(self) -> dict[str, object]:
        """The description that `from_json` reads; absent is what is None."""
        description = fault_to_json(self.fault)
        if self.count is not None:
            description["count"] = self.count
        if self.on is not None:
            description["on"] = self.on.value
        return description

    def replaces(self, other: "Switch") -> bool:
        """Whether both are of one kind and for the same calls."""
        return type(self.fault) is type(other.fault) and self.on is other.on


@dataclass(slots=True, eq=False)
class _Live:
    switch: Switch
    remaining: int | None = field(init=False)
    released: bool = False

    def __post_init__(self) -> None:
        self.remaining = self.switch.count


class Faults:
    """The faults that are switched on. Safe on any thread. `delay_seconds` holds back every answer; it
    is no fault, and stays when faults are switched off."""

    def __init__(self) -> None:
        self.delay_seconds = 0.0
        self._changed = threading.Condition()
        self._live: list[_Live] = []
        self._held: list[_Live] = []
        self._holding = True

    def switch_on(self, fault: Fault, *, count: int | None = None, on: Call | None = None) -> None:
        """Let a fault happen, in the place of one of the same kind for the same calls; answers that
        one holds back go out. Arguments and errors are those of `Switch`."""
        self.apply(Switch(fault, count, on))

    def apply(self, switch: Switch) -> None:
        """Switch on what is described, as `switch_on` does."""
        with self._changed:
            self._remove(switch.replaces)
            self._live.append(_Live(switch))

    def switch_off(self, kind: type[Fault]) -> None:
        """Switch off all faults of a kind; none is as well. Answers held back go out."""
        with self._changed:
            self._remove(lambda switch: type(switch.fault) is kind)

    def clear(self) -> None:
        """Switch all faults off. Answers held back go out."""
        with self._changed:
            self._remove(lambda _: True)

    def take(
        self, kind: type[_Kind], call: Call, concerns: Callable[[_Kind], bool] = lambda _: True
    ) -> _Kind | None:
        """The fault of that kind which is to happen to this call, if there is one that concerns
        it; it is counted as having happened. The server asks this."""
        with self._changed:
            for live in self._for(call):
                fault = live.switch.fault
                if isinstance(fault, kind) and concerns(fault):
                    self._count_down(live)
                    return fault
        return None

    def hold_back(self, call: Call) -> None:
        """Wait for `delay_seconds`, and then as long as `Slow` says for this call; a change of that
        switch ends its part of the waiting, `let_go` all. The server calls this on the thread of the
        call."""
        with self._changed:
            self._changed.wait_for(lambda: not self._holding, self.delay_seconds)
            for live in self._for(call):
                fault = live.switch.fault
                if isinstance(fault, Slow):
                    self._count_down(live)
                    self._hold(live, fault.seconds)
                    return

    def _hold(self, live: _Live, seconds: float) -> None:
        self._held.append(live)
        self._changed.wait_for(lambda: live.released or not self._holding, seconds)
        self._held.remove(live)

    def let_go(self) -> None:
        """Let every answer go that is held back, and hold none from now on: the server stops."""
        with self._changed:
            self._holding = False
            self._changed.notify_all()

    def hold_again(self) -> None:
        """Undo `let_go`: the server starts."""
        with self._changed:
            self._holding = True

    @property
    def active(self) -> tuple[Fault, ...]:
        """The faults that are switched on."""
        return tuple(each.fault for each in self.switches)

    @property
    def switches(self) -> tuple[Switch, ...]:
        """What is switched on, with the counts that are left."""
        with self._changed:
            return tuple(Switch(each.switch.fault, each.remaining, each.switch.on) for each in self._live)

    def _for(self, call: Call) -> list[_Live]:
        """What is switched on for a call: what is for its kind comes before what is for all."""
        own = [each for each in self._live if each.switch.on is call]
        return own + [each for each in self._live if each.switch.on is None]

    def _remove(self, which: Callable[[Switch], bool]) -> None:
        for live in (*self._live, *self._held):
            if which(live.switch):
                live.released = True
        self._live = [each for each in self._live if not each.released]
        self._changed.notify_all()

    def _count_down(self, live: _Live) -> None:
        if live.remaining is not None:
            live.remaining -= 1
            if not live.remaining:
                self._live.remove(live)
