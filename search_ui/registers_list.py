"""The context of the list of registers, and its filter by place, kind and year."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from starlette.datastructures import QueryParams

from lexicon.fold import fold
from registers.entry import Kind
from search_ui.language import Language
from search_ui.leaf import doubts, register_link
from search_ui.nothing import years_words
from services.overview import label_of
from store.kept import RegisterSummary

PAGE_SIZE = 200
_MOST = 100  # characters


@dataclass(frozen=True, slots=True)
class RegisterFilter:
    """What stands in the filter's fields: words of places and shelf marks, no names of people."""

    where: str = ""
    kind: str = ""
    year: str = ""
    page: int = 1

    @classmethod
    def of(cls, params: QueryParams) -> RegisterFilter:
        """From an address; what is not understood is passed over."""
        kind, year, page = (params.get(name, "") for name in ("nature", "annee", "page"))
        return cls(
            params.get("lieu", "").strip()[:_MOST],
            kind if kind in {known.value for known in Kind} else "",
            year if year.isdecimal() and len(year) == 4 else "",
            int(page) if page.isdecimal() and len(page) < 6 and int(page) else 1,
        )

    @property
    def empty(self) -> bool:
        return not (self.where or self.kind or self.year)

    def holds(self, summary: RegisterSummary) -> bool:
        """Whether a register is of this place or cote, kind and year."""
        if self.where and fold(self.where) not in fold(f"{label_of(summary)} {summary.register.id}"):
            return False
        if not self.kind and not self.year:
            return True
        return any(
            (not self.kind or self.kind in said.kinds)
            and (
                not self.year
                or (
                    said.period is not None
                    and said.period.first.year <= int(self.year) <= said.period.last.year
                )
            )
            for said in (section.description for section in summary.sections)
        )

    def link(self, page: int) -> str:
        """The same filter on another page of the list."""
        pairs = {
            "lieu": self.where,
            "nature": self.kind,
            "annee": self.year,
            "page": page if page > 1 else "",
        }
        query = urlencode({name: value for name, value in pairs.items() if value})
        return "/registres" + (f"?{query}" if query else "")


@dataclass(frozen=True, slots=True)
class RegisterLine:
    """A register in the list."""

    label: str
    link: str
    kinds: str
    period: str
    pages: str
    rows: str
    reading: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class RegisterList:
    """The context of registers.html."""

    lines: tuple[RegisterLine, ...]
    count: str
    filter: RegisterFilter
    kinds: tuple[tuple[str, str], ...]
    previous: str
    following: str


def register_list(
    summaries: Sequence[RegisterSummary], wanted: RegisterFilter, language: Language
) -> RegisterList:
    """The registers that the filter lets through, a page of them."""
    found = summaries if wanted.empty else [summary for summary in summaries if wanted.holds(summary)]
    found = sorted(found, key=_place_and_time)
    start = (wanted.page - 1) * PAGE_SIZE
    kinds = {
        kind for summary in summaries for section in summary.sections for kind in section.description.kinds
    }
    return RegisterList(
        tuple(_line(summary, language) for summary in found[start : start + PAGE_SIZE]),
        language.count("registers.count", len(found)),
        wanted,
        tuple((kind.value, language.word(f"kind.{kind.value}")) for kind in Kind if kind in kinds),
        wanted.link(wanted.page - 1) if wanted.page > 1 else "",
        wanted.link(wanted.page + 1) if len(found) > start + PAGE_SIZE else "",
    )


def _place_and_time(summary: RegisterSummary) -> tuple[str, str, str]:
    said = summary.sections[0].description if summary.sections else None
    if said is None:
        return "", "", summary.register.id
    return fold(said.commune or ""), str(said.period or ""), summary.register.id


def _line(summary: RegisterSummary, language: Language) -> RegisterLine:
    said = [section.description for section in summary.sections]
    kinds = dict.fromkeys(kind for description in said for kind in description.kinds)
    periods = [description.period for description in said if description.period]
    return RegisterLine(
        label=label_of(summary),
        link=register_link(summary.register.id),
        kinds=", ".join(language.word(f"kind.{kind.value}") for kind in kinds),
        period=years_words(
            min((period.first.year for period in periods), default=None),
            max((period.last.year for period in periods), default=None),
        ),
        pages=language.number(sum(summary.pages.values())),
        rows=language.number(summary.entries),
        reading=doubts(summary, language),
    )
