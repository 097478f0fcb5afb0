"""The catalogue is whole and fresh, and the language is chosen and changed as promised."""

import subprocess
import sys
from pathlib import Path
from re import findall
from shutil import copy
from xml.etree import ElementTree as ET

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.i18n import Translation, choose_language

ROOT = Path(__file__).parents[2]
CATALOGUE = resource_path("i18n", "ingenes_es.ts")
THE_SAME_IN_BOTH = {"Ref. {reference}", "SMS"}


def messages() -> list[tuple[str, str, str]]:
    """Context, English, Spanish of every message."""
    rows = []
    for context in ET.parse(CATALOGUE).getroot().iter("context"):  # noqa: S314  our own file
        name = context.findtext("name", "")
        for message in context.iter("message"):
            translation = message.find("translation")
            assert translation is not None
            assert translation.get("type") is None, f"unfinished: {message.findtext('source')}"
            rows.append((name, message.findtext("source", ""), translation.text or ""))
    return rows


def tool(name: str) -> str:
    return str(Path(sys.executable).with_name(name))


def test_the_catalogue_holds_what_the_code_says(tmp_path: Path) -> None:
    rooms = [ROOT / "ingenes_desktop" / room for room in ("diagnosis", "ui")]
    sources = sorted(str(path.relative_to(ROOT)) for room in rooms for path in room.rglob("*.py"))
    fresh = Path(copy(CATALOGUE, tmp_path / "ingenes_es.ts"))
    subprocess.run(
        [tool("pyside6-lupdate"), "-silent", "-no-obsolete", "-locations", "none", *sources, "-ts", fresh],
        check=True,
        cwd=ROOT,
    )
    assert fresh.read_text("utf-8") == CATALOGUE.read_text("utf-8")


def test_the_compiled_catalogue_is_this_catalogue(tmp_path: Path) -> None:
    fresh = tmp_path / "ingenes_es.qm"
    subprocess.run([tool("pyside6-lrelease"), "-silent", CATALOGUE, "-qm", fresh], check=True)
    assert fresh.read_bytes() == resource_path("i18n", "ingenes_es.qm").read_bytes()


def test_every_message_has_spanish_words_of_its_own() -> None:
    same = {english for _, english, spanish in messages() if spanish in ("", english)}
    assert same == THE_SAME_IN_BOTH


def test_placeholders_are_the_same_in_both_languages() -> None:
    for _, english, spanish in messages():
        assert sorted(findall(r"{\w*}", english)) == sorted(findall(r"{\w*}", spanish)), english


def test_nobody_is_addressed_as_tu() -> None:
    familiar = {"tu", "tus", "ingresa", "escribe", "intenta", "revisa", "elige", "contacta", "verifica"}
    for _, _, spanish in messages():
        assert not familiar & set(findall(r"\w+", spanish.casefold())), spanish


@pytest.mark.parametrize(
    ("setting", "system", "chosen"),
    [
        (None, "es_MX", Language.SPANISH),
        (None, "en_US", Language.ENGLISH),
        (None, "en_GB", Language.ENGLISH),
        (None, "fr_FR", Language.SPANISH),
        (None, "C", Language.SPANISH),
        (Language.ENGLISH, "es_MX", Language.ENGLISH),
        (Language.SPANISH, "en_US", Language.SPANISH),
    ],
)
def test_the_language_is_the_settings_else_the_systems(
    setting: Language | None, system: str, chosen: Language
) -> None:
    locale = QLocale.c() if system == "C" else QLocale(system)
    assert choose_language(setting, locale) is chosen


def test_qts_own_words_follow_after_the_first_paint(qapp: QApplication, translation: Translation) -> None:
    _ = qapp
    copy_word = ("QWidgetTextControl", "&Copy")
    translation.use(Language.SPANISH)
    assert QCoreApplication.translate(*copy_word) == "&Copy"
    translation.add_qt_texts()
    assert QCoreApplication.translate(*copy_word) == "&Copiar"
    translation.use(Language.ENGLISH)
    assert QCoreApplication.translate(*copy_word) == "&Copy"
    translation.use(Language.SPANISH)
    assert QCoreApplication.translate(*copy_word) == "&Copiar"


def test_dates_are_written_in_the_language_of_the_window(translation: Translation) -> None:
    translation.use(Language.SPANISH)
    assert QLocale().language() == QLocale.Language.Spanish
    translation.use(Language.ENGLISH)
    assert QLocale().language() == QLocale.Language.English
