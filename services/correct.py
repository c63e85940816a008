"""What people change: an entry with its ditto group, a word that it is right, and taking either back.

The catalogue keeps the change at once; the index follows within a second, or later when it is away.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from lexicon.fold import fold
from ner.dates import parse_date
from ner.names import parse_name
from ner.reflow import ReflowPreview, reflow
from registers.dates import Calendar, RegisterDate, RepublicanDay
from registers.entry import Entry, Flag, Kind, PersonName, Remark
from registers.errors import NotFoundError, UsageError
from registers.knowledge import Holds
from registers.register import Section
from services.desk import Desk
from services.dittos import following, group_of
from services.publish import publish_now
from store.catalogue import Catalogue
from store.kept import MACHINE, Action, Correction, StoredEntry

_DATE_FLAGS = frozenset(
    {Flag.DATE_OUTSIDE_PERIOD, Flag.DATE_AMBIGUOUS, Flag.DATE_MISSING, Flag.REPAIRED, Flag.DITTO_WITHOUT_HEAD}
)
READING_FLAGS = frozenset({Flag.LOW_CONFIDENCE, Flag.UNREAD_CELL, Flag.CELL_OVERFLOW, Flag.REPAIRED})
"""Doubts about the reading: a person who has looked at the row has answered them."""


@dataclass(frozen=True, slots=True)
class CorrectionValues:
    """What a person says of an entry: None leaves a field as it stands, an empty text empties it.

    Names and the date may be typed as they are written in registers ("Jn Bte", "19 xbre 83").
    """

    surname: str | None = None
    given_names: str | None = None
    spouse_surname: str | None = None
    spouse_given_names: str | None = None
    date: str | None = None
    kind: Kind | None = None
    act_number: str | None = None
    remarks: str | None = None

    @property
    def empty(self) -> bool:
        return self == CorrectionValues()


@dataclass(frozen=True, slots=True)
class Corrected:
    """The entry as it stands now, the entries that followed it, and those that stay as people left them.

    `published` is False while the search engine is away or the index is being built: the correction is kept
    and published later.
    """

    stored: StoredEntry
    followers: tuple[StoredEntry, ...] = ()
    kept: tuple[str, ...] = ()
    published: bool = True

    @property
    def change_id(self) -> int:
        """The change that `undo` takes back, the followers with it."""
        return self.stored.change_id


@dataclass(frozen=True, slots=True)
class Undone:
    """The entries as they stand again."""

    entries: tuple[StoredEntry, ...]
    published: bool = True


def correct(desk: Desk, entry_id: str, values: CorrectionValues, who: str, base_version: int) -> Corrected:
    """Keep a person's values as one change, with the entry's ditto group when its surname changes.

    Raises NotFoundError, ConflictError when `base_version` is not the latest, UsageError for a date that
    is none.
    """
    done = keep_correction(desk.catalogue, entry_id, values, who, base_version)
    return replace(done, published=publish_now(desk))


def check(desk: Desk, entry_id: str, who: str, base_version: int) -> Corrected:
    """Keep a person's word that an entry is right as it stands; raises as `correct` does."""
    return correct(desk, entry_id, CorrectionValues(), who, base_version)


def preview_reflow(desk: Desk, entry_id: str, values: CorrectionValues) -> ReflowPreview:
    """What `correct` would change, the entry first; nothing is changed. Raises NotFoundError, UsageError."""
    stored = standing_entry(desk.catalogue, entry_id)
    return flow_of(desk.catalogue, stored.entry, _with_values(desk.catalogue, stored.entry, values))


def undo(desk: Desk, change_id: int, who: str) -> Undone:
    """Take a person's change back with all entries that it changed; undoing that does it again.

    Raises NotFoundError, UsageError for what the machine made, ConflictError where an entry of it was
    changed since.
    """
    entries = desk.catalogue.entries.undo(change_id, person(who))
    return Undone(entries, publish_now(desk))


def keep_correction(
    catalogue: Catalogue, entry_id: str, values: CorrectionValues, who: str, base_version: int
) -> Corrected:
    """`correct` without the index: for many corrections that are published together."""
    stored = standing_entry(catalogue, entry_id)
    after = _with_values(catalogue, stored.entry, values)
    action = Action.CHECKED if values.empty else Action.CORRECTED
    return keep_entry(catalogue, stored.entry, after, person(who), base_version, action=action)


def keep_entry(
    catalogue: Catalogue, before: Entry, after: Entry, who: str, base_version: int, *, action: Action
) -> Corrected:
    """An entry's new values as one change with its ditto group; raises as `correct` does."""
    flow = flow_of(catalogue, before, after)
    followers = [change.entry_id for change in flow.changes[1:]]
    standing = catalogue.entries.get_many(followers)
    items = [Correction(after, base_version)]
    items += [
        Correction(following(standing[key].entry, after), standing[key].version, inherited=True)
        for key in followers
    ]
    action = Action.REFLOWED if followers else action
    first, *others = catalogue.entries.correct_group(items, who, action)
    return Corrected(first, tuple(others), flow.kept)


def person(who: str) -> str:
    """The name under which a change is kept; raises UsageError for none, or the machine's."""
    name = " ".join(who.split())
    if not name or name == MACHINE:
        raise UsageError("who makes this change is not said", advice="give a name or initials")
    return name


def standing_entry(catalogue: Catalogue, entry_id: str) -> StoredEntry:
    """An entry that is listed; raises NotFoundError."""
    stored = catalogue.entries.get(entry_id)
    if stored.retired:
        raise NotFoundError(f"entry {entry_id} is not listed any more")
    return stored


def flow_of(catalogue: Catalogue, before: Entry, after: Entry) -> ReflowPreview:
    """The group's changes where the entry's surname, or its being a ditto, changes; else its own alone."""
    group: tuple[Entry, ...] = (before,)
    if before.person.surname != after.person.surname:
        group = group_of(catalogue, before)
    return reflow(group, before.id, after.person)


def _with_values(catalogue: Catalogue, entry: Entry, values: CorrectionValues) -> Entry:
    """The entry with what a person says of it, written forms understood."""
    person = _named(entry.person, values.surname, values.given_names)
    spouse = _named(entry.spouse or PersonName(), values.spouse_surname, values.spouse_given_names)
    flags = [flag for flag in entry.flags if flag not in READING_FLAGS]
    date = entry.date
    if values.date is not None:
        date, date_flags = _dated(catalogue, entry, values.date)
        flags = [*(flag for flag in flags if flag not in _DATE_FLAGS), *date_flags]
    own_surname = person.surname != entry.person.surname
    remarks = entry.remarks if values.remarks is None else values.remarks.strip()
    return replace(
        entry,
        kind=values.kind or entry.kind,
        person=person,
        spouse=spouse if spouse.surname or spouse.given_names else None,
        date=date,
        act_number=entry.act_number if values.act_number is None else values.act_number.strip(),
        remarks=remarks,
        remark_kind=entry.remark_kind if remarks == entry.remarks else (Remark.OTHER if remarks else None),
        ditto=None if own_surname else entry.ditto,
        flags=tuple(flags),
    )


def _named(name: PersonName, surname: str | None, given_names: str | None) -> PersonName:
    if surname is not None and surname.strip() != name.surname:
        typed = " ".join(surname.split())
        read = parse_name(typed, holds=Holds.SURNAME).name
        name = replace(
            name,
            surname=read.surname or typed,
            cross_surnames=_without(read.surname or typed, (*read.cross_surnames, *name.cross_surnames)),
            surname_alternatives=(),
            gender=read.gender or name.gender,
        )
    if given_names is not None and given_names.strip() != name.given_names:
        typed = " ".join(given_names.split())
        read = parse_name(typed, holds=Holds.GIVEN_NAMES).name
        name = replace(
            name,
            given_names=read.given_names or typed,
            given_names_also=read.given_names_also,
            cross_surnames=tuple(dict.fromkeys((*name.cross_surnames, *read.cross_surnames))),
            gender=read.gender or name.gender,
        )
    return name


def _without(surname: str, others: Iterable[str]) -> tuple[str, ...]:
    """Other surnames, each once, but for the one that the person has."""
    return tuple(dict.fromkeys(other for other in others if fold(other) != fold(surname)))


def _dated(catalogue: Catalogue, entry: Entry, typed: str) -> tuple[RegisterDate, tuple[Flag, ...]]:
    """The date that a person typed, inside the section's period; a ditto is the date of the row above."""
    period = section.period if (section := section_of(catalogue, entry)) else None
    if not typed.strip():
        return RegisterDate.unknown(entry.date.text, period), (Flag.DATE_MISSING,)
    parsed = parse_date(typed, period=period, previous=_date_above(catalogue, entry) if period else None)
    if not parsed.date.iso or parsed.remainder:
        raise UsageError(
            f"{typed!r} is not understood as a date",
            advice="write 19/12/1883, 1883-12-19, 1883-12, 1883 or as the register does: 19 xbre 83",
        )
    return _in_calendar(parsed.date, entry.date.calendar), parsed.flags


def _in_calendar(date: RegisterDate, calendar: Calendar) -> RegisterDate:
    """A Republican date that is put right in Gregorian figures is still written in the Republican way."""
    if calendar is not Calendar.REPUBLICAN or date.exact is None or date.republican is not None:
        return date
    try:
        return replace(date, calendar=calendar, republican=RepublicanDay.from_gregorian(date.exact))
    except ValueError:
        return date


def _date_above(catalogue: Catalogue, entry: Entry) -> RegisterDate | None:
    page = catalogue.entries.of_page(entry.source.page_id, entry.source.register_id)
    above = [stored.entry.date for stored in page if stored.entry.source.row < entry.source.row]
    return above[-1] if above else None


def section_of(catalogue: Catalogue, entry: Entry) -> Section | None:
    """The entry's section, where understanding named one."""
    sections = catalogue.registers.sections(entry.source.register_id)
    return next((section for section in sections if section.id == entry.section_id), None)
