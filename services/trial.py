"""The first scans of a register, from which its hand is learnt before the others are read.

Which they are depends on the register alone, so that a batch that was stopped comes to the same end.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from registers.document import PageOutcome, Scan
from registers.errors import ConfigurationError
from registers.settings import ReadSettings
from store.kept import ScanKey, ScanState

TRIAL_SCANS = 12
_WAYS = ("auto", "never")


def learns_hand(settings: ReadSettings) -> bool:
    """Whether a hand is learnt without being asked; raises ConfigurationError for another word."""
    if settings.learn_hand not in _WAYS:
        raise ConfigurationError(
            f"FEUILLET_LEARN_HAND={settings.learn_hand!r} is not known",
            advice=f"choose: {', '.join(_WAYS)}",
        )
    return settings.learn_hand == "auto" and settings.engine in ("auto", "handwriting")


def trial_of(
    scans: Sequence[Scan],
    wanted: Collection[Scan],
    states: Mapping[ScanKey, ScanState],
    fingerprint: str,
) -> tuple[Scan, ...]:
    """The first of a register's scans, in their order, where its hand can still be learnt from them: they
    are still to be read, or were read, or failed, by the reader that `fingerprint` marks, which read no
    others yet."""
    first, others = scans[:TRIAL_SCANS], scans[TRIAL_SCANS:]
    left = {scan.id for scan in wanted}

    def done_so(scan: Scan) -> bool:
        state = states.get((scan.sha256, scan.page_index))
        return scan.id not in left and state is not None and state.fingerprint == fingerprint

    if any(map(done_so, others)):
        return ()
    return tuple(first) if all(scan.id in left or done_so(scan) for scan in first) else ()


def was_read(state: ScanState | None, fingerprint: str) -> bool:
    """Whether a scan came to a result by the reader that `fingerprint` marks."""
    return state is not None and state.fingerprint == fingerprint and PageOutcome.FAILED not in state.outcomes


def in_chunks(scans: Sequence[Scan], trial: Collection[Scan], size: int) -> tuple[tuple[Scan, ...], ...]:
    """Scans in chunks of a size, those of the trial first and in chunks of their own."""
    ids = {scan.id for scan in trial}
    parts = ([scan for scan in scans if scan.id in ids], [scan for scan in scans if scan.id not in ids])
    return tuple(tuple(part[at : at + size]) for part in parts for at in range(0, len(part), size))
