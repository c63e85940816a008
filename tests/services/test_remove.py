"""A register is forgotten with its viewing copies, but not with those that others show."""

from __future__ import annotations

import pytest

from registers.errors import StoreBusyError
from services.desk import Desk
from services.remove import remove_register
from tests.services.builders import building_elsewhere


def test_only_the_copies_that_nobody_else_shows_go(own_desk: Desk) -> None:
    catalogue, view = own_desk.catalogue, own_desk.workspace.view
    first, second, *_ = catalogue.registers.ids()
    shared = catalogue.pages.readings(first)[0]
    catalogue.pages.save_reading(second, shared, "reader")
    own = catalogue.pages.scan_ids(first) - {shared.scan.id}
    kept = catalogue.pages.scan_ids(second)
    for scan_id in own | kept:
        own_desk.workspace.write(view(scan_id), b"a copy")
    remove_register(own_desk, first)
    assert first not in catalogue.registers.ids()
    assert not any(view(scan_id).exists() for scan_id in own)
    assert all(view(scan_id).exists() for scan_id in kept)


def test_no_register_is_removed_while_one_is_trained(own_desk: Desk) -> None:
    first, *_ = own_desk.catalogue.registers.ids()
    with own_desk.workspace.lock("train"), pytest.raises(StoreBusyError, match="another feuillet train"):
        remove_register(own_desk, first)
    assert first in own_desk.catalogue.registers.ids()


def test_a_register_is_gone_though_the_index_cannot_forget_it_now(own_desk: Desk) -> None:
    first, *_ = own_desk.catalogue.registers.ids()
    for path in own_desk.workspace.index.iterdir():
        path.unlink()
    with building_elsewhere(own_desk):
        assert not remove_register(own_desk, first)
    assert first not in own_desk.catalogue.registers.ids()
