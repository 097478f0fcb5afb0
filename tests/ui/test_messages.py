"""Every way to fail has its sentence, in both languages, with its reference, and it fits."""

from collections.abc import Callable
from itertools import product

import pytest
from PySide6.QtWidgets import QLabel

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.password_policy import PasswordRule
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.messages import Subject, is_about, requirements, sentence
from ingenes_desktop.ui.widgets.field_words import FieldWords
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from tests.ui.conftest import Shown
from tests.ui.layout_faults import settle
from tests.ui.states import REFERENCE

WAITING = (ErrorCode.LOCKED_OUT, ErrorCode.BUSY)
DETAILS = {
    ErrorCode.CHALLENGE_UNSUPPORTED: "SOFTWARE_TOKEN_MFA",
    ErrorCode.SETTING_INVALID: "INGENES_COGNITO_USER_POOL_ID (environment)",
    ErrorCode.SETTINGS_UNREADABLE: "settings.toml",
}
BESIDE_A_FIELD = {
    ErrorCode.CODE_MISMATCH,
    ErrorCode.CODE_EXPIRED,
    ErrorCode.CODE_USED_UP,
    ErrorCode.CURRENT_PASSWORD_WRONG,
    ErrorCode.ATTRIBUTES_REFUSED,
    ErrorCode.PASSWORD_POLICY,
    ErrorCode.PASSWORD_HISTORY,
    ErrorCode.SETTING_INVALID,  # these two have a view of their own
    ErrorCode.SETTINGS_UNREADABLE,
}


def problem_of(code: ErrorCode, *, waits: bool = False) -> Problem:
    rules = tuple(PasswordRule) if code is ErrorCode.PASSWORD_POLICY else ()
    return Problem(code, REFERENCE, DETAILS.get(code, "FM-212"), 899.2 if waits else None, rules)


def said(text: str, reference: str = REFERENCE) -> Problem:
    return Problem(ErrorCode.TRIGGER_REFUSED, reference, said=text)


ALL = [
    *(problem_of(code) for code in ErrorCode),
    *(problem_of(code, waits=True) for code in WAITING),
    said("Su cuenta no puede usarse fuera de horario; llame a sistemas " * 3),
]


@pytest.mark.parametrize("problem", ALL, ids=lambda each: f"{each.code.value}-{each.wait_seconds}")
def test_each_has_its_words_in_both_languages(problem: Problem, translation: Translation) -> None:
    english = sentence(problem)
    translation.use(Language.SPANISH)
    spanish = sentence(problem)
    assert english != spanish
    for text in (english, spanish):
        assert REFERENCE in text[-12:]
        assert not set("{}") & set(text)
        assert "  " not in text


@pytest.mark.parametrize("language", list(Language))
def test_no_two_share_their_words(language: Language, translation: Translation) -> None:
    translation.use(language)
    assert len({sentence(problem) for problem in ALL}) == len(ALL)


@pytest.mark.parametrize(
    ("problem", "language", "text"),
    [
        (
            Problem(ErrorCode.WRONG_CREDENTIALS, REFERENCE),
            Language.ENGLISH,
            "Incorrect email or password. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.WRONG_CREDENTIALS, REFERENCE),
            Language.SPANISH,
            "Correo o contraseña incorrectos. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.LOCKED_OUT, REFERENCE, wait_seconds=31.2),
            Language.SPANISH,
            "Demasiados intentos. Espere 32\u00a0s e intente de nuevo. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.REFUSED, REFERENCE),
            Language.ENGLISH,
            "You could not be signed in. Try again, or contact Support (7K3Q9F).",
        ),
        (
            Problem(ErrorCode.CONFIGURATION, REFERENCE, "FM-105"),
            Language.SPANISH,
            "Error de configuración FM-105. Contacte a Soporte. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.CONFIGURATION, REFERENCE),
            Language.ENGLISH,
            "Configuration error. Contact Support. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.TLS_REFUSED, REFERENCE, "20"),
            Language.SPANISH,
            "La conexión no es segura (20). Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.TLS_REFUSED, REFERENCE),
            Language.ENGLISH,
            "The connection is not secure. Ref.\u00a07K3Q9F",
        ),
        (
            Problem(ErrorCode.PASSWORD_POLICY, REFERENCE, rules=(PasswordRule.NUMBER, PasswordRule.SYMBOL)),
            Language.SPANISH,
            "La contraseña no cumple los requisitos: un número, un símbolo. Ref.\u00a07K3Q9F",
        ),
        (
            said("Your account is closed"),
            Language.ENGLISH,
            "The clinic's system says: Your account is closed. Ref.\u00a07K3Q9F",
        ),
        (
            said("¿Ya llamó a sistemas?"),
            Language.SPANISH,
            "El sistema de la clínica dice: ¿Ya llamó a sistemas? Ref.\u00a07K3Q9F",
        ),
        (
            said("\u202e\x1b\n"),
            Language.ENGLISH,
            "The clinic's system did not allow this. Contact Support. Ref.\u00a07K3Q9F",
        ),
    ],
)
def test_the_words_are_these(
    problem: Problem, language: Language, text: str, translation: Translation
) -> None:
    translation.use(language)
    assert sentence(problem) == text


def test_what_was_found_here_has_no_reference(translation: Translation) -> None:
    _ = translation
    assert requirements((PasswordRule.LENGTH,)) == (
        "The password does not meet the requirements: more characters."
    )


@pytest.mark.parametrize(
    ("language", "text"),
    [
        (
            Language.ENGLISH,
            "an uppercase letter, a lowercase letter, a number, a symbol, no space at either end",
        ),
        (
            Language.SPANISH,
            "una mayúscula, una minúscula, un número, un símbolo, sin espacios en los extremos",
        ),
    ],
)
def test_every_rule_that_is_not_met_is_named(language: Language, text: str, translation: Translation) -> None:
    translation.use(language)
    assert requirements(tuple(PasswordRule)).endswith(f", {text}.")


@pytest.mark.parametrize("language", list(Language))
def test_no_line_ends_between_a_number_and_its_unit(language: Language, translation: Translation) -> None:
    translation.use(language)
    for code in WAITING:
        assert " 900\u00a0s " in sentence(problem_of(code, waits=True))


def test_a_detail_is_never_taken_for_a_placeholder(translation: Translation) -> None:
    _ = translation
    assert "{reference}" in sentence(Problem(ErrorCode.CONFIGURATION, REFERENCE, "{reference}"))


@pytest.mark.parametrize(
    "text",
    ["{reference}", "{said}", "{0}", "{seconds!r}", "{", "}}", "{code.__class__}", "Nobody ()", "a ({code})"],
)
def test_what_a_trigger_says_is_shown_as_it_is(text: str, translation: Translation) -> None:
    _ = translation
    assert text in sentence(said(text))
    assert text in sentence(said(text, reference=""))


def test_what_a_trigger_says_is_one_bounded_line_and_turns_nothing_around(translation: Translation) -> None:
    _ = translation
    shown = sentence(said("<b>No</b>\n\u202enow\u2066 " + "x" * 9000))
    assert shown.startswith("The clinic's system says: <b>No</b> now xxx")
    assert "…" in shown
    assert len(shown) < 160
    assert not {"\n", "\u202e", "\u2066"} & set(shown)


@pytest.mark.parametrize(
    ("code", "subject"),
    [
        (ErrorCode.WRONG_CREDENTIALS, Subject.PASSWORD),
        (ErrorCode.LOCKED_OUT, Subject.PASSWORD),
        (ErrorCode.CODE_MISMATCH, Subject.CODE),
        (ErrorCode.CODE_EXPIRED, Subject.CODE),
        (ErrorCode.PASSWORD_POLICY, Subject.NEW_PASSWORD),
        (ErrorCode.PASSWORD_HISTORY, Subject.NEW_PASSWORD),
        (ErrorCode.CODE_USED_UP, Subject.CODE),
        (ErrorCode.CURRENT_PASSWORD_WRONG, Subject.CURRENT_PASSWORD),
        (ErrorCode.ATTRIBUTES_REFUSED, Subject.ATTRIBUTES),
        (ErrorCode.CODE_NOT_SENT, Subject.EMAIL),
        # Nothing that is typed can help.
        (ErrorCode.CODE_TOO_OLD, Subject.NONE),
        (ErrorCode.RESET_NOT_POSSIBLE, Subject.NONE),
        (ErrorCode.NO_VERIFIED_CONTACT, Subject.NONE),
        (ErrorCode.TRIGGER_REFUSED, Subject.NONE),
        (ErrorCode.NO_NETWORK, Subject.NONE),
    ],
)
def test_the_field_to_mend_is_known(code: ErrorCode, subject: Subject) -> None:
    assert is_about(Problem(code, REFERENCE)) is subject


@pytest.mark.parametrize(
    ("problem", "language"),
    [pair for pair in product(ALL, Language) if pair[0].code not in BESIDE_A_FIELD],
    ids=lambda each: each.value if isinstance(each, Language) else f"{each.code.value}-{each.wait_seconds}",
)
def test_each_sentence_fits_where_it_is_said(
    problem: Problem, language: Language, show: Callable[..., Shown]
) -> None:
    shown = show(SignedOut("a@clinica.example", problem=problem), language=language)
    settle()
    # In the bar, or beside the field that it is about.
    (label,) = [each for each in shown.view.findChildren(QLabel) if each.text() == sentence(problem)]
    place = label.parentWidget()
    assert isinstance(place, NoticeBar | FieldWords)
    assert label.heightForWidth(label.width()) <= place.height()
