"""Two-step verification: what is on, an app set up by scanning or typing, and turned off on purpose only."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from ingenes_desktop.domain.account_panel import TwoStep, TwoStepFactors
from ingenes_desktop.domain.auth_state import Covered, SignedIn, SignedOut
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.question import AuthenticatorKey, Factor
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.buttons import BusyButton
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.progress_line import ProgressLine
from ingenes_desktop.ui.widgets.qr_code import QrCode
from tests.ui.conftest import Shown
from tests.ui.states import KEY, SESSION, problem, settings_of
from tests.ui.told import tells

Show = Callable[..., Shown]
OFF = TwoStepFactors()
APP = TwoStepFactors((Factor.TOTP,), Factor.TOTP)
APP_AND_EMAIL = TwoStepFactors((Factor.TOTP, Factor.EMAIL), Factor.EMAIL)
SMS = TwoStepFactors((Factor.SMS,), Factor.SMS)
IS_OFF = "It is off. To sign in, your password is enough."
IS_ON = "It is on. To sign in, you also need a code:"
SCAN = "Scan this code with your authenticator app, or type the key."
SET_UP, ANOTHER = "Set up an app", "Use another app"
TURN_OFF = "Turn off the codes of your authenticator app?"
GROUPED = "JBSW Y3DP EHPK 3JBS"


def two_step(
    factors: TwoStepFactors | None = None,
    key: AuthenticatorKey | None = None,
    *,
    busy: bool = False,
    code: ErrorCode | None = None,
) -> SignedIn:
    trouble: Problem | None = None if code is None else problem(code)
    return replace(SESSION, panel=TwoStep(factors, key, busy, trouble))


READING = two_step(busy=True)
SETTING_UP = two_step(OFF, KEY)


def buttons(shown: Shown) -> set[str]:
    """Those of the form: the small tools are on the other half."""
    seen = [each.text() for each in shown.view.findChildren(QPushButton) if each.isVisible()]
    return {*seen} - {"English", "Español", ""}


def click(shown: Shown, text: str) -> None:
    QTest.mouseClick(shown.button(text), Qt.MouseButton.LeftButton)


def bar(shown: Shown) -> str:
    found = [each.text for each in shown.view.findChildren(NoticeBar) if each.isVisible()]
    return found[0] if found else ""


# -- what is on


def test_what_is_on_is_read_first(show: Show, qtbot: QtBot) -> None:
    shown = show(SESSION)
    shown.spoken.clear()
    shown.become(READING)
    assert shown.spoken == [("Two-step verification", False), ("Reading your settings…", False)]
    (line,) = shown.view.findChildren(ProgressLine)[:1]
    assert line.accessibleName() == "Reading your settings…"
    assert buttons(shown) == {"Back to profile"}
    # An Enter too many leads nowhere.
    with qtbot.assertNotEmitted(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    shown.spoken.clear()
    shown.become(two_step(OFF))
    assert shown.spoken == [(IS_OFF, False)]
    assert shown.focus() is shown.button(SET_UP)


@pytest.mark.parametrize(
    ("factors", "words", "ways"),
    [
        (OFF, IS_OFF, {SET_UP}),
        (APP, f"{IS_ON}\n• Authenticator app", {ANOTHER, "Turn off…"}),
        (SMS, f"{IS_ON}\n• Text message (SMS)", {SET_UP}),
        (
            APP_AND_EMAIL,
            f"{IS_ON}\n• Authenticator app\n• Email (asked for first)",
            {ANOTHER, "Turn off…"},
        ),
    ],
)
def test_what_is_on_is_said_in_words(
    factors: TwoStepFactors, words: str, ways: set[str], show: Show, qtbot: QtBot
) -> None:
    shown = show(two_step(factors))
    assert words in shown.words()
    assert buttons(shown) == {*ways, "Back to profile"}
    with qtbot.waitSignal(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    with qtbot.waitSignal(shown.window.panel_left):
        click(shown, "Back to profile")


def test_the_words_in_spanish(show: Show) -> None:
    shown = show(two_step(APP_AND_EMAIL), language=Language.SPANISH)
    assert "Verificación en dos pasos" in shown.words()
    assert (
        "Está activada. Para iniciar sesión también necesita un código:\n"
        "• Aplicación de autenticación\n• Correo electrónico (se pide primero)"
    ) in shown.words()
    shown.become(two_step(OFF, KEY))
    assert {
        "Configure la verificación en dos pasos",
        "Escanee este código con su aplicación de autenticación o escriba la clave.",
        "Clave",
        "Código de verificación",
    } <= set(shown.words())


def test_what_cannot_be_read_can_be_read_again(show: Show, qtbot: QtBot) -> None:
    shown = show(READING)
    shown.spoken.clear()
    shown.become(two_step(code=ErrorCode.NO_NETWORK))
    words = "No connection. Check the network and try again. Ref.\u00a07K3Q9F"
    assert bar(shown) == words
    assert shown.spoken == [(words, True)]
    assert buttons(shown) == {"Try again", "Back to profile"}
    assert "Reading your settings…" not in shown.words()
    assert shown.focus() is shown.button("Try again")
    with qtbot.waitSignal(shown.window.two_step_requested):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)


# -- an app is set up


def test_an_app_is_set_up(show: Show, qtbot: QtBot) -> None:
    shown = show(two_step(OFF))
    with qtbot.waitSignal(shown.window.authenticator_requested):
        click(shown, SET_UP)
    shown.become(two_step(OFF, busy=True))
    with qtbot.assertNotEmitted(shown.window.authenticator_requested):
        click(shown, "One moment…")
    shown.spoken.clear()
    shown.become(SETTING_UP)
    assert shown.spoken == [("Set up two-step verification", False), (SCAN, False)]
    assert {SCAN, "Key"} <= set(shown.words())
    assert any(text.startswith(GROUPED) for text in shown.words())
    (symbol,) = shown.view.findChildren(QrCode)
    assert symbol.isVisible()
    assert symbol.accessibleName() == "QR code"
    assert buttons(shown) == {"Continue", "Cancel"}
    code = shown.field("Verification code")
    assert shown.focus() is code
    QTest.keyClicks(code, "123 456")
    with qtbot.waitSignal(shown.window.authenticator_code_submitted) as submitted:
        QTest.keyClick(code, Qt.Key.Key_Return)
    assert submitted.args == ["123456"]
    shown.become(two_step(OFF, KEY, busy=True))
    with qtbot.assertNotEmitted(shown.window.authenticator_code_submitted):
        click(shown, "Continuing…")
        QTest.keyClick(code, Qt.Key.Key_Return)
    shown.spoken.clear()
    shown.become(two_step(APP))
    assert shown.spoken == [(f"{IS_ON}\n• Authenticator app", False)]
    assert shown.focus() is shown.button("Back to profile")
    assert not tells(shown.window, "JBSW", "123")


def test_an_empty_code_is_asked_for(show: Show, qtbot: QtBot) -> None:
    shown = show(SETTING_UP)
    shown.spoken.clear()
    with qtbot.assertNotEmitted(shown.window.authenticator_code_submitted):
        click(shown, "Continue")
    assert shown.spoken == [("Enter the code.", True)]
    assert shown.focus() is shown.field("Verification code")
    shown.become(Covered(SETTING_UP))
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    shown.become(SETTING_UP)
    assert shown.field("Código de verificación").accessibleDescription() == "Escriba el código."


@pytest.mark.parametrize(
    ("refused", "words"),
    [
        (ErrorCode.CODE_MISMATCH, "Invalid verification code. Ref.\u00a07K3Q9F"),
        (ErrorCode.CODE_USED_UP, "Code already used. Wait for the next code in your app. Ref.\u00a07K3Q9F"),
    ],
)
def test_a_wrong_code_is_typed_over_and_the_key_stays(refused: ErrorCode, words: str, show: Show) -> None:
    shown = show(SETTING_UP)
    code = shown.field("Verification code")
    QTest.keyClicks(code, "111111")
    shown.become(two_step(OFF, KEY, busy=True))
    shown.spoken.clear()
    wrong = two_step(OFF, KEY, code=refused)
    shown.become(wrong)
    assert shown.spoken == [(words, True)]
    assert code.accessibleDescription() == words
    assert bar(shown) == ""
    assert SCAN in shown.words()
    assert shown.focus() is code
    QTest.keyClicks(code, "222222")
    assert code.text() == "222222"
    assert tells(shown.view, GROUPED)
    # It stands until the next attempt, is put into the other language, and is not said twice.
    assert code.accessibleDescription() == words
    shown.become(replace(wrong, reconnecting=True))
    assert code.accessibleDescription() == words
    shown.become(Covered(wrong))
    shown.become(wrong)
    assert code.accessibleDescription() == words
    assert code.property("refused") == "true"
    assert [text for text, urgent in shown.spoken if urgent] == [words]
    shown.become(two_step(OFF, KEY, busy=True))
    assert code.accessibleDescription() == ""
    assert not code.property("refused")


def test_the_words_and_the_buttons_stand_calmly_apart(show: Show) -> None:
    for language in Language:
        shown = show(two_step(APP_AND_EMAIL), language=language)
        shown.window.grab()  # lays out
        (words,) = [each for each in shown.view.findChildren(QLabel) if "•" in each.text()]
        first = min(
            (each for each in shown.view.findChildren(BusyButton) if each.isVisible()), key=QPushButton.y
        )
        below = words.mapTo(shown.view, QPoint(0, words.height())).y()
        assert first.mapTo(shown.view, QPoint(0, 0)).y() - below >= Size.TARGET
        # The link that stands alone begins where the words do.
        back = shown.button("Volver al perfil" if language is Language.SPANISH else "Back to profile")
        assert back.mapTo(shown.view, QPoint(Space.SMALL, 0)).x() == words.mapTo(shown.view, QPoint()).x()


def test_what_no_code_can_mend_stands_above_and_the_code_is_sent_again(show: Show, qtbot: QtBot) -> None:
    shown = show(SETTING_UP)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    shown.become(two_step(OFF, KEY, busy=True))
    shown.become(two_step(OFF, KEY, code=ErrorCode.NOT_RESPONDING))
    assert bar(shown) == "The service is not responding. Try again. Ref.\u00a07K3Q9F"
    assert SCAN in shown.words()
    assert shown.focus() is shown.button("Continue")
    with qtbot.waitSignal(shown.window.authenticator_code_submitted) as submitted:
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    assert submitted.args == ["111111"]


def test_setting_up_is_left_by_escape_and_by_cancel(show: Show, qtbot: QtBot) -> None:
    shown = show(SETTING_UP)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    with qtbot.assertNotEmitted(shown.window.panel_left):
        with qtbot.waitSignal(shown.window.authenticator_left):
            QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
        with qtbot.waitSignal(shown.window.authenticator_left):
            click(shown, "Cancel")
    shown.become(two_step(OFF))
    assert not tells(shown.window, "JBSW", "111111")
    assert shown.focus() is shown.button(SET_UP)


@pytest.mark.parametrize(
    ("machine", "selectable"),
    [(MachineKind.PERSONAL, True), (MachineKind.SHARED, True), (MachineKind.KIOSK, False)],
)
def test_on_a_kiosk_the_key_is_not_copied(machine: MachineKind, selectable: bool, show: Show) -> None:
    shown = show(SETTING_UP, settings=settings_of(machine))
    (key,) = [each for each in shown.view.findChildren(QLabel) if each.text().startswith(GROUPED)]
    flags = key.textInteractionFlags()
    assert bool(flags & Qt.TextInteractionFlag.TextSelectableByMouse) is selectable
    assert bool(flags & Qt.TextInteractionFlag.TextSelectableByKeyboard) is selectable


# -- it is turned off


def test_it_is_turned_off_by_a_second_step_only(show: Show, qtbot: QtBot) -> None:
    shown = show(two_step(APP))
    shown.spoken.clear()
    with qtbot.assertNotEmitted(shown.window.authenticator_off_requested):
        click(shown, "Turn off…")
        question = f"{TURN_OFF} Then your password will be enough to sign in."
        assert shown.spoken == [(question, False)]
        assert buttons(shown) == {"Turn off", "Keep it on"}
        # An Enter too many keeps it on.
        assert shown.focus() is shown.button("Keep it on")
        QTest.keyClick(shown.focus(), Qt.Key.Key_Return)
    assert buttons(shown) == {ANOTHER, "Turn off…", "Back to profile"}
    click(shown, "Turn off…")
    with qtbot.waitSignal(shown.window.authenticator_off_requested):
        click(shown, "Turn off")
    shown.become(two_step(APP, busy=True))
    with qtbot.assertNotEmitted(shown.window.authenticator_off_requested):
        click(shown, "Turning off…")
        click(shown, "Keep it on")
    shown.spoken.clear()
    shown.become(two_step(OFF))
    assert shown.spoken == [(IS_OFF, False)]
    assert buttons(shown) == {SET_UP, "Back to profile"}


def test_where_another_factor_is_on_it_says_that_it_stays(show: Show) -> None:
    shown = show(two_step(APP_AND_EMAIL))
    click(shown, "Turn off…")
    assert f"{TURN_OFF} The other codes stay on." in shown.words()


def test_escape_goes_back_by_one_step(show: Show, qtbot: QtBot) -> None:
    shown = show(two_step(APP))
    click(shown, "Turn off…")
    with qtbot.assertNotEmitted(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)
    assert shown.button("Turn off…").isVisible()
    with qtbot.waitSignal(shown.window.panel_left):
        QTest.keyClick(shown.focus(), Qt.Key.Key_Escape)


def test_where_it_is_required_it_stays_on_and_says_why(show: Show) -> None:
    shown = show(two_step(APP))
    click(shown, "Turn off…")
    shown.become(two_step(APP, busy=True))
    shown.spoken.clear()
    refused = two_step(APP, code=ErrorCode.TWO_STEP_REQUIRED)
    shown.become(refused)
    words = (
        "Your account requires two-step verification. You can set up another app, but not turn it off. "
        "Ref.\u00a07K3Q9F"
    )
    assert bar(shown) == words
    assert shown.spoken == [(words, True)]
    assert buttons(shown) == {ANOTHER, "Turn off…", "Back to profile"}
    # What was said of the last time is not said of the next, nor when the state is drawn once more.
    click(shown, "Turn off…")
    assert bar(shown) == ""
    shown.become(replace(refused, reconnecting=True))
    assert shown.button("Keep it on").isVisible()
    click(shown, "Keep it on")
    assert bar(shown) == ""
    shown.become(SESSION)
    shown.become(refused)
    assert bar(shown) == words


def test_a_countdown_does_not_take_the_question_away(show: Show, qtbot: QtBot) -> None:
    shown = show(two_step(APP))
    click(shown, "Turn off…")
    for seconds in (30, 29):
        shown.become(replace(two_step(APP), countdown=seconds))
        assert shown.focus() is shown.button("Stay signed in")
    shown.become(two_step(APP))
    qtbot.waitUntil(lambda: shown.focus() is shown.button("Keep it on"))


# -- what is left of it


@pytest.mark.parametrize(
    "after", [SESSION, SignedOut(), Covered(SETTING_UP)], ids=["profile", "out", "cover"]
)
def test_key_and_code_are_forgotten_when_it_is_left_or_covered(
    after: SignedIn | SignedOut | Covered, show: Show
) -> None:
    shown = show(SETTING_UP)
    symbols = shown.view.findChildren(QrCode)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    shown.become(after)
    shown.translation.use(Language.SPANISH)
    QApplication.sendPostedEvents()
    assert not tells(shown.window, "JBSW", "111111")
    assert KEY.symbol not in [value for symbol in symbols for value in vars(symbol).values()]


def test_the_key_comes_back_from_under_the_cover_and_the_code_does_not(show: Show) -> None:
    shown = show(SETTING_UP)
    QTest.keyClicks(shown.field("Verification code"), "111111")
    shown.become(Covered(SETTING_UP))
    shown.become(SETTING_UP)
    assert tells(shown.view, GROUPED)
    assert shown.field("Verification code").text() == ""
    assert shown.focus() is shown.field("Verification code")


def test_the_question_does_not_wait_under_the_cover(show: Show) -> None:
    shown = show(two_step(APP))
    click(shown, "Turn off…")
    shown.become(Covered(two_step(APP)))
    shown.become(two_step(APP))
    assert buttons(shown) == {ANOTHER, "Turn off…", "Back to profile"}


@pytest.mark.parametrize(
    ("state", "order"),
    [
        (two_step(APP), [ANOTHER, "Turn off…", "Back to profile"]),
        (SETTING_UP, [GROUPED, "Verification code", "Continue", "Cancel"]),
    ],
)
def test_the_tab_key_goes_from_top_to_bottom(state: SignedIn, order: list[str], show: Show) -> None:
    shown = show(state)
    shown.window.activateWindow()
    wanted = [*order, "English", "Appearance", "Help"]
    reached: list[str] = []
    for _ in range(2 * len(wanted)):
        focus = shown.focus()
        words = focus.text()[: len(GROUPED)] if isinstance(focus, QLabel | QPushButton) else ""
        reached.append(focus.accessibleName() or words)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    start = reached.index(order[0])
    assert reached[start : start + len(wanted)] == wanted


@pytest.mark.parametrize("machine", MachineKind)
@pytest.mark.parametrize(
    "state", [two_step(APP), SETTING_UP, READING], ids=["known", "setting-up", "reading"]
)
def test_the_card_stays_as_it_is(state: SignedIn, machine: MachineKind, show: Show) -> None:
    shown = show(READING, language=Language.SPANISH, settings=settings_of(machine))
    shown.window.grab()
    before = shown.window.shown_view
    assert before is not None
    place = before.card.geometry()
    shown.become(state)
    for way in {"Desactivar…"} & buttons(shown):
        click(shown, way)
    assert before.card.geometry() == place
    shown.window.grab()
    assert before.card.geometry() == place
