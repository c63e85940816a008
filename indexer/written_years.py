"""Years as clerks type them: 1884, vers 1884, 1880-1890, entre 1880 et 1890, > 1870, avant 1880, an XI."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass

from registers.errors import QueryError

_ABOUT = 5
_FIRST_YEAR, _LAST_YEAR = 1500, 2100
_ADVICE = "par exemple « 1884 », « vers 1884 », « 1880-1890 » ou « > 1870 »"


@dataclass(frozen=True, slots=True)
class Years:
    """Bounds, both included, or None where open; `about` is the centre of a single or uncertain year."""

    first: int | None = None
    last: int | None = None
    about: int | None = None


def _between(match: re.Match[str]) -> Years:
    first, last = int(match["first"]), int(match["last"])
    if len(match["last"]) == 2:
        last += first // 100 * 100
        last += 100 if last < first else 0  # 1899-02
    return Years(first, last)


def _about(match: re.Match[str]) -> Years:
    year = int(match["year"])
    return Years(year - _ABOUT, year + _ABOUT, year)


def _decade(match: re.Match[str]) -> Years:
    year = int(match["year"])
    return Years(year, year + 9)


def _after(match: re.Match[str]) -> Years:
    year = int(match["year"])
    return Years(year if _FROM.fullmatch(match["sign"]) else year + 1)


def _before(match: re.Match[str]) -> Years:
    year = int(match["year"])
    return Years(None, year if _UP_TO.fullmatch(match["sign"]) else year - 1)


def _republican(match: re.Match[str]) -> Years:
    """The two Gregorian years that a Republican year touches, or what lies before or behind it; year I began
    in September 1792."""
    written, sign = match["republican"], match["sign"] or ""
    year = int(written) if written.isdigit() else _roman(written.upper())
    if _AFTER.fullmatch(sign):
        return Years(1791 + year if _FROM.fullmatch(sign) else 1792 + year)
    if sign:
        return Years(None, 1792 + year if _UP_TO.fullmatch(sign) else 1791 + year)
    return Years(1791 + year, 1792 + year)


def _single(match: re.Match[str]) -> Years:
    year = int(match["year"])
    return Years(year, year, year)


_YEAR = r"(?P<year>\d{4})"
_FROM = re.compile(r">=|≥|depuis|dès|[àa] partir d(?:e|u)", re.IGNORECASE)
_UP_TO = re.compile(r"<=|≤|jusqu['’ ]?(?:en|[àa])", re.IGNORECASE)
_AFTER = re.compile(rf"{_FROM.pattern}|>|apr[èe]s", re.IGNORECASE)
_BEFORE = re.compile(rf"{_UP_TO.pattern}|<|avant", re.IGNORECASE)
_SIGNED = r"(?P<sign>(?:(?<!\w)|(?=[<>≤≥]))(?:{0}))\s*".format
_GRAMMAR: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Years]], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), meaning)
    for pattern, meaning in (
        (
            r"(?<!\d)(?:entre |de )?(?P<first>\d{4})\s*(?:-|–|—|à|a|et|/|\.\.)\s*(?P<last>\d{4}|\d{2})(?!\d)",
            _between,
        ),
        (rf"(?:(?<!\w)(?:vers|environ|env\.?|circa|ca\.?|v\.)|~)\s*{_YEAR}(?!\d)", _about),
        (rf"(?<!\w)(?:années|annees)\s+{_YEAR}(?!\d)", _decade),
        (rf"{_SIGNED(_AFTER.pattern)}{_YEAR}(?!\d)", _after),
        (rf"{_SIGNED(_BEFORE.pattern)}{_YEAR}(?!\d)", _before),
        (
            rf"(?:{_SIGNED(f'{_AFTER.pattern}|{_BEFORE.pattern}')})?"
            r"(?<!\w)(?:l['’])?(?a:an (?P<republican>x?i{1,3}|x?i?v|vi{1,3}|i?x|\d{1,2}))(?!\w)",
            _republican,
        ),
        (rf"(?<!\d)(?:\d{{1,2}}[/.-]\d{{1,2}}[/.-]|(?:(?<!\w)en )?){_YEAR}(?!\d)", _single),
    )
)
_LEFT_OVER = re.compile(r"\S*\d\S*|[<>≤≥~]+")


def years_in(text: str) -> tuple[Years, str]:
    """The years that a text asks for and the text without them; raises QueryError for what is no year."""
    found: list[Years] = []
    for pattern, meaning in _GRAMMAR:
        match = pattern.search(text)
        if match:
            found.append(meaning(match))
            text = f"{text[: match.start()]} {text[match.end() :]}"
    left_over = _LEFT_OVER.search(text)
    if left_over:
        raise QueryError(f"« {left_over[0]} » n'est pas une année", advice=_ADVICE)
    years = _joined(found)
    for year in (years.first, years.last):
        if year is not None and not _FIRST_YEAR <= year <= _LAST_YEAR:
            raise QueryError(f"l'année {year} est hors des registres", advice=_ADVICE)
    return years, " ".join(text.split())


def _joined(found: list[Years]) -> Years:
    """ "> 1870 < 1880" is one period; two that do not go together are an error."""
    if len(found) == 2 and found[0].last is None and found[1].first is None:
        return Years(found[0].first, found[1].last)
    if len(found) > 1:
        raise QueryError("plusieurs années sont demandées", advice=_ADVICE)
    return found[0] if found else Years()


def _roman(written: str) -> int:
    values = [{"I": 1, "V": 5, "X": 10}[letter] for letter in written]
    return sum(
        -value if value < following else value
        for value, following in zip(values, [*values[1:], 0], strict=True)
    )
