"""Who is signed in, row by row."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ingenes_desktop import __version__
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.user import User
from ingenes_desktop.ui.i18n import locale_of
from ingenes_desktop.ui.session_view import SessionView
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import kind_in_words
from ingenes_desktop.ui.widgets.avatar import Avatar
from ingenes_desktop.ui.widgets.buttons import Button, LinkButton
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.rows import Rows
from ingenes_desktop.ui.widgets.session_facts import SessionFacts

_ROWS = 8


class ProfileView(SessionView):
    """Draws SignedIn."""

    WISHES = (
        *SessionView.WISHES,
        "change_password_requested",
        "two_step_requested",
        "sign_out_everywhere_requested",
        "switch_user_requested",
    )
    change_password_requested = Signal()
    two_step_requested = Signal()
    sign_out_everywhere_requested = Signal()
    switch_user_requested = Signal()

    def __init__(
        self, settings: Settings, clock: Clock, wall_clock: Callable[[], float], parent: QWidget | None = None
    ) -> None:
        """``wall_clock`` gives seconds since 1970: a moment of today is shown without its date."""
        super().__init__(settings, clock, parent)
        self._state: SignedIn | None = None
        kiosk = settings.machine is MachineKind.KIOSK
        self._avatar = Avatar()
        self._facts = SessionFacts(wall_clock)
        # On a kiosk nothing is copied: the next person could paste it.
        self._rows = Rows(_ROWS, selectable=not kiosk)
        self._change_password = LinkButton()
        self._change_password.clicked.connect(self.change_password_requested)
        self._two_step = LinkButton()
        self._two_step.clicked.connect(self.two_step_requested)
        self._switch: Button | None = None
        if settings.machine is not MachineKind.PERSONAL:
            self._switch = Button("primary")
            self._switch.clicked.connect(self.switch_user_requested)
        self._sign_out = Button("quiet")
        self._sign_out.clicked.connect(self.sign_out_requested)
        self._everywhere = LinkButton()
        self._everywhere.clicked.connect(self.sign_out_everywhere_requested)
        self._lay_out()
        self.aside.addWidget(self._avatar)
        self.aside.addSpacing(Space.MEDIUM)
        self.finish_aside(self._facts)
        order = (
            self._change_password,
            self._two_step,
            *(() if self._switch is None else (self._switch,)),
            self._sign_out,
            self._everywhere,
            self.language_menu,
        )
        for first, second in pairwise(order):
            self.setTabOrder(first, second)
        self.retranslate()

    def draw(self, state: SignedIn, *, entered: bool) -> None:
        """Show ``state``."""
        before, self._state = self._state, state
        self._show_user(state.user)
        self._facts.tell(state, self.language)
        if state.reconnecting and before is not None and not before.reconnecting:
            self.announced.emit(self._facts.reconnecting_in_words())
        if entered:
            # Nothing is typed here, and an Enter held down since the sign-in must not sign out.
            self.setFocus()
        self.draw_session(state)

    def leave(self) -> None:
        """Forget the person: a hidden view can still be read by whatever reads the screen."""
        super().leave()
        self._forget()

    def cover(self) -> None:
        """Forget the person until the next draw."""
        super().cover()
        self._forget()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self._change_password.setText(self.tr("Change password"))
        self._two_step.setText(self.tr("Two-step verification"))
        self._sign_out.setText(self.tr("Sign out"))
        self._everywhere.setText(self.tr("Sign out everywhere"))
        if self._switch is not None:
            self._switch.setText(self.tr("Switch user"))
        self._rows.set_names(
            [
                self.tr("Email"),
                self.tr("User type"),
                self.tr("Company"),
                self.tr("Clinic"),
                self.tr("Username"),
                self.tr("Phone"),
                self.tr("Registered"),
                self.tr("Status"),
            ]
        )
        self._facts.set_title(kind_in_words(self.settings.machine))
        self._facts.tell(self._state, self.language)
        if self._state is not None:
            self._show_user(self._state.user)

    def footer_in_words(self) -> str:
        """The version alone: what computer it is, the session's facts say."""
        return __version__

    def _lay_out(self) -> None:
        self.form.addSpacing(Space.SMALL)
        self.form.addWidget(self._rows)
        self.form.addSpacing(Space.HAIR)
        account = QHBoxLayout()
        account.setSpacing(Space.LARGE)
        account.addWidget(self._change_password)
        account.addWidget(self._two_step)
        account.addStretch(1)
        self.form.addLayout(account)
        self.form.addStretch(1)
        self.form.addSpacing(Space.SMALL)
        buttons = QHBoxLayout()
        buttons.setSpacing(Space.MEDIUM)
        if self._switch is not None:
            buttons.addWidget(self._switch)
        buttons.addWidget(self._sign_out)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.form.addSpacing(Space.HAIR)
        self.form.addWidget(self._everywhere)

    def _forget(self) -> None:
        self._state = None
        self.heading.setText("")
        self._avatar.show_initials_of("")
        self._facts.tell(None, self.language)
        self._rows.set_values([""] * _ROWS)

    def _show_user(self, user: User) -> None:
        name = plain_text(user.full_name) or plain_text(user.email)
        self.heading.setText(name)
        self._avatar.show_initials_of(name)
        self._rows.set_values(
            [
                user.email,
                self._type_in_words(user.user_type),
                self._company_in_words(user.company),
                user.clinic,
                user.username,
                user.phone,
                self._date_in_words(user),
                self._status_in_words(user.status),
            ]
        )

    def _type_in_words(self, user_type: str) -> str:
        match user_type.strip().casefold():
            case "" | "usuario" | "user":
                return self.tr("User")
            case "administrador" | "administrator":
                return self.tr("Administrator")
            case _:
                return user_type

    def _status_in_words(self, status: str) -> str:
        match status.strip().casefold():
            case "" | "active" | "activo" | "activa":
                return self.tr("Active")
            case "inactive" | "inactivo" | "inactiva":
                return self.tr("Inactive")
            case _:
                return status

    def _company_in_words(self, company: str) -> str:
        known = self.settings.company_names.get(company)
        if known or not company.isdecimal():
            return known or company
        return self.tr("Company {number}").format(number=company)

    def _date_in_words(self, user: User) -> str:
        day = user.registered_on
        if day is None:
            return ""
        # The month's name is the locale's, the order of the words is the catalogue's.
        pattern = self.tr("MMMM d, yyyy", "a date, in the letters of QLocale.toString")
        return locale_of(self.language).toString(QDate(day.year, day.month, day.day), pattern)
