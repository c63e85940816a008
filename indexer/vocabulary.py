"""The distinct names of an index generation, held in memory so that near ones are found in a blink.

A vocabulary stands in blocks: the names of the build, and those that have come since, so that a new name
costs little however many there are.
"""

from __future__ import annotations

import fnmatch
import re
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from indexer.block import Block
from indexer.keys import as_small_capitals, misreading_key
from indexer.recent import Recent
from indexer.signatures import Words, nearest, signature
from indexer.tiers import WeightedName

Numbers = NDArray[np.intp]
Value = TypeVar("Value", bound=np.generic)
Answers = Recent[tuple[Hashable, ...], tuple[WeightedName, ...]]
_RECENT = 4_096
_HALF, _THIRD = 2, 3
_ANSWERS = 512


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct folded names (letters and digits only), numbered from 0 in the order they were given.

    `answers` keeps the names that answered what was asked last. They hold for this vocabulary only: one with
    further names is another and begins anew.
    """

    blocks: tuple[Block, ...] = ()
    answers: Answers = field(default_factory=lambda: Recent(_ANSWERS), repr=False, compare=False)
    _starts: list[int] = field(default_factory=list, repr=False, compare=False)

    def __post_init__(self) -> None:
        self._starts.clear()
        at = 0
        for block in self.blocks:
            self._starts.append(at)
            at += len(block.names)

    @classmethod
    def of(cls, names: Iterable[str]) -> Vocabulary:
        """The vocabulary of these names; repeated ones are kept once."""
        distinct = tuple(dict.fromkeys(names))
        return cls((Block.of(distinct),) if distinct else ())

    def extended(self, names: Iterable[str]) -> Vocabulary:
        """This vocabulary with further names behind; itself when there are none that are new."""
        fresh = tuple(name for name in dict.fromkeys(names) if self.number(name) is None)
        if not fresh:
            return self
        last = self.blocks[-1] if self.blocks else None
        if last is not None and (len(self.blocks) > 1 or len(last.names) < _RECENT):
            if len(last.names) < _RECENT:
                return Vocabulary((*self.blocks[:-1], last.followed_by(Block.of(fresh))))
            whole = self.blocks[0].followed_by(last)
            return Vocabulary((whole, *self.blocks[1:-1], Block.of(fresh)))
        return Vocabulary((*self.blocks, Block.of(fresh)))

    def __len__(self) -> int:
        return sum(len(block.names) for block in self.blocks)

    @property
    def names(self) -> tuple[str, ...]:
        """All names, by their numbers."""
        return tuple(name for block in self.blocks for name in block.names)

    def name(self, number: int) -> str:
        """The name of a number."""
        for start, block in zip(reversed(self._starts), reversed(self.blocks), strict=True):
            if number >= start:
                return block.names[number - start]
        raise IndexError(number)

    def number(self, name: str) -> int | None:
        """The number of a name, or None when it is not here."""
        for start, block in zip(self._starts, self.blocks, strict=True):
            number = block.numbers.get(name)
            if number is not None:
                return start + number
        return None

    def named(self, numbers: Numbers) -> list[str]:
        """The names of sorted numbers."""
        parts = (map(block.names.__getitem__, own.tolist()) for block, own in self._split(numbers))
        return list(chain.from_iterable(parts))

    def letters(self, numbers: Numbers) -> NDArray[np.uint8]:
        """The letters of sorted numbers, as indexer/similarity.py compares them."""
        return self._gathered(numbers, lambda block: block.letters)

    def usual(self, numbers: Numbers) -> NDArray[np.float32]:
        """How usual the surnames of sorted numbers are (indexer/block.py)."""
        return self._gathered(numbers, lambda block: block.usual)

    def checksums(self, numbers: Numbers) -> NDArray[np.uint32]:
        """What orders names in a way that does not depend on their numbers; of sorted numbers."""
        return self._gathered(numbers, lambda block: block.checksums)

    def near(self, name: str, most: int, *, capitals: bool = False) -> Numbers:
        """The numbers of at least the `most` names that look most like this one, sorted.

        And half as many of those nearest by shape; with `capitals` a third of those that look most like the
        name as small capitals make it, either way.
        """
        if not self.blocks:
            return np.zeros(0, dtype=np.intp)
        found = [
            self._nearest(signature(name), most),
            self._nearest(signature(misreading_key(name)), most // _HALF, shapes=True),
        ]
        if capitals:
            others = dict.fromkeys(as_small_capitals(name))
            found += [self._nearest(signature(other), most // _THIRD) for other in others if other != name]
        return self.united(found)

    def sounding(self, keys: Iterable[str]) -> Numbers:
        """The numbers of the names that have one of these sounds, sorted."""
        return self.united(
            start + block.sounds.numbers(key)
            for key in keys
            for start, block in zip(self._starts, self.blocks, strict=True)
        )

    def sounding_nearly(self, key: str) -> Numbers:
        """The numbers of the names with this coarse key, sorted."""
        return self.united(
            start + block.coarse.numbers(key)
            for start, block in zip(self._starts, self.blocks, strict=True)
            if key
        )

    def united(self, found: Iterable[Numbers]) -> Numbers:
        """Numbers that are in any of these, each once, sorted."""
        marks = np.zeros(len(self), dtype=bool)
        for numbers in found:
            marks[numbers] = True
        return np.flatnonzero(marks)

    def among(self, some: Numbers, numbers: Numbers) -> NDArray[np.bool_]:
        """Which of the numbers are among some."""
        marks = np.zeros(len(self), dtype=bool)
        marks[some] = True
        return marks[numbers]

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The names that fit a pattern of letters with `*` (any letters) and `?` (one letter)."""
        expression = fnmatch.translate(pattern).removesuffix("\\Z").removesuffix(")").removeprefix("(?s:")
        lines = expression.replace(".*", "[^\n]*").replace("(?>", "(?:")
        lines = re.sub(r"(?<!\\)\.(?!\*)", "[^\n]", lines)
        # What is looked for begins with letters, not with `^`: so re skips from one such place to the next.
        fitting = re.compile(f"\n({lines})(?=\n)")
        return tuple(name for block in self.blocks for name in fitting.findall(block.text()))

    def starting(self, letters: str) -> Iterator[str]:
        """The names that begin with these letters."""
        for block in self.blocks:
            text = block.text()
            at = text.find(f"\n{letters}")
            while 0 <= at < len(text) - 1:
                end = text.index("\n", at + 1)
                yield text[at + 1 : end]
                at = text.find(f"\n{letters}", end)

    def packed(self) -> bytes:
        """The vocabulary as bytes, for `unpacked`."""
        whole = Block.of(()) if not self.blocks else self.blocks[0]
        for block in self.blocks[1:]:
            whole = whole.followed_by(block)
        return whole.packed()

    @classmethod
    def unpacked(cls, data: bytes) -> Vocabulary:
        """The inverse of `packed`."""
        block = Block.unpacked(data)
        return cls((block,) if block.names else ())

    def _nearest(self, wanted: Words, most: int, *, shapes: bool = False) -> Numbers:
        found = [block.differing(wanted, shapes=shapes) for block in self.blocks]
        return nearest(found[0] if len(found) == 1 else np.concatenate(found), most)

    def _split(self, numbers: Numbers) -> Iterator[tuple[Block, Numbers]]:
        """Sorted numbers by their blocks, as each block counts."""
        cuts = np.searchsorted(numbers, [*self._starts[1:], len(self)])
        first = 0
        for start, block, last in zip(self._starts, self.blocks, cuts, strict=True):
            if last > first:
                yield block, numbers[first:last] - start
            first = last

    def _gathered(self, numbers: Numbers, column: Callable[[Block], NDArray[Value]]) -> NDArray[Value]:
        parts = [column(block)[own] for block, own in self._split(numbers)]
        if len(parts) == 1:
            return parts[0]
        return np.concatenate(parts) if parts else column(Block.of(()))
