"""Names to write examples with: drawn by frequency from the lexicon, some of them invented.

Training and measuring share no name: a name belongs to the held-out tenth by its checksum. Invented
names teach the pipelines to go by form and place where the lexicon does not know a name.
"""

from __future__ import annotations

import random
import unicodedata
import zlib
from collections.abc import Iterable
from functools import cache
from itertools import accumulate

from lexicon import given_names, surnames
from ner.clues import is_given
from registers.entry import Gender

_SURNAMES, _GIVEN_NAMES = 30_000, 3_000
_INVENTED = 0.12
_ABBREVIATED = (
    "Jn", "Jh", "Jph", "Bte", "Jn Bte", "Fçois", "Fois", "Mie", "Mrie", "Lse", "Mgte", "Margte", "Cathne",
    "Ches", "Chles", "Antne", "Alexdre", "Euge", "Aug.", "Anne-Me", "Ant.", "Pre", "Nas", "Et.", "Elisth",
    "Jque", "Guill.", "Gme", "Vor", "Edmd", "Ferdd", "Hri", "Léop.", "Ls", "Mel", "Phil.", "Seb.", "Théod.",
    "Jne", "Fçoise", "Joséph.", "Virg.", "M.", "L.", "J.-B.", "J.", "Edne", "Mlle", "Gges", "Cath.", "Barth.",
)  # fmt: skip
_PARTICLES = (
    "de", "du", "Le", "La", "de la", "des", "de", "De", "Du", "d'", "D'", "L'", "Van", "van den",
    "Von", "Mac", "Ben", "Del", "Saint", "St", "Ste", "Di", "Da", "El",
)  # fmt: skip


class NamePool:
    """Names of one side of the split, drawn with the square root of their frequency."""

    def __init__(self, *, held_out: bool) -> None:
        self._surnames = _weighted(
            # INSEE writes blanks for apostrophes ("PRUD HOMME"): particles are added below instead.
            [(name, count) for name, count in surnames.most_common(_SURNAMES) if " " not in name],
            held_out=held_out,
        )
        given = [(name, count) for name, count in given_names.all_names()[:_GIVEN_NAMES] if " " not in name]
        self._given = {
            gender: _weighted(
                [(name, count) for name, count in given if given_names.gender(name) in (gender, None)],
                held_out=held_out,
            )
            for gender in Gender
        }

    def surname(self, rng: random.Random) -> str:
        """A family name in ordinary capitals, sometimes invented, double or with a particle."""
        name = self._invented(rng) if rng.random() < _INVENTED else self._drawn_surname(rng)
        roll = rng.random()
        if roll < 0.05:
            particle = rng.choice(_PARTICLES)
            name = f"{particle}{name}" if particle.endswith("'") else f"{particle} {name}"
        elif roll < 0.07:
            second = self._drawn_surname(rng)
            name = name if is_given(second) else f"{name}-{second}"
        elif roll < 0.08:
            name = f"{name} dit {self._drawn_surname(rng)}"
        return name

    def given(self, rng: random.Random, gender: Gender) -> str:
        """One given name, in full."""
        names, weights = self._given[gender]
        if rng.random() < _INVENTED / 4:
            head, tail = rng.choices(names, cum_weights=weights, k=2)
            return head[: max(2, len(head) - 2)] + tail[-3:]
        return rng.choices(names, cum_weights=weights)[0]

    def given_group(self, rng: random.Random, gender: Gender, *, abbreviations: bool = True) -> str:
        """One to four given names as they are written, some of them abbreviated."""
        count = rng.choices((1, 2, 3, 4), weights=(40, 40, 17, 3))[0]
        names = [
            rng.choice(_ABBREVIATED) if abbreviations and rng.random() < 0.12 else self.given(rng, gender)
            for _ in range(count)
        ]
        return rng.choices((" ", "-", ", "), weights=(88, 8, 4))[0].join(names)

    def _drawn_surname(self, rng: random.Random) -> str:
        names, weights = self._surnames
        name = rng.choices(names, cum_weights=weights)[0]
        if rng.random() < 0.06:
            name = name.replace("e", rng.choice("éè"), 1)
        return name

    def _invented(self, rng: random.Random) -> str:
        names, _ = self._surnames
        head, tail = rng.choice(names), rng.choice(names)
        return (head[: rng.randint(2, 5)] + tail[-rng.randint(2, 5) :]).replace(" ", "").title()


@cache
def pool(*, held_out: bool) -> NamePool:
    return NamePool(held_out=held_out)


def is_held_out(name: str) -> bool:
    """Whether a name is kept for measuring: the same for "Andre" and "ANDRÉ"."""
    folded = "".join(c for c in unicodedata.normalize("NFD", name.casefold()) if not unicodedata.combining(c))
    return zlib.crc32(folded.encode()) % 10 == 0


def _weighted(names: Iterable[tuple[str, int]], *, held_out: bool) -> tuple[list[str], list[float]]:
    chosen = [(name, count**0.5) for name, count in names if is_held_out(name) == held_out]
    return [name for name, _ in chosen], list(accumulate(weight for _, weight in chosen))
