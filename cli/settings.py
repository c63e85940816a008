"""feuillet settings"""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.settings import describe


@click.command()
@workspace_option
@json_option
def command(workspace: Path | None, as_json: bool) -> None:
    """List every setting: variable, value, meaning."""
    listed = tuple(describe(settings_for(workspace)))
    if as_json:
        print_json([asdict(setting) for setting in listed])
        return
    width = max(len(setting.environment) for setting in listed)
    for setting in listed:
        value = setting.value or "-"
        click.echo(f"{setting.environment:{width}}  {value}")
        click.echo(f"{'':{width}}  {setting.help}")
