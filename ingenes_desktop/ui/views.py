"""The views, one above the other; each is built when it is first needed, and once."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtWidgets import QSizePolicy, QStackedWidget

from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.view import View

if TYPE_CHECKING:
    from ingenes_desktop.ui.challenge_view import ChallengeView
    from ingenes_desktop.ui.change_password_view import ChangePasswordView
    from ingenes_desktop.ui.confirm_account_view import ConfirmAccountView
    from ingenes_desktop.ui.cover_view import CoverView
    from ingenes_desktop.ui.login_view import LoginView
    from ingenes_desktop.ui.new_password_view import NewPasswordView
    from ingenes_desktop.ui.profile_view import ProfileView
    from ingenes_desktop.ui.reset_code_view import ResetCodeView
    from ingenes_desktop.ui.reset_password_view import PasswordChangedView, ResetPasswordView
    from ingenes_desktop.ui.restoring_view import RestoringView
    from ingenes_desktop.ui.two_step_view import TwoStepView
    from ingenes_desktop.ui.unavailable_view import UnavailableView
    from ingenes_desktop.ui.widgets.countdown import Clock

AnyView = TypeVar("AnyView", bound=View)


class Views(QStackedWidget):
    """Builds the views. UI thread only."""

    built = Signal(object)
    """A View, before anything is drawn in it."""

    def __init__(self, settings: Settings, clock: "Clock", wall_clock: "Clock") -> None:
        """``clock`` only goes forward, ``wall_clock`` gives seconds since 1970."""
        super().__init__()
        self._wall_clock = wall_clock
        self._settings = settings
        self._clock = clock
        self._room = QSize()

    def fit(self, room: QSize) -> None:
        """The window's inside has become as large as ``room``."""
        self._room = room
        view = self.currentWidget()
        if isinstance(view, View):
            view.fit(room)

    def show_view(self, view: View) -> None:
        """Put ``view`` on top; the others ask for no room meanwhile."""
        before = self.currentWidget()
        if self._room.isValid():
            view.fit(self._room)
        if before is not None and before is not view:
            before.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        view.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setCurrentWidget(view)

    @cached_property
    def login(self) -> "LoginView":
        """The sign-in form."""
        from ingenes_desktop.ui.login_view import LoginView  # noqa: PLC0415  built when needed

        return self._added(LoginView(self._settings, self._clock, self))

    @cached_property
    def restoring(self) -> "RestoringView":
        """A kept session is taken up again."""
        from ingenes_desktop.ui.restoring_view import RestoringView  # noqa: PLC0415  built when needed

        return self._added(RestoringView(self._settings, self._clock, self))

    @cached_property
    def cover(self) -> "CoverView":
        """Nothing of anybody."""
        from ingenes_desktop.ui.cover_view import CoverView  # noqa: PLC0415  built when needed

        return self._added(CoverView(self._settings, self._clock, self))

    @cached_property
    def new_password(self) -> "NewPasswordView":
        """The new password that Cognito asks for."""
        from ingenes_desktop.ui.new_password_view import NewPasswordView  # noqa: PLC0415  built when needed

        return self._added(NewPasswordView(self._settings, self._clock))

    @cached_property
    def challenge(self) -> "ChallengeView":
        """What else Cognito asks."""
        from ingenes_desktop.ui.challenge_view import ChallengeView  # noqa: PLC0415  built when needed

        return self._added(ChallengeView(self._settings, self._clock))

    @cached_property
    def confirm_account(self) -> "ConfirmAccountView":
        """The code that verifies the account's email."""
        from ingenes_desktop.ui.confirm_account_view import ConfirmAccountView  # noqa: PLC0415  likewise

        return self._added(ConfirmAccountView(self._settings, self._clock))

    @cached_property
    def change_password(self) -> "ChangePasswordView":
        """Another password for whoever is signed in."""
        from ingenes_desktop.ui.change_password_view import ChangePasswordView  # noqa: PLC0415  likewise

        return self._added(ChangePasswordView(self._settings, self._clock, self))

    @cached_property
    def two_step(self) -> "TwoStepView":
        """The second factors of whoever is signed in."""
        from ingenes_desktop.ui.two_step_view import TwoStepView  # noqa: PLC0415  built when needed

        return self._added(TwoStepView(self._settings, self._clock, self))

    @cached_property
    def profile(self) -> "ProfileView":
        """Who is signed in."""
        from ingenes_desktop.ui.profile_view import ProfileView  # noqa: PLC0415  built when needed

        return self._added(ProfileView(self._settings, self._clock, self._wall_clock, self))

    @cached_property
    def reset_password(self) -> "ResetPasswordView":
        """Reset, step 1."""
        from ingenes_desktop.ui.reset_password_view import ResetPasswordView  # noqa: PLC0415  built when needed

        return self._added(ResetPasswordView(self._settings, self._clock))

    @cached_property
    def reset_code(self) -> "ResetCodeView":
        """Reset, step 2."""
        from ingenes_desktop.ui.reset_code_view import ResetCodeView  # noqa: PLC0415  built when needed

        return self._added(ResetCodeView(self._settings, self._clock))

    @cached_property
    def password_changed(self) -> "PasswordChangedView":
        """Reset, step 3."""
        from ingenes_desktop.ui.reset_password_view import PasswordChangedView  # noqa: PLC0415  built when needed

        return self._added(PasswordChangedView(self._settings, self._clock))

    @cached_property
    def unavailable(self) -> "UnavailableView":
        """Why nothing can be done on this computer."""
        from ingenes_desktop.ui.unavailable_view import UnavailableView  # noqa: PLC0415  built when needed

        return self._added(UnavailableView(self._settings, self._clock))

    def _added(self, view: AnyView) -> AnyView:
        self.built.emit(view)
        if self.count():
            # Only the one on top asks for room.
            view.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Ignored)
        self.addWidget(view)
        return view
