"""Keeps what the person chose for the next start: on a worker, when the hand has come to rest."""

from collections.abc import Callable
from threading import Event

from PySide6.QtCore import QObject, QTimer, Slot

from ingenes_desktop.controllers.background import Background, Lane
from ingenes_desktop.domain.errors import AuthError
from ingenes_desktop.domain.event_log import record
from ingenes_desktop.domain.machine import Appearance, Language, MachineKind
from ingenes_desktop.domain.preferences import Preferences, WindowPlace
from ingenes_desktop.domain.value import replace

PAUSE_MILLISECONDS = 1000
END_SECONDS = 0.25
"""The window has been hidden by then; a disk that takes longer keeps the old file."""


class PreferencesKeeper(QObject):
    """UI thread only. ``write`` is called on a worker with what is to be kept, and may raise OSError."""

    def __init__(
        self,
        present: Preferences,
        machine: MachineKind,
        write: Callable[[Preferences], None],
        background: Background,
        parent: QObject | None = None,
    ) -> None:
        """``present`` is what the file says; of news, what ``machine`` may keep goes there."""
        super().__init__(parent)
        self._present = present
        self._written = present.kept_on(machine)
        self._machine = machine
        self._write = write
        self._background = background
        self._at_rest = Event()
        """Of the last write: it is over."""
        self._at_rest.set()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self.flush)

    @Slot(object)
    def note_language(self, language: Language) -> None:
        """The person chose it."""
        self._note(replace(self._present, language=language))

    @Slot(object)
    def note_appearance(self, appearance: Appearance) -> None:
        """The person chose it."""
        self._note(replace(self._present, appearance=appearance))

    @Slot(object)
    def note_place(self, place: WindowPlace) -> None:
        """The window stands there now."""
        self._note(replace(self._present, place=place))

    @Slot()
    def flush(self) -> None:
        """Write now what is not written yet."""
        self._pause.stop()
        news = self._present.kept_on(self._machine)
        if news == self._written:
            return
        self._written = news
        at_rest = self._at_rest = Event()
        self._background.run(
            Lane.PREFERENCES,
            lambda: self._try(news, at_rest),
            on_done=lambda _nothing: None,
            on_failed=_leave_it,
        )

    def end(self) -> None:
        """The event loop has returned: give what is being written a moment."""
        self._at_rest.wait(END_SECONDS)

    def _note(self, present: Preferences) -> None:
        self._present = present
        self._pause.start()

    def _try(self, news: Preferences, at_rest: Event) -> None:
        try:
            self._write(news)
        except (OSError, ValueError) as error:
            record("preferences_not_kept", error=type(error).__name__)
        finally:
            at_rest.set()


def _leave_it(_error: AuthError) -> None:
    """Nobody is troubled with it; what went wrong is in the log."""
