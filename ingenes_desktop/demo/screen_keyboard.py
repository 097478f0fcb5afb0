"""The demo's stand-in for the system's on-screen keyboard, to rehearse a touch screen on any computer."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, Signal, Slot
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QHBoxLayout, QPushButton, QSizePolicy, QVBoxLayout, QWidget

from ingenes_desktop.demo.window_words import words
from ingenes_desktop.ui.keyboard_room import ASSUMED_SHARE

_LETTERS = ("qwertyuiop", "asdfghjklñ", "zxcvbnm")
_SIGNS = ("1234567890", "@.-_+#$%&/", "!?=()*:")
_SPACING = 4


class DemoScreenKeyboard(QObject):
    """A ScreenKeyboard: its window stands at the screen's foot, and is this program's own.

    The three questions come on worker threads, as with the system's; all else is for the UI thread.
    """

    _wanted = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._keys: KeyboardWindow | None = None
        self._is_shown = False
        # Emitted on a worker thread, heard on this one.
        self._wanted.connect(self._obey, Qt.ConnectionType.QueuedConnection)

    def serve(self, window: QWidget) -> None:
        """Type into ``window`` from now on."""
        self._keys = KeyboardWindow(window, self._note)

    def show(self) -> bool:
        """See ScreenKeyboard."""
        # Said before it stands, so that nobody misses it meanwhile.
        self._is_shown = self._keys is not None
        self._wanted.emit(True)  # noqa: FBT003  the signal says what
        return self._is_shown

    def hide(self) -> None:
        """See ScreenKeyboard."""
        self._wanted.emit(False)  # noqa: FBT003  likewise

    def is_shown(self) -> bool:
        """See ScreenKeyboard."""
        return self._is_shown

    @Slot(bool)
    def _obey(self, shown: bool) -> None:
        if self._keys is not None:
            self._keys.setVisible(shown)
            if shown:
                self._keys.raise_()

    def _note(self, shown: bool) -> None:
        self._is_shown = shown


class KeyboardWindow(QWidget):
    """Types into whatever has the focus in the application's window, without taking it.

    It goes with that window, and by its own key "Hide".
    """

    def __init__(self, window: QWidget, note: Callable[[bool], None]) -> None:
        """``note`` is told whenever it comes or goes."""
        flags = (
            Qt.WindowType.Tool | Qt.WindowType.FramelessWindowHint | Qt.WindowType.WindowDoesNotAcceptFocus
        )
        super().__init__(window, flags)
        self.setObjectName("demo-keyboard")
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._window = window
        self._note = note
        self._has_signs = False
        self._is_shifted = False
        self._characters: list[QPushButton] = []
        rows = QVBoxLayout(self)
        rows.setContentsMargins(_SPACING, _SPACING, _SPACING, _SPACING)
        rows.setSpacing(_SPACING)
        lines = [QHBoxLayout() for _ in (*_LETTERS, "foot")]
        for line in lines:
            line.setSpacing(_SPACING)
            rows.addLayout(line)
        for line, letters in zip(lines, _LETTERS, strict=False):
            for _ in letters:
                key = self._add(line, self._type_character)
                self._characters.append(key)
        self.shift_key = self._add(lines[2], self._shift, stretch=2)
        self.erase_key = self._add(lines[2], lambda: self._press(Qt.Key.Key_Backspace), stretch=2)
        self.signs_key = self._add(lines[3], self._change_characters, stretch=2)
        self.at_key = self._add(lines[3], lambda: self._press(Qt.Key.Key_At, "@"))
        self.space_key = self._add(lines[3], lambda: self._press(Qt.Key.Key_Space, " "), stretch=4)
        self.point_key = self._add(lines[3], lambda: self._press(Qt.Key.Key_Period, "."))
        self.enter_key = self._add(lines[3], lambda: self._press(Qt.Key.Key_Return, "\r"), stretch=2)
        self.hide_key = self._add(lines[3], self.hide, stretch=2)
        self._speak()
        window.installEventFilter(self)

    def key(self, character: str) -> QPushButton:
        """The key that types ``character`` now. Raises StopIteration where there is none."""
        return next(each for each in self._characters if _typed_by(each) == character)

    def setVisible(self, visible: bool) -> None:  # noqa: N802  Qt's own
        """Come at the foot of the window's screen, as wide as that; or go."""
        if visible:
            screen = self._window.screen().geometry()
            height = round(screen.height() * ASSUMED_SHARE)
            self.setGeometry(QRect(screen.left(), screen.bottom() + 1 - height, screen.width(), height))
        super().setVisible(visible)
        self._note(visible)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        if event.type() is QEvent.Type.LanguageChange:
            self._speak()
        super().changeEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Go with the application's window."""
        if event.type() is QEvent.Type.Hide and watched is self._window:
            self.hide()
        return super().eventFilter(watched, event)

    def _add(self, line: QHBoxLayout, pressed: Callable[[], None], *, stretch: int = 1) -> QPushButton:
        key = QPushButton(self)
        key.setProperty("role", "quiet")  # the application's own looks: keys with edges
        key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        key.setMinimumWidth(1)
        key.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Expanding)
        key.clicked.connect(pressed)
        line.addWidget(key, stretch)
        return key

    def _type_character(self) -> None:
        key = self.sender()
        if isinstance(key, QPushButton):
            self._press(Qt.Key.Key_unknown, _typed_by(key))
            if self._is_shifted:
                self._shift()

    def _press(self, key: Qt.Key, text: str = "") -> None:
        field = self._window.focusWidget()
        if field is not None:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))

    def _shift(self) -> None:
        self._is_shifted = not self._is_shifted
        self._label()

    def _change_characters(self) -> None:
        self._has_signs = not self._has_signs
        self._label()

    def _label(self) -> None:
        characters = "".join(_SIGNS if self._has_signs else _LETTERS)
        for key, character in zip(self._characters, characters.ljust(len(self._characters)), strict=True):
            key.setText((character.upper() if self._is_shifted else character).replace("&", "&&").strip())
        self.signs_key.setText("abc" if self._has_signs else "123")

    def _speak(self) -> None:
        self.setWindowTitle(words("keyboard"))
        self.shift_key.setText(words("shift"))
        self.erase_key.setText(words("erase"))
        self.at_key.setText("@")
        self.point_key.setText(".")
        self.space_key.setText(words("space"))
        self.enter_key.setText(words("enter"))
        self.hide_key.setText(words("hide"))
        self._label()


def _typed_by(key: QPushButton) -> str:
    # A button takes a single "&" for the sign of a mnemonic.
    return key.text().replace("&&", "&")
