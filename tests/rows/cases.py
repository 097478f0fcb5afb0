"""One case of the fault matrix: what a person must be told, and what must not be left behind."""

from time import monotonic
from traceback import TracebackException
from typing import TYPE_CHECKING

import pytest

from ingenes_desktop.application.outcome import Refused, SignInOutcome
from ingenes_desktop.application.session import Ending
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.settings import Settings
from tests.scripted_cloud import EMAIL, HOSTS, SCALED, ScriptedCloud, new_attempt, password
from tests.window import REFERENCE, OpenWindow

if TYPE_CHECKING:
    from ingenes_desktop.application.services import Services

# The words of the screens, English and Spanish.
SENTENCES = {
    ErrorCode.WRONG_CREDENTIALS: ("Incorrect email or password.", "Correo o contraseña incorrectos."),
    ErrorCode.LOCKED_OUT: (
        "Too many attempts. Wait {seconds}\u00a0s and try again.",
        "Demasiados intentos. Espere {seconds}\u00a0s e intente de nuevo.",
    ),
    ErrorCode.NOT_CONFIRMED: ("Please verify your email address.", "Verifique su correo electrónico."),
    ErrorCode.RESET_REQUIRED: ("Your password must be reset.", "Debe restablecer su contraseña."),
    ErrorCode.ACCOUNT_DISABLED: (
        "Your account is not active. Contact Support.",
        "Su cuenta no está activa. Contacte a Soporte.",
    ),
    ErrorCode.TEMPORARY_PASSWORD_EXPIRED: (
        "Your temporary password has expired. Contact Support for a new one.",
        "Su contraseña temporal venció. Pida otra a Soporte.",
    ),
    ErrorCode.REFUSED: (
        "You could not be signed in. Try again, or contact Support ({reference}).",
        "No se pudo iniciar sesión. Intente de nuevo o contacte a Soporte ({reference}).",
    ),
    ErrorCode.USER_NOT_FOUND: ("User not found in the system.", "Usuario no encontrado en el sistema."),
    ErrorCode.OTHER_COMPANY: (
        "Your account belongs to another company.",
        "Su cuenta pertenece a otra empresa.",
    ),
    ErrorCode.SEVERAL_RECORDS: (
        "Your email is registered more than once. Contact Support.",
        "Su correo está registrado más de una vez. Contacte a Soporte.",
    ),
    ErrorCode.NO_NETWORK: (
        "No connection. Check the network and try again.",
        "Sin conexión. Revise la red e intente de nuevo.",
    ),
    ErrorCode.NOT_RESPONDING: (
        "The service is not responding. Try again.",
        "El servicio no responde. Intente de nuevo.",
    ),
    ErrorCode.TLS_REFUSED: ("The connection is not secure ({code}).", "La conexión no es segura ({code})."),
    ErrorCode.CAPTIVE_PORTAL: (
        "This network asks you to sign in on its own page first.",
        "Esta red pide registrarse primero en su propia página.",
    ),
    ErrorCode.CONFIGURATION: (
        "Configuration error {code}. Contact Support.",
        "Error de configuración {code}. Contacte a Soporte.",
    ),
    ErrorCode.ACCESS_DENIED: (
        "Your account has no access to this application.",
        "Su cuenta no tiene acceso a esta aplicación.",
    ),
    ErrorCode.CLOCK_WRONG: (
        "This computer's clock is wrong. Correct it and try again.",
        "La hora de este equipo es incorrecta. Corríjala e intente de nuevo.",
    ),
    ErrorCode.UNEXPECTED_ANSWER: (
        "The service gave an unexpected answer. Try again ({reference}).",
        "El servicio dio una respuesta inesperada. Intente de nuevo ({reference}).",
    ),
    ErrorCode.FILEMAKER_FULL: (
        "FileMaker has no free connection. Try again in a few minutes.",
        "FileMaker no tiene conexiones libres. Intente de nuevo en unos minutos.",
    ),
    ErrorCode.FILEMAKER_UNAVAILABLE: (
        "FileMaker is not available ({code}). Try again in a few minutes.",
        "FileMaker no está disponible ({code}). Intente de nuevo en unos minutos.",
    ),
    ErrorCode.BUSY: (
        "The service is busy. Try again in a moment.",
        "El servicio está ocupado. Intente de nuevo en un momento.",
    ),
    ErrorCode.CHALLENGE_UNSUPPORTED: (
        "Your account asks for a verification not offered here ({code}). Contact Support.",
        "Su cuenta pide una verificación que aquí no se ofrece ({code}). Contacte a Soporte.",
    ),
}
BUSY_FOR = (
    "The service is busy. Wait {seconds}\u00a0s and try again.",
    "El servicio está ocupado. Espere {seconds}\u00a0s e intente de nuevo.",
)
# These begin so; how much they explain is theirs.
BEGINNINGS = {
    ErrorCode.TLS_INSPECTED: ("This network inspects", "Esta red inspecciona"),
    ErrorCode.PROXY_AUTHENTICATION: ("The network's proxy asks", "El proxy de la red pide"),
}
# CPython leaves a socket to its garbage collector whose other side was gone before TLS began
# (ssl.SSLSocket._create); the tests that provoke this collect it themselves.
python_leaves_it = pytest.mark.filterwarnings("ignore:unclosed <(truststore|ssl):ResourceWarning")
MARGIN_SECONDS = 1.2
"""For the threads of two busy cores, beyond a limit that is being measured."""


def sign_in_refused(
    window: OpenWindow,
    code: ErrorCode,
    *,
    detail: str | None = None,
    within: float = SCALED.step,
) -> Problem:
    """Sign in with keys, be refused with ``code``, and find everything as it should be afterwards."""
    window.sign_in()
    problem = window.problem()
    assert problem.code is code, (problem.code, problem.detail)
    if detail is not None:
        assert problem.detail == detail
    assert window.seconds <= within + MARGIN_SECONDS, f"{window.seconds:.2f} s"
    assert_sentence(window, problem)
    window.assert_invariants()
    window.wait_until_clean()
    assert window.free_lane()
    return problem


def assert_sentence(window: OpenWindow, problem: Problem) -> None:
    """One sentence, in both languages, as the screens have it."""
    for language, place in ((Language.ENGLISH, 0), (Language.SPANISH, 1)):
        window.speak(language)
        shown = window.sentence
        if problem.code in BEGINNINGS:
            assert shown.startswith(BEGINNINGS[problem.code][place])
            continue
        words = SENTENCES[problem.code][place]
        if problem.code is ErrorCode.BUSY and problem.wait_seconds is not None:
            words = BUSY_FOR[place]
        if not problem.detail:
            words = words.replace(" ({code})", "")
        expected = words.format(
            code=problem.detail,
            reference=REFERENCE,
            seconds=None if problem.wait_seconds is None else round(problem.wait_seconds),
        )
        reference = "" if "{reference}" in words else f" Ref.\u00a0{REFERENCE}"
        assert shown == expected + reference


class Chain:
    """The chain without a window, run as often as a test likes."""

    def __init__(
        self, far: ScriptedCloud, *, keeps_keys: bool = True, settings: Settings | None = None
    ) -> None:
        """``keeps_keys`` False: each run fetches the key set anew, as a program does at its start."""
        self._far = far
        self._keeps_keys = keeps_keys
        self._settings = settings
        self._services: Services | None = None

    def run(self) -> SignInOutcome:
        """Sign in once; what was asked for before is forgotten."""
        self._far.forget()
        if self._services is None or not self._keeps_keys:
            self._services = self._far.services(self._settings)
        return self._services.sign_in.run(EMAIL, password(), new_attempt())

    def refused(
        self, code: ErrorCode, *, detail: str | None = None, within: float = SCALED.step
    ) -> AuthError:
        """Sign in, be refused with ``code``, undo what was done, and find nothing left."""
        far = self._far
        started = monotonic()
        outcome = self.run()
        seconds = monotonic() - started
        assert isinstance(outcome, Refused), outcome
        error = outcome.error
        assert error.code is code, (error.code, error.detail)
        if detail is not None:
            assert error.detail == detail
        assert seconds <= within + MARGIN_SECONDS, f"{seconds:.2f} s"
        assert len(far.requests("InitiateAuth")) <= 1
        assert set(far.names_asked) <= set(HOSTS.values())
        assert_tells_nothing(error, far.canaries())
        if outcome.leftovers is not None:
            outcome.leftovers.end(new_attempt(), Ending.HERE)
        assert far.open_sessions == 0, "a FileMaker session was left open"
        assert far.live_sign_ins == 0, "tokens were left alive"
        return error


def assert_tells_nothing(error: BaseException, canaries: list[str]) -> None:
    """No secret in the exception, in what it was raised from, or in the variables of its frames."""
    told = "".join(TracebackException.from_exception(error, capture_locals=True).format())
    told += f"{error!r} {error.args!r} {getattr(error, 'detail', '')}"
    for canary in canaries:
        assert canary not in told
