"""The registers that the generator knows. All communes and cotes are invented ("9 Z" is no series)."""

from __future__ import annotations

from datetime import date

from registers.dates import Period
from registers.document import PageClass
from registers.entry import Kind
from registers.register import Series
from samples.generator.model import (
    Column,
    Condition,
    Container,
    DateStyle,
    Habits,
    Look,
    NameStyle,
    Order,
    RegisterSpec,
    TableSpec,
    TypefaceGroup,
)
from samples.generator.names import NINETEENTH_CENTURY, REPUBLICAN_ERA

_SEPARATE = (Column.SURNAME, Column.GIVEN_NAMES, Column.DATE)
_ONE_NAME = (Column.NAME, Column.DATE)
_COVER_AND_BLANK = (PageClass.COVER, PageClass.BLANK)

_BIRTHS_1883 = TableSpec(
    Kind.BIRTH,
    Series.DECENNIAL,
    Period.of_years(1883, 1892),
    _SEPARATE,
    Habits(
        ditto_signs=("d°", "d°", "id."),
        date_style=DateStyle.SHORT_YEAR,
        month_dittos=0.3,
        given_name_dittos=0.4,
    ),
    Look(row_rules=False, rows_per_page=36),
    era=NINETEENTH_CENTURY,
    families=("Lefebvre", "Martin"),
    first=_COVER_AND_BLANK,
    last=(PageClass.CLOSING,),
)
_BIRTHS_1873 = TableSpec(
    Kind.BIRTH,
    Series.DECENNIAL,
    Period.of_years(1873, 1882),
    _SEPARATE,
    Habits(ditto_signs=("",), date_style=DateStyle.SHORT_YEAR, abbreviations=0.12),
    Look(row_rules=True, rows_per_page=34),
    era=NINETEENTH_CENTURY,
    families=("Lefèvre", "Payet"),
)
_BIRTHS_1893 = TableSpec(
    Kind.BIRTH,
    Series.DECENNIAL,
    Period.of_years(1893, 1902),
    _ONE_NAME,
    Habits(
        surname_capitals=True,
        name_style=NameStyle.PARENTHESES,
        ditto_signs=("d°", "id."),
        date_style=DateStyle.THREE_DIGITS,
    ),
    Look(rows_per_page=38),
    Order.STRICT,
    era=NINETEENTH_CENTURY,
    families=("Lefebvre", "Perret"),
)
_BIRTHS_1903 = TableSpec(
    Kind.BIRTH,
    Series.DECENNIAL,
    Period.of_years(1903, 1912),
    _ONE_NAME,
    Habits(name_style=NameStyle.DASH, remarks=0.05),
    Look(rows_per_page=24, x_height=17, stamped=True),
    Order.STRICT,
    families=("Lefebvre", "Garnier"),
)
_MARRIAGES_1912 = TableSpec(
    Kind.MARRIAGE,
    Series.ANNUAL,
    Period.of_years(1912, 1912),
    (Column.NUMBER, Column.NAME, Column.SPOUSE, Column.DATE),
    Habits(surname_capitals=True),
    Look(rows_per_page=32, x_height=18),
    families=("Moreau",),
    last=(PageClass.CLOSING,),
)
_DIVORCES_1912 = TableSpec(
    Kind.DIVORCE,
    Series.ANNUAL,
    Period.of_years(1912, 1912),
    (),
    last=(PageClass.NONE_RECORDED,),
)
_MARRIAGES_1962 = TableSpec(
    Kind.MARRIAGE,
    Series.ANNUAL,
    Period.of_years(1962, 1962),
    (Column.NAME, Column.SPOUSE, Column.DATE, Column.NUMBER),
    Habits(surname_capitals=True, date_style=DateStyle.NUMERIC, particles=True),
    Look(TypefaceGroup.TYPEWRITER, rows_per_page=26, x_height=18, landscape=True),
    both_spouses=True,
    era="1935_1942",
)
_DEATHS_YEAR_XI = TableSpec(
    Kind.DEATH,
    Series.DECENNIAL,
    Period(date(1802, 9, 23), date(1812, 12, 31)),
    _SEPARATE,
    Habits(ditto_signs=("idem", "id."), date_style=DateStyle.REPUBLICAN),
    Look(ruled=False, rows_per_page=36),
    Order.FIRST_LETTER,
    era=REPUBLICAN_ERA,
    families=("Lefebvre",),
    last=(PageClass.CLOSING,),
)
_DEATHS_YEAR_II = TableSpec(
    Kind.DEATH,
    Series.DECENNIAL,
    Period(date(1792, 9, 22), date(1802, 9, 22)),
    _ONE_NAME,
    Habits(name_style=NameStyle.COMMA, date_style=DateStyle.REPUBLICAN),
    Look(ruled=False, rows_per_page=38),
    era=REPUBLICAN_ERA,
)
_BIRTHS_1923 = TableSpec(
    Kind.BIRTH,
    Series.DECENNIAL,
    Period.of_years(1923, 1932),
    _SEPARATE,
    Habits(
        surname_capitals=True,
        ditto_signs=('"',),
        abbreviations=0.15,
        remarks=0.06,
        omitted=4,
        most_names=2,
        letter_heads=True,
        particles=True,
    ),
    Look(TypefaceGroup.TYPEWRITER, ruled=False, rows_per_page=45, x_height=18),
    Order.STRICT,
    era="1923_1932",
    families=("Lefebvre", "Le Roux", "de La Tour", "Saint-Martin"),
)
_DEATHS_1913 = TableSpec(
    Kind.DEATH,
    Series.ANNUAL,
    Period.of_years(1913, 1913),
    (Column.NUMBER, Column.NAME, Column.DATE),
    Habits(name_style=NameStyle.COMMA, ditto_signs=("»",), particles=True),
    Look(TypefaceGroup.TYPEWRITER, rows_per_page=38),
    Order.STRICT,
    era=NINETEENTH_CENTURY,
)
_VOLUME_1843 = tuple(
    TableSpec(
        kind,
        Series.DECENNIAL,
        Period.of_years(1843, 1852),
        columns,
        Habits(ditto_signs=("do", "id.")) if kind is not Kind.MARRIAGE else Habits(),
        Look(rows_per_page=34),
        families=("Pairet",) if kind is Kind.BIRTH else (),
        era=NINETEENTH_CENTURY,
    )
    for kind, columns in (
        (Kind.BIRTH, _SEPARATE),
        (Kind.MARRIAGE, (Column.NAME, Column.SPOUSE, Column.DATE)),
        (Kind.DEATH, _SEPARATE),
    )
)

REGISTERS: tuple[RegisterSpec, ...] = (
    RegisterSpec("naissances-1883-1892", "Valbrune-sur-Orle", "9 Z 12", (_BIRTHS_1883,)),
    RegisterSpec(
        "naissances-1873-1882", "Valbrune-sur-Orle", "9 Z 11", (_BIRTHS_1873,), condition=Condition.DEGRADED
    ),
    RegisterSpec("naissances-1893-1902", "Courvignolles", "9 Z 31", (_BIRTHS_1893,)),
    RegisterSpec("naissances-1903-1912", "Brissandre", "9 Z 45", (_BIRTHS_1903,), Container.PORTAL),
    RegisterSpec("naissances-1923-1932", "Montaubrac", "9 Z 52", (_BIRTHS_1923,)),
    RegisterSpec(
        "mariages-1912", "Courvignolles", "9 Z 33", (_MARRIAGES_1912, _DIVORCES_1912), Container.PDF
    ),
    RegisterSpec("mariages-1962", "Orgelval-les-Aulnes", "9 Z 71", (_MARRIAGES_1962,), Container.PNG),
    RegisterSpec("deces-an-xi-1812", "Hautecombière", "9 Z 3", (_DEATHS_YEAR_XI,), Container.TIFF),
    RegisterSpec(
        "deces-1792-an-x", "Hautecombière", "9 Z 2", (_DEATHS_YEAR_II,), condition=Condition.DEGRADED
    ),
    RegisterSpec("deces-1913", "Montaubrac", "9 Z 51", (_DEATHS_1913,), condition=Condition.DEGRADED),
    RegisterSpec("tables-1843-1852", "Valbrune-sur-Orle", "9 Z 8", _VOLUME_1843),
)

COMMITTED_SEED = 1900
COMMITTED_PAGES = {
    "naissances-1883-1892": 3,
    "naissances-1873-1882": 2,
    "naissances-1893-1902": 2,
    "naissances-1903-1912": 6,
    "naissances-1923-1932": 3,
    "mariages-1912": 2,
    "mariages-1962": 2,
    "deces-an-xi-1812": 3,
    "deces-1792-an-x": 2,
    "deces-1913": 2,
    "tables-1843-1852": 3,
}
