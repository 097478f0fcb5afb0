"""The password that one has: its field, and the calm words that help to type it right."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit

translate = QCoreApplication.translate


class PasswordField(FormField):
    """Hands the password over as it was typed, once; blanks at its ends are not taken away, but told of.

    Cognito takes no such password, so that they were mostly pasted along. What was said of them stands until
    the next key, and so below the refusal.
    """

    typed = Signal()
    """There is another password in the field; without it."""
    announced = Signal(str)
    """Words for a screen reader, when it has a moment."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, parent: QWidget | None = None, *, lines: int = 1) -> None:
        self.password = PasswordEdit(parent)
        super().__init__(self.password, parent, lines=lines)
        self._had_outer_blanks = False
        self._may_be_empty = False
        self._says: Callable[[], str] | None = None
        self.password.edited.connect(self._edited)
        self.password.caps_lock_changed.connect(self._caps_lock_changed)
        self.password.refused_paste.connect(self._refuse_paste)

    def allow_empty(self) -> None:
        """Another first factor may be chosen: the hint says that nothing need be typed."""
        self._may_be_empty = True
        self._show_hint()

    def take(self) -> Secret | None:
        """The password; the field is empty by then. None where nothing was typed."""
        if self.password.is_empty():
            return None
        self._had_outer_blanks = self.password.has_outer_blanks()
        return Secret(self.password.take_text())

    def ask(self) -> None:
        """Say that it is missing."""
        self._refuse_with(_missing)

    def refuse(self, text: str) -> None:
        """Say below the field what is wrong with it; "" takes that back."""
        self._says = None
        super().refuse(text)

    def forget(self) -> None:
        """Forget the password, and what was said of it."""
        self._had_outer_blanks = False
        self.password.wipe()
        self.refuse("")
        self._show_hint()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.set_label(translate("PasswordField", "&Password"))
        if self._says is not None:
            self._refuse_with(self._says)
        self._show_hint()

    def _edited(self) -> None:
        if not self.password.is_empty():  # else taken or wiped, not typed
            self._had_outer_blanks = False
            if self._says is _too_long:  # what was pasted instead has room
                self.refuse("")
            self.typed.emit()
        self._show_hint()

    def _caps_lock_changed(self, on: bool) -> None:
        self._show_hint()
        if on:
            self.announced.emit(self.hint)

    def _show_hint(self) -> None:
        if self.password.caps_lock:
            words = translate("PasswordField", "Caps Lock is on")
        elif self._had_outer_blanks or self.password.has_outer_blanks():
            words = translate("PasswordField", "A password never begins or ends with a space.")
        elif self._may_be_empty and self.password.is_empty():
            words = translate("PasswordField", "Leave it empty to sign in without a password.")
        else:
            words = ""
        self.set_hint(words)

    def _refuse_paste(self) -> None:
        self._refuse_with(_too_long)
        self.warned.emit(self.refusal)

    def _refuse_with(self, says: Callable[[], str]) -> None:
        self.refuse(says())
        self._says = says


def _missing() -> str:
    return translate("PasswordField", "Enter your password.")


def _too_long() -> str:
    return translate("PasswordField", "That is too long for a password.")
