"""What may have happened between an asked name and one of the index, and how likely each story is.

Either the asked name is right, and the other was misread into the index; or the other is right, and the asked
one was misread or is how somebody spelt it. In the manner of a noisy channel (Shannon 1948; Kernighan, Church
and Gale 1990) a story is as likely as its changes are, and as usual as the names are: the right name is
likelier the more people bear it, and a name that nobody is known to bear is probably a misreading. The
likelihoods of all stories are added. The weights were fitted on real misreadings and on variants made by
the project (docs/search.md).
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from indexer.similarity import Way

Floats = NDArray[np.float32]
LEAST_USUAL = 0.1
_DEAREST_CHANGE, _NEVER = np.float32(6), np.float32(1000)


@dataclass(frozen=True, slots=True)
class _Story:
    """The logarithm of a likelihood: a sum of what is known, each with its weight.

    `asked` and `name`: per tenfold frequency of the two names; the unknown ones are borne by nobody known.
    """

    constant: float
    name: float
    name_unknown: float
    edit: float
    change: float
    asked: float = 0.0
    asked_unknown: float = 0.0
    heard: float = 0.0


_STORIES = {
    Way.ASKED_READ: _Story(4.9, -1.5, 0.95, -2.4, -1.7, asked=1.5, asked_unknown=0.75),
    Way.NAME_READ: _Story(0.0, 1.95, 0.0, -2.05, -3.95),
    Way.MISSPELT: _Story(-1.1, 2.15, 0.0, 0.0, -5.4, heard=0.3),
    Way.ASKED_READ_CAPITALS: _Story(3.45, -1.8, -0.4, 0.0, -3.8, asked=1.55, asked_unknown=-0.8),
    Way.NAME_READ_CAPITALS: _Story(0.8, -0.1, 1.5, 0.0, -2.9),
}


@dataclass(frozen=True, slots=True)
class Compared:
    """How n names compare with the asked one: letters that differ, whether they sound alike, costs by Way."""

    edits: Floats
    heard: NDArray[np.bool_]
    costs: Floats
    usual: Floats


def likelihoods(asked_usual: float, compared: Compared) -> Floats:
    """The logarithm of how likely each name is meant, up to a constant."""
    known = np.maximum(compared.usual, LEAST_USUAL)
    unknown, heard = (mark.astype(np.float32) for mark in (compared.usual == 0, compared.heard))
    costs = np.where(np.isfinite(compared.costs), np.minimum(compared.costs, _DEAREST_CHANGE), _NEVER)
    likely = np.empty((len(Way), len(known)), dtype=np.float32)
    for way, story in _STORIES.items():
        constant = story.constant + story.asked * max(asked_usual, LEAST_USUAL)
        constant += story.asked_unknown * (asked_usual == 0)
        likely[way] = constant + story.name * known + story.name_unknown * unknown
        likely[way] += story.edit * compared.edits + story.change * costs[way] + story.heard * heard
    most = likely.max(axis=0)
    return np.asarray(most + np.log(np.exp(likely - most).sum(axis=0)), dtype=np.float32)
