"""The session in a few quiet words on the calm half: since when, until when, and whether it is connected."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, QDateTime, QTimer
from PySide6.QtGui import QHideEvent, QShowEvent
from PySide6.QtWidgets import QGridLayout, QWidget

from ingenes_desktop.domain.auth_state import SignedIn
from ingenes_desktop.domain.machine import Language
from ingenes_desktop.ui.i18n import locale_of
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedLine
from ingenes_desktop.ui.widgets.plain_label import ElidedLabel, PlainLabel

translate = QCoreApplication.translate
_MINUTE = 60_000


class SessionFacts(QWidget):
    """Draws what SignedIn says of the session. ``wall_clock`` tells which day it is (seconds since 1970)."""

    def __init__(self, wall_clock: Callable[[], float], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._wall_clock = wall_clock
        self._state: SignedIn | None = None
        self._language = Language.ENGLISH
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(Space.SMALL)
        grid.setVerticalSpacing(Space.HAIR)
        grid.setColumnStretch(1, 1)
        self._title = PlainLabel("aside-current", self, wraps=True)
        grid.addWidget(self._title, 0, 0, 1, 2)
        self._names = [PlainLabel("aside-small", self) for _ in range(3)]
        self._moments = [ElidedLabel("aside", self, lines=2) for _ in self._names]
        for row, (name, moment) in enumerate(zip(self._names, self._moments, strict=True), 1):
            name.setBuddy(moment)
            grid.addWidget(name, row, 0)
            grid.addWidget(moment, row, 1)
        self._reconnecting = MarkedLine(self)
        self._reconnecting.set_mark(Mark.UNDER_WAY)
        grid.addWidget(self._reconnecting, len(self._names) + 1, 0, 1, 2)
        # After midnight "8:03 p.m." was yesterday.
        self._minutes = QTimer(self)
        self._minutes.setInterval(_MINUTE)
        self._minutes.timeout.connect(self.retell)

    def set_title(self, text: str) -> None:
        """On what computer."""
        self._title.setText(text)

    def tell(self, state: SignedIn | None, language: Language) -> None:
        """Show ``state`` in ``language``, or nothing."""
        self._state, self._language = state, language
        self.retell()

    def retell(self) -> None:
        """Show the same, on another day perhaps."""
        state = self._state
        texts = ("", "", "") if state is None else self._in_words(state)
        names = (
            translate("SessionFacts", "Signed in"),
            translate("SessionFacts", "Until"),
            translate("SessionFacts", "Last sign-in"),
        )
        for label, moment, name, text in zip(self._names, self._moments, names, texts, strict=True):
            label.setText(name)
            moment.setText(text)
            moment.setAccessibleDescription(name)
            label.setVisible(bool(text))
            moment.setVisible(bool(text))
        self._reconnecting.setText(self.reconnecting_in_words())
        self._reconnecting.setVisible(state is not None and state.reconnecting)

    def reconnecting_in_words(self) -> str:
        """What is said while the far ends cannot be reached."""
        return translate("SessionFacts", "Reconnecting…")

    def showEvent(self, event: QShowEvent) -> None:
        """Look at the day from time to time."""
        super().showEvent(event)
        self._minutes.start()

    def hideEvent(self, event: QHideEvent) -> None:
        """Rest."""
        super().hideEvent(event)
        self._minutes.stop()

    def _in_words(self, state: SignedIn) -> tuple[str, str, str]:
        return (self._moment(state.since), self._moment(state.until), self._moment(state.last_sign_in))

    def _moment(self, seconds: float | None) -> str:
        """In local time; with its date where that is not today's; of another year the date alone."""
        if not seconds:
            return ""
        moment = QDateTime.fromSecsSinceEpoch(int(seconds))
        today = QDateTime.fromSecsSinceEpoch(int(self._wall_clock())).date()
        locale = locale_of(self._language)
        time = locale.toString(moment.time(), locale.FormatType.ShortFormat)
        date = moment.date()
        if date == today:
            return time
        if date.year() != today.year():
            pattern = translate("SessionFacts", "MMM d, yyyy", "a day and its year, likewise")
            return locale.toString(date, pattern)
        pattern = translate("SessionFacts", "MMM d", "a day, in the letters of QLocale.toString")
        return f"{locale.toString(date, pattern)}, {time}"
