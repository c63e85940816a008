"""What stands in a name cell beside the name: filiation, judgments, other surnames, titles."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lexicon import given_names, surnames
from lexicon.capitals import ordinary_capitals
from ner.names.words import is_shouted, plain_lower, trimmed
from registers.entry import Gender, Remark

_FILIATION = (
    r"reconn?u?e?s?|reconn?aiss?(?:ance|ce)|recon(?:ce|ue?|nue?)|rec(?:onn?)?\.|rec\.?ue?|"
    r"l[eé]gitim(?:[eé]e?s?|ation|ee?)|legit(?:imee?|ee?|ation|\.)?|legme?e|"
    r"(?:enf(?:ant|ante|ts?|t|\.)?|fils|fille|garcon)\s+(?:nat(?:ure)?(?:l?elle?s?|els?|lle|le|l|\.)?|nar?el|trouvee?|"
    r"adopti(?:f|ve)|adulterine?|legitime)|"
    r"nat(?:ure)?l(?:le)?|nat(?:urel|urelle|el|elle)|adopt(?:ee?|ion|\.)|trouvee?|exposee?|desaveue?|"
    r"(?:de\s+)?(?:pere|mere|parents?)\s+inconn?ue?s?"
)
_JUDGMENT = (
    r"jugem(?:en)?t|jugt|jug\.|rectif(?:ication|iee?|\.)?|tribunal|suppletif|declaratif|changement\s+de\s+nom"
)
_OTHER = (
    r"(?P<stillborn>(?:un\s+)?(?:enf(?:ant|t|\.)?\s+)?"
    r"(?:(?:presentee?\s+)?sans\s+vie|mort[- ]nee?|nee?\s+mort)|"
    r"(?:un\s+)?enfants?(?:\s+du\s+sexe\s+(?:masculin|feminin))?(?:\s+non\s+denommee?)?|non\s+denommee?)|"
    r"(?:l['’])?ai(?:s)?nee?(?=\W*$)|(?:le\s+)?jeune(?=\W*$)|puinee?|(?:pere|fils|freres|soeurs)(?=\W*$)|"
    r"divorc(?:ee?|e)|decede?e?s?|dcd|jume(?:au|aux|lle|lles)|omise?|"
    r"transcri(?:ption|te?)|voir|v\.|double|posthume|ondoyee?"
)
_REMARK = re.compile(
    rf"[(\[]?\s*\b(?:(?P<filiation>{_FILIATION})|(?P<judgment>{_JUDGMENT})|(?P<other>{_OTHER}))(?=\W|$)"
)
_OTHER_SURNAME = re.compile(
    r"[(\[,]?\s*(?:\b(?P<born>nee|ne)\b\.?(?!\s+mort)|\b(?P<married>veuve|vve|ve|vf|veuf|femme|fme|fe|epouse|epse|epx|ep|"
    r"remariee?)\b\.?(?:\s+de\b(?=\s+(?:m|mr|feu)\b))?|\b(?P<called>dite?s?|surnommee?|alias)\b)"
    r"(?=[\s.)\]]|$)(?P<rest>[^,;()\[\]]*)[)\]]?"
)
_TITLES = re.compile(
    r"^(?:m\.|mr\.?|mme\.?|mlle\.?|melle\.?|dlle\.?|demoiselle|dame|sieur|sr\.?|monsieur|madame|le\s+sieur|la\s+dame|feue?)\s+(?=\S)"
)
_FEMALE_TITLES = ("mme", "mlle", "melle", "dlle", "demoiselle", "dame", "madame", "la dame")
_SKIPPED = frozenset(
    (
        *(
            "par",
            "de",
            "des",
            "du",
            "son",
            "sa",
            "ses",
            "le",
            "la",
            "les",
            "l",
            "pere",
            "mere",
            "mariage",
            "et",
        ),
        *(
            "a",
            "au",
            "aux",
            "en",
            "sous",
            "nom",
            "un",
            "une",
            "acte",
            "date",
            "jugement",
            "m",
            "mr",
            "mme",
            "feu",
        ),
        *("dit", "dite", "naturel", "naturelle", "subsequent", "suite"),
    )
)
_DATE_PART = re.compile(r"\d|janv|fevr|mars$|avril|juil|aout|sept|octo|nove|dece|\bbre")


@dataclass(frozen=True, slots=True)
class NameParts:
    """A name cell taken apart: `name` is the person's own name, the rest stands beside it."""

    name: str
    remarks: str = ""
    remark_kind: Remark | None = None
    maiden: str = ""
    other_surnames: tuple[str, ...] = ()
    also_called: tuple[str, ...] = ()
    gender: Gender | None = None


def take_apart(text: str, *, surname_first: bool = True) -> NameParts:
    """The person's name, the remarks beside it and the surnames that those name.

    In a cell that a surname heads, "Trouvé Jean" is a man of that name; elsewhere a foundling.
    """
    text, gender = _without_title(text)
    name, remarks, kind = _without_remarks(text, surname_first=surname_first)
    others: list[str] = list(_surnames_of(remarks)) if remarks else []
    name, maiden, married, called, female = _without_other_surnames(name)
    by_name = [word for word in called if not _only_given(word)]
    also = tuple(word for word in called if _only_given(word))
    if female:
        gender = Gender.FEMALE
    return NameParts(
        trimmed(name),
        remarks,
        kind,
        maiden,
        tuple(dict.fromkeys((*married, *by_name, *others))),
        also,
        gender,
    )


def _without_title(text: str) -> tuple[str, Gender | None]:
    title = _TITLES.match(plain_lower(text))
    if title is None:
        return text, None
    said = title.group().strip(" .")
    gender = Gender.FEMALE if said in _FEMALE_TITLES else Gender.MALE
    return text[title.end() :], None if said.startswith("feu") else gender


def _without_remarks(text: str, *, surname_first: bool) -> tuple[str, str, Remark | None]:
    """The text up to its first remark, the remark with all that follows it, and its class."""
    found = _REMARK.search(plain_lower(text))
    if found and surname_first and _is_surname(text[: found.end()]):
        found = _REMARK.search(plain_lower(text), found.end())
    if found is None or (found.start() == 0 and found["other"] and not found["stillborn"]):
        return text, "", None
    remark = text[found.start() :]
    kinds = {m.lastgroup for m in _REMARK.finditer(plain_lower(remark))}
    kind = Remark.OTHER
    if "filiation" in kinds:
        kind = Remark.FILIATION
    elif "judgment" in kinds:
        kind = Remark.JUDGMENT
    if found.start() == 0 and found["stillborn"]:
        # "Mort-né Durand": the child stands under the name behind it.
        following = _REMARK.search(plain_lower(text), found.end())
        end = following.start() if following else len(text)
        named = text[found.end() : end].strip(" ()[],;-–")
        if named and named[0].isupper():
            return named, f"{text[: found.end()]} {text[end:]}".strip(" ()[],;-–"), kind
    return text[: found.start()], remark.strip(" ()[],;-–"), kind


def _is_surname(head: str) -> bool:
    """Whether the remark that heads a cell is a surname: Trouvé, Naturel."""
    return head[:1].isupper() and surnames.is_surname(head)


def _surnames_of(remark: str) -> Iterator[str]:
    """The surnames that a remark names: "reconnue André", "légitimé AULOGE", "reconnu par Jean Martin"."""
    plain = plain_lower(remark)
    for found in _REMARK.finditer(plain):
        following = _REMARK.search(plain, found.end())
        words = _name_words(remark[found.end() : following.start() if following else len(remark)])
        if found["other"] or not words:
            continue
        shouted = [word for word in words if is_shouted(word)]
        if not shouted and len(words) > 1:
            behind = 1
            while behind < len(words) - 1 and given_names.is_given_name(words[behind]):
                behind += 1
            shouted = words[behind:] if given_names.is_given_name(words[0]) else words[:1]
        yield ordinary_capitals(" ".join(shouted or words))


def _name_words(text: str) -> list[str]:
    """The words of a remark that may be a name, up to the first that cannot."""
    names: list[str] = []
    for word in re.split(r"[\s,;()\[\]]+", text.strip(" .:-")):
        plain = plain_lower(word).strip(".'’")
        if not plain or (plain in _SKIPPED and not names):
            continue
        particle = plain in ("de", "du", "le", "la", "des")
        small = names or not surnames.is_surname(word)  # "reconnue andré"
        if _DATE_PART.search(plain) or (not word[0].isupper() and not particle and small):
            break
        names.append(word)
    return names


def _without_other_surnames(text: str) -> tuple[str, str, list[str], list[str], bool]:
    """The name, the maiden name after "née", the husband's after "Vve" or "femme", the "dit", a woman?"""
    maiden, married, called, female = "", [], [], False
    while found := _OTHER_SURNAME.search(plain_lower(text)):
        rest = text[found.start("rest") : found.end("rest")].strip()
        inner = _OTHER_SURNAME.search(plain_lower(rest))
        if inner:
            rest = rest[: inner.start()].strip()
        end = (
            found.end()
            if not inner
            else found.start("rest") + text[found.start("rest") :].find(rest) + len(rest)
        )
        surname, given = _surname_then_given(rest)
        before = text[: found.start()]
        if found["born"]:
            maiden = surname if found["born"] == "nee" else ""
            female = female or found["born"] == "nee"
        elif found["married"]:
            female = female or not found["married"].startswith(("veuf", "vf"))
            if surname:
                married.append(surname)
            if not before.strip() and surname and not maiden:
                before = surname if not inner else ""
        elif surname or given:
            called.append(surname or given)
            given = "" if not surname else given
        text = trimmed(" ".join(part for part in (before.strip(), given, text[end:].strip(" )],")) if part))
    return text, maiden, married, called, female


def _surname_then_given(rest: str) -> tuple[str, str]:
    """ "LAFLEUR Jean" -> Lafleur, Jean; a single word is a surname."""
    words = rest.strip(" .,-").split()
    cut = len(words)
    while cut > 1 and given_names.is_given_name(words[cut - 1]) and not is_shouted(words[cut - 1]):
        cut -= 1
    return ordinary_capitals(" ".join(words[:cut])), " ".join(words[cut:])


def _only_given(word: str) -> bool:
    return given_names.frequency(word) > 1e-4
