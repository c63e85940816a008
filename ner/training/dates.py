"""Dates as registers write them (documents.md, "Ten facts", 2, 3 and 9), drawn at random."""

from __future__ import annotations

import random

from registers.dates import GREGORIAN_MONTHS, REPUBLICAN_MONTHS, ROMAN_YEARS

_SHORT_MONTHS = (
    ("janv", "jer", "janv.", "jan", "janer"),
    ("févr", "fév", "févr.", "fer", "fevrier", "février"),
    ("mars", "mrs"),
    ("avr", "avl", "avril", "avr."),
    ("mai",),
    ("juin",),
    ("juil", "jet", "juil.", "juillt"),
    ("août", "aout", "Aoust"),
    ("7bre", "7^bre", "sept", "sept.", "septbre", "7.bre"),
    ("8bre", "8^bre", "oct", "oct.", "octbre"),
    ("9bre", "9^bre", "nov", "nov.", "novbre"),
    ("Xbre", "xbre", "10bre", "X^bre", "déc", "déc.", "décbre", "xbr"),
)
_SHORT_REPUBLICAN = (
    ("vend", "vend.", "vendre", "Vre"),
    ("brum", "brum.", "Bre"),
    ("frim", "frim.", "fre"),
    ("niv", "niv.", "nse", "nivose"),
    ("pluv", "pluv.", "plse", "pluviose"),
    ("vent", "vent.", "Vse", "ventose"),
    ("germ", "germ.", "gal"),
    ("flor", "flor.", "flal", "floreal"),
    ("prair", "prair.", "pal"),
    ("mess", "mess.", "messid"),
    ("therm", "therm.", "thermid"),
    ("fruct", "fruct.", "fructid"),
)
_DITTOS = ("id", "id.", "d°", "do", "idem", '"', "»", "d")
_COMPLEMENTARY = (
    "jour compl.",
    "jour complémentaire",
    "Jour Compre",
    "j. compl",
    "complémentaire",
    "jr complre",
)


def written_date(rng: random.Random) -> str:
    """A date of an act in one of the forms of the registers."""
    form = rng.choices(_FORMS, weights=[weight for _, weight in _WEIGHTED])[0]
    text = form(rng)
    return text.upper() if rng.random() < 0.03 else text


def _day(rng: random.Random) -> str:
    day = rng.randint(1, 31)
    if day == 1:
        return rng.choice(("1er", "1er", "1^er", "1^e", "1", "ler", "1°"))
    return f"{day:02d}" if rng.random() < 0.08 else str(day)


def _month(rng: random.Random) -> str:
    month = rng.randrange(12)
    if rng.random() < (0.85 if month >= 8 else 0.2):
        text = rng.choice(_SHORT_MONTHS[month])
    else:
        text = GREGORIAN_MONTHS[month]
    return text.capitalize() if rng.random() < 0.5 else text


def _year(rng: random.Random) -> str:
    year = rng.randint(1793, 1939)
    return rng.choice((str(year), str(year), f"{year % 100:02d}", f"{year % 1000:03d}"))


def plain_date(rng: random.Random) -> str:
    """Day, month and year of the Gregorian calendar."""
    return f"{_day(rng)} {_month(rng)} {_year(rng)}"


def _with_article(rng: random.Random) -> str:
    return f"{rng.choice(('le', 'du', 'Le'))} {plain_date(rng)}"


def _with_dittos(rng: random.Random) -> str:
    sign = rng.choice(_DITTOS)
    return rng.choice(
        (
            f"{_day(rng)} {sign} {_year(rng)}",
            f"{_day(rng)} {_month(rng)} {sign}",
            f"{_day(rng)} {sign} {sign}",
            f"{sign} {sign} {_year(rng)}",
        )
    )


def _numeric(rng: random.Random) -> str:
    sign = rng.choice("/-.")
    day, month = rng.randint(1, 28), rng.randint(1, 12)
    pattern = rng.choice(("{0:02d}{3}{1:02d}{3}{2}", "{0}{3}{1}{3}{2}", "{0}{3}{1:02d}{3}{2}"))
    return pattern.format(day, month, _year(rng), sign)


def _without_year(rng: random.Random) -> str:
    return f"{_day(rng)} {_month(rng)}"


def _without_day(rng: random.Random) -> str:
    return f"{_month(rng)} {_year(rng)}"


def _year_only(rng: random.Random) -> str:
    return str(rng.randint(1793, 1939))


def _republican(rng: random.Random) -> str:
    month, number = rng.randrange(12), rng.randint(1, 14)
    name = rng.choice(_SHORT_REPUBLICAN[month]) if rng.random() < 0.4 else REPUBLICAN_MONTHS[month]
    if rng.random() < 0.5:
        name = name.capitalize()
    year = rng.choice((ROMAN_YEARS[number], str(number)))
    joint = rng.choice((" an ", " An ", " ", " ", " an "))
    return f"{_day(rng) if rng.random() < 0.9 else 'le ' + _day(rng)} {name}{joint}{year}"


def _complementary(rng: random.Random) -> str:
    day, number = rng.randint(1, 6), rng.randint(1, 13)
    ordinal = "1er" if day == 1 else rng.choice((f"{day}e", f"{day}ème", f"{day}^e", str(day)))
    year = rng.choice((f"an {ROMAN_YEARS[number]}", f"an {number}", str(number)))
    return f"{ordinal} {rng.choice(_COMPLEMENTARY)} {year}"


_WEIGHTED = (
    (plain_date, 50),
    (_with_dittos, 9),
    (_republican, 14),
    (_numeric, 8),
    (_without_year, 6),
    (_with_article, 5),
    (_year_only, 4),
    (_without_day, 2),
    (_complementary, 2),
)
_FORMS = tuple(form for form, _ in _WEIGHTED)
