"""A circle with a person's initials. Decoration: the name stands beside it, and it has none of its own."""

from unicodedata import category, normalize

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from ingenes_desktop.ui.painting import circle, fill
from ingenes_desktop.ui.theme.theme import colors_of, scaled
from ingenes_desktop.ui.theme.tokens import Size, Type

# Between the parts of a name, in Spanish and its neighbours: "Ana de la Cruz" is AC.
_PARTICLES = frozenset(
    {"da", "das", "de", "del", "di", "do", "dos", "e", "el", "la", "las", "los", "van", "von", "y"}
)

_SHORT_NAME = 2
"""Words of a name with one surname."""


def initials_of(name: str) -> str:
    """The first letters of a given name and of the first surname, or of an e-mail address; or "".

    Whoever has two surnames is called by the first of them, which is the last word but one.
    """
    local, at, _domain = name.partition("@")
    is_address = bool(at) and " " not in local
    if is_address:
        for mark in "._-+":
            local = local.replace(mark, " ")
        words = local.split()
    else:
        words = name.split()
    letters = [(word.casefold(), _first_letter(word)) for word in words]
    letters = [(word, letter) for word, letter in letters if letter]
    names = [letter for word, letter in letters if word not in _PARTICLES] or [
        letter for _, letter in letters
    ]
    has_two_surnames = len(names) > _SHORT_NAME and not is_address
    surname = names[-2:-1] if has_two_surnames else names[1:][-1:]
    return "".join(names[:1] + surname)


def _first_letter(word: str) -> str:
    """The first letter, or digit, in upper case, with the marks that are combined with it; "" without one."""
    text = normalize("NFC", word)
    start = next((place for place, character in enumerate(text) if character.isalnum()), None)
    if start is None:
        return ""
    end = start + 1
    while end < len(text) and category(text[end]) == "Mn":
        end += 1
    return text[start].upper()[:1] + text[start + 1 : end]


class Avatar(QWidget):
    """Draws the initials of a name, or an empty circle."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._initials = ""
        self.set_small(small=False)

    @property
    def initials(self) -> str:
        """What is drawn."""
        return self._initials

    def set_small(self, *, small: bool) -> None:
        """Be smaller, where there is little room."""
        side = scaled(Size.AVATAR_SMALL if small else Size.AVATAR)
        self.setFixedSize(side, side)

    def show_initials_of(self, name: str) -> None:
        """Draw those of ``name``."""
        self._initials = initials_of(name)
        self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the circle and the letters."""
        colors = colors_of(self)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        fill(painter, circle(QRectF(self.rect())), colors.on_aside_accent)
        font = self.font()
        font.setPixelSize(round(self.width() * Type.AVATAR / Size.AVATAR))
        font.setWeight(font.Weight.DemiBold)
        painter.setFont(font)
        painter.setPen(QColor(colors.aside))
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self._initials)
