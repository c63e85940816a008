"""Where the pixels of a page lie on the original scan, through cropping, turning and straightening."""

from __future__ import annotations

from dataclasses import dataclass

import cv2
import numpy as np
from numpy.typing import NDArray

from registers.geometry import Box, Point, Quad

_Matrix = tuple[tuple[float, float, float], tuple[float, float, float]]


@dataclass(frozen=True, slots=True)
class Frame:
    """An affine map from page pixels to scan pixels: scan = linear part x page + shift."""

    to_scan: _Matrix = ((1.0, 0.0, 0.0), (0.0, 1.0, 0.0))

    def point_on_scan(self, point: Point) -> Point:
        (a, b, c), (d, e, f) = self.to_scan
        return Point(a * point.x + b * point.y + c, d * point.x + e * point.y + f)

    def point_on_page(self, point: Point) -> Point:
        """The inverse of `point_on_scan`."""
        (a, b, c), (d, e, f) = self.to_scan
        x, y = point.x - c, point.y - f
        determinant = a * e - b * d
        return Point((e * x - b * y) / determinant, (a * y - d * x) / determinant)

    def quad_on_scan(self, quad: Quad) -> Quad:
        return Quad(*(self.point_on_scan(corner) for corner in quad.corners))

    def cropped(self, box: Box) -> Frame:
        """The frame of a part of the page; `box` in page pixels."""
        return self._before(((1.0, 0.0, float(box.x)), (0.0, 1.0, float(box.y))))

    def upside_down(self, width: int, height: int) -> Frame:
        """The frame of the page turned by 180 degrees; `width` and `height` are the page's."""
        return self._before(((-1.0, 0.0, float(width)), (0.0, -1.0, float(height))))

    def straightened(self, degrees: float, width: int, height: int) -> Frame:
        """The frame of the page turned about its centre, as `straighten` turns the pixels."""
        inverse = cv2.invertAffineTransform(_rotation(degrees, width, height))
        first, second = ((float(r[0]), float(r[1]), float(r[2])) for r in inverse)
        return self._before((first, second))

    def _before(self, inner: _Matrix) -> Frame:
        """The frame whose page pixels go through `inner` to this frame's page pixels."""
        (a, b, c), (d, e, f) = self.to_scan
        (p, q, r), (s, t, u) = inner
        return Frame(
            (
                (a * p + b * s, a * q + b * t, a * r + b * u + c),
                (d * p + e * s, d * q + e * t, d * r + e * u + f),
            )
        )


def crop(pixels: NDArray[np.uint8], box: Box) -> NDArray[np.uint8]:
    """The part of the pixels in `box`, which must lie inside; a view, not a copy."""
    return pixels[box.y : box.bottom, box.x : box.right]


def straighten(pixels: NDArray[np.uint8], degrees: float) -> NDArray[np.uint8]:
    """Turned about the centre so that text that climbs by `degrees` runs level; the size is kept."""
    height, width = pixels.shape[:2]
    turned = cv2.warpAffine(
        pixels,
        _rotation(degrees, width, height),
        (width, height),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(turned, dtype=np.uint8)


def _rotation(degrees: float, width: int, height: int) -> NDArray[np.float64]:
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), -degrees, 1.0)
    return np.asarray(matrix, dtype=np.float64)
