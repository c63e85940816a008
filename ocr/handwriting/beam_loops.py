"""The loops of language.py and beam.py: a model of letters asked letter by letter, and the search that asks
it. They stand together because the one calls the other (see jit.py)."""

# mypy: disable-error-code="untyped-decorator"

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.jit import compiled

CLASSES = 256
_MIXED = np.uint64(0x9E3779B97F4A7C15)
_LOWEST = 1e-300
_NOBODY = np.uint64(0xFFFFFFFFFFFFFFFF)

Floats = NDArray[np.float64]
Numbers = NDArray[np.int64]
Texts = tuple[Numbers, Numbers, Floats, Floats]
"""Rows of letters, their lengths, their log path probabilities, and with all that weighs."""


class Model(NamedTuple):
    """The arrays of a `LanguageModel` (language.py)."""

    entries: Numbers
    slots: NDArray[np.int32]
    chances: NDArray[np.float32]
    follows: NDArray[np.int32]
    shorter: NDArray[np.int32]
    weights: NDArray[np.float32]


@compiled
def slots_of(entries: Numbers) -> NDArray[np.int32]:
    """Where each entry is found (open addressing), -1 where there is none."""
    size = 8
    while size < 2 * len(entries):
        size *= 2
    slots = np.full(size, -1, np.int32)
    for index in range(len(entries)):
        place = _place(entries[index], size)
        while slots[place] >= 0:
            place = (place + 1) & (size - 1)
        slots[place] = index
    return slots


@compiled
def _place(entry: int, size: int) -> int:
    return int((np.uint64(entry) * _MIXED) >> np.uint64(32)) & (size - 1)


@compiled
def _after(model: Model, state: int, label: int) -> tuple[float, int]:
    """Log probability of a class after a state, and the state that follows."""
    weight = np.float32(0.0)
    while True:
        entry = state * CLASSES + label
        place = _place(entry, len(model.slots))
        index = model.slots[place]
        while index >= 0 and model.entries[index] != entry:
            place = (place + 1) & (len(model.slots) - 1)
            index = model.slots[place]
        if index >= 0:
            return float(model.chances[index] + weight), int(model.follows[index])
        if state == 0:
            return -20.0, 0
        weight += model.weights[state]
        state = int(model.shorter[state])


@compiled
def after(
    model: Model, states: NDArray[np.int32], labels: Numbers
) -> tuple[NDArray[np.float32], NDArray[np.int32]]:
    """The same of many states, each with its class."""
    chances, following = np.zeros(len(states), np.float32), np.zeros(len(states), np.int32)
    for index in range(len(states)):
        chances[index], following[index] = _after(model, int(states[index]), labels[index])
    return chances, following


@compiled
def text_chances(model: Model, start: int, letters: NDArray[np.uint8], lengths: Numbers) -> Floats:
    """Log probability of whole texts (rows of classes), their ends included; a text that begins like the one
    before it is taken up where they part."""
    count, longest = letters.shape
    found = np.zeros(count)
    states, sums = np.zeros(longest + 1, np.int64), np.zeros(longest + 1)
    states[0] = start
    for text in range(count):
        at = 0
        if text > 0:
            most = min(lengths[text], lengths[text - 1])
            while at < most and letters[text, at] == letters[text - 1, at]:
                at += 1
        for place in range(at, lengths[text]):
            chance, states[place + 1] = _after(model, states[place], int(letters[text, place]))
            sums[place + 1] = sums[place] + chance
        last, _ = _after(model, states[lengths[text]], 0)
        found[text] = sums[lengths[text]] + last
    return found


class Weighed(NamedTuple):
    """What the search weighs a letter by: the model's log probability `language` times, and `letter` more."""

    language: float
    letter: float


BEAM = np.dtype(
    [
        ("score", np.float64),  # by which it is chosen: the line and all else that weighs
        ("blank", np.float64),  # how likely the line up to here is this text, a blank last
        ("label", np.float64),  # the same, its last letter last
        ("prior", np.float64),  # what weighs beside the line
        ("state", np.int64),  # the model's
        ("last", np.int64),  # its last letter
        ("hash", np.uint64),  # of the text
        ("above", np.uint64),  # of the text without its last letter
        ("source", np.int64),  # which beam of the step before it comes from
        ("added", np.int64),  # the letter that it has more than that one, 0 for none
    ]
)
"""A text that the search follows."""


@compiled
def beams(
    chances: Floats, width: int, tried: int, least: float, model: Model | None, start: int, weighed: Weighed
) -> Texts:
    """Up to `width` texts of a line, best first.

    Each step tries at most `tried` letters, none below `least`.
    """
    steps = len(chances)
    now, then = np.zeros(width + 1, BEAM), np.zeros(width + 1, BEAM)
    now[0].blank, now[0].state, now[0].above, count = 1.0, start, _NOBODY, 1
    came, added = np.zeros((steps, width), np.int64), np.zeros((steps, width), np.int64)
    scale = 0.0
    for step in range(steps):
        found = _stay(now[:count], chances[step], then)
        letters = _letters(chances[step], tried, least)
        found = _grow(now[:count], chances[step], letters, then, found, model, weighed)
        largest = _LOWEST
        for place in range(found):
            came[step, place], added[step, place] = then[place].source, then[place].added
            largest = max(largest, then[place].blank + then[place].label)
        for place in range(found):
            then[place].blank /= largest
            then[place].label /= largest
        scale += np.log(largest)
        now, then, count = then, now, found
    texts: Texts = _texts(now[:count], scale, came, added, model, weighed)
    return texts


@compiled
def _letters(chances: Floats, most: int, least: float) -> Numbers:
    """The likeliest letters of a step, best first."""
    kept, count = np.zeros(most, np.int64), 0
    for label in range(1, len(chances)):
        if chances[label] < least:
            continue
        place = min(count, most - 1)
        if count == most and chances[kept[place]] >= chances[label]:
            continue
        while place > 0 and chances[kept[place - 1]] < chances[label]:
            kept[place] = kept[place - 1]
            place -= 1
        kept[place] = label
        count = min(count + 1, most)
    return kept[:count]


@compiled
def _stay(now: NDArray[np.void], chances: Floats, then: NDArray[np.void]) -> int:
    """The beams without a new letter; one that is another one with a letter more takes what that gives it."""
    found = 0
    for source in range(len(now)):
        beam, given = now[source], 0.0
        for other in now:
            if other.hash == beam.above:
                given += other.blank if other.last == beam.last else other.blank + other.label
        blank = (beam.blank + beam.label) * chances[0]
        label = (beam.label + given) * chances[beam.last]
        score = np.log(blank + label) + beam.prior
        place = _place_of(score, then, found)
        if place >= 0:
            found = min(found + 1, len(then) - 1)
            then[place] = beam
            then[place].score, then[place].source, then[place].added = score, source, 0
            then[place].blank, then[place].label = blank, label
    return found


@compiled
def _grow(
    now: NDArray[np.void],
    chances: Floats,
    letters: Numbers,
    then: NDArray[np.void],
    found: int,
    model: Model | None,
    weighed: Weighed,
) -> int:
    """Each beam with each letter more, but for those that are beams already."""
    for source in range(len(now)):
        beam = now[source]
        for letter in letters:
            chance = beam.blank if beam.last == letter else beam.blank + beam.label
            chance *= chances[letter]
            prior, state = beam.prior, 0
            if model is not None:
                # No model makes a text likelier than the line and the letter's own weight do.
                most = np.log(chance) + prior + weighed.letter
                if _place_at(most, then, found) < 0 or _is_beam(now, beam.hash, letter):
                    continue
                weight, state = _after(model, beam.state, letter)
                prior += weighed.language * weight + weighed.letter
            elif _is_beam(now, beam.hash, letter):
                continue
            score = np.log(chance) + prior
            place = _place_of(score, then, found)
            if place >= 0:
                found = min(found + 1, len(then) - 1)
                text = then[place]
                text.score, text.source, text.added = score, source, letter
                text.blank, text.label, text.prior, text.state = 0.0, chance, prior, state
                text.last, text.above = letter, beam.hash
                text.hash = (beam.hash + np.uint64(letter) + np.uint64(1)) * _MIXED
    return found


@compiled
def _is_beam(now: NDArray[np.void], text: int, letter: int) -> bool:
    for other in now:
        if other.above == text and other.last == letter:
            return True
    return False


@compiled
def _place_at(score: float, then: NDArray[np.void], found: int) -> int:
    """The last place that a text may have, -1 for one that has none."""
    if score == -np.inf:
        return -1
    if found == len(then) - 1 and score <= then[found - 1].score:
        return -1
    return found


@compiled
def _place_of(score: float, then: NDArray[np.void], found: int) -> int:
    """Makes room for a text behind those that are as good; -1 where there is none."""
    place: int = _place_at(score, then, found)
    while place > 0 and then[place - 1].score < score:
        then[place] = then[place - 1]
        place -= 1
    return place


@compiled
def _texts(
    now: NDArray[np.void], scale: float, came: Numbers, added: Numbers, model: Model | None, weighed: Weighed
) -> Texts:
    count = len(now)
    line, total = np.zeros(count), np.zeros(count)
    for beam in range(count):
        line[beam] = np.log(now[beam].blank + now[beam].label) + scale
        total[beam] = line[beam] + now[beam].prior
        if model is not None:
            total[beam] += weighed.language * _after(model, now[beam].state, 0)[0]
    order = np.argsort(-total, kind="mergesort")
    letters, lengths = np.zeros((count, len(came)), np.int64), np.zeros(count, np.int64)
    for row in range(count):
        beam = order[row]
        for step in range(len(came) - 1, -1, -1):
            if added[step, beam] > 0:
                letters[row, lengths[row]] = added[step, beam]
                lengths[row] += 1
            beam = came[step, beam]
        letters[row, : lengths[row]] = letters[row, : lengths[row]][::-1].copy()
    return letters, lengths, line[order], total[order]
