from __future__ import annotations

import subprocess
import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lexicon import given_names
from registers.entry import Gender


@pytest.mark.parametrize(
    ("written", "usual"),
    [
        ("Jehan", "Jean"),
        ("Joannes", "Jean"),
        ("Jn", "Jean"),
        ("Francois", "François"),
        ("Magdeleine", "Madeleine"),
        ("Estienne", "Étienne"),
        ("Athenaise", "Athénaïse"),
        ("Maria", "Maria"),
        ("Luc", "Luc"),
        ("Xyzzy", "Xyzzy"),
    ],
)
def test_the_usual_form(written: str, usual: str) -> None:
    assert given_names.canonical(written) == usual
    assert given_names.canonical(usual) == usual


@pytest.mark.parametrize(
    ("written", "meanings"),
    [
        ("Bte", ("Baptiste", "Benoîte")),
        ("Euge", ("Eugène", "Eugénie")),
        ("F^ois", ("François",)),
        ("Fçois", ("François",)),
        ("Mgte", ("Marguerite",)),
        ("Ches", ("Charles",)),
        ("Alexdre", ("Alexandre",)),
        ("Jean", ("Jean",)),
        ("Eugene", ("Eugène",)),
        ("Qzx", ()),
        ("", ()),
    ],
)
def test_abbreviations_are_expanded(written: str, meanings: tuple[str, ...]) -> None:
    assert given_names.expand(written) == meanings


@pytest.mark.parametrize("written", ["Jph", "Jh", "Cathne", "Mie", "Lse", "Jn", "Antne", "Aug.", "Margte"])
def test_expanding_twice_changes_nothing(written: str) -> None:
    for meaning in given_names.expand(written):
        assert given_names.expand(meaning) == (meaning,)


@given(st.text(max_size=12))
def test_expansion_is_idempotent_for_any_text(written: str) -> None:
    for meaning in given_names.expand(written):
        assert given_names.expand(meaning)[:1] == (meaning,)


def test_genders() -> None:
    assert given_names.gender("Marie") is Gender.FEMALE
    assert given_names.gender("JEAN") is Gender.MALE
    assert given_names.gender("Camille") is None
    assert given_names.gender("Qzx") is None


def test_lost_accents_come_back_but_not_on_the_first_capital() -> None:
    assert given_names.with_accents("Francois") == "François"
    assert given_names.with_accents("Emile") == "Emile"
    assert given_names.with_accents("Eugene") == "Eugène"
    assert given_names.with_accents("Étienne") == "Étienne"


def test_known_names_and_their_shares() -> None:
    assert given_names.is_given_name("josephine")
    assert given_names.is_given_name("Anne-Marie")
    assert not given_names.is_given_name("Lefebvre-Dupont")
    assert given_names.frequency("Marie") > given_names.frequency("Athénaïse") > 0
    assert given_names.frequency("Qzx") == 0
    assert (
        0.999
        < sum(count for _, count in given_names.all_names())
        * given_names.frequency("Jean")
        / next(count for name, count in given_names.all_names() if name == "Jean")
        < 1.001
    )


def test_synonyms_know_each_other() -> None:
    assert {"jean", "jehan", "johannes"} <= given_names.forms("Jehan")
    assert "elisabeth" in given_names.forms("Isabelle")
    assert given_names.forms("Qzx") == {"qzx"}


def test_importing_reads_no_table() -> None:
    code = "import lexicon.given_names as g, lexicon.surnames as s; print(g._names.cache_info().currsize)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "0"
