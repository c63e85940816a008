"""The seam between finding cells and reading them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from registers.document import CellText
from registers.geometry import Quad
from registers.knowledge import Acceptor
from registers.register import Script


class Engine(Protocol):
    """Reads cells of one page; keeps no state between calls and starts no threads or processes.

    The caller runs pages in parallel, one engine object per process.
    """

    @property
    def name(self) -> str:
        """The name under which `ocr.engines.load_engine` gives this engine."""
        ...

    @property
    def version(self) -> str:
        """Program and model; changes whenever the same pixels could be read differently."""
        ...

    def read(
        self,
        pixels: NDArray[np.uint8],
        cells: Sequence[Quad],
        *,
        language: str,
        script: Script,
        knowledge: Sequence[Acceptor | None] = (),
    ) -> tuple[CellText, ...]:
        """What is written in each cell, in the order given; an empty text where nothing is written.

        `pixels` is the page, HxW grey, dark ink on light ground; `cells` are in its coordinates.
        `knowledge` is empty or gives, cell by cell, what the cell may hold; an engine may ignore it.
        Raises EngineError, EngineTimeoutError or MissingProgramError.
        """
        ...
