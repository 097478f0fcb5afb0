"""The name and the mark of ``resources/brand``: other files there are another brand, without other code."""

from functools import lru_cache

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size

_LONGEST = 24
_FALLBACK = "Ingenes"


@lru_cache(1)
def product_name() -> str:
    """The wordmark and the end of the window's title: the first line of ``name.txt``."""
    try:
        lines = resource_path("brand", "name.txt").read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        lines = []
    return lines[0].strip()[:_LONGEST] if lines and lines[0].strip() else _FALLBACK


class BrandMark(QWidget):
    """``mark.svg``, as it is; it stands on the calm half, which is dark in every scheme."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFixedSize(scaled(Size.MARK), scaled(Size.MARK))

    def paintEvent(self, _event: object) -> None:
        """Draw it."""
        # Imported here: a window without letters still has words.
        from PySide6.QtSvg import QSvgRenderer  # noqa: PLC0415  with the first paint

        mark = QSvgRenderer(str(resource_path("brand", "mark.svg")))
        if mark.isValid():
            # As large as fits, in its own proportions.
            size = mark.defaultSize()
            factor = min(self.width() / size.width(), self.height() / size.height())
            area = QRectF(0, 0, size.width() * factor, size.height() * factor)
            area.moveCenter(QRectF(self.rect()).center())
            mark.render(QPainter(self), area)
