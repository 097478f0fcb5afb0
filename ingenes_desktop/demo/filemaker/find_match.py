"""Whether a field's content answers a criterion.

A whole-field find compares the content as it is: a blank or a return at its end defeats it, and two
addresses divided by a return are one content. Source: help.claris.com, "Finding text".
"""

from collections import Counter
from collections.abc import Iterable

from ingenes_desktop.demo.filemaker import find_grammar as grammar
from ingenes_desktop.demo.filemaker.collation import fits, fold, fold_pattern
from ingenes_desktop.demo.filemaker.find_grammar import Pattern, Wildcard
from ingenes_desktop.demo.filemaker.find_ordered import (
    COMPARE,
    FindContext,
    Matcher,
    compared,
    in_range,
    like_pattern,
)
from ingenes_desktop.demo.filemaker.schema import Field
from ingenes_desktop.demo.filemaker.values import Result, Stored, order, write_date


def matcher(criterion: str, field: Field, column: Iterable[Stored], context: FindContext) -> Matcher:
    """What decides whether a content matches. `column` holds the field's content in all records.

    Raises FileMakerError 500 or 501 where the field holds dates or times and the criterion is none.
    """
    is_text = field.result in (Result.TEXT, Result.CONTAINER)  # a file counts with its name
    said = grammar.parse(criterion, today=write_date(context.today, context.form))
    match said:
        case grammar.Nothing():
            return lambda _: False
        case grammar.EmptyField():
            return lambda content: content == ""
        case grammar.InvalidValue():
            return lambda content: content != "" and not is_text and order(field.result, content) is None
        case grammar.Duplicates():
            counts = Counter(fold(str(content), field.language) for content in column)
            return lambda content: content != "" and counts[fold(str(content), field.language)] > 1
        case _ if is_text:
            return _text_matcher(said, field.language)
        case grammar.WholeField(pattern) | grammar.Words(undivided=pattern):
            return like_pattern(pattern, field, context)
        case grammar.Comparison(sign, operand):
            return compared(sign, operand, field, context)
        case grammar.Range(low, high):
            return in_range(low, high, field, context)


def _text_matcher(said: grammar.Criterion, language: str) -> Matcher:
    match said:
        case grammar.WholeField(pattern):
            return _whole_field(fold_pattern(pattern, language), language)
        case grammar.Words():
            return _words(said, language)
        case grammar.Comparison(sign, operand):
            compare, operand = COMPARE[sign], fold(operand, language)
            return lambda content: content != "" and compare(fold(str(content), language), operand)
        case grammar.Range(low, high):
            low, high = fold(low, language), fold(high, language)
            return lambda content: (
                content != ""
                and low <= fold(str(content), language)
                and (high == "" or fold(str(content), language) <= high)
            )
        case _:
            return lambda _: False


def _whole_field(pattern: Pattern, language: str) -> Matcher:
    def matches(content: Stored) -> bool:
        return content != "" and fits(pattern, fold(str(content), language))

    return matches


def _words(said: grammar.Words, language: str) -> Matcher:
    wanted = [fold_pattern(word, language) for word in said.words]
    phrases = [(fold(phrase, language), anywhere) for phrase, anywhere in said.phrases]
    if not said.whole:
        wanted = [(*word, Wildcard.ANY) for word in wanted]

    def matches(content: Stored) -> bool:
        text = fold(str(content), language)
        if all(each is Wildcard.ANY for each in said.undivided):
            return text != ""
        held = grammar.words_of(tuple(text))
        return all(any(fits(word, each) for each in held) for word in wanted) and all(
            _holds_phrase(text, phrase, anywhere=anywhere) for phrase, anywhere in phrases
        )

    return matches


def _holds_phrase(text: str, phrase: str, *, anywhere: bool) -> bool:
    at = text.find(phrase)
    while at >= 0:
        if anywhere or at == 0 or not text[at - 1].isalnum():
            return True
        at = text.find(phrase, at + 1)
    return False
