"""Pictures for people: a row cut out and straightened, a copy of a scan to look at."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from registers.errors import EngineError, UnreadableScanError
from registers.geometry import Quad

_STRIP_QUALITY = 82
_VIEW_QUALITIES = (80, 70, 60, 50, 40)
_VIEW_BYTES = 450_000
_MARGIN = 0.15  # of the row's height


def cut_strip(
    pixels: NDArray[np.uint8], quad: Quad, *, margin: float = _MARGIN, height: int | None = None
) -> NDArray[np.uint8]:
    """The part of a scan in a quad, upright and straight: HxW grey or HxWx3 like `pixels`.

    `margin` is added on every side, as a share of the quad's height; `height` scales the strip to that
    many pixels. What lies outside the scan repeats its edge.
    """
    wide, tall = max(2.0, quad.width), max(2.0, quad.height)
    pad = margin * tall
    scale = 1.0 if height is None else height / (tall + 2 * pad)
    size = (max(1, round((wide + 2 * pad) * scale)), max(1, round((tall + 2 * pad) * scale)))
    source = np.array([(p.x, p.y) for p in quad.corners[:3]], dtype=np.float32)
    left, top = pad * scale, pad * scale
    right, bottom = (pad + wide) * scale, (pad + tall) * scale
    target = np.array([(left, top), (right, top), (right, bottom)], dtype=np.float32)
    strip = cv2.warpAffine(
        pixels,
        cv2.getAffineTransform(source, target),
        size,
        flags=cv2.INTER_AREA if scale < 1 else cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REPLICATE,
    )
    return np.asarray(strip, dtype=np.uint8)


def encode_jpeg(pixels: NDArray[np.uint8], quality: int = _STRIP_QUALITY) -> bytes:
    """Pixels (grey, or blue first) as JPEG."""
    return _encoded(".jpg", pixels, [cv2.IMWRITE_JPEG_QUALITY, quality, cv2.IMWRITE_JPEG_OPTIMIZE, 1])


def viewing_copy(pixels: NDArray[np.uint8], longest: int = 2400) -> bytes:
    """A JPEG to look at, its longer side at most `longest` pixels, usually under half a megabyte."""
    pixels = shrunk(pixels, longest)
    content = b""
    for quality in _VIEW_QUALITIES:
        content = encode_jpeg(pixels, quality)
        if len(content) <= _VIEW_BYTES:
            break
    return content


def shrunk(pixels: NDArray[np.uint8], longest: int) -> NDArray[np.uint8]:
    """The same picture, its longer side at most `longest` pixels; never larger."""
    scale = longest / max(pixels.shape[:2])
    if scale >= 1:
        return pixels
    smaller = cv2.resize(pixels, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA)
    return np.asarray(smaller, dtype=np.uint8)


def decode(content: bytes) -> NDArray[np.uint8]:
    """The pixels of an encoded picture, as they are: HxW grey or HxWx3, blue first.

    Raises UnreadableScanError.
    """
    decoded = cv2.imdecode(np.frombuffer(content, dtype=np.uint8), cv2.IMREAD_ANYCOLOR)
    if decoded is None:
        raise UnreadableScanError("a viewing copy is damaged", advice="read the page again")
    return np.asarray(decoded, dtype=np.uint8)


def image_size(content: bytes) -> tuple[int, int]:
    """Width and height of an encoded picture, without decoding it. Raises UnreadableScanError."""
    from io import BytesIO

    from PIL import Image

    try:
        with Image.open(BytesIO(content)) as image:
            return image.size
    except (OSError, ValueError):
        raise UnreadableScanError("a viewing copy is damaged", advice="read the page again") from None


def _encoded(suffix: str, pixels: NDArray[np.uint8], options: list[int]) -> bytes:
    done, buffer = cv2.imencode(suffix, pixels, options)
    if not done:
        raise EngineError("a picture could not be encoded")
    return buffer.tobytes()
