"""feuillet registers list|show|section|proposals|remove|inventory"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from cli.proposals import proposals
from cli.sections import json_section, section, section_line
from registers.errors import UsageError

if TYPE_CHECKING:
    from services.train import OwnHand
    from store.kept import RegisterSummary, StoredPage


@click.group()
def command() -> None:
    """List, show and remove registers, put their sections right, see what was read anew beside checked rows.

    The archive's inventory is imported here too.
    """


command.add_command(section)
command.add_command(proposals)


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
    """One register: its sections, pages and failures, and the model of its own hand where it has one."""
    from services.desk import open_catalogue
    from services.train import own_hand

    settings = settings_for(workspace)
    with open_catalogue(settings) as catalogue:
        summary = catalogue.registers.summary(register_id)
        pages = catalogue.pages.pages_of(register_id)
        failures = catalogue.pages.failures(register_id)
    hand = own_hand(settings, register_id)
    if as_json:
        details = {
            "page_list": [_json_page(stored) for stored in pages],
            "failure_list": [asdict(failure) for failure in failures],
            "own_hand": asdict(hand) if hand else None,
        }
        print_json(_json_summary(summary) | details)
        return
    click.echo(_line(summary))
    for found in summary.sections:
        click.echo("  section " + section_line(found))
    if hand is not None:
        click.echo(f"  {_hand_line(hand)}")
    for stored in pages:
        reason = f" ({stored.page.reason})" if stored.page.reason else ""
        click.echo(
            f"  {stored.scan.image} {stored.side.value}: {stored.page.outcome.value},"
            f" {stored.page.page_class.value}, {stored.row_count} rows{reason}"
        )
    for failure in failures:
        click.echo(f"  failed {Path(failure.path).name}: {failure.message} ({failure.advice})")


def _hand_line(hand: OwnHand) -> str:
    facts = hand.facts
    learnt = f"{facts.rows:,} rows" if facts.rows else "its own readings"
    what, anew = ("model", "feuillet train handwriting makes it anew")
    if hand.letters_only:
        what, anew = ("letters", "feuillet digitize PATH --again outdated learns them anew")
    said = (
        f"its handwriting is read with its own {what} {hand.version}, made {facts.made_at[:10]} from"
        f" {learnt}: of {facts.held_out:,} cells held out, {100 * facts.cer_before:.1f} % of the characters"
        f" were misread before, {100 * facts.cer_after:.1f} % after"
    )
    return f"{said}; another model ships now ({anew})" if hand.outdated else said


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
        published = remove_register(desk, register_id)
    click.echo(f"{register_id} is removed")
    if not published:
        click.echo("the index cannot be brought up to date now, and will be later", err=True)


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
        "sections": [json_section(found) for found in summary.sections],
    }


def _json_page(stored: StoredPage) -> dict[str, Any]:
    return {
        "page_id": stored.page.id,
        "image": stored.scan.image,
        "side": stored.side.value,
        "view": stored.view,
        "outcome": stored.page.outcome.value,
        "page_class": stored.page.page_class.value,
        "rows": stored.row_count,
        "reason": stored.page.reason,
    }


def _line(summary: RegisterSummary) -> str:
    pages = ", ".join(f"{count} {outcome.value}" for outcome, count in summary.pages.items())
    failed = f", {summary.failures} failed" if summary.failures else ""
    return f"{summary.register.id}: {pages}{failed}; {summary.entries:,} rows"
