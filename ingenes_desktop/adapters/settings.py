"""Reads the settings of one run: defaults < user file < environment < administrator's policy."""

import sys
from collections.abc import Iterable, Mapping
from contextlib import suppress
from pathlib import Path
from types import MappingProxyType
from typing import Any

from ingenes_desktop.adapters.environment import is_frozen
from ingenes_desktop.adapters.policy_file import PolicySource, platform_policy
from ingenes_desktop.adapters.setting_table import SETTINGS, Reach
from ingenes_desktop.adapters.settings_sources import (
    ENVIRONMENT,
    Said,
    from_document,
    from_environment,
    invalid,
    toml_document,
    user_settings_file,
)
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.machine import Limits, MachineKind, SessionLimits
from ingenes_desktop.domain.password_policy import PasswordPolicy
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Endpoints, FileMakerRules, Settings
from ingenes_desktop.domain.value import replace

_IGNORED = "ignored"
_REQUIRED = {
    "region": "aws_region",
    "user_pool_id": "cognito_user_pool_id",
    "client_id": "cognito_client_id",
    "identity_pool_id": "cognito_identity_pool_id",
    "filemaker_secret_name": "filemaker_secret_name",
}
_OPTIONAL = (
    "auth_flow", "language", "appearance", "log_level", "machine", "screen_keyboard", "clinic",
    "company_check", "company_names", "proxy",
)  # fmt: skip


def load_settings(
    environment: Mapping[str, str],
    *,
    user_file: Path,
    policy: PolicySource,
    frozen: bool,
    defaults: Path,
) -> Settings:
    """The settings of this run, every value checked. Called once, before the window paints.

    In a frozen build, and where the policy says shared or kiosk, the user file and the environment set
    language, appearance and log level only. What they say beyond what is theirs is not obeyed:
    ignored_settings() names it.

    Raises AuthError SETTING_INVALID with the detail "NAME (SOURCE)", or SETTINGS_UNREADABLE with the
    file's name.
    """
    reading = Reading()
    reading.take(from_document(toml_document(defaults), defaults.name), defaults.name, frozenset(Reach))
    # The policy is checked first, since it says whose machine this is; it is laid over the others last.
    administrator = Reading()
    administrator.take(from_document(policy.read() or {}, policy.name), policy.name, frozenset(Reach))
    machine = administrator.values.get("machine", MachineKind.PERSONAL)
    allowed = reach_beside_the_policy(machine, frozen=frozen)
    reading.take(from_document(toml_document(user_file), user_file.name), user_file.name, allowed)
    reading.take(from_environment(environment), ENVIRONMENT, allowed)
    reading.lay_over(administrator)
    reading.check_pools()
    reading.check_session()
    return reading.settings()


def reach_beside_the_policy(machine: MachineKind, *, frozen: bool) -> frozenset[Reach]:
    """Which settings the user file and the environment may say."""
    is_clinics = frozen or machine is not MachineKind.PERSONAL
    return frozenset({Reach.EVERYBODY} if is_clinics else {Reach.EVERYBODY, Reach.OWN_MACHINE})


def load_settings_of_this_machine(environment: Mapping[str, str]) -> Settings:
    """load_settings() with this machine's own files. Raises AuthError."""
    return load_settings(
        environment,
        user_file=user_settings_file(environment, sys.platform),
        policy=platform_policy(sys.platform),
        frozen=is_frozen(),
        defaults=resource_path("defaults.toml"),
    )


def load_default_settings(
    environment: Mapping[str, str], *, policy: PolicySource | None = None, defaults: Path | None = None
) -> Settings:
    """What a window is drawn with that can only say that the settings are wrong; nobody signs in with it.

    The defaults, the environment's language and the policy's kind of machine. A policy that cannot be
    read, or whose kind is none, may have meant kiosk, so it counts as that. Never raises.
    """
    reading = Reading()
    source = policy or platform_policy(sys.platform)
    with suppress(AuthError):
        path = defaults or resource_path("defaults.toml")
        reading.take(from_document(toml_document(path), path.name), path.name, frozenset(Reach))
    for name in _REQUIRED.values():
        reading.values.setdefault(name, "")
    for said in from_environment(environment):
        if said.name == "language":
            with suppress(AuthError):
                reading.take([said], ENVIRONMENT, {Reach.EVERYBODY})
    reading.values["machine"] = MachineKind.KIOSK
    with suppress(AuthError):
        # The kind alone: whatever else is wrong in there does not make a kiosk of a personal machine.
        kind = (source.read() or {}).get("machine", MachineKind.PERSONAL.value)
        reading.take([Said("machine", "machine", kind)], source.name, frozenset(Reach))
    return reading.settings()


def ignored_settings(settings: Settings) -> tuple[str, ...]:
    """What was said where it is not to be said, each as "NAME (SOURCE)"."""
    return tuple(name for name, source in settings.sources.items() if source == _IGNORED)


class Reading:
    """The values so far, and by whom each was said."""

    def __init__(self) -> None:
        self.values: dict[str, Any] = {}
        self.said: dict[str, tuple[str, str]] = {}
        self._ignored: dict[str, str] = {}

    def take(self, said: Iterable[Said], source: str, allowed: frozenset[Reach] | set[Reach]) -> None:
        """Lay one source's values over what is here. An empty text counts as not said."""
        for name, label, value in said:
            if isinstance(value, str) and not value.strip():
                continue
            setting = SETTINGS[name]
            if setting.reach not in allowed:
                self._ignored[f"{label} ({source})"] = _IGNORED
                continue
            try:
                checked = setting.check(value)
            except ValueError:
                checked = None
            if checked is None:
                # Outside the handler: the check's own error may quote the value, and is not kept.
                raise invalid(label, source)
            # The newest word last: of two that do not go together, the one that came later is blamed.
            self.values.pop(name, None)
            self.values[name] = checked
            self.said[name] = (label, source)

    def lay_over(self, other: "Reading") -> None:
        """Lay another reading's values over these."""
        for name, value in other.values.items():
            self.values.pop(name, None)
            self.values[name] = value
        self.said |= other.said

    def check_pools(self) -> None:
        """Both pools carry their region in front; a region of its own would ask the wrong hosts."""
        for name in _REQUIRED.values():
            if name not in self.values:
                raise invalid(name, "defaults.toml")
        region = self.values["aws_region"]
        for name, separator in (("cognito_user_pool_id", "_"), ("cognito_identity_pool_id", ":")):
            if self.values[name].partition(separator)[0] != region:
                raise self._blame(name, "aws_region")

    def check_session(self) -> None:
        """The longest session must leave room for the idle limit: minutes taken for seconds would not."""
        session = self._session()
        if session.retry_longest < session.retry_first:
            raise self._blame("session.retry_first", "session.retry_longest")
        if session.longest < session.idle + session.countdown:
            raise self._blame("session.idle", "session.countdown", "session.longest")

    def _blame(self, *names: str) -> AuthError:
        """The error for that one of these settings which was said last."""
        order = list(self.values)
        return invalid(*self.said[max((name for name in names if name in self.said), key=order.index)])

    def settings(self) -> Settings:
        """Everything as the application takes it."""
        values = self.values
        return Settings(
            **{field: values[name] for field, name in _REQUIRED.items()},
            **{name: values[name] for name in _OPTIONAL if name in values},
            client_secret=values.get("cognito_client_secret"),
            endpoints=Endpoints(**self._table("endpoint")),
            password_policy=PasswordPolicy(**self._table("password_policy")),
            filemaker=FileMakerRules(**self._table("filemaker")),
            limits=Limits(**self._table("limits")),
            session=self._session(),
            sources=MappingProxyType({name: said[1] for name, said in self.said.items()} | self._ignored),
        )

    def _session(self) -> SessionLimits:
        machine = self.values.get("machine", MachineKind.PERSONAL)
        return replace(SessionLimits.of(machine), **self._table("session"))

    def _table(self, table: str) -> dict[str, Any]:
        prefix = f"{table}."
        return {
            name.removeprefix(prefix): value for name, value in self.values.items() if name.startswith(prefix)
        }
