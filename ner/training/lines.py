"""Lines of tables: who, when, which act, and what was added, in the orders that registers use.

The traps are those of documents.md: both names in one column, signs of repetition, blanks, spouses,
married and maiden names, remarks of filiation, numbers before or behind, leaders of dots.
"""

from __future__ import annotations

import random
import re
from collections.abc import Callable

from ner.clues import is_given
from ner.training.dates import plain_date, written_date
from ner.training.draft import Draft, Example
from ner.training.names import NamePool, pool
from ner.training.noise import noisy
from registers.entry import Gender

LABELS = ("SURNAME", "GIVEN_NAMES", "DATE", "ACT_NUMBER", "REMARK")
"""What the pipeline tells apart; who is the spouse follows from what stands between two names."""
_DITTOS = ("d°", "do", "d", "D°", "id", "id.", "idem", '"', "''", "»", "«", "-", "--", "~", "Id.", "–")
_REMARKS = (
    "enft natel", "enft nat", "enfant naturel", "enft naturelle", "reconnu {S}", "reconnue {S}",
    "reconnu par {S}", "reconnue par {S} {G}", "légitimé {S}", "légitimée {S}", "légitimé {U}",
    "légitimée {U}", "légit. {S}", "leg. {S}", "adopté par {S}", "adopté", "adoptée", "jugement",
    "jugt du {D}", "par jugement du {D}", "jugement supplétif", "mort-né", "mort né", "sans vie",
    "enfant sans vie", "jumeau", "jumelle", "1er jumeau", "2e jumelle", "omis", "transcription",
    "transcrit", "divorcé", "divorcée", "divorcé le {D}", "rectifié", "rectification", "voir {S}",
    "v. {S}", "né à Paris", "décédé à Lyon", "acte reconstitué", "posthume", "naturel", "naturelle",
    "père inconnu", "mère inconnue", "célibataire", "reconnaissance", "recon. {S}", "tr. de l'hospice",
    "enfant trouvé", "exposé", "âgé de 3 mois", "légitimé par mariage", "légitimé par mariage du {D}",
    "reconnu le {D}", "décès transcrit", "adoption", "pupille", "nul", "annulé",
    "désavoué {S}", "autorisé à porter le nom de {S}",
)  # fmt: skip
_FULL_YEAR = re.compile(r"\b1\d{3}$|\b[IVX]+$")
_JOINTS = (" ",) * 12 + (", ", ", ", ",", " - ", " - ", " (", " – ", "-", "  ")
_PLACES = ("Paris", "Lyon", "Romilly", "Troyes", "Orléans", "Dijon")


def line(rng: random.Random, names: NamePool, *, noise: float = 0.0) -> Example:
    """A line as a reader hands it over, with `noise` as its share of spoilt characters."""
    clean = rng.choices(_SHAPES, weights=_SHAPE_WEIGHTS)[0](rng, names)
    return noisy(clean, noise, rng).example()


def generate(count: int, *, seed: int, held_out: bool, noise: float = 0.0) -> list[Example]:
    """`count` lines, the same for the same seed."""
    rng, names = random.Random(seed), pool(held_out=held_out)
    return [line(rng, names, noise=noise) for _ in range(count)]


def _person(rng: random.Random, names: NamePool, gender: Gender, prefix: str = "") -> Draft:
    surname = names.surname(rng)
    if rng.random() < 0.9:
        surname = _unlike_given_names(surname, rng, names)
    given = names.given_group(rng, gender)
    roll = rng.random()
    if roll < 0.22:
        surname = surname.upper()
    elif roll < 0.25:
        surname, given = surname.upper(), given.upper()
    draft, s, g = Draft(), prefix + "SURNAME", prefix + "GIVEN_NAMES"
    if not prefix and rng.random() < 0.04:
        # A woman under her husband's name: her own comes behind "née".
        draft.add(surname, s).add(" ").add(given, g).add(rng.choice((" Vve ", ", veuve ", " fme ", " ép. ")))
        return draft.add(names.surname(rng), "SPOUSE_SURNAME")
    if roll > 0.97 and surname.isascii():
        return draft.add(given, g).add(" ").add(surname.upper(), s)
    joints = (", ", ",", " (") if is_given(surname) else _JOINTS
    joint = rng.choice(joints)
    draft.add(surname, s).add(joint).add(given, g)
    return draft.add(")") if joint == " (" else draft


def _unlike_given_names(surname: str, rng: random.Random, names: NamePool) -> str:
    """A surname that nobody would take for a given name where nothing else tells them apart."""
    while is_given(surname):
        surname = names.surname(rng)
    return surname


def _given_only(rng: random.Random, names: NamePool, gender: Gender) -> Draft:
    """The surname is that of a row above: a sign of repetition, or nothing."""
    draft = Draft()
    given = names.given_group(rng, gender)
    if rng.random() < 0.8 or not is_given(given.split()[0].split("-")[0]):
        draft.add(rng.choice(_DITTOS), "SURNAME").add(rng.choice((" ", " ", " - ", "  ")))
    if rng.random() < 0.06:
        given += rng.choice((" id", " d°", " id."))
    return draft.add(given, "GIVEN_NAMES")


def _names(rng: random.Random, names: NamePool) -> Draft:
    gender = rng.choice(tuple(Gender))
    roll = rng.random()
    if roll < 0.68:
        return _person(rng, names, gender)
    if roll < 0.97:
        return _given_only(rng, names, gender)
    return Draft().add(_unlike_given_names(names.surname(rng), rng, names), "SURNAME")


def _couple(rng: random.Random, names: NamePool) -> Draft:
    bride_first = rng.random() < 0.3
    first, second = (Gender.FEMALE, Gender.MALE) if bride_first else (Gender.MALE, Gender.FEMALE)
    roll = rng.random()
    draft = _person(rng, names, first, "") if roll < 0.75 else _given_only(rng, names, first)
    joint = rng.choices(
        (" et ", " avec ", " & ", " / ", " | ", " à ", " ép. ", " épouse ", ", épouse de ", " époux ", " x "),
        weights=(34, 20, 9, 5, 12, 3, 4, 3, 3, 3, 4),
    )[0]
    draft.add(joint)
    if rng.random() < 0.08:
        return draft.add(_unlike_given_names(names.surname(rng), rng, names), "SPOUSE_SURNAME")
    return draft.extend(_person(rng, names, second, "SPOUSE_"))


def _remark(rng: random.Random, names: NamePool) -> Draft:
    template = rng.choice(_REMARKS)
    surname = names.surname(rng)
    text = template.format(
        S=surname, U=surname.upper(), G=names.given(rng, Gender.MALE), D=plain_date(rng)
    ).replace("Paris", rng.choice(_PLACES))
    if rng.random() < 0.1:
        text = text.upper()
    before, behind = rng.choices(((" ", ""), (" (", ")"), (", ", "")), weights=(64, 24, 12))[0]
    return Draft().add(before).add(text, "REMARK").add(behind)


def _date(rng: random.Random, *, bare: bool) -> Draft:
    """A date behind its gap; `bare` of its article where a remark before it would swallow it."""
    text = written_date(rng)
    if bare:
        text = text.removeprefix("le ").removeprefix("du ").removeprefix("Le ")
    before = rng.choices((" ", "  ", ", ", " | ", " ..... ", " — "), weights=(70, 10, 6, 6, 5, 3))[0]
    return Draft().add(before).add(text, "DATE")


def _number(rng: random.Random, *, leading: bool, signed: bool = False) -> Draft:
    """The number of the act; `signed` where a bare figure would pass for a year."""
    figure = str(rng.choice((rng.randint(1, 99), rng.randint(1, 999), rng.randint(1, 1700))))
    signs = ("n° ", "N°", "n°", "No ", "Nº ") if signed else ("", "", "", "", "n° ", "N°", "n°", "No ")
    sign = rng.choice(signs)
    tail = rng.choices(("", " bis", "bis"), weights=(95, 3, 2))[0]
    number = Draft().add(sign).add(figure + tail, "ACT_NUMBER")
    if leading:
        return number.add(rng.choices((" ", ". ", "  ", ") ", " | "), weights=(64, 12, 12, 4, 8))[0])
    return (
        Draft()
        .add(rng.choice((" ", "  ", " | ", " ... ", ", ") if sign else (" ", "  ", " | ")))
        .extend(number)
    )


def _full_line(rng: random.Random, names: NamePool) -> Draft:
    draft = Draft()
    who = _couple(rng, names) if rng.random() < 0.28 else _names(rng, names)
    numbered = rng.random() < 0.35
    leading = rng.random() < 0.6
    if numbered and leading:
        draft.extend(_number(rng, leading=True))
    draft.extend(who)
    remark_at = rng.choices(("", "names", "end"), weights=(78, 13, 9))[0]
    if remark_at == "names":
        draft.extend(_remark(rng, names))
    date = _date(rng, bare=remark_at == "names")
    draft.extend(date)
    if numbered and not leading:
        draft.extend(_number(rng, leading=False, signed=not _FULL_YEAR.search(date.pieces[-1][0])))
    if remark_at == "end":
        draft.extend(_remark(rng, names))
    return draft


def _name_cell(rng: random.Random, names: NamePool) -> Draft:
    draft = _couple(rng, names) if rng.random() < 0.15 else _names(rng, names)
    return draft.extend(_remark(rng, names)) if rng.random() < 0.2 else draft


def _date_first(rng: random.Random, names: NamePool) -> Draft:
    text = written_date(rng)
    draft = Draft().add(text, "DATE")
    if rng.random() < 0.3:
        draft.extend(_number(rng, leading=False, signed=not _FULL_YEAR.search(text)))
    draft.add(rng.choice((" ", "  ", " | ", " - ")))
    person = _person(rng, names, rng.choice(tuple(Gender)))
    return draft.extend(person)


def _date_cell(rng: random.Random, names: NamePool) -> Draft:
    draft = Draft().add(written_date(rng), "DATE")
    return draft.extend(_remark(rng, names)) if rng.random() < 0.15 else draft


_WEIGHTED: tuple[tuple[Callable[[random.Random, NamePool], Draft], int], ...] = (
    (_full_line, 62),
    (_name_cell, 25),
    (_date_first, 6),
    (_date_cell, 7),
)
_SHAPES = tuple(shape for shape, _ in _WEIGHTED)
_SHAPE_WEIGHTS = tuple(weight for _, weight in _WEIGHTED)
