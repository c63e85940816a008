from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from store.order import natural_key, ranks


def ordered(images: dict[str, str], views: dict[str, int]) -> list[str]:
    rank = ranks(images, views)
    return sorted(rank, key=lambda scan_id: rank[scan_id])


def test_numbers_in_names_count_as_numbers() -> None:
    names = ["Vue 10.jpg", "vue 9.jpg", "vue 9b.jpg", "couverture.jpg", "1.jpg", "vue 09c.jpg"]
    assert sorted(names, key=natural_key) == [
        "1.jpg",
        "couverture.jpg",
        "vue 9.jpg",
        "vue 9b.jpg",
        "vue 09c.jpg",
        "Vue 10.jpg",
    ]


def test_views_win_over_names_and_the_unknown_follow_their_neighbour() -> None:
    images = {"a": "1.jpg", "b": "2.jpg", "c": "3.jpg", "d": "4.jpg"}
    assert ordered(images, {}) == ["a", "b", "c", "d"]
    assert ordered(images, {"a": 9, "b": 8, "c": 7, "d": 6}) == ["d", "c", "b", "a"]
    assert ordered(images, {"b": 9, "d": 5}) == ["a", "d", "b", "c"]


@given(st.dictionaries(st.text(max_size=3), st.text(max_size=8), max_size=8), st.data())
def test_every_scan_has_a_rank_of_its_own(images: dict[str, str], data: st.DataObject) -> None:
    known = data.draw(st.sets(st.sampled_from(sorted(images)))) if images else set()
    views = {scan_id: data.draw(st.integers(1, 99)) for scan_id in sorted(known)}
    rank = ranks(images, views)
    assert sorted(rank.values()) == list(range(len(images)))
    assert ranks(dict(reversed(images.items())), views) == rank
