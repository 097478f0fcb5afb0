"""The language is chosen and changed as promised; what depends on a number says it rightly."""

import pytest
from PySide6.QtCore import QCoreApplication, QLocale
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.i18n import Translation, choose_language


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
    translation.add_what_can_wait()
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


@pytest.mark.parametrize(
    ("language", "words"),
    [
        (Language.ENGLISH, {0: "0 topics", 1: "1 topic", 2: "2 topics", 21: "21 topics"}),
        (Language.SPANISH, {0: "0 temas", 1: "1 tema", 2: "2 temas", 21: "21 temas"}),
    ],
)
def test_what_depends_on_a_number_has_the_right_form(
    language: Language, words: dict[int, str], translation: Translation
) -> None:
    translation.use(language)
    translation.add_what_can_wait()
    said = {n: QCoreApplication.translate("Help", "%n topic(s)", "", n) for n in words}
    assert said == words


def test_the_right_forms_come_back_with_the_language(translation: Translation) -> None:
    translation.add_what_can_wait()
    for language, words in ((Language.SPANISH, "1 tema"), (Language.ENGLISH, "1 topic")):
        translation.use(language)
        assert QCoreApplication.translate("Help", "%n topic(s)", "", 1) == words
