"""Which way to verify, to sign in, or to set up."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QVBoxLayout

from ingenes_desktop.domain.answer import ChoiceAnswer
from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.question import ChoicePurpose, ChoiceQuestion, Factor
from ingenes_desktop.ui.challenge.question_form import QuestionForm
from ingenes_desktop.ui.factor_words import factor_explained, factor_in_words
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.choice_button import ChoiceButton

translate = QCoreApplication.translate


class ChoiceForm(QuestionForm):
    """Asks a ChoiceQuestion: one large button for each way; a click, Space or Enter answers."""

    has_button = False

    def __init__(self) -> None:
        super().__init__()
        self._factors: tuple[Factor, ...] = ()
        self._chosen: Factor | None = None
        self._busy = False
        self._buttons: list[ChoiceButton] = []
        self._rows = QVBoxLayout(self)
        self._rows.setContentsMargins(0, 0, 0, 0)
        self._rows.setSpacing(Space.SMALL)

    def show_question(self) -> None:
        """Offer what is asked, each way once."""
        offered = self.question.factors if isinstance(self.question, ChoiceQuestion) else ()
        ways: dict[str, Factor] = {}
        for factor in offered:
            ways.setdefault(factor_in_words(factor), factor)
        self._factors = tuple(ways.values())
        for _ in range(len(self._factors) - len(self._buttons)):
            self._add_button()
        for place, button in enumerate(self._buttons):
            button.setVisible(place < len(self._factors))
        self.retranslate()

    def heading_in_words(self) -> str:
        """What is asked, in short."""
        if self._sets_up():
            return translate("ChoiceForm", "Set up two-step verification")
        return translate("ChoiceForm", "How do you want to verify?")

    def text_in_words(self) -> str:
        """What the choice is for."""
        if self._sets_up():
            return translate("ChoiceForm", "Your account needs a second step. Choose one.")
        return ""

    def submit(self) -> None:
        """A click on one of the ways answers; there is no other button."""

    def set_busy(self, busy: bool) -> None:
        """Take no other choice while one is on its way."""
        self._busy = busy
        for button in self._buttons:
            button.set_waiting(busy)
        self.retranslate()

    def show_problem(self, problem: Problem | None) -> bool:  # noqa: ARG002  the bar shows every one
        """There is no field that a problem could be about."""
        return False

    def take_focus(self) -> None:
        """To the way that was chosen last, or else the first."""
        if self._factors:
            place = self._factors.index(self._chosen) if self._chosen in self._factors else 0
            self._buttons[place].setFocus()

    def retranslate(self) -> None:
        """Put the words of the present language."""
        for factor, button in zip(self._factors, self._buttons, strict=False):
            waits = self._busy and factor is self._chosen
            line = translate("ChoiceForm", "One moment…") if waits else factor_explained(factor)
            button.set_words(factor_in_words(factor), line)

    def forget(self) -> None:
        """Forget what was offered and chosen."""
        super().forget()
        self._chosen = None
        self.show_question()

    def put_aside(self) -> None:
        """Which ways somebody has is nobody else's business."""
        super().put_aside()
        self.show_question()

    def _sets_up(self) -> bool:
        return isinstance(self.question, ChoiceQuestion) and self.question.purpose is ChoicePurpose.SET_UP

    def _add_button(self) -> None:
        place = len(self._buttons)
        button = ChoiceButton(self)
        button.clicked.connect(lambda: self._choose(place))
        button.stepped.connect(lambda step: self._step(place + step))
        self._buttons.append(button)
        self._rows.addWidget(button)

    def _choose(self, place: int) -> None:
        if not self._busy:
            self._chosen = self._factors[place]
            self.answered.emit(ChoiceAnswer(self._chosen))

    def _step(self, place: int) -> None:
        self._buttons[place % len(self._factors)].setFocus()
