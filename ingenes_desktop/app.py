"""The composition root, first half: what stands on screen at the first paint.

Only Qt, the settings and the sign-in form are loaded here. The rest of the composition
(``wiring.py``: the controller, the adapters, and with them every heavy library) is imported on a
thread after the first paint and connected to the window then.
"""

import gc
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from importlib import import_module
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any

import ingenes_desktop.ui.plain_import  # noqa: F401  before PySide and all others of ours: see there

# isort: split
from PySide6.QtCore import QCoreApplication, QLocale, QObject, Signal, Slot
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QMainWindow

from ingenes_desktop import __version__
from ingenes_desktop.adapters.policy_file import PolicySource, platform_policy
from ingenes_desktop.controllers.single_instance import SingleInstance
from ingenes_desktop.domain.auth_state import AuthState, SignedOut, Unavailable
from ingenes_desktop.domain.errors import ErrorCode, Problem
from ingenes_desktop.domain.machine import Appearance, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.start_settings import kept_preferences, preferences_file_of, read_settings
from ingenes_desktop.ui.i18n import Translation, choose_language
from ingenes_desktop.ui.kept_bytecode import KEPT
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme, new_application

if TYPE_CHECKING:
    from ingenes_desktop.adapters.log_file import LogFile
    from ingenes_desktop.controllers.fresh_process import Predecessor
    from ingenes_desktop.controllers.handover import Handover
    from ingenes_desktop.controllers.screen_keyboard import ScreenKeyboard
    from ingenes_desktop.domain.preferences import Preferences
    from ingenes_desktop.wiring import Wiring


def run(
    arguments: Sequence[str],
    environment: Mapping[str, str],
    *,
    on_window: Callable[[QMainWindow], None] | None = None,
    policy: PolicySource | None = None,
    log_folder: Path | None = None,
    successor: Sequence[str] = (),
    follows: bool = False,
    guard: Callable[[], Sequence[str]] | None = None,
    screen_keyboard: "ScreenKeyboard | None" = None,
    preferences_file: Path | None = None,
) -> int:
    """Open the window and stay until it is closed; the exit status.

    Where this person's window is open already it is raised instead, and the status is 0.

    ``environment`` is where the INGENES_* variables are read from. ``on_window`` is called with the
    window before it is shown. ``policy`` and ``log_folder`` are the machine's where they are not given.
    ``successor`` is the command that starts this program once more: on a kiosk each session ends in a
    fresh process (without the command, in the same one). ``follows``: this is such a process, and standard
    input and output lead to the one before (``controllers/fresh_process.py``). ``guard`` closes
    the process' memory to others once the first paint stands, before anybody can have typed, and names
    what it could not have. ``screen_keyboard`` stands in for the system's. ``preferences_file`` is where the
    window's looks and place are kept, instead of where this machine keeps them.
    """
    application = new_application(arguments)
    application.setApplicationName("ingenes-desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    settings, initial = read_settings(environment, policy or platform_policy(sys.platform))
    instance = SingleInstance(settings, environment)
    if not instance.stand():
        application.shutdown()
        return 0
    predecessor = None
    if follows:
        from ingenes_desktop.controllers.fresh_process import Predecessor  # noqa: PLC0415  a kiosk's alone

        predecessor = Predecessor()
        reason = predecessor.reason()
        if reason is not None and isinstance(initial, SignedOut):
            initial = SignedOut(problem=reason)
    preferences_file = preferences_file or preferences_file_of(settings, environment)
    kept = kept_preferences(settings, preferences_file)
    chosen = settings.language or (kept.language if kept else None)
    translation = Translation(application, choose_language(chosen, QLocale.system()))
    appearance = settings.appearance or (kept.appearance if kept else None) or Appearance.SYSTEM
    theme = Theme(application, appearance=appearance)
    start = Start(settings, initial, instance, successor, predecessor, log_folder, guard)
    window = MainWindow(
        start, settings=settings, translation=translation, clock=time.monotonic, appearance=appearance
    )
    window.appearance_chosen.connect(theme.choose)
    window.put_off(theme.follow_system)
    if on_window is not None:
        on_window(window)
    start.screen_keyboard = screen_keyboard
    start.preferences_file, start.preferences = preferences_file, kept
    start.follow(window)
    window.appear(kept.place if kept else None)
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

    def __init__(
        self,
        settings: Settings,
        initial: AuthState,
        instance: SingleInstance,
        successor: Sequence[str] = (),
        predecessor: "Predecessor | None" = None,
        log_folder: Path | None = None,
        guard: Callable[[], Sequence[str]] | None = None,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._initial = initial
        self._instance = instance
        self._successor = successor if settings.machine is MachineKind.KIOSK else ()
        self._predecessor = predecessor
        self._log_folder = log_folder
        self._guard = guard
        self._unguarded: Sequence[str] = ()
        self.screen_keyboard: ScreenKeyboard | None = None
        """In the system's place, where there is one."""
        self.preferences_file: Path | None = None
        """Where the window's looks and place are kept; None where they are not."""
        self.preferences: Preferences | None = None
        """What that file says; None where there is none."""
        self._handover: Handover | None = None
        self._untold: Problem | None = None
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
        # Whoever starts the program from now on gets a window of their own.
        window.close_requested.connect(self._instance.release)
        window.close_requested.connect(self._close_alone)
        self._instance.raise_asked.connect(self._raise)
        window.painted.connect(self._close_memory)
        if self._predecessor is not None:
            self._predecessor.untold.connect(self._hear_untold)
            window.painted.connect(self._predecessor.say_painted)
        window.settled.connect(self._begin)

    def end(self) -> None:
        """The event loop has returned."""
        self._instance.release()
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
    def _close_memory(self) -> None:
        # Not before the paint: what it imports would keep the window away.
        if self._guard is not None:
            self._unguarded = self._guard()

    @Slot()
    def _close_alone(self) -> None:
        # While the rest is being imported the wish is kept and handed over.
        if self._wiring is None and not self._is_importing:
            self._leave()

    @Slot()
    def _leave(self) -> None:
        """Nothing is left to wait for but a fresh process's window."""
        if self._handover is not None and self._handover.has_begun and self._wiring is not None:
            self._handover.end(self._wiring.controller.untold)
        else:
            QCoreApplication.quit()

    @Slot()
    def _raise(self) -> None:
        """Unminimised and in front. What is covered stays covered."""
        from PySide6.QtCore import Qt  # noqa: PLC0415  not before the first paint

        window = self._window
        if window is not None:
            window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
            window.raise_()
            window.activateWindow()

    @Slot(object)
    def _hear_untold(self, problem: Problem) -> None:
        self._untold = problem
        if self._wiring is not None:
            self._wiring.controller.note_untold(problem)

    @Slot()
    def _begin(self) -> None:
        self._is_importing = True
        # The system's session ends (log-out, shutdown): in order, and nobody follows.
        application = QGuiApplication.instance()
        if isinstance(application, QGuiApplication) and self._window is not None:
            application.commitDataRequest.connect(self._window.leave)
        Thread(target=self._import, name="import", daemon=True).start()

    def _import(self) -> None:
        from ingenes_desktop.adapters.log_file import start_log  # noqa: PLC0415  not before the first paint
        from ingenes_desktop.domain.event_log import record, record_bug  # noqa: PLC0415  likewise

        self._log = start_log(self._settings, self._log_folder)
        for name in self._unguarded:
            record("not_hardened", detail=name)
        outcome = self._broken
        try:
            import_module("ingenes_desktop.wiring")  # everything heavy, on this thread
            import_module("PySide6.QtNetwork")  # a second start is heard through it
            if self._successor:
                import_module("ingenes_desktop.controllers.handover")
            outcome = self._imported
        except Exception as error:  # noqa: BLE001  an installation with a part missing still says so on screen
            record_bug(error)
        # What start-up has made stays for good: the collector need not look at it again.
        gc.freeze()
        gc.enable()
        # The application may have ended meanwhile, and with it the signal.
        with suppress(RuntimeError):
            outcome.emit()
        # Last: whatever may be the matter with it, nobody waits for it.
        KEPT.write()

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
        if self._successor:
            from ingenes_desktop.controllers.handover import Handover  # noqa: PLC0415  likewise

            handover = self._handover = Handover(self._successor, self._instance)
            handover.standing.connect(self._window.hide)
            handover.over.connect(QCoreApplication.exit)
            self._window.close_requested.connect(handover.forbid)
        give_way = None if self._handover is None else self._handover.begin
        wiring = Wiring(
            self._window,
            self._settings,
            self._initial,
            self._leave,
            give_way,
            screen_keyboard=self.screen_keyboard,
            preferences_file=self.preferences_file,
            preferences=self.preferences,
        )
        wiring.controller.state_changed.connect(self.state_changed)
        self._wiring = wiring
        if self._untold is not None:
            wiring.controller.note_untold(self._untold)
        self._instance.listen()
        early, self._early = self._early, []
        for name, arguments in early:
            getattr(self._window, name).emit(*arguments)
        wiring.begin()
