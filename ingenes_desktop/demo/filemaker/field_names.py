"""Field names as calls write them: `Email`, `Tel(2)`, `Citas::Motivo`, `Citas::Motivo(2).7`.

Source: Claris Data API Guide, "URL and data format notes" (the related field's number of the
repetition and id of the record) and "Create a record" (repetitions).
"""

import re
from dataclasses import dataclass

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.schema import DIVIDER, Field

_NAME = re.compile(
    r"(?P<name>.+?)(?:\((?P<repetition>[0-9]{1,4})\))?(?:\.(?P<record_id>[0-9]{1,18}))?", re.DOTALL
)


@dataclass(frozen=True, slots=True)
class FieldName:
    """A field name taken apart. `occurrence` is "" where none is written, `record_id` None (0 asks
    for a new related record)."""

    occurrence: str
    name: str
    repetition: int = 1
    record_id: int | None = None

    def key(self, field: Field) -> str:
        """Under which key a record keeps the repetition. Raises FileMakerError 102 where the field
        has no such repetition."""
        if not 1 <= self.repetition <= field.max_repeat:
            raise FileMakerError(102)
        return field.keys[self.repetition - 1]


def parse_field_name(text: str) -> FieldName:
    """Take a field name apart, as well as it goes: whether there is such a field it does not ask."""
    occurrence, _, rest = text.rpartition(DIVIDER)
    match = _NAME.fullmatch(rest)
    if match is None:
        return FieldName(occurrence, rest)
    record_id = None if match["record_id"] is None else int(match["record_id"])
    return FieldName(occurrence, match["name"], int(match["repetition"] or 1), record_id)


def shown_names(field: Field, occurrence: str = "") -> tuple[str, ...]:
    """How the field's repetitions are named in an answer, in the order of `Field.keys`; of a
    related table they are qualified."""
    name = f"{occurrence}{DIVIDER}{field.name}" if occurrence else field.name
    if field.max_repeat == 1:
        return (name,)
    return tuple(f"{name}({at})" for at in range(1, field.max_repeat + 1))
