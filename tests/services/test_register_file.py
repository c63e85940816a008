"""register.toml, read and refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from registers.dates import Period
from registers.entry import Kind
from registers.errors import ConfigurationError
from registers.register import Collection, Series
from services.register_file import parse_register_file, read_register_file

FULL = """
id = "fictive-1883"
cote = "1 E 23"
commune = "Fictive-sur-Loire"
collection = "greffe"
series = "decennial"
kinds = ["birth", "stillborn"]
from = 1883
to = "1892-12-31"
script = "print"

[[section]]
kinds = ["death"]
first_view = 12
last_view = 20
columns = ["surname", "given_names", "date"]
"""


def test_a_full_file_says_all_that_it_says() -> None:
    register_id, settings = parse_register_file(FULL)
    said = settings.description
    assert register_id == "fictive-1883"
    assert said.kinds == (Kind.BIRTH, Kind.STILLBORN)
    assert said.period == Period(date(1883, 1, 1), date(1892, 12, 31))
    assert (said.series, said.collection) == (Series.DECENNIAL, Collection.GREFFE)
    (section,) = settings.sections
    assert (section.first_view, section.last_view) == (12, 20)
    assert section.columns == ("surname", "given_names", "date")


def test_no_file_says_nothing(tmp_path: Path) -> None:
    register_id, settings = read_register_file(tmp_path)
    assert register_id is None
    assert settings.sections == ()


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ('kinds = ["weddings"]', "kinds"),
        ('kind = "birth"', "'kind'"),
        ("from = 1883", "from and to"),
        ('from = "soon"\nto = 1892', "from"),
        ("from = 1892\nto = 1883", "before"),
        ("cote = 12", "cote"),
        ("cote = ", "TOML"),
        ("[section]\nfirst_view = 1", "[[section]]"),
        ("[[section]]\nfirst_view = 9\nlast_view = 2", "last_view"),
        ("[[section]]\nfirst_view = 0", "first_view"),
        ('script = "cuneiform"', "script"),
    ],
)
def test_what_is_wrong_is_named(text: str, word: str) -> None:
    with pytest.raises(ConfigurationError) as caught:
        parse_register_file(text)
    assert word in str(caught.value)
    assert "\n" not in str(caught.value)


def test_an_error_names_its_file(tmp_path: Path) -> None:
    (tmp_path / "register.toml").write_text('series = "weekly"')
    with pytest.raises(ConfigurationError, match=r"register\.toml"):
        read_register_file(tmp_path)
