"""feuillet export"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import settings_for, workspace_option
from registers.errors import UsageError

if TYPE_CHECKING:
    from store.catalogue import Catalogue

_DOCUMENTS = ("alto", "page")


@click.command()
@click.option(
    "--format",
    "name",
    type=click.Choice(["csv", "jsonl", *_DOCUMENTS]),
    default="csv",
    show_default=True,
    help="Entries in one table (csv, jsonl), or what was read of each scan as XML.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File (csv, jsonl) or folder (alto, page).  [standard output; a folder must be named]",
)
@workspace_option
def command(name: str, out: Path | None, workspace: Path | None) -> None:
    """Write all entries as CSV or JSON Lines, or what was read as ALTO or PAGE XML.

    Entries are sorted by register, page, side and row; the same catalogue gives the same bytes. XML has
    one file per scan, in a folder for each register.
    """
    from services.desk import open_catalogue

    if name in _DOCUMENTS and out is None:
        raise UsageError(f"{name} is written as one file per scan", advice="name a folder with --out")
    if name not in _DOCUMENTS and out is not None and out.is_dir():
        raise UsageError(f"{out} is a folder", advice="name a file with --out")
    with open_catalogue(settings_for(workspace)) as catalogue:
        if name in _DOCUMENTS and out is not None:
            _write_documents(catalogue, name, out)
        else:
            _write_entries(catalogue, name, out)


def _write_documents(catalogue: Catalogue, name: str, folder: Path) -> None:
    from store.clock import now
    from store.export.documents import export_to_folder

    count = export_to_folder(catalogue, name, folder, now())
    click.echo(f"{count:,} files in {folder}")


def _write_entries(catalogue: Catalogue, name: str, file: Path | None) -> None:
    from store.export.write import export_to_file, export_to_stream

    if file is None:
        export_to_stream(catalogue, name, sys.stdout.buffer)
    else:
        export_to_file(catalogue, name, file)
