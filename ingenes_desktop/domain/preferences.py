"""What the window remembers between two starts. Nothing of it is secret or names a person."""

from collections.abc import Sequence

from ingenes_desktop.domain.machine import Appearance, Language, MachineKind
from ingenes_desktop.domain.value import Value, replace


class Area(Value):
    """A rectangle of the desktop, in device-independent pixels."""

    x: int
    y: int
    width: int
    height: int

    def overlap(self, other: "Area") -> int:
        """How much of the two is the same, in square pixels."""
        across = min(self.x + self.width, other.x + other.width) - max(self.x, other.x)
        down = min(self.y + self.height, other.y + other.height) - max(self.y, other.y)
        return max(0, across) * max(0, down)


class WindowPlace(Value):
    """Where a window stood: its inside while it is not maximised, and on what a screen."""

    inside: Area
    frame: int
    """How high the title bar above the inside is."""
    maximised: bool
    screen_width: int
    screen_height: int


class Preferences(Value):
    """Each is None where nobody has chosen."""

    language: Language | None = None
    appearance: Appearance | None = None
    place: WindowPlace | None = None

    def kept_on(self, machine: MachineKind) -> "Preferences":
        """What of it is remembered on such a machine.

        At a shared desk the next person finds the clinic's language and looks, not the last one's; where
        the window stands is the desk's own. A kiosk remembers nothing.
        """
        match machine:
            case MachineKind.PERSONAL:
                return self
            case MachineKind.SHARED:
                return Preferences(place=self.place)
            case MachineKind.KIOSK:
                return Preferences()


_HANDLE = Area(0, 0, 120, 16)
"""So much of the title bar must be on a screen for a hand to take hold of it."""


def place_on(screens: Sequence[Area], place: WindowPlace) -> WindowPlace:
    """``place`` so that it lies wholly on one of ``screens``, as far as it has room there.

    Each of these is without its panels; the first is the main one.
    Screens come and go, and their scale changes: on one of another size than it was, only the window's own
    size is taken, and stands in the middle.
    """
    was = place.inside
    title = Area(was.x, was.y - place.frame, was.width, max(place.frame, _HANDLE.height))
    screen = max(screens, key=title.overlap)
    reachable = title.overlap(screen) >= _HANDLE.width * _HANDLE.height
    if not reachable:
        screen = screens[0]
    width = min(was.width, screen.width)
    height = min(was.height, screen.height - place.frame)
    if reachable and (screen.width, screen.height) == (place.screen_width, place.screen_height):
        x = min(max(was.x, screen.x), screen.x + screen.width - width)
        y = min(max(was.y, screen.y + place.frame), screen.y + screen.height - height)
    else:
        x = screen.x + (screen.width - width) // 2
        y = screen.y + place.frame + (screen.height - place.frame - height) // 2
    return replace(place, inside=Area(x, y, width, height))
