"""What the demo adds to the window: accounts that can be read, and a mailbox that fills by itself."""

import json
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QMainWindow
from pytestqt.qtbot import QtBot

from ingenes_desktop.demo.cloud_faults import KINDS, switch_from_json
from ingenes_desktop.demo.faults_menu import FAULTS, FaultsMenu, switched_on
from ingenes_desktop.demo.filemaker.fault_switches import Switch
from ingenes_desktop.demo.filemaker.faults import Full
from ingenes_desktop.demo.process import CloudDescription
from ingenes_desktop.demo.seeds import ACCOUNTS
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.demo.window import AccountsDock, MailboxWindow, add_demo
from ingenes_desktop.demo.window_words import TEXTS
from tests.demo.aws_clients import aws

# The platform "offscreen" says on every window what it cannot do.
pytestmark = pytest.mark.qt_log_ignore("This plugin does not support", extend=True)


@pytest.fixture
def spanish() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.Spanish, QLocale.Country.Mexico))
    yield
    QLocale.setDefault(before)


@pytest.fixture
def window(qtbot: QtBot, cloud: Cloud, spanish: None) -> QMainWindow:  # noqa: ARG001  sets the language
    main_window = QMainWindow()
    main_window.resize(1000, 680)
    qtbot.addWidget(main_window)
    add_demo(main_window, CloudDescription.from_line(json.dumps(cloud.description())))
    main_window.show()
    qtbot.waitExposed(main_window)
    return main_window


def mailbox_of(window: QMainWindow) -> MailboxWindow:
    found = window.findChild(MailboxWindow)
    assert isinstance(found, MailboxWindow)
    return found


def codes(mailbox: MailboxWindow) -> list[str]:
    return [mailbox.messages.item(row).text() for row in range(mailbox.messages.count())]


def test_every_account_can_be_read_and_selected(window: QMainWindow) -> None:
    for account in ACCOUNTS:
        label = window.findChild(QLabel, f"demo-account-{account.kind}")
        assert isinstance(label, QLabel)
        assert label.isVisible()
        address, password = label.text().split("\n")
        assert TEXTS[account.kind][0] in {each.text() for each in window.findChildren(QLabel)}
        assert address == account.username
        assert password == f"Contraseña: {account.password}"
        assert label.textFormat() is Qt.TextFormat.PlainText
        assert label.textInteractionFlags() is Qt.TextInteractionFlag.TextSelectableByMouse


def test_the_dock_says_that_this_is_the_demo_in_the_windows_language(window: QMainWindow) -> None:
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    assert dock.windowTitle() == "Demostración"
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedStates))
    for widget in (dock, mailbox_of(window)):
        QApplication.sendEvent(widget, QEvent(QEvent.Type.LanguageChange))
    assert dock.windowTitle() == "Demo"
    assert dock.mailbox_button.text() == mailbox_of(window).windowTitle() == "Demo mailbox"
    assert any("made up" in label.text() for label in dock.findChildren(QLabel))


def test_a_code_that_is_sent_comes_up_by_itself(window: QMainWindow, qtbot: QtBot, cloud: Cloud) -> None:
    mailbox = mailbox_of(window)
    assert mailbox.isHidden()
    forgot_password = aws(cloud, "cognito-idp").forgot_password
    for username in ("ana@clinica.example", "luis@clinica.example"):
        forgot_password(ClientId=cloud.client.id, Username=username)
    qtbot.waitUntil(lambda: len(codes(mailbox)) == 2)
    assert codes(mailbox) == [f"{each.code}    {each.to}" for each in cloud.mailbox.messages]
    assert mailbox.isVisible()
    window.hide()
    assert not mailbox.isVisible()


def test_after_a_reset_the_mailbox_begins_anew(window: QMainWindow, qtbot: QtBot, cloud: Cloud) -> None:
    mailbox = mailbox_of(window)
    forgot_password = aws(cloud, "cognito-idp").forgot_password
    forgot_password(ClientId=cloud.client.id, Username="ana@clinica.example")
    qtbot.waitUntil(lambda: len(codes(mailbox)) == 1)
    cloud.reset()
    qtbot.waitUntil(lambda: codes(mailbox) == [])
    forgot_password(ClientId=cloud.client.id, Username="luis@clinica.example")
    qtbot.waitUntil(lambda: [code.split()[1] for code in codes(mailbox)] == ["luis@clinica.example"])


def test_the_button_opens_an_empty_mailbox(window: QMainWindow) -> None:
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    QTest.mouseClick(dock.mailbox_button, Qt.MouseButton.LeftButton)
    mailbox = mailbox_of(window)
    assert mailbox.isVisible()
    assert any(label.isVisible() and label.text() for label in mailbox.findChildren(QLabel))


@pytest.mark.parametrize("answer", [b"", b"[1]", b'[{"code": 1}]', b"<html>", b"\xff"])
def test_a_listing_that_is_none_shows_nothing(window: QMainWindow, answer: bytes) -> None:
    from ingenes_desktop.demo.window import _lines  # noqa: PLC0415  what a broken cloud would send

    assert _lines(answer) is None
    assert codes(mailbox_of(window)) == []


def faults_of(window: QMainWindow) -> FaultsMenu:
    """The menu, opened by a click on its button."""
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    QTest.mouseClick(dock.faults_button, Qt.MouseButton.LeftButton)
    assert dock.faults.isVisible()
    return dock.faults


def entry(menu: FaultsMenu, name: str) -> QAction:
    return next(action for action in menu.actions() if action.text() == TEXTS[name][0])


def choose(menu: FaultsMenu, name: str) -> None:
    """A click on an entry, which closes the menu."""
    place = menu.actionGeometry(entry(menu, name)).center()
    QTest.mouseClick(menu, Qt.MouseButton.LeftButton, pos=place)
    assert not menu.isVisible()


def test_a_fault_is_switched_on_and_off_and_all_are_well_again(
    window: QMainWindow, qtbot: QtBot, cloud: Cloud
) -> None:
    kinds: list[object] = []
    for name in ("filemaker-down", "too-many", "aws-slow"):
        menu = faults_of(window)
        choose(menu, name)
        kinds.append(FAULTS[name]["kind"])
        qtbot.waitUntil(lambda: [each["kind"] for each in cloud.all_faults.listing()] == kinds)
    menu = faults_of(window)
    qtbot.waitUntil(lambda: sum(action.isChecked() for action in menu.actions()) == len(kinds))
    choose(menu, "filemaker-down")
    qtbot.waitUntil(lambda: len(cloud.all_faults.listing()) == 2)
    choose(faults_of(window), "all-well")
    qtbot.waitUntil(lambda: cloud.all_faults.listing() == [])
    qtbot.waitUntil(lambda: not any(action.isChecked() for action in menu.actions()))


def test_what_other_programs_switch_is_ticked_when_the_menu_opens(
    window: QMainWindow, qtbot: QtBot, cloud: Cloud
) -> None:
    cloud.all_faults.switch_on(Switch(Full()))
    menu = faults_of(window)
    qtbot.waitUntil(lambda: entry(menu, "filemaker-full").isChecked())
    ticked = [action.text() for action in menu.actions() if action.isChecked()]
    assert ticked == [TEXTS["filemaker-full"][0]]


def test_every_entry_is_a_fault_of_a_kind_of_its_own_and_has_words() -> None:
    kinds = [each["kind"] for each in FAULTS.values()]
    assert len(set(kinds)) == len(kinds)
    assert set(kinds) <= set(KINDS)
    for name, description in FAULTS.items():
        assert name in TEXTS
        switch_from_json(description)


@pytest.mark.parametrize("answer", [b"", b"[1]", b'{"faults": 3}', b'{"faults": [{}]}', b"<html>", b"\xff"])
def test_an_answer_that_is_none_ticks_nothing(answer: bytes) -> None:
    assert switched_on(answer) is None
