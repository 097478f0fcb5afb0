"""The file of ``--output``: only its owner can read it."""

import os
from io import TextIOWrapper
from pathlib import Path
from stat import S_ISREG
from typing import TextIO


def open_report(path: Path) -> TextIO:
    """The file, empty, before the check begins: what cannot be written is said at once. Raises OSError.

    Neither through a link nor into a pipe or a device.
    """
    flags = os.O_WRONLY | os.O_CREAT
    flags |= getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)
    handle = os.open(path, flags, 0o600)
    try:
        _refuse_devices(handle)
        if hasattr(os, "fchmod"):
            os.fchmod(handle, 0o600)  # it may have been there before
        os.ftruncate(handle, 0)
        return TextIOWrapper(os.fdopen(handle, "wb"), encoding="utf-8", newline="\n")
    except OSError:
        os.close(handle)
        raise


def _refuse_devices(handle: int) -> None:
    if not S_ISREG(os.fstat(handle).st_mode):
        raise OSError
