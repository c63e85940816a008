"""Places on a scan: always pixels of the original, x to the right, y downwards."""

from __future__ import annotations

from dataclasses import dataclass
from math import ceil, floor, hypot


@dataclass(frozen=True, slots=True)
class Point:
    """A place in pixels of the original scan."""

    x: float
    y: float


@dataclass(frozen=True, slots=True)
class Box:
    """An upright rectangle in whole pixels; the right and bottom edges are exclusive."""

    x: int
    y: int
    width: int
    height: int

    @property
    def right(self) -> int:
        return self.x + self.width

    @property
    def bottom(self) -> int:
        return self.y + self.height

    @property
    def area(self) -> int:
        return self.width * self.height

    def intersection(self, other: Box) -> Box | None:
        """The common part, or None when the boxes do not overlap."""
        x, y = max(self.x, other.x), max(self.y, other.y)
        right, bottom = min(self.right, other.right), min(self.bottom, other.bottom)
        if right <= x or bottom <= y:
            return None
        return Box(x, y, right - x, bottom - y)

    def overlap(self, other: Box) -> float:
        """Intersection over union, 0 to 1."""
        common = self.intersection(other)
        if common is None:
            return 0.0
        return common.area / (self.area + other.area - common.area)

    def to_quad(self) -> Quad:
        return Quad(
            Point(self.x, self.y),
            Point(self.right, self.y),
            Point(self.right, self.bottom),
            Point(self.x, self.bottom),
        )


@dataclass(frozen=True, slots=True)
class Quad:
    """Four corners, clockwise from the top left as the text reads.

    Rows on a skewed scan drift by more than their own height, so places are kept as quads;
    exports give `bounds`.
    """

    top_left: Point
    top_right: Point
    bottom_right: Point
    bottom_left: Point

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        return (self.top_left, self.top_right, self.bottom_right, self.bottom_left)

    @property
    def bounds(self) -> Box:
        """The smallest upright box around the quad."""
        xs = [corner.x for corner in self.corners]
        ys = [corner.y for corner in self.corners]
        x, y = floor(min(xs)), floor(min(ys))
        return Box(x, y, max(1, ceil(max(xs)) - x), max(1, ceil(max(ys)) - y))

    @property
    def width(self) -> float:
        """Mean length of the top and bottom edges."""
        return (_length(self.top_left, self.top_right) + _length(self.bottom_left, self.bottom_right)) / 2

    @property
    def height(self) -> float:
        """Mean length of the left and right edges."""
        return (_length(self.top_left, self.bottom_left) + _length(self.top_right, self.bottom_right)) / 2

    def to_list(self) -> list[float]:
        """Eight numbers, x and y of each corner, to a hundredth of a pixel."""
        return [round(value, 2) for corner in self.corners for value in (corner.x, corner.y)]

    @classmethod
    def from_list(cls, values: list[float] | tuple[float, ...]) -> Quad:
        """The inverse of `to_list`; raises ValueError unless there are eight numbers."""
        if len(values) != 8:
            raise ValueError(f"a quad has 8 numbers, not {len(values)}")
        return cls(*(Point(values[i], values[i + 1]) for i in range(0, 8, 2)))


def _length(a: Point, b: Point) -> float:
    return hypot(a.x - b.x, a.y - b.y)
