"""What Cognito asks on the way in: one small form for each kind of question."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.answer import (
    ChoiceAnswer,
    CodeAnswer,
    CustomAnswer,
    EmailAnswer,
    PasswordAnswer,
)
from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    Covered,
    SignedOut,
    SigningIn,
    SignInStep,
)
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.question import (
    AnswerableQuestion,
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
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.theme.theme import Theme
from ingenes_desktop.ui.theme.tokens import LIGHT, SCHEMES, Size, Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.choice_button import ChoiceButton
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from tests.ui.conftest import Shown
from tests.ui.layout_faults import faults_of, scrolls
from tests.ui.states import CLOCK, EMAIL, KEY, KEYRING, asked, problem
from tests.ui.told import tells

CODE = "Verification code"
TO_ANSWER = "You have 2 min 41 s to answer."
WAY_ON = "“Start over” gives you more time and keeps your email."
PASSWORD = "Una-clave-9"
WAYS = (Factor.TOTP, Factor.SMS, Factor.EMAIL)
APP = asked(CodeQuestion(Factor.TOTP))
CHOICE = asked(ChoiceQuestion(ChoicePurpose.VERIFY, WAYS))
ONE_OF_EACH: dict[str, AnswerableQuestion] = {
    "app": APP.question,
    "choice": CHOICE.question,
    "password": PasswordQuestion(),
    "set-up": AuthenticatorQuestion(KEY),
    "email": EmailQuestion(),
    "custom": CustomQuestion("Your first pet?"),
}
EACH = pytest.mark.parametrize("name", ONE_OF_EACH)
Show = Callable[..., Shown]


def choices(shown: Shown) -> list[ChoiceButton]:
    return [each for each in shown.view.findChildren(ChoiceButton) if each.isVisible()]


def press_continue(shown: Shown) -> None:
    QTest.mouseClick(shown.button("Continue"), Qt.MouseButton.LeftButton)


def answers_of(shown: Shown) -> list[object]:
    answers: list[object] = []
    shown.window.answer_submitted.connect(answers.append)
    return answers


# -- codes


@pytest.mark.parametrize(
    ("question", "english", "spanish"),
    [
        (CodeQuestion(Factor.TOTP), "Open your authenticator app.", "Abra su aplicación de autenticación."),
        (
            CodeQuestion(Factor.SMS, "+*******0142"),
            "We sent a code to +*******0142.",
            "Enviamos un código a +*******0142.",
        ),
        (
            CodeQuestion(Factor.EMAIL, "a***@c***"),
            "We sent a code to a***@c***.",
            "Enviamos un código a a***@c***.",
        ),
        (CodeQuestion(Factor.EMAIL), "We sent a code to your email.", "Enviamos un código a su correo."),
        (
            CodeQuestion(Factor.SMS_FIRST),
            "We sent a code to your phone.",
            "Enviamos un código a su teléfono.",
        ),
    ],
)
def test_it_is_said_where_the_code_is_to_be_found(
    question: CodeQuestion, english: str, spanish: str, show: Show
) -> None:
    shown = show(asked(question))
    assert {"Enter the verification code", english} <= set(shown.words())
    assert shown.spoken == [("Enter the verification code", False), (english, False), (TO_ANSWER, False)]
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert {"Escriba el código de verificación", spanish, "Código de verificación"} <= set(shown.words())


@pytest.mark.parametrize(
    ("written", "code"),
    [
        ("123456", "123456"),
        (" 123 456\t", "123456"),
        ("1234-5678", "12345678"),
        ("\u00a0ab12 cd\n", "ab12cd"),
    ],
)
def test_a_code_is_taken_however_it_was_copied(written: str, code: str, show: Show) -> None:
    shown = show(APP)
    answers = answers_of(shown)
    assert shown.focus() is shown.field(CODE)
    QApplication.clipboard().setText(written)
    shown.field(CODE).paste()
    QTest.keyClick(shown.field(CODE), Qt.Key.Key_Return)
    (answer,) = answers
    assert isinstance(answer, CodeAnswer)
    assert answer.code.reveal() == code


def test_an_empty_code_is_asked_for(show: Show) -> None:
    shown = show(APP)
    answers = answers_of(shown)
    QTest.keyClicks(shown.field(CODE), " - ")
    press_continue(shown)
    assert answers == []
    assert "Enter the code." in shown.words()
    assert shown.focus() is shown.field(CODE)
    assert shown.spoken[-1] == ("Enter the code.", True)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert "Escriba el código." in shown.words()


def test_a_wrong_code_is_marked_and_typed_over(show: Show) -> None:
    shown = show(APP)
    answers = answers_of(shown)
    QTest.keyClicks(shown.field(CODE), "111111")
    press_continue(shown)
    shown.become(replace(APP, busy=True))
    assert shown.button("Continuing…").isVisible()
    assert shown.field(CODE).isReadOnly()
    QTest.keyClick(shown.field(CODE), Qt.Key.Key_Return)
    QTest.mouseClick(shown.button("Continuing…"), Qt.MouseButton.LeftButton)
    assert len(answers) == 1
    shown.become(replace(APP, problem=problem(ErrorCode.CODE_MISMATCH)))
    assert "Invalid verification code. Ref.\u00a07K3Q9F" in shown.words()
    assert shown.field(CODE).property("refused") == "true"
    assert shown.focus() is shown.field(CODE)
    assert shown.field(CODE).selectedText() == "111111"
    QTest.keyClicks(shown.field(CODE), "222222")
    assert shown.field(CODE).text() == "222222"
    # It stands until the next attempt: while it is typed, through a notice, and in the other language.
    assert shown.field(CODE).property("refused") == "true"
    shown.become(replace(APP, problem=problem(ErrorCode.CODE_MISMATCH), notice=KEYRING))
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert [words for words in shown.words() if "incorrecto" in words]
    QTest.keyClick(shown.field("Código de verificación"), Qt.Key.Key_Return)
    assert len(answers) == 2
    assert not [words for words in shown.words() if "incorrecto" in words]
    assert not shown.field("Código de verificación").property("refused")


def test_what_is_not_about_the_code_stands_in_the_bar(show: Show) -> None:
    shown = show(APP)
    QTest.keyClicks(shown.field(CODE), "111111")
    shown.become(replace(APP, busy=True))
    shown.become(replace(APP, problem=problem(ErrorCode.NO_NETWORK)))
    words = "No connection. Check the network and try again. Ref.\u00a07K3Q9F"
    assert words in shown.words()
    assert not shown.field(CODE).property("refused")
    assert shown.field(CODE).text() == "111111"
    assert [text for text, urgent in shown.spoken if urgent] == [words]


# -- which way


def test_a_way_is_chosen_with_a_click(show: Show) -> None:
    shown = show(CHOICE)
    answers = answers_of(shown)
    assert "How do you want to verify?" in shown.words()
    assert [each.text() for each in choices(shown)] == ["Authenticator app", "Text message (SMS)", "Email"]
    assert [each.accessibleDescription() for each in choices(shown)] == [
        "Type the code that the app on your phone shows.",
        "We send a code to your phone.",
        "We send a code to your email.",
    ]
    QTest.mouseClick(choices(shown)[1], Qt.MouseButton.LeftButton)
    shown.become(replace(CHOICE, busy=True))
    assert choices(shown)[1].accessibleDescription() == "One moment…"
    QTest.mouseClick(choices(shown)[2], Qt.MouseButton.LeftButton)
    assert answers == [ChoiceAnswer(Factor.SMS)]
    shown.become(replace(CHOICE, problem=problem(ErrorCode.FACTOR_NOT_SET_UP)))
    assert shown.focus() is choices(shown)[1]
    assert choices(shown)[1].accessibleDescription() == "We send a code to your phone."


def test_a_way_is_chosen_with_the_keyboard(show: Show) -> None:
    shown = show(CHOICE)
    answers = answers_of(shown)
    app, sms, email = choices(shown)
    assert shown.focus() is app
    for key, follows in (
        (Qt.Key.Key_Down, sms),
        (Qt.Key.Key_Right, email),
        (Qt.Key.Key_Down, app),
        (Qt.Key.Key_Up, email),
        (Qt.Key.Key_Tab, shown.button("Start over")),
    ):
        QTest.keyClick(shown.focus(), key)
        assert shown.focus() is follows
    email.setFocus()
    QTest.keyClick(email, Qt.Key.Key_Return)
    assert answers == [ChoiceAnswer(Factor.EMAIL)]


def test_a_password_is_one_way_however_it_is_proven(show: Show) -> None:
    ways = (Factor.PASSWORD, Factor.EMAIL, Factor.PASSWORD_SRP)
    shown = show(asked(ChoiceQuestion(ChoicePurpose.SIGN_IN, ways)), language=Language.SPANISH)
    answers = answers_of(shown)
    assert "¿Cómo desea verificar su identidad?" in shown.words()
    assert [each.text() for each in choices(shown)] == ["Contraseña", "Correo electrónico"]
    QTest.mouseClick(choices(shown)[0], Qt.MouseButton.LeftButton)
    assert answers == [ChoiceAnswer(Factor.PASSWORD)]


def test_fewer_ways_follow_more(show: Show) -> None:
    shown = show(CHOICE)
    following = ChoiceQuestion(ChoicePurpose.SET_UP, (Factor.EMAIL, Factor.TOTP))
    shown.become(replace(CHOICE, busy=True))
    shown.become(replace(CHOICE, question=following, number=2))
    assert "Set up two-step verification" in shown.words()
    assert [each.text() for each in choices(shown)] == ["Email", "Authenticator app"]
    assert shown.focus() is choices(shown)[0]
    assert choices(shown)[0].accessibleDescription() == "We send a code to your email."


# -- the others


def test_the_password_is_handed_over_as_it_was_typed(show: Show) -> None:
    shown = show(asked(PasswordQuestion()))
    answers = answers_of(shown)
    press_continue(shown)
    assert "Enter your password." in shown.words()
    field = shown.field("Password")
    assert shown.focus() is field
    QTest.keyClicks(field, f"{PASSWORD} ")
    assert "Enter your password." in shown.words()
    assert "A password never begins or ends with a space." in shown.words()
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert "Enter your password." not in shown.words()
    (answer,) = answers
    assert isinstance(answer, PasswordAnswer)
    assert answer.password.reveal() == f"{PASSWORD} "
    assert isinstance(field, PasswordEdit)
    assert field.is_empty()


def test_an_app_is_set_up(show: Show) -> None:
    shown = show(asked(AuthenticatorQuestion(KEY)), language=Language.SPANISH)
    answers = answers_of(shown)
    text = "Escanee este código con su aplicación de autenticación o escriba la clave."
    assert {"Configure la verificación en dos pasos", text} <= set(shown.words())
    assert any(words.replace(" ", "") == KEY.text.reveal() for words in shown.words())
    code = shown.field("Código de verificación")
    assert shown.focus() is code
    QTest.keyClicks(code, "123 456")
    QTest.keyClick(code, Qt.Key.Key_Return)
    (answer,) = answers
    assert isinstance(answer, CodeAnswer)
    assert answer.code.reveal() == "123456"
    state = asked(AuthenticatorQuestion(KEY))
    shown.become(replace(state, busy=True))
    shown.become(replace(state, problem=problem(ErrorCode.CODE_MISMATCH)))
    assert code.selectedText() == "123 456"
    assert code.property("refused") == "true"


def test_an_address_is_trimmed_and_its_letters_are_left(show: Show) -> None:
    shown = show(asked(EmailQuestion()))
    answers = answers_of(shown)
    press_continue(shown)
    assert "Enter your email." in shown.words()
    QTest.keyClicks(shown.field("Email"), " Ana.Lopez@Clinica.example ")
    press_continue(shown)
    assert answers == [EmailAnswer("Ana.Lopez@Clinica.example")]


def test_a_question_of_the_clinic_is_plain_text(show: Show) -> None:
    text = "Your <b>first</b> pet? " * 3
    shown = show(asked(CustomQuestion(text)))
    answers = answers_of(shown)
    assert {"Answer the question", text.strip()} <= set(shown.words())
    press_continue(shown)
    assert "Enter your answer." in shown.words()
    QTest.keyClicks(shown.field("Answer"), " Firulais ")
    press_continue(shown)
    (answer,) = answers
    assert isinstance(answer, CustomAnswer)
    assert answer.text.reveal() == "Firulais"
    # The next one of the same kind begins anew, and is spoken.
    state = asked(CustomQuestion(text))
    shown.become(replace(state, busy=True))
    shown.become(replace(state, question=CustomQuestion("And its colour?"), number=2))
    assert shown.field("Answer").text() == ""
    assert shown.spoken[-3:] == [
        ("Answer the question", False),
        ("And its colour?", False),
        (TO_ANSWER, False),
    ]


def test_a_question_without_words_is_asked_all_the_same(show: Show) -> None:
    shown = show(asked(CustomQuestion()), language=Language.SPANISH)
    assert {"Responda la pregunta", "Su clínica pide una respuesta más."} <= set(shown.words())


# -- what all have


@EACH
def test_starting_over_is_always_possible(name: str, qtbot: QtBot, show: Show) -> None:
    shown = show(asked(ONE_OF_EACH[name]))
    with qtbot.waitSignal(shown.window.start_over_requested):
        QTest.mouseClick(shown.button("Start over"), Qt.MouseButton.LeftButton)
    with qtbot.waitSignal(shown.window.start_over_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    shown.become(asked(ONE_OF_EACH[name], busy=True))
    with qtbot.waitSignal(shown.window.start_over_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)


@EACH
def test_tab_leads_from_the_form_to_the_buttons(name: str, show: Show) -> None:
    # Another form was made before, and stands first in the order of making.
    shown = show(asked(CustomQuestion("Your first pet?")))
    shown.become(asked(CodeQuestion(Factor.TOTP)))
    shown.become(asked(ONE_OF_EACH[name]))
    way: list[QWidget] = [shown.focus()]
    assert isinstance(shown.view, View)
    last = shown.button("Start over")
    while way[-1] is not last and len(way) < 12:
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        way.append(shown.focus())
    assert way[-1] is last
    tops = [each.mapTo(shown.view, QPoint(0, each.height())).y() for each in way]
    assert all(first <= second + 20 for first, second in pairwise(tops))
    assert len(set(way)) == len(way)
    for stop in shown.view.tools.stops:
        QTest.keyClick(shown.focus(), Qt.Key.Key_Tab)
        assert shown.focus() is stop


@EACH
def test_nothing_moves_when_it_runs_or_fails(name: str, show: Show, qtbot: QtBot) -> None:
    state = asked(ONE_OF_EACH[name])
    shown = show(state)

    def places() -> list[QRect]:
        shown.window.grab()  # lays out
        kinds = (*shown.view.findChildren(QLineEdit), *choices(shown), *shown.view.findChildren(BusyButton))
        seen = [each for each in kinds if each.isVisible()]
        return [QRect(each.mapTo(shown.view, QPoint(0, 0)), each.size()) for each in seen]

    qtbot.waitUntil(lambda: faults_of(shown.window) == [])
    at_rest = places()
    states: list[AuthState] = [
        replace(state, busy=True),
        replace(state, problem=problem(ErrorCode.CODE_USED_UP)),
        replace(state, problem=problem(ErrorCode.WRONG_CREDENTIALS)),
        replace(state, problem=problem(ErrorCode.TLS_INSPECTED, "20"), notice=KEYRING),
        state,
    ]
    for each in states:
        shown.become(each)
        assert places() == at_rest


@EACH
def test_nothing_is_left_for_the_next_person(name: str, show: Show) -> None:
    shown = show(asked(ONE_OF_EACH[name]))
    for edit in shown.fields():
        QTest.keyClicks(edit, PASSWORD if isinstance(edit, PasswordEdit) else "483920")
    shown.become(SigningIn(EMAIL, remember=False, step=SignInStep.ACCESS))
    facts = ("483920", PASSWORD, KEY.text.reveal()[:4], "first pet", "We sent")
    assert tells(shown.window, *facts) == []
    shown.become(SignedOut())
    assert tells(shown.window, *facts) == []
    shown.become(asked(ONE_OF_EACH[name]))
    for edit in shown.fields():
        assert edit.text() == ""
        edit.undo()
        assert edit.text() == ""


def test_one_question_leaves_nothing_for_the_next(show: Show) -> None:
    shown = show(asked(AuthenticatorQuestion(KEY)))
    QTest.keyClicks(shown.field(CODE), "483920")
    shown.become(asked(CodeQuestion(Factor.TOTP), busy=True))
    assert tells(shown.window, "483920", KEY.text.reveal()[:4]) == []


def test_the_new_password_has_a_view_of_its_own(show: Show) -> None:
    shown = show(APP)
    QTest.keyClicks(shown.field(CODE), "483920")
    shown.become(replace(APP, busy=True))
    shown.become(asked(NewPasswordQuestion()))
    assert "Choose a new password" in shown.words()
    assert tells(shown.window, "483920") == []


# -- what is wrong stays


@pytest.mark.parametrize(
    ("name", "refusal", "spanish"),
    [
        ("app", ErrorCode.CODE_MISMATCH, "Código de verificación incorrecto."),
        ("set-up", ErrorCode.CODE_USED_UP, "Código ya usado."),
        ("email", ErrorCode.CODE_NOT_SENT, "No se pudo enviar el código."),
        ("password", ErrorCode.WRONG_CREDENTIALS, "Correo o contraseña incorrectos."),
        ("app", None, "Escriba el código."),
        ("set-up", None, "Escriba el código."),
        ("email", None, "Escriba su correo."),
        ("custom", None, "Escriba su respuesta."),
        ("password", None, "Escriba su contraseña."),
    ],
)
def test_after_a_cover_it_is_said_again_in_the_present_language(
    name: str, refusal: ErrorCode | None, spanish: str, show: Show
) -> None:
    state = asked(ONE_OF_EACH[name], problem=None if refusal is None else problem(refusal))
    shown = show(state)
    (field,) = shown.fields()
    if refusal is None:
        press_continue(shown)
    said = field.accessibleDescription()
    assert said
    QTest.keyClicks(field, "483920")
    assert field.accessibleDescription() == said
    assert field.property("refused") == "true"
    shown.become(Covered(state))
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    shown.become(state)
    assert [words for words in shown.words() if words.startswith(spanish)]
    assert field.accessibleDescription().startswith(spanish)
    assert field.property("refused") == "true"
    assert field.text() == ("" if name == "password" else "483920")


# -- room


def comes_to_rest(shown: Shown) -> bool:
    """With all of it on screen, none cut; said in what is left to mend where that does not happen."""
    found = [*faults_of(shown.window), *(["it is scrolled"] if scrolls(shown.window) else [])]
    assert found == []
    return True


SHORT_AND_NARROW = [(800, 480), (480, 800)]
MOST_OF_EACH = (
    asked(CodeQuestion(Factor.EMAIL, "a***@c***"), problem=problem(ErrorCode.CODE_MISMATCH)),
    asked(CodeQuestion(Factor.SMS, "+*******0142"), problem=problem(ErrorCode.TLS_INSPECTED, "20")),
    asked(ChoiceQuestion(ChoicePurpose.SIGN_IN, WAYS), problem=problem(ErrorCode.FACTOR_NOT_SET_UP)),
    asked(PasswordQuestion(), problem=problem(ErrorCode.NO_NETWORK)),
    asked(EmailQuestion(), problem=problem(ErrorCode.CODE_NOT_SENT)),
    asked(CustomQuestion("¿Cuál es su primera mascota? " * 3), problem=problem(ErrorCode.NOT_RESPONDING)),
)


@pytest.mark.parametrize("size", SHORT_AND_NARROW, ids=["800x480", "480x800"])
@pytest.mark.parametrize("language", Language)
def test_what_is_asked_has_room_without_scrolling(
    language: Language, size: tuple[int, int], show: Show, qtbot: QtBot
) -> None:
    shown = show(MOST_OF_EACH[0], language=language)
    shown.window.resize(*size)
    for state in MOST_OF_EACH:
        shown.become(state)
        qtbot.waitUntil(lambda: comes_to_rest(shown))


def test_a_long_word_from_outside_is_broken_and_not_cut(show: Show, qtbot: QtBot) -> None:
    shown = show(asked(CustomQuestion("W" * 60)))
    shown.window.resize(480, 800)
    qtbot.waitUntil(lambda: faults_of(shown.window) == [])
    (text,) = [each for each in shown.view.findChildren(QLabel) if each.isVisible() and "WWW" in each.text()]
    assert text.text().replace("\u200b", "") == "W" * 60
    for part in text.text().split("\u200b"):
        assert text.fontMetrics().horizontalAdvance(part) <= text.width()
    assert text.heightForWidth(text.width()) <= text.height()


# -- the large buttons


LONG_WORDS = "Type the code that the app on your telephone shows, and that one alone. " * 3


def lonely_choice(qtbot: QtBot, width: int) -> ChoiceButton:
    button = ChoiceButton()
    qtbot.addWidget(button)
    button.set_words("Authenticator application", LONG_WORDS)
    button.resize(width, button.heightForWidth(width))
    return button


def test_a_choice_grows_with_its_words(qtbot: QtBot, theme: Theme) -> None:
    _ = theme
    heights = [lonely_choice(qtbot, width).height() for width in (2000, 480, 240, 160)]
    assert heights == sorted(set(heights))
    assert heights[0] == Size.CHOICE


@pytest.mark.parametrize("width", [240, 480])
def test_no_word_of_a_choice_is_cut(width: int, qtbot: QtBot, theme: Theme) -> None:
    theme.wear(LIGHT)
    button = lonely_choice(qtbot, width)
    button.set_words("Authenticator application", LONG_WORDS + "Q")
    button.resize(width, button.heightForWidth(width))
    ground, words = QColor(LIGHT.surface).rgb(), button.grab().toImage()
    taller = lonely_choice(qtbot, width)
    taller.set_words("Authenticator application", LONG_WORDS + "Q")
    taller.resize(width, button.height() + 200)
    both = (ink(words, ground), ink(taller.grab().toImage(), ground))
    assert both[0] == both[1] > 0


def ink(image: QImage, ground: int) -> int:
    """How many pixels within the frame are of a letter or of the sign."""
    across, down = range(Space.MEDIUM, image.width() - Space.MEDIUM), range(3, image.height() - 3)
    return sum(image.pixel(x, y) != ground for x in across for y in down)


@pytest.mark.parametrize("scheme", SCHEMES)
def test_the_ring_of_a_choice_is_seen_in_every_scheme(scheme: str, show: Show, theme: Theme) -> None:
    shown = show(CHOICE)
    theme.wear(SCHEMES[scheme])
    shown.window.activateWindow()
    focused, other, *_ = choices(shown)
    assert focused.hasFocus()
    edges = [each.grab().toImage().pixelColor(each.width() // 2, 1).name() for each in (focused, other)]
    colors = SCHEMES[scheme]
    assert edges[0] == colors.accent
    assert contrast(edges[0], edges[1]) >= 3
    assert contrast(edges[0], colors.surface) >= 3


def contrast(one: str, other: str) -> float:
    """As WCAG 2.2 defines it."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def luminance(color: str) -> float:
    parts = [int(color[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


# -- the time


def time_left(shown: Shown) -> list[str]:
    return [words for words in shown.words() if "left:" in words or "restante:" in words]


@pytest.mark.parametrize("question", [CodeQuestion(Factor.TOTP), NewPasswordQuestion()])
def test_the_time_left_is_counted_down(question: AnswerableQuestion, show: Show, qtbot: QtBot) -> None:
    shown = show(asked(question))
    assert time_left(shown) == ["Time left: 2:41"]
    shown.clock.now += 56.2
    qtbot.waitUntil(lambda: time_left(shown) == ["Time left: 1:45"])
    assert (TO_ANSWER, False) in shown.spoken
    shown.spoken.clear()
    shown.clock.now = CLOCK + 161 - 31
    qtbot.waitUntil(lambda: time_left(shown) == ["Time left: 0:31"])
    assert shown.spoken == []
    place = QRect(shown.fields()[0].mapTo(shown.window, QPoint()), shown.fields()[0].size())
    shown.clock.now += 1
    qtbot.waitUntil(lambda: time_left(shown) == [f"Time left: 0:30\n{WAY_ON}"])
    # In time, at once, and with the way on: on screen and for who cannot see it.
    assert shown.spoken == [(f"Only 30 s are left to answer. {WAY_ON}", True)]
    shown.window.grab()  # lays out
    assert QRect(shown.fields()[0].mapTo(shown.window, QPoint()), shown.fields()[0].size()) == place
    shown.clock.now += 1
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    way_on = "«Empezar de nuevo» le da más tiempo y conserva su correo."
    qtbot.waitUntil(lambda: time_left(shown) == [f"Tiempo restante: 0:29\n{way_on}"])
    shown.clock.now += 70
    qtbot.waitUntil(lambda: time_left(shown) == ["Tiempo restante: 0:00"])
    assert len(shown.spoken) == 1


@pytest.mark.parametrize("language", Language)
@pytest.mark.parametrize("size", SHORT_AND_NARROW, ids=["800x480", "480x800"])
def test_nothing_moves_when_the_time_is_nearly_over(
    size: tuple[int, int], language: Language, show: Show, qtbot: QtBot
) -> None:
    shown = show(APP, language=language)
    shown.window.resize(*size)
    qtbot.waitUntil(lambda: comes_to_rest(shown))
    (field,) = shown.fields()
    place = field.mapTo(shown.window, QPoint())
    shown.clock.now = CLOCK + 161 - 30
    qtbot.waitUntil(lambda: "\n" in time_left(shown)[0])
    qtbot.waitUntil(lambda: comes_to_rest(shown))
    assert field.mapTo(shown.window, QPoint()) == place


def test_the_end_of_the_time_is_told_by_what_follows(show: Show) -> None:
    shown = show(APP)
    shown.spoken.clear()
    shown.become(SignedOut(EMAIL, problem=problem(ErrorCode.CHALLENGE_EXPIRED)))
    words = "The time to answer ran out. Sign in again. Ref.\u00a07K3Q9F"
    assert shown.spoken == [("Sign in", False), (words, True)]
    assert shown.field("Email").text() == EMAIL


def test_another_question_has_a_time_of_its_own(show: Show, qtbot: QtBot) -> None:
    shown = show(APP)
    shown.clock.now += 133
    qtbot.waitUntil(lambda: time_left(shown) == [f"Time left: 0:28\n{WAY_ON}"])
    assert shown.spoken[-1] == (f"Only 28 s are left to answer. {WAY_ON}", True)
    # A refused code does not give more of it.
    shown.become(replace(APP, problem=problem(ErrorCode.CODE_MISMATCH)))
    assert time_left(shown) == [f"Time left: 0:28\n{WAY_ON}"]
    assert len([text for text, _ in shown.spoken if "left to answer" in text]) == 1
    following = ChallengeRequired(
        EMAIL, remember=False, question=EmailQuestion(), until=shown.clock.now + 180, number=2
    )
    shown.become(following)
    assert time_left(shown) == ["Time left: 3:00"]


def test_a_short_time_is_told_at_once_and_only_once(show: Show, qtbot: QtBot) -> None:
    shown = show(asked(CodeQuestion(Factor.TOTP), until=CLOCK + 25))
    told = (f"Only 25 s are left to answer. {WAY_ON}", True)
    assert shown.spoken.count(told) == 1
    assert ("You have 25 s to answer.", False) in shown.spoken
    shown.clock.now += 5
    qtbot.waitUntil(lambda: time_left(shown) == [f"Time left: 0:20\n{WAY_ON}"])
    assert [text for text, urgent in shown.spoken if urgent] == [told[0]]


def test_who_comes_back_from_under_the_cover_is_warned_then(show: Show, qtbot: QtBot) -> None:
    shown = show(APP)
    shown.become(Covered(APP))
    shown.clock.now += 141
    qtbot.waitUntil(lambda: bool(tells(shown.window, "Time left: 0:20")))
    assert not [text for text, urgent in shown.spoken if urgent]
    shown.become(APP)
    assert (f"Only 20 s are left to answer. {WAY_ON}", True) in shown.spoken
    assert ("You have 20 s to answer.", False) in shown.spoken
