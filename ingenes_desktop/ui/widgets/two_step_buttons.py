"""What can be done in the two-step panel: other buttons for each of its stages."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from ingenes_desktop.domain.account_panel import TwoStep
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.two_step_stage import Stage, has_app
from ingenes_desktop.ui.widgets.buttons import BusyButton, Button, LinkButton
from ingenes_desktop.ui.widgets.flow_row import FlowRow

translate = QCoreApplication.translate


class TwoStepButtons(QWidget):
    """All of them, and which are there to be clicked; what a click does is the view's. UI thread only.

    ``outdent`` pixels further left than the words above it it is to begin: the link that stands alone has its
    words in line with them then.
    """

    outdent = Space.SMALL

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.again = BusyButton(self)
        """Read once more what is on."""
        self.begin = BusyButton(self)
        """Set an app up."""
        self.submit = BusyButton(self)
        """Hand the app's first code in."""
        self.off_now = BusyButton(self)
        self.off = Button("quiet", self)
        """Think of turning it off: the question comes first."""
        self.keep_on = LinkButton(self)
        self.cancel = LinkButton(self)
        self.back = LinkButton(self)
        self._in_row = (
            self.again,
            self.begin,
            self.submit,
            self.off_now,
            self.off,
            self.keep_on,
            self.cancel,
        )
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.setSpacing(Space.SMALL)
        row = FlowRow(gap=Space.LARGE, between=Space.SMALL)
        for button in self._in_row:
            row.addWidget(button)
        indented = QHBoxLayout()
        indented.setContentsMargins(self.outdent, 0, 0, 0)
        indented.addLayout(row)
        lines.addLayout(indented)
        lines.addWidget(self.back)
        self.retranslate(TwoStep())

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in reading order."""
        return (*self._in_row, self.back)

    def show_stage(self, stage: Stage, panel: TwoStep) -> None:
        """Show what can be done in ``stage``, and what of it is under way."""
        shown: dict[Stage, tuple[QPushButton, ...]] = {
            Stage.READING: (self.back,),
            Stage.UNREAD: (self.again, self.back),
            Stage.KNOWN: (self.begin, *((self.off,) if has_app(panel) else ()), self.back),
            Stage.TURNING_OFF: (self.off_now, self.keep_on),
            Stage.SETTING_UP: (self.submit, self.cancel),
        }
        for button in (*self._in_row, self.back):
            if button not in shown[stage]:
                button.hide()
        for possible in shown[stage]:
            possible.show()
        self.begin.set_busy(panel.busy and stage is Stage.KNOWN)
        self.submit.set_busy(panel.busy)
        self.off_now.set_busy(panel.busy)

    def first(self, stage: Stage) -> QPushButton | None:
        """Where the focus begins, and an Enter too many does no harm; None where there is nothing to do."""
        match stage:
            case Stage.UNREAD:
                return self.again
            case Stage.KNOWN:
                return self.back if self.off.isVisibleTo(self) else self.begin
            case Stage.TURNING_OFF:
                return self.keep_on
            case Stage.READING | Stage.SETTING_UP:
                return None

    def retranslate(self, panel: TwoStep) -> None:
        """Put the words of the present language."""
        again = translate("TwoStepView", "&Try again")
        self.again.set_texts(again, again)
        first = translate("TwoStepView", "&Set up an app")
        another = translate("TwoStepView", "&Use another app")
        self.begin.set_texts(another if has_app(panel) else first, translate("TwoStepView", "One moment…"))
        self.submit.set_texts(translate("TwoStepView", "&Continue"), translate("TwoStepView", "Continuing…"))
        self.off.setText(translate("TwoStepView", "&Turn off…"))
        self.off_now.set_texts(
            translate("TwoStepView", "&Turn off"), translate("TwoStepView", "Turning off…")
        )
        self.keep_on.setText(translate("TwoStepView", "&Keep it on"))
        self.cancel.setText(translate("TwoStepView", "Ca&ncel"))
        self.back.setText(translate("TwoStepView", "&Back to profile"))
