"""Names as 192 bits each, so that the names most like one are found among very many in a blink.

Two words of hashed letter pairs and one of the letters that a name has once and twice. Names whose
signatures differ in few bits share most letter pairs; comparing one signature with a hundred thousand takes
less than a millisecond. This needs no index of edits and bears more than two errors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Words = NDArray[np.uint64]
Distances = NDArray[np.uint8]
WORDS = 3
_BITS = 64
_END = 26
_HASH = 2654435761
_LONGEST = 24
_TURNED_AT_ONCE = 8192


def signature(name: str) -> Words:
    """The three words of one name of plain letters and digits; letters after the 24th are left out."""
    words = [0, 0, 0]
    previous = _END
    seen = 0
    for letter in name[:_LONGEST]:
        code = ord(letter) - 97 if letter >= "a" else (ord(letter) - 48) % 26
        bit = (previous * 27 + code) * _HASH >> 7 & 127
        words[bit >> 6] |= 1 << (bit & 63)
        words[2] |= 1 << (code + 26 if seen >> code & 1 else code)
        seen |= 1 << code
        previous = code
    bit = (previous * 27 + _END) * _HASH >> 7 & 127
    words[bit >> 6] |= 1 << (bit & 63)
    return np.array(words, dtype=np.uint64)


def signatures(names: Sequence[str]) -> Words:
    """The words of many names, 3 x n."""
    text = b"".join(name[:_LONGEST].encode("ascii", "replace").ljust(_LONGEST, b"\0") for name in names)
    letters = np.frombuffer(text, dtype=np.uint8).reshape(len(names), _LONGEST).astype(np.int64)
    codes = np.where(letters >= 97, letters - 97, (letters - 48) % 26)
    words = np.zeros((WORDS, len(names)), dtype=np.uint64)
    previous = np.full(len(names), _END, dtype=np.int64)
    seen = np.zeros(len(names), dtype=np.uint64)
    for place in range(_LONGEST):
        here = letters[:, place] > 0
        if not here.any():
            break
        code = codes[:, place]
        _set_pairs(words, previous, code, here)
        own = np.uint64(1) << code.astype(np.uint64)
        again = (seen & own) > 0
        words[2] |= np.where(here, np.where(again, own << np.uint64(26), own), np.uint64(0))
        seen |= np.where(here, own, np.uint64(0))
        previous = np.where(here, code, previous)
    _set_pairs(words, previous, np.full(len(names), _END, dtype=np.int64), np.ones(len(names), dtype=bool))
    return words


def _set_pairs(
    words: Words, previous: NDArray[np.int64], code: NDArray[np.int64], here: NDArray[np.bool_]
) -> None:
    bits = (previous * 27 + code) * _HASH >> 7 & 127
    masks = np.uint64(1) << (bits & 63).astype(np.uint64)
    for word in (0, 1):
        words[word] |= np.where(here & (bits >> 6 == word), masks, np.uint64(0))


def distances(words: Words, wanted: Words) -> Distances:
    """In how many bits each of n signatures differs from one."""
    differing = np.bitwise_xor(words[0], wanted[0])
    total = np.bitwise_count(differing)
    more = np.empty_like(total)
    for row, word in zip(words[1:], wanted[1:], strict=True):
        np.bitwise_xor(row, word, out=differing)
        total += np.bitwise_count(differing, out=more)
    return np.asarray(total)


@dataclass(frozen=True, slots=True)
class Planes:
    """Many signatures the other way round: for each of the 192 bits the names that have it.

    A name has some 15 bits: adding up these rows of single bits takes a quarter of the time that looking at
    all bits of all names takes. `rows` is 192 x n/64 words, `sizes` how many bits each name has.
    """

    rows: Words
    sizes: Distances

    @classmethod
    def of(cls, words: Words) -> Planes:
        """The planes of 3 x n words."""
        count = words.shape[1]
        rows = np.zeros((WORDS * _BITS, -(-count // _BITS) * 8), dtype=np.uint8)
        for first in range(0, count, _TURNED_AT_ONCE):
            some = np.ascontiguousarray(words[:, first : first + _TURNED_AT_ONCE], dtype="<u8")
            bits = np.unpackbits(some.view(np.uint8), axis=1, bitorder="little")
            turned = bits.reshape(WORDS, -1, _BITS).transpose(0, 2, 1).reshape(WORDS * _BITS, -1)
            packed = np.packbits(turned, axis=1, bitorder="little")
            rows[:, first // 8 : first // 8 + packed.shape[1]] = packed
        return cls(rows.view(np.uint64), np.bitwise_count(words).sum(axis=0, dtype=np.uint8))

    def distances(self, wanted: Words) -> Distances:
        """In how many bits each name differs from one signature."""
        bits = np.flatnonzero(np.unpackbits(wanted.astype("<u8").view(np.uint8), bitorder="little"))
        common = np.zeros_like(self.sizes)
        for digit in reversed(_added(list(self.rows[bits]))):
            common += common
            common |= np.unpackbits(digit.view(np.uint8), count=len(common), bitorder="little")
        common += common
        # What is below 0 wraps around and comes back: the result lies between 0 and 192.
        return np.asarray(self.sizes + np.uint8(len(bits)) - common)


def _added(rows: list[Words]) -> list[Words]:
    """Rows of single bits added up: the binary digits of each sum, the lowest first. Uses the rows up."""
    digits = []
    while rows:
        carried = []
        while len(rows) > 1:
            one, two = rows.pop(), rows.pop()
            either = one ^ two
            one &= two
            if rows:
                three = rows.pop()
                np.bitwise_and(either, three, out=two)
                one |= two
                either ^= three
            carried.append(one)
            rows.append(either)
        digits += rows
        rows = carried
    return digits


def nearest(found: Distances, most: int) -> NDArray[np.intp]:
    """The places of the `most` least distances, and of all that equal the last of them."""
    # All names at the cut are taken, so that the choice does not depend on their order. Halving finds the
    # cut in eight looks at single bytes, much faster than sorting or counting each distance.
    least, cut = 0, _BITS * WORDS
    while least < cut:
        middle = (least + cut) // 2
        if np.count_nonzero(found <= middle) >= most:
            cut = middle
        else:
            least = middle + 1
    return np.flatnonzero(found <= cut)
