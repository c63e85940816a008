"""The order auditor: regimes, intervals, breaks, repairs, jumps."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon.surnames import most_common
from ner.order.audit import audit
from ner.order.keys import Collation, FiledUnder, longest_run, sort_key
from ner.order.regime import Regime
from registers.dates import RegisterDate
from registers.document import Alternative, Side
from registers.entry import Ditto, Entry, Flag, Kind, PersonName, Source
from tests.ner.builders import quad

FIRST = date(1883, 1, 1)


def entry(
    rank: int, surname: str, *, day: date | None = None, number: str = "", head: str = "", page: str = "p1"
) -> Entry:
    return Entry(
        id=f"e{rank:04d}",
        section_id="s",
        kind=Kind.BIRTH,
        person=PersonName(surname=surname, surname_text=surname),
        date=RegisterDate.of_day(day) if day else RegisterDate(),
        source=Source("r", page, f"{page}.jpg", page, Side.SINGLE, rank + 1, quad(0, 0, 10, 10)),
        act_number=number,
        ditto=Ditto("d°", (head,)) if head else None,
    )


def entries(surnames: Sequence[str]) -> list[Entry]:
    return [entry(rank, surname) for rank, surname in enumerate(surnames)]


def village(count: int, seed: int) -> list[str]:
    """Surnames of a place, in order, each borne by a few families."""
    choices = random.Random(seed)
    names, births = zip(*most_common(20_000), strict=True)
    drawn = choices.choices(names, births, k=count // 2)
    return sorted([*drawn, *choices.choices(drawn, k=count - count // 2)], key=sort_key)


def flagged(found: Sequence[Entry]) -> dict[str, set[Flag]]:
    return {item.id: set(item.flags) for item in found if item.flags}


@pytest.mark.parametrize(
    ("surname", "key"),
    [
        ("LEFEBVRE", "lefebvre"),
        ("Le Roux", "leroux"),
        ("St-Léger", "saintleger"),
        ("Ste Marie", "saintemarie"),
        ("d'Œuvre", "doeuvre"),
    ],
)
def test_sort_keys(surname: str, key: str) -> None:
    assert sort_key(surname) == key


def test_particles_and_the_letters_i_and_j() -> None:
    assert sort_key("de La Tour", Collation(FiledUnder.ARTICLE)) == "latour"
    assert sort_key("de La Tour", Collation(FiledUnder.NAME)) == "tour"
    assert sort_key("Jacquet", Collation(mixed_ij=True)) < sort_key("Imbault", Collation(mixed_ij=True))


@given(st.lists(st.text("abc", min_size=1, max_size=3), max_size=40))
def test_the_longest_run_never_falls(keys: list[str]) -> None:
    run = longest_run(keys)
    assert run == sorted(run)
    assert [keys[index] for index in run] == sorted(keys[index] for index in run)
    assert len(longest_run(keys, [1.0] * len(keys))) == len(run)


def test_of_two_rows_that_contradict_each_other_the_doubtful_one_goes() -> None:
    assert longest_run(["b", "z", "c"], [1, 0.5, 1]) == [0, 2]
    assert longest_run(["b", "a"], [1, 2]) == [1]


def test_a_strict_table() -> None:
    found = audit(entries(village(200, 1)))
    assert found.regime is Regime.STRICT
    assert flagged(found.entries) == {}


def test_strict_with_dates_within_a_name() -> None:
    names = [name for name in ("Adam", "Bauer", "Carré", "Denis", "Étienne") for _ in range(6)]
    rows = [
        entry(rank, name, day=FIRST + timedelta(days=100 * (rank % 6))) for rank, name in enumerate(names)
    ]
    assert audit(rows).regime is Regime.STRICT_DATE


def test_first_letter_then_date() -> None:
    choices = random.Random(4)
    names = sorted(choices.sample(village(300, 2), 120), key=lambda name: sort_key(name)[:1])
    rows = [entry(rank, name, day=FIRST + timedelta(days=rank)) for rank, name in enumerate(names)]
    choices.shuffle(names)
    shuffled = sorted(names, key=lambda name: sort_key(name)[:1])
    assert (
        audit([entry(r, n, day=FIRST + timedelta(days=r)) for r, n in enumerate(shuffled)]).regime
        is Regime.FIRST_LETTER_DATE
    )
    days = [choices.randrange(3000) for _ in rows]
    assert (
        audit(
            [
                entry(r, n, day=FIRST + timedelta(days=d))
                for r, (n, d) in enumerate(zip(shuffled, days, strict=True))
            ]
        ).regime
        is Regime.FIRST_LETTER
    )


def test_by_year() -> None:
    names = [(year, name) for year in (1883, 1884, 1885) for name in village(30, year)]
    found = audit(
        [entry(rank, name, day=date(year, 5, 1 + rank % 28)) for rank, (year, name) in enumerate(names)]
    )
    assert found.regime is Regime.BY_YEAR
    assert flagged(found.entries) == {}


def test_by_number() -> None:
    names = village(40, 5)
    random.Random(1).shuffle(names)
    found = audit(
        [
            entry(rank, name, number=str(rank + 1), day=FIRST + timedelta(days=3 * rank))
            for rank, name in enumerate(names)
        ]
    )
    assert found.regime is Regime.BY_NUMBER
    assert found.by_number


def test_no_order_and_too_few_rows() -> None:
    names = village(60, 6)
    random.Random(2).shuffle(names)
    assert audit(entries(names)).regime is Regime.NONE
    assert audit(entries(["Adam", "Bauer"])).regime is Regime.NONE
    assert audit([]).regime is Regime.NONE


def test_husbands_after_wives_are_two_alphabets() -> None:
    found = audit(entries([*village(60, 7), *village(60, 8)]))
    assert found.regime is Regime.STRICT
    assert flagged(found.entries) == {}


def test_a_row_outside_its_interval_is_flagged() -> None:
    names = village(60, 9)
    found = audit(entries([*names[:30], "Zimmermann", *names[30:]]))
    assert flagged(found.entries) == {"e0030": {Flag.ORDER_BREAK}}
    interval = found.intervals["e0030"]
    assert (interval.low, interval.high) == (sort_key(names[29]), sort_key(names[30]))


def test_the_readers_alternative_that_fits_wins_where_it_is_close() -> None:
    names = ["Adam", "Bauer", "Bernard", "Carré", "Clément", "Denis", "Durand", "Faure", "Garnier", "Henry"]
    rows = entries([*names[:5], "Oudot", *names[5:]])
    close = audit(rows, alternatives={"e0005": [Alternative("Colin", -1.0)]}).entries[5]
    far = audit(rows, alternatives={"e0005": [Alternative("Colin", -9.0)]}).entries[5]
    assert (close.person.surname, close.flags) == ("Colin", (Flag.REPAIRED,))
    assert close.person.surname_text == "Oudot"
    assert "Oudot" in close.person.surname_alternatives
    assert (far.person.surname, far.flags) == ("Oudot", (Flag.ORDER_BREAK,))


def test_a_misread_head_is_repaired_with_its_dittos() -> None:
    rows = entries(
        ["Adam", "Bauer", "Bernard", "Bevnard", "Carré", "Clément", "Denis", "Durand", "Faure", "Garnier"]
    )
    rows[4] = entry(4, "Bevnard", head="e0003")
    found = audit(rows)
    assert [found.entries[index].person.surname for index in (3, 4)] == ["Bernard", "Bernard"]
    assert found.entries[3].flags == (Flag.REPAIRED,)
    assert found.entries[4].flags == ()


def test_rows_added_at_the_end_are_no_breaks() -> None:
    names = village(60, 10)
    assert flagged(audit(entries([*names, "Dupuis", "Bernard", "Martin"])).entries) == {}
    heading = audit(entries([*names, "Bernard"]), added={"e0060"})
    assert flagged(heading.entries) == {}


def test_a_careless_hand_is_not_scolded_for_its_habit() -> None:
    names = village(1500, 11)
    random.Random(3).shuffle(names)
    found = audit(entries(sorted(names, key=lambda name: sort_key(name)[:4])))
    assert found.regime is Regime.STRICT
    assert flagged(found.entries) == {}


def test_particles_may_stand_under_any_of_their_words() -> None:
    names = sorted([*village(60, 12), "Latour"], key=sort_key)
    place = names.index("Latour")
    found = audit(entries([*names[:place], "de La Tour", *names[place:]]))
    assert flagged(found.entries) == {}


@pytest.mark.parametrize("seed", [21, 22, 23])
def test_planted_misreadings_are_found_with_few_false_alarms(seed: int) -> None:
    """Issue goal: .80 found, at most 2 false alarms in 1,000 rows; letters taken for look-alikes."""
    choices = random.Random(seed)
    looks = {
        "n": "u",
        "u": "n",
        "e": "c",
        "c": "e",
        "l": "t",
        "t": "l",
        "o": "a",
        "a": "o",
        "r": "v",
        "h": "b",
        "b": "h",
        "i": "l",
        "m": "n",
    }
    names = village(1500, seed)
    planted: set[str] = set()
    for rank in choices.sample(range(len(names)), 45):
        places = [at for at, letter in enumerate(names[rank].lower()) if letter in looks]
        if places:
            at = choices.choice(places)
            names[rank] = (
                names[rank][:at] + looks[names[rank][at].lower()] + names[rank][at + 1 :]
            ).capitalize()
            planted.add(f"e{rank:04d}")
    alarms = set(flagged(audit(entries(names)).entries))
    assert len(alarms & planted) >= 0.8 * len(planted)
    assert len(alarms - planted) <= 0.002 * len(names)
