"""PySide's own modules are compiled once, and only the very same text counts as the same."""

import builtins
import marshal
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from ingenes_desktop.ui.kept_bytecode import KeptBytecode

COUNT = """
import builtins, os, sys
names, real = [], builtins.compile
def count(source, filename, *others, **named):
    names.append(str(filename))
    return real(source, filename, *others, **named)
builtins.compile = count
from ingenes_desktop.ui import kept_bytecode
from ingenes_desktop.ui.kept_bytecode import KeptBytecode
kept = kept_bytecode.KEPT = KeptBytecode(sys.argv[1], count)
import ingenes_desktop.ui.plain_import
import PySide6.QtWidgets
assert builtins.compile is count
kept.write()
from PySide6.QtWidgets import QLabel
try:
    QLabel(1, 2, 3)
except TypeError as error:
    assert "QLabel" in str(error)  # PySide's own words: its modules work
print(sum("shibokensupport" in name for name in names))
"""


OWN = builtins.compile


class Compiler:
    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, source: Any, filename: Any, *others: Any, **named: Any) -> Any:
        self.asked.append(filename)
        return OWN(source, filename, *others, **named)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "kept.code"


@pytest.fixture(autouse=True)
def python_s_own(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)
    yield
    builtins.compile = OWN


def compiled(path: Path, source: str, filename: str = "a.py") -> tuple[Any, int]:
    """What a run makes of ``source``, and how often Python compiled."""
    compiler = Compiler()
    kept = KeptBytecode(str(path), compiler)
    kept.begin()
    code = compile(source, filename, "exec")
    kept.end()
    builtins.compile = OWN
    kept.write()
    names: dict[str, Any] = {}
    exec(code, names)  # noqa: S102  the test's own source
    return names.get("value"), len(compiler.asked)


def test_the_second_run_compiles_nothing(path: Path) -> None:
    assert compiled(path, "value = 1") == (1, 1)
    assert compiled(path, "value = 1") == (1, 0)


def test_another_text_or_name_is_another_module(path: Path) -> None:
    compiled(path, "value = 1")
    assert compiled(path, "value = 2") == (2, 1)
    assert compiled(path, "value = 1", "b.py") == (1, 1)
    assert compiled(path, "value = 1") == (1, 0)


@pytest.mark.parametrize("harm", ["cut", "changed", "python", "other", "empty"])
def test_a_file_that_is_not_whole_is_none(path: Path, harm: str) -> None:
    compiled(path, "value = 77")
    content = path.read_bytes()
    number = (77).to_bytes(4, "little")
    assert content.count(number) == 1
    path.write_bytes(
        {
            "cut": content[:-1],
            "changed": content.replace(number, (78).to_bytes(4, "little")),
            "python": bytes([content[0] ^ 1]) + content[1:],
            "other": content[:8] + marshal.dumps([1]),
            "empty": b"",
        }[harm]
    )
    assert compiled(path, "value = 77") == (77, 1)
    assert compiled(path, "value = 77") == (77, 0)


def test_nothing_is_written_where_python_writes_no_bytecode(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    compiled(path, "value = 1")
    assert not path.exists()


def test_a_folder_that_is_not_there_is_nobody_s_trouble(tmp_path: Path) -> None:
    assert compiled(tmp_path / "nowhere" / "kept.code", "value = 1") == (1, 1)
    assert list(tmp_path.iterdir()) == []


def test_other_kinds_of_compilation_are_python_s(path: Path) -> None:
    kept = KeptBytecode(str(path))
    kept.begin()
    assert compile("1 + 1", "a.py", "eval").co_consts == (2,)
    assert compile("value: int", "a.py", "exec", dont_inherit=True) is not None
    kept.end()
    kept.write()
    assert not path.exists()


def test_pyside_s_own_modules_are_compiled_once(path: Path) -> None:
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)

    def run() -> int:
        done = subprocess.run(
            [sys.executable, "-c", COUNT, path],
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert done.returncode == 0, done.stderr
        return int(done.stdout)

    first, second = run(), run()
    assert first > 5
    assert second == 0


def test_code_is_compiled_under_the_future_of_whoever_asks(path: Path) -> None:
    source = "def f(a: 1 + 1): ...\nvalue = f.__annotations__['a']"
    asks = f"code = compile({source!r}, 'a.py', 'exec')"

    def value_for(caller: str) -> object:
        kept = KeptBytecode(str(path))
        kept.begin()
        names: dict[str, Any] = {}
        exec(OWN(caller, "caller.py", "exec"), names)  # noqa: S102  the test's own source
        kept.end()
        kept.write()
        exec(names["code"], names)  # noqa: S102  likewise
        return names["value"]

    later = f"from __future__ import annotations\n{asks}"
    assert [value_for(each) for each in (asks, later, asks, later)] == [2, "1 + 1", 2, "1 + 1"]
