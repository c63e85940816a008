"""Names near a reading."""

from __future__ import annotations

import math

from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from lexicon import surnames
from lexicon.fold import fold
from ner.names.forms import FARTHEST_SHARE, Listed

NAMES = tuple(fold(name) for name, _ in list(surnames.counts().items())[:3000])
LISTED = Listed.of(NAMES)


@given(st.sampled_from(NAMES), st.text("abcdeilmnorstuv -", max_size=4), st.integers(0, 12))
def test_no_name_within_reach_is_passed_over(name: str, change: str, place: int) -> None:
    near = fold(name[:place] + change + name[place + 1 :])
    reach = max(2, math.ceil(FARTHEST_SHARE * len(near)))
    distances = [Levenshtein.distance(near, other) for other in NAMES] if near else []
    wanted = sorted((distance, index) for index, distance in enumerate(distances) if distance <= reach)
    assert [(d, i) for i, d in LISTED.nearest(near, len(NAMES))] == wanted


def test_of_many_the_nearest_are_kept() -> None:
    whole = LISTED.nearest("lefebvre", len(NAMES))
    assert LISTED.nearest("lefebvre", 5) == whole[:5] and len(whole) > 5
    assert LISTED.nearest("lefebvre", 0) == LISTED.nearest("", 5) == []
