"""Gives the tokens to Qt, in the scheme that was chosen or the system's, and again whenever that changes."""

import sys
from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6 import QtCore
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontInfo, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.domain.machine import Appearance
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.theme.style_sheet import style_sheet
from ingenes_desktop.ui.theme.tokens import CONTRAST_DARK, CONTRAST_LIGHT, DARK, LIGHT, SCHEMES, Colors, Type

if TYPE_CHECKING:
    from PySide6.QtGui import QAccessibilityHints, QStyleHints

BUNDLED_FONT = "Inter"
_STYLED = "styleNamedAtStart"
_BY_GROUND = {colors.ground: colors for colors in SCHEMES.values()}
# What Qt lists where a machine has no font at all: fontconfig's aliases of nothing.
_ALIASES = frozenset({"Monospace", "Sans Serif", "Serif"})


def new_application(arguments: Sequence[str] = ("ingenes-desktop",)) -> QApplication:
    """The application, in Qt's own style on every platform; ``arguments`` may hold Qt's options.

    The style is named on Qt's command line: QApplication.setStyle() would build PySide's QStyle and
    its 20 enumerations before the first paint (8 ms).
    """
    application = QApplication([*arguments, "-style", "fusion"])
    application.setProperty(_STYLED, "fusion")
    return application


class Theme(QObject):
    """Dresses one application (see :func:`new_application`); keep a reference. UI thread only.

    ``bundled_font`` loads the font that ships with the application, as screenshots and tests want
    it; otherwise that is done only where the system has no font (loading costs time at start).
    ``text_scale`` is how much larger than plain the text is; without it, what the system's own font says.
    """

    def __init__(
        self,
        application: QApplication,
        *,
        appearance: Appearance = Appearance.SYSTEM,
        bundled_font: bool = False,
        text_scale: float | None = None,
    ) -> None:
        super().__init__(application)
        self._application = application
        self._appearance = appearance
        self._worn: Colors | None = None
        if application.property(_STYLED) is None:
            application.setStyle("Fusion")
        font = application.font()
        self._scale = system_text_scale(font) if text_scale is None else text_scale
        if bundled_font or _has_no_letters(font):
            from PySide6.QtGui import QFontDatabase  # noqa: PLC0415  most machines have fonts

            for file in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
                QFontDatabase.addApplicationFont(str(resource_path("fonts", file)))
            font = QFont(BUNDLED_FONT)
        font.setPixelSize(round(Type.BODY * self._scale))
        application.setFont(font)
        # As light or dark as the system's own colours: to ask for the scheme by its name would build
        # all of Qt's enumerations before the first paint.
        self._system = self._guessed = nearest(application.palette())
        self._hints: tuple[QStyleHints, QAccessibilityHints] | None = None
        self._dress(self._chosen())

    @property
    def appearance(self) -> Appearance:
        """What was chosen."""
        return self._appearance

    @property
    def worn(self) -> Colors | None:
        """What everything is dressed in."""
        return self._worn

    def choose(self, appearance: Appearance) -> None:
        """Dress everything as ``appearance`` says from now on."""
        self._appearance = appearance
        self.follow_system()

    def follow_system(self) -> None:
        """Ask the system how it looks and how much contrast it wants, and hear of it from now on.

        Not before the first paint. The window's own frame, which is the system's, gets the scheme too.
        """
        if self._hints is None:
            # Both are kept: PySide takes what a style hint gave away together with the hint.
            hints = self._application.styleHints()
            self._hints = hints, hints.accessibility()
            hints.colorSchemeChanged.connect(self._scheme_changed)
            self._hints[1].contrastPreferenceChanged.connect(self._contrast_changed)
        hints, access = self._hints
        schemes = QtCore.Qt.ColorScheme
        if self._appearance is Appearance.LIGHT:
            hints.setColorScheme(schemes.Light)
        elif self._appearance is Appearance.DARK:
            hints.setColorScheme(schemes.Dark)
        else:
            hints.unsetColorScheme()
            self._hear(hints.colorScheme(), access.contrastPreference())
        self._dress(self._chosen())

    def stop_following(self) -> None:
        """Hear of the system no longer, and leave the window's frame to it."""
        if self._hints is not None:
            (hints, access), self._hints = self._hints, None
            hints.colorSchemeChanged.disconnect(self._scheme_changed)
            access.contrastPreferenceChanged.disconnect(self._contrast_changed)
            hints.unsetColorScheme()

    def wear(self, colors: Colors) -> None:
        """Dress everything in ``colors``, whatever was chosen (for pictures and tests)."""
        self._dress(colors)

    def _scheme_changed(self, scheme: "QtCore.Qt.ColorScheme") -> None:
        # What this program asked for is told as well, and is not the system's.
        if self._hints is not None and self._appearance not in (Appearance.LIGHT, Appearance.DARK):
            self._hear(scheme, self._hints[1].contrastPreference())
            self._dress(self._chosen())

    def _contrast_changed(self, preference: "QtCore.Qt.ContrastPreference") -> None:
        if self._hints is not None and self._appearance not in (Appearance.LIGHT, Appearance.DARK):
            self._hear(self._hints[0].colorScheme(), preference)
            self._dress(self._chosen())

    def _hear(self, scheme: "QtCore.Qt.ColorScheme", preference: "QtCore.Qt.ContrastPreference") -> None:
        """Take down how the system looks; without a word on light or dark, its colours at the start count."""
        known = scheme is not QtCore.Qt.ColorScheme.Unknown
        dark = scheme is QtCore.Qt.ColorScheme.Dark if known else self._guessed in (DARK, CONTRAST_DARK)
        if preference is QtCore.Qt.ContrastPreference.HighContrast:
            self._system = CONTRAST_DARK if dark else CONTRAST_LIGHT
        else:
            self._system = DARK if dark else LIGHT

    def _chosen(self) -> Colors:
        match self._appearance:
            case Appearance.SYSTEM:
                return self._system
            case Appearance.LIGHT:
                return LIGHT
            case Appearance.DARK:
                return DARK
            case Appearance.CONTRAST:
                return CONTRAST_DARK if self._system in (DARK, CONTRAST_DARK) else CONTRAST_LIGHT

    def _dress(self, colors: Colors) -> None:
        if colors is self._worn:
            return
        self._worn = colors
        self._application.setPalette(_palette(colors))
        self._application.setStyleSheet(style_sheet(colors, self._scale))


def system_text_scale(font: QFont, platform: str = sys.platform) -> float:
    """How much larger than plain the system's text is, by the system's own ``font``; 1 to 2.

    Windows enlarges its message font with "Text size" (9 pt is plain), a Linux desktop its interface font
    (11 pt at most is plain); macOS has 13 px for everybody.
    """
    plain = {"win32": 12.0, "darwin": 13.0}.get(platform, 15.0)
    scale = QFontInfo(font).pixelSize() / plain
    # A pixel more or less is another font, and nobody's wish.
    return min(scale, 2.0) if scale >= 1.1 else 1.0  # noqa: PLR2004  as said


def scaled(size: float) -> int:
    """``size`` of the tokens at the text size of this run, in device-independent pixels."""
    pixels = QApplication.font().pixelSize()
    # A font in points (-1): nobody has dressed the application.
    return round(size * pixels / Type.BODY) if pixels > 0 else round(size)


def _has_no_letters(font: QFont) -> bool:
    """Whether the system has no font at all: Qt then draws boxes, each as wide as the next.

    Only then is the list of families asked for, which takes 3 to 7 ms.
    """
    metrics = QFontMetrics(font)
    if metrics.horizontalAdvance("i") != metrics.horizontalAdvance("W"):
        return False
    from PySide6.QtGui import QFontDatabase  # noqa: PLC0415  as above

    return _ALIASES.issuperset(QFontDatabase.families())


def colors_of(widget: QWidget) -> Colors:
    """The tokens that ``widget`` is dressed in, for what is painted by hand."""
    # The window's palette: a style sheet with a background changes that of the widget itself.
    return nearest(widget.window().palette())


def set_role(widget: QWidget, role: str) -> None:
    """Choose the looks of ``widget`` in the style sheet, also when it is already on screen."""
    set_look(widget, "role", role)


def set_look(widget: QWidget, name: str, value: str) -> None:
    """Set a dynamic property that the style sheet selects by; Qt looks at it again only when told."""
    if (widget.property(name) or "") == value:
        return
    widget.setProperty(name, value)
    style = widget.style()
    style.unpolish(widget)
    style.polish(widget)
    widget.update()


def nearest(palette: QPalette) -> Colors:
    """The scheme that ``palette`` was made from; for one of the system's, light or dark as that is."""
    ground = palette.color(QPalette.ColorRole.Window)
    known = _BY_GROUND.get(ground.name())
    if known is not None:
        return known
    return DARK if ground.lightness() < 128 else LIGHT  # noqa: PLR2004  half of 255


def _palette(c: Colors) -> QPalette:
    role = QPalette.ColorRole
    palette = QPalette(QColor(c.surface), QColor(c.ground))
    for name, color in (
        (role.Window, c.ground),
        (role.WindowText, c.text),
        (role.Base, c.field),
        (role.AlternateBase, c.ground),
        (role.Text, c.text),
        (role.Button, c.surface),
        (role.ButtonText, c.text),
        (role.BrightText, c.on_accent),
        (role.PlaceholderText, c.text_muted),
        (role.Highlight, c.selection),
        (role.HighlightedText, c.on_selection),
        (role.Accent, c.accent),
        (role.Link, c.link),
        (role.LinkVisited, c.link),
        (role.ToolTipBase, c.surface),
        (role.ToolTipText, c.text),
        (role.Mid, c.field_border),
        (role.Midlight, c.line),
        (role.Dark, c.field_border),
        (role.Shadow, c.shadow),
    ):
        palette.setColor(name, QColor(color))
    group = QPalette.ColorGroup.Disabled
    for name in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(group, name, QColor(c.text_disabled))
    return palette
