"""How far a misread word is from a known one: letters that look alike cost little."""

from __future__ import annotations

from functools import cache

_ALIKE = (
    "ceo 0.35",
    "o0qdQ 0.3",
    "il1jtf!| 0.3",
    "un 0.3",
    "vu 0.35",
    "nr 0.4",
    "mn 0.4",
    "rtv 0.4",
    "ae 0.4",
    "ao 0.4",
    "hb 0.3",
    "b6 0.3",
    "s58 0.3",
    "z2 0.3",
    "gq9y 0.3",
    "bl 0.4",
    "b8 0.3",
    "kh 0.5",
    "17 0.5",
    "49 0.5",
    "38 0.4",
    "pn 0.5",
    "ft 0.3",
    "fl 0.4",
    "sa 0.5",
    "xk 0.5",
    "jy 0.5",
    "ec 0.25",
)
_THIN = frozenset("iltrj1")
_GAP_OF_THIN = 0.6
_GAP = 0.8
_PAIRS = {
    **{("rn", "m"): 0.3, ("in", "m"): 0.3, ("ni", "m"): 0.3, ("nn", "m"): 0.4, ("iu", "m"): 0.4},
    **{("cl", "d"): 0.3, ("li", "h"): 0.4, ("ii", "n"): 0.4, ("ii", "u"): 0.3, ("vv", "w"): 0.2},
    **{("ri", "n"): 0.4, ("lo", "b"): 0.5},
}


@cache
def _substitutions() -> dict[tuple[str, str], float]:
    costs: dict[tuple[str, str], float] = {}
    for line in _ALIKE:
        letters, cost = line.split()
        for a in letters:
            for b in letters:
                if a != b:
                    costs[a, b] = min(costs.get((a, b), 1.0), float(cost))
    return costs


def written_distance(read: str, meant: str) -> float:
    """Edit distance with costs by look: 0.25 to 0.5 for look-alikes, 0.6 to 0.8 for a gap, 1 otherwise.

    Two letters read for one ("rn" for "m") and two swapped letters count once.
    """
    costs, merges = _substitutions(), _merges()
    above2: list[float] = []
    above = _gaps(meant)
    for i, a in enumerate(read, 1):
        gap_a = _GAP_OF_THIN if a in _THIN else _GAP
        row = [above[0] + gap_a]
        for j, b in enumerate(meant, 1):
            same = 0.0 if a == b else costs.get((a, b), 1.0)
            best = min(
                above[j - 1] + same, above[j] + gap_a, row[-1] + (_GAP_OF_THIN if b in _THIN else _GAP)
            )
            if i > 1 and j > 1 and read[i - 2] == b and a == meant[j - 2] and a != b:
                best = min(best, above2[j - 2] + 0.5)
            if i > 1:
                best = min(best, above2[j - 1] + merges.get((read[i - 2 : i], b), 9.0))
            if j > 1:
                best = min(best, above[j - 2] + merges.get((a, meant[j - 2 : j]), 9.0))
            row.append(best)
        above2, above = above, row
    return above[-1]


@cache
def _merges() -> dict[tuple[str, str], float]:
    return _PAIRS | {(b, a): cost for (a, b), cost in _PAIRS.items()}


def _gaps(meant: str) -> list[float]:
    row = [0.0]
    for b in meant:
        row.append(row[-1] + (_GAP_OF_THIN if b in _THIN else _GAP))
    return row
