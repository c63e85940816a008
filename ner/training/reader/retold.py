"""A letter told of other people, places and years, or written in another way."""

from __future__ import annotations

import random
import re
import unicodedata
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from typing import Any

from lexicon import given_names, surnames
from lexicon.fold import fold
from ner.letters.learnt.mentions import Mention, Part
from ner.letters.learnt.tokens import Tokens, tokens_of
from ner.letters.sought import Sought
from ner.letters.words import flat
from ner.training.reader.letters import Letter
from ner.training.reader.located import located
from registers.entry import Gender

_PARTICLES = frozenset(fold("de du des la le les d l van von der den di da do dos el ben y et").split())
_FIXED_YEARS = re.compile(
    r"\ban [ivx\d]|mil |mille |1[4-9]-[1-4]\d|1[5-9]\d\d\s?[-/]\s?\d\d\b|guerre|empire|classe"
)
_YEAR = re.compile(r"1[5-9]\d\d|20[0-4]\d")
_SYLLABLES = ["ba", "ke", "lo", "zi", "mou", "sta", "ren", "vi", "gra", "dja", "ska", "ow", "ez", "ini"]
_NAMES = ("surname", "given_names", "place", "spouse_surname", "spouse_given_names")
_PARTS: dict[str, Part] = {
    "surname": "S", "given_names": "G", "place": "P", "spouse_surname": "S", "spouse_given_names": "G",
}  # fmt: skip


def retold(letter: Letter, rng: random.Random, places: Sequence[str]) -> Letter:
    """The letter with other names and years throughout, its truth and what the rules said of it with it."""
    tokens = tokens_of(letter.text)
    true, rest = located(tokens, letter)
    mentions = sorted([*true, *rest], key=lambda mention: mention.first)
    written = _Exchange(rng, places).names(tokens, mentions) if rng.random() < 0.85 else {}
    shift = _shift(tokens, rng)
    for at in range(len(tokens)):
        if shift and at not in written and _YEAR.fullmatch(tokens.token(at)):
            written[at] = str(int(tokens.token(at)) + shift)
    told = _Rewritten(tokens, written, mentions)
    acts = tuple(told.act(act, shift) for act in letter.sought)
    by_rules = None if letter.by_rules is None else tuple(told.act(act, shift) for act in letter.by_rules)
    names = tuple((mention.part, *told.characters(mention)) for mention in mentions)
    return _in_another_hand(Letter(told.text, acts, names, by_rules), rng)


def _shift(tokens: Tokens, rng: random.Random) -> int:
    """Whole decades by which all years move; none where words or another calendar tell some of them."""
    years = [int(tokens.token(at)) for at in range(len(tokens)) if _YEAR.fullmatch(tokens.token(at))]
    if not years or _FIXED_YEARS.search(flat(tokens.text)) or rng.random() < 0.2:
        return 0
    shift = 10 * rng.randint(-6, 6)
    return shift if max(years) + shift <= 2025 and min(years) + shift >= 1600 else 0


@dataclass(slots=True)
class _Exchange:
    """Which name stands for which, the same throughout a letter."""

    rng: random.Random
    places: Sequence[str]
    known: dict[tuple[Part, str], str] = field(default_factory=dict)

    def names(self, tokens: Tokens, mentions: Sequence[Mention]) -> dict[int, str]:
        """The new word of each token that changes."""
        written: dict[int, str] = {}
        for mention in mentions:
            if mention.part == "P" and mention.end - mention.first > 1:
                continue
            for at in range(*mention.range):
                old, key = tokens.token(at), tokens.folded[at]
                if old[0].isalpha() and key not in _PARTICLES and len(key) > 1 + (mention.part == "G"):
                    written[at] = _in_style(self._other(mention.part, key, old), old)
        named = {at for mention in mentions for at in range(*mention.range)}
        for at, key in enumerate(tokens.folded):
            other = self.known.get(("S", key))
            if at not in named and other and len(key) > 3 and tokens.token(at)[0].isupper():
                written[at] = _in_style(other, tokens.token(at))  # "la famille Vidal"
        return written

    def _other(self, part: Part, key: str, old: str) -> str:
        if (part, key) not in self.known:
            keep = self.rng.random() < (0.2 if part == "P" else 0.1)
            self.known[part, key] = old if keep else self._drawn(part, old)
        return self.known[part, key]

    def _drawn(self, part: Part, old: str) -> str:
        men, women, families = _pools()
        if part == "P":
            return self.rng.choice(self.places) if self.places else old
        if part == "S":
            dice = self.rng.random()
            if dice < 0.06:
                return "".join(self.rng.choices(_SYLLABLES, k=self.rng.randint(2, 4))).capitalize()
            return _common(self.rng, men, 2.0) if dice < 0.11 else _common(self.rng, families, 1.5)
        gender = given_names.gender(old) or self.rng.choice([Gender.MALE, Gender.FEMALE])
        return _common(self.rng, men if gender is Gender.MALE else women, 2.0)


@cache
def _pools() -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    names = [name for name, _ in given_names.all_names()[:3000] if name.isalpha()]
    by_gender = {
        gender: tuple(name for name in names if given_names.gender(name) is gender) for gender in Gender
    }
    families = tuple(name for name, _ in surnames.most_common(30_000))
    return by_gender[Gender.MALE], by_gender[Gender.FEMALE], families


def _common(rng: random.Random, pool: Sequence[str], skew: float) -> str:
    return pool[int(len(pool) * rng.random() ** skew)]


def _in_style(new: str, old: str) -> str:
    if old.isupper() and len(old) > 1:
        new = new.upper()
    elif old.islower():
        new = new.lower()
    return _bare(new) if old.isascii() and (old.islower() or old.isupper()) else new


def _bare(text: str) -> str:
    return "".join(c for c in unicodedata.normalize("NFD", text) if not unicodedata.combining(c))


class _Rewritten:
    """A text with other words in the place of some tokens, and where each token went."""

    def __init__(self, tokens: Tokens, written: dict[int, str], mentions: Sequence[Mention]) -> None:
        self._tokens, self._mentions = tokens, mentions
        self._spans: list[tuple[int, int]] = []
        text, reached = "", 0
        for at, (start, end) in enumerate(tokens.spans):
            text += tokens.text[reached:start]
            word = written.get(at, tokens.token(at))
            self._spans.append((len(text), len(text) + len(word)))
            text += word
            reached = end
        self.text = text + tokens.text[reached:]

    def characters(self, mention: Mention) -> tuple[int, int]:
        return self._spans[mention.first][0], self._spans[mention.end - 1][1]

    def act(self, act: Sought, shift: int) -> Sought:
        first = None if act.year_from is None else act.year_from + shift
        last = None if act.year_to is None else act.year_to + shift
        names: dict[str, Any] = {name: self._name(getattr(act, name), _PARTS[name]) for name in _NAMES}
        return replace(act, year_from=first, year_to=last, **names)

    def _name(self, written: str | None, part: Part) -> str | None:
        if not written:
            return written
        for mention in self._mentions:
            if mention.part == part and fold(self._tokens.between(*mention.range)) == fold(written):
                start, end = self.characters(mention)
                return self.text[start:end]
        for first, last in self._tokens.places_of(written)[:1]:
            return self.text[self._spans[first][0] : self._spans[last - 1][1]]
        return written


def _in_another_hand(letter: Letter, rng: random.Random) -> Letter:
    """The letter in small letters or capitals, without accents, on one line, or mistyped."""
    case = rng.random()
    if case < 0.15:
        letter = _each(letter, str.lower if case < 0.1 else str.upper)
    if rng.random() < 0.12:
        letter = _each(letter, _bare)
    if rng.random() < 0.08:
        letter = replace(letter, text=letter.text.replace("\n", " "))
    if rng.random() < 0.08:
        letter = replace(letter, text=_mistyped(letter, rng))
    return letter


def _each(letter: Letter, change: Callable[[str], str]) -> Letter:
    """A change of each character that leaves their number as it is."""

    def changed(text: str) -> str:
        return "".join(new if len(new := change(char)) == 1 else char for char in text)

    def act(sought: Sought) -> Sought:
        names: dict[str, Any] = {name: changed(value) for name in _NAMES if (value := getattr(sought, name))}
        return replace(sought, **names)

    by_rules = None if letter.by_rules is None else tuple(map(act, letter.by_rules))
    return Letter(changed(letter.text), tuple(map(act, letter.sought)), letter.names, by_rules)


def _mistyped(letter: Letter, rng: random.Random) -> str:
    named = {at for _, start, end in letter.names for at in range(start, end)}
    chars = list(letter.text)
    for at in range(1, len(chars) - 1):
        if at not in named and letter.text[at - 1 : at + 2].isalpha() and rng.random() < 0.02:
            chars[at] = rng.choice("eaitsnrulo")
    return "".join(chars)
