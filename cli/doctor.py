"""feuillet doctor"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.errors import EXIT_MISSING_PROGRAM, EXIT_OK


@click.command()
@workspace_option
@json_option
def command(workspace: Path | None, as_json: bool) -> int:
    """Check programs, versions, models and space; say what to do about what is missing.

    Exit status: 0 when all that is needed is there, 4 otherwise.
    """
    from services.doctor import examine

    checks = examine(settings_for(workspace))
    if as_json:
        print_json([asdict(check) for check in checks])
    else:
        for check in checks:
            mark = "ok     " if check.ok else "MISSING" if check.needed else "absent "
            click.echo(f"{mark} {check.name}: {check.detail}")
            if check.advice and not check.ok:
                click.echo(f"        {check.advice}")
    return EXIT_OK if all(check.ok or not check.needed for check in checks) else EXIT_MISSING_PROGRAM
