"""What a file is, told from its content; its name only has to agree that it is meant as a scan."""

from __future__ import annotations

from enum import StrEnum

HEAD_BYTES = 4096
TAIL_BYTES = 32_768


class ScanFormat(StrEnum):
    JPEG = "JPEG"
    PNG = "PNG"
    TIFF = "TIFF"
    JPEG_2000 = "JPEG 2000"
    WEBP = "WebP"
    PDF = "PDF"


_SIGNATURES: tuple[tuple[bytes, ScanFormat], ...] = (
    (b"\xff\xd8\xff", ScanFormat.JPEG),
    (b"\x89PNG\r\n\x1a\n", ScanFormat.PNG),
    (b"II*\x00", ScanFormat.TIFF),
    (b"MM\x00*", ScanFormat.TIFF),
    (b"II+\x00", ScanFormat.TIFF),
    (b"MM\x00+", ScanFormat.TIFF),
    (b"\x00\x00\x00\x0cjP  \r\n\x87\n", ScanFormat.JPEG_2000),
    (b"\xff\x4f\xff\x51", ScanFormat.JPEG_2000),
)

_FOREIGN: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"GIF8", "a GIF image"),
    (b"BM", "a Windows bitmap"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a Windows program"),
    (b"8BPS", "a Photoshop file"),
    (b"AT&TFORM", "a DjVu file"),
    (b"{\\rtf", "a word-processor text"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
    (b"%!PS", "a PostScript file"),
)

_TEXTS: tuple[tuple[bytes, str], ...] = (
    (b"<!doctype html", "a web page (often a portal's error or login page)"),
    (b"<html", "a web page (often a portal's error or login page)"),
    (b"<?xml", "an XML file"),
    (b"<svg", "an SVG drawing"),
    (b"{", "a JSON text"),
)


def sniff(head: bytes) -> ScanFormat | None:
    """The format of a file that begins with `head` (HEAD_BYTES of it), or None when it is foreign."""
    for signature, found in _SIGNATURES:
        if head.startswith(signature):
            return found
    if head[:4] == b"RIFF" and head[8:12] == b"WEBP":
        return ScanFormat.WEBP
    # ISO 32000 allows rubbish before the header; readers accept it within the first kilobyte.
    if b"%PDF-" in head[:1024]:
        return ScanFormat.PDF
    return None


def describe_foreign(head: bytes) -> str:
    """In words, what a file that is no scan seems to be."""
    for signature, words in _FOREIGN:
        if head.startswith(signature):
            return words
    if head[4:8] == b"ftyp":
        return "an HEIC photograph or a film"
    text = head.lstrip(b"\xef\xbb\xbf \t\r\n").lower()
    for signature, words in _TEXTS:
        if text.startswith(signature):
            return words
    if not any(head):
        return "nothing but zero bytes"
    if b"\x00" not in head and sum(byte < 9 for byte in head) == 0:
        return "a text"
    return "of an unknown kind"


def seems_truncated(kind: ScanFormat, head: bytes, tail: bytes, size: int) -> bool:
    """Whether the end that the format promises is missing; `tail` is the last TAIL_BYTES of the file.

    Only formats that end in a mark of their own can be judged without decoding.
    """
    if kind is ScanFormat.JPEG:
        return b"\xff\xd9" not in tail
    if kind is ScanFormat.PNG:
        return b"IEND" not in tail
    if kind is ScanFormat.WEBP:
        return int.from_bytes(head[4:8], "little") + 8 > size
    return False
