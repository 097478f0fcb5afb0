"""Many pictures small on a few sheets, so that eyes find what is odd."""

import os
from collections.abc import Sequence
from pathlib import Path

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QGuiApplication, QImage, QPainter

from ingenes_desktop.ui.lasting_singletons import keep_singletons

_ACROSS, _DOWN = 4, 4
_CELL = QSize(480, 350)
_WORDS = 22


def lay_out(folder: Path, names: Sequence[str]) -> list[Path]:
    """Write sheet-1.png and so on into ``folder``, of its pictures with these names."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    keep_singletons()
    application = QGuiApplication.instance() or QGuiApplication(["contact-sheets"])
    sheets = []
    each = _ACROSS * _DOWN
    for start in range(0, len(names), each):
        path = folder / f"sheet-{start // each + 1}.png"
        _sheet(folder, names[start : start + each]).save(str(path))
        sheets.append(path)
    del application
    return sheets


def _sheet(folder: Path, names: Sequence[str]) -> QImage:
    down = -(-len(names) // _ACROSS)
    sheet = QImage(_CELL.width() * _ACROSS, _CELL.height() * down, QImage.Format.Format_RGB32)
    sheet.fill(QColor("#888888"))
    painter = QPainter(sheet)
    font = QFont("Inter")
    font.setPixelSize(13)
    painter.setFont(font)
    for place, name in enumerate(names):
        row, column = divmod(place, _ACROSS)
        cell = QRect(column * _CELL.width(), row * _CELL.height(), _CELL.width(), _CELL.height())
        cell.adjust(4, 2, -4, -2)
        painter.drawText(cell, Qt.AlignmentFlag.AlignTop, name)
        picture = QImage(str(folder / f"{name}.png"))
        picture.setDevicePixelRatio(1)
        small = picture.scaled(
            cell.width(),
            cell.height() - _WORDS,
            Qt.AspectRatioMode.KeepAspectRatio,
            Qt.TransformationMode.SmoothTransformation,
        )
        painter.drawImage(cell.x(), cell.y() + _WORDS, small)
    painter.end()
    return sheet
