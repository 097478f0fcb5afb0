"""What a call says in its body or query: read, checked, and in FileMaker's loose types.

Whole numbers come as numbers or as text, `omit` as true or "true". Every reader raises
FileMakerError 958 for what is missing and 960 for what is malformed.
"""

import json
from collections.abc import Iterable, Mapping, Sequence

from ingenes_desktop.demo.filemaker.answers import FileMakerError
from ingenes_desktop.demo.filemaker.found_set import FindRequest
from ingenes_desktop.demo.filemaker.json_document import finite, no_constant
from ingenes_desktop.demo.filemaker.portals import PortalRange
from ingenes_desktop.demo.filemaker.schema import Portal
from ingenes_desktop.demo.filemaker.values import DateForm

Parameters = Mapping[str, object]
_SCRIPTS = ("script", "script.prerequest", "script.presort")
_SHARED = ("layout.response", "dateformats", *_SCRIPTS, *(f"{s}.param" for s in _SCRIPTS))
_OPTIONS = {"entrymode": ("user", "script"), "prohibitmode": ("user", "script")}
_MOST_REQUESTS = 1000
_MOST_SORTS = 50
_LONGEST_NUMBER = 10
DEFAULT_LIMIT = 100


def body_object(body: bytes) -> dict[str, object]:
    """The JSON object of a body; no body at all is an empty one."""
    if not body.strip():
        return {}
    try:
        value = json.loads(body.decode("utf-8"), parse_constant=no_constant, parse_float=finite)
        json.dumps(value, ensure_ascii=False).encode("utf-8")  # a lone surrogate is no text
    except (ValueError, RecursionError):
        raise FileMakerError(960) from None
    return an_object(value)


def an_object(value: object) -> dict[str, object]:
    """A JSON object."""
    if not isinstance(value, dict):
        raise FileMakerError(960)
    return value


def json_text(text: object) -> object:
    """The value of a parameter that is JSON written as text, as `_sort` is."""
    try:
        return json.loads(str(text), parse_constant=no_constant, parse_float=finite)
    except (ValueError, RecursionError):
        raise FileMakerError(960) from None


def only(parameters: Parameters, *known: str, portals: str | None = None) -> None:
    """Refuse unknown parameters. `portals` is what stands before the names of portals' limits: ""
    in a body, "_" in a query, None where a call returns no portals."""
    for name in parameters:
        if name in known or name in _SHARED:
            continue
        if portals is not None and (
            name == "portal" or name.startswith((f"{portals}limit.", f"{portals}offset."))
        ):
            continue
        raise FileMakerError(960, f"Unknown parameter(s): {name[:100]}")


def wanted_portals(parameters: Parameters, portals: Sequence[Portal], prefix: str) -> dict[str, PortalRange]:
    """Which rows of which portals of a layout a call wants, by the portals' keys: of all, where it
    names none. A portal has two names, its object's and its table occurrence; letter case does not
    matter, and a name that no portal has asks for nothing."""
    chosen = _portal_names(parameters.get("portal"))
    folded = {name.casefold(): name for name in parameters}

    def said(what: str, portal: Portal) -> int | None:
        for name in (portal.key, portal.occurrence):
            parameter = folded.get(f"{prefix}{what}.{name}".casefold())
            if parameter is not None:
                return whole_number(parameters, parameter, 1)
        return None

    return {
        portal.key: PortalRange(said("offset", portal) or 1, said("limit", portal))
        for portal in portals
        if chosen is None or {portal.key.casefold(), portal.occurrence.casefold()} & chosen
    }


def _portal_names(value: object) -> set[str] | None:
    if value is None or value == "":
        return None
    if isinstance(value, str):
        value = json_text(value) if value.lstrip().startswith("[") else value.split(",")
    if not isinstance(value, list) or not all(isinstance(each, str) for each in value):
        raise FileMakerError(960, "portal")
    return {str(each).casefold() for each in value}


def entry_options(parameters: Parameters) -> dict[str, str]:
    """The `options` of a call that writes: `entrymode` and `prohibitmode`, each user or script."""
    options = an_object(parameters.get("options", {}))
    for name, value in options.items():
        if value not in _OPTIONS.get(name, ()):
            raise FileMakerError(960, "options")
    return {name: str(value) for name, value in options.items()}


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
    if len(query) > _MOST_REQUESTS:
        raise FileMakerError(960, "query")
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
    if not isinstance(value, list) or len(value) > _MOST_SORTS:
        raise FileMakerError(960, "sort")
    steps: list[tuple[str, str]] = []
    for each in value:
        members = an_object(each)
        name, direction = members.get("fieldName"), members.get("sortOrder", "ascend")
        if not isinstance(name, str) or not isinstance(direction, str):
            raise FileMakerError(960, "sort")
        steps.append((name, direction))
    return steps
