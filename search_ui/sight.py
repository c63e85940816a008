"""What a clerk sees of an entry: words, references and measures, made ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import PurePath
from urllib.parse import quote, urlencode

from registers.entry import Entry, Flag, Kind, PersonName, State
from registers.query import Why
from registers.register import Section
from search_ui.language import Language
from services.find import FoundEntry
from services.proposals import proposal_of
from services.strip import strip_size
from store.kept import StoredEntry

_SURE, _LIKELY = 0.9, 0.6
_STRIP, _HEAD_STRIP = 56, 40  # pixels high
_UNSETTLING = frozenset(Flag) - {Flag.REPAIRED, Flag.NUMBER_GAP}


@dataclass(frozen=True, slots=True)
class Frame:
    """The size at which a strip is shown, in pixels of the page: known before its image is made."""

    width: int
    height: int


NO_FRAME = Frame(0, 0)


@dataclass(frozen=True, slots=True)
class Offered:
    """A later reading of a checked entry, with what a decision on it names: the version and the mark."""

    reading: str
    version: int
    mark: str


@dataclass(frozen=True, slots=True)
class Seen:
    """One entry as the page shows it. `name` has the surname in capitals, so that copying gives them."""

    entry_id: str
    surname: str
    given_names: str
    spouse: str
    date: str
    date_written: str
    act: str
    remarks: str
    reference: str
    row: int
    trust: str
    trust_word: str
    flags: tuple[str, ...]
    why: tuple[str, ...]
    inherited: str
    page_link: str
    strip_link: str
    head_strip_link: str
    reading: str
    listed: str = ""
    points: str = ""
    strip: Frame = NO_FRAME
    head_strip: Frame = NO_FRAME
    offered: Offered | None = None


def seen_result(result: FoundEntry, language: Language) -> Seen:
    """A search result."""
    why = tuple(dict.fromkeys(_why_word(why, language) for why in result.hit.why))
    return seen_entry(result.stored, result.section, language, head=result.head, why=why)


def seen_entry(
    stored: StoredEntry,
    section: Section | None,
    language: Language,
    *,
    head: Entry | None = None,
    why: tuple[str, ...] = (),
) -> Seen:
    """An entry of a page or of a result."""
    entry = stored.entry
    when = date_words(entry, language)
    spouse = capitals(entry.spouse) if entry.spouse else ""
    act = _act(entry, language)
    trust = _trust(entry)
    return Seen(
        entry_id=entry.id,
        surname=entry.person.surname.upper(),
        given_names=entry.person.given_names,
        spouse=spouse,
        date=when,
        date_written=_written(entry, language),
        act=act,
        remarks=language.word("result.remarks", text=entry.remarks) if entry.remarks else "",
        reference=reference(entry, section, language),
        row=entry.source.row,
        trust=trust,
        trust_word=_trust_word(stored, trust, language),
        flags=tuple(language.word(f"flag.{flag.value}") for flag in entry.flags),
        why=why,
        inherited=_inherited(entry, head, language),
        page_link=page_link(entry.source.register_id, entry.source.page_id, entry.source.row),
        strip_link=strip_link(entry.id),
        head_strip_link=strip_link(head.id) if head else "",
        reading=", ".join(part for part in (capitals(entry.person), spouse, when, act) if part),
        listed=_listed(entry, language),
        strip=Frame(*strip_size(entry.source.quad, _STRIP)),
        head_strip=Frame(*strip_size(head.source.quad, _HEAD_STRIP)) if head else NO_FRAME,
        points=" ".join(f"{corner.x:.0f},{corner.y:.0f}" for corner in entry.source.quad.corners),
        offered=_offered(stored, language),
    )


def capitals(person: PersonName) -> str:
    """ "LEFEBVRE Jean Baptiste", in real capitals."""
    return capitals_of(person.surname, person.given_names)


def capitals_of(surname: str, given_names: str) -> str:
    """The same of two texts."""
    return f"{surname.upper()} {given_names}".strip()


def date_words(entry: Entry, language: Language) -> str:
    """The date in words, else its bounds where these say something, else that it was not read."""
    said = language.date(entry.date)
    if said:
        return said
    if entry.date.text and entry.date.earliest and entry.date.latest:
        first, last = entry.date.earliest.year, entry.date.latest.year
        key = "result.within_year" if first == last else "result.between"
        return f"{entry.date.text} ({language.word(key, first=first, last=last)})"
    return language.word("result.no_date")


def place_words(view: int | None, image: str, side: str, row: int | None, language: Language) -> str:
    """ "vue 12, page de droite, ligne 7" """
    where = (
        language.word("place.view", number=view)
        if view is not None
        else language.word("place.image", name=PurePath(image).name)
    )
    parts = [where, language.word(f"place.{side}")]
    if row is not None:
        parts.append(language.word("place.row", row=row))
    return ", ".join(part for part in parts if part)


def section_words(section: Section | None, language: Language, kind: Kind | None = None) -> str:
    """ "Paris 3e, naissances 1883-1892, cote 2E 2617"; of all its kinds only `kind`, where given."""
    if section is None:
        return ""
    said = section.description
    shown = said.kinds if kind in {None, Kind.UNKNOWN} else (kind,)
    kinds = ", ".join(language.word(f"kind.{known.value}").lower() for known in shown if known)
    years = ""
    if said.period is not None:
        first, last = said.period.first.year, said.period.last.year
        years = str(first) if first == last else f"{first}-{last}"
    cote = language.word("place.cote", cote=said.cote) if said.cote else ""
    parts = (said.commune, " ".join(part for part in (kinds, years) if part), cote)
    return ", ".join(part for part in parts if part)


def reference(entry: Entry, section: Section | None, language: Language) -> str:
    """What a clerk quotes: place, kind and years, cote, view, side, row, number of the act."""
    source = entry.source
    where = place_words(source.view, source.image, source.side.value, source.row, language)
    parts = (
        section_words(section, language, entry.kind) or source.register_id,
        where,
        _act(entry, language),
    )
    return ", ".join(part for part in parts if part)


def page_link(register_id: str, page_id: str, row: int | None = None) -> str:
    """A link that can be shared: it holds hashes and numbers only."""
    query = {"registre": register_id} | ({"ligne": str(row)} if row else {})
    return f"/page/{quote(page_id)}?{urlencode(query)}"


def strip_link(entry_id: str) -> str:
    return f"/image/bande?{urlencode({'ligne': entry_id})}"


def _offered(stored: StoredEntry, language: Language) -> Offered | None:
    proposal = proposal_of(stored)
    if proposal is None:
        return None
    return Offered(_offered_words(stored.entry, proposal.found, language), stored.version, proposal.mark)


def _offered_words(entry: Entry, found: Entry, language: Language) -> str:
    """Names and date as they were read later, and what else would change or be gone."""
    parts = [
        capitals(found.person),
        capitals(found.spouse) if found.spouse else "",
        date_words(found, language),
    ]
    if entry.spouse and not found.spouse:
        parts.append(language.word("offered.no_spouse"))
    if found.kind is not entry.kind:
        parts.append(language.word(f"kind_one.{found.kind.value}"))
    if found.act_number or entry.act_number:
        parts.append(_act(found, language) or language.word("offered.no_act"))
    if found.remarks != entry.remarks:
        gone = language.word("offered.no_remarks")
        parts.append(language.word("result.remarks", text=found.remarks) if found.remarks else gone)
    return ", ".join(part for part in parts if part)


def _written(entry: Entry, language: Language) -> str:
    text = entry.date.text.strip()
    said = language.date(entry.date)
    if not text or text.casefold() == said.casefold():
        return ""
    return language.word("result.written", text=text)


def _inherited(entry: Entry, head: Entry | None, language: Language) -> str:
    if entry.ditto is None or head is None:
        return ""
    sign = entry.ditto.sign.strip()
    key = "result.inherited" if sign else "result.inherited_blank"
    return language.word(key, row=head.source.row, sign=sign)


def _trust(entry: Entry) -> str:
    if entry.state is not State.MACHINE:
        return "checked"
    confidence = entry.confidence
    if confidence is None or confidence < _LIKELY:
        return "doubtful"
    if confidence < _SURE or _UNSETTLING.intersection(entry.flags):
        return "check"
    return "sure"


def _trust_word(stored: StoredEntry, trust: str, language: Language) -> str:
    if trust != "checked":
        return language.word(f"trust.{trust}")
    state = language.word(f"state.{stored.entry.state.value}")
    return language.word("state_on", state=state, day=language.day(date.fromisoformat(stored.at[:10])))


def _act(entry: Entry, language: Language) -> str:
    """ "acte n° 212", with its year where that is not the date's."""
    if not entry.act_number:
        return ""
    if entry.act_year is not None and entry.act_year != entry.date.year:
        return language.word("result.act_of_year", number=entry.act_number, year=entry.act_year)
    return language.word("result.act", number=entry.act_number)


def _listed(entry: Entry, language: Language) -> str:
    """Under which of the two spouses this row stands, and whether the other has one too."""
    if entry.spouse is None or not entry.person.surname:
        return ""
    key = "result.listed_under_both" if entry.twin_of else "result.listed_under"
    return language.word(key, name=capitals(entry.person), other=capitals(entry.spouse))


def _why_word(why: Why, language: Language) -> str:
    return language.word(f"why.{why.expansion.value}")
