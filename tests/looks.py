"""The application's looks and language for the time of one test; both are Qt's, for the whole process.

A plugin of ``tests/conftest.py`` (``pytest_plugins``).
"""

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The application dressed as in production, and undressed for whoever comes next."""
    font, palette = qapp.font(), qapp.palette()
    theme = Theme(qapp, bundled_font=True)
    theme.wear(LIGHT)
    yield theme
    theme.stop_following()
    qapp.setStyleSheet("")
    qapp.setPalette(palette)
    qapp.setFont(font)


@pytest.fixture
def spanish(qapp: QApplication, theme: Theme) -> Iterator[Translation]:  # noqa: ARG001  dressed as well
    """The application in its looks, speaking Spanish until the test ends."""
    translation = Translation(qapp, Language.SPANISH)
    yield translation
    translation.use(Language.ENGLISH)
