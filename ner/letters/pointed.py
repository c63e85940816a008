"""Whose act "mon acte de naissance" and "pour le second, l'acte de naissance" point at."""

from __future__ import annotations

import re

from ner.letters.focus import group_meant
from ner.letters.letter import Letter
from ner.letters.named_behind import second
from ner.letters.refs import Cast, Owners
from ner.letters.words import JOINT_KINDS, KindWord

_OWN = re.compile(
    r"\b(?:mon (?:propre )?(?:acte|extrait) (?:integrale? )?(?:de |d')|m(?:a|on) (?:propre )?)$"
)
_I_WAS = re.compile(r"\b(?:je suis|j'ai ete|je fus|on s'est|nous nous sommes) $")
_FOR_NTH = re.compile(
    r"\W*(?:pour|quant a|concernant|s'agissant d[eu]) ?(?:le |la |l')?(?P<nth>premiere?|seconde?|deuxieme)\b"
)


def mine(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of "mon acte de naissance" the sender, of "je suis né" too where the sender asks for an own act."""
    writer = next((one for one in cast.sought if any(mention.writes for mention in one.mentions)), None)
    said = _OWN if word.noun else _I_WAS
    if writer is None or not said.search(letter.plain, max(0, word.start - 60), word.start):
        return None
    return (writer, *(second(letter, cast, word.end, None) if word.kind in JOINT_KINDS else ()))


def nth(letter: Letter, cast: Cast, word: KindWord) -> Owners:
    """Of "Pour le second, je cherche l'acte de naissance" the second of those named side by side before."""
    begin = letter.layout.starts[letter.sentence(word.start)]
    said = _FOR_NTH.match(letter.plain, begin, word.start) if word.asked else None
    if said is None:
        return None
    group = group_meant(letter, cast, begin)
    place = 0 if said["nth"][0] == "p" else 1
    return (group[place],) if place < len(group) else None
