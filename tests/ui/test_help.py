"""The help: what each message means, found as one types; what the window is made of."""

import json
from collections.abc import Callable

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from ingenes_desktop import __version__
from ingenes_desktop.domain.auth_state import AuthState, SignedOut
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.ui.help.about_page import ComponentRow
from ingenes_desktop.ui.help.entries import Entry, Index, messages
from ingenes_desktop.ui.help.entry_row import EntryRow
from ingenes_desktop.ui.help.how_to import keys_in_words
from ingenes_desktop.ui.help.notices import components
from ingenes_desktop.ui.i18n import locale_of
from ingenes_desktop.ui.messages import sentence
from ingenes_desktop.ui.widgets.buttons import LinkButton
from tests.ui.conftest import Shown
from tests.ui.states import EMAIL, KEYRING, STATES, problem, settings_of
from tests.ui.test_sheet import page_is_young, press, ready, sheet_of

Show = Callable[..., Shown]
FOUR_TOPICS = 4


@pytest.fixture
def spanish_messages() -> Index:
    before = QLocale()
    QLocale.setDefault(locale_of(Language.SPANISH))
    index = Index(messages())
    QLocale.setDefault(before)
    return index


def codes(entries: tuple[Entry, ...]) -> list[str]:
    return [each.code for each in entries]


def help_of(show: Show, qtbot: QtBot, state: AuthState | None = None, **options: object) -> Shown:
    shown = ready(show(state, **options), qtbot)
    press(shown, Qt.Key.Key_F1)
    qtbot.waitUntil(lambda: not page_is_young(sheet_of(shown).page))
    return shown


def rows(shown: Shown) -> list[EntryRow]:
    return [each for each in sheet_of(shown).findChildren(EntryRow) if each.isVisible()]


def words_of(row: EntryRow) -> list[str]:
    return [each.text() for each in row.findChildren(QLabel)]


def search_of(shown: Shown) -> QLineEdit:
    (field,) = sheet_of(shown).findChildren(QLineEdit)
    return field


# -- searching


@pytest.mark.parametrize("code", ErrorCode)
@pytest.mark.parametrize("name", ["messages-en.json", "messages-es.json"])
def test_every_message_is_in_it(code: ErrorCode, name: str) -> None:
    listed = json.loads(resource_path("help", name).read_text("utf-8"))
    (entry,) = [each for each in listed if each["code"] == code.name]
    assert entry["screens"]
    assert entry["sentences"]
    assert entry["meaning"]
    assert entry["advice"]


@pytest.mark.parametrize(
    "typed",
    [
        "Correo o contraseña incorrectos.",
        "CORREO O CONTRASENA INCORRECTOS",
        "  contrasena   incorrectos ",
        "Correo o contraseña incorrectos. Ref.\u00a07K3Q9F",
        "Correo o contraseña incorrectos. ref 7k3q9f.",
        "Correo o contra",
    ],
)
def test_a_message_is_found_as_it_is_typed(typed: str, spanish_messages: Index) -> None:
    assert "WRONG_CREDENTIALS" in codes(spanish_messages.found(typed))
    assert len(spanish_messages.found(typed)) < 5


@pytest.mark.parametrize(
    ("typed", "code"),
    [
        ("Demasiados intentos. Espere 17 s e intente de nuevo.", "LOCKED_OUT"),
        ("FileMaker no está disponible (FM-802).", "FILEMAKER_UNAVAILABLE"),
        ("La solicitud fue bloqueada. Contacte a Soporte (AB12CD).", "BLOCKED"),
    ],
)
def test_what_differs_from_case_to_case_does_not_hide_it(
    typed: str, code: str, spanish_messages: Index
) -> None:
    assert code in codes(spanish_messages.found(typed))


def test_nothing_is_found_for_what_is_not_there(spanish_messages: Index) -> None:
    assert spanish_messages.found("zanahoria") == ()
    assert len(spanish_messages.found("")) == len(spanish_messages.entries)


def test_without_its_file_there_is_nothing(tmp_path: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys._MEIPASS", str(tmp_path), raising=False)
    assert messages() == ()
    assert components() == ()


# -- the page


@pytest.mark.parametrize(
    ("language", "word"), [(Language.SPANISH, "intentos"), (Language.ENGLISH, "attempts")]
)
def test_it_becomes_shorter_as_one_types(language: Language, word: str, show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut(), language=language)
    everything = len(rows(shown))
    assert everything == FOUR_TOPICS + len(messages())
    assert shown.focus() is search_of(shown)
    shown.spoken.clear()
    QTest.keyClicks(search_of(shown), word)
    found = rows(shown)
    assert 0 < len(found) < everything
    assert all(any(word in text.casefold() for text in words_of(row)) for row in found)
    # A screen reader hears how many, each time that is news.
    assert str(len(found)) in shown.spoken[-1][0]
    counted = [each for each in sheet_of(shown).findChildren(QLabel) if each.text() == shown.spoken[-1][0]]
    assert [each.isVisible() for each in counted] == [True]
    search_of(shown).clear()
    assert len(rows(shown)) == everything


def test_one_and_none_are_said_right(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut(), language=Language.SPANISH)
    QTest.keyClicks(search_of(shown), "reloj hora de este equipo es incorrecta"[6:])
    said = [each.text() for each in sheet_of(shown).findChildren(QLabel) if each.isVisible()]
    assert "1 tema" in said
    QTest.keyClicks(search_of(shown), " zanahoria")
    said = [each.text() for each in sheet_of(shown).findChildren(QLabel) if each.isVisible()]
    assert "0 temas" in said
    assert "No se encontró nada. Pruebe con otras palabras o pregunte a Soporte." in said
    assert rows(shown) == []


@pytest.mark.parametrize(
    ("state", "code"),
    [
        (SignedOut(EMAIL, problem=problem(ErrorCode.NO_NETWORK)), ErrorCode.NO_NETWORK),
        (SignedOut(EMAIL, notice=KEYRING), ErrorCode.KEYRING_UNAVAILABLE),
        (STATES["password-change-history"], ErrorCode.PASSWORD_HISTORY),
        (STATES["two-step-unread"], ErrorCode.NO_NETWORK),
    ],
    ids=["a problem", "a notice", "a panel's before a notice", "another panel's"],
)
def test_what_is_on_the_screen_stands_first(
    state: AuthState, code: ErrorCode, show: Show, qtbot: QtBot
) -> None:
    shown = help_of(show, qtbot, state)
    first = words_of(rows(shown)[0])
    assert first[0] == "On the screen now"
    assert first[1] == sentence(problem(code)).split(" Ref.")[0]
    assert len(rows(shown)) == FOUR_TOPICS + len(messages()), "and nowhere else"
    # A screen reader hears at once what it means.
    assert any(first[2] in words for words, _urgent in shown.spoken)


def test_without_a_problem_the_ways_to_do_things_stand_first(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut())
    titles = [words_of(row)[1] for row in rows(shown)[:FOUR_TOPICS]]
    assert titles == ["Sign in", "If you forgot your password", "Two-step verification", "Use the keyboard"]


def test_the_arrow_keys_go_from_row_to_row_and_each_is_read_out(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut())
    listed = rows(shown)
    wide = listed[0].width()
    for place in range(5):
        press(shown, Qt.Key.Key_Down)
        assert shown.focus() is listed[place]
        assert all(text in listed[place].accessibleName() for text in words_of(listed[place])[1:])
        visible = listed[place].visibleRegion().boundingRect()
        assert visible.top() == 0, "scrolled to"
        assert listed[place].width() == wide, "no narrower than before"
    press(shown, Qt.Key.Key_Up)
    assert shown.focus() is listed[3]
    press(shown, Qt.Key.Key_End)
    assert shown.focus() is listed[-1]
    press(shown, Qt.Key.Key_PageUp)
    assert shown.focus() in listed[:-1]
    press(shown, Qt.Key.Key_Home)
    press(shown, Qt.Key.Key_Up)
    assert shown.focus() is search_of(shown)
    # The Tab key has one stop among all rows.
    stops = [row for row in listed if row.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert len(stops) == 1


def test_the_tab_key_goes_through_it_as_one_reads(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut())
    (about,) = [each for each in sheet_of(shown).findChildren(LinkButton) if each.isVisible()]
    wanted = [search_of(shown), about, rows(shown)[0]]
    reached = []
    for _ in wanted:
        reached.append(shown.focus())
        press(shown, Qt.Key.Key_Tab)
    assert reached == wanted


def test_it_speaks_the_other_language_and_keeps_what_was_searched(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut())
    QTest.keyClicks(search_of(shown), "soporte")
    assert rows(shown) == []
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: len(rows(shown)) > 5)
    assert search_of(shown).text() == "soporte"


def test_words_are_plain_whatever_they_hold(show: Show, qtbot: QtBot) -> None:
    shown = help_of(show, qtbot, SignedOut())
    formats = {each.textFormat() for each in sheet_of(shown).findChildren(QLabel)}
    assert formats == {Qt.TextFormat.PlainText}


@pytest.mark.parametrize("machine", MachineKind)
def test_it_names_only_the_keys_there_are(machine: MachineKind) -> None:
    words = keys_in_words(machine, "linux")
    assert "F1" in words
    assert "Ctrl+L" in words
    assert ("Ctrl+Q" in words) is (machine is not MachineKind.KIOSK)
    assert "Alt" in words
    assert "Alt" not in keys_in_words(machine, "darwin")


# -- about


def about_of(show: Show, qtbot: QtBot, **options: object) -> Shown:
    shown = help_of(show, qtbot, SignedOut(), **options)
    (button,) = [each for each in sheet_of(shown).findChildren(QPushButton) if each.text() == "About Ingenes"]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return shown


def test_about_names_the_versions_and_every_part(show: Show, qtbot: QtBot) -> None:
    shown = about_of(show, qtbot)
    assert shown.window.windowTitle() == "About Ingenes – Ingenes"
    said = [each.text() for each in sheet_of(shown).page.findChildren(QLabel)]
    assert f"Version {__version__}" in said
    assert any(text.startswith("Python 3.") and "PySide6 6." in text and "Qt 6." in text for text in said)
    listed = sheet_of(shown).page.findChildren(ComponentRow)
    assert [each.text() for each in listed] == [
        f"{each.name} {each.version}".strip() for each in components()
    ]
    assert [each.accessibleDescription() for each in listed[1:3]] == ["PSF-2.0", "OFL-1.1"]


@pytest.mark.parametrize("machine", [MachineKind.SHARED, MachineKind.KIOSK])
def test_a_part_shows_its_licence_and_the_way_back_leads_back(
    machine: MachineKind, show: Show, qtbot: QtBot
) -> None:
    shown = about_of(show, qtbot, settings=settings_of(machine))
    for _ in range(3):
        press(shown, Qt.Key.Key_Down)
    row = shown.focus()
    assert isinstance(row, ComponentRow)
    press(shown, Qt.Key.Key_Return)
    text = shown.focus()
    assert isinstance(text, QPlainTextEdit)
    assert text.isReadOnly()
    assert text.contextMenuPolicy() is Qt.ContextMenuPolicy.NoContextMenu
    assert "Permission is hereby granted" in text.toPlainText()
    assert text.accessibleName() == row.text() == sheet_of(shown).title
    before = text.verticalScrollBar().value()
    press(shown, Qt.Key.Key_PageDown)
    press(shown, Qt.Key.Key_PageDown)
    assert text.verticalScrollBar().value() >= before
    (back,) = [
        each
        for each in sheet_of(shown).findChildren(QPushButton)
        if each.accessibleName() == "Back" and each.isVisible()
    ]
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert shown.focus() is row
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert isinstance(shown.focus(), QPushButton)
    assert not back.isVisible()
    press(shown, Qt.Key.Key_Escape)
    assert shown.focus() is shown.field("Email")
