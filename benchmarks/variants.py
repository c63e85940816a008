"""Misspelt surnames with their right spelling: typing errors, homophones, misreadings, one or two each."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from indexer.keys import sound_keys
from lexicon.misreadings import table

_ALPHABET = "abcdefghijklmnopqrstuvwxyz"
_SOUND_ALIKE = (
    *(("eau", "au"), ("au", "o"), ("eau", "ot"), ("ai", "ei"), ("ai", "e"), ("ay", "ai"), ("ey", "ai")),
    *(("ph", "f"), ("y", "i"), ("th", "t"), ("qu", "k"), ("qu", "c"), ("ck", "k"), ("ss", "c")),
    *(("an", "en"), ("am", "em"), ("in", "ain"), ("ain", "ein"), ("z", "s"), ("gn", "ni"), ("j", "ge")),
    *(("ault", "aud"), ("aut", "aux"), ("ier", "ié"), ("et", "ay"), ("ot", "aud"), ("t", "d"), ("rt", "rd")),
    *((letter, letter * 2) for letter in "lmnprtfs"),
)


@dataclass(frozen=True, slots=True)
class Variant:
    """A right spelling, a wrong one, and how many errors are between them."""

    right: str
    wrong: str
    errors: int


def variants(surnames: dict[str, int], count: int, seed: int) -> Iterator[Variant]:
    """`count` variants with one error and as many with two, of people drawn by chance.

    `surnames` are folded, with their bearers: a name is drawn as often as it is borne.
    """
    chance = random.Random(seed)
    ways = (typing_error, homophone, misread)
    long_enough = [surname for surname in surnames if len(surname) >= 4]
    bearers = [surnames[surname] for surname in long_enough]
    people = iter(chance.choices(long_enough, bearers, k=8 * count))
    for errors in (1, 2):
        made = 0
        while made < count:
            right = next(people)
            wrong = right
            for _ in range(errors):
                wrong = chance.choice(ways)(wrong, chance)
            if wrong != right:
                made += 1
                yield Variant(right, wrong, errors)


def typing_error(name: str, chance: random.Random) -> str:
    """A letter left out, put in, replaced, or exchanged with its neighbour."""
    at = chance.randrange(len(name))
    letter = chance.choice(_ALPHABET)
    return chance.choice(
        (
            name[:at] + name[at + 1 :],
            name[:at] + letter + name[at:],
            name[:at] + letter + name[at + 1 :],
            name[:at] + name[at : at + 2][::-1] + name[at + 2 :],
        )
    )


def homophone(name: str, chance: random.Random) -> str:
    """Another spelling of a sound; the name itself when none of ours keeps how it sounds."""
    options = [
        name[:at] + other + name[at + len(one) :]
        for pair in _SOUND_ALIKE
        for one, other in (pair, pair[::-1])
        for at in range(len(name))
        if name.startswith(one, at)
    ]
    alike = [option for option in options if sound_keys(option) & sound_keys(name)]
    return chance.choice(alike) if alike else name


def misread(name: str, chance: random.Random) -> str:
    """Letters read as others, the likelier the more often."""
    options = sorted(
        (rank, at, name[:at] + read + name[at + length :], weight)
        for length in _lengths()
        for at in range(len(name) - length + 1)
        for rank, read, weight in _readings().get(name[at : at + length], ())
    )
    return chance.choices([option for _, _, option, _ in options], [option[3] for option in options])[0]


@lru_cache(maxsize=1)
def _readings() -> dict[str, list[tuple[int, str, float]]]:
    """What letters are read as: the rank in the table, the reading and how likely it is."""
    found: dict[str, list[tuple[int, str, float]]] = {}
    for rank, ((written, read), cost) in enumerate(table().items()):
        if written:
            found.setdefault(written, []).append((rank, read, 0.003**cost))
    return found


@lru_cache(maxsize=1)
def _lengths() -> tuple[int, ...]:
    return tuple({len(written) for written in _readings()})
