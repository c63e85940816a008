"""Sets names in old typefaces, wears them and lets Tesseract read them: python -m benchmarks.rendered FOLDER.

FOLDER holds the typefaces (.ttf, .otf, .woff). benchmarks/data/rendered.tsv.gz was made from 15,400 lines in
eight families under the SIL Open Font License, as @fontsource packages: Bodoni Moda, EB Garamond, GFS Didot,
IM Fell English, Libre Baskerville, Libre Caslon Text, Old Standard TT and Prata. A line is a name and what
may follow it in a trade directory; the read name is the beginning of what was read that is nearest to it.
Names that were read rightly, or not at all, are left out.
"""

from __future__ import annotations

import argparse
import gzip
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont
from rapidfuzz.distance import OSA

from indexer.keys import joined
from lexicon.surnames import most_common
from ocr.engines.tessdata import tessdata_folder

OUT = Path(__file__).resolve().parent / "data" / "rendered.tsv.gz"
Ink = NDArray[np.float32]
SMALL, CAPITALS, SMALL_CAPITALS = "small", "capitals", "small-capitals"
_BEHIND = ("avocat,", "rue", "rue du Bac,", "md", "rentier,", "notaire,", "épicier,", "r. Bleue,", "place")
_FORENAMES = (
    "Jean",
    "Pierre",
    "Mme",
    "aîné",
    "jeune",
    "et Cie",
    "L.",
    "J.-B.",
    "Vve",
    "fils",
    "Louis",
    "A. D.",
)
_SIZE, _HEIGHT, _BASE, _LONGEST = 34, 76, 50, 1800
_TOO_FAR = 0.6


@dataclass(frozen=True, slots=True)
class Rendered:
    """A name as it was printed, how it was set, and the worn line."""

    name: str
    setting: str
    line: NDArray[np.uint8]


class Printer:
    """Sets and wears lines by chance, the same for the same seed."""

    def __init__(self, typefaces: list[Path], seed: int) -> None:
        self._chance, self._noise = random.Random(seed), np.random.default_rng(seed)
        self._upright = [path for path in typefaces if not re.search(r"italic|-sc-", path.name)]
        self._italic = [path for path in typefaces if "italic" in path.name] or self._upright
        names = most_common(200_000)
        self._names = [name for name, _ in names]
        self._weights = [bearers**0.4 for _, bearers in names]

    def line(self) -> Rendered:
        """The next line."""
        chance = self._chance
        often = chance.random() < 0.8
        name = chance.choices(self._names, self._weights)[0] if often else chance.choice(self._names)
        typeface = chance.choice(self._upright if chance.random() < 0.9 else self._italic)
        setting = chance.choices((SMALL, CAPITALS, SMALL_CAPITALS), (0.8, 0.08, 0.12))[0]
        shown = name if setting == SMALL else name.upper()
        ink = self._worn(self._set(shown, self._behind(), typeface, small_capitals=setting == SMALL_CAPITALS))
        return Rendered(shown, setting, self._scanned(ink))

    def _behind(self) -> str:
        chance = self._chance
        kind, forename = chance.random(), chance.choice(_FORENAMES)
        begun = f" ({forename})," if kind < 0.25 else f" {forename}," if kind < 0.35 else ","
        return f"{begun} {chance.choice(_BEHIND)} {chance.randrange(1, 300)}."

    def _set(self, shown: str, behind: str, typeface: Path, *, small_capitals: bool) -> Ink:
        image = Image.new("L", (_LONGEST, _HEIGHT), 255)
        draw, x = ImageDraw.Draw(image), 20.0
        small = _SIZE * 3 // 4 if small_capitals else _SIZE
        for text, size in ((shown[:1], _SIZE), (shown[1:], small), (behind, _SIZE)):
            font = _font(typeface, size)
            for letter in text:
                draw.text((x, _BASE), letter, font=font, fill=0, anchor="ls")
                x += font.getlength(letter) + self._chance.gauss(0, 0.35)
        paper = np.asarray(image.crop((0, 0, int(x) + 25, _HEIGHT)), dtype=np.float32)
        return np.asarray(1 - paper / 255, dtype=np.float32)

    def _worn(self, ink: Ink) -> Ink:
        """Too much or too little ink, in patches and in grains; set askew."""
        chance = self._chance
        ink = np.asarray(cv2.GaussianBlur(ink, (0, 0), chance.uniform(0.6, 1.5)), dtype=np.float32)
        height, width = ink.shape
        coarse = self._normal(height // 6 + 1, width // 6 + 1)
        patches = cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC)
        grains = 2.5 * cv2.GaussianBlur(self._normal(height, width), (0, 0), 1.5)
        lack = chance.choice(
            (chance.uniform(-0.22, -0.05), chance.uniform(-0.1, 0.2), chance.uniform(0.05, 0.28))
        )
        pressed = ink - 0.5 - lack + patches * chance.uniform(0, 0.16) + grains * chance.uniform(0, 0.15)
        ink = 1 / (1 + np.exp(-pressed * chance.uniform(6, 16)))
        turn = cv2.getRotationMatrix2D((width / 2, height / 2), chance.gauss(0, 0.35), 1)
        return np.asarray(cv2.warpAffine(ink, turn, (width, height)), dtype=np.float32)

    def _scanned(self, ink: Ink) -> NDArray[np.uint8]:
        """At a low resolution, blurred, with noise; often made black and white."""
        chance = self._chance
        scale = chance.uniform(0.25, 0.62)
        small = cv2.resize(ink, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
        small = np.asarray(cv2.GaussianBlur(small, (0, 0), chance.uniform(0.2, 0.75)), dtype=np.float32)
        grey = 230 - 190 * small + self._normal(*small.shape) * chance.uniform(2, 14)
        if chance.random() < 0.35:
            grey = np.where(grey < chance.uniform(110, 170), 20, 240)
        pixels = grey.clip(0, 255).astype(np.uint8)
        if chance.random() < 0.5:
            pixels = np.asarray(cv2.resize(pixels, None, fx=2, fy=2, interpolation=cv2.INTER_CUBIC))
        return pixels

    def _normal(self, height: int, width: int) -> Ink:
        return self._noise.normal(0, 1, (height, width)).astype(np.float32)


@lru_cache(maxsize=256)
def _font(path: Path, size: int) -> ImageFont.FreeTypeFont:
    return ImageFont.truetype(path, size)


def read_name(name: str, text: str) -> str:
    """The beginning of a read line that is nearest to the name, folded; empty when none is near."""
    words = text.split()
    pieces = (" ".join(words[: last + 1]) for last in range(len(name.split()) + 2))
    read = {joined(piece if piece[:1] in ",([{;" else re.split(r"[,(\[{;]", piece)[0]) for piece in pieces}
    written = joined(name)
    nearest = min(sorted(read), key=lambda piece: OSA.distance(written, piece), default="")
    return nearest if OSA.distance(written, nearest) <= _TOO_FAR * max(len(written), 2) else ""


def misread_names(printer: Printer, count: int) -> Iterator[tuple[str, str, str]]:
    """Folded names, as printed and as read, and how they were set, of those among `count` that differ."""
    import tesserocr

    settings: dict[str, Any] = {"path": str(tessdata_folder("fra")), "lang": "fra"}
    with tesserocr.PyTessBaseAPI(psm=tesserocr.PSM.SINGLE_LINE, **settings) as reader:
        for _ in range(count):
            line = printer.line()
            reader.SetImage(Image.fromarray(line.line))
            read = read_name(line.name, reader.GetUTF8Text())
            if read and read != joined(line.name):
                yield joined(line.name), read, line.setting


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("typefaces", type=Path, help="folder of typefaces")
    parser.add_argument("--count", type=int, default=15_400, help="lines to render")
    parser.add_argument("--seed", type=int, default=11)
    parser.add_argument("--out", type=Path, default=OUT)
    arguments = parser.parse_args()
    typefaces = sorted(
        path for path in arguments.typefaces.iterdir() if path.suffix in {".ttf", ".otf", ".woff"}
    )
    rows = sorted(set(misread_names(Printer(typefaces, arguments.seed), arguments.count)))
    lines = ["# written, read, how it was set; made by python -m benchmarks.rendered", *map("\t".join, rows)]
    arguments.out.write_bytes(gzip.compress(("\n".join(lines) + "\n").encode(), 9, mtime=0))
    print(f"{len(rows)} misread names")


if __name__ == "__main__":
    main()
