import io
import tarfile
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.lines import HEIGHT
from ocr.training.data import LineSet, held_out_sets, load_all, load_tar, merge, split_of


def stored_tar(folder: Path, lines: dict[str, str], source: str = "made") -> Path:
    path = folder / f"lines-{source}.tar"
    with tarfile.open(path, "w") as archive:
        listing = "image\ttext\n" + "".join(f"{image}\t{text}\n" for image, text in lines.items())
        _add(archive, "lines.tsv", listing.encode())
        for number, image in enumerate(lines):
            pixels = np.full((64, 100 + number), 255, np.uint8)
            pixels[20:40, 10:60:4] = 0
            stream = io.BytesIO()
            Image.fromarray(pixels).save(stream, "WEBP", lossless=True)
            _add(archive, image, stream.getvalue())
    return path


def _add(archive: tarfile.TarFile, name: str, content: bytes) -> None:
    member = tarfile.TarInfo(name)
    member.size = len(content)
    archive.addfile(member, io.BytesIO(content))


def test_lines_are_read_with_their_page_and_unusable_ones_left_out(tmp_path: Path) -> None:
    lines = {"p1/0.webp": "dem^t à Paris", "p1/1.webp": "a >b< c", "p2/0.webp": "π", "p2/1.webp": " "}
    found = load_tar(stored_tar(tmp_path, lines), Alphabet())
    assert found.texts == ("demt à Paris",)
    assert found.groups == ("made/p1",)
    assert found.line(0).shape[0] == HEIGHT


def test_a_set_is_kept_and_chosen_from(tmp_path: Path) -> None:
    lines = {f"p{number}/0.webp": f"Ligne {number}" for number in range(4)}
    found = load_tar(stored_tar(tmp_path, lines), Alphabet())
    found.save(tmp_path / "set.npz")
    again = LineSet.load(tmp_path / "set.npz")
    assert again.texts == found.texts
    assert (again.line(2) == found.line(2)).all()
    assert again.where(lambda group: group.endswith("p3")).texts == ("Ligne 3",)
    both = merge([found, again])
    assert len(both) == 8
    assert (both.line(6) == found.line(2)).all()


def test_a_new_tar_is_noticed(tmp_path: Path) -> None:
    cache, alphabet = tmp_path / "cache", Alphabet()
    with pytest.raises(FileNotFoundError, match="no lines-"):
        load_all(tmp_path, cache, alphabet)
    stored_tar(tmp_path, {"p/0.webp": "Martin"})
    assert load_all(tmp_path, cache, alphabet).texts == ("Martin",)
    assert not any(len(lines) for lines in held_out_sets(tmp_path, cache, alphabet).values())
    stored_tar(tmp_path, {"lectaurep-riant-4/0.webp": "Riant"}, "lectaurep")
    assert sorted(load_all(tmp_path, cache, alphabet).texts) == ["Martin", "Riant"]
    assert held_out_sets(tmp_path, cache, alphabet)["unseen_hand"].texts == ("Riant",)


@pytest.mark.parametrize(
    ("group", "split"),
    [
        ("lectaurep/lectaurep-riant-4/DAFANCH96_048MIC06487_L-0", "unseen_hand"),
        ("mariages/FRAN_0187_50521_L", "unseen_register"),
        ("mariages/FRAN_0187_49914_L", "train"),
        ("timeus/cph_paris_tissage_1858/PH_1858-1", "train"),
    ],
)
def test_hands_that_are_held_out_are_never_trained_on(group: str, split: str) -> None:
    assert split_of(group) == split


def test_about_a_twentieth_of_the_notaries_pages_is_held_out() -> None:
    groups = [f"lectaurep/lectaurep-dufour-1/page-{number}" for number in range(2000)]
    share = sum(split_of(group) == "held_out" for group in groups) / len(groups)
    assert 0.035 < share < 0.065
