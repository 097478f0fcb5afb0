"""Setting an authenticator app up: the key to scan or to type, and the app's first code."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QBoxLayout, QVBoxLayout, QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import AuthenticatorKey
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.code_edit import CodeEdit
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.key_label import KeyLabel
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.qr_code import QrCode

translate = QCoreApplication.translate
_GROUP = 4
_WORDS = 200
"""As narrow as the words beside the symbol may become; with less room they stand below it."""


class AuthenticatorSetUp(QWidget):
    """The QR code, beside or below it the key as text and the field for the code. UI thread only.

    The words that say what to do with it stand above, and are the view's. What is wrong with a code stands
    below the field until the next attempt.
    """

    code_given = Signal(str)
    """The code without blanks and dashes. It stays in the field until :meth:`forget`."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, parent: QWidget | None = None, *, selectable: bool) -> None:
        """``selectable``: the key may be copied (not on a kiosk: the next person could paste it)."""
        super().__init__(parent)
        self._problem: Problem | None = None
        self._symbol = QrCode(self)
        self._key_name = PlainLabel("label", self)
        self._key = KeyLabel(self, selectable=selectable)
        self._key_name.setBuddy(self._key)
        self.code = CodeEdit(self)
        self.code.returnPressed.connect(self.submit)
        self._field = FormField(self.code, self, lines=2)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addWidget(self._key_name)
        words.addSpacing(Space.HAIR)
        words.addWidget(self._key)
        words.addSpacing(Space.MEDIUM)
        words.addWidget(self._field)
        words.addStretch(1)
        self._halves = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._halves.setContentsMargins(0, 0, 0, 0)
        self._halves.setSpacing(Space.LARGE)
        self._halves.addWidget(self._symbol, 0, Qt.AlignmentFlag.AlignTop)
        self._halves.addLayout(words, 1)
        self.setTabOrder(self._key, self.code)
        self._room = Size.CARD
        self.retranslate()

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in reading order."""
        return (self._key, self.code)

    def fit(self, width: int, *, tight: bool) -> None:
        """Arrange both halves for ``width`` pixels, with a larger symbol where nothing is ``tight``."""
        self._room = width
        self._symbol.make_large(not tight)
        self._arrange()

    def show_key(self, key: AuthenticatorKey | None) -> None:
        """Show ``key``, or hide the one that is shown; what was typed stays."""
        self._symbol.show_symbol(None if key is None else key.symbol)
        self._key.setText("" if key is None else _grouped(key.text.reveal()))
        self._arrange()

    def submit(self) -> None:
        """Emit ``code_given``, or ask for the code and take the focus there."""
        if self.code.isReadOnly():
            return
        code = self.code.code()
        self._problem = None
        self._field.refuse("" if code else self._missing())
        if code:
            self.code_given.emit(code)
        else:
            self.code.setFocus()
            self.warned.emit(self._field.refusal)

    def set_busy(self, busy: bool) -> None:
        """Keep the looks, take no more words while the code is being checked."""
        self.code.setReadOnly(busy)
        if busy:
            self._field.refuse("")

    def show_problem(self, problem: Problem | None) -> bool:
        """Show ``problem`` below the field, if it is about the code; whether it is."""
        self._problem = problem if problem is not None and is_about(problem) is Subject.CODE else None
        if self._problem is not None:
            self._field.refuse(sentence(self._problem))
        return self._problem is not None

    def take_focus(self) -> None:
        """Into the field, with all of it selected: it is typed over."""
        self.code.setFocus()
        self.code.selectAll()

    def put_aside(self) -> str:
        """Forget key and code, and give what was typed; what was wrong with it stays said."""
        typed = self.code.text()
        self.show_key(None)
        self.code.forget()
        return typed

    def forget(self) -> None:
        """Forget the key, the code, and what was said of it."""
        self.put_aside()
        self._problem = None
        self._field.refuse("")

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._symbol.retranslate()
        self._key_name.setText(translate("AuthenticatorSetUp", "Key"))
        self._key.setAccessibleDescription(translate("AuthenticatorSetUp", "Key"))
        self._field.set_label(translate("AuthenticatorSetUp", "&Verification code"))
        if self._field.refusal:
            self._field.refuse(self._missing() if self._problem is None else sentence(self._problem))

    def _arrange(self) -> None:
        # By the room that there will be, and not as it is resized: what is shown must not jump once more.
        beside = self._room >= self._symbol.width() + Space.LARGE + scaled(_WORDS)
        direction = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        if direction is not self._halves.direction():
            self._halves.setDirection(direction)

    def _missing(self) -> str:
        return translate("AuthenticatorSetUp", "Enter the code.")


def _grouped(key: str) -> str:
    """In groups of four, so that the eye finds its place again while it is typed off."""
    return " ".join(key[start : start + _GROUP] for start in range(0, len(key), _GROUP))
