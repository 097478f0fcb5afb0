"""What an account lacks and must have: one field for each attribute."""

from math import ceil

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtWidgets import QFrame, QGridLayout, QLineEdit, QScrollArea, QWidget

from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.form_field import FormField

translate = QCoreApplication.translate
_VALUE_LENGTH = 2048
"""Characters, as Cognito's AttributeValueType has it; its pool may take fewer."""
_NAME_LENGTH = 26
"""Characters of an attribute's own name that have room above its field."""
_ROWS_SEEN = 2
_PHONE_EXAMPLE = "+52 55 1234 5678"
_PHONE_MARKS = " -().\u00a0"


class AttributeFields(QScrollArea):
    """Two fields on a line; from the third line on they are scrolled. UI thread only."""

    submitted = Signal()
    """Enter was pressed in the last field."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._names: tuple[str, ...] = ()
        self._fields: list[FormField] = []
        self._page = QWidget()
        self._grid = QGridLayout(self._page)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self._grid.setVerticalSpacing(Space.SMALL)
        self._grid.setColumnStretch(0, 1)
        self._grid.setColumnStretch(1, 1)
        self.setWidget(self._page)
        # The card's own ground: setWidget() has asked for another.
        for ground in (self._page, self.viewport()):
            ground.setAutoFillBackground(False)

    @property
    def edits(self) -> list[QLineEdit]:
        """The fields, in the order in which they are filled."""
        return [field.edit for field in self._fields]

    def ask_for(self, names: tuple[str, ...]) -> None:
        """Ask for these, by Cognito's names; all fields are new and empty."""
        self.forget()
        for field in self._fields:
            self._grid.removeWidget(field)
            field.hide()
            field.deleteLater()
        self._names = names
        self._fields = []
        for place, name in enumerate(names):
            edit = QLineEdit()
            edit.setMaxLength(_VALUE_LENGTH)
            field = FormField(edit, self._page, lines=0)
            edit.textEdited.connect(lambda _text, field=field: field.refuse(""))
            edit.returnPressed.connect(lambda place=place: self._go_on(place))
            is_alone = place == len(names) - 1 and place % 2 == 0
            self._grid.addWidget(field, *divmod(place, 2), 1, 2 if is_alone else 1)
            # Now, and not when the layout has time: one of them may get the focus.
            field.show()
            self._fields.append(field)
            if name == "phone_number":
                edit.setInputMethodHints(Qt.InputMethodHint.ImhDialableCharactersOnly)
        self.retranslate()
        self.setVisible(bool(names))
        rows = ceil(len(names) / 2)
        self._grid.setContentsMargins(0, 0, Space.SMALL if rows > _ROWS_SEEN else 0, 0)
        height = self._fields[0].sizeHint().height() if names else 0
        seen = min(rows, _ROWS_SEEN)
        self.setFixedHeight(seen * height + max(0, seen - 1) * Space.SMALL)

    def values(self) -> tuple[tuple[str, str], ...] | None:
        """Each name and its value, trimmed; None where one is missing: that is said, and has the focus."""
        values = tuple(zip(self._names, (_clean(*each) for each in self._typed()), strict=True))
        missing = [field for field, (_, value) in zip(self._fields, values, strict=True) if not value]
        for field in self._fields:
            field.refuse(self._missing_in_words() if field in missing else "")
        if missing:
            self.focus_on(missing[0].edit)
            self.warned.emit(f"{missing[0].edit.accessibleName()}: {missing[0].refusal}")
            return None
        return values

    def mark_refused(self, refused: bool) -> None:
        """Colour the edges of all; the words stand elsewhere."""
        for field in self._fields:
            field.mark_refused(refused)

    def focus_on(self, edit: QLineEdit) -> None:
        """Put the focus into one of the fields, and that field into sight."""
        edit.setFocus()
        edit.selectAll()
        self.ensureWidgetVisible(edit, 0, Space.WIDE)

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
        """Fill the fields as they were."""
        for edit, text in zip(self.edits, texts, strict=False):
            edit.setText(text)

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        for name, field in zip(self._names, self._fields, strict=True):
            field.set_label(attribute_in_words(name))
            field.edit.setPlaceholderText(_example(name))
            field.set_hint(_example(name))
            if field.refusal:
                field.refuse(self._missing_in_words())

    def _typed(self) -> list[tuple[str, str]]:
        return list(zip(self._names, self.texts(), strict=True))

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


def _example(name: str) -> str:
    match name:
        case "phone_number":
            return _PHONE_EXAMPLE
        case "birthdate":
            return translate("AttributeFields", "YYYY-MM-DD")
        case _:
            return ""


def _clean(name: str, text: str) -> str:
    """``text`` trimmed; of a phone number Cognito takes the "+" and the digits alone."""
    value = text.strip()
    return "".join(c for c in value if c not in _PHONE_MARKS) if name == "phone_number" else value
