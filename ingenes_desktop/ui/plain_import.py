"""Loads PySide's core quickly, and takes its import hook away. To be imported before the rest of the program.

PySide puts a function of its own in the place of ``__import__``, which reads the source of every module
imported from then on and keeps it in memory, to see whether it says "PySide6": such a module could choose
another spelling of Qt's names (``from __feature__ import snake_case``,
https://doc.qt.io/qtforpython-6/considerations.html). This program never does. Measured with PySide6 6.12:
3 ms less before the first paint, and a thousand files fewer are read behind it.
"""

import builtins

from ingenes_desktop.ui.kept_bytecode import KEPT

KEPT.begin()
try:
    import PySide6.QtCore  # noqa: F401  it brings the hook
finally:
    KEPT.end()

# A release without the hook leaves nothing to take away.
builtins.__import__ = getattr(builtins, "__orig_import__", builtins.__import__)
