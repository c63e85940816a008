"""Where the names of a letter's truth stand in it, and those of people who are not sought."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from ner.clues import is_given
from ner.letters.learnt.mentions import Mention, Part
from ner.letters.learnt.tokens import Range, Tokens
from ner.letters.learnt.verdicts import ARTICLE
from ner.training.reader.letters import Letter


def located(tokens: Tokens, letter: Letter) -> tuple[list[Mention], list[Mention]]:
    """The names of the truth, then other names that the rules find; no two share a token."""
    others = []
    for part, start, end in letter.names:
        first, last = tokens.covering(start, end)
        others.append(Mention(first, last, part))
    parts = _by_truth(tokens, letter)
    taken: set[int] = set()
    true: list[Mention] = []
    longest_first = sorted(parts.items(), key=lambda item: (item[0][0] - item[0][1], item[0][0]))
    for (first, end), possible in longest_first:
        inside = [other for other in others if other.first <= first and end <= other.end]
        if taken & set(range(first, end)) or _is_part_of_another(tokens, (first, end), possible, inside):
            continue
        seen = [other.part for other in inside if other.part in possible]
        true.append(Mention(first, end, (seen or sorted(possible))[0]))
        taken.update(range(first, end))
    rest = []
    for other in others:
        if not taken & set(range(*other.range)):
            rest.append(other)
            taken.update(range(*other.range))
    return true, rest


def _by_truth(tokens: Tokens, letter: Letter) -> dict[Range, set[Part]]:
    found: defaultdict[Range, set[Part]] = defaultdict(set)
    for act in letter.sought:
        values: tuple[tuple[Part, str | None], ...] = (
            *(("G", act.given_names), ("G", act.spouse_given_names)),
            *(("S", act.surname), ("S", act.spouse_surname), ("P", act.place)),
        )
        for part, written in values:
            if written:
                places = tokens.places_of(written)
                if part == "P" and not places:  # "au Puy" for Le Puy
                    places = tokens.places_of(ARTICLE.sub("", written))
                for place in places:
                    found[place].add(part)
    return found


def _is_part_of_another(tokens: Tokens, place: Range, possible: set[Part], inside: Sequence[Mention]) -> bool:
    """Whether "Jean" stands inside "Jean Louis", who is somebody else."""
    if possible != {"G"} or place[1] - place[0] > 1:
        return False
    return any(
        other.part == "G"
        and other.end - other.first > 1
        and all(at == place[0] or is_given(tokens.token(at)) for at in range(*other.range))
        for other in inside
    )
