"""What a call says in its body or query: read, checked, and in FileMaker's loose types.

Whole numbers come as numbers or as text, `omit` as true or "true". Every reader raises
FileMakerError 958 for what is missing and 960 for what is malformed.
"""

import json
from collections.abc import Iterable, Mapping

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.found_set import FindRequest
from ingenes_desktop.demo.filemaker.values import DateForm

Parameters = Mapping[str, object]
_SCRIPTS = ("script", "script.prerequest", "script.presort")
_SHARED = ("layout.response", "dateformats", "portal", *_SCRIPTS, *(f"{s}.param" for s in _SCRIPTS))
_LONGEST_NUMBER = 10
DEFAULT_LIMIT = 100


def body_object(body: bytes) -> dict[str, object]:
    """The JSON object of a body; no body at all is an empty one."""
    if not body.strip():
        return {}
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=_no_constant)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError):
        raise FileMakerError(960) from None
    return an_object(value)


def _no_constant(_: str) -> object:
    raise ValueError


def an_object(value: object) -> dict[str, object]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise FileMakerError(960)
    return value


def json_text(text: object) -> object:
    """The value of a parameter that is JSON written as text, as `_sort` is."""
    try:
        return json.loads(str(text), parse_constant=_no_constant)
    except (ValueError, RecursionError):
        raise FileMakerError(960) from None


def only(parameters: Parameters, *known: str) -> None:
    """Refuse unknown parameters, and scripts: no file of this server holds one (104)."""
    for name in parameters:
        plain = name.removeprefix("_")
        if name in known or plain in _SHARED or plain.startswith(("limit.", "offset.")):
            continue
        raise FileMakerError(960, f"unknown parameter {name[:100]}")
    if any(parameters.get(name) for name in _SCRIPTS):
        raise FileMakerError(104)


def whole_number(parameters: Parameters, name: str, otherwise: int) -> int:
    """A number from 1, as a number or as text."""
    value = parameters.get(name, otherwise)
    if isinstance(value, bool) or not isinstance(value, int | str):
        raise FileMakerError(960, name)
    text = str(value).strip()
    if not (text.isascii() and text.isdigit() and len(text) <= _LONGEST_NUMBER and int(text)):
        raise FileMakerError(960, name)
    return int(text)


def date_form(parameters: Parameters, own: DateForm) -> DateForm:
    """How this call writes dates: `dateformats` 0 (or absent) American, 1 the file's, 2 ISO."""
    forms = {"0": DateForm.MONTH_FIRST, "1": own, "2": DateForm.ISO}
    value = parameters.get("dateformats", "0")
    if isinstance(value, bool) or str(value) not in forms:
        raise FileMakerError(960, "dateformats")
    return forms[str(value)]


def mod_id(parameters: Parameters) -> int | None:
    """The modification id a call insists on, None where it does not."""
    value = parameters.get("modId")
    if value is None or value == "":
        return None
    text = str(value)
    if isinstance(value, bool) or not (text.isascii() and text.isdigit()):
        raise FileMakerError(960, "modId")
    return int(text[:_LONGEST_NUMBER])


def find_requests(parameters: Parameters) -> list[FindRequest]:
    """The requests of a find."""
    query = parameters.get("query")
    if query is None:
        raise FileMakerError(958, "query")
    if not isinstance(query, list):
        raise FileMakerError(960, "query")
    if not query:
        raise FileMakerError(400)
    return [_find_request(an_object(each)) for each in query]


def _find_request(members: Mapping[str, object]) -> FindRequest:
    criteria: dict[str, str] = {}
    omit = False
    for name, said in members.items():
        if name == "omit":
            if said not in (True, False, "true", "false"):
                raise FileMakerError(960, "omit")
            omit = said in (True, "true")
        elif isinstance(said, bool) or not isinstance(said, str | int | float):
            raise FileMakerError(960, "query")
        else:
            criteria[name] = str(said)
    return FindRequest(criteria, omit)


def sort_steps(value: object) -> Iterable[tuple[str, str]]:
    """Field name and order ("ascend", "descend" or a value list's name) of each step."""
    if not isinstance(value, list):
        raise FileMakerError(960, "sort")
    steps: list[tuple[str, str]] = []
    for each in value:
        members = an_object(each)
        name, direction = members.get("fieldName"), members.get("sortOrder", "ascend")
        if not isinstance(name, str) or not isinstance(direction, str):
            raise FileMakerError(960, "sort")
        steps.append((name, direction))
    return steps
