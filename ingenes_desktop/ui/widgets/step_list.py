"""The five steps of a sign-in, with a check as each ends."""

from PySide6.QtWidgets import QWidget

from ingenes_desktop.domain.auth_state import SignInStep
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedList, translate


class StepList(MarkedList):
    """Draws how far the chain is."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(len(SignInStep), parent)
        self.retranslate()

    def show_step(self, step: SignInStep) -> None:
        """``step`` runs; those before it are done."""
        self.set_marks([_mark_of(each, step) for each in SignInStep])

    def set_beside(self, beside: bool) -> None:
        """Put the marks beside each other, with the words of the step that runs; or all below each other."""
        for line in self.lines:
            line.show_mark_alone(beside)
        if beside:
            for column, line in enumerate(self.lines):
                self._grid.addWidget(line, 0, column)
        else:
            self.arrange(1)
        # What is left over beside them is nobody's.
        self._grid.setColumnStretch(0, 0 if beside else 1)
        self._grid.setColumnStretch(len(self.lines), 1 if beside else 0)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self.set_texts([step_in_words(step) for step in SignInStep])


def _mark_of(each: SignInStep, running: SignInStep) -> Mark:
    if each is running:
        return Mark.UNDER_WAY
    return Mark.DONE if each.value < running.value else Mark.WAITING


def step_in_words(step: SignInStep) -> str:
    """What the person sees while ``step`` runs."""
    match step:
        case SignInStep.PASSWORD:
            return translate("StepList", "Checking your password")
        case SignInStep.ACCESS:
            return translate("StepList", "Getting access")
        case SignInStep.CONFIGURATION:
            return translate("StepList", "Reading the configuration")
        case SignInStep.FILEMAKER:
            return translate("StepList", "Connecting to FileMaker")
        case SignInStep.RECORD:
            return translate("StepList", "Finding your record")
