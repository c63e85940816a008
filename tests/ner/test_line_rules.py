"""Signs that part names and columns whatever the words look like."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ner.line_rules import put_right, with_spouse
from ner.spans import Label, LabelledSpan


def spans(text: str, *parts: tuple[Label, str]) -> list[LabelledSpan]:
    """The parts where they stand in the text, one behind the other."""
    made: list[LabelledSpan] = []
    for label, part in parts:
        start = text.index(part, made[-1].end if made else 0)
        made.append(LabelledSpan(label, start, start + len(part), part))
    return made


def texts(found: tuple[LabelledSpan, ...]) -> list[tuple[Label, str]]:
    return [(span.label, span.text) for span in found]


S, G, D, N = Label.SURNAME, Label.GIVEN_NAMES, Label.DATE, Label.ACT_NUMBER


@pytest.mark.parametrize(
    ("text", "read", "meant"),
    [
        ("Carel - Pepin Louis", [(S, "Carel - Pepin"), (G, "Louis")], [(S, "Carel"), (G, "Pepin Louis")]),
        ("Carel - Pepin, Rose", [(S, "Carel - Pepin"), (G, "Rose")], [(S, "Carel - Pepin"), (G, "Rose")]),
        (" - Jean", [(S, " - Jean")], [(S, " - Jean")]),
        ("Garnier-Morel Rose", [(S, "Garnier"), (G, "Morel Rose")], [(S, "Garnier-Morel"), (G, "Rose")]),
        ("Carel-Vor Rose", [(S, "Carel"), (G, "Vor Rose")], [(S, "Carel"), (G, "Vor Rose")]),
        ("Carel~Morel Rose", [(S, "Carel"), (G, "Morel Rose")], [(S, "Carel~Morel"), (G, "Rose")]),
        ("Carel (larisse", [(S, "Carel"), (G, "larisse")], [(S, "Carel"), (G, "(larisse")]),
        ("Carel (clarisse)", [(S, "Carel"), (G, "clarisse")], [(S, "Carel"), (G, "clarisse")]),
        ("Rose T-4-1933", [(G, "Rose"), (S, "T-4-1933")], [(G, "Rose"), (D, "T-4-1933")]),
        ("Rose I4-o9-64", [(G, "Rose")], [(G, "Rose"), (D, "I4-o9-64")]),
        ("Rose 5.6,873", [(G, "Rose"), (D, "5.6"), (N, "873")], [(G, "Rose"), (D, "5.6,873")]),
        ("1976 - Carel Rose", [(N, "1976"), (S, "Carel")], [(D, "1976"), (S, "Carel")]),
        ("n° 1776 Carel", [(N, "1776"), (S, "Carel")], [(N, "1776"), (S, "Carel")]),
        ("Carel-Rose Anne", [(S, "Carel"), (G, "Rose Anne")], [(S, "Carel"), (G, "Rose Anne")]),
        ("Simon,Rose 1884", [(G, "Simon,Rose"), (D, "1884")], [(S, "Simon"), (G, "Rose"), (D, "1884")]),
        ("d° Rose, Anne", [(S, "d°"), (G, "Rose, Anne")], [(S, "d°"), (G, "Rose, Anne")]),
        ("Rose — 3.02.1884", [(G, "Rose — 3.02.1884")], [(G, "Rose"), (D, "3.02.1884")]),
        ("12/03/1884 Carel", [(N, "12/03/1884"), (S, "Carel")], [(D, "12/03/1884"), (S, "Carel")]),
        ("4 juin, n° 156", [(D, "4 juin, n° 156")], [(D, "4 juin"), (N, "156")]),
        ("Nos 388 Carel", [(D, "Nos 388"), (S, "Carel")], [(N, "388"), (S, "Carel")]),
        ("Carel Rose .", [(S, "Carel"), (G, "Rose .")], [(S, "Carel"), (G, "Rose")]),
    ],
)
def test_signs_put_spans_right(
    text: str, read: list[tuple[Label, str]], meant: list[tuple[Label, str]]
) -> None:
    assert texts(put_right(text, spans(text, *read))) == meant


@pytest.mark.parametrize(
    ("text", "read", "second"),
    [
        ("Carel Louis et Morel Rose", [(S, "Carel"), (G, "Louis"), (S, "Morel"), (G, "Rose")], 2),
        ("Carel Louis | Morel Rose", [(S, "Carel"), (G, "Louis"), (S, "Morel"), (G, "Rose")], 2),
        ("Louis | Morel Rose", [(G, "Louis"), (S, "Morel"), (G, "Rose")], 1),
        ("Carel | Louis", [(S, "Carel"), (G, "Louis")], 2),
        ("Carel, Louis", [(S, "Carel"), (G, "Louis")], 2),
        ("Carel 3 mai 1884 Louis", [(S, "Carel"), (D, "3 mai 1884"), (G, "Louis")], 3),
    ],
)
def test_the_second_person_is_the_spouse(text: str, read: list[tuple[Label, str]], second: int) -> None:
    found = with_spouse(text, spans(text, *read))
    assert [span.label.startswith("SPOUSE") for span in found] == [n >= second for n in range(len(read))]


@given(st.text(alphabet="ab -–,(.|n°1/", max_size=30), st.data())
def test_rules_keep_spans_in_the_line_and_in_order(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    read = [
        LabelledSpan(data.draw(st.sampled_from([S, G, D, N])), start, end, text[start:end])
        for start, end in pairwise(cuts)
        if text[start:end].strip()
    ]
    found = put_right(text, read)
    assert all(span.text == text[span.start : span.end] and span.text for span in found)
    assert all(one.end <= other.start for one, other in pairwise(found))
