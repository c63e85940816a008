"""How well handwriting is read: lines by hand, and whole pages against gold rows.

    python -m benchmarks.handwriting [--lines TAR|DIR] [--pages DIR --gold GOLD.csv] [--json]

Without arguments: the held-out lines of the shared data (pages of seen hands, an unseen hand, two
unseen registers). CER is micro-averaged after NFC and collapsed spaces over all lines given; the
superscript mark `^` and crossed-out words (`>word<`) of the ground truth are left out. Speed is of
one thread, lines already cut out, with and without knowledge.
"""

from __future__ import annotations

import argparse
import csv
import json
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from lexicon.fold import fold
from ner.names.forms import FullNameAcceptor
from ocr.handwriting.alphabet import normalise
from ocr.handwriting.decode import Decoder
from ocr.handwriting.recogniser import SHIPPED, Recogniser
from ocr.training.data import TESTED_ON, group_of, read_lines, split_of
from ocr.training.metrics import Score, score

SHARED = Path("../shared")
_TARS = ("lectaurep", "mariages")
_CHUNK = 256
_TIMED = 100
AMONG = 5


@dataclass(frozen=True, slots=True)
class Line:
    """A crop with what is written on it and the hand or page it comes from."""

    pixels: NDArray[np.uint8]
    text: str
    hand: str


def lines_of(path: Path) -> Iterator[Line]:
    """Lines of a tar (or folder) with `lines.tsv`; the hand is the first folder of the image."""
    for pixels, text, image in read_lines(path):
        yield Line(pixels, normalise(text), image.partition("/")[0])


def held_out(data: Path) -> Iterator[Line]:
    """The shared data's lines that are never trained on; the hand is the name of their split."""
    for source in _TARS:
        for pixels, text, image in read_lines(data / "handwriting" / f"lines-{source}.tar"):
            split = split_of(group_of(source, image))
            if split in TESTED_ON:
                yield Line(pixels, normalise(text), split)


def read_all(recogniser: Recogniser, lines: Iterator[Line]) -> tuple[list[tuple[str, str, str]], float]:
    """(hand, truth, reading) of every line, and lines read per second, cutting out not counted."""
    decoder = Decoder(recogniser.alphabet, recogniser.calibration, recogniser.language)
    found: list[tuple[str, str, str]] = []
    seconds = 0.0
    for chunk in _chunks(lines):
        began = time.process_time()
        scores = recogniser.score([line.pixels for line in chunk])
        texts = [read.text for read in decoder.decode_all(scores)]
        seconds += time.process_time() - began
        found += [(line.hand, line.text, text) for line, text in zip(chunk, texts, strict=True)]
    return found, len(found) / max(seconds, 1e-9)


def _chunks(lines: Iterator[Line]) -> Iterator[list[Line]]:
    chunk: list[Line] = []
    for line in lines:
        chunk.append(line)
        if len(chunk) == _CHUNK:
            yield chunk
            chunk = []
    if chunk:
        yield chunk


def speed_with_knowledge(recogniser: Recogniser, lines: Sequence[Line]) -> float:
    """Lines per second, every line decoded as a name cell: the dearest kind of knowledge."""
    decoder = Decoder(recogniser.alphabet, recogniser.calibration, recogniser.language)
    acceptor = FullNameAcceptor()
    decoder.decode_all(recogniser.score([lines[0].pixels]), [acceptor])
    began = time.process_time()
    decoder.decode_all(recogniser.score([line.pixels for line in lines]), [acceptor] * len(lines))
    return len(lines) / max(time.process_time() - began, 1e-9)


def report_lines(recogniser: Recogniser, lines: Iterator[Line]) -> dict[str, Any]:
    kept: list[Line] = []

    def watched() -> Iterator[Line]:
        for line in lines:
            if len(kept) < _TIMED:
                kept.append(line)
            yield line

    found, speed = read_all(recogniser, watched())
    by_hand: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for hand, truth, reading in found:
        by_hand[hand].append((truth, reading))
    total = _score([(truth, reading) for _, truth, reading in found])
    return {
        **total.as_dict(),
        "hands": {hand: _score(pairs).as_dict() for hand, pairs in sorted(by_hand.items())},
        "lines_per_second": round(speed, 1),
        "lines_per_second_with_knowledge": round(speed_with_knowledge(recogniser, kept), 1),
        "model": recogniser.version,
    }


def _score(pairs: Sequence[tuple[str, str]]) -> Score:
    return score([truth for truth, _ in pairs], [reading for _, reading in pairs])


def report_pages(pages: Path, gold: Path, scorer: Path) -> dict[str, Any]:
    """Digitizes a folder of scans and scores the exported entries against gold rows."""
    with tempfile.TemporaryDirectory() as folder:
        workspace, entries = Path(folder) / "workspace", Path(folder) / "entries.csv"
        detailed = Path(folder) / "entries.jsonl"
        feuillet = [sys.executable, "-m", "cli"]
        began = time.monotonic()
        _run([*feuillet, "digitize", str(pages), "--workspace", str(workspace), "--engine", "handwriting"])
        seconds = time.monotonic() - began
        for form, out in (("csv", entries), ("jsonl", detailed)):
            _run([*feuillet, *("export", "--format", form, "--workspace", str(workspace), "--out", str(out))])
        scored = _run([sys.executable, str(scorer), str(gold), str(entries), "--json"])
        report: dict[str, Any] = json.loads(scored)
        among = surname_among(gold, detailed, AMONG)
    return {**report, f"surname_among_{AMONG}": round(among, 4), "seconds": round(seconds, 1)}


def surname_among(gold: Path, entries: Path, most: int) -> float:
    """The share of gold rows whose surname is the first or another of the first `most` readings of the
    entry that stands where they do: same scan, nearest row by the middle of the box."""
    found: dict[str, list[tuple[float, float, list[str]]]] = defaultdict(list)
    for line in entries.read_text("utf-8").splitlines():
        entry = json.loads(line)
        box, person = entry["source"]["box"], entry["person"]
        names = [person["surname"], *person["surname_alternatives"]][:most]
        middle = box["x"] + box["w"] / 2, box["y"] + box["h"] / 2
        found[Path(entry["source"]["image"]).stem].append((*middle, [fold(name) for name in names]))
    with gold.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    right = 0
    for row in rows:
        x, y = (float(row[a]) + float(row[b]) / 2 for a, b in (("x", "w"), ("y", "h")))
        near = sorted(
            found[Path(row["image"]).stem], key=lambda item: abs(item[1] - y) + 0.2 * abs(item[0] - x)
        )
        right += bool(near) and fold(row["surname"]) in near[0][2]
    return right / max(len(rows), 1)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"{' '.join(command[1:4])} ended with {done.returncode}: {done.stderr[-2000:]}")
    return done.stdout


def main(arguments: Sequence[str] | None = None) -> None:
    options = _parser().parse_args(arguments)
    cv2.setNumThreads(1)
    report: dict[str, Any] = {}
    if options.pages:
        gold = options.gold or options.pages / "gold.csv"
        report["pages"] = report_pages(options.pages, gold, options.scorer)
    if options.lines or not options.pages:
        recogniser = Recogniser(options.model)
        lines = lines_of(options.lines) if options.lines else held_out(options.data)
        report = {**report_lines(recogniser, lines), **report}
    print(json.dumps(report, ensure_ascii=False) if options.json else _table(report))


def _table(report: dict[str, Any]) -> str:
    rows = [f"{'':28}{'lines':>7}{'CER':>8}{'WER':>8}{'exact':>8}"]
    hands = {**report.get("hands", {}), **({"all": report} if "cer" in report else {})}
    for hand, values in hands.items():
        shares = "".join(f"{100 * values[key]:8.1f}" for key in ("cer", "wer", "exact"))
        rows.append(f"{hand[:27]:28}{values['lines']:7}{shares}")
    rows += [f"{key:40}{report[key]}" for key in report if key.startswith("lines_per")]
    rows += [f"{key:40}{value}" for key, value in report.get("pages", {}).items()]
    return "\n".join(rows)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.handwriting",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--lines", type=Path, help="tar or folder of line crops with lines.tsv")
    parser.add_argument("--pages", type=Path, help="folder of scans")
    parser.add_argument("--gold", type=Path, help="gold rows (default: gold.csv among the scans)")
    parser.add_argument("--model", type=Path, default=SHIPPED)
    parser.add_argument("--data", type=Path, default=SHARED / "data")
    parser.add_argument("--scorer", type=Path, default=SHARED / "tools" / "score_entries.py")
    parser.add_argument("--json", action="store_true")
    return parser


if __name__ == "__main__":
    main()
