"""The help: how the few things are done, and what each message means."""

from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtWidgets import QLineEdit, QVBoxLayout, QWidget

from ingenes_desktop.domain.errors import Problem
from ingenes_desktop.domain.machine import MachineKind
from ingenes_desktop.ui.brand import product_name
from ingenes_desktop.ui.help.about_page import AboutPage
from ingenes_desktop.ui.help.entries import Entry, Index, messages
from ingenes_desktop.ui.help.entry_row import EntryRow
from ingenes_desktop.ui.help.how_to import how_to
from ingenes_desktop.ui.help.page import RowsPage
from ingenes_desktop.ui.theme.theme import scaled
from ingenes_desktop.ui.theme.tokens import Size, Space
from ingenes_desktop.ui.widgets.buttons import LinkButton
from ingenes_desktop.ui.widgets.flow_row import FlowRow
from ingenes_desktop.ui.widgets.form_field import FormField
from ingenes_desktop.ui.widgets.plain_label import PlainLabel

translate = QCoreApplication.translate
_AT_FIRST = 6
"""Rows that are made at once: as many as are seen."""
_IN_ONE_TURN = 3
"""Rows that are made in each later turn of the event loop: keys come in between."""
_LONGEST_SEARCH = 200


class HelpPage(RowsPage):
    """Entries that become fewer as one types. UI thread only."""

    def __init__(self, machine: MachineKind, problem: Problem | None) -> None:
        """The entry of ``problem``, which is on the screen, stands first."""
        super().__init__()
        self._machine = machine
        self._was_left = False
        self._code = "" if problem is None else problem.code.name
        self._entries: tuple[Entry, ...] = ()
        self._found: frozenset[Entry] = frozenset()
        self._index = Index(())
        self._rows: dict[Entry, EntryRow] = {}
        # Made within the page, in the order of reading: the Tab key goes by that.
        self._search = QLineEdit(self.body)
        self._search.setMaxLength(_LONGEST_SEARCH)
        self._search.textChanged.connect(self._typed)
        self._field = FormField(self._search, self.body, lines=0)
        self._count = PlainLabel("muted", self.body)
        # In the middle of the line that the button makes.
        self._count.setMinimumHeight(scaled(Size.TARGET))
        self._about = LinkButton(self.body)
        self._about.clicked.connect(lambda: self.page_wanted.emit(AboutPage()))
        self._nothing = PlainLabel("", self.body, wraps=True)
        self._nothing.hide()
        line = FlowRow()
        line.addWidget(self._count)
        line.push(self._about)
        self.top.addWidget(self._field)
        self.top.addSpacing(Space.HAIR)
        self.top.addLayout(line)
        self.top.addWidget(self._nothing)
        self._entry_rows = QVBoxLayout()
        self._entry_rows.setSpacing(0)
        self.rows.addLayout(self._entry_rows)
        self.rows.addStretch(1)
        self._more = QTimer(self)
        self._more.timeout.connect(self._make_rows)

    def heading_in_words(self) -> str:
        """What stands above it."""
        return translate("Help", "Help")

    def introduction(self) -> tuple[str, ...]:
        """Where one is, and what the message on the screen means."""
        heading, first = self.heading_in_words(), self._entries[0]
        on_screen = self._code and first.code == self._code
        return (heading, self._rows[first].accessibleName()) if on_screen else (heading,)

    def shown_rows(self) -> list[QWidget]:
        """Those that were found, as far as they are made."""
        return [self._rows[each] for each in self._entries if each in self._rows and each in self._found]

    def above_the_rows(self) -> QWidget:
        """The search."""
        return self._search

    def take_focus(self) -> None:
        """To the search; coming back, to the button that led away."""
        (self._about if self._was_left else self._search).setFocus()
        self._was_left = False

    def leave(self) -> None:
        """By that button: there is no other way."""
        super().leave()
        self._was_left = True

    def retranslate(self) -> None:
        """Put the words of the present language; what was searched for stays."""
        self._field.set_label(translate("Help", "&Search"))
        self._about.setText(translate("Help", "&About {product}").format(product=product_name()))
        self._nothing.setText(translate("Help", "Nothing found. Try other words, or ask Support."))
        listed = messages()
        on_screen = tuple(each for each in listed if self._code and each.code == self._code)
        rest = tuple(each for each in listed if each not in on_screen)
        self._put((*map(_on_the_screen_now, on_screen), *how_to(self._machine), *rest))

    def _put(self, entries: tuple[Entry, ...]) -> None:
        if entries == self._entries:
            return
        if self.window().focusWidget() in self._rows.values():
            self._search.setFocus()
        for row in self._rows.values():
            row.deleteLater()
            self._entry_rows.removeWidget(row)
        self._rows = {}
        self._entries = entries
        self._index = Index(entries)
        self._look_up(self._search.text())
        self._make_rows()
        self.show_from_the_top()
        self._more.start(0)

    def _make_rows(self) -> None:
        waiting = [each for each in self._entries if each not in self._rows]
        many = _IN_ONE_TURN if self._rows else _AT_FIRST
        for entry in waiting[:many]:
            advice = translate("Help", "What to do: {advice}").format(advice=entry.advice)
            row = EntryRow(entry, advice if entry.advice else "", self.body, self.focused)
            row.setVisible(entry in self._found)
            self._rows[entry] = row
            self._entry_rows.addWidget(row)
        if len(waiting) <= many:
            self._more.stop()
        self._mark_stop()
        self.arrange()

    def _typed(self, wanted: str) -> None:
        before = self._count.text()
        self._look_up(wanted)
        if before != self._count.text():
            self.said.emit(self._count.text())

    def _look_up(self, wanted: str) -> None:
        found = self._index.found(wanted)
        self._found = frozenset(found)
        for entry, row in self._rows.items():
            row.setVisible(entry in self._found)
        self._nothing.setVisible(not found)
        self._count.setText(translate("Help", "%n topic(s)", None, len(found)))
        self.arrange()
        self.show_from_the_top()


def _on_the_screen_now(entry: Entry) -> Entry:
    place = (translate("Help", "On the screen now"),)
    return Entry(place, entry.sentences, entry.meaning, entry.advice, entry.code)
