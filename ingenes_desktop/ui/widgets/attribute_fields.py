"""What an account lacks and must have: one field for each attribute."""

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLineEdit, QWidget

from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.ui.mnemonics import with_free_letters
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.line_edit import LineEdit

translate = QCoreApplication.translate
_VALUE_LENGTH = 2048
"""Characters, as Cognito's AttributeValueType has it; its pool may take fewer."""
_NAME_LENGTH = 26
"""Characters of an attribute's own name that have room above its field."""
_FIELD = 170
"""As narrow as a field may become before the other one on its line goes below it."""
_PHONE_EXAMPLE = "+52 55 1234 5678"
_PHONE_MARKS = " -().\u00a0"


class AttributeFields(QWidget):
    """Two fields on a line where there is room, else one; the window's page scrolls them. UI thread only.

    What is wrong with a field stands below it until the next attempt, and so does how to write it: an
    example within the field would be gone with the first letter.
    """

    submitted = Signal()
    """Enter was pressed in the last field."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._names: tuple[str, ...] = ()
        self._fields: list[FormField] = []
        self._taken: frozenset[str] = frozenset()
        self._missing: frozenset[str] = frozenset()
        self._columns = 2
        self._room: int = Size.CARD
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.HAIR)

    @property
    def edits(self) -> list[QLineEdit]:
        """The fields, in the order in which they are filled."""
        return [field.edit for field in self._fields]

    def fit(self, width: int) -> None:
        """As many columns as have room in ``width`` pixels."""
        self._room = width
        self._place()

    def ask_for(self, names: tuple[str, ...]) -> None:
        """Ask for these, by Cognito's names; all fields are new and empty."""
        self.forget()
        for field in self._fields:
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._names = names
        self._missing = frozenset()
        self._fields = [self._new_field(place, name) for place, name in enumerate(names)]
        self.retranslate()
        for field in self._fields:
            # Now, and not when the layout has time: one of them may get the focus.
            field.show()
        self.setVisible(bool(names))

    def values(self) -> tuple[tuple[str, str], ...] | None:
        """Each name and its value, trimmed; None where one is missing: that is said, and has the focus."""
        values = tuple(zip(self._names, (_clean(*each) for each in self._typed()), strict=True))
        self._missing = frozenset(name for name, value in values if not value)
        self._say_what_is_missing()
        missing = [field for name, field in self._named() if name in self._missing]
        if missing:
            self.focus_on(missing[0].edit)
            self.warned.emit(f"{missing[0].edit.accessibleName()}: {missing[0].refusal}")
            return None
        return values

    def mark_refused(self, refused: bool) -> None:
        """Colour the edges of all, or of those alone that say themselves what is wrong."""
        for field in self._fields:
            field.mark_refused(refused or bool(field.refusal))

    def focus_on(self, edit: QLineEdit) -> None:
        """Put the focus into one of the fields, with all of it selected."""
        edit.setFocus()
        edit.selectAll()

    def set_read_only(self, read_only: bool) -> None:
        """Keep the looks, take no more words."""
        for edit in self.edits:
            edit.setReadOnly(read_only)

    def forget(self) -> None:
        """Empty all fields for good."""
        for field in self._fields:
            # Not clear(): that keeps the undo history.
            field.edit.setText("")
            field.refuse("")

    def texts(self) -> list[str]:
        """What stands in the fields, to be put back."""
        return [edit.text() for edit in self.edits]

    def put_back(self, texts: list[str]) -> None:
        """Fill the fields as they were, and say again what was missing."""
        for edit, text in zip(self.edits, texts, strict=False):
            edit.setText(text)
        self._say_what_is_missing()

    def retranslate(self, taken: frozenset[str] | None = None) -> None:
        """Put the words of the present language; what was typed stays.

        ``taken`` are the letters by which Alt reaches what stands around the fields.
        """
        if taken is not None:
            self._taken = taken
        labels = with_free_letters(map(attribute_in_words, self._names), self._taken)
        for (name, field), label in zip(self._named(), labels, strict=True):
            field.set_label(label)
            field.set_hint(_how_to_write(name))
            if field.refusal:
                field.refuse(self._missing_in_words())
        self._place()

    def _new_field(self, place: int, name: str) -> FormField:
        edit = LineEdit(self)
        edit.setMaxLength(_VALUE_LENGTH)
        if name == "phone_number":
            edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        edit.returnPressed.connect(lambda: self._go_on(place))
        return FormField(edit, self)

    def _place(self) -> None:
        """Put each where it belongs; one that is alone on the last line has all of it."""
        widest = max((field.minimumSizeHint().width() for field in self._fields), default=0)
        needed = 2 * max(widest, scaled(_FIELD)) + Space.MEDIUM
        columns = 2 if self._room >= needed else 1
        if columns == self._columns and self._grid.count() == len(self._fields):
            return
        self._columns = columns
        for column in range(2):
            self._grid.setColumnStretch(column, 1 if column < columns else 0)
        for field in self._fields:
            self._grid.removeWidget(field)
        for place, field in enumerate(self._fields):
            is_alone = columns > 1 and place == len(self._fields) - 1 and place % columns == 0
            self._grid.addWidget(field, *divmod(place, columns), 1, columns if is_alone else 1)

    def _named(self) -> list[tuple[str, FormField]]:
        return list(zip(self._names, self._fields, strict=True))

    def _typed(self) -> list[tuple[str, str]]:
        return list(zip(self._names, self.texts(), strict=True))

    def _say_what_is_missing(self) -> None:
        for name, field in self._named():
            field.refuse(self._missing_in_words() if name in self._missing else "")

    def _missing_in_words(self) -> str:
        return translate("AttributeFields", "Fill in this field.")

    def _go_on(self, place: int) -> None:
        following = self.edits[place + 1 :]
        if following:
            self.focus_on(following[0])
        else:
            self.submitted.emit()


def attribute_in_words(name: str) -> str:  # noqa: C901, PLR0911, PLR0912  one table, read from top to bottom
    """What an attribute is called: OpenID Connect's standard ones in words, others by their plain name.

    https://openid.net/specs/openid-connect-core-1_0.html#StandardClaims
    """
    match name:
        case "name":
            return translate("AttributeFields", "Full name")
        case "given_name":
            return translate("AttributeFields", "First name")
        case "middle_name":
            return translate("AttributeFields", "Middle name")
        case "family_name":
            return translate("AttributeFields", "Last name")
        case "nickname":
            return translate("AttributeFields", "Nickname")
        case "preferred_username":
            return translate("AttributeFields", "Preferred username")
        case "email":
            return translate("AttributeFields", "Email")
        case "phone_number":
            return translate("AttributeFields", "Phone")
        case "birthdate":
            return translate("AttributeFields", "Date of birth")
        case "gender":
            return translate("AttributeFields", "Gender")
        case "address":
            return translate("AttributeFields", "Address")
        case "locale":
            return translate("AttributeFields", "Language")
        case "zoneinfo":
            return translate("AttributeFields", "Time zone")
        case "website":
            return translate("AttributeFields", "Website")
        case "profile":
            return translate("AttributeFields", "Profile page")
        case "picture":
            return translate("AttributeFields", "Picture (web address)")
        case "updated_at":
            return translate("AttributeFields", "Last updated")
        case _:
            plain = plain_text(name.removeprefix("custom:").replace("_", " "), _NAME_LENGTH)
            return plain[:1].upper() + plain[1:]


def _how_to_write(name: str) -> str:
    match name:
        case "phone_number":
            return translate("AttributeFields", "Such as {example}").format(example=_PHONE_EXAMPLE)
        case "birthdate":
            return translate("AttributeFields", "YYYY-MM-DD")
        case _:
            return ""


def _clean(name: str, text: str) -> str:
    """``text`` trimmed; of a phone number Cognito takes the "+" and the digits alone."""
    value = text.strip()
    return "".join(c for c in value if c not in _PHONE_MARKS) if name == "phone_number" else value
