"""Who is signed in: every row, in both languages, and nothing from outside as anything but text."""

from collections.abc import Callable
from types import MappingProxyType

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QGridLayout, QLabel
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.auth_state import SignedIn, SignedOut, SigningIn, SignInStep, Unavailable
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.user import User
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.profile_view import Rows
from tests.ui.conftest import Shown
from tests.ui.states import ANA, BARE, EMAIL, KEYRING, LONG, problem, settings_of

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
    assert "This computer will not remember your email. Ref. 7K3Q9F" in shown.words()


def test_a_wrong_setting_is_named_and_the_window_can_be_closed(qtbot: QtBot, show: Show) -> None:
    shown = show(Unavailable(problem(ErrorCode.SETTING_INVALID, "INGENES_LANGUAGE (environment)")))
    text = "The setting INGENES_LANGUAGE (environment) is not valid. Contact Support. Ref. 7K3Q9F"
    assert text in shown.words()
    with qtbot.waitSignal(shown.window.close_requested):
        QTest.mouseClick(shown.button("Close"), Qt.MouseButton.LeftButton)


def test_nothing_of_a_person_is_left_behind_the_next_one_s_form(show: Show) -> None:
    shown = show(signed_in(ANA))
    assert ANA.phone in told_of(shown)
    shown.become(SignedOut())
    for step in (None, SignInStep.ACCESS, SignInStep.CONFIGURATION):
        if step is not None:
            shown.become(SigningIn("luis@clinica.example", remember=False, step=step))
        shown.translation.use(Language.SPANISH if step else Language.ENGLISH)
        left = told_of(shown)
        for fact in (ANA.full_name, ANA.email, ANA.username, ANA.phone, "March 9, 2021"):
            assert not [text for text in left if fact in text]


def told_of(shown: Shown) -> set[str]:
    """Every text of the window's accessibility tree, also of what is hidden, and of every label."""
    found = {label.text() for label in shown.window.findChildren(QLabel)}
    waiting = [QAccessible.queryAccessibleInterface(shown.window)]
    while waiting:
        element = waiting.pop()
        found |= {element.text(kind) for kind in (QAccessible.Text.Name, QAccessible.Text.Value)}
        waiting += [element.child(position) for position in range(element.childCount())]
    return found
