"""Letters that ask for acts: composed sentence by sentence, with the names and places marked.

A letter is an opening, one to four sentences about people, sentences about nothing, a closing and a
signature; a list or a form sometimes. Braces are slots: `{p}` a person, `{w}` a woman with her husband's
name, `{g}` given names alone, `{s}` a surname alone, `{n}` a person as a list writes it, `{l}` a place,
`{d}` a date, `{y}` a year, `{a}` an act, `{r}` a relation, `{x}` an address. Only names and places are
labelled: who is sought is found by `ner/letters/read.py`.
"""

from __future__ import annotations

import random
import re
import tomllib
import unicodedata
from pathlib import Path

from ner.training.draft import Draft, Example
from ner.training.names import NamePool, pool
from ner.training.noise import noisy
from registers.dates import GREGORIAN_MONTHS
from registers.entry import Gender

LABELS = ("SURNAME", "GIVEN_NAMES", "PLACE")
_PHRASES: dict[str, list[str]] = tomllib.loads(
    Path(__file__).with_name("letters.toml").read_text(encoding="utf-8")
)
_SLOT = re.compile(r"(\{[a-z]\})")

_TITLES = {
    Gender.MALE: ("", "", "", "", "", "M. ", "Monsieur ", "M ", "Mr ", "le nommé ", "le sieur "),
    Gender.FEMALE: ("", "", "", "", "", "Mme ", "Madame ", "Mlle ", "Mademoiselle ", "la demoiselle "),
}


def letter(rng: random.Random, names: NamePool, *, noise: float = 0.0) -> Example:
    """A letter with `noise` as its share of slips, some in small letters without accents or in capitals."""
    draft = _compose(rng, names)
    roll = rng.random()
    if roll < 0.14:
        draft = _careless(draft)
    elif roll < 0.19:
        draft = _shouted(draft)
    return noisy(draft, noise, rng).example()


def generate(count: int, *, seed: int, held_out: bool, noise: float = 0.0) -> list[Example]:
    """`count` letters, the same for the same seed."""
    rng, names = random.Random(seed), pool(held_out=held_out)
    return [letter(rng, names, noise=noise) for _ in range(count)]


def _compose(rng: random.Random, names: NamePool) -> Draft:
    parts = [rng.choice(_PHRASES["openings"])] if rng.random() < 0.6 else []
    roll = rng.random()
    if roll < 0.15:
        parts += [rng.choice(_PHRASES["rows"]) + "\n" for _ in range(rng.randint(1, 4))]
    elif roll < 0.25:
        parts.append(rng.choice(_PHRASES["forms"]).replace("{S}", rng.choice(("{s}", "{u}"))) + "\n")
    else:
        parts += [
            rng.choice(_PHRASES["asking"]) + rng.choice((" ", " ", "\n")) for _ in range(rng.randint(1, 2))
        ]
    for _ in range(rng.choice((0, 0, 1, 1, 2))):
        parts.insert(
            rng.randint(0, len(parts)), rng.choice(_PHRASES["about_nothing"]) + rng.choice((" ", "\n"))
        )
    if rng.random() < 0.4:
        parts.append(rng.choice(_PHRASES["closings"]) + rng.choice(_PHRASES["signatures"]))
    draft = Draft()
    for piece in _SLOT.split("".join(parts)):
        if _SLOT.fullmatch(piece):
            _fill(draft, piece[1], rng, names)
        else:
            draft.add(piece)
    return draft


def _fill(draft: Draft, slot: str, rng: random.Random, names: NamePool) -> None:
    gender = rng.choice(tuple(Gender))
    match slot:
        case "p":
            _person(draft, rng, names, gender)
        case "n":
            _listed(draft, rng, names, gender)
        case "w":
            _woman(draft, rng, names)
        case "g":
            given = names.given_group(rng, gender, abbreviations=False)
            _elide(draft, given)
            draft.add(given, "GIVEN_NAMES")
        case "s":
            draft.add(names.surname(rng), "SURNAME")
        case "u":
            draft.add(names.surname(rng).upper(), "SURNAME")
        case "l":
            draft.add(_place(rng, names), "PLACE")
        case _:
            draft.add(_plain(slot, rng))


def _plain(slot: str, rng: random.Random) -> str:
    match slot:
        case "d":
            return _date(rng)
        case "y":
            return (
                rng.choice(_PHRASES["vague"]).format(*(rng.randint(1790, 1950) for _ in range(2)))
                if rng.random() < 0.3
                else str(rng.randint(1790, 1950))
            )
        case "a":
            return rng.choice(_PHRASES["acts"])
        case "r":
            return rng.choice(_PHRASES["relations"])
        case _:
            return rng.choice(_PHRASES["streets"])


def _person(draft: Draft, rng: random.Random, names: NamePool, gender: Gender) -> None:
    surname, given = names.surname(rng), names.given_group(rng, gender, abbreviations=False)
    title = rng.choice(_TITLES[gender])
    roll = rng.random()
    if not title and roll <= 0.82:
        _elide(draft, given)
    draft.add(title)
    if roll < 0.25:
        surname = surname.upper()
    if roll > 0.82:
        draft.add(surname.upper() if rng.random() < 0.5 else surname, "SURNAME").add(" ").add(
            given, "GIVEN_NAMES"
        )
    else:
        draft.add(given, "GIVEN_NAMES").add(" ").add(surname, "SURNAME")


def _elide(draft: Draft, name: str) -> None:
    """ "de Ernest" becomes "d'Ernest"."""
    if draft.pieces and name[:1] in "AEIOUYÉÈÊÎ" and draft.pieces[-1][0].endswith(" de "):
        text, label = draft.pieces.pop()
        draft.add(text[:-2] + "'", label)


def _listed(draft: Draft, rng: random.Random, names: NamePool, gender: Gender) -> None:
    surname, given = names.surname(rng), names.given_group(rng, gender, abbreviations=False)
    if rng.random() < 0.6:
        surname = surname.upper()
    before, behind = rng.choice(((" ", ""), (" ", ""), (", ", ""), (" (", ")")))
    draft.add(surname, "SURNAME").add(before).add(given, "GIVEN_NAMES").add(behind)


def _woman(draft: Draft, rng: random.Random, names: NamePool) -> None:
    _person(draft, rng, names, Gender.FEMALE)
    tie = rng.choice((" née ", " née ", ", née ", " épouse ", ", veuve ", " (née ", ", épouse de "))
    husband = names.surname(rng)
    draft.add(tie).add(husband.upper() if rng.random() < 0.4 else husband, "SURNAME")
    draft.add(")" if "(" in tie else "")


def _place(rng: random.Random, names: NamePool) -> str:
    roll = rng.random()
    if roll < 0.6:
        town = rng.choice(_PHRASES["towns"])
        return (
            f"{town} {rng.randint(1, 20)}e" if town in ("Paris", "Lyon", "Marseille") and roll < 0.3 else town
        )
    if roll < 0.78:
        saint = names.given(rng, rng.choice(tuple(Gender)))
        tail = rng.choice(
            (f"-sur-{rng.choice(_PHRASES['rivers'])}", "-en-Forêt", "-les-Bois", "", "-du-Mont", "-lès-Bourg")
        )
        return f"{rng.choice(('Saint', 'Sainte', 'St'))}-{saint}{tail}"
    base = names.surname(rng).split()[-1].split("'")[-1].title()
    return rng.choice(
        (
            base + rng.choice(("ville", "court", "y", "ac", "ières")),
            f"{base}-sur-{rng.choice(_PHRASES['rivers'])}",
        )
    )


def _date(rng: random.Random) -> str:
    day, month, year = rng.randint(1, 28), rng.randrange(12), rng.randint(1790, 2024)
    return rng.choice(
        (
            f"{'1er' if day == 1 else day} {GREGORIAN_MONTHS[month]} {year}",
            f"{day:02d}/{month + 1:02d}/{year}",
            f"{day} {GREGORIAN_MONTHS[month]} {year}",
            f"{day} prairial an {rng.choice(('V', 'VIII', 'XI', '9', '12'))}",
        )
    )


def _shouted(draft: Draft) -> Draft:
    result = Draft()
    for text, label in draft.pieces:
        result.add(text.upper(), label)
    return result


def _careless(draft: Draft) -> Draft:
    result = Draft()
    for text, label in draft.pieces:
        bare = "".join(c for c in unicodedata.normalize("NFD", text.lower()) if not unicodedata.combining(c))
        result.add(bare, label)
    return result
