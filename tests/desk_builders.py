"""A small desk, built by hand: four registers of invented people, with drawn scans and an index.

Reading is not needed to search and look, so a session's desk is there in a second or two.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from hashlib import sha256
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

from indexer import open_engine
from registers.dates import Calendar, Period, RegisterDate
from registers.document import (
    Page,
    PageClass,
    PageOutcome,
    PageReading,
    Row,
    Scan,
    ScanReading,
    Side,
    Table,
)
from registers.entry import Ditto, Entry, Flag, Kind, PersonName, Source, entry_id
from registers.geometry import Box, Quad
from registers.register import Description, Register, Section
from registers.settings import Settings, StoreSettings
from services.publish import publish_changes
from store.catalogue import Catalogue
from store.kept import PagePlace
from store.workspace import Workspace

BIRTHS, MARRIAGES, DEATHS, UNREAD = (
    "valbrune/naissances",
    "courvignolles/mariages",
    "deces",
    "paris/manuscrit",
)
PAGE_WIDTH, PAGE_HEIGHT = 1000, 1200
_TOP, _PITCH, _MARGIN = 120, 40, 60


@dataclass(frozen=True, slots=True)
class Line:
    """A row as it is drawn and as it is meant."""

    surname: str
    given_names: str
    when: RegisterDate
    written: str = ""
    spouse: PersonName | None = None
    act: str = ""
    flags: tuple[Flag, ...] = ()
    confidence: float = 0.97
    remarks: str = ""


def _day(year: int, month: int, day: int, text: str, calendar: Calendar = Calendar.GREGORIAN) -> RegisterDate:
    return RegisterDate.of_day(date(year, month, day), text=text, calendar=calendar)


_SURNAMES = (
    *("Aubert", "Barbier", "Bertrand", "Caron", "Chevalier", "David", "Dubois", "Dupont", "Fournier"),
    *("Garnier", "Gauthier", "Girard", "Henry", "Lambert", "Laurent"),
)
LEFT = tuple(
    Line(name, "Marie Louise", _day(1883 + at % 10, 1 + at % 12, 3, f"3 xbre {83 + at % 10}"))
    for at, name in enumerate(_SURNAMES)
)
RIGHT = (
    Line("Lefebvre", "Jean Baptiste", _day(1883, 12, 4, "4 xbre 83")),
    Line("Lefebvre", "Paul", _day(1886, 4, 19, "19 Avril 86"), written="d°"),
    Line("Legrand", "Victor", _day(1890, 5, 1, "1er Mai 90"), flags=(Flag.LOW_CONFIDENCE,), confidence=0.5),
    Line("Leroy", "Émile", _day(1884, 2, 28, "28 fév. 84"), remarks="légitimé"),
    Line("Martin", "Adèle", _day(1885, 6, 2, "2 Juin 85")),
    Line("Moreau", "Jules", _day(1887, 7, 14, "14 Juillet 87")),
    Line("Petit", "Rose", _day(1888, 8, 9, "9 Août 88")),
    Line("Richard", "Louis", _day(1889, 9, 30, "30 7bre 89")),
    Line("Rousseau", "Anne", _day(1891, 10, 11, "11 8bre 91")),
    Line("Simon", "Claude", _day(1892, 11, 12, "12 9bre 92")),
)
_COUPLE = (PersonName("Lefebvre", "Henri"), PersonName("Dubois", "Claire Marie"))
WEDDINGS = (
    Line("Dubois", "Claire Marie", _day(1912, 6, 15, "15 juin"), spouse=_COUPLE[0], act="12"),
    Line("Lefebvre", "Henri", _day(1912, 6, 15, "15 juin"), spouse=_COUPLE[1], act="12"),
    Line("Mercier", "Luc", _day(1912, 7, 1, "1er juil."), spouse=PersonName("Noël", "Ida"), act="13"),
)
BURIALS = (
    Line("Lefebvre", "Mathurin", _day(1802, 11, 3, "12 brum. an XI", Calendar.REPUBLICAN)),
    Line("Roux", "Jeanne", RegisterDate.unknown("illisible", Period(date(1802, 9, 23), date(1812, 12, 31)))),
)


def build(root: Path) -> Settings:
    """Make a workspace with everything published; returns settings that open it."""
    settings = Settings(store=StoreSettings(workspace=str(root / "workspace")))
    with Catalogue.open(settings.store) as catalogue:
        double = _Builder(
            catalogue, root, BIRTHS, _section(BIRTHS, "Valbrune-sur-Orle", Kind.BIRTH, 1883, 1892)
        )
        double.add("double.png", {Side.LEFT: LEFT, Side.RIGHT: RIGHT}, view=12)
        double.finish()
        wedding = _Builder(
            catalogue, root, MARRIAGES, _section(MARRIAGES, "Courvignolles", Kind.MARRIAGE, 1912, 1912)
        )
        wedding.add("mariages.png", {Side.SINGLE: WEDDINGS}, view=3)
        wedding.finish(twins=True)
        burial = _Builder(catalogue, root, DEATHS, _section(DEATHS, "Hautecombière", Kind.DEATH, 1802, 1812))
        burial.add("deces.png", {Side.SINGLE: BURIALS})
        burial.finish()
        unread = _Builder(catalogue, root, UNREAD, _section(UNREAD, "Paris 3e", Kind.BIRTH, 1850, 1859))
        for number in (1, 2):
            unread.add(f"main_{number}.png", {Side.SINGLE: ()}, view=number, outcome=PageOutcome.HANDWRITING)
        unread.finish()
        engine = open_engine(settings.search, Workspace.of(settings.store).index)
        try:
            publish_changes(catalogue, engine, settings.search)
        finally:
            engine.close()
    return settings


def _section(register_id: str, commune: str, kind: Kind, first: int, last: int) -> Section:
    said = Description(commune=commune, kinds=(kind,), period=Period.of_years(first, last), cote="9 Z 12")
    return Section(f"{register_id}#1", register_id, said)


class _Builder:
    """One register: draws its scans, keeps their readings, then its entries."""

    def __init__(self, catalogue: Catalogue, root: Path, register_id: str, section: Section) -> None:
        self.catalogue = catalogue
        self.folder = root / "scans" / register_id
        self.folder.mkdir(parents=True)
        self.section = section
        self.entries: list[Entry] = []
        self.places: list[PagePlace] = []
        catalogue.registers.upsert(Register(register_id, str(self.folder)))

    def add(
        self,
        name: str,
        sides: dict[Side, Sequence[Line]],
        *,
        view: int | None = None,
        outcome: PageOutcome = PageOutcome.READ,
    ) -> None:
        path = self.folder / name
        _draw(path, list(sides.values()))
        width = PAGE_WIDTH * len(sides)
        content = sha256(path.read_bytes()).hexdigest()
        scan = Scan(str(path), content, 0, 1, width, PAGE_HEIGHT)
        pages = []
        for number, (side, lines) in enumerate(sides.items()):
            box = Box(number * PAGE_WIDTH, 0, PAGE_WIDTH, PAGE_HEIGHT)
            page = Page(Page.id_of(scan.id, side), scan.id, side, box.to_quad(), outcome, PageClass.TABLE)
            rows = tuple(Row(at, _row_quad(number, at), at + 1) for at in range(len(lines)))
            pages.append(PageReading(page, (Table((), rows, ()),) if rows else ()))
            self.places.append(PagePlace(page.id, view, self.section.id))
            self._understand(scan, page, lines, number, view)
        self.catalogue.pages.save_reading(self.section.register_id, ScanReading(scan, tuple(pages)), "test")

    def finish(self, *, twins: bool = False) -> None:
        found = self.entries
        if twins:
            first, second, *others = found
            found = [replace(first, twin_of=second.id), replace(second, twin_of=first.id), *others]
        register_id = self.section.register_id
        mark = self.catalogue.registers.fingerprint(register_id)
        self.catalogue.entries.replace(register_id, [self.section], found, mark, self.places)

    def _understand(
        self, scan: Scan, page: Page, lines: Sequence[Line], number: int, view: int | None
    ) -> None:
        register_id = self.section.register_id
        for at, line in enumerate(lines):
            head = self.entries[-1] if line.written else None
            self.entries.append(
                Entry(
                    id=entry_id(register_id, scan.id, page.side, at + 1),
                    section_id=self.section.id,
                    kind=self.section.kind,
                    person=PersonName(line.surname, line.given_names, line.written or line.surname),
                    date=line.when,
                    source=Source(
                        register_id,
                        scan.id,
                        scan.image,
                        page.id,
                        page.side,
                        at + 1,
                        _row_quad(number, at),
                        view,
                    ),
                    spouse=line.spouse,
                    act_number=line.act,
                    remarks=line.remarks,
                    ditto=Ditto(line.written, (head.id,)) if head else None,
                    flags=line.flags,
                    confidence=line.confidence,
                )
            )


def _row_quad(page: int, row: int) -> Quad:
    return Box(page * PAGE_WIDTH + _MARGIN, _TOP + row * _PITCH, PAGE_WIDTH - 2 * _MARGIN, _PITCH).to_quad()


def _draw(path: Path, pages: Sequence[Sequence[Line]]) -> None:
    pixels = Image.new("L", (PAGE_WIDTH * len(pages), PAGE_HEIGHT), 235)
    pen = ImageDraw.Draw(pixels)
    font = ImageFont.load_default(26)
    for number, lines in enumerate(pages):
        for at, line in enumerate(lines):
            box = _row_quad(number, at).bounds
            pen.rectangle((box.x, box.y, box.right, box.bottom), outline=90)
            for column, text in (
                (0, line.written or line.surname),
                (240, line.given_names),
                (640, line.when.text),
            ):
                pen.text((box.x + 12 + column, box.y + 5), text, 30, font)
        if not lines:
            wave = ord(path.stem[-1])
            pen.line([(80 + at, 200 + (at * wave) % 60) for at in range(0, 800, 9)], 60, 3)
    pixels.save(path)
