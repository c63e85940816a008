"""feuillet correct"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from cli.options import json_option, name_of, print_json, settings_for, workspace_option
from registers.entry import Kind
from registers.errors import UsageError

if TYPE_CHECKING:
    from ner.reflow import ReflowPreview
    from registers.settings import Settings
    from services.correct import Corrected, CorrectionValues
    from services.desk import Desk
    from store.kept import StoredEntry


@click.command()
@click.argument("entry_id", required=False, metavar="ENTRY_ID")
@workspace_option
@click.option("--surname", metavar="TEXT", help="Its surname; rows that repeat it by a ditto follow.")
@click.option("--given-names", metavar="TEXT", help="Given names, also abbreviated.")
@click.option("--spouse-surname", metavar="TEXT", help="The spouse's surname.")
@click.option("--spouse-given-names", metavar="TEXT", help="The spouse's given names.")
@click.option("--date", metavar="TEXT", help="Date, as 19/12/1883 or as the register writes it.")
@click.option("--kind", type=click.Choice([kind.value for kind in Kind]), help="Kind of act.")
@click.option("--act-number", metavar="TEXT", help="Number of the act.")
@click.option("--remarks", metavar="TEXT", help="Remarks.")
@click.option("--as-it-stands", is_flag=True, help="Confirm the entry without a change.")
@click.option("--accept-proposed", "accept", is_flag=True, help="Take over what was read of it later.")
@click.option("--dismiss-proposed", "dismiss", is_flag=True, help="Decline what was read of it later.")
@click.option("--undo", "change", type=int, metavar="CHANGE", help="Take a change back as a whole.")
@click.option("--who", default="", metavar="NAME", help="Who corrects.  [your user name]")
@click.option("--version", "base", type=int, metavar="N", help="Refuse if the entry has another version.")
@click.option("--history", is_flag=True, help="List the entry's versions: which change, who, when.")
@click.option("--preview", is_flag=True, help="Say what would change, and change nothing.")
@json_option
def command(
    entry_id: str | None,
    workspace: Path | None,
    change: int | None,
    who: str,
    base: int | None,
    history: bool,
    preview: bool,
    as_it_stands: bool,
    accept: bool,
    dismiss: bool,
    as_json: bool,
    **values: Any,
) -> None:
    """Correct an entry, confirm it, or take a correction back.

    An empty text ("") empties a field. What is written on the page stays searchable, and every change is
    kept with who made it and when. What was read of an entry after a person had checked it is only offered:
    `feuillet registers proposals` lists that.
    """
    from services.correct import CorrectionValues, correct, preview_reflow, undo
    from services.desk import open_desk

    if values["kind"]:
        values["kind"] = Kind(values["kind"])
    said = CorrectionValues(**values)
    decided = accept or dismiss
    if history:
        if entry_id is None or change is not None or not said.empty or as_it_stands or decided or preview:
            raise UsageError("--history lists one entry's versions and corrects nothing")
        _say_history(settings_for(workspace), entry_id, as_json=as_json)
        return
    _refuse_nonsense(entry_id, change, said, as_it_stands=as_it_stands, decided=decided)
    if dismiss and (accept or preview):
        raise UsageError("--dismiss-proposed declines what was read later, and does nothing beside it")
    if preview and change is not None:
        raise UsageError("--undo has no preview", advice="--history lists what an entry was before")
    who = "" if preview else name_of(who)
    with open_desk(settings_for(workspace)) as desk:
        if change is not None:
            done = undo(desk, change, who)
            _say_entries(done.entries, as_json=as_json, published=done.published)
        elif decided:
            _decide(desk, str(entry_id), who, base, accept=accept, preview=preview, as_json=as_json)
        elif preview:
            _say_preview(preview_reflow(desk, str(entry_id), said), as_json=as_json)
        else:
            version = base if base is not None else _version(desk, str(entry_id))
            _say_corrected(correct(desk, str(entry_id), said, who, version), as_json=as_json)


def _refuse_nonsense(
    entry_id: str | None, change: int | None, said: CorrectionValues, *, as_it_stands: bool, decided: bool
) -> None:
    if change is not None:
        if entry_id is not None or not said.empty or as_it_stands or decided:
            raise UsageError("--undo takes a change back and corrects nothing else")
        return
    if entry_id is None:
        raise UsageError(
            "no entry is named", advice="`feuillet search` and `feuillet export` show the ids of entries"
        )
    if decided:
        if not said.empty or as_it_stands:
            raise UsageError(
                "what was read later is taken over or declined as a whole, with no values beside it"
            )
        return
    if said.empty and not as_it_stands:
        raise UsageError("nothing to correct", advice="give a value, or --as-it-stands")
    if not said.empty and as_it_stands:
        raise UsageError("--as-it-stands confirms; it takes no values beside it")


def _decide(
    desk: Desk, entry_id: str, who: str, base: int | None, *, accept: bool, preview: bool, as_json: bool
) -> None:
    from services.proposals import accept_proposed, dismiss_proposed, preview_proposed

    if preview:
        _say_preview(preview_proposed(desk, entry_id), as_json=as_json)
        return
    version = base if base is not None else _version(desk, entry_id)
    if accept:
        _say_corrected(accept_proposed(desk, entry_id, who, version), as_json=as_json)
        return
    stored = dismiss_proposed(desk, entry_id, version)
    if as_json:
        print_json({"entries": [_json(stored)]})
    else:
        click.echo(f"{entry_id}: stays as it is; this reading is not offered again")


def _version(desk: Desk, entry_id: str) -> int:
    return desk.catalogue.entries.get(entry_id).version


def _say_history(settings: Settings, entry_id: str, *, as_json: bool) -> None:
    from services.desk import open_catalogue

    with open_catalogue(settings) as catalogue:
        versions = catalogue.entries.history(entry_id)
    listed = [
        {
            "version": past.version,
            "change": past.change_id,
            "action": past.action.value,
            "who": past.who,
            "at": past.at,
            "surname": past.entry.person.surname,
            "given_names": past.entry.person.given_names,
            "date_iso": past.entry.date.iso,
        }
        for past in versions
    ]
    if as_json:
        print_json(listed)
        return
    for said in listed:
        name = f"{str(said['surname']).upper()} {said['given_names']}".strip()
        words = (f"version {said['version']}", f"change {said['change']}", said["action"], said["who"])
        click.echo(" · ".join(str(word) for word in (*words, said["at"], name, said["date_iso"]) if word))


def _say_preview(preview: ReflowPreview, *, as_json: bool) -> None:
    changes = [
        {
            "entry_id": change.entry_id,
            "before": {"surname": change.before.surname, "given_names": change.before.given_names},
            "after": {"surname": change.after.surname, "given_names": change.after.given_names},
        }
        for change in preview.changes
    ]
    if as_json:
        print_json({"changes": changes, "kept": preview.kept})
        return
    for change in preview.changes:
        before, after = change.before, change.after
        click.echo(
            f"{change.entry_id}: {before.surname.upper()} {before.given_names}"
            f" -> {after.surname.upper()} {after.given_names}"
        )
    for key in preview.kept:
        click.echo(f"{key}: stays as a person left it")


def _say_corrected(done: Corrected, *, as_json: bool) -> None:
    entries = (done.stored, *done.followers)
    _say_entries(entries, as_json=as_json, published=done.published, kept=done.kept)
    if not as_json:
        click.echo(f"change {done.change_id}; `feuillet correct --undo {done.change_id}` takes it back")


def _say_entries(
    entries: tuple[StoredEntry, ...], *, as_json: bool, published: bool, kept: tuple[str, ...] = ()
) -> None:
    if as_json:
        print_json(
            {
                "change": entries[0].change_id,
                "entries": [_json(stored) for stored in entries],
                "kept": kept,
                "published": published,
            }
        )
        return
    for stored in entries:
        entry = stored.entry
        name = f"{entry.person.surname.upper()} {entry.person.given_names}".strip()
        said = [entry.id, name, entry.date.iso or entry.date.text, entry.state.value]
        click.echo(" · ".join(text for text in said if text))
    if not published:
        click.echo("kept; the index cannot be brought up to date now, and will be later", err=True)


def _json(stored: StoredEntry) -> dict[str, Any]:
    entry = stored.entry
    return {
        "entry_id": entry.id,
        "surname": entry.person.surname,
        "given_names": entry.person.given_names,
        "date_iso": entry.date.iso,
        "state": entry.state.value,
        "version": stored.version,
    }
