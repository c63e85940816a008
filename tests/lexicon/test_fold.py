from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.fold import fold


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("LE GOËFF", "le goeff"),
        ("Saint-Étienne", "saint etienne"),
        ("d’Œuvre", "d oeuvre"),
        ("  Lefèvre,  Jean ", "lefevre jean"),
        ("F^ois", "f ois"),
        ("", ""),
        ("...", ""),
    ],
)
def test_names_are_folded(text: str, folded: str) -> None:
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_a_folded_text_has_no_edges_and_no_double_spaces(text: str) -> None:
    assert fold(text).split() == fold(text).split(" ") or fold(text) == ""
