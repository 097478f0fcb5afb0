"""What Linux's several sources have said of the screen, and what follows from it (pure)."""

from dataclasses import dataclass, replace
from typing import Self

from ingenes_desktop.controllers.session_events.interface import CoverReason


@dataclass(frozen=True, slots=True)
class ScreenFacts:
    """One picture of the screen; every change gives a new one.

    logind's Lock signal asks the desktop to lock, and LockedHint says that it did. Some screen lockers
    never say so, and none says anything once its service is gone: what was only asked for is believed
    until somebody who knows says otherwise, or until the person at the screen reaches our window.
    https://www.freedesktop.org/software/systemd/man/latest/org.freedesktop.login1.html
    """

    lock_asked: bool = False
    lock_hint: bool = False
    savers: frozenset[str] = frozenset()
    """The screen savers that say they are on, by the name they have on the bus."""
    active: bool = True
    sleeping: bool = False

    @property
    def reasons(self) -> frozenset[CoverReason]:
        """Why the screen is to be covered; empty where it is not."""
        found = {
            CoverReason.LOCKED: self.lock_asked or self.lock_hint or bool(self.savers),
            CoverReason.ASLEEP: self.sleeping,
            CoverReason.AWAY: not self.active,
        }
        return frozenset(reason for reason, holds in found.items() if holds)

    @property
    def is_only_asked(self) -> bool:
        """Whether nobody vouches for the cover: then input that reaches us shows that the screen is open."""
        return self.lock_asked and replace(self, lock_asked=False) == ScreenFacts()

    def ask_lock(self, *, wanted: bool) -> Self:
        """The Session's Lock or Unlock signal."""
        return replace(self, lock_asked=wanted)

    def hint_lock(self, *, locked: bool) -> Self:
        """The Session's LockedHint. One that goes off also ends what was only asked for."""
        asked = self.lock_asked and (locked or not self.lock_hint)
        return replace(self, lock_hint=locked, lock_asked=asked)

    def switch(self, *, active: bool) -> Self:
        """The Session's Active: whether it has the screen."""
        return replace(self, active=active)

    def sleep(self, *, sleeping: bool) -> Self:
        """The Manager's PrepareForSleep."""
        return replace(self, sleeping=sleeping)

    def save_screen(self, name: str, *, active: bool) -> Self:
        """ActiveChanged of the screen saver ``name``. One that goes off also ends what was only asked for."""
        savers = self.savers | {name} if active else self.savers - {name}
        asked = self.lock_asked and (active or name not in self.savers)
        return replace(self, savers=savers, lock_asked=asked)

    def lose_logind(self) -> Self:
        """logind is gone: what it said last holds on, with nobody to vouch for it."""
        asked = self.lock_asked or self.lock_hint or self.sleeping or not self.active
        return replace(self, lock_asked=asked, lock_hint=False, sleeping=False, active=True)

    def lose_saver(self, name: str) -> Self:
        """The screen saver ``name`` is gone: likewise."""
        asked = self.lock_asked or name in self.savers
        return replace(self, lock_asked=asked, savers=self.savers - {name})

    def prove_open(self) -> Self:
        """The person at the screen has reached our window."""
        return replace(self, lock_asked=False) if self.is_only_asked else self
