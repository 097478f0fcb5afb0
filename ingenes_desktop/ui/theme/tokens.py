"""The names of every colour, type size, space, radius and time of motion.

Nothing else in ``ui`` holds a figure of these. Distances are device-independent pixels at the plain size
of text; ``theme.scaled`` gives them at the size that the person asked the system for.
"""

from ingenes_desktop.domain.value import Value


class Colors(Value):
    """The colours of one scheme, as "#rrggbb"."""

    ground: str
    """Behind the card."""
    surface: str
    """The card."""
    line: str
    """A quiet division; never the only sign of anything."""
    field: str
    field_border: str
    text: str
    text_muted: str
    text_disabled: str
    accent: str
    accent_hover: str
    accent_pressed: str
    on_accent: str
    link: str
    selection: str
    on_selection: str
    error: str
    error_ground: str
    notice: str
    notice_ground: str
    aside: str
    """The calm half of the card."""
    aside_shape: str
    """The soft circles on it; decoration."""
    on_aside: str
    on_aside_muted: str
    on_aside_accent: str
    outline: str
    """The edge of the card itself; the colour of the surface where its shadow is enough."""
    shadow: str


LIGHT = Colors(
    ground="#eef2f3",
    surface="#ffffff",
    line="#dfe6e8",
    field="#ffffff",
    field_border="#7d8d94",
    text="#14262c",
    text_muted="#526670",
    text_disabled="#7d8d94",
    accent="#0c6a70",
    accent_hover="#0a5a60",
    accent_pressed="#084a4f",
    on_accent="#ffffff",
    link="#0c6a70",
    selection="#0c6a70",
    on_selection="#ffffff",
    error="#a8261d",
    error_ground="#fcefed",
    notice="#24505a",
    notice_ground="#e9f3f4",
    aside="#0d4a50",
    aside_shape="#13585f",
    on_aside="#ffffff",
    on_aside_muted="#b3d3d4",
    on_aside_accent="#7fe0d4",
    outline="#ffffff",
    shadow="#10303a",
)

DARK = Colors(
    ground="#0f1619",
    surface="#192226",
    line="#2c393f",
    field="#121a1d",
    field_border="#70838c",
    text="#e7eef0",
    text_muted="#a3b5bc",
    text_disabled="#70838c",
    accent="#57bdc2",
    accent_hover="#70cbd0",
    accent_pressed="#43a9ae",
    on_accent="#06262a",
    link="#6bcace",
    selection="#57bdc2",
    on_selection="#06262a",
    error="#ffa59b",
    error_ground="#3a2020",
    notice="#b5dde0",
    notice_ground="#1b3236",
    aside="#0e383d",
    aside_shape="#134349",
    on_aside="#f1f7f7",
    on_aside_muted="#a5c8ca",
    on_aside_accent="#7fe0d4",
    outline="#192226",
    shadow="#000000",
)

# For who asked the system for more contrast: text 7:1 (WCAG 2.2, 1.4.6), every edge drawn, no soft shapes.
CONTRAST_LIGHT = Colors(
    ground="#fffffe",
    surface="#ffffff",
    line="#000000",
    field="#ffffff",
    field_border="#000000",
    text="#000000",
    text_muted="#000000",
    text_disabled="#4a4a4a",
    accent="#003c8f",
    accent_hover="#002a66",
    accent_pressed="#001b45",
    on_accent="#ffffff",
    link="#003c8f",
    selection="#003c8f",
    on_selection="#ffffff",
    error="#8a0000",
    error_ground="#ffffff",
    notice="#003c8f",
    notice_ground="#ffffff",
    aside="#000000",
    aside_shape="#000000",
    on_aside="#ffffff",
    on_aside_muted="#ffffff",
    on_aside_accent="#ffe900",
    outline="#000000",
    shadow="#fffffe",
)

CONTRAST_DARK = Colors(
    ground="#000000",
    surface="#000001",
    line="#ffffff",
    field="#000000",
    field_border="#ffffff",
    text="#ffffff",
    text_muted="#ffffff",
    text_disabled="#b0b0b0",
    accent="#ffe900",
    accent_hover="#fff27a",
    accent_pressed="#ffffff",
    on_accent="#000000",
    link="#ffe900",
    selection="#ffe900",
    on_selection="#000000",
    error="#ff9d9d",
    error_ground="#000000",
    notice="#ffe900",
    notice_ground="#000000",
    aside="#000000",
    aside_shape="#000000",
    on_aside="#ffffff",
    on_aside_muted="#ffffff",
    on_aside_accent="#ffe900",
    outline="#ffffff",
    shadow="#000000",
)

SCHEMES = {"light": LIGHT, "dark": DARK, "contrast-light": CONTRAST_LIGHT, "contrast-dark": CONTRAST_DARK}
"""Every scheme by its name. No two have the same ground: by it a painted widget knows its scheme."""

# What stands on what: tests/ui/contrast_table.py measures every pair.
TEXT_PAIRS = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "field"),
    ("text", "notice_ground"),
    ("text_muted", "ground"),
    ("text_muted", "surface"),
    ("text_muted", "field"),
    ("text_muted", "notice_ground"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_selection", "selection"),
    ("link", "surface"),
    ("link", "ground"),
    ("link", "notice_ground"),
    ("error", "surface"),
    ("error", "error_ground"),
    ("notice", "notice_ground"),
    ("on_aside", "aside"),
    ("on_aside", "aside_shape"),
    ("on_aside_muted", "aside"),
    ("on_aside_muted", "aside_shape"),
    ("on_aside_accent", "aside"),
    ("on_aside_accent", "aside_shape"),
    ("aside", "on_aside_accent"),
)
"""Words and icons, and what they stand on."""
EDGE_PAIRS = (
    ("field_border", "field"),
    ("field_border", "surface"),
    ("field_border", "ground"),
    ("accent", "surface"),
    ("accent", "field"),
    ("accent", "ground"),
    ("accent", "notice_ground"),
    ("on_accent", "accent"),
    ("error", "field"),
    ("error", "surface"),
    ("on_aside_accent", "aside"),
    ("on_aside_accent", "aside_shape"),
    ("on_aside_muted", "aside"),
)
"""What shows a control, its state or the focus, and what it stands on."""


class Type:
    """Sizes of letters."""

    TITLE = 26
    WORDMARK = 20
    BODY = 15
    LABEL = 14
    SMALL = 13
    AVATAR = 28


class Space:
    """Distances."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 28
    PAGE = 44


class Radius:
    """Corners."""

    CARD = 16
    CONTROL = 8
    SMALL = 5


class Size:
    """Measures of things. Whatever holds words is taken through ``theme.scaled``."""

    TARGET = 44
    """The least that a finger in a glove hits (WCAG 2.2, 2.5.5)."""
    CARD = 860
    """How wide the card is where there is room."""
    CARD_NARROW = 560
    """How wide it is at most with its calm half above the form."""
    CARD_HEIGHT = 520
    ASIDE = 272
    ASIDE_SMALL = 236
    SHADOW = 10
    SHADOW_SMALL = 4
    BESIDE = 640
    """From this width on the calm half has room beside the form."""
    TIGHT_WIDTH = 840
    TIGHT_HEIGHT = 600
    """Below these the margins shrink."""
    BARE_WIDTH = 400
    """Below it the margins are as small as can be, and the mark stands without the name."""
    LINE = 20
    """A line of small words below a field."""
    CHOICE = 60
    BUTTON_MINIMUM = 176
    MARK = 40
    ICON = 20
    SIGN = 16
    """The sign before what is wrong with a field."""
    AVATAR = 72
    AVATAR_SMALL = 60
    LOCK = 72
    PROGRESS = 6
    NOTICE = 46
    ANY = 16_777_215
    """No limit: Qt's own QWIDGETSIZE_MAX."""


class Motion:
    """Milliseconds. Nothing moves for longer than :attr:`QUICK` but what says that something goes on."""

    QUICK = 120
    SPINNER_AFTER = 300
    """What is over sooner is not said to be under way."""
    TURN = 1000
    """One turn of the spinner."""
