"""Read written dates: `python -m benchmarks.entries [FILE.tsv] [--json]`.

With a file (TSV with a header: `text`, `previous`, `period_from`, `period_to` in years; the last three
may be empty or absent) it prints TSV: text, iso, earliest, latest, flags, calendar, remainder. Without
one it scores the real strings of the shared data and the Republican vectors.
"""

from __future__ import annotations

import csv
import re
import sys
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date, timedelta

from benchmarks.cells import dated_columns, shared_data
from benchmarks.tables import Task
from ner.dates import ParsedDate, parse_date
from ner.dates.forms import written_forms
from registers.dates import (
    REPUBLICAN_FIRST_DAY,
    REPUBLICAN_LAST_DAY,
    Calendar,
    Period,
    RegisterDate,
    RepublicanDay,
)
from registers.entry import Flag

COLUMNS = ("text", "iso", "earliest", "latest", "flags", "calendar", "remainder")
CALENDAR_DAYS = (REPUBLICAN_LAST_DAY - REPUBLICAN_FIRST_DAY).days + 1


def main(arguments: Sequence[str] | None = None) -> int:
    return Task(
        "benchmarks.entries",
        "Read written dates.",
        "TSV with text, previous, period_from, period_to",
        COLUMNS,
        described,
        score,
    ).run(arguments)


def score(show: bool) -> dict[str, float | int]:
    """What is known without a table; `show` lists what was not understood."""
    return {**score_real_strings(show=show), **score_republican()}


def described(row: dict[str, str]) -> dict[str, str]:
    """One line of the answer."""
    text = row.get("text") or ""
    period = _period(row.get("period_from"), row.get("period_to"))
    above = (row.get("previous") or "").strip()
    previous = parse_date(above, period=period).date if above else None
    parsed = parse_date(text, period=period, previous=previous)
    return {
        "text": text,
        "iso": parsed.date.iso,
        "earliest": parsed.date.earliest.isoformat() if parsed.date.earliest else "",
        "latest": parsed.date.latest.isoformat() if parsed.date.latest else "",
        "flags": ";".join(parsed.flags),
        "calendar": parsed.date.calendar.value,
        "remainder": " ".join(parsed.remainder.split()),
    }


def _period(first: str | None, last: str | None) -> Period | None:
    years = [int(year) for year in (first, last) if year and year.strip().isdigit()]
    return Period.of_years(min(years), max(years)) if years else None


def score_real_strings(*, show: bool = False) -> dict[str, float | int]:
    """Shares over the real date cells.

    `understood` is a day inside the period without a flag (a repair apart), or a flag where the string
    itself gives no single day (see `lacks_something`).
    """
    counts: Counter[str] = Counter()
    foreign = 0
    previous: RegisterDate | None = None
    spent = 0.0
    for cell, period, first in dated_columns():
        if not re.search(r"\d|^\W*id\b", cell.text):
            foreign += 1  # a given name that stands far to the right
            continue
        began = time.process_time()
        parsed = parse_date(cell.text, period=period, previous=None if first else previous)
        spent += time.process_time() - began
        previous = parsed.date
        outcome = _outcome(cell.text, parsed, period)
        counts[outcome] += 1
        if show and outcome not in ("resolved", "rightly_flagged"):
            print(outcome, repr(cell.text), period, parsed.date.iso, parsed.flags, sep="\t", file=sys.stderr)
    total = counts.total()
    return {
        "strings": total,
        "cells_without_date": foreign,
        "understood": round((counts["resolved"] + counts["rightly_flagged"]) / total, 4),
        **{key: round(counts[key] / total, 4) for key in ("resolved", "rightly_flagged", "flagged", "wrong")},
        "strings_per_second": round(total / spent),
    }


def _outcome(text: str, parsed: ParsedDate, period: Period) -> str:
    doubts = set(parsed.flags) - {Flag.REPAIRED}
    day = parsed.date.exact
    if not doubts:
        return "resolved" if day and day in period and not lacks_something(text, period) else "wrong"
    return "rightly_flagged" if lacks_something(text, period) else "flagged"


def lacks_something(text: str, period: Period) -> bool:
    """Whether a string as it stands names no single day of the period: judged apart from the parser."""
    plain = text.replace("^", "").strip()
    if "§" in plain:
        return True
    if re.search(r"\bid\s*$", plain):
        return False
    year = re.search(r"(\d+|\bX[IV]*)\W*$", plain)
    if year is None or re.search(r"\b18\d$", plain):
        return True
    digits = year[1] if year[1].isdigit() else ""
    full = int(digits or 0) + (1000 if len(digits) == 3 else 0)
    return len(digits) >= 3 and not period.first.year <= full <= period.last.year


def score_republican() -> dict[str, float | int]:
    """The vectors, and every day of the calendar written and read again in each of its forms."""
    path = shared_data() / "text" / "republican_vectors.tsv"
    with path.open(encoding="utf-8", newline="") as handle:
        vectors = list(csv.DictReader(handle, delimiter="\t"))
    right = sum(
        RepublicanDay(int(v["rep_year"]), int(v["rep_month"]), int(v["rep_day"])).to_gregorian().isoformat()
        == v["gregorian"]
        for v in vectors
    )
    days = [REPUBLICAN_FIRST_DAY + timedelta(days=n) for n in range(CALENDAR_DAYS)]
    forms = [(day, form) for day in days for form in written_forms(day, calendar=Calendar.REPUBLICAN)]
    again = sum(_reads_as(form, day) for day, form in forms)
    return {
        "republican_vectors": round(right / len(vectors), 4),
        "republican_days": len(days),
        "republican_days_both_ways": round(_share_of_days(days), 4),
        "republican_forms": len(forms),
        "republican_forms_read": round(again / len(forms), 4),
    }


def _share_of_days(days: Iterable[date]) -> float:
    good = [RepublicanDay.from_gregorian(d).to_gregorian() == d and _reads_as(_written(d), d) for d in days]
    return sum(good) / len(good)


def _written(day: date) -> str:
    return str(RepublicanDay.from_gregorian(day))


def _reads_as(text: str, day: date) -> bool:
    parsed = parse_date(text, period=Period(REPUBLICAN_FIRST_DAY, REPUBLICAN_LAST_DAY))
    return parsed.date.exact == day and parsed.date.calendar is Calendar.REPUBLICAN


if __name__ == "__main__":
    sys.exit(main())
