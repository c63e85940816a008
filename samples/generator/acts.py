"""What happened in a village during a period: the acts that a table lists, in the order it lists them."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import date, timedelta

from registers.dates import Period
from registers.entry import Gender, Kind
from registers.register import Series
from samples.generator.model import Act, Order, Person, TableSpec
from samples.generator.names import Village, sorting_key, unaccented

_RECOGNISED = ("reconnu", "légitimé")


def listed_acts(table: TableSpec, rows: int, choices: random.Random) -> list[Act]:
    """Exactly `rows` acts as the table lists them: sorted, a double listing included, omitted ones last."""
    village = Village(
        choices,
        size=max(8, rows // 3),
        era=table.era,
        families=table.families,
        particles=table.habits.particles,
    )
    if table.both_spouses:
        acts = _with_both_spouses(_happened(table, (rows + 1) // 2, village, choices))
    else:
        acts = _happened(table, rows, village, choices)
    if table.habits.remarks:
        acts = _with_remarks(table, acts, village, choices)
    acts = _with_families(acts, table.families)
    acts.sort(key=lambda act: _order(table.order, act))
    return _omitted_last(acts[:rows], table.habits.omitted, choices)


def _happened(table: TableSpec, count: int, village: Village, choices: random.Random) -> list[Act]:
    days = sorted(_day_in(table.period, choices) for _ in range(count))
    numbered = table.series is Series.ANNUAL
    return [
        _act(table, day, number if numbered else None, village, choices) for number, day in enumerate(days, 1)
    ]


def _act(table: TableSpec, day: date, number: int | None, village: Village, choices: random.Random) -> Act:
    if table.kind is not Kind.MARRIAGE:
        gender = choices.choice((Gender.MALE, Gender.FEMALE))
        return Act(village.person(choices, gender, most_names=table.habits.most_names), day, number=number)
    groom = village.person(choices, Gender.MALE, most_names=2)
    bride = village.person(choices, Gender.FEMALE, most_names=2)
    return Act(groom, day, bride, number)


def _with_both_spouses(marriages: list[Act]) -> list[Act]:
    """Each marriage twice: under the groom, then under the bride."""
    return [row for act in marriages if act.spouse for row in (act, _seen_by_spouse(act, act.spouse))]


def _seen_by_spouse(act: Act, spouse: Person) -> Act:
    return replace(act, person=spouse, spouse=act.person, twin=True)


def _with_remarks(table: TableSpec, acts: list[Act], village: Village, choices: random.Random) -> list[Act]:
    """Recognitions, legitimations, judgments; a recognised child sometimes stands under both surnames."""
    result = list(acts)
    for position, act in enumerate(acts):
        if act.omitted or choices.random() >= table.habits.remarks:
            continue
        if choices.random() < 0.2:
            result[position] = replace(act, remark="jugement")
            continue
        other = village.surname(choices)
        if other == act.person.surname:
            continue
        word = choices.choice(_RECOGNISED) + ("e" if act.person.gender is Gender.FEMALE else "")
        brief = replace(act.person, given_names=act.person.given_names[:1])
        result[position] = replace(act, person=brief, remark=f"{word} {other}")
        if choices.random() < 0.3 and position > 0 and not result[position - 1].remark:
            result[position - 1] = replace(act, person=replace(brief, surname=other))
    return result


def _with_families(acts: list[Act], families: tuple[str, ...]) -> list[Act]:
    """Families that must appear do: they take over rows whose surname is the most frequent."""
    result = list(acts)
    present = {act.person.surname for act in acts}
    spare = [i for i, act in enumerate(acts) if not act.remark and not act.twin and act.spouse is None]
    for family in families:
        if family not in present and spare:
            position = spare.pop(len(spare) // 2)
            result[position] = replace(acts[position], person=replace(acts[position].person, surname=family))
    return result


def _omitted_last(acts: list[Act], count: int, choices: random.Random) -> list[Act]:
    positions = set(choices.sample(range(len(acts)), k=min(count, len(acts) // 4)))
    kept = [act for position, act in enumerate(acts) if position not in positions]
    return kept + [replace(act, omitted=True) for position, act in enumerate(acts) if position in positions]


def _order(order: Order, act: Act) -> tuple[str, str, date]:
    surname = sorting_key(act.person.surname)
    if order is Order.FIRST_LETTER:
        return (surname[:1], "", act.day)
    if order is Order.DATE_WITHIN_NAME:
        return (surname, "", act.day)
    return (surname, unaccented(" ".join(act.person.given_names)).casefold(), act.day)


def _day_in(period: Period, choices: random.Random) -> date:
    return period.first + timedelta(days=choices.randrange((period.last - period.first).days + 1))
