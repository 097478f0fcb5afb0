"""The button that opens the on-screen keyboard."""

from PySide6.QtCore import QCoreApplication, QEvent, QPoint
from PySide6.QtWidgets import QToolTip, QWidget

from ingenes_desktop.ui.early_values import TAB_FOCUS
from ingenes_desktop.ui.widgets.icon_button import IconButton

translate = QCoreApplication.translate


class KeyboardButton(IconButton):
    """Checked while the keyboard is there. A finger on it does not take the focus from the field in use."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("keyboard", parent)
        self.setProperty("focusPolicy", TAB_FOCUS)
        self.setCheckable(True)
        self._has_failed = False
        self._retranslate()

    def nextCheckState(self) -> None:  # noqa: N802  Qt's name
        """A click asks; whether it is checked follows from the keyboard."""

    def set_failed(self, failed: bool) -> None:
        """Whether the last press was in vain: the tool tip and the description say so then."""
        self._has_failed = failed
        self._retranslate()
        if failed:
            QToolTip.showText(self.mapToGlobal(QPoint(0, self.height())), self.toolTip(), self)

    def changeEvent(self, event: QEvent) -> None:
        """Follow the language."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.LanguageChange:
            self._retranslate()

    def _retranslate(self) -> None:
        name = translate("KeyboardButton", "On-screen keyboard")
        self.set_name(name)
        self.setAccessibleDescription(no_keyboard() if self._has_failed else "")
        self.setToolTip(no_keyboard() if self._has_failed else name)


def no_keyboard() -> str:
    """What a press in vain is told."""
    return translate(
        "KeyboardButton", "The on-screen keyboard of this computer does not open. Use its own keyboard."
    )
