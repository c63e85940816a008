"""The distinct names of an index generation, held in memory so that near ones are found in a blink.

Each name has a signature of 192 bits: two hashed letter pairs words and one word of the letters it has
once and twice. Names whose signatures differ in few bits share most letter pairs; comparing one
signature with a hundred thousand takes about a millisecond. This needs no index of edits, bears more
than two errors, and is the same for every engine.
"""

from __future__ import annotations

import fnmatch
import io
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from math import log10
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.keys import misreading_key
from indexer.phonetics import coarse, sounds
from lexicon import surnames

type_sound = np.dtype([("key", np.uint32), ("name", np.uint32)])
_END = 26


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Distinct folded names (letters and digits only), numbered from 0 in the order they were given.

    `signatures` and `shapes` are 3 x n words of the name and of its misreading key; `usual` says how usual
    a surname is (from 1 for one bearer in a hundred million to 7 for one in a hundred, 0 when nobody is
    known to bear it); `checksums` order names in a way that does not depend on their numbers; `sound_keys`
    and `coarse_keys` are sorted pairs of a key's checksum and a name's number.
    """

    names: tuple[str, ...]
    signatures: NDArray[np.uint64]
    shapes: NDArray[np.uint64]
    usual: NDArray[np.float32]
    checksums: NDArray[np.uint32]
    sound_keys: NDArray[np.void]
    coarse_keys: NDArray[np.void]
    _numbers: dict[str, int] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, names: Iterable[str]) -> Vocabulary:
        """The vocabulary of these names; repeated ones are kept once."""
        distinct = tuple(dict.fromkeys(names))
        heard = [sounds(name) for name in distinct]
        return cls(
            distinct,
            _signatures(distinct),
            _signatures([misreading_key(name) for name in distinct]),
            np.array([usual(name) for name in distinct], dtype=np.float32),
            np.array([crc32(name.encode()) for name in distinct], dtype=np.uint32),
            _sorted_keys((key, number) for number, keys in enumerate(heard) for key in keys),
            _sorted_keys((coarse(keys[0]), number) for number, keys in enumerate(heard) if keys),
        )

    def extended(self, names: Iterable[str]) -> Vocabulary:
        """This vocabulary with further names behind; itself when there are none that are new."""
        fresh = [name for name in dict.fromkeys(names) if self.number(name) is None]
        if not fresh:
            return self
        more = Vocabulary.of(fresh)
        shift = len(self.names)
        return Vocabulary(
            self.names + more.names,
            np.concatenate((self.signatures, more.signatures), axis=1),
            np.concatenate((self.shapes, more.shapes), axis=1),
            np.concatenate((self.usual, more.usual)),
            np.concatenate((self.checksums, more.checksums)),
            _merged(self.sound_keys, more.sound_keys, shift),
            _merged(self.coarse_keys, more.coarse_keys, shift),
            self._numbers | {name: shift + number for number, name in enumerate(fresh)},
        )

    def __len__(self) -> int:
        return len(self.names)

    def number(self, name: str) -> int | None:
        """The number of a name, or None when it is not here."""
        if not self._numbers and self.names:
            self._numbers.update((known, number) for number, known in enumerate(self.names))
        return self._numbers.get(name)

    def near(self, name: str, most: int) -> NDArray[np.intp]:
        """The numbers of at least the `most` names that look most like this one, in no order.

        Half are those nearest by letters, half those nearest by shape.
        """
        if not self.names:
            return np.zeros(0, dtype=np.intp)
        by_letters = _distances(self.signatures, _signature(name))
        by_shape = _distances(self.shapes, _signature(misreading_key(name)))
        return np.union1d(_nearest(by_letters, most), _nearest(by_shape, most // 2))

    def sounding(self, keys: Iterable[str]) -> NDArray[np.intp]:
        """The numbers of the names that have one of these sounds."""
        return _lookup(self.sound_keys, keys)

    def sounding_nearly(self, key: str) -> NDArray[np.intp]:
        """The numbers of the names with this coarse key."""
        return _lookup(self.coarse_keys, (key,)) if key else np.zeros(0, dtype=np.intp)

    def matching(self, pattern: str) -> tuple[str, ...]:
        """The names that fit a pattern of letters with `*` (any letters) and `?` (one letter)."""
        if not self.names:
            return ()
        expression = fnmatch.translate(pattern).removesuffix("\\Z").removesuffix(")").removeprefix("(?s:")
        lines = expression.replace(".*", "[^\n]*").replace("(?>", "(?:")
        lines = re.sub(r"(?<!\\)\.(?!\*)", "[^\n]", lines)
        return tuple(re.findall(f"^{lines}$", "\n".join(self.names), re.MULTILINE))

    def packed(self) -> bytes:
        """The vocabulary as bytes, for `unpacked`."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            names=np.frombuffer("\n".join(self.names).encode(), dtype=np.uint8),
            signatures=self.signatures,
            shapes=self.shapes,
            usual=self.usual,
            checksums=self.checksums,
            sound_keys=self.sound_keys,
            coarse_keys=self.coarse_keys,
        )
        return buffer.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> Vocabulary:
        """The inverse of `packed`."""
        with np.load(io.BytesIO(data), allow_pickle=False) as parts:
            text = parts["names"].tobytes().decode()
            return cls(
                tuple(text.split("\n")) if text else (),
                parts["signatures"],
                parts["shapes"],
                parts["usual"],
                parts["checksums"],
                parts["sound_keys"],
                parts["coarse_keys"],
            )


def usual(surname: str) -> float:
    """How usual a surname is: 0 when nobody is known to bear it."""
    frequency = surnames.frequency(surname)
    return max(0.1, 9 + log10(frequency)) if frequency else 0.0


def _signature(name: str) -> NDArray[np.uint64]:
    words = [0, 0, 0]
    previous = _END
    seen = 0
    for letter in name:
        code = ord(letter) - 97 if letter >= "a" else (ord(letter) - 48) % 26
        bit = (previous * 27 + code) * 2654435761 >> 7 & 127
        words[bit >> 6] |= 1 << (bit & 63)
        words[2] |= 1 << (code + 26 if seen >> code & 1 else code)
        seen |= 1 << code
        previous = code
    bit = (previous * 27 + _END) * 2654435761 >> 7 & 127
    words[bit >> 6] |= 1 << (bit & 63)
    return np.array(words, dtype=np.uint64)


def _signatures(names: Sequence[str]) -> NDArray[np.uint64]:
    if not names:
        return np.zeros((3, 0), dtype=np.uint64)
    return np.ascontiguousarray(np.array([_signature(name) for name in names]).T)


def _distances(signatures: NDArray[np.uint64], wanted: NDArray[np.uint64]) -> NDArray[np.uint8]:
    total = np.zeros(signatures.shape[1], dtype=np.uint8)
    for words, word in zip(signatures, wanted, strict=True):
        total += np.bitwise_count(words ^ word)
    return total


def _nearest(distances: NDArray[np.uint8], most: int) -> NDArray[np.intp]:
    # Distances are small whole numbers: counting them finds the cut faster than sorting, and takes all
    # names at the cut, so that the choice does not depend on their order.
    counts = np.bincount(distances, minlength=193).cumsum()
    cut = int(np.searchsorted(counts, most))
    return np.flatnonzero(distances <= cut)


def _sorted_keys(pairs: Iterable[tuple[str, int]]) -> NDArray[np.void]:
    keys = np.array([(crc32(key.encode()), number) for key, number in pairs if key], dtype=type_sound)
    return np.sort(keys, order=("key", "name"))


def _merged(keys: NDArray[np.void], more: NDArray[np.void], shift: int) -> NDArray[np.void]:
    shifted = more.copy()
    shifted["name"] += np.uint32(shift)
    return np.insert(keys, np.searchsorted(keys["key"], shifted["key"], side="right"), shifted)


def _lookup(keys: NDArray[np.void], wanted: Iterable[str]) -> NDArray[np.intp]:
    found = []
    for key in wanted:
        checksum = np.uint32(crc32(key.encode()))
        first = np.searchsorted(keys["key"], checksum, side="left")
        last = np.searchsorted(keys["key"], checksum, side="right")
        found.append(keys["name"][first:last])
    return np.unique(np.concatenate(found)).astype(np.intp) if found else np.zeros(0, dtype=np.intp)
