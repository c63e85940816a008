"""Periods in banners, titles and folder names: "du 1er janvier 1883 au 31 décembre 1892", "an XI à 1812"."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date, timedelta

from ner.folding import unaccented
from ner.numerals import ROMAN, repair_digits
from registers.dates import GREGORIAN_MONTHS, REPUBLICAN_MONTHS, Period, RepublicanDay, month_bounds

FIRST_YEAR, LAST_YEAR = 1789, 2029
_MONTHS = {unaccented(name): number for number, name in enumerate(GREGORIAN_MONTHS, 1)}
_MONTHS |= {"janv": 1, "fevr": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "dec": 12}
_MONTHS |= {"7bre": 9, "8bre": 10, "9bre": 11, "xbre": 12, "10bre": 12}
_REPUBLICAN = {unaccented(name): number for number, name in enumerate(REPUBLICAN_MONTHS, 1)}

_YEAR = r"(?<!\d)(?:1[789]|20)\d\d(?!\d)"
_AN = r"\bans?[\s\-]*(?:x{0,1}i{1,4}v?|x?vi{0,4}|i?x|xi{0,4}v?|\d{1,2})\b"
_DAY = r"(?:\d{1,2}\s*(?:er|e|\")?|1er|ler|premier)\s+"
_MONTH = r"(?:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?\s*"
_REPUBLICAN_MONTH = r"(?:" + "|".join(sorted(_REPUBLICAN, key=len, reverse=True)) + r")\s+(?:de\s+)?(?:l')?"
_TO = r"\s*(?:[-–—_/]|\bau\b|\ba\b|\bet\b|\bjusqu'(?:au|en|a)\b|\binclus\b|\bto\b)+\s*(?:l'|le\s+|fin\s+)?"

_NUMERIC = re.compile(
    r"(?<!\d)(\d{1,2})[/.\-](\d{1,2})[/.\-](\d{4})(?!\d)|(?<!\d)(\d{4})-(\d\d)-(\d\d)(?!\d)"
)
_WRITTEN = re.compile(rf"({_DAY})?({_MONTH})({_YEAR})|({_DAY})({_REPUBLICAN_MONTH})({_AN})")
_SPAN = re.compile(
    rf"(?P<first>{_YEAR}|{_AN}){_TO}(?P<last>{_YEAR}|{_AN}|(?:x{{0,1}}i{{1,4}}v?|x?vi{{0,4}}|i?x|x)\b)"
)
_SHORT_SPAN = re.compile(rf"({_YEAR})\s*[-–—/_]\s*(\d\d)(?!\d)")
_SINGLE = re.compile(rf"{_YEAR}|{_AN}")


def find_period(text: str) -> Period | None:
    """The period that a text states, or None. Two dates or years make one; a year alone is that year."""
    folded = repair_digits(unaccented(text)).replace("_", " - ")
    for found in (_of_days(folded), _of_years(folded), _of_single_year(folded)):
        if found is not None:
            return found
    return None


def without_dates(text: str) -> str:
    """The text without its numeric dates, so that their digits are not taken for something else."""
    return _NUMERIC.sub(" ", text)


def _of_days(folded: str) -> Period | None:
    bounds = [*_numeric_days(folded)] or [*_written_days(folded)]
    if len(bounds) < 2:
        return None
    return _period(bounds[0].first, bounds[1].last)


def _numeric_days(folded: str) -> Iterator[Period]:
    for match in _NUMERIC.finditer(folded):
        parts = match.group(3, 2, 1) if match.group(3) else match.group(4, 5, 6)
        try:
            day = date(*(int(part) for part in parts))
        except ValueError:
            continue
        yield Period(day, day)


def _written_days(folded: str) -> Iterator[Period]:
    for match in _WRITTEN.finditer(folded):
        day, month, year, republican_day, republican_month, republican_year = match.groups()
        try:
            if month:
                yield _gregorian(day, month, int(year))
            else:
                found = RepublicanDay(
                    _an(republican_year) or 0,
                    _REPUBLICAN[_month_name(republican_month)],
                    _day_number(republican_day),
                ).to_gregorian()
                yield Period(found, found)
        except (ValueError, KeyError):
            continue


def _month_name(text: str) -> str:
    return next(name for name in _REPUBLICAN if text.startswith(name))


def _gregorian(day: str | None, month: str, year: int) -> Period:
    number = _MONTHS[month.strip(" .")]
    if day is None:
        return month_bounds(year, number)
    exact = date(year, number, _day_number(day))
    return Period(exact, exact)


def _day_number(text: str) -> int:
    digits = re.match(r"\d+", text)
    return int(digits.group()) if digits else 1


def _of_years(folded: str) -> Period | None:
    match = _SPAN.search(folded)
    if match:
        first, last = _year_bounds(match["first"]), _year_bounds(match["last"])
        if first and last:
            return _period(first.first, last.last)
    match = _SHORT_SPAN.search(folded)
    if match:
        first_year = int(match[1])
        last_year = first_year // 100 * 100 + int(match[2])
        if first_year <= last_year <= first_year + 30:
            return Period.of_years(first_year, last_year)
    return None


def _of_single_year(folded: str) -> Period | None:
    if "decennal" in folded or _WRITTEN.search(folded) or _NUMERIC.search(folded):
        return None  # one bound of a longer period, the other unread
    years = {match.group() for match in _SINGLE.finditer(folded)}
    return _year_bounds(years.pop()) if len(years) == 1 else None


def _year_bounds(text: str) -> Period | None:
    if re.fullmatch(r"\d{4}", text):
        year = int(text)
        return Period.of_years(year, year) if FIRST_YEAR <= year <= LAST_YEAR else None
    year_of_republic = _an(text)
    if year_of_republic is None or not 1 <= year_of_republic <= 14:
        return None
    first = RepublicanDay(year_of_republic, 1, 1).to_gregorian()
    if year_of_republic == 14:
        return Period(first, date(1805, 12, 31))
    return Period(first, RepublicanDay(year_of_republic + 1, 1, 1).to_gregorian() - timedelta(days=1))


def _an(text: str) -> int | None:
    word = re.sub(r"^ans?[\s\-]*", "", text).strip()
    return int(word) if word.isdigit() else ROMAN.get(word)


def _period(first: date, last: date) -> Period | None:
    if last < first or not FIRST_YEAR <= first.year <= LAST_YEAR or last.year > LAST_YEAR:
        return None
    return Period(first, last)
