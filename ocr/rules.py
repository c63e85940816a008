"""Ruling lines: where they run, and the page without them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

_PIECE_LETTERS = 2.4  # of the letter height: a shorter stroke may be a letter's
_PIECE_LENGTH = 20
_RULE_PIECES = 2.0  # a rule is at least so many pieces long
_GAP_PIECES = 0.8  # gaps up to so many pieces are bridged
_COVERED = 0.4  # of the length of a rule at least is inked
_MAX_THICKNESS = 18
_DRIFT = 0.006  # how far a rule may lean over its length (a third of a degree)


@dataclass(frozen=True, slots=True)
class Rule:
    """A ruling line in page pixels, possibly broken; `covered` is how much of its length is inked.

    A vertical rule runs from `start` (top) to `end` (bottom) along y and stands at x = `at(y)`; a
    horizontal one runs along x and stands at y = `at(x)`.
    """

    start: float
    end: float
    position_start: float
    position_end: float
    thickness: float
    covered: float

    @property
    def length(self) -> float:
        return self.end - self.start

    @property
    def position(self) -> float:
        """Where it stands in its middle."""
        return (self.position_start + self.position_end) / 2

    def at(self, along: float) -> float:
        """Where it stands at a place along its direction, also beyond its ends."""
        if self.length <= 0:
            return self.position_start
        share = (along - self.start) / self.length
        return self.position_start + share * (self.position_end - self.position_start)


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of a page with the masks of their pixels (HxW, 255 on a rule)."""

    horizontal: tuple[Rule, ...]
    vertical: tuple[Rule, ...]
    horizontal_mask: NDArray[np.uint8]
    vertical_mask: NDArray[np.uint8]


def find_rules(ink: NDArray[np.uint8], letter_height: float) -> Rules:
    """The rules of a deskewed page; `ink` is HxW, 255 where there is ink.

    `letter_height` (pixels) tells rules from the strokes of letters, which stand under each other in
    tables and would else be joined to rules.
    """
    length = max(_PIECE_LENGTH, int(letter_height * _PIECE_LETTERS))
    horizontal_mask = _long_runs(ink, length)
    vertical_mask = np.ascontiguousarray(_long_runs(np.ascontiguousarray(ink.T), length).T)
    horizontal = _joined(_segments(horizontal_mask, length))
    vertical = _joined(_segments(np.ascontiguousarray(vertical_mask.T), length))
    return Rules(horizontal, vertical, horizontal_mask, vertical_mask)


def without_rules(pixels: NDArray[np.uint8], rules: Rules) -> NDArray[np.uint8]:
    """The page (HxW grey) with its rules painted over by the paper; strokes that cross them stay.

    Across a rule, a closing takes away what is no thicker than the rule: the rule itself, not the
    stroke of a letter that goes on above and below.
    """
    cleaned = pixels
    for found, mask, vertical in (
        (rules.horizontal, rules.horizontal_mask, False),
        (rules.vertical, rules.vertical_mask, True),
    ):
        if not found:
            continue
        reach = int(max(rule.thickness for rule in found)) + 6
        across = (reach, 1) if vertical else (1, reach)
        margin = (5, 1) if vertical else (1, 5)
        wide = cv2.dilate(mask, cv2.getStructuringElement(cv2.MORPH_RECT, margin))
        closed = cv2.morphologyEx(cleaned, cv2.MORPH_CLOSE, cv2.getStructuringElement(cv2.MORPH_RECT, across))
        cleaned = np.where(wide > 0, closed, cleaned).astype(np.uint8)
    return cleaned


def erased(pixels: NDArray[np.uint8], rules: Rules, scale: float) -> NDArray[np.uint8]:
    """The full page without rules that were found on a copy of it that is `scale` times its size.

    Only narrow windows along the rules are worked on.
    """
    cleaned = pixels.copy()
    turned = cleaned.T
    for found, mask, target in (
        (rules.horizontal, rules.horizontal_mask, cleaned),
        (rules.vertical, rules.vertical_mask.T, turned),
    ):
        for rule in found:
            _erase(target, rule, mask, scale)
    return cleaned


def _erase(pixels: NDArray[np.uint8], rule: Rule, mask: NDArray[np.uint8], scale: float) -> None:
    """Paints a rule that runs along x over, in place."""
    lean = abs(rule.position_end - rule.position_start) / 2
    reach = lean + rule.thickness + 4
    rows = slice(max(0, int(rule.position - reach)), int(rule.position + reach) + 1)
    columns = slice(max(0, int(rule.start)), int(rule.end) + 1)
    part = np.ascontiguousarray(mask[rows, columns])
    top, left = int(rows.start / scale), int(columns.start / scale)
    size = (round(part.shape[1] / scale), round(part.shape[0] / scale))
    window = pixels[top : top + size[1], left : left + size[0]]
    if not part.size or not window.size:
        return
    wide = cv2.resize(part, (window.shape[1], window.shape[0]), interpolation=cv2.INTER_NEAREST)
    wide = cv2.dilate(wide, np.ones((max(3, int(3 / scale)) | 1, 1), np.uint8))
    across = int(rule.thickness / scale) + 6
    closed = cv2.morphologyEx(np.ascontiguousarray(window), cv2.MORPH_CLOSE, np.ones((across, 1), np.uint8))
    np.copyto(window, closed, where=wide > 0)


def _long_runs(ink: NDArray[np.uint8], length: int) -> NDArray[np.uint8]:
    """Pixels on horizontal rules: solid runs of at least `length`, then bridged, then the long ones."""
    solid = cv2.morphologyEx(ink, cv2.MORPH_OPEN, _row(length))
    bridged = cv2.morphologyEx(solid, cv2.MORPH_CLOSE, _row(int(length * _GAP_PIECES)))
    opened = cv2.morphologyEx(bridged, cv2.MORPH_OPEN, _row(int(length * _RULE_PIECES)))
    return np.asarray(opened, dtype=np.uint8)


def _row(length: int) -> NDArray[np.uint8]:
    return np.ones((1, length), dtype=np.uint8)


def _segments(mask: NDArray[np.uint8], length: int) -> list[Rule]:
    """Connected runs of a mask in which rules run along x; blots and shadows are left out."""
    _, labels, stats, _ = cv2.connectedComponentsWithStats(mask, connectivity=8)
    found = []
    for index in range(1, len(stats)):
        x, y, width, height, area = (int(value) for value in stats[index])
        thickness = area / width
        if thickness > _MAX_THICKNESS or width < length or height > max(30.0, width * 0.1):
            continue
        ends = max(4, width // 20)
        part = labels[y : y + height, x : x + width] == index
        start = y + float(np.nonzero(part[:, :ends])[0].mean())
        end = y + float(np.nonzero(part[:, -ends:])[0].mean())
        found.append(Rule(x, x + width, start, end, thickness, width))
    return found


def _joined(segments: list[Rule]) -> tuple[Rule, ...]:
    """Pieces of one broken rule made one, longest first; ordered by position."""
    rest = sorted(segments, key=lambda rule: -rule.length)
    done: list[Rule] = []
    while rest:
        rule = rest.pop(0)
        grown = True
        while grown:
            grown = False
            for other in rest:
                if _same_line(rule, other):
                    rest.remove(other)
                    rule = _merged(rule, other)
                    grown = True
                    break
        done.append(rule)
    solid = (rule for rule in done if rule.covered >= _COVERED * rule.length)
    return tuple(sorted(solid, key=lambda rule: rule.position))


def _same_line(rule: Rule, other: Rule) -> bool:
    gap = max(other.start - rule.end, rule.start - other.end, 0.0)
    tolerance = 3.0 + rule.thickness + _DRIFT * gap
    middle = (other.start + other.end) / 2
    return abs(rule.at(middle) - other.position) <= tolerance


def _merged(rule: Rule, other: Rule) -> Rule:
    pieces: Sequence[Rule] = (rule, other)
    along = [piece.start for piece in pieces] + [piece.end for piece in pieces]
    positions = [piece.position_start for piece in pieces] + [piece.position_end for piece in pieces]
    weights = [piece.length for piece in pieces] * 2
    slope, offset = np.polyfit(along, positions, 1, w=np.sqrt(weights))
    start, end = min(along), max(along)
    total = rule.length + other.length
    return Rule(
        start,
        end,
        float(slope * start + offset),
        float(slope * end + offset),
        (rule.thickness * rule.length + other.thickness * other.length) / total,
        min(end - start, rule.covered + other.covered),
    )
