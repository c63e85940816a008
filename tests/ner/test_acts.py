"""Act numbers, other registers' acts, the kind of a row."""

from __future__ import annotations

import pytest

from ner.acts import ActNumber, act_in_remark, act_number, kind_of_row
from registers.entry import Kind


@pytest.mark.parametrize(
    ("text", "number", "year"),
    [
        ("17", "17", None),
        ("N° 17", "17", None),
        ("l7", "17", None),
        ("17 bis", "17 bis", None),
        ("007", "7", None),
        ("112/1915", "112", 1915),
        ("112 de 1915", "112", 1915),
        ("", "", None),
        ("—", "", None),
    ],
)
def test_act_numbers(text: str, number: str, year: int | None) -> None:
    assert act_number(text) == ActNumber(number, year)


@pytest.mark.parametrize(
    ("remark", "number", "year"),
    [
        ("transcription n° 112 de 1919", "112", 1919),
        ("transcr. n° 8", "8", None),
        ("registre de 1921", "", 1921),
        ("reconnue ANDRÉ", "", None),
    ],
)
def test_the_act_that_a_remark_names(remark: str, number: str, year: int | None) -> None:
    assert act_in_remark(remark) == ActNumber(number, year)


@pytest.mark.parametrize(
    ("kinds", "remarks", "spouse", "kind"),
    [
        ((Kind.BIRTH,), "", False, Kind.BIRTH),
        ((Kind.BIRTH,), "jugement", False, Kind.BIRTH),
        ((Kind.BIRTH,), "jugement supplétif du 4 mai 1901", False, Kind.JUDGMENT),
        ((Kind.DEATH,), "transcription n° 12", False, Kind.TRANSCRIPTION),
        ((Kind.DEATH,), "enfant sans vie", False, Kind.STILLBORN),
        ((Kind.BIRTH, Kind.MARRIAGE), "", True, Kind.MARRIAGE),
        ((), "", True, Kind.MARRIAGE),
        ((), "", False, Kind.UNKNOWN),
        ((Kind.BIRTH, Kind.DEATH), "", False, Kind.UNKNOWN),
    ],
)
def test_kinds(kinds: tuple[Kind, ...], remarks: str, spouse: bool, kind: Kind) -> None:
    assert kind_of_row(kinds, remarks, spouse=spouse) is kind
