"""The day before a month and the year behind it, and which words a date uses up."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from ner.dates.reading import DITTO, DittoPart, WrittenYear
from ner.dates.tokens import DateWord, Token
from ner.numerals import from_words

_JOIN_DAYS = frozenset({"ou", "au", "et", "a"})
_FEW_DAYS = 3
_CENTURIES = ("17", "18", "19")
SKIPPED = frozenset({Token.FILLER, Token.POINT, Token.DASH})


def day_before(words: Sequence[DateWord], at: int) -> tuple[int | DittoPart | None, tuple[DateWord, ...]]:
    """The day right before the word at `at`, with its words; None where there is none."""
    index = at - 1
    while index >= 0 and words[index].token in SKIPPED:
        index -= 1
    if index < 0:
        return None, ()
    if words[index].token is Token.DITTO:
        return DITTO, (words[index],)
    word = words[index]
    if word.token is Token.OTHER and word.roman and word.number is not None:
        word = replace(word, token=Token.NUMBER, repaired=True)  # "ll" is eleven sooner than two in Roman
    if word.token is Token.NUMBER:
        number = word.number
        return (number, (word,)) if number is not None and 1 <= number <= 31 else (None, ())
    run = _number_words_ending(words, index)
    value = from_words([w.folded for w in run])
    if value is not None and 1 <= value <= 31:
        return value, run
    return (word.roman, (word,)) if word.roman and len(word.folded) > 1 else (None, ())


def days_joined(
    words: Sequence[DateWord], day: int | DittoPart | None, day_words: Sequence[DateWord]
) -> tuple[tuple[int, ...], tuple[DateWord, ...]]:
    """Another day that is written before the day: "12 ou 13 mars", "nuit du 12 au 13 mars"."""
    if not isinstance(day, int) or not day_words:
        return (), ()
    first = next(at for at, word in enumerate(words) if word.start == day_words[0].start)
    if first < 2 or words[first - 1].folded not in _JOIN_DAYS:
        return (), ()
    other = words[first - 2]
    if other.token is not Token.NUMBER or not other.number or not 0 < day - other.number <= _FEW_DAYS:
        return (), ()
    return (other.number,), (other, words[first - 1])


def _number_words_ending(words: Sequence[DateWord], index: int) -> tuple[DateWord, ...]:
    first = index + 1
    while first > 0 and (
        words[first - 1].token is Token.NUMBER_WORD
        or (first <= index and (words[first - 1].folded == "et" or words[first - 1].token is Token.DASH))
    ):
        first -= 1
    return tuple(w for w in words[first : index + 1] if w.token is Token.NUMBER_WORD)


def year_after(
    words: Sequence[DateWord], index: int, *, republican: bool
) -> tuple[WrittenYear | DittoPart | None, tuple[DateWord, ...]]:
    """The year that the words from `index` on begin with; Roman ones behind "an" or a `republican` month."""
    marked = False
    while index < len(words) and (words[index].token in SKIPPED or words[index].token is Token.YEAR_MARK):
        if words[index].folded == "(":
            return None, ()
        marked = marked or words[index].token is Token.YEAR_MARK
        index += 1
    if index == len(words):
        return None, ()
    word = words[index]
    if word.token is Token.DITTO:
        return DITTO, (word,)
    if word.token is Token.NUMBER and word.number is not None:
        return _digits_year(words, index, marked=marked)
    if word.roman and (marked or republican):
        return WrittenYear(word.roman, marked=marked, roman=True), (word,)
    return _year_in_words(words, index, marked=marked)


def _year_in_words(
    words: Sequence[DateWord], index: int, *, marked: bool
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """ "an cinq", "mil huit cent quatre-vingt-trois"."""
    end = index
    while end < len(words) and (
        words[end].token in (Token.NUMBER_WORD, Token.DASH) or words[end].folded == "et"
    ):
        end += 1
    run = tuple(w for w in words[index:end] if w.token is Token.NUMBER_WORD)
    value = from_words([w.folded for w in run])
    if value is None:
        return None, ()
    if value % 100 == 0 and end < len(words) and len(words[end].digits) == 2:
        value, run = value + int(words[end].digits), (*run, words[end])  # "mil huit cent 84"
    return WrittenYear(value, str(value), marked=marked), run


def _digits_year(
    words: Sequence[DateWord], index: int, *, marked: bool
) -> tuple[WrittenYear | None, tuple[DateWord, ...]]:
    """A year in digits, also when a reader tore it ("18 83", "188-9")."""
    word = words[index]
    behind = [w for w in words[index + 1 : index + 3] if w.token is not Token.DASH]
    after = behind[0] if behind else None
    if (
        word.digits[:2] in ("17", "18", "19")
        and after is not None
        and after.token is Token.NUMBER
        and len(word.digits + after.digits) == 4
        and after.start - word.end <= 1
    ):
        digits = word.digits + after.digits
        return WrittenYear(int(digits), digits, marked), (word, after)
    torn = words[index + 1] if index + 1 < len(words) else None
    if torn is not None and word.digits == "1" and torn.token is Token.NUMBER and _is_torn(word, torn):
        return WrittenYear(int("1" + torn.digits), "1" + torn.digits, marked), (word, torn)
    if torn is not None and word.digits in _CENTURIES and "??" in torn.folded and torn.start == word.end:
        return None, ()  # "18??" tells no year
    return WrittenYear(word.number or 0, word.digits, marked, others=word.other_digits), (word,)


def _is_torn(word: DateWord, after: DateWord) -> bool:
    """Whether "1 884" is one number: a thousand and the rest of a year."""
    return len(after.digits) == 3 and after.digits[0] in "789" and after.start - word.end <= 1


def plain_year(word: DateWord) -> WrittenYear:
    """A year of digits alone."""
    return WrittenYear(word.number or 0, word.digits, others=word.other_digits)


def with_marks(words: Sequence[DateWord], used: Sequence[DateWord]) -> tuple[DateWord, ...]:
    """The used words with the fillers and "an" between and right behind them."""
    if not used:
        return ()
    starts = {word.start for word in used}
    places = [index for index, word in enumerate(words) if word.start in starts]
    first, last = min(places), max(places)
    while last + 1 < len(words) and (
        words[last + 1].token is Token.FILLER or words[last + 1].folded in ".,;:"
    ):
        last += 1
    while first > 0 and words[first - 1].token in (Token.FILLER, Token.YEAR_MARK):
        first -= 1
    loose = (Token.FILLER, Token.POINT, Token.DASH, Token.YEAR_MARK)
    return tuple(w for i, w in enumerate(words[first : last + 1], first) if w.token in loose or i in places)
