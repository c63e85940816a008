"""Whether a person named in a letter is a man or a woman."""

from __future__ import annotations

import re

from lexicon import given_names
from ner.letters.person import Person
from registers.entry import Gender

_FEMALE_SIGN = re.compile(
    r"[\s,(]*(?:est |etait |serait |fut |y est |qui est )?(?:nee|decedee|morte|veuve|epouse|mariee|fille)\b"
)
_MALE_SIGN = re.compile(
    r"[\s,(]*(?:est |etait |serait |fut |y est |qui est )?(?:ne\b|decede\b|mort\b|veuf|epoux|marie\b|fils)"
)
_FEMALE_TITLE = re.compile(
    r"\b(?:mme|mlle|madame|mademoiselle|la dame|la demoiselle|demoiselle|veuve|miss|mrs)\.? $"
)
_MALE_TITLE = re.compile(r"\b(?:m\.?|mr\.?|monsieur|le sieur|sieur|l'abbe|soldat|sergent|caporal)\.? $")


def gender_of(plain: str, person: Person) -> Gender | None:
    """The gender that the words around a name tell, or else the given name."""
    before = plain[max(0, person.start - 24) : person.start]
    if _FEMALE_TITLE.search(before):
        return Gender.FEMALE
    if _MALE_TITLE.search(before):
        return Gender.MALE
    first = person.given_names.split()[0] if person.given_names else ""
    by_name = given_names.gender(first) or given_names.gender(first.split("-")[0]) if first else None
    if by_name is not None:
        return by_name
    if _FEMALE_SIGN.match(plain, person.end):
        return Gender.FEMALE
    return Gender.MALE if _MALE_SIGN.match(plain, person.end) else None
