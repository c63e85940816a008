"""The number auditor: per section, kind and year the act numbers 1 to N must each be there.

Where both spouses of each marriage are listed, each number stands twice. Missing and double numbers
are reported; a reading is repaired only where the section is ordered by number (ner/order/audit.py tells).
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from registers.entry import Entry, Flag, Kind

_ENOUGH = 5
_COVERED = 0.6
_LISTED = 12


@dataclass(frozen=True, slots=True)
class NumberReport:
    """The run of act numbers of one kind and year within a section.

    `last` is N: what the closing states (`stated`), else the highest number of the run. `times` is how
    often each number is expected. `double` are numbers that stand more often than that.
    """

    section_id: str
    kind: Kind
    year: int | None
    count: int
    last: int
    times: int = 1
    missing: tuple[int, ...] = ()
    double: tuple[int, ...] = ()
    stated: int | None = None

    def __str__(self) -> str:
        """One line for the report: "1,204 numbers, 9 missing: 17, 88 ..."."""
        parts = [f"{self.count:,} numbers"]
        for numbers, word in ((self.missing, "missing"), (self.double, "double")):
            if numbers:
                shown = ", ".join(str(number) for number in numbers[:_LISTED])
                parts.append(f"{len(numbers):,} {word}: {shown}{' ...' if len(numbers) > _LISTED else ''}")
        if self.stated is not None and self.stated != self.last:
            parts.append(f"the closing states {self.stated:,}")
        return ", ".join(parts) if len(parts) > 1 else f"{parts[0]}, none missing"


@dataclass(frozen=True, slots=True)
class NumberAudit:
    """The reports of a section, and the flags that its entries get (by entry id)."""

    reports: tuple[NumberReport, ...]
    flags: Mapping[str, tuple[Flag, ...]]


def audit_numbers(
    section_id: str, entries: Sequence[Entry], *, stated: int | None = None, by_number: bool = False
) -> NumberAudit:
    """Every run of act numbers in a section; `stated` is the closing's total where there is one."""
    groups: dict[tuple[Kind, int | None], list[Entry]] = defaultdict(list)
    for entry in entries:
        groups[entry.kind, entry.act_year or entry.date.year].append(entry)
    main = max(groups, key=lambda key: len(groups[key]), default=None)
    reports: list[NumberReport] = []
    flags: dict[str, tuple[Flag, ...]] = {}
    for key, members in groups.items():
        report = _run(section_id, key, members, stated if key == main and len(groups) == 1 else None)
        if report is not None:
            reports.append(report)
            flags |= _flags(report, members, by_number=by_number)
    return NumberAudit(tuple(reports), flags)


def _run(
    section_id: str, key: tuple[Kind, int | None], entries: Sequence[Entry], stated: int | None
) -> NumberReport | None:
    numbers = [number for entry in entries if (number := plain_number(entry.act_number)) is not None]
    if len(numbers) < _ENOUGH:
        return None
    counts = Counter(numbers)
    last = stated or _last(counts)
    present = {number for number in counts if 1 <= number <= last}
    if len(present) < _COVERED * last:
        return None
    times = 2 if sum(counts[number] == 2 for number in present) > 0.6 * len(present) else 1
    return NumberReport(
        section_id=section_id,
        kind=key[0],
        year=key[1],
        count=len(numbers),
        last=last,
        times=times,
        missing=tuple(number for number in range(1, last + 1) if counts[number] < times),
        double=tuple(sorted(number for number in counts if counts[number] > times)),
        stated=stated,
    )


def _last(counts: Counter[int]) -> int:
    """The end of the run: a number far beyond what the count of rows allows is a misreading."""
    distinct = sorted(counts)
    while len(distinct) > 1 and distinct[-1] > 1.25 * len(distinct) + 5 and distinct[-1] > distinct[-2] + 3:
        distinct.pop()
    return distinct[-1]


def _flags(report: NumberReport, entries: Sequence[Entry], *, by_number: bool) -> dict[str, tuple[Flag, ...]]:
    flags: dict[str, tuple[Flag, ...]] = {}
    missing, double = set(report.missing), set(report.double)
    for entry in entries:
        number = plain_number(entry.act_number)
        if number is None or number > report.last:
            flags[entry.id] = (Flag.NUMBER_GAP,) if missing else ()
        elif number in double:
            flags[entry.id] = (Flag.NUMBER_DOUBLE,)
        elif by_number and number - 1 in missing:
            flags[entry.id] = (Flag.NUMBER_GAP,)
    return {entry_id: found for entry_id, found in flags.items() if found}


def plain_number(text: str) -> int | None:
    """The number of an act without bis or ter; None for "17 bis", which stands outside the run."""
    return int(text) if re.fullmatch(r"\d{1,5}", text) else None


def with_repaired_numbers(entries: Sequence[Entry]) -> list[Entry]:
    """Entries of a section ordered by number, misread and missing numbers put right (`repair_numbers`)."""
    repaired = repair_numbers([entry.act_number for entry in entries])
    return [
        replace(entry, act_number=repaired[index], flags=tuple(dict.fromkeys((*entry.flags, Flag.REPAIRED))))
        if index in repaired
        else entry
        for index, entry in enumerate(entries)
    ]


def repair_numbers(texts: Sequence[str]) -> dict[int, str]:
    """What misread numbers of a section ordered by number must be: index -> number.

    A reading is replaced when the rows above and below leave exactly one number for it and what is
    written is that number but for one character, or nothing.
    """
    numbers = [plain_number(text) for text in texts]
    repaired: dict[int, str] = {}
    for index in range(1, len(numbers) - 1):
        before, after = numbers[index - 1], numbers[index + 1]
        if before is None or after is None or after - before != 2 or numbers[index] == before + 1:
            continue
        expected = str(before + 1)
        written = texts[index]
        if "bis" not in written and (not written or Levenshtein.distance(written, expected) <= 1):
            repaired[index] = expected
    return repaired
