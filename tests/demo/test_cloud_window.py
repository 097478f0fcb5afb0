"""What the demo adds to the window: accounts that can be read, and a mailbox that fills by itself."""

import json
import time
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QLocale, QPoint, QRect, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFormLayout, QLabel, QLineEdit, QMainWindow, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.demo.accounts_dock import DOCK_WIDTH, AccountsDock
from ingenes_desktop.demo.authenticator_panel import AuthenticatorPanel
from ingenes_desktop.demo.cloud_faults import KINDS, switch_from_json
from ingenes_desktop.demo.cloud_listing import read_listing
from ingenes_desktop.demo.faults_menu import FAULTS, FaultsMenu, switched_on
from ingenes_desktop.demo.filemaker.fault_switches import Switch
from ingenes_desktop.demo.filemaker.faults import Full
from ingenes_desktop.demo.mailbox_window import MailboxWindow
from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.process import CloudDescription
from ingenes_desktop.demo.seeds import ACCOUNTS, PASSWORD
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.demo.window import add_demo
from ingenes_desktop.demo.window_words import GROUPS, TEXTS
from tests.demo.aws_clients import aws, sign_in

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
        kind = window.findChild(QPushButton, f"demo-kind-{account.kind}")
        assert isinstance(kind, QPushButton)
        assert kind.text() == TEXTS[account.kind][0]
        address, password, *more = label.text().split("\n")
        assert address == account.username
        assert password == f"Contraseña: {account.password}"
        assert bool(more) == bool(account.auth_flow)
        assert label.width() >= label.sizeHint().width()
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
    assert codes(mailbox) == [
        f"{each.code}    {each.to}\nCorreo: para restablecer la contraseña" for each in cloud.mailbox.messages
    ]
    assert mailbox.isVisible()
    window.hide()
    assert not mailbox.isVisible()


def test_the_mailbox_leaves_the_authenticator_and_the_buttons_free(window: QMainWindow, qtbot: QtBot) -> None:
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    dock.mailbox_button.click()
    mailbox = mailbox_of(window)
    qtbot.waitExposed(mailbox)
    for each in (dock.authenticator, dock.mailbox_button, dock.faults_button):
        place = QRect(each.mapToGlobal(QPoint(0, 0)), each.size())
        assert not mailbox.frameGeometry().intersects(place), each.objectName()


def test_after_a_reset_the_mailbox_begins_anew(window: QMainWindow, qtbot: QtBot, cloud: Cloud) -> None:
    mailbox = mailbox_of(window)
    forgot_password = aws(cloud, "cognito-idp").forgot_password
    forgot_password(ClientId=cloud.client.id, Username="ana@clinica.example")
    qtbot.waitUntil(lambda: len(codes(mailbox)) == 1)
    cloud.reset()
    qtbot.waitUntil(lambda: codes(mailbox) == [])
    forgot_password(ClientId=cloud.client.id, Username="luis@clinica.example")
    qtbot.waitUntil(lambda: [code.split()[1] for code in codes(mailbox)] == ["luis@clinica.example"])


def test_the_button_opens_and_closes_an_empty_mailbox(window: QMainWindow) -> None:
    dock = window.findChild(AccountsDock)
    assert isinstance(dock, AccountsDock)
    QTest.mouseClick(dock.mailbox_button, Qt.MouseButton.LeftButton)
    mailbox = mailbox_of(window)
    assert mailbox.isVisible()
    assert any(label.isVisible() and label.text() for label in mailbox.findChildren(QLabel))
    dock.mailbox_button.click()
    assert not mailbox_of(window).isVisible()


@pytest.mark.parametrize("answer", [b"", b"[1]", b'{"error": "x"}', b"<html>", b"\xff", b"[" * 100_000])
def test_an_answer_that_is_no_listing(answer: bytes) -> None:
    assert read_listing(answer) is None


def test_what_is_no_message_and_no_code_is_left_out(window: QMainWindow) -> None:
    mailbox = mailbox_of(window)
    mailbox.show_listing([{"code": 1}, {"code": "123456", "to": "ana@clinica.example"}, {}])
    assert codes(mailbox) == []
    panel = window.findChild(AuthenticatorPanel)
    assert isinstance(panel, AuthenticatorPanel)
    panel.show_listing([{"username": "ana@clinica.example", "code": "123456", "seconds_left": "x"}, {}])
    assert panel.accounts.count() == 0
    assert panel.code.text() == "–"


def panel_of(window: QMainWindow) -> AuthenticatorPanel:
    found = window.findChild(AuthenticatorPanel)
    assert isinstance(found, AuthenticatorPanel)
    return found


def shown_by(panel: AuthenticatorPanel) -> dict[str, object]:
    """What the panel shows, as the cloud's listing says it."""
    seconds = int("".join(filter(str.isdigit, panel.left.text())) or 0)
    code = panel.code.text().replace(" ", "")
    return {"username": panel.accounts.currentText(), "code": code, "seconds_left": seconds}


def click_on(window: QMainWindow, kind: str) -> None:
    button = window.findChild(QPushButton, f"demo-kind-{kind}")
    assert isinstance(button, QPushButton)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def test_the_authenticator_shows_the_chosen_accounts_code(
    window: QMainWindow, qtbot: QtBot, cloud: Cloud
) -> None:
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel.accounts.count() == 2)
    for kind in ("two-step-choice", "two-step-app"):
        (account,) = (each for each in ACCOUNTS if each.kind == kind)
        click_on(window, kind)
        assert panel.accounts.currentText() == account.username
        qtbot.waitUntil(lambda: shown_by(panel) in cloud.rules.software_tokens.listing())
        assert panel.left.text().startswith("cambia en ")


def test_an_app_that_was_just_set_up_comes_up_by_itself(
    window: QMainWindow, qtbot: QtBot, cloud: Cloud
) -> None:
    panel = panel_of(window)
    qtbot.waitUntil(lambda: panel.accounts.count() == 2)
    tokens = sign_in(cloud, "luis@clinica.example")
    key = aws(cloud, "cognito-idp").associate_software_token(AccessToken=tokens["AccessToken"])["SecretCode"]
    qtbot.waitUntil(lambda: panel.accounts.currentText() == "luis@clinica.example")
    code = panel.code.text().replace(" ", "")
    assert code in {code_at(key, time.time() + late) for late in (-30, 0, 30)}


def form(window: QMainWindow, qtbot: QtBot, *secrets: bool) -> list[QLineEdit]:
    """A view of fields, as the application might show one."""
    view = QWidget()
    rows = QFormLayout(view)
    fields = [QLineEdit("lo de antes") for _ in secrets]
    for field, secret in zip(fields, secrets, strict=True):
        field.setEchoMode(QLineEdit.EchoMode.Password if secret else QLineEdit.EchoMode.Normal)
        rows.addRow(field)
    window.setCentralWidget(view)
    qtbot.waitUntil(fields[0].isVisible)
    return fields


def test_a_click_on_an_account_fills_the_form_as_a_person_would(window: QMainWindow, qtbot: QtBot) -> None:
    name, password = form(window, qtbot, False, True)
    with qtbot.waitSignals([name.textEdited, password.textEdited]):
        click_on(window, "user")
    assert (name.text(), password.text()) == ("luis@clinica.example", PASSWORD)


def test_a_click_on_the_address_chooses_too_and_selecting_it_does_not(
    window: QMainWindow, qtbot: QtBot
) -> None:
    dock = window.findChild(AccountsDock)
    label = window.findChild(QLabel, "demo-account-user")
    assert isinstance(dock, AccountsDock)
    assert isinstance(label, QLabel)
    with qtbot.waitSignal(dock.chosen, timeout=1000) as chosen:
        QTest.mouseClick(label, Qt.MouseButton.LeftButton)
    assert chosen.args == ["luis@clinica.example", PASSWORD]
    with qtbot.assertNotEmitted(dock.chosen):
        label.setSelection(0, 4)
        QTest.mouseRelease(label, Qt.MouseButton.LeftButton)


def test_the_window_is_no_wider_than_the_screen(window: QMainWindow) -> None:
    screen = window.screen().availableGeometry()
    assert window.width() == min(1000 + DOCK_WIDTH, screen.width())
    assert screen.width() < 1000 + DOCK_WIDTH, "the test's screen must be too narrow for both"


@pytest.mark.parametrize("secrets", [(False,), (True, True), (False, True, True)])
def test_a_click_types_into_no_other_form(
    window: QMainWindow, qtbot: QtBot, secrets: tuple[bool, ...]
) -> None:
    fields = form(window, qtbot, *secrets)
    click_on(window, "user")
    assert {field.text() for field in fields} == {"lo de antes"}


def test_every_kind_of_account_has_words_and_one_group() -> None:
    kinds = [kind for kinds in GROUPS.values() for kind in kinds]
    assert sorted(kinds) == sorted(account.kind for account in ACCOUNTS)
    for kind in kinds:
        spanish, english = TEXTS[kind]
        assert spanish != english
        assert max(len(spanish), len(english)) <= 36  # in the application's type more is cut off


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
