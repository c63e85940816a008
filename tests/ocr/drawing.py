"""Pages drawn for tests with Pillow's own typeface, so that no font file is needed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

Pixels = NDArray[np.uint8]
ROWS = (
    ("DUBOIS", "Jeanne Marie", "12 mars 1884"),
    ("DURAND", "Louis", "4 avril 1889"),
    ("FAURE", "Marie Louise", "21 juin 1886"),
    ("GARNIER", "Paul Henri", "17 mai 1890"),
    ("LEROY", "Augustin", "28 juillet 1887"),
    ("MARTIN", "Charles", "15 mars 1892"),
    ("MERCIER", "Victor", "26 avril 1883"),
    ("MOREAU", "Lucien Paul", "14 janvier 1888"),
    ("PETIT", "Germaine", "22 mai 1885"),
    ("ROUX", "Antoine", "27 juin 1891"),
)
HEADER = ("NOMS", "PRENOMS", "DATES DES ACTES")
COLUMNS = (120, 480, 900, 1280)


@dataclass(frozen=True)
class Drawn:
    """A drawn page and the tops of its rows."""

    pixels: Pixels
    tops: tuple[int, ...]
    pitch: int


def draw_table(
    rows: Sequence[Sequence[str]] = ROWS,
    *,
    header: Sequence[str] = HEADER,
    vertical: bool = True,
    horizontal: bool = True,
    title: str = "TABLE DES NAISSANCES",
    pitch: int = 64,
    size: tuple[int, int] = (1400, 1300),
) -> Drawn:
    """A typed table of three columns, with or without rules."""
    page = Image.new("L", size, 240)
    pen = ImageDraw.Draw(page)
    font = ImageFont.load_default(size=30)
    pen.text((size[0] / 2, 90), title, font=ImageFont.load_default(size=40), fill=30, anchor="mm")
    top = 220
    for number, text in enumerate(header):
        pen.text((COLUMNS[number] + 20, top - 40), text, font=font, fill=30)
    bottom = top + pitch * len(rows)
    for index, row in enumerate(rows):
        for number, text in enumerate(row):
            pen.text((COLUMNS[number] + 20, top + index * pitch + 14), text, font=font, fill=30)
        if horizontal:
            pen.line((COLUMNS[0], top + index * pitch, COLUMNS[-1], top + index * pitch), fill=60, width=3)
    if horizontal:
        for y in (top - 60, bottom):
            pen.line((COLUMNS[0], y, COLUMNS[-1], y), fill=60, width=3)
    if vertical:
        for x in COLUMNS:
            pen.line((x, top - 60, x, bottom), fill=60, width=3)
    tops = tuple(top + index * pitch for index in range(len(rows)))
    return Drawn(np.asarray(page), tops, pitch)


def turned(pixels: Pixels, degrees: float) -> Pixels:
    """The page with its text climbing by so many degrees."""
    height, width = pixels.shape
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), degrees, 1.0)
    return np.asarray(cv2.warpAffine(pixels, matrix, (width, height), borderValue=240), dtype=np.uint8)
