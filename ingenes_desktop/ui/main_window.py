"""The one window: shows the view that the state asks for, and hands every wish on."""

from collections.abc import Callable
from time import time
from typing import TYPE_CHECKING, Protocol, assert_never

from PySide6.QtCore import Signal, SignalInstance
from PySide6.QtWidgets import QApplication, QWidget

from ingenes_desktop.domain.auth_state import (
    AuthState,
    ChallengeRequired,
    ConfirmationRequired,
    Covered,
    PasswordChanged,
    ResetCodeSent,
    ResetRequested,
    Restoring,
    SignedIn,
    SignedOut,
    SigningIn,
    SigningOut,
    SignInStep,
    Unavailable,
)
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import Language, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.taskbar_preview import show_icon_only
from ingenes_desktop.ui.top_window import close_popups
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.views import Views
from ingenes_desktop.ui.wish_window import WishWindow

if TYPE_CHECKING:
    from ingenes_desktop.ui.cover_view import CoverView
    from ingenes_desktop.ui.login_view import LoginView
    from ingenes_desktop.ui.profile_view import ProfileView
    from ingenes_desktop.ui.reset_code_view import ResetCodeView
    from ingenes_desktop.ui.widgets.countdown import Clock


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


class MainWindow(WishWindow):
    """Draws the state of ``source``; its signals are the person's wishes. UI thread only."""

    language_chosen = Signal(object)
    """A Language; the window speaks it already."""

    def __init__(
        self,
        source: StateSource,
        *,
        settings: Settings,
        translation: Translation,
        clock: "Clock",
        announce: Callable[[QWidget, str, bool], None] = announce,
        wall_clock: "Clock" = time,
        show_icon_only: Callable[[int, bool], None] = show_icon_only,
    ) -> None:
        """``clock`` only goes forward; ``wall_clock`` gives seconds since 1970, for what day it is.

        ``announce`` and ``show_icon_only`` are the ways to a screen reader and to the task bar.
        """
        stack = Views(settings, clock, wall_clock)
        super().__init__(
            stack,
            fills_the_screen=settings.machine is MachineKind.KIOSK,
            put_off=(translation.add_qt_texts,),
            show_icon_only=show_icon_only,
        )
        self._stack = stack
        self._stack.built.connect(self._listen)
        self._translation = translation
        self._announce = announce
        self._state: AuthState | None = None
        self._shown: View | None = None
        self._beneath: View | None = None
        self._spoken_view: View | None = None
        self._told: dict[str, Problem | None] = {}
        self._profile_was_painted = False
        source.state_changed.connect(self.draw)
        self.draw(source.state)

    def draw(self, state: AuthState) -> None:  # noqa: C901, PLR0912  one table, read from top to bottom
        """Show ``state`` in the view that is for it."""
        before, self._state = self._state, state
        if _takes_the_screen(before, state):
            close_popups()
            self.forget_preview()
        views = self._stack
        match state:
            case SignedOut() | SigningIn():
                views.login.draw(state, entered=self._enter(views.login))
                if isinstance(state, SigningIn):
                    self._prepare_profile(state.step)
            case Restoring():
                views.restoring.draw(state, entered=self._enter(views.restoring))
            case ChallengeRequired():
                self._draw_challenge(state)
            case ConfirmationRequired():
                views.confirm_account.draw(state, entered=self._enter(views.confirm_account))
            case SignedIn(panel=None):
                views.profile.draw(state, entered=self._enter(views.profile))
            case SignedIn():
                self._draw_panel(state)
            case ResetRequested():
                views.reset_password.draw(state, entered=self._enter(views.reset_password))
            case ResetCodeSent():
                views.reset_code.draw(state, entered=self._enter(views.reset_code))
            case PasswordChanged():
                views.password_changed.draw(state, entered=self._enter(views.password_changed))
            case Covered() | SigningOut():
                self._cover(state)
            case Unavailable():
                views.unavailable.draw(state, entered=self._enter(views.unavailable))
            case _:
                assert_never(state)
        if _warns(state) and not _warns(before):
            # A mark in the task bar where the window is minimised or behind another.
            QApplication.alert(self)
        self._speak(state)

    @property
    def shown_view(self) -> View | None:
        """The view on screen."""
        return self._shown

    @property
    def login(self) -> "LoginView":
        """The sign-in form."""
        return self._stack.login

    @property
    def profile(self) -> "ProfileView":
        """Who is signed in."""
        return self._stack.profile

    @property
    def cover(self) -> "CoverView":
        """Nothing of anybody."""
        return self._stack.cover

    @property
    def reset_code(self) -> "ResetCodeView":
        """Reset, step 2."""
        return self._stack.reset_code

    # -- within

    def _draw_challenge(self, state: ChallengeRequired) -> None:
        from ingenes_desktop.domain.question import NewPasswordQuestion  # noqa: PLC0415  not before the first paint

        views = self._stack
        if isinstance(state.question, NewPasswordQuestion):
            views.new_password.draw(state, entered=self._enter(views.new_password))
        else:
            views.challenge.draw(state, entered=self._enter(views.challenge))

    def _draw_panel(self, state: SignedIn) -> None:
        from ingenes_desktop.domain.account_panel import PasswordChange  # noqa: PLC0415  not before the first paint

        views = self._stack
        if isinstance(state.panel, PasswordChange):
            views.change_password.draw(state, entered=self._enter(views.change_password))
        else:
            views.two_step.draw(state, entered=self._enter(views.two_step))

    def _listen(self, view: View) -> None:
        view.announced.connect(self._say)
        view.warned.connect(self._warn)
        view.language_chosen.connect(self._speak_language)
        view.leave_requested.connect(self.leave)
        for name in view.WISHES:
            getattr(view, name).connect(getattr(self, name))

    def _enter(self, view: View) -> bool:
        """Show ``view``; whether that is news. It is not for one that was only covered meanwhile."""
        if self._shown is view:
            return False
        before, self._shown = self._shown, view
        beneath, self._beneath = self._beneath, None
        for left in (before, beneath):
            if left is not None and left is not view:
                left.leave()
        self._stack.setCurrentWidget(view)
        return beneath is not view

    def _cover(self, state: Covered | SigningOut) -> None:
        """Show that there is nothing to see; what lay beneath is put aside until another view is shown."""
        cover = self._stack.cover
        before, self._shown = self._shown, cover
        entered = before is not cover
        self._stack.setCurrentWidget(cover)
        cover.draw(state, entered=entered)
        # Now, and not when the event loop has time: the screen is about to go dark.
        self.repaint()
        if entered and before is not None:
            before.cover()
            self._beneath = before

    def _prepare_profile(self, step: SignInStep) -> None:
        """The password was right: build the profile while the far ends are asked, and paint it once unseen.

        The first paint loads fonts and lays everything out: 10 ms each, that nobody waits for now.
        """
        if step is SignInStep.ACCESS:
            _ = self._stack.profile
        elif step is SignInStep.CONFIGURATION and not self._profile_was_painted:
            self._profile_was_painted = True
            self._stack.profile.resize(self._stack.size())
            self._stack.profile.grab()

    def _speak(self, state: AuthState) -> None:
        """Tell a screen reader what is new: the heading, then what went wrong, then a calm word."""
        if self._shown is not None and self._spoken_view is not self._shown:
            self._spoken_view = self._shown
            for words in self._shown.introduction():
                self._say(words)
        problem = getattr(state, "problem", None)
        if isinstance(state, Covered):
            # What waits beneath is told when it is seen.
            self._tell("cover", problem)
        else:
            self._tell("problem", problem)
            self._tell("notice", getattr(state, "notice", None), urgent=False)

    def _tell(self, place: str, problem: Problem | None, *, urgent: bool = True) -> None:
        before, self._told[place] = self._told.get(place), problem
        if problem is not None and problem != before:
            from ingenes_desktop.ui.messages import is_calm, sentence  # noqa: PLC0415  not before the first paint

            (self._warn if urgent and not is_calm(problem) else self._say)(sentence(problem))

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


def _warns(state: AuthState | None) -> bool:
    return isinstance(state, SignedIn) and state.countdown is not None


def _takes_the_screen(before: AuthState | None, state: AuthState) -> bool:
    """Whether no menu may stay open: covered, a session's end, or the warning before one."""
    ends = isinstance(before, SignedIn) and not isinstance(state, SignedIn)
    return ends or isinstance(state, Covered | SigningOut) or (_warns(state) and not _warns(before))
