"""Changes a prepared line as another pen, paper and crop would.

Every function takes and gives uint8 pixels, dark ink on white."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.handwriting.lines import HEIGHT, MAX_WIDTH

Pixels = NDArray[np.uint8]


def augment(line: Pixels, neighbour: Pixels, random: np.random.Generator) -> Pixels:
    """One changed copy; `neighbour` is any other line, whose edge may show."""
    line = warp(line, random)
    if random.random() < 0.4:
        line = bend(line, random)
    if random.random() < 0.35:
        line = stroke(line, random)
    if random.random() < 0.3:
        line = neighbours(line, neighbour, random)
    if random.random() < 0.3:
        line = ruling(line, random)
    if random.random() < 0.25:
        line = edge_rules(line, random)
    if random.random() < 0.15:
        line = bleed(line, neighbour, random)
    if random.random() < 0.3:
        line = patches(line, random)
    if random.random() < 0.4:
        line = fade(line, random)
    return grain(line, random)


def warp(line: Pixels, random: np.random.Generator) -> Pixels:
    """Slant, width, height, place and a small rotation in one resampling."""
    height, width = line.shape
    across = random.uniform(0.62, 1.04)
    if width < 60:
        across = random.uniform(0.8, 1.2)
    down = random.uniform(0.72, 1.06)
    slant = random.normal(0, 0.18)
    turn = np.clip(random.normal(0, 0.006), -10 / max(width, 60), 10 / max(width, 60))
    new_width = int(np.clip(width * across, 8, MAX_WIDTH))
    across = new_width / width
    lean = abs(slant) * height * across / 2
    margin = random.uniform(0, 6) + lean * 0.8
    up = random.uniform(-0.35, 1.0) * height * (1 - down) if down < 1 else random.uniform(-1.5, 1.5)
    middle = height / 2
    matrix = np.array(
        [
            [across, -slant * across, slant * across * middle + margin],
            [turn * across, down, up - turn * width / 2],
        ],
        np.float32,
    )
    total = min(int(new_width + 2 * margin), MAX_WIDTH)
    return np.asarray(
        cv2.warpAffine(line, matrix, (total, HEIGHT), flags=cv2.INTER_LINEAR, borderValue=255),
        np.uint8,
    )


def bend(line: Pixels, random: np.random.Generator) -> Pixels:
    """Letters wider and narrower along the line, on a line that is not straight."""
    width = line.shape[1]
    knots = max(2, width // 48)
    places = np.linspace(0, width, knots)
    columns = np.arange(width, dtype=np.float32)
    aside = np.interp(columns, places, random.normal(0, 3.0, knots))
    away = np.interp(columns, places, random.normal(0, 1.0, knots))
    rows = np.arange(HEIGHT, dtype=np.float32)[:, None]
    across = np.broadcast_to((columns + aside).astype(np.float32), line.shape)
    down = (rows + away).astype(np.float32)
    return np.asarray(cv2.remap(line, across, down, cv2.INTER_LINEAR, borderValue=255), np.uint8)


def stroke(line: Pixels, random: np.random.Generator) -> Pixels:
    """Thicker or thinner pen, in part."""
    share = random.uniform(0.2, 0.9)
    kernel = np.ones((2, 2), np.uint8)
    changed = cv2.erode(line, kernel) if random.random() < 0.55 else cv2.dilate(line, kernel)
    return np.asarray(cv2.addWeighted(line, 1 - share, changed, share, 0), np.uint8)


def neighbours(line: Pixels, other: Pixels, random: np.random.Generator) -> Pixels:
    """Descenders from the line above, ascenders from the line below."""
    line = line.copy()
    reach = int(random.integers(3, 11))
    width = min(line.shape[1], other.shape[1])
    at = int(random.integers(0, line.shape[1] - width + 1))
    span = slice(at, at + width)
    if random.random() < 0.5:
        line[:reach, span] = np.minimum(line[:reach, span], other[-reach:, :width])
    if random.random() < 0.6:
        line[-reach:, span] = np.minimum(line[-reach:, span], other[:reach, :width])
    return line


def ruling(line: Pixels, random: np.random.Generator) -> Pixels:
    """A horizontal rule, whole or dotted, through or under the writing."""
    line = line.copy()
    width = line.shape[1]
    for _ in range(int(random.integers(1, 3))):
        start = random.uniform(0.1, 0.98) * HEIGHT
        end = start + random.normal(0, 1.2)
        shade = int(random.integers(60, 220))
        layer = np.full_like(line, 255)
        cv2.line(layer, (0, round(start)), (width, round(end)), shade, int(random.integers(1, 3)))
        if random.random() < 0.3:
            layer[:, np.arange(width) % 6 < 3] = 255
        line = np.minimum(line, layer)
    return line


def edge_rules(line: Pixels, random: np.random.Generator) -> Pixels:
    """Remains of a vertical rule near the left or right edge."""
    line = line.copy()
    width = line.shape[1]
    for side in (0, 1):
        if random.random() < 0.6:
            offset = int(random.integers(0, 8))
            at = offset if side == 0 else width - 1 - offset
            top = int(random.integers(0, 20)) if random.random() < 0.4 else 0
            bottom = HEIGHT - int(random.integers(0, 20)) if random.random() < 0.4 else HEIGHT
            end = at + int(random.integers(-2, 3))
            shade = int(random.integers(0, 150))
            cv2.line(line, (at, top), (end, bottom), shade, int(random.integers(1, 4)))
    return line


def bleed(line: Pixels, other: Pixels, random: np.random.Generator) -> Pixels:
    """Writing from the back of the leaf, mirrored and pale."""
    ghost = np.full_like(line, 255)
    width = min(line.shape[1], other.shape[1])
    ghost[:, :width] = other[:, ::-1][:, :width]
    ghost = np.asarray(cv2.blur(ghost, (3, 3)), np.uint8)
    pale = 255 - (255 - ghost.astype(np.float32)) * random.uniform(0.1, 0.35)
    return np.minimum(line, pale.astype(np.uint8))


def patches(line: Pixels, random: np.random.Generator) -> Pixels:
    """Small spots: white where ink is lost, dark where there are stains."""
    line = line.copy()
    width = line.shape[1]
    for _ in range(1 + int(random.integers(0, 1 + width // 150))):
        x, y = int(random.integers(0, width)), int(random.integers(0, HEIGHT))
        size = (int(random.integers(1, 9)), int(random.integers(1, 9)))
        shade = 255 if random.random() < 0.6 else int(random.integers(0, 200))
        cv2.ellipse(line, (x, y), size, 0, 0, 360, shade, -1)
    return line


def fade(line: Pixels, random: np.random.Generator) -> Pixels:
    """Paler ink, evenly or along the line."""
    ends = random.uniform(0.35, 1.1, 2)
    if random.random() < 0.5:
        ends[1] = ends[0]
    strength = np.linspace(ends[0], ends[1], line.shape[1], dtype=np.float32)
    paler = 255 - np.clip((255 - line.astype(np.float32)) * strength, 0, 255)
    return np.asarray(paler, np.uint8)


def grain(line: Pixels, random: np.random.Generator) -> Pixels:
    """Blur or grain of the scan."""
    pick = random.random()
    if pick < 0.2:
        return np.asarray(cv2.GaussianBlur(line, (3, 3), random.uniform(0.4, 1.1)), np.uint8)
    if pick < 0.45:
        noise = random.integers(-20, 20, line.shape, dtype=np.int16)
        return np.asarray(np.clip(line + noise, 0, 255), np.uint8)
    return line


def beside(lines: list[Pixels], random: np.random.Generator) -> Pixels:
    """Several lines in a row with gaps between, as the cells of one entry."""
    parts: list[Pixels] = []
    for index, line in enumerate(lines):
        if index:
            parts.append(np.full((HEIGHT, int(random.integers(4, 22))), 255, np.uint8))
        parts.append(line)
    return np.concatenate(parts, axis=1)[:, :MAX_WIDTH]
