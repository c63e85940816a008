"""A new hand: the shipped model adapted to one register, from rows that people have vouched for or from
cells that its reading is sure of.

Fifty to two hundred rows are enough to move a model and too few to judge it by themselves, so part of
them, whole pages where there are several, is held out, and the adapted model is kept only if it reads
those better. What was chosen by some rows reads just these better than others: where there are enough,
one half of what is held out chooses and the other judges. The rows are too few, too, to hold every letter:
what the model learns from them is stretched by their words and digits put together anew, and by other cells
that the model, once it knows the hand, is sure of (tuning.py): never by one that is held out.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import cv2
import numpy as np
import torch
from numpy.typing import NDArray

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.ctc import greedy
from ocr.handwriting.lines import prepare
from ocr.handwriting.recogniser import SHIPPED, Recogniser
from ocr.training.data import LineSet, collect
from ocr.training.export import between, load_weights, write_folder
from ocr.training.metrics import Score, score
from ocr.training.network import LineNetwork
from ocr.training.trainer import evaluate
from ocr.training.tuning import Left, Tuning, Watch, Weights

HELD_OUT = 0.2
_HELD_OUT_BOUNDS = (0.1, 0.35)
_FEWEST_PAGES = 4
_FEWEST_TO_HALVE = 40
LEAST_LINES = 20
_WAYS = (0.5, 0.75, 1.0)  # of the way from the base model's weights to the tuned ones
_NEARLY = 1.1


@dataclass(frozen=True, slots=True)
class Transcribed:
    """A line as `ocr.handwriting.crops.crop_line` cuts it out, its literal text, its page and its row.

    Rows of a page sort in their order.
    """

    pixels: NDArray[np.uint8]
    text: str
    page: str
    row: str


@dataclass(frozen=True, slots=True)
class Adaptation:
    """What adapting did to the held-out lines that it is judged by; `folder` holds the model if it was kept.

    `lines` were trained on, `held_out` is how many it is judged by, `guessed` are other cells in the last
    round; `rival` is how another model, the one to be better than, read the held-out lines.
    """

    before: Score
    after: Score
    lines: int
    held_out: int
    folder: Path | None
    guessed: int = 0
    version: str = ""
    base: str = ""
    rival: Score | None = None

    @property
    def kept(self) -> bool:
        return self.folder is not None


Guess = Callable[[Path, Left], Sequence[Transcribed]]
"""Reads pages of the register with the model in a folder, while there is time: the lines that it is sure of,
none of those that it is adapted from or judged by."""


def adapt(
    lines: Sequence[Transcribed],
    out: Path,
    *,
    base: Path = SHIPPED,
    rival: Recogniser | None = None,
    minutes: float = 10.0,
    seed: int = 1,
    guess: Guess | None = None,
    watch: Watch | None = None,
) -> Adaptation:
    """Adapts the model in `base` and writes it to `out` if it reads held-out rows better.

    It must read them better than the `rival` too, where there is one; of some of these rows that one may
    have learnt, so that the new one has to be clearly better. Stops when those that it is chosen by get no
    better or the time is used up. Raises ValueError for fewer than LEAST_LINES usable lines.
    """
    _set_up(seed)
    train, held = split(lines)
    check, judge = halves(held)
    config, weights = load_weights(base)
    network = LineNetwork(config)
    network.load_state_dict(weights)
    before, rivals = _reads(network, rival, judge)
    first = _reads(network, rival, check)
    tuning = Tuning(network, train, check, first[0], (minutes * 60, seed))
    others = None if guess is None else partial(_guessed, guess, base, len(train))
    tuned = tuning.run(others, watch)
    network.load_state_dict(_between(network, (weights, tuned), check, _fewest(*first)))
    after = evaluate(network, judge)[0]
    version = base_version = str(_config(base)["version"])
    kept = after.character_errors < _fewest(before, rivals)
    if kept:
        version = _write(network, out, base, len(train))
    return Adaptation(
        before,
        after,
        len(train),
        len(judge),
        out if kept else None,
        guessed=tuning.guessed,
        version=version,
        base=base_version,
        rival=rivals,
    )


def _set_up(seed: int) -> None:
    cv2.setNumThreads(1)
    torch.set_num_threads(1)  # two wait for each other whenever one of them is put aside
    torch.manual_seed(seed)


def split(lines: Sequence[Transcribed]) -> tuple[LineSet, LineSet]:
    """Lines to train on and lines to hold out, page by page: whole pages held out where there are four or
    more that can be parted so, else every fifth row with all its cells, so that every column is judged."""
    alphabet = Alphabet()
    usable = [(line, normalise(line.text)) for line in sorted(lines, key=lambda line: (line.page, line.row))]
    usable = [(line, text) for line, text in usable if text and alphabet.covers(text)]
    if len(usable) < LEAST_LINES:
        raise ValueError(f"{len(usable)} usable lines; {LEAST_LINES} are needed")
    pages = _held_out_pages([line.page for line, _ in usable])
    rows = _held_out_rows([line.row for line, _ in usable])

    def chosen(*, apart: bool) -> Iterator[tuple[NDArray[np.uint8], str, str]]:
        for line, text in usable:
            is_apart = line.page in pages if pages else line.row in rows
            if is_apart == apart:
                yield prepare(line.pixels), text, f"transcribed/{line.page}"

    return collect(chosen(apart=False)), collect(chosen(apart=True))


def _held_out_pages(pages: Sequence[str]) -> frozenset[str]:
    """Pages with about the wanted share of the lines, whose pages are given; none where that can't be had.

    Their order is as good as chance but always the same, so that more rows hold out much the same pages.
    """
    counts = Counter(pages)
    least, most = (share * len(pages) for share in _HELD_OUT_BOUNDS)
    held: set[str] = set()
    lines = 0
    for name in sorted(counts, key=lambda name: hashlib.sha256(name.encode()).digest()):
        if lines < HELD_OUT * len(pages) and lines + counts[name] <= most:
            held.add(name)
            lines += counts[name]
    return frozenset(held) if len(counts) >= _FEWEST_PAGES and lines >= least else frozenset()


def _held_out_rows(rows: Sequence[str]) -> frozenset[str]:
    """Every fifth of the rows, which are given for each line; of fewer the last."""
    every = round(1 / HELD_OUT)
    names = [*dict.fromkeys(rows)]
    return frozenset(names[every - 1 :: every] or names[-1:])


def halves(held: LineSet) -> tuple[LineSet, LineSet]:
    """Held-out lines to choose by and others to judge by, the same where there are fewer than 40.

    They are parted where a page ends if that leaves neither much smaller, else in the middle.
    """
    count = len(held)
    if count < _FEWEST_TO_HALVE:
        return held, held
    ends = [i for i in range(count // 3, count - count // 3) if held.groups[i] != held.groups[i - 1]]
    border = min(ends, key=lambda end: abs(end - count / 2), default=count // 2)
    numbers = range(count)
    return _part(held, numbers[:border]), _part(held, numbers[border:])


def _part(lines: LineSet, numbers: range) -> LineSet:
    return collect((lines.line(i), lines.texts[i], lines.groups[i]) for i in numbers)


def _reads(network: LineNetwork, rival: Recogniser | None, lines: LineSet) -> tuple[Score, Score | None]:
    """How the network reads lines, and how the model that it has to be better than."""
    return evaluate(network, lines)[0], None if rival is None else _read_by(rival, lines)


def _fewest(*results: Score | None) -> int:
    return min(result.character_errors for result in results if result is not None)


def _guessed(guess: Guess, base: Path, lines: int, network: LineNetwork, left: Left) -> LineSet:
    """Other lines of the register that the network is sure of."""
    with TemporaryDirectory() as folder:
        _write(network, Path(folder), base, lines)
        guessed = [(line, normalise(line.text)) for line in guess(Path(folder), left)]
    usable = [(line, text) for line, text in guessed if text and Alphabet().covers(text)]
    return collect((prepare(line.pixels), text, f"guessed/{line.page}") for line, text in usable)


def _read_by(recogniser: Recogniser, lines: LineSet) -> Score:
    """How a model that was kept reads lines, by the likeliest path as `evaluate` does."""
    seen = recogniser.see_prepared([lines.line(i) for i in range(len(lines))])
    with_digits = [any(character.isdigit() for character in text) for text in lines.texts]
    scores = [line.numbers if digits else line.names for line, digits in zip(seen, with_digits, strict=True)]
    return score(lines.texts, [recogniser.alphabet.decode(greedy(line)).strip() for line in scores])


def _between(network: LineNetwork, ends: tuple[Weights, Weights], check: LineSet, mark: int) -> Weights:
    """The weights nearest to the base model's that read the held-out rows nearly as well as the best.

    `ends` are the base model's weights and the tuned ones; weights that make fewer errors than `mark` come
    before those that do not.

    A few pages show few of a hand's letters: what the base knew of the others is lost on the way to
    the tuned weights, and half-way most of the gain is there already.
    """
    base, tuned = ends
    found = []
    for share in _WAYS:
        weights = between(base, tuned, share)
        network.load_state_dict(weights)
        found.append((weights, evaluate(network, check)[0]))
    fewest = min(result.character_errors for _, result in found)
    most = min(_NEARLY * fewest, max(fewest, mark - 1))
    return next(weights for weights, result in found if result.character_errors <= most)


def _write(network: LineNetwork, out: Path, base: Path, lines: int) -> str:
    """The model as a folder that reads, as sure of itself as the base model: the held-out rows are too few
    to calibrate by. Gives its version."""
    write_folder(network, out, {"adapted_from": _config(base)["version"], "lines": lines})
    config = _config(out)
    config["calibration"] = _config(base)["calibration"]
    (out / "config.json").write_text(json.dumps(config, ensure_ascii=False, indent=2) + "\n", "utf-8")
    return str(config["version"])


def _config(folder: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads((folder / "config.json").read_text("utf-8"))
    return found
