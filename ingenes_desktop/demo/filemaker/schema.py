"""What a data file describes: databases with their tables, relationships, layouts and scripts.

`document.py` reads it from a JSON file and says how such a file is written.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.values import VALIDATION_CODES, DateForm, Result, Stored, stored

DIVIDER = "::"
"""Stands between a table occurrence and a field in a qualified field name."""

FIELD_TYPES = ("normal", "calculation", "summary")
DISPLAY_TYPES = (
    "editText", "popupList", "popupMenu", "checkBox", "radioButtons", "selectionList", "calendar",
    "secureText",
)  # fmt: skip


class AutoEnter(StrEnum):
    """What a field is given when a record is created (or, the last two, each time it changes)."""

    NOTHING = ""
    SERIAL = "serialNumber"
    UUID = "uuid"
    CREATION_DATE = "creationDate"
    CREATION_TIME = "creationTime"
    CREATION_TIMESTAMP = "creationTimestamp"
    CREATION_ACCOUNT = "creationAccount"
    DATA = "data"
    MODIFICATION_TIMESTAMP = "modificationTimestamp"
    MODIFICATION_ACCOUNT = "modificationAccount"


@dataclass(frozen=True, slots=True)
class Validation:
    """What a field's content must be. `always` holds whoever writes; else it holds for data entry,
    and a call with the option `entrymode: script` is free of it."""

    not_empty: bool = False
    unique: bool = False
    existing: bool = False
    max_characters: int = 0
    value_list: str | None = None
    low: Stored = ""
    high: Stored = ""
    always: bool = False


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a base table. A repeating field has `max_repeat` above 1."""

    name: str
    result: Result
    type: str = "normal"
    display_type: str = "editText"
    language: str = "Default"
    validation: Validation = Validation()
    auto_enter: AutoEnter = AutoEnter.NOTHING
    auto_data: Stored = ""
    prohibit_modification: bool = False
    is_global: bool = False
    max_repeat: int = 1
    four_digit_year: bool = False
    time_of_day: bool = False
    numeric: bool = False
    unchecked: bool = False
    value_list: str | None = None

    @property
    def keys(self) -> tuple[str, ...]:
        """Under which keys a record keeps the field's repetitions: `Tel`, `Tel(2)`, `Tel(3)`."""
        return (self.name, *(f"{self.name}({at})" for at in range(2, self.max_repeat + 1)))

    def stored(self, value: object, form: DateForm = DateForm.MONTH_FIRST) -> Stored:
        """What the field keeps of a JSON value. Raises FileMakerError 201 (a container takes only
        the empty text, which empties it), 500, 501, 502 and 960."""
        lenient = self.unchecked and not self.numeric
        try:
            kept = stored(self.result, value, form)
        except FileMakerError as error:
            if lenient and error.code in VALIDATION_CODES:
                return stored(Result.TEXT, value)
            raise
        if self.numeric and kept != "":
            stored(Result.NUMBER, kept)
        if self.time_of_day and isinstance(kept, str) and kept >= "24" and self.result is Result.TIME:
            raise FileMakerError(501)
        return kept


@dataclass(frozen=True, slots=True)
class Table:
    """A base table, the records it begins with, and the values its global fields begin with; both
    keyed as `Field.keys` says."""

    name: str
    fields: Mapping[str, Field]
    records: tuple[Mapping[str, Stored], ...]
    globals: Mapping[str, Stored] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class SortStep:
    """One step of a portal's or relationship's sort order."""

    field: str
    descending: bool = False


@dataclass(frozen=True, slots=True)
class Relationship:
    """The occurrence `name` of a base table, related to the occurrence `origin` by equal values of
    all pairs of fields in `match` (origin's field first). Records may be created or deleted through
    it from the side of `origin`; with `cascade_delete` they are deleted with origin's record."""

    name: str
    table: str
    origin: str
    match: tuple[tuple[str, str], ...]
    allow_create: bool = False
    allow_delete: bool = False
    cascade_delete: bool = False
    sort: tuple[SortStep, ...] = ()


@dataclass(frozen=True, slots=True)
class Portal:
    """A portal on a layout: `fields` are qualified names, of the occurrence's fields and of fields
    related to it. It shows `rows` records or, where it scrolls, all of them."""

    occurrence: str
    fields: tuple[str, ...]
    rows: int
    scrolls: bool = False
    name: str = ""
    sort: tuple[SortStep, ...] = ()

    @property
    def key(self) -> str:
        """The portal's key in `portalData`: its object name or, without one, the occurrence."""
        return self.name or self.occurrence


@dataclass(frozen=True, slots=True)
class Layout:
    """What the Data API sees of a table: the fields that stand on a layout (of a related table as
    `Occurrence::Field`), and its portals."""

    name: str
    table: str
    fields: tuple[str, ...]
    portals: tuple[Portal, ...] = ()


@dataclass(frozen=True, slots=True)
class LayoutFolder:
    """A folder in the list of layouts."""

    name: str
    layouts: "tuple[Layout | LayoutFolder, ...]"


@dataclass(frozen=True, slots=True)
class Script:
    """A script. It ends with `error` and gives `result` and behind it, where `returns_parameter` is
    set, the parameter it was called with. It does nothing else."""

    name: str
    result: str = ""
    error: int = 0
    returns_parameter: bool = False


@dataclass(frozen=True, slots=True)
class ScriptFolder:
    """A folder in the list of scripts."""

    name: str
    scripts: "tuple[Script | ScriptFolder, ...]"


@dataclass(frozen=True, slots=True)
class ListedValue:
    """A value of a value list and the words it is shown with."""

    value: str
    display: str


@dataclass(frozen=True, slots=True)
class ValueList:
    """A custom list (`values`), or the values of a field (`field`, as `Occurrence::Field`; with
    `related` only of the records that are related to the one a call names)."""

    name: str
    values: tuple[ListedValue, ...] = ()
    field: str | None = None
    display_field: str | None = None
    related: bool = False


@dataclass(frozen=True, slots=True)
class Account:
    """An account of one database; without `data_api` it lacks the extended privilege fmrest."""

    name: str
    password: str = field(repr=False)
    data_api: bool = True


@dataclass(frozen=True, slots=True)
class Database:
    """One FileMaker file. `layouts` has all layouts by name, `layout_tree` and `scripts` stand as
    they are listed."""

    name: str
    date_form: DateForm
    value_lists: Mapping[str, ValueList]
    tables: Mapping[str, Table]
    layouts: Mapping[str, Layout]
    layout_tree: tuple[Layout | LayoutFolder, ...] = ()
    relationships: Mapping[str, Relationship] = field(default_factory=dict)
    scripts: tuple[Script | ScriptFolder, ...] = ()
    accounts: Mapping[str, Account] = field(default_factory=dict)

    def script(self, name: str) -> Script | None:
        """The script of that name, in whatever folder."""
        waiting = list(reversed(self.scripts))
        while waiting:
            each = waiting.pop()
            if isinstance(each, ScriptFolder):
                waiting.extend(reversed(each.scripts))
            elif each.name == name:
                return each
        return None


def listed_scripts(tree: tuple[Script | ScriptFolder, ...]) -> list[dict[str, object]]:
    """The tree of scripts as the Data API lists it."""
    return [
        {"name": each.name, "isFolder": True, "folderScriptNames": listed_scripts(each.scripts)}
        if isinstance(each, ScriptFolder)
        else {"name": each.name, "isFolder": False}
        for each in tree
    ]
