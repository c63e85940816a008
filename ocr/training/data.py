"""Line crops with their text: read from tars, split by page and hand, cached.

A tar holds images and `lines.tsv` (columns image, text); an image's folder is
its page or hand. Splits go by folder, never by line. What was prepared is kept
under a name that says of which tars and with which options.
"""

from __future__ import annotations

import hashlib
import io
import tarfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.handwriting.lines import HEIGHT, prepare

UNSEEN_HANDS = ("lectaurep-riant-4",)
UNSEEN_REGISTERS = ("FRAN_0187_50521_L", "FRAN_0187_51221_L")
HELD_OUT_SHARE = 0.05
TESTED_ON = ("held_out", "unseen_hand", "unseen_register")


@dataclass(frozen=True, slots=True)
class LineSet:
    """Prepared lines: `pixels` is HEIGHT x (sum of widths), dark ink on white;
    line i spans columns starts[i]:starts[i + 1]."""

    pixels: NDArray[np.uint8]
    starts: NDArray[np.int64]
    texts: tuple[str, ...]
    groups: tuple[str, ...]

    def __len__(self) -> int:
        return len(self.texts)

    def line(self, index: int) -> NDArray[np.uint8]:
        return self.pixels[:, self.starts[index] : self.starts[index + 1]]

    @property
    def widths(self) -> NDArray[np.int64]:
        return np.diff(self.starts)

    def where(self, wanted: Callable[[str], bool]) -> LineSet:
        """The lines whose group is wanted."""
        chosen = [i for i, group in enumerate(self.groups) if wanted(group)]
        return collect((self.line(i), self.texts[i], self.groups[i]) for i in chosen)

    def save(self, path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_suffix(".part.npz")
        np.savez(
            temporary,
            pixels=self.pixels,
            starts=self.starts,
            texts=np.array(self.texts, dtype=np.str_),
            groups=np.array(self.groups, dtype=np.str_),
        )
        temporary.replace(path)

    @classmethod
    def load(cls, path: Path) -> LineSet:
        with np.load(path) as stored:
            return cls(
                stored["pixels"],
                stored["starts"],
                tuple(stored["texts"].tolist()),
                tuple(stored["groups"].tolist()),
            )


def collect(lines: Iterator[tuple[NDArray[np.uint8], str, str]]) -> LineSet:
    """Prepared lines (pixels, text, group) as one set."""
    pixels, texts, groups = [], [], []
    for line, text, group in lines:
        pixels.append(line)
        texts.append(text)
        groups.append(group)
    widths = [line.shape[1] for line in pixels]
    joined = np.concatenate(pixels, axis=1) if pixels else np.zeros((HEIGHT, 0), np.uint8)
    starts = np.concatenate([[0], np.cumsum(widths)]).astype(np.int64)
    return LineSet(joined, starts, tuple(texts), tuple(groups))


def group_of(source: str, image: str) -> str:
    """Hand or page of a line: `source/folder`, e.g. `lectaurep/lectaurep-riant-4/...`."""
    return f"{source}/{image.rpartition('/')[0]}"


def split_of(group: str) -> str:
    """train, held_out (pages of seen hands), unseen_hand or unseen_register."""
    parts = group.split("/")
    if any(part in UNSEEN_HANDS for part in parts):
        return "unseen_hand"
    if any(part in UNSEEN_REGISTERS for part in parts):
        return "unseen_register"
    if parts[0] == "lectaurep":
        digest = hashlib.sha256(group.encode()).digest()
        if int.from_bytes(digest[:4]) / 2**32 < HELD_OUT_SHARE:
            return "held_out"
    return "train"


def read_lines(path: Path) -> Iterator[tuple[NDArray[np.uint8], str, str]]:
    """Grey crops, raw text and image name of a tar of lines (or its folder)."""
    if path.is_dir():
        for image, text in _listing((path / "lines.tsv").read_text("utf-8")):
            yield np.asarray(Image.open(path / image).convert("L")), text, image
        return
    with tarfile.open(path) as archive:
        listing = archive.extractfile("lines.tsv")
        if listing is None:
            raise FileNotFoundError(f"{path}: no lines.tsv")
        members = {member.name.removeprefix("./"): member for member in archive.getmembers()}
        for image, text in _listing(listing.read().decode("utf-8")):
            stored = archive.extractfile(members[image])
            if stored is not None:
                with Image.open(io.BytesIO(stored.read())) as picture:
                    yield np.asarray(picture.convert("L")), text, image


def _listing(table: str) -> Iterator[tuple[str, str]]:
    for line in table.splitlines()[1:]:
        image, _, text = line.partition("\t")
        yield image, text


def load_tar(path: Path, alphabet: Alphabet) -> LineSet:
    """Prepared lines of one tar; lines with deletions, without text or with
    characters outside the alphabet are left out."""
    source = path.stem.removeprefix("lines-")

    def usable() -> Iterator[tuple[NDArray[np.uint8], str, str]]:
        for pixels, raw, image in read_lines(path):
            text = normalise(raw)
            if text and ">" not in raw and "<" not in raw and alphabet.covers(text):
                yield prepare(pixels), text, group_of(source, image)

    return collect(usable())


def cached(cache: Path, name: str, folder: Path, *made_with: object) -> Path:
    """Where lines that were made of the tars of `folder`, with these options, are kept: other tars (by name
    and size) or other options have another file. Raises FileNotFoundError where there are no tars."""
    tars = [(path.name, path.stat().st_size) for path in _tars(folder)]
    digest = hashlib.sha256(repr((tars, *made_with)).encode()).hexdigest()
    return cache / f"{name}-{digest[:12]}.npz"


def _tars(folder: Path) -> list[Path]:
    found = sorted(folder.glob("lines-*.tar"))
    if not found:
        raise FileNotFoundError(f"no lines-*.tar in {folder}")
    return found


def load_all(folder: Path, cache: Path, alphabet: Alphabet) -> LineSet:
    """All tars of `folder`, prepared once and kept in `cache`."""
    stored = cached(cache, "lines", folder)
    if not stored.exists():
        merge([load_tar(path, alphabet) for path in _tars(folder)]).save(stored)
    return LineSet.load(stored)


def held_out_sets(folder: Path, cache: Path, alphabet: Alphabet) -> dict[str, LineSet]:
    """The sets that are never trained on, by the names that `split_of` gives them."""
    paths = {name: cached(cache, name, folder) for name in TESTED_ON}
    if not all(path.exists() for path in paths.values()):
        lines = load_all(folder, cache, alphabet)
        for name, path in paths.items():
            lines.where(lambda group, name=name: split_of(group) == name).save(path)  # type: ignore[misc]
    return {name: LineSet.load(path) for name, path in paths.items()}


def merge(sets: list[LineSet]) -> LineSet:
    starts = [0]
    for part in sets:
        starts.extend((starts[-1] + part.starts[1:]).tolist())
    return LineSet(
        np.concatenate([part.pixels for part in sets], axis=1),
        np.array(starts, np.int64),
        sum((part.texts for part in sets), ()),
        sum((part.groups for part in sets), ()),
    )
