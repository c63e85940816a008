"""feuillet registers inventory"""

from __future__ import annotations

from pathlib import Path

from registers.settings import StoreSettings
from services.inventory import inventory_of
from store.catalogue import Catalogue
from tests.conftest import Feuillet

_HEAD = "place,kind,from,to,cote,state\n"


def test_an_inventory_is_imported_whole_or_not_at_all(feuillet: Feuillet, tmp_path: Path) -> None:
    workspace, file = tmp_path / "workspace", tmp_path / "inventory.csv"
    settings = StoreSettings(workspace=str(workspace))
    Catalogue.open(settings).close()
    file.write_text(f"{_HEAD}Lyon,birth,1900,1909,1 E 1,lost\nLyon,king,1900,1909,,lost\n")
    refused = feuillet("registers", "inventory", file, "--workspace", workspace)
    assert refused.returncode == 2
    assert "line 3: kind 'king'" in refused.stderr and "nothing was imported" in refused.stderr
    file.write_text(f"{_HEAD}Lyon,birth,1900,1909,1 E 1,lost\nLyon,,1910,1919,,none_recorded\n")
    done = feuillet("registers", "inventory", file, "--workspace", workspace)
    assert (done.returncode, done.stdout) == (0, "2 lines of the inventory are imported\n")
    with Catalogue.open(settings) as catalogue:
        assert [holding.state for holding in inventory_of(catalogue)] == ["lost", "none_recorded"]
