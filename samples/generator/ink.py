"""Ink on a page: text struck by a typewriter or set by a press, rules, stamps, a signature."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from samples.generator.names import unaccented
from samples.generator.typefaces import Typeface

Pixels = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Sheet:
    """Two layers of ink of one page side, 0 (none) to 255 (full): what is written and what is ruled."""

    text: Pixels
    rules: Pixels


@dataclass(slots=True)
class Pen:
    """Draws on a page side of `width` by `height` pixels, with one machine's or one press's faults."""

    width: int
    height: int
    typeface: Typeface
    choices: random.Random
    _text: Image.Image = field(init=False)
    _rules: Image.Image = field(init=False)
    _tilts: dict[str, int] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self._text = Image.new("L", (self.width, self.height))
        self._rules = Image.new("L", (self.width, self.height))

    @property
    def sheet(self) -> Sheet:
        return Sheet(np.asarray(self._text, dtype=np.uint8), np.asarray(self._rules, dtype=np.uint8))

    def font(self, x_height: int, *, bold: bool = False) -> ImageFont.FreeTypeFont:
        return self.typeface.sized(x_height, bold=bold)

    def write(self, text: str, x: float, baseline: float, font: ImageFont.FreeTypeFont) -> None:
        """One line of text from `x` on its baseline."""
        draw = ImageDraw.Draw(self._text)
        if not self.typeface.monospaced:
            draw.text((x, baseline), text, fill=self.choices.randint(225, 255), font=font, anchor="ls")
            return
        advance = font.getlength("n")
        for position, letter in enumerate(text):
            if letter != " ":
                place = (x + position * advance, baseline + self._tilt(letter))
                fill = self.choices.randint(185, 255)
                draw.text(place, letter, fill, font, "ls", stroke_width=self.typeface.stroke)

    def write_centred(self, text: str, x: float, baseline: float, font: ImageFont.FreeTypeFont) -> None:
        self.write(text, x - self.typeface.length(text, font) / 2, baseline, font)

    def heading(self, text: str) -> str:
        """Capitals as the machine has them: typewriters bear no accents on capitals."""
        if not self.typeface.monospaced:
            return text
        return "".join(unaccented(letter) if letter.isupper() else letter for letter in text)

    def rule(self, x1: float, y1: float, x2: float, y2: float, thickness: int = 2) -> None:
        ImageDraw.Draw(self._rules).line((x1, y1, x2, y2), fill=235, width=thickness)

    def stamp(self, x: int, y: int, radius: int, words: str, font: ImageFont.FreeTypeFont) -> None:
        """A round stamp: two circles, words around, a small figure inside."""
        draw = ImageDraw.Draw(self._text)
        for r in (radius, radius - 4, radius // 2):
            draw.ellipse((x - r, y - r, x + r, y + r), outline=150, width=2)
        for position, letter in enumerate(words):
            angle = math.pi * (0.8 + 1.4 * position / max(1, len(words) - 1))
            place = (x + radius * 0.72 * math.cos(angle), y + radius * 0.72 * math.sin(angle))
            draw.text(place, letter, fill=150, font=font, anchor="mm")
        r = radius // 4
        draw.polygon([(x, y - r), (x + r, y + r), (x - r, y + r)], fill=150)

    def star(self, x: float, y: float, radius: float) -> None:
        """A star stamp, as archives put beside entries with later mentions."""
        points = []
        for step in range(12):
            r = radius if step % 2 == 0 else radius * 0.45
            angle = step * math.pi / 6 + self.choices.random() * 0.2
            points.append((x + r * math.cos(angle), y + r * math.sin(angle)))
        ImageDraw.Draw(self._text).polygon(points, fill=self.choices.randint(120, 220))

    def signature(self, x: float, y: float, width: float) -> None:
        """A flourish that no reader should take for a name."""
        steps = 160
        turns = self.choices.uniform(5.0, 8.0)
        points = []
        for step in range(steps):
            t = step / steps
            swing = math.sin(turns * math.tau * t) * (1 - t) * 0.16 + math.sin(math.tau * t) * 0.05
            points.append((x + width * (t + 0.04 * math.sin(2 * turns * math.tau * t)), y - width * swing))
        ImageDraw.Draw(self._text).line(points, fill=220, width=3, joint="curve")

    def _tilt(self, letter: str) -> int:
        """Each type of a machine stands a little high or low, always the same way."""
        if letter not in self._tilts:
            self._tilts[letter] = self.choices.choice((-1, 0, 0, 0, 1))
        return self._tilts[letter]
