"""Gives the tokens to Qt, in the scheme of the system, and again whenever that changes."""

from collections.abc import Sequence

from PySide6 import QtCore
from PySide6.QtCore import QObject
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.theme.style_sheet import style_sheet
from ingenes_desktop.ui.theme.tokens import DARK, LIGHT, Colors, Type

BUNDLED_FONT = "Inter"
_STYLED = "styleNamedAtStart"
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
    """

    def __init__(self, application: QApplication, *, bundled_font: bool = False) -> None:
        super().__init__(application)
        self._application = application
        if application.property(_STYLED) is None:
            application.setStyle("Fusion")
        font = application.font()
        if bundled_font or _has_no_letters(font):
            from PySide6.QtGui import QFontDatabase  # noqa: PLC0415  most machines have fonts

            for file in ("Inter-Regular.otf", "Inter-SemiBold.otf"):
                QFontDatabase.addApplicationFont(str(resource_path("fonts", file)))
            font = QFont(BUNDLED_FONT)
        font.setPixelSize(Type.BODY)
        application.setFont(font)
        application.styleHints().colorSchemeChanged.connect(self.use)
        # As light or dark as the system's own colours: to ask for the scheme by its name would build
        # all of Qt's enumerations before the first paint.
        self._dress(_nearest(application.palette()))

    def use(self, scheme: "QtCore.Qt.ColorScheme") -> None:
        """Dress everything in ``scheme``; an unknown one is light."""
        self._dress(DARK if scheme == QtCore.Qt.ColorScheme.Dark else LIGHT)

    def _dress(self, colors: Colors) -> None:
        self._application.setPalette(_palette(colors))
        self._application.setStyleSheet(style_sheet(colors))


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
    return _nearest(widget.window().palette())


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


def _nearest(palette: QPalette) -> Colors:
    ground = palette.color(QPalette.ColorRole.Window)
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
