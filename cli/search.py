"""feuillet search"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.entry import Kind
from registers.query import Coverage, Paging

if TYPE_CHECKING:
    from services.find import Found, FoundEntry

_MOST_LISTED = 12


@click.command()
@click.argument("text", metavar="TEXT")
@workspace_option
@click.option("--from", "year_from", type=int, metavar="YEAR", help="Not before this year.")
@click.option("--to", "year_to", type=int, metavar="YEAR", help="Not after this year.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Only this kind of act.")
@click.option("--place", default="", metavar="TEXT", help="Only this commune or arrondissement.")
@click.option(
    "--limit", type=click.IntRange(1, 1000), default=20, show_default=True, help="How many results."
)
@click.option("--offset", type=click.IntRange(0), default=0, help="Results to pass over.")
@json_option
def command(
    text: str,
    workspace: Path | None,
    year_from: int | None,
    year_to: int | None,
    kind: str | None,
    place: str,
    limit: int,
    offset: int,
    as_json: bool,
) -> None:
    """Find people: "Lefaivre Jean vers 1884", "Lefebvre x Dubois", "Lef*vre 1880-1890".

    Names match by sound, by spelling and as they may have been misread; quotes ("Lefebvre") turn that off.
    """
    from services.desk import open_desk
    from services.find import find, read_query

    query = read_query(
        text, year_from=year_from, year_to=year_to, kind=Kind(kind) if kind else None, place=place
    )
    with open_desk(settings_for(workspace)) as desk:
        found = find(desk, query, Paging(offset, limit))
    if as_json:
        print_json(as_json_object(found))
    else:
        click.echo("\n".join(_lines(found)))


def as_json_object(found: Found) -> dict[str, Any]:
    """The answer as scripts read it (a contract: keys may be added, none goes)."""
    return {
        "total": found.total,
        "results": [_json_result(result) for result in found.results],
        "coverage": _json_coverage(found.coverage),
    }


def _json_result(result: FoundEntry) -> dict[str, Any]:
    entry = result.entry
    return {
        "entry_id": entry.id,
        "surname": entry.person.surname,
        "given_names": entry.person.given_names,
        "spouse_surname": entry.spouse.surname if entry.spouse else "",
        "spouse_given_names": entry.spouse.given_names if entry.spouse else "",
        "date_iso": entry.date.iso,
        "date_text": entry.date.text,
        "kind": entry.kind.value,
        "act_number": entry.act_number,
        "register": entry.source.register_id,
        "image": entry.source.image,
        "side": entry.source.side.value,
        "row": entry.source.row,
        "why": [asdict(why) for why in result.hit.why],
        "score": result.hit.score,
        "state": entry.state.value,
    }


def _json_coverage(coverage: Coverage) -> dict[str, Any]:
    return {
        **asdict(coverage),
        "pages_read": coverage.pages_read,
        "pages_unread": coverage.pages_unread,
    }


def _lines(found: Found) -> list[str]:
    lines = [_line(result) for result in found.results]
    coverage = found.coverage
    lines.append(
        f"{found.total:,} found in {len(coverage.registers)} registers;"
        f" {coverage.pages_read:,} pages read, {coverage.pages_unread:,} unread"
    )
    if not found.total and coverage.spellings:
        lines.append("tried: " + ", ".join(coverage.spellings[:_MOST_LISTED]))
    if not found.total:
        lines += _what_was_searched(coverage)
    return lines


def _what_was_searched(coverage: Coverage) -> list[str]:
    """Each register, with what is unread, not digitized or lost; and where absence proves nothing."""
    lines = []
    for register in coverage.registers[:_MOST_LISTED]:
        pages = f"; {register.pages_read} of {register.pages} pages read" if register.pages else ""
        lines.append(f"  {register.label}: {register.state.replace('_', ' ')}{pages}")
    if len(coverage.registers) > _MOST_LISTED:
        lines.append(f"  and {len(coverage.registers) - _MOST_LISTED} more")
    if coverage.caveats:
        lines.append("only a part of these acts exists again: that nothing is found proves nothing")
    return lines


def _line(result: FoundEntry) -> str:
    entry = result.entry
    name = f"{entry.person.surname.upper()} {entry.person.given_names}".strip()
    if entry.spouse is not None:
        name += f" x {entry.spouse.surname.upper()} {entry.spouse.given_names}".rstrip()
    why = ", ".join(dict.fromkeys(why.expansion.value for why in result.hit.why))
    place = f"{entry.source.image} {entry.source.side.value} {entry.source.row}"
    said = [name, entry.date.iso or entry.date.text or "no date", entry.kind.value]
    if entry.act_number:
        said.append(f"no. {entry.act_number}")
    return " · ".join([*said, place, *([why] if why else [])])
