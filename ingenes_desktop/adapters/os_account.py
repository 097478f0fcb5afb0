"""The system's own id for the account that runs this process."""

import ctypes
import os
from collections.abc import Callable
from contextlib import suppress
from re import fullmatch
from typing import Any

from ingenes_desktop.domain.errors import AuthError, ErrorCode

_TOKEN_QUERY = 0x0008
_TOKEN_USER = 1
_LARGEST_TOKEN_USER = 1024
"""Bytes: a pointer, its attributes, and a SID of at most 68."""


def account_id(platform: str, windows_sid: Callable[[], str] | None = None) -> str:
    """ "uid:1000", or on Windows the SID. Raises AuthError SESSION_NOT_KEPT where none is to be had.

    ``windows_sid`` asks Windows where it is not given (read_windows_sid); it may raise anything.
    """
    if platform != "win32":
        return f"uid:{os.geteuid()}"
    sid: object = None
    # Whatever is odd here means that nothing can be bound to it.
    with suppress(Exception):
        sid = (windows_sid or read_windows_sid)()
    if isinstance(sid, str) and fullmatch(r"S-1(-[0-9]{1,15}){1,16}", sid):
        return sid
    raise AuthError(ErrorCode.SESSION_NOT_KEPT, detail="NO_ACCOUNT")


def read_windows_sid() -> str:
    """The SID of the process's user: OpenProcessToken, GetTokenInformation, ConvertSidToStringSidW.

    https://learn.microsoft.com/en-us/windows/win32/api/securitybaseapi/nf-securitybaseapi-gettokeninformation
    """
    # Not WinDLL's attribute by name: it is there on Windows alone.
    load: Callable[..., Any] = vars(ctypes)["WinDLL"]
    kernel32 = load("kernel32", use_last_error=True)
    advapi32 = load("advapi32", use_last_error=True)
    kernel32.GetCurrentProcess.restype = ctypes.c_void_p
    kernel32.CloseHandle.argtypes = [ctypes.c_void_p]
    kernel32.LocalFree.argtypes = [ctypes.c_void_p]
    kernel32.LocalFree.restype = ctypes.c_void_p
    advapi32.OpenProcessToken.argtypes = [ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(ctypes.c_void_p)]
    advapi32.GetTokenInformation.argtypes = [
        ctypes.c_void_p, ctypes.c_int, ctypes.c_void_p, ctypes.c_ulong, ctypes.POINTER(ctypes.c_ulong)
    ]  # fmt: skip
    advapi32.ConvertSidToStringSidW.argtypes = [ctypes.c_void_p, ctypes.POINTER(ctypes.c_void_p)]

    token = ctypes.c_void_p()
    _succeed(advapi32.OpenProcessToken(kernel32.GetCurrentProcess(), _TOKEN_QUERY, ctypes.byref(token)))
    try:
        # TOKEN_USER begins with a pointer to the SID, which stands behind it in the same memory.
        user = (ctypes.c_void_p * (_LARGEST_TOKEN_USER // ctypes.sizeof(ctypes.c_void_p)))()
        size = ctypes.c_ulong()
        _succeed(
            advapi32.GetTokenInformation(
                token, _TOKEN_USER, ctypes.byref(user), ctypes.sizeof(user), ctypes.byref(size)
            )
        )
        text = ctypes.c_void_p()
        _succeed(advapi32.ConvertSidToStringSidW(user[0], ctypes.byref(text)))
    finally:
        kernel32.CloseHandle(token)
    if not text.value:
        raise OSError
    try:
        return ctypes.wstring_at(text.value)
    finally:
        kernel32.LocalFree(text)


def _succeed(result: int) -> None:
    if not result:
        raise OSError
