"""The word before a person is signed out because nobody is there."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF, Qt, QTimer, Signal, Slot
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from ingenes_desktop.ui.painting import fill, ring, rounded
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Radius, Space
from ingenes_desktop.ui.widgets.buttons import Button
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.progress_line import ProgressLine

translate = QCoreApplication.translate
_WIDTH = 440
_VEIL = 150
"""How dark it is around the panel, of 255."""
_RELEASED_AFTER_MILLISECONDS = 20
"""Between two looks whether a mouse button is still down."""


class IdleWarning(QWidget):
    """Lies over its parent while seconds are counted; what is below it takes no keys and no clicks.

    Part of the window and no dialog: nothing opens and nothing waits for it, so that the session ends all the
    same. Its parent keeps it as large as itself.
    """

    stay_requested = Signal()
    sign_out_requested = Signal()
    ended = Signal()
    """After :meth:`end`, once it has gone."""

    def __init__(self, whole: float, parent: QWidget) -> None:
        """``whole`` is how many seconds are counted down in all."""
        super().__init__(parent)
        self._seconds = 0
        panel = self._panel = Panel(self)
        rows = self._rows = QVBoxLayout(panel)
        rows.setSpacing(Space.MEDIUM)
        self._heading = PlainLabel("title", panel, wraps=True)
        self._text = PlainLabel("", panel, wraps=True)
        self._line = ProgressLine(panel)
        self._line.setRange(0, max(1, round(whole)))
        self._stay = Button("primary", panel)
        self._stay.clicked.connect(self.stay_requested)
        self._sign_out = Button("quiet", panel)
        self._sign_out.clicked.connect(self.sign_out_requested)
        buttons = FlowRow(between=Space.SMALL)
        buttons.addWidget(self._stay)
        buttons.addWidget(self._sign_out)
        rows.addWidget(self._heading)
        rows.addWidget(self._text)
        rows.addWidget(self._line)
        rows.addSpacing(Space.SMALL)
        rows.addLayout(buttons)
        self.hide()
        self._end = QTimer(self, singleShot=True)
        self._end.timeout.connect(self._hide_when_released)
        self.retranslate()

    def count(self, seconds: int) -> None:
        """So many are left; the first time it is shown and takes the focus."""
        self._end.stop()
        self._seconds = seconds
        self._line.setValue(min(seconds, self._line.maximum()))
        self._text.setText(self.words())
        if self.isHidden():
            self.show()
            self.raise_()
            self._place()
            self._stay.setFocus()
        else:
            self._place()

    def end(self) -> None:
        """Somebody is there: it goes, as soon as the key or the press that said so has come to its end.

        That one is not for a button that lies below, or had the focus before. ``ended`` follows.
        """
        if not self.isHidden():
            self._end.start(0)

    @Slot()
    def _hide_when_released(self) -> None:
        if QApplication.mouseButtons() != Qt.MouseButton.NoButton:
            self._end.start(_RELEASED_AFTER_MILLISECONDS)
        elif not self.isHidden():
            self.hide()
            self.ended.emit()

    def words(self) -> str:
        """What is about to happen, with the seconds that are left."""
        text = translate(
            "IdleWarning", "You will be signed out in {seconds} s because nobody is using this computer."
        )
        return text.format(seconds=self._seconds)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._heading.setText(translate("IdleWarning", "Are you still there?"))
        self._text.setText(self.words())
        self._line.setAccessibleName(translate("IdleWarning", "Time left"))
        self._stay.setText(translate("IdleWarning", "Stay signed &in"))
        self._sign_out.setText(translate("IdleWarning", "Sign &out now"))
        self._place()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The panel stays in the middle."""
        super().resizeEvent(event)
        self._place()

    def _place(self) -> None:
        """Put the panel in the middle of what can be seen: the view may be higher than its window."""
        seen = self.visibleRegion().boundingRect()
        area = seen if not seen.isEmpty() else self.rect()
        is_narrow = area.width() < scaled(_WIDTH) + 2 * Space.LARGE
        edge = Space.LARGE if is_narrow else Space.WIDE
        self._rows.setContentsMargins(edge, edge, edge, edge)
        width = area.width() - 2 * Space.SMALL if is_narrow else scaled(_WIDTH)
        height = max(self._rows.totalHeightForWidth(width), self._rows.totalMinimumSize().height())
        panel = QRect(0, 0, width, height)
        panel.moveCenter(area.center())
        # What is higher than there is room begins at the top: the page can be scrolled.
        panel.moveTop(max(panel.top(), area.top()))
        self._panel.setGeometry(panel)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a veil over what lies below."""
        veil = QColor(colors_of(self).shadow)
        veil.setAlpha(_VEIL)
        QPainter(self).fillRect(self.rect(), veil)


class Panel(QWidget):
    """A card of its own, in the middle."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw its ground and its edge."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        area = QRectF(self.rect()).adjusted(0.5, 0.5, -0.5, -0.5)
        fill(painter, rounded(area, Radius.CARD), colors.surface)
        fill(painter, ring(area, Radius.CARD, 1.0), colors.line)
