"""The password rules as a check list that follows what is typed."""

from PySide6.QtWidgets import QVBoxLayout, QWidget

from ingenes_desktop.domain.password_policy import PasswordPolicy, PasswordRule
from ingenes_desktop.ui.theme.tokens import Space
from ingenes_desktop.ui.widgets.marked_list import Mark, MarkedList, translate
from ingenes_desktop.ui.widgets.plain_label import PlainLabel


class RuleList(QWidget):
    """A heading and one line for each rule; it never stops anybody from pressing the button."""

    def __init__(self, policy: PasswordPolicy, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._policy = policy
        # A blank at either end is a line of its own, seen only while it is wrong; its room is kept.
        self._rules = (*policy.rules(), PasswordRule.NO_OUTER_SPACE)
        self._heading = PlainLabel("aside-small", self, wraps=True)
        # Closer than other lists: the time left and a notice want room below it.
        self._list = MarkedList(len(self._rules), self, spacing=Space.HAIR)
        outer = self._list.lines[-1]
        room = outer.sizePolicy()
        room.setRetainSizeWhenHidden(True)
        outer.setSizePolicy(room)
        rows = QVBoxLayout(self)
        rows.setContentsMargins(0, 0, 0, 0)
        rows.setSpacing(Space.SMALL)
        rows.addWidget(self._heading)
        rows.addWidget(self._list)
        self.show_unmet(policy.unmet(""))
        self.retranslate()

    def arrange(self, columns: int) -> None:
        """Put the rules into so many columns; two keep a calm half low that lies above the form."""
        self._list.arrange(columns)

    def show_unmet(self, unmet: tuple[PasswordRule, ...]) -> None:
        """Check every rule but those in ``unmet``."""
        self._list.set_marks([Mark.WAITING if rule in unmet else Mark.DONE for rule in self._rules])
        self._list.lines[-1].setVisible(PasswordRule.NO_OUTER_SPACE in unmet)

    def retranslate(self) -> None:
        """Put the words of the present language."""
        self._heading.setText(translate("RuleList", "The password needs"))
        self._list.set_texts([self._words(rule) for rule in self._rules])

    def _words(self, rule: PasswordRule) -> str:
        match rule:
            case PasswordRule.LENGTH:
                words = translate("RuleList", "At least {count} characters")
                return words.format(count=self._policy.minimum_length)
            case PasswordRule.UPPERCASE:
                return translate("RuleList", "An uppercase letter")
            case PasswordRule.LOWERCASE:
                return translate("RuleList", "A lowercase letter")
            case PasswordRule.NUMBER:
                return translate("RuleList", "A number")
            case PasswordRule.SYMBOL:
                return translate("RuleList", "A symbol")
            case PasswordRule.NO_OUTER_SPACE:
                return translate("RuleList", "No space at either end")
