"""A real source of states for the window, and every state a person can see, by name."""

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.auth_state import (
    AuthState,
    Covered,
    NewPasswordRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
    SigningIn,
    SigningOut,
    SignInStep,
    Unavailable,
)
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import MachineKind, SessionLimits
from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.user import User
from ingenes_desktop.domain.value import replace

EMAIL = "ana.lopez@clinica.example"
REFERENCE = "7K3Q9F"

ANA = User(
    user_id="41",
    full_name="Ana María López Hernández",
    email=EMAIL,
    user_type="Administrador",
    company="2",
    clinic="Clínica Roma",
    username="alopez",
    phone="+52 55 5555 0142",
    registered_on=date(2021, 3, 9),
    status="Active",
)
BARE = User(
    user_id="7",
    full_name="",
    email="luis@clinica.example",
    user_type="",
    company="",
    clinic="",
    username="",
    phone="",
    registered_on=None,
    status="",
)
LONG = User(
    user_id="8",
    full_name="María Fernanda Guadalupe " * 7 + "de la Cruz",
    email="a" * 150 + "@clinica.example",
    user_type="Usuario",
    company="Grupo con un nombre de empresa que no cabe en una sola línea de la ficha",
    clinic="<b>Clínica</b> & <img src=x>",
    username="usuario-" * 12,
    phone="+52 55 5555 0142 ext. 1234567890 1234567890 1234567890",
    registered_on=date(2019, 12, 31),
    status="Suspended",
)


class HeldState(QObject):
    """Holds one state, as the AuthController does."""

    state_changed = Signal(object)

    def __init__(self, state: AuthState) -> None:
        super().__init__()
        self._state = state

    @property
    def state(self) -> AuthState:
        return self._state

    def become(self, state: AuthState) -> None:
        self._state = state
        self.state_changed.emit(state)


def settings_of(
    machine: MachineKind = MachineKind.SHARED, clinic: str = "Clínica Roma, Ciudad de México"
) -> Settings:
    """Settings with nothing real in them."""
    return Settings(
        region="us-east-1",
        user_pool_id="us-east-1_Example",
        client_id="example",
        client_secret=None,
        identity_pool_id="us-east-1:example",
        filemaker_secret_name="example",
        machine=machine,
        clinic=clinic,
        session=SessionLimits.of(machine),
    )


def problem(code: ErrorCode, detail: str = "", wait_seconds: float | None = None) -> Problem:
    """A problem with a reference."""
    rules = (PasswordRule.LENGTH, PasswordRule.NUMBER) if code is ErrorCode.PASSWORD_POLICY else ()
    return Problem(code, REFERENCE, detail, wait_seconds, rules)


KEYRING = problem(ErrorCode.KEYRING_UNAVAILABLE)
NOW = datetime(2026, 3, 9, 10, 42).timestamp()  # noqa: DTZ001  in the local time of whoever looks
"""What the wall clock says, in seconds since 1970."""
HOUR = 3600.0


def wall_clock() -> float:
    """A clock that stands still."""
    return NOW


SESSION = SignedIn(
    ANA, EMAIL, remember=True, since=NOW - 2 * HOUR, until=NOW + 10 * HOUR, last_sign_in=NOW - 26 * HOUR
)

STATES: dict[str, AuthState] = {
    "sign-in": SignedOut(),
    "sign-in-remembered": SignedOut(EMAIL, remember=True),
    "sign-in-refused": SignedOut(EMAIL, remember=True, problem=problem(ErrorCode.WRONG_CREDENTIALS)),
    "sign-in-inspected": SignedOut(EMAIL, problem=problem(ErrorCode.TLS_INSPECTED, "20"), notice=KEYRING),
    "sign-in-locked": SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)),
    "signing-in": SigningIn(EMAIL, remember=True, step=SignInStep.CONFIGURATION),
    "new-password": NewPasswordRequired(EMAIL, remember=False),
    "new-password-refused": NewPasswordRequired(
        EMAIL, remember=False, problem=problem(ErrorCode.PASSWORD_POLICY)
    ),
    "new-password-busy": NewPasswordRequired(EMAIL, remember=False, busy=True),
    "reset": ResetRequested(EMAIL, remember=False),
    "reset-busy": ResetRequested(EMAIL, remember=False, busy=True),
    "reset-refused": ResetRequested(EMAIL, remember=False, problem=problem(ErrorCode.CODE_NOT_SENT)),
    "reset-code": ResetCodeSent(EMAIL, remember=False, destination="a***@c***"),
    "reset-code-refused": ResetCodeSent(
        EMAIL, remember=False, destination="a***@c***", problem=problem(ErrorCode.CODE_MISMATCH)
    ),
    "reset-code-offline": ResetCodeSent(
        EMAIL, remember=False, destination="", problem=problem(ErrorCode.NO_NETWORK)
    ),
    "reset-code-policy": ResetCodeSent(
        EMAIL, remember=False, destination="a***@c***", problem=problem(ErrorCode.PASSWORD_POLICY)
    ),
    "reset-code-busy": ResetCodeSent(EMAIL, remember=False, destination="a***@c***", busy=True),
    "reset-code-resending": ResetCodeSent(
        EMAIL, remember=False, destination="a***@c***", busy=True, resending=True
    ),
    "password-changed": PasswordChanged(EMAIL, remember=False),
    "sign-in-untold": SignedOut(notice=problem(ErrorCode.FAR_ENDS_UNTOLD)),
    "sign-in-idle": SignedOut(EMAIL, remember=True, problem=problem(ErrorCode.SESSION_IDLE), keep=True),
    "restoring": Restoring(),
    "restoring-offline": Restoring(busy=False, problem=problem(ErrorCode.NO_NETWORK)),
    "restoring-full": Restoring(busy=False, problem=problem(ErrorCode.FILEMAKER_FULL), notice=KEYRING),
    "covered": Covered(SESSION),
    "covered-form": Covered(SignedOut(EMAIL)),
    "covered-checking": Covered(SESSION, locked=False),
    "covered-refused": Covered(SESSION, locked=False, problem=problem(ErrorCode.NOT_RESPONDING)),
    "signing-out": SigningOut(),
    "profile": SESSION,
    "profile-reconnecting": replace(SESSION, reconnecting=True, notice=KEYRING),
    "profile-warned": replace(SESSION, countdown=24),
    "profile-unknown": SignedIn(ANA, EMAIL, remember=True),
    "profile-bare": SignedIn(BARE, EMAIL, remember=True, notice=KEYRING),
    "profile-long": SignedIn(
        LONG,
        EMAIL,
        remember=True,
        since=NOW - 12 * HOUR,
        until=NOW + 12 * HOUR,
        last_sign_in=NOW - 300 * 24 * HOUR,
        reconnecting=True,
        notice=problem(ErrorCode.SESSION_NOT_KEPT),
    ),
    "unavailable": Unavailable(
        problem(ErrorCode.SETTING_INVALID, "INGENES_COGNITO_USER_POOL_ID (environment)")
    ),
}
