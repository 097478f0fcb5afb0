"""The composition root, second half: everything behind the window, made and connected.

Imported on a thread after the first paint (it brings the controller and qasync); boto3,
requests and pyjwt follow on the worker that warms them up.
"""

import gc
import sys
import time
from collections.abc import Callable
from importlib import import_module
from pathlib import Path
from random import SystemRandom
from threading import Lock

from ingenes_desktop import __version__
from ingenes_desktop.adapters.clocks import read_clocks
from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.adapters.preferences import write_preferences
from ingenes_desktop.adapters.settings import ignored_settings
from ingenes_desktop.adapters.token_vault import forget_vault, make_token_vault
from ingenes_desktop.application.ports import TokenVault, UsernameStore
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.activity import Activity
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.controllers.leaving import GiveWay
from ingenes_desktop.controllers.preferences_keeper import PreferencesKeeper
from ingenes_desktop.controllers.screen_keyboard import ScreenKeyboard, make_screen_keyboard
from ingenes_desktop.controllers.screen_keyboard.control import ScreenKeyboardControl
from ingenes_desktop.controllers.session_events import make_session_events
from ingenes_desktop.controllers.termination import ENDING_SIGNALS, Termination
from ingenes_desktop.controllers.unforeseen import log_what_is_unforeseen
from ingenes_desktop.domain.auth_state import AuthState, Unavailable
from ingenes_desktop.domain.event_log import record, record_problem
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.preferences import Preferences
from ingenes_desktop.domain.reference import new_reference
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.clipboard import take_copies_back
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.window_place import PlaceWatch
from ingenes_desktop.ui.wish_window import WishWindow


class Wiring:
    """Makes the controller and connects the window to it. UI thread only; keep a reference."""

    def __init__(
        self,
        window: MainWindow,
        settings: Settings,
        initial: AuthState,
        leave: Callable[[], None],
        give_way: GiveWay | None = None,
        screen_keyboard: ScreenKeyboard | None = None,
        preferences_file: Path | None = None,
        preferences: Preferences | None = None,
    ) -> None:
        """``give_way``: on a kiosk, how a fresh program is started.

        ``screen_keyboard`` stands in for the system's. ``preferences_file`` is where ``preferences`` came
        from and go to; None where nothing is remembered.
        """
        self._settings = settings
        self._background = Background()
        # The controller is asked on the UI thread, when all this has been made.
        log_what_is_unforeseen(lambda: self._background.post(self._tell_of_a_bug))
        self.controller = AuthController(
            initial=initial,
            services=_once(lambda: build_services(settings)),
            background=self._background,
            username_store=username_store(settings),
            vault=token_vault(settings),
            machine=settings.machine,
            limits=settings.limits,
            session_limits=settings.session,
            clock=time.monotonic,
            read_clocks=read_clocks,
            jitter=SystemRandom().random,
            new_reference=new_reference,
            session_events=make_session_events(sys.platform, paint_now=window.repaint, parent=window),
            activity=Activity(parent=window),
            give_way=give_way,
        )
        connect(window, self.controller)
        self._connect_keyboard(window, screen_keyboard or make_screen_keyboard(sys.platform))
        take_copies_back(window, self.controller.state_changed, settings.machine)
        self._keeper: PreferencesKeeper | None = None
        if preferences_file is not None and settings.machine is not MachineKind.KIOSK:
            self._keeper = self._keep_preferences(window, preferences_file, preferences or Preferences())
        self.controller.finished.connect(leave)
        self._termination = Termination(ENDING_SIGNALS)
        self._termination.asked.connect(window.leave)
        record("started", version=__version__, machine=settings.machine, platform=sys.platform)
        if ignored := ignored_settings(settings):
            record("settings_ignored", count=len(ignored))
        if isinstance(initial, Unavailable):
            record_problem(initial.problem)

    def begin(self) -> None:
        """Recall the username, take up a kept session, and warm up."""
        self.controller.start()
        settings, state = self._settings, self.controller.state
        # Of a policy that cannot be read nobody knows whose machine it makes this.
        if settings.machine is not MachineKind.PERSONAL and not isinstance(state, Unavailable):
            self._forget_vault(settings)

    def _connect_keyboard(self, window: MainWindow, keyboard: ScreenKeyboard | None) -> None:
        touch = window.touch
        if touch is None:
            return
        if keyboard is None:
            touch.withdraw()
            return
        control = ScreenKeyboardControl(keyboard, self._background, window)
        touch.keyboard_wanted.connect(control.want)
        control.unavailable.connect(touch.keyboard_failed)
        control.gone.connect(touch.keyboard_gone)
        if touch.wants_keyboard:  # pressed before there was anybody to ask
            control.want(shown=True)

    def _keep_preferences(
        self, window: MainWindow, path: Path, preferences: Preferences
    ) -> PreferencesKeeper:
        keeper = PreferencesKeeper(
            preferences,
            self._settings.machine,
            lambda news: write_preferences(path, news),
            self._background,
            window,
        )
        window.language_chosen.connect(keeper.note_language)
        window.appearance_chosen.connect(keeper.note_appearance)
        watch = PlaceWatch(window)
        watch.changed.connect(keeper.note_place)
        # Some systems tell of a new place a little later.
        window.close_requested.connect(watch.look)
        window.close_requested.connect(keeper.flush)
        return keeper

    def _forget_vault(self, settings: Settings) -> None:
        """Nobody is kept signed in here; somebody may have been, on what was a machine of their own."""
        self._background.run(
            Lane.KEYRING,
            lambda: forget_vault(settings, sys.platform, with_key=settings.machine is MachineKind.SHARED),
            on_done=lambda _nothing: None,
            on_failed=lambda error: record("vault_failed", code=error.code, detail=error.detail or None),
            overdue_seconds=settings.limits.keyring_on_save,
        )

    def _tell_of_a_bug(self) -> None:
        self.controller.note_bug()

    def end(self) -> None:
        """The event loop has returned: leave the threads behind."""
        self._termination.end()
        if self._keeper is not None:
            self._keeper.end()
        self._background.close()
        record("stopped")


def connect(window: WishWindow, controller: AuthController) -> None:
    """Bind the person's wishes to the controller's intents."""
    for name in window.WISHES:
        if name != "close_requested":
            # Whoever wishes for something is there, were it without a key or a click (a screen reader).
            getattr(window, name).connect(controller.stay)
    window.sign_in_requested.connect(controller.sign_in)
    window.cancel_requested.connect(controller.cancel)
    window.remember_toggled.connect(controller.set_remember)
    window.keep_toggled.connect(controller.set_keep)
    window.typing_started.connect(controller.note_typing)
    window.forgot_password_requested.connect(controller.forgot_password)
    window.code_requested.connect(controller.request_code)
    window.resend_requested.connect(controller.resend_code)
    window.reset_submitted.connect(controller.reset_password)
    window.other_email_requested.connect(controller.use_other_email)
    window.back_requested.connect(controller.go_back)
    window.start_over_requested.connect(controller.go_back)
    window.answer_submitted.connect(controller.answer)
    window.confirmation_submitted.connect(controller.confirm_account)
    window.retry_requested.connect(controller.retry)
    window.use_password_requested.connect(controller.use_password)
    window.sign_out_requested.connect(controller.sign_out)
    window.sign_out_everywhere_requested.connect(controller.sign_out_everywhere)
    window.switch_user_requested.connect(controller.switch_user)
    window.close_requested.connect(controller.shut_down)
    account = controller.account
    window.change_password_requested.connect(account.open_password_change)
    window.password_change_submitted.connect(account.change_password)
    window.two_step_requested.connect(account.open_two_step)
    window.authenticator_requested.connect(account.set_up_authenticator)
    window.authenticator_code_submitted.connect(account.confirm_authenticator)
    window.authenticator_left.connect(account.leave_authenticator)
    window.authenticator_off_requested.connect(account.turn_off_authenticator)
    window.panel_left.connect(account.leave_panel)


def build_services(settings: Settings) -> Services:
    """Everything behind the controller. Slow the first time (imports): a worker thread only."""
    # A collection in the middle of these imports would hold up the window for tens of milliseconds.
    gc.disable()
    try:
        from ingenes_desktop.adapters.far_ends import build_services as build  # noqa: PLC0415  boto3, requests
        from ingenes_desktop.controllers.system_proxy import find_system_proxy  # noqa: PLC0415  QtNetwork

        # The profile's: 20 ms that the window need not spend as it builds that.
        import_module("ingenes_desktop.ui.phone_number")
        return build(
            settings,
            find_system_proxy=find_system_proxy,
            clock=time.monotonic,
            wall_clock=time.time,
            user_agent=f"ingenes-desktop/{__version__}",
        )
    finally:
        # What the imports have made stays for good; later collections need not look at it.
        gc.freeze()
        gc.enable()


def username_store(settings: Settings) -> UsernameStore | None:
    """None on a kiosk: there keyring is never imported."""
    return None if settings.machine is MachineKind.KIOSK else make_username_store(sys.platform)


def token_vault(settings: Settings) -> TokenVault | None:
    """None on others' desks: there nobody is kept signed in."""
    return make_token_vault(settings, sys.platform) if settings.machine is MachineKind.PERSONAL else None


def _once(build: Callable[[], Services]) -> Callable[[], Services]:
    """``build`` called once, whichever worker comes first; a failure is tried again by the next."""
    lock = Lock()
    built: list[Services] = []

    def get() -> Services:
        with lock:
            if not built:
                built.append(build())
            return built[0]

    return get
