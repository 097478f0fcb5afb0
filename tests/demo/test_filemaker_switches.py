"""Switching the faults of the FileMaker server, in code and as JSON, while it runs."""

import threading
from collections.abc import Callable
from typing import Any

import pytest

from ingenes_desktop.demo.filemaker import faults
from ingenes_desktop.demo.filemaker.fault_switches import Faults, Switch
from ingenes_desktop.demo.filemaker.faults import FAULTS, FaultError, fault_from_json, fault_to_json
from ingenes_desktop.demo.filemaker.journal import Call
from ingenes_desktop.demo.filemaker.server import FileMakerServer
from tests.demo.filemaker_client import Client, code, signed_in

ANA = {"Email": "==ana\\@clinica.example"}


def test_a_count_is_spent_by_the_calls_it_concerns_only(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.NoRecord(), count=2)
    client.call("GET", "/layouts")
    codes = [code(client.find("@Usuarios", ANA)) for _ in range(3)]
    assert codes == ["401", "401", "0"]
    assert server.faults.active == ()


def test_clear_switches_everything_off(server: FileMakerServer, client: Client) -> None:
    for kind in (faults.EngineDown(), faults.HalfJson(), faults.NoRecord()):
        server.faults.switch_on(kind)
    assert len(server.faults.active) == 3
    server.faults.clear()
    assert code(client.find("@Usuarios", ANA)) == "0"


@pytest.mark.parametrize(
    ("description", "fault"),
    [
        ({"kind": "slow", "seconds": 0.06}, faults.Slow(0.06)),
        ({"kind": "slow", "seconds": 1}, faults.Slow(1)),
        ({"kind": "full"}, faults.Full()),
        ({"kind": "look_alike"}, faults.LookAlike()),
        ({"kind": "error_code", "code": 301}, faults.ErrorCode(301)),
        ({"kind": "field_values", "values": {"a": None}}, faults.FieldValues({"a": None})),
        (
            {"kind": "field_missing", "field": "Email", "searchable": True},
            faults.FieldMissing("Email", searchable=True),
        ),
    ],
)
def test_a_fault_can_be_described_in_json(description: dict[str, Any], fault: object) -> None:
    assert fault_from_json(description) == fault
    assert fault_from_json(fault_to_json(fault_from_json(description))) == fault


@pytest.mark.parametrize(
    "description",
    [{}, {"kind": "nada"}, {"kind": ["slow"]}, {"kind": "slow"}, {"kind": "slow", "seconds": "1"},
     {"kind": "slow", "seconds": True}, {"kind": "full", "x": 1}, {"kind": "error_code", "code": 1.5},
     {"kind": "field_values", "values": []}],
)  # fmt: skip
def test_a_malformed_description_is_refused(description: dict[str, Any]) -> None:
    with pytest.raises(FaultError):
        fault_from_json(description)


@pytest.mark.parametrize(
    "description",
    [
        {"kind": "slow", "seconds": 2, "count": 3, "on": "find"},
        {"kind": "full", "count": 1},
        {"kind": "no_record", "on": "find"},
        {"kind": "engine_down", "retry_after": ""},
        {"kind": "error_code", "code": 301, "status": 0, "on": "edit"},
        {"kind": "other_base_table", "layout": "@Usuarios", "table": "Contactos"},
        {"kind": "field_values", "values": {"a": None, "b": ["<x>"]}},
    ],
)
def test_a_switch_is_written_as_it_is_read(server: FileMakerServer, description: dict[str, Any]) -> None:
    server.faults.apply(Switch.from_json(description))
    (switch,) = server.faults.switches
    assert switch.to_json() == description


def test_count_and_on_may_be_null() -> None:
    description = {"kind": "full", "count": None, "on": None}
    assert Switch.from_json(description) == Switch(faults.Full())


@pytest.mark.parametrize(
    "more",
    [{"count": 0}, {"count": -1}, {"count": 1.0}, {"count": True}, {"count": "1"}, {"on": "nada"},
     {"on": ["find"]}, {"on": ""}, {"off": "find"}, {"on": "find"}],
)  # fmt: skip
def test_a_malformed_switch_is_refused(more: dict[str, Any]) -> None:
    with pytest.raises(FaultError):
        Switch.from_json({"kind": "full"} | more)


def test_the_switches_tell_which_count_is_left(server: FileMakerServer, client: Client) -> None:
    server.faults.apply(Switch.from_json({"kind": "no_record", "count": 3, "on": "find"}))
    client.find("@Usuarios", ANA)
    assert [each.to_json() for each in server.faults.switches] == [
        {"kind": "no_record", "count": 2, "on": "find"}
    ]


def _held(server: FileMakerServer, client: Client, fault: faults.Slow, **more: Any) -> threading.Thread:
    """A call that is held back, and the thread that waits for its answer."""
    server.faults.switch_on(fault, **more)
    known = len(server.journal.calls)
    answers: list[int] = []
    asking = threading.Thread(target=lambda: answers.append(client.call("GET", "/layouts").status_code))
    asking.start()
    assert server.journal.wait_until(lambda journal: len(journal.calls) > known, 10)
    return asking


@pytest.mark.parametrize(
    "change",
    [
        lambda switched: switched.clear(),
        lambda switched: switched.switch_off(faults.Slow),
        lambda switched: switched.switch_on(faults.Slow(0)),
    ],
)
@pytest.mark.parametrize("count", [None, 1])
def test_a_change_lets_an_answer_go_that_is_held_back(
    server: FileMakerServer, client: Client, change: Callable[[Faults], None], count: int | None
) -> None:
    asking = _held(server, client, faults.Slow(600), count=count)
    change(server.faults)
    asking.join(10)
    assert not asking.is_alive()
    server.faults.clear()
    assert code(client.call("GET", "/layouts")) == "0"


def test_a_change_of_another_fault_lets_nothing_go(server: FileMakerServer, client: Client) -> None:
    asking = _held(server, client, faults.Slow(600), on=Call.LAYOUTS)
    server.faults.switch_on(faults.Slow(0), on=Call.FIND)
    server.faults.switch_off(faults.Full)
    with signed_in(server) as other:
        assert code(other.find("@Usuarios", ANA)) == "0"
    assert asking.is_alive()
    server.faults.clear()
    asking.join(10)
    assert not asking.is_alive()


def test_a_fault_of_one_call_goes_before_one_of_all(server: FileMakerServer, client: Client) -> None:
    server.faults.switch_on(faults.ErrorCode(301))
    server.faults.switch_on(faults.ErrorCode(813), count=1, on=Call.FIND)
    assert [code(client.find("@Usuarios", ANA)) for _ in range(2)] == ["813", "301"]
    assert code(client.call("GET", "/layouts")) == "301"


def test_the_faults_can_be_changed_from_many_threads(server: FileMakerServer, client: Client) -> None:
    def change() -> None:
        for _ in range(50):
            server.faults.switch_on(faults.Slow(0), count=1)
            server.faults.switch_off(faults.Slow)

    threads = [threading.Thread(target=change) for _ in range(4)]
    for thread in threads:
        thread.start()
    codes = {code(client.call("GET", "/layouts")) for _ in range(30)}
    for thread in threads:
        thread.join(10)
    assert codes == {"0"}
    server.faults.clear()
    assert server.faults.switches == ()


@pytest.mark.parametrize(
    "fault",
    [
        faults.ErrorCode(1, status=99),
        faults.ErrorCode(1, status=204),
        faults.ErrorCode(1, status=304),
        faults.ErrorCode(10**20),
        faults.EngineDown("a\r\nb: c"),
        faults.EngineDown("9" * 101),
    ],
)
def test_a_fault_that_is_no_http_is_refused(server: FileMakerServer, fault: faults.Fault) -> None:
    with pytest.raises(FaultError):
        server.faults.switch_on(fault)


@pytest.mark.parametrize("seconds", [-1, 1e9, float("nan"), float("inf")])
def test_a_delay_that_is_none_is_refused(server: FileMakerServer, seconds: float) -> None:
    with pytest.raises(FaultError):
        server.faults.switch_on(faults.Slow(seconds))


def test_a_count_below_one_is_refused(server: FileMakerServer) -> None:
    with pytest.raises(FaultError):
        server.faults.switch_on(faults.Full(), count=0)


def test_every_kind_of_fault_has_a_name() -> None:
    assert set(FAULTS.values()) == set(faults.Fault.__args__)
