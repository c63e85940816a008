"""Which folders and files are registers."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from registers.errors import UsageError
from services.discover import find_registers, natural_key


def _touch(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return path


def _ids(*paths: Path) -> list[str]:
    return [item.register.id for item in find_registers(paths)]


def test_every_folder_with_scans_is_a_register(tmp_path: Path) -> None:
    for name in ("a/1.jpg", "a/deep/2.png", "b/3.pdf", "b/notes.txt", "empty/notes.txt"):
        _touch(tmp_path / name)
    assert _ids(tmp_path) == ["a", "a/deep", "b"]


def test_the_folder_itself_has_its_own_name(tmp_path: Path) -> None:
    _touch(tmp_path / "volume" / "1.jpg")
    assert _ids(tmp_path / "volume") == ["volume"]


def test_two_folders_of_one_name_are_two_registers(tmp_path: Path) -> None:
    _touch(tmp_path / "x" / "births" / "1.jpg")
    _touch(tmp_path / "y" / "births" / "1.jpg")
    assert _ids(tmp_path) == ["x/births", "y/births"]


def test_register_toml_names_the_register(tmp_path: Path) -> None:
    _touch(tmp_path / "a" / "1.jpg")
    (tmp_path / "a" / "register.toml").write_text('id = "2E17"')
    assert _ids(tmp_path) == ["2E17"]


def test_one_id_for_two_folders_is_refused(tmp_path: Path) -> None:
    for folder in ("a", "b"):
        _touch(tmp_path / folder / "1.jpg")
        (tmp_path / folder / "register.toml").write_text('id = "same"')
    with pytest.raises(UsageError, match="same"):
        find_registers([tmp_path])


def test_a_path_given_twice_counts_once(tmp_path: Path) -> None:
    _touch(tmp_path / "a" / "1.jpg")
    (found,) = find_registers([tmp_path / "a", tmp_path / "a"])
    assert len(found.files) == 1


def test_a_lone_file_is_a_register(tmp_path: Path) -> None:
    path = _touch(tmp_path / "births 1883.pdf")
    (found,) = find_registers([path])
    assert found.register.id == "births 1883"
    assert found.files == (path,)


def test_files_stand_in_natural_order(tmp_path: Path) -> None:
    for number in (10, 9, 1):
        _touch(tmp_path / "a" / f"vue {number}.jpg")
    (found,) = find_registers([tmp_path])
    assert [path.name for path in found.files] == ["vue 1.jpg", "vue 9.jpg", "vue 10.jpg"]


def test_a_wrong_register_toml_stops_only_its_register(tmp_path: Path) -> None:
    _touch(tmp_path / "a" / "1.jpg")
    _touch(tmp_path / "b" / "1.jpg")
    (tmp_path / "a" / "register.toml").write_text("kinds = 3")
    wrong, right = find_registers([tmp_path])
    assert wrong.problem is not None
    assert right.problem is None


@pytest.mark.parametrize("name", ["nothing", "empty"])
def test_nothing_to_do_is_said(tmp_path: Path, name: str) -> None:
    (tmp_path / "empty").mkdir()
    with pytest.raises(UsageError):
        find_registers([tmp_path / name])


@given(st.lists(st.text(min_size=1)))
def test_natural_order_is_total(names: list[str]) -> None:
    once = sorted(names, key=natural_key)
    assert sorted(once, key=natural_key) == once
