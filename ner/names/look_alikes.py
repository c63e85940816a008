"""Names that a misread name may have been: look-alike letters put back, one misreading at a time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from functools import cache

from lexicon import misreadings


@cache
def _written_for() -> dict[str, tuple[tuple[str, float], ...]]:
    """Read letters -> the letters that may have been written, with the cost of the misreading."""
    found: dict[str, list[tuple[str, float]]] = defaultdict(list)
    for (written, read), cost in misreadings.table().items():
        if read and written != read and not (len(written) == 2 and sorted(written) == sorted(read)):
            found[read].append((written, cost))
    return {read: tuple(sorted(written, key=lambda item: item[1])) for read, written in found.items()}


def originals(read: str) -> Iterator[tuple[str, float]]:
    """Texts (folded) one misreading away from what was read, with the cost of that misreading."""
    table = _written_for()
    for start in range(len(read)):
        for length in (1, 2):
            piece = read[start : start + length]
            if len(piece) < length:
                continue
            for written, cost in table.get(piece, ()):
                yield read[:start] + written + read[start + length :], cost
