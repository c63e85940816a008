import io
import tarfile
from pathlib import Path

import numpy as np
from PIL import Image

from ocr.training.data import read_lines
from ocr.training.pack import pack


def test_packed_lines_are_read_back(tmp_path: Path) -> None:
    tar = tmp_path / "lines-made.tar"
    pixels = np.full((64, 200), 255, np.uint8)
    pixels[20:40, 20:180:6] = 0
    stream = io.BytesIO()
    Image.fromarray(pixels).save(stream, "PNG")
    with tarfile.open(tar, "w") as archive:
        for name, content in (
            ("lines.tsv", b"image\ttext\np1/0.png\t8^bre\np1/1.png\tJean\n"),
            ("p1/0.png", stream.getvalue()),
            ("p1/1.png", stream.getvalue()),
        ):
            member = tarfile.TarInfo(name)
            member.size = len(content)
            archive.addfile(member, io.BytesIO(content))
    out = tmp_path / "packed.tar"
    assert pack([tar], out) == 2
    found = list(read_lines(out))
    assert [(text, image) for _, text, image in found] == [
        ("8^bre", "made/p1/0.webp"),
        ("Jean", "made/p1/1.webp"),
    ]
    assert found[0][0].shape == (40, 125)
    assert pack([tar], out, limit=1) == 1
