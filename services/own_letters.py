"""The letters and digits of a register's hand, learnt from its own cells while it is digitized.

The first scans of a register are read with the shipped model. Of most cells it is sure, because the period
leaves few days and the lexicon few names; from these the letters of the hand are learnt
(ocr/handwriting/own_letters.py), round by round: what was learnt makes more cells sure. They are kept with
the register where they read cells better that they were not learnt from, dates and names each for themselves.
Nobody need check anything, and the extra `training` is not needed.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace

from rapidfuzz.distance import Levenshtein

from ocr.engines.handwriting import HandwritingEngine
from ocr.handwriting.alphabet import normalise
from ocr.handwriting.ctc import Scores
from ocr.handwriting.own_letters import (
    OF_NAMES,
    Correction,
    Evidence,
    Features,
    OwnLetters,
    digit_classes,
    learn,
)
from ocr.handwriting.recogniser import LETTERS, SHIPPED, Seen, model_version
from registers.document import CellText
from registers.knowledge import Holds
from registers.settings import Settings
from services.material import cut, spread
from services.redecode import is_sure_date, is_sure_name, redecode
from services.vouched import HandCell, hand_cells
from store.catalogue import Catalogue
from store.clock import now
from store.hands import Hand, HandFacts, HandStore
from store.workspace import Workspace

LEAST_SURE = 40
_MOST = 800  # cells that are looked at anew
_ROUNDS = 3
_HELD_OUT_EVERY = 5
_RATE_OF_DIGITS, _RATE_OF_LETTERS = 3e-3, 2e-3


def learn_letters(
    settings: Settings, catalogue: Catalogue, register_id: str, scan_ids: Collection[str]
) -> Hand | None:
    """Learn a hand's letters from scans that the shipped model read, and keep them with the register.

    None where too few cells are sure, or where what was learnt reads cells that were held out no better.
    Raises MissingProgramError where the shipped model gives nothing to learn from, StoreBusyError while a
    training runs in the workspace, StoreError.
    """
    register = catalogue.registers.get(register_id)
    readings = [reading for reading in catalogue.pages.readings(register_id) if reading.scan.id in scan_ids]
    wanted = {*OF_NAMES, Holds.DATE}
    cells = [hand for hand in hand_cells(register, readings) if hand.holds in wanted]
    if not any(sum(map(is_sure, cells)) >= LEAST_SURE for is_sure in (is_sure_date, is_sure_name)):
        return None
    found = [*cut(spread(cells, _MOST), settings)]
    engine = HandwritingEngine()
    outputs = engine.features([pixels for _, pixels in found])
    lines = [Line(hand, *one) for (hand, _), one in zip(found, outputs, strict=True)]
    numbers, names = of_dates(lines, engine), of_names(lines, engine)
    if numbers is None and names is None:
        return None
    return _keep(settings, catalogue, register_id, (numbers, names))


@dataclass(frozen=True, slots=True)
class Line:
    """A cell with what the network sees in it."""

    hand: HandCell
    scores: Scores
    features: Features


@dataclass(frozen=True, slots=True)
class Learnt:
    """A correction, of how many cells it was learnt, and how cells that were held out are read without any
    knowledge: characters, those misread before and after, cells, those without a mistake before and after."""

    correction: Correction
    lines: int
    characters: int
    errors: tuple[int, int]
    cells: int
    exact: tuple[int, int]


def of_dates(lines: Sequence[Line], engine: HandwritingEngine) -> Learnt | None:
    """What the dates teach of the hand's digits; None where it is nothing that helps."""
    dates = [line for line in lines if line.hand.holds is Holds.DATE]
    cells = _Cells(dates, engine, is_sure_date, (digit_classes(engine.alphabet), _RATE_OF_DIGITS))
    return cells.learnt()


def of_names(lines: Sequence[Line], engine: HandwritingEngine) -> Learnt | None:
    """What the names teach of the hand's letters; None where it is nothing that helps."""
    named = [line for line in lines if line.hand.holds in OF_NAMES]
    cells = _Cells(named, engine, is_sure_name, (range(engine.alphabet.size), _RATE_OF_LETTERS))
    return cells.learnt()


class _Cells:
    """Cells of one kind, and what those say that the network is sure of; every fifth of these is held out."""

    def __init__(
        self,
        lines: Sequence[Line],
        engine: HandwritingEngine,
        is_sure: Callable[[HandCell, CellText], bool],
        plan: tuple[Sequence[int], float],
    ) -> None:
        """`plan`: the classes that change, and how fast."""
        self._lines, self._engine, self._is_sure, self._plan = lines, engine, is_sure, plan
        self._pages: dict[str, list[int]] = defaultdict(list)
        for number, line in enumerate(lines):
            self._pages[line.hand.page_id].append(number)
        self._sure = self._read(None)
        self._held_out = dict([*self._sure.items()][_HELD_OUT_EVERY - 1 :: _HELD_OUT_EVERY])

    def learnt(self) -> Learnt | None:
        """The correction, and what it changes of the cells held out; in the end it learns from these too."""
        if len(self._sure) < LEAST_SURE:
            return None
        correction, texts = None, self._sure
        for _ in range(_ROUNDS):
            texts = {number: text for number, text in texts.items() if number not in self._held_out}
            if len(texts) < LEAST_SURE // 2:
                return None
            correction = self._learn(texts)
            texts = self._read(correction)
        before, after = self._mistakes(None), self._mistakes(correction)
        gain = self._engine.gained(
            [(self._lines[number].scores, self._scores(number, correction)) for number in self._held_out]
        )
        if sum(after) >= sum(before) or gain <= 0 or not texts:
            return None
        return Learnt(
            replace(self._learn(texts), gain=gain),
            len(texts),
            sum(map(len, self._held_out.values())),
            (sum(before), sum(after)),
            len(self._held_out),
            (before.count(0), after.count(0)),
        )

    def _learn(self, texts: Mapping[int, str]) -> Correction:
        classes, rate = self._plan
        lines = [
            Evidence(
                self._lines[number].scores,
                self._lines[number].features,
                tuple(self._engine.alphabet.encode(text)),
            )
            for number, text in texts.items()
        ]
        return learn(lines, classes, rate=rate)

    def _read(self, correction: Correction | None) -> dict[int, str]:
        """What the cells say that are sure, by their numbers."""
        found: dict[int, str] = {}
        for numbers in self._pages.values():
            cells = [self._lines[number].hand for number in numbers]
            seen = [Seen.plain(self._scores(number, correction)) for number in numbers]
            for number, read in zip(numbers, redecode(cells, seen, self._engine), strict=True):
                text = normalise(read.text)
                if self._is_sure(self._lines[number].hand, read) and self._engine.alphabet.covers(text):
                    found[number] = text
        return found

    def _mistakes(self, correction: Correction | None) -> list[int]:
        """How many characters of each cell held out are misread without knowledge."""
        return [
            Levenshtein.distance(text, self._engine.likeliest(self._scores(number, correction)))
            for number, text in self._held_out.items()
        ]

    def _scores(self, number: int, correction: Correction | None) -> Scores:
        line = self._lines[number]
        return line.scores if correction is None else correction.applied(line.scores, line.features)


def _facts(parts: Sequence[Learnt]) -> HandFacts:
    characters, cells = sum(part.characters for part in parts), sum(part.cells for part in parts)
    return HandFacts(
        rows=0,
        lines=sum(part.lines for part in parts),
        guessed=0,
        held_out=cells,
        cer_before=sum(part.errors[0] for part in parts) / characters,
        cer_after=sum(part.errors[1] for part in parts) / characters,
        exact_before=sum(part.exact[0] for part in parts) / cells,
        exact_after=sum(part.exact[1] for part in parts) / cells,
        base=model_version(SHIPPED),
        made_at=now(),
    )


def _keep(
    settings: Settings, catalogue: Catalogue, register_id: str, parts: tuple[Learnt | None, Learnt | None]
) -> Hand | None:
    """What was learnt of numbers and of names; None where the register got a model of its own meanwhile."""
    numbers, names = parts
    facts = _facts([part for part in (numbers, names) if part is not None])
    letters = OwnLetters(
        None if numbers is None else numbers.correction, None if names is None else names.correction
    )
    workspace = Workspace.of(settings.store)
    hands = HandStore(workspace)
    with workspace.lock("train"), hands.making(register_id) as folder:
        catalogue.registers.get(register_id)
        before = hands.current(register_id)
        if before is not None and not before.letters_only:
            return None
        made = folder / "letters"
        made.mkdir()
        letters.save(made / LETTERS)
        content = hashlib.sha256((made / LETTERS).read_bytes() + facts.base.encode())
        version = content.hexdigest()[:12]
        config = json.dumps({"version": version, "letters_of": facts.base})
        (made / "config.json").write_text(f"{config}\n", encoding="utf-8")
        return hands.keep(register_id, made, version, facts)
