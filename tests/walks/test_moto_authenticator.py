"""An authenticator app against moto itself, with no rule of ours in between: set up, used, turned off.

https://docs.getmoto.org/en/latest/docs/configuration/environment_variables.html
(MOTO_COGNITO_IDP_USER_POOL_ENABLE_TOTP)
"""

import base64
import time

from cryptography.hazmat.primitives.hashes import SHA1
from cryptography.hazmat.primitives.twofactor.totp import TOTP
from PySide6.QtCore import QPoint, QRect
from PySide6.QtWidgets import QLineEdit

from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.ui.widgets.qr_code import QrCode
from tests.cloud import RunningClock
from tests.qr_reader import text_in
from tests.walks.conftest import Arrive
from tests.walks.person import BY_KIND, SIGN_OUT, Person, key_on_screen

LUIS = BY_KIND["user"]
WRONG = "Código de verificación incorrecto."
TWO_STEP, CODE = "Verificación en dos pasos", "Abra su aplicación de autenticación."
"""What the screens say."""


def code_of(key: str, moment: float) -> str:
    """What an app shows that was told ``key``, by the library's reckoning alone."""
    raw = base64.b32decode(key + "=" * (-len(key) % 8))
    app = TOTP(raw, 6, SHA1(), 30, enforce_key_length=False)  # noqa: S303  what every app uses
    return app.generate(int(moment)).decode()


def wrong_code(key: str) -> str:
    """One of a quarter of an hour ago."""
    return code_of(key, time.time() - 900)


def symbol_area(person: Person) -> QRect:
    """Where the symbol stands in the window."""
    (symbol,) = [each for each in person.window.findChildren(QrCode) if each.isVisible()]
    return QRect(symbol.mapTo(person.window, QPoint(0, 0)), symbol.size()).adjusted(3, 3, -3, -3)


def test_an_app_is_set_up_asked_for_and_turned_off(arrive: Arrive, plain_cloud: Cloud) -> None:
    person = arrive(plain_cloud, clock=RunningClock())
    person.sign_in(LUIS)
    person.wait_for_profile(LUIS)

    person.click(TWO_STEP)
    person.wait_to_see("Está desactivada.")
    person.click("Configurar una aplicación")
    person.wait_to_see("Configure la verificación en dos pasos", "Clave")
    key = key_on_screen(person)
    assert text_in(person.window.grab(symbol_area(person)).toImage()) == (
        f"otpauth://totp/Ingenes:luis%40clinica.example?secret={key}&issuer=Ingenes"
    )
    person.enter(wrong_code(key))
    person.wait_to_see(WRONG)
    assert key_on_screen(person) == key, "the step stands, with the same key"
    assert person.focused(QLineEdit).selectedText(), "what is typed next replaces the code"
    person.enter(code_of(key, time.time()))
    person.wait_to_see("Está activada.", "Aplicación de autenticación")
    person.click("Volver al perfil")
    person.click(SIGN_OUT)

    person.sign_in(LUIS)
    person.wait_to_see(CODE)
    person.enter(wrong_code(key))
    person.wait_to_see(WRONG, CODE)
    person.enter(code_of(key, time.time()))
    person.wait_for_profile(LUIS)

    person.click(TWO_STEP)
    person.click("Desactivar…")
    person.wait_to_see("bastará entonces su contraseña")
    person.click("Desactivar")
    person.wait_to_see("Está desactivada.")
    person.click("Volver al perfil")
    person.click(SIGN_OUT)
    person.sign_in(LUIS)
    person.wait_for_profile(LUIS)
    assert person.requests("RespondToAuthChallenge") == 2
