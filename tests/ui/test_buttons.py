"""Buttons keep their width, and the mark is what its drawing says."""

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.widgets.buttons import BusyButton


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


@pytest.mark.parametrize(
    ("drawing", "picture", "size"),
    [
        ("mark.svg", "mark.png", 40),
        ("mark.svg", "mark@2x.png", 80),
        ("mark.svg", "mark@3x.png", 120),
        ("icon.svg", "icon.png", 256),
    ],
)
def test_the_pictures_are_made_from_the_drawings(
    drawing: str, picture: str, size: int, qapp: QApplication
) -> None:
    _ = qapp
    kept = QImage(str(resource_path("brand", picture))).convertToFormat(QImage.Format.Format_ARGB32)
    fresh = QImage(size, size, QImage.Format.Format_ARGB32_Premultiplied)
    fresh.fill(Qt.GlobalColor.transparent)
    painter = QPainter(fresh)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    QSvgRenderer(str(resource_path("brand", drawing))).render(painter, QRectF(0, 0, size, size))
    painter.end()
    fresh = fresh.convertToFormat(QImage.Format.Format_ARGB32)
    assert (kept.width(), kept.height()) == (size, size)
    middle = range(0, size, 5)
    for x in middle:
        for y in middle:
            one, other = kept.pixelColor(x, y), fresh.pixelColor(x, y)
            assert abs(one.alpha() - other.alpha()) <= 24, (x, y)
