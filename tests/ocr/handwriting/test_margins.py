import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.ctc import greedy
from ocr.handwriting.margins import behind_margin
from registers.knowledge import Holds
from tests.ocr.handwriting.test_decode import ALPHABET, Names, Words, decoder, line

NAMES = Names(
    Words(Holds.SURNAME, ("Odelin", "Allard", "Jacquin", "Savey Casard")),
    Words(Holds.GIVEN_NAMES, ("Pauline", "Louis")),
)


@pytest.mark.parametrize("text", ["22 Odelin - Pauline", "(2) Odelin - Pauline", "CHl Odelin - Pauline"])
def test_what_stands_before_a_name_is_left_out(text: str) -> None:
    assert decoder().decode(line(text), NAMES).text == "Odelin - Pauline"


@pytest.mark.parametrize("text", ["Savey Casard - Louis", "Allard Louis"])
def test_a_surname_of_two_words_stays_whole(text: str) -> None:
    assert decoder().decode(line(text), NAMES).text == text


def test_the_raw_reading_keeps_everything() -> None:
    assert decoder().decode(line("22 Odelin - Pauline"), NAMES).raw_text == "22 Odelin - Pauline"


def test_a_line_begins_again_with_its_second_word() -> None:
    begun = behind_margin(line("22 Odelin - Pauline"), ALPHABET)
    assert begun is not None
    assert ALPHABET.decode(greedy(begun.scores)).strip() == "Odelin - Pauline"
    assert begun.price < -6


@pytest.mark.parametrize(
    "text",
    [
        "",
        "22",
        "Odelin",
        "Odelin - Pauline",
        "Odelin Pauline",
        "Allard Jacquin - Louis",
        "22 11",
        "Le Savey - Louis",
        "St Allard - Louis",
        "de Odelin - Louis",
        "Vve Allard - Louis",
        "d' Odelin - Louis",
    ],
)
def test_other_lines_have_nothing_before_their_name(text: str) -> None:
    assert behind_margin(line(text), ALPHABET) is None


@settings(max_examples=50, deadline=None)
@given(st.text("ab1 -(", min_size=1, max_size=12))
def test_no_line_is_too_strange(text: str) -> None:
    begun = behind_margin(line(text), ALPHABET)
    assert begun is None or len(begun.scores) > 0
