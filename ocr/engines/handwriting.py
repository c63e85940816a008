"""Handwriting: our own recogniser on ONNX Runtime."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.accents import Families
from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.capitals import Capitals
from ocr.handwriting.crops import crop_line
from ocr.handwriting.ctc import Scores, greedy
from ocr.handwriting.decode import Decoder
from ocr.handwriting.own_letters import OF_NAMES, OF_NUMBERS, Features
from ocr.handwriting.recogniser import SHIPPED, Recogniser, Seen, model_version
from registers.document import Alternative, CellText
from registers.errors import EngineError
from registers.geometry import Quad
from registers.knowledge import Acceptor, Holds
from registers.register import Script

# Raised whenever the same scores could be read otherwise.
DECODER_VERSION = 6
_BLANK = CellText("", 1.0)
_SAMPLE = 12  # cells of each kind by which a page shows whose hand it is
_OF_ITS_GAIN = 0.25


def handwriting_version(model: Path | None = None) -> str:
    """What `HandwritingEngine(model).version` will be, without loading the model; raises as that does where
    this can be seen at once."""
    return _version(model_version(model or SHIPPED))


def _version(model: str) -> str:
    return f"handwriting-{model}-{DECODER_VERSION}"


class HandwritingEngine:
    """Reads cells that hold one written line each; one thread, no state."""

    name = "handwriting"

    def __init__(self, model: Path = SHIPPED) -> None:
        """`model`: the shipped folder or one adapted to a register's hand.

        Raises MissingProgramError when the model or ONNX Runtime is absent.
        """
        self._recogniser = Recogniser(model)

    @property
    def version(self) -> str:
        return _version(self._recogniser.version)

    def read(
        self,
        pixels: NDArray[np.uint8],
        cells: Sequence[Quad],
        *,
        language: str = "fra",
        script: Script = Script.HANDWRITING,
        knowledge: Sequence[Acceptor | None] = (),
    ) -> tuple[CellText, ...]:
        """See ocr.engines.base.Engine; an empty cell gives an empty text."""
        if knowledge and len(knowledge) != len(cells):
            raise EngineError(f"knowledge for {len(knowledge)} of {len(cells)} cells")
        return self.decode(self.recognise(pixels, cells), knowledge)

    def recognise(self, pixels: NDArray[np.uint8], cells: Sequence[Quad]) -> list[Seen | None]:
        """What is seen in each cell, to be decoded once or twice; None for an empty cell."""
        lines = [crop_line(pixels, quad) for quad in cells]
        seen = iter(self.see([line for line in lines if line is not None]))
        return [None if line is None else next(seen) for line in lines]

    def see(self, lines: Sequence[NDArray[np.uint8]]) -> list[Seen]:
        """What is seen in lines that were cut out before."""
        return self._recogniser.see(lines)

    def features(self, lines: Sequence[NDArray[np.uint8]]) -> list[tuple[Scores, Features]]:
        """The scores of such lines and what the network makes them from (Recogniser.features)."""
        return self._recogniser.features(lines)

    @property
    def alphabet(self) -> Alphabet:
        return self._recogniser.alphabet

    def greedy(self, seen: Seen | None) -> str:
        """The likeliest path's text: quick, and good enough to learn a page's habits from."""
        return "" if seen is None else self.likeliest(seen.scores)

    def likeliest(self, scores: Scores) -> str:
        """The same of scores."""
        return self._recogniser.alphabet.decode(greedy(scores)).strip()

    def decode(
        self,
        seen: Sequence[Seen | None],
        knowledge: Sequence[Acceptor | None] = (),
        capitals: Capitals | None = None,
    ) -> tuple[CellText, ...]:
        """The readings of cells that were recognised; `knowledge` is empty or one for each cell, `capitals`
        are what other pages of the hand have shown, and learn from these cells."""
        decoder = self._decoder(capitals)
        written = [(index, line) for index, line in enumerate(seen) if line is not None]
        known = [knowledge[index] if knowledge else None for index, _ in written]
        holds = [acceptor.holds if acceptor else None for acceptor in known]
        lines = self._by_its_hand([line for _, line in written], holds)
        texts = decoder.decode_all(lines, known if knowledge else ())
        found = {
            index: text if scores is not line.names else self._with_its_accents(text, line)
            for (index, line), scores, text in zip(written, lines, texts, strict=True)
        }
        return tuple(found.get(index, _BLANK) for index in range(len(seen)))

    def gained(self, pairs: Sequence[tuple[Scores, Scores]]) -> float:
        """By how much the second scores of lines make their best readings likelier than the first, nothing
        known of them: the mean of log probabilities; 0 for no lines."""
        decoder = self._decoder(None)
        plain, own = (
            sum(readings[0].total for readings in decoder.readings([pair[side] for pair in pairs]))
            for side in (0, 1)
        )
        return (own - plain) / max(1, len(pairs))

    def _by_its_hand(self, seen: Sequence[Seen], holds: Sequence[Holds | None]) -> list[Scores]:
        """The scores of a page's cells, with the letters of the register's hand where the page is of it: a
        sample of its cells must become likelier by a part of what others of that hand did."""
        lines = [line.of(held) for line, held in zip(seen, holds, strict=True)]
        letters = self._recogniser.letters
        if letters is None:
            return lines
        for part, kinds in ((letters.numbers, OF_NUMBERS), (letters.names, OF_NAMES)):
            cells = [number for number, held in enumerate(holds) if held in kinds]
            sample = cells[:: -(-len(cells) // _SAMPLE) or 1]
            pairs = [(seen[number].scores, lines[number]) for number in sample]
            if part is not None and self.gained(pairs) < _OF_ITS_GAIN * part.gain:
                for number in cells:
                    lines[number] = seen[number].scores
        return lines

    def _decoder(self, capitals: Capitals | None) -> Decoder:
        recogniser = self._recogniser
        return Decoder(
            recogniser.alphabet, recogniser.calibration, recogniser.language, capitals or Capitals()
        )

    def _with_its_accents(self, read: CellText, seen: Seen) -> CellText:
        """Names read with the letters of the hand, which were learnt from texts with the lexicon's accents:
        accents as the network alone sees them."""
        if seen.names is seen.scores:
            return read
        alphabet = self._recogniser.alphabet
        families = Families.of(alphabet)

        def shown(text: str) -> str:
            return families.as_shown(text, seen.scores, alphabet) if alphabet.covers(text) else text

        others: dict[str, Alternative] = {}
        for other in read.alternatives:
            others.setdefault(shown(other.text), replace(other, text=shown(other.text)))
        return replace(read, text=shown(read.text), alternatives=tuple(others.values()))
