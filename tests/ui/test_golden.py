"""The window still looks as it did when somebody last looked at it and said so (tests/golden)."""

import os
import sys
from pathlib import Path
from shutil import rmtree

import pytest
from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QImage, QPainter
from pytestqt.qtbot import QtBot

from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT
from ingenes_desktop.ui.widgets.buttons import Button
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from tests.gallery import GOLDEN, README, ROOT, draw
from tests.picture_difference import TOLERANCE, difference, keep
from tests.pictures import LETTERS, gallery, golden
from tests.ui.states import STATES

DIFFERENCES = ROOT / "gallery" / "differences"
# Windows and macOS draw letters in their own way; a real screen has a scale of its own.
on_linux_offscreen = pytest.mark.skipif(
    sys.platform != "linux" or os.environ.get("QT_QPA_PLATFORM") != "offscreen",
    reason="golden pictures are Linux's, without a screen",
)


@pytest.fixture
def button(qtbot: QtBot, theme: Theme) -> Button:
    _ = theme
    button = Button("primary")
    button.setText("Iniciar sesión")
    qtbot.addWidget(button)
    button.resize(button.sizeHint())
    return button


@on_linux_offscreen
def test_every_golden_picture_is_what_is_drawn(tmp_path: Path) -> None:
    draw(golden(), tmp_path, with_letters=True)
    rmtree(DIFFERENCES, ignore_errors=True)  # of another time
    letters = (QImage(str(folder / f"{LETTERS}.png")) for folder in (GOLDEN, tmp_path))
    coarse = difference(*letters) is not None
    told = []
    for picture in golden():
        before = QImage(str(GOLDEN / f"{picture.name}.png"))
        now = QImage(str(tmp_path / f"{picture.name}.png"))
        assert not now.isNull(), f"{picture.name} was not drawn"
        found = difference(before, now, coarse=coarse)
        if found is not None:
            keep(DIFFERENCES, picture.name, before, now, found)
            told.append(f"{picture.name}: {found.words}")
    where = f"look into {DIFFERENCES.relative_to(ROOT)}; if it is meant: python -m tests.gallery --accept"
    assert not told, "\n".join([where, *told])


def test_the_golden_pictures_are_as_few_and_small_as_promised() -> None:
    files = list(GOLDEN.glob("*"))
    assert {file.stem for file in files} == {LETTERS, *(picture.name for picture in golden())}
    assert len(files) <= 120
    assert sum(file.stat().st_size for file in files) <= 10_000_000


def test_the_gallery_shows_every_state_in_each_language() -> None:
    shown = {(picture.shown, picture.speech) for picture in gallery(tuple(STATES))}
    assert {(name, speech) for name in STATES for speech in ("es", "en")} <= shown
    assert len({picture.name for picture in gallery(tuple(STATES))}) == len(gallery(tuple(STATES)))


def test_readme_shows_both_looks() -> None:
    readme = (ROOT / "README.md").read_text("utf-8")
    for file in README:
        assert f"resources/brand/{file}" in readme
        assert not QImage(str(ROOT / "resources" / "brand" / file)).isNull()


# -- how pictures are compared


def picture_of(button: Button) -> QImage:
    return button.grab().toImage()


def test_the_same_is_no_difference(button: Button) -> None:
    assert difference(picture_of(button), picture_of(button)) is None


def test_words_that_move_by_one_pixel_are_a_difference(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    label = PlainLabel()
    qtbot.addWidget(label)
    label.setText("Correo electrónico")
    label.resize(200, 40)
    before = label.grab().toImage()
    label.setContentsMargins(1, 0, 0, 0)
    found = difference(before, label.grab().toImage())
    assert found is not None
    assert "of 255, within" in found.words


@pytest.mark.parametrize("token", ["accent", "on_accent"])
def test_a_token_that_changes_by_8_is_a_difference(button: Button, theme: Theme, token: str) -> None:
    before = picture_of(button)
    colors = {name: getattr(LIGHT, name) for name in type(LIGHT).__annotations__}
    color = QColor(colors[token])
    blue = color.blue() + 8 if color.blue() < 128 else color.blue() - 8
    colors[token] = QColor(color.red(), color.green(), blue).name()
    theme.wear(type(LIGHT)(**colors))
    found = difference(before, picture_of(button))
    assert found is not None
    assert found.words.startswith("up to 8 of 255")


def test_what_rounding_does_is_none(button: Button) -> None:
    before = picture_of(button).convertToFormat(QImage.Format.Format_RGB32)
    for by, expected in ((TOLERANCE, True), (TOLERANCE + 1, False)):
        now = QImage(before)
        color = now.pixelColor(3, 20)
        now.setPixelColor(3, 20, QColor(color.red() + by, color.green(), color.blue()))
        assert (difference(before, now) is None) is expected


@pytest.mark.parametrize("change", ["a word", "a row lower"])
def test_where_letters_are_drawn_otherwise_the_window_is_still_told_apart(
    change: str, qtbot: QtBot, theme: Theme
) -> None:
    _ = theme
    label = PlainLabel("title")
    qtbot.addWidget(label)
    label.setText("Iniciar sesión")
    label.resize(320, 60)
    before = label.grab().toImage()
    shifted = before.copy()
    shifted.fill(before.pixelColor(0, 0))
    painter = QPainter(shifted)
    painter.drawImage(QPointF(0.2, 0.0), before)  # as another rasteriser might place them
    painter.end()
    assert difference(before, shifted) is None or difference(before, shifted, coarse=True) is None
    label.setText("Restablecer contraseña" if change == "a word" else "Iniciar sesión")
    label.setContentsMargins(0, 8 if change == "a row lower" else 0, 0, 0)
    assert difference(before, label.grab().toImage(), coarse=True) is not None


def test_another_size_is_a_difference(button: Button) -> None:
    before = picture_of(button)
    found = difference(before, before.copy(0, 0, before.width() - 1, before.height()))
    assert found is not None
    assert "instead of" in found.words


def test_both_pictures_and_the_difference_are_kept(button: Button, tmp_path: Path) -> None:
    before = picture_of(button)
    now = QImage(before)
    now.fill(QColor("#ffffff"))
    found = difference(before, now)
    assert found is not None
    keep(tmp_path / "kept", "x", before, now, found)
    kept = sorted(path.name for path in (tmp_path / "kept").iterdir())
    assert kept == ["x.difference.png", "x.golden.png", "x.now.png"]
    assert all(not QImage(str(path)).isNull() for path in (tmp_path / "kept").iterdir())
