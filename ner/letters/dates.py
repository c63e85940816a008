"""The years that a letter names: "vers 1884", "entre 1880 et 1890", "30 brumaire an XII", "après 1870"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from ner.letters.words import flat
from ner.numerals import ORDINALS, ROMAN, UNITS
from registers.dates import REPUBLICAN_MONTHS, RepublicanDay, republican_month_length

ABOUT = 2
"""How far from a year "vers" may lead, on both sides."""

YEAR = r"(?:1[5-9]\d\d|20[0-4]\d)"
_MONTH = (
    r"(?:janv(?:ier)?|fevr?(?:ier)?|mars|avr(?:il)?|mai|juin|juil(?:let)?|aout|sept(?:embre)?|oct(?:obre)?|"
    r"nov(?:embre)?|dec(?:embre)?|[7-9]\s?bre|10\s?bre|xbre|january|february|march|april|may|june|july|"
    r"august|"
    r"september|october|november|december|jan|feb|mar|apr|aug|dec)\.?"
)
_DAY = r"(?:1er|\d{1,2}(?:st|nd|rd|th)?)"
_FULL = (
    rf"(?:{_DAY}\s+(?:of\s+)?{_MONTH}\s+(?:{YEAR})|{_MONTH}\s+\d{{1,2}},?\s+{YEAR}|"
    rf"\d{{1,2}}\s?[/.-]\s?\d{{1,2}}\s?[/.-]\s?{YEAR}|{YEAR}-\d\d-\d\d|{_MONTH}\s+{YEAR})"
)
_ONE = rf"(?:{_FULL}|{YEAR})"
_ABOUT = (
    r"(?:vers(?: l'annee| les annees)?|environ|env\.|autour de|aux? alentours? d[e'](?: l'annee)?|circa|"
    r"ca\.?|"
    r"aux? environs? d[e'](?: l'annee)?|approximative?(?:ment)?(?: en| :)?|about|around|abt\.?|a peu pres en|"
    r"c\.|estimee? (?:a|en|vers)|peut-etre en|plus ou moins en|~)"
)
_BEFORE = (
    r"(?:avant(?: l'annee| le recensement de)?|jusqu'en|jusqu'a|av\.|before|prior to|au plus tard en|"
    r"anterieure?s? a|until|avt\.?|"
    r"pas apres|no later than)"
)
_AFTER = (
    r"(?:apres(?: l'annee| le recensement de)?|(?:vivait|vivante?|en vie) encore en|encore (?:vivante?|"
    r"en vie) en|depuis|after|since|a partir de|au plus tot en|posterieure?s? a|ap\.?|pas avant|"
    r"a compter de|from)"
)
_BETWEEN = (
    r"\s*(?:(?:et|a|au|ou|puis)\s(?:fin|debut|courant|milieu|la fin|en)|et|a|au|and|to|ou|or|-|/|"
    r"->|jusqu'en|jusqu'a| (?=1[5-9]\d\d (?:env|circa|a peu)))\s*"
)
_PREFIX = (
    r"(?:entre\s+|de\s+|du\s+|between\s+|from\s+|periode\s*:?\s*|annees?\s+|en\s+|(?:fin|debut|courant|"
    r"milieu)\s+|"
    r"l'an\s+)?(?:le\s+|l'annee\s+)?"
)
_ONE_EACH = re.compile(r"\bl'une?\b")
_LIVED = re.compile(
    r"(?<!table )(?<!tables )(?<!decennales )(?<!annees )(?<!periode )(?<!entre )[a-z'-]{3},? $"
)
"""What stands before the years of a life on a tomb or in a tree: "Rose Vidal 1849-1931"."""
_NUMBERS = UNITS | ORDINALS
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_WORD_YEAR = re.compile(
    r"\b(?:mil(?:le)?|an mil)[\s-]+(?:(?P<hundreds>sept|huit|neuf|cinq|"
    r"six)[\s-]+cents?)(?P<rest>(?:[\s-]+(?:et[\s-]+)?"
    rf"(?:{_NUMBER}))*)"
)
_REPUBLICAN_MONTH = (
    "vendemiaire|brumaire|frimaire|nivose|pluviose|ventose|germinal|floreal|prairial|messidor|thermidor|"
    "fructidor|jours? complementaires?"
)
_REPUBLICAN_YEAR = rf"an\s+(?P<@>{'|'.join(sorted(ROMAN, key=len, reverse=True))}|\d{{1,2}}|{_NUMBER})\b"
_REPUBLICAN = re.compile(
    rf"(?:(?P<day>\d{{1,2}})(?:er|e|eme)?\s+)?(?:(?P<month>{_REPUBLICAN_MONTH})\s+(?:de\s+)?(?:l')?)?"
    + _REPUBLICAN_YEAR.replace("@", "year")
    + r"(?:\s*(?:ou|a|et|-)\s+(?:de |en )?(?:l')?"
    + _REPUBLICAN_YEAR.replace("@", "last")
    + ")?"
)
_SPAN = r"(?:\d{1,2}|un|deux|trois|quatre|cinq|dix)"
_PATTERNS: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("within", re.compile(rf"(?P<y>{YEAR})\s*,?\s*\(?(?:(?:\+\s?/?\s?-|±|plus ou moins)\s*(?P<n>{_SPAN})\b"
                          rf"(?:\s*ans?(?: pres)?)?|a (?P<m>{_SPAN}) ans? pres)\)?")),
    ("decade", re.compile(r"\b(?:dans |vers |debut (?:des )?|fin (?:des )?)?(?:les |des |the )?"
                          r"(?:anne?es?\s+(?P<y>1[5-9]\d0|20[0-4]0)|(?P<z>1[5-9]\d0|"
                          r"20[0-4]0)s)\b(?!\s*(?:-|a|et|/)\s*\d)")),
    ("bounds", re.compile(rf"\b{_AFTER}\s+(?:le\s+)?(?P<a>{_ONE})\s*(?:et|mais|,)*\s*{_BEFORE}\s+(?:le\s+)?"
                          rf"(?P<b>{_ONE})\b")),
    ("bounds", re.compile(rf"\b(?:vivante?|en vie|presente?) (?:au|lors|a|"
                          rf"en)[^;.\d]{{0,60}}(?P<a>{YEAR})\b[^;.\d]{{0,40}}"
                          rf"\b(?:decedee?|mort|morte|defunte?) (?:au|lors|a|en|"
                          rf"avant)[^;.\d]{{0,60}}(?P<b>{YEAR})\b")),
    ("list", re.compile(rf"\b(?P<a>{YEAR})(?:\s*(?:,|et|ou|and|or)\s*{YEAR})+\s*(?:,|et|ou|and|"
                        rf"or)\s*(?P<b>{YEAR})\b")),
    ("range", re.compile(rf"(?<![\d/]){_PREFIX}(?P<a>{_ONE}){_BETWEEN}(?:le\s+|"
                         rf"l'annee\s+)?(?P<b>{_ONE})(?![\d/])")),
    ("range", re.compile(rf"\b(?P<a>{YEAR}),? (?:et )?(?:(?:les|une?|d') ?|l')autres?\s(?:\w+ "
                         rf"){{0,3}}(?P<b>{YEAR})\b")),
    ("short_range", re.compile(rf"\b(?P<a>{YEAR})\s?(?:[-/]|\(?ou )\s?(?P<b>\d\d)\b(?![-/]\d)")),
    ("decade", re.compile(r"(?<![\d/.-])(?P<y>1[5-9]\d(?:[?x*_]|\.(?=\s?[»\"])))")),
    ("about", re.compile(rf"{_ABOUT}\s*(?:l'an(?:nee)?\s+)?(?P<y>{YEAR})\b")),
    ("before", re.compile(rf"\b{_BEFORE}\s+(?:le\s+)?(?P<y>{_ONE})\b")),
    ("after", re.compile(rf"\b{_AFTER}\s+(?:le\s+)?(?P<y>{_ONE})\b")),
    ("about_behind", re.compile(rf"\b(?P<y>{YEAR})\s*,?\s*(?:environ\b|approximativement|\(environ\)|"
                                rf"\(vers\)|"
                                r"env\b|circa\b|a (?:un ou deux|quelques) ans? pres|a quelques annees pres|"
                                r"(?:ou|a peu) pres|ou environ|\(\?\)|\+/-(?!\s*\d))")),
    ("exact", re.compile(rf"(?<![\d/.-])(?P<y>{_ONE})(?!\d|/\d)")),
)  # fmt: skip


_TIMES: tuple[tuple[str, int, int], ...] = (
    (r"premier empire", 1804, 1815),
    (r"restauration", 1815, 1830),
    (r"monarchie de juillet", 1830, 1848),
    (r"second empire", 1852, 1870),
    (r"grande guerre|premiere guerre(?: mondiale)?|guerre (?:de |19)?14-(?:19)?18", 1914, 1918),
    (r"(?:seconde|deuxieme) guerre(?: mondiale)?|guerre (?:de |19)?39-(?:19)?45", 1939, 1945),
)
TIMES = "|".join(pattern for pattern, _, _ in _TIMES)
_UNDER = re.compile(
    rf"\b(?:sous|pendant|durant|au temps d[eu]|a l'epoque d[eu]|au cours d[eu]) ?(?:le |la |"
    rf"l')?(?P<time>{TIMES})\b"
)
_SPANS = re.compile(r"\s*(?:et|a|au|ou|-)\s*(?:l'|en |en l'|le )?")
_ON = re.compile(r"\s*(?:puis|et|ou|,)\s*(?:de |puis )?")
_OF_REPUBLIC = re.compile(r"\ban\b")
_DOCUMENT = (
    r"(?:acte de notoriete|passeport|livret|lettre|courrier|contrat|photo\w*|carte|testament|journal|article|"
    r"document|inventaire|certificat|inscription|souvenir|liste)"
)
_HAPPENING = (
    r"(?:greve|crue|inondation|incendie|revolution|siege|bataille|campagne|exposition|catastrophe|epidemie|"
    r"cholera|emeute|bombardement|exode|retraite|evacuation|expedition)"
)
_EVENT_BEFORE = re.compile(r"\b(?:mort|morte|decedee?|mariee?|epousee?|meurt|mourut|deces)\b[^.;\d]{0,30}$")
_NO_EVENT = re.compile(
    rf"\b(?:arrivee?s?|installee?s?|partie?s?|partit|quitt\w+|emigr\w+|debarqu\w+|engagee?|emigree?s?|"
    rf"embarquee?s?|immigree?s?|venue?s?|opte|opta|habitait|"
    rf"vivait(?! encore))\b"
    rf"[^.;,]{{0,30}}?(?:en|vers|le) {YEAR}|"
    rf"\b\d{{1,3}} ans (?:(?:a|au|lors d[eu]) ?(?:la |l'|ma |sa |son |leur )?[\w-]+,? (?:de |du |en )?|"
    rf"(?:en|vers|au|le)\s+)(?:{_ONE})|"
    rf"\b(?:en|vers) {YEAR},? le (?:recensement|denombrement)|\baged? \d+ in {YEAR}|"
    rf"\b{_DOCUMENT}(?! de (?:naissance|mariage|deces))[^.,;:\d]{{0,30}} (?:de|en|date de|du) {YEAR}|"
    rf"\b{_HAPPENING}s? (?:de |d'|en |du |des ){YEAR}|"
    rf"\b(?:classe|promotion|guerre d[eu']|loi d[eu']|decret d[eu'])\s*{YEAR}|"
    rf"\b(?:(?<!avant le )(?<!apres le )(?<!depuis le )recensements?|denombrements?|census|matricules?|"
    rf"recensee?s?(?: a [\w-]+)?)(?: (?:de|en|of|d'))? {YEAR}(?: (?:et|a|,) {YEAR})*"
)
"""Years that date something else: an age, a call-up, a census, a war."""


@dataclass(frozen=True, slots=True)
class Years:
    """First and last year, both included, None where the letter sets no bound; its place in the text.

    `each` holds the years of a list ("en 1880, 1882 et 1885") one by one.
    """

    start: int
    end: int
    first: int | None
    last: int | None
    lifespan: bool = False
    each: tuple[int, ...] = ()


def years_in(text: str) -> tuple[Years, ...]:
    """Every date and span of years, from left to right; no two share a character."""
    plain = _NO_EVENT.sub(_masked, flat(text))
    found: list[Years] = [*_republican(plain), *_in_words(plain), *_reigns(plain)]
    _add_written(plain, found)
    return tuple(_spanned(plain, sorted(found, key=lambda years: years.start)))


def other_years_in(text: str) -> tuple[Years, ...]:
    """The years that `years_in` leaves out since they date something else: an age, a census, a war."""
    known = list(years_in(text))
    found = list(known)
    _add_written(flat(text), found)
    return tuple(sorted(found[len(known) :], key=lambda years: years.start))


def _add_written(plain: str, found: list[Years]) -> None:
    """Adds the years written in figures that share no character with those found already."""
    for name, pattern in _PATTERNS:
        for match in pattern.finditer(plain):
            if _ONE_EACH.search(plain, max(0, match.start() - 30), match.start()) and "autre" in match[0]:
                continue  # "l'un en 1861, l'autre en 1863"
            if not any(match.start() < years.end and years.start < match.end() for years in found):
                found.append(_years(name, match, plain))


def _reigns(plain: str) -> Iterator[Years]:
    """ "sous le Second Empire", "pendant la Grande Guerre"."""
    for match in _UNDER.finditer(plain):
        yield Years(match.start(), match.end(), *bounds_of_time(match["time"]))


def _masked(match: re.Match[str]) -> str:
    """Blank dashes, but "mort à 73 ans en 1888" dates the death."""
    dated = re.match(rf"\d|{_HAPPENING}", match[0]) and _EVENT_BEFORE.search(
        match.string[max(0, match.start() - 40) : match.start()]
    )
    return match[0] if dated else "-" * len(match[0])


def _spanned(plain: str, found: Sequence[Years]) -> Iterator[Years]:
    """The years; "entre l'an X et 1815" is one span although it needs both calendars."""
    before: Years | None = None
    for years in found:
        gap = plain[before.end : years.start] if before else ""
        if before and before.last and _ON.fullmatch(gap) and before.last + 1 == years.first and years.last:
            before = replace(before, end=years.end, last=years.last)
            continue
        mixed = before and _OF_REPUBLIC.search(plain[before.start : years.end])
        if before and mixed and before.first and years.last and _SPANS.fullmatch(gap):
            before = replace(before, end=years.end, last=max(before.last or 0, years.last))
            continue
        if before:
            yield before
        before = years
    if before:
        yield before


def _years(name: str, match: re.Match[str], plain: str) -> Years:
    start, end = match.span()
    if name in ("range", "short_range", "list", "bounds"):
        first = _year_of(match["a"])
        last = _year_of(match["b"]) if name != "short_range" else first - first % 100 + int(match["b"])
        first, last = min(first, last), max(first, last)
        enclosed = plain[start - 1 : start] == "(" and plain[end : end + 1] == ")"
        each = tuple(int(year) for year in re.findall(YEAR, match[0])) if name == "list" else ()
        lived = bool(_LIVED.search(plain, 0, start)) and "-" in match[0] and last - first > 30
        return Years(start, end, first, last, lifespan=lived or (enclosed and last - first > 12), each=each)
    groups = match.groupdict()
    year = _year_of(re.sub(r"[?x*_.]$", "0", groups.get("y") or groups.get("z") or ""))
    bounds: dict[str, tuple[int | None, int | None]] = {
        "decade": (year, year + 9),
        "within": (year - _margin(groups), year + _margin(groups)),
        "about": (year - ABOUT, year + ABOUT),
        "about_behind": (year - ABOUT, year + ABOUT),
        "before": (None, year),
        "after": (year, None),
    }
    first_, last_ = bounds.get(name, (year, year))
    if name == "exact" and re.search(r"approximative?\s*:?\s*$", plain[max(0, start - 20) : start]):
        first_, last_ = year - ABOUT, year + ABOUT
    return Years(start, end, first_, last_)


def _margin(groups: dict[str, str | None]) -> int:
    written = groups.get("n") or groups.get("m") or ""
    return int(written) if written.isdigit() else UNITS.get(written, 0)


def _year_of(written: str) -> int:
    return int(re.findall(YEAR, written)[-1])


def _in_words(plain: str) -> list[Years]:
    found = []
    for match in _WORD_YEAR.finditer(plain):
        year = 1000 + 100 * _NUMBERS[match["hundreds"]]
        for word in re.split(r"[\s-]+", match["rest"]):
            # "quatre-vingt": the twenty multiplies the four that was just added.
            if word in ("vingt", "vingts") and year % 10 == 4 and year % 100 < 10:
                year += 76
            elif word in _NUMBERS:
                year += _NUMBERS[word]
        found.append(Years(match.start(), match.end(), year, year))
    return found


def _republican(plain: str) -> list[Years]:
    found = []
    for match in _REPUBLICAN.finditer(plain):
        first = _republican_year(match["year"])
        last = _republican_year(match["last"]) if match["last"] else first
        if (
            not (1 <= first <= 14 and 1 <= last <= 14)
            or plain[max(0, match.start() - 1) : match.start()].isalpha()
        ):
            continue
        month = next((n for n, name in enumerate(_MONTHS_FLAT, 1) if name == match["month"]), None)
        day = int(match["day"]) if match["day"] else None
        begin, end = _bounds(first, month, day), _bounds(last, month, day)
        found.append(Years(match.start(), match.end(), begin[0].year, end[1].year))
    return found


_MONTHS_FLAT = tuple(flat(name) for name in REPUBLICAN_MONTHS)


def _republican_year(written: str) -> int:
    return ROMAN.get(written) or _NUMBERS.get(written) or (int(written) if written.isdigit() else 0)


def _bounds(year: int, month: int | None, day: int | None) -> tuple[date, date]:
    try:
        if month is not None and day is not None:
            exact = RepublicanDay(year, month, day).to_gregorian()
            return exact, exact
        first = RepublicanDay(year, month or 1, 1).to_gregorian()
        last_month = month or 12
        last = RepublicanDay(year, last_month, republican_month_length(year, last_month)).to_gregorian()
    except ValueError:  # a day the calendar never had, or past its end: the year still says enough
        return date(1791 + year, 9, 22), date(min(1792 + year, 1805), 9, 21)
    return first, last


def bounds_of_time(named: str) -> tuple[int, int]:
    """First and last year of a reign or war as `TIMES` names it."""
    return next((first, last) for pattern, first, last in _TIMES if re.fullmatch(pattern, named))
