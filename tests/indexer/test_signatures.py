"""Signatures: one by one and all at once, and the nearest of many."""

from __future__ import annotations

import string

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.signatures import Planes, distances, nearest, signature, signatures

NAME = st.text(string.ascii_lowercase + string.digits, max_size=30)


@given(st.lists(NAME, max_size=8))
def test_many_at_once_are_each(names: list[str]) -> None:
    together = signatures(names)
    assert together.shape == (3, len(names))
    for at, name in enumerate(names):
        assert together[:, at].tolist() == signature(name).tolist()


def test_a_letter_off_is_nearer_than_another_name() -> None:
    found = distances(signatures(["lefebvre", "lefebure", "martin"]), signature("lefebvre"))
    assert found[0] == 0 < found[1] < found[2]


def test_all_at_the_cut_are_taken() -> None:
    assert nearest(np.array([3, 1, 2, 2, 5], dtype=np.uint8), 2).tolist() == [1, 2, 3]


def test_fewer_than_are_wanted_are_all_taken() -> None:
    assert nearest(np.array([192, 1], dtype=np.uint8), 5).tolist() == [0, 1]


@given(st.lists(NAME, max_size=150), NAME)
def test_planes_tell_the_same_distances(names: list[str], asked: str) -> None:
    words, wanted = signatures(names), signature(asked)
    assert Planes.of(words).distances(wanted).tolist() == distances(words, wanted).tolist()


def test_planes_of_more_names_than_are_turned_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.signatures._TURNED_AT_ONCE", 64)
    words, wanted = signatures([f"martin{number}" for number in range(150)]), signature("martin75")
    assert Planes.of(words).distances(wanted).tolist() == distances(words, wanted).tolist()
