"""Where rows run: crests of the number of strokes along the line, column by column, the paper's
warp undone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

from ocr.grid import Span
from ocr.written_form import Form

_STRIPS = 8
_SIGMA = 0.085  # of the pitch
_PROMINENT = 0.15  # of the usual crest
_SAME_ROW = 0.36  # of the pitch: crests of two columns that are one row
_ALONE = 0.62  # of the pitch: a crest that only one column has is a row if it keeps that distance
_STRONG = 0.45  # of the usual crest, for a crest that only one column has
_PITCHES = (1.1, 5.5)  # of the letter height

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Warp:
    """How far down the writing lies at places across the table, against its middle."""

    places: NDArray[np.float64]
    shifts: NDArray[np.float64]

    def at(self, x: float) -> float:
        return float(np.interp(x, self.places, self.shifts))


@dataclass(frozen=True, slots=True)
class Rows:
    """Heights of the rows in the middle of the table, top to bottom, and their usual distance."""

    places: tuple[float, ...]
    pitch: float
    warp: Warp


def find_rows(ink: NDArray[np.uint8], form: Form, letter_height: float) -> Rows | None:
    """The rows written in the body of a form, or None where nothing repeats; `ink` is 0 or 255."""
    strokes = _strokes(ink, form)
    pitch = _pitch(strokes.sum(axis=1), letter_height)
    if pitch <= 0:
        return None
    warp = _warp(strokes, pitch, form)
    profiles = [_profile(strokes, span, warp, pitch) for span in form.middle_spans]
    places = _rows([_crests(profile, pitch) for profile in profiles], pitch)
    return Rows(tuple(places), pitch, warp)


def _strokes(ink: NDArray[np.uint8], form: Form) -> NDArray[np.float32]:
    """Where a stroke begins when one goes along a line of pixels; 0 outside the body."""
    written = ink > 0
    begins = np.zeros(written.shape, np.float32)
    begins[:, 1:] = written[:, 1:] & ~written[:, :-1]
    begins[: max(0, round(form.body_top))] = 0
    begins[round(form.body_bottom) :] = 0
    left, right = form.middle_spans[0].left, form.middle_spans[-1].right
    begins[:, : max(0, round(left))] = 0
    begins[:, round(right) :] = 0
    return begins


def _smooth(profile: Profile, sigma: float) -> Profile:
    reach = max(1, round(3 * sigma))
    kernel = np.exp(-0.5 * (np.arange(-reach, reach + 1) / max(sigma, 0.5)) ** 2)
    return np.asarray(np.convolve(profile, kernel / kernel.sum(), mode="same"))


def _pitch(profile: Profile, letter_height: float) -> float:
    """Usual distance of rows: the first high peak of the profile's autocorrelation."""
    smooth = _smooth(profile.astype(np.float64), 0.15 * letter_height)
    centred = smooth - _smooth(smooth, 4 * letter_height)
    size = len(centred)
    spectrum = np.fft.rfft(centred, 2 * size)
    correlation = np.fft.irfft(spectrum * spectrum.conj())[:size]
    low, high = (int(bound * letter_height) for bound in _PITCHES)
    window = correlation[low : min(high, size // 2)]
    if len(window) < 3 or correlation[0] <= 0:
        return 0.0
    best = float(window.max())
    peaks = [
        index
        for index in range(1, len(window) - 1)
        if window[index] >= max(window[index - 1], window[index + 1]) and window[index] >= 0.75 * best
    ]
    return float(low + peaks[0]) if peaks and best > 0.08 * correlation[0] else 0.0


def _warp(strokes: NDArray[np.float32], pitch: float, form: Form) -> Warp:
    """Shifts of the writing from strip to strip, by the best agreement of their profiles."""
    left, right = form.middle_spans[0].left, form.middle_spans[-1].right
    edges = np.linspace(max(0.0, left), right, _STRIPS + 1)
    sigma = 0.14 * pitch
    profiles = [
        _smooth(strokes[:, int(a) : int(b)].sum(axis=1).astype(np.float64), sigma) for a, b in pairwise(edges)
    ]
    reach = int(0.3 * pitch)
    steps = [_shift(a, b, reach) for a, b in pairwise(profiles)]
    shifts = np.concatenate([[0.0], np.cumsum(steps)])
    places = (edges[:-1] + edges[1:]) / 2
    line = np.polyfit(places, shifts, 2)
    fitted = np.polyval(line, places)
    return Warp(places, fitted - fitted[len(fitted) // 2])


def _shift(first: Profile, second: Profile, reach: int) -> float:
    """How far the second profile lies below the first; 0 where they don't agree."""
    a, b = first - first.mean(), second - second.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    if scale <= 0:
        return 0.0
    values = [float(a @ np.roll(b, -offset)) / scale for offset in range(-reach, reach + 1)]
    best = int(np.argmax(values))
    return float(best - reach) if values[best] > 0.25 else 0.0


def _profile(strokes: NDArray[np.float32], span: Span, warp: Warp, pitch: float) -> Profile:
    """Strokes per line of pixels in a column, the warp undone."""
    left, right = max(0, round(span.left)), round(span.right)
    total = np.zeros(strokes.shape[0], np.float64)
    width = max(8, (right - left) // 12)
    for start in range(left, right, width):
        part = strokes[:, start : min(right, start + width)].sum(axis=1)
        total += np.roll(part, -round(warp.at(start + width / 2)))
    return _smooth(total, _SIGMA * pitch)


def _crests(profile: Profile, pitch: float) -> list[tuple[float, float]]:
    """Places and strengths (1 the usual one) of prominent crests."""
    peaks = [i for i in range(1, len(profile) - 1) if profile[i - 1] < profile[i] >= profile[i + 1]]
    if not peaks:
        return []
    heights = profile[peaks]
    usual = float(np.median(heights[heights >= 0.4 * np.percentile(heights, 90)]))
    kept: list[tuple[float, float]] = []
    reach = round(0.75 * pitch)
    for place in peaks:
        left = _valley(profile, place, -1, reach)
        right = _valley(profile, place, 1, reach)
        rise = float(profile[place]) - max(left, right)
        if rise >= _PROMINENT * usual and profile[place] >= 1.3 * _PROMINENT * usual:
            kept.append((float(place), float(profile[place]) / usual))
    return kept


def _valley(profile: Profile, place: int, direction: int, reach: int) -> float:
    """Lowest value on the way to a higher place, or within reach."""
    lowest = at = float(profile[place])
    for step in range(1, reach + 1):
        index = place + direction * step
        if not 0 <= index < len(profile):
            return min(lowest, 0.0)
        if profile[index] > at:
            break
        lowest = min(lowest, float(profile[index]))
    return lowest


def _rows(columns: Sequence[list[tuple[float, float]]], pitch: float) -> list[float]:
    """Crests of the columns brought together: the place of every row, top to bottom."""
    crests = sorted(
        (place, strength, index) for index, found in enumerate(columns) for place, strength in found
    )
    groups: list[list[tuple[float, float, int]]] = []
    for crest in crests:
        for group in reversed(groups[-3:]):
            near = abs(crest[0] - _centre(group)) <= _SAME_ROW * pitch
            if near and crest[2] not in {other[2] for other in group}:
                group.append(crest)
                break
        else:
            groups.append([crest])
    needed = 2 if sum(bool(found) for found in columns) > 1 else 1
    sure = [group for group in groups if len(group) >= needed]
    places = [_centre(group) for group in sure]
    for group in groups:
        if len(group) < needed and max(crest[1] for crest in group) >= _STRONG:
            place = _centre(group)
            if all(abs(place - other) >= _ALONE * pitch for other in places):
                places.append(place)
    return sorted(places)


def _centre(group: Sequence[tuple[float, float, int]]) -> float:
    weight = sum(strength for _, strength, _ in group)
    return sum(place * strength for place, strength, _ in group) / weight
