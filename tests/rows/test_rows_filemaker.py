"""Rows 34 to 40 of the fault matrix: the FileMaker session, the find, and what the record holds."""

from collections.abc import Callable
from unicodedata import normalize

import pytest

from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.errors import ErrorCode
from ingenes_desktop.ui.profile_view import ProfileView
from ingenes_desktop.ui.widgets.cells import Cells
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel
from tests.rows.cases import Chain, sign_in_refused
from tests.scripted_cloud import EMAIL, ScriptedCloud, filemaker_answer, filemaker_refusal
from tests.scripted_server import Behaviour, after, hang_up, html, respond_json
from tests.window import LONGEST_GAP_SECONDS, Opener, OpenWindow, one


@pytest.mark.parametrize(
    ("answer", "code"),
    [
        (filemaker_refusal(802), ErrorCode.FILEMAKER_UNAVAILABLE),
        (filemaker_refusal(10), ErrorCode.FILEMAKER_UNAVAILABLE),
        (filemaker_refusal(812), ErrorCode.FILEMAKER_FULL),
        (filemaker_refusal(956), ErrorCode.FILEMAKER_FULL),
        (filemaker_refusal(953), ErrorCode.FILEMAKER_FULL),
        (html(503, "<h1>Service Unavailable</h1> IIS canario"), ErrorCode.FILEMAKER_UNAVAILABLE),
        (html(502, "<h1>Bad Gateway</h1> Apache canario"), ErrorCode.FILEMAKER_UNAVAILABLE),
    ],
    ids=["802", "10", "812", "956", "953", "iis", "apache"],
)
def test_row_34_no_session_to_be_had(
    open_window: Opener, far: ScriptedCloud, answer: Behaviour, code: ErrorCode
) -> None:
    far.script("Login", answer)
    window = open_window()
    sign_in_refused(window, code)
    assert len(far.requests("Login")) == 1, "sessions in a circle"
    assert "canario" not in window.sentence
    window.assert_retry_works()


LOST = {
    "952": filemaker_refusal(952, status=401),
    "112": filemaker_refusal(112),
    "http-401": html(401),
}


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
def test_row_35_a_lost_session_is_opened_anew(
    open_window: Opener, far: ScriptedCloud, lost: Behaviour
) -> None:
    far.script("Find", lost, times=1)
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    assert (len(far.requests("Login")), len(far.requests("Find"))) == (2, 2)
    assert len(far.requests("InitiateAuth")) == 1
    window.sign_out()


@pytest.mark.parametrize("lost", LOST.values(), ids=LOST.keys())
def test_row_35_a_session_that_is_lost_again_is_given_up(
    open_window: Opener, far: ScriptedCloud, lost: Behaviour
) -> None:
    far.script("Find", lost)
    window = open_window()
    sign_in_refused(window, ErrorCode.FILEMAKER_UNAVAILABLE)
    assert (len(far.requests("Login")), len(far.requests("Find"))) == (2, 2)
    window.assert_retry_works()


def test_row_35_a_new_login_that_is_not_answered_is_not_repeated(far: ScriptedCloud) -> None:
    far.script("Find", LOST["952"])
    far.script("Login", after(1, far.login(), hang_up))
    Chain(far).refused(ErrorCode.NOT_RESPONDING)
    assert len(far.requests("Login")) == 2


@pytest.mark.parametrize(
    ("number", "code"),
    [
        (953, ErrorCode.FILEMAKER_FULL),
        (105, ErrorCode.CONFIGURATION),
        (102, ErrorCode.CONFIGURATION),
        (106, ErrorCode.CONFIGURATION),
        (9, ErrorCode.CONFIGURATION),
        (400, ErrorCode.CONFIGURATION),
        (301, ErrorCode.FILEMAKER_UNAVAILABLE),
        (99999, ErrorCode.CONFIGURATION),
    ],
)
def test_row_36_the_find_is_refused(
    open_window: Opener, far: ScriptedCloud, number: int, code: ErrorCode
) -> None:
    far.script("Find", filemaker_refusal(number))
    window = open_window()
    sign_in_refused(window, code, detail=f"FM-{number}")
    assert not any("canario-mensaje" in line for line in window.log.lines)
    window.assert_retry_works()


def test_row_36_fields_are_missing(open_window: Opener, far: ScriptedCloud) -> None:
    far.record = {"Email": EMAIL}
    window = open_window()
    state = window.sign_in()
    assert isinstance(state, SignedIn)
    assert state.user.full_name == "Ana Lucía Ortega Prado", "Cognito's name stands in"
    assert shown(window)[2] == "Usuario"
    assert "–" in shown(window)
    window.sign_out()


def test_row_36_a_record_without_email_is_nobody_s(open_window: Opener, far: ScriptedCloud) -> None:
    far.record = {"nombreCompleto": "Otra Persona", "idUsuario": 9}
    window = open_window()
    sign_in_refused(window, ErrorCode.USER_NOT_FOUND)


@pytest.mark.parametrize("status", [500, 200, 404, 401])
@pytest.mark.parametrize("number", ["401", 401])
def test_row_37_no_record(open_window: Opener, far: ScriptedCloud, status: int, number: int | str) -> None:
    body = {"response": {}, "messages": [{"code": number, "message": "No records match the request"}]}
    far.script("Find", respond_json(body, status, content_type="application/json"))
    window = open_window()
    sign_in_refused(window, ErrorCode.USER_NOT_FOUND)
    # Escaped, and once without escapes; code 401 is not HTTP 401, so no session is opened anew.
    assert (len(far.requests("Find")), len(far.requests("Login"))) == (2, 1)
    window.assert_retry_works()


def test_row_37_an_empty_list(far: ScriptedCloud) -> None:
    far.script("Find", far.found())
    Chain(far).refused(ErrorCode.USER_NOT_FOUND)


Records = Callable[[ScriptedCloud], Behaviour]
OTHERS: dict[str, tuple[Records, ErrorCode]] = {
    "two-people": (
        lambda far: far.found(far.record, {**far.record, "idUsuario": 42}),
        ErrorCode.SEVERAL_RECORDS,
    ),
    "more-than-were-sent": (lambda far: far.found(far.record, found_count=12), ErrorCode.SEVERAL_RECORDS),
    "another-address": (
        lambda far: far.found({**far.record, "Email": "anaXclinica.example"}),
        ErrorCode.USER_NOT_FOUND,
    ),
    "an-accent": (
        lambda far: far.found({**far.record, "Email": "aná@clinica.example"}),
        ErrorCode.USER_NOT_FOUND,
    ),
    "two-addresses-in-one-field": (
        lambda far: far.found({**far.record, "Email": f"{EMAIL}\rotra@clinica.example"}),
        ErrorCode.USER_NOT_FOUND,
    ),
    "an-invisible-letter": (
        lambda far: far.found({**far.record, "Email": "a\u200bna@clinica.example"}),
        ErrorCode.USER_NOT_FOUND,
    ),
    "a-long-tail": (
        lambda far: far.found({**far.record, "Email": EMAIL + " " * 2_000 + "x"}),
        ErrorCode.USER_NOT_FOUND,
    ),
    "another-company": (lambda far: far.found({**far.record, "idEmpresa": 3}), ErrorCode.OTHER_COMPANY),
}


@pytest.mark.parametrize("kind", OTHERS)
def test_row_38_somebody_else_s_record(open_window: Opener, far: ScriptedCloud, kind: str) -> None:
    records, code = OTHERS[kind]
    far.script("Find", records(far))
    window = open_window()
    sign_in_refused(window, code)
    for profile in window.window.findChildren(ProfileView):
        # Built beforehand, while the far ends were asked.
        assert not profile.isVisible()
        assert profile.heading.whole_text() == "", "a profile was filled in"
    window.assert_retry_works()


def test_row_38_a_look_alike_beside_the_person(open_window: Opener, far: ScriptedCloud) -> None:
    stranger = {**far.record, "Email": "anaXclinica.example", "nombreCompleto": "Otra", "idUsuario": 1}
    far.script("Find", far.found(stranger, far.record))
    window = open_window()
    state = window.sign_in()
    assert isinstance(state, SignedIn)
    assert state.user.user_id == "41"
    window.cloud.mend()
    window.sign_out()


def test_row_38_the_same_person_twice(far: ScriptedCloud, open_window: Opener) -> None:
    padded = {**far.record, "Email": f" {EMAIL.upper()}\r"}
    far.script("Find", far.found(padded, far.record))
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    window.cloud.mend()
    window.sign_out()


def shown(window: OpenWindow) -> list[str]:
    """The profile's heading and rows, as they are drawn."""
    profile = window.window.profile
    labels = [profile.heading, *one(profile, Cells).findChildren(ElidedLabel)]
    return [label.whole_text() for label in labels if label.whole_text()]


NAMES = {
    "nul": ("Ana\x00López", "AnaLópez"),
    "right-to-left": ("Ana \u202egnp.exe", "Ana gnp.exe"),
    "isolates": ("\u2067Ana\u2069 \u200fLópez", "Ana López"),
    "zero-width-joiner": ("Ana 👩\u200d⚕️", "Ana 👩\u200d⚕️"),
    "decomposed": (normalize("NFD", "Ángel Núñez"), "Ángel Núñez"),
    "markup": ("<img src=file:///etc/hostname><b>Ana</b>", "<img src=file:///etc/hostname><b>Ana</b>"),
    "line-breaks": ("Ana\r\nLópez\tPérez\v\u2028X", "Ana López Pérez X"),
    "blank": ("   \t ", "Ana Lucía Ortega Prado"),
    "half-a-pair": ("Ana \ud800", "Ana"),
}


@pytest.mark.parametrize("kind", NAMES)
def test_row_39_odd_names_are_plain_text(open_window: Opener, far: ScriptedCloud, kind: str) -> None:
    sent, expected = NAMES[kind]
    far.record["nombreCompleto"] = sent
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    assert shown(window)[0] == expected
    assert all(
        label.textFormat() is label.textFormat().PlainText
        for label in window.window.profile.findChildren(ElidedLabel)
    )
    window.sign_out()


def test_row_39_a_name_as_long_as_a_body_may_be(open_window: Opener, far: ScriptedCloud) -> None:
    far.record = {name: "Ñ" * 10_000 if name != "Email" else EMAIL for name in far.record}
    far.record["idEmpresa"] = 2
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    assert all(len(text) <= 200 for text in shown(window))
    assert window.heartbeat.longest <= LONGEST_GAP_SECONDS
    window.sign_out()


def test_row_39_five_megabytes(open_window: Opener, far: ScriptedCloud) -> None:
    far.script("Find", far.found({**far.record, "nombreCompleto": "x" * 5_000_000}))
    window = open_window()
    sign_in_refused(window, ErrorCode.UNEXPECTED_ANSWER, detail="TOO-LONG")
    window.assert_retry_works()


ODD_VALUES: tuple[object, ...] = (None, 7, 7.5, True, ["x"], {"a": 1}, 1e300)


@pytest.mark.parametrize("value", ODD_VALUES, ids=str)
def test_row_40_other_types_than_text(open_window: Opener, far: ScriptedCloud, value: object) -> None:
    far.record = dict.fromkeys(far.record, value) | {"Email": EMAIL, "idEmpresa": 2}
    far.record |= {"desconocido": {"x": [1]}, "otra::cosa(2)": "y"}
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    rows = shown(window)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    assert (rows[0] == str(value)) == is_number
    assert not any("[" in row or "{" in row or "None" in row or "True" in row for row in rows)
    window.sign_out()


def test_row_40_an_email_that_is_no_text(open_window: Opener, far: ScriptedCloud) -> None:
    for value in (5, None, [EMAIL], {"Email": EMAIL}):
        far.record["Email"] = value
        Chain(far).refused(ErrorCode.USER_NOT_FOUND)
    far.record["Email"] = EMAIL
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)


def test_row_40_an_answer_with_more_than_is_known(far: ScriptedCloud, open_window: Opener) -> None:
    record = {"fieldData": {**far.record}, "portalData": {"P": [1]}, "recordId": 7, "modId": 0, "nuevo": []}
    far.script("Find", filemaker_answer({"data": [record], "dataInfo": "?", "scriptError": "0", "más": None}))
    window = open_window()
    assert isinstance(window.sign_in(), SignedIn)
    window.cloud.mend()
    window.sign_out()
