"""The settings of one run with everything that was said about them, for the check.

Where load_settings() stops at the first thing that is wrong, this goes on and names them all. What it
gives as values is what load_settings() gives; a test holds the two together.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from ingenes_desktop.adapters.policy_file import PolicySource
from ingenes_desktop.adapters.setting_table import SETTINGS, Reach, variable
from ingenes_desktop.adapters.settings import Reading, load_settings, reach_beside_the_policy
from ingenes_desktop.adapters.settings_sources import (
    ENVIRONMENT,
    Said,
    from_document,
    from_environment,
    toml_document,
)
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.domain.settings import Settings

BUILT_IN = "built-in"
"""The source of a setting that nobody said."""
_PREFIX = "INGENES_"
_OF_OTHERS = frozenset({"INGENES_WHEELHOUSE"})
"""packaging/dev.py's own."""
_LONGEST_NAME = 60
_FIELDS = {
    "aws_region": "region",
    "cognito_user_pool_id": "user_pool_id",
    "cognito_client_id": "client_id",
    "cognito_client_secret": "client_secret",
    "cognito_identity_pool_id": "identity_pool_id",
}
_TABLES = {"endpoint": "endpoints"}


class Why(Enum):
    """Why something that was said does not hold."""

    ADMINISTRATOR = "administrator_only"
    CLINIC_MACHINE = "clinic_machine"
    OVERRULED = "overruled"
    EMPTY = "empty"
    UNKNOWN = "unknown_variable"


@dataclass(frozen=True, slots=True)
class SettingValue:
    """One setting as the application takes it. ``label`` is its name in the source."""

    name: str
    value: object
    source: str
    label: str


@dataclass(frozen=True, slots=True)
class Ignored:
    """Something that was said and does not hold. ``by`` is the source that was obeyed instead."""

    label: str
    source: str
    why: Why
    by: str = ""


@dataclass(frozen=True, slots=True)
class Review:
    """What there is to say of the settings. ``settings`` is None where ``errors`` has any."""

    settings: Settings | None
    values: tuple[SettingValue, ...]
    ignored: tuple[Ignored, ...]
    errors: tuple[AuthError, ...]


def review_settings(
    environment: Mapping[str, str], *, user_file: Path, policy: PolicySource, frozen: bool, defaults: Path
) -> Review:
    """Read every source as load_settings() does. Never raises."""
    review = _Review()
    administrator = review.gathered(lambda: policy.read() or {}, policy.name)
    machine = _machine_of(administrator, policy.name)
    allowed = reach_beside_the_policy(machine, frozen=frozen)
    review.take(
        review.gathered(lambda: toml_document(defaults), defaults.name), defaults.name, frozenset(Reach)
    )
    review.take(review.gathered(lambda: toml_document(user_file), user_file.name), user_file.name, allowed)
    review.take(from_environment(environment), ENVIRONMENT, allowed)
    review.take(administrator, policy.name, frozenset(Reach))
    review.note_unknown_variables(environment)
    settings: Settings | None = None
    try:
        settings = load_settings(
            environment, user_file=user_file, policy=policy, frozen=frozen, defaults=defaults
        )
    except AuthError as error:
        review.add_error(error)
    return Review(settings, tuple(review.rows(settings)), tuple(review.ignored), tuple(review.errors))


class _Review:
    """What was heard so far, source by source in the order in which they hold."""

    def __init__(self) -> None:
        self.ignored: list[Ignored] = []
        self.errors: list[AuthError] = []
        self._values: dict[str, SettingValue] = {}

    def add_error(self, error: AuthError) -> None:
        """Name each wrong thing once."""
        if all(error.detail != known.detail for known in self.errors):
            self.errors.append(error)

    def gathered(self, read: Callable[[], Mapping[str, object]], source: str) -> list[Said]:
        """Every setting of a document that has a name; what has none is an error of its own."""
        try:
            document = read()
        except AuthError as error:
            self.add_error(error)
            return []
        found: list[Said] = []
        for piece in _pieces(document):
            try:
                found += from_document(piece, source)
            except AuthError as error:
                self.add_error(error)
        return found

    def take(self, said: Iterable[Said], source: str, allowed: frozenset[Reach]) -> None:
        """Lay one source over what is here."""
        for each in said:
            if isinstance(each.value, str) and not each.value.strip():
                if source == ENVIRONMENT:
                    self.ignored.append(Ignored(each.label, source, Why.EMPTY))
                continue
            reach = SETTINGS[each.name].reach
            if reach not in allowed:
                why = Why.ADMINISTRATOR if reach is Reach.ADMINISTRATOR else Why.CLINIC_MACHINE
                self.ignored.append(Ignored(each.label, source, why))
                continue
            reading = Reading()
            try:
                reading.take([each], source, allowed)
            except AuthError as error:
                self.add_error(error)
                self._values.pop(each.name, None)  # what a weaker source says does not hold instead
                continue
            before = self._values.get(each.name)
            if before is not None and before.source != source:
                self._overrule(before, source)
            self._values[each.name] = SettingValue(each.name, reading.values[each.name], source, each.label)

    def _overrule(self, before: SettingValue, source: str) -> None:
        # Everything stands over the defaults: that is what they are for, and no news.
        if not before.source.startswith("defaults"):
            self.ignored.append(Ignored(before.label, before.source, Why.OVERRULED, by=source))

    def note_unknown_variables(self, environment: Mapping[str, str]) -> None:
        """A misspelt variable is not obeyed either; its value is not looked at."""
        known = {variable(name) for name, setting in SETTINGS.items() if setting.has_variable}
        for name in sorted(environment):
            if name.startswith(_PREFIX) and name not in known | _OF_OTHERS:
                self.ignored.append(Ignored(name[:_LONGEST_NAME], ENVIRONMENT, Why.UNKNOWN))

    def rows(self, settings: Settings | None) -> Iterator[SettingValue]:
        """Every setting there is, in the order of the table; without settings only what was said rightly."""
        for name in SETTINGS:
            said = self._values.get(name)
            if settings is None:
                if said is not None:
                    yield said
                continue
            source, label = (said.source, said.label) if said is not None else (BUILT_IN, name)
            yield SettingValue(name, value_in(settings, name), source, label)


def value_in(settings: Settings, name: str) -> object:
    """The value of the setting ``name`` as the application has it."""
    table, _, field = name.rpartition(".")
    owner: object = getattr(settings, _TABLES.get(table, table)) if table else settings
    return getattr(owner, field if table else _FIELDS.get(name, name))


def shown_value(value: object) -> str | None:
    """A value in one line, None for "not said". A secret is never shown, only that it is there."""
    match value:
        case None | "" | ():
            return None
        case Secret():
            return "(set)"
        case Enum():
            return str(value.value)
        case bool():
            return "true" if value else "false"
        case float():
            return f"{value:g}"
        case tuple():
            return ", ".join(map(str, value))
        case Mapping():
            return f"({len(value)})" if value else None
        case _:
            return str(value)


def _pieces(document: Mapping[str, object]) -> Iterator[Mapping[str, object]]:
    """A document in pieces of one setting each, so that one wrong piece hides no other."""
    for key, value in document.items():
        if isinstance(value, Mapping) and key != "company_names":
            yield from ({key: {inner: entry}} for inner, entry in value.items())
        else:
            yield {key: value}


def _machine_of(said: Iterable[Said], source: str) -> MachineKind:
    reading = Reading()
    for each in said:
        if each.name == "machine":
            try:
                reading.take([each], source, frozenset(Reach))
            except AuthError:
                return MachineKind.KIOSK  # it may have said so
    machine: MachineKind = reading.values.get("machine", MachineKind.PERSONAL)
    return machine
