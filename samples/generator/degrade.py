"""From ink to a scan: paper, light, age and the scanner's faults, with the way each point went."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from registers.geometry import Box, Point, Quad
from samples.generator.ink import Pixels, Sheet
from samples.generator.model import Condition

Field = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Wear:
    """How a page has suffered and how it was scanned.

    `skew` in degrees; `warp` in pixels at most; `fading`, `bleed`, `gutter`, `broken_rules` 0 to 1;
    `speckle` in specks per megapixel; `blur` and `noise` as standard deviations (pixels, grey levels).
    """

    skew: float = 0.0
    warp: float = 0.0
    fading: float = 0.0
    bleed: float = 0.0
    gutter: float = 0.0
    broken_rules: float = 0.0
    speckle: float = 0.0
    blur: float = 0.45
    noise: float = 1.2
    ink_grey: float = 45.0
    paper_grey: float = 243.0

    @classmethod
    def of(cls, condition: Condition, random: np.random.Generator, *, bound: bool = False) -> Wear:
        """A page's wear, drawn for the condition that its register is in; `bound` has a gutter shadow."""
        if condition is Condition.CLEAN:
            return cls(
                skew=random.uniform(-0.35, 0.35),
                warp=random.uniform(0.0, 2.0),
                gutter=random.uniform(0.2, 0.35) if bound else 0.0,
                noise=random.uniform(0.8, 1.8),
                ink_grey=random.uniform(30, 60),
                paper_grey=random.uniform(236, 248),
            )
        return cls(
            skew=random.uniform(0.5, 2.0) * random.choice((-1.0, 1.0)),
            warp=random.uniform(3.0, 8.0),
            fading=random.uniform(0.25, 0.6),
            bleed=random.uniform(0.1, 0.24),
            gutter=random.uniform(0.25, 0.6),
            broken_rules=random.uniform(0.15, 0.5),
            speckle=random.uniform(30, 120),
            blur=random.uniform(0.7, 1.05),
            noise=random.uniform(3.0, 5.5),
            ink_grey=random.uniform(50, 75),
            paper_grey=random.uniform(205, 230),
        )


@dataclass(frozen=True, slots=True)
class Distortion:
    """Where the points of a flat page come to lie: a rotation about its middle, then a slow wave."""

    width: int
    height: int
    skew: float
    warp: float
    phase: float

    def quad(self, box: Box) -> Quad:
        """The corners of `box` after distortion."""
        return Quad(*(self.point(corner) for corner in box.to_quad().corners))

    def point(self, flat: Point) -> Point:
        """Inverse of `_sources` by iteration; the wave is so slow that five steps reach a thousandth."""
        x, y = flat.x, flat.y
        for _ in range(5):
            back_x, back_y = self._sources(np.float32(x), np.float32(y))
            x, y = x + flat.x - float(back_x), y + flat.y - float(back_y)
        return Point(x, y)

    def applied(self, layer: Field) -> Field:
        """The layer as it lies on the scan; what comes from outside is 0."""
        ys, xs = np.mgrid[0 : self.height, 0 : self.width].astype(np.float32)
        map_x, map_y = self._sources(xs, ys)
        mapped = cv2.remap(layer, map_x.astype(np.float32), map_y.astype(np.float32), cv2.INTER_LINEAR)
        return np.asarray(mapped, dtype=np.float32)

    def _sources(self, x: Field | np.float32, y: Field | np.float32) -> tuple[Field, Field]:
        """The flat page's point that is seen at a point of the scan."""
        angle = np.deg2rad(self.skew)
        centre_x, centre_y = self.width / 2, self.height / 2
        dx, dy = x - centre_x, y - centre_y
        flat_x = centre_x + dx * np.cos(angle) + dy * np.sin(angle)
        flat_y = centre_y - dx * np.sin(angle) + dy * np.cos(angle)
        wave = self.warp * np.sin(np.pi * flat_x / self.width + self.phase)
        return np.asarray(flat_x, dtype=np.float32), np.asarray(flat_y + wave, dtype=np.float32)


def scanned(
    sheet: Sheet, verso: Sheet | None, wear: Wear, random: np.random.Generator, *, gutter_on_left: bool = True
) -> tuple[Pixels, Distortion]:
    """The page as the scanner sees it, grey, and the distortion that its points went through.

    `verso` is the ink of the other side, which may shine through.
    """
    height, width = sheet.text.shape
    distortion = Distortion(width, height, wear.skew, wear.warp, random.uniform(0.0, np.pi))
    ink = _ink(sheet, wear, distortion, random)
    paper = _paper(width, height, wear, random)
    if verso is not None and wear.bleed:
        paper -= np.float32(wear.bleed * 150) * _shining_through(verso)
    if wear.gutter:
        paper *= _gutter(width, wear.gutter, gutter_on_left)
    grey: Field = paper + ink * (np.float32(wear.ink_grey) - paper)
    grey += random.standard_normal((height, width), dtype=np.float32) * np.float32(wear.noise)
    _speckle(grey, wear.speckle, random)
    return np.clip(grey, 0, 255).astype(np.uint8), distortion


def _ink(sheet: Sheet, wear: Wear, distortion: Distortion, random: np.random.Generator) -> Field:
    """How much ink is left at each point of the scan, 0 to 1."""
    height, width = sheet.text.shape
    rules = _broken(sheet.rules, wear.broken_rules, random)
    whole = np.maximum(sheet.text.astype(np.float32), rules) / np.float32(255)
    blurred = cv2.GaussianBlur(whole, (0, 0), wear.blur).astype(np.float32)
    ink = distortion.applied(blurred)
    if wear.fading:
        ink *= np.float32(1) - np.float32(wear.fading) * _clouds(height, width, 5, random)
    return ink


def _paper(width: int, height: int, wear: Wear, random: np.random.Generator) -> Field:
    stains = np.float32(2 + 22 * wear.fading) * _clouds(height, width, 3, random)
    return np.asarray(np.float32(wear.paper_grey) - stains, dtype=np.float32)


def _broken(rules: Pixels, share: float, random: np.random.Generator) -> Field:
    """Rules with gaps where the form's ink never took."""
    layer = rules.astype(np.float32)
    if not share:
        return layer
    height, width = rules.shape
    pattern = _clouds(height, width, 40, random)
    return np.asarray(layer * (pattern > np.quantile(pattern[::8, ::8], share * 0.6)), dtype=np.float32)


def _shining_through(verso: Sheet) -> Field:
    mirrored = np.maximum(verso.text, verso.rules)[:, ::-1].astype(np.float32) / np.float32(255)
    return np.asarray(cv2.GaussianBlur(mirrored, (0, 0), 2.4), dtype=np.float32)


def _gutter(width: int, depth: float, on_left: bool) -> Field:
    """The shadow of the binding: deepest at the edge, gone within an eighth of the page."""
    distance = np.arange(width, dtype=np.float32) / (width / 14)
    shade = 1.0 - depth * np.exp(-distance)
    return np.asarray(shade if on_left else shade[::-1], dtype=np.float32)[None, :]


def _clouds(height: int, width: int, cells: int, random: np.random.Generator) -> Field:
    """Smooth values from 0 to 1 that change over a `cells`-th of the page."""
    coarse = random.random((cells * height // width + 2, cells + 2), dtype=np.float32)
    return np.clip(cv2.resize(coarse, (width, height), interpolation=cv2.INTER_CUBIC), 0, 1).astype(
        np.float32
    )


def _speckle(grey: Field, per_megapixel: float, random: np.random.Generator) -> None:
    """Specks of dirt and of lost ink, one to three pixels wide; changes `grey`."""
    height, width = grey.shape
    count = int(per_megapixel * height * width / 1e6)
    for x, y, size, dark in zip(
        random.integers(0, width - 4, count),
        random.integers(0, height - 4, count),
        random.integers(1, 4, count),
        random.random(count) < 0.7,
        strict=True,
    ):
        grey[y : y + size, x : x + size] = 70.0 if dark else 235.0
