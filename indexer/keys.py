"""The keys under which names are found: computed here, the same for every engine.

A surname is compared as plain letters without spaces ("Le Goëff" is `legoeff`). Beside it stand its
sounds (`sound_keys`, several where French is open; `coarse_key`), and its shape: the letters with those
that old hands and readers confuse made one (`misreading_key`).
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from indexer import phonetics
from lexicon.fold import fold

_ARTICLES = frozenset(["el", "l", "la", "las", "le", "les"])
PARTICLES = _ARTICLES | frozenset(
    ["d", "da", "das", "de", "del", "della", "den", "der", "des", "di", "do", "dos", "du", "e", "van", "von"]
)
_NOT_LETTERS = re.compile(r"[^a-z0-9]+")
_AS_M = re.compile(r"rn|in|ni|iu|ui|nn|nu|un|w")
_AS_D = re.compile(r"cl|ol")
_STROKES = str.maketrans("uvijltf1ceoa0hkbgqypsrzx", "nnllllllooooohhhggggssss")
_READ_SMALL = str.maketrans("rnltfguhd", "nxzrrcvup")
_SET_SMALL = str.maketrans("nxzrcvp", "rnltgud")
_REPEATED = re.compile(r"(.)\1+")


@dataclass(frozen=True, slots=True)
class SurnameForms:
    """A surname as it is compared: `full` without spaces, `core` without its particles.

    `parts` are the shorter forms it answers to: the core, where it differs ("Le Roux": roux; "de La Tour":
    tour), and the members of a compound ("Martin-Dupont": martin, dupont).
    """

    full: str
    core: str = ""
    parts: tuple[str, ...] = ()


def joined(text: str) -> str:
    """The letters and digits of a name, folded, without anything between them."""
    return _NOT_LETTERS.sub("", fold(text))


@lru_cache(maxsize=65536)
def surname_forms(surname: str) -> SurnameForms:
    """The full form and the parts of a surname as written; both empty for a text without letters."""
    tokens = [token for token in (_NOT_LETTERS.sub("", piece) for piece in fold(surname).split()) if token]
    full = "".join(tokens)
    if len(tokens) < 2:
        return SurnameForms(full, full)
    heavy = [token for token in tokens if token not in PARTICLES and token != "dit" and len(token) > 1]
    core = "".join(heavy) or full
    return SurnameForms(full, core, tuple(part for part in dict.fromkeys((core, *heavy)) if part != full))


@lru_cache(maxsize=65536)
def given_tokens(given_names: str) -> tuple[str, ...]:
    """The given names one by one, folded."""
    tokens = (_NOT_LETTERS.sub("", piece) for piece in fold(given_names).split())
    return tuple(dict.fromkeys(token for token in tokens if token))


def sound_keys(surname: str) -> frozenset[str]:
    """The sounds a surname may have; names that share one are pronounced alike. Empty without letters."""
    return frozenset(sound for sound in phonetics.sounds(joined(surname)) if sound)


def coarse_key(surname: str) -> str:
    """The consonants that are heard, for names that sound only nearly alike."""
    heard = phonetics.sounds(joined(surname))
    return phonetics.coarse(heard[0]) if heard else ""


@lru_cache(maxsize=4096)
def misreading_key(surname: str) -> str:
    """The shape of a name: letters that are read for one another become one, repeated ones too."""
    shape = _AS_D.sub("d", _AS_M.sub("m", joined(surname))).replace("ii", "n")
    return _REPEATED.sub(r"\1", shape.translate(_STROKES))


def as_small_capitals(letters: str) -> tuple[str, str]:
    """A name as it is read when it was set in small capitals, and as it was set when it is so read.

    Each letter becomes the one that is likeliest; the capital at the head stays.
    """
    head, rest = letters[:1], letters[1:]
    return head + rest.translate(_READ_SMALL), head + rest.translate(_SET_SMALL)
