"""What the gallery shows: every picture by its name, which are made unasked, and which are golden."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import product

from ingenes_desktop.domain.machine import MachineKind

DEFAULT_SIZE = (1000, 680)
SIZES = (DEFAULT_SIZE, (800, 480), (1366, 768), (480, 800), (683, 384), (546, 307), (320, 480), (3840, 2160))
"""In pixels of the screen: at 200 % a view has half as much room."""
LETTERS = "letters"
"""The golden picture that tells how the machine draws, whatever the window looks like."""
SPEECHES = ("es", "en", "pseudo")
"""Two languages, and the one that nobody speaks (tests/ui/pseudo_locale.py)."""
SCHEMES = ("light", "dark", "contrast-light", "contrast-dark")
SHEETS = ("help", "about")
"""What lies over the sign-in form on request."""

CHOSEN = (
    "sign-in-refused",
    "signing-in",
    "covered",
    "profile",
    "profile-warned",
    "challenge-app",
    "challenge-choose",
    "challenge-set-up",
    "new-password-refused",
    "reset",
    "reset-code",
    "two-step-on",
)
"""In all schemes, at several sizes and at 200 %."""
ON_EACH_MACHINE = (
    "sign-in",
    "sign-in-idle",
    "restoring",
    "covered",
    "profile",
    "profile-warned",
    "unavailable",
)
TURNED = ("sign-in", "sign-in-refused", "profile", "profile-warned", "challenge-app", "reset-code", "help")
"""On a kiosk whose screen stands upright."""

GOLDEN_ONCE = (
    "sign-in",
    "sign-in-refused",
    "sign-in-inspected",
    "sign-in-locked",
    "signing-in",
    "sign-in-verified",
    "new-password",
    "new-password-refused",
    "new-password-more",
    "challenge-app",
    "challenge-app-refused",
    "challenge-app-busy",
    "challenge-sms",
    "challenge-email-long",
    "challenge-choose",
    "challenge-choose-first",
    "challenge-password",
    "challenge-set-up",
    "challenge-address",
    "challenge-custom-long",
    "confirm",
    "confirm-limited",
    "reset",
    "reset-busy",
    "reset-code",
    "reset-code-policy",
    "reset-code-offline",
    "password-changed",
    "restoring",
    "restoring-offline",
    "covered",
    "covered-refused",
    "profile",
    "profile-reconnecting",
    "profile-warned",
    "profile-bare",
    "profile-long",
    "password-change",
    "password-change-refused",
    "two-step-off",
    "two-step-on",
    "two-step-set-up",
    "unavailable",
    "help",
)
"""Not "about", which names the versions of everything."""
GOLDEN_IN_ENGLISH = ("sign-in-refused", "challenge-choose", "reset-code", "profile", "two-step-on", "help")
GOLDEN_IN_ALL_SCHEMES = (
    "sign-in-refused",
    "signing-in",
    "profile",
    "profile-warned",
    "challenge-set-up",
    "help",
)
GOLDEN_SMALL = ("sign-in-refused", "signing-in", "profile", "challenge-app", "reset-code", "two-step-set-up")
GOLDEN_LARGE = ("sign-in-refused", "profile", "reset-code")


@dataclass(frozen=True, slots=True)
class Picture:
    """One picture: what is shown, how, and on what. ``percent`` is the screen's scale."""

    shown: str
    speech: str = "es"
    scheme: str = "light"
    size: tuple[int, int] = DEFAULT_SIZE
    machine: MachineKind = MachineKind.SHARED
    percent: int = 100

    @property
    def name(self) -> str:
        """Unlike any other's; what is as usual is left out."""
        parts = [self.shown, self.speech, self.scheme]
        if self.size != DEFAULT_SIZE:
            parts.append(f"{self.size[0]}x{self.size[1]}")
        if self.machine is not MachineKind.SHARED:
            parts.append(self.machine.value)
        if self.percent != 100:
            parts.append(f"{self.percent}%")
        return "--".join(parts)


def every_picture(states: tuple[str, ...]) -> Iterator[Picture]:
    """All that can be asked for by name, of these states and the sheets."""
    for percent, machine, size, scheme, speech, shown in product(
        (100, 200), MachineKind, SIZES, SCHEMES, SPEECHES, (*states, *SHEETS)
    ):
        yield Picture(shown, speech, scheme, size, machine, percent)


def gallery(states: tuple[str, ...]) -> list[Picture]:
    """What is made where nothing is asked for: every state once in each language, and the chosen ones."""
    chosen = [Picture(shown, speech) for speech, shown in product(SPEECHES, (*states, *SHEETS))]
    chosen += [
        Picture(shown, speech, scheme, size, percent=percent)
        for speech, percent, size, scheme, shown in product(
            ("es", "en"), (100, 200), ((800, 480), (1366, 768)), SCHEMES, (*CHOSEN, *SHEETS)
        )
    ]
    chosen += [
        Picture(shown, size=size, machine=machine)
        for machine, size, shown in product(
            (MachineKind.PERSONAL, MachineKind.KIOSK), (DEFAULT_SIZE, (800, 480)), ON_EACH_MACHINE
        )
    ]
    chosen += [Picture(shown, size=(480, 800), machine=MachineKind.KIOSK) for shown in TURNED]
    return list(dict.fromkeys([*chosen, *golden()]))


def golden() -> list[Picture]:
    """Those that are tracked, and that a test compares; 120 at most."""
    kiosk = MachineKind.KIOSK
    chosen = [Picture(shown) for shown in GOLDEN_ONCE]
    chosen += [Picture(shown, "en") for shown in GOLDEN_IN_ENGLISH]
    chosen += [Picture(*pair) for pair in product(GOLDEN_IN_ALL_SCHEMES, ("es",), SCHEMES[1:])]
    chosen += [Picture(shown, size=(800, 480)) for shown in GOLDEN_SMALL]
    chosen += [Picture(shown, size=(480, 800), machine=kiosk) for shown in TURNED]
    chosen += [Picture(shown, size=(1366, 768)) for shown in GOLDEN_LARGE]
    chosen += [
        Picture(shown, size=(1366, 768), percent=200) for shown in (*GOLDEN_LARGE, "challenge-app", "help")
    ]
    chosen += [Picture(shown, size=(800, 480), percent=200) for shown in ("sign-in-refused", "profile")]
    chosen += [
        Picture(shown, "pseudo") for shown in ("sign-in-refused", "profile", "reset-code", "new-password")
    ]
    chosen += [Picture(shown, machine=kiosk) for shown in ("sign-in", "profile", "unavailable")]
    chosen += [Picture(shown, machine=MachineKind.PERSONAL) for shown in ("sign-in", "restoring")]
    return list(dict.fromkeys(chosen))
