"""One cell with surname and given names -> the two, by separators, capitals or the lexicon."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from lexicon import given_names, surnames
from lexicon.fold import fold
from ner.names.words import is_shouted, trimmed

_DASH = re.compile(r"\s+[-–—]+\s*|\s*[-–—]+\s+|\s*[–—]\s*|\s*--+\s*|\s*[:/]\s*")
_COMMA = re.compile(r"\s*[,;]\s*")
_BRACKET = re.compile(r"\s*[(\[{]\s*(?P<inside>[^)\]}]*)[)\]}]?\s*")
_PARTICLES = frozenset(
    {
        "le",
        "la",
        "de",
        "du",
        "des",
        "d",
        "l",
        "les",
        "saint",
        "st",
        "ste",
        "sainte",
        "van",
        "von",
        "der",
        "den",
    }
    | {"ben", "el", "al", "mac", "mc", "dal", "di", "da", "del", "della", "dos", "ter", "ten", "vande", "o"}
)
_INVERTED = re.compile(r"(?:l[ea]s?|d[eu]s?|de\s+la|de\s+l['’]|[dl]['’]|v[ao]n|saint)", re.IGNORECASE)
_UNKNOWN_SURNAME = math.log(2e-7)
_UNKNOWN_GIVEN = math.log(2e-6)
_ABBREVIATED_GIVEN = math.log(1e-3)
_REVERSED = math.log(1e-4)
"""Tables set the surname first; the other order needs far more evidence."""
_NO_SURNAME = math.log(1e-4)
_NO_GIVEN = math.log(1e-6)
_COMPOUND = math.log(30)
_RATHER_GIVEN = math.log(12)
_ONE_MORE = math.log(1e-5)
_ONE_MORE_GIVEN = math.log(1e-7)
_PARTICLE_ALONE = math.log(1e-3)
SURE = 1.5
"""Log odds under which a split counts as doubtful."""


@dataclass(frozen=True, slots=True)
class NameSplit:
    surname: str
    given_names: str
    sure: bool = True


def split_name(text: str) -> NameSplit:
    """Surname and given names of a cell that holds both.

    Separators decide ("Luc - Marie", "LEFEBVRE (Jean)", "Martin, Jeanne"), then capitals ("LE ROUX Jean
    Marie"), then the frequencies of the lexicon, the surname first. Not sure where two splits are as
    likely, or where there is only one part.
    """
    return _by_bracket(text) or _by_separator(text) or _by_capitals(text) or _by_lexicon(text)


def _by_bracket(text: str) -> NameSplit | None:
    found = _BRACKET.search(text)
    if found is None or not found["inside"].strip() or not text[: found.start()].strip():
        return None
    before, inside, after = (
        text[: found.start()].strip(),
        found["inside"].strip(),
        text[found.end() :].strip(),
    )
    if _INVERTED.fullmatch(inside):
        rest = split_name(f"{before} {after}") if after else NameSplit(before, "", sure=False)
        joint = "" if inside.endswith(("'", "’")) else " "
        return NameSplit(f"{inside}{joint}{rest.surname}", rest.given_names, rest.sure)
    return NameSplit(trimmed(before), trimmed(f"{inside} {after}".strip()))


def _by_separator(text: str) -> NameSplit | None:
    for found in _separators(text):
        first, second = trimmed(text[: found.start()]), trimmed(text[found.end() :])
        if not first or not second:
            continue
        second = trimmed(re.sub(r"\s*[,;]\s*", " ", second))
        if is_shouted(second) and not is_shouted(first) and _all_given(first.split()):
            return NameSplit(second, first)
        if _INVERTED.fullmatch(second):
            return NameSplit(f"{second} {first}", "", sure=False)
        return NameSplit(first, second)
    return None


def _separators(text: str) -> list[re.Match[str]]:
    """The comma and the dash of a cell, the one that parts surname and given names first.

    "Martin - Lucie, Anne" is parted by its dash, "Martin - Dupont, Anne" by its comma.
    """
    comma, dash = _COMMA.search(text), _DASH.search(text)
    if comma and dash and dash.end() < comma.start() and _all_given(text[dash.end() : comma.start()].split()):
        return [dash, comma]
    return [found for found in (comma, dash) if found]


def _by_capitals(text: str) -> NameSplit | None:
    words = text.split()
    loud = [is_shouted(word) or (i + 1 < len(words) and _is_particle(word)) for i, word in enumerate(words)]
    shouted = [is_shouted(word) for word in words]
    if not any(shouted) or all(shouted):
        return None
    if shouted[0] or loud[0]:
        cut = next((i for i, value in enumerate(loud) if not value), len(words))
        if any(shouted[:cut]) and 0 < cut < len(words) and not any(shouted[cut:]):
            return NameSplit(" ".join(words[:cut]), " ".join(words[cut:]))
    if shouted[-1] and not shouted[0]:
        cut = len(words) - 1
        while cut > 1 and (shouted[cut - 1] or _is_particle(words[cut - 1])):
            cut -= 1
        if not any(shouted[:cut]):
            return NameSplit(" ".join(words[cut:]), " ".join(words[:cut]))
    return None


def _by_lexicon(text: str) -> NameSplit:
    words = text.split()
    if len(words) == 1:
        return _single(words[0])
    options = sorted(_options(words), key=lambda option: -option[0])
    best = options[0]
    rival = next((o for o in options[1:] if o[1:] != best[1:]), None)
    sure = rival is None or best[0] - rival[0] >= SURE
    return NameSplit(best[1], best[2], sure and not _rather_given(words[0]) and _has_given(best[2]))


def _rather_given(word: str) -> bool:
    """Whether a word that heads a cell is so much rather a given name that the surname may be missing."""
    return _one_given(word) - _surname_weight((word,)) > _RATHER_GIVEN


def _has_given(text: str) -> bool:
    """Whether the first given name is known or an abbreviation: else the cell may hold two surnames."""
    return _one_given(text.split(maxsplit=1)[0]) > _UNKNOWN_GIVEN if text else False


def _options(words: Sequence[str]) -> list[tuple[float, str, str]]:
    """Weight, surname and given names of every way to cut the words in two."""
    whole = " ".join(words)
    found = [(_NO_GIVEN + _surname_weight(words), whole, "")]
    if not any(_is_particle(word) for word in words):
        found.append((_NO_SURNAME + _given_weight(words), "", whole))
    for cut in range(1, len(words)):
        head, tail = words[:cut], words[cut:]
        if not _is_particle(head[-1]):
            found.append((_surname_weight(head) + _given_weight(tail), " ".join(head), " ".join(tail)))
        if not any(_is_particle(word) for word in head):
            weight = _REVERSED + _given_weight(head) + _surname_weight(tail)
            found.append((weight, " ".join(tail), " ".join(head)))
    return found


def _single(word: str) -> NameSplit:
    """A lone word: a given name only where that is much likelier."""
    odds = _given_weight((word,)) - _surname_weight((word,))
    known = given_names.is_given_name(word) and not _is_particle(re.split(r"[-'’]", word)[0])
    if odds > _RATHER_GIVEN and known and not is_shouted(word):
        return NameSplit("", word, sure=False)
    return NameSplit(word, "", sure=False)


def _surname_weight(words: Sequence[str]) -> float:
    """Log frequency of the words as one surname; two words without particle or hyphen are hardly one."""
    known = max(surnames.frequency(" ".join(words)), surnames.frequency("".join(words)))
    if known:
        return math.log(known)
    plain = [word for word in words if not _is_particle(word)]
    if len(plain) == 1 and "-" in plain[0]:
        return _compound_weight(plain[0])
    if not plain:
        return _UNKNOWN_SURNAME + _PARTICLE_ALONE
    more = sum(_ONE_MORE_GIVEN if given_names.is_given_name(word) else _ONE_MORE for word in plain[1:])
    return _UNKNOWN_SURNAME + more


def _compound_weight(word: str) -> float:
    """A double surname is about as rare as an unknown one, less so where its parts are surnames."""
    known = [surnames.is_surname(part) for part in word.split("-") if part]
    return _UNKNOWN_SURNAME + _COMPOUND * (sum(known) / max(len(known), 1))


def _given_weight(words: Sequence[str]) -> float:
    return sum(_one_given(word) for word in words)


@lru_cache(maxsize=16384)
def _one_given(word: str) -> float:
    parts = [part for part in re.split(r"[-.]", word) if part] or [word]
    if "." in word[:-1] and max(map(len, parts)) <= 3:
        return _ABBREVIATED_GIVEN
    weights = []
    for part in parts:
        known = given_names.frequency(part)
        if known:
            weights.append(math.log(known))
        elif given_names.expand(part) and len(part) <= 6:
            weights.append(_ABBREVIATED_GIVEN)
        else:
            weights.append(_UNKNOWN_GIVEN if len(part) > 1 else math.log(1e-3))
    return max(weights[0], sum(weights) / len(weights))


def _all_given(words: Sequence[str]) -> bool:
    return all(given_names.is_given_name(word) for word in words)


@lru_cache(maxsize=16384)
def _is_particle(word: str) -> bool:
    return fold(word) in _PARTICLES
