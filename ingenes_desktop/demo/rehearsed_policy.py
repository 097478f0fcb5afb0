"""What an administrator's policy would say, for the demo's windows: no file of this machine is written."""

from collections.abc import Mapping
from types import MappingProxyType

from ingenes_desktop.adapters.setting_table import SETTINGS, variable
from ingenes_desktop.demo.process import CloudDescription
from ingenes_desktop.domain.machine import MachineKind, ScreenKeyboardUse


class RehearsedPolicy:
    """A PolicySource that goes to the application by its front door (``app.run``), never by a variable."""

    name = "demo"

    def __init__(
        self,
        description: CloudDescription,
        machine: MachineKind,
        session: Mapping[str, object],
        *,
        touch: bool = False,
    ) -> None:
        """Where the demo's cloud is, whose machine it is to be, and how long a session lasts (seconds).

        ``touch``: the button for the on-screen keyboard is there, whatever the screen.
        """
        # On a clinic's machine the policy alone may say where people sign in, so this one does.
        document: dict[str, object] = {"machine": machine.value}
        tables: dict[str, dict[str, object]] = {}
        for name in SETTINGS:
            said = description.environment.get(variable(name))
            if said is not None:
                table, _, key = name.rpartition(".")
                (tables.setdefault(table, {}) if table else document)[key] = said
        if touch:
            document["screen_keyboard"] = ScreenKeyboardUse.ON.value
        if session:
            tables["session"] = dict(session)
        self._document = MappingProxyType(document | tables)

    def read(self) -> Mapping[str, object]:
        """The policy, in the form of its file."""
        return self._document
