"""Digits as French pens drew them: strokes, not typefaces.

Few cursive typefaces have the digits of French hands (a crossed 7, an open 4, a 6 with a flag like a
sigma, a 9 whose tail hangs far below the line), and transcribed lines hold few years. Each form below is
drawn as curves through points; a hand chooses one form of each digit, a slant, a width and a pen, and
every digit that it writes is a little different.
"""

from __future__ import annotations

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

Point = tuple[float, float]
Stroke = tuple[Point, ...]
Form = tuple[Stroke, ...]

# Points of strokes in hundredths of the height, x to the right and y up from the line that digits stand on;
# "|" parts strokes, a point given twice is a corner.
_DRAWN = {
    "0": (
        "55,100 15,80 0,35 25,0 60,20 70,65 50,98 35,95",
        "45,62 10,50 0,20 25,0 55,15 60,45 40,62",
        "60,95 20,90 0,40 30,0 65,30 60,85 30,100 20,85",
        "30,95 5,60 10,10 45,5 65,50 50,90 30,90 50,75",
    ),
    "1": (
        "0,55 40,100 40,100 25,0",
        "25,100 20,50 10,0",
        "0,70 35,100 35,100 25,0 | 5,0 50,2",
        "-15,35 10,60 40,100 40,100 20,40 15,0 30,5",
    ),
    "2": (
        "5,75 25,100 60,85 50,50 0,0 0,0 70,2",
        "5,80 35,100 60,75 35,30 5,5 15,15 40,2 75,10",
        "10,70 20,95 50,98 60,70 30,25 0,2 0,18 20,15 50,0 80,15",
        "10,60 5,85 35,100 65,75 40,40 -5,0 30,8 70,0",
    ),
    "3": (
        "10,85 35,100 60,80 30,55 30,55 65,35 40,0 0,10",
        "5,98 65,100 65,100 25,60 25,60 65,40 45,2 0,10",
        "10,80 40,100 55,75 20,50 60,40 50,-10 10,-25 -10,-10",
        "5,90 45,95 50,70 25,50 55,45 55,10 20,0 0,15 10,20",
    ),
    "4": (
        "30,100 0,35 0,35 75,38 | 60,75 45,-10",
        "55,100 0,30 0,30 75,32 | 55,100 45,0",
        "20,95 0,20 0,20 35,25 65,30 | 60,55 40,-35",
        "25,100 10,50 30,40 60,60 65,90 65,90 50,30 40,-30",
        "15,90 2,30 2,30 80,25 | 50,50 40,-5",
    ),
    "5": (
        "20,100 10,60 10,60 45,60 65,30 40,0 0,10 | 20,100 80,102",
        "85,105 30,95 30,95 15,60 15,60 55,55 60,20 30,0 0,12",
        "75,100 30,95 15,65 50,45 50,10 20,0 0,10",
        "25,75 20,50 20,50 50,45 55,10 25,-5 0,5 | 25,80 50,75 95,95",
    ),
    "6": (
        "60,100 20,65 0,25 25,0 60,15 55,42 25,42 5,20",
        "95,80 65,72 20,60 0,25 20,0 50,15 50,50 25,62",
        "45,105 15,60 2,20 20,0 50,12 45,40 10,30",
        "90,100 50,95 10,60 0,20 30,0 60,20 50,50 15,40",
        "80,68 35,62 5,45 5,10 35,0 60,25 40,55 30,62",
    ),
    "7": (
        "5,95 65,100 65,100 35,50 25,0",
        "5,95 65,100 65,100 35,50 25,0 | 10,45 60,52",
        "0,80 10,100 40,93 70,100 70,100 35,40 20,-10 | 10,42 65,50",
        "0,75 5,95 35,90 70,100 70,100 30,30 15,-30",
        "5,85 15,100 45,95 70,100 70,100 20,5 30,0 | 10,50 70,50",
    ),
    "8": (
        "60,90 35,100 10,80 35,50 60,20 30,0 2,20 30,50 60,78 55,95",
        "90,102 50,98 15,80 35,50 60,20 30,0 5,20 35,50 65,85",
        "30,50 60,75 45,100 15,85 30,50 55,20 25,0 0,20 30,50",
        "65,100 25,85 30,55 55,25 25,0 5,25 40,60 80,100",
    ),
    "9": (
        "60,85 30,100 2,75 25,50 58,70 65,95 55,40 40,0",
        "55,60 25,68 0,35 20,10 50,40 58,62 45,0 15,-45 -25,-35",
        "55,90 20,95 5,65 30,50 60,85 50,30 20,-5 -5,5",
        "50,90 20,100 0,70 25,50 55,85 55,85 45,20 35,-35",
        "50,62 15,65 0,35 25,10 55,60 40,-10 10,-40 0,-20 40,10",
    ),
}


def _form(drawn: str) -> Form:
    return tuple(tuple(_point(point) for point in stroke.split()) for stroke in drawn.split("|"))


def _point(written: str) -> Point:
    x, _, y = written.partition(",")
    return int(x) / 100, int(y) / 100


FORMS: dict[str, tuple[Form, ...]] = {
    digit: tuple(_form(drawn) for drawn in forms) for digit, forms in _DRAWN.items()
}
_STEPS = 8
_SCALE = 4
_FINE = 8  # places are handed to OpenCV in 256ths of a pixel


@dataclass(frozen=True, slots=True)
class DigitHand:
    """One pen: a form of each digit, slant (to the right, per height), width as a share of the usual;
    as shares of the height the thickness of strokes (`thin`, and `pressed` more where the pen goes down),
    how much its points move from one digit to the next, and the gap between digits."""

    forms: dict[str, Form]
    slant: float
    wide: float
    thin: float
    pressed: float
    unsteady: float
    gap: float

    @classmethod
    def drawn(cls, chance: random.Random) -> DigitHand:
        unsteady = chance.uniform(0.01, 0.035)
        forms = {digit: _shaken(chance.choice(kinds), chance, 0.03) for digit, kinds in FORMS.items()}
        return cls(
            forms=forms,
            slant=chance.gauss(0.3, 0.2),
            wide=chance.uniform(0.6, 1.15),
            thin=chance.uniform(0.035, 0.09),
            pressed=chance.choice((0.0, chance.uniform(0.0, 0.09))),
            unsteady=unsteady,
            gap=chance.uniform(0.06, 0.35),
        )

    def write(self, number: str, height: float, chance: random.Random) -> NDArray[np.uint8]:
        """The number, dark on white, HxW, its digits about `height` pixels high.

        They stand on a line at two thirds of H = 3 * height, since tails hang and flags rise.
        """
        places, at = [], 0.5
        for digit in number:
            form = _shaken(self.forms[digit], chance, self.unsteady)
            size = chance.uniform(0.92, 1.06)
            places.append((form, at, size))
            at += self.wide * size * max(x for stroke in form for x, _ in stroke)
            at += max(0.0, self.gap + chance.gauss(0, 0.05))
        canvas = np.full((round(3 * height * _SCALE), round((at + 0.5) * height * _SCALE)), 255, np.uint8)
        for form, left, size in places:
            rise = chance.gauss(0, 0.02)
            for stroke in form:
                points = [
                    (left + size * (self.wide * x + self.slant * y), 2.0 - size * y + rise) for x, y in stroke
                ]
                self._stroke(canvas, np.array(points) * height * _SCALE, height * _SCALE)
        found = cv2.resize(canvas, None, fx=1 / _SCALE, fy=1 / _SCALE, interpolation=cv2.INTER_AREA)
        return np.asarray(found, np.uint8)

    def _stroke(self, canvas: NDArray[np.uint8], points: NDArray[np.float64], height: float) -> None:
        for (x, y), (to_x, to_y) in pairwise(_curve(points)):
            length = math.hypot(to_x - x, to_y - y) or 1.0
            down = max(0.0, (to_y - y) / length)
            begins = round(x * 2**_FINE), round(y * 2**_FINE)
            ends = round(to_x * 2**_FINE), round(to_y * 2**_FINE)
            thick = max(1, round((self.thin + self.pressed * down) * height))
            cv2.line(canvas, begins, ends, (0,), thick, cv2.LINE_AA, _FINE)


def _shaken(form: Form, chance: random.Random, much: float) -> Form:
    """The form with every point moved a little; equal points stay equal."""

    def moved(stroke: Stroke) -> Iterator[Point]:
        before: Point | None = None
        after: Point = (0.0, 0.0)
        for point in stroke:
            if point != before:
                after = (point[0] + chance.gauss(0, much), point[1] + chance.gauss(0, much))
            before = point
            yield after

    return tuple(tuple(moved(stroke)) for stroke in form)


def _curve(points: NDArray[np.float64]) -> list[tuple[float, float]]:
    """A curve through the points (Catmull and Rom 1974); doubled points are corners."""
    padded = np.concatenate([points[:1], points, points[-1:]])
    along = np.linspace(0, 1, _STEPS, endpoint=False)[:, None]
    parts = []
    for p0, p1, p2, p3 in zip(padded, padded[1:], padded[2:], padded[3:], strict=False):
        parts.append(
            0.5
            * (
                2 * p1
                + (p2 - p0) * along
                + (2 * p0 - 5 * p1 + 4 * p2 - p3) * along**2
                + (3 * p1 - 3 * p2 + p3 - p0) * along**3
            )
        )
    return [(float(x), float(y)) for x, y in np.concatenate([*parts, points[-1:]])]
