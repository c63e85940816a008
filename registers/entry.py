"""Entries: what the catalogue keeps of a row about a person."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from registers.dates import RegisterDate
from registers.document import Side
from registers.geometry import Quad


class Kind(StrEnum):
    """Growing this list is a change of contract."""

    BIRTH = "birth"
    MARRIAGE = "marriage"
    DEATH = "death"
    RECOGNITION = "recognition"
    ADOPTION = "adoption"
    DIVORCE = "divorce"
    PUBLICATION = "publication"
    STILLBORN = "stillborn"
    TRANSCRIPTION = "transcription"
    JUDGMENT = "judgment"
    NAME_CHANGE = "name_change"
    UNKNOWN = "unknown"


class Flag(StrEnum):
    """Why a person should look. Growing this list is a change of contract."""

    ORDER_BREAK = "order_break"
    DATE_OUTSIDE_PERIOD = "date_outside_period"
    DATE_AMBIGUOUS = "date_ambiguous"
    DATE_MISSING = "date_missing"
    NUMBER_GAP = "number_gap"
    NUMBER_DOUBLE = "number_double"
    DITTO_WITHOUT_HEAD = "ditto_without_head"
    LOW_CONFIDENCE = "low_confidence"
    UNREAD_CELL = "unread_cell"
    CELL_OVERFLOW = "cell_overflow"
    OTHER_HAND = "other_hand"
    REPAIRED = "repaired"


class State(StrEnum):
    MACHINE = "machine"
    CHECKED = "checked"
    CORRECTED = "corrected"
    DOUBLE_CHECKED = "double_checked"


class Gender(StrEnum):
    FEMALE = "f"
    MALE = "m"


class Remark(StrEnum):
    """What kind of remark stands beside a name; filiation is protected by law (documents.md)."""

    FILIATION = "filiation"
    JUDGMENT = "judgment"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class PersonName:
    """A person as written and as meant.

    `surname` and `given_names` are values: abbreviations expanded, ordinary capitals, particle joined
    ("Le Roux"). `surname_text` and `given_names_text` are what is written. `cross_surnames` are other
    surnames under which the person is sought (maiden or married name, "dit", a recognition).
    `given_names_also` holds the other meaning where an abbreviation is ambiguous.
    """

    surname: str = ""
    given_names: str = ""
    surname_text: str = ""
    given_names_text: str = ""
    gender: Gender | None = None
    cross_surnames: tuple[str, ...] = ()
    given_names_also: tuple[str, ...] = ()
    surname_alternatives: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Ditto:
    """A value taken over from a row above: the sign that stands there, and the chain to the head.

    `chain` goes from the row just above to the head, as entry ids; `head` is its last member.
    """

    sign: str
    chain: tuple[str, ...]

    @property
    def head(self) -> str:
        return self.chain[-1]


@dataclass(frozen=True, slots=True)
class Source:
    """Where an entry stands and who read it. `row` counts from 1 on its side, header lines not counted."""

    register_id: str
    scan_id: str
    image: str
    page_id: str
    side: Side
    row: int
    quad: Quad
    view: int | None = None
    engine: str = ""


@dataclass(frozen=True, slots=True)
class Entry:
    """What the catalogue keeps of a row.

    `id` is made of register, scan hash, page index, side and the row's ordinal at its first reading;
    `confidence` is the probability that all values are right, or None. `section_id` names the
    register's Section. `twin_of` is the entry of the other spouse of one marriage. `act_year` is the
    year of the register that holds the act where it is not the date's.
    """

    id: str
    section_id: str
    kind: Kind
    person: PersonName
    date: RegisterDate
    source: Source
    spouse: PersonName | None = None
    act_number: str = ""
    act_year: int | None = None
    remarks: str = ""
    remark_kind: Remark | None = None
    ditto: Ditto | None = None
    twin_of: str = ""
    flags: tuple[Flag, ...] = ()
    confidence: float | None = None
    state: State = State.MACHINE


def entry_id(register_id: str, scan_id: str, side: Side, ordinal: int) -> str:
    """The id of the row that was `ordinal`-th (from 1) on its side when it was first read.

    A scan's id is its hash and page index, so the id survives a moved or renamed folder of the same
    register, and two registers that hold the same scan keep apart.
    """
    return f"{register_id}:{scan_id}:{side.value[0]}:{ordinal:03d}"
