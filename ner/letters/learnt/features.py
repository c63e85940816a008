"""What the network sees of each token."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from lexicon.fold import fold
from ner.clues import clue
from ner.letters.learnt.mentions import Part
from ner.letters.learnt.tokens import Tokens
from ner.letters.learnt.told import Told, Way
from ner.letters.words import kind_words
from ner.spans import Label, LabelledSpan
from registers.entry import Kind

WORDS, AFFIXES = 6000, 2000
SIZES = (WORDS, AFFIXES, AFFIXES, AFFIXES, 24, 14, 40, 8, 10, 10, 8)
"""How many values each feature has: word, beginning, two endings, shape, clue, kind word, years, place in
the line, line of the letter, and the name by the rules."""
KIND_WORD, CLUE, WORD, FIRST_WORD, RARE = 6, 5, 0, 250, 200
_CLUES = {
    name: number
    for number, name in enumerate(
        (
            *("year", "number", "other", "given_only", "given", "surname", "both", "near_given"),
            *("near_given_surname", "surname_only", "abbreviation", "unknown"),
        ),
        1,
    )
}
KINDS_OF_WORDS = (
    *(Kind.BIRTH, Kind.MARRIAGE, Kind.DEATH, Kind.RECOGNITION, Kind.DIVORCE, Kind.ADOPTION),
    *(Kind.STILLBORN, Kind.PUBLICATION, Kind.JUDGMENT, Kind.NAME_CHANGE, Kind.TRANSCRIPTION),
)
_WAYS = {Way.OF_SOMETHING_ELSE: 2, Way.BORN_BY_AGE: 3, Way.EVENT_BY_AGE: 3, Way.RELATIVE: 4}
_PARTS: Mapping[Label, Part] = {Label.SURNAME: "S", Label.GIVEN_NAMES: "G", Label.PLACE: "P"}
_LABELS = "GSP"
RuleName = tuple[Part, int, int]
"""A name that the rules found, with its characters."""


def names_of(spans: Iterable[LabelledSpan]) -> list[RuleName]:
    return [(_PARTS[span.label], span.start, span.end) for span in spans]


def feature_rows(
    tokens: Tokens, told: Sequence[Told], names: Sequence[RuleName], vocabulary: Mapping[str, int]
) -> NDArray[np.int64]:
    """One row for each token, one column for each of `SIZES`."""
    kinds, years, labels = _kinds(tokens), _years(tokens, told), _labels(tokens, names)
    line, column = 0, 0
    lines = sum(tokens.token(at)[0] == "\n" for at in range(len(tokens)))
    rows = np.zeros((len(tokens), len(SIZES)), dtype=np.int64)
    for at in range(len(tokens)):
        token = tokens.token(at)
        if token[0] == "\n":
            line, column = line + 1, 0
        else:
            column += 1
        head = 1 if line == 0 else 2 if line <= 2 else 3
        position = head if lines - line > 3 else 4 + min(lines - line, 3)
        word, *of_word = word_features(token)
        number = vocabulary.get(word, 1 + _hashed("u" + word[-4:], RARE))
        rows[at] = (number, *of_word, kinds[at], years[at], min(column, 7), position, labels[at])
    return rows


@lru_cache(maxsize=65536)
def word_features(token: str) -> tuple[str, int, int, int, int, int]:
    """The word that a token is looked up as, then its beginning, its two endings, its shape and its clue."""
    if token[0] == "\n":
        folded = token if len(token) == 1 else "\n\n"
    else:
        folded = _number(token) if token.isdigit() else fold(token) or token
    known = _CLUES.get(clue(token.rstrip("'’")) if token[0] != "\n" else "other", 0)
    ending = _hashed("q" + folded[-2:] + str(len(folded) > 4), AFFIXES)
    beginning, longer = _hashed("p" + folded[:3], AFFIXES), _hashed("s" + folded[-3:], AFFIXES)
    return folded, beginning, longer, ending, _shape(token), known


def _number(token: str) -> str:
    return token if len(token) <= 2 else "#" + token[:2] if len(token) == 4 else "#" * len(token)


@lru_cache(maxsize=65536)
def _hashed(text: str, size: int) -> int:
    return zlib.crc32(text.encode(errors="surrogatepass")) % size


def _shape(token: str) -> int:
    if token[0] == "\n":
        return 1 if len(token) == 1 else 2
    if not token[0].isalpha():
        return 3 + min(len(token), 5) if token.isdigit() else 9
    return _shape_of_word(token.rstrip("'’"), token)


def _shape_of_word(bare: str, token: str) -> int:
    elided = 4 if bare != token else 0
    if len(bare) == 1:
        return 10 + bare.isupper() + elided
    if bare.isupper():
        return 12 + elided
    if bare[0].isupper():
        return 13 + elided + (bare[1:] != bare[1:].lower()) * 6
    return 20 + elided // 4


def _kinds(tokens: Tokens) -> list[int]:
    """Of each token the kind that it is a word for, thrice: asked for, another noun, a verb."""
    found = [0] * len(tokens)
    for word in kind_words(tokens.text):
        form = 2 if not word.noun else 0 if word.asked else 1
        for at in range(*tokens.covering(word.start, word.end)):
            found[at] = 1 + KINDS_OF_WORDS.index(word.kind) * 3 + form
    return found


def _years(tokens: Tokens, told: Sequence[Told]) -> list[int]:
    found = [0] * len(tokens)
    for years in told:
        value = _WAYS.get(years.way, 0)
        if years.way is Way.PLAIN:
            value = 1 if years.first == years.last else 5
        for at in range(*tokens.covering(years.start, years.end)):
            found[at] = found[at] or value
    return found


def _labels(tokens: Tokens, names: Sequence[RuleName]) -> list[int]:
    found = [0] * len(tokens)
    for part, start, end in names:
        first, last = tokens.covering(start, end)
        for at in range(first, last):
            found[at] = 1 + 2 * _LABELS.index(part) + (at > first)
    return found
