"""feuillet serve"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import click

from cli.options import settings_for, workspace_option


@click.command()
@workspace_option
@click.option("--host", metavar="H", help="Address to listen on.  [127.0.0.1]")
@click.option("--port", type=click.IntRange(0, 65535), metavar="P", help="Port; 0 takes a free one.  [8765]")
@click.option(
    "--open", "open_page", is_flag=True, help="Open the page in a browser, on another port if busy."
)
def command(workspace: Path | None, host: str | None, port: int | None, open_page: bool) -> None:
    """Open the clerk's search page. Ctrl-C stops it."""
    from search_ui.server import serve

    settings = settings_for(workspace)
    desk = settings.desk
    if host is not None:
        desk = replace(desk, host=host)
    if port is not None:
        desk = replace(desk, port=port)
    serve(replace(settings, desk=desk), announce=click.echo, open_page=open_page, any_port=open_page)
