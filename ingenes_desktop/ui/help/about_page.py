"""What this is, what it runs on, and what it is made of."""

import platform
from collections.abc import Callable

import PySide6
from PySide6.QtCore import QCoreApplication, QRectF, QSize, Qt, qVersion
from PySide6.QtGui import QColor, QFocusEvent, QFontMetrics, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QVBoxLayout, QWidget

from ingenes_desktop import __version__
from ingenes_desktop.ui.brand import product_name
from ingenes_desktop.ui.help.licence_page import LicencePage
from ingenes_desktop.ui.help.notices import Component, components
from ingenes_desktop.ui.help.page import RowsPage
from ingenes_desktop.ui.icons import paint_icon
from ingenes_desktop.ui.painting import fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Size, Space, Type
from ingenes_desktop.ui.widgets.buttons import RING, PushButton
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
_ROW = 52


class AboutPage(RowsPage):
    """The parts are rows; Enter or a click shows one's licence. UI thread only."""

    def __init__(self) -> None:
        super().__init__()
        self._version = PlainLabel("", self.body, wraps=True)
        self._runs_on = PlainLabel("muted", self.body, wraps=True)
        self._text = PlainLabel("", self.body, wraps=True)
        self.top.addWidget(self._version)
        self.top.addWidget(self._runs_on)
        self.top.addSpacing(Space.MEDIUM)
        self.top.addWidget(self._text)
        self.top.addSpacing(Space.HAIR)
        listed = QVBoxLayout()
        listed.setSpacing(0)
        self.rows.addLayout(listed)
        self.rows.addStretch(1)
        self._rows: list[QWidget] = []
        for component in components():
            row = ComponentRow(component, self.body, self.focused)
            row.clicked.connect(lambda _checked=False, shown=component: self._show(shown))
            listed.addWidget(row)
            self._rows.append(row)

    def heading_in_words(self) -> str:
        """What stands above it."""
        return translate("About", "About {product}").format(product=product_name())

    def introduction(self) -> tuple[str, ...]:
        """All that stands above the rows."""
        return (self.heading_in_words(), self._version.text(), self._runs_on.text(), self._text.text())

    def shown_rows(self) -> list[QWidget]:
        """All of them."""
        return self._rows

    def take_focus(self) -> None:
        """To the row that one was at."""
        row = self._current or next(iter(self._rows), self)
        self._mark_stop()
        row.setFocus()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._version.setText(translate("About", "Version {version}").format(version=__version__))
        # Names and figures, the same in every language.
        self._runs_on.setText(
            f"Python {platform.python_version()} · PySide6 {PySide6.__version__} · Qt {qVersion()}"
        )
        self._text.setText(
            translate(
                "About", "It is made of these parts. Choose one to read its notices and its licence in full."
            )
        )

    def _show(self, component: Component) -> None:
        self.page_wanted.emit(LicencePage(component))


class ComponentRow(PushButton):
    """A part's name and version, below it the name of its licence, and a sign that it leads on."""

    def __init__(self, component: Component, parent: QWidget, focused: Callable[[QWidget], object]) -> None:
        super().__init__(parent)
        self.setProperty("role", "row")
        self._focused = focused
        self.setText(f"{component.name} {component.version}".strip().replace("&", "&&"))
        self._licence = component.licence.removeprefix("LicenseRef-")
        self.setAccessibleDescription(self._licence)
        self.setFlat(True)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """As high as both lines and some air, and as a finger."""
        return QSize(scaled(Size.ASIDE), scaled(_ROW))

    def minimumSizeHint(self) -> QSize:
        """As narrow as there is room: words that do not fit end in "…"."""
        return QSize(scaled(Size.TARGET), scaled(_ROW))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The page has the arrows; Qt's buttons go along the Tab chain with them."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Tell of it."""
        super().focusInEvent(event)
        self._focused(self)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a ground under the pointer, both lines, the sign, and the ring of the focus."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(1, 1, -1, -1)
        if self.underMouse() or self.isDown():
            fill(painter, rounded(area, Radius.CONTROL), colors.notice_ground)
        title, small = self.font(), self.font()
        title.setPixelSize(scaled(Type.BODY))
        small.setPixelSize(scaled(Type.SMALL))
        small.setBold(False)
        big, little = QFontMetrics(title), QFontMetrics(small)
        icon = scaled(Size.ICON)
        room = self.width() - 2 * Space.SMALL - icon - Space.SMALL
        top = (self.height() - big.height() - little.height()) // 2
        end = Qt.TextElideMode.ElideRight
        painter.setFont(title)
        painter.setPen(QColor(colors.text))
        painter.drawText(Space.SMALL, top + big.ascent(), big.elidedText(self.text(), end, room))
        painter.setFont(small)
        painter.setPen(QColor(colors.text_muted))
        base = top + big.height() + little.ascent()
        painter.drawText(Space.SMALL, base, little.elidedText(self._licence, end, room))
        square = QRectF(self.width() - icon - Space.SMALL, (self.height() - icon) / 2, icon, icon)
        paint_icon(painter, "chevron-right", square, colors.text_muted)
        if self.hasFocus():
            fill(painter, ring(area.adjusted(1, 1, -1, -1), Radius.CONTROL, RING), colors.accent)
