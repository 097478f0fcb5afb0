"""A new password, typed twice, with its rules checked while it is typed."""

from collections.abc import Callable

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.password_policy import PasswordPolicy
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.messages import requirements, sentence
from ingenes_desktop.ui.widgets.field_pair import FieldPair
from ingenes_desktop.ui.widgets.field_words import FieldWords
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.password_edit import PasswordEdit
from ingenes_desktop.ui.widgets.rule_list import RuleList

translate = QCoreApplication.translate


class NewPasswordFields(QWidget):
    """Both fields, each with its words below, and the ``rules`` they keep checked.

    What is said of a password stands until the next attempt (:meth:`secret`), in the language of the
    moment; the rules follow what is typed. ``stacked`` puts one below the other, also where there is
    room beside.
    """

    submitted = Signal()
    """Enter was pressed in the last field."""
    warned = Signal(str)
    """Words for a screen reader, at once."""

    def __init__(self, policy: PasswordPolicy, rules: RuleList, *, stacked: bool = False) -> None:
        super().__init__()
        self._policy = policy
        self._rules = rules
        self.new = PasswordEdit()
        self.confirmation = PasswordEdit()
        self._new_field = FormField(self.new, self, lines=0)
        self._confirmation_field = FormField(self.confirmation, self, lines=0)
        self._refused: FormField | None = None
        self._why: Callable[[], str] = str
        self._words = {field: FieldWords(2, self) for field in (self._new_field, self._confirmation_field)}
        self._pair = FieldPair(self, stacked=stacked)
        for field, words in self._words.items():
            self._pair.add(field, words)
        self.new.edited.connect(self._new_edited)
        self.new.returnPressed.connect(self.confirmation.setFocus)
        self.confirmation.returnPressed.connect(self.submitted)
        for edit in (self.new, self.confirmation):
            edit.caps_lock_changed.connect(self._show_words)
        self.new.refused_paste.connect(lambda: self._refuse_paste(self._new_field))
        self.confirmation.refused_paste.connect(lambda: self._refuse_paste(self._confirmation_field))

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in reading order."""
        return (self.new, self.new.eye, self.confirmation, self.confirmation.eye)

    def stack(self, stacked: bool) -> None:
        """Put one field below the other, or beside it where there is room."""
        self._pair.stack(stacked)

    def secret(self) -> Secret | None:
        """The new password if it may be sent, without wiping it; else it says why and takes the focus."""
        unmet = self.new.evaluate(self._policy.unmet)
        if self.new.is_empty():
            self._refuse(self._new_field, lambda: translate("NewPasswordFields", "Enter your password."))
        elif unmet:
            self._refuse(self._new_field, lambda: requirements(unmet))
        elif not self.new.evaluate(lambda new: self.confirmation.evaluate(lambda again: again == new)):
            self._refuse(
                self._confirmation_field, lambda: translate("NewPasswordFields", "Passwords do not match.")
            )
            # Nobody sees which letter is wrong: it is typed over.
            self.confirmation.selectAll()
        else:
            self.show_problem(None)
            return self.new.evaluate(Secret)
        return None

    def show_problem(self, problem: Problem | None) -> None:
        """Say what the far end said of the new password; None takes back whatever was said."""
        if problem is None:
            self._refused = None
        else:
            self._say(self._new_field, lambda: sentence(problem))
        self._show_words()

    def wipe(self) -> None:
        """Forget both; what was said of them stays."""
        self.new.wipe()
        self.confirmation.wipe()

    def set_read_only(self, read_only: bool) -> None:
        """Keep the looks, take no more words."""
        self.new.setReadOnly(read_only)
        self.confirmation.setReadOnly(read_only)

    def retranslate(self) -> None:
        """Put the words of the present language, of what is refused as well."""
        self._new_field.set_label(translate("NewPasswordFields", "&New password"))
        self._confirmation_field.set_label(translate("NewPasswordFields", "Confirm &password"))
        self._rules.retranslate()
        self._show_words()

    def _say(self, field: FormField, why: Callable[[], str]) -> None:
        self._refused, self._why = field, why
        self._show_words()

    def _refuse(self, field: FormField, why: Callable[[], str]) -> None:
        self._say(field, why)
        field.edit.setFocus()
        self.warned.emit(why())

    def _refuse_paste(self, field: FormField) -> None:
        self._refuse(field, lambda: translate("NewPasswordFields", "That is too long for a password."))

    def _new_edited(self) -> None:
        self._rules.show_unmet(self.new.evaluate(self._policy.unmet))

    def _show_words(self) -> None:
        # Side by side the first field's words lie under both: one of the two speaks at a time.
        silent = self._refused is not self._new_field
        for field, edit, may_hint in (
            (self._new_field, self.new, self._refused is not self._confirmation_field),
            (self._confirmation_field, self.confirmation, silent),
        ):
            error = self._why() if field is self._refused else ""
            caps_lock = may_hint and edit.caps_lock
            hint = translate("NewPasswordFields", "Caps Lock is on") if caps_lock else ""
            field.mark_refused(bool(error))
            self._words[field].show_words(error, hint)
            edit.setAccessibleDescription(" ".join(filter(None, (error, hint))))
