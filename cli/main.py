"""The command line: a thin door. Commands are imported only when they are called."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any, NoReturn

import click

from registers import __version__
from registers.errors import EXIT_INTERRUPTED, EXIT_OK, EXIT_USAGE, FeuilletError

_COMMANDS = {
    "digitize": ("cli.digitize", "Read scans, understand them, make them searchable."),
    "search": ("cli.search", "Find people."),
    "serve": ("cli.serve", "Open the clerk's search page."),
    "export": ("cli.export", "Write entries as CSV, JSON Lines, ALTO or PAGE."),
    "registers": ("cli.registers", "List, show, correct and remove registers, and the archive's inventory."),
    "index": ("cli.index", "Build, switch and drop generations of the index."),
    "correct": ("cli.correct", "Correct an entry, confirm it, take a change back."),
    "transcribe": ("cli.transcribe", "Export and import transcriptions of rows."),
    "train": ("cli.train", "Adapt the model of handwriting to one register."),
    "doctor": ("cli.doctor", "Check programs, models and space, and say what to do."),
    "settings": ("cli.settings", "List every setting with its value and its meaning."),
}


class LazyGroup(click.Group):
    """Knows its commands by name and help line; imports one when it is called."""

    def invoke(self, ctx: click.Context) -> Any:
        try:
            answer = super().invoke(ctx)
            sys.stdout.flush()
        except BrokenPipeError:  # `| head` has seen enough
            # Else the interpreter flushes what is left when it ends, and complains.
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
            return EXIT_OK
        return answer

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(_COMMANDS[cmd_name][0])
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl([(name, text) for name, (_, text) in _COMMANDS.items()])


@click.group(
    cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100}
)
@click.version_option(__version__, prog_name="feuillet")
def feuillet() -> None:
    """Turn scans of French civil-status tables into answers.

    \b
    feuillet digitize FOLDER      read a folder of scans, one register per folder
    feuillet serve                open the search page
    feuillet search "Lefebvre Jean vers 1884"
    """


def main() -> NoReturn:
    """Run a command; errors become one line and an exit status (see registers/errors.py)."""
    try:
        status = feuillet.main(prog_name="feuillet", standalone_mode=False)
    except FeuilletError as error:
        _complain(str(error))
        sys.exit(error.exit_code)
    except click.ClickException as error:
        error.show()
        sys.exit(EXIT_USAGE)
    except (KeyboardInterrupt, click.Abort):
        _complain("interrupted; the same command goes on where it stopped")
        sys.exit(EXIT_INTERRUPTED)
    sys.exit(status if isinstance(status, int) else EXIT_OK)


def _complain(text: str) -> None:
    click.echo(f"feuillet: {text}", err=True)
