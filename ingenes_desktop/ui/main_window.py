"""The one window: shows the view that the state asks for, and hands every wish on."""

from collections.abc import Callable
from time import time
from typing import TYPE_CHECKING, assert_never

from PySide6.QtCore import QEvent, QTimer, Signal
from PySide6.QtWidgets import QApplication

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
from ingenes_desktop.domain.machine import Appearance, Language, MachineKind
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.brand import product_name
from ingenes_desktop.ui.i18n import Translation
from ingenes_desktop.ui.speech import Announce, Speech, announce
from ingenes_desktop.ui.state_source import StateSource
from ingenes_desktop.ui.taskbar_preview import show_icon_only
from ingenes_desktop.ui.top_window import close_popups
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.views import Views
from ingenes_desktop.ui.wish_window import WishWindow

if TYPE_CHECKING:
    from ingenes_desktop.ui.cover_view import CoverView
    from ingenes_desktop.ui.help.desk import HelpDesk
    from ingenes_desktop.ui.login_view import LoginView
    from ingenes_desktop.ui.profile_view import ProfileView
    from ingenes_desktop.ui.reset_code_view import ResetCodeView
    from ingenes_desktop.ui.touch import Touch
    from ingenes_desktop.ui.widgets.countdown import Clock


class MainWindow(WishWindow):
    """Draws the state of ``source``; its signals are the person's wishes. UI thread only."""

    language_chosen = Signal(object)
    """A Language; the window speaks it already."""
    appearance_chosen = Signal(object)
    """An Appearance, for whoever dresses the application."""
    help_requested = Signal()
    """The help shall be shown over the view."""

    def __init__(
        self,
        source: StateSource,
        *,
        settings: Settings,
        translation: Translation,
        clock: "Clock",
        announce: Announce = announce,
        wall_clock: "Clock" = time,
        appearance: Appearance = Appearance.SYSTEM,
        show_icon_only: Callable[[int, bool], None] = show_icon_only,
    ) -> None:
        """``clock`` only goes forward; ``wall_clock`` gives seconds since 1970, for what day it is.

        ``appearance`` is what is chosen at the start. ``announce`` and ``show_icon_only`` are the ways to a
        screen reader and to the task bar.
        """
        stack = Views(settings, clock, wall_clock)
        super().__init__(
            stack,
            fills_the_screen=settings.machine is MachineKind.KIOSK,
            put_off=(
                translation.add_what_can_wait,
                lambda: self._take_up_touch(settings, source),
                self._take_up_help,
            ),
            show_icon_only=show_icon_only,
        )
        self._stack = stack
        self._stack.built.connect(self._listen)
        self._translation = translation
        self._settings = settings
        self._speech = Speech(self, announce)
        self._state: AuthState | None = None
        self._shown: View | None = None
        self._beneath: View | None = None
        self.help_desk: HelpDesk | None = None
        """Lays the help over the view; made behind the first paint."""
        self._profile_was_painted = False
        self._appearance = appearance
        self.touch: Touch | None = None
        """What a finger needs; made behind the first paint."""
        self.room_changed.connect(self._stack.fit)
        source.state_changed.connect(self.draw)
        self.draw(source.state)

    def draw(self, state: AuthState) -> None:  # noqa: C901, PLR0912  one table, read from top to bottom
        """Show ``state`` in the view that is for it."""
        before, self._state = self._state, state
        if _takes_the_screen(before, state):
            self._close_help()
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
        self._retitle()
        self._speech.tell(state, self._shown)

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

    def _take_up_help(self) -> None:
        from ingenes_desktop.ui.help.desk import HelpDesk  # noqa: PLC0415  not before the first paint

        self.help_desk = HelpDesk(
            self, self._stack, self._settings.machine, self._speech.say, lambda: (self._shown, self._state)
        )
        self.help_desk.turned.connect(self._retitle)
        self.help_desk.language_chosen.connect(self._speak_language)

    def _close_help(self) -> None:
        if self.help_desk is not None:
            self.help_desk.close()

    def _retitle(self) -> None:
        """Where one is, and never a person: the title stands in the task bar and on a locked screen."""
        view = "" if self._shown is None else self._shown.title()
        words = view if self.help_desk is None else self.help_desk.title or view
        self.setWindowTitle(f"{words} – {product_name()}" if words else product_name())
        if self._shown is not None:
            # Some views have the focus themselves, for want of a field: a screen reader tells where it is.
            self._shown.setAccessibleName(view)

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
        view.announced.connect(self._speech.say)
        view.warned.connect(self._speech.warn)
        view.language_chosen.connect(self._speak_language)
        view.appearance_chosen.connect(self._look)
        view.help_requested.connect(self.help_requested)
        view.leave_requested.connect(self.leave)
        view.tools.appearance = self._appearance
        for name in view.WISHES:
            getattr(view, name).connect(getattr(self, name))

    def _take_up_touch(self, settings: Settings, source: StateSource) -> None:
        from ingenes_desktop.ui.touch import Touch  # noqa: PLC0415  not before the first paint

        self.touch = Touch(self, self._stack, settings, source.state_changed)

    def _enter(self, view: View) -> bool:
        """Show ``view``; whether that is news. It is not for one that was only covered meanwhile."""
        if self._shown is view:
            return False
        self._close_help()
        before, self._shown = self._shown, view
        beneath, self._beneath = self._beneath, None
        for left in (before, beneath):
            if left is not None and left is not view:
                left.leave()
        self._stack.show_view(view)
        return beneath is not view

    def _cover(self, state: Covered | SigningOut) -> None:
        """Show that there is nothing to see; what lay beneath is put aside until another view is shown."""
        cover = self._stack.cover
        before, self._shown = self._shown, cover
        entered = before is not cover
        self._stack.show_view(cover)
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
            self._stack.profile.fit(self.room)
            self._stack.profile.resize(self._stack.size())
            self._stack.profile.grab()

    def _look(self, appearance: Appearance) -> None:
        self._appearance = appearance
        for view in self._stack.findChildren(View):
            view.tools.appearance = appearance
        self.appearance_chosen.emit(appearance)

    def _speak_language(self, language: Language) -> None:
        self._translation.use(language)
        self.language_chosen.emit(language)

    def changeEvent(self, event: QEvent) -> None:
        """The title follows the language, behind the views."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            QTimer.singleShot(0, self, self._retitle)


def _warns(state: AuthState | None) -> bool:
    return isinstance(state, SignedIn) and state.countdown is not None


def _takes_the_screen(before: AuthState | None, state: AuthState) -> bool:
    """Whether no menu and no help may stay open: covered, a session's end, or the warning before one.

    Nor where nobody has been for a while: what was searched for is not for the next one.
    """
    ends = isinstance(before, SignedIn) and not isinstance(state, SignedIn)
    is_cleared = getattr(state, "cleared", 0) > getattr(before, "cleared", 0)
    is_covered = isinstance(state, Covered | SigningOut)
    return ends or is_cleared or is_covered or (_warns(state) and not _warns(before))
