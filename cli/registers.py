"""feuillet registers list|show|section|remove|inventory"""

from __future__ import annotations

import getpass
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.entry import Kind
from registers.errors import ConfigurationError, UsageError
from registers.register import Description

if TYPE_CHECKING:
    from registers.register import Section
    from services.by_hand import SectionCorrection
    from services.train import OwnHand
    from store.kept import RegisterSummary


@click.group()
def command() -> None:
    """List, show and remove registers; put their sections right; import the archive's inventory."""


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
            "own_hand": asdict(hand) if hand else None,
        }
        print_json(_json_summary(summary) | details)
        return
    click.echo(_line(summary))
    for found in summary.sections:
        click.echo("  section " + _section_line(found))
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


@command.command()
@click.argument("register_id", metavar="ID")
@click.argument("section_id", required=False, metavar="[SECTION]")
@workspace_option
@click.option("--views", metavar="40-72", help="These views, whatever sections were found there.")
@click.option("--commune", metavar="TEXT", help="Its commune.")
@click.option(
    "--kind",
    "kinds",
    multiple=True,
    type=click.Choice([kind.value for kind in Kind]),
    help="Its kind of acts; several times for a table that mixes them.",
)
@click.option("--from", "first", metavar="YEAR", help="First year or day of its period.")
@click.option("--to", "last", metavar="YEAR", help="Last year or day of its period.")
@click.option("--cote", metavar="TEXT", help="Its shelf mark.")
@click.option("--undo", is_flag=True, help="Take the latest correction of this register's sections back.")
@click.option("--who", default="", metavar="NAME", help="Who corrects.  [your user name]")
@json_option
def section(
    register_id: str,
    section_id: str | None,
    workspace: Path | None,
    views: str | None,
    undo: bool,
    who: str,
    as_json: bool,
    **said: Any,
) -> None:
    """Put right what is said of a section: its commune, kinds, period or cote.

    Without a correction it lists the sections with their ids, their views and who corrected what. A
    correction stands above register.toml and the banners; the register is understood again and published.
    Handwriting that was read under another period is outdated then: feuillet digitize PATH --again outdated.
    """
    from services.desk import open_catalogue, open_desk
    from services.sections import (
        correct_section,
        correct_views,
        scans_decoded_otherwise,
        section_corrections,
        undo_section,
    )

    settings = settings_for(workspace)
    description = _said(**said)
    if undo and (section_id or views or description != Description()):
        raise UsageError("--undo takes the latest correction back and corrects nothing else")
    if not undo and section_id is None and views is None:
        if description != Description():
            raise UsageError(
                "no section is named",
                advice=f"`feuillet registers section {register_id}` lists them, or give --views",
            )
        with open_catalogue(settings) as catalogue:
            catalogue.registers.get(register_id)
            sections = catalogue.registers.sections(register_id)
            made = section_corrections(catalogue, register_id)
    else:
        who = who or getpass.getuser()
        with open_desk(settings) as desk:
            if undo:
                sections = undo_section(desk, register_id)
            elif views is not None:
                if section_id is not None:
                    raise UsageError("give a section or --views, not both")
                sections = correct_views(desk, register_id, _range(views), description, who)
            else:
                sections = correct_section(desk, register_id, str(section_id), description, who)
            made = section_corrections(desk.catalogue, register_id)
            outdated = scans_decoded_otherwise(desk.catalogue, register_id)
        if outdated:
            click.echo(
                f"note: handwriting of {outdated:,} scans was read under another period;"
                " feuillet digitize PATH --again outdated reads them under this one",
                err=True,
            )
    _say_sections(sections, made, as_json=as_json)


def _said(
    commune: str | None, kinds: tuple[str, ...], first: str | None, last: str | None, cote: str | None
) -> Description:
    from services.register_file import stated_period

    bounds = {key: value for key, value in (("from", first), ("to", last)) if value is not None}
    try:
        period = stated_period(bounds)
    except ConfigurationError as error:
        raise UsageError(error.message, advice=error.advice) from None
    return Description(
        commune=(commune or "").strip() or None,
        kinds=tuple(Kind(kind) for kind in dict.fromkeys(kinds)),
        period=period,
        cote=(cote or "").strip() or None,
    )


def _range(views: str) -> tuple[int, int]:
    first, _, last = views.partition("-")
    if not first.strip().isdecimal() or (last and not last.strip().isdecimal()):
        raise UsageError(f"{views!r} is no range of views", advice="write the first and the last: 40-72")
    return int(first), int(last or first)


def _say_sections(sections: Sequence[Section], made: Sequence[SectionCorrection], *, as_json: bool) -> None:
    if as_json:
        print_json([_json_section(found) | {"by_hand": _by_hand(found, made)} for found in sections])
        return
    for found in sections:
        click.echo(_section_line(found))
    for correction in made:
        first, last = correction.said.first_view, correction.said.last_view
        click.echo(f"  by hand, {correction.at[:10]}, {correction.who}: views {first}-{last}")
    if not sections:
        click.echo("no sections yet")


def _by_hand(section: Section, made: Sequence[SectionCorrection]) -> list[dict[str, Any]]:
    """The corrections of a section's views; all of the register's where its views are not known."""
    known = section.first_view is not None and section.last_view is not None
    return [
        {
            "who": correction.who,
            "at": correction.at,
            "first_view": correction.said.first_view,
            "last_view": correction.said.last_view,
        }
        for correction in made
        if not known
        or (
            (correction.said.first_view or 1) <= (section.last_view or 0)
            and (section.first_view or 1) <= (correction.said.last_view or section.first_view or 1)
        )
    ]


def _section_line(found: Section) -> str:
    said = found.description
    views = f"views {found.first_view}-{found.last_view}" if found.first_view is not None else ""
    words = (
        found.id,
        said.commune,
        said.cote,
        ", ".join(kind.value for kind in said.kinds),
        said.period,
        views,
    )
    return " · ".join(str(word) for word in words if word)


def _hand_line(hand: OwnHand) -> str:
    facts = hand.facts
    said = (
        f"its own model {hand.version} reads its handwriting, made {facts.made_at[:10]} from {facts.rows:,}"
        f" rows: of {facts.held_out:,} cells held out, {100 * facts.cer_before:.1f} % of the characters were"
        f" misread before, {100 * facts.cer_after:.1f} % after"
    )
    if not hand.outdated:
        return said
    return f"{said}; another model ships now (feuillet train handwriting makes it anew)"


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
        "sections": [_json_section(found) for found in summary.sections],
    }


def _json_section(found: Section) -> dict[str, Any]:
    return {
        "id": found.id,
        "commune": found.description.commune,
        "cote": found.description.cote,
        "kinds": [kind.value for kind in found.description.kinds],
        "period": str(found.period) if found.period else None,
        "first_view": found.first_view,
        "last_view": found.last_view,
        "conflicts": list(found.conflicts),
    }


def _line(summary: RegisterSummary) -> str:
    pages = ", ".join(f"{count} {outcome.value}" for outcome, count in summary.pages.items())
    failed = f", {summary.failures} failed" if summary.failures else ""
    return f"{summary.register.id}: {pages}{failed}; {summary.entries:,} rows"
