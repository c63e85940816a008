"""The model of letters beside the recogniser:
`python -m ocr.training.language --data DIR --cache DIR --out FILE`.

Counts are of the transcriptions that the recogniser is trained on, and of synthetic names and dates;
nothing of the lines that are held out.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import numpy as np

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.language import END, LanguageModel
from ocr.training.data import LineSet, load_all, split_of
from ocr.training.texts import Texts, load_names

ORDER = 6
DISCOUNT = 0.75
_CLASSES = 256
_SIZE = Alphabet().size
_START = 255
_LEAST = {5: 2, 4: 2}
"""How often a context of that many letters must have been seen."""
_WEIGHTS = {"lectaurep": 2, "mariages": 2}

Context = tuple[int, ...]
Counts = dict[Context, Counter[int]]


def count(lines: Iterable[tuple[Sequence[int], int]], order: int = ORDER) -> list[Counts]:
    """Per length of context, what follows it how often: lines come with their weights.

    Below the longest context, and after the start of a line, a letter counts once for each
    different letter before it (Kneser and Ney's continuation counts).
    """
    longest: Counts = defaultdict(Counter)
    for labels, weight in lines:
        sequence = (_START, *labels, END)
        for place in range(1, len(sequence)):
            longest[sequence[max(0, place - order + 1) : place]][sequence[place]] += weight
    levels: list[Counts] = [defaultdict(Counter) for _ in range(order)]
    for context, followers in longest.items():
        levels[len(context)][context].update(followers)
    for length in range(order - 1, 0, -1):
        for context, followers in levels[length].items():
            for follower in followers:
                levels[length - 1][context[1:]][follower] += 1
    return levels


def build(levels: list[Counts]) -> LanguageModel:
    """The backing-off tables of the counts."""
    kept = [
        {c: f for c, f in counts.items() if f.total() >= _LEAST.get(length, 1)}
        for length, counts in enumerate(levels)
    ]
    contexts = [context for counts in kept for context in counts]
    number = {context: index for index, context in enumerate(contexts)}
    assert contexts[0] == ()

    def state(context: Context) -> int:
        while context not in number:
            context = context[1:]
        return number[context]

    shorter = np.zeros(len(contexts), np.int32)
    weights = np.zeros(len(contexts), np.float32)
    entries: list[tuple[int, float, int]] = []
    known: dict[tuple[int, int], float] = {}
    for index, context in enumerate(contexts):
        followers = kept[len(context)][context]
        total = followers.total()
        shorter[index] = state(context[1:]) if context else 0
        spare = DISCOUNT * len(followers) / total
        weights[index] = np.log(spare)
        for follower, times in (followers if context else _with_all(followers)).items():
            below = _chance(known, shorter, weights, int(shorter[index]), follower) if context else 1 / _SIZE
            chance = max(times - DISCOUNT, 0.0) / total + spare * below
            known[index, follower] = chance
            after = 0 if follower == END else state((*context, follower)[-(ORDER - 1) :])
            entries.append((index * _CLASSES + follower, float(np.log(chance)), after))
    entries.sort()
    return LanguageModel.of(
        np.array([key for key, _, _ in entries], np.int64),
        np.array([chance for _, chance, _ in entries], np.float32),
        np.array([after for _, _, after in entries], np.int32),
        shorter=shorter,
        weights=weights,
        start=number[(_START,)],
    )


def _with_all(followers: Counter[int]) -> dict[int, int]:
    """Every class with its count, unseen ones with none."""
    return {follower: followers[follower] for follower in range(_SIZE)}


def _chance(
    known: dict[tuple[int, int], float], shorter: np.ndarray, weights: np.ndarray, state: int, follower: int
) -> float:
    weight = 0.0
    while True:
        chance = known.get((state, follower))
        if chance is not None:
            return float(np.exp(weight)) * chance
        if state == 0:
            return float(np.exp(weight)) / _SIZE
        weight += float(weights[state])
        state = int(shorter[state])


def texts_of(data: Path, cache: Path, synthetic: int) -> Iterable[tuple[Sequence[int], int]]:
    alphabet = Alphabet()
    lines: LineSet = load_all(data / "handwriting", cache, alphabet)
    for text, group in zip(lines.texts, lines.groups, strict=True):
        if split_of(group) == "train":
            yield alphabet.encode(text), _WEIGHTS.get(group.partition("/")[0], 1)
    made = Texts(load_names(data), 5)
    for _ in range(synthetic):
        text = normalise(made.draw())
        if text and alphabet.covers(text):
            yield alphabet.encode(text), 1


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m ocr.training.language", description=__doc__)
    parser.add_argument("--data", type=Path, default=Path("../shared/data"))
    parser.add_argument("--cache", type=Path, default=Path(".training/cache"))
    parser.add_argument("--synthetic", type=int, default=40_000)
    parser.add_argument("--out", type=Path, required=True)
    options = parser.parse_args(arguments)
    model = build(count(texts_of(options.data, options.cache, options.synthetic)))
    model.save(options.out)
    size = options.out.stat().st_size / 1e6
    print(f"{len(model.shorter)} contexts, {len(model.entries)} entries, {size:.1f} MB")


if __name__ == "__main__":
    main()
