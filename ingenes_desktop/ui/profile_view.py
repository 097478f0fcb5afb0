"""Who is signed in, fact by fact."""

from collections.abc import Callable
from itertools import pairwise

from PySide6.QtCore import QDate, Signal
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QWidget

from ingenes_desktop import __version__
from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.user import User
from ingenes_desktop.ui.clipboard import copy
from ingenes_desktop.ui.i18n import locale_of
from ingenes_desktop.ui.phone_number import phone_in_words
from ingenes_desktop.ui.session_view import SessionView
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.view import kind_in_words
from ingenes_desktop.ui.widgets.avatar import Avatar
from ingenes_desktop.ui.widgets.buttons import Button, LinkButton
from ingenes_desktop.ui.widgets.cells import Cells
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.session_facts import SessionFacts

_CELLS = 8


class ProfileView(SessionView):
    """Draws SignedIn."""

    WISHES = (
        *SessionView.WISHES,
        "change_password_requested",
        "two_step_requested",
        "sign_out_everywhere_requested",
        "switch_user_requested",
    )
    HEADING_LINES = 2  # a name from outside, which may be of any length
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
        self._avatar = Avatar()
        self._facts = SessionFacts(wall_clock)
        # What is selected Qt copies by itself, and a kiosk's copies are kept out of the histories.
        self._cells = Cells(_CELLS, clock, selectable=settings.machine is not MachineKind.KIOSK)
        self._cells.copy_requested.connect(self._copy)
        self._change_password = LinkButton()
        self._change_password.clicked.connect(self.change_password_requested)
        self._two_step = LinkButton()
        self._two_step.clicked.connect(self.two_step_requested)
        # One button is the next thing to do: on a desk of several, that the next person signs in.
        self._switch: Button | None = None
        if settings.machine is not MachineKind.PERSONAL:
            self._switch = Button("primary")
            self._switch.clicked.connect(self.switch_user_requested)
        self._sign_out = Button("quiet" if self._switch else "primary")
        self._sign_out.clicked.connect(self.sign_out_requested)
        self._everywhere = LinkButton()
        self._everywhere.clicked.connect(self.sign_out_everywhere_requested)
        self._lay_out()
        order = (
            *self._cells.stops,
            self._change_password,
            self._two_step,
            *(() if self._switch is None else (self._switch,)),
            self._sign_out,
            self._everywhere,
            *self.tools.stops,
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

    def title(self) -> str:
        """Not the heading, which is the person's name."""
        return self.tr("Profile")

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
        self._change_password.setText(self.tr("&Change password"))
        self._two_step.setText(self.tr("&Two-step verification"))
        self._sign_out.setText(self.tr("&Sign out"))
        self._everywhere.setText(self.tr("Sign out &everywhere"))
        if self._switch is not None:
            self._switch.setText(self.tr("Switch &user"))
        # Whole sentences: what is copied stands in another form than above its value.
        self._cells.set_words(
            [
                (self.tr("Email"), self.tr("Copy email")),
                (self.tr("User type"), self.tr("Copy user type")),
                (self.tr("Company"), self.tr("Copy company")),
                (self.tr("Clinic"), self.tr("Copy clinic")),
                (self.tr("Username"), self.tr("Copy username")),
                (self.tr("Phone"), self.tr("Copy phone")),
                (self.tr("Registered"), self.tr("Copy registration date")),
                (self.tr("Status"), self.tr("Copy status")),
            ]
        )
        self._facts.set_title(kind_in_words(self.settings.machine))
        self._facts.tell(self._state, self.language)
        if self._state is not None:
            self._show_user(self._state.user)

    def footer_in_words(self) -> str:
        """The version alone: what computer it is, the session's facts say."""
        return __version__

    def refit(self) -> None:
        """Above the form the calm half is flat: the facts stand beside the initials."""
        direction = QBoxLayout.Direction
        is_stacked = self.card.is_stacked
        self._avatar.set_small(small=is_stacked)
        self._person.setDirection(direction.LeftToRight if is_stacked else direction.TopToBottom)
        self._person.setSpacing(Space.LARGE if is_stacked else Space.MEDIUM)

    def _lay_out(self) -> None:
        self.gap(Space.MEDIUM)
        self.form.addWidget(self._cells)
        self.gap(Space.SMALL)
        self.form.addLayout(_outdented(self._change_password, self._two_step))
        self.form.addStretch(1)
        self.gap(Space.SMALL)
        buttons = FlowRow(between=Space.SMALL)
        if self._switch is not None:
            buttons.addWidget(self._switch)
        buttons.addWidget(self._sign_out)
        self.form.addLayout(buttons)
        self.form.addLayout(_outdented(self._everywhere))
        person = QWidget()
        self._person = QBoxLayout(QBoxLayout.Direction.TopToBottom, person)
        self._person.setContentsMargins(0, 0, 0, 0)
        self._person.addWidget(self._avatar)
        self._person.addWidget(self._facts, 1)
        self.finish_aside(person)
        self.refit()

    def _copy(self, value: str) -> None:
        copy(value, self.settings.machine)
        self.announced.emit(self.tr("Copied"))

    def _forget(self) -> None:
        self._state = None
        self.heading.setText("")
        self._avatar.show_initials_of("")
        self._facts.tell(None, self.language)
        self._cells.set_values([""] * _CELLS)

    def _show_user(self, user: User) -> None:
        name = plain_text(user.full_name) or plain_text(user.email)
        self.heading.setText(name)
        self._avatar.show_initials_of(name)
        self._cells.set_values(
            [
                user.email,
                self._type_in_words(user.user_type),
                self._company_in_words(user.company),
                user.clinic,
                user.username,
                phone_in_words(user.phone),
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


def _outdented(*links: LinkButton) -> QHBoxLayout:
    """A row of links whose words begin where the values above do: a link has room around them."""
    words = FlowRow(gap=Space.SMALL)
    for link in links:
        words.addWidget(link)
    row = QHBoxLayout()
    row.setSpacing(0)
    row.addSpacing(-Space.SMALL)
    row.addLayout(words, 1)
    return row
