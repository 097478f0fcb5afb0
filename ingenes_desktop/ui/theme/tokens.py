"""The names of every colour, type size, space and radius. Nothing else in ``ui`` holds a figure of these."""

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
    shadow="#000000",
)

# What stands on what. A text needs 4.5:1, the edge of a control 3:1 (WCAG 2.2, 1.4.3 and 1.4.11).
TEXT_PAIRS = (
    ("text", "ground"),
    ("text", "surface"),
    ("text", "field"),
    ("text_muted", "ground"),
    ("text_muted", "surface"),
    ("text_muted", "field"),
    ("on_accent", "accent"),
    ("on_accent", "accent_hover"),
    ("on_accent", "accent_pressed"),
    ("on_selection", "selection"),
    ("link", "surface"),
    ("link", "ground"),
    ("error", "surface"),
    ("error", "error_ground"),
    ("notice", "notice_ground"),
    ("on_aside", "aside"),
    ("on_aside", "aside_shape"),
    ("on_aside_muted", "aside"),
    ("on_aside_muted", "aside_shape"),
    ("on_aside_accent", "aside"),
    ("on_aside_accent", "aside_shape"),
)
EDGE_PAIRS = (
    ("field_border", "field"),
    ("field_border", "surface"),
    ("accent", "surface"),
    ("accent", "field"),
    ("error", "field"),
)


class Type:
    """Sizes in device-independent pixels."""

    TITLE = 25
    WORDMARK = 20
    BODY = 14
    LABEL = 13
    SMALL = 12
    AVATAR = 29


class Space:
    """Distances in device-independent pixels."""

    HAIR = 4
    SMALL = 8
    MEDIUM = 12
    LARGE = 16
    WIDE = 28
    PAGE = 40


class Radius:
    """Corners in device-independent pixels."""

    CARD = 16
    CONTROL = 8
    SMALL = 5


class Size:
    """Fixed measures in device-independent pixels."""

    CARD_WIDTH = 760
    CARD_HEIGHT = 452
    ASIDE = 272
    CONTROL = 40
    CHOICE = 54
    BUTTON_MINIMUM = 168
    MARK = 40
    AVATAR = 76
    LOCK = 72
    PROGRESS = 6
    NOTICE = 48
