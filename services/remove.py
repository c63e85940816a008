"""A register forgotten: its entries and their history, its place in the index, viewing copies, its model."""

from __future__ import annotations

from services.desk import Desk
from services.publish import publish_now
from services.transcriptions import forget_transcriptions
from store.hands import HandStore


def remove_register(desk: Desk, register_id: str) -> bool:
    """Forget a register; the scans are not touched, nor viewing copies that another register shows.

    False where the index cannot forget it now, and will with the next publishing. Raises NotFoundError,
    and StoreBusyError while a hand is trained or rows are imported.
    """
    desk.catalogue.registers.get(register_id)
    desk.workspace.create()
    with desk.workspace.lock("train"), desk.workspace.lock("transcribe"):
        _forget(desk, register_id)
    return publish_now(desk)


def _forget(desk: Desk, register_id: str) -> None:
    scan_ids = desk.catalogue.pages.scan_ids(register_id)
    desk.catalogue.registers.remove(register_id)
    for scan_id in desk.catalogue.pages.unheld(scan_ids):
        desk.workspace.view(scan_id).unlink(missing_ok=True)
    HandStore(desk.workspace).forget(register_id)
    forget_transcriptions(desk.catalogue, register_id)
