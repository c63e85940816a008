"""How likely it is that a name is meant."""

from __future__ import annotations

import numpy as np

from indexer.block import usual
from indexer.similarity import Way, changing_costs, letters_of
from indexer.stories import Compared, likelihoods


def likely(asked: str, names: list[str], edits: list[int]) -> list[float]:
    """The logarithms for names that do not sound like the asked one."""
    compared = Compared(
        np.array(edits, dtype=np.float32),
        np.zeros(len(names), dtype=bool),
        changing_costs(asked, letters_of(names)),
        np.array([usual(name) for name in names], dtype=np.float32),
    )
    return [float(value) for value in likelihoods(usual(asked), compared)]


def test_of_two_names_as_near_the_more_usual_one_is_meant_by_a_wrong_question() -> None:
    bernard, bernart = likely("bernarx", ["bernard", "bernart"], [1, 1])
    assert bernard > bernart


def test_a_name_that_nobody_bears_is_a_misreading_of_the_usual_one_that_is_asked() -> None:
    misread, other = likely("petit", ["pelit", "petot"], [1, 1])
    assert misread > other


def test_the_same_edits_are_likelier_where_letters_look_alike() -> None:
    alike, unlike = likely("dubois", ["dnbois", "dxbois"], [1, 1])
    assert alike > unlike


def test_what_cannot_have_happened_adds_nothing() -> None:
    costs = np.full((len(Way), 1), np.inf, dtype=np.float32)
    nothing = Compared(np.ones(1, np.float32), np.zeros(1, bool), costs, np.ones(1, np.float32))
    assert (likelihoods(3.0, nothing) < -1000).all()
