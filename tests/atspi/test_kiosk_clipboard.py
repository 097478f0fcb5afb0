"""A kiosk's clipboard and X11's selection, as another program finds them: ours go with the session."""

import ast
import sys

from tests.atspi.accessible import Accessible, Role, State
from tests.atspi.desktop import Desktop
from tests.atspi.waiting import wait_until
from tests.ui.states import ANA

KIOSK = [sys.executable, "-m", "tests.atspi.copying_window"]

READER = """
from PySide6.QtGui import QClipboard, QGuiApplication
application = QGuiApplication([])
clipboard = application.clipboard()
print([clipboard.text(), clipboard.text(QClipboard.Mode.Selection)])
"""
OWNER = """
from PySide6.QtGui import QClipboard, QGuiApplication
application = QGuiApplication([])
clipboard = application.clipboard()
clipboard.setText("of another program")
print("copied", flush=True)
application.exec()
"""


def read(desktop: Desktop) -> list[str]:
    """What stands on the clipboard, and in the selection."""
    process, log = desktop.spawn([sys.executable, "-c", READER])
    assert process.wait(20) == 0, log.read_text()
    found: list[str] = ast.literal_eval(log.read_text())
    return found


def copy_and_select(desktop: Desktop, root: Accessible) -> None:
    """Copy the telephone number by its button, and select a part of what is searched for in the help."""
    button = root.find(Role.BUTTON, "Copiar teléfono")
    button.click(desktop.input)
    desktop.input.press("F1")
    search = root.find(Role.TEXT, "Buscar")
    search.wait_state(State.FOCUSED)
    desktop.input.type(ANA.username)
    search.wait_count(len(ANA.username))
    left, top, _, height = search.extents()
    desktop.input.drag(left + 14, top + height // 2, left + 44)

    def is_there() -> bool:
        copied, selected = read(desktop)
        return copied == button.description() != "" and selected != "" and selected in ANA.username

    wait_until(is_there, "both to be there")
    desktop.input.press("Escape")


def sign_out(desktop: Desktop, root: Accessible) -> None:
    """The same program shows the form: had it ended, X11 would have forgotten by itself."""
    root.find(Role.BUTTON, "Cerrar sesión").click(desktop.input)
    root.find(Role.TEXT, "Correo electrónico")


def test_the_next_person_finds_neither_clipboard_nor_selection(desktop: Desktop) -> None:
    with desktop.program(KIOSK) as program:
        copy_and_select(desktop, program.root)
        sign_out(desktop, program.root)
        assert read(desktop) == ["", ""]


def test_what_another_program_copied_since_stays(desktop: Desktop) -> None:
    with desktop.program(KIOSK) as program:
        copy_and_select(desktop, program.root)
        owner, log = desktop.spawn([sys.executable, "-c", OWNER])
        wait_until(lambda: "copied" in log.read_text(), "another program to copy")
        sign_out(desktop, program.root)
        assert read(desktop) == ["of another program", ""]
        owner.kill()
