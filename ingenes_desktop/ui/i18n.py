"""The language of the window: chosen at start, changed at run time. Source texts are English."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.resources import resource_path

if TYPE_CHECKING:
    from pathlib import Path


def choose_language(setting: Language | None, system: QLocale) -> Language:
    """The setting's language, else the system's; Spanish where that is neither of the two."""
    if setting is not None:
        return setting
    first = next(iter(system.uiLanguages()), "")
    return Language.ENGLISH if first.replace("_", "-").split("-")[0] == "en" else Language.SPANISH


class Translation(QObject):
    """Holds Qt's translators for one application; keep a reference. UI thread only.

    Every installed translator makes Qt send LanguageChange to each widget, which then draws its
    words anew; what was typed is left alone.
    """

    def __init__(self, application: QCoreApplication, language: Language) -> None:
        super().__init__(application)
        self._application = application
        self._installed: list[QTranslator] = []
        self._language = Language.ENGLISH
        self._has_all = False
        self.use(language)

    @property
    def language(self) -> Language:
        """The language in use."""
        return self._language

    def use(self, language: Language) -> None:
        """Speak ``language`` from now on."""
        QLocale.setDefault(locale_of(language))
        if language is self._language:
            return
        self._language = language
        while self._installed:
            self._application.removeTranslator(self._installed.pop())
        if language is Language.SPANISH:
            self._install("ingenes_es.qm", resource_path("i18n"))
        if self._has_all:
            self._install_what_can_wait()

    def add_what_can_wait(self) -> None:
        """Qt's own words (the menus of a field) in Spanish too, and in English what depends on a number.

        Wanted only after the first paint.
        """
        if not self._has_all:
            self._has_all = True
            self._install_what_can_wait()

    def _install(self, name: str, folder: "Path | str") -> None:
        translator = QTranslator(self)
        if translator.load(name, str(folder)):
            self._application.installTranslator(translator)
            self._installed.append(translator)

    def _install_what_can_wait(self) -> None:
        if self._language is Language.ENGLISH:
            # "1 result" and "2 results": the source text is neither.
            self._install("ingenes_en.qm", resource_path("i18n"))
            return
        # Imported here: only a Spanish window needs the path, and not before its first paint.
        from PySide6.QtCore import QLibraryInfo  # noqa: PLC0415

        # A bundle without Qt's catalogue keeps Qt's English words; ours do not depend on it.
        self._install("qtbase_es", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))


def locale_of(language: Language) -> QLocale:
    """How dates and numbers are written in ``language`` at the clinics."""
    if language is Language.ENGLISH:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return QLocale(QLocale.Language.Spanish, QLocale.Country.Mexico)
