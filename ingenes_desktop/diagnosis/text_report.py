"""The report for people: a line for each finding, in columns, under titles."""

from collections.abc import Callable, Sequence
from datetime import datetime
from textwrap import wrap

from ingenes_desktop import __version__
from ingenes_desktop.diagnosis.findings import Check, Finding, Section, Verdict, sign_in_can_work
from ingenes_desktop.diagnosis.words import conclusion, label, section_title, text, verdict_word
from ingenes_desktop.domain.plain_text import plain_text

_LABEL_WIDTH = 34
_LONGEST_TEXT = 2_000
_SHORTEST_COLUMN = 30
"""Characters; where fewer are left for a text, it begins under its label."""
Write = Callable[[str], None]


class TextReport:
    """Writes each finding as soon as it is known. The thread of the translations.

    ``columns`` is the width of the terminal; without one no line is folded, so that a program can read it.
    """

    def __init__(self, write: Write, columns: int | None = None) -> None:
        self._write = write
        self._columns = columns
        self._section: Section | None = None
        self._verdict_width = max(len(verdict_word(verdict)) for verdict in Verdict)

    def begin(self, moment: float) -> None:
        """The title. ``moment`` is in seconds since 1970."""
        shown = datetime.fromtimestamp(moment).astimezone().strftime("%Y-%m-%d %H:%M %z")
        self._write(f"ingenes-desktop {__version__} - {shown}\n")

    def add(self, finding: Finding) -> None:
        """One line."""
        if finding.section is not self._section:
            self._section = finding.section
            self._write(f"\n{section_title(finding.section)}\n")
        word = verdict_word(finding.verdict).ljust(self._verdict_width)
        # What stands in a path or a variable's name must not break the line, nor turn it.
        name = plain_text(label(finding)).ljust(_LABEL_WIDTH)
        self._write(self._folded(f"  {word}  ", f"{name}  ", plain_text(text(finding), _LONGEST_TEXT)))

    def end(self, findings: Sequence[Finding], _seconds: float) -> None:
        """The last line."""
        words = conclusion(
            can_work=sign_in_can_work(findings),
            is_settled=any(each.check is Check.RECORD and each.verdict is Verdict.OK for each in findings),
            is_begun=any(each.check is Check.PASSWORD for each in findings),
        )
        self._write(f"\n{words}\n")

    def _folded(self, word: str, name: str, words: str) -> str:
        line = f"{word}{name}{words}".rstrip()
        if self._columns is None or len(line) <= self._columns:
            return f"{line}\n"
        head, margin = word + name, " " * len(word + name)
        longest = max(map(len, words.split()), default=0)
        if self._columns - len(margin) < max(longest, _SHORTEST_COLUMN):
            margin = " " * len(word)
            head = f"{head.rstrip()}\n{margin}"
        width = max(self._columns - len(margin), _SHORTEST_COLUMN)
        lines = wrap(words, width, break_long_words=False, break_on_hyphens=False)
        return head + f"\n{margin}".join(lines) + "\n"
