"""Who is signed in: every row, in both languages, and nothing from outside as anything but text."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from PySide6 import QtGui
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QToolTip, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep
from ingenes_desktop.domain.auth_state import SignedIn, SignedOut, SigningIn, SignInStep, Unavailable
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.user import User
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.avatar import Avatar
from ingenes_desktop.ui.widgets.buttons import Button
from ingenes_desktop.ui.widgets.cells import Cell, Cells
from ingenes_desktop.ui.widgets.session_facts import SessionFacts
from tests.ui.conftest import Shown
from tests.ui.states import ANA, BARE, EMAIL, HOUR, KEYRING, LONG, NOW, SESSION, problem, settings_of
from tests.ui.told import tells, told_of
from tests.window import one

Show = Callable[..., Shown]
PHONE = "55 5555 0142"
"""As the clinics write it."""


def signed_in(user: User) -> SignedIn:
    return SignedIn(user, EMAIL, remember=False)


def cells(shown: Shown) -> tuple[Cell, ...]:
    return one(shown.view, Cells).cells


def cell(shown: Shown, name: str) -> Cell:
    (found,) = [each for each in cells(shown) if each.name.text() == name]
    return found


def rows(shown: Shown) -> dict[str, str]:
    """Names and values in reading order."""
    found = {}
    for each in cells(shown):
        assert each.name.buddy() is each.value
        assert each.value.accessibleDescription() == each.name.text()
        assert each.value.accessibleName() == each.value.whole_text()
        found[each.name.text()] = each.value.whole_text()
    return found


def test_the_rows_in_english(show: Show) -> None:
    shown = show(signed_in(ANA))
    assert shown.window.profile.heading.text() == "Ana María López Hernández"
    assert rows(shown) == {
        "Email": EMAIL,
        "User type": "Administrator",
        "Company": "Company 2",
        "Clinic": "Clínica Roma",
        "Username": "alopez",
        "Phone": "55 5555 0142",
        "Registered": "March 9, 2021",
        "Status": "Active",
    }


def test_the_rows_in_spanish(show: Show) -> None:
    shown = show(signed_in(ANA), language=Language.SPANISH)
    assert rows(shown) == {
        "Correo electrónico": EMAIL,
        "Tipo de usuario": "Administrador",
        "Empresa": "Empresa 2",
        "Clínica": "Clínica Roma",
        "Usuario": "alopez",
        "Teléfono": "55 5555 0142",
        "Fecha de registro": "9 de marzo de 2021",
        "Estado": "Activo",
    }


def test_the_language_can_be_changed_on_the_profile(qtbot: QtBot, show: Show) -> None:
    shown = show(signed_in(ANA))
    shown.translation.use(Language.SPANISH)
    qtbot.waitUntil(lambda: rows(shown).get("Estado") == "Activo")
    assert rows(shown)["Fecha de registro"] == "9 de marzo de 2021"


def test_what_is_not_known_is_a_dash(show: Show) -> None:
    shown = show(signed_in(BARE))
    assert shown.window.profile.heading.text() == "luis@clinica.example"
    values = rows(shown)
    assert (values["User type"], values["Status"]) == ("User", "Active")
    empty = ("Company", "Clinic", "Username", "Phone", "Registered")
    assert {values[name] for name in empty} == {"–"}


@pytest.mark.parametrize(
    ("company", "text"),
    [("2", "Company 2"), ("7", "Ingenes Puebla"), ("Grupo Sur", "Grupo Sur"), ("", "–")],
)
def test_a_company_has_a_readable_name(company: str, text: str, show: Show) -> None:
    settings = replace(settings_of(), company_names=MappingProxyType({"7": "Ingenes Puebla"}))
    assert rows(show(signed_in(replace(ANA, company=company)), settings=settings))["Company"] == text


@pytest.mark.parametrize(
    ("status", "text"), [("active", "Activo"), ("", "Activo"), ("Inactive", "Inactivo"), ("Baja", "Baja")]
)
def test_a_status_is_translated_where_it_is_known(status: str, text: str, show: Show) -> None:
    shown = show(signed_in(replace(ANA, status=status)), language=Language.SPANISH)
    assert rows(shown)["Estado"] == text


def test_text_from_outside_is_shown_as_it_is_and_cut_where_it_does_not_fit(qtbot: QtBot, show: Show) -> None:
    shown = show(signed_in(LONG))
    assert rows(shown)["Clinic"] == "<b>Clínica</b> & <img src=x>"
    email = cell(shown, "Email").value
    qtbot.waitUntil(lambda: email.text().endswith("…"))
    assert email.text().count("\n") == 1
    assert email.whole_text() == LONG.email
    heading = shown.window.profile.heading
    assert heading.whole_text().endswith("de la Cruz")
    assert heading.accessibleName() == heading.whole_text()
    assert heading.text().endswith("…")
    assert 1 <= heading.text().count("\n") <= 2


def test_signing_out_is_one_click_and_never_an_enter_too_many(qtbot: QtBot, show: Show) -> None:
    shown = show(signed_in(ANA))
    with qtbot.assertNotEmitted(shown.window.sign_out_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    with qtbot.waitSignal(shown.window.sign_out_requested):
        QTest.mouseClick(shown.button("Sign out"), Qt.MouseButton.LeftButton)


def test_a_calm_word_stands_beside(show: Show) -> None:
    shown = show(replace(signed_in(ANA), notice=KEYRING))
    assert "This computer will not remember your email. Ref.\u00a07K3Q9F" in shown.words()


def test_a_wrong_setting_is_named_and_the_window_can_be_closed(qtbot: QtBot, show: Show) -> None:
    shown = show(Unavailable(problem(ErrorCode.SETTING_INVALID, "INGENES_LANGUAGE (environment)")))
    text = "The setting INGENES_LANGUAGE (environment) is not valid. Contact Support. Ref.\u00a07K3Q9F"
    assert text in shown.words()
    with qtbot.waitSignal(shown.window.close_requested):
        QTest.mouseClick(shown.button("Close"), Qt.MouseButton.LeftButton)
    assert shown.window.isVisible()
    assert shown.window.close()


def test_a_kiosk_whose_policy_was_read_has_no_way_out(show: Show) -> None:
    unavailable = Unavailable(problem(ErrorCode.SETTING_INVALID, "INGENES_LANGUAGE (environment)"))
    shown = show(unavailable, settings=settings_of(MachineKind.KIOSK))
    assert "Close" not in {each.text() for each in shown.view.findChildren(QPushButton) if each.isVisible()}


def test_where_a_policy_cannot_be_read_nobody_is_locked_in(qtbot: QtBot, show: Show) -> None:
    unreadable = Unavailable(problem(ErrorCode.SETTINGS_UNREADABLE, "policy.toml"))
    shown = show(unreadable, settings=settings_of(MachineKind.KIOSK))
    with qtbot.waitSignal(shown.window.close_requested):
        QTest.mouseClick(shown.button("Close"), Qt.MouseButton.LeftButton)
    assert shown.window.close()


def test_nothing_of_a_person_is_left_behind_the_next_one_s_form(show: Show) -> None:
    shown = show(signed_in(ANA))
    assert PHONE in told_of(shown.window)
    shown.become(SignedOut())
    for step in (None, SignInStep.ACCESS, SignInStep.CONFIGURATION):
        if step is not None:
            shown.become(SigningIn("luis@clinica.example", remember=False, step=step))
        shown.translation.use(Language.SPANISH if step else Language.ENGLISH)
        left = told_of(shown.window)
        for fact in (ANA.full_name, ANA.email, ANA.username, PHONE, "March 9, 2021"):
            assert not [text for text in left if fact in text]


# -- the session


def facts(shown: Shown) -> list[str]:
    """What the calm half says of the session."""
    block = shown.view.findChild(SessionFacts)
    assert block is not None
    # Qt puts a narrow space before "AM".
    return [label.text().replace("\u202f", " ") for label in block.findChildren(QLabel) if label.isVisible()]


@pytest.mark.parametrize(
    ("machine", "language", "words"),
    [
        (
            MachineKind.PERSONAL,
            Language.ENGLISH,
            "Personal computer|Signed in|8:42 AM|Until|8:42 PM|Last sign-in|Mar 8, 8:42 AM",
        ),
        (
            MachineKind.SHARED,
            Language.SPANISH,
            "Equipo compartido|Desde|8:42 a.m.|Hasta|8:42 p.m.|Último acceso|8 mar, 8:42 a.m.",
        ),
        (
            MachineKind.KIOSK,
            Language.SPANISH,
            "Quiosco|Desde|8:42 a.m.|Hasta|8:42 p.m.|Último acceso|8 mar, 8:42 a.m.",
        ),
    ],
)
def test_the_session_since_when_until_when_and_where(
    machine: MachineKind, language: Language, words: str, show: Show
) -> None:
    shown = show(SESSION, language=language, settings=settings_of(machine))
    assert sorted(facts(shown)) == sorted(words.split("|"))


def test_a_moment_has_its_date_where_that_is_not_today(show: Show) -> None:
    moments = {"since": NOW - 11 * HOUR, "until": NOW + 14 * HOUR, "last_sign_in": NOW - 400 * 24 * HOUR}
    shown = show(replace(SESSION, **moments))
    assert {"Mar 8, 11:42 PM", "Mar 10, 12:42 AM", "Feb 2, 2025"} <= set(facts(shown))
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert {"8 mar, 11:42 p.m.", "10 mar, 12:42 a.m.", "2 feb 2025"} <= set(facts(shown))


def test_after_midnight_today_is_another_day(qtbot: QtBot) -> None:
    now = [NOW]
    block = SessionFacts(lambda: now[0])
    qtbot.addWidget(block)
    block.tell(SESSION, Language.ENGLISH)
    block.resize(400, 200)
    block.show()

    def words() -> list[str]:
        return [label.text().replace("\u202f", " ") for label in block.findChildren(QLabel)]

    assert "8:42 AM" in words()
    (minutes,) = block.findChildren(QTimer)
    assert minutes.isActive()
    assert minutes.interval() == 60_000
    now[0] += 24 * HOUR
    minutes.timeout.emit()
    assert "Mar 9, 8:42 AM" in words()
    block.hide()
    assert not minutes.isActive()


def test_what_is_not_known_of_the_session_is_left_out(show: Show) -> None:
    shown = show(signed_in(ANA), language=Language.SPANISH)
    assert facts(shown) == ["Equipo compartido"]


def test_reconnecting_is_shown_and_said_once(show: Show) -> None:
    shown = show(SESSION, language=Language.SPANISH)
    shown.spoken.clear()
    for _ in range(2):
        shown.become(replace(SESSION, reconnecting=True))
        assert "Reconectando…" in facts(shown)
    assert shown.spoken == [("Reconectando…", False)]
    shown.become(SESSION)
    assert "Reconectando…" not in facts(shown)


@pytest.mark.parametrize(
    ("machine", "language", "offered"),
    [
        (
            MachineKind.PERSONAL,
            Language.ENGLISH,
            {"Change password", "Two-step verification", "Sign out", "Sign out everywhere", "English"},
        ),
        (
            MachineKind.SHARED,
            Language.ENGLISH,
            {
                *("Change password", "Two-step verification"),
                *("Switch user", "Sign out", "Sign out everywhere", "English"),
            },
        ),
        (
            MachineKind.KIOSK,
            Language.SPANISH,
            {
                *("Cambiar contraseña", "Verificación en dos pasos"),
                *("Cambiar de usuario", "Cerrar sesión", "Cerrar sesión en todos los equipos", "Español"),
            },
        ),
    ],
)
def test_the_ways_out(
    machine: MachineKind, language: Language, offered: set[str], show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION, language=language, settings=settings_of(machine))
    buttons = {each.text() for each in shown.view.findChildren(QPushButton) if each.isVisible()}
    assert buttons - {""} == offered  # a button without words is an icon
    wishes = {
        "Cerrar sesión en todos los equipos": shown.window.sign_out_everywhere_requested,
        "Sign out everywhere": shown.window.sign_out_everywhere_requested,
        "Switch user": shown.window.switch_user_requested,
        "Cambiar de usuario": shown.window.switch_user_requested,
        "Change password": shown.window.change_password_requested,
        "Cambiar contraseña": shown.window.change_password_requested,
        "Two-step verification": shown.window.two_step_requested,
        "Verificación en dos pasos": shown.window.two_step_requested,
        "Cerrar sesión": shown.window.sign_out_requested,
        "Sign out": shown.window.sign_out_requested,
    }
    for text in offered & set(wishes):
        with qtbot.waitSignal(wishes[text]):
            QTest.mouseClick(shown.button(text), Qt.MouseButton.LeftButton)


def test_everything_is_reached_by_the_keyboard_in_reading_order(show: Show) -> None:
    shown = show(SESSION)
    shown.window.activateWindow()
    reached: list[str] = []
    for _ in range(16):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        focus = shown.focus()
        assert isinstance(focus, QPushButton)
        reached.append(focus.text() or focus.accessibleName())
    copies = [each.button.accessibleName() for each in cells(shown)]
    account, ways_out = ["Change password", "Two-step verification"], ["Switch user", "Sign out"]
    assert reached == [*copies, *account, *ways_out, "Sign out everywhere", "English", "Appearance", "Help"]


@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("user", [ANA, LONG], ids=["ana", "long"])
def test_what_one_may_change_stands_between_the_facts_and_the_ways_out(
    user: User, language: Language, machine: MachineKind, show: Show, qtbot: QtBot
) -> None:
    shown = show(replace(SESSION, user=user), language=language, settings=settings_of(machine))
    shown.window.setWindowState(Qt.WindowState.WindowNoState)
    shown.window.resize(QSize(1366, 768))
    qtbot.waitUntil(lambda: shown.view.size() == QSize(1366, 768))
    table = one(shown.view, Cells)
    spanish = language is Language.SPANISH
    names = (
        ("Cambiar contraseña", "Verificación en dos pasos", "Cerrar sesión")
        if spanish
        else ("Change password", "Two-step verification", "Sign out")
    )
    password, two_step, sign_out = (rect_of(shown.button(name), shown) for name in names)
    assert rect_of(table, shown).bottom() < password.top()
    assert password.top() == two_step.top()
    assert two_step.left() - password.right() >= 8
    # At least as far as two lines of links would stand apart, each as high as a finger.
    assert sign_out.top() - password.bottom() >= 4


def rect_of(widget: QWidget, shown: Shown) -> QRect:
    return QRect(widget.mapTo(shown.view, QPoint(0, 0)), widget.size())


@pytest.mark.parametrize("panel", [PasswordChange(), TwoStep()], ids=["password", "two-step"])
def test_back_from_a_panel_the_profile_is_whole_and_an_enter_too_many_leads_nowhere(
    panel: Panel, show: Show
) -> None:
    shown = show(SESSION)
    before = shown.words()
    shown.become(replace(SESSION, panel=panel))
    # Nothing of the profile is told meanwhile.
    assert not tells(shown.window, ANA.full_name, PHONE)
    shown.spoken.clear()
    shown.become(SESSION)
    assert shown.words() == before
    assert shown.spoken == [(ANA.full_name, False)]
    wishes = [getattr(shown.window, name) for name in type(shown.window.profile).WISHES]
    asked: list[bool] = []
    for wish in wishes:
        wish.connect(lambda: asked.append(True))
    QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    assert asked == []


# -- the room there is


def at(shown: Shown, width: int, height: int, qtbot: QtBot) -> None:
    """Give the window that size, on a kiosk too."""
    shown.window.setWindowState(Qt.WindowState.WindowNoState)
    shown.window.resize(QSize(width, height))
    qtbot.waitUntil(lambda: shown.view.width() <= width and shown.view.height() >= height)
    shown.window.grab()  # lays out


@pytest.mark.parametrize("size", [(800, 480), (480, 800), (1000, 680), (1366, 768)], ids=str)
@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize("language", Language)
def test_nothing_scrolls_and_nothing_is_cut(
    size: tuple[int, int], machine: MachineKind, language: Language, show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION, language=language, settings=settings_of(machine))
    at(shown, *size, qtbot)
    qtbot.waitUntil(lambda: shown.view.size() == QSize(*size))
    for each in cells(shown):
        assert each.value.text() == each.value.whole_text()
        assert min(each.button.width(), each.button.height()) >= 44
        assert each.rect().contains(each.value.geometry())
        assert each.rect().contains(each.name.geometry())
    card = rect_of(shown.window.profile.card, shown)
    for button in shown.view.findChildren(QPushButton):
        if button.isVisible():
            assert card.contains(rect_of(button, shown)), button.text() or button.accessibleName()


def test_two_columns_of_equal_width_row_by_row(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    at(shown, 1000, 680, qtbot)
    places = [each.geometry() for each in cells(shown)]
    assert len({place.width() for place in places}) == 1
    left, right = places[0].x(), places[1].x()
    assert [place.x() for place in places] == [left, right] * 4
    assert right >= places[0].right() + 12
    tops = [place.y() for place in places]
    assert tops == sorted(tops)
    assert len(set(tops)) == 4


@pytest.mark.parametrize(("width", "height", "rows_of_cells"), [(480, 800, 5), (320, 480, 8)])
def test_in_less_room_an_address_has_a_row_to_itself_and_then_everything(
    width: int, height: int, rows_of_cells: int, show: Show, qtbot: QtBot
) -> None:
    shown = show(SESSION)
    at(shown, width, height, qtbot)
    places = [each.geometry() for each in cells(shown)]
    assert len({place.y() for place in places}) == rows_of_cells
    assert shown.view.width() <= width
    assert places[0].width() == one(shown.view, Cells).width()


def test_in_a_stacked_card_the_initials_stand_beside_the_facts(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    avatar, block = one(shown.view, Avatar), one(shown.view, SessionFacts)
    at(shown, 1000, 680, qtbot)
    assert rect_of(avatar, shown).bottom() < rect_of(block, shown).top()
    at(shown, 480, 800, qtbot)
    assert rect_of(avatar, shown).right() < rect_of(block, shown).left()
    assert (
        rect_of(block, shown).top() <= rect_of(avatar, shown).center().y() <= rect_of(block, shown).bottom()
    )


@pytest.mark.parametrize("machine", MachineKind)
def test_one_button_is_the_next_thing_to_do(machine: MachineKind, show: Show) -> None:
    shown = show(SESSION, settings=settings_of(machine))
    primary = [each.text() for each in shown.view.findChildren(Button) if each.property("role") == "primary"]
    primary.remove("Stay signed in")  # on the warning, which is not there
    assert primary == ["Sign out" if machine is MachineKind.PERSONAL else "Switch user"]


def test_initials_are_decoration(show: Show) -> None:
    shown = show(SESSION)
    avatar = one(shown.view, Avatar)
    assert avatar.initials == "AL"
    interface = QAccessible.queryAccessibleInterface(avatar)
    assert interface.text(QAccessible.Text.Name) == ""
    assert interface.childCount() == 0
    shown.become(SignedOut())
    assert avatar.initials == ""


# -- what is cut


def test_what_is_cut_can_be_read_whole(show: Show, qtbot: QtBot) -> None:
    shown = show(signed_in(LONG))
    value = cell(shown, "Clinic").value
    at(shown, 1000, 680, qtbot)
    assert not value.is_cut
    assert value.toolTip() == ""
    shown.become(signed_in(replace(LONG, clinic=LONG.clinic * 6)))
    qtbot.waitUntil(lambda: value.text().endswith("…"))
    # Words, and nothing that Qt takes for HTML, on lines that a screen has room for.
    assert value.toolTip().replace("\u2060", "").replace("\n", "").replace(" ", "") == (
        (LONG.clinic * 6).replace(" ", "")
    )
    assert not QtGui.Qt.mightBeRichText(value.toolTip())
    assert max(len(line.replace("\u2060", "")) for line in value.toolTip().splitlines()) <= 60
    # A finger has no pointer that rests, and the Tab key neither.
    QTest.mouseClick(value, Qt.MouseButton.LeftButton)
    assert QToolTip.text() == value.toolTip()
    shown.window.activateWindow()
    shown.window.profile.setFocus()
    QToolTip.hideText()
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    button = cell(shown, "Clinic").button
    qtbot.waitUntil(shown.window.isActiveWindow)
    button.setFocus()
    qtbot.waitUntil(QToolTip.isVisible)
    assert QToolTip.text() == value.toolTip()
    shown.become(SignedOut())
    qtbot.waitUntil(lambda: not QToolTip.isVisible())
    assert value.toolTip() == ""


def test_an_address_is_broken_behind_its_marks(show: Show, qtbot: QtBot) -> None:
    email = "guadalupe.hernandez@clinica-roma.example"
    shown = show(signed_in(replace(ANA, email=email)))
    at(shown, 1000, 680, qtbot)
    value = cell(shown, "Email").value
    assert value.text().replace("\n", "") == email
    first, second = value.text().split("\n")
    assert first[-1] in "@.-"
    assert second
    assert value.toolTip() == ""


def test_the_mouse_selects_what_is_the_value_and_nothing_else(show: Show, qtbot: QtBot) -> None:
    selectable = Qt.TextInteractionFlag.TextSelectableByMouse
    shown = show(signed_in(LONG))
    at(shown, 1000, 680, qtbot)
    flags = {each.name.text(): each.value.textInteractionFlags() for each in cells(shown)}
    assert flags["User type"] == selectable
    for name in ("Email", "Company", "Username"):
        assert flags[name] == Qt.TextInteractionFlag.NoTextInteraction, name
    shown.become(signed_in(BARE))
    assert cell(shown, "Phone").value.textInteractionFlags() == Qt.TextInteractionFlag.NoTextInteraction
