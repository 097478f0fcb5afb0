"""A QR code, painted here from its modules."""

from PySide6.QtCore import QCoreApplication, QRect, QRectF
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.painting import fill, rounded
from ingenes_desktop.ui.theme.tokens import LIGHT, Radius

translate = QCoreApplication.translate
_MODULE = 3
"""Pixels that a module has at least on an ordinary screen: 0.8 mm, which a camera reads at arm's length."""
_LARGE_MODULE = 4
_LARGEST = 240
"""Pixels a side that the larger modules may lead to."""
_USUAL = 53
"""Modules a side, quiet zone included, of the symbol that most emails need."""


class QrCode(QWidget):
    """Draws a symbol dark on white in every theme: many readers do not take it the other way round.

    All modules have the same size, a whole number of the screen's own pixels; the widget is as large as its
    symbol needs. UI thread only.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._symbol: Secret | None = None
        self._modules = _USUAL
        self._large = False
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._take_room()
        self.retranslate()

    def show_symbol(self, symbol: Secret | None) -> None:
        """Draw ``symbol`` (see AuthenticatorKey.symbol), quiet zone included; None forgets it."""
        self._symbol = symbol
        if symbol is not None:
            self._modules = max(1, len(symbol.reveal().split()))
            self._take_room()
        self.update()

    def make_large(self, large: bool) -> None:
        """Whether there is room for modules that are easier to scan."""
        self._large = large
        self._take_room()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.setAccessibleName(translate("QrCode", "QR code"))
        self.setAccessibleDescription(translate("QrCode", "It holds the same key as the text that follows."))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the white ground, then the dark modules."""
        if self._symbol is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, rounded(QRectF(self.rect()), Radius.SMALL), LIGHT.surface)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing, False)  # noqa: FBT003  Qt's own signature
        # From here on in the screen's pixels, whatever its scale.
        scale = painter.deviceTransform().m11()
        painter.scale(1 / scale, 1 / scale)
        rows = self._symbol.reveal().split()
        side = int(self.width() * scale)
        module = side // self._modules
        edge = (side - module * len(rows)) // 2
        ink = QColor(LIGHT.text)
        for y, row in enumerate(rows):
            for start, length in _runs(row):
                area = QRect(edge + start * module, edge + y * module, length * module, module)
                painter.fillRect(area, ink)

    def _take_room(self) -> None:
        large = self._large and self._modules * _LARGE_MODULE <= _LARGEST
        side = self._modules * (_LARGE_MODULE if large else _MODULE)
        self.setFixedSize(side, side)


def _runs(row: str) -> list[tuple[int, int]]:
    """Where dark modules begin in ``row``, and how many follow each other there."""
    runs: list[tuple[int, int]] = []
    place = 0
    for dark in row.split("0"):
        if dark:
            runs.append((place, len(dark)))
        place += len(dark) + 1
    return runs
