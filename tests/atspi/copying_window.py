"""A kiosk's window in a session, as a program of its own on the private desktop."""

import sys
from collections.abc import Sequence

from ingenes_desktop.domain.auth_state import SignedOut
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.value import replace
from ingenes_desktop.ui.clipboard import take_copies_back
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.lasting_singletons import keep_singletons
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme, new_application
from tests.ui.states import CLOCK, SESSION, HeldState, settings_of, wall_clock


def run(arguments: Sequence[str]) -> int:
    """Show the profile; "Cerrar sesión" leads to the sign-in form."""
    keep_singletons()
    application = new_application(arguments)
    Theme(application)
    source = HeldState(SignedOut())
    window = MainWindow(
        source,
        settings=settings_of(MachineKind.KIOSK),
        translation=Translation(application, Language.SPANISH),
        clock=lambda: CLOCK,
        wall_clock=wall_clock,
    )
    take_copies_back(window, source.state_changed, MachineKind.KIOSK)
    window.sign_out_requested.connect(lambda: source.become(SignedOut()))
    source.become(SESSION)
    window.show()
    source.become(replace(SESSION, reconnecting=True))
    return application.exec()


if __name__ == "__main__":
    sys.exit(run(sys.argv))
