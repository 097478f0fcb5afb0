"""The one window: shows the view that the state asks for, and hands every wish on."""

from collections.abc import Callable, Iterator
from functools import cached_property, partial
from typing import TYPE_CHECKING, Protocol, TypeVar, assert_never

from PySide6 import QtCore, QtWidgets
from PySide6.QtCore import QTimer, Signal, SignalInstance
from PySide6.QtWidgets import QFrame, QMainWindow, QScrollArea, QStackedWidget, QVBoxLayout, QWidget

from ingenes_desktop.domain.auth_state import (
    AuthState,
    NewPasswordRequired,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    SignedIn,
    SignedOut,
    SigningIn,
    SignInStep,
    Unavailable,
)
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.domain.resources import resource_path
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.early_values import NO_FOCUS
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.login_view import LoginView
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.split_card import PRODUCT

if TYPE_CHECKING:
    from PySide6.QtGui import QCloseEvent, QPaintEvent

    from ingenes_desktop.ui.new_password_view import NewPasswordView
    from ingenes_desktop.ui.profile_view import ProfileView
    from ingenes_desktop.ui.reset_code_view import ResetCodeView
    from ingenes_desktop.ui.reset_password_view import PasswordChangedView, ResetPasswordView
    from ingenes_desktop.ui.unavailable_view import UnavailableView
    from ingenes_desktop.ui.widgets.countdown import Clock

AnyView = TypeVar("AnyView", bound=View)
_MINIMUM = (800, 480)
_DEFAULT = (1000, 680)
# PySide builds a class with its enumerations when it is first named, and all of these (40 ms) at the first
# event of an object that it does not know, if nobody has named them before.
_WANTED_SOON = (
    (QtCore, "Qt"),
    (QtWidgets, "QStyle"),
    (QtWidgets, "QFileDialog"),
    (QtWidgets, "QMessageBox"),
    (QtWidgets, "QWizard"),
    (QtWidgets, "QListView"),
    (QtWidgets, "QGraphicsItem"),
    (QtCore, "QProcess"),
)


class StateSource(Protocol):
    """Whoever holds the state: in production the AuthController."""

    @property
    def state(self) -> AuthState:
        """The present state."""

    @property
    def state_changed(self) -> SignalInstance:
        """Carries each new state; emitted on the UI thread."""


def announce(window: QWidget, text: str, urgent: bool) -> None:
    """Have a screen reader speak ``text``, at once where it is urgent."""
    # Imported here: PySide builds a class and all its enumerations when its name is first touched.
    from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent  # noqa: PLC0415

    event = QAccessibleAnnouncementEvent(window, text)
    politeness = QAccessible.AnnouncementPoliteness
    event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
    QAccessible.updateAccessibility(event)


class Page(QWidget):
    """What the window scrolls, where it must; it knows when it was first painted."""

    painted = Signal()
    """Once, after the first paint."""

    def __init__(self) -> None:
        super().__init__()
        self._painted = False

    def paintEvent(self, _event: "QPaintEvent") -> None:
        """Note the first paint. (The window's own never comes: its centre covers it.)"""
        if not self._painted:
            self._painted = True
            # In the name of the page, so that it ends with it.
            QTimer.singleShot(0, self, self.painted.emit)


class MainWindow(QMainWindow):
    """Draws the state of ``source``; all its signals are wishes of the person's. UI thread only.

    Each view is built when it is first needed, and once. The views' wishes are signals of this
    window, so that they can be connected before there is a view.
    """

    WISHES = (
        "sign_in_requested",
        "cancel_requested",
        "forgot_password_requested",
        "remember_toggled",
        "typing_started",
        "new_password_submitted",
        "start_over_requested",
        "code_requested",
        "resend_requested",
        "reset_submitted",
        "other_email_requested",
        "back_requested",
        "sign_out_requested",
        "close_requested",
    )
    """The signals that somebody must answer, by name."""
    sign_in_requested = Signal(str, object, bool)
    """Username, password (a Secret), whether to remember."""
    cancel_requested = Signal()
    forgot_password_requested = Signal(str)
    remember_toggled = Signal(bool)
    typing_started = Signal()
    new_password_submitted = Signal(object)
    start_over_requested = Signal()
    code_requested = Signal(str)
    resend_requested = Signal()
    reset_submitted = Signal(str, object)
    other_email_requested = Signal()
    back_requested = Signal()
    sign_out_requested = Signal()
    language_chosen = Signal(object)
    """A Language; the window speaks it already."""
    close_requested = Signal()
    """The window was asked to close. It stays until it is asked again, as QApplication.quit() does."""
    painted = Signal()
    """Once: the first paint is on screen."""
    settled = Signal()
    """Once, a few turns of the event loop later: the window has loaded what it had put off itself, and other
    threads may load the rest. (At the same time each would wait for the other: 60 ms without an answer.)"""

    def __init__(
        self,
        source: StateSource,
        *,
        settings: Settings,
        translation: Translation,
        clock: "Clock",
        announce: Callable[[QWidget, str, bool], None] = announce,
    ) -> None:
        super().__init__()
        self._settings = settings
        self._translation = translation
        self._clock = clock
        self._announce = announce
        self._state: AuthState | None = None
        self._shown: View | None = None
        self._spoken_view: View | None = None
        self._closing = False
        self._profile_was_painted = False
        self.setWindowTitle(PRODUCT)
        self.setMinimumSize(*_MINIMUM)
        self.resize(*_DEFAULT)
        self._stack = QStackedWidget()
        self._page = Page()
        self._page.painted.connect(self._after_first_paint)
        rows = QVBoxLayout(self._page)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(self._stack)
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setProperty("focusPolicy", NO_FOCUS)
        scroll.setWidget(self._page)
        self.setCentralWidget(scroll)
        source.state_changed.connect(self.draw)
        self.draw(source.state)

    def draw(self, state: AuthState) -> None:
        """Show ``state`` in the view that is for it."""
        before, self._state = self._state, state
        match state:
            case SignedOut() | SigningIn():
                self.login.draw(state, entered=self._enter(self.login))
                if isinstance(state, SigningIn):
                    self._prepare_profile(state.step)
            case NewPasswordRequired():
                self.new_password.draw(state, entered=self._enter(self.new_password))
            case SignedIn():
                self.profile.draw(state, entered=self._enter(self.profile))
            case ResetRequested():
                self.reset_password.draw(state, entered=self._enter(self.reset_password))
            case ResetCodeSent():
                self.reset_code.draw(state, entered=self._enter(self.reset_code))
            case PasswordChanged():
                self.password_changed.draw(state, entered=self._enter(self.password_changed))
            case Unavailable():
                self.unavailable.draw(state, entered=self._enter(self.unavailable))
            case _:
                assert_never(state)
        self._speak(before, state)

    @property
    def shown_view(self) -> View | None:
        """The view on screen."""
        return self._shown

    # -- the views, each built on first use

    @cached_property
    def login(self) -> LoginView:
        """The sign-in form."""
        view = LoginView(self._settings, self._clock, self._stack)
        view.sign_in_requested.connect(self.sign_in_requested)
        view.cancel_requested.connect(self.cancel_requested)
        view.forgot_password_requested.connect(self.forgot_password_requested)
        view.remember_toggled.connect(self.remember_toggled)
        view.typing_started.connect(self.typing_started)
        return self._added(view)

    @cached_property
    def new_password(self) -> "NewPasswordView":
        """The new password that Cognito asks for."""
        from ingenes_desktop.ui.new_password_view import NewPasswordView  # noqa: PLC0415  built when needed

        view = NewPasswordView(self._settings, self._clock)
        view.new_password_submitted.connect(self.new_password_submitted)
        view.start_over_requested.connect(self.start_over_requested)
        return self._added(view)

    @cached_property
    def profile(self) -> "ProfileView":
        """Who is signed in."""
        from ingenes_desktop.ui.profile_view import ProfileView  # noqa: PLC0415  built when needed

        view = ProfileView(self._settings, self._clock)
        view.sign_out_requested.connect(self.sign_out_requested)
        return self._added(view)

    @cached_property
    def reset_password(self) -> "ResetPasswordView":
        """Reset, step 1."""
        from ingenes_desktop.ui.reset_password_view import ResetPasswordView  # noqa: PLC0415  built when needed

        view = ResetPasswordView(self._settings, self._clock)
        view.code_requested.connect(self.code_requested)
        view.back_requested.connect(self.back_requested)
        return self._added(view)

    @cached_property
    def reset_code(self) -> "ResetCodeView":
        """Reset, step 2."""
        from ingenes_desktop.ui.reset_code_view import ResetCodeView  # noqa: PLC0415  built when needed

        view = ResetCodeView(self._settings, self._clock)
        view.reset_submitted.connect(self.reset_submitted)
        view.resend_requested.connect(self.resend_requested)
        view.other_email_requested.connect(self.other_email_requested)
        view.back_requested.connect(self.back_requested)
        return self._added(view)

    @cached_property
    def password_changed(self) -> "PasswordChangedView":
        """Reset, step 3."""
        from ingenes_desktop.ui.reset_password_view import PasswordChangedView  # noqa: PLC0415  built when needed

        view = PasswordChangedView(self._settings, self._clock)
        view.back_requested.connect(self.back_requested)
        return self._added(view)

    @cached_property
    def unavailable(self) -> "UnavailableView":
        """Why nothing can be done on this computer."""
        from ingenes_desktop.ui.unavailable_view import UnavailableView  # noqa: PLC0415  built when needed

        view = UnavailableView(self._settings, self._clock)
        view.close_requested.connect(self.close)
        return self._added(view)

    def _prepare_profile(self, step: SignInStep) -> None:
        """The password was right: build the profile while the far ends are asked, and paint it once unseen.

        The first paint loads fonts and lays everything out: 10 ms each, that nobody waits for now.
        """
        if step is SignInStep.ACCESS:
            _ = self.profile
        elif step is SignInStep.CONFIGURATION and not self._profile_was_painted:
            self._profile_was_painted = True
            self.profile.resize(self._stack.size())
            self.profile.grab()

    # -- Qt's events

    def closeEvent(self, event: "QCloseEvent") -> None:
        """Ask whoever composed the application to end things; close when asked again."""
        if self._closing:
            event.accept()
            return
        self._closing = True
        event.ignore()
        self.close_requested.emit()

    # -- within

    def _added(self, view: AnyView) -> AnyView:
        view.announced.connect(self._say)
        view.warned.connect(self._warn)
        view.language_chosen.connect(self._speak_language)
        self._stack.addWidget(view)
        return view

    def _enter(self, view: View) -> bool:
        """Show ``view``; whether that is news."""
        if self._shown is view:
            return False
        if self._shown is not None:
            self._shown.leave()
        self._shown = view
        self._stack.setCurrentWidget(view)
        return True

    def _speak(self, before: AuthState | None, state: AuthState) -> None:
        """Tell a screen reader what is new: the heading, then what went wrong, then a calm word."""
        if self._shown is not None and self._spoken_view is not self._shown:
            self._spoken_view = self._shown
            self._say(self._shown.heading.whole_text())
        for name, urgent in (("problem", True), ("notice", False)):
            problem = getattr(state, name, None)
            if isinstance(problem, Problem) and problem != getattr(before, name, None):
                from ingenes_desktop.ui.messages import sentence  # noqa: PLC0415  not before the first paint

                (self._warn if urgent else self._say)(sentence(problem))

    def _say(self, text: str) -> None:
        # Before the window is shown there is nobody to tell; then the focus speaks for itself.
        if self.isVisible():
            self._announce(self, text, False)  # noqa: FBT003  not urgent

    def _warn(self, text: str) -> None:
        if self.isVisible():
            self._announce(self, text, True)  # noqa: FBT003  urgent

    def _speak_language(self, language: Language) -> None:
        self._translation.use(language)
        self.language_chosen.emit(language)

    def _after_first_paint(self) -> None:
        self.painted.emit()
        # One of them in each turn of the event loop, so that keys and clicks come in between.
        classes = (partial(getattr, module, name) for module, name in _WANTED_SOON)
        others = (_keep_singletons, self._set_icon, self._translation.add_qt_texts)
        self._put_off: Iterator[Callable[[], object]] = iter((*classes, *others))
        self._turns = QTimer(self)
        self._turns.timeout.connect(self._load_next)
        self._turns.start(0)

    def _load_next(self) -> None:
        load = next(self._put_off, None)
        if load is not None:
            load()
            return
        self._turns.stop()
        self.settled.emit()

    def _set_icon(self) -> None:
        from PySide6.QtGui import QIcon  # noqa: PLC0415  not before the first paint

        self.setWindowIcon(QIcon(str(resource_path("brand", "icon.png"))))


def _keep_singletons() -> None:
    from ingenes_desktop.ui.lasting_singletons import keep_singletons  # noqa: PLC0415  not before the first paint

    keep_singletons()
