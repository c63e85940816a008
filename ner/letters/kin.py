"""Words for relatives: "leur fils cadet", "ma trisaïeule", "la veuve"; how they are bound to whom, and
which of the letter's names they stand beside."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from registers.entry import Gender


class Bond(StrEnum):
    """What a relative is to the person that "son", "leur" or "mon" speaks of."""

    CHILD = "child"
    PARENT = "parent"
    PARTNER = "partner"
    SIBLING = "sibling"
    OTHER = "other"


class Of(StrEnum):
    """Whose relative somebody is: the sender's, that of one or of several people named, not said."""

    SENDER = "sender"
    ONE = "one"
    SEVERAL = "several"
    UNSAID = "unsaid"


_MALE, _FEMALE = Gender.MALE, Gender.FEMALE
_NOUNS: tuple[tuple[Bond, Gender | None, str], ...] = (
    (Bond.CHILD, _MALE, r"fils|garcons?|jumeaux?|(?<=his )son|(?<=her )son|(?<=their )son"),
    (Bond.CHILD, _FEMALE, r"filles?|fillette|jumelles?|daughters?"),
    (Bond.CHILD, None, r"enfants?|bebe|nourrisson|child|children|ainee?|cadett?e?|benjamine?"),
    (Bond.PARENT, _MALE, r"pere|papa|father"),
    (Bond.PARENT, _FEMALE, r"mere|maman|mother"),
    (Bond.PARENT, None, r"parents"),
    (Bond.PARTNER, _FEMALE, r"femmes?|epouses?|mariee|veuve|fiancee|compagne|conjointe|promise|wife|"
                            r"widow|bride"),
    (Bond.PARTNER, _MALE, r"maris?|epoux|marie|veuf|fiance|compagnon|conjoint|husband|widower|groom"),
    (Bond.SIBLING, _MALE, r"(?:petits? |grands? )?freres?|brothers?"),
    (Bond.SIBLING, _FEMALE, r"(?:petites? |grandes? )?s(?:oe|œ)urs?|sisters?"),
    (Bond.OTHER, _MALE, r"(?:arriere[- ]*)*(?:grands?[- ]?(?:peres?|oncles?)|petits?[- ]fils)|oncles?|"
                        r"cousins?|neveux?|"
                        r"(?:bis|tris|quadris)?aieul|beau[- ](?:pere|frere|fils)|parrain|gendre|grandfather|"
                        r"great[- ]?(?:great[- ]?)*(?:grandfather|uncle)|uncle|nephew"),
    (Bond.OTHER, _FEMALE, r"(?:arriere[- ]*)*(?:grands?'?[- ]?(?:meres?|tantes?)|petites?[- ]filles?)|"
                          r"tantes?|cousines?|"
                          r"nieces?|(?:bis|tris|quadris)?aieules?|belle[- ](?:mere|s(?:oe|œ)ur|fille)|"
                          r"marraine|bru|"
                          r"grandmother|great[- ]?(?:great[- ]?)*(?:grandmother|aunt)|aunt|niece"),
    (Bond.OTHER, None, r"(?:arriere[- ]*)*grands?[- ]?parents|aieux|ancetres?|forebears?|ancestors?|"
                       r"grandparents"),
)  # fmt: skip
_BEFORE = (
    r"propres?|premiere?s?|deuxieme|troisieme|quatrieme|cinquieme|sixieme|seconde?s?|derniere?s?|futurs?|"
    r"futures?|defunte?s?|feue?s?|chere?s?|"
    r"pauvres?|"
    r"jeunes?|uniques?|seule?s?|vieux|vieille|regrettee?s?|nouvelle|nouveau|autres?|"
    r"deux|trois|quatre|cinq|six|sept|late|first|second|only|eldest|youngest|older|younger"
)
_BEHIND = (
    r"ainee?s?|cadett?e?s?|uniques?|jumeaux?|jumelles?|paternel(?:le)?s?|maternel(?:le)?s?|legitimes?|"
    r"naturel(?:le)?s?|defunte?s?|puinee?s?|posthumes?|adopti(?:f|ve)s?|predecedee?s?|disparue?s?|"
    r"germaine?s?|commune?s?"
)
_KIN = re.compile(
    r"\b(?P<of>mon|ma|mes|notre|nos|son|sa|ses|leurs?|le|la|les|une?|du|au|des|my|our|his|her|their|the|"
    r"l'|d'une?|(?:(?<=[.;»\n] )|(?<=\n))(?=enfants? ?:)|"
    r"(?:ont|eut|eurent|ont eu|laissent|naquirent|naissent|sont nes|vinrent)(?= (?:deux|trois|quatre|cinq|"
    r"six|"
    r"sept|huit|\d+) ))\s?"
    rf"(?P<first>(?:(?:{_BEFORE})\s)*)(?:"
    + "|".join(rf"(?P<k{index}>{pattern})" for index, (_, _, pattern) in enumerate(_NOUNS))
    + rf")\b(?![-'])(?:,?\s(?:{_BEHIND})\b)*"
)
_OF = {
    **dict.fromkeys(("mon", "ma", "mes", "notre", "nos", "my", "our"), Of.SENDER),
    **dict.fromkeys(("son", "sa", "ses", "his", "her", "un", "une"), Of.ONE),
    **dict.fromkeys(("leur", "leurs", "their"), Of.SEVERAL),
    **dict.fromkeys(("", "ont", "eut", "eurent", "ont eu", "laissent", "naquirent", "naissent"), Of.SEVERAL),
    **dict.fromkeys(("sont nes", "vinrent"), Of.SEVERAL),
}
_PLURAL = frozenset(
    (
        "",
        "sont nes",
        "vinrent",
        "ont",
        "eut",
        "eurent",
        "ont eu",
        "laissent",
        "naquirent",
        "naissent",
        "mes",
        "nos",
        "ses",
        "leurs",
        "les",
        "des",
    )
)


@dataclass(frozen=True, slots=True)
class Kin:
    """A relative, named or not, from the word "son" or "leur" to the last adjective behind the noun."""

    start: int
    end: int
    bond: Bond
    of: Of
    gender: Gender | None
    plural: bool


@lru_cache(maxsize=16)
def kin_in(plain: str) -> tuple[Kin, ...]:
    """Every word for a relative, from left to right."""
    found = []
    for match in _KIN.finditer(plain):
        group = next(name for name, value in match.groupdict().items() if value and name[0] == "k")
        bond, gender, _ = _NOUNS[int(group[1:])]
        if bond is Bond.CHILD and gender is None and match[0].endswith(("ainee", "cadette", "benjamine")):
            gender = _FEMALE
        found.append(
            Kin(
                match.start(),
                match.end(),
                bond,
                _OF.get(match["of"], Of.UNSAID),
                gender,
                match["of"] in _PLURAL,
            )
        )
    return tuple(found)
