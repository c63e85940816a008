"""New lines from the words of transcribed ones: the same ink, other neighbours.

A few pages of an alphabetical table show few surnames, all of a letter or two. A model that is tuned to
them alone learns that lines begin with these letters. Its words cut apart and put together anew show it
every capital that the hand writes anywhere at every place of a line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.ctc import Scores, spans
from ocr.handwriting.lines import HEIGHT, MAX_WIDTH, prepare
from ocr.handwriting.recogniser import STEP
from ocr.training.data import LineSet

_NEAR = 10  # columns around the place of a space in which the emptiest one is sought
_NARROWEST = 6
_INK = 96

Pixels = NDArray[np.uint8]
_Kind = tuple[str, bool]


@dataclass(frozen=True, slots=True)
class Word:
    """A word cut out of a prepared line: HEIGHT x width, half of the gaps around it included."""

    pixels: Pixels
    text: str
    kind: _Kind


def words_of(line: Pixels, text: str, scores: Scores) -> tuple[Word, ...]:
    """The words of a line whose text is known, by its best path; empty where the text doesn't fit."""
    try:
        places = spans(scores, Alphabet().encode(text))
    except ValueError:
        return ()
    if not places:
        return ()
    cuts = [0]
    for index, character in enumerate(text):
        if character == " ":
            first, end = places[index]
            cuts.append(emptiest(line, STEP * (first + end) // 2))
    cuts.append(line.shape[1])
    dated = any(character.isdigit() for character in text)
    words = []
    for word, left, right in zip(text.split(" "), cuts, cuts[1:], strict=False):
        if right - left < _NARROWEST:
            return ()
        words.append(Word(line[:, left:right], word, (_kind(word), dated)))
    return tuple(words)


def beginning(pixels: Pixels, text: str, scores: Scores, count: int) -> Pixels | None:
    """The first `count` words of a grey crop whose text is known; None where the text doesn't fit."""
    line = prepare(pixels)
    words = words_of(line, normalise(text), scores)
    if len(words) < count:
        return None
    width = sum(word.pixels.shape[1] for word in words[:count])
    return pixels[:, : max(1, round(width * pixels.shape[1] / line.shape[1]))]


def _kind(word: str) -> str:
    if word.isdigit():
        return f"digits {len(word) > 2}"
    return "word" if any(character.isalpha() for character in word) else "mark"


def emptiest(line: Pixels, column: int) -> int:
    width = int(line.shape[1])
    left, right = max(1, column - _NEAR), min(width - 1, column + _NEAR)
    if left >= right:
        return min(max(1, column), width)
    ink = 255.0 - line[:, left:right].astype(np.float32)
    ink[ink < _INK] = 0
    cost = ink.sum(axis=0) + 2.0 * np.abs(np.arange(left, right) - column)
    return left + int(np.argmin(cost))


def collages(
    lines: Sequence[tuple[Word, ...]], count: int, random: np.random.Generator
) -> Iterator[tuple[Pixels, str, str]]:
    """Lines (pixels, text, group) that follow the pattern of one line, with words of others in its places.

    At most `count`: those that come out wider than a line may be are left out.
    """
    known = [line for line in lines if line]
    pools: dict[_Kind, list[Word]] = defaultdict(list)
    for line in known:
        for word in line:
            pools[word.kind].append(word)
    for _ in range(count if known else 0):
        pattern = known[int(random.integers(len(known)))]
        chosen = [pools[word.kind][int(random.integers(len(pools[word.kind])))] for word in pattern]
        pixels = np.concatenate([word.pixels for word in chosen], axis=1)
        assert pixels.shape[0] == HEIGHT
        if pixels.shape[1] > MAX_WIDTH:
            continue
        yield pixels, " ".join(word.text for word in chosen), "collage/register"


def cut_up(lines: LineSet, scores: Sequence[Scores]) -> list[tuple[Word, ...]]:
    """The words of every line."""
    return [words_of(lines.line(i), lines.texts[i], scores[i]) for i in range(len(lines))]
