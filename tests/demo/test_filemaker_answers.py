"""The FileMaker server's error codes: each has its HTTP status and its words."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from ingenes_desktop.demo import filemaker
from ingenes_desktop.demo.filemaker.answers import CODES, FileMakerError, failure

_ONLY_BY_A_FAULT = {9, 103, 106, 108, 110, 111, 301, 507, 813, 953, 956}


def _codes_in(path: Path) -> Iterator[int]:
    """The codes a module raises or names where it speaks of codes."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "FileMakerError"
        ):
            for value in ast.walk(node.args[0]):
                if isinstance(value, ast.Constant) and isinstance(value.value, int):
                    yield value.value


def test_every_code_the_server_raises_is_in_the_table() -> None:
    rooms = [Path(each) for each in filemaker.__path__]
    raised = {code for room in rooms for path in room.glob("*.py") for code in _codes_in(path)}
    assert raised - CODES.keys() == set()
    assert {101, 102, 401, 802, 952, 960, 1704} <= raised
    assert raised & _ONLY_BY_A_FAULT == set()


@pytest.mark.parametrize(
    ("code", "status"),
    [(0, 200), (10, 401), (212, 401), (952, 401), (1702, 401), (958, 400), (960, 400), (1704, 405),
     (1705, 415), (401, 500), (101, 500), (306, 500), (812, 500), (956, 500)],
)  # fmt: skip
def test_a_code_has_the_status_of_claris_rule(code: int, status: int) -> None:
    assert CODES[code][0] == status


def test_every_other_code_is_an_error_of_filemaker_itself() -> None:
    others = {code for code, (status, _) in CODES.items() if status == 500}
    assert others == {code for code in CODES if 9 <= code < 950 and code not in (10, 212)} | {953, 956}


def test_an_answer_has_the_code_as_text_and_an_empty_response() -> None:
    answer = failure(FileMakerError(960, "limit"))
    assert answer.body == (
        b'{"response": {}, "messages": [{"code": "960", "message": "Parameter is invalid: limit"}]}'
    )
    assert answer.code == 960
