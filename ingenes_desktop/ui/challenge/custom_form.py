"""A question of the clinic's own."""

from PySide6.QtCore import QCoreApplication, Qt

from ingenes_desktop.domain.answer import CustomAnswer
from ingenes_desktop.domain.plain_text import plain_text
from ingenes_desktop.domain.question import CustomQuestion
from ingenes_desktop.domain.secret import Secret
from ingenes_desktop.ui.challenge.question_form import OneFieldForm
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.line_edit import LineEdit

translate = QCoreApplication.translate
_LENGTH = 256


class CustomForm(OneFieldForm):
    """Asks a CustomQuestion."""

    def __init__(self) -> None:
        super().__init__(FormField(LineEdit(), lines=2))
        self.edit.setMaxLength(_LENGTH)
        hint = Qt.InputMethodHint
        self.edit.setInputMethodHints(hint.ImhNoPredictiveText | hint.ImhSensitiveData)

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        return translate("CustomForm", "Answer the question")

    def text_in_words(self) -> str:
        """The question itself."""
        if not isinstance(self.question, CustomQuestion):
            return ""
        asked = plain_text(self.question.text)
        return asked or translate("CustomForm", "Your clinic asks for one more answer.")

    def ask_for_it(self) -> None:
        """Say that it is missing."""
        self.field.refuse(translate("CustomForm", "Enter your answer."))

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.field.set_label(translate("CustomForm", "&Answer"))
        self.retell()

    def answer(self) -> CustomAnswer | None:
        """The answer, trimmed."""
        text = self.edit.text().strip()
        return CustomAnswer(Secret(text)) if text else None
