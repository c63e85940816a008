"""feuillet registers list|show|remove|inventory"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.errors import UsageError

if TYPE_CHECKING:
    from store.kept import RegisterSummary


@click.group()
def command() -> None:
    """List, show and remove registers; import the archive's inventory."""


@command.command("list")
@workspace_option
@json_option
def list_all(workspace: Path | None, as_json: bool) -> None:
    """All registers with their pages, rows and what is to check."""
    from services.desk import open_catalogue

    with open_catalogue(settings_for(workspace)) as catalogue:
        summaries = catalogue.registers.list()
    if as_json:
        print_json([_json_summary(summary) for summary in summaries])
        return
    for summary in summaries:
        click.echo(_line(summary))
    if not summaries:
        click.echo("no registers yet")


@command.command()
@click.argument("register_id", metavar="ID")
@workspace_option
@json_option
def show(register_id: str, workspace: Path | None, as_json: bool) -> None:
    """One register: its sections, pages and failures."""
    from services.desk import open_catalogue

    with open_catalogue(settings_for(workspace)) as catalogue:
        summary = catalogue.registers.summary(register_id)
        pages = catalogue.pages.pages_of(register_id)
        failures = catalogue.pages.failures(register_id)
    if as_json:
        details = {
            "page_list": [
                {
                    "page_id": stored.page.id,
                    "image": stored.scan.image,
                    "side": stored.side.value,
                    "view": stored.view,
                    "outcome": stored.page.outcome.value,
                    "page_class": stored.page.page_class.value,
                    "rows": stored.row_count,
                    "reason": stored.page.reason,
                }
                for stored in pages
            ],
            "failure_list": [asdict(failure) for failure in failures],
        }
        print_json(_json_summary(summary) | details)
        return
    click.echo(_line(summary))
    for section in summary.sections:
        said = section.description
        words = (said.commune, said.cote, ", ".join(kind.value for kind in said.kinds), said.period)
        click.echo("  section " + " · ".join(str(word) for word in words if word))
    for stored in pages:
        reason = f" ({stored.page.reason})" if stored.page.reason else ""
        click.echo(
            f"  {stored.scan.image} {stored.side.value}: {stored.page.outcome.value},"
            f" {stored.page.page_class.value}, {stored.row_count} rows{reason}"
        )
    for failure in failures:
        click.echo(f"  failed {Path(failure.path).name}: {failure.message} ({failure.advice})")


@command.command()
@click.argument("register_id", metavar="ID")
@workspace_option
@click.option("--yes", is_flag=True, help="Do not ask.")
def remove(register_id: str, workspace: Path | None, yes: bool) -> None:
    """Forget a register, its entries and their history. The scans are not touched."""
    from services.desk import open_catalogue, open_desk
    from services.remove import remove_register

    settings = settings_for(workspace)
    with open_catalogue(settings) as catalogue:
        summary = catalogue.registers.summary(register_id)
    if not yes:
        click.confirm(f"Remove {register_id} with {summary.entries:,} entries and their history?", abort=True)
    with open_desk(settings) as desk:
        remove_register(desk, register_id)
    click.echo(f"{register_id} is removed")


@command.command()
@click.argument("file", type=click.Path(path_type=Path, exists=True, dir_okay=False), metavar="FILE")
@workspace_option
def inventory(file: Path, workspace: Path | None) -> None:
    """Import the archive's list of what exists: a CSV file with place, kind, from, to, cote, state.

    It takes the place of the list imported before. States: read, partly_read, not_read, not_digitized,
    lost, none_recorded. A file with a wrong row changes nothing.
    """
    from services.desk import open_catalogue
    from services.inventory import import_inventory, read_inventory

    found = read_inventory(file)
    if found.problems:
        raise UsageError(
            f"{file.name}: " + "\n".join(found.problems),
            advice=f"nothing was imported: put the {len(found.problems)} rows right and import again",
        )
    with open_catalogue(settings_for(workspace)) as catalogue:
        import_inventory(catalogue, found.holdings)
    click.echo(f"{len(found.holdings):,} lines of the inventory are imported")


def _json_summary(summary: RegisterSummary) -> dict[str, Any]:
    return {
        "id": summary.register.id,
        "folder": summary.register.folder,
        "scans": summary.scans,
        "pages": {outcome.value: count for outcome, count in summary.pages.items()},
        "failures": summary.failures,
        "rows": summary.entries,
        "flags": {flag.value: count for flag, count in summary.flags.items()},
        "sections": [
            {
                "id": section.id,
                "commune": section.description.commune,
                "cote": section.description.cote,
                "kinds": [kind.value for kind in section.description.kinds],
                "period": str(section.period) if section.period else None,
                "conflicts": list(section.conflicts),
            }
            for section in summary.sections
        ],
    }


def _line(summary: RegisterSummary) -> str:
    pages = ", ".join(f"{count} {outcome.value}" for outcome, count in summary.pages.items())
    failed = f", {summary.failures} failed" if summary.failures else ""
    return f"{summary.register.id}: {pages}{failed}; {summary.entries:,} rows"
