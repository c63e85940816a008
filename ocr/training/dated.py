"""Dates and numbers that a hand never wrote, of its own digits and months.

Transcribed lines of French hands hold few years, and a register's few pages hold a few days only; single
digits they hold in plenty. Cut apart along the best path and set side by side they make every date of a
period in that hand.
"""

from __future__ import annotations

import random
import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores, spans
from ocr.handwriting.lines import HEIGHT, MAX_WIDTH
from ocr.handwriting.recogniser import STEP
from ocr.training.collage import emptiest
from ocr.training.data import LineSet, collect

MONTH = re.compile(
    r"(janv(ier)?|f[ée]v(rier)?|mars|avr(il)?|avl|mai|juin|juil(let)?|jllet|ao[uû]t|sept(embre)?"
    r"|oct(obre)?|nov(embre)?|d[ée]c(embre)?|(7|8|9|10|x)bre)[.,]?",
    re.IGNORECASE,
)
DITTOS = frozenset({"id", "id.", "d°", "do", '"', "Id", "Id."})
_FEWEST_DIGITS = 4
_NARROWEST = 4
_INK = 128
_WIDEST = 900  # columns of a line that is looked at
_GAP = (6, 19)  # columns between two words
_CLOSE = (-2, 3)  # columns added between two digits
_DIGITS = re.compile(r"\d+")

Pixels = NDArray[np.uint8]
Line = tuple[Pixels, str, Scores]
Scorer = Callable[[Sequence[Pixels]], Sequence[Scores]]


@dataclass(frozen=True, slots=True)
class Digit:
    """A digit's piece of a prepared line, HEIGHT high, and the rows between which its ink lies."""

    pixels: Pixels
    top: int
    bottom: int

    def stands_with(self, other: Digit) -> bool:
        """Whether both are of one size and on one line: lines are brought to one height, what is written on
        them is not."""
        tall, low = max(self.bottom - self.top, other.bottom - other.top), abs(self.bottom - other.bottom)
        return 4 * abs(self.bottom - self.top - other.bottom + other.top) <= tall and 6 * low <= tall


@dataclass(slots=True)
class Pieces:
    """Pieces of one hand's prepared lines: its digits, and the words for months, HEIGHT high."""

    digits: dict[str, list[Digit]] = field(default_factory=lambda: defaultdict(list))
    months: list[tuple[str, Pixels]] = field(default_factory=list)

    def can_write(self, number: str) -> bool:
        return all(digit in self.digits for digit in number)


def pieces_of(lines: Iterable[Line]) -> Pieces:
    """The digits and months of lines (prepared pixels, text, scores) by one hand."""
    hand = Pieces()
    for pixels, text, scores in lines:
        cuts = _cuts(pixels, text, scores)
        if cuts is None:
            continue
        for number in _DIGITS.finditer(text):
            for place in range(*number.span()):
                rows = np.flatnonzero((pixels[:, cuts[place] : cuts[place + 1]] < _INK).any(axis=1))
                if cuts[place + 1] - cuts[place] >= _NARROWEST and rows.size:
                    piece = pixels[:, cuts[place] : cuts[place + 1]]
                    hand.digits[text[place]].append(Digit(piece, int(rows[0]), int(rows[-1])))
        for word in re.finditer(r"\S+", text):
            if MONTH.fullmatch(word[0]) or word[0] in DITTOS:
                hand.months.append((word[0], pixels[:, cuts[word.start()] : cuts[word.end()]]))
    return hand


def _cuts(pixels: Pixels, text: str, scores: Scores) -> list[int] | None:
    """Columns at which the line's characters begin, and its end; None where the text doesn't fit."""
    try:
        places = spans(scores, Alphabet().encode(text))
    except ValueError:
        return None
    if len(places) != len(text):
        return None
    inner = [emptiest(pixels, STEP * (before[1] + after[0]) // 2) for before, after in pairwise(places)]
    return [0, *np.maximum.accumulate([*inner, pixels.shape[1]]).tolist()]


def dates(
    hands: Sequence[Pieces], count: int, years: tuple[int, int], chance: random.Random
) -> Iterator[tuple[Pixels, str, str]]:
    """At most `count` lines (pixels, text, group) by the hands that have digits enough, years inclusive."""
    able = [hand for hand in hands if len(hand.digits) >= _FEWEST_DIGITS]
    for _ in range(count if able else 0):
        hand = chance.choice(able)
        words = _date(hand, years, chance)
        if not words:
            continue
        pieces: list[Pixels] = []
        for _text, pixels in words:
            if pieces:
                pieces.append(_blank(chance.randint(*_GAP)))
            pieces.append(pixels)
        line = np.concatenate(pieces, axis=1)
        if line.shape[1] <= MAX_WIDTH:
            yield line, " ".join(text for text, _pixels in words), "dated/hand"


def dates_of_pages(
    lines: LineSet, score: Scorer, count: int, years: tuple[int, int], chance: random.Random
) -> LineSet:
    """The same by the hands of a set's pages; `score` gives the scores of prepared lines."""
    pages: dict[str, list[int]] = defaultdict(list)
    for index, text in enumerate(lines.texts):
        if _DIGITS.search(text) and lines.widths[index] <= _WIDEST:
            pages[lines.groups[index]].append(index)
    hands = []
    for indices in pages.values():
        pixels = [lines.line(index) for index in indices]
        texts = [lines.texts[index] for index in indices]
        hands.append(pieces_of(zip(pixels, texts, score(pixels), strict=True)))
    return collect(dates(hands, count, years, chance))


def _date(hand: Pieces, years: tuple[int, int], chance: random.Random) -> list[tuple[str, Pixels]]:
    """Words with their pixels; none where the hand lacks a digit."""
    year = str(chance.randint(*years))
    numbers = [str(chance.randint(1, 31)), chance.choice((year, year, year, year[2:], year[1:]))]
    if not hand.months or chance.random() < 0.2:
        numbers = [chance.choice((str(chance.randint(1, 2000)), year, *numbers))]
    if not all(hand.can_write(number) for number in numbers):
        return []
    first = chance.choice(hand.digits[numbers[0][0]])
    written = [(number, _number(hand, number, first, chance)) for number in numbers]
    found = [(number, pixels) for number, pixels in written if pixels is not None]
    if len(found) < len(numbers):
        return []
    return found if len(found) == 1 else [found[0], chance.choice(hand.months), found[1]]


def _number(hand: Pieces, number: str, like: Digit, chance: random.Random) -> Pixels | None:
    """The number in digits that stand with `like`; None where one has no such form."""
    pieces: list[Pixels] = []
    for digit in number:
        forms = [form.pixels for form in hand.digits[digit] if form.stands_with(like)]
        if not forms:
            return None
        _join(pieces, chance.choice(forms), chance.randint(*_CLOSE))
    return np.concatenate(pieces, axis=1)


def _join(pieces: list[Pixels], piece: Pixels, gap: int) -> None:
    """Sets a piece `gap` columns behind the last one; below zero the two overlap."""
    if pieces and gap > 0:
        pieces.append(_blank(gap))
    elif pieces and gap < 0 and piece.shape[1] > 2 * -gap and pieces[-1].shape[1] > 2 * -gap:
        piece = piece.copy()
        piece[:, :-gap] = np.minimum(piece[:, :-gap], pieces[-1][:, gap:])
        pieces[-1] = pieces[-1][:, :gap]
    pieces.append(piece)


def _blank(columns: int) -> Pixels:
    return np.full((HEIGHT, columns), 255, np.uint8)
