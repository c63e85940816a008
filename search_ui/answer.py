"""The context of an answer: results, facets, expansions and what was covered, in the clerk's words."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from registers.query import ALL_EXPANSIONS, Expansion, FacetCount
from search_ui.forms import PAGE_SIZE, Choices
from search_ui.language import Language
from search_ui.sight import Seen, seen_result
from services.find import Found

_SHOWN_EXPANSIONS = (
    Expansion.SOUND,
    Expansion.TYPO,
    Expansion.MISREADING,
    Expansion.SPELLING,
    Expansion.GIVEN_NAME_FORM,
    Expansion.INVERTED,
    Expansion.SPOUSE,
    Expansion.CROSS_REFERENCE,
    Expansion.DATE_NEAR,
)


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that chooses, removes or restores something; `share` is a bar's height, 0 to 8."""

    text: str
    link: str
    count: str = ""
    chosen: bool = False
    share: int = 0


@dataclass(frozen=True, slots=True)
class FacetGroup:
    name: str
    title: str
    choices: tuple[Choice, ...]
    chosen: bool


@dataclass(frozen=True, slots=True)
class Answer:
    """The context of answer.html, and what nothing.html shares with it."""

    total: str
    within: str
    unread: str
    results: tuple[Seen, ...]
    first: int
    facets: tuple[FacetGroup, ...]
    expansions: tuple[Choice, ...]
    removed: tuple[Choice, ...]
    previous: str
    following: str


def answer_context(
    found: Found, search_id: str, choices: Choices, language: Language, labels: Mapping[str, str]
) -> Answer:
    """What the templates show of a search; `labels` name registers by id."""
    coverage = found.coverage
    searched = sum(1 for register in coverage.registers if register.register_id)
    last = choices.page * PAGE_SIZE
    return Answer(
        total=language.count("results.found", found.total),
        within=language.word("results.within", registers=language.count("results.registers", searched)),
        unread=language.count("results.unread", coverage.pages_unread) if coverage.pages_unread else "",
        results=tuple(seen_result(result, language) for result in found.results),
        first=last - PAGE_SIZE + 1,
        facets=_facets(found, search_id, choices, language, labels),
        expansions=_expansions(found, search_id, choices, language),
        removed=tuple(
            Choice(
                language.word(f"why.{item.value}"), choices.link(search_id, without=choices.without - {item})
            )
            for item in sorted(choices.without)
        ),
        previous=choices.link(search_id, page=choices.page - 1) if choices.page > 1 else "",
        following=choices.link(search_id, page=choices.page + 1) if found.total > last else "",
    )


def _facets(
    found: Found, search_id: str, choices: Choices, language: Language, labels: Mapping[str, str]
) -> tuple[FacetGroup, ...]:
    facets = found.facets
    words: dict[str, Callable[[str], str]] = {
        "kind": lambda value: language.word(f"kind.{value}"),
        "place": lambda value: value or language.word("facet.no_place"),
        "decade": lambda value: f"{value}-{int(value) + 9}",
        "register": lambda value: labels.get(value, value),
        "state": lambda value: language.word(f"state.{value}"),
    }
    groups = []
    for name, word in words.items():
        counts: tuple[FacetCount, ...] = getattr(facets, name)
        chosen = getattr(choices, name)
        current = "" if chosen is None else str(chosen)
        if len(counts) < 2 and not current:
            continue
        most = max((count.count for count in counts), default=1)
        none: object = None if name == "decade" else ""
        groups.append(
            FacetGroup(
                name,
                language.word(f"facet.{name}"),
                tuple(
                    Choice(
                        word(count.value),
                        choices.link(
                            search_id,
                            **{name: none if count.value == current else _value(name, count.value)},
                        ),
                        language.number(count.count),
                        count.value == current,
                        max(1, round(8 * count.count / most)),
                    )
                    for count in counts
                ),
                bool(current),
            )
        )
    return tuple(groups)


def _value(name: str, value: str) -> object:
    return int(value) if name == "decade" else value


def _expansions(found: Found, search_id: str, choices: Choices, language: Language) -> tuple[Choice, ...]:
    """The expansions that some result owes itself to, each with the link that takes it away."""
    used = {why.expansion for result in found.results for why in result.hit.why} & ALL_EXPANSIONS
    return tuple(
        Choice(language.word(f"why.{item.value}"), choices.link(search_id, without=choices.without | {item}))
        for item in _SHOWN_EXPANSIONS
        if item in used
    )
