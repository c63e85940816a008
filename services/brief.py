"""What a worker is told of a scan before it reads it."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from registers.register import Register, Script


@dataclass(frozen=True, slots=True)
class Brief:
    """The scan's register, its rank among the register's scans, from 1 (None where it is not known), and
    the folder of the register's own handwriting model where it has one."""

    register: Register
    position: int | None = None
    model: Path | None = None

    @property
    def script(self) -> Script:
        return self.register.settings.description.script or Script.AUTO
