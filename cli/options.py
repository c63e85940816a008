"""Options and small manners that all commands share."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

import click

from registers.errors import ConfigurationError
from registers.settings import Settings, settings_from

_Function = TypeVar("_Function", bound=Callable[..., Any])

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


def existing_workspace(settings: Settings) -> None:
    """Raises ConfigurationError where nothing was ever digitized."""
    if not Path(settings.store.workspace).is_dir() and not settings.store.database_url:
        raise ConfigurationError(
            f"there is no workspace in {settings.store.workspace}",
            advice="digitize something first, or name another with --workspace",
        )


def print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=None, default=str))
