"""feuillet train handwriting"""

from __future__ import annotations

import sys
import time
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING

import click

from cli.options import json_option, print_json, settings_for, workspace_option
from registers.errors import EXIT_INTERRUPTED, EXIT_OK

if TYPE_CHECKING:
    from services.train import Trained


@click.group()
def command() -> None:
    """Learn from what people have corrected."""


@command.command()
@click.option("--register", "register_id", required=True, metavar="R", help="Id of the register.")
@workspace_option
@click.option(
    "--minutes",
    type=click.FloatRange(min=0.1, max=600),
    default=10.0,
    show_default=True,
    metavar="N",
    help="How long to train at most; it stops sooner where nothing more is won.",
)
@click.option(
    "--from-readings",
    is_flag=True,
    help="Learn from dates that reading is sure of, too: no row need be checked.",
)
@click.option("--forget", is_flag=True, help="Go back to the model that ships with feuillet.")
@json_option
def handwriting(
    register_id: str,
    workspace: Path | None,
    minutes: float,
    from_readings: bool,
    forget: bool,
    as_json: bool,
) -> int:
    """Adapt the model of handwriting to the hand of one register.

    It learns from the rows of the register that were corrected, checked or transcribed (feuillet transcribe,
    feuillet correct, the search page): 50 to 200 are good. The adapted model is kept with the register if it
    reads rows better that it has not learnt from, and reads the register from then on:

    \b
        feuillet digitize PATH --again outdated

    With --from-readings it learns from the dates that the register's period leaves no doubt of as well, and
    is judged by some of them: less than people's corrections teach, but for nothing.

    What people have checked is not touched. Needs the extra `training`. Interrupted with Ctrl-C it keeps
    nothing and changes nothing.
    """
    if forget and from_readings:
        raise click.UsageError("--from-readings learns a hand, --forget gives it up: choose one")
    from services.desk import open_catalogue
    from services.train import forget_hand, train_hand

    settings = settings_for(workspace)
    progress = _Progress()
    with open_catalogue(settings) as catalogue:
        if forget:
            return _forgotten(register_id, had=forget_hand(settings, catalogue, register_id), as_json=as_json)
        try:
            done = train_hand(
                settings,
                catalogue,
                register_id,
                minutes=minutes,
                watch=progress,
                from_readings=from_readings,
            )
        except KeyboardInterrupt:
            progress.close()
            click.echo(f"feuillet: interrupted; {register_id} is read as before", err=True)
            return EXIT_INTERRUPTED
        finally:
            progress.close()
    if as_json:
        print_json(asdict(done))
    else:
        click.echo("\n".join(_said(done)))
    return EXIT_OK


def _forgotten(register_id: str, *, had: bool, as_json: bool) -> int:
    if as_json:
        print_json({"register_id": register_id, "forgotten": had})
    elif had:
        click.echo(f"{register_id} is read with the shipped model again")
        click.echo("feuillet digitize PATH --again outdated reads its pages anew")
    else:
        click.echo(f"{register_id} has no model of its own")
    return EXIT_OK


def _said(done: Trained) -> list[str]:
    """What it was trained on, and what that changed, in words."""
    guessed = f" and {done.guessed:,} others that it became sure of" if done.guessed else ""
    dropped = f"; {done.dropped:,} could not be made out" if done.dropped else ""
    rows = f"{done.rows:,} rows, " if done.rows else ""
    found = [
        f"{done.register_id}: {rows}{done.lines:,} cells to learn from{guessed}{dropped}",
        f"{done.held_out:,} cells held out: {_percent(done.cer_before)} of their characters misread before,"
        f" {_percent(done.cer_after)} after; {_percent(done.exact_before)} read without a mistake before,"
        f" {_percent(done.exact_after)} after",
    ]
    if done.cer_own is not None:
        found.append(f"the model that {done.register_id} had misread {_percent(done.cer_own)} of them")
    if done.kept:
        found.append(
            f"kept as {done.version}: feuillet digitize PATH --again outdated reads the register with it"
        )
    else:
        own = "" if done.cer_own is None else " or than the register's own"
        found.append(
            f"not kept: it reads no better than the model before{own}; correct more rows and try again"
        )
    return found


def _percent(share: float) -> str:
    return f"{100 * share:.1f} %"


class _Progress:
    """One moving line for a person, a line a minute for a log; on standard error."""

    def __init__(self) -> None:
        self._moving = sys.stderr.isatty()
        self._said = 0.0
        self._started = time.monotonic()
        self._shown = False

    def __call__(self, doing: str, share: float) -> None:
        now = time.monotonic()
        if self._shown and now - self._said < (0.2 if self._moving else 60):
            return
        self._said, self._shown = now, True
        line = f"{100 * share:3.0f} %, {(now - self._started) / 60:.1f} min · {doing}"
        sys.stderr.write(f"\r\x1b[K{line[:110]}" if self._moving else line + "\n")
        sys.stderr.flush()

    def close(self) -> None:
        if self._moving and self._shown:
            sys.stderr.write("\r\x1b[K")
            sys.stderr.flush()
            self._shown = False
