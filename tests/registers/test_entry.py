from __future__ import annotations

from registers.document import Side
from registers.entry import Ditto, Flag, Kind, entry_id


def test_an_entrys_id_says_where_it_was_first_read() -> None:
    ids = {entry_id(register, "scan", side, row) for register in "ab" for side in Side for row in (1, 2)}
    assert len(ids) == 12
    assert entry_id("r", "s", Side.LEFT, 7) == "r:s:l:007"


def test_the_head_is_the_end_of_the_chain() -> None:
    assert Ditto("d°", ("third", "second", "first")).head == "first"


def test_closed_lists_are_as_the_contract_says() -> None:
    kinds = (
        "birth marriage death recognition adoption divorce publication stillborn transcription judgment "
        "name_change unknown"
    )
    flags = (
        "order_break date_outside_period date_ambiguous date_missing number_gap number_double "
        "ditto_without_head low_confidence unread_cell cell_overflow other_hand repaired"
    )
    assert " ".join(Kind) == kinds
    assert " ".join(Flag) == flags
