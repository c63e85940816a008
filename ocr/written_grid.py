"""Tables filled in by hand on printed forms: columns from the form's rules,
rows from the baselines of the writing.

Hands overrun rules, squeeze lines between lines and hang letters into the next
row, so rows are not sought as gaps without ink but as crests of the number of
strokes along the line, column by column, after the paper's warp is undone.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import cv2
import numpy as np
from numpy.typing import NDArray

from ocr.analysis import Analysis
from ocr.background import flattened
from ocr.grid import Band, Block, CutLine, Grid, GridRow, Span
from ocr.grid_ruled import RuledTable, ruled_table
from ocr.rules import Rule
from ocr.textlines import Blob, TextLine, components_of

_NARROW = 3.5  # of the letter height: narrower columns are the form's double frame
_LEAST_ROWS = 2
_FAINT = 14  # grey levels of a page of even paper (245): what is darker than its surroundings is ink
_SPECK = 0.35  # of the letter height
_BLOT = 5.0  # of the letter height
_STRIPS = 8
_SIGMA = 0.085  # of the pitch
_PROMINENT = 0.15  # of the usual crest
_SAME_ROW = 0.36  # of the pitch: crests of two columns that are one row
_ALONE = 0.62  # of the pitch: a crest that only one column has is a row if it keeps that distance
_STRONG = 0.45  # of the usual crest, for a crest that only one column has
_PITCHES = (1.1, 5.5)  # of the letter height

Profile = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class _Form:
    table: RuledTable
    columns: tuple[int, ...]
    heads: tuple[Rule, ...]
    body_top: float
    body_bottom: float

    def spans_at(self, y: float) -> tuple[Span, ...]:
        spans = self.table.columns_at(y)
        return tuple(spans[index] for index in self.columns)


@dataclass(frozen=True, slots=True)
class _Warp:
    """How far down the writing lies at places across the table, against its middle."""

    places: NDArray[np.float64]
    shifts: NDArray[np.float64]

    def at(self, x: float) -> float:
        return float(np.interp(x, self.places, self.shifts))


def find_written_grid(analysis: Analysis) -> Grid | None:
    """The rows of a ruled form filled in by hand, or None where there is no such form."""
    form = _form(analysis)
    if form is None:
        return None
    ink = _ink(analysis)
    strokes = _strokes(ink, form)
    pitch = _pitch(strokes.sum(axis=1), analysis.letter_height)
    if pitch <= 0:
        return None
    warp = _warp(strokes, pitch, form)
    profiles = [_profile(strokes, span, warp, pitch) for span in _middle_spans(form)]
    places = _rows([_crests(profile, pitch) for profile in profiles], pitch)
    if len(places) < _LEAST_ROWS:
        return None
    rows = _grid_rows(places, pitch, form, warp, ink)
    above = tuple(line for line in analysis.lines if line.middle < form.body_top)
    below = tuple(line for line in analysis.lines if line.middle > form.body_bottom)
    columns = form.spans_at((form.body_top + form.body_bottom) / 2)
    return Grid(columns, (Block((), rows),), True, above, below)


def header_band(analysis: Analysis, grid: Grid) -> Band | None:
    """Where the form's printed header stands: between the two last long rules above the rows."""
    form = _form(analysis)
    if form is None or len(form.heads) < 2:
        return None
    above, below = form.heads[-2:]
    if below.position - above.position < analysis.letter_height:
        return None
    left, right = grid.columns[0].left, grid.columns[-1].right
    pad = 0.15 * analysis.letter_height
    return Band(
        left,
        right,
        above.at(left) + pad,
        above.at(right) + pad,
        below.at(left) - pad,
        below.at(right) - pad,
    )


def _form(analysis: Analysis) -> _Form | None:
    table = ruled_table(analysis)
    height = analysis.letter_height
    if table is None or height <= 0:
        return None
    heads = _head_rules(analysis.rules.horizontal, table, analysis)
    outline = _outline(heads, table)
    middle = (table.top + table.bottom) / 2
    kept = tuple(
        index
        for index, span in enumerate(table.columns_at(middle))
        if span.width >= _NARROW * height
        and span.left >= outline.left - 1.5 * height
        and span.right <= outline.right + 1.5 * height
    )
    if not kept:
        return None
    top = max((rule.position for rule in heads), default=max(table.top, 0.0))
    heads.sort(key=lambda rule: rule.position)
    return _Form(table, kept, tuple(heads), top + 0.2 * height, min(table.bottom, float(analysis.height)))


def _head_rules(rules: Sequence[Rule], table: RuledTable, analysis: Analysis) -> list[Rule]:
    """Long rules in the upper part of the table: its frame and the foot of its header."""
    reach = table.top + 0.2 * (table.bottom - table.top)
    width = table.right - table.left
    return [
        rule
        for rule in rules
        if rule.length >= 0.6 * width and table.top - 2 * analysis.letter_height <= rule.position <= reach
    ]


def _outline(heads: Sequence[Rule], table: RuledTable) -> Span:
    # On warped paper only the straight part of a rule is found.
    whole = [rule for rule in heads if rule.length >= 0.85 * (table.right - table.left)]
    if not whole:
        return Span(table.left, table.right)
    left = sorted(rule.start for rule in whole)[len(whole) // 2]
    right = sorted(rule.end for rule in whole)[len(whole) // 2]
    return Span(left, right)


def _middle_spans(form: _Form) -> tuple[Span, ...]:
    return form.spans_at((form.body_top + form.body_bottom) / 2)


def _ink(analysis: Analysis) -> NDArray[np.uint8]:
    """Writing, also faint: darker than its surroundings, without rules, specks and blots; 0 or 255."""
    height = analysis.letter_height
    even = cv2.GaussianBlur(flattened(analysis.pixels, analysis.paper), (3, 3), 0)
    dark = cv2.adaptiveThreshold(
        even, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, int(2.5 * height) | 1, _FAINT
    )
    rules = cv2.dilate(
        cv2.max(analysis.rules.horizontal_mask, analysis.rules.vertical_mask), np.ones((5, 5), np.uint8)
    )
    dark[rules > 0] = 0
    found = components_of(np.asarray(dark, np.uint8))
    widths, heights, areas = found.boxes[:, 2], found.boxes[:, 3], found.boxes[:, 4]
    largest = np.maximum(widths, heights)
    keep = np.zeros(len(found.boxes) + 1, np.uint8)
    keep[1:] = np.where(
        (largest > _SPECK * height)
        & (heights < _BLOT * height)
        & ((widths < 10 * height) | (heights > 0.8 * height))
        & (areas < 0.55 * widths * heights + 0.25 * height * height),
        255,
        0,
    )
    return keep[found.labels]


def _strokes(ink: NDArray[np.uint8], form: _Form) -> NDArray[np.float32]:
    """Where a stroke begins when one goes along a line of pixels; 0 outside the body."""
    written = ink > 0
    begins = np.zeros(written.shape, np.float32)
    begins[:, 1:] = written[:, 1:] & ~written[:, :-1]
    begins[: max(0, round(form.body_top))] = 0
    begins[round(form.body_bottom) :] = 0
    left, right = _middle_spans(form)[0].left, _middle_spans(form)[-1].right
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


def _warp(strokes: NDArray[np.float32], pitch: float, form: _Form) -> _Warp:
    """Shifts of the writing from strip to strip, by the best agreement of their profiles."""
    left, right = _middle_spans(form)[0].left, _middle_spans(form)[-1].right
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
    return _Warp(places, fitted - fitted[len(fitted) // 2])


def _shift(first: Profile, second: Profile, reach: int) -> float:
    """How far the second profile lies below the first; 0 where they don't agree."""
    a, b = first - first.mean(), second - second.mean()
    scale = float(np.sqrt((a @ a) * (b @ b)))
    if scale <= 0:
        return 0.0
    values = [float(a @ np.roll(b, -offset)) / scale for offset in range(-reach, reach + 1)]
    best = int(np.argmax(values))
    return float(best - reach) if values[best] > 0.25 else 0.0


def _profile(strokes: NDArray[np.float32], span: Span, warp: _Warp, pitch: float) -> Profile:
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


def _grid_rows(
    places: Sequence[float], pitch: float, form: _Form, warp: _Warp, ink: NDArray[np.uint8]
) -> tuple[GridRow, ...]:
    rows = []
    for index, place in enumerate(places):
        above = places[index - 1] if index else place - pitch
        below = places[index + 1] if index + 1 < len(places) else place + pitch
        # Ascenders reach higher above the crest than descenders reach below it.
        top = place - min(0.62 * (place - above), 0.62 * pitch)
        bottom = place + min(0.5 * (below - place), 0.5 * pitch)
        spans = form.spans_at(place)
        left, right = spans[0].left, spans[-1].right
        band = Band(
            left,
            right,
            top + warp.at(left),
            top + warp.at(right),
            bottom + warp.at(left),
            bottom + warp.at(right),
        )
        filled = _filled(ink, spans, band)
        if filled:
            line = TextLine([blob for blobs in filled.values() for blob in blobs])
            rows.append(GridRow((CutLine(line, filled, spans),), band))
    return tuple(rows)


def _filled(text: NDArray[np.uint8], spans: Sequence[Span], band: Band) -> dict[int, list[Blob]]:
    """The ink of each column on a row, as one blob."""
    found: dict[int, list[Blob]] = {}
    for index, span in enumerate(spans):
        box = band.part(span).bounds
        part = text[max(0, box.y) : box.bottom, max(0, box.x) : box.right]
        if part.size == 0 or cv2.countNonZero(part) < 12:
            continue
        columns = np.flatnonzero(part.any(axis=0))
        lines = np.flatnonzero(part.any(axis=1))
        left, top = max(0, box.x), max(0, box.y)
        found[index] = [
            Blob(
                left + int(columns[0]),
                top + int(lines[0]),
                left + int(columns[-1]) + 1,
                top + int(lines[-1]) + 1,
            )
        ]
    return found
