"""Keeps None, True and their like alive under PySide6 6.12 on Python 3.11."""

import sys

_MANY = 1 << 40


def keep_singletons() -> None:
    """Make the interpreter's singletons outlive every lost reference. Again, or on 3.12: does nothing.

    WORKAROUND for PySide6 6.12.0, measured with CPython 3.11: its calls give back references that they
    never took, as is right from Python 3.12 on, where these objects are immortal
    (https://peps.python.org/pep-0683/). Every ``Signal.emit()`` costs one reference to True, every
    blink of a text cursor over a widget painted in Python some twenty to None; a process starts with
    about 600 and 6,000. An idle sign-in window ended after 3 minutes with "Fatal Python error:
    none_dealloc".
    """
    if sys.version_info >= (3, 12) or sys.implementation.name != "cpython":
        return
    from ctypes import c_ssize_t  # noqa: PLC0415  wanted nowhere else

    for singleton in (None, True, False, NotImplemented, Ellipsis):
        # The reference count is the first field of every object.
        count = c_ssize_t.from_address(id(singleton))
        if count.value < _MANY:
            count.value += _MANY
