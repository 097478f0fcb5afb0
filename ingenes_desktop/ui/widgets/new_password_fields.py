"""A new password, typed twice, with its rules checked while it is typed."""

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from ingenes_desktop.domain.password_policy import PasswordPolicy
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.messages import requirements
from ingenes_desktop.ui.theme.theme import set_role
from ingenes_desktop.ui.theme.tokens import Space, Type
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.plain_label import PlainLabel
from ingenes_desktop.ui.widgets.rule_list import RuleList

translate = QCoreApplication.translate
_LINE_HEIGHT = 2 * (Type.SMALL + 5)


class NewPasswordFields(QWidget):
    """Both fields, one line for both below, and the ``rules`` they keep checked.

    ``stacked`` puts one below the other, where there is room.
    """

    submitted = Signal()
    """Enter was pressed in the last field."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, policy: PasswordPolicy, rules: RuleList, *, stacked: bool) -> None:
        super().__init__()
        self._policy = policy
        self._rules = rules
        self._refusal = ""
        self._is_refused = False
        self._wiping = False
        self.new = PasswordEdit()
        self.confirmation = PasswordEdit()
        self._new_field = FormField(self.new, lines=0)
        self._confirmation_field = FormField(self.confirmation, lines=0)
        self._line = PlainLabel("hint", wraps=True)
        self._line.setFixedHeight(_LINE_HEIGHT)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(Space.MEDIUM)
        self.arrange(stacked=stacked)
        self.new.edited.connect(self._new_edited)
        self.new.returnPressed.connect(self.confirmation.setFocus)
        self.confirmation.edited.connect(self._edited)
        self.confirmation.returnPressed.connect(self.submitted)
        for edit in (self.new, self.confirmation):
            edit.caps_lock_changed.connect(self._show_line)
        self.new.refused_paste.connect(lambda: self._refuse_paste(self._new_field))
        self.confirmation.refused_paste.connect(lambda: self._refuse_paste(self._confirmation_field))
        self.setTabOrder(self.new, self.new.eye)
        self.setTabOrder(self.new.eye, self.confirmation)
        self.setTabOrder(self.confirmation, self.confirmation.eye)

    def arrange(self, *, stacked: bool) -> None:
        """Put one field below the other, or beside it."""
        grid = self._grid
        for widget in (self._new_field, self._confirmation_field, self._line):
            grid.removeWidget(widget)
        if stacked:
            grid.setVerticalSpacing(Space.MEDIUM)
            grid.addWidget(self._new_field, 0, 0, 1, 2)
            grid.addWidget(self._confirmation_field, 1, 0, 1, 2)
        else:
            grid.setVerticalSpacing(Space.HAIR)
            grid.addWidget(self._new_field, 0, 0)
            grid.addWidget(self._confirmation_field, 0, 1)
        grid.addWidget(self._line, 2, 0, 1, 2)
        grid.setColumnStretch(0, 1)
        grid.setColumnStretch(1, 1)

    @property
    def is_refused(self) -> bool:
        """Whether what the far end said of the password still stands: nothing was typed since."""
        return self._is_refused

    def secret(self) -> Secret | None:
        """The new password if it may be sent, without wiping it; else it says why and takes the focus."""
        unmet = self.new.evaluate(self._policy.unmet)
        if self.new.is_empty():
            self._refuse_at(self._new_field, translate("NewPasswordFields", "Enter your password."))
        elif unmet:
            self._refuse_at(self._new_field, requirements(unmet))
        elif not self.new.evaluate(lambda new: self.confirmation.evaluate(lambda again: again == new)):
            text = translate("NewPasswordFields", "Passwords do not match.")
            self._refuse_at(self._confirmation_field, text)
            # Nobody sees which letter is wrong: it is typed over.
            self.confirmation.selectAll()
        else:
            self.refuse("")
            return self.new.evaluate(Secret)
        return None

    def refuse(self, text: str) -> None:
        """Say below the fields what the far end said of the password; "" takes that back."""
        self._new_field.mark_refused(bool(text))
        self._confirmation_field.mark_refused(False)  # noqa: FBT003  reads as the sentence it is
        self._refusal = text
        self._is_refused = bool(text)
        self._show_line()

    def wipe(self) -> None:
        """Forget both; what was said of them stays."""
        self._wiping = True
        self.new.wipe()
        self.confirmation.wipe()
        self._wiping = False

    def set_read_only(self, read_only: bool) -> None:
        """Keep the looks, take no more words."""
        self.new.setReadOnly(read_only)
        self.confirmation.setReadOnly(read_only)

    def retranslate(self) -> None:
        """Put the words of the present language. A refusal of this widget's own is taken back."""
        self._new_field.set_label(translate("NewPasswordFields", "New password"))
        self._confirmation_field.set_label(translate("NewPasswordFields", "Confirm password"))
        self._rules.retranslate()
        self.refuse("")

    def _refuse_at(self, field: FormField, text: str) -> None:
        self.refuse(text)
        self._is_refused = False
        self._new_field.mark_refused(field is self._new_field)
        self._confirmation_field.mark_refused(field is self._confirmation_field)
        field.edit.setFocus()
        self.warned.emit(text)

    def _refuse_paste(self, field: FormField) -> None:
        self._refuse_at(field, translate("NewPasswordFields", "That is too long for a password."))

    def _new_edited(self) -> None:
        self._rules.show_unmet(self.new.evaluate(self._policy.unmet))
        self._edited()

    def _edited(self) -> None:
        if self._refusal and not self._wiping:
            self.refuse("")

    def _show_line(self) -> None:
        caps_lock = self.new.caps_lock or self.confirmation.caps_lock
        hint = translate("NewPasswordFields", "Caps Lock is on") if caps_lock else ""
        set_role(self._line, "error" if self._refusal else "hint")
        self._line.setText(self._refusal or hint)
        for edit in (self.new, self.confirmation):
            edit.setAccessibleDescription(self._refusal or hint)
