"""Read written names: `python -m benchmarks.names [FILE.tsv] [--json]`.

With a file (TSV with a header: `text`; `holds` and `previous`, the cell above, may be absent) it prints
TSV in the same order: text, surname, given_names, spouse_surname, spouse_given_names, cross_surnames,
given_names_also, gender, remarks, remark_kind, flags. `holds` is surname, given_names or full_name
(taken where it is empty). Without a file it scores the real names of the shared data.
"""

from __future__ import annotations

import csv
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from benchmarks.cells import LINE_HEIGHT, RealCell, date_columns, real_cells, shared_data
from benchmarks.tables import Task
from lexicon.fold import fold
from ner.ditto import DittoHabit, is_ditto, resolve_dittos, resolve_given_names, without_leading_sign
from ner.names import ParsedName, parse_name
from registers.knowledge import Holds

COLUMNS = (
    *("text", "surname", "given_names", "spouse_surname", "spouse_given_names", "cross_surnames"),
    *("given_names_also", "gender", "remarks", "remark_kind", "flags"),
)
LAYOUTS = {
    "dash": "{surname} - {given}",
    "comma": "{surname},{given}",
    "brackets": "{shouted} ({given})",
    "capitals": "{shouted} {given}",
    "plain": "{surname} {given}",
    "shouted": "{shouted} {shouted_given}",
}


def main(arguments: Sequence[str] | None = None) -> int:
    return Task(
        "benchmarks.names",
        "Read written names.",
        "TSV with text, and possibly holds and previous",
        COLUMNS,
        described,
        score,
    ).run(arguments)


def score(show: bool) -> dict[str, float | int]:
    """What is known without a table; `show` lists what was not understood."""
    return score_real_names(show=show)


def described(row: dict[str, str]) -> dict[str, str]:
    """One line of the answer; a ditto takes the value of `previous`."""
    text, above = row.get("text") or "", (row.get("previous") or "").strip()
    holds = Holds(row.get("holds") or Holds.FULL_NAME)
    meant = text
    sign, rest = without_leading_sign(text.strip())
    if above and sign and holds in (Holds.FULL_NAME, Holds.SPOUSE_FULL_NAME) and not is_ditto(text):
        head = parse_name(above, holds=holds).name.surname
        own = parse_name(rest, holds=Holds.GIVEN_NAMES)
        return _values(text, replace(own, name=replace(own.name, surname=head)))
    if above and holds in (Holds.GIVEN_NAMES, Holds.SPOUSE_GIVEN_NAMES):
        meant = resolve_given_names([above, text], DittoHabit())[1].value
    elif above:
        meant = resolve_dittos([above, text], DittoHabit(blank_is_ditto=True))[1].value
    return _values(text, parse_name(meant, holds=holds))


def _values(text: str, parsed: ParsedName) -> dict[str, str]:
    spouse = parsed.spouse
    values = {
        "text": text,
        "surname": parsed.name.surname,
        "given_names": parsed.name.given_names,
        "spouse_surname": spouse.surname if spouse else "",
        "spouse_given_names": spouse.given_names if spouse else "",
        "cross_surnames": ";".join(parsed.name.cross_surnames),
        "given_names_also": ";".join(parsed.name.given_names_also),
        "gender": parsed.name.gender or "",
        "remarks": parsed.remarks,
        "remark_kind": parsed.remark_kind or "",
        "flags": ";".join(parsed.flags),
    }
    return {key: " ".join(value.split()) for key, value in values.items()}


@dataclass(frozen=True, slots=True)
class RealName:
    """A row of the shared text with its surname and its given names, as transcribed."""

    surname: str
    given_names: str


def real_names() -> Iterator[RealName]:
    """The rows of the shared text that have a surname of their own and given names without remark."""
    for cells in real_cells().values():
        dates = {id(cell) for column in date_columns(cells) for cell in column}
        starts = sorted(column[0].x for column in date_columns(cells))
        for line in _lines([cell for cell in cells if id(cell) not in dates], starts):
            surname, *given = [cell.text.replace("^", "") for cell in line]
            words = " ".join(given)
            if (
                given
                and surname.isalpha()
                and not is_ditto(words)
                and all(w.isalpha() for w in words.split())
            ):
                yield RealName(surname, words)


def _lines(cells: Sequence[RealCell], starts: Sequence[int]) -> Iterator[list[RealCell]]:
    """The cells of one row of one page side, left to right, where the row begins with a surname."""
    sides: defaultdict[int, list[RealCell]] = defaultdict(list)
    for cell in cells:
        sides[sum(cell.x > start for start in starts)].append(cell)
    for side in sides.values():
        left = min(cell.x for cell in side)
        rows: list[list[RealCell]] = []
        for cell in sorted(side, key=lambda c: c.y + c.height / 2):
            middle = cell.y + cell.height / 2
            if rows and middle - (rows[-1][0].y + rows[-1][0].height / 2) < LINE_HEIGHT:
                rows[-1].append(cell)
            else:
                rows.append([cell])
        for row in rows:
            row.sort(key=lambda c: c.x)
            if row[0].x - left < 250:
                yield row


def score_real_names(*, show: bool = False) -> dict[str, float | int]:
    """Shares of real names whose surname and given names come out right, per layout of a one-column cell."""
    names = list(real_names())
    right: Counter[str] = Counter()
    doubted = 0
    began = time.process_time()
    for name in names:
        for layout, shape in LAYOUTS.items():
            text = shape.format(
                surname=name.surname,
                given=name.given_names,
                shouted=name.surname.upper(),
                shouted_given=name.given_names.upper(),
            )
            parsed = parse_name(text, holds=Holds.FULL_NAME)
            good = _same(parsed, name)
            right[layout] += good
            doubted += bool(parsed.flags) and not good
            if show and not good:
                print(
                    layout,
                    text,
                    parsed.name.surname,
                    parsed.name.given_names,
                    *parsed.flags,
                    sep="\t",
                    file=sys.stderr,
                )
    spent = time.process_time() - began
    lyon = list(_lyon_names())
    found = sum(_same(parse_name(text, holds=Holds.FULL_NAME), name) for text, name in lyon)
    total = len(names)
    return {
        "names": total,
        **{layout: round(right[layout] / total, 4) for layout in LAYOUTS},
        "wrong_and_flagged": round(doubted / max(total * len(LAYOUTS) - right.total(), 1), 4),
        "lyon_names": len(lyon),
        "lyon": round(found / len(lyon), 4),
        "names_per_second": round(total * len(LAYOUTS) / spent),
    }


def _lyon_names() -> Iterator[tuple[str, RealName]]:
    """The one-column cells of the Lyon table, as its clerks write them, with the remark behind."""
    path = shared_data() / "handwriting" / "lyon" / "gold.csv"
    with path.open(encoding="utf-8", newline="") as handle:
        for row in csv.DictReader(handle):
            text = f"{row['surname']} - {row['given_names']} {row['remark']}".strip()
            yield text, RealName(row["surname"], row["given_names"])


def _same(parsed: ParsedName, name: RealName) -> bool:
    return (fold(parsed.name.surname), fold(parsed.name.given_names)) == (
        fold(name.surname),
        fold(parse_name(name.given_names, holds=Holds.GIVEN_NAMES).name.given_names),
    )


if __name__ == "__main__":
    sys.exit(main())
