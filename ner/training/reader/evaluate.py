"""How many letters are read right: by the rules alone, by the network alone, and by both."""

from __future__ import annotations

from collections.abc import Sequence

from lexicon.fold import fold
from ner.letters.learnt.decide import Reader
from ner.letters.sought import Sought
from ner.training.reader.letters import Letter

_FIELDS = ("surname", "given_names", "kind", "year_from", "year_to")


def shares_right(reader: Reader, letters: Sequence[Letter]) -> dict[str, float]:
    """The shares of letters in which every act has its person, kind and years, and no other is found."""
    rules = [letter.by_rules or () for letter in letters]
    alone = [reader.read(letter.text, letter.names, ()) or () for letter in letters]
    both = [
        reader.decide(letter.text, letter.names, found) for letter, found in zip(letters, rules, strict=True)
    ]
    found = {"rules": rules, "without_rules": alone, "letters_right": both}
    return {
        name: round(
            sum(is_right(acts, letter.sought) for acts, letter in zip(answers, letters, strict=True))
            / len(letters),
            3,
        )
        for name, answers in found.items()
    }


def is_right(found: Sequence[Sought], truth: Sequence[Sought]) -> bool:
    return sorted(map(_key, found)) == sorted(map(_key, truth))


def _key(act: Sought) -> tuple[str, ...]:
    values = [getattr(act, name) for name in _FIELDS]
    return tuple("" if value is None else fold(str(value)) for value in values)
