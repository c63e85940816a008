from __future__ import annotations

from pathlib import Path

import pytest

from registers.entry import Kind
from registers.errors import UsageError
from registers.query import Filters, SearchQuery
from services.coverage import coverage_of
from services.desk import Desk
from services.inventory import Holding, import_inventory, inventory_of, read_inventory
from services.overview import Overview

_HEAD = "place,kind,from,to,cote,state\n"


def _file(folder: Path, text: str, encoding: str = "utf-8") -> Path:
    path = folder / "inventory.csv"
    path.write_text(text, encoding=encoding)
    return path


def test_an_inventory_is_read_with_commas_or_semicolons(tmp_path: Path) -> None:
    line = ("Valbrune-sur-Orle", "birth", "1873", "1882", "9 Z 11", "lost")
    expected = Holding("Valbrune-sur-Orle", Kind.BIRTH, 1873, 1882, "9 Z 11", "lost")
    for delimiter, encoding in ((",", "utf-8"), (";", "utf-8-sig")):
        text = _HEAD.replace(",", delimiter) + delimiter.join(line) + "\n\n"
        found = read_inventory(_file(tmp_path, text, encoding))
        assert found.holdings == (expected,) and found.problems == ()


@pytest.mark.parametrize(("written", "kind"), [("Naissances", Kind.BIRTH), ("décès", Kind.DEATH), ("", None)])
def test_kinds_are_taken_as_archivists_write_them(tmp_path: Path, written: str, kind: Kind | None) -> None:
    found = read_inventory(_file(tmp_path, f"{_HEAD}Lyon,{written},1900,1901,,not_digitized\n"))
    assert [holding.kind for holding in found.holdings] == [kind]


def test_each_wrong_row_has_one_line_that_says_why(tmp_path: Path) -> None:
    rows = (
        "Lyon,birth,1900,1909,1 E 1,read",
        ",birth,1900,1909,,lost",
        "Lyon,king,1900,1909,,lost",
        "Lyon,birth,19,1909,,lost",
        "Lyon,birth,1909,1900,,lost",
        "Lyon,birth,1900,1909,,burned",
    )
    found = read_inventory(_file(tmp_path, _HEAD + "\n".join(rows)))
    assert len(found.holdings) == 1
    assert [problem.split(":")[0] for problem in found.problems] == [f"line {n}" for n in range(3, 8)]
    said = " ".join(found.problems)
    assert all(word in said for word in ("place is empty", "'king'", "'19'", "before it begins", "'burned'"))


@pytest.mark.parametrize("text", ["", "place,kind\nLyon,birth\n"])
def test_what_is_no_inventory_is_refused(tmp_path: Path, text: str) -> None:
    with pytest.raises(UsageError, match="has no column"):
        read_inventory(_file(tmp_path, text))


def test_another_encoding_is_refused_with_advice(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="UTF-8"):
        read_inventory(_file(tmp_path, _HEAD + "Orléans,birth,1900,1909,,lost", "cp1252"))


def test_an_import_takes_the_place_of_the_one_before_and_is_searched(own_desk: Desk) -> None:
    first = Holding("Valbrune-sur-Orle", Kind.BIRTH, 1873, 1882, "9 Z 11", "lost")
    others = (
        Holding("Valbrune-sur-Orle", Kind.BIRTH, 1883, 1892, "9 Z 12", "not_digitized"),
        Holding("Valbrune-sur-Orle", Kind.DEATH, 1883, 1892, "9 Z 13", "none_recorded"),
        Holding("Valbrune-sur-Orle", Kind.DEATH, 1893, 1902, "9 Z 14", "read"),
    )
    import_inventory(own_desk.catalogue, (first,))
    import_inventory(own_desk.catalogue, (first, *others))
    assert inventory_of(own_desk.catalogue) == (first, *others)
    desk = Desk(
        own_desk.settings,
        own_desk.workspace,
        own_desk.catalogue,
        own_desk.engine,
        Overview(own_desk.catalogue),
    )
    query = SearchQuery(surname="Aubert", filters=Filters(place="Valbrune"))
    states = {(found.label, found.state) for found in coverage_of(desk, query).registers}
    # The births of 1883-1892 are among the registers; a register that is read elsewhere is not read here.
    assert states == {
        ("Valbrune-sur-Orle · 9 Z 12", "read"),
        ("Valbrune-sur-Orle · 9 Z 11", "lost"),
        ("Valbrune-sur-Orle · 9 Z 13", "none_recorded"),
        ("Valbrune-sur-Orle · 9 Z 14", "not_read"),
    }
