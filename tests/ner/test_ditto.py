from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ner.ditto import DittoHabit, is_ditto, learn_habit, resolve_dittos, resolve_given_names, sign_of
from registers.entry import Flag

ANY_HAND = DittoHabit()
BLANK_HAND = DittoHabit(blank_is_ditto=True)


@pytest.mark.parametrize(
    ("text", "sign"),
    [
        ("d°", "d°"),
        ("D°", "d°"),
        ("do", "d°"),
        ("do.", "d°"),
        ("d'", "d°"),
        ("d", "d°"),
        ("dito", "d°"),
        ("id", "id"),
        ("id.", "id"),
        ("Idem", "id"),
        ("(id)", "id"),
        ("(id-", "id"),
        ("id id", "id"),
        ('"', '"'),
        ("''", '"'),
        (",,", '"'),
        ("»", '"'),
        ("«", '"'),
        ("„", '"'),
        ('" "', '"'),
        ("-", "-"),
        ("--", "-"),
        ("―", "-"),
        ("~", "-"),
    ],
)
def test_signs_and_their_look_alikes(text: str, sign: str) -> None:
    assert is_ditto(text)
    assert sign_of(text) == sign


@pytest.mark.parametrize(
    "text", ["", "  ", "...", "Do Jean", "Dubois", "Ida", "n", "II", "u", "d° Jean", "Iden-Martin"]
)
def test_names_and_blanks_are_no_signs(text: str) -> None:
    assert not is_ditto(text)
    assert sign_of(text) == ""


def test_a_hand_that_leaves_blanks() -> None:
    habit = learn_habit([["Martin", "", "", "Petit", "", ""], ["Roux", "", "Roy", ""]])
    assert habit == DittoHabit(frozenset(), True, frozenset())


def test_a_hand_that_writes_its_sign_leaves_true_blanks() -> None:
    habit = learn_habit([["Martin", "d°", "d°", "Petit", "d°", "", "Roy", "d°"]])
    assert habit.signs == {"d°"}
    assert not habit.blank_is_ditto


def test_a_misread_quote_sign_is_learnt() -> None:
    habit = learn_habit([["Martin", '"', "n", '"', "Petit", '"', "II", "Roy"]])
    assert habit.look_alikes == {"n", "ii"}
    values = [r.value for r in resolve_dittos(["Martin", "n", "Roy", "II"], habit)]
    assert values == ["Martin", "Martin", "Roy", "Roy"]


def test_small_marks_that_a_reader_lost_are_dittos_with_a_doubt() -> None:
    column = ["Martin", '"', "", '"', "Petit", "", '"', "|", "Roy", "Roux"] * 3
    habit = learn_habit([column])
    assert habit == DittoHabit(frozenset({'"'}), True, frozenset())
    lost = resolve_dittos(column, habit)[2]
    assert (lost.value, lost.flags) == ("Martin", (Flag.LOW_CONFIDENCE,))


def test_a_short_surname_is_no_misread_sign() -> None:
    assert learn_habit([["Lebon", "Li", "Li", "Li", "Loiret"]]) == DittoHabit()
    assert learn_habit([["Lebon", "n", "n", "n", "Loiret"]]).look_alikes == {"n"}


def test_a_table_without_dittos() -> None:
    assert learn_habit([["Martin", "Petit", "Roux", "Roy"]]) == DittoHabit()
    assert learn_habit([]) == DittoHabit()


def test_the_chain_goes_to_the_head() -> None:
    resolved = resolve_dittos(["Martin", "d°", "id", "Petit", '"'], ANY_HAND)
    assert [r.value for r in resolved] == ["Martin", "Martin", "Martin", "Petit", "Petit"]
    assert [r.chain for r in resolved] == [(), (0,), (1, 0), (), (3,)]
    assert [r.sign for r in resolved] == ["", "d°", "id", "", '"']


def test_blanks_are_dittos_only_in_such_a_hand_and_only_on_rows_that_hold_something() -> None:
    texts = ["Martin", "", "", "d°"]
    assert [r.value for r in resolve_dittos(texts, ANY_HAND)] == ["Martin", "", "", "Martin"]
    present = [True, True, False, True]
    resolved = resolve_dittos(texts, BLANK_HAND, present=present)
    assert [r.value for r in resolved] == ["Martin", "Martin", "", "Martin"]
    assert resolved[3].chain == (1, 0)


def test_a_speck_is_a_ditto_only_for_a_hand_that_writes_such_signs() -> None:
    assert [r.value for r in resolve_dittos(["Martin", "'", "d°"], ANY_HAND)] == ["Martin", "", "Martin"]
    assert resolve_dittos(["Martin", "'"], DittoHabit(signs=frozenset({'"'})))[1].value == "Martin"
    assert resolve_dittos(["Martin", "'"], BLANK_HAND)[1].value == "Martin"


def test_a_ditto_at_the_very_top_is_flagged() -> None:
    first = resolve_dittos(["d°", "Martin"], ANY_HAND)[0]
    assert (first.value, first.sign, first.chain, first.flags) == ("", "d°", (), (Flag.DITTO_WITHOUT_HEAD,))


@pytest.mark.parametrize(
    ("above", "written", "meant"),
    [
        ("Germaine Rose", "Lucie id", "Lucie Rose"),
        ("Joseph Eugène", "id Leopold", "Joseph Leopold"),
        ("Jeanne Louise", "id id", "Jeanne Louise"),
        ("Marie Louise Charlotte", "id id Constance", "Marie Louise Constance"),
        ("Marie Anne Cécile Catherine", "id Caroline id", "Marie Caroline Cécile"),
        ("Louise Olympe", "id id (reconce)", "Louise Olympe (reconce)"),
        ("Marie Louise", "id", "Marie Louise"),
        ("Marie Louise", "d° Jeanne", "Marie Jeanne"),
    ],
)
def test_one_given_name_may_be_repeated(above: str, written: str, meant: str) -> None:
    resolved = resolve_given_names([above, written], ANY_HAND)[1]
    assert (resolved.value, resolved.chain, resolved.flags) == (meant, (0,), ())


def test_a_sign_without_a_name_above_its_place_is_flagged() -> None:
    resolved = resolve_given_names(["Eugénie Gabrielle", "Madeleine Marie id"], ANY_HAND)[1]
    assert (resolved.value, resolved.flags) == ("Madeleine Marie", (Flag.DITTO_WITHOUT_HEAD,))
    alone = resolve_given_names(["id Marie"], ANY_HAND)[0]
    assert (alone.value, alone.flags) == ("Marie", (Flag.DITTO_WITHOUT_HEAD,))


def test_repeated_given_names_follow_each_other() -> None:
    resolved = resolve_given_names(["Paul Henri", "id Jules", "id Louis"], ANY_HAND)
    assert [r.value for r in resolved] == ["Paul Henri", "Paul Jules", "Paul Louis"]
    assert resolved[2].chain == (1, 0)


TEXTS = st.lists(
    st.sampled_from(["", "d°", "id", '"', "-", "n", "'", "Martin", "Le Roux", " "]) | st.text(max_size=5)
)


@given(TEXTS, st.booleans())
def test_every_chain_ends_at_a_written_head(texts: list[str], blank: bool) -> None:
    habit = DittoHabit(frozenset({"d°", '"'}), blank, frozenset({"n"}))
    resolved = resolve_dittos(texts, habit)
    assert len(resolved) == len(texts)
    for index, row in enumerate(resolved):
        assert list(row.chain) == sorted(set(row.chain), reverse=True)
        assert all(step < index for step in row.chain)
        if row.chain:
            head = resolved[row.chain[-1]]
            assert head.chain == ()
            assert head.value == row.value == texts[row.chain[-1]]


@given(TEXTS)
def test_given_names_never_raise_and_their_chains_end(texts: list[str]) -> None:
    resolved = resolve_given_names(texts, learn_habit([texts]))
    for index, row in enumerate(resolved):
        assert all(step < index for step in row.chain)
        assert list(row.chain) == sorted(set(row.chain), reverse=True)
