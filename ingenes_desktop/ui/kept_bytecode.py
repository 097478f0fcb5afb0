"""Keeps what PySide compiles anew at each start. To be imported before PySide; it imports nothing of Qt.

PySide 6.12 carries fourteen modules of its own as source text in a zip file within its library and compiles
them whenever it is imported: 34 ms of a start that takes 140, measured, and a third of its instructions
(https://doc.qt.io/qtforpython-6/shiboken6/ has the reason: its library must not depend on one release of
Python). Python keeps the bytecode of a module that is a file; here the same is done for these: the code
stands beside this module's own, under the same rules (nothing is written with PYTHONDONTWRITEBYTECODE or
where the folder cannot be written), and counts only for the very same text, file name and Python.
"""

import __future__

import builtins
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib.util import MAGIC_NUMBER, source_hash
from marshal import dumps, loads
from types import CodeType
from typing import Any
from zlib import crc32

LARGEST_BYTES = 2 * 1024 * 1024
_FUTURE = 0
for _name in __future__.all_feature_names:
    _FUTURE |= getattr(__future__, _name).compiler_flag
_Key = tuple[str, int, bytes]


class KeptBytecode:
    """Stands in for ``compile`` between :meth:`begin` and :meth:`end`."""

    def __init__(self, path: str, compile_: Callable[..., Any] = builtins.compile) -> None:
        """``path`` is the file; ``compile_`` is Python's own."""
        self._path = path
        self._compile = compile_
        self._kept: dict[_Key, CodeType] = {}
        self._is_new = False

    def begin(self) -> None:
        """Read what is there, and stand in."""
        self._kept = _read(self._path)
        builtins.compile = self._code_of

    def end(self) -> None:
        """Give Python its own back."""
        builtins.compile = self._compile

    def write(self) -> None:
        """Keep what was compiled since for the next start; where that fails, nothing is. Any thread."""
        if not self._is_new or sys.dont_write_bytecode:
            return
        self._is_new = False
        content = dumps(self._kept)
        temporary = f"{self._path}.{os.getpid()}"
        with suppress(OSError):
            try:
                with open(temporary, "xb") as file:  # noqa: PTH123  pathlib is not loaded yet
                    file.write(MAGIC_NUMBER + crc32(content).to_bytes(4, "big") + content)
                os.replace(temporary, self._path)  # noqa: PTH105  likewise
            except BaseException:
                os.unlink(temporary)  # noqa: PTH108  likewise
                raise

    def _code_of(self, source: Any, filename: Any, mode: str, *others: Any, **named: Any) -> Any:
        # What Python does as well: the code is compiled under the future statements of whoever asks.
        flags = sys._getframe(1).f_code.co_flags & _FUTURE  # noqa: SLF001  there is no other way to know
        text = source.encode() if isinstance(source, str) else source
        if others or named or mode != "exec" or not isinstance(text, bytes) or not isinstance(filename, str):
            return self._compile(source, filename, mode, *others, **named)
        key = (filename, flags, source_hash(text))
        code = self._kept.get(key)
        if code is None:
            code = self._kept[key] = self._compile(source, filename, mode, flags, True)  # noqa: FBT003  dont_inherit
            self._is_new = True
        return code


def _read(path: str) -> dict[_Key, CodeType]:
    """What write() wrote with this very Python; nothing where that is not whole."""
    head = len(MAGIC_NUMBER) + 4
    with suppress(OSError, ValueError, EOFError, TypeError):
        with open(path, "rb") as file:  # noqa: PTH123  pathlib is not loaded yet
            content = file.read(LARGEST_BYTES)
        body = content[head:]
        if content[:head] == MAGIC_NUMBER + crc32(body).to_bytes(4, "big"):
            kept = loads(body)  # noqa: S302  as trustworthy as the .pyc files around it
            if isinstance(kept, dict):
                return kept
    return {}


def _beside_this_module() -> str:
    folder = os.path.dirname(__file__)  # noqa: PTH120  pathlib is not loaded yet
    return f"{folder}{os.sep}__pycache__{os.sep}pyside.{sys.implementation.cache_tag}.code"


KEPT = KeptBytecode(_beside_this_module())
