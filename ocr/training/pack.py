"""Chosen lines in one compact file, to train on another machine:
`python -m ocr.training.pack --out FILE.tar TAR... [--height 40] [--quality 25] [--limit N]`.

The file has the form of the tars that training reads: images (grey WebP) and `lines.tsv`; each
line's folder begins with the name of the tar that it comes from.
"""

from __future__ import annotations

import argparse
import io
import tarfile
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.training.data import read_lines


def pack(
    tars: Sequence[Path], out: Path, *, height: int = 40, quality: int = 25, limit: int | None = None
) -> int:
    """Writes the packed tar and gives the number of lines in it; at 40 px a line takes about 1.4 kB."""
    listing = ["image\ttext"]
    temporary = out.with_suffix(".part")
    with tarfile.open(temporary, "w") as archive:
        for source, pixels, text, image in islice(_all(tars), limit):
            name = f"{source}/{Path(image).with_suffix('.webp')}"
            listing.append(f"{name}\t{text}")
            _add(archive, name, _encoded(pixels, height, quality))
        _add(archive, "lines.tsv", ("\n".join(listing) + "\n").encode())
    temporary.replace(out)
    return len(listing) - 1


def _all(tars: Sequence[Path]) -> Iterator[tuple[str, NDArray[np.uint8], str, str]]:
    for path in tars:
        for pixels, text, image in read_lines(path):
            yield path.stem.removeprefix("lines-"), pixels, text, image


def _encoded(pixels: NDArray[np.uint8], height: int, quality: int) -> bytes:
    picture = Image.fromarray(pixels)
    width = max(1, round(picture.width * height / picture.height))
    stream = io.BytesIO()
    picture.resize((width, height), Image.Resampling.LANCZOS).save(stream, "WEBP", quality=quality, method=6)
    return stream.getvalue()


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(prog="python -m ocr.training.pack", description=__doc__)
    parser.add_argument("tars", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--height", type=int, default=40)
    parser.add_argument("--quality", type=int, default=25)
    parser.add_argument("--limit", type=int)
    options = parser.parse_args(arguments)
    count = pack(
        options.tars, options.out, height=options.height, quality=options.quality, limit=options.limit
    )
    print(f"{count} lines, {options.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
