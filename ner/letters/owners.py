"""Whose act or event a word speaks of, where the grammar of its sentence tells: "son acte de naissance", "la
naissance de leur fils Nicolas", "il mourut", "sa veuve se remarie"."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from ner.letters.cast import cast_of
from ner.letters.focus import group_meant, meant
from ner.letters.letter import Identity, Letter
from ner.letters.named_behind import named_behind, second
from ner.letters.pointed import mine, nth
from ner.letters.refs import Cast, Owners, Ref
from ner.letters.subjects import child, subject
from ner.letters.words import JOINT_KINDS, KindWord
from registers.entry import Gender, Kind

_POSSESSED = re.compile(
    r"\b(?P<of>son|sa|ses|leurs?|his|her|their)\s(?:propres?\s|premiere?\s|seconde?\s)?(?:(?:deux|trois)\s)?"
    r"(?:(?:actes?|extraits?|copies?|bulletins?|certificats?|date|jour|"
    r"lieu)\s(?:d'actes?\s)?(?:integrale?s?\s)?"
    r"(?:de\s|d'|du\s)?(?:(?:la|l'|son|sa|leur)\s?)?)?$"
)
_OF_HER = re.compile(r"(?: [a-z]+){0,3} a elle\b")
_OF_HIM = re.compile(r"(?: [a-z]+){0,3} a lui\b")
_OF_THEM = re.compile(r"(?: [a-z]+){0,3} a eux\b")
_SAME_AGAIN = re.compile(r"\W*(?P<who>le meme|la meme|idem|id\.|le susdit|la susdite)\b")
_YEAR_BEHIND = re.compile(r" (?:de|d'|du|en) ?(?:\d{1,2} \w+ )?(?P<y>1[5-9]\d\d)\b")
_OF_WHOM = re.compile(r"\bdont\b")
_HEADS_ROW = re.compile(r"[ \t]*(?:[-*•–—]|\(?[a-z\d]{1,2}[.)/°])?[ \t]*(?:l'acte de |acte de )?")
_ROW = re.compile(r"\s*:[^\n]*(?:\d{3}|inconnu|ignore)")
_LABELLED_ROW = re.compile(r"[ \t]*(?:[-*•–—])?[ \t]*(?:naissance|mariage|deces)\s*:")
_WITH = ("avec ", "avec m. ", "avec mlle ", "avec mme ", "avec mademoiselle ", "x ")
_BULLET = re.compile(r"[ \t]*(?:[-*•–—]|\(?[a-z\d]{1,2}[.)/°])[ \t]*")
_THIS = re.compile(r"\b(?:ce|cet|cette|ledit|ladite) $")
_ACTS = re.compile(r"\bactes (?:de |d'|du )?$")
_JOINED = re.compile(
    r"\s*,?\s*(?:et|,|ou|puis|ainsi que|and|&|/|\+)\s*(?:(?:de\s|d'|du\s)?(?:celui|celle|l'acte|les "
    r"actes|son acte|"
    r"un acte|acte|un extrait|extrait|copie|le|la|son|sa|leur|date)?\s?(?:d'acte\s)?(?:de\s|d'|du\s)?)?"
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A letter, its people, and for every word for an act or event, by its place, those whose it is."""

    letter: Letter
    cast: Cast
    owners: Mapping[int, Owners]

    def owned(self, word: KindWord) -> Owners:
        return self.owners[word.start]


def scene_of(letter: Letter, sought: Sequence[Identity]) -> Scene:
    """The letter with its people and their events."""
    cast = cast_of(letter, sought)
    return Scene(letter, cast, owners_in(letter, cast))


def owners_in(letter: Letter, cast: Cast) -> Mapping[int, Owners]:
    """For every word for an act or event, by its place, those whose it is."""
    found: dict[int, Owners] = {}
    for word in letter.words:
        # A stillborn child stands under its father.
        found[word.start] = None if word.kind is Kind.STILLBORN else _told(letter, cast, word, found)
    nouns = [word for word in letter.words if word.noun]
    joined = [
        (one, other)
        for one, other in pairwise(nouns)
        if _JOINED.fullmatch(letter.plain[one.end : other.start])
    ]
    _share(found, [(one, other) for one, other in reversed(joined) if one.kind not in JOINT_KINDS])
    for word in letter.words:
        if word.asked and found[word.start] is None:
            found[word.start] = _of_those_before(letter, cast, word, found)
    _share(found, reversed(joined))
    _share(found, ((other, one) for one, other in joined))
    for word in letter.words:
        if word.asked and found[word.start] is None and not _has_names(letter, cast, word):
            found[word.start] = _as_before(letter, word, found)
    return found


def _told(letter: Letter, cast: Cast, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    """Those whom the words right around an act or event tell."""
    owners = mine(letter, cast, word) or nth(letter, cast, word) or _possessed(letter, cast, word, found)
    if owners is not None:
        return owners
    if word.noun and _THIS.search(letter.plain, max(0, word.start - 8), word.start):
        same = [other for other in letter.words if other.kind is word.kind and other.end <= word.start]
        return found.get(same[-1].start) if same else None
    if word.noun:
        return named_behind(letter, cast, word) or _of_same(letter, cast, word)
    owners = child(letter, cast, word) or subject(letter, cast, word)
    if owners and len(owners) == 1 and word.kind in JOINT_KINDS:
        return (*owners, *second(letter, cast, word.end, None))
    return owners


def _share(found: dict[int, Owners], pairs: Iterable[tuple[KindWord, KindWord]]) -> None:
    """Gives the first of a pair the owners of the second where it has none: "naissance et décès de X"."""
    for one, other in pairs:
        if found[one.start] is None:
            found[one.start] = found[other.start]


def _of_those_before(letter: Letter, cast: Cast, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    """Those whom an earlier part of the letter tells."""
    owners = _of_whom(letter, cast, word)
    if owners is not None or _names_anybody(letter, cast, word):
        return owners
    return (
        _goes_on(letter, cast, word)
        or _of_topic(letter, cast, word)
        or _of_year(letter, word, found)
        or _told_before(letter, word, found)
    )


def _has_names(letter: Letter, cast: Cast, word: KindWord) -> bool:
    sentence = letter.sentence(word.start)
    return any(letter.sentence(ref.start) == sentence and ref.identity is not None for ref in cast.refs)


def _as_before(letter: Letter, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    """Of "J'aimerais aussi l'acte de décès" him whose act was asked for before."""
    before = [other for other in letter.words if other.asked and other.end <= word.start]
    owners = found.get(before[-1].start) if before else None
    if not owners or len(owners) != 1 or word.kind in JOINT_KINDS or before[-1].kind is word.kind:
        return None
    return None if is_plural(letter.plain, word) else owners


def _names_anybody(letter: Letter, cast: Cast, word: KindWord) -> bool:
    """Whether somebody's name stands before the word in its sentence: a row of a list."""
    sentence = letter.sentence(word.start)
    return any(ref.end <= word.start and letter.sentence(ref.start) == sentence for ref in cast.refs)


def _of_whom(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of "A et B, dont je cherche le mariage" A and B."""
    before = [ref for ref in cast.refs if ref.end <= word.start and ref.identity is not None]
    said = _OF_WHOM.search(letter.plain, before[-1].end, word.start) if before else None
    if said is None or letter.sentence(before[-1].start) != letter.sentence(word.start):
        return None
    group = group_meant(letter, cast, said.start())
    last = before[-1].identity
    return tuple(group) if last in group else None if last is None else (last,)


def _of_topic(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of a row "Mariage : 1921 à Chinon, avec Albert Moreau" him whom the lines above name."""
    sentence = letter.sentence(word.start)
    if not _HEADS_ROW.fullmatch(letter.plain, letter.layout.starts[sentence], word.start):
        return None
    row = _ROW.match(letter.plain, word.end)
    above = [ref for ref in cast.refs if ref.end <= word.start and ref.told and not _is_in_row(letter, ref)]
    topic = above[-1] if above else None
    if row is None or topic is None or topic.identity is None:
        return None
    behind = [ref for ref in cast.refs if ref.start > word.end and letter.sentence(ref.start) == sentence]
    joint = word.kind in JOINT_KINDS
    if joint != bool(behind) or (joint and not letter.plain[: behind[0].start].endswith(_WITH)):
        return None
    return (topic.identity, *(ref.identity for ref in behind[:1] if ref.identity is not None))


def _is_in_row(letter: Letter, ref: Ref) -> bool:
    """Whether somebody is named in such a row."""
    begin = letter.layout.starts[letter.sentence(ref.start)]
    return bool(_LABELLED_ROW.match(letter.plain, begin))


def _goes_on(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of "* Rose Garnier : naissance à Sens, 1852 ; décès à Sens, 1931" the second act's."""
    sentence = letter.sentence(word.start)
    begin = letter.layout.starts[sentence]
    named = any(letter.sentence(ref.start) == sentence for ref in cast.refs)
    if named or letter.plain[:begin].rstrip(" ")[-1:] != ";":
        return None
    line = letter.plain.rfind("\n", 0, begin)
    before = [ref for ref in cast.refs if line < ref.start < begin and ref.told]
    return None if not before or before[-1].identity is None else (before[-1].identity,)


def _told_before(letter: Letter, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    """Of "l'acte de mariage" without a name those whose marriage the letter told before."""
    told = [
        found.get(other.start)
        for other in letter.words
        if other.kind is word.kind and other.end <= word.start and not other.asked
    ]
    if is_plural(letter.plain, word):
        return tuple({id(owner): owner for owners in told for owner in owners or ()}.values()) or None
    return told[-1] or None if told else None


def is_plural(plain: str, word: KindWord) -> bool:
    """Whether several acts are asked for: "les actes de naissance", "les naissances"."""
    return bool(_ACTS.search(plain[max(0, word.start - 24) : word.start])) or plain[
        word.start : word.end
    ].endswith(("naissances", "mariages"))


def _possessed(letter: Letter, cast: Cast, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    said = _POSSESSED.search(letter.plain, max(0, word.start - 70), word.start)
    if said is None:
        return None
    if said["of"].startswith(("leur", "their")):
        return tuple(group_meant(letter, cast, said.start())) or None
    gender = {"his": Gender.MALE, "her": Gender.FEMALE}.get(said["of"])
    if _OF_HER.match(letter.plain, word.end):
        gender = Gender.FEMALE
    elif _OF_HIM.match(letter.plain, word.end):
        gender = Gender.MALE
    elif _OF_THEM.match(letter.plain, word.end):
        return tuple(group_meant(letter, cast, said.start())) or None
    ref = meant(letter, cast, _heading_end(letter, said.start()), gender)
    if ref is None:
        return None
    if word.asked and word.noun and said["of"] in ("son", "sa"):
        ref = _told_of(letter, cast, word, found) or ref
    if ref.identity is None:
        return None if word.asked else ()
    owner = (ref.identity,)
    return (*owner, *second(letter, cast, word.end, ref)) if word.kind in JOINT_KINDS else owner


def _heading_end(letter: Letter, at: int) -> int:
    """Where "son" at the head of a row looks back from: the line above the list, else its own place."""
    sentence = letter.sentence(at)
    starts = letter.layout.starts
    if not _BULLET.fullmatch(letter.plain, starts[sentence], at):
        return at
    for above in range(sentence - 1, -1, -1):
        if letter.plain[starts[above] : starts[above + 1]].rstrip().endswith(":"):
            return starts[above + 1]
    return at


def _told_of(letter: Letter, cast: Cast, word: KindWord, found: Mapping[int, Owners]) -> Ref | None:
    """Of "son acte de décès" him of whose death alone the letter told, whoever was named since."""
    told = {
        id(owner)
        for other in letter.words
        if other.kind is word.kind and other.end <= word.start and not other.asked
        for owner in found.get(other.start) or ()
    }
    named = [ref for ref in cast.refs if ref.end <= word.start and ref.told and id(ref.identity) in told]
    return named[-1] if len(told) == 1 and named else None


def _of_same(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of "- le même : acte de mariage" whoever was named last."""
    begin = letter.layout.starts[letter.sentence(word.start)]
    same = _SAME_AGAIN.match(letter.plain, begin, word.start)
    if same is None:
        return None
    ref = meant(
        letter, cast, begin, {"l": Gender.MALE}.get(same["who"][:1]) if same["who"] == "le meme" else None
    )
    if ref is None or ref.identity is None:
        return None
    return (ref.identity, *(second(letter, cast, word.end, ref) if word.kind in JOINT_KINDS else ()))


def _of_year(letter: Letter, word: KindWord, found: Mapping[int, Owners]) -> Owners:
    """Of "le mariage de 1903" those who were told to have married in 1903."""
    own = _YEAR_BEHIND.match(letter.plain, word.end)
    if own is None:
        return None
    for years in letter.years:
        before = [other for other in letter.words if other.end <= years.start and other.kind is word.kind]
        if years.first == int(own["y"]) and years.start != own.start("y") and before:
            near = before[-1]
            if (
                not near.noun
                and letter.sentence(near.start) == letter.sentence(years.start)
                and found.get(near.start)
            ):
                return found[near.start]
    return None
