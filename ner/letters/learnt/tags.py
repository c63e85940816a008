"""The best sequence of tags: a name begins before it goes on."""

from __future__ import annotations

import numpy as np

from ner.letters.learnt.mentions import Mention, Part
from ner.letters.learnt.network import Floats

PARTS: tuple[Part, ...] = ("G", "S", "P")
TAGS = 1 + 2 * len(PARTS)
"""None, then begin and inside of each part."""
_NEVER = -1e9


def mentions_of(scores: Floats) -> list[Mention]:
    """The names by the log probabilities (tokens, TAGS) of a letter's tokens, by Viterbi."""
    moves = np.zeros((TAGS, TAGS))
    for inside in range(2, TAGS, 2):
        moves[:, inside] = _NEVER
        moves[[inside - 1, inside], inside] = 0
    best = scores[0].astype(np.float64)
    best[2::2] = _NEVER
    back = []
    for row in scores[1:]:
        reached = best[:, None] + moves
        back.append(reached.argmax(0))
        best = reached.max(0) + row
    path = [int(best.argmax())]
    for step in reversed(back):
        path.append(int(step[path[-1]]))
    return _mentions(path[::-1])


def _mentions(path: list[int]) -> list[Mention]:
    found, at = [], 0
    while at < len(path):
        end = at + 1
        if path[at] % 2:
            while end < len(path) and path[end] == path[at] + 1:
                end += 1
            found.append(Mention(at, end, PARTS[path[at] // 2]))
        at = end
    return found
