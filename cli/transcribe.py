"""feuillet transcribe export|import"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option, name_of, print_json, settings_for, workspace_option
from registers.errors import EXIT_OK, EXIT_SOME_FAILED, UsageError

if TYPE_CHECKING:
    from services.desk import Desk
    from services.transcribe import Imported

_register_option = click.option("--register", "register_id", metavar="R", help="Id of the register.")


@click.group()
def command() -> None:
    """Take rows out to correct them in a spreadsheet or in eScriptorium, and take them in again."""


@command.command("export")
@workspace_option
@click.option("--register", "register_id", required=True, metavar="R", help="Id of the register.")
@click.option(
    "--format",
    "name",
    type=click.Choice(["csv", "page"]),
    default="csv",
    show_default=True,
    help="A table of rows, or PAGE XML, one file per scan.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="PATH",
    help="File (csv) or folder (page).  [standard output; a folder named after the register]",
)
def export_rows(workspace: Path | None, register_id: str, name: str, out: Path | None) -> None:
    """Write the rows of a register with their places on the scans."""
    from services.desk import open_catalogue

    with open_catalogue(settings_for(workspace)) as catalogue:
        if name == "page":
            from services.transcribe_pages import export_pages
            from store.clock import now
            from store.workspace import Workspace

            folder = out or Path(register_id.replace("/", "_"))
            count = 0
            for file, content in export_pages(catalogue, register_id, now()):
                Workspace(folder).write(folder / file, content)
                count += 1
            click.echo(f"{count} files in {folder}")
            return
        from services.transcribe import export_rows as rows

        lines = rows(catalogue, register_id)
        if out is None:
            sys.stdout.buffer.writelines(line.encode("utf-8", "backslashreplace") for line in lines)
            return
        from store.workspace import atomic_file

        with atomic_file(out) as target:
            target.writelines(line.encode("utf-8", "backslashreplace") for line in lines)


@command.command("import")
@click.argument(
    "files",
    nargs=-1,
    required=True,
    type=click.Path(path_type=Path, exists=True, dir_okay=False),
    metavar="FILE...",
)
@workspace_option
@_register_option
@click.option("--who", default="", metavar="NAME", help="Who corrected.  [your user name]")
@json_option
def import_rows(
    files: tuple[Path, ...], workspace: Path | None, register_id: str | None, who: str, as_json: bool
) -> int:
    """Take corrected rows in: CSV files, or PAGE XML files of one --register.

    Lines that are wrong, and rows that were changed meanwhile, are named and left out; the others are
    taken. Exit status: 0 when all were taken, 1 otherwise; 2 where a file is of another kind or cannot be
    read to its end: then nothing is taken, of no file.
    """
    from services.desk import open_desk

    who = name_of(who)
    with open_desk(settings_for(workspace)) as desk:
        done = _imported(desk, files, register_id, who)
    problems = [problem for one in done for problem in (*one.problems, *one.conflicts)]
    if as_json:
        print_json([asdict(one) for one in done])
    else:
        for problem in problems:
            click.echo(problem, err=True)
        corrected, checked = sum(one.corrected for one in done), sum(one.checked for one in done)
        same = sum(one.unchanged for one in done)
        transcribed = sum(one.transcribed for one in done)
        click.echo(
            f"{corrected:,} corrected, {checked:,} checked, {same:,} as they were, {len(problems):,} left out"
            + (f"; {transcribed:,} of them transcribed word for word" if transcribed else "")
        )
    return EXIT_SOME_FAILED if problems else EXIT_OK


def _imported(desk: Desk, files: tuple[Path, ...], register_id: str | None, who: str) -> list[Imported]:
    """Take the files in, once all of them could be read."""
    from services.transcribe import read_sheet, take_sheet
    from services.transcribe_pages import read_pages, take_pages

    paths = [path for path in files if path.suffix.lower() == ".xml"]
    if paths and not register_id:
        raise UsageError("PAGE XML does not name its register", advice="give --register")
    sheets = [read_sheet(path) for path in files if path not in paths]
    pages = read_pages(desk.catalogue, register_id, paths) if register_id and paths else ()
    done = [take_sheet(desk, sheet, who) for sheet in sheets]
    if register_id and pages:
        done.append(take_pages(desk, register_id, pages, who))
    return done
