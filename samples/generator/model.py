"""What a generated register is made of: a volume's plan, its writer's habits, the truth of a row."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from registers.dates import Calendar, Period
from registers.document import PageClass
from registers.entry import Gender, Kind
from registers.register import Series


class Column(StrEnum):
    NUMBER = "number"
    SURNAME = "surname"
    GIVEN_NAMES = "given_names"
    NAME = "name"
    SPOUSE = "spouse"
    DATE = "date"


class NameStyle(StrEnum):
    """How surname and given names share one cell."""

    PARENTHESES = "LEFEBVRE (Jean)"
    DASH = "Lefebvre - Jean"
    COMMA = "Lefebvre, Jean"
    SPACE = "LEFEBVRE Jean"


class DateStyle(StrEnum):
    LONG = "20 Janvier 1883"
    SHORT_YEAR = "20 Janvier 83, 19 xbre 90"
    THREE_DIGITS = "4 Avril 899"
    NUMERIC = "04/12/1926"
    REPUBLICAN = "30 Germinal an 2"


class Order(StrEnum):
    STRICT = "surname, then given names"
    DATE_WITHIN_NAME = "surname, then date"
    FIRST_LETTER = "first letter, then date"


class Container(StrEnum):
    JPEG = "jpeg"
    PNG = "png"
    TIFF = "tiff"
    PDF = "pdf"
    PORTAL = "portal"


class Condition(StrEnum):
    CLEAN = "clean"
    DEGRADED = "degraded"


class TypefaceGroup(StrEnum):
    PRINT = "print"
    TYPEWRITER = "typewriter"


@dataclass(frozen=True, slots=True)
class Habits:
    """How the writer of a table writes.

    Rates are per row. `ditto_signs` are candidates: a writer keeps to one. A sign is empty where the
    surname cell stays blank. `remarks`: filiation and judgments; `month_dittos`: "12 id 92".
    """

    surname_capitals: bool = False
    name_style: NameStyle = NameStyle.SPACE
    ditto_signs: tuple[str, ...] = ()
    date_style: DateStyle = DateStyle.LONG
    abbreviations: float = 0.0
    remarks: float = 0.0
    month_dittos: float = 0.0
    given_name_dittos: float = 0.0
    omitted: int = 0
    most_names: int = 3
    letter_heads: bool = False
    particles: bool = False


@dataclass(frozen=True, slots=True)
class Look:
    """How a table looks.

    `x_height` in pixels; `landscape`: the sheet lies on its side; `stamped`: a round stamp, and stars in
    the margins.
    """

    typefaces: TypefaceGroup = TypefaceGroup.PRINT
    ruled: bool = True
    row_rules: bool = False
    rows_per_page: int = 34
    x_height: int = 19
    landscape: bool = False
    stamped: bool = False


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A table of one kind and period, as it is bound in a volume."""

    kind: Kind
    series: Series
    period: Period
    columns: tuple[Column, ...]
    habits: Habits = Habits()
    look: Look = Look()
    order: Order = Order.DATE_WITHIN_NAME
    both_spouses: bool = False
    era: str = "1900_1912"
    families: tuple[str, ...] = ()
    first: tuple[PageClass, ...] = ()
    last: tuple[PageClass, ...] = ()


@dataclass(frozen=True, slots=True)
class RegisterSpec:
    """A volume: its folder's name, its place and shelf mark (both invented), its tables, its scans."""

    name: str
    commune: str
    cote: str
    parts: tuple[TableSpec, ...]
    container: Container = Container.JPEG
    condition: Condition = Condition.CLEAN
    shown: str = ""


@dataclass(frozen=True, slots=True)
class Person:
    surname: str
    given_names: tuple[str, ...]
    gender: Gender


@dataclass(frozen=True, slots=True)
class Act:
    """What happened, before anybody wrote it down. `twin`: the row of the other spouse, who is listed too."""

    person: Person
    day: date
    spouse: Person | None = None
    number: int | None = None
    remark: str = ""
    twin: bool = False
    omitted: bool = False


@dataclass(frozen=True, slots=True)
class Truth:
    """What a row says and what it means: the values of the gold."""

    kind: Kind
    surname: str
    given_names: str
    surname_text: str
    given_names_text: str
    date_text: str
    day: date
    calendar: Calendar
    spouse_surname: str = ""
    spouse_given_names: str = ""
    act_number: str = ""
    remarks: str = ""
    head: int | None = None  # ordinal, in the whole table, of the row that the surname comes from
    twin: int | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a table: a row about a person, or a letter or word that stands alone (no truth)."""

    cells: dict[Column, str] = field(default_factory=dict)
    truth: Truth | None = None
    heading: str = ""


@dataclass(frozen=True, slots=True)
class PagePlan:
    """One page side before it is drawn; `ordinal` is that of its first row in the whole table."""

    page_class: PageClass
    table: TableSpec
    lines: tuple[Line, ...] = ()
    ordinal: int = 0
    opens_table: bool = False
    total: int = 0
