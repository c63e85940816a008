"""Registers on disk: scans in their container, register.toml, gold."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

from registers.entry import Kind
from samples.generator.gold import GoldPage, GoldRow, gold_pages, gold_rows, write_csv
from samples.generator.ink import Pixels
from samples.generator.model import Condition, Container, RegisterSpec, TableSpec
from samples.generator.registers import REGISTERS
from samples.generator.scan import DrawnScan, draw_register

_DPI = 200
_QUALITY = {Condition.CLEAN: 62, Condition.DEGRADED: 48}


@dataclass(frozen=True, slots=True)
class WrittenRegister:
    folder: Path
    rows: tuple[GoldRow, ...]
    pages: tuple[GoldPage, ...]


def generate(
    out: Path,
    *,
    seed: int,
    pages: int,
    specs: Sequence[RegisterSpec] = REGISTERS,
    condition: Condition | None = None,
) -> list[WrittenRegister]:
    """Write `pages` table pages, shared among `specs`, below `out`: a folder per register, and all gold.

    Where there are fewer pages than the specs' tables, the last specs are left out. `condition` makes all
    of them clean or degraded. `out` gets `gold.csv` (all rows) and `pages.csv` (all page sides) beside the
    folders, which have the same of their own. The same arguments write the same bytes.
    """
    shares = shared_out(specs, pages)
    if condition is not None:
        shares = [(replace(spec, condition=condition), share) for spec, share in shares]
    return write_all(out, shares, seed=seed)


def write_all(out: Path, shares: Sequence[tuple[RegisterSpec, int]], *, seed: int) -> list[WrittenRegister]:
    """Write each register with its number of table pages, then the gold of all."""
    written = [write_register(out / spec.name, spec, seed=seed, pages=share) for spec, share in shares]
    write_csv(out / "gold.csv", [row for register in written for row in register.rows], GoldRow)
    write_csv(out / "pages.csv", [page for register in written for page in register.pages], GoldPage)
    return written


def shared_out(specs: Sequence[RegisterSpec], pages: int) -> list[tuple[RegisterSpec, int]]:
    """How many table pages each spec gets: what its tables need, then one more each in turn."""
    shares: list[tuple[RegisterSpec, int]] = []
    left = pages
    for spec in specs:
        needed = sum(bool(table.columns) for table in spec.parts)
        if needed <= left:
            shares.append((spec, needed))
            left -= needed
    if not shares:
        raise ValueError(f"{pages} pages are too few for any of the registers asked for")
    return [(spec, n + left // len(shares) + (i < left % len(shares))) for i, (spec, n) in enumerate(shares)]


def write_register(folder: Path, spec: RegisterSpec, *, seed: int, pages: int) -> WrittenRegister:
    """Write one register into `folder`, which is made; files of the same names are replaced."""
    folder.mkdir(parents=True, exist_ok=True)
    scans = list(draw_register(spec, seed=seed, pages=pages))
    images = _write_scans(folder, spec, scans)
    rows = tuple(gold_rows(spec, scans, images))
    sides = tuple(gold_pages(spec, scans, images))
    write_csv(folder / "gold.csv", rows, GoldRow)
    write_csv(folder / "pages.csv", sides, GoldPage)
    (folder / "register.toml").write_text(_toml(spec, scans), "utf-8")
    return WrittenRegister(folder, rows, sides)


def _write_scans(folder: Path, spec: RegisterSpec, scans: Sequence[DrawnScan]) -> list[str]:
    """Write the scans; the names are those that exports give them."""
    if spec.container in (Container.PDF, Container.TIFF):
        return _write_together(folder, spec, [scan.pixels for scan in scans])
    names = []
    for scan in scans:
        picture = Image.fromarray(scan.pixels)
        if spec.container is Container.PNG:
            names.append(f"{spec.name}_{scan.view:04d}.png")
            Image.fromarray(_sixteen_greys(scan.pixels)).save(
                folder / names[-1], dpi=(_DPI, _DPI), optimize=True
            )
            continue
        names.append(f"{spec.name}_{scan.view:04d}.jpg")
        dpi = 300 if spec.container is Container.PORTAL else _DPI
        picture.save(folder / names[-1], quality=_QUALITY[spec.condition], dpi=(dpi, dpi), optimize=True)
    return names


def _write_together(folder: Path, spec: RegisterSpec, pages: Sequence[Pixels]) -> list[str]:
    """One file for all pages: a TIFF in black and white as microfilm is digitized, or a PDF of JPEGs."""
    if spec.container is Container.TIFF:
        path = folder / f"{spec.name}.tif"
        first, *others = [_bitonal(page) for page in pages]
        first.save(path, save_all=True, append_images=others, compression="group4", dpi=(_DPI, _DPI))
    else:
        path = folder / f"{spec.name}.pdf"
        first, *others = [Image.fromarray(page) for page in pages]
        undated = dict.fromkeys(("creationDate", "modDate"))  # or the same seed would not give the same bytes
        first.save(
            path,
            save_all=True,
            append_images=others,
            resolution=_DPI,
            quality=_QUALITY[spec.condition],
            **undated,
        )
    return [f"{path.stem}_p{number:04d}{path.suffix}" for number in range(1, len(pages) + 1)]


def _bitonal(pixels: Pixels) -> Image.Image:
    """Black and white, each point against its surroundings, so that a shadow does not swallow the text."""
    white = cv2.adaptiveThreshold(pixels, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY, 101, 30)
    return Image.fromarray(np.asarray(white > 0))


def _sixteen_greys(pixels: Pixels) -> Pixels:
    """What a scanner's "text" mode leaves: white paper, sixteen greys; lossless and still small."""
    stretched = np.clip((pixels.astype(np.int32) - 20) * 255 // 190, 0, 255)
    return np.asarray(stretched // 16 * 17, dtype=np.uint8)


def _toml(spec: RegisterSpec, scans: Sequence[DrawnScan]) -> str:
    """The register's settings; a portal's scans say everything else in their banner."""
    if spec.container is Container.PORTAL:
        return 'script = "print"\n'
    lines = [f'commune = "{spec.commune}"', f'cote = "{spec.cote}"', 'script = "print"']
    filled = [(part, table) for part, table in enumerate(spec.parts) if table.columns]
    if len(filled) == 1 and len(spec.parts) == 1:
        return "\n".join(lines + _section(spec.parts[0])) + "\n"
    for part, table in filled:
        views = [scan.view for scan in scans if any(row.part == part for row in scan.rows)]
        lines += ["", "[[section]]", *_section(table), f"first_view = {views[0]}", f"last_view = {views[-1]}"]
    return "\n".join(lines) + "\n"


def _section(table: TableSpec) -> list[str]:
    kinds: tuple[Kind, ...] = (table.kind,)
    return [
        f'series = "{table.series.value}"',
        "kinds = [" + ", ".join(f'"{kind.value}"' for kind in kinds) + "]",
        f"from = {table.period.first.isoformat()}",
        f"to = {table.period.last.isoformat()}",
    ]
