"""No core dump, no debugger and no other program of the same user reads this process' memory.

It holds against programs without more rights than the user's. An administrator can always read it; on
Linux the same is true of a debugger that was attached before.
"""

import sys
from typing import Any, Final

# https://man7.org/linux/man-pages/man2/PR_SET_DUMPABLE.2const.html
_PR_GET_DUMPABLE: Final = 3
_PR_SET_DUMPABLE: Final = 4
# <sys/ptrace.h> of macOS; its manual page names it.
_PT_DENY_ATTACH: Final = 31
# https://learn.microsoft.com/windows/win32/api/errhandlingapi/nf-errhandlingapi-seterrormode
_NO_ERROR_BOXES: Final = 0x0001 | 0x0002 | 0x8000
# https://learn.microsoft.com/windows/win32/api/werapi/nf-werapi-wersetflags
_WER_NO_HEAP: Final = 0x0001
# https://learn.microsoft.com/windows/win32/procthread/process-security-and-access-rights
_PROCESS_TERMINATE: Final = 0x0001
_PROCESS_QUERY_LIMITED_INFORMATION: Final = 0x1000
_SYNCHRONIZE: Final = 0x0010_0000
_DACL_SECURITY_INFORMATION: Final = 0x0004


def refuse_dumps(platform: str = sys.platform) -> tuple[str, ...]:
    """Close this process' memory to others, for good; the names of what could not be had, for the log.

    Called before the first password can be typed. Costs under a millisecond. Never raises.
    """
    if platform == "win32":
        steps = {
            "error_boxes": _no_error_boxes,
            "error_reports": _no_heap_in_reports,
            "process_dacl": _close_dacl,
        }
    elif platform == "darwin":
        steps = {"core_limit": _no_core_file, "debugger": _deny_attach}
    else:
        steps = {"core_limit": _no_core_file, "dumpable": _not_dumpable}
    return tuple(name for name, step in steps.items() if not _succeeds(step))


def process_dacl(user_sid: str) -> str:
    """The access list of the process, as an SDDL string: who is not on it gets nothing.

    The user may end the process, wait for it and ask for its name, as with a protected process; not read
    or write its memory, and not copy its handles. The owner may read this list and, unlike other owners,
    not change it. https://learn.microsoft.com/windows/win32/secauthz/ace-strings
    """
    rights = _SYNCHRONIZE | _PROCESS_QUERY_LIMITED_INFORMATION | _PROCESS_TERMINATE
    return f"D:P(A;;0x{rights:x};;;{user_sid})(A;;RC;;;OW)"


def _succeeds(step: Any) -> bool:
    try:
        return bool(step())
    except Exception:  # noqa: BLE001  the program runs on without, and the log says so
        return False


def _no_core_file() -> bool:
    import resource  # noqa: PLC0415  POSIX alone

    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # type: ignore[attr-defined, unused-ignore]  # likewise
    return True


def _not_dumpable() -> bool:
    from ctypes import CDLL  # noqa: PLC0415  only what the platform needs

    library = CDLL(None)
    # As well where the core goes to a program: the limit of a core file does not hold there.
    library.prctl(_PR_SET_DUMPABLE, 0, 0, 0, 0)
    return bool(library.prctl(_PR_GET_DUMPABLE, 0, 0, 0, 0) == 0)


def _deny_attach() -> bool:
    from ctypes import CDLL, c_int, c_void_p  # noqa: PLC0415  likewise

    ptrace = CDLL(None).ptrace
    ptrace.argtypes = (c_int, c_int, c_void_p, c_int)
    return bool(ptrace(_PT_DENY_ATTACH, 0, None, 0) == 0)


def _windows(name: str) -> Any:
    import ctypes  # noqa: PLC0415  likewise

    return ctypes.WinDLL(name, use_last_error=True)  # type: ignore[attr-defined, unused-ignore]  # Windows alone


def _no_error_boxes() -> bool:
    _windows("kernel32").SetErrorMode(_NO_ERROR_BOXES)
    return True


def _no_heap_in_reports() -> bool:
    return bool(_windows("kernel32").WerSetFlags(_WER_NO_HEAP) == 0)


def _close_dacl() -> bool:
    from ctypes import byref, c_void_p, wintypes  # noqa: PLC0415  likewise

    from ingenes_desktop.adapters.os_account import read_windows_sid  # noqa: PLC0415  likewise

    kernel, security = _windows("kernel32"), _windows("advapi32")
    kernel.GetCurrentProcess.restype = wintypes.HANDLE
    kernel.LocalFree.argtypes = (c_void_p,)
    security.SetKernelObjectSecurity.argtypes = (wintypes.HANDLE, wintypes.DWORD, c_void_p)
    descriptor = c_void_p()
    sddl = process_dacl(read_windows_sid())
    if not security.ConvertStringSecurityDescriptorToSecurityDescriptorW(sddl, 1, byref(descriptor), None):
        return False
    try:
        return bool(
            security.SetKernelObjectSecurity(
                kernel.GetCurrentProcess(), _DACL_SECURITY_INFORMATION, descriptor
            )
        )
    finally:
        kernel.LocalFree(descriptor)
