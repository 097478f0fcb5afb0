"""What a find criterion says: its operators, wildcards, phrases and escapes.

Operators (help.claris.com, "Finding text", "Find operators"): `=` whole word, `==` whole field,
`!` duplicates, `<` `<=` `>` `>=`, `...` (or `..`) range, `//` today, `?` invalid value, `@` any one
character, `#` any one digit, `*` any number of characters, `"…"` phrase, `*"…"` phrase anywhere,
`~` relaxed (Japanese; of no effect here), and the backslash, which makes the next character itself.
All stay active behind `==`: only the backslash or quotation marks switch them off. An operator
where it has no meaning (`a<b`, `==a!b`, a quotation mark that is not closed) finds nothing.
"""

import re
import unicodedata
from dataclasses import dataclass
from enum import Enum, auto


class Wildcard(Enum):
    """A stretch of text that a pattern leaves open."""

    ONE = auto()
    DIGIT = auto()
    ANY = auto()


Pattern = tuple[str | Wildcard, ...]
"""Single characters and wildcards."""


@dataclass(frozen=True, slots=True)
class WholeField:
    """`==`: the pattern is the field's whole content."""

    pattern: Pattern


@dataclass(frozen=True, slots=True)
class Words:
    """Words and phrases that all must occur, in any order: as whole words behind `=`, else as
    beginnings of words. A phrase stands with whether it may begin inside a word; `undivided` is
    all of it in a row, as a field that holds no text takes it."""

    undivided: Pattern
    words: tuple[Pattern, ...]
    phrases: tuple[tuple[str, bool], ...]
    whole: bool


@dataclass(frozen=True, slots=True)
class EmptyField:
    """`=` or `==` alone."""


@dataclass(frozen=True, slots=True)
class Duplicates:
    """`!`: the content stands in another record too."""


@dataclass(frozen=True, slots=True)
class InvalidValue:
    """`?`: no date in a date field, and so on."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """`<`, `<=`, `>` or `>=` and what is compared with."""

    operator: str
    operand: str


@dataclass(frozen=True, slots=True)
class Range:
    """From `low` to `high`, both included; an empty end is open."""

    low: str
    high: str


@dataclass(frozen=True, slots=True)
class Nothing:
    """Operators that do not go together: no record matches."""


Criterion = WholeField | Words | EmptyField | Duplicates | InvalidValue | Comparison | Range | Nothing


class _Kind(Enum):
    CHARACTER = auto()
    WILDCARD = auto()
    PHRASE = auto()
    OPERATOR = auto()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: _Kind
    text: str = ""
    wildcard: Wildcard | None = None


_WILDCARDS = {"@": Wildcard.ONE, "#": Wildcard.DIGIT, "*": Wildcard.ANY}
_OPERATORS = {"≤": "<=", "≥": ">=", "…": "..."}
_COMPARISONS = ("<", "<=", ">", ">=")
_LEXEMES = re.compile(
    r"""
      \\(?P<escaped>.)
    | "(?P<phrase>(?:[^"\\]|\\.)*)"
    | (?P<wildcard>[@\#*])
    | (?P<today>//)
    | (?P<range>\.\.\.?|…)
    | (?P<operator><=|>=|[<>=≤≥!?"~])
    | (?P<plain>.)
    """,
    re.DOTALL | re.VERBOSE,
)
_ESCAPE = re.compile(r"\\(.)", re.DOTALL)


def parse(criterion: str, *, today: str) -> Criterion:
    """What a criterion that is not empty says. `today` is what `//` stands for."""
    tokens = _tokens(unicodedata.normalize("NFC", criterion).lstrip(" "), today)
    leading = [token.text if token.kind is _Kind.OPERATOR else "" for token in tokens[:2]]
    if leading == ["=", "="]:
        return _parse_rest(tokens[2:], "==")
    if leading and leading[0] in ("=", *_COMPARISONS):
        return _parse_rest(tokens[1:], leading[0])
    return _parse_rest(tokens, "")


def literal_text(criterion: str) -> str:
    """The characters a criterion spells, without its operators: what somebody looks for."""
    tokens = _tokens(criterion, "")
    return "".join(
        token.text if token.kind is not _Kind.WILDCARD else _wildcard_sign(token)
        for token in tokens
        if token.kind is not _Kind.OPERATOR
    )


def _wildcard_sign(token: _Token) -> str:
    return next(sign for sign, wildcard in _WILDCARDS.items() if wildcard is token.wildcard)


def _tokens(criterion: str, today: str) -> list[_Token]:
    tokens: list[_Token] = []
    for match in _LEXEMES.finditer(criterion):
        text = match[0]
        match match.lastgroup:
            case "wildcard":
                tokens.append(_Token(_Kind.WILDCARD, wildcard=_WILDCARDS[text]))
            case "phrase":
                tokens.append(_Token(_Kind.PHRASE, _ESCAPE.sub(r"\1", match["phrase"])))
            case "today":
                tokens.extend(_Token(_Kind.CHARACTER, character) for character in today)
            case "range":
                tokens.append(_Token(_Kind.OPERATOR, "..."))
            case "operator" if text != "~":
                tokens.append(_Token(_Kind.OPERATOR, _OPERATORS.get(text, text)))
            case "escaped":
                tokens.append(_Token(_Kind.CHARACTER, match["escaped"]))
            case "plain":
                tokens.append(_Token(_Kind.CHARACTER, text))
            case _:
                pass  # the relaxed sign changes nothing outside Japanese
    return tokens


def _parse_rest(tokens: list[_Token], prefix: str) -> Criterion:
    operators = [token.text for token in tokens if token.kind is _Kind.OPERATOR]
    if not tokens:
        return EmptyField() if prefix in ("=", "==") else Nothing()
    if prefix in _COMPARISONS:
        operand = _operand(tokens)
        return Comparison(prefix, operand) if operand else Nothing()
    if operators == ["..."]:
        return _range(tokens)
    if operators:
        alone = len(tokens) == 1
        signs: dict[str, Criterion] = {"!": Duplicates(), "?": InvalidValue()}
        return signs.get(operators[0], Nothing()) if alone else Nothing()
    if prefix == "==":
        return WholeField(_pattern(tokens))
    return _words(tokens, whole=prefix == "=")


def _range(tokens: list[_Token]) -> Criterion:
    middle = next(at for at, token in enumerate(tokens) if token.kind is _Kind.OPERATOR)
    low, high = _operand(tokens[:middle]), _operand(tokens[middle + 1 :])
    if low is None or high is None or not low + high:
        return Nothing()
    return Range(low, high)


def _operand(tokens: list[_Token]) -> str | None:
    if any(token.kind in (_Kind.OPERATOR, _Kind.WILDCARD) for token in tokens):
        return None
    return "".join(token.text for token in tokens).strip(" ")


def _pattern(tokens: list[_Token]) -> Pattern:
    pattern: list[str | Wildcard] = []
    for token in tokens:
        if token.wildcard is not None:
            pattern.append(token.wildcard)
        else:
            pattern.extend(token.text)
    return tuple(pattern)


def _words(tokens: list[_Token], *, whole: bool) -> Criterion:
    phrases: list[tuple[str, bool]] = []
    runs: list[list[_Token]] = [[]]
    for token in tokens:
        if token.kind is not _Kind.PHRASE:
            runs[-1].append(token)
            continue
        anywhere = bool(runs[-1]) and runs[-1][-1].wildcard is Wildcard.ANY
        if anywhere:
            runs[-1].pop()
        phrases.append((token.text, anywhere))
        runs.append([])
    patterns = [word for run in runs for word in words_of(_pattern(run), keep_wildcards=True)]
    if not patterns and not phrases:
        return Nothing()
    return Words(_pattern(tokens), tuple(patterns), tuple(phrases), whole)


_WORD = re.compile(r"w+(?:\.w+)*")


def words_of(pattern: Pattern, *, keep_wildcards: bool = False) -> list[Pattern]:
    """The words of a text, as FileMaker indexes them: letters and digits, and a point or an
    apostrophe between two of them. With `keep_wildcards` a wildcard is part of a word."""
    mask = "".join(_mask(each, keep_wildcards=keep_wildcards) for each in pattern)
    return [pattern[match.start() : match.end()] for match in _WORD.finditer(mask)]


def _mask(each: str | Wildcard, *, keep_wildcards: bool) -> str:
    if isinstance(each, Wildcard):
        return "w" if keep_wildcards else " "
    if each.isalnum() or each == "_" or unicodedata.category(each).startswith("M"):
        return "w"
    return "." if each in ".'’" else " "
