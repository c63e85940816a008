"""Given names: their accented form, their synonyms, their gender, their frequency, their abbreviations.

Names are compared folded. Gender and frequency come from INSEE; synonyms and abbreviations are our own
tables (lexicon/data/README.md).
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from functools import cache, lru_cache

from lexicon import surnames
from lexicon.fold import fold
from lexicon.tables import rows
from registers.entry import Gender

SURE_OF_GENDER = 0.9
OWN_TABLE_BEARERS = 20
"""What a name counts that only our own tables know: INSEE lists none with fewer bearers."""
_CIRCUMFLEX_ONLY = re.compile(r"[a-zA-Zâêîôû' -]*")


@dataclass(frozen=True, slots=True)
class _GivenName:
    written: str
    bearers: int
    women: float | None


def canonical(name: str) -> str:
    """The usual French form of one given name: Jehan, Joannes and Jn become Jean, accents are restored.

    A name of its own stays (Maria, Luc, Élise; see `forms` for what belongs together), and one that
    the lexicon does not know comes back as it is.
    """
    key = fold(name)
    meanings = () if key in _names() or key in _spellings() else expand(name)
    if meanings:
        key = fold(meanings[0])
    usual = _spellings().get(key)
    if usual:
        return usual
    known = _names().get(key)
    return known.written if known else name


def with_accents(name: str) -> str:
    """The name with the accents that a reader or capitals lost (Francois -> François); else unchanged.

    A capital that heads the name keeps the hand's habit (Emile), a name that has any accent of its own
    is trusted, and a circumflex alone is no loss: Benoit is as good a spelling as Benoît.
    """
    if not name.isascii():
        return name
    known = _names().get(fold(name))
    if known is None or len(known.written) != len(name) or known.written.isascii():
        return name
    return name if _CIRCUMFLEX_ONLY.fullmatch(known.written[1:]) else name[0] + known.written[1:]


@lru_cache(maxsize=16384)
def expand(written: str) -> tuple[str, ...]:
    """What one written token may mean, best first: "Bte" is Baptiste or Benoîte; empty when unknown.

    A name written in full means itself (with its accents), so expanding twice changes nothing.
    """
    key = fold(written).replace(" ", "")
    if not key:
        return ()
    if key in _abbreviations() and key not in _common_names():
        return _abbreviations()[key]
    known = _names().get(fold(written))
    if known and not written.rstrip().endswith("."):
        return (" ".join(written.split()) if " " in written.strip() else known.written,)
    return _abbreviations().get(key) or _contractions(key) or ((known.written,) if known else ())


def abbreviations(name: str) -> tuple[str, ...]:
    """How a given name may be written for short, without accents and points: Jn, Jan for Jean; the other
    way round from `expand`."""
    return _short_forms().get(fold(name), ())


def gender(name: str) -> Gender | None:
    """The gender that the name alone tells, or None when it does not (Claude, Camille, unknown)."""
    known = _names().get(fold(name))
    if known is None or known.women is None:
        return None
    if known.women >= SURE_OF_GENDER:
        return Gender.FEMALE
    return Gender.MALE if known.women <= 1 - SURE_OF_GENDER else None


def is_given_name(token: str) -> bool:
    """Whether a token, as written or folded, is a given name in full, or several joined by hyphens."""
    key = fold(token)
    if key in _names():
        return True
    parts = key.split()
    return len(parts) > 1 and all(part in _names() for part in parts)


def frequency(name: str) -> float:
    """The name's share (0..1) of all given names borne."""
    known = _names().get(fold(name))
    return known.bearers / _total() if known else 0.0


def forms(name: str) -> frozenset[str]:
    """All forms under which a bearer may be written (folded): the name's synonym class, itself included."""
    key = fold(name)
    found = {key}
    for usual in _usual_forms().get(key, ()):
        found |= _classes()[fold(usual)]
    return frozenset(found)


def all_names() -> tuple[tuple[str, int], ...]:
    """Every given name as written, with the number of its bearers, the most borne first."""
    return tuple((known.written, known.bearers) for known in _ranked())


@cache
def _names() -> dict[str, _GivenName]:
    names = {
        key: _GivenName(written, int(bearers), int(women) / 100)
        for key, written, bearers, women in rows("given_names.tsv.gz")
    }
    own = [line[0] for line in rows("accents.tsv")]
    own += [usual for usual, _, _ in rows("given_name_forms.tsv")]
    for written in own:
        key = fold(written)
        known = names.get(key)
        if known is None:
            names[key] = _GivenName(written, OWN_TABLE_BEARERS, None)
        elif known.written.isascii() or _accents(written) > _accents(known.written):
            names[key] = _GivenName(written, known.bearers, known.women)
    return names


def _accents(text: str) -> int:
    return sum(1 for c in unicodedata.normalize("NFD", text) if unicodedata.combining(c))


@cache
def _ranked() -> tuple[_GivenName, ...]:
    return tuple(sorted(_names().values(), key=lambda known: (-known.bearers, known.written)))


@cache
def _common_names() -> frozenset[str]:
    """Names so common that a token that spells one is no abbreviation (Marie, Luc, Jean)."""
    return frozenset(fold(known.written) for known in _ranked()[:600])


@cache
def _total() -> int:
    return sum(known.bearers for known in _names().values())


@cache
def _short_forms() -> dict[str, tuple[str, ...]]:
    """Folded name -> its abbreviations, those first of which it is the likeliest meaning."""
    found: dict[str, list[tuple[int, str]]] = defaultdict(list)
    for key, meanings in _abbreviations().items():
        for rank, meaning in enumerate(meanings):
            if fold(meaning) != key:
                found[fold(meaning)].append((rank, key.capitalize()))
    return {name: tuple(short for _, short in sorted(forms)) for name, forms in found.items()}


@cache
def _abbreviations() -> dict[str, tuple[str, ...]]:
    return {key: tuple(meanings.split(",")) for key, meanings in rows("abbreviations.tsv")}


@cache
def _classes() -> dict[str, frozenset[str]]:
    return {
        fold(usual): frozenset(filter(None, map(fold, (usual, *spellings.split(","), *related.split(",")))))
        for usual, spellings, related in rows("given_name_forms.tsv")
    }


@cache
def _usual_forms() -> dict[str, tuple[str, ...]]:
    """Folded form -> the usual forms whose class holds it; a usual form's own class comes first."""
    found: defaultdict[str, list[str]] = defaultdict(list)
    for usual, _, _ in rows("given_name_forms.tsv"):
        found[fold(usual)].append(usual)
    for usual, spellings, related in rows("given_name_forms.tsv"):
        for form in filter(None, (*spellings.split(","), *related.split(","))):
            if usual not in found[fold(form)]:
                found[fold(form)].append(usual)
    return {key: tuple(usuals) for key, usuals in found.items()}


@cache
def _spellings() -> dict[str, str]:
    """Folded form -> the usual form that it spells; usual forms spell themselves."""
    table = list(rows("given_name_forms.tsv"))
    found = {fold(form): usual for usual, spellings, _ in table for form in spellings.split(",") if form}
    return found | {fold(usual): usual for usual, _, _ in table}


def _contractions(key: str) -> tuple[str, ...]:
    """Common names that the token shortens: their first letter, their last, the others in order.

    "Clémte" is Clémente or Clémentine, "Adélde" Adélaïde; the more common name comes first, and rare
    ones are left out beside it. A word that is a surname is no abbreviation.
    """
    if len(key) < 3 or " " in key or surnames.is_surname(key):
        return ()
    found = [
        known
        for known in _contracted(key[0], key[-1])
        if len(known.written) > len(key) and _in_order(key, fold(known.written))
    ][:3]
    return tuple(known.written for known in found if known.bearers * 8 >= found[0].bearers)


@cache
def _contracted(first: str, last: str) -> tuple[_GivenName, ...]:
    folded = ((known, fold(known.written)) for known in _ranked()[:1500])
    return tuple(k for k, key in folded if key[0] == first and key[-1] == last and " " not in key)


def _in_order(short: str, full: str) -> bool:
    letters = iter(full)
    return all(letter in letters for letter in short)
