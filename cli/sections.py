"""feuillet registers section"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, name_of, print_json, settings_for, workspace_option
from registers.entry import Kind
from registers.errors import ConfigurationError, UsageError
from registers.register import Description

if TYPE_CHECKING:
    from registers.register import Section
    from registers.settings import Settings
    from services.by_hand import SectionCorrection
    from services.desk import Desk

    _Found = tuple[Sequence[Section], Sequence[SectionCorrection]]
    _Change = Callable[[Desk], Sequence[Section]]


@click.command()
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
    settings = settings_for(workspace)
    description = _said(**said)
    if undo:
        if section_id or views or description != Description():
            raise UsageError("--undo takes the latest correction back and corrects nothing else")
        sections, made = _changed(settings, register_id, _undo(register_id))
    elif section_id is not None or views is not None:
        correction = _correction(register_id, section_id, views, description, name_of(who))
        sections, made = _changed(settings, register_id, correction)
    elif description != Description():
        raise UsageError(
            "no section is named",
            advice=f"`feuillet registers section {register_id}` lists them, or give --views",
        )
    else:
        sections, made = _listed(settings, register_id)
    _say_sections(sections, made, as_json=as_json)


def _listed(settings: Settings, register_id: str) -> _Found:
    from services.desk import open_catalogue
    from services.sections import section_corrections

    with open_catalogue(settings) as catalogue:
        catalogue.registers.get(register_id)
        return catalogue.registers.sections(register_id), section_corrections(catalogue, register_id)


def _correction(
    register_id: str, section_id: str | None, views: str | None, description: Description, who: str
) -> _Change:
    from services.sections import correct_section, correct_views

    if views is None:
        return lambda desk: correct_section(desk, register_id, str(section_id), description, who)
    if section_id is not None:
        raise UsageError("give a section or --views, not both")
    extent = _range(views)
    return lambda desk: correct_views(desk, register_id, extent, description, who)


def _undo(register_id: str) -> _Change:
    from services.sections import undo_section

    return lambda desk: undo_section(desk, register_id)


def _changed(settings: Settings, register_id: str, change: _Change) -> _Found:
    """The sections once the change is made; says what is to be read again because of it."""
    from services.desk import open_desk
    from services.sections import scans_decoded_otherwise, section_corrections

    with open_desk(settings) as desk:
        sections = change(desk)
        made = section_corrections(desk.catalogue, register_id)
        outdated = scans_decoded_otherwise(desk.catalogue, register_id)
    if outdated:
        click.echo(
            f"note: {outdated:,} scan{'' if outdated == 1 else 's'} of handwriting read under another period:"
            " feuillet digitize PATH --again outdated reads what is outdated",
            err=True,
        )
    return sections, made


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
        print_json([json_section(found) | {"by_hand": _by_hand(found, made)} for found in sections])
        return
    for found in sections:
        click.echo(section_line(found))
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


def section_line(found: Section) -> str:
    """A section in one line."""
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


def json_section(found: Section) -> dict[str, Any]:
    """A section as --json gives it."""
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
