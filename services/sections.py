"""Sections put right by hand, without touching the archive's register.toml.

What is corrected here stands above register.toml, which stands above banners, titles and the folder's
name: it is the latest word of a person who saw what all of these had led to. It is kept in the catalogue
per register as a list, latest last, so that taking back the latest brings the one before into force.
Only the second stage runs again.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from registers.errors import NotFoundError, UsageError
from registers.register import Description, Register, RegisterSettings, Section, SectionSettings
from services.correct import person, publish_now
from services.desk import Desk
from services.understand import understand_register
from store import codec
from store.catalogue import Catalogue
from store.clock import now
from store.kept import StoredPage


@dataclass(frozen=True, slots=True)
class SectionCorrection:
    """What a person said of some views of a register (positions where no view is known)."""

    said: SectionSettings
    who: str = ""
    at: str = ""


@dataclass(frozen=True, slots=True)
class _Corrections:
    """All of a register's, the latest last; `file` is what its register.toml says."""

    file: RegisterSettings = field(default_factory=RegisterSettings)
    made: tuple[SectionCorrection, ...] = ()

    def settings(self) -> RegisterSettings:
        """The settings that understanding goes by: the latest correction first, the file's sections last."""
        by_hand = tuple(correction.said for correction in reversed(self.made))
        return replace(self.file, sections=(*by_hand, *self.file.sections))


def with_corrections(catalogue: Catalogue, register: Register) -> Register:
    """A register as its file describes it, with what people have corrected in the catalogue above that.

    The file may have changed since: the corrections stay above whatever it says now. A register that the
    catalogue does not hold (it was removed) starts without any.
    """
    known = _load(catalogue, register.id)
    if not known.made:
        return register
    try:
        catalogue.registers.get(register.id)
    except NotFoundError:
        _keep(catalogue, register.id, _Corrections())
        return register
    known = replace(known, file=register.settings)
    _keep(catalogue, register.id, known)
    return replace(register, settings=known.settings())


def correct_section(
    desk: Desk, register_id: str, section_id: str, description: Description, who: str
) -> tuple[Section, ...]:
    """Put right what is said of a section; fields left empty stay as they are. Returns the sections now.

    The register is understood again and published; nothing is read again. Raises NotFoundError for an
    unknown section, UsageError for one that shares its pages with another (register.toml has the views
    of those) or for a description that says nothing.
    """
    if description == Description():
        raise UsageError("the correction says nothing", advice="give a commune, kinds, a period or a cote")
    who = person(who)
    catalogue = desk.catalogue
    register = catalogue.registers.get(register_id)
    first, last = _extent(catalogue, register_id, section_id)
    known = _load(catalogue, register_id)
    if not known.made:
        known = replace(known, file=register.settings)
    before = _said_of(register.settings.sections, first) or SectionSettings(Description())
    said = SectionSettings(description.over(before.description), first, last, before.columns)
    made = (*known.made, SectionCorrection(said, who, now()))
    return _apply(desk, register, replace(known, made=made))


def undo_section(desk: Desk, register_id: str) -> tuple[Section, ...]:
    """Take back the latest correction of a section of this register; raises NotFoundError without any."""
    register = desk.catalogue.registers.get(register_id)
    known = _load(desk.catalogue, register_id)
    if not known.made:
        raise NotFoundError(f"no section of {register_id} was corrected by hand")
    return _apply(desk, register, replace(known, made=known.made[:-1]))


def section_corrections(catalogue: Catalogue, register_id: str) -> tuple[SectionCorrection, ...]:
    """Who corrected which views of a register, and when; the latest last."""
    return _load(catalogue, register_id).made


def _apply(desk: Desk, register: Register, known: _Corrections) -> tuple[Section, ...]:
    _keep(desk.catalogue, register.id, known)
    desk.catalogue.registers.upsert(replace(register, settings=known.settings()))
    understand_register(desk.catalogue, register.id)
    publish_now(desk)
    return desk.catalogue.registers.sections(register.id)


def _extent(catalogue: Catalogue, register_id: str, section_id: str) -> tuple[int, int]:
    """The first and last position of a section's scans; raises as `correct_section` does."""
    pages = catalogue.pages.pages_of(register_id)
    held: dict[str, set[str]] = {}
    for page in pages:
        held.setdefault(page.scan.id, set()).add(page.section_id)
    scan_of = {page.page.id: page.scan.id for page in pages}
    for name in catalogue.entries.listed_names(register_id):
        if name.page_id in scan_of:
            held[scan_of[name.page_id]].add(name.section_id)
    positions = _positions(pages)
    mine = [positions[scan_id] for scan_id, sections in held.items() if section_id in sections]
    if not mine:
        raise NotFoundError(f"register {register_id} has no section {section_id}")
    first, last = min(mine), max(mine)
    for scan_id, sections in held.items():
        if first <= positions[scan_id] <= last and sections - {section_id, ""}:
            raise UsageError(
                f"section {section_id} shares pages with another",
                advice="say in the register's register.toml which views belong to which section",
            )
    return first, last


def _positions(pages: Sequence[StoredPage]) -> dict[str, int]:
    """Each scan's view, or the best guess of it, as understanding counts them (ner/sections.py)."""
    positions: dict[str, int] = {}
    latest = 0
    views: dict[str, int] = {}
    for page in pages:
        if page.view is not None:
            views.setdefault(page.scan.id, page.view)
    for page in pages:
        if page.scan.id not in positions:
            latest = views.get(page.scan.id, latest + 1)
            positions[page.scan.id] = latest
    return positions


def _said_of(sections: Sequence[SectionSettings], position: int) -> SectionSettings | None:
    found = (
        section
        for section in sections
        if (section.first_view or 1) <= position <= (section.last_view or position)
    )
    return next(found, None)


def _name(register_id: str) -> str:
    return f"sections by hand:{register_id}"


def _load(catalogue: Catalogue, register_id: str) -> _Corrections:
    text = catalogue.values.get(_name(register_id))
    return codec.loads(_Corrections, text) if text else _Corrections()


def _keep(catalogue: Catalogue, register_id: str, known: _Corrections) -> None:
    text = codec.dumps(known) if known.made else ""
    if catalogue.values.get(_name(register_id)) != text:
        catalogue.values.set(_name(register_id), text)
