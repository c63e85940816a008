"""Build the name tables of lexicon/data from INSEE's open files: `python -m lexicon.build FOLDER`.

FOLDER holds `insee_noms_2008.txt.zip`, `insee_nat_2022.csv.zip` and `firstnames_1870_2024.csv`
(see lexicon/data/README.md). The same input gives the same bytes.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import io
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from lexicon.fold import fold
from lexicon.tables import rows

DATA = Path(__file__).parent / "data"
OTHER_SURNAMES = "AUTRES NOMS"
RARE_GIVEN_NAMES = "_PRENOMS_RARES"
EARLY_DECADES = 5
"""The decades 1891-1940: nearest to the registers; later births say little of them."""
LEAST_BEARERS = 20


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path, help="where the files of INSEE lie")
    folder = parser.parse_args().folder
    _write("surnames.tsv.gz", _surnames(folder / "insee_noms_2008.txt.zip"))
    _write("given_names.tsv.gz", _given_names(folder))


def _write(name: str, lines: Iterable[str]) -> None:
    data = gzip.compress(("\n".join(lines) + "\n").encode(), compresslevel=9, mtime=0)
    (DATA / name).write_bytes(data)
    print(f"{name}: {len(data):,} bytes")


def _rows(archive: Path, delimiter: str, encoding: str) -> Iterator[dict[str, str]]:
    with zipfile.ZipFile(archive) as opened, opened.open(opened.namelist()[0]) as raw:
        yield from csv.DictReader(io.TextIOWrapper(raw, encoding=encoding), delimiter=delimiter)


def _surnames(archive: Path) -> Iterator[str]:
    """Lines `surname, births 1891-1940 (at least 1)`, lower case, the most borne first."""
    counts = {}
    for row in _rows(archive, "\t", "latin-1"):
        decades = [int(value) for key, value in row.items() if key != "NOM"]
        counts[row["NOM"].lower()] = max(sum(decades[:EARLY_DECADES]), 1)
    counts.pop(OTHER_SURNAMES.lower(), None)
    ranked = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    yield from (f"{name}\t{count}" for name, count in ranked if fold(name))


def _given_names(folder: Path) -> Iterator[str]:
    """Lines `folded, written, bearers, women`.

    `bearers` counts the deceased (all their given names), else births before 1946; `women` is the
    percentage of women among those who had it as their first name ("Marie" is a man's second name).
    """
    spelt: defaultdict[str, Counter[str]] = defaultdict(Counter)
    born: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for row in _rows(folder / "insee_nat_2022.csv.zip", ";", "utf-8"):
        name = row["preusuel"]
        if name == RARE_GIVEN_NAMES:
            continue
        key, count = fold(name), int(row["nombre"])
        early = row["annais"].isdigit() and int(row["annais"]) < 1946
        spelt[key][name] += count * (100 if early else 1)
        if early:
            born[key][row["sexe"]] += count
    dead: defaultdict[str, Counter[str]] = defaultdict(Counter)
    with (folder / "firstnames_1870_2024.csv").open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            dead[fold(row["firstname"])][row["sexe"]] += int(row["occurrences"])
    no_names = {line[0] for line in rows("no_given_names.tsv")}
    for key in sorted(dead.keys() | born.keys()):
        bearers = dead.get(key) or born[key]
        words = key.split()
        if bearers.total() < LEAST_BEARERS or not words or no_names.intersection(words) or len(key) < 2:
            continue
        written = spelt[key].most_common(1)[0][0].title() if spelt[key] else key.title()
        first = born[key] if born[key].total() >= LEAST_BEARERS else bearers
        yield f"{key}\t{written}\t{bearers.total()}\t{round(100 * first['2'] / first.total())}"


if __name__ == "__main__":
    main()
