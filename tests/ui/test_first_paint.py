"""What is not there yet when the sign-in window is painted for the first time."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QToolButton, QWidget

from ingenes_desktop.adapters.settings import load_settings_of_this_machine
from ingenes_desktop.adapters.vault_folder import vault_folder
from ingenes_desktop.ui import early_values
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit

# Run in a process of its own. Lazily built by PySide: the namespace Qt with its enumerations is put
# into its module's dictionary when it is first touched, by name or by any call that needs it.
PAINT = """
import builtins, linecache, os, sys
from PySide6 import QtCore, QtGui, QtWidgets
from ingenes_desktop.app import run

def look(window):
    window.MOMENT.connect(tell)

def tell():
    built = [f"{m.__name__}.{n}" for m, n in LAZY if n in vars(m)]
    read = [path for path in linecache.cache if "widgets" in path]
    # Qt's painter makes threads for large translucent areas, and waits for them.
    tasks = "/proc/self/task"
    if os.path.isdir(tasks) and len(os.listdir(tasks)) > 1:
        built.append("a second thread")
    print(*built, *(name for name in HEAVY if name in sys.modules), *read, flush=True)
    os._exit(0)

LAZY = [(QtCore, "Qt"), (QtWidgets, "QStyle"), (QtGui, "QAccessible"), (QtGui, "QIcon")]
HEAVY = HEAVY_MODULES
BEFORE
run(["ingenes-desktop"], os.environ, on_window=look)
"""
# Not PySide6.QtSvg: the brand's mark and the icons stand in the first paint. It is 1 % of a start (8 of 760
# million instructions with four icons), and a window that gets its mark a frame later flickers.
HEAVY_MODULES = (
    "tomllib",
    "PySide6.QtNetwork",
    "boto3",
    "botocore",
    "requests",
    "jwt",
    "cryptography",
    "keyring",
    "qasync",
    "ssl",
    "asyncio",
    "logging.handlers",
    "dataclasses",
    "json",
    "unicodedata",
    "ingenes_desktop.wiring",
    "ingenes_desktop.ui.messages",
)


def there_at_the_first_paint(
    language: str, before: str = "", moment: str = "painted", **environment: str
) -> list[str]:
    """What was built or imported when the window says that it is ``moment``."""
    program = PAINT.replace("HEAVY_MODULES", repr(HEAVY_MODULES)).replace("BEFORE", before)
    program = program.replace("MOMENT", moment)
    done = subprocess.run(
        [sys.executable, "-c", program],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen", "INGENES_LANGUAGE": language, **environment},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return done.stdout.split()


@pytest.mark.parametrize("language", ["es", "en"])
def test_nothing_is_loaded_before_it_is_needed(language: str) -> None:
    assert there_at_the_first_paint(language) == []


@pytest.mark.parametrize("language", ["es", "en"])
def test_nor_where_a_kept_session_is_taken_up(language: str, tmp_path: Path) -> None:
    environment = {**os.environ, "XDG_STATE_HOME": str(tmp_path)}
    vault = vault_folder(load_settings_of_this_machine(environment), environment, sys.platform).vault
    vault.parent.mkdir()
    vault.touch()
    # To be sure that this is the view: it is the only one with a progress line.
    line = "ingenes_desktop.ui.widgets.progress_line"
    before = f"HEAVY = (*HEAVY, {line!r})"
    assert there_at_the_first_paint(language, before, XDG_STATE_HOME=str(tmp_path)) == [line]


def test_the_window_has_loaded_its_own_before_anything_else_begins() -> None:
    there = there_at_the_first_paint("es", moment="settled")
    assert there == ["PySide6.QtCore.Qt", "PySide6.QtWidgets.QStyle", "PySide6.QtGui.QIcon"]


def test_the_probe_sees_the_namespace_and_a_module() -> None:
    before = 'QtGui.QBrush(QtGui.QColor("red")); import ssl'
    assert there_at_the_first_paint("es", before) == ["PySide6.QtCore.Qt", "ssl"]


def test_the_early_values_are_those_of_qt(qapp: QApplication) -> None:
    _ = qapp
    numbers = {name: value for name, value in vars(early_values).items() if name.isupper()}
    hint = Qt.InputMethodHint
    assert numbers == {
        "NO_FOCUS": Qt.FocusPolicy.NoFocus.value,
        "TAB_FOCUS": Qt.FocusPolicy.TabFocus.value,
        "PLAIN_TEXT": Qt.TextFormat.PlainText.value,
        "SHOW_MNEMONIC": Qt.TextFlag.TextShowMnemonic.value,
        "HIDE_MNEMONIC": Qt.TextFlag.TextHideMnemonic.value,
        "WORD_WRAP": Qt.TextFlag.TextWordWrap.value,
        "LEFT_IN_THE_MIDDLE": (Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter).value,
        "HIDDEN_TEXT": hint.ImhHiddenText.value,
        "SENSITIVE_DATA": hint.ImhSensitiveData.value,
        "NO_AUTO_UPPERCASE": hint.ImhNoAutoUppercase.value,
        "NO_PREDICTIVE_TEXT": hint.ImhNoPredictiveText.value,
    }


def test_the_properties_take_the_numbers(qapp: QApplication) -> None:
    _ = qapp
    widget, label, edit = QWidget(), QLabel(), PasswordEdit()
    widget.setProperty("focusPolicy", early_values.TAB_FOCUS)
    label.setProperty("textFormat", early_values.PLAIN_TEXT)
    assert widget.focusPolicy() is Qt.FocusPolicy.TabFocus
    assert label.textFormat() is Qt.TextFormat.PlainText
    hint = Qt.InputMethodHint
    assert edit.inputMethodHints() == (
        hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoAutoUppercase | hint.ImhNoPredictiveText
    )
    assert edit.echoMode() is QLineEdit.EchoMode.Password
    eye: QToolButton = edit.eye
    assert eye.focusPolicy() is Qt.FocusPolicy.TabFocus
