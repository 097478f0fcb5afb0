"""What two views share in which a person waits: for a kept session, and behind the cover."""

from itertools import pairwise
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.settings import Settings
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.buttons import BusyButton, LinkButton
from ingenes_desktop.ui.widgets.notice_bar import NoticeBar
from ingenes_desktop.ui.widgets.progress_line import ProgressLine

if TYPE_CHECKING:
    from ingenes_desktop.ui.widgets.countdown import Clock

translate = QCoreApplication.translate


class WaitingView(View):
    """A heading, below it how it goes on or why not, and two ways on. Light: it may be the first paint."""

    WISHES = ("retry_requested", "use_password_requested")
    retry_requested = Signal()
    use_password_requested = Signal()

    def __init__(
        self, settings: Settings, clock: "Clock", parent: QWidget | None, mark: type[QWidget] | None = None
    ) -> None:
        """``mark`` is drawn above the heading."""
        super().__init__(settings, clock, parent)
        active = self.form.parentWidget()
        if mark is not None:
            self.form.insertWidget(0, mark(active))
            self.form.insertSpacing(1, Space.LARGE)
        self.form.insertStretch(0, 1)
        # One place for what goes on and for why not: nothing moves when one follows the other.
        place = QWidget(active)
        place.setMinimumHeight(scaled(Size.NOTICE))
        self._line = ProgressLine(place)
        self._bar = NoticeBar(clock, place)
        below = QHBoxLayout(place)
        below.setContentsMargins(0, 0, 0, 0)
        below.addWidget(self._line)
        below.addWidget(self._bar)
        # One below the other: a wide font has no room for both words on one line.
        self._retry = BusyButton(active)
        self._retry.clicked.connect(self.retry_requested)
        self._use_password = LinkButton(active)
        self._use_password.clicked.connect(self.use_password_requested)
        self.form.addSpacing(Space.MEDIUM)
        self.form.addWidget(place)
        self.form.addSpacing(Space.LARGE)
        for way in (self._retry, self._use_password):
            room = way.sizePolicy()
            room.setRetainSizeWhenHidden(True)
            way.setSizePolicy(room)
        self.form.addWidget(self._retry)
        self.form.addSpacing(Space.SMALL)
        # Its padding: its words stand below the others.
        below_button = QHBoxLayout()
        below_button.addSpacing(-Space.SMALL)
        below_button.addWidget(self._use_password)
        below_button.addStretch(1)
        self.form.addLayout(below_button)
        self.form.addStretch(1)
        self.finish_aside(None)
        for first, second in pairwise((self._retry, self._use_password, *self.tools.stops)):
            self.setTabOrder(first, second)

    def show_progress(
        self,
        problem: Problem | None,
        *,
        busy: bool,
        with_password: bool,
        entered: bool,
        with_retry: bool = False,
    ) -> None:
        """Say that it goes on, or why not; ``with_...`` offers that way also while nothing is wrong."""
        could_retry = not self._retry.isHidden()
        before = self.heading.whole_text()
        self.heading.setText(self.heading_in_words())
        self._line.setAccessibleName(self.heading.whole_text())
        if busy and not entered and self.heading.whole_text() != before:
            self.announced.emit(self.heading.whole_text())
        self._line.setVisible(busy)
        self._bar.setVisible(problem is not None)
        self._bar.show_problem(problem)
        self._retry.set_texts(self.retry_in_words(), self.retry_in_words())
        self._retry.setVisible(with_retry or problem is not None)
        self._use_password.setVisible(with_password or problem is not None)
        if problem is not None and (entered or not could_retry):
            self._retry.setFocus()
        elif problem is None and (entered or could_retry) and not with_retry:
            # An Enter too many must not lead away from what is under way.
            self.setFocus()

    def heading_in_words(self) -> str:
        """What is under way, in the present language; a subclass has its own."""
        raise NotImplementedError

    def retry_in_words(self) -> str:
        """The way that is not the password, in the present language."""
        return translate("WaitingView", "&Try again")

    def retranslate(self) -> None:
        """Put the words of the present language."""
        super().retranslate()
        self.heading.setText(self.heading_in_words())
        self._line.setAccessibleName(self.heading.whole_text())
        self._retry.set_texts(self.retry_in_words(), self.retry_in_words())
        self._use_password.setText(translate("WaitingView", "&Sign in with password"))
        self._bar.retranslate()
