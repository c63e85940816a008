"""Acts that a letter asks for by speaking of what it told: "cet acte", "les trois actes"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ner.letters.couples import Request
from ner.letters.letter import Identity
from ner.letters.named_behind import COUNTS
from ner.letters.owners import Scene
from ner.letters.seeking import SEEKS
from ner.letters.words import JOINT_KINDS, KindWord

_WANTS = re.compile(
    SEEKS.pattern
    + r"|delivr|verifi|procur|joindre|transmet|communiqu|parvenir|fourni|voul|veux|pouvez|pourriez|auriez|"
    r"interess|desir|me faut|merci de"
)


_SO_MANY = re.compile(r"\b(deux|trois|quatre|cinq|[2-5]) actes\b")
_THE_ACTS = re.compile(
    r"\b(?:(?P<many>(?:les|leurs|ces|ses|tous les|tous ces) (?:(?P<count>deux|trois|quatre|cinq|\d) "
    r")?actes)|l'acte|"
    r"un acte(?= ?[.?!\n]|$)|cet acte|son acte|leur acte|cet extrait|l'extrait|ce document|celui-ci|"
    r"en (?:avoir|obtenir|"
    r"recevoir|fournir|procurer) (?:une )?copie)\b"
    r"(?!-t)(?! (?:de|d'|du|des)\b)"
)


def made_again(scene: Scene, sentence: int) -> list[Request]:
    """The acts that "cet acte", "en avoir copie" or "les trois actes" speaks of: events told before."""
    starts = (*scene.letter.layout.starts, len(scene.letter.plain))
    begin, end = starts[sentence], starts[sentence + 1]
    said = _THE_ACTS.search(scene.letter.plain, begin, end)
    asked = any(
        word.asked and word.end <= scene.letter.layout.starts[sentence] for word in scene.letter.words
    )
    if (
        said is None
        or (asked and not said["many"])
        or not (_WANTS.search(scene.letter.plain, begin, end) or "?" in scene.letter.plain[begin:end])
    ):
        return []
    events = [
        (word, owners)
        for word in scene.letter.words
        if word.end <= said.start() and not word.asked and (owners := scene.owned(word))
    ]
    made = [request for word, owners in events for request in _of_event(word, owners)]
    made = list({(id(request.identity), request.kind): request for request in made}.values())
    if not said["many"]:
        return made[-1:]
    count = COUNTS.get(said["count"] or "", len(made))
    return made if len(made) == count and count > 1 else []


def all_told(scene: Scene) -> list[Request]:
    """The events of a letter that names no act but as many acts as it tells events: "3 actes : ..."."""
    if any(word.asked for word in scene.letter.words):
        return []
    said = _SO_MANY.search(scene.letter.plain)
    made = {
        (id(request.identity), request.kind): request
        for word in scene.letter.words
        for request in _of_event(word, scene.owned(word) or ())
    }
    return list(made.values()) if said and COUNTS.get(said[1]) == len(made) else []


def _of_event(word: KindWord, owners: Sequence[Identity]) -> list[Request]:
    if word.kind in JOINT_KINDS and owners:
        return [Request(owners[0], word.kind, owners[1] if len(owners) > 1 else None, told=True)]
    return [Request(owner, word.kind, told=True) for owner in owners]
