"""What the catalogue gives out beside the values of registers/: the same, with how it is kept."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from registers.document import Page, PageOutcome, Scan, Side, Table
from registers.entry import Entry, Flag
from registers.register import Register, Section

MACHINE = "feuillet"
"""Who makes the changes that nobody makes."""


class Action(StrEnum):
    """What made a new version of an entry."""

    UNDERSTOOD = "understood"
    CORRECTED = "corrected"
    CHECKED = "checked"
    REFLOWED = "reflowed"
    UNDONE = "undone"


class Again(StrEnum):
    """What `--again` reads once more."""

    FAILED = "failed"
    UNREAD = "unread"
    OUTDATED = "outdated"
    ALL = "all"


ScanKey = tuple[str, int]
"""SHA-256 of the file and page index within it."""

_UNREAD = frozenset({PageOutcome.HANDWRITING, PageOutcome.NO_TABLE, PageOutcome.FAILED, PageOutcome.SKIPPED})


@dataclass(frozen=True, slots=True)
class ScanState:
    """What became of a scan, by which settings and versions, and where it lay then.

    `known` marks the knowledge that its handwriting was decoded with, None for print and where nobody kept
    it; `banner` are the lines that narrowed it.
    """

    fingerprint: str
    outcomes: tuple[PageOutcome, ...]
    path: str
    known: str | None = None
    banner: tuple[str, ...] = ()

    def wanted(self, again: Again | None, *, outdated: bool) -> bool:
        """Whether a run must read this scan once more; what is done is left alone unless asked for."""
        match again:
            case Again.ALL:
                return True
            case Again.FAILED:
                return PageOutcome.FAILED in self.outcomes
            case Again.UNREAD:
                return not _UNREAD.isdisjoint(self.outcomes)
            case Again.OUTDATED:
                return outdated
            case None:
                return False


@dataclass(frozen=True, slots=True)
class Failure:
    """A file or a page of it that could not be read; `page_index` is None for a whole file."""

    path: str
    code: str
    message: str
    advice: str = ""
    sha256: str | None = None
    page_index: int | None = None
    at: str = ""


@dataclass(frozen=True, slots=True)
class PagePlace:
    """What understanding found about a page: the view that the portal gave it, and its section."""

    page_id: str
    view: int | None = None
    section_id: str = ""


@dataclass(frozen=True, slots=True)
class StoredPage:
    """A page in its register, in page order; `tables` are given for one page alone, not in lists."""

    register_id: str
    scan: Scan
    page: Page
    row_count: int
    view: int | None = None
    section_id: str = ""
    banner: tuple[str, ...] = ()
    tables: tuple[Table, ...] = ()

    @property
    def side(self) -> Side:
        return self.page.side


@dataclass(frozen=True, slots=True)
class RegisterSummary:
    """A register with its counts; `pages` counts page sides, `rows` those on the scans, `waiting` the scans
    that are known and were neither read nor failed. Nothing of one that was never `understood` is found.

    `doubtful` counts the entries that carry a flag and that nobody has checked, `flags` their flags.
    """

    register: Register
    sections: tuple[Section, ...]
    scans: int = 0
    pages: Mapping[PageOutcome, int] = field(default_factory=dict)
    failures: int = 0
    waiting: int = 0
    understood: bool = True
    rows: int = 0
    entries: int = 0
    doubtful: int = 0
    flags: Mapping[Flag, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it stands; `who` made this version at `at` (UTC, ISO 8601) by change `change_id`.

    `machine` is the reading that a person has corrected, `proposed` a later one that differs from both.
    `sequence` grows with every change of any entry of the catalogue.
    """

    entry: Entry
    version: int
    sequence: int
    change_id: int
    action: Action
    who: str
    at: str
    retired: bool = False
    machine: Entry | None = None
    proposed: Entry | None = None


@dataclass(frozen=True, slots=True)
class ListedName:
    """As much of an entry as its place in an alphabetical order takes; `year` is the date's, where certain.

    `own` is false where the surname was taken from a row above.
    """

    entry_id: str
    page_id: str
    section_id: str
    row: int
    surname: str
    given_names: str
    year: int | None
    own: bool
    flags: tuple[Flag, ...] = ()


@dataclass(frozen=True, slots=True)
class EntryVersion:
    """One version of an entry in its history."""

    version: int
    change_id: int
    action: Action
    who: str
    at: str
    entry: Entry
    retired: bool = False


@dataclass(frozen=True, slots=True)
class EntryChange:
    """The latest change of an entry; `stored` is None when it is no longer listed."""

    entry_id: str
    sequence: int
    stored: StoredEntry | None


@dataclass(frozen=True, slots=True)
class Correction:
    """What a person makes of an entry, and the version that this was decided on.

    Of `values` the names, dates, kind, numbers, remarks, flags and ditto count: the literal texts, the
    place and the id stay what they are. `inherited` marks an entry that only follows its ditto's head:
    nobody has looked at it, so its state stays.
    """

    values: Entry
    base_version: int
    inherited: bool = False


@dataclass(frozen=True, slots=True)
class Replaced:
    """What `replace` did: how many entries are new, changed, retired, and proposed beside checked ones."""

    new: int = 0
    changed: int = 0
    retired: int = 0
    proposed: int = 0
