"""feuillet registers proposals"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, print_json, settings_for, workspace_option

if TYPE_CHECKING:
    from registers.entry import Entry
    from services.proposals import Proposal


@click.command()
@click.argument("register_id", metavar="[ID]", required=False, default="")
@workspace_option
@json_option
def proposals(register_id: str, workspace: Path | None, as_json: bool) -> None:
    """Rows that were read anew, otherwise than a person has checked or corrected them.

    The person's values stand until `feuillet correct ENTRY --accept-proposed` takes the new reading over;
    `--dismiss-proposed` declines it for good.
    """
    from services.desk import open_catalogue
    from services.proposals import proposals as offered

    with open_catalogue(settings_for(workspace)) as catalogue:
        found = list(offered(catalogue, register_id))
    if as_json:
        print_json([_json(proposal) for proposal in found])
        return
    for proposal in found:
        click.echo(_line(proposal))
    if not found:
        click.echo("nothing was read otherwise than a person has checked")


def _json(proposal: Proposal) -> dict[str, Any]:
    entry = proposal.stored.entry
    return {
        "entry_id": entry.id,
        "register": entry.source.register_id,
        "image": entry.source.image,
        "version": proposal.stored.version,
        "state": entry.state.value,
        "who": proposal.stored.who,
        "stands": _values(entry),
        "proposed": _values(proposal.found),
    }


def _values(entry: Entry) -> dict[str, str]:
    """What an entry says, under the names that an export has."""
    spouse = entry.spouse
    return {
        "surname": entry.person.surname,
        "given_names": entry.person.given_names,
        "spouse_surname": spouse.surname if spouse else "",
        "spouse_given_names": spouse.given_names if spouse else "",
        "date_text": entry.date.text,
        "date_iso": entry.date.iso,
        "kind": entry.kind.value,
        "act_number": entry.act_number,
        "act_year": str(entry.act_year or ""),
        "remarks": entry.remarks,
    }


def _line(proposal: Proposal) -> str:
    """The name and the date of both, and whatever else differs."""
    standing, found = _values(proposal.stored.entry), _values(proposal.found)
    shown = [key for key in standing if standing[key] != found[key]]
    return f"{proposal.stored.entry.id}: {_words(standing, shown)} -> {_words(found, shown)}"


def _words(values: dict[str, str], shown: list[str]) -> str:
    """One side of a line; a field that is empty here and not on the other side is shown as -."""
    said = dict(values, surname=values["surname"].upper(), spouse_surname=values["spouse_surname"].upper())
    name = " ".join(said[key] for key in ("surname", "given_names") if said[key])
    spouse = " ".join(
        said[key] for key in ("spouse_surname", "spouse_given_names") if key in shown and said[key]
    )
    others = [
        f"{key.replace('_', ' ')} {said[key] or '-'}"
        for key in ("kind", "act_number", "act_year", "remarks")
        if key in shown
    ]
    parts = (name, f"x {spouse}" if spouse else "", said["date_iso"] or said["date_text"], *others)
    return " · ".join(part for part in parts if part)
