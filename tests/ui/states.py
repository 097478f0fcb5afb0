"""A real source of states for the window, and every state a person can see, by name."""

from datetime import date, datetime

from PySide6.QtCore import QObject, Signal

from ingenes_desktop.domain.account_panel import PasswordChange, TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    ConfirmationRequired,
    Covered,
    News,
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
from ingenes_desktop.domain.question import (
    AnswerableQuestion,
    AuthenticatorKey,
    AuthenticatorQuestion,
    ChoicePurpose,
    ChoiceQuestion,
    CodeQuestion,
    CustomQuestion,
    EmailQuestion,
    Factor,
    NewPasswordQuestion,
    PasswordQuestion,
)
from ingenes_desktop.domain.secret import Secret
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


def asked(
    question: AnswerableQuestion,
    *,
    busy: bool = False,
    problem: Problem | None = None,
    notice: Problem | None = None,
    until: float = 1161.0,
) -> ChallengeRequired:
    """Cognito asks ``question``."""
    return ChallengeRequired(
        EMAIL, remember=False, question=question, until=until, busy=busy, problem=problem, notice=notice
    )


def symbol(size: int) -> str:
    """Rows of dark and light modules, so many across without the quiet zone of four."""
    quiet = "0" * 4
    empty = "0" * (size + 8)
    rows = [
        quiet + "".join("1" if (row * column + row) % 3 == 0 else "0" for column in range(size)) + quiet
        for row in range(size)
    ]
    return "\n".join([empty] * 4 + rows + [empty] * 4)


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

CLOCK = 1000.0
"""What the clock that only goes forward says at first."""
KEY = AuthenticatorKey(Secret("JBSWY3DPEHPK3" * 4), Secret(symbol(45)))
LONG_KEY = AuthenticatorKey(Secret("JBSWY3DPEHPK3PXP" * 4), Secret(symbol(57)))
WITH_APP = TwoStepFactors((Factor.TOTP, Factor.SMS), Factor.TOTP)
CONFIRMATION = ConfirmationRequired(
    EMAIL, remember=False, destination="a***@c***", sent=1, busy=False, resending=False
)

STATES: dict[str, AuthState] = {
    "sign-in": SignedOut(),
    "sign-in-remembered": SignedOut(EMAIL, remember=True),
    "sign-in-refused": SignedOut(EMAIL, remember=True, problem=problem(ErrorCode.WRONG_CREDENTIALS)),
    "sign-in-inspected": SignedOut(EMAIL, problem=problem(ErrorCode.TLS_INSPECTED, "20"), notice=KEYRING),
    "sign-in-locked": SignedOut(EMAIL, problem=problem(ErrorCode.LOCKED_OUT, wait_seconds=32)),
    "signing-in": SigningIn(EMAIL, remember=True, step=SignInStep.CONFIGURATION),
    "sign-in-verified": SignedOut(EMAIL, news=News.EMAIL_VERIFIED),
    "sign-in-challenge-over": SignedOut(EMAIL, problem=problem(ErrorCode.CHALLENGE_EXPIRED)),
    "new-password": asked(NewPasswordQuestion()),
    "new-password-refused": asked(NewPasswordQuestion(), problem=problem(ErrorCode.PASSWORD_POLICY)),
    "new-password-busy": asked(NewPasswordQuestion(), busy=True),
    "new-password-one-more": asked(NewPasswordQuestion(("phone_number",))),
    "new-password-more": asked(
        NewPasswordQuestion(("given_name", "family_name", "birthdate", "custom:area_de_trabajo")),
        problem=problem(ErrorCode.ATTRIBUTES_REFUSED),
    ),
    "new-password-many": asked(
        NewPasswordQuestion(("name", "phone_number", "gender", "address", "zoneinfo", "custom:" + "x" * 57)),
        problem=problem(ErrorCode.PASSWORD_HISTORY),
        notice=KEYRING,
    ),
    "challenge-app": asked(CodeQuestion(Factor.TOTP)),
    "challenge-app-refused": asked(CodeQuestion(Factor.TOTP), problem=problem(ErrorCode.CODE_USED_UP)),
    "challenge-app-busy": asked(CodeQuestion(Factor.TOTP), busy=True),
    "challenge-sms": asked(CodeQuestion(Factor.SMS, "+*******0142")),
    "challenge-sms-first": asked(CodeQuestion(Factor.SMS_FIRST)),
    "challenge-email": asked(CodeQuestion(Factor.EMAIL, "a***@c***")),
    "challenge-email-refused": asked(
        CodeQuestion(Factor.EMAIL, "a***@c***"), problem=problem(ErrorCode.CODE_MISMATCH)
    ),
    "challenge-email-long": asked(
        CodeQuestion(Factor.EMAIL, "a" * 70 + "***@" + "clinica." * 5),
        problem=problem(ErrorCode.TLS_INSPECTED, "20"),
        notice=KEYRING,
    ),
    "challenge-email-offline": asked(
        CodeQuestion(Factor.EMAIL, "a***@c***"), problem=problem(ErrorCode.NO_NETWORK)
    ),
    "challenge-choose": asked(ChoiceQuestion(ChoicePurpose.VERIFY, (Factor.TOTP, Factor.SMS, Factor.EMAIL))),
    "challenge-choose-busy": asked(
        ChoiceQuestion(ChoicePurpose.VERIFY, (Factor.TOTP, Factor.SMS)), busy=True
    ),
    "challenge-choose-first": asked(
        ChoiceQuestion(
            ChoicePurpose.SIGN_IN, (Factor.PASSWORD, Factor.EMAIL, Factor.SMS_FIRST, Factor.PASSWORD_SRP)
        ),
        problem=problem(ErrorCode.FACTOR_NOT_SET_UP),
    ),
    "challenge-choose-set-up": asked(ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.TOTP, Factor.EMAIL))),
    "challenge-password": asked(PasswordQuestion()),
    "challenge-password-offline": asked(PasswordQuestion(), problem=problem(ErrorCode.NO_NETWORK)),
    "challenge-set-up": asked(AuthenticatorQuestion(KEY)),
    "challenge-set-up-refused": asked(
        AuthenticatorQuestion(KEY), problem=problem(ErrorCode.CODE_MISMATCH), notice=KEYRING
    ),
    "challenge-set-up-offline": asked(AuthenticatorQuestion(LONG_KEY), problem=problem(ErrorCode.NO_NETWORK)),
    "challenge-address": asked(EmailQuestion()),
    "challenge-address-refused": asked(EmailQuestion(), problem=problem(ErrorCode.CODE_NOT_SENT)),
    "challenge-custom": asked(CustomQuestion("¿Cuál es el nombre de su primera mascota?")),
    "challenge-custom-long": asked(
        CustomQuestion("¿Cuál es el <b>nombre</b> que le dio a su primera mascota? " * 4),
        problem=problem(ErrorCode.NOT_RESPONDING),
    ),
    "challenge-custom-bare": asked(CustomQuestion()),
    "challenge-over": asked(CodeQuestion(Factor.TOTP), busy=True, until=CLOCK),
    "confirm-sending": ConfirmationRequired(EMAIL, remember=False),
    "confirm": CONFIRMATION,
    "confirm-refused": replace(CONFIRMATION, problem=problem(ErrorCode.CODE_EXPIRED)),
    "confirm-limited": replace(CONFIRMATION, problem=problem(ErrorCode.LIMIT_EXCEEDED), notice=KEYRING),
    "confirm-unsent": replace(CONFIRMATION, sent=0, problem=problem(ErrorCode.CODE_NOT_SENT)),
    "confirm-busy": replace(CONFIRMATION, busy=True),
    "confirm-resending": replace(CONFIRMATION, busy=True, resending=True),
    "reset-demanded": ResetRequested(EMAIL, remember=False, busy=True, demanded=True),
    "reset-demanded-unsent": ResetRequested(
        EMAIL, remember=False, demanded=True, problem=problem(ErrorCode.NO_NETWORK)
    ),
    "reset-code-demanded": ResetCodeSent(EMAIL, remember=False, destination="a***@c***", demanded=True),
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
    "password-change": replace(SESSION, panel=PasswordChange()),
    "password-change-busy": replace(SESSION, panel=PasswordChange(busy=True)),
    "password-change-refused": replace(
        SESSION, panel=PasswordChange(problem=problem(ErrorCode.CURRENT_PASSWORD_WRONG))
    ),
    "password-change-history": replace(
        SESSION, panel=PasswordChange(problem=problem(ErrorCode.PASSWORD_HISTORY)), notice=KEYRING
    ),
    "password-change-limited": replace(
        SESSION, panel=PasswordChange(problem=problem(ErrorCode.LIMIT_EXCEEDED))
    ),
    "password-change-done": replace(SESSION, panel=PasswordChange(done=True)),
    "password-change-warned": replace(SESSION, panel=PasswordChange(), countdown=24),
    "two-step-reading": replace(SESSION, panel=TwoStep()),
    "two-step-unread": replace(SESSION, panel=TwoStep(busy=False, problem=problem(ErrorCode.NO_NETWORK))),
    "two-step-off": replace(SESSION, panel=TwoStep(TwoStepFactors(), busy=False)),
    "two-step-on": replace(SESSION, panel=TwoStep(WITH_APP, busy=False)),
    "two-step-required": replace(
        SESSION, panel=TwoStep(WITH_APP, busy=False, problem=problem(ErrorCode.TWO_STEP_REQUIRED))
    ),
    "two-step-turning-off": replace(SESSION, panel=TwoStep(WITH_APP)),
    "two-step-not-offered": replace(
        SESSION,
        panel=TwoStep(TwoStepFactors(), busy=False, problem=problem(ErrorCode.TWO_STEP_NOT_OFFERED)),
    ),
    "two-step-set-up": replace(SESSION, panel=TwoStep(TwoStepFactors(), KEY, busy=False)),
    "two-step-set-up-refused": replace(
        SESSION,
        panel=TwoStep(WITH_APP, LONG_KEY, busy=False, problem=problem(ErrorCode.CODE_MISMATCH)),
        notice=KEYRING,
    ),
    "two-step-set-up-warned": replace(SESSION, panel=TwoStep(TwoStepFactors(), KEY, busy=False), countdown=9),
    "unavailable": Unavailable(
        problem(ErrorCode.SETTING_INVALID, "INGENES_COGNITO_USER_POOL_ID (environment)")
    ),
}
