"""A view as an archive's portal exports it: banner, the pages on black, licence line."""

from __future__ import annotations

import random
from collections.abc import Sequence

import cv2
import numpy as np
from PIL import Image, ImageDraw

from registers.entry import Kind
from registers.register import Series
from samples.generator.ink import Pixels
from samples.generator.model import RegisterSpec, TypefaceGroup
from samples.generator.typefaces import TYPEFACES, Typeface

WIDTH, HEIGHT = 2480, 3508
_TOP = 230
_SURROUND = 48
_LICENCE = (
    "Commune, archives et cote inventées : échantillon produit par feuillet, réutilisation libre "
    "(Apache-2.0) - Date d'édition : 22/11/2026"
)
_KINDS = {Kind.BIRTH: "Naissance", Kind.MARRIAGE: "Mariage", Kind.DEATH: "Décès"}


def banner(spec: RegisterSpec, view: int, views: int) -> str:
    """What the portal says of a view: place, period, series, kind, cote, view."""
    table = spec.parts[0]
    series = "Table annuelle" if table.series is Series.ANNUAL else "Table décennale"
    period = f"{table.period.first:%d/%m/%Y}-{table.period.last:%d/%m/%Y}"
    cote = spec.cote.replace(" ", "")
    return f"{spec.commune} - {period} - {series} - {_KINDS[table.kind]} - {cote} - Vue {view}/{views}"


def portal_view(
    pages: Sequence[Pixels], spec: RegisterSpec, view: int, views: int, choices: random.Random
) -> tuple[Pixels, list[tuple[int, int]]]:
    """The exported view and where the top left corner of each page lies on it."""
    sheet = Image.new("L", (WIDTH, HEIGHT), 255)
    book, offsets = _on_black(pages, choices)
    left = (WIDTH - book.shape[1]) // 2
    sheet.paste(Image.fromarray(book), (left, _TOP))
    draw = ImageDraw.Draw(sheet)
    typeface = _typeface()
    draw.text(
        (WIDTH / 2, 78),
        "Archives fictives de Feuillet",
        fill=0,
        font=typeface.sized(26, bold=True),
        anchor="ms",
    )
    draw.text((WIDTH / 2, 160), banner(spec, view, views), fill=0, font=typeface.sized(17), anchor="ms")
    draw.text((WIDTH / 2, HEIGHT - 60), _LICENCE, fill=0, font=typeface.sized(11), anchor="ms")
    return np.asarray(sheet, dtype=np.uint8), [(left + dx, _TOP + dy) for dx, dy in offsets]


def _on_black(pages: Sequence[Pixels], choices: random.Random) -> tuple[Pixels, list[tuple[int, int]]]:
    """The open book on the black of the copy stand, its pages' edges a little uneven."""
    height = max(page.shape[0] for page in pages) + 2 * _SURROUND
    width = WIDTH - 60
    black = np.full((height, width), 9, dtype=np.uint8)
    x = (width - sum(page.shape[1] for page in pages)) // 2
    offsets = []
    for page in pages:
        y = _SURROUND + choices.randint(-8, 8)
        black[y : y + page.shape[0], x : x + page.shape[1]] = page
        offsets.append((x, y))
        x += page.shape[1]
    edge = cv2.GaussianBlur(black, (0, 0), 0.6)
    return np.asarray(edge, dtype=np.uint8), offsets


def _typeface() -> Typeface:
    return TYPEFACES[TypefaceGroup.PRINT][1]
