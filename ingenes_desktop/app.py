"""The composition root: settings -> adapters -> services -> AuthController -> MainWindow.

Every part is made here and every signal is connected here. What is heavy (boto3, requests, pyjwt,
keyring, qasync) is imported on worker threads, after the first paint.
"""

import secrets
import time
from collections.abc import Callable, Mapping, Sequence
from threading import Lock
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QApplication, QMainWindow

from ingenes_desktop import __version__
from ingenes_desktop.adapters.this_machine import built_in_settings, read_settings
from ingenes_desktop.controllers.auth_controller import AuthController
from ingenes_desktop.controllers.background import Background
from ingenes_desktop.domain.auth_state import AuthState, SignedOut, Unavailable
from ingenes_desktop.domain.errors import AuthError, Problem
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation, choose_language
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.theme.theme import Theme

if TYPE_CHECKING:
    from ingenes_desktop.application.ports import UsernameStore
    from ingenes_desktop.application.services import Services

# Without letters and digits that look alike when they are read out over a telephone.
_REFERENCE_CHARACTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
_REFERENCE_LENGTH = 6


def new_reference() -> str:
    """A short support reference, to be found again in the log."""
    return "".join(secrets.choice(_REFERENCE_CHARACTERS) for _ in range(_REFERENCE_LENGTH))


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
    application = QApplication(list(arguments))
    application.setApplicationName("ingenes-desktop")
    application.setApplicationVersion(__version__)
    application.setQuitOnLastWindowClosed(False)
    settings, initial = _read_settings(environment)
    translation = Translation(application, choose_language(settings.language, QLocale.system()))
    Theme(application)  # the application owns it

    background = Background()
    controller = AuthController(
        initial=initial,
        services=_once(lambda: build_services(settings)),
        background=background,
        username_store=_username_store(settings),
        limits=settings.limits,
        clock=time.monotonic,
        new_reference=new_reference,
    )
    window = MainWindow(controller, settings=settings, translation=translation, clock=time.monotonic)
    connect(window, controller)
    after_paint = _AfterPaint(settings, background, controller)
    window.painted.connect(after_paint.begin)
    controller.finished.connect(application.quit)
    if on_window is not None:
        on_window(window)
    window.show()
    status = application.exec()
    background.close()
    after_paint.end()
    return status


def connect(window: MainWindow, controller: AuthController) -> None:
    """Bind the person's wishes to the controller's intents."""
    window.sign_in_requested.connect(controller.sign_in)
    window.cancel_requested.connect(controller.cancel)
    window.remember_toggled.connect(controller.set_remember)
    window.typing_started.connect(controller.warm_up)
    window.forgot_password_requested.connect(controller.forgot_password)
    window.code_requested.connect(controller.request_code)
    window.resend_requested.connect(controller.resend_code)
    window.reset_submitted.connect(controller.reset_password)
    window.other_email_requested.connect(controller.use_other_email)
    window.back_requested.connect(controller.go_back)
    window.start_over_requested.connect(controller.go_back)
    window.new_password_submitted.connect(controller.submit_new_password)
    window.sign_out_requested.connect(controller.sign_out)
    # The screen is empty at once; the far ends are told behind it.
    window.close_requested.connect(window.hide)
    window.close_requested.connect(controller.shut_down)


def build_services(settings: Settings) -> "Services":
    """Everything behind the controller. Slow the first time (imports): a worker thread only."""
    from ingenes_desktop.adapters.far_ends import build_services as build  # noqa: PLC0415  boto3 and requests
    from ingenes_desktop.controllers.system_proxy import find_system_proxy  # noqa: PLC0415  QtNetwork

    return build(
        settings,
        find_system_proxy=find_system_proxy,
        clock=time.monotonic,
        wall_clock=time.time,
        user_agent=f"ingenes-desktop/{__version__}",
    )


class _AfterPaint:
    """What begins after the first paint: the log, the event loop, the warm-up."""

    def __init__(self, settings: Settings, background: Background, controller: AuthController) -> None:
        self._settings = settings
        self._background = background
        self._controller = controller
        self._stop_log: Callable[[], None] = lambda: None

    def begin(self) -> None:
        """UI thread, once."""
        from ingenes_desktop.adapters.log_file import start_log  # noqa: PLC0415  after the first paint

        self._stop_log = start_log(self._settings).stop
        record("started", version=__version__, machine=self._settings.machine)
        self._background.start()
        self._controller.start()

    def end(self) -> None:
        """The event loop has returned: flush the log."""
        record("stopped")
        self._stop_log()


def _read_settings(environment: Mapping[str, str]) -> tuple[Settings, AuthState]:
    try:
        settings = read_settings(environment)
    except AuthError as error:
        problem = Problem.of(error, new_reference())
        record("problem", code=error.code, detail=error.detail, reference=problem.reference)
        return built_in_settings(), Unavailable(problem)
    return settings, SignedOut(remember=False)


def _username_store(settings: Settings) -> "UsernameStore | None":
    """None on a kiosk: there keyring is never imported."""
    if settings.machine is MachineKind.KIOSK:
        return None
    from ingenes_desktop.adapters.credential_store import KeyringUsernameStore  # noqa: PLC0415  not on a kiosk

    return KeyringUsernameStore()


def _once(build: "Callable[[], Services]") -> "Callable[[], Services]":
    """``build`` called once, whichever worker comes first; a failure is tried again by the next."""
    lock = Lock()
    built: list[Services] = []

    def get() -> "Services":
        with lock:
            if not built:
                built.append(build())
            return built[0]

    return get
