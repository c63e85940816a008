"""What a worker does with one scan; heavy libraries are loaded in the worker, for its first scan."""

from __future__ import annotations

from pathlib import Path

from registers.document import Scan, ScanReading
from registers.settings import ReadSettings
from services.brief import Brief


def read_and_keep_view(scan: Scan, settings: ReadSettings, brief: Brief, views: Path) -> ScanReading:
    """Read a scan in a worker and leave its viewing copy in the workspace.

    Raises ScanError or EngineError for this scan alone; DiskFullError stops the batch.
    """
    from ner.knowledge import VolumeKnowledge
    from ocr.intake import load_pixels
    from ocr.read import read_pixels
    from ocr.strip import viewing_copy
    from store.workspace import Workspace

    pixels = load_pixels(scan, settings)
    workspace = Workspace(views.parent)
    view = workspace.view(scan.id)
    if not view.exists():
        workspace.write(view, viewing_copy(pixels))
    knowledge = VolumeKnowledge(brief.register, brief.position)
    return read_pixels(scan, pixels, settings, script=brief.script, knowledge=knowledge, model=brief.model)
