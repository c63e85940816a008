import pytest
from hypothesis import given
from hypothesis import strategies as st

from ocr.handwriting.alphabet import CHARACTERS, Alphabet, normalise


@pytest.mark.parametrize(
    ("written", "normal"),
    [
        ("dem^t à Paris", "demt à Paris"),
        ("8^bre  1830", "8bre 1830"),
        ("Marie >Louise< Jeanne", "Marie Jeanne"),
        ("l’an — «id»", "l'an - «id»"),
        ("Zoe\u0308", "Zoë"),
        ("Dvořák", "Dvorák"),
        ("a\u00a0b ", "a b"),
    ],
)
def test_transcriptions_come_into_the_recognisers_terms(written: str, normal: str) -> None:
    assert normalise(written) == normal


@given(st.text())
def test_normalising_twice_changes_nothing(text: str) -> None:
    once = normalise(text)
    assert normalise(once) == once


@given(st.text(alphabet=CHARACTERS))
def test_what_is_encoded_decodes_to_itself(text: str) -> None:
    alphabet = Alphabet()
    assert alphabet.decode(alphabet.encode(text)) == text
    assert alphabet.covers(text)
    assert 0 not in alphabet.encode(text)


def test_a_foreign_character_is_refused() -> None:
    alphabet = Alphabet()
    assert not alphabet.covers("π")
    with pytest.raises(ValueError, match="π"):
        alphabet.encode("π")
