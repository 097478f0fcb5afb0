"""The language of the window: chosen at start, changed at run time. Source texts are English."""

from PySide6.QtCore import QCoreApplication, QLocale, QObject, QTranslator

from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.resources import resource_path


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
        self._with_qt_texts = False
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
            self._install("i18n", "ingenes_es.qm")
            if self._with_qt_texts:
                self._install_qt_texts()

    def add_qt_texts(self) -> None:
        """Translate Qt's own words too (the menus of a field). Wanted only after the first paint."""
        if not self._with_qt_texts:
            self._with_qt_texts = True
            if self._language is Language.SPANISH:
                self._install_qt_texts()

    def _install(self, *parts: str) -> None:
        translator = QTranslator(self)
        if translator.load(str(resource_path(*parts))):
            self._application.installTranslator(translator)
            self._installed.append(translator)

    def _install_qt_texts(self) -> None:
        # Imported here: only a Spanish window needs the path, and not before its first paint.
        from PySide6.QtCore import QLibraryInfo  # noqa: PLC0415

        translator = QTranslator(self)
        folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
        # A bundle without Qt's catalogue keeps Qt's English words; ours do not depend on it.
        if translator.load("qtbase_es", folder):
            self._application.installTranslator(translator)
            self._installed.append(translator)


def locale_of(language: Language) -> QLocale:
    """How dates and numbers are written in ``language`` at the clinics."""
    if language is Language.ENGLISH:
        return QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return QLocale(QLocale.Language.Spanish, QLocale.Country.Mexico)
