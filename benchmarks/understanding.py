"""Speed of the second stage: `python -m benchmarks.understanding [--pages N] [--json]`.

Builds a sorted ten-year table of 50 rows a page (surname, given names, date; a ditto where the surname
repeats), clean and with 4 % of its characters misread, and times the whole of ner/ on it: sections, columns,
dittos, names, dates, order. Prints entries a second of one core.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import random
import time
from collections.abc import Sequence

from ner.extract import understand
from ner.training.dates import plain_date
from ner.training.draft import Draft
from ner.training.names import pool
from ner.training.noise import noisy
from registers.dates import Period
from registers.document import (
    Cell,
    Column,
    Page,
    PageClass,
    PageOutcome,
    PageReading,
    Row,
    Scan,
    ScanReading,
    Side,
    Table,
)
from registers.entry import Gender, Kind
from registers.geometry import Box
from registers.register import Description, Register, RegisterSettings

ROWS = 50
NOISE = 0.04
_HEADERS = ("Noms", "Prénoms", "Dates des actes")
_REGISTER = Register(
    "speed", "/speed", RegisterSettings(Description(kinds=(Kind.BIRTH,), period=Period.of_years(1883, 1892)))
)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.understanding", description=__doc__)
    parser.add_argument("--pages", type=int, default=60)
    parser.add_argument("--json", action="store_true", help="for machines")
    options = parser.parse_args(arguments)
    figures = {
        "entries": options.pages * ROWS,
        "entries_per_second": round(speed(options.pages, 0.0)),
        "entries_per_second_noisy": round(speed(options.pages, NOISE)),
    }
    if options.json:
        print(json.dumps(figures))
        return
    for name, value in figures.items():
        print(f"{name:28} {value:,}")


def speed(pages: int, noise: float, *, seed: int = 1) -> float:
    """Entries a second of processor time; tables and models are loaded before the clock runs."""
    understand(_REGISTER, readings(2, noise, seed=seed + 1))
    built = readings(pages, noise, seed=seed)
    began = time.process_time()
    entries = understand(_REGISTER, built).entries
    return len(entries) / (time.process_time() - began)


def readings(pages: int, noise: float, *, seed: int) -> list[ScanReading]:
    """A volume of sorted pages; the same for the same seed."""
    rng, names = random.Random(seed), pool(held_out=True)
    surnames = sorted(names.surname(rng) for _ in range(pages * ROWS // 3))
    rows: list[tuple[str, str, str]] = []
    for surname in surnames:
        for repeat in range(rng.choice((1, 2, 3, 6))):
            given = names.given_group(rng, rng.choice(tuple(Gender)))
            rows.append(("d°" if repeat else surname, given, _date(rng)))
    rows = [
        (_misread(a, noise, rng), _misread(b, noise, rng), _misread(c, noise, rng))
        for a, b, c in rows[: pages * ROWS]
    ]
    return [_reading(number, rows[number * ROWS : (number + 1) * ROWS]) for number in range(pages)]


def _date(rng: random.Random) -> str:
    return f"{plain_date(rng).rsplit(' ', 1)[0]} {rng.randint(1883, 1892)}"


def _misread(text: str, noise: float, rng: random.Random) -> str:
    return noisy(Draft().add(text), noise, rng).example().text


def _reading(number: int, rows: Sequence[Sequence[str]]) -> ScanReading:
    scan = Scan(f"/speed/p{number:04d}.png", hashlib.sha256(b"%d" % number).hexdigest(), 0, 1, 2000, 3000)
    table = Table(
        columns=tuple(
            Column(index, Box(100 + 600 * index, 100, 600, 2900).to_quad(), header)
            for index, header in enumerate(_HEADERS)
        ),
        rows=tuple(Row(row, Box(100, 200 + 50 * row, 1800, 50).to_quad()) for row in range(len(rows))),
        cells=tuple(
            Cell(row, column, Box(100 + 600 * column, 200 + 50 * row, 600, 50).to_quad(), text, 0.95)
            for row, texts in enumerate(rows)
            for column, text in enumerate(texts)
        ),
    )
    page = Page(
        id=Page.id_of(scan.id, Side.SINGLE),
        scan_id=scan.id,
        side=Side.SINGLE,
        quad=Box(0, 0, 2000, 3000).to_quad(),
        outcome=PageOutcome.READ,
        page_class=PageClass.TABLE,
    )
    return ScanReading(scan, (PageReading(page, (table,)),))


if __name__ == "__main__":
    main()
