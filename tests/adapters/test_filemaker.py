"""FileMaker sessions: opened once, kept alive, opened anew where they are lost, and always ended."""

import base64
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from time import monotonic

import pytest

from ingenes_desktop.adapters.connection import Dialing
from ingenes_desktop.adapters.filemaker import FileMakerDataApi
from ingenes_desktop.adapters.transport import Transport
from ingenes_desktop.application.attempt import Attempt
from ingenes_desktop.application.ports import FileMakerSession, LastLogin
from ingenes_desktop.domain.errors import AuthError, ErrorCode
from ingenes_desktop.domain.models import FileMakerCredentials, FileMakerUser
from ingenes_desktop.domain.secret import Secret
from tests.scripted_cloud import (
    BASE_URL,
    EMAIL,
    FILEMAKER_PASSWORD,
    ScriptedCloud,
    filemaker_answer,
    filemaker_refusal,
    new_attempt,
)
from tests.scripted_server import (
    Behaviour,
    Request,
    Wire,
    after,
    broken_off,
    hang,
    hang_up,
    head,
    html,
    respond,
    slow_body,
)

ACCOUNT = FileMakerCredentials(BASE_URL, Secret("usuario:ñ"), Secret(FILEMAKER_PASSWORD))
MOMENT = datetime(2026, 11, 22, 18, 5, 9, tzinfo=UTC)


class Desk:
    """A session on ``far``'s FileMaker, with a clock of its own."""

    def __init__(self, far: ScriptedCloud) -> None:
        self.far = far
        self.moved = 0.0
        transport = Transport(
            dialing=Dialing(far.resolve, 1.0, 1.0, refuse_local=False),
            read_seconds=1.0,
            proxy_for=lambda _url: None,
            trust=far.trust,
            user_agent="x",
        )
        self.api = FileMakerDataApi(transport, clock=lambda: monotonic() + self.moved)

    def open(self, attempt: Attempt | None = None) -> FileMakerSession:
        session = self.api.new_session(ACCOUNT)
        try:
            session.open(attempt or new_attempt())
        except AuthError:
            # As Session.end() does, whatever became of the login.
            with suppress(AuthError):
                session.close(new_attempt())
            raise
        return session

    def refused(self, attempt: Attempt | None = None) -> AuthError:
        with pytest.raises(AuthError) as caught:
            self.open(attempt)
        return caught.value


@pytest.fixture
def desk(far: ScriptedCloud) -> Desk:
    return Desk(far)


def user(record_id: str = "7", table: str = "Usuarios") -> FileMakerUser:
    return FileMakerUser(record_id, table, "41", "Ana", EMAIL, "2", "", "", "", None)


def test_the_login_s_account_is_utf_8(far: ScriptedCloud, desk: Desk) -> None:
    desk.open().close(new_attempt())
    (login,) = far.requests("Login")
    said = base64.b64decode(login.headers["authorization"].removeprefix("Basic ")).decode("utf-8")
    assert said == f"usuario:ñ:{FILEMAKER_PASSWORD}"
    assert (login.body, login.headers["content-type"]) == (b"{}", "application/json")
    assert "cookie" not in login.headers
    assert far.open_sessions == 0


def test_the_token_may_stand_in_the_body_alone(far: ScriptedCloud, desk: Desk) -> None:
    far.script("Login", far.login(in_header=False))
    session = desk.open()
    assert len(session.find_users(EMAIL, new_attempt()).users) == 1
    session.close(new_attempt())
    assert far.open_sessions == 0


def test_the_token_is_in_no_address_but_the_end_s(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    session.find_users(EMAIL, new_attempt())
    session.close(new_attempt())
    paths = [request.path for name in ("Login", "Find") for request in far.requests(name)]
    assert not any("canario0" in path for path in paths)
    (end,) = far.requests("Logout")
    assert end.method == "DELETE"
    assert "authorization" not in end.headers


def test_path_segments_are_percent_encoded(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    session.find_users(EMAIL, new_attempt())
    session.record_login(user(), MOMENT, new_attempt())
    assert far.requests("Find")[0].path.endswith("/databases/Cl%C3%ADnica/layouts/%40Usuarios/_find")
    assert far.requests("Edit")[0].path.endswith("/layouts/_webappSalesContacts/records/7")
    session.close(new_attempt())


# ------------------------------------------------------------------ a login that ends badly leaks none


def with_header(far: ScriptedCloud, then: Callable[[str], Behaviour]) -> Behaviour:
    def behave(wire: Wire, request: Request) -> None:
        then(far.open_session())(wire, request)

    return behave


LEAKS: dict[str, Callable[[str], Behaviour]] = {
    "half-json": lambda token: respond(
        200, b'{"response"', content_type="application/json", headers={"X-FM-Data-Access-Token": token}
    ),
    "html": lambda token: respond(
        200, b"<p>", content_type="text/html", headers={"X-FM-Data-Access-Token": token}
    ),
    "server-error": lambda token: respond(
        502, b"<p>", content_type="text/html", headers={"X-FM-Data-Access-Token": token}
    ),
    "slow-body": lambda token: slow_body("application/json", X_FM_Data_Access_Token=token),
    "gzip": lambda token: respond(
        200,
        b"x",
        content_type="application/json",
        headers={"X-FM-Data-Access-Token": token, "Content-Encoding": "gzip"},
    ),
    "too-long": lambda token: respond(
        200, b" " * 2_000_000, content_type="application/json", headers={"X-FM-Data-Access-Token": token}
    ),
    "refusal": lambda token: respond(
        500,
        b'{"response":{},"messages":[{"code":"802"}]}',
        content_type="application/json",
        headers={"X-FM-Data-Access-Token": token},
    ),
}


@pytest.mark.parametrize("kind", LEAKS)
def test_a_broken_login_leaves_no_session(far: ScriptedCloud, desk: Desk, kind: str) -> None:
    far.script("Login", with_header(far, LEAKS[kind]))
    desk.refused(new_attempt(0.5, 0.5))
    assert (far.sessions_opened, far.open_sessions) == (1, 0)
    assert (len(far.requests("Login")), len(far.requests("Logout"))) == (1, 1)


def test_a_cancelled_login_leaves_no_session(far: ScriptedCloud, desk: Desk) -> None:
    attempt = new_attempt(5.0, 5.0)

    def slow(wire: Wire, request: Request) -> None:
        token = far.open_session()
        wire.send(
            head(
                200,
                {
                    "Content-Type": "application/json",
                    "X-FM-Data-Access-Token": token,
                    "Content-Length": "400",
                },
            )
        )
        wire.send(b" ")
        wire.trickle(b" " * 3, 0.05)
        attempt.cancel()
        hang(wire, request)

    far.script("Login", slow)
    assert desk.refused(attempt).code is ErrorCode.CANCELLED
    assert far.open_sessions == 0


@pytest.mark.parametrize(
    "token", ["", "con espacio", "a/../b", "ñ", "x" * 5_000, "a?b", "a#b", "\x00"], ids=lambda text: text[:9]
)
def test_an_odd_token_is_none(far: ScriptedCloud, desk: Desk, token: str) -> None:
    far.script("Login", filemaker_answer({"token": token}))
    if token == "a/../b":
        # Allowed in a header, and harmless where it is used: it is encoded.
        desk.open().close(new_attempt())
        assert far.requests("Logout")[0].path.endswith("/sessions/a%2F..%2Fb")
    else:
        assert desk.refused().code is ErrorCode.UNEXPECTED_ANSWER


@pytest.mark.parametrize("broken", [hang_up, broken_off(), html(500), hang])
def test_a_login_is_sent_once(far: ScriptedCloud, desk: Desk, broken: Behaviour) -> None:
    far.script("Login", broken)
    desk.refused(new_attempt(0.5, 0.5))
    assert len(far.requests("Login")) == 1


# ------------------------------------------------------------------------------ a session's long life


def test_a_session_that_was_idle_for_long_is_opened_anew_before_it_is_used(
    far: ScriptedCloud, desk: Desk
) -> None:
    session = desk.open()
    desk.moved = 13 * 60.0
    session.find_users(EMAIL, new_attempt())
    assert len(far.requests("Login")) == 1
    desk.moved += 14 * 60.0 + 1.0
    session.find_users(EMAIL, new_attempt())
    assert (len(far.requests("Login")), far.open_sessions) == (2, 1), "the old one was ended"
    desk.moved += 13 * 60.0
    session.find_users(EMAIL, new_attempt())
    assert len(far.requests("Login")) == 2, "each call renews it"
    session.close(new_attempt())


LOST: dict[str, Behaviour] = {
    "952": filemaker_refusal(952, status=401),
    "952-with-500": filemaker_refusal(952),
    "112": filemaker_refusal(112),
    "http-401": html(401),
    "http-401-json": filemaker_answer({}, status=401),
}


@pytest.mark.parametrize("kind", LOST)
def test_a_lost_session_is_opened_anew_once(far: ScriptedCloud, desk: Desk, kind: str) -> None:
    session = desk.open()
    far.script("Find", LOST[kind], times=1)
    assert len(session.find_users(EMAIL, new_attempt()).users) == 1
    assert (len(far.requests("Login")), len(far.requests("Find"))) == (2, 2)
    session.close(new_attempt())
    assert far.open_sessions == 0, "the session that was said to be lost was ended too"


def test_a_session_that_the_server_forgot(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.end_filemaker_sessions()
    assert len(session.find_users(EMAIL, new_attempt()).users) == 1
    session.close(new_attempt())


def test_code_401_is_no_lost_session(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Find", filemaker_refusal(401))
    assert session.find_users(EMAIL, new_attempt()).users == ()
    assert (len(far.requests("Login")), len(far.requests("Find"))) == (1, 2)
    escaped, plain = (request.json["query"][0]["Email"] for request in far.requests("Find"))
    assert (escaped, plain) == (r"==ana\@clinica.example", "==ana@clinica.example")
    session.close(new_attempt())


def test_no_fallback_for_an_address_with_a_star(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Find", filemaker_refusal(401))
    session.find_users("a*@clinica.example", new_attempt())
    assert len(far.requests("Find")) == 1
    session.close(new_attempt())


def test_a_find_that_is_not_answered_is_tried_again(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Find", hang_up, times=2)
    assert len(session.find_users(EMAIL, new_attempt()).users) == 1
    assert (len(far.requests("Login")), len(far.requests("Find"))) == (1, 3)
    session.close(new_attempt())


def test_a_new_login_within_a_find_is_sent_once(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Find", LOST["952"])
    far.script("Login", hang_up)
    with pytest.raises(AuthError) as caught:
        session.find_users(EMAIL, new_attempt())
    assert caught.value.code is ErrorCode.NOT_RESPONDING
    assert len(far.requests("Login")) == 2


def test_an_end_that_was_not_heard_may_be_said_again(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Logout", html(500))
    with pytest.raises(AuthError):
        session.close(new_attempt())
    far.mend()
    session.close(new_attempt())
    assert far.open_sessions == 0
    session.close(new_attempt())
    assert len(far.requests("Logout")) == 2


def test_an_end_whose_answer_was_lost_is_said_again_at_once(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Logout", hang_up, times=1)
    session.close(new_attempt())
    assert far.open_sessions == 0
    assert len(far.requests("Logout")) == 2


def test_the_end_of_a_session_that_has_ended_is_no_error(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Logout", filemaker_refusal(952, status=401))
    session.close(new_attempt())


# -------------------------------------------------------------------------------------- LastLoginTime


@pytest.mark.parametrize(
    ("kind", "written"),
    [
        ("timeStamp", "11/22/2026 18:05:09"),
        ("timestamp", "11/22/2026 18:05:09"),
        ("text", "2026-11-22T18:05:09Z"),
        ("date", "11/22/2026"),
    ],
)
def test_the_login_time_in_the_form_of_its_field(
    far: ScriptedCloud, desk: Desk, kind: str, written: str
) -> None:
    far.login_field_type = kind
    session = desk.open()
    assert session.record_login(user(), MOMENT, new_attempt()).written
    assert far.written_logins == [written]
    session.close(new_attempt())


@pytest.mark.parametrize("kind", ["number", "container", "", "time"])
def test_a_field_of_another_kind_is_left_alone(far: ScriptedCloud, desk: Desk, kind: str) -> None:
    far.login_field_type = kind
    session = desk.open()
    with pytest.raises(AuthError) as caught:
        session.record_login(user(), MOMENT, new_attempt())
    assert caught.value.code is ErrorCode.CONFIGURATION
    assert not far.requests("Edit")
    session.close(new_attempt())


@pytest.mark.parametrize("table", ["Contactos", "", "usuarios"])
def test_another_base_table_is_never_written_to(far: ScriptedCloud, desk: Desk, table: str) -> None:
    far.login_table = table
    session = desk.open()
    assert not session.record_login(user(), MOMENT, new_attempt()).written
    assert not far.requests("Edit")
    session.close(new_attempt())


def test_an_unknown_base_table_is_never_written_to(far: ScriptedCloud, desk: Desk) -> None:
    far.login_table = ""
    session = desk.open()
    assert not session.record_login(user(table=""), MOMENT, new_attempt()).written
    assert not far.requests("Edit")
    session.close(new_attempt())


STOOD_THERE = [
    ("11/20/2026 09:08:07", datetime(2026, 11, 20, 9, 8, 7, tzinfo=UTC)),
    ("2026-11-20T09:08:07Z", datetime(2026, 11, 20, 9, 8, 7, tzinfo=UTC)),
    ("02/29/2028 23:59:59", datetime(2028, 2, 29, 23, 59, 59, tzinfo=UTC)),
    *((odd, None) for odd in (
        "", "11/20/2026", "20/11/2026 09:08:07", "02/29/2027 00:00:00", "11/20/2026 24:00:00",
        "11/20/2026 9:08:07", "11/20/2026 09:08:07 AM", "2026-11-20T09:08:07", "2026-11-20T09:08:07+02:00",
        "2026-11-20 09:08:07", "0000-11-20T09:08:07Z", " 11/20/2026 09:08:07", "11/20/2026 09:08:07\n",
        "١١/20/2026 09:08:07", "hoy", "x" * 100_000, 5, 1.5, True, None, ["11/20/2026 09:08:07"], {"a": 1},
    )),
]  # fmt: skip


@pytest.mark.parametrize(("stood", "moment"), STOOD_THERE)
def test_what_stood_there_is_told_where_it_is_plain(
    far: ScriptedCloud, desk: Desk, stood: object, moment: datetime | None
) -> None:
    far.last_login = stood
    before = None if moment is None else moment.timestamp()
    session = desk.open()
    assert session.read_last_login(user(), new_attempt()) == before
    assert not far.requests("Edit")
    assert session.record_login(user(), MOMENT, new_attempt()) == LastLogin(written=True, before=before)
    session.close(new_attempt())


@pytest.mark.parametrize("kind", ["timestamp", "text"])
def test_what_is_written_can_be_read_again(far: ScriptedCloud, desk: Desk, kind: str) -> None:
    far.login_field_type = kind
    session = desk.open()
    session.record_login(user(), MOMENT, new_attempt())
    far.last_login = far.written_logins[-1]
    assert session.read_last_login(user(), new_attempt()) == MOMENT.timestamp()
    session.close(new_attempt())


@pytest.mark.parametrize(
    "answer",
    [
        filemaker_refusal(101),
        filemaker_answer(
            {
                "dataInfo": {"table": "Contactos"},
                "data": [{"fieldData": {"LastLoginTime": "11/20/2026 09:08:07"}}],
            }
        ),
        filemaker_answer({"dataInfo": {"table": "Usuarios"}, "data": []}),
        filemaker_answer({"dataInfo": {"table": "Usuarios"}, "data": "x"}),
        filemaker_answer({"dataInfo": {"table": "Usuarios"}, "data": [{"fieldData": []}]}),
        filemaker_answer({}),
    ],
)
def test_a_last_login_that_cannot_be_told(far: ScriptedCloud, desk: Desk, answer: Behaviour) -> None:
    far.last_login = "11/20/2026 09:08:07"
    far.script("Record", answer)
    session = desk.open()
    assert session.read_last_login(user(), new_attempt()) is None
    session.close(new_attempt())


def test_reading_it_is_tried_again_and_then_given_up(far: ScriptedCloud, desk: Desk) -> None:
    far.last_login = "11/20/2026 09:08:07"
    far.script("Record", hang_up, times=1)
    session = desk.open()
    assert session.read_last_login(user(), new_attempt()) is not None
    far.script("Record", filemaker_refusal(105))
    with pytest.raises(AuthError) as caught:
        session.read_last_login(user(), new_attempt())
    assert caught.value.code is ErrorCode.CONFIGURATION
    session.close(new_attempt())


def test_a_record_that_is_not_on_that_layout(far: ScriptedCloud, desk: Desk) -> None:
    far.script("Record", filemaker_refusal(101))
    session = desk.open()
    assert not session.record_login(user(), MOMENT, new_attempt()).written
    session.close(new_attempt())


def test_writing_is_sent_once(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Edit", hang_up)
    with pytest.raises(AuthError):
        session.record_login(user(), MOMENT, new_attempt())
    assert len(far.requests("Edit")) == 1
    session.close(new_attempt())


def test_writing_goes_on_after_a_lost_session(far: ScriptedCloud, desk: Desk) -> None:
    session = desk.open()
    far.script("Edit", LOST["952"], times=1)
    assert session.record_login(user(), MOMENT, new_attempt()).written
    assert len(far.written_logins) == 1
    session.close(new_attempt())


def test_a_server_that_was_full_is_asked_again_by_the_next_attempt(far: ScriptedCloud, desk: Desk) -> None:
    far.script("Login", after(1, filemaker_refusal(812), far.login()))
    assert desk.refused().code is ErrorCode.FILEMAKER_FULL
    desk.open().close(new_attempt())
    assert far.open_sessions == 0
