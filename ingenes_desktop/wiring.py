"""The composition root, second half: everything behind the window, made and connected.

Imported on a thread after the first paint (it brings the controller and qasync); boto3,
requests and pyjwt follow on the worker that warms them up.
"""

import gc
import signal
import sys
import time
from collections.abc import Callable
from threading import Lock

from ingenes_desktop import __version__
from ingenes_desktop.adapters.credential_store import make_username_store
from ingenes_desktop.adapters.settings import ignored_settings
from ingenes_desktop.application.ports import UsernameStore
from ingenes_desktop.application.services import Services
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.controllers.termination import Termination
from ingenes_desktop.controllers.unforeseen import log_what_is_unforeseen
from ingenes_desktop.domain.auth_state import AuthState, Unavailable
from ingenes_desktop.domain.event_log import record, record_problem
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.reference import new_reference
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.main_window import MainWindow


class Wiring:
    """Makes the controller and connects the window to it. UI thread only; keep a reference."""

    def __init__(
        self, window: MainWindow, settings: Settings, initial: AuthState, leave: Callable[[], None]
    ) -> None:
        log_what_is_unforeseen()
        self._background = Background()
        self.controller = AuthController(
            initial=initial,
            services=_once(lambda: build_services(settings)),
            background=self._background,
            username_store=username_store(settings),
            limits=settings.limits,
            clock=time.monotonic,
            new_reference=new_reference,
        )
        connect(window, self.controller)
        self.controller.finished.connect(leave)
        self._termination = Termination({signal.SIGTERM, signal.SIGINT})
        self._termination.asked.connect(window.close)
        record("started", version=__version__, machine=settings.machine, platform=sys.platform)
        if ignored := ignored_settings(settings):
            record("settings_ignored", count=len(ignored))
        if isinstance(initial, Unavailable):
            record_problem(initial.problem)

    def begin(self) -> None:
        """Recall the username and warm up."""
        self.controller.start()

    def end(self) -> None:
        """The event loop has returned: leave the threads behind."""
        self._termination.end()
        self._background.close()
        record("stopped")


def connect(window: MainWindow, controller: AuthController) -> None:
    """Bind the person's wishes to the controller's intents."""
    window.sign_in_requested.connect(controller.sign_in)
    window.cancel_requested.connect(controller.cancel)
    window.remember_toggled.connect(controller.set_remember)
    window.typing_started.connect(controller.note_typing)
    window.forgot_password_requested.connect(controller.forgot_password)
    window.code_requested.connect(controller.request_code)
    window.resend_requested.connect(controller.resend_code)
    window.reset_submitted.connect(controller.reset_password)
    window.other_email_requested.connect(controller.use_other_email)
    window.back_requested.connect(controller.go_back)
    window.start_over_requested.connect(controller.go_back)
    window.new_password_submitted.connect(controller.submit_new_password)
    window.sign_out_requested.connect(controller.sign_out)
    window.close_requested.connect(controller.shut_down)


def build_services(settings: Settings) -> Services:
    """Everything behind the controller. Slow the first time (imports): a worker thread only."""
    # A collection in the middle of these imports would hold up the window for tens of milliseconds.
    gc.disable()
    try:
        from ingenes_desktop.adapters.far_ends import build_services as build  # noqa: PLC0415  boto3, requests
        from ingenes_desktop.controllers.system_proxy import find_system_proxy  # noqa: PLC0415  QtNetwork

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
