"""Sections put right by hand, without touching the archive's register.toml.

What is corrected here stands above register.toml, which stands above banners, titles and the folder's
name: it is the latest word of a person who saw what all of these had led to. It is kept in the catalogue
per register as a list, latest last, so that taking back the latest brings the one before into force.
Only the second stage runs again; handwriting that was decoded under another period is outdated from then on.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from registers.errors import NotFoundError, UsageError
from registers.register import Description, Register, RegisterSettings, Section, SectionSettings
from services.by_hand import Corrections, SectionCorrection, corrections_of, keep_corrections
from services.correct import person
from services.desk import Desk
from services.known import decoded_otherwise
from services.publish import publish_now
from services.understand import understand_register
from store.catalogue import Catalogue
from store.clock import now
from store.kept import StoredPage


def correct_section(
    desk: Desk, register_id: str, section_id: str, description: Description, who: str
) -> tuple[Section, ...]:
    """Put right what is said of a section; fields left empty stay as they are. Returns the sections now.

    The register is understood again and published; nothing is read again at once. Raises NotFoundError for an
    unknown section, UsageError for one that shares its pages with another (`correct_views` takes
    those by their views) or for a description that says nothing.
    """
    desk.catalogue.registers.get(register_id)
    extent = _extent(desk.catalogue, register_id, section_id)
    return _correct(desk, register_id, extent, description, who)


def _correct(
    desk: Desk, register_id: str, extent: tuple[int, int], description: Description, who: str
) -> tuple[Section, ...]:
    if description == Description():
        raise UsageError("the correction says nothing", advice="give a commune, kinds, a period or a cote")
    who = person(who)
    catalogue = desk.catalogue
    register = catalogue.registers.get(register_id)
    known = corrections_of(catalogue, register_id)
    if not known.made:
        known = replace(known, file=register.settings)
    pieces = _pieces(register.settings, extent)
    said = [
        SectionSettings(description.over(before.description), first, last, before.columns)
        for first, last, before in pieces
    ]
    at = now()
    made = (*known.made, *(SectionCorrection(piece, who, at, len(said)) for piece in said))
    return _apply(desk, register, replace(known, made=made))


def _pieces(settings: RegisterSettings, extent: tuple[int, int]) -> list[tuple[int, int, SectionSettings]]:
    """The views of an extent cut where what is said of them changes, each piece with what that is."""
    first, last = extent
    borders = {first, last + 1}
    for section in settings.sections:
        borders |= {section.first_view or 1, (section.last_view or last) + 1}
    cuts = sorted(border for border in borders if first <= border <= last + 1)
    pieces: list[tuple[int, int, SectionSettings]] = []
    place_before: int | None = None
    for start, end in pairwise(cuts):
        place, said = settings.section_at(start) or (-1, SectionSettings(Description()))
        begins = pieces.pop()[0] if place == place_before else start
        pieces.append((begins, end - 1, said))
        place_before = place
    return pieces


def correct_views(
    desk: Desk, register_id: str, views: tuple[int, int], description: Description, who: str
) -> tuple[Section, ...]:
    """Say what the views from the first to the last of `views` are, whatever sections were found there.

    Positions are meant where no view is known. As `correct_section` otherwise; raises UsageError for a
    range that is none or that no page lies in.
    """
    first, last = views
    desk.catalogue.registers.get(register_id)
    if not 1 <= first <= last:
        raise UsageError(f"{first}-{last} is no range of views", advice="write the first and the last: 40-72")
    positions = _positions(desk.catalogue.pages.pages_of(register_id)).values()
    if not any(first <= position <= last for position in positions):
        raise UsageError(
            f"no page of {register_id} lies in the views {first}-{last}",
            advice=f"`feuillet registers section {register_id}` lists its sections with their views",
        )
    return _correct(desk, register_id, (first, last), description, who)


def undo_section(desk: Desk, register_id: str) -> tuple[Section, ...]:
    """Take back the latest correction of a section of this register; raises NotFoundError without any."""
    register = desk.catalogue.registers.get(register_id)
    known = corrections_of(desk.catalogue, register_id)
    if not known.made:
        raise NotFoundError(f"no section of {register_id} was corrected by hand")
    return _apply(desk, register, replace(known, made=known.made[: -known.made[-1].pieces]))


def section_corrections(catalogue: Catalogue, register_id: str) -> tuple[SectionCorrection, ...]:
    """Who corrected which views of a register, and when; the latest last."""
    return corrections_of(catalogue, register_id).made


def scans_decoded_otherwise(catalogue: Catalogue, register_id: str) -> int:
    """How many scans of a register hold handwriting that was decoded under another period, or other columns,
    than are known of it now: `--again outdated` reads them again."""
    pages = catalogue.pages.pages_of(register_id)
    keys = {page.scan.id: (page.scan.sha256, page.scan.page_index) for page in pages}
    positions = {keys[scan_id]: position for scan_id, position in _positions(pages).items()}
    register = catalogue.registers.get(register_id)
    return len(decoded_otherwise(register, catalogue.pages.done(register_id), positions))


def _apply(desk: Desk, register: Register, known: Corrections) -> tuple[Section, ...]:
    keep_corrections(desk.catalogue, register.id, known)
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
                advice="say which views it has: `feuillet registers section ID --views 40-72 ...`",
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
