"""What a clerk sees of an entry: words, references and measures, made ready for the templates."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import quote, urlencode

from registers.entry import Entry, Flag, PersonName, State
from registers.query import Why
from registers.register import Section
from search_ui.language import Language
from services.find import FoundEntry
from store.kept import StoredEntry

_SURE, _LIKELY = 0.9, 0.6
_UNSETTLING = frozenset(Flag) - {Flag.REPAIRED, Flag.NUMBER_GAP}


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
    points: str = ""


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
    date = date_words(entry, language)
    spouse = capitals(entry.spouse) if entry.spouse else ""
    act = language.word("result.act", number=entry.act_number) if entry.act_number else ""
    trust = _trust(entry)
    return Seen(
        entry_id=entry.id,
        surname=entry.person.surname.upper(),
        given_names=entry.person.given_names,
        spouse=spouse,
        date=date,
        date_written=_written(entry, language),
        act=act,
        remarks=language.word("result.remarks", text=entry.remarks) if entry.remarks else "",
        reference=reference(entry, section, language),
        row=entry.source.row,
        trust=trust,
        trust_word=_trust_word(entry, trust, language),
        flags=tuple(language.word(f"flag.{flag.value}") for flag in entry.flags),
        why=why,
        inherited=_inherited(entry, head, language),
        page_link=page_link(entry.source.register_id, entry.source.page_id, entry.source.row),
        strip_link=strip_link(entry.id),
        head_strip_link=strip_link(head.id) if head else "",
        reading=", ".join(part for part in (capitals(entry.person), spouse, date, act) if part),
        points=" ".join(f"{corner.x:.0f},{corner.y:.0f}" for corner in entry.source.quad.corners),
    )


def capitals(person: PersonName) -> str:
    """ "LEFEBVRE Jean Baptiste", in real capitals."""
    return f"{person.surname.upper()} {person.given_names}".strip()


def date_words(entry: Entry, language: Language) -> str:
    """The date in words, else its bounds where these say something, else that it was not read."""
    said = language.date(entry.date)
    if said:
        return said
    if entry.date.text and entry.date.earliest and entry.date.latest:
        first, last = entry.date.earliest.year, entry.date.latest.year
        return f"{entry.date.text} ({language.word('result.between', first=first, last=last)})"
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


def section_words(section: Section | None, language: Language) -> str:
    """ "Paris 3e, naissances 1883-1892, cote" """
    if section is None:
        return ""
    said = section.description
    kinds = ", ".join(language.word(f"kind.{kind.value}").lower() for kind in said.kinds)
    years = ""
    if said.period is not None:
        first, last = said.period.first.year, said.period.last.year
        years = str(first) if first == last else f"{first}-{last}"
    parts = (said.commune, " ".join(part for part in (kinds, years) if part), said.cote)
    return ", ".join(part for part in parts if part)


def reference(entry: Entry, section: Section | None, language: Language) -> str:
    """What a clerk quotes: place, kind and years, cote, view, side, row."""
    source = entry.source
    where = place_words(source.view, source.image, source.side.value, source.row, language)
    return ", ".join(part for part in (section_words(section, language) or source.register_id, where) if part)


def page_link(register_id: str, page_id: str, row: int | None = None) -> str:
    """A link that can be shared: it holds hashes and numbers only."""
    query = {"registre": register_id} | ({"ligne": str(row)} if row else {})
    return f"/page/{quote(page_id)}?{urlencode(query)}"


def strip_link(entry_id: str) -> str:
    return f"/image/bande?{urlencode({'ligne': entry_id})}"


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


def _trust_word(entry: Entry, trust: str, language: Language) -> str:
    return language.word(f"state.{entry.state.value}" if trust == "checked" else f"trust.{trust}")


def _why_word(why: Why, language: Language) -> str:
    return language.word(f"why.{why.expansion.value}")
