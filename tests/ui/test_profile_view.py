"""Who is signed in: every row, in both languages, and nothing from outside as anything but text."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimer
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QGridLayout, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep
from ingenes_desktop.domain.auth_state import SignedIn, SignedOut, SigningIn, SignInStep, Unavailable
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.user import User
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.widgets.rows import Rows
from ingenes_desktop.ui.widgets.session_facts import SessionFacts
from tests.ui.conftest import Shown
from tests.ui.states import ANA, BARE, EMAIL, HOUR, KEYRING, LONG, NOW, SESSION, problem, settings_of
from tests.ui.told import tells, told_of

Show = Callable[..., Shown]


def signed_in(user: User) -> SignedIn:
    return SignedIn(user, EMAIL, remember=False)


def rows(shown: Shown) -> dict[str, str]:
    table = shown.view.findChild(Rows)
    assert table is not None
    grid = table.layout()
    assert isinstance(grid, QGridLayout)
    found = {}
    for row in range(grid.rowCount()):
        name, value = (grid.itemAtPosition(row, column).widget() for column in (0, 1))  # type: ignore[union-attr]  # both stand there
        assert isinstance(name, QLabel)
        assert isinstance(value, QLabel)
        assert name.buddy() is value
        found[name.text()] = value.text()
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
        "Phone": "+52 55 5555 0142",
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
        "Teléfono": "+52 55 5555 0142",
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
    qtbot.waitUntil(lambda: rows(shown)["Email"].endswith("…"))
    heading = shown.window.profile.heading
    assert heading.whole_text().endswith("de la Cruz")
    assert heading.accessibleName() == heading.whole_text()
    assert heading.text().endswith("…")
    assert heading.text().count("\n") == 1


def test_values_can_be_selected(show: Show) -> None:
    shown = show(signed_in(ANA))
    value = next(label for label in shown.view.findChildren(QLabel) if label.text() == EMAIL)
    assert value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard


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
    assert ANA.phone in told_of(shown.window)
    shown.become(SignedOut())
    for step in (None, SignInStep.ACCESS, SignInStep.CONFIGURATION):
        if step is not None:
            shown.become(SigningIn("luis@clinica.example", remember=False, step=step))
        shown.translation.use(Language.SPANISH if step else Language.ENGLISH)
        left = told_of(shown.window)
        for fact in (ANA.full_name, ANA.email, ANA.username, ANA.phone, "March 9, 2021"):
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
    assert buttons == offered
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


def test_every_way_out_is_reached_by_the_keyboard(show: Show) -> None:
    shown = show(SESSION)
    shown.window.activateWindow()
    reached: list[str] = []
    for _ in range(14):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        focus = shown.focus()
        if isinstance(focus, QPushButton):
            reached.append(focus.text())
    account, ways_out = ["Change password", "Two-step verification"], ["Switch user", "Sign out"]
    assert reached[:6] == [*account, *ways_out, "Sign out everywhere", "English"]


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
    table = shown.view.findChild(Rows)
    assert table is not None
    spanish = language is Language.SPANISH
    names = (
        ("Cambiar contraseña", "Verificación en dos pasos", "Cerrar sesión")
        if spanish
        else ("Change password", "Two-step verification", "Sign out")
    )
    password, two_step, sign_out = (rect_of(shown.button(name), shown) for name in names)
    assert rect_of(table, shown).bottom() < password.top()
    assert password.top() == two_step.top()
    assert two_step.left() - password.right() >= 12
    assert sign_out.top() - password.bottom() >= 8


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
    assert not tells(shown.window, ANA.full_name, ANA.phone)
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


def test_on_a_kiosk_nothing_is_copied(show: Show) -> None:
    shown = show(SESSION, settings=settings_of(MachineKind.KIOSK))
    value = next(label for label in shown.view.findChildren(QLabel) if label.text() == EMAIL)
    assert not value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByMouse
    assert not value.textInteractionFlags() & Qt.TextInteractionFlag.TextSelectableByKeyboard
