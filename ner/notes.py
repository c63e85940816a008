"""What understanding has to say beside the entries: for the report and the archivist."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Note:
    """One remark about a register; `code` is stable, `text` is for people and holds no names of people."""

    code: str
    text: str
    section_id: str = ""
    page_id: str = ""
