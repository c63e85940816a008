"""Whole registers in memory: from a spec and a seed to scans with the place of every row."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from registers.document import PageClass, Side
from registers.geometry import Box, Quad
from samples.generator.compose import compose
from samples.generator.degrade import Distortion, Wear, scanned
from samples.generator.front_matter import draw_other
from samples.generator.grid import Grid, grid_for
from samples.generator.ink import Pen, Pixels, Sheet
from samples.generator.model import Container, PagePlan, RegisterSpec, TableSpec, Truth
from samples.generator.page import draw_table
from samples.generator.portal import portal_view
from samples.generator.streams import array_stream, stream
from samples.generator.typefaces import TYPEFACES, Typeface


@dataclass(frozen=True, slots=True)
class Paper:
    """Size and margins of a page side, in pixels."""

    width: int = 1700
    height: int = 2400
    left: int = 110
    right: int = 90


SINGLE = Paper()
LANDSCAPE = Paper(width=2400, height=1700)
HALF_OF_DOUBLE = Paper(width=1180, height=1590, left=52, right=52)


@dataclass(frozen=True, slots=True)
class DrawnRow:
    """A row where it stands on its scan. `ordinal` counts through its table, `row` from 1 on its side."""

    part: int
    ordinal: int
    side: Side
    row: int
    truth: Truth
    quad: Quad


@dataclass(frozen=True, slots=True)
class DrawnScan:
    """One image: grey pixels, the class of each page side on it, its rows in reading order."""

    view: int
    pixels: Pixels
    sides: tuple[tuple[Side, PageClass], ...]
    rows: tuple[DrawnRow, ...]


@dataclass(frozen=True, slots=True)
class _Leaf:
    """A drawn page side on its way to a scan."""

    plan: PagePlan
    part: int
    sheet: Sheet
    boxes: tuple[Box, ...]


def draw_register(spec: RegisterSpec, *, seed: int, pages: int) -> Iterator[DrawnScan]:
    """The register's scans in order: `pages` table pages, and those without rows around them.

    The same arguments give the same pixels and rows. Raises ValueError when there are fewer pages than
    tables.
    """
    leaves = list(_leaves(spec, seed, pages))
    if spec.container is Container.PORTAL:
        yield from _double_pages(spec, leaves, seed)
        return
    for position, leaf in enumerate(leaves):
        pixels, distortion = _scanned_leaf(spec, leaves, position, seed)
        rows = _placed(leaf, Side.SINGLE, distortion, 0, 0)
        yield DrawnScan(position + 1, pixels, ((Side.SINGLE, leaf.plan.page_class),), rows)


def _leaves(spec: RegisterSpec, seed: int, pages: int) -> Iterator[_Leaf]:
    for part, (table, share) in enumerate(zip(spec.parts, _shares(spec, pages), strict=True)):
        purpose = f"{spec.name}/{part}"
        plans = compose(table, seed=seed, purpose=purpose, pages=share)
        typeface = stream(seed, purpose, "typeface").choice(TYPEFACES[table.look.typefaces])
        paper, grid = fitted(spec, table, plans, typeface)
        for position, plan in enumerate(plans):
            pen = Pen(paper.width, paper.height, typeface, stream(seed, purpose, "page", position))
            if plan.page_class is PageClass.TABLE and grid is not None:
                drawn = draw_table(plan, spec, grid, pen)
                yield _Leaf(plan, part, drawn.sheet, drawn.rows)
            else:
                yield _Leaf(plan, part, draw_other(plan, spec, pen), ())


def fitted(
    spec: RegisterSpec, table: TableSpec, plans: Sequence[PagePlan], typeface: Typeface
) -> tuple[Paper, Grid | None]:
    """Paper and grid of a table (None without rows): a wide typeface gets larger paper, not tiny letters."""
    lines = [line for plan in plans for line in plan.lines]
    papers = _papers(spec, table)
    if not lines:
        return papers[0], None
    for paper in papers:
        grid = grid_for(table, lines, typeface, left=paper.left, right=paper.width - paper.right)
        if grid.x_height >= table.look.x_height - 2:
            break
    return paper, grid


def _papers(spec: RegisterSpec, table: TableSpec) -> list[Paper]:
    """The sizes that a table's pages may have, the usual one first; a portal's are always the same."""
    if spec.container is Container.PORTAL:
        return [HALF_OF_DOUBLE]
    usual = LANDSCAPE if table.look.landscape else SINGLE
    return [replace(usual, width=usual.width * n // 10, height=usual.height * n // 10) for n in range(10, 16)]


def _shares(spec: RegisterSpec, pages: int) -> list[int]:
    """Table pages per part; a part without columns has none."""
    filled = [bool(table.columns) for table in spec.parts]
    count = sum(filled)
    if pages < count:
        raise ValueError(f"{spec.name} has {count} tables: it needs as many pages at least, not {pages}")
    turn = iter(pages // count + (number < pages % count) for number in range(count))
    return [next(turn) if is_filled else 0 for is_filled in filled]


def _scanned_leaf(
    spec: RegisterSpec, leaves: Sequence[_Leaf], position: int, seed: int, *, gutter_on_left: bool = True
) -> tuple[Pixels, Distortion]:
    random = array_stream(seed, spec.name, "scan", position)
    wear = Wear.of(spec.condition, random, bound=spec.container is Container.PORTAL)
    verso = leaves[position + 1].sheet if position + 1 < len(leaves) else None
    return scanned(leaves[position].sheet, verso, wear, random, gutter_on_left=gutter_on_left)


def _placed(leaf: _Leaf, side: Side, distortion: Distortion, dx: float, dy: float) -> tuple[DrawnRow, ...]:
    truths = [line.truth for line in leaf.plan.lines if line.truth is not None]
    return tuple(
        DrawnRow(leaf.part, leaf.plan.ordinal + i, side, i + 1, truth, _moved(distortion.quad(box), dx, dy))
        for i, (truth, box) in enumerate(zip(truths, leaf.boxes, strict=True))
    )


def _moved(quad: Quad, dx: float, dy: float) -> Quad:
    values = quad.to_list()
    return Quad.from_list([value + (dy if i % 2 else dx) for i, value in enumerate(values)])


def _double_pages(spec: RegisterSpec, leaves: Sequence[_Leaf], seed: int) -> Iterator[DrawnScan]:
    """Two leaves a view, as a portal gives them out; pages without rows stand alone on their view."""
    pairs = _paired(leaves)
    for view, positions in enumerate(pairs, 1):
        halves = [
            _scanned_leaf(spec, leaves, p, seed, gutter_on_left=side == 1) for side, p in enumerate(positions)
        ]
        choices = stream(seed, spec.name, "view", view)
        pixels, origins = portal_view([half for half, _ in halves], spec, view, len(pairs), choices)
        names = (Side.LEFT, Side.RIGHT) if len(positions) == 2 else (Side.SINGLE,)
        rows = [
            row
            for position, side, (_, distortion), (dx, dy) in zip(
                positions, names, halves, origins, strict=True
            )
            for row in _placed(leaves[position], side, distortion, dx, dy)
        ]
        sides = tuple((side, leaves[p].plan.page_class) for side, p in zip(names, positions, strict=True))
        yield DrawnScan(view, pixels, sides, tuple(rows))


def _paired(leaves: Sequence[_Leaf]) -> list[tuple[int, ...]]:
    pairs: list[tuple[int, ...]] = []
    position = 0
    while position < len(leaves):
        both = [leaf.plan.page_class is PageClass.TABLE for leaf in leaves[position : position + 2]]
        pairs.append((position, position + 1) if both == [True, True] else (position,))
        position += len(pairs[-1])
    return pairs
