"""The composition root, first half: what stands on screen at the first paint.

Only Qt, the settings and the sign-in form are loaded here. The rest of the composition
(``wiring.py``: the controller, the adapters, and with them every heavy library) is imported on a
thread after the first paint and connected to the window then.
"""

import gc
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from threading import Thread
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject, Signal, Slot
from PySide6.QtWidgets import QMainWindow

import ingenes_desktop.ui.plain_import  # noqa: F401  before all others of ours: see there
from ingenes_desktop import __version__
from ingenes_desktop.adapters.settings import load_default_settings, load_settings_of_this_machine
from ingenes_desktop.domain.auth_state import AuthState, SignedOut, Unavailable
from ingenes_desktop.domain.errors import AuthError, ErrorCode, Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation, choose_language
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme, new_application

if TYPE_CHECKING:
    from ingenes_desktop.adapters.log_file import LogFile
    from ingenes_desktop.wiring import Wiring


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    on_window: Callable[[QMainWindow], None] | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit status.

    ``environment`` is where the INGENES_* variables are read from. ``on_window`` is called with the
    window before it is shown.
    """
    application = new_application(arguments)
    application.setApplicationName("ingenes-desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    settings, initial = _read_settings(environment)
    translation = Translation(application, choose_language(settings.language, QLocale.system()))
    Theme(application)  # the application owns it
    start = Start(settings, initial, application.quit)
    window = MainWindow(start, settings=settings, translation=translation, clock=time.monotonic)
    if on_window is not None:
        on_window(window)
    start.follow(window)
    window.show()
    status = application.exec()
    start.end()
    # Qt's end in order: Windows and macOS are handed only now what was copied, and the process ends at once.
    application.shutdown()
    return status


class Start(QObject):
    """Stands in for the controller until that is imported. UI thread only.

    Holds the first state, keeps the wishes that come early, and hands both over. ``state_changed``
    carries the controller's states from then on.
    """

    state_changed = Signal(object)
    _imported = Signal()
    _broken = Signal()

    def __init__(self, settings: Settings, initial: AuthState, leave: Callable[[], None]) -> None:
        super().__init__()
        self._settings = settings
        self._initial = initial
        self._leave = leave
        self._window: MainWindow | None = None
        self._wiring: Wiring | None = None
        self._log: LogFile | None = None
        self._early: list[tuple[str, tuple[Any, ...]]] = []
        self._is_importing = False
        self._imported.connect(self._wire)
        self._broken.connect(self._give_up)

    @property
    def state(self) -> AuthState:
        """The present state."""
        return self._initial if self._wiring is None else self._wiring.controller.state

    def follow(self, window: MainWindow) -> None:
        """Begin behind the first paint of ``window``."""
        self._window = window
        for name in window.WISHES:
            getattr(window, name).connect(self._keeper(name))
        # The screen is empty at once; what must be told to the far ends is told behind it.
        window.close_requested.connect(window.hide)
        window.close_requested.connect(self._close_alone)
        window.settled.connect(self._begin)

    def end(self) -> None:
        """The event loop has returned."""
        if self._wiring is not None:
            self._wiring.end()
        if self._log is not None:
            self._log.stop()

    def _keeper(self, name: str) -> Callable[..., None]:
        def keep(*arguments: Any) -> None:
            if self._wiring is None:
                self._early.append((name, arguments))

        return keep

    @Slot()
    def _close_alone(self) -> None:
        # While the rest is being imported the wish is kept and handed over.
        if self._wiring is None and not self._is_importing:
            self._leave()

    @Slot()
    def _begin(self) -> None:
        self._is_importing = True
        Thread(target=self._import, name="import", daemon=True).start()

    def _import(self) -> None:
        from ingenes_desktop.adapters.log_file import start_log  # noqa: PLC0415  not before the first paint
        from ingenes_desktop.domain.event_log import record_bug  # noqa: PLC0415  likewise

        self._log = start_log(self._settings)
        outcome = self._broken
        try:
            import_module("ingenes_desktop.wiring")  # everything heavy, on this thread
            outcome = self._imported
        except Exception as error:  # noqa: BLE001  an installation with a part missing still says so on screen
            record_bug(error)
        # What start-up has made stays for good: the collector need not look at it again.
        gc.freeze()
        gc.enable()
        # The application may have ended meanwhile, and with it the signal.
        with suppress(RuntimeError):
            outcome.emit()

    @Slot()
    def _give_up(self) -> None:
        from ingenes_desktop.domain.event_log import record_problem  # noqa: PLC0415  not before the first paint
        from ingenes_desktop.domain.reference import new_reference  # noqa: PLC0415  likewise

        self._is_importing = False
        problem = Problem(ErrorCode.INTERNAL, new_reference())
        record_problem(problem)
        self._initial = Unavailable(problem)
        self.state_changed.emit(self._initial)
        if any(name == "close_requested" for name, _ in self._early):
            self._leave()

    @Slot()
    def _wire(self) -> None:
        from ingenes_desktop.wiring import Wiring  # noqa: PLC0415  imported by now

        assert self._window is not None  # noqa: S101  follow() came before the first paint
        wiring = Wiring(self._window, self._settings, self._initial, self._leave)
        wiring.controller.state_changed.connect(self.state_changed)
        self._wiring = wiring
        early, self._early = self._early, []
        for name, arguments in early:
            getattr(self._window, name).emit(*arguments)
        wiring.begin()


def _read_settings(environment: Mapping[str, str]) -> tuple[Settings, AuthState]:
    try:
        settings = load_settings_of_this_machine(environment)
    except AuthError as error:
        from ingenes_desktop.domain.reference import new_reference  # noqa: PLC0415  only when it is wanted

        return load_default_settings(environment), Unavailable(Problem.of(error, new_reference()))
    return settings, SignedOut()
