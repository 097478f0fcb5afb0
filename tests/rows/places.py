"""Where in the window each operation is used, and how a person gets there, with keys and clicks."""

from collections.abc import Callable
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit, QWidget

from ingenes_desktop.controllers.renewal import Renewal
from ingenes_desktop.domain.account_panel import Panel, PasswordChange, TwoStep
from ingenes_desktop.domain.auth_state import (
    ChallengeRequired,
    ConfirmationRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
)
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.scripted_cloud import PASSWORD, ScriptedCloud, challenge
from tests.scripted_server import refuse
from tests.window import OpenWindow

NEW_PASSWORD = "Nueva-Clave-8!"
PHONE = "+525555550142"
DEVICE = {"DeviceKey": "us-east-1_0f3c1f9e-54a2-4d0c-9a3e-6f1f6a1f0c11", "DeviceGroupKey": "-grupo"}


class Desk:
    """One window, and a person who goes from place to place in it."""

    def __init__(self, window: OpenWindow, far: ScriptedCloud) -> None:
        self.window = window
        self.far = far

    # -- what is to be seen

    def words(self) -> list[str]:
        """Every text that can be read in the window."""
        shown = [each for each in self.window.window.findChildren(QWidget) if each.isVisible()]
        labels = [each.text() for each in shown if isinstance(each, QLabel)]
        return labels + [each.text for each in shown if isinstance(each, NoticeBar)]

    def is_settled(self) -> bool:
        """Whether nothing that the person began is under way."""
        state = self.window.state
        if isinstance(state, SignedIn):
            return state.panel is None or not state.panel.busy
        return not isinstance(state, SigningIn) and not getattr(state, "busy", False)

    def settle(self) -> None:
        """Wait until then."""
        self.window.qtbot.waitUntil(self.is_settled, timeout=8_000)

    def is_at(self, *kinds: type) -> bool:
        """Whether the state is one of those, and nothing is under way."""
        return isinstance(self.window.state, kinds) and self.is_settled()

    # -- ways

    def back_to_the_form(self) -> None:
        """From wherever this is, with the far ends mended; nobody is left signed in."""
        far, window = self.far, self.window
        far.mend()
        far.claims, far.factors = {}, []
        self.settle()
        if window.shows(SignedIn):
            for _ in range(2):
                QTest.keyClick(window.focus(), Qt.Key.Key_Escape)
                self.settle()
            window.click("Cerrar sesión")
        elif window.shows(ChallengeRequired) or window.shows(ConfirmationRequired):
            window.click("Empezar de nuevo")
        elif any(window.shows(kind) for kind in (ResetRequested, ResetCodeSent, PasswordChanged)):
            window.click("Volver a iniciar sesión")
        assert window.shows(SignedOut), window.state
        window.wait_until_clean()

    def sign_in(self) -> None:
        """Type what is missing, press Enter, and wait for what comes of it."""
        self.window.sign_in()
        self.settle()

    def at_the_profile(self) -> None:
        """Signed in."""
        if not (isinstance(self.window.state, SignedIn) and self.window.state.panel is None):
            self.back_to_the_form()
            self.far.script("InitiateAuth", self.far.tokens())
            self.sign_in()
        assert self.is_at(SignedIn), self.window.state

    def asked(self, name: str, **parameters: str) -> None:
        """At Cognito's question."""
        if not self.is_at(ChallengeRequired):
            self.back_to_the_form()
            self.far.script("InitiateAuth", challenge(name, **parameters))
            self.sign_in()
        assert self.is_at(ChallengeRequired), self.window.state

    def fill(self, *texts: str) -> None:
        """Into the visible fields, in their order; then Enter in the last."""
        assert self.window.window.shown_view is not None
        fields = [
            each
            for each in self.window.window.shown_view.findChildren(QLineEdit)
            if each.isVisible() and not each.isReadOnly()
        ]
        assert len(fields) == len(texts), (len(fields), self.window.state)
        fields.sort(key=lambda field: (field.mapToGlobal(field.rect().topLeft()).y(), field.x()))
        for field, text in zip(fields, texts, strict=True):
            field.selectAll()
            if isinstance(field, PasswordEdit):
                field.wipe()
            QTest.keyClicks(field, text)
        QTest.keyClick(fields[-1], Qt.Key.Key_Return)

    def type_code(self) -> None:
        """Into the one field there is."""
        self.fill("123456")


@dataclass(frozen=True, slots=True)
class Place:
    """``arrive`` leads to it with everything right; ``act`` is what has the operation asked for.

    ``ends``: whether it has come to its end, where that is more than being settled.
    """

    screen: str
    operation: str
    arrive: Callable[[Desk], None]
    act: Callable[[Desk], None]
    ends: Callable[[Desk], bool] = Desk.is_settled

    @property
    def name(self) -> str:
        return f"{self.screen}-{self.operation}"


def _without_email(desk: Desk) -> None:
    desk.back_to_the_form()
    desk.far.claims = {"email": None}


def _setting_up(desk: Desk) -> None:
    desk.back_to_the_form()
    desk.far.script("InitiateAuth", challenge("MFA_SETUP", MFAS_CAN_SETUP='["SOFTWARE_TOKEN_MFA"]'))


def _not_confirmed(desk: Desk) -> None:
    desk.back_to_the_form()
    desk.far.script("InitiateAuth", refuse("UserNotConfirmedException", "User is not confirmed."))


def _confirming(desk: Desk) -> None:
    if not desk.is_at(ConfirmationRequired):
        _not_confirmed(desk)
        desk.sign_in()
    assert desk.is_at(ConfirmationRequired), desk.window.state


def _forgotten(desk: Desk) -> None:
    if not desk.is_at(ResetRequested):
        desk.back_to_the_form()
        if not desk.window.email.text():
            desk.window.type_email()
        desk.window.click("¿Olvidó su contraseña?")
    assert desk.is_at(ResetRequested), desk.window.state


def _code_sent(desk: Desk) -> None:
    if not desk.is_at(ResetCodeSent):
        _forgotten(desk)
        desk.far.mend()
        desk.window.click("Enviar código")
        desk.settle()
    assert desk.is_at(ResetCodeSent), desk.window.state


def _with_a_device(desk: Desk) -> None:
    desk.back_to_the_form()
    desk.far.script("InitiateAuth", desk.far.tokens(NewDeviceMetadata=DEVICE))


def _panel(desk: Desk) -> Panel | None:
    return desk.window.state.panel if isinstance(desk.window.state, SignedIn) else None


def _at_two_step(desk: Desk) -> None:
    panel = _panel(desk)
    if not isinstance(panel, TwoStep) or panel.factors is None or panel.key is not None:
        _fresh(desk)
        desk.window.click("Verificación en dos pasos")
        desk.settle()


def _with_a_key(desk: Desk) -> None:
    panel = _panel(desk)
    if not isinstance(panel, TwoStep) or panel.key is None:
        _at_two_step(desk)
        desk.window.click("Configurar una aplicación")
        desk.settle()


def _changing_password(desk: Desk) -> None:
    panel = _panel(desk)
    if not isinstance(panel, PasswordChange) or panel.done:
        _fresh(desk)
        desk.window.click("Cambiar contraseña")


def _renew(desk: Desk) -> None:
    renewal = desk.window.controller.findChild(Renewal)
    assert isinstance(renewal, Renewal)
    renewal.renew()


def _is_renewed_or_not(desk: Desk) -> bool:
    state = desk.window.state
    return not isinstance(state, SignedIn) or state.reconnecting or "InitiateAuth" in desk.far.operations()


def _is_device_told(desk: Desk) -> bool:
    return any("device_" in line and "confirmed" in line for line in desk.window.log.lines)


def _is_told_that(desk: Desk) -> bool:
    """It is said that the far ends could not be told everything."""
    return isinstance(desk.window.state, SignedOut) and desk.window.state.notice is not None


def _is_told(desk: Desk) -> bool:
    """Likewise, or they have been told."""
    return _is_told_that(desk) or (desk.window.shows(SignedOut) and desk.far.live_sign_ins == 0)


def _fresh(desk: Desk) -> None:
    desk.back_to_the_form()
    desk.at_the_profile()


def _click(text: str) -> Callable[[Desk], None]:
    return lambda desk: desk.window.click(text)


PLACES = (
    Place("sign-in", "InitiateAuth", Desk.back_to_the_form, Desk.sign_in),
    Place("sign-in", "GetUser", _without_email, Desk.sign_in),
    Place("sign-in", "GetId", Desk.back_to_the_form, Desk.sign_in),
    Place("sign-in", "GetCredentialsForIdentity", Desk.back_to_the_form, Desk.sign_in),
    Place("sign-in", "GetSecretValue", Desk.back_to_the_form, Desk.sign_in),
    Place("question", "RespondToAuthChallenge", lambda desk: desk.asked("EMAIL_OTP"), Desk.type_code),
    Place(
        "own-question", "RespondToAuthChallenge", lambda desk: desk.asked("CUSTOM_CHALLENGE"), Desk.type_code
    ),
    Place(
        "new-password",
        "RespondToAuthChallenge",
        lambda desk: desk.asked(
            "NEW_PASSWORD_REQUIRED", requiredAttributes='["userAttributes.phone_number"]'
        ),
        lambda desk: desk.fill(NEW_PASSWORD, NEW_PASSWORD, PHONE),
    ),
    Place("set-up", "AssociateSoftwareToken", _setting_up, Desk.sign_in),
    Place(
        "set-up",
        "VerifySoftwareToken",
        lambda desk: desk.asked("MFA_SETUP", MFAS_CAN_SETUP='["SOFTWARE_TOKEN_MFA"]'),
        Desk.type_code,
    ),
    Place("confirmation", "ResendConfirmationCode", _not_confirmed, Desk.sign_in),
    Place("confirmation", "ConfirmSignUp", _confirming, Desk.type_code),
    Place("reset-email", "ForgotPassword", _forgotten, _click("Enviar código")),
    Place(
        "reset-code",
        "ConfirmForgotPassword",
        _code_sent,
        lambda desk: desk.fill("123456", NEW_PASSWORD, NEW_PASSWORD),
    ),
    Place("profile", "GetTokensFromRefreshToken", _fresh, _renew, _is_renewed_or_not),
    Place("profile", "ConfirmDevice", _with_a_device, Desk.sign_in, _is_device_told),
    Place(
        "change-password",
        "ChangePassword",
        _changing_password,
        lambda desk: desk.fill(PASSWORD, NEW_PASSWORD, NEW_PASSWORD),
    ),
    Place("two-step", "GetUser", _fresh, _click("Verificación en dos pasos")),
    Place(
        "two-step",
        "AssociateSoftwareToken",
        _at_two_step,
        _click("Configurar una aplicación"),
    ),
    Place("two-step", "VerifySoftwareToken", _with_a_key, Desk.type_code),
    Place("two-step", "SetUserMFAPreference", _with_a_key, Desk.type_code),
    Place("sign-out", "RevokeToken", _fresh, _click("Cerrar sesión"), _is_told),
    Place(
        "sign-out",
        "GlobalSignOut",
        _fresh,
        _click("Cerrar sesión en todos los equipos"),
        _is_told_that,
    ),
)
