"""The program, unchanged, against endpoints that only the environment variables give."""

import sys

from ingenes_desktop.demo.filemaker.journal import Call
from tests.atspi.accessible import Role, State
from tests.atspi.desktop import Desktop
from tests.other_cloud import PASSWORD, USERNAME, other_cloud


def test_sign_in_and_out_at_a_cloud_that_is_not_the_demos(desktop: Desktop) -> None:
    with other_cloud() as cloud:
        environment = {**cloud.environment, "INGENES_LANGUAGE": "es"}
        with desktop.program([sys.executable, "-m", "ingenes_desktop"], environment) as running:
            email = running.root.find(Role.TEXT, "Correo electrónico")
            email.click(desktop.input)
            email.wait_state(State.FOCUSED)
            desktop.input.type(USERNAME)
            desktop.input.press("Return")
            running.root.find(Role.PASSWORD_TEXT, "Contraseña").wait_state(State.FOCUSED)
            desktop.input.type(PASSWORD)
            desktop.input.press("Return")
            running.root.find(Role.LABEL, "Zoé Ibáñez")
            journal = cloud.filemaker.journal
            assert journal.wait_until(lambda now: now.count(Call.EDIT) == 1, 10)
            stored = cloud.filemaker.table("Otra Clínica", "Personal")
            running.root.find(Role.BUTTON, "Cerrar sesión").act()
            running.root.find(Role.PASSWORD_TEXT, "Contraseña")
            assert journal.wait_until(lambda now: now.open_sessions == 0, 10)
            assert journal.opened == journal.closed == 1
            assert stored is not None
