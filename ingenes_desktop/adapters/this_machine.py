"""Where this machine keeps its settings, and what applies when they cannot be read."""

import sys
from collections.abc import Mapping
from pathlib import Path

from platformdirs import user_config_path

from ingenes_desktop.adapters.policy_file import NoPolicy, platform_policy
from ingenes_desktop.adapters.settings import load_settings
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings

APPLICATION = "ingenes-desktop"
USER_FILE = "settings.toml"


def is_frozen() -> bool:
    """Whether this is an installed build (PyInstaller sets the mark)."""
    return bool(getattr(sys, "frozen", False))


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Every source of this machine, checked. Raises AuthError as load_settings does."""
    return load_settings(
        environment,
        user_file=user_config_path(APPLICATION, appauthor=False) / USER_FILE,
        policy=platform_policy(sys.platform),
        frozen=is_frozen(),
        defaults=resource_path("defaults.toml"),
    )


def built_in_settings() -> Settings:
    """The built-in defaults alone, for the window that says that the settings cannot be read."""
    return load_settings(
        {},
        user_file=Path(resource_path("defaults.toml")).with_name("none"),
        policy=NoPolicy(),
        frozen=True,
        defaults=resource_path("defaults.toml"),
    )
