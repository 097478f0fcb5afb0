"""The window's title says where one is, and nothing about a person."""

import re
from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtWidgets import QApplication

from ingenes_desktop.domain.auth_state import AuthState, Covered, SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.user import User
from tests.ui.conftest import Shown
from tests.ui.states import ANA, BARE, LONG, SESSION, STATES, settings_of

Show = Callable[..., Shown]


def of_a_person(user: User) -> set[str]:
    """Every word of their data."""
    values = (str(value) for name, value in vars(user).items() if name != "status")
    return {word for value in values for word in re.findall(r"[^\W_]{3,}", value.casefold())}


# Words of ours that are not theirs alone.
OURS = {"clinica", "usuario", "example", "ext", "una", "con", "que", "none", "empresa", "cabe"}
PRIVATE = (of_a_person(ANA) | of_a_person(BARE) | of_a_person(LONG)) - OURS


@pytest.mark.parametrize(("name", "language"), [*product(STATES, Language)])
def test_each_says_where_one_is(name: str, language: Language, show: Show) -> None:
    shown = show(STATES[name], language=language)
    title = shown.window.windowTitle()
    place, dash, product_name = title.partition(" – ")
    assert (dash, product_name) == (" – ", "Ingenes")
    assert place.strip() == place != ""
    assert not PRIVATE & set(re.findall(r"\w+", title.casefold()))
    assert "@" not in title


@pytest.mark.parametrize(
    ("state", "english", "spanish"),
    [
        (SignedOut(), "Sign in – Ingenes", "Iniciar sesión – Ingenes"),
        (SESSION, "Profile – Ingenes", "Perfil – Ingenes"),
        (Covered(SESSION), "This screen is protected – Ingenes", "Esta pantalla está protegida – Ingenes"),
    ],
    ids=["sign in", "profile", "covered"],
)
def test_it_follows_the_state_and_the_language(
    state: AuthState, english: str, spanish: str, show: Show
) -> None:
    shown = show(state, settings=settings_of(MachineKind.PERSONAL))
    assert shown.window.windowTitle() == english
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    QApplication.processEvents()
    assert shown.window.windowTitle() == spanish
