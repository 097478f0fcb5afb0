"""Who is signed in, row by row."""

from PySide6.QtCore import QDate, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.domain.user import User
from ingenes_desktop.ui.i18n import locale_of
from ingenes_desktop.ui.theme.theme import colors_of
from ingenes_desktop.ui.theme.tokens import Size, Space, Type
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import Button
from ingenes_desktop.ui.widgets.countdown import Clock
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel

_ROWS = 8
_ROW_HEIGHT = 33
_NAME_WIDTH = 128
_NOTHING = "–"


class ProfileView(View):
    """Draws SignedIn."""

    sign_out_requested = Signal()

    def __init__(self, settings: Settings, clock: Clock) -> None:
        super().__init__(settings, clock)
        self._state: SignedIn | None = None
        self._avatar = Avatar()
        self._rows = Rows(_ROWS)
        self._sign_out = Button("quiet")
        self._sign_out.clicked.connect(self.sign_out_requested)
        self.form.addSpacing(Space.MEDIUM)
        self.form.addWidget(self._rows)
        self.form.addStretch(1)
        buttons = QHBoxLayout()
        buttons.addWidget(self._sign_out)
        buttons.addStretch(1)
        self.form.addLayout(buttons)
        self.finish_aside(self._avatar)
        self.retranslate()

    def draw(self, state: SignedIn, *, entered: bool) -> None:
        """Show ``state``."""
        self._state = state
        self.show_notice(state.notice)
        self._show_user(state.user)
        if entered:
            # Nothing is typed here, and an Enter held down since the sign-in must not sign out.
            self.setFocus()

    def leave(self) -> None:
        """Forget the person: a hidden view can still be read by whatever reads the screen."""
        self._state = None
        self.heading.setText("")
        self._avatar.show_initials_of("")
        self._rows.set_values([""] * _ROWS)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self._sign_out.setText(self.tr("Sign out"))
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
        if self._state is not None:
            self._show_user(self._state.user)

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


class Rows(QWidget):
    """Names and values in two calm columns; a value can be selected, an empty one is a dash."""

    def __init__(self, count: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.LARGE)
        grid.setVerticalSpacing(0)
        grid.setColumnMinimumWidth(0, _NAME_WIDTH)
        grid.setColumnStretch(1, 1)
        self._names = [PlainLabel("name") for _ in range(count)]
        self._values = [ElidedLabel("value") for _ in range(count)]
        for row, (name, value) in enumerate(zip(self._names, self._values, strict=True)):
            value.setTextInteractionFlags(
                Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
            )
            name.setBuddy(value)
            grid.addWidget(name, row, 0)
            grid.addWidget(value, row, 1)
            grid.setRowMinimumHeight(row, _ROW_HEIGHT)

    def set_names(self, names: list[str]) -> None:
        """The words on the left."""
        for label, name in zip(self._names, names, strict=True):
            label.setText(name)
        self._describe()

    def set_values(self, values: list[str]) -> None:
        """The words on the right, from outside."""
        for label, value in zip(self._values, values, strict=True):
            label.setText(plain_text(value) or _NOTHING)
        self._describe()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw a quiet line between two rows."""
        painter = QPainter(self)
        painter.setPen(QColor(colors_of(self).line))
        for name in self._names[1:]:
            painter.drawLine(0, name.y(), self.width(), name.y())

    def _describe(self) -> None:
        for name, value in zip(self._names, self._values, strict=True):
            value.setAccessibleDescription(name.text())


class Avatar(QWidget):
    """A circle with a person's initials."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = ""
        self.setFixedSize(Size.AVATAR, Size.AVATAR)

    def show_initials_of(self, name: str) -> None:
        """The first letters of the first and the last word of ``name``."""
        words = [word for word in name.partition("@")[0].split() if word[0].isalnum()]
        chosen = words[:1] + words[1:][-1:]
        self._initials = "".join(word[0].upper() for word in chosen)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle and the letters."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(QColor(colors.on_aside_accent))
        painter.drawEllipse(QRectF(self.rect()))
        font = self.font()
        font.setPixelSize(Type.AVATAR)
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.aside))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
