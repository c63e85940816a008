import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.listing import Alphabetical, in_order, key_of

NAMES = [
    first + last
    for first in ("Al", "An", "Bar", "Ber", "Car", "Dan", "Du", "Fa", "Gar", "Lan", "Le", "Mar", "Pe", "Sa")
    for last in ("bert", "cien", "dre", "gier", "lin", "mont", "rel", "roux", "sson", "tin")
]
ORDER = Alphabetical.of([(name, -5.0) for name in NAMES])


def best(rows: list[list[tuple[str, float]]]) -> list[str]:
    found = in_order(rows, ORDER)
    return [heads[int(np.argmax(values))][0] for heads, values in zip(rows, found, strict=True)]


def listed(*names: str) -> list[list[tuple[str, float]]]:
    """Rows that are read as these, each with a rival far off in the alphabet, nearly as likely."""
    return [[(name, 0.0), ("Samont" if name < "M" else "Alrel", -1.0)] for name in names]


def test_a_row_that_its_line_misreads_is_put_right_by_its_neighbours() -> None:
    rows = listed("Carbert", "Carcien", "Cargier", "Carlin", "Carmont", "Carrel", "Carroux", "Carsson")
    rows[3] = [("Garlin", 0.0), ("Carlin", -3.0), ("Marlin", -1.0)]
    assert best(rows)[3] == "Carlin"


def test_in_a_list_without_order_each_line_speaks_alone() -> None:
    names = ["Samont", "Albert", "Marlin", "Carrel", "Dubert", "Persson", "Bertin", "Landre", "Faroux"]
    rivals = ["Lelin", "Perel", "Duroux", "Garrel", "Saroux", "Anlin", "Damont", "Facien", "Mardre"]
    rows = [[(name, 0.0), (rival, -1.0)] for name, rival in zip(names, rivals, strict=True)]
    assert best(rows) == names


def test_a_surname_that_repeats_is_likelier_than_another() -> None:
    rows = listed("Carbert", "Carbert", "Carcien", "Carcien", "Cargier", "Cargier", "Carlin", "Carlin")
    rows[3] = [("Carrien", 0.0), ("Carcien", -2.0)]
    assert best(rows)[3] == "Carcien"


def test_an_omission_made_good_is_kept_where_its_line_is_sure() -> None:
    rows = listed("Carbert", "Carcien", "Cargier", "Carlin", "Carmont", "Carrel", "Carroux", "Carsson")
    rows[4] = [("Martin", 0.0), ("Carmont", -25.0)]
    assert best(rows)[4] == "Martin"


def test_rows_without_surnames_are_passed_over() -> None:
    rows = listed("Carbert", "Carcien", "Cargier", "Carlin", "Carmont", "Carrel", "Carroux")
    rows[2:2] = [[], []]
    found = in_order(rows, ORDER)
    assert found[2] == found[3] == []
    assert best([row for row in rows if row])[0] == "Carbert"


def test_surnames_between_two_are_those_that_may_stand_there() -> None:
    assert ORDER.between("carlin", "carroux", 400) == ("Carlin", "Carmont", "Carrel", "Carroux")
    assert ORDER.between("carlin", "carroux", 3) == ()
    assert ORDER.between("sa", "al", 400) == ()


def test_accents_and_spaces_do_not_count() -> None:
    assert key_of("Le Goëff") == "legoeff"


HEADS = st.lists(st.tuples(st.text("ABCabc é'-", max_size=6), st.floats(-40, 0)), max_size=5)


@settings(max_examples=60, deadline=None)
@given(st.lists(HEADS, max_size=12))
def test_whatever_is_read_the_chances_of_a_row_add_up_to_one(rows: list[list[tuple[str, float]]]) -> None:
    for heads, values in zip(rows, in_order(rows, ORDER), strict=True):
        assert len(values) == len(heads)
        if heads:
            assert math.fsum(math.exp(value) for value in values) == pytest.approx(1.0)
