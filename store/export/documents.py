"""Writes the readings of all scans as XML documents: a folder for each register, a file for each scan."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from pathlib import Path

from registers.document import Scan, ScanReading
from registers.errors import UsageError
from store.catalogue import Catalogue
from store.export.alto import to_alto
from store.export.page_xml import to_page_xml
from store.workspace import atomic_file

DOCUMENTS: Mapping[str, Callable[[ScanReading, str], bytes]] = {
    "alto": lambda reading, _: to_alto(reading),
    "page": to_page_xml,
}


def export_to_folder(catalogue: Catalogue, name: str, folder: Path, made_at: str) -> int:
    """Write `folder/<register>/<scan>.xml` for each scan with rows; returns the number of files.

    `made_at` (ISO 8601) is the date that PAGE documents bear. Each file appears when it is complete.
    Raises UsageError for a format that there is not, DiskFullError, StoreError.
    """
    if name not in DOCUMENTS:
        raise UsageError(f"there is no export format {name!r}", advice=f"one of: {', '.join(DOCUMENTS)}")
    count = 0
    for register_id in catalogue.registers.ids():
        pages = catalogue.pages.pages_of(register_id)
        scans = {stored.scan.id: stored.scan for stored in pages if stored.row_count}
        for scan_id, file in _file_names(scans).items():
            content = DOCUMENTS[name](catalogue.pages.reading(register_id, scan_id), made_at)
            with atomic_file(folder / register_id / file) as target:
                target.write(content)
            count += 1
    return count


def _file_names(scans: Mapping[str, Scan]) -> dict[str, str]:
    """By scan id: its name with .xml for its ending; after the ending where only that tells scans apart."""
    stems = Counter(Path(scan.image).stem.casefold() for scan in scans.values())
    return {
        scan_id: f"{path.stem if stems[path.stem.casefold()] == 1 else path.name}.xml"
        for scan_id, scan in scans.items()
        for path in (Path(scan.image),)
    }
