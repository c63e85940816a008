"""Years told by another year or by an age: "l'année suivante", "trois ans après leur mariage", "à 71 ans"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from ner.letters.dates import TIMES, Years, bounds_of_time
from ner.letters.letter import Letter
from ner.numerals import UNITS
from registers.entry import Kind

_ENGLISH_UNIT = "one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve"
_ENGLISH = {word: value for value, word in enumerate(_ENGLISH_UNIT.split("|"), 1)}
_UNIT = "|".join(sorted(UNITS, key=len, reverse=True))
_NUMBER = rf"(?:\d{{1,3}}|{_ENGLISH_UNIT}|(?:{_UNIT})(?:[ -](?:et[ -])?(?:{_UNIT}))*)"
_AFTER_WORDS = r"plus tard|apres|d'apres|later|after|(?:l'|les? )?(?:ont? |a )?(?:sui(?:vi|vre)\w*)"
_BEFORE_WORDS = r"plus tot|avant|auparavant|before|earlier"
_STEP = re.compile(
    rf"\b(?P<n>{_NUMBER}) (?P<unit>ans?|annees?|mois|jours?|semaines?|years?|months?|days?|weeks?) "
    rf"(?:(?P<later>{_AFTER_WORDS}|plus jeune|son cadett?e?|de moins)|(?P<sooner>{_BEFORE_WORDS}|plus "
    rf"agee?|son ainee?|de plus))\b"
)
_NEXT = re.compile(
    r"\b(?:l'annee (?:suivante|d'apres)|l'an suivant|an(?:nee)? (?:apres|suivante?)|annee qui suit(?:it)?|"
    r"the (?:following year|next year|year after))\b"
)
_PREVIOUS = re.compile(
    r"\b(?:l'annee (?:precedente|d'avant)|l'an (?:precedent|d'avant)|annee qui preced\w+|the (?:previous "
    r"year|year before))\b"
)
_SAME = re.compile(
    r"\b(?:(?:la|cette) meme annee|cette annee(?:-la)?|l'annee meme|(?:the|that) same year|that year|le "
    r"meme jour|"
    r"le lendemain(?! matin)|la veille|le meme mois|the same day|the next day|the day after)\b"
)
_ANCHOR = re.compile(
    r" (?:de |d'|of )?(?:le|la|l'|son|sa|leur|cette?|ce|his|her|their|the)\s?(?:propre |tout )?"
    r"(?P<word>naissance|mariage|union|noces|mort|deces|disparition|birth|wedding|marriage|death)\b"
)
_ANCHORS = {
    **{"naissance": Kind.BIRTH, "birth": Kind.BIRTH, "mort": Kind.DEATH, "deces": Kind.DEATH},
    **{"disparition": Kind.DEATH, "death": Kind.DEATH},
}
BOTH = re.compile(r"\bentre (?:ces|les) (?:deux|2) (?:dates?|annees?|recensements?|actes?)\b")
_WAR = re.compile(
    rf"\b(?P<n>{_NUMBER}) ans? (?P<side>avant|apres) (?:le |la )?(?:(?P<part>debut|fin|declaration) de "
    rf")?(?:la |l')?"
    rf"(?P<time>{TIMES})\b"
)
_SAYS = re.compile(r"[^.;]{0,25}\b(?:soit|donc|c'est-a-dire|ce qui donne|en fait)\b[^.;]{0,12}")
_AGE = re.compile(
    rf"(?<!depuis )(?<!pendant )(?<!il y a )(?<!apres )(?<!/- )(?<![\w/])(?:(?:a|agee?|aged|"
    rf"at)\s+(?:seulement |de |"
    rf"l'age de |the age of |environ |about )*)?(?P<n>{_NUMBER})\s+(?:ans|years old)\b"
    r"(?! (?:plus|apres|avant|de (?:moins|plus)|pres|auparavant|d'ecart|de vie|de mariage|environ apres))"
)
_OWN_YEAR = re.compile(
    r",? (?:(?:en|vers|in)(?: (?:janvier|fevrier|mars|avril|mai|juin|juillet|aout|septembre|octobre|"
    r"novembre|decembre))?|(?:a|au|lors d[eu]) ?(?:la |l'|ma |sa |son |leur )?[\w-]+,?(?: de| du| en)?) "
    r"(?P<y>1[5-9]\d\d|20[0-4]\d)\b"
)


@dataclass(frozen=True, slots=True)
class Age:
    """How old somebody was: `year` is told right behind it ("20 ans en 1925")."""

    start: int
    end: int
    age: int
    year: int | None


def with_relative(letter: Letter) -> tuple[Years, ...]:
    """The years of a letter and those told by their distance from them, from left to right."""
    found: list[Years] = [*_between_both(letter), *by_wars(letter.plain)]
    for start, end, steps, kind in sorted(steps_in(letter.plain)):
        known = sorted((*letter.years, *found), key=lambda years: years.start)
        if any(years.start < end and start < years.end for years in known):
            continue
        if any(_SAYS.fullmatch(letter.plain[end : years.start]) for years in known if years.start >= end):
            continue
        anchor = _anchor_behind(letter, known, end) or _anchor(letter, known, start, kind)
        if anchor is not None:
            first, last = anchor.first, anchor.last
            shifted = replace(
                anchor,
                start=start,
                end=end,
                first=None if first is None else first + steps[0],
                last=None if last is None else last + steps[1],
                each=(),
            )
            found.append(shifted)
    return tuple(sorted((*letter.years, *found), key=lambda years: years.start))


def _between_both(letter: Letter) -> Iterator[Years]:
    """ "entre ces deux dates": the two years told before."""
    for match in BOTH.finditer(letter.plain):
        before = [
            years.first for years in letter.years if years.end <= match.start() and years.first == years.last
        ]
        if len(before) > 1 and before[-2] is not None and before[-1] is not None:
            yield Years(match.start(), match.end(), min(before[-2:]), max(before[-2:]))  # type: ignore[type-var]


def by_wars(plain: str) -> Iterator[Years]:
    """ "deux ans avant le début de la Grande Guerre"."""
    for match in _WAR.finditer(plain):
        first, last = bounds_of_time(match["time"])
        after = match["side"].startswith("apres")
        ends = (match["part"] and match["part"].startswith("fin")) or (after and not match["part"])
        year = (last if ends else first) + (number_of(match["n"]) if after else -number_of(match["n"]))
        yield Years(match.start(), match.end(), year, year)


def steps_in(plain: str) -> Iterator[tuple[int, int, tuple[int, int], str]]:
    """Start, end, the least and most years to add, and the word for the event that they are counted from."""
    for match in _STEP.finditer(plain):
        number = number_of(match["n"])
        years = match["unit"].startswith(("an", "year"))
        steps = (number, number) if years else (0, (number + 11) // 12 if match["unit"][0] == "m" else 0)
        if match["sooner"]:
            steps = -steps[1], -steps[0]
        anchor = _ANCHOR.match(plain, match.end())
        yield match.start(), match.end(), steps, anchor["word"] if anchor else ""
    for pattern, step in ((_NEXT, 1), (_PREVIOUS, -1), (_SAME, 0)):
        for match in pattern.finditer(plain):
            anchor = _ANCHOR.match(plain, match.end())
            yield match.start(), match.end(), (step, step), anchor["word"] if anchor else ""


def _anchor_behind(letter: Letter, known: Sequence[Years], end: int) -> Years | None:
    """The date of "deux ans de moins que son mari, né en 1893"."""
    if not letter.plain.startswith(" que ", end):
        return None
    sentence = letter.sentence(end)
    behind = [years for years in known if years.start >= end and letter.sentence(years.start) == sentence]
    return behind[0] if behind else None


def _anchor(letter: Letter, known: Sequence[Years], start: int, word: str) -> Years | None:
    before = [years for years in known if years.end <= start]
    if word:
        kind = _ANCHORS.get(word, Kind.MARRIAGE)
        told = [years for years in known if _kind_before(letter, years) is kind]
        if told:
            return told[-1]
    return before[-1] if before else None


def _kind_before(letter: Letter, years: Years) -> Kind | None:
    words = [word for word in letter.words if word.end <= years.start]
    return words[-1].kind if words else None


def number_of(written: str) -> int:
    """The value of a number in figures or words up to a hundred: "71", "soixante et onze"."""
    if written.isdigit():
        return int(written)
    if written in _ENGLISH:
        return _ENGLISH[written]
    value = 0
    for word in re.split(r"[ -]+", written):
        if word in ("vingt", "vingts") and value % 10 == 4 and value < 10:
            value = 80  # "quatre-vingt": the twenty multiplies
        else:
            value += UNITS.get(word, 0)
    return value


def ages_in(plain: str) -> tuple[Age, ...]:
    """Every age told, from left to right."""
    found = []
    for match in _AGE.finditer(plain):
        own = _OWN_YEAR.match(plain, match.end())
        found.append(Age(match.start(), match.end(), number_of(match["n"]), int(own["y"]) if own else None))
    return tuple(found)
