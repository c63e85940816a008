"""feuillet index build|status|switch|drop"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.options import json_option, print_json, settings_for, workspace_option


@click.group()
def command() -> None:
    """Build, switch and drop generations of the index. The catalogue is the record; nothing is lost here."""


@command.command()
@workspace_option
def build(workspace: Path | None) -> None:
    """Build a new generation from the catalogue and switch to it; searches go on meanwhile."""
    from services.desk import open_desk
    from services.publish import rebuild

    settings = settings_for(workspace)
    with open_desk(settings) as desk:
        done = rebuild(desk.catalogue, desk.engine, settings.search)
    click.echo(f"{done.generation}: {done.put:,} entries")


@command.command()
@workspace_option
@json_option
def status(workspace: Path | None, as_json: bool) -> None:
    """The engine, its generations and which one is searched."""
    from services.desk import open_desk

    with open_desk(settings_for(workspace)) as desk:
        health = desk.engine.health()
        generations = desk.engine.generations() if health.available else ()
    if as_json:
        print_json(asdict(health) | {"generations": [asdict(info) for info in generations]})
        return
    click.echo(f"{health.engine}: {'answers' if health.available else 'away'} {health.detail}".rstrip())
    for info in generations:
        mark = "*" if info.current else " "
        click.echo(f"{mark} {info.name}  {info.entries:,} entries  {info.bytes / 1e6:.1f} MB")


@command.command()
@click.argument("generation")
@workspace_option
def switch(generation: str, workspace: Path | None) -> None:
    """Search another generation from now on, at once for all readers."""
    from services.desk import open_desk

    with open_desk(settings_for(workspace)) as desk:
        desk.engine.switch(generation)
    click.echo(f"{generation} is searched now")


@command.command()
@click.argument("generation")
@workspace_option
def drop(generation: str, workspace: Path | None) -> None:
    """Remove a generation that is not searched."""
    from services.desk import open_desk

    with open_desk(settings_for(workspace)) as desk:
        desk.engine.drop(generation)
    click.echo(f"{generation} is dropped")
