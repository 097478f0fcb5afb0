"""Buttons keep their width, and the mark is what its drawing says."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QPoint, QRectF, Qt
from PySide6.QtGui import QColor, QImage, QKeyEvent, QPainter, QRegion
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.brand import BrandMark
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT
from ingenes_desktop.ui.widgets.buttons import BusyButton, Button, LinkButton


@pytest.mark.parametrize(
    ("idle", "busy"), [("Sign in", "Signing in…"), ("Restablecer contraseña", "Restableciendo…")]
)
def test_a_busy_button_is_as_wide_as_an_idle_one(idle: str, busy: str, qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    button = BusyButton()
    qtbot.addWidget(button)
    button.set_texts(idle, busy)
    button.ensurePolished()
    width = button.sizeHint().width()
    button.set_busy(True)
    assert button.text() == busy
    assert button.sizeHint().width() == width
    room = width - max(button.fontMetrics().horizontalAdvance(text) for text in (idle, busy))
    assert room >= 36


def rendered(drawing: str, size: int) -> QImage:
    """A drawing of ``resources/brand`` as Qt's SVG renderer sees it."""
    image = blank(size)
    painter = QPainter(image)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(resource_path("brand", drawing))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    return image


def blank(size: int) -> QImage:
    image = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    image.fill(QColor(LIGHT.aside))
    return image


def differing(one: QImage, other: QImage) -> list[tuple[int, int]]:
    """The points where two pictures are not about the same; the edges' smoothing is not compared."""

    def distance(x: int, y: int) -> int:
        a, b = one.pixelColor(x, y), other.pixelColor(x, y)
        return max(abs(a.red() - b.red()), abs(a.green() - b.green()), abs(a.blue() - b.blue()))

    assert other.size() == one.size()
    return [(x, y) for x in range(one.width()) for y in range(one.height()) if distance(x, y) > 80]


def test_the_picture_is_made_from_the_drawing(qapp: QApplication) -> None:
    _ = qapp
    kept = blank(256)
    painter = QPainter(kept)
    painter.drawImage(0, 0, QImage(str(resource_path("brand", "icon.png"))))
    painter.end()
    assert differing(kept, rendered("icon.svg", 256)) == []


@pytest.mark.parametrize("scale", [1, 2, 3])
def test_the_mark_is_what_its_drawing_says(scale: int, qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    mark = BrandMark()
    qtbot.addWidget(mark)
    painted = blank(40 * scale)
    painted.setDevicePixelRatio(scale)
    mark.render(painted, QPoint(), QRegion(), QWidget.RenderFlag.DrawChildren)
    assert differing(painted, rendered("mark.svg", 40 * scale)) == []


@pytest.mark.parametrize("make", [lambda: Button("quiet"), LinkButton, BusyButton])
def test_a_key_that_is_held_down_presses_once(make: Callable[[], QPushButton], qtbot: QtBot) -> None:
    button = make()
    qtbot.addWidget(button)
    clicks: list[bool] = []
    button.clicked.connect(lambda: clicks.append(True))
    for repeated in (False, True, True):
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            key = QKeyEvent(kind, Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, autorep=repeated)
            QApplication.sendEvent(button, key)
    assert len(clicks) == 1
