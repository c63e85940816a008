"""The step of a batch between a register's first scans and the others: what they teach of its hand."""

from __future__ import annotations

from dataclasses import replace

from ocr.read import reading_version
from registers.errors import DiskFullError
from services.bench import Bench
from services.plan import fingerprint_of
from services.pool import ReadingStoppedError
from services.trial import in_chunks, was_read
from store.hands import Hand


def learn_hand(bench: Bench, register_id: str) -> None:
    """Learn the letters of a register's hand from the scans of its trial, and plan to read these once more
    and the others for the first time with them.

    Nothing changes where nothing can be learnt, which is noted where it is a fault. Raises DiskFullError.
    """
    plan = bench.plan_of(register_id)
    states = bench.catalogue.pages.done(register_id)
    trial = [states.get((scan.sha256, scan.page_index)) for scan in plan.trial]
    if not any(state is not None and state.known is not None for state in trial):  # no handwriting
        return
    bench.watch.learning(register_id)
    from services.own_letters import learn_letters

    try:
        ids = {scan.id for scan in plan.trial}
        hand = learn_letters(bench.settings, bench.catalogue, register_id, ids)
    except (DiskFullError, ReadingStoppedError):
        raise
    except Exception as error:  # noqa: BLE001 - the batch can do without; a message might quote what it read
        bench.note(register_id, f"its hand could not be learnt ({type(error).__name__}): it is read without")
        return
    if hand is not None:
        _go_on_with(bench, register_id, hand)


def _go_on_with(bench: Bench, register_id: str, hand: Hand) -> None:
    plan, settings = bench.plan_of(register_id), bench.settings
    states = bench.catalogue.pages.done(register_id)
    again = [
        scan for scan in plan.trial if was_read(states.get((scan.sha256, scan.page_index)), plan.fingerprint)
    ]
    chunks = in_chunks(again, (), max(1, settings.batch.chunk_pages))
    fingerprint = fingerprint_of(reading_version(settings.read, hand.folder), plan.register)
    bench.change(
        replace(plan, chunks=(*plan.chunks, *chunks), fingerprint=fingerprint, model=hand.folder, trial=()),
        [scan.id for scan in again],
    )
    facts = hand.facts
    bench.note(
        register_id,
        f"the letters of its hand were learnt from {facts.lines:,} of its cells: of {facts.held_out:,}"
        f" others, {100 * facts.cer_before:.1f} % of the characters were misread before,"
        f" {100 * facts.cer_after:.1f} % after",
    )
