"""What the forms of the challenge view share."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.domain.answer import Answer
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import Question
from ingenes_desktop.ui.messages import Subject, is_about, sentence
from ingenes_desktop.ui.widgets.form_field import FormField


class QuestionForm(QWidget):
    """Asks one kind of question. Emits ``answered``, or says itself why it cannot yet. UI thread only."""

    answered = Signal(object)
    """An Answer."""
    announced = Signal(str)
    """Words for a screen reader, when it has a moment."""
    warned = Signal(str)
    """Words for a screen reader, at once."""
    has_button = True
    """Whether "Continue" submits it."""

    def __init__(self) -> None:
        super().__init__()
        self.question: Question | None = None
        """What is asked; None while nothing of it may be seen."""

    def ask(self, question: Question) -> None:
        """Begin anew with ``question``: nothing is typed yet."""
        self.forget()
        self.question = question
        self.show_question()

    def put_back(self, question: Question) -> None:
        """Show again what was put aside; ``question`` is the one that was asked."""
        self.question = question
        self.fill_again()
        self.show_question()

    def forget(self) -> None:
        """Forget question and answer for good."""
        self.question = None

    def put_aside(self) -> None:
        """Show nothing of a person until :meth:`put_back`."""
        self.question = None

    def fill_again(self) -> None:
        """Put back what was typed, as far as it was kept: never a password."""

    def show_question(self) -> None:
        """Show what of the question has its place in the form, in the present language."""
        self.retranslate()

    def retranslate(self) -> None:
        """Put the words of the present language; what was typed stays."""
        raise NotImplementedError

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        raise NotImplementedError

    def text_in_words(self) -> str:
        """What is asked, in full; "" where the heading says it all."""
        return ""

    def submit(self) -> None:
        """Emit the answer, or say what is missing and take the focus there."""
        raise NotImplementedError

    def set_busy(self, busy: bool) -> None:
        """Keep the looks, take no more words while an answer is on its way."""
        raise NotImplementedError

    def show_problem(self, problem: Problem | None) -> bool:
        """Show ``problem`` where it belongs, if that is here; whether it is."""
        raise NotImplementedError

    def take_focus(self) -> None:
        """Put the focus where the next word is typed; what is there is typed over."""
        raise NotImplementedError

    def fit(self, width: int, *, tight: bool) -> None:
        """There are ``width`` pixels, in a card with wide margins or small ones; most forms do not mind."""


class OneFieldForm(QuestionForm):
    """A question that is answered in one field; a subclass says what it is called and what comes of it.

    What is wrong stands below the field until the next attempt, whatever is typed meanwhile.
    """

    SUBJECT: Subject | None = None
    """The problems that stand at the field; None where none does."""

    def __init__(self, field: FormField) -> None:
        super().__init__()
        self.field = field
        self.edit = field.edit
        self._problem: Problem | None = None
        self._put_aside = ""
        self.edit.returnPressed.connect(self.submit)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.addWidget(field)

    def ask_for_it(self) -> None:
        """Say below the field that nothing was typed."""
        raise NotImplementedError

    def answer(self) -> Answer | None:
        """What was typed, as an Answer; None where nothing was."""
        raise NotImplementedError

    def submit(self) -> None:
        """Emit the answer, or ask for it."""
        if self.edit.isReadOnly():
            return
        answer = self.answer()
        self._problem = None
        if answer is not None:
            self.field.refuse("")
            self.answered.emit(answer)
            return
        self.ask_for_it()
        self.edit.setFocus()
        self.warned.emit(self.field.refusal)

    def set_busy(self, busy: bool) -> None:
        """Take no more words while the answer is on its way."""
        self.edit.setReadOnly(busy)
        if busy:
            self.field.refuse("")

    def show_problem(self, problem: Problem | None) -> bool:
        """Below the field, where it is about what was typed there."""
        self._problem = problem if problem is not None and is_about(problem) is self.SUBJECT else None
        if self._problem is not None:
            self.field.refuse(sentence(self._problem))
        return self._problem is not None

    def take_focus(self) -> None:
        """Into the field, with all of it selected."""
        self.edit.setFocus()
        self.edit.selectAll()

    def retell(self) -> None:
        """Put a refusal into the present language."""
        if not self.field.refusal:
            return
        if self._problem is None:
            self.ask_for_it()
        else:
            self.field.refuse(sentence(self._problem))

    def forget(self) -> None:
        """Empty the field for good."""
        super().forget()
        self._put_aside = ""
        self._problem = None
        # Not clear(): that keeps the undo history, and the next person could bring it back.
        self.edit.setText("")
        self.field.refuse("")

    def put_aside(self) -> None:
        """Empty the field for a while; what is wrong with it is said again afterwards."""
        super().put_aside()
        self._put_aside = self.edit.text()
        self.edit.setText("")

    def fill_again(self) -> None:
        """Fill the field as it was."""
        text, self._put_aside = self._put_aside, ""
        self.edit.setText(text)
