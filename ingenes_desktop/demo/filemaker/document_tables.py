"""Reading value lists, base tables, their fields and records from a data file."""

import base64
import binascii
import re
from collections.abc import Callable, Iterable, Mapping
from typing import TypeVar

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.json_document import Node
from ingenes_desktop.demo.filemaker.schema import (
    DISPLAY_TYPES,
    DIVIDER,
    FIELD_TYPES,
    AutoEnter,
    Field,
    ListedValue,
    Table,
    Validation,
    ValueList,
)
from ingenes_desktop.demo.filemaker.values import Result, Stored, StoredContainer

_Read = TypeVar("_Read")

MOST_CHARACTERS = 1_000_000
"""In one value of a record; a container's file may have as many bytes, times four."""
_MOST_FIELDS = 1000
_MOST_REPETITIONS = 100
_MOST_LISTED = 10_000
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]{1,60}/[a-z0-9.+-]{1,60}")
_AUTO_RESULTS: Mapping[AutoEnter, tuple[Result, ...]] = {
    AutoEnter.SERIAL: (Result.NUMBER, Result.TEXT),
    AutoEnter.UUID: (Result.TEXT,),
    AutoEnter.CREATION_DATE: (Result.DATE,),
    AutoEnter.CREATION_TIME: (Result.TIME,),
    AutoEnter.CREATION_TIMESTAMP: (Result.TIMESTAMP,),
    AutoEnter.CREATION_ACCOUNT: (Result.TEXT,),
    AutoEnter.MODIFICATION_TIMESTAMP: (Result.TIMESTAMP,),
    AutoEnter.MODIFICATION_ACCOUNT: (Result.TEXT,),
}


def by_name(nodes: Iterable[Node], read: Callable[[Node], _Read]) -> dict[str, _Read]:
    """What stands in a list of objects, by their names, none of which may be there twice."""
    read_by_name: dict[str, _Read] = {}
    for node in nodes:
        name = node.get("name").name()
        if name in read_by_name:
            raise node.get("name").wrong(f"{name!r} is there twice")
        read_by_name[name] = read(node)
    return read_by_name


def flag(node: Node, key: str, *, otherwise: bool = False) -> bool:
    """A member that is true or false, and may be missing."""
    found = node.find(key)
    return found.flag() if found else otherwise


def read_value_list(node: Node) -> ValueList:
    """A value list."""
    node.only("name", "values", "field", "displayField", "related")
    name = node.get("name").name()
    values, field = node.find("values"), node.find("field")
    if (values is None) == (field is None):
        raise node.wrong("must have either 'values' or 'field'")
    if values is not None:
        for key in ("displayField", "related"):
            if node.find(key):
                raise node.get(key).wrong("belongs to a list of a field's values")
        return ValueList(name, tuple(_listed(each) for each in values.items(most=_MOST_LISTED)))
    display = node.find("displayField")
    return ValueList(
        name,
        field=node.get("field").words(),
        display_field=display.words() if display else None,
        related=flag(node, "related"),
    )


def _listed(node: Node) -> ListedValue:
    if isinstance(node.value, dict):
        node.only("value", "displayValue")
        return ListedValue(node.get("value").words(), node.get("displayValue").words())
    return ListedValue(node.words(), node.words())


def read_table(node: Node, value_lists: Mapping[str, ValueList]) -> Table:
    """A base table with its records."""
    node.only("name", "fields", "records", "globals")
    name = node.get("name").name()
    if DIVIDER in name:
        raise node.get("name").wrong(f"must not have {DIVIDER}")
    fields = by_name(
        node.get("fields").items(least=1, most=_MOST_FIELDS), lambda each: _field(each, value_lists)
    )
    records, globals_ = node.find("records"), node.find("globals")
    own = {key: each for key, each in fields.items() if not each.is_global}
    shared = {key: each for key, each in fields.items() if each.is_global}
    return Table(
        name=name,
        fields=fields,
        records=tuple(_record(each, own) for each in (records.items() if records else ())),
        globals=_record(globals_, shared) if globals_ else _record(Node({}, (), ""), shared),
    )


def _field(node: Node, value_lists: Mapping[str, ValueList]) -> Field:
    node.only(
        "name", "result", "type", "displayType", "language", "notEmpty", "unique", "existing",
        "maxCharacters", "memberOf", "range", "validateAlways", "autoEnter", "autoEnterData",
        "prohibitModification", "global", "maxRepeat", "fourDigitYear", "timeOfDay", "numeric",
        "unchecked", "valueList",
    )  # fmt: skip
    name, result = node.get("name").name(), node.get("result").choice(*Result)
    if DIVIDER in name or re.search(r"\(\d*\)$", name) or re.search(r"\.\d+$", name):
        raise node.get("name").wrong(f"must not have {DIVIDER}, nor end in (1) or .1")
    display, language, repeat = node.find("displayType"), node.find("language"), node.find("maxRepeat")
    numeric = flag(node, "numeric", otherwise=result is Result.NUMBER and not flag(node, "unchecked"))
    unchecked = flag(node, "unchecked") or (result is Result.NUMBER and not numeric)
    dated = result in (Result.DATE, Result.TIMESTAMP)
    plain = Field(name, result, unchecked=unchecked)
    auto_enter, auto_data = _auto_enter(node, plain)
    return Field(
        name=name,
        result=result,
        type=_choice(node, "type", "normal", *FIELD_TYPES),
        display_type=display.choice(*DISPLAY_TYPES) if display else "editText",
        language=language.words() if language else "Default",
        validation=_validation(node, plain, value_lists),
        auto_enter=auto_enter,
        auto_data=auto_data,
        prohibit_modification=flag(node, "prohibitModification"),
        is_global=flag(node, "global"),
        max_repeat=repeat.count(least=1, most=_MOST_REPETITIONS) if repeat else 1,
        four_digit_year=flag(node, "fourDigitYear", otherwise=dated and not unchecked),
        time_of_day=flag(node, "timeOfDay"),
        numeric=numeric,
        unchecked=unchecked,
        value_list=_list_name(node, "valueList", value_lists),
    )


def _choice(node: Node, key: str, otherwise: str, *allowed: str) -> str:
    found = node.find(key)
    return found.choice(*allowed) if found else otherwise


def _list_name(node: Node, key: str, value_lists: Mapping[str, ValueList]) -> str | None:
    name = node.find(key)
    if name is None:
        return None
    if name.words() not in value_lists:
        raise name.wrong("there is no such value list")
    return name.words()


def _validation(node: Node, field: Field, value_lists: Mapping[str, ValueList]) -> Validation:
    most, span = node.find("maxCharacters"), node.find("range")
    low, high = (_value(each, field) for each in _two(span)) if span else ("", "")
    return Validation(
        not_empty=flag(node, "notEmpty"),
        unique=flag(node, "unique"),
        existing=flag(node, "existing"),
        max_characters=most.count() if most else 0,
        value_list=_list_name(node, "memberOf", value_lists),
        low=low,
        high=high,
        always=flag(node, "validateAlways"),
    )


def _two(node: Node) -> tuple[Node, Node]:
    first, last = node.items(least=2, most=2)
    return first, last


def _auto_enter(node: Node, field: Field) -> tuple[AutoEnter, Stored]:
    said, data = node.find("autoEnter"), node.find("autoEnterData")
    auto_enter = AutoEnter.NOTHING
    if said is not None and said.value is not False:
        auto_enter = said.choice(*(each for each in AutoEnter if each))
    if said is not None and field.result not in _AUTO_RESULTS.get(auto_enter, tuple(Result)):
        raise said.wrong(f"does not suit a field of type {field.result}")
    if (auto_enter is AutoEnter.DATA) != (data is not None):
        raise (data or node).wrong("'autoEnterData' belongs to the auto-enter option 'data'")
    return auto_enter, _value(data, field) if data else ""


def _record(node: Node, fields: Mapping[str, Field]) -> Mapping[str, Stored]:
    node.only(*fields)
    values: dict[str, Stored] = dict.fromkeys((key for each in fields.values() for key in each.keys), "")
    for name in node.members():
        field, value = fields[name], node.get(name)
        if field.max_repeat > 1 and isinstance(value.value, list):
            each_repetition = value.items(least=1, most=field.max_repeat)
            for key, repetition in zip(field.keys, each_repetition, strict=False):
                values[key] = _value(repetition, field)
        else:
            values[name] = _value(value, field)
    return values


def _value(node: Node, field: Field) -> Stored:
    if field.result is Result.CONTAINER and isinstance(node.value, dict):
        return _container(node)
    if isinstance(node.value, str):
        node.text_of(MOST_CHARACTERS)
    try:
        return field.stored(node.value)
    except FileMakerError:
        raise node.wrong(f"does not suit a field of type {field.result}") from None


def _container(node: Node) -> StoredContainer:
    node.only("file", "type", "base64")
    media_type = node.get("type").words()
    if _MEDIA_TYPE.fullmatch(media_type) is None:
        raise node.get("type").wrong("is no media type such as image/png")
    encoded = node.get("base64").text_of(MOST_CHARACTERS * 4)
    try:
        content = base64.b64decode(encoded, validate=True)
    except (binascii.Error, ValueError):
        raise node.get("base64").wrong("is no base64") from None
    return StoredContainer(node.get("file").name(), media_type, content)
