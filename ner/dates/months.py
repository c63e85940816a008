"""Written months: in full, abbreviated, contracted, "7bre" to "Xbre", misread, of both calendars."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz.distance import Levenshtein

from lexicon.fold import fold
from ner.dates.misreadings import written_distance
from registers.dates import COMPLEMENTARY, GREGORIAN_MONTHS, REPUBLICAN_MONTHS, Calendar


@dataclass(frozen=True, slots=True)
class MonthReading:
    """A month that a word may mean; `cost` is 0 for a known form and grows with what had to be repaired."""

    calendar: Calendar
    month: int
    cost: float = 0.0


MISREAD_SHARE = 0.34
"""A misread month may cost at most this share of its length (the distance of ner/dates/misreadings.py)."""
SURE_MARGIN = 0.45
"""A month that costs this much more than the best one is no longer considered."""
_MISREAD = 0.2
_TAIL = 0.19
_MISREAD_ABBREVIATION = 0.8
_MISREAD_THREE_LETTERS = 0.4
_ABBREVIATED = 0.1
_CONTRACTED = 0.15

_GREGORIAN_FORMS = {
    1: "janvier janv jan jer janr jvier jr",
    2: "fevrier fevr fev fer fr feb fvrier fevier fvr fevrer",
    3: "mars mar mrs",
    4: "avril avr avl apvril al",
    5: "mai may mi",
    6: "juin jun jn",
    7: "juillet juil jul juill jet jllet jt juilt juiet juliet jlt jllt",
    8: "aout aoust aou at aot oust ayout aoutt",
    9: "septembre sept sep septbre sptbre septre 7bre 7embre 7tembre viibre setembre",
    10: "octobre oct octbre octre 8bre 8obre 8tobre viiibre 8embre",
    11: "novembre nov novbre novre 9bre 9embre 9vembre ixbre",
    12: "decembre dec decbre decre xbre 10bre xembre 10embre desembre",
}
_REPUBLICAN_FORMS = {
    1: "vendemiaire vendemaire vendemier vend vendre vre vendem vendemre vendmre vdre vendamiaire",
    2: "brumaire brum brumre brumr bre brre brumere",
    3: "frimaire frim frimre fre frre frimere",
    4: "nivose niv nivse nse nivos nivoze",
    5: "pluviose pluv pluvise plse pluvse pse pluvose pluvioze",
    6: "ventose vent ventse vse ventos vtse ventoze",
    7: "germinal germ germal gal germl germil",
    8: "floreal flor floral flal fal florl floreale",
    9: "prairial prair prairal pal prail prairl preriale prairiale",
    10: "messidor mess messid messor mor messidr messr",
    11: "thermidor therm thermid thermor tor thor ther termidor",
    12: "fructidor fruct fructor for fructid fruc frtor",
    13: (
        "complementaire complementaires compre comp compl complem complemre complre comple complemt comre "
        "compres complementre supplementaire supplementaires sansculottide sansculotide sansculottides "
        "sanculottide epagomene"
    ),
}
_BRE = re.compile(r"(?P<head>10|[789xsgq1]|vii|viii|ix|lo|io)(?P<tail>[a-z0-9]{2,5})")
_BRE_HEADS: dict[str, tuple[tuple[int, float], ...]] = {
    "7": ((9, 0.0),),
    "vii": ((9, 0.0),),
    "8": ((10, 0.0),),
    "viii": ((10, 0.0),),
    "9": ((11, 0.0),),
    "ix": ((11, 0.0),),
    "10": ((12, 0.0),),
    "x": ((12, 0.0),),
    "s": ((9, 0.3), (10, 0.3)),
    "g": ((11, 0.3),),
    "q": ((11, 0.3),),
    "1": ((9, 0.4),),
    "lo": ((12, 0.3),),
    "io": ((12, 0.3),),
}
_BRE_TAILS = (
    "bre",
    "br",
    "mbre",
    "embre",
    "tembre",
    "obre",
    "tobre",
    "vembre",
    "bres",
    "ber",
    "mbr",
    "be",
    "re",
    "b",
)


@lru_cache(maxsize=8192)
def months_of(word: str) -> tuple[MonthReading, ...]:
    """The months that a folded word may mean, the likeliest first; empty when it is no month.

    "bre" is brumaire or the tail of 7bre to Xbre, "jui" June or July: the caller's period decides.
    """
    if word in _forms():
        return _forms()[word]
    found = bre_months(word) or _abbreviations(word)
    return found or _misread(word)


@cache
def _forms() -> dict[str, tuple[MonthReading, ...]]:
    table: dict[str, tuple[MonthReading, ...]] = {}
    for calendar, forms in (
        (Calendar.GREGORIAN, _GREGORIAN_FORMS),
        (Calendar.REPUBLICAN, _REPUBLICAN_FORMS),
    ):
        for month, words in forms.items():
            for word in words.split():
                table[word] = (*table.get(word, ()), MonthReading(calendar, month))
    tails = tuple(MonthReading(Calendar.GREGORIAN, month, _TAIL) for month in (9, 10, 11, 12))
    table["bre"] = (*table["bre"], *tails)
    return table


@cache
def _full_names() -> tuple[tuple[str, MonthReading], ...]:
    names = [(fold(n), MonthReading(Calendar.GREGORIAN, i)) for i, n in enumerate(GREGORIAN_MONTHS, 1)]
    names += [
        (fold(n), MonthReading(Calendar.REPUBLICAN, i)) for i, n in enumerate(REPUBLICAN_MONTHS[:12], 1)
    ]
    names += [("complementaire", MonthReading(Calendar.REPUBLICAN, COMPLEMENTARY))]
    return tuple(names)


def bre_months(word: str) -> tuple[MonthReading, ...]:
    """The months of a folded "7bre" to "Xbre", its tail misread or not; empty for any other word."""
    match = _BRE.fullmatch(word)
    if match is None:
        return ()
    head, tail = match["head"], match["tail"]
    if tail in _BRE_TAILS:
        cost = 0.0
    else:
        cost = written_distance(tail, "bre")
        if cost > 1.0:
            return ()
    return tuple(MonthReading(Calendar.GREGORIAN, month, cost + extra) for month, extra in _BRE_HEADS[head])


def _abbreviations(word: str) -> tuple[MonthReading, ...]:
    """Heads of a month ("janvi") and contractions that keep its first and last letters ("Févrr")."""
    if not word.isalpha() or len(word) < 2:
        return ()
    found = []
    for name, reading in _full_names():
        if name.startswith(word):
            found.append(MonthReading(reading.calendar, reading.month, _ABBREVIATED))
        elif word[0] == name[0] and word[-1] == name[-1] and _in_order(word, name):
            found.append(MonthReading(reading.calendar, reading.month, _CONTRACTED))
    return tuple(sorted(found, key=lambda r: r.cost))


def _in_order(short: str, full: str) -> bool:
    letters = iter(full)
    return all(letter in letters for letter in short)


def _misread(word: str) -> tuple[MonthReading, ...]:
    if len(word) < 3 or 2 * sum(map(str.isdigit, word)) > len(word):
        return ()
    costs: dict[tuple[Calendar, int], float] = {}
    for form, readings, limit in _misread_forms():
        edits = 2 if len(form) < 5 else 3 if len(form) < 6 else 4
        if abs(len(word) - len(form)) > 3 or Levenshtein.distance(word, form, score_cutoff=edits) > edits:
            continue
        cost = written_distance(word, form, limit)
        if cost > limit:
            continue
        for reading in readings:
            key = (reading.calendar, reading.month)
            costs[key] = min(costs.get(key, 9.0), cost + reading.cost + _MISREAD)
    ranked = sorted(costs.items(), key=lambda pair: pair[1])
    return tuple(MonthReading(calendar, month, cost) for (calendar, month), cost in ranked)


@cache
def _misread_forms() -> tuple[tuple[str, tuple[MonthReading, ...], float], ...]:
    """What a misread word is compared with, and what it may cost: full names more than abbreviations."""
    full = {name for name, _ in _full_names()}
    return tuple(
        (form, readings, MISREAD_SHARE * len(form) if form in full else _abbreviation_limit(form))
        for form, readings in _forms().items()
        if form in full or len(form) >= 3
    )


def _abbreviation_limit(form: str) -> float:
    return _MISREAD_ABBREVIATION if len(form) > 3 else _MISREAD_THREE_LETTERS
