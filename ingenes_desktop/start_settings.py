"""What was said before this start: the settings, and what the last run left of the window's looks.

Read before the first paint, on the UI thread.
"""

import sys
from collections.abc import Mapping
from os.path import lexists
from pathlib import Path
from typing import TYPE_CHECKING

from ingenes_desktop.adapters.environment import is_frozen
from ingenes_desktop.adapters.policy_file import PolicySource
from ingenes_desktop.adapters.settings import load_default_settings, load_settings
from ingenes_desktop.adapters.settings_sources import state_folder, user_settings_file
from ingenes_desktop.domain.auth_state import AuthState, Restoring, SignedOut, Unavailable
from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings

if TYPE_CHECKING:
    from ingenes_desktop.domain.preferences import Preferences


def read_settings(environment: Mapping[str, str], policy: PolicySource) -> tuple[Settings, AuthState]:
    """The settings, and the state that they let the window begin with."""
    try:
        settings = load_settings(
            environment,
            user_file=user_settings_file(environment, sys.platform),
            policy=policy,
            frozen=is_frozen(),
            defaults=resource_path("defaults.toml"),
        )
    except AuthError as error:
        from ingenes_desktop.domain.reference import new_reference  # noqa: PLC0415  only when it is wanted

        settings = load_default_settings(environment, policy=policy)
        return settings, Unavailable(Problem.of(error, new_reference()))
    if settings.machine is MachineKind.PERSONAL:
        from ingenes_desktop.adapters.vault_folder import vault_exists  # noqa: PLC0415  a shared machine has none

        if vault_exists(settings, environment, sys.platform):
            return settings, Restoring()
    return settings, SignedOut()


def preferences_file_of(settings: Settings, environment: Mapping[str, str]) -> Path | None:
    """None where nothing is remembered: on a kiosk, and where the program is only rehearsed."""
    if settings.machine is MachineKind.KIOSK or settings.endpoints.all_on_loopback:
        return None
    return state_folder(environment, sys.platform) / "preferences.toml"


def kept_preferences(settings: Settings, path: Path | None) -> "Preferences | None":
    """What the last run left, as far as it holds on this machine. One look where there is no file."""
    if path is None or settings.machine is MachineKind.KIOSK or not lexists(path):
        return None
    from ingenes_desktop.adapters.preferences import read_preferences  # noqa: PLC0415  where there are any

    return read_preferences(path).kept_on(settings.machine)
