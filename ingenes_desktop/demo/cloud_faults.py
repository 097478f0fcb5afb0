"""The faults of both servers as one: described in words or in JSON, switched on and off, and listed."""

import json
import re
from collections.abc import Mapping
from dataclasses import fields

from ingenes_desktop.demo.aws_fault_kinds import AWS_FAULTS, OPERATIONS, AwsSwitch
from ingenes_desktop.demo.aws_faults import AwsFaults
from ingenes_desktop.demo.filemaker.fault_switches import Faults, Switch
from ingenes_desktop.demo.filemaker.faults import FAULTS, FaultError
from ingenes_desktop.demo.filemaker.json_document import DocumentError, read_json

KINDS = (*FAULTS, *AWS_FAULTS)
KINDS_WITH_KEYS = ", ".join(
    f"{name} ({', '.join(each.name for each in fields(kind))})" if fields(kind) else name
    for name, kind in [*FAULTS.items(), *AWS_FAULTS.items()]
)
LARGEST_DESCRIPTION = 64 * 1024
_KEY = re.compile(r"[A-Za-z_]{1,40}")


def switch_from_json(description: object) -> Switch | AwsSwitch:
    """A switch of either server, from its description. Raises FaultError."""
    if not isinstance(description, Mapping):
        raise FaultError("a fault is described by a JSON object")
    kind = description.get("kind")
    if kind not in KINDS:
        raise FaultError("kind must be one of " + ", ".join(KINDS))
    return AwsSwitch.from_json(description) if kind in AWS_FAULTS else Switch.from_json(description)


def switch_from_text(text: str) -> Switch | AwsSwitch:
    """A switch as a person writes it on a command line. Raises FaultError.

    One of: KIND or KIND:KEY=VALUE,... ("slow:seconds=2,count=1"); OPERATION:CODE and
    OPERATION:seconds=SECONDS for AWS ("InitiateAuth:TooManyRequestsException"); a JSON object.
    """
    if len(text) > LARGEST_DESCRIPTION:
        raise FaultError("it is too long")
    if text.lstrip().startswith("{"):
        try:
            return switch_from_json(read_json(text))
        except DocumentError as error:
            raise FaultError(str(error)) from None
    head, _, tail = text.partition(":")
    parts = [part for part in tail.split(",") if part]
    if head in KINDS:
        return switch_from_json({"kind": head} | _values(head, parts))
    if head not in OPERATIONS:
        raise FaultError(
            f"it must begin with one of {', '.join(KINDS)}; or with one of {', '.join(OPERATIONS)}"
        )
    if parts and "=" not in parts[0]:
        return switch_from_json(
            {"kind": "aws_refusal", "operation": head, "code": parts[0]} | _values("aws_refusal", parts[1:])
        )
    if not any(part.startswith("seconds=") for part in parts):
        raise FaultError(
            f"what is {head} to do? Say {head}:TooManyRequestsException, for one, or {head}:seconds=2"
        )
    return switch_from_json({"kind": "aws_slow", "operation": head} | _values("aws_slow", parts))


def _values(kind: str, parts: list[str]) -> dict[str, object]:
    """KEY=VALUE, ...: texts where the fault takes a text, JSON otherwise."""
    known = FAULTS.get(kind) or AWS_FAULTS.get(kind)
    texts = {"on"} | {each.name for each in (fields(known) if known else ()) if each.type is str}
    values: dict[str, object] = {}
    for part in parts:
        key, equals, value = part.partition("=")
        if not equals or not _KEY.fullmatch(key):
            raise FaultError("after the kind come KEY=VALUE, with a comma between two")
        if key in values:
            raise FaultError(f"{key} stands twice")
        values[key] = value if key in texts else _json_or_text(value)
    return values


def _json_or_text(value: str) -> object:
    try:
        return json.loads(value)
    except (ValueError, RecursionError):
        return value


class CloudFaults:
    """The switches of both servers. Any thread."""

    def __init__(self, aws: AwsFaults, filemaker: Faults) -> None:
        self._aws = aws
        self._filemaker = filemaker

    def switch_on(self, switch: Switch | AwsSwitch) -> None:
        """Let it happen from now on."""
        if isinstance(switch, AwsSwitch):
            self._aws.apply(switch)
        else:
            self._filemaker.apply(switch)

    def switch_off(self, kind: str) -> None:
        """Switch off all faults of that kind; none is as well. Raises FaultError for an unknown kind."""
        if kind in AWS_FAULTS:
            self._aws.switch_off(AWS_FAULTS[kind])
        elif kind in FAULTS:
            self._filemaker.switch_off(FAULTS[kind])
        else:
            raise FaultError("kind must be one of " + ", ".join(KINDS))

    def clear(self) -> None:
        """Switch off everything, also what a test has scripted."""
        self._aws.clear()
        self._filemaker.clear()

    def listing(self) -> list[dict[str, object]]:
        """What is switched on, as JSON objects that could switch it on again."""
        switches: list[Switch | AwsSwitch] = [*self._filemaker.switches, *self._aws.switches]
        return [switch.to_json() for switch in switches]
