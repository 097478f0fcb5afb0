"""Every operation, at its place in the window, times every answer that is no success.

What a service declares, and what it does not: a page instead of an answer, half an answer, too many
requests, an unknown code, words without end. Each ends in its sentence, in both languages; none in a
traceback, in a circle, or in a session that was not earned.
"""

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from ingenes_desktop.domain.auth_state import AuthState, ResetCodeSent, SignedIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.value import replace
from tests.rows.places import PLACES, Desk, Place
from tests.rows.test_rows_what_you_may_see import ANSWERED
from tests.scripted_cloud import SCALED, ScriptedCloud
from tests.scripted_server import Behaviour, html, refuse, respond, respond_json
from tests.what_you_may_see import REFERENCE, ROWS, Row
from tests.window import LONGEST_GAP_SECONDS, Opener

UNKNOWN = "SomethingNewException"
AWS = {"GetId", "GetCredentialsForIdentity", "GetSecretValue"}
READS = AWS | {"GetUser"}
"""What may be asked for three times; everything else leaves this machine once."""
# An empty object is what these answer where all went well.
EMPTY_IS_RIGHT = {
    "ForgotPassword", "ConfirmForgotPassword", "ResendConfirmationCode", "ConfirmSignUp", "ChangePassword",
    "SetUserMFAPreference", "ConfirmDevice", "RevokeToken", "GlobalSignOut",
}  # fmt: skip
SIGNED_IN = {"profile", "change-password", "two-step"}
"""Screens on which the session goes on, whatever was answered."""
NOTHING = ("—", "—")
MOST_TOLD = 5
"""Of what is wrong at one place."""
PATIENT = replace(SCALED, connect=4.0, read=6.0, step=7.0, attempt=20.0)
"""Nothing here is about time, and the machine may be busy."""


@dataclass(frozen=True, slots=True)
class Case:
    """An answer, and what is to be read in the window afterwards; NOTHING: no word about it."""

    name: str
    answer: Behaviour
    meaning: str
    words: tuple[str, str]


def cases(place: Place) -> Iterator[Case]:
    """The table's rows for this place, then what no service declares."""
    for row in ANSWERED:
        if (row.screen, row.operation) == (place.screen, place.operation):
            words = NOTHING if row.meaning == "NOTHING" else (row.english, row.spanish)
            yield Case(f"{row.code} {row.message}", refuse(row.code, row.message), row.meaning, words)
    undeclared = {
        "500 HTML": (html(500), "NOT_RESPONDING"),
        "429": (respond(429, b""), "BUSY"),
        "half": (respond(200, b'{"half'), "UNEXPECTED_ANSWER"),
        "unknown": (refuse(UNKNOWN, "canario-mensaje"), _unknown(place)),
        "huge": (refuse(UNKNOWN, "x" * 500_000), _unknown(place)),
    }
    if place.operation not in EMPTY_IS_RIGHT:
        undeclared["{}"] = (respond_json({}), "UNEXPECTED_ANSWER")
    for name, (answer, meaning) in undeclared.items():
        told = DIFFERENT.get((place.operation, name)) or DIFFERENT.get((place.operation, ""), meaning)
        yield Case(name, answer, told, _words_of(told))


def _unknown(place: Place) -> str:
    if place.operation in AWS:
        return "CONFIGURATION"
    is_signing_in = place.screen in {"sign-in", "question", "own-question", "new-password", "set-up"}
    return "REFUSED" if is_signing_in else "UNEXPECTED_ANSWER"


# Where an operation's answer is not told as such.
DIFFERENT = {
    ("GetSecretValue", "{}"): "SECRET-EMPTY",
    ("ConfirmDevice", ""): "NOTHING",
    ("GetTokensFromRefreshToken", ""): "RECONNECTING",
    ("GetTokensFromRefreshToken", "500 HTML"): "NOTHING",  # the older way is gone, and that works
    ("RevokeToken", ""): "FAR_ENDS_UNTOLD",
    ("RevokeToken", "500 HTML"): "NOTHING",  # every sign-in is ended instead
    ("GlobalSignOut", ""): "NOT_ENDED_EVERYWHERE",
}


def _words_of(meaning: str) -> tuple[str, str]:
    if meaning == "NOTHING":
        return NOTHING
    code = "SECRET-EMPTY" if meaning == "SECRET-EMPTY" else UNKNOWN
    if meaning in {"CONFIGURATION", "SECRET-EMPTY"}:
        row = next(
            row for row in ROWS if row.code == "ResourceNotFoundException" and row.meaning == "CONFIGURATION"
        )
        return row.english.replace(row.code, code), row.spanish.replace(row.code, code)
    row = next(row for row in sorted(ROWS, key=_is_a_refusal) if row.meaning == meaning)
    return row.english, row.spanish


def _is_a_refusal(row: Row) -> bool:
    return row.screen != "anywhere"


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.name)
def test_every_answer_ends_in_its_sentence(place: Place, open_window: Opener, far: ScriptedCloud) -> None:
    window = open_window(far.settings(limits=PATIENT))
    desk = Desk(window, far)
    wrong = []
    for case in cases(place):
        try:
            go_through(desk, place, case)
            if window.heartbeat.longest > LONGEST_GAP_SECONDS:
                # What the window did would take as long again; what the machine did would not.
                go_through(desk, place, case)
                assert window.heartbeat.longest <= LONGEST_GAP_SECONDS, f"{window.heartbeat.longest:.3f} s"
        except Exception as error:  # noqa: BLE001  each is told, and the next is tried
            wrong.append(f"{case.name[:80]}: {type(error).__name__}: {error}")
            if len(wrong) == MOST_TOLD:
                break
    assert not wrong, "\n".join(wrong)
    desk.back_to_the_form()
    window.assert_no_secret_told()
    assert not any("Traceback" in line or " bug " in line for line in window.log.lines)
    assert not any("canario-mensaje" in line or "x" * 100 in line for line in window.log.lines)
    assert window.free_lane()
    window.assert_retry_works()


def go_through(desk: Desk, place: Place, case: Case) -> None:
    """Come to the place, be answered so, and read what is there."""
    window, far = desk.window, desk.far
    place.arrive(desk)
    far.script(place.operation, case.answer)
    far.forget()
    window.log.lines.clear()
    window.heartbeat.start()
    place.act(desk)
    window.qtbot.waitUntil(lambda: place.ends(desk), timeout=8_000)
    window.heartbeat.stop()
    check_requests(desk, place, case)
    assert isinstance(window.state, SignedIn) == is_still_signed_in(place, case), window.state
    if case.meaning in ErrorCode.__members__ and not is_demanded(window.state):
        # What stands there now is this answer's, and not what was there before.
        line = f"problem code={ErrorCode[case.meaning].value} "
        assert any(line in each and REFERENCE in each for each in window.log.lines), line
    if case.words == NOTHING:
        assert not any(REFERENCE in text for text in desk.words())
    else:
        for language, words in zip((Language.SPANISH, Language.ENGLISH), reversed(case.words), strict=True):
            window.speak(language)
            # The table has plain blanks where the window keeps a number and its unit together.
            assert any(words in text.replace("\u00a0", " ") for text in desk.words()), (words, desk.words())
        window.speak(Language.SPANISH)
    if not isinstance(window.state, SignedIn) and place.screen != "sign-out":
        window.wait_until_clean()
    far.mend()
    if place.screen == "sign-out":
        far.forget_sign_ins()  # they may have been left alive: that is what was told


def check_requests(desk: Desk, place: Place, case: Case) -> None:
    """Nothing goes round, and nothing that changes a state is sent twice."""
    count = len(desk.far.requests(place.operation))
    most = 3 if place.operation in READS else 1
    if case.meaning == "SESSION_ENDED" and place.screen in SIGNED_IN:
        most = 2  # an access token that is refused is renewed once, and the call made again
    assert 1 <= count <= most, desk.far.operations()
    assert len(desk.far.requests("InitiateAuth")) <= 1, desk.far.operations()


def is_demanded(state: AuthState) -> bool:
    """A reset that Cognito asks for is no error: its view says why."""
    return isinstance(state, ResetCodeSent) and state.demanded


def is_still_signed_in(place: Place, case: Case) -> bool:
    """Whether there was a session before, and this does not end it."""
    ends = {
        "SESSION_ENDED",
        "ACCOUNT_DISABLED",
        "RESET_REQUIRED",
        "NOT_CONFIRMED",
        "TEMPORARY_PASSWORD_EXPIRED",
    }
    return place.screen in SIGNED_IN and case.meaning not in ends
