"""The calls to Windows behind its on-screen keyboards, with ctypes. Only imported on Windows (and by mypy).

https://learn.microsoft.com/windows/win32/api/shobjidl_core/nn-shobjidl_core-iframeworkinputpane
https://learn.microsoft.com/windows/win32/api/shlobj_core/nf-shlobj_core-shgetknownfolderpath
https://learn.microsoft.com/windows/win32/api/shellapi/nf-shellapi-shellexecutew

Both programs are started by their full paths, as Windows itself names those folders: no search path, no
variable of the environment and no argument has a say in what runs.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from ctypes import wintypes
from pathlib import PureWindowsPath
from typing import Any
from uuid import UUID

_FRAMEWORK_INPUT_PANE = (
    UUID("d5120aa3-46ba-44c5-822d-ca8092c1fc72"),
    UUID("5752238b-24f0-495a-82f1-2fd593056796"),
)
_TIP_INVOCATION = (
    UUID("4ce576fa-83dc-4f88-951c-9d0782b4e376"),
    UUID("37c994e7-432b-4834-a2f7-dce1f13b834b"),
)
_PROGRAM_FILES_COMMON = UUID("f7f1ed05-9f6d-47a2-aaae-29d317c6f066")
_TOUCH_KEYBOARD = ("Microsoft Shared", "Ink", "TabTip.exe")
_OLDER_KEYBOARD = "osk.exe"
_OLDER_WINDOW = "OSKMainClass"
# Places in the tables of methods: IUnknown has the first three.
_RELEASE, _TOGGLE, _LOCATION = 2, 3, 6
_CLSCTX_ALL = 0x17
_COINIT_APARTMENTTHREADED = 0x2
_SW_SHOWNOACTIVATE = 4
_SHELL_EXECUTE_WORKED = 32
_WM_CLOSE = 0x0010
_LONGEST_PATH = 260


class SystemCalls:
    """Calls, as windows.py has them."""

    def __init__(self) -> None:
        self._ole = ctypes.WinDLL("ole32")  # type: ignore[attr-defined, unused-ignore]  # Windows alone
        self._user = ctypes.WinDLL("user32")  # type: ignore[attr-defined, unused-ignore]  # likewise
        self._shell = ctypes.WinDLL("shell32")  # type: ignore[attr-defined, unused-ignore]  # likewise
        self._kernel = ctypes.WinDLL("kernel32")  # type: ignore[attr-defined, unused-ignore]  # likewise
        self._ole.CoInitializeEx.argtypes = (ctypes.c_void_p, wintypes.DWORD)
        self._ole.CoTaskMemFree.argtypes = (ctypes.c_void_p,)
        self._user.FindWindowW.argtypes = (wintypes.LPCWSTR, wintypes.LPCWSTR)
        self._user.FindWindowW.restype = wintypes.HWND
        self._user.GetDesktopWindow.restype = wintypes.HWND
        self._user.IsWindowVisible.argtypes = (wintypes.HWND,)
        self._user.IsIconic.argtypes = (wintypes.HWND,)
        self._user.PostMessageW.argtypes = (
            wintypes.HWND,
            wintypes.UINT,
            wintypes.WPARAM,
            wintypes.LPARAM,
        )
        self._shell.ShellExecuteW.argtypes = (
            wintypes.HWND,
            wintypes.LPCWSTR,
            wintypes.LPCWSTR,
            wintypes.LPCWSTR,
            wintypes.LPCWSTR,
            ctypes.c_int,
        )
        self._shell.ShellExecuteW.restype = ctypes.c_ssize_t
        self._kernel.GetSystemDirectoryW.argtypes = (wintypes.LPWSTR, wintypes.UINT)

    def touch_is_shown(self) -> bool | None:
        """See Calls: the place it takes on the screen is empty where it is not shown."""
        with self._interface(*_FRAMEWORK_INPUT_PANE) as pane:
            if pane is None:
                return None
            place = wintypes.RECT()
            method = _method(_LOCATION, "Location", ctypes.POINTER(wintypes.RECT))
            if method(pane, ctypes.byref(place)) < 0:
                return None
            return place.right > place.left and place.bottom > place.top

    def toggle_touch(self) -> bool:
        """See Calls."""
        with self._interface(*_TIP_INVOCATION) as invocation:
            if invocation is None:
                return False
            return bool(
                _method(_TOGGLE, "Toggle", wintypes.HWND)(invocation, self._user.GetDesktopWindow()) >= 0
            )

    def start_touch(self) -> bool:
        """See Calls."""
        folder = self._known_folder(_PROGRAM_FILES_COMMON)
        return folder is not None and self._start(folder.joinpath(*_TOUCH_KEYBOARD))

    def older_is_shown(self) -> bool:
        """See Calls."""
        window = self._user.FindWindowW(_OLDER_WINDOW, None)
        return bool(window and self._user.IsWindowVisible(window) and not self._user.IsIconic(window))

    def start_older(self) -> bool:
        """See Calls."""
        buffer = ctypes.create_unicode_buffer(_LONGEST_PATH)
        length = self._kernel.GetSystemDirectoryW(buffer, _LONGEST_PATH)
        return 0 < length < _LONGEST_PATH and self._start(PureWindowsPath(buffer.value) / _OLDER_KEYBOARD)

    def close_older(self) -> None:
        """See Calls."""
        window = self._user.FindWindowW(_OLDER_WINDOW, None)
        if window:
            self._user.PostMessageW(window, _WM_CLOSE, 0, 0)

    def _start(self, program: PureWindowsPath) -> bool:
        # Not as a child: both ask for the right to reach other programs' windows, which only the shell gives.
        with self._com():
            # In its own folder: nothing is looked for in the one that this program was started from.
            folder = str(program.parent)
            result = self._shell.ShellExecuteW(None, "open", str(program), None, folder, _SW_SHOWNOACTIVATE)
        return bool(result > _SHELL_EXECUTE_WORKED)

    def _known_folder(self, folder: UUID) -> PureWindowsPath | None:
        place = ctypes.c_wchar_p()
        found = self._shell.SHGetKnownFolderPath(_guid(folder), 0, None, ctypes.byref(place)) >= 0
        try:
            return PureWindowsPath(place.value) if found and place.value else None
        finally:
            self._ole.CoTaskMemFree(ctypes.cast(place, ctypes.c_void_p))

    @contextmanager
    def _interface(self, of_class: UUID, interface: UUID) -> Iterator[ctypes.c_void_p | None]:
        """A COM object of this thread, given back at the end; None where there is none."""
        with self._com():
            pointer = ctypes.c_void_p()
            made = self._ole.CoCreateInstance(
                _guid(of_class), None, _CLSCTX_ALL, _guid(interface), ctypes.byref(pointer)
            )
            try:
                yield pointer if made >= 0 and pointer.value else None
            finally:
                if pointer.value:
                    _method(_RELEASE, "Release")(pointer)

    @contextmanager
    def _com(self) -> Iterator[None]:
        """COM on this thread, as long as it is wanted."""
        begun = self._ole.CoInitializeEx(None, _COINIT_APARTMENTTHREADED) >= 0
        try:
            yield
        finally:
            if begun:
                self._ole.CoUninitialize()


def _guid(value: UUID) -> Any:
    return ctypes.create_string_buffer(value.bytes_le, 16)


def _method(place: int, name: str, *arguments: Any) -> Any:
    """The method at ``place`` of an object's table; its first argument is the object."""
    return ctypes.WINFUNCTYPE(ctypes.c_long, *arguments)(place, name)  # type: ignore[attr-defined, unused-ignore]  # Windows alone
