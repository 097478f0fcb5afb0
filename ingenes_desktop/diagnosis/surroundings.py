"""What the check looks at, and the edges it looks through: files, network, clocks, keyring, terminal."""

import sys
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from ssl import SSLContext
from threading import Lock
from typing import Protocol

from ingenes_desktop import __version__
from ingenes_desktop.adapters.connection import Resolve, resolve_by_system
from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.adapters.environment import is_frozen
from ingenes_desktop.adapters.policy_file import PolicySource, platform_policy, policy_path
from ingenes_desktop.adapters.settings_sources import user_settings_file
from ingenes_desktop.adapters.transport import ProxyFor, system_trust
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.controllers.system_proxy import find_system_proxy
from ingenes_desktop.domain.machine import Limits
from ingenes_desktop.domain.resources import resource_path

USER_AGENT = f"ingenes-desktop/{__version__}"


class KeyringProbe(Protocol):
    """What the check asks of a keyring."""

    def probe(self) -> str:
        """The backend's class, once it has answered. May block; raises AuthError."""
        ...


@dataclass(frozen=True, slots=True)
class Surroundings:
    """One computer, as the application would find it. ``dropped`` are variables that it never reads."""

    environment: Mapping[str, str]
    dropped: tuple[str, ...]
    platform: str
    frozen: bool
    defaults: Path
    user_file: Path
    policy: PolicySource
    policy_file: Path | None
    log_folder: Path | None = None
    """Where the log is, if not in the machine's own folder."""
    trust: Callable[[], SSLContext] = system_trust
    resolve: Resolve = resolve_by_system
    find_system_proxy: ProxyFor = find_system_proxy
    clock: Callable[[], float] = time.monotonic
    wall_clock: Callable[[], float] = time.time
    keyring: Callable[[str], KeyringProbe] = make_username_store

    @classmethod
    def of_this_computer(cls, environment: Mapping[str, str], dropped: tuple[str, ...]) -> "Surroundings":
        """The computer that this runs on; ``environment`` has been scrubbed of ``dropped``."""
        policy = platform_policy(sys.platform)
        return cls(
            environment=environment,
            dropped=dropped,
            platform=sys.platform,
            frozen=is_frozen(),
            defaults=resource_path("defaults.toml"),
            user_file=user_settings_file(environment, sys.platform),
            policy=policy,
            policy_file=policy_path(policy),
        )


@dataclass(slots=True)
class Attempts:
    """Every attempt of one check, so that a person can end it. Any thread."""

    clock: Callable[[], float]
    _running: list[Attempt] = field(default_factory=list)
    _is_over: bool = False
    _lock: Lock = field(default_factory=Lock)

    def new(self, limits: Limits) -> Attempt:
        """An attempt with the limits of a sign-in."""
        attempt = Attempt(clock=self.clock, step_seconds=limits.step, total_seconds=limits.attempt)
        with self._lock:
            self._running.append(attempt)
            is_over = self._is_over
        if is_over:
            attempt.cancel()
        return attempt

    def new_tidying(self, limits: Limits) -> Attempt:
        """An attempt for what must be ended at the far ends; shorter where the person has had enough."""
        with self._lock:
            seconds = limits.tidy_up_on_quit if self._is_over else limits.tidy_up
        return Attempt(clock=self.clock, step_seconds=seconds, total_seconds=seconds)

    def cancel(self) -> None:
        """End them all now, and those that would still begin."""
        with self._lock:
            self._is_over = True
            running = list(self._running)
        for attempt in running:
            attempt.cancel()
