"""How far a misread word is from a known one: letters that look alike cost little."""

from __future__ import annotations

from functools import cache
from math import inf

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
_SWAP = 0.5
_NONE: dict[str, float] = {}
_PAIRS = {
    **{("rn", "m"): 0.3, ("in", "m"): 0.3, ("ni", "m"): 0.3, ("nn", "m"): 0.4, ("iu", "m"): 0.4},
    **{("cl", "d"): 0.3, ("li", "h"): 0.4, ("ii", "n"): 0.4, ("ii", "u"): 0.3, ("vv", "w"): 0.2},
    **{("ri", "n"): 0.4, ("lo", "b"): 0.5},
}


@cache
def _substitutions() -> dict[str, dict[str, float]]:
    """Read letter -> letters that look like it, with what the exchange costs."""
    costs: dict[str, dict[str, float]] = {}
    for line in _ALIKE:
        letters, cost = line.split()
        for a in letters:
            for b in letters:
                if a != b:
                    known = costs.setdefault(a, {})
                    known[b] = min(known.get(b, 1.0), float(cost))
    return costs


@cache
def _merges() -> tuple[dict[str, dict[str, float]], dict[str, dict[str, float]]]:
    """Two letters read -> the one meant, and two letters meant -> the one read, with their costs."""
    one_meant: dict[str, dict[str, float]] = {}
    two_meant: dict[str, dict[str, float]] = {}
    for (read, meant), cost in (_PAIRS | {(b, a): cost for (a, b), cost in _PAIRS.items()}).items():
        if len(read) == 2:
            one_meant.setdefault(read, {})[meant] = cost
        else:
            two_meant.setdefault(read, {})[meant] = cost
    return one_meant, two_meant


def written_distance(read: str, meant: str, limit: float = inf) -> float:
    """Edit distance with costs by look: 0.25 to 0.5 for look-alikes, 0.6 to 0.8 for a gap, 1 otherwise.

    Two letters read for one ("rn" for "m") and two swapped letters count once. A distance that is surely
    beyond `limit` is infinite. Nothing clever is left out of the loop: it runs millions of times.
    """
    costs, (one_meant, two_meant) = _substitutions(), _merges()
    gaps = [_GAP_OF_THIN if b in _THIN else _GAP for b in meant]
    above2: list[float] = []
    above = [0.0]
    for gap in gaps:
        above.append(above[-1] + gap)
    lowest2 = lowest = 0.0
    last = ""
    for a in read:
        gap_a = _GAP_OF_THIN if a in _THIN else _GAP
        alike = costs.get(a, _NONE)
        merged = one_meant.get(last + a, _NONE) if last else _NONE
        split = two_meant.get(a, _NONE)
        left = above[0] + gap_a
        row = [left]
        before = ""
        for j, b in enumerate(meant):
            best = above[j] + (0.0 if a == b else alike.get(b, 1.0))
            best = min(best, above[j + 1] + gap_a, left + gaps[j])
            if merged and b in merged:
                best = min(best, above2[j] + merged[b])
            if before:
                if last == b and a == before and a != b:
                    best = min(best, above2[j - 1] + _SWAP)
                if split and before + b in split:
                    best = min(best, above[j - 1] + split[before + b])
            row.append(best)
            left, before = best, b
        above2, above, last = above, row, a
        lowest2, lowest = lowest, min(row)
        if lowest > limit and lowest2 > limit:
            return inf
    return above[-1]
