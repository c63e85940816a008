"""Make the name tables of data/ anew from the files that INSEE publishes.

    python -m samples.generator.refresh_names noms2008nat_txt.txt nat2022.csv

The tables that are committed were made from "Fichier des noms de famille" (edition 2008, births 1891-1920)
and "Fichier des prénoms" (edition 2022), both INSEE open data. They hold names and counts, nothing else.
"""

from __future__ import annotations

import csv
import sys
from collections import Counter
from pathlib import Path

DATA = Path(__file__).resolve().parent / "data"
ERAS = {"1900_1912": (1900, 1912), "1923_1932": (1923, 1932), "1935_1942": (1935, 1942)}
_SURNAME_DECADES = ("_1891_1900", "_1901_1910", "_1911_1920")
_SURNAMES_KEPT = 3000
_GIVEN_NAMES_KEPT = 140
_ACCENTS = {  # INSEE's older years lack them; nobody wrote these names so
    "Josephine": "Joséphine", "Philomene": "Philomène", "Celestine": "Célestine", "Felicie": "Félicie",
    "Celestin": "Célestin", "Daniele": "Danièle", "Honore": "Honoré", "Leonce": "Léonce",
    "Leopold": "Léopold", "Joannes": "Joannès", "Noelie": "Noélie", "Desiree": "Désirée",
    "Noemie": "Noémie", "Aime": "Aimé", "Aimee": "Aimée",
    "Theodore": "Théodore", "Theophile": "Théophile", "Amedee": "Amédée", "Arsene": "Arsène",
    "Moise": "Moïse", "Celina": "Célina", "Regis": "Régis", "Kleber": "Kléber", "Felicien": "Félicien",
    "Leonard": "Léonard",
    "Eleonore": "Eléonore", "Barthelemy": "Barthélemy", "Remi": "Rémi", "Remy": "Rémy", "Jerome": "Jérôme",
    "Frederic": "Frédéric", "Anais": "Anaïs", "Simeon": "Siméon", "Helene": "Hélène", "Leone": "Léone",
    "Noe": "Noé", "Clemence": "Clémence",
    "Cesar": "César", "Valere": "Valère", "Sebastien": "Sébastien", "Angelique": "Angélique",
}  # fmt: skip
_WITHOUT_A_NAME = ("AUTRES NOMS", "_PRENOMS_RARES")


def refresh_surnames(source: Path, out: Path) -> None:
    """Write the most frequent surnames of births 1891-1920: `surname<TAB>count`, capitals as published."""
    counts: Counter[str] = Counter()
    with source.open(encoding="latin-1", newline="") as handle:
        for row in csv.DictReader(handle, delimiter="\t"):
            if row["NOM"] not in _WITHOUT_A_NAME:
                counts[row["NOM"]] = sum(int(row[decade]) for decade in _SURNAME_DECADES)
    with out.open("w", encoding="utf-8", newline="") as handle:
        handle.writelines(f"{name}\t{count}\n" for name, count in counts.most_common(_SURNAMES_KEPT))


def refresh_given_names(source: Path, out: Path) -> None:
    """Write `era<TAB>gender<TAB>given name<TAB>count`, the most frequent of each era and gender."""
    counts: dict[tuple[str, str], Counter[str]] = {}
    with source.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle, delimiter=";"):
            if not row["annais"].isdigit() or row["preusuel"] in _WITHOUT_A_NAME:
                continue
            gender = "m" if row["sexe"] == "1" else "f"
            for era, (first, last) in ERAS.items():
                if first <= int(row["annais"]) <= last:
                    counts.setdefault((era, gender), Counter())[row["preusuel"]] += int(row["nombre"])
    with out.open("w", encoding="utf-8", newline="") as handle:
        for (era, gender), names in sorted(counts.items()):
            for name, count in names.most_common(_GIVEN_NAMES_KEPT):
                handle.write(f"{era}\t{gender}\t{_title(name)}\t{count}\n")


def _title(name: str) -> str:
    return "-".join(_ACCENTS.get(part.capitalize(), part.capitalize()) for part in name.split("-"))


if __name__ == "__main__":
    refresh_surnames(Path(sys.argv[1]), DATA / "surnames.tsv")
    refresh_given_names(Path(sys.argv[2]), DATA / "given_names.tsv")
