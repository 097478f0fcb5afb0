"""Every answer of the table through the real adapters over real HTTP, and its sentence, to the letter."""

import ast
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from botocore import xform_name
from botocore.session import Session as Models

import ingenes_desktop.adapters
from ingenes_desktop.application.outcome import Accepted, Refused, SignInOutcome, StillAsked
from ingenes_desktop.application.services import Services
from ingenes_desktop.application.session import Ending, Session
from ingenes_desktop.domain.answer import Answer, CodeAnswer, CustomAnswer, NewPasswordAnswer
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.models import Challenge
from ingenes_desktop.domain.question import (
    AuthenticatorKey,
    AuthenticatorQuestion,
    CodeQuestion,
    CustomQuestion,
    Factor,
    NewPasswordQuestion,
    Question,
)
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.messages import sentence
from tests.scripted_cloud import CHALLENGE_SESSION, EMAIL, ScriptedCloud, challenge, new_attempt, password
from tests.scripted_server import refuse
from tests.tls import Authority
from tests.tokens import TokenIssuer
from tests.what_you_may_see import MEANINGS, PAGES, REFERENCE, ROWS, SCREENS, Row, entries, pages

SERVICES = {
    "cognito-idp": "InitiateAuth RespondToAuthChallenge ForgotPassword ConfirmForgotPassword "
    "ResendConfirmationCode ConfirmSignUp ChangePassword GetUser GlobalSignOut GetTokensFromRefreshToken "
    "RevokeToken AssociateSoftwareToken VerifySoftwareToken SetUserMFAPreference ConfirmDevice",
    "cognito-identity": "GetId GetCredentialsForIdentity",
    "secretsmanager": "GetSecretValue",
}
OPERATIONS = {operation for names in SERVICES.values() for operation in names.split()}
_REFUSALS = ("Exception", "Failure", "Error")
ANSWERED = [row for row in ROWS if row.operation in OPERATIONS and row.code.endswith(_REFUSALS)]
"""The rows that are a service's refusal; the others are told of in ``tests/rows``."""
OUTCOMES = {"NOTHING", "CODE_SENT", "CONFIRMED", "RECONNECTING", "CONFIRMATION"}
NEW = Secret("Nueva-Clave-8!")


# ------------------------------------------------------------------------------------ the table is whole


def test_every_operation_that_is_called_is_in_the_table() -> None:
    known = {
        xform_name(operation): operation
        for service in SERVICES
        for operation in Models().get_service_model(service).operation_names
    }
    folder = Path(ingenes_desktop.adapters.__file__).parent
    named = {
        node.value
        for path in folder.glob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    assert {known[name] for name in named & set(known)} == OPERATIONS
    assert {row.operation for row in ANSWERED} == OPERATIONS


@pytest.mark.parametrize("operation", sorted(OPERATIONS))
def test_every_declared_error_has_its_row_on_every_screen(operation: str) -> None:
    (service,) = (name for name, names in SERVICES.items() if operation in names.split())
    model = Models().get_service_model(service).operation_model(operation)
    declared = {shape.name for shape in model.error_shapes}
    assert declared
    screens = {row.screen for row in ANSWERED if row.operation == operation}
    if operation == "RespondToAuthChallenge":
        # One operation for every question: what is said of a password is not said of a code.
        assert declared <= {row.code for row in ANSWERED if row.operation == operation}
        return
    for screen in screens:
        assert declared <= _codes(operation, screen), screen


def _codes(operation: str, screen: str) -> set[str]:
    return {row.code for row in ANSWERED if (row.operation, row.screen) == (operation, screen)}


def test_every_way_to_fail_is_in_the_table() -> None:
    meant = {row.meaning for row in ROWS}
    assert meant - OUTCOMES == {code.name for code in ErrorCode}
    assert set(MEANINGS) >= meant
    assert {row.screen for row in ROWS} == set(SCREENS)
    assert len({(row.screen, row.operation, row.code, row.message) for row in ROWS}) == len(ROWS)


def test_every_meaning_is_told_in_two_languages() -> None:
    for meaning in MEANINGS.values():
        words = [meaning.english_meaning, meaning.english_advice]
        words += [meaning.spanish_meaning, meaning.spanish_advice]
        assert len(set(words)) == len(words)
        assert all(text.endswith((".", "»", "”")) for text in words), meaning.meaning


# ------------------------------------------------------------------------- each answer, and its sentence


@pytest.fixture(scope="module")
def cloud(authority: Authority, issuer: TokenIssuer) -> Iterator[ScriptedCloud]:
    cloud = ScriptedCloud(authority, issuer)
    yield cloud
    cloud.stop()


@pytest.fixture(scope="module")
def services(cloud: ScriptedCloud) -> Services:
    return cloud.services()


class Asking:
    """Asks for one operation as the application does, and gives what came of it."""

    def __init__(self, cloud: ScriptedCloud, services: Services) -> None:
        self._cloud = cloud
        self._services = services
        cloud.mend()
        cloud.claims = {}
        cloud.factors = []

    def refusal(self, row: Row) -> AuthError | None:
        """The error in which it ends; None for none."""
        ways: dict[str, Callable[[Row], AuthError | None]] = {
            "sign-in": self._signing_in,
            "question": lambda row: self._answering(row, CodeQuestion(Factor.EMAIL), _code()),
            "own-question": lambda row: self._answering(row, CustomQuestion("?"), CustomAnswer(Secret("x"))),
            "new-password": lambda row: self._answering(row, NewPasswordQuestion(), NewPasswordAnswer(NEW)),
            "set-up": self._setting_up,
        }
        if row.screen in ways:
            return ways[row.screen](row)
        reset, confirmation = self._services.password_reset, self._services.confirmation
        account = self._services.account
        calls: dict[tuple[str, str], Callable[[], object]] = {
            ("confirmation", "ResendConfirmationCode"): lambda: confirmation.send_code(EMAIL, new_attempt()),
            ("confirmation", "ConfirmSignUp"): lambda: confirmation.confirm(EMAIL, "123456", new_attempt()),
            ("reset-email", "ForgotPassword"): lambda: reset.send_code(EMAIL, new_attempt()),
            ("reset-code", "ConfirmForgotPassword"): lambda: reset.confirm(
                EMAIL, "123456", NEW, new_attempt()
            ),
        }
        held: dict[tuple[str, str], Callable[[Session], object]] = {
            ("profile", "GetTokensFromRefreshToken"): lambda session: session.renew(new_attempt()),
            ("profile", "ConfirmDevice"): lambda session: session.confirm_device(new_attempt()),
            ("change-password", "ChangePassword"): lambda session: account.change_password(
                session, password(), NEW, new_attempt()
            ),
            ("two-step", "GetUser"): lambda session: account.two_step(session, new_attempt()),
            ("two-step", "AssociateSoftwareToken"): lambda session: account.begin_authenticator(
                session, EMAIL, new_attempt()
            ),
            ("two-step", "VerifySoftwareToken"): lambda session: account.confirm_authenticator(
                session, "123456", new_attempt()
            ),
            ("two-step", "SetUserMFAPreference"): lambda session: account.turn_off_authenticator(
                session, new_attempt()
            ),
            ("sign-out", "RevokeToken"): lambda session: session.end(new_attempt(), Ending.HERE),
            ("sign-out", "GlobalSignOut"): lambda session: session.end(new_attempt(), Ending.EVERYWHERE),
        }
        place = row.screen, row.operation
        if place in calls:
            self._script(row)
            return _raised_by(calls[place])
        session = self._session()
        self._script(row)
        error = _raised_by(lambda: held[place](session))
        asked = len(self._cloud.requests(row.operation))
        assert 0 < asked <= 3, "asked in a circle"
        self._cloud.mend()
        session.end(new_attempt(), Ending.HERE)
        return error

    def _script(self, row: Row) -> None:
        self._cloud.forget()
        self._cloud.script(row.operation, refuse(row.code, row.message))

    def _signing_in(self, row: Row) -> AuthError | None:
        if row.operation == "GetUser":
            self._cloud.claims = {"email": None}
        self._script(row)
        return self._refused(self._services.sign_in.run(EMAIL, password(), new_attempt()))

    def _answering(self, row: Row, question: Question, answer: Answer) -> AuthError | None:
        self._script(row)
        asked = Challenge(_NAMES[type(question)], EMAIL, Secret(CHALLENGE_SESSION), question)
        return self._refused(self._services.sign_in.answer(asked, answer, new_attempt()))

    def _setting_up(self, row: Row) -> AuthError | None:
        if row.operation == "VerifySoftwareToken":
            key = AuthenticatorKey(Secret("JBSWY3DPEHPK3PXP"), Secret("1"))
            return self._answering(row, AuthenticatorQuestion(key), _code())
        self._script(row)
        self._cloud.script("InitiateAuth", challenge("MFA_SETUP", MFAS_CAN_SETUP='["SOFTWARE_TOKEN_MFA"]'))
        return self._refused(self._services.sign_in.run(EMAIL, password(), new_attempt()))

    def _refused(self, outcome: SignInOutcome) -> AuthError:
        assert isinstance(outcome, Refused | StillAsked), outcome
        if isinstance(outcome, Refused) and outcome.leftovers is not None:
            self._cloud.mend()
            outcome.leftovers.end(new_attempt(), Ending.HERE)
        return outcome.error

    def _session(self) -> Session:
        metadata = {"DeviceKey": "us-east-1_0f3c1f9e-54a2-4d0c-9a3e-6f1f6a1f0c11", "DeviceGroupKey": "-grupo"}
        self._cloud.script("InitiateAuth", self._cloud.tokens(NewDeviceMetadata=metadata))
        outcome = self._services.sign_in.run(EMAIL, password(), new_attempt())
        assert isinstance(outcome, Accepted), outcome
        return outcome.session


_NAMES: dict[type[Question], str] = {
    CodeQuestion: "EMAIL_OTP",
    CustomQuestion: "CUSTOM_CHALLENGE",
    NewPasswordQuestion: "NEW_PASSWORD_REQUIRED",
    AuthenticatorQuestion: "MFA_SETUP",
}


def _code() -> Answer:
    return CodeAnswer(Secret("123456"))


def _raised_by(call: Callable[[], object]) -> AuthError | None:
    try:
        told = call()
    except AuthError as error:
        return error
    code = getattr(told, "code", None)  # of what an ending could not tell the far ends
    return AuthError(code) if isinstance(code, ErrorCode) else None


def _name(row: Row) -> str:
    return f"{row.screen}-{row.operation}-{row.code}-{row.message[:40]}"


@pytest.mark.parametrize("row", ANSWERED, ids=_name)
def test_the_answer_over_http_gives_the_sentence_of_the_table(
    row: Row, cloud: ScriptedCloud, services: Services, spanish: Translation
) -> None:
    error = Asking(cloud, services).refusal(row)
    assert cloud.live_sign_ins == 0 or row.screen == "sign-out"
    cloud.forget_sign_ins()
    if error is None:
        assert row.meaning in {"NOTHING", "CODE_SENT", "CONFIRMED"}
        return
    if row.meaning == "RECONNECTING":
        assert error.code not in {ErrorCode.SESSION_ENDED, ErrorCode.ACCOUNT_DISABLED}
        return
    if row.meaning == "CONFIRMATION":
        assert error.code is ErrorCode.NOT_CONFIRMED  # which has a screen of its own
        return
    assert error.code.name == row.meaning, error.detail
    if "failed with error" not in row.message:
        assert not row.message or row.message not in f"{error.args} {error.detail} {error.said}"
    assert told(Problem.of(error, REFERENCE), spanish) == (row.english, row.spanish)


def told(problem: Problem, spanish: Translation) -> tuple[str, str]:
    """The sentence in English and in Spanish, without the reference where that stands at its end."""
    texts = []
    for language in (Language.ENGLISH, Language.SPANISH):
        spanish.use(language)
        words = sentence(problem).removesuffix(f" Ref.\u00a0{REFERENCE}")
        # The table has plain blanks where the window keeps a number and its unit together.
        texts.append(words.replace("\u00a0", " "))
    return texts[0], texts[1]


OTHERS = [row for row in ROWS if row not in ANSWERED]
DETAILS = {"client_id": "INGENES_COGNITO_CLIENT_ID", "JSON": "JSON"}
"""What stands in the sentence, where it is not the row's code."""


@pytest.mark.parametrize("row", OTHERS, ids=_name)
def test_the_sentences_of_what_no_service_says(row: Row, spanish: Translation) -> None:
    waits = float(row.message.removeprefix("Retry-After: ")) if "Retry-After" in row.message else None
    problem = Problem(ErrorCode[row.meaning], REFERENCE, DETAILS.get(row.code, row.code), waits)
    assert told(problem, spanish) == (row.english, row.spanish)


# --------------------------------------------------------------------------------------------- the pages


def test_the_pages_are_those_of_the_table() -> None:
    # And what the window's own help reads.
    for path, text in (pages() | entries()).items():
        assert path.read_text(encoding="utf-8") == text, "run: python3 packaging/dev.py pages"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.file)
def test_a_page_tells_every_sentence_once_on_a_screen(page: object) -> None:
    (text,) = (text for path, text in pages().items() if path.name == getattr(page, "file", ""))
    lines = text.splitlines()
    for section in text.split("\n## ")[1:]:
        cells = [line for line in section.splitlines() if line.startswith("| ")][2:]
        assert cells
        assert len({cell.partition(" | ")[0] for cell in cells}) == len(cells)
    for line in lines:
        if line.startswith("|"):
            assert line.replace("\\|", "").count("|") == 5, line
