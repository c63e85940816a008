"""The typefaces of typewriters and presses: open licences, kept beside their licence files in typefaces/.

They are the Latin subsets of the npm packages @fontsource/<name>, version 5, unchanged.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from PIL import ImageFont

from samples.generator.model import TypefaceGroup

_FOLDER = Path(__file__).resolve().parent / "typefaces"


@dataclass(frozen=True, slots=True)
class Typeface:
    """A typeface by the names of its files, without extension; `monospaced` ones are struck, not set.

    `stroke`: pixels that a fresh ribbon adds around letters drawn too thin.
    """

    regular: str
    bold: str
    monospaced: bool = False
    stroke: int = 0

    def sized(self, x_height: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        """The font whose small x is about `x_height` pixels high."""
        return _at_size(self.bold if bold else self.regular, x_height)

    def length(self, text: str, font: ImageFont.FreeTypeFont) -> float:
        """Width of a line in pixels: a machine advances by the same for all letters."""
        return font.getlength("n") * len(text) if self.monospaced else font.getlength(text)


TYPEFACES = {
    TypefaceGroup.TYPEWRITER: (
        Typeface("courier-prime-400", "courier-prime-700", monospaced=True),
        Typeface("special-elite-400", "special-elite-400", monospaced=True),
        Typeface("cutive-mono-400", "cutive-mono-400", monospaced=True, stroke=1),
    ),
    TypefaceGroup.PRINT: (
        Typeface("old-standard-tt-400", "old-standard-tt-700"),
        Typeface("libre-caslon-text-400", "libre-caslon-text-700"),
        Typeface("eb-garamond-400", "eb-garamond-700"),
        Typeface("libre-baskerville-400", "libre-baskerville-700"),
    ),
}


@cache
def _at_size(name: str, x_height: int) -> ImageFont.FreeTypeFont:
    path = str(_FOLDER / f"{name}.woff")
    trial = ImageFont.truetype(path, 200, layout_engine=ImageFont.Layout.BASIC)
    _, top, _, bottom = trial.getbbox("x", anchor="ls")
    return ImageFont.truetype(
        path, round(200 * x_height / (bottom - top)), layout_engine=ImageFont.Layout.BASIC
    )
