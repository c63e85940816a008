"""A block of a vocabulary: names with everything by which near ones are found and compared, as arrays."""

from __future__ import annotations

import io
from collections.abc import Iterable
from dataclasses import dataclass, field
from math import log10
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

from indexer.keys import misreading_key
from indexer.phonetics import coarse, sounds
from indexer.signatures import Distances, Planes, Words, distances, signatures
from indexer.similarity import letters_of
from lexicon import surnames

_PLANED = 8_192
"""From so many names on it pays to turn their signatures into planes."""


@dataclass(frozen=True, slots=True)
class KeyTable:
    """Checksums of keys, sorted, and beside each the number of a name that has the key."""

    checksums: NDArray[np.uint32]
    owners: NDArray[np.uint32]

    @classmethod
    def of(cls, keys: Iterable[tuple[str, int]]) -> KeyTable:
        """The table of (key, number of a name) pairs; empty keys are passed over."""
        pairs = [(crc32(key.encode()), number) for key, number in keys if key]
        table = np.array(pairs, dtype=np.uint32).reshape(len(pairs), 2)
        order = np.lexsort((table[:, 1], table[:, 0]))
        return cls(np.ascontiguousarray(table[order, 0]), np.ascontiguousarray(table[order, 1]))

    def numbers(self, key: str) -> NDArray[np.intp]:
        """The numbers of the names that have the key."""
        checksum = np.uint32(crc32(key.encode()))
        first = np.searchsorted(self.checksums, checksum, side="left")
        last = np.searchsorted(self.checksums, checksum, side="right")
        return self.owners[first:last].astype(np.intp)

    def followed_by(self, more: KeyTable, shift: int) -> KeyTable:
        """This table with another whose numbers count on from `shift`."""
        places = np.searchsorted(self.checksums, more.checksums, side="right")
        owners = more.owners + np.uint32(shift)
        return KeyTable(
            np.insert(self.checksums, places, more.checksums), np.insert(self.owners, places, owners)
        )


@dataclass(frozen=True, slots=True)
class Block:
    """Distinct names, numbered from 0.

    `signatures` and `shapes` are 3 x n words of the name and of its misreading key; `letters` are n x 24
    codes; `usual` says how usual a surname is (from 1 for one bearer in a hundred million to 7 for one in a
    hundred, 0 when nobody is known to bear it); `checksums` order names by themselves.
    """

    names: tuple[str, ...]
    signatures: Words
    shapes: Words
    letters: NDArray[np.uint8]
    usual: NDArray[np.float32]
    checksums: NDArray[np.uint32]
    sounds: KeyTable
    coarse: KeyTable
    numbers: dict[str, int] = field(repr=False, compare=False)
    _text: list[str] = field(default_factory=list, repr=False, compare=False)
    _planes: dict[bool, Planes] = field(default_factory=dict, repr=False, compare=False)

    @classmethod
    def of(cls, names: tuple[str, ...]) -> Block:
        """The block of these distinct names."""
        heard = [sounds(name) for name in names]
        return cls(
            names,
            signatures(names),
            signatures([misreading_key(name) for name in names]),
            letters_of(names),
            np.array([usual(name) for name in names], dtype=np.float32),
            np.array([crc32(name.encode()) for name in names], dtype=np.uint32),
            KeyTable.of((key, number) for number, keys in enumerate(heard) for key in keys),
            KeyTable.of((coarse(keys[0]), number) for number, keys in enumerate(heard) if keys),
            _numbered(names),
        )

    def followed_by(self, more: Block) -> Block:
        """This block and another as one."""
        shift = len(self.names)
        names = self.names + more.names
        return Block(
            names,
            np.concatenate((self.signatures, more.signatures), axis=1),
            np.concatenate((self.shapes, more.shapes), axis=1),
            np.concatenate((self.letters, more.letters)),
            np.concatenate((self.usual, more.usual)),
            np.concatenate((self.checksums, more.checksums)),
            self.sounds.followed_by(more.sounds, shift),
            self.coarse.followed_by(more.coarse, shift),
            _numbered(names),
        )

    def differing(self, wanted: Words, *, shapes: bool = False) -> Distances:
        """In how many bits the signature of each name, or of its shape, differs from the wanted one."""
        words = self.shapes if shapes else self.signatures
        if len(self.names) < _PLANED:
            return distances(words, wanted)
        if shapes not in self._planes:
            self._planes[shapes] = Planes.of(words)
        return self._planes[shapes].distances(wanted)

    def text(self) -> str:
        """The names, one a line, between two more ends of lines."""
        if not self._text:
            self._text.append("\n".join(("", *self.names, "")))
        return self._text[0]

    def packed(self) -> bytes:
        """The block as bytes, for `unpacked`."""
        buffer = io.BytesIO()
        np.savez(
            buffer,
            names=np.frombuffer("\n".join(self.names).encode(), dtype=np.uint8),
            signatures=self.signatures,
            shapes=self.shapes,
            letters=self.letters,
            usual=self.usual,
            checksums=self.checksums,
            sound_checksums=self.sounds.checksums,
            sound_owners=self.sounds.owners,
            coarse_checksums=self.coarse.checksums,
            coarse_owners=self.coarse.owners,
        )
        return buffer.getvalue()

    @classmethod
    def unpacked(cls, data: bytes) -> Block:
        """The inverse of `packed`."""
        with np.load(io.BytesIO(data), allow_pickle=False) as parts:
            text = parts["names"].tobytes().decode()
            names = tuple(text.split("\n")) if text else ()
            return cls(
                names,
                parts["signatures"],
                parts["shapes"],
                parts["letters"],
                parts["usual"],
                parts["checksums"],
                KeyTable(parts["sound_checksums"], parts["sound_owners"]),
                KeyTable(parts["coarse_checksums"], parts["coarse_owners"]),
                _numbered(names),
            )


def _numbered(names: tuple[str, ...]) -> dict[str, int]:
    return {name: number for number, name in enumerate(names)}


def usual(surname: str) -> float:
    """How usual a folded surname is: 0 when nobody is known to bear it."""
    frequency = surnames.frequency(surname)
    return max(0.1, 9 + log10(frequency)) if frequency else 0.0
