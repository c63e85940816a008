"""Options and small manners that all commands share."""

from __future__ import annotations

import getpass
import json
import os
from dataclasses import replace
from pathlib import Path

import click

from registers.errors import UsageError
from registers.settings import Settings, settings_from

workspace_option = click.option(
    "--workspace",
    type=click.Path(path_type=Path, file_okay=False),
    metavar="DIR",
    help="Folder of the catalogue and the index.  [FEUILLET_WORKSPACE, else ./workspace]",
)
json_option = click.option("--json", "as_json", is_flag=True, help="Print JSON for machines.")


def settings_for(workspace: Path | None) -> Settings:
    """Settings of the environment, the workspace overridden by the option."""
    settings = settings_from(os.environ)
    if workspace is not None:
        settings = replace(settings, store=replace(settings.store, workspace=str(workspace)))
    return settings


def name_of(who: str) -> str:
    """Under whose name a change is kept: the one that --who gives, else that of the user's account.

    Raises UsageError for an account without a name, as in a container that runs under a bare number.
    """
    try:
        return who or getpass.getuser()
    except (OSError, KeyError, ImportError) as error:
        raise UsageError("your account has no name to keep changes under", advice="give --who") from error


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=None, default=str))
