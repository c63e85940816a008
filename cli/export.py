"""feuillet export"""

from __future__ import annotations

import sys
from pathlib import Path

import click

from cli.options import settings_for, workspace_option


@click.command()
@click.option(
    "--format", "name", type=click.Choice(["csv", "jsonl"]), default="csv", show_default=True, help="Format."
)
@click.option(
    "--out", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="File.  [standard output]"
)
@workspace_option
def command(name: str, out: Path | None, workspace: Path | None) -> None:
    """Write all entries as CSV or JSON Lines, sorted by register, page, side and row.

    The same catalogue gives the same bytes.
    """
    from services.desk import open_catalogue
    from store.export.write import export_to_file, export_to_stream

    with open_catalogue(settings_for(workspace)) as catalogue:
        if out is None:
            export_to_stream(catalogue, name, sys.stdout.buffer)
        else:
            export_to_file(catalogue, name, out)
