"""Files as people really hand them over: cut off, locked, empty, huge, foreign, oddly named.

Beside those that no reader can read stand some that look wrong and must be read.
"""

from __future__ import annotations

import os
import struct
import threading
import zlib
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

import numpy as np
from PIL import Image, ImageDraw

from registers.document import PageOutcome
from registers.errors import (
    EmptyScanError,
    EncryptedScanError,
    ForeignFileError,
    OversizedScanError,
    UnreadableScanError,
)
from samples.generator.ink import Pixels
from samples.generator.pdf import encrypted_pdf, pdf_without_pages
from samples.generator.registers import REGISTERS
from samples.generator.scan import draw_register
from samples.generator.streams import array_stream

FOLDER = "folder"  # what a directory with a scan's name comes to: looked into, not read
ODD_NAME = "Table d'été, n° 1\n(suite).jpg"


def write_bad_inputs(folder: Path, *, seed: int = 1) -> Mapping[str, str]:
    """Write one file of each kind into `folder`, which is made; file name -> what it must come to.

    That is the `code` of a ScanError, or the outcome of a page, or FOLDER. All that come to "read" show
    the same page of a table. The file that may not be opened is left out for root, who may open it; a
    file that grows is made by `growing_file`.
    """
    folder.mkdir(parents=True, exist_ok=True)
    page = _good_page(seed)
    expected: dict[str, str] = {}
    for name, content, outcome in (*_cut_off(page), *_locked_or_empty(), *_foreign(), *_huge()):
        (folder / name).write_bytes(content)
        expected[name] = outcome
    for name, content, outcome in (*_pictures(seed), *_readable(page)):
        (folder / name).write_bytes(content)
        expected[name] = outcome
    return expected | _special_files(folder, page)


@contextmanager
def growing_file(path: Path, *, seconds_between: float = 0.05) -> Iterator[None]:
    """While the context lasts, `path` is a JPEG that somebody is still copying."""
    stop = threading.Event()
    path.write_bytes(b"\xff\xd8\xff\xe0\x00\x10JFIF\x00")

    def grow() -> None:
        while not stop.wait(seconds_between):
            with path.open("ab") as handle:
                handle.write(b"\x55" * 64)

    copier = threading.Thread(target=grow)
    copier.start()
    try:
        yield
    finally:
        stop.set()
        copier.join()


_Files = Iterator[tuple[str, bytes, str]]


def _cut_off(page: Pixels) -> _Files:
    picture = Image.fromarray(page)
    for name, settings in (
        ("coupe.tif", {"compression": "tiff_deflate"}),
        ("coupe.jpg", {"quality": 60}),
        ("coupe.png", {}),
        ("coupe.pdf", {}),
    ):
        whole = _encoded(picture, name, **settings)
        yield name, whole[: len(whole) // 3], UnreadableScanError.code


def _locked_or_empty() -> _Files:
    yield "chiffre.pdf", encrypted_pdf("secret"), EncryptedScanError.code
    yield "vide.jpg", b"", EmptyScanError.code
    yield "sans-page.pdf", pdf_without_pages(), EmptyScanError.code
    yield "un-pixel.png", _encoded(Image.new("L", (1, 1), 255), "x.png"), EmptyScanError.code


def _foreign() -> _Files:
    web_page = "<!DOCTYPE html><html><body><h1>403 Accès refusé</h1></body></html>"
    yield "page-web.jpg", web_page.encode(), ForeignFileError.code
    yield "texte.pdf", b"Ceci n'est pas un PDF.\n" * 40, ForeignFileError.code
    yield "archive.tif", b"PK\x03\x04" + bytes(400), ForeignFileError.code
    frames = [Image.new("L", (300, 300), grey) for grey in (0, 128, 255)]
    moving = BytesIO()
    frames[0].save(moving, "GIF", save_all=True, append_images=frames[1:])
    yield "animation.gif", moving.getvalue(), ForeignFileError.code
    broken = b"%PDF-1.4\n" + bytes(range(128, 256)) * 20 + b"\nstartxref\n999999\n%%EOF\n"
    yield "references-perdues.pdf", broken, UnreadableScanError.code


def _huge() -> _Files:
    yield "bombe.png", _white_png(30_000, 30_000), OversizedScanError.code
    yield "affiche.tif", _tiff_of_size(60_000, 40_000), OversizedScanError.code


def _pictures(seed: int) -> _Files:
    noise = array_stream(seed, "noise").integers(0, 256, (1400, 1000), dtype=np.uint8)
    yield "noir.png", _encoded(Image.new("L", (1000, 1400), 0), "x.png"), PageOutcome.BLANK
    yield "blanc.jpg", _encoded(Image.new("L", (1000, 1400), 250), "x.jpg"), PageOutcome.BLANK
    yield "bruit.jpg", _encoded(Image.fromarray(noise), "x.jpg"), PageOutcome.NO_TABLE
    yield "chat.jpg", _encoded(_cat(), "x.jpg"), PageOutcome.NO_TABLE


def _readable(page: Pixels) -> _Files:
    picture = Image.fromarray(page)
    deep = Image.fromarray(page.astype(np.uint16) * 257)
    lying = picture.transpose(Image.Transpose.ROTATE_90)
    orientation = Image.Exif()
    orientation[0x0112] = 6  # to be turned a quarter to the right
    yield "faux-nom.jpg", _encoded(picture, "x.png"), PageOutcome.READ
    yield "quadrichromie.jpg", _encoded(picture.convert("CMYK"), "x.jpg", quality=70), PageOutcome.READ
    yield "seize-bits.png", _encoded(deep, "x.png"), PageOutcome.READ
    yield "couche.jpg", _encoded(lying, "x.jpg", quality=70, exif=orientation), PageOutcome.READ
    yield "retournee.jpg", _encoded(picture.rotate(180), "x.jpg", quality=70), PageOutcome.READ
    yield ODD_NAME, _encoded(picture, "x.jpg", quality=70), PageOutcome.READ


def _special_files(folder: Path, page: Pixels) -> dict[str, str]:
    expected = {"dossier.jpg": FOLDER, "lien-mort.jpg": UnreadableScanError.code}
    (folder / "dossier.jpg").mkdir(exist_ok=True)
    link = folder / "lien-mort.jpg"
    link.unlink(missing_ok=True)
    link.symlink_to("parti-ailleurs.jpg")
    if os.geteuid() != 0:
        forbidden = folder / "interdit.jpg"
        forbidden.unlink(missing_ok=True)
        forbidden.write_bytes(_encoded(Image.fromarray(page), "x.jpg"))
        forbidden.chmod(0)
        expected[forbidden.name] = UnreadableScanError.code
    return expected


def _good_page(seed: int) -> Pixels:
    scans = draw_register(REGISTERS[2], seed=seed, pages=1)
    return next(scan.pixels for scan in scans if scan.rows)


def _encoded(picture: Image.Image, name: str, **settings: object) -> bytes:
    buffer = BytesIO()
    formats = {".jpg": "JPEG", ".png": "PNG", ".tif": "TIFF", ".pdf": "PDF"}
    save: Callable[..., None] = picture.save
    save(buffer, formats[Path(name).suffix], **settings)
    return buffer.getvalue()


def _white_png(width: int, height: int) -> bytes:
    """A valid PNG of one bit a pixel: a few kilobytes that unpack to a hundred megabytes."""
    packer = zlib.compressobj(9)
    row = b"\x00" + b"\xff" * (width // 8)
    block = row * 500
    packed = b"".join(packer.compress(block) for _ in range(height // 500)) + packer.flush()
    header = struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0)
    chunks = ((b"IHDR", header), (b"IDAT", packed), (b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(_png_chunk(name, data) for name, data in chunks)


def _png_chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def _tiff_of_size(width: int, height: int) -> bytes:
    """A TIFF header that announces a bitonal page (group 4) of that size, with a scrap of data."""
    data = b"\x00\x10\x01\x00\x10\x01\x00\x00"
    entries = (
        (256, 4, width), (257, 4, height), (258, 3, 1), (259, 3, 4), (262, 3, 0), (273, 4, 8), (277, 3, 1),
        (278, 4, height), (279, 4, len(data)),
    )  # fmt: skip
    directory = struct.pack("<H", len(entries))
    for tag, kind, value in entries:
        directory += struct.pack("<HHII", tag, kind, 1, value)
    return b"II*\x00" + struct.pack("<I", 8 + len(data)) + data + directory + bytes(4)


def _cat() -> Image.Image:
    """A cat before a window: shapes and shades, no table anywhere."""
    picture = Image.new("RGB", (1000, 1400))
    draw = ImageDraw.Draw(picture)
    for y in range(1400):
        draw.line((0, y, 1000, y), fill=(90 + y // 14, 120 + y // 20, 190 - y // 14))
    fur = (70, 55, 45)
    draw.ellipse((300, 640, 780, 1330), fill=fur)
    draw.ellipse((330, 330, 740, 740), fill=fur)
    for ear in ([(350, 480), (360, 230), (520, 360)], [(720, 480), (710, 230), (550, 360)]):
        draw.polygon(ear, fill=fur)
    for x in (430, 580):
        draw.ellipse((x, 490, x + 70, 550), fill=(200, 210, 90))
        draw.ellipse((x + 28, 492, x + 44, 548), fill=(10, 10, 10))
    draw.polygon([(520, 600), (560, 600), (540, 625)], fill=(190, 120, 120))
    for lift in (-30, 0, 30):
        draw.line((530, 620, 300, 610 + lift), fill=(230, 230, 225), width=3)
        draw.line((550, 620, 780, 610 + lift), fill=(230, 230, 225), width=3)
    draw.arc((640, 980, 960, 1340), 20, 250, fill=fur, width=60)
    return picture
