"""Many clients of the FileMaker server at once: nothing is lost, mixed up or left behind."""

import sys
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker.document import Document
from tests.demo.filemaker_client import Client, code, data, document, running, signed_in

_THREADS = 50
_RECORDS = "/layouts/Hoja/records"


def _document() -> Document:
    fields: list[dict[str, Any]] = [
        {"name": "Clave", "result": "text", "unique": True},
        {"name": "Cuenta", "result": "number"},
        {"name": "gQuien", "result": "text", "global": True},
        {"name": "Foto", "result": "container"},
    ]
    scripts = [{"name": "Eco", "returnsParameter": True}]
    return document(fields, [{"Clave": "común", "Cuenta": 0}], scripts=scripts)


def _everything(client: Client, own: str) -> Counter[str]:
    """All calls of one client on a record of its own, and an edit of the common one. Gives how often
    each was answered as it should be."""
    assert code(client.call("PATCH", "/globals", json={"globalFields": {"Tabla::gQuien": own}})) == "0"
    made = client.call(
        "POST", _RECORDS, json={"fieldData": {"Clave": own}, "script": "Eco", "script.param": own}
    )
    assert made.json()["response"]["scriptResult"] == own
    record_id = made.json()["response"]["recordId"]
    mine = f"{_RECORDS}/{record_id}"
    done = Counter({"made": 1})
    for count in range(1, 4):
        edited = client.call("PATCH", mine, json={"fieldData": {"Cuenta": count}, "modId": str(count - 1)})
        assert edited.json()["response"] == {"modId": str(count)}
        assert code(client.call("PATCH", mine, json={"fieldData": {"Cuenta": 9}, "modId": "0"})) == "306"
    twice = client.call("POST", _RECORDS, json={"fieldData": {"Clave": own}})
    assert code(twice) == "504"
    upload = {"upload": ("a.txt", own.encode(), "text/plain")}
    assert code(client.call("POST", f"{mine}/containers/Foto", files=upload)) == "0"
    (found,) = data(client.find("Hoja", {"Clave": f"=={own}"}))
    assert (found["recordId"], found["fieldData"]["gQuien"], found["fieldData"]["Cuenta"]) == (
        record_id, own, 3,
    )  # fmt: skip
    assert client.http.get(found["fieldData"]["Foto"], timeout=30).text == own
    while True:
        common = data(client.call("GET", f"{_RECORDS}/1"))[0]
        body = {"fieldData": {"Cuenta": common["fieldData"]["Cuenta"] + 1}, "modId": common["modId"]}
        if code(client.call("PATCH", f"{_RECORDS}/1", json=body)) == "0":
            break
        done["tried again"] += 1
    if int(record_id) % 2:
        assert code(client.call("DELETE", mine)) == "0"
        done["deleted"] += 1
    return done


@pytest.fixture(autouse=True)
def _threads_that_change_often() -> Iterator[None]:
    """Else a call is over before another thread has its turn."""
    usual = sys.getswitchinterval()
    sys.setswitchinterval(1e-5)
    yield
    sys.setswitchinterval(usual)


def _at_once(task: Callable[[int], Counter[str]]) -> Counter[str]:
    gate = threading.Barrier(_THREADS)

    def begin(number: int) -> Counter[str]:
        gate.wait(30)
        return task(number)

    with ThreadPoolExecutor(_THREADS) as pool:
        return sum(pool.map(begin, range(_THREADS)), Counter())


def test_fifty_clients_at_once_keep_tables_and_sessions_whole() -> None:
    with running(_document(), session_cap=_THREADS) as server:

        def one(number: int) -> Counter[str]:
            with signed_in(server, "Prueba") as client:
                return _everything(client, f"cliente{number}")

        done = _at_once(one)
        table = server.table("Prueba", "Tabla")
        assert done["made"] == _THREADS
        assert done["deleted"] > 0
        assert len(table) == 1 + _THREADS - done["deleted"]
        assert table.record(1).values["Cuenta"] == _THREADS
        assert table.record(1).mod_id == _THREADS
        kept = [each for each in table if each.record_id != 1]
        assert len({each.values["Clave"] for each in kept}) == len(kept)
        assert {(each.mod_id, each.values["Cuenta"]) for each in kept} == {(4, 3)}
        journal = server.journal
        assert (journal.opened, journal.closed, journal.open_sessions) == (_THREADS, _THREADS, 0)


def test_no_more_sessions_than_the_cap_are_opened_at_once() -> None:
    with running(_document(), session_cap=7) as server:

        def login(_: int) -> Counter[str]:
            client = Client(server, "Prueba")
            answered = code(client.login())
            client.close()
            return Counter({answered: 1})

        assert _at_once(login) == {"0": 7, "812": _THREADS - 7}
        assert server.journal.open_sessions == 7
