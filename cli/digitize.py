"""feuillet digitize"""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from dataclasses import asdict, replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.settings import Settings

if TYPE_CHECKING:
    from services.bench import Bench


@click.command()
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="PATH...")
@workspace_option
@click.option(
    "--engine",
    type=click.Choice(["auto", "tesseract", "handwriting"]),
    help="Reader for all pages; auto chooses page by page.  [auto]",
)
@click.option(
    "--again",
    type=click.Choice(["failed", "unread", "outdated", "all"]),
    help="Read again what failed, what nobody could read, what an earlier version read, or all.",
)
@click.option("--jobs", type=click.IntRange(1), metavar="N", help="Processes that read.  [one per core]")
@click.option("--quiet", is_flag=True, help="No progress, only the report.")
@json_option
def command(
    paths: tuple[Path, ...],
    workspace: Path | None,
    engine: str | None,
    again: str | None,
    jobs: int | None,
    quiet: bool,
    as_json: bool,
) -> int:
    """Read scans, understand them and make them searchable.

    Every folder that directly holds scans is a register; a file given alone is one. What is done is
    left alone: stop at any moment with Ctrl-C and start again with the same command.

    The first scans of a handwritten register teach the reader its hand; they are read once
    more with them, then the others (FEUILLET_LEARN_HAND=never: not).

    Exit status: 0 all pages came to an outcome, 1 some pages or files failed (they are listed),
    5 every file failed, 130 interrupted.
    """
    from cli.progress import Progress
    from services.digitize import digitize
    from services.report import report_lines
    from services.watch import Watch
    from store.kept import Again

    progress = Progress(quiet=quiet)
    settings = _with_options(settings_for(workspace), engine, jobs)
    os.environ.setdefault("OMP_THREAD_LIMIT", "1")
    try:
        report = digitize(
            paths,
            settings,
            _prefect_runner,
            again=Again(again) if again else None,
            watch=Watch(progress.expect, progress.advance, progress.more, progress.learning),
        )
    finally:
        progress.close()
    if as_json:
        print_json(asdict(report) | {"exit_code": report.exit_code})
    else:
        sys.stdout.write("\n".join(report_lines(report)) + "\n")
    return report.exit_code


def _with_options(settings: Settings, engine: str | None, jobs: int | None) -> Settings:
    if engine is not None:
        settings = replace(settings, read=replace(settings.read, engine=engine))
    if jobs is not None:
        settings = replace(settings, batch=replace(settings.batch, jobs=jobs))
    return settings


def _prefect_runner() -> Callable[[Bench], None]:
    from flows.run import run_with_prefect

    return run_with_prefect
