"""The words by which a letter says what it asks for, in French and in English.

All patterns are matched against `flat(text)`: small letters without accents, each character in its place.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from ner.letters.answered import answered
from registers.entry import Kind

JOINT_KINDS = (Kind.MARRIAGE, Kind.PUBLICATION, Kind.DIVORCE)
"""Acts of two people."""

_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "`": "'", "–": "-", "—": "-", "\u00a0": " ", "\t": " "})

_BARE_ELISION = re.compile(
    r"(?<=(?<![\w'’])[ldjnsc]) (?=[aeiouyhéèêàâîôûœ]\w)|(?<=\bqu) (?=(?:il|elle|on)s?\b)"
)
_NOUNS: tuple[tuple[Kind, str], ...] = (
    (Kind.PUBLICATION, r"publications?(?: d[eu]s? (?:mariages?|bans))?|bans"),
    (Kind.STILLBORN, r"(?:enfants? )?(?:mort[- ]?nee?s?|sans vie)|stillborn"),
    (Kind.DIVORCE, r"(?:jugements? de )?divorces?"),
    (Kind.JUDGMENT, r"jugements?(?: (?:declaratif|suppletif|rectificatif)s?)?(?: d[e'] ?(?:naissances?|"
                    r"deces|mariages?))?"),
    (Kind.NAME_CHANGE, r"changements? de (?:nom|prenom)s?"),
    (Kind.RECOGNITION, r"(?<!\bma )(?<!toute )(?<!notre )(?<!\ben )(?<!vive )(?<!profonde )(?<!avec "
                       r")reconnaissances?|recognition|acknowledgement"),
    (Kind.ADOPTION, r"adoptions?"),
    (Kind.MARRIAGE, r"(?:re)?mar+[iy]ages?|mar(?=\. )|noces|wedding|union"),
    (Kind.DEATH, r"dec+e[sd]s?|(?<=\bsa )mort|(?<=\bsa propre )mort|(?<=\bla )mort(?= d[e'u])|"
                 r"dc(?=[ .:])|dec(?=\.?[ :]+(?:de|d'|[a-z]+ [a-z]+ \d))|deaths?|trepas|"
                 r"sepulture"),
    (Kind.BIRTH, r"nai[sc]+[ae]n[cs]es?|naiss(?=[ .:])|births?|bapteme"),
    (Kind.TRANSCRIPTION, r"(?:acte de )?transcriptions?(?: d[eu] (?:deces|jugement|mariage|divorce|"
                         r"naissance))?"),
)  # fmt: skip
_VERBS: tuple[tuple[Kind, str], ...] = (
    (Kind.DEATH, r"decede?e?s?|deceda|decederent|mort(?:e|es|s)?|disparue?s?|mourut|meurt|died|passed "
                 r"away|defunte?|"
                 r"eteinte?|eteignit|perie?|perit|(?:trouver?|trouva) la mort|(?:perdit|perdu) la vie|"
                 r"noyee?s?|"
                 r"succomb(?:a|e|ee?)|inhumee?s?|enterree?s?|tomba|(?:tuee?s?|tombee?s?)(?=,? (?:le|a|au|"
                 r"en|par|pres|pour|"
                 r"devant|vers|dans)\b)|(?:vivait|vivante?|en vie) encore|encore (?:vivante?|en vie)|"
                 r"dcde?e?|mourait|mourut|expira|trepassa"),
    (Kind.MARRIAGE, r"(?:re)?mariee?s?|maryee?s?|pri(?:s|t|rent) pour (?:femme|epouse|epoux|"
                    r"mari)|(?:se|s'etre|s'est) marie[rs]?|se sont maries|epousa|epouserent|(?:a|"
                    r"avait|ayant|aurait) epousee?|married|convole|"
                    r"(?:se sont|s'est|s'etaient|furent) unie?s?"),
    (Kind.BIRTH, r"(?<=ans )(?:plus (?:jeune|agee?)|de (?:moins|plus)(?= que)|son (?:aine|cadet)\w*)|"
                 r"naissait|naquirent|(?:vit|"
                 r"voit) le jour|nees?|nes|ne\(e\)|ne|baptisee?s?|naquit|naitre|nait|born|venue? au "
                 r"monde|vu le jour"),
    (Kind.DIVORCE, r"divorcee?s?"),
    (Kind.RECOGNITION, r"reconnue?s?"),
    (Kind.ADOPTION, r"(?<!l')adoptee?s?"),
)  # fmt: skip
_EVENT_LABEL = re.compile(
    r"(?:date|jour|lieu|annee|place|year|nom)\s*(?:et lieu )?(?:de|du|of|d')\s*(?:l[ae']\s*|son\s*)?$"
)
_AT_ROW = re.compile(r"(?:^|\n)\s*[-*•–—]\s*(?:la|le|l'|sa|son)?\s*$")
_TOLD = re.compile(
    r"\b(?:au(?: moment du)?|lors d(?:e |u |')|avant|apres|depuis|jusqu'a|des|suite (?:a|au)|le jour "
    r"d(?:e |u )|"
    r"par (?=(?:le|la)\s)|(?:sur|dans) (?:mon|son|leur|l'|un|votre|cet) ?acte d(?:e |')|(?:premiere|"
    r"seconde|deuxieme|troisieme)s? (?=$)|annees? (?:meme )?d(?:e |u )|"
    r"annee qui \w+ |"
    r"(?<=\ba )(?=(?:son|leur|sa|ma)\s))\s?(?:le|la|l'|son|"
    r"sa|ses|leurs?|ce|"
    r"cette)?\s?$"
)
"""What makes a noun a date or an occasion rather than an act that is asked for: "lors de son mariage"."""
_ASKED = re.compile(
    r"(?:connaitre|donner|savoir|cherche|chercher|sollicit|souhait|voudr|obtenir|manque|demand|besoin|"
    r"recherche|indiquer|retrouver|communiquer|trouver)[^.:\n]*$"
)
_BORN_WHEN = re.compile(
    r",? (?:le|la|a|au|aux|en|vers|dans|entre|avant|apres|autour|circa|environ|ca|\d|,)\b|[ ]?\d"
)
_QUESTION = re.compile(
    r"\b(?:quand|a quelle date|en quelle annee|quel jour|quelle annee|(?:savoir|dire|verifier|confirmer|"
    r"indiquer|preciser|regarder|determiner) si|when|where|whether)\b"
)
SIGNS = {
    **{"N": Kind.BIRTH, "B": Kind.BIRTH, "°": Kind.BIRTH, "M": Kind.MARRIAGE, "x": Kind.MARRIAGE},
    **{"n": Kind.BIRTH, "b": Kind.BIRTH, "m": Kind.MARRIAGE, "d": Kind.DEATH},
    **{"X": Kind.MARRIAGE, "D": Kind.DEATH, "+": Kind.DEATH, "†": Kind.DEATH, "S": Kind.DEATH},
}
_ITEM_SIGNS = re.compile(
    r"^[ \t]*(?:[-*•–—]|\d{1,2}[.)])?[ \t]*([NMDx°+†X])(?=[ :.]{1,3}(?:de |vers )?\d{4}\b|\. ?(?:de |"
    r"d['’])[A-ZÀ-Ý])",
    re.M,
)
_BETWEEN_DASHES = re.compile(r"(?:(?<= [-–—] )|(?<=\w, ))([NMDBX])(?= [-–—] |, )")
_EVENT_SIGNS = re.compile(
    r"(?<![\w.])([°x+†]|[nbmd](?=\.))\.?(?=\s?(?:vers |ca |le |en |~)?(?:\d{1,2}[/. ]\d{1,2}[/. ])?\d{4}\b)"
)
_ALTERNATION = re.compile(
    "|".join(
        [rf"(?P<n{index}>\b(?:{pattern})\b)" for index, (_, pattern) in enumerate(_NOUNS)]
        + [rf"(?P<v{index}>\b(?:{pattern})\b)" for index, (_, pattern) in enumerate(_VERBS)]
    )
)

_THAT_OF = re.compile(r"\b(?:celui|celle|ceux|celles)(?= (?:de |d'|du |des )(?!\d{1,2}\b))")
ASKS_FOR_OWN_ACT = re.compile(
    r"\bmon (?:propre )?(?:acte|extrait)|ma (?:propre )?naissance|me concernant|\bmy (?:own )?(?:birth|"
    r"marriage)"
)


@dataclass(frozen=True, slots=True)
class KindWord:
    """A word for a kind of act. `asked`: it may name the act that is wanted, not merely an event.

    `noun` tells "la naissance" from "né".
    """

    kind: Kind
    start: int
    end: int
    asked: bool
    noun: bool = False


@lru_cache(maxsize=16)
def flat(text: str) -> str:
    """The text in small letters without accents, "l acte" as "l'acte"; every character keeps its place."""
    elided = _BARE_ELISION.sub("'", text)
    return "".join(_flat_char(char) for char in elided.translate(_STRAIGHT))


def _flat_char(char: str) -> str:
    lowered = unicodedata.normalize("NFD", char)[0].lower()
    return lowered if len(lowered) == 1 else char


def kind_words(text: str) -> tuple[KindWord, ...]:
    """Every word for a kind of act, from left to right, without those of letters already answered."""
    plain = flat(text)
    past = answered(plain)
    words: list[KindWord] = []
    for match in _ALTERNATION.finditer(plain):
        if any(start <= match.start() < end for start, end in past):
            continue
        if (
            _is_given_name(text, match)
            or _is_divorced(text, match)
            or (match[0] == "ne" and not _is_born(text, match))
        ):
            continue
        group = str(match.lastgroup)
        kind = (_NOUNS if group[0] == "n" else _VERBS)[int(group[1:])][0]
        asked = _is_asked(plain, match) if group[0] == "n" else _is_questioned(plain, match)
        words.append(KindWord(kind, match.start(), match.end(), asked, group[0] == "n"))
    words += _meant_again(plain, words)
    return tuple(sorted((*words, *_signs(text)), key=lambda word: word.start))


def _meant_again(plain: str, words: Sequence[KindWord]) -> Iterator[KindWord]:
    """ "celui de sa soeur": an act of the kind that was asked for last."""
    past = answered(plain)
    for match in _THAT_OF.finditer(plain):
        if any(start <= match.start() < end for start, end in past):
            continue
        before = [
            noun for noun in _ALTERNATION.finditer(plain, 0, match.start()) if str(noun.lastgroup)[0] == "n"
        ]
        follows = any(match.end() <= word.start <= match.end() + 10 for word in words)
        if before and not follows and match.start() - before[-1].end() < 400:
            kind = _NOUNS[int(str(before[-1].lastgroup)[1:])][0]
            yield KindWord(kind, match.start(), match.end(), asked=True, noun=True)


def _signs(text: str) -> Iterator[KindWord]:
    """The signs of genealogists: "N 1866" at the head of an item asks, "° 1850" and "+ 1920" tell."""
    for match in _ITEM_SIGNS.finditer(text):
        yield KindWord(SIGNS[match[1]], match.start(1), match.end(1), asked=True)
    for match in _BETWEEN_DASHES.finditer(text):
        yield KindWord(SIGNS[match[1]], match.start(1), match.end(1), asked=True)
    for match in _EVENT_SIGNS.finditer(text):
        yield KindWord(SIGNS[match[1]], match.start(1), match.end(1), asked=False)


def _is_given_name(text: str, match: re.Match[str]) -> bool:
    """Whether "marie" is Marie rather than "marié": no accent and no auxiliary before it."""
    written = text[match.start() : match.end()]
    if match[0] != "marie" or "é" in written.lower():
        return False
    return not re.search(r"(?:s'est|se sont|est|etait|fut|ete|etant)\s*$", match.string[: match.start()])


def _is_divorced(text: str, match: re.Match[str]) -> bool:
    """Whether "divorcé" only tells that somebody is; "ont divorcé" and "divorce" name the act."""
    return match[0] == "divorce" and "é" in text[match.start() : match.end()].lower()


def _is_born(text: str, match: re.Match[str]) -> bool:
    """Whether "ne" is "né" rather than "ne ... pas"."""
    return "é" in text[match.start() : match.end()].lower() or bool(
        _BORN_WHEN.match(match.string, match.end())
    )


def _is_questioned(plain: str, match: re.Match[str]) -> bool:
    """Whether a verb asks for its act: "quand est né X ?", "dire si X est bien mort à Y"."""
    begin = max(plain.rfind(mark, 0, match.start()) for mark in ".?!\n") + 1
    if plain[: match.start()].endswith(", "):
        return False  # "savoir si Rose, née en 1940, ..."
    return bool(_QUESTION.search(plain[begin : match.start()]))


def _is_asked(plain: str, match: re.Match[str]) -> bool:
    before = plain[max(0, match.start() - 60) : match.start()]
    if _TOLD.search(before):
        return False
    if label := _EVENT_LABEL.search(before):
        head = plain[max(0, match.start() - 160) : match.start() - len(before) + label.start()]
        return bool(_ASKED.search(head)) or bool(_AT_ROW.search(head))
    behind = plain[match.end() : match.end() + 14]
    # "naissance : 22/08/1859" tells a date where "acte : naissance" asks.
    return not (match[0].startswith("nom") or behind.startswith(" du de cujus"))
