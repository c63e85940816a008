"""Texts of synthetic lines: names, dates and numbers as French tables write them.

The sources are INSEE's files of names and, where given, the cells of transcribed tables."""

from __future__ import annotations

import csv
import io
import random
import zipfile
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from ocr.handwriting.alphabet import normalise

MONTHS = tuple(
    "Janvier Février Mars Avril Mai Juin Juillet Août Septembre Octobre Novembre Décembre".split()  # noqa: SIM905
)
SHORT_MONTHS = (
    ("Jer", "Janv.", "Janv"),
    ("Fev.", "Fév", "Fer"),
    ("Mars",),
    ("Avl", "Avr."),
    ("Mai",),
    ("Juin",),
    ("Jllet", "Juil.", "Jet"),
    ("Aout", "Aoust"),
    ("7bre", "7bre", "Sept."),
    ("8bre", "8bre", "Oct."),
    ("9bre", "9bre", "Nov."),
    ("Xbre", "xbre", "10bre", "Déc."),
)
REPUBLICAN = tuple(
    "Vendémiaire Brumaire Frimaire Nivôse Pluviôse Ventôse Germinal Floréal Prairial "  # noqa: SIM905
    "Messidor Thermidor Fructidor".split()
)
REMARKS = (
    "reconnu {}", "reconnue {}", "légitimé {}", "légitimée {}", "enft natel", "dit {}",
    "Vve {}", "femme {}", "jugement", "adopté {}", "née {}", "veuve {}", "épouse {}",
)  # fmt: skip
TITLES = ("M.", "Mr", "Mme", "Melle", "Vve", "la Dme", "Sr", "le Sr", "et")
DITTOS = ("id", "d°", "id.", '"', "do", "Idem", "-")


@dataclass(frozen=True, slots=True)
class Names:
    """Surnames and given names with the weights they are drawn with."""

    surnames: tuple[str, ...]
    surname_weights: tuple[float, ...]
    given_names: tuple[str, ...]
    given_weights: tuple[float, ...]
    cells: tuple[str, ...] = ()


def load_names(data: Path) -> Names:
    """INSEE's surnames (born 1891-1930) and given names (1900-1930) of the
    shared data's folder `names`, cells of `text/tables_decennales_cells.tsv`."""
    surnames: dict[str, float] = {}
    for row in _zipped(data / "names" / "insee_noms_2008.txt.zip", "\t"):
        count = sum(int(row[f"_{year}_{year + 9}"] or 0) for year in range(1891, 1931, 10))
        if count and row["NOM"].replace(" ", "").replace("-", "").isalpha():
            surnames[_ordinary(row["NOM"])] = (count + 20.0) ** 0.5
    given: dict[str, float] = {}
    for row in _zipped(data / "names" / "insee_nat_2022.csv.zip", ";"):
        if row["annais"].isdigit() and int(row["annais"]) <= 1930 and "_" not in row["preusuel"]:
            name = _ordinary(row["preusuel"])
            given[name] = given.get(name, 0.0) + int(row["nombre"])
    cells: list[str] = []
    transcribed = data / "text" / "tables_decennales_cells.tsv"
    if transcribed.exists():
        with transcribed.open(encoding="utf-8", newline="") as lines:
            cells = [
                text
                for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
                if (text := normalise(row["text"])) and len(text) > 2 and "§" not in text
            ]
    return Names(
        tuple(surnames),
        tuple(surnames.values()),
        tuple(given),
        tuple(weight**0.6 for weight in given.values()),
        tuple(cells),
    )


def _zipped(path: Path, delimiter: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(path) as archive, archive.open(archive.namelist()[0]) as stream:
        text = io.TextIOWrapper(stream, encoding="utf-8")
        yield from csv.DictReader(text, delimiter=delimiter)


def _ordinary(name: str) -> str:
    return name.title()


class Texts:
    """Draws the text of a line; one instance per random stream."""

    def __init__(self, names: Names, seed: int) -> None:
        self._names = names
        self._random = random.Random(seed)
        self._surname_totals = _cumulative(names.surname_weights)
        self._given_totals = _cumulative(names.given_weights)
        kinds: list[tuple[Callable[[], str], float]] = [
            (self.entry, 5.0),
            (self.date, 6.5),
            (self.surname, 1.5),
            (self.given_names, 1.5),
            (self.number, 1.5),
            (self.remark, 0.7),
            (self.person, 1.3),
            (self.cell, 2.0 if names.cells else 0.0),
        ]
        self._makers = [maker for maker, _ in kinds]
        self._shares = [share for _, share in kinds]

    def draw(self) -> str:
        return self._random.choices(self._makers, self._shares)[0]()

    def surname(self) -> str:
        name = self._random.choices(self._names.surnames, cum_weights=self._surname_totals)[0]
        chance = self._random.random()
        if chance < 0.06:
            return name.upper()
        if chance < 0.1:
            return self._random.choice(("Le ", "De ", "de ", "La ", "Du ", "d'", "Saint-")) + name
        return name

    def given_names(self) -> str:
        number = self._random.choices((1, 2, 3, 4), (4, 5, 3, 1))[0]
        names = self._random.choices(self._names.given_names, cum_weights=self._given_totals, k=number)
        return " ".join(names)

    def entry(self) -> str:
        join = self._random.choices((" - ", " ", ", ", " (", " — "), (6, 3, 1, 0.5, 1))[0]
        text = self.surname() + join + self.given_names() + (")" if join == " (" else "")
        if self._random.random() < 0.05:
            text += " " + self.remark()
        return normalise(text)

    def person(self) -> str:
        return f"{self._random.choice(TITLES)} {self.surname()} {self.given_names()}"

    def remark(self) -> str:
        return self._random.choice(REMARKS).format(self.surname())

    def cell(self) -> str:
        return self._random.choice(self._names.cells)

    def numbers(self) -> str:
        """Numbers beside one another, and now and then a whole date."""
        if self._random.random() < 0.55:
            return self.date()
        chosen = self._random.choices((31, 1939, 2000), (3, 3, 1), k=self._random.randint(1, 4))
        return " ".join(str(self._random.randint(1792 if most == 1939 else 1, most)) for most in chosen)

    def number(self) -> str:
        pick = self._random.random()
        if pick < 0.4:
            return str(self._random.randint(1, 10 ** self._random.randint(1, 4)))
        if pick < 0.6:
            return str(self._random.randint(1792, 1939))
        if pick < 0.8:
            return f"{self._random.randint(0, 99)}.{self._random.randint(0, 99):02d}"
        return f"n° {self._random.randint(1, 2000)}"

    def date(self) -> str:
        if self._random.random() < 0.1:
            return self._republican()
        month = self._random.randrange(12)
        name = MONTHS[month]
        if self._random.random() < 0.25:
            name = self._random.choice(SHORT_MONTHS[month])
        elif self._random.random() < 0.08:
            name = self._random.choice(DITTOS)
        if self._random.random() < 0.2:
            name = name.lower()
        day = self._random.randint(1, 31)
        first = "1er" if day == 1 and self._random.random() < 0.7 else str(day)
        if self._random.random() < 0.08:
            first = f"le {first}"
        return f"{first} {name} {self._year()}".strip()

    def _year(self) -> str:
        year = self._random.choice((self._random.randint(1792, 1939), self._random.randint(1890, 1920)))
        pick = self._random.random()
        if pick < 0.68:
            return str(year)
        if pick < 0.84:
            return f"{year % 100:02d}"
        return str(year)[1:] if pick < 0.94 else ""

    def _republican(self) -> str:
        roman = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII", "XIII", "XIV"]
        year = self._random.randrange(14)
        written = self._random.choice((f"an {roman[year]}", f"an {year + 1}", str(year + 1)))
        month = self._random.choice(REPUBLICAN)
        return f"{self._random.randint(1, 30)} {month} {written}"


def _cumulative(weights: Sequence[float]) -> list[float]:
    return [float(total) for total in np.cumsum(np.asarray(weights, np.float64))]
