"""Copying fact by fact, and taking it back from a kiosk's clipboard."""

from collections.abc import Callable, Iterator

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QClipboard, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import PasswordChange
from ingenes_desktop.domain.auth_state import AuthState, Covered, SignedOut, SigningOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.clipboard import take_copies_back, takes_copies_back
from ingenes_desktop.ui.widgets.cells import Cell, Cells
from ingenes_desktop.ui.widgets.copy_button import CopyButton
from tests.ui.conftest import Shown
from tests.ui.states import BARE, EMAIL, LONG, SESSION, settings_of
from tests.window import one

Show = Callable[..., Shown]
OTHERS = "of another program"


@pytest.fixture(autouse=True)
def clipboard() -> Iterator[QClipboard]:
    clipboard = QGuiApplication.clipboard()
    clipboard.setText(OTHERS)
    yield clipboard
    clipboard.clear()


def buttons(shown: Shown) -> dict[str, CopyButton]:
    """The visible ones by their names, in reading order."""
    found = [cell.button for cell in one(shown.view, Cells).cells if cell.button.isVisible()]
    return {button.accessibleName(): button for button in found}


def click(shown: Shown, name: str) -> CopyButton:
    button = buttons(shown)[name]
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    return button


@pytest.mark.parametrize(
    ("language", "copied"),
    [
        (
            Language.ENGLISH,
            {
                "Copy email": EMAIL,
                "Copy user type": "Administrator",
                "Copy company": "Company 2",
                "Copy clinic": "Clínica Roma",
                "Copy username": "alopez",
                "Copy phone": "55 5555 0142",
                "Copy registration date": "March 9, 2021",
                "Copy status": "Active",
            },
        ),
        (
            Language.SPANISH,
            {
                "Copiar correo electrónico": EMAIL,
                "Copiar tipo de usuario": "Administrador",
                "Copiar empresa": "Empresa 2",
                "Copiar clínica": "Clínica Roma",
                "Copiar usuario": "alopez",
                "Copiar teléfono": "55 5555 0142",
                "Copiar fecha de registro": "9 de marzo de 2021",
                "Copiar estado": "Activo",
            },
        ),
    ],
)
@pytest.mark.parametrize("machine", MachineKind)
def test_each_fact_is_copied_as_it_is_shown(
    machine: MachineKind, language: Language, copied: dict[str, str], show: Show, clipboard: QClipboard
) -> None:
    shown = show(SESSION, language=language, settings=settings_of(machine))
    assert list(buttons(shown)) == list(copied)
    for name, value in copied.items():
        button = click(shown, name)
        assert clipboard.text() == value
        assert button.toolTip() == name
        # Whoever goes from button to button by ear hears what each would copy.
        assert button.accessibleDescription() == value


def test_what_is_not_known_is_not_copied(show: Show) -> None:
    shown = show(replace(SESSION, user=BARE))
    assert list(buttons(shown)) == ["Copy email", "Copy user type", "Copy status"]


@pytest.mark.parametrize("machine", MachineKind)
def test_on_a_kiosk_the_button_is_the_only_way(machine: MachineKind, show: Show) -> None:
    # What the mouse selects, Qt's own words copy: past what keeps it out of the histories.
    shown = show(SESSION, settings=settings_of(machine))
    flags = {each.value.textInteractionFlags() for each in shown.view.findChildren(Cell)}
    none, by_mouse = Qt.TextInteractionFlag.NoTextInteraction, Qt.TextInteractionFlag.TextSelectableByMouse
    assert flags == {none if machine is MachineKind.KIOSK else by_mouse}


def test_what_is_cut_is_copied_whole(show: Show, qtbot: QtBot, clipboard: QClipboard) -> None:
    shown = show(replace(SESSION, user=LONG))
    qtbot.waitUntil(lambda: any(each.value.is_cut for each in shown.view.findChildren(Cell)))
    click(shown, "Copy email")
    assert clipboard.text() == LONG.email


@pytest.mark.parametrize("key", [Qt.Key.Key_Space, Qt.Key.Key_Return])
def test_a_key_copies_too(key: Qt.Key, show: Show, clipboard: QClipboard) -> None:
    shown = show(SESSION)
    QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
    assert shown.focus() is buttons(shown)["Copy email"]
    QTest.keyClick(shown.focus(), key)
    assert clipboard.text() == EMAIL


@pytest.mark.parametrize(("language", "word"), [(Language.ENGLISH, "Copied"), (Language.SPANISH, "Copiado")])
def test_it_is_said_politely(language: Language, word: str, show: Show) -> None:
    shown = show(SESSION, language=language)
    shown.spoken.clear()
    click(shown, next(iter(buttons(shown))))
    assert shown.spoken == [(word, False)]


def is_done(button: CopyButton) -> bool:
    """Whether it says so once its timer has looked at the clock, as it does five times in a second."""
    for timer in button.findChildren(QTimer):
        timer.timeout.emit()
    return button.is_done


def test_the_icon_is_a_check_for_two_seconds(show: Show) -> None:
    shown = show(SESSION)
    email, phone = click(shown, "Copy email"), buttons(shown)["Copy phone"]
    assert (is_done(email), is_done(phone)) == (True, False)
    assert (email._icon, phone._icon) == ("check", "copy")
    checked = email.grab().toImage()
    shown.clock.now += 1.9
    assert is_done(email)
    shown.clock.now += 0.2
    assert not is_done(email)
    assert email._icon == "copy"
    assert email.grab().toImage() != checked
    # Again, and the two seconds begin anew.
    for _ in range(2):
        click(shown, "Copy email")
        shown.clock.now += 1.5
        assert is_done(email)


@pytest.mark.parametrize("state", [SignedOut(), Covered(SESSION)], ids=["out", "covered"])
def test_the_next_person_finds_no_check(state: AuthState, show: Show) -> None:
    shown = show(SESSION)
    button = click(shown, "Copy phone")
    shown.become(state)
    assert not button.is_done
    assert button.accessibleDescription() == ""


# -- taken back


class Ownership:
    """Stands for the platform: whose a clipboard is."""

    def __init__(self) -> None:
        self.ours: set[QClipboard.Mode] = set()

    def __call__(self, mode: QClipboard.Mode) -> bool:
        return mode in self.ours


def kiosk(show: Show, *, owns: Callable[[QClipboard.Mode], bool] = Ownership()) -> Shown:  # noqa: B008  read alone
    """A kiosk on which what was copied is taken back."""
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    take_copies_back(shown.window, shown.source.state_changed, MachineKind.KIOSK, owns)
    shown.become(replace(SESSION, reconnecting=True))
    shown.become(SESSION)
    return shown


def test_only_a_kiosk_takes_copies_back() -> None:
    assert [machine for machine in MachineKind if takes_copies_back(machine)] == [MachineKind.KIOSK]


@pytest.mark.parametrize("machine", [MachineKind.PERSONAL, MachineKind.SHARED])
def test_on_other_machines_it_stays(machine: MachineKind, show: Show, clipboard: QClipboard) -> None:
    shown = show(SESSION, settings=settings_of(machine))
    take_copies_back(shown.window, shown.source.state_changed, machine)
    shown.become(replace(SESSION, reconnecting=True))
    click(shown, "Copy phone")
    shown.become(SignedOut())
    shown.window.leave()
    assert clipboard.text() == "55 5555 0142"


ENDS = {
    "sign-out": [SigningOut()],
    "idle": [SignedOut()],
    "lock": [Covered(SESSION), Covered(SignedOut())],
    "end-behind-the-cover": [Covered(SESSION), SigningOut()],
    "from-a-panel": [replace(SESSION, panel=PasswordChange()), SignedOut()],
}


@pytest.mark.parametrize("states", ENDS.values(), ids=ENDS)
def test_at_the_end_of_a_session_the_clipboard_is_empty(
    states: list[AuthState], show: Show, clipboard: QClipboard
) -> None:
    shown = kiosk(show)
    click(shown, "Copy phone")
    for state in states[:-1]:
        shown.become(state)
        assert clipboard.text() == "55 5555 0142"
    shown.become(states[-1])
    assert clipboard.text() == ""


def test_what_another_program_copied_since_stays(show: Show, clipboard: QClipboard) -> None:
    shown = kiosk(show)
    click(shown, "Copy phone")
    clipboard.setText(OTHERS)
    shown.become(SignedOut())
    assert clipboard.text() == OTHERS


def test_what_was_there_before_stays(show: Show, clipboard: QClipboard) -> None:
    kiosk(show).become(SignedOut())
    assert clipboard.text() == OTHERS


def test_what_the_platform_calls_ours_goes_wherever_it_was_copied(show: Show, clipboard: QClipboard) -> None:
    ownership = Ownership()
    shown = kiosk(show, owns=ownership)
    clipboard.setText("from a field")
    ownership.ours.add(QClipboard.Mode.Clipboard)
    shown.become(SignedOut())
    assert clipboard.text() == ""


def test_text_that_was_copied_from_a_field_goes_too(show: Show, clipboard: QClipboard) -> None:
    shown = kiosk(show)
    shown.become(SignedOut())
    shown.window.activateWindow()
    email = shown.field("Email")
    email.setFocus()
    QTest.keyClicks(email, "luis@clinica.example")
    QTest.keyClick(email, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(email, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text() == "luis@clinica.example"
    shown.become(SESSION)
    assert clipboard.text() == "luis@clinica.example"
    shown.become(SignedOut())
    assert clipboard.text() == ""


def test_what_was_copied_from_the_form_goes_with_what_was_typed(show: Show, clipboard: QClipboard) -> None:
    ownership = Ownership()
    shown = kiosk(show, owns=ownership)
    shown.become(SignedOut())
    clipboard.setText("luis@clinica.example")
    ownership.ours.add(QClipboard.Mode.Clipboard)
    shown.become(SignedOut(remember=True))
    shown.become(Covered(SignedOut()))
    shown.become(SignedOut())
    assert clipboard.text() == "luis@clinica.example"
    # Nobody has been here for a while: what was typed is cleared away.
    shown.become(SignedOut(cleared=1))
    assert clipboard.text() == ""


def test_a_window_that_is_closed_takes_it_back(show: Show, clipboard: QClipboard) -> None:
    shown = kiosk(show)
    click(shown, "Copy phone")
    shown.window.leave()
    assert clipboard.text() == ""


@pytest.mark.parametrize("machine", MachineKind)
def test_what_a_kiosk_copies_is_kept_out_of_histories(
    machine: MachineKind, show: Show, clipboard: QClipboard
) -> None:
    shown = show(SESSION, settings=settings_of(machine))
    click(shown, "Copy phone")
    data = clipboard.mimeData()
    for name in ("ExcludeClipboardContentFromMonitorProcessing", "x-kde-passwordManagerHint"):
        assert data.hasFormat(name) == (machine is MachineKind.KIOSK)
