"""Synthetic lines: texts of tables set in cursive typefaces, numbers also in digits drawn by a pen."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageDraw, ImageFont

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.lines import prepare
from ocr.training.data import LineSet, collect
from ocr.training.digits import DigitHand
from ocr.training.texts import Names, Texts


class Pen:
    """Sets text in one of the typefaces of a folder (.woff, .ttf, .otf)."""

    def __init__(self, fonts: Path, seed: int) -> None:
        self._random = random.Random(seed)
        paths = sorted(p for p in fonts.iterdir() if p.suffix in (".woff", ".ttf", ".otf"))
        if not paths:
            raise FileNotFoundError(f"no typefaces in {fonts}")
        self._fonts = [ImageFont.truetype(str(path), 56) for path in paths]
        self._cover = [_Coverage(font) for font in self._fonts]

    def write(self, text: str, digits: DigitHand | None = None) -> NDArray[np.uint8]:
        """The line as grey pixels, dark on white, height as the face needs; its numbers by the pen
        `digits`, where there is one."""
        while True:
            index = self._random.randrange(len(self._fonts))
            if self._cover[index].covers(text):
                break
            if self._random.random() < 0.02:
                raise ValueError("no typeface has all characters")
        font = self._fonts[index]
        widen = self._random.choice((0, 0, 1, 2, 4))
        words = text.split(" ")
        canvas = Image.new("L", (2 * int(font.getlength(text)) + 80 * len(words) + 200, 220), 255)
        draw = ImageDraw.Draw(canvas)
        at = 60.0
        base = 150.0
        tall = -font.getbbox("18", anchor="ls")[1] * self._random.uniform(0.85, 1.3)
        for word in words:
            rise = self._random.gauss(0, 1.5)
            if digits is not None and word.isdecimal():
                number = _cut(digits.write(word, tall, self._random))
                above = Image.fromarray(255 - number)
                canvas.paste(0, (round(at), round(base + rise - 2 * tall)), above)
                at += number.shape[1]
            else:
                draw.text((at, base + rise), word, font=font, fill=0, anchor="ls")
                at += font.getlength(word)
            at += font.getlength(" ") * self._random.uniform(0.5, 2.2) + widen
        pixels = np.asarray(canvas)
        return self._wobble(_trim(pixels))

    def _wobble(self, pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
        height, width = pixels.shape
        grid = (max(2, height // 24), max(2, width // 24))
        generator = np.random.default_rng(self._random.getrandbits(32))
        strength = self._random.uniform(0.0, 2.2)
        shift = [
            cv2.resize(
                generator.normal(0, strength, grid).astype(np.float32),
                (width, height),
                interpolation=cv2.INTER_CUBIC,
            )
            for _ in range(2)
        ]
        columns, rows = np.meshgrid(np.arange(width), np.arange(height))
        return np.asarray(
            cv2.remap(
                pixels,
                (columns + shift[0]).astype(np.float32),
                (rows + shift[1]).astype(np.float32),
                cv2.INTER_LINEAR,
                borderValue=255,
            ),
            np.uint8,
        )


class _Coverage:
    def __init__(self, font: ImageFont.FreeTypeFont) -> None:
        self._font = font
        self._missing = bytes(font.getmask("\U0010fffd"))
        self._known: dict[str, bool] = {" ": True}

    def covers(self, text: str) -> bool:
        for character in text:
            if character not in self._known:
                self._known[character] = bytes(self._font.getmask(character)) != self._missing
        return all(self._known[character] for character in text)


def _trim(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    rows = np.flatnonzero((pixels < 200).any(axis=1))
    columns = np.flatnonzero((pixels < 200).any(axis=0))
    if rows.size == 0:
        return pixels
    top, bottom = max(0, rows[0] - 5), rows[-1] + 6
    left, right = max(0, columns[0] - 8), columns[-1] + 9
    return pixels[top:bottom, left:right]


def _cut(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Without the empty columns at its ends."""
    columns = np.flatnonzero((pixels < 200).any(axis=0))
    return pixels[:, columns[0] : columns[-1] + 1] if columns.size else pixels


def synthesise(names: Names, fonts: Path, count: int, seed: int = 0) -> LineSet:
    """`count` synthetic lines; the same seed gives the same lines."""
    texts, pen = Texts(names, seed), Pen(fonts, seed + 1)
    return collect(_written(texts.draw, pen.write, count, "synthetic/typeface"))


def penned(names: Names, fonts: Path, count: int, seed: int = 0) -> LineSet:
    """`count` lines of dates and numbers, every number in digits of a pen of its own."""
    texts, pen, chance = Texts(names, seed), Pen(fonts, seed + 1), random.Random(seed + 2)
    return collect(
        _written(
            texts.numbers, lambda text: pen.write(text, DigitHand.drawn(chance)), count, "penned/strokes"
        )
    )


def _written(
    draw: Callable[[], str], write: Callable[[str], NDArray[np.uint8]], count: int, group: str
) -> Iterator[tuple[NDArray[np.uint8], str, str]]:
    alphabet, made = Alphabet(), 0
    while made < count:
        text = normalise(draw())
        if not text or not alphabet.covers(text):
            continue
        try:
            pixels = write(text)
        except ValueError:
            continue
        made += 1
        yield prepare(pixels), text, group
