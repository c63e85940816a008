"""The second stage on real tables: dittos to their heads, the order that each volume keeps."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from ner.extract import understand
from ner.order.audit import audit
from ner.order.regime import Regime
from registers.dates import Period
from registers.entry import Flag, Kind
from registers.register import Description, RegisterSettings
from tests.ner.builders import make_register
from tests.ner.real_tables import readings_of, real_registers

_SIGN = re.compile(r"(?:d°|do|id\.?|\"|,,|»)?")


@pytest.mark.parametrize(("volume", "first"), [("rom-1883-1892", 1883), ("rom-1893-1902", 1893)])
def test_dittos_go_to_their_heads(shared_data: Path, volume: str, first: int) -> None:
    """The goal is .995 of the dittos of a volume that leaves blanks and of one that writes d°."""
    scans = real_registers(shared_data / "text" / "tables_decennales_cells.tsv")[volume]
    stated = RegisterSettings(Description(kinds=(Kind.BIRTH,), period=Period.of_years(first, first + 9)))
    entries = understand(make_register(volume, stated), readings_of(scans)).entries
    rows = [row for _, sides in scans for side in sides for row in side]
    assert len(entries) == len(rows)
    head = ""
    right: list[bool] = []
    for row, entry in zip(rows, entries, strict=True):
        if _SIGN.fullmatch(row.surname.strip()):
            right.append(entry.ditto is not None and entry.ditto.head == head)
        else:
            head = entry.id
            assert entry.ditto is None
    assert len(right) > 500
    assert sum(right) >= 0.995 * len(right)


def test_the_order_of_each_volume(shared_data: Path) -> None:
    """First letters and dates until about 1843, whole surnames later; dates within a surname."""
    registers = real_registers(shared_data / "text" / "tables_decennales_cells.tsv")
    early = {"4NUM_310_1", "567O-SUPPL_1E_1_A", "567O-SUPPL_1E_1_B", "567O-SUPPL_1E_2", "EC_4622"}
    for volume, scans in registers.items():
        if not volume.startswith("sermaises/"):
            continue
        entries = understand(make_register(volume), readings_of(scans)).entries
        expected = (
            Regime.FIRST_LETTER_DATE if any(volume.endswith(name) for name in early) else Regime.STRICT_DATE
        )
        assert audit(entries).regime is expected, volume
        breaks = sum(Flag.ORDER_BREAK in entry.flags for entry in entries)
        assert breaks <= 0.06 * len(entries), volume
