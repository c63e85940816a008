"""Rows as a spreadsheet: out with their places, and back in as corrections, line by line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from ner.ditto import is_ditto
from registers.entry import Entry, PersonName, State
from registers.errors import ConflictError, FeuilletError, UsageError
from registers.knowledge import Holds
from services.correct import CorrectionValues, keep_correction, person
from services.desk import Desk
from services.publish import publish_now
from services.transcriptions import keep_transcriptions
from store.catalogue import Catalogue
from store.kept import StoredEntry

VALUES: Mapping[str, Callable[[Entry], str]] = {
    "surname": lambda entry: entry.person.surname,
    "given_names": lambda entry: entry.person.given_names,
    "spouse_surname": lambda entry: (entry.spouse or PersonName()).surname,
    "spouse_given_names": lambda entry: (entry.spouse or PersonName()).given_names,
    "date": lambda entry: entry.date.iso or entry.date.text,
    "act_number": lambda entry: entry.act_number,
    "remarks": lambda entry: entry.remarks,
}
"""The columns that may be corrected in the file."""

_BREAK = re.compile(r"\r\n?|\n")
_PLACE = ("entry_id", "version", "state", "image", "side", "row", "x", "y", "w", "h")
AS_WRITTEN: Mapping[str, tuple[str, Holds, Callable[[Entry], str]]] = {
    "surname_text": ("surname", Holds.SURNAME, lambda entry: entry.person.surname_text),
    "given_names_text": ("given_names", Holds.GIVEN_NAMES, lambda entry: entry.person.given_names_text),
    "date_text": ("date", Holds.DATE, lambda entry: entry.date.text),
}
"""The columns that say what stands on the page, with the columns that say what it means: a text that is put
right there is a transcription, and what it means is understood where the other column was left."""

COLUMNS = (*_PLACE, *VALUES, *AS_WRITTEN)


@dataclass(frozen=True, slots=True)
class Imported:
    """What an import did; each problem names its line and what to do about it."""

    corrected: int = 0
    checked: int = 0
    unchanged: int = 0
    problems: tuple[str, ...] = ()
    conflicts: tuple[str, ...] = ()
    published: bool = True
    transcribed: int = 0


@dataclass(frozen=True, slots=True)
class Said:
    """What a file says of one entry: the values that somebody changed there, that it is right, or what is
    written in its cells."""

    where: str
    values: CorrectionValues
    checked: bool = False
    written: Mapping[Holds, str] = field(default_factory=dict)


@dataclass(slots=True)
class Tally:
    """An import under way; `moved` are versions that it made itself, where rows followed their heads.

    `written` are the transcriptions of good rows, by register.
    """

    corrected: int = 0
    checked: int = 0
    unchanged: int = 0
    problems: list[str] = field(default_factory=list)
    conflicts: list[str] = field(default_factory=list)
    moved: dict[str, int] = field(default_factory=dict)
    written: dict[str, dict[str, Mapping[Holds, str]]] = field(default_factory=dict)

    def keep(self, catalogue: Catalogue, stored: StoredEntry, said: Said, who: str) -> None:
        """Take one row: a correction, a word that it is right, or nothing; what is wrong is named."""
        if said.values.empty and not (said.checked and stored.entry.state is State.MACHINE):
            self.unchanged += 1
            self._note(stored.entry, said)
            return
        entry_id = stored.entry.id
        base = self.moved.get(entry_id, stored.version)
        try:
            done = keep_correction(catalogue, entry_id, said.values, who, base)
        except ConflictError as error:
            self.conflicts.append(f"{said.where}: {error.message}")
        except FeuilletError as error:
            self.problems.append(f"{said.where}: {error}")
        else:
            self.moved.update((one.entry.id, one.version) for one in (done.stored, *done.followers))
            self.corrected += not said.values.empty
            self.checked += said.values.empty
            self._note(stored.entry, said)

    def _note(self, entry: Entry, said: Said) -> None:
        if said.written:
            self.written.setdefault(entry.source.register_id, {})[entry.id] = said.written

    def done(self, desk: Desk) -> Imported:
        """Publish the corrections, and say what it came to."""
        return Imported(
            corrected=self.corrected,
            checked=self.checked,
            unchanged=self.unchanged,
            problems=tuple(self.problems),
            conflicts=tuple(self.conflicts),
            published=publish_now(desk),
            transcribed=sum(len(written) for written in self.written.values()),
        )


@contextmanager
def importing(desk: Desk) -> Iterator[Tally]:
    """A tally for one import; raises StoreBusyError while another one is under way in the workspace.

    Corrections are kept row by row, transcriptions when the block ends: also when it is broken off.
    """
    desk.workspace.create()
    with desk.workspace.lock("transcribe"):
        tally = Tally()
        try:
            yield tally
        finally:
            for register_id, written in tally.written.items():
                keep_transcriptions(desk.catalogue, register_id, written)


def export_rows(catalogue: Catalogue, register_id: str) -> Iterator[str]:
    """CSV lines (COLUMNS, UTF-8) of a register's rows in page order; raises NotFoundError at once."""
    catalogue.registers.get(register_id)
    return _lines(catalogue, register_id)


def _lines(catalogue: Catalogue, register_id: str) -> Iterator[str]:
    yield _line(COLUMNS)
    for stored in catalogue.entries.of_register(register_id):
        yield _line(_cells(stored))


def _cells(stored: StoredEntry) -> list[object]:
    entry, source = stored.entry, stored.entry.source
    box = source.quad.bounds
    place = (entry.id, stored.version, entry.state.value, source.image, source.side.value, source.row)
    return [
        *place,
        *(box.x, box.y, box.width, box.height),
        *(" ".join(value(entry).split()) for value in VALUES.values()),  # never more than one line
        *(" ".join(text(entry).split()) for _, _, text in AS_WRITTEN.values()),
    ]


def _line(cells: Sequence[object]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\n").writerow(cells)
    return buffer.getvalue()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The rows of a CSV file by their columns, each with the line that it begins in."""

    rows: tuple[tuple[int, Mapping[str, str]], ...]


def read_sheet(path: Path) -> Sheet:
    """A CSV file that `export_rows` wrote and somebody changed; a spreadsheet's semicolons and byte order
    mark are taken. Raises UsageError for another kind of file, and for one whose quotation marks leave open
    where its rows end."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"{path.name} cannot be read", advice="it must be CSV in UTF-8") from error
    return Sheet(tuple(_rows(path.name, text)))


def take_sheet(desk: Desk, sheet: Sheet, who: str) -> Imported:
    """Take the corrections of a file.

    A value that differs from the entry's is a correction; `checked` in the column `state` confirms a row
    as it stands; what differs in the columns of what is written is a transcription (see AS_WRITTEN). Columns
    may be left out, except entry_id. Good lines are taken; bad ones and conflicts (the entry's version is no
    longer the file's) are named. Raises StoreBusyError while another import is under way.
    """
    who = person(who)
    with importing(desk) as tally:
        _take(desk, sheet, tally, who)
    return tally.done(desk)


def _take(desk: Desk, sheet: Sheet, tally: Tally, who: str) -> None:
    standing = desk.catalogue.entries.get_many([cells.get("entry_id", "") for _, cells in sheet.rows])
    seen: set[str] = set()
    for number, cells in sheet.rows:
        where, entry_id = f"line {number}", cells.get("entry_id", "")
        stored = standing.get(entry_id)
        breaks = _breaks(cells)
        if breaks or None in cells or stored is None or stored.retired or entry_id in seen:
            wrong = _swallowed(number + breaks) if breaks else _wrong(cells, entry_id, known=entry_id in seen)
            tally.problems.append(f"{where}: {wrong}")
            continue
        seen.add(entry_id)
        base = _base(desk.catalogue, stored, cells.get("version", "").strip())
        if base is None:
            tally.problems.append(f"{where}: {entry_id} never had the version {cells['version']!r}")
            continue
        checked = cells.get("state", "").strip() == State.CHECKED.value
        said = Said(where, _changed(base, cells), checked, _written(base, cells))
        if base is not stored.entry and not said.values.empty:
            tally.conflicts.append(f"{where}: entry {entry_id} was changed since version {cells['version']}")
            continue
        tally.keep(desk.catalogue, stored, said, who)


def _base(catalogue: Catalogue, stored: StoredEntry, version: str) -> Entry | None:
    """The entry as it was when the file was written: what differs from that, somebody has changed."""
    if version in {"", str(stored.version)}:
        return stored.entry
    history = catalogue.entries.history(stored.entry.id)
    return next((past.entry for past in history if str(past.version) == version), None)


def _changed(entry: Entry, cells: Mapping[str, str]) -> CorrectionValues:
    """The values that differ from the entry's; the columns are those of CorrectionValues."""
    changed = {
        name: cells[name].strip()
        for name, value in VALUES.items()
        if name in cells and _differ(cells[name], value(entry))
    }
    for _, text, meant in _texts_changed(entry, cells):
        if text and not is_ditto(text):
            changed.setdefault(meant, text)
    return CorrectionValues(**changed)  # type: ignore[arg-type]


def _written(entry: Entry, cells: Mapping[str, str]) -> dict[Holds, str]:
    """What the file says stands on the page, where that differs from what was read."""
    return {held: text for held, text, _ in _texts_changed(entry, cells)}


def _texts_changed(entry: Entry, cells: Mapping[str, str]) -> Iterator[tuple[Holds, str, str]]:
    """What is held, its new text, and the column of what it means."""
    for name, (meant, held, text) in AS_WRITTEN.items():
        if name in cells and _differ(cells[name], text(entry)):
            yield held, cells[name].strip(), meant


def _differ(a: str, b: str) -> bool:
    return " ".join(a.split()) != " ".join(b.split())


def _wrong(cells: Mapping[str, str], entry_id: str, *, known: bool) -> str:
    if None in cells:
        return "more cells than columns (a comma that is not in quotes?)"
    if not entry_id:
        return "no entry_id"
    return f"{entry_id} stands twice in the file" if known else f"there is no entry {entry_id}"


def _swallowed(last: int) -> str:
    return f"a cell goes on to line {last}, with what stands there (a quotation mark that is not closed?)"


def _breaks(cells: Mapping[str, str | Sequence[str]]) -> int:
    """How many line breaks the cells of a row hold, those beyond the last column too."""
    texts = (text for cell in cells.values() for text in ((cell,) if isinstance(cell, str) else cell))
    return sum(len(_BREAK.findall(text)) for text in texts)


def _rows(name: str, text: str) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows of a file with the lines that they begin in. A ditto sign (") at the beginning of a cell opens
    it for all that follows up to the next one; read strictly, one that stays open is an error."""
    first = text.partition("\n")[0]
    delimiter = max(",;\t", key=first.count)
    rows = csv.DictReader(io.StringIO(text, newline=""), delimiter=delimiter, restval="", strict=True)
    begins = 1
    try:
        if "entry_id" not in (rows.fieldnames or ()):
            raise UsageError(
                f"{name} has no column entry_id", advice="begin with `feuillet transcribe export`"
            )
        begins = rows.line_num + 1
        for cells in rows:
            yield rows.line_num - _breaks(cells), cells
            begins = rows.line_num + 1
    except csv.Error as error:
        raise UsageError(
            f"{name}: the row that begins in line {begins} cannot be read ({error})",
            advice='a cell that is only a quotation mark is written """"',
        ) from error
