"""The vocabulary: near names, sounds, patterns, growing, and its packed form."""

from __future__ import annotations

import fnmatch
import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.keys import coarse_key, sound_keys
from indexer.vocabulary import Vocabulary
from lexicon.surnames import most_common

NAMES = st.lists(st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=12), max_size=30)


@pytest.fixture(scope="module")
def common() -> Vocabulary:
    return Vocabulary.of(name.lower() for name, _ in most_common(3000) if name.isalpha() and name.isascii())


def near(vocabulary: Vocabulary, name: str, most: int = 40) -> set[str]:
    return {vocabulary.names[number] for number in vocabulary.near(name, most)}


@pytest.mark.parametrize(
    ("asked", "wanted"),
    [("lefehvre", "lefebvre"), ("mrtin", "martin"), ("berard", "bernard"), ("petlt", "petit")],
)
def test_near_names_are_among_the_candidates(common: Vocabulary, asked: str, wanted: str) -> None:
    assert wanted in near(common, asked)


def test_names_that_sound_alike(common: Vocabulary) -> None:
    found = {common.names[number] for number in common.sounding(sound_keys("lefaivre"))}
    assert "lefebvre" in found
    nearly = {common.names[number] for number in common.sounding_nearly(coarse_key("lefeuvre"))}
    assert "lefebvre" in nearly
    assert len(common.sounding_nearly("")) == 0


@given(NAMES)
def test_packing_and_unpacking(names: list[str]) -> None:
    vocabulary = Vocabulary.of(names)
    again = Vocabulary.unpacked(vocabulary.packed())
    assert again.names == vocabulary.names == tuple(dict.fromkeys(names))
    for name in names:
        assert set(again.near(name, 5)) == set(vocabulary.near(name, 5))
        assert again.number(name) == vocabulary.number(name)


@given(NAMES, NAMES)
def test_growing_is_the_same_as_making_it_at_once(first: list[str], more: list[str]) -> None:
    grown = Vocabulary.of(first).extended(more)
    whole = Vocabulary.of([*first, *more])
    assert grown.names == whole.names
    for name in grown.names:
        assert set(grown.near(name, 4)) == set(whole.near(name, 4))
        assert set(grown.sounding(sound_keys(name))) == set(whole.sounding(sound_keys(name)))


def test_growing_past_a_block(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("indexer.vocabulary._RECENT", 4)
    names = [name.lower() for name, _ in most_common(60) if name.isalpha() and name.isascii()]
    grown = Vocabulary.of(names[:8])
    for name in names[8:]:
        grown = grown.extended([name])
        assert len(grown.blocks) <= 2
    whole = Vocabulary.of(names)
    assert grown.names == whole.names
    for number, name in enumerate(names):
        assert grown.number(name) == number
        assert grown.name(number) == name
        assert grown.near(name, 9, capitals=True).tolist() == whole.near(name, 9, capitals=True).tolist()
        assert grown.sounding(sound_keys(name)).tolist() == whole.sounding(sound_keys(name)).tolist()
    some = whole.near("martin", 20)
    assert grown.named(some) == whole.named(some)
    assert grown.letters(some).tolist() == whole.letters(some).tolist()


def test_a_large_block_finds_what_a_small_one_finds(monkeypatch: pytest.MonkeyPatch) -> None:
    names = [name.lower() for name, _ in most_common(300) if name.isalpha() and name.isascii()]
    small, large = Vocabulary.of(names), Vocabulary.of(names)
    wanted = [small.near(name, 20, capitals=True).tolist() for name in names]
    monkeypatch.setattr("indexer.block._PLANED", 100)
    assert [large.near(name, 20, capitals=True).tolist() for name in names] == wanted


def test_growing_by_nothing_new_changes_nothing() -> None:
    vocabulary = Vocabulary.of(["martin", "petit"])
    assert vocabulary.extended(["petit"]) is vocabulary


@given(NAMES, st.text("ab*?1", min_size=1, max_size=5))
def test_patterns(names: list[str], pattern: str) -> None:
    vocabulary = Vocabulary.of(names)
    expected = tuple(name for name in vocabulary.names if fnmatch.fnmatchcase(name, pattern))
    assert vocabulary.matching(pattern) == expected


@given(NAMES, NAMES, st.text("ab1", max_size=3))
def test_beginnings(names: list[str], more: list[str], letters: str) -> None:
    vocabulary = Vocabulary.of(names).extended(more)
    assert list(vocabulary.starting(letters)) == [n for n in vocabulary.names if n.startswith(letters)]


def test_an_empty_vocabulary_has_nothing_near() -> None:
    empty = Vocabulary.of(())
    assert len(empty.near("martin", 10)) == 0
    assert empty.matching("*") == ()
    assert empty.number("martin") is None
