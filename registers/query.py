"""What is asked of the index and what it answers."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from registers.entry import Kind, State


class Expansion(StrEnum):
    """A way in which a name may differ from what was asked; each can be switched off."""

    SPELLING = "spelling"
    SOUND = "sound"
    TYPO = "typo"
    MISREADING = "misreading"
    GIVEN_NAME_FORM = "given_name_form"
    INVERTED = "inverted"
    SPOUSE = "spouse"
    CROSS_REFERENCE = "cross_reference"
    DATE_NEAR = "date_near"


ALL_EXPANSIONS = frozenset(Expansion)


@dataclass(frozen=True, slots=True)
class Filters:
    """Facet choices; empty means any. `register` is a register id, `decade` its first year."""

    kind: Kind | None = None
    place: str = ""
    decade: int | None = None
    register: str = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class SearchQuery:
    """A search, understood. Names are as typed, folded only by the index.

    `year_from` and `year_to` bound the date, both included; `about` is the centre of "vers 1884".
    `exact` turns every expansion off for the surname. Wildcards `*` and `?` may stand in names.
    """

    surname: str = ""
    given_names: str = ""
    spouse_surname: str = ""
    spouse_given_names: str = ""
    year_from: int | None = None
    year_to: int | None = None
    about: int | None = None
    exact: bool = False
    free_names: tuple[str, ...] = ()
    filters: Filters = Filters()
    expansions: frozenset[Expansion] = ALL_EXPANSIONS
    text: str = ""


@dataclass(frozen=True, slots=True)
class Paging:
    """Which results are wanted: `size` of them from `offset` on."""

    offset: int = 0
    size: int = 20


@dataclass(frozen=True, slots=True)
class Why:
    """One way in which a result differs from what was asked."""

    expansion: Expansion
    asked: str = ""
    found: str = ""


@dataclass(frozen=True, slots=True)
class Hit:
    """One result: the entry's id, how well it fits (higher is better) and why it matched."""

    entry_id: str
    score: float
    why: tuple[Why, ...] = ()


@dataclass(frozen=True, slots=True)
class FacetCount:
    value: str
    count: int


@dataclass(frozen=True, slots=True)
class Facets:
    kind: tuple[FacetCount, ...] = ()
    place: tuple[FacetCount, ...] = ()
    decade: tuple[FacetCount, ...] = ()
    register: tuple[FacetCount, ...] = ()
    state: tuple[FacetCount, ...] = ()


@dataclass(frozen=True, slots=True)
class EngineResult:
    """What a search engine answers: exact total, one page of hits, facets of the whole answer."""

    total: int
    hits: tuple[Hit, ...]
    facets: Facets = Facets()


@dataclass(frozen=True, slots=True)
class RegisterCoverage:
    """How far one register that the search could concern has been read.

    `state` is one of read, partly_read, not_read, not_digitized, lost, none_recorded. `unread` counts
    the pages that were not read; `pages_unread` are their ids, listed where nothing was found. A part of
    the archive's own inventory that feuillet has no register of has no `register_id`.
    """

    register_id: str
    state: str
    pages: int = 0
    pages_read: int = 0
    pages_unread: tuple[str, ...] = ()
    rows_doubtful: int = 0
    label: str = ""
    unread: int = 0
    kinds: tuple[Kind, ...] = ()
    first_year: int | None = None
    last_year: int | None = None


@dataclass(frozen=True, slots=True)
class Coverage:
    """What was searched: the reasoned part of a negative answer.

    `caveats` are codes of reasons why absence proves nothing ("reconstituted").
    """

    registers: tuple[RegisterCoverage, ...] = ()
    year_from: int | None = None
    year_to: int | None = None
    spellings: tuple[str, ...] = field(default=())
    caveats: tuple[str, ...] = ()

    @property
    def pages_read(self) -> int:
        return sum(register.pages_read for register in self.registers)

    @property
    def pages_unread(self) -> int:
        return sum(register.unread for register in self.registers)


@dataclass(frozen=True, slots=True)
class IndexedEntry:
    """What the index needs of an entry: values to match, values to sort and count by.

    `surnames` holds the surname, then the cross references; `surname_alternatives` other readings.
    Dates are ordinals of the proleptic Gregorian calendar (date.toordinal) or None.
    """

    id: str
    kind: Kind
    surnames: tuple[str, ...]
    given_names: str
    register: str
    place: str
    state: State
    given_names_also: tuple[str, ...] = ()
    surname_alternatives: tuple[str, ...] = ()
    spouse_surname: str = ""
    spouse_given_names: str = ""
    earliest: int | None = None
    latest: int | None = None
    confidence: float | None = None
    version: int = 1
