"""Words for relatives, and whose they are."""

from __future__ import annotations

import pytest

from ner.letters.kin import Bond, Of, kin_in
from ner.letters.words import flat
from registers.entry import Gender


@pytest.mark.parametrize(
    ("text", "bond", "of", "gender"),
    [
        ("leur fils cadet", Bond.CHILD, Of.SEVERAL, Gender.MALE),
        ("sa sœur", Bond.SIBLING, Of.ONE, Gender.FEMALE),
        ("ma grand-mère paternelle", Bond.OTHER, Of.SENDER, Gender.FEMALE),
        ("sa veuve", Bond.PARTNER, Of.ONE, Gender.FEMALE),
        ("le marié", Bond.PARTNER, Of.UNSAID, Gender.MALE),
        ("leur quatrième enfant", Bond.CHILD, Of.SEVERAL, None),
        ("his father", Bond.PARENT, Of.ONE, Gender.MALE),
    ],
)
def test_a_word_for_a_relative(text: str, bond: Bond, of: Of, gender: Gender | None) -> None:
    (kin,) = kin_in(flat(text))
    assert (kin.bond, kin.of, kin.gender) == (bond, of, gender)
    assert (kin.start, kin.end) == (0, len(text))


def test_words_without_relatives() -> None:
    assert kin_in(flat("Je demande une copie de son acte de naissance.")) == ()
