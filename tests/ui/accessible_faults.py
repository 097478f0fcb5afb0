"""What is wrong with a window's accessibility tree, as far as a program can see it; one line for each fault.

Looked at through QAccessible, in process: what the platform's bridge (AT-SPI, UI Automation, NSAccessibility)
hands on to a screen reader.
"""

from collections.abc import Iterator

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QLabel,
    QLineEdit,
    QProgressBar,
    QWidget,
)

from ingenes_desktop.ui.brand import BrandMark
from ingenes_desktop.ui.main_window import MainWindow
from ingenes_desktop.ui.view import View
from ingenes_desktop.ui.widgets.avatar import Avatar
from ingenes_desktop.ui.widgets.done_mark import DoneMark
from ingenes_desktop.ui.widgets.field_words import FieldWords
from ingenes_desktop.ui.widgets.form_field import FieldLabel
from ingenes_desktop.ui.widgets.lock_mark import LockMark
from ingenes_desktop.ui.widgets.qr_code import QrCode

NAME, DESCRIPTION = QAccessible.Text.Name, QAccessible.Text.Description
DECORATION = (BrandMark, Avatar, DoneMark, LockMark)
"""Pictures that say nothing which words beside them do not say."""
ROLES: dict[type[QWidget], QAccessible.Role] = {
    QCheckBox: QAccessible.Role.CheckBox,
    QAbstractButton: QAccessible.Role.Button,
    QLineEdit: QAccessible.Role.EditableText,
    QProgressBar: QAccessible.Role.ProgressBar,
    QLabel: QAccessible.Role.StaticText,
}
"""What each kind of widget is; the first that fits counts."""


def interface(widget: QWidget) -> QAccessibleInterface:
    """What a screen reader is told of ``widget``."""
    found: QAccessibleInterface | None = QAccessible.queryAccessibleInterface(widget)
    assert found is not None, widget
    return found


def name_of(widget: QWidget) -> str:
    return interface(widget).text(NAME)


def description_of(widget: QWidget) -> str:
    return interface(widget).text(DESCRIPTION)


def stops_of(window: QWidget) -> list[QWidget]:
    """Where the Tab key can stop now, in no order."""
    return [
        each
        for each in window.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy() & Qt.FocusPolicy.TabFocus
    ]


def faults_of(window: MainWindow) -> list[str]:
    """Every fault of what ``window`` tells at this moment."""
    view = window.shown_view
    assert view is not None
    shown = [each for each in window.findChildren(QWidget) if each.isVisible()]
    return [
        *(fault for each in shown for fault in _of_one(each)),
        *_alike(window),
        *_exposed(window),
        *_untold(view),
        *_without_heading(view),
    ]


def _of_one(widget: QWidget) -> Iterator[str]:
    here, state = interface(widget), interface(widget).state()
    who = f"{type(widget).__name__} {here.text(NAME)!r}"
    role = next((role for kind, role in ROLES.items() if isinstance(widget, kind)), None)
    if role is not None and here.role() != role:
        yield f"{who} is a {here.role().name}"
    takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
    facts = {
        "disabled": (state.disabled, not widget.isEnabled()),
        "focusable": (state.focusable, takes_focus),
        "focused": (state.focused, widget.hasFocus()),
        "invisible": (state.invisible, False),
    }
    if isinstance(widget, QLineEdit):
        facts["readOnly"] = (state.readOnly, widget.isReadOnly())
        facts["passwordEdit"] = (state.passwordEdit, widget.echoMode() != QLineEdit.EchoMode.Normal)
    if isinstance(widget, QCheckBox):
        facts["checked"] = (state.checked, widget.isChecked())
    for fact, (told, is_so) in facts.items():
        if bool(told) is not bool(is_so):
            yield f"{who} is told to be {'' if told else 'not '}{fact}"
    yield from _misnamed(widget, who)
    if isinstance(widget, QProgressBar):
        yield from _miscounted(widget)


def _misnamed(widget: QWidget, who: str) -> Iterator[str]:
    name = name_of(widget)
    if isinstance(widget, QLineEdit):
        yield from _mislabelled(widget, who)
    elif isinstance(widget, QAbstractButton):
        words = widget.text().replace("&&", "&")
        # A screen reader need not hear seconds run; whoever speaks to the window says the beginning.
        if words and words != name and not words.startswith(f"{name} ("):
            yield f"{who} shows {words!r}"
    elif isinstance(widget, DECORATION) and (name or description_of(widget)):
        yield f"{who} is decoration, and yet heard"
    must_have = isinstance(widget, QAbstractButton | QLineEdit | QProgressBar | QrCode)
    if (must_have or widget.hasFocus()) and not name:
        yield f"{who} has no name"


def _mislabelled(field: QLineEdit, who: str) -> Iterator[str]:
    labels = [each for each in field.window().findChildren(FieldLabel) if each.buddy() is field]
    if [label.text() for label in labels if label.isVisible()] != [name_of(field)]:
        yield f"{who} is labelled otherwise: {[label.text() for label in labels]}"
    told = [each[0].object() for each in interface(field).relations(QAccessible.RelationFlag.Label)]
    if told != labels:
        yield f"{who} is not tied to its label"


def _miscounted(line: QProgressBar) -> Iterator[str]:
    value = interface(line).valueInterface()
    told = (value.currentValue(), value.minimumValue(), value.maximumValue())
    if told != (line.value(), line.minimum(), line.maximum()):
        yield f"{name_of(line)!r} does not tell how far it is: {told}"


def _alike(window: QWidget) -> Iterator[str]:
    told = [(name_of(each), description_of(each)) for each in stops_of(window)]
    for each in sorted({each for each in told if told.count(each) > 1}):
        yield f"{told.count(each)} stops are told alike: {each}"


def _exposed(window: QWidget) -> Iterator[str]:
    """What is in the tree and not on screen, or the other way round."""
    told = set()
    waiting = [interface(window)]
    while waiting:
        here = waiting.pop()
        widget = here.object()
        if isinstance(widget, QWidget) and not here.state().invisible:
            told.add(widget)
            if not widget.isVisible():
                yield f"{type(widget).__name__} {here.text(NAME)!r} is hidden, and told"
        waiting += [here.child(position) for position in range(here.childCount())]
    for each in window.findChildren(QWidget):
        is_ours = isinstance(each, (*ROLES, QrCode))
        if is_ours and each.isVisible() and each not in told:
            yield f"{type(each).__name__} {name_of(each)!r} is on screen, and not told"


def _untold(view: QWidget) -> Iterator[str]:
    """The words below a field that are no words of it."""
    fields = [each for each in view.findChildren(QLineEdit) if each.isVisible()]
    told = " ".join(description_of(each) for each in fields)
    for words in view.findChildren(FieldWords):
        for label in words.findChildren(QLabel):
            if label.isVisible() and label.text() not in told:
                yield f"{label.text()!r} stands below a field, and is not told with it"


def _without_heading(view: View) -> Iterator[str]:
    """The heading is a text of its own, and the view is named after it."""
    heading = view.heading.whole_text()
    if name_of(view.heading) != heading or not heading:
        yield f"the heading {heading!r} is told as {name_of(view.heading)!r}"
    if name_of(view) != view.title():
        yield f"{type(view).__name__} is called {name_of(view)!r}"
