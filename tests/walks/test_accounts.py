"""Each of the demo's accounts as a person meets it: what is asked, a wrong answer, and the way on."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from ingenes_desktop.demo.one_time_codes import code_at
from ingenes_desktop.demo.servers import Cloud
from ingenes_desktop.domain.machine import AuthFlow
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.cloud import RunningClock
from tests.walks.conftest import Arrive
from tests.walks.person import BY_KIND, SIGN_OUT, Person, key_on_screen

NEW_PASSWORD = "Nueva-Clinica-2027"
WRONG_CODE = "Código de verificación incorrecto."
APP, SENT = "Abra su aplicación de autenticación.", "Enviamos un código a"
START_OVER = "Empezar de nuevo"
TOTP = BY_KIND["two-step-app"]


def other(code: str) -> str:
    """A code of the same length that is another one."""
    return code[:-1] + str((int(code[-1]) + 1) % 10)


def spaced(code: str) -> str:
    """As some mails write it."""
    return f"{code[:3]} - {code[3:]}"


def shown_code(person: Person, key: str) -> str:
    return code_at(key, person.clock())


# -- two-step verification


def test_a_code_from_an_app(arrive: Arrive, cloud: Cloud) -> None:
    person = arrive(cloud)
    person.sign_in(TOTP)
    person.wait_to_see("Escriba el código de verificación", APP, "Tiempo restante: ")
    person.enter(shown_code(person, TOTP.totp_key + "A" * 8))
    person.wait_to_see(WRONG_CODE, APP)
    code = shown_code(person, TOTP.totp_key)
    person.enter(spaced(code))
    person.wait_for_profile(TOTP)
    person.click(SIGN_OUT)

    # Of the same half minute: it opens no second door.
    person.sign_in(TOTP)
    person.wait_to_see(APP)
    person.enter(code)
    person.wait_to_see("Código ya usado. Espere el siguiente en su aplicación.", APP)
    person.pass_by(30)
    person.enter(shown_code(person, TOTP.totp_key))
    person.wait_for_profile(TOTP)


@pytest.mark.parametrize(
    ("kind", "address"),
    [
        ("two-step-sms", lambda account: account.phone),
        ("two-step-email", lambda account: account.username),
        ("remembered-device", lambda account: account.username),
    ],
    ids=["sms", "email", "device"],
)
def test_a_code_that_is_sent(
    arrive: Arrive, cloud: Cloud, kind: str, address: Callable[[object], str]
) -> None:
    account = BY_KIND[kind]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see(SENT)
    (message,) = cloud.mailbox.messages
    assert message.to == address(account)
    person.wait_to_see(f"{SENT} {message.destination}.")
    person.enter(other(message.code))
    person.wait_to_see(WRONG_CODE, SENT)
    person.enter(message.code)
    person.wait_for_profile(account)
    assert len(cloud.mailbox.messages) == 1, "nothing is sent again by itself"


def test_the_fifth_wrong_code_ends_it(arrive: Arrive, cloud: Cloud) -> None:
    person = arrive(cloud)
    person.sign_in(TOTP)
    for tries in range(1, 6):
        person.wait_to_see(APP)
        person.wait_until(lambda: not person.focused(QLineEdit).isReadOnly())
        person.enter("000000")
        person.wait_for_requests("RespondToAuthChallenge", tries)
    person.wait_for_form(TOTP.username)
    person.wait_to_see("Esta verificación ya no es válida. Inicie sesión de nuevo.")
    person.sign_in(TOTP)
    person.wait_to_see(APP)


@pytest.mark.parametrize(
    ("way", "medium"),
    [("Aplicación de autenticación", ""), ("Mensaje de texto (SMS)", "SMS"), ("Correo electrónico", "EMAIL")],
    ids=["app", "sms", "email"],
)
def test_one_of_several_ways(arrive: Arrive, cloud: Cloud, way: str, medium: str) -> None:
    account = BY_KIND["two-step-choice"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("¿Cómo desea verificar su identidad?")
    assert not cloud.mailbox.messages
    person.click(way)
    if medium:
        person.wait_to_see(SENT)
        (message,) = cloud.mailbox.messages
        assert message.medium == medium
        code = message.code
    else:
        person.wait_to_see(APP)
        code = shown_code(person, account.totp_key)
    person.enter(code)
    person.wait_for_profile(account)


def test_the_arrow_keys_lead_to_the_ways(arrive: Arrive, cloud: Cloud) -> None:
    person = arrive(cloud)
    person.sign_in(BY_KIND["two-step-choice"])
    person.wait_to_see("¿Cómo desea verificar su identidad?")
    person.press(Qt.Key.Key_Down)
    person.press(Qt.Key.Key_Return)
    person.wait_to_see(APP)


def test_an_app_has_to_be_set_up_first(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["two-step-required"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Configure la verificación en dos pasos", "Su cuenta necesita un segundo paso.")
    person.click("Aplicación de autenticación")
    person.wait_to_see("Clave")
    key = key_on_screen(person)
    person.enter(code_at(key, person.clock() - 900))
    person.wait_to_see(WRONG_CODE)
    assert key_on_screen(person) == key
    person.enter(shown_code(person, key))
    person.wait_for_profile(account)
    person.click(SIGN_OUT)

    person.pass_by(30)
    person.sign_in(account)
    person.wait_to_see(APP)
    person.enter(shown_code(person, key))
    person.wait_for_profile(account)
    person.click("Verificación en dos pasos")
    person.click("Desactivar…")
    person.click("Desactivar")
    person.wait_to_see("Su cuenta exige la verificación en dos pasos.")


def test_codes_by_email_have_to_be_set_up_first(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["two-step-required"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Su cuenta necesita un segundo paso.")
    person.click("Correo electrónico")
    person.wait_to_see("Cada vez que inicie sesión, enviaremos un código a esta dirección.")
    person.enter("  fabiola.conde@casa.example ")
    person.wait_to_see(SENT)
    person.enter(cloud.mailbox.latest_code("fabiola.conde@casa.example"))
    person.wait_for_profile(account)


# -- accounts that need something


def test_an_account_that_is_not_confirmed(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["not-confirmed"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Verifique su correo", SENT)
    first = cloud.mailbox.latest_code(account.username)
    person.enter(other(first))
    person.wait_to_see(WRONG_CODE)
    person.pass_by(120)
    person.click("Enviar otro código")
    person.wait_until(lambda: len(cloud.mailbox.messages) == 2)
    person.wait_until(lambda: isinstance(person.focus, QLineEdit) and not person.focused(QLineEdit).text())
    person.enter(spaced(cloud.mailbox.latest_code(account.username)))
    person.wait_for_form(account.username)
    person.wait_to_see("Su correo está verificado. Ya puede iniciar sesión.")
    assert person.focused(PasswordEdit).is_empty()
    person.sign_in(account)
    person.wait_for_profile(account)


def test_a_password_that_has_to_be_reset(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["reset-required"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Escriba el código de verificación", "Debe restablecer su contraseña.", SENT)
    (message,) = cloud.mailbox.messages
    assert (message.to, message.purpose) == (account.username, "reset")
    person.enter(other(message.code))
    person.enter(NEW_PASSWORD)
    person.enter(NEW_PASSWORD)
    person.wait_to_see(WRONG_CODE)
    person.enter(message.code)  # the code alone: the passwords stand, and nothing else is missing
    person.wait_to_see("Su contraseña se cambió")
    person.press(Qt.Key.Key_Return)
    person.wait_for_form(account.username)
    person.sign_in(account, NEW_PASSWORD)
    person.wait_for_profile(account)


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        ("disabled", "Su cuenta no está activa. Contacte a Soporte."),
        ("expired-temporary", "Su contraseña temporal venció. Pida otra a Soporte."),
        ("unverified-email", "Su correo no está verificado. Contacte a Soporte."),
        ("trigger", "El sistema de la clínica dice: Su clínica abre a las 8:00. Intente más tarde"),
        ("no-record", "Usuario no encontrado en el sistema."),
        ("other-company", "Su cuenta pertenece a otra empresa."),
        ("duplicate", "Su correo está registrado más de una vez. Contacte a Soporte."),
    ],
)
def test_who_cannot_come_in_is_told_why(arrive: Arrive, cloud: Cloud, kind: str, sentence: str) -> None:
    account = BY_KIND[kind]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see(sentence)
    person.wait_for_form(account.username)
    assert person.focused(PasswordEdit).is_empty()
    assert person.requests("InitiateAuth") == 1
    assert not cloud.mailbox.messages


def test_a_temporary_password_and_a_missing_number(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["missing-attribute"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Elija una contraseña nueva", "Teléfono")
    person.enter(NEW_PASSWORD)
    person.enter(NEW_PASSWORD)
    person.enter("55")
    person.wait_to_see("Sus datos no fueron aceptados. Corríjalos e intente de nuevo.")
    person.focused(QLineEdit).selectAll()
    person.enter("+52 (55) 5010-0199")
    person.wait_for_profile(account)
    person.click(SIGN_OUT)
    person.sign_in(account, NEW_PASSWORD)
    person.wait_for_profile(account)


def test_a_first_sign_in(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["first-sign-in"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see("Elija una contraseña nueva")
    assert not person.sees("Teléfono")
    person.enter(NEW_PASSWORD)
    person.enter(NEW_PASSWORD)
    person.wait_for_profile(account)


def test_a_password_is_changed_in_the_profile(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["user"]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_for_profile(account)
    person.click("Cambiar contraseña")
    person.wait_to_see("Contraseña actual")
    person.enter("Demo-Clinica-2062")
    person.enter(NEW_PASSWORD)
    person.enter(NEW_PASSWORD)
    person.wait_to_see("La contraseña actual es incorrecta. Escríbala de nuevo.")
    assert person.focused(PasswordEdit).accessibleName() == "Contraseña actual"
    person.enter(account.password)
    for _ in range(2):
        person.focused(PasswordEdit).selectAll()
        person.enter(account.password)
    person.wait_to_see("Ya usó esta contraseña antes. Elija otra.")
    for _ in range(2):
        person.focused(PasswordEdit).selectAll()
        person.enter(NEW_PASSWORD)
    person.wait_to_see("Su contraseña se cambió")
    person.click("Volver al perfil")
    person.click(SIGN_OUT)
    person.sign_in(account)
    person.wait_to_see("Correo o contraseña incorrectos.")
    person.sign_in(account, NEW_PASSWORD)
    person.wait_for_profile(account)


# -- other ways to sign in


def test_a_question_of_the_clinic(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["custom-question"]
    person = arrive(cloud, AuthFlow.CUSTOM_AUTH)
    person.sign_in(account)
    person.wait_to_see("¿De qué color es la puerta de su clínica?")
    person.enter("verde")
    person.wait_to_see("Su respuesta no fue aceptada. Intente de nuevo.")
    assert person.sees("¿De qué color es la puerta de su clínica?")
    assert person.requests("RespondToAuthChallenge") == 2, "the proof, and the answer"
    assert person.focused(QLineEdit).selectedText() == "verde"
    person.enter(account.traits.answer)
    person.wait_for_profile(account)


def test_a_passkey_is_named_and_nothing_is_tried_again(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["passkey"]
    person = arrive(cloud, AuthFlow.USER_AUTH)
    person.sign_in(account, "")
    person.wait_to_see(
        "Su cuenta pide una verificación que aquí no se ofrece (WEB_AUTHN). Contacte a Soporte."
    )
    person.wait_for_form(account.username)
    assert person.requests("InitiateAuth") == 1


def test_a_code_instead_of_a_password(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["user"]
    person = arrive(cloud, AuthFlow.USER_AUTH)
    person.sign_in(account, "")
    person.wait_to_see("¿Cómo desea verificar su identidad?")
    person.click("Correo electrónico")
    person.wait_to_see(SENT)
    person.enter(cloud.mailbox.latest_code(account.username))
    person.wait_for_profile(account)


def test_a_password_after_the_choice(arrive: Arrive, cloud: Cloud) -> None:
    account = BY_KIND["user"]
    person = arrive(cloud, AuthFlow.USER_AUTH)
    person.sign_in(account, "")
    person.wait_to_see("¿Cómo desea verificar su identidad?")
    person.click("Contraseña")
    person.wait_to_see("Escriba su contraseña")
    assert isinstance(person.focus, PasswordEdit)
    person.enter(account.password)
    person.wait_for_profile(account)


# -- leaving a question


@pytest.mark.parametrize(
    ("kind", "seen"),
    [
        ("two-step-app", APP),
        ("two-step-choice", "¿Cómo desea verificar su identidad?"),
        ("two-step-required", "Su cuenta necesita un segundo paso."),
        ("missing-attribute", "Elija una contraseña nueva"),
        ("not-confirmed", SENT),
    ],
    ids=["code", "choice", "set-up", "password", "confirmation"],
)
@pytest.mark.parametrize("how", ["button", "Escape"])
def test_starting_over_keeps_the_name(arrive: Arrive, cloud: Cloud, kind: str, seen: str, how: str) -> None:
    account = BY_KIND[kind]
    person = arrive(cloud)
    person.sign_in(account)
    person.wait_to_see(seen)
    if how == "button":
        if kind == "two-step-choice":
            QTest.keyClick(person.focus, Qt.Key.Key_Down)
        person.click(START_OVER)
    else:
        person.press(Qt.Key.Key_Escape)
    person.wait_for_form(account.username)
    assert person.focused(PasswordEdit).is_empty()
    assert not person.sees(seen)


def test_the_time_to_answer_runs_out(arrive: Arrive, cloud: Cloud, cloud_clock: RunningClock) -> None:
    person = arrive(cloud, clock=cloud_clock)
    person.sign_in(TOTP)
    person.wait_to_see(APP, "Tiempo restante: ")
    person.pass_by(170)
    person.wait_to_see("Tiempo restante: 0:0")
    assert person.sees(APP)
    person.write("123")
    person.pass_by(11)
    person.wait_for_form(TOTP.username)
    person.wait_to_see("Se agotó el tiempo para responder. Inicie sesión de nuevo.")
    assert person.focused(PasswordEdit).is_empty()
    person.sign_in(TOTP)
    person.wait_to_see(APP)
    person.enter(shown_code(person, TOTP.totp_key))
    person.wait_for_profile(TOTP)
