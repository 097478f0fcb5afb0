"""The graph of table occurrences: how one is reached from another, and which records are related.

As in FileMaker a graph has no circles, so there is one way at most from one occurrence to another,
and a relationship is walked in both directions. Source: help.claris.com, "Relationships graph".
"""

from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.schema import Relationship


@dataclass(frozen=True, slots=True)
class Step:
    """From one occurrence to the next, `occurrence` of base table `table`. `match` has the pairs of
    fields that must be equal, that of the occurrence one comes from first; `forward` is the
    direction in which the relationship allows to create and delete."""

    occurrence: str
    table: str
    match: tuple[tuple[str, str], ...]
    relationship: Relationship
    forward: bool

    @property
    def allow_create(self) -> bool:
        """Whether records may be created through it."""
        return self.forward and self.relationship.allow_create

    @property
    def allow_delete(self) -> bool:
        """Whether records may be deleted through it."""
        return self.forward and self.relationship.allow_delete


Path = tuple[Step, ...]
"""The steps from one occurrence to another; none where they are the same."""
NO_STEPS: Path = ()


class RelationshipGraph:
    """Every base table is an occurrence of its own name; relationships add others, or relate
    those."""

    def __init__(self, tables: Iterable[str], relationships: Iterable[Relationship] = ()) -> None:
        self._tables = {name: name for name in tables}
        self._steps: dict[str, list[Step]] = {name: [] for name in self._tables}
        for each in relationships:
            self.add(each)

    def table_of(self, occurrence: str) -> str | None:
        """The base table of an occurrence, None where there is no such occurrence."""
        return self._tables.get(occurrence)

    def add(self, relationship: Relationship) -> None:
        """Add a relationship from an occurrence that is there. The caller has asked whether it
        closes a circle (`path`)."""
        name, origin = relationship.name, relationship.origin
        self._tables.setdefault(name, relationship.table)
        turned = tuple((theirs, ours) for ours, theirs in relationship.match)
        there = Step(name, relationship.table, relationship.match, relationship, forward=True)
        back = Step(origin, self._tables[origin], turned, relationship, forward=False)
        self._steps[origin].append(there)
        self._steps.setdefault(name, []).append(back)

    def cascades(self, table: str) -> list[Step]:
        """The relationships through which the records related to one of a table are deleted with
        it, from any occurrence of the table."""
        return [
            step
            for occurrence, steps in self._steps.items()
            if self._tables[occurrence] == table
            for step in steps
            if step.forward and step.relationship.cascade_delete
        ]

    def path(self, start: str, goal: str) -> Path | None:
        """The steps from one occurrence to another, none where they are the same, None where no way
        leads there."""
        ways: dict[str, Path] = {start: ()}
        waiting = deque([start])
        while waiting and goal not in ways:
            here = waiting.popleft()
            for step in self._steps.get(here, ()):
                if step.occurrence not in ways:
                    ways[step.occurrence] = (*ways[here], step)
                    waiting.append(step.occurrence)
        return ways.get(goal)
