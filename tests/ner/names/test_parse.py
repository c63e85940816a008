from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.names import described, score_real_names
from ner.names.forms import FullNameAcceptor, GivenNamesAcceptor, SurnameAcceptor
from ner.names.given import read_given_names
from ner.names.parse import join_names, parse_name
from registers.entry import Flag, Gender, Remark
from registers.knowledge import Acceptor, Holds


@pytest.mark.parametrize(
    ("text", "surname", "given_names"),
    [
        ("Luc - Marie", "Luc", "Marie"),
        ("LEFEBVRE (Jean)", "Lefebvre", "Jean"),
        ("LEFEBVRE (Jean", "Lefebvre", "Jean"),
        ("Martin, Jeanne", "Martin", "Jeanne"),
        ("DOUCET,Eddie", "Doucet", "Eddie"),
        ("Lefebvre Jean Baptiste", "Lefebvre", "Jean Baptiste"),
        ("LEFEBVRE JEAN BAPTISTE", "Lefebvre", "Jean Baptiste"),
        ("LE ROUX Jean Marie", "Le Roux", "Jean Marie"),
        ("Jean LEFEBVRE", "Lefebvre", "Jean"),
        ("Le Roux Jean", "Le Roux", "Jean"),
        ("ROUX (Le) Jean", "Le Roux", "Jean"),
        ("de La Tour Marie", "de La Tour", "Marie"),
        ("ST-MARTIN Pierre", "Saint-Martin", "Pierre"),
        ("D'Angelo Maria", "D'Angelo", "Maria"),
        ("VAN DER MEER Jan", "van der Meer", "Jan"),
        ("Petit J.B.", "Petit", "Jean Baptiste"),
        ("Dubois ★ Marie ....", "Dubois", "Marie"),
        ("Cadet Francois Eugene", "Cadet", "François Eugène"),
        ("Grandin (L.)", "Grandin", "L."),
        ("Martin - Lucie, Anne", "Martin", "Lucie Anne"),
        ("Martin - Dupont, Anne", "Martin-Dupont", "Anne"),
        ("Page - Pierre Benoit", "Page", "Pierre Benoit"),
        ("Dupont Jean et Pierre", "Dupont", "Jean et Pierre"),
    ],
)
def test_one_cell_holds_both(text: str, surname: str, given_names: str) -> None:
    parsed = parse_name(text, holds=Holds.FULL_NAME)
    assert (parsed.name.surname, parsed.name.given_names) == (surname, given_names)
    assert parsed.spouse is None
    assert parsed.flags == ()


@pytest.mark.parametrize("text", ["Jean Martin", "Marie Louise", "Martin", "Caffard Durviller", "Le Gingois"])
def test_what_could_be_split_otherwise_says_so(text: str) -> None:
    assert Flag.LOW_CONFIDENCE in parse_name(text, holds=Holds.FULL_NAME).flags


@pytest.mark.parametrize(
    ("text", "surname", "given_names", "cross"),
    [
        ("MARTIN dit LAFLEUR Jean", "Martin", "Jean", ("Lafleur",)),
        ("Martin Vve Dupont", "Martin", "", ("Dupont",)),
        ("Petit née Durand Marie", "Durand", "Marie", ("Petit",)),
        ("Durand Marie femme Petit", "Durand", "Marie", ("Petit",)),
        ("DURAND (Marie), épouse PETIT", "Durand", "Marie", ("Petit",)),
        ("Vve Dupont", "Dupont", "", ()),
    ],
)
def test_women_stand_under_their_maiden_name(
    text: str, surname: str, given_names: str, cross: tuple[str, ...]
) -> None:
    name = parse_name(text, holds=Holds.FULL_NAME).name
    assert (name.surname, name.given_names, name.cross_surnames) == (surname, given_names, cross)
    if "dit" not in text:
        assert name.gender is Gender.FEMALE


@pytest.mark.parametrize(
    ("text", "given_names", "remarks", "kind", "cross"),
    [
        ("Marie Rose reconnue André", "Marie Rose", "reconnue André", Remark.FILIATION, ("André",)),
        ("Rose reconnue andré", "Rose", "reconnue andré", Remark.FILIATION, ("André",)),
        ("Jean légitimé AULOGE", "Jean", "légitimé AULOGE", Remark.FILIATION, ("Auloge",)),
        ("Danielle légitimée Degeneve", "Danielle", "légitimée Degeneve", Remark.FILIATION, ("Degeneve",)),
        ("Louise (enf^t nat^el)", "Louise", "enft natel", Remark.FILIATION, ()),
        ("Louise enfant naturel", "Louise", "enfant naturel", Remark.FILIATION, ()),
        ("Louise (recon^ce)", "Louise", "reconce", Remark.FILIATION, ()),
        ("Paul adopté par Jean Durand", "Paul", "adopté par Jean Durand", Remark.FILIATION, ("Durand",)),
        ("Paul jugement du 3 mars 1884", "Paul", "jugement du 3 mars 1884", Remark.JUDGMENT, ()),
        ("Paul jumeau", "Paul", "jumeau", Remark.OTHER, ()),
        ("Enfant sans vie", "", "Enfant sans vie", Remark.OTHER, ()),
    ],
)
def test_remarks_are_no_given_names(
    text: str, given_names: str, remarks: str, kind: Remark, cross: tuple[str, ...]
) -> None:
    parsed = parse_name(text, holds=Holds.GIVEN_NAMES)
    assert (parsed.name.given_names, parsed.remarks, parsed.remark_kind) == (given_names, remarks, kind)
    assert parsed.name.cross_surnames == cross


@pytest.mark.parametrize(
    ("text", "surname"),
    [
        ("LEFEBVRE", "Lefebvre"),
        ("Le ROUX", "Le Roux"),
        ("Roux (Le)", "Le Roux"),
        ("DE LA TOUR", "de La Tour"),
        ("Martin - Dupont", "Martin-Dupont"),
        ("St Martin", "Saint-Martin"),
        ("Martin .", "Martin"),
        ("Jumeau", "Jumeau"),
        ("", ""),
    ],
)
def test_surname_cells(text: str, surname: str) -> None:
    parsed = parse_name(text, holds=Holds.SURNAME)
    assert (parsed.name.surname, parsed.name.surname_text, parsed.name.given_names) == (surname, text, "")


@pytest.mark.parametrize(
    ("text", "value", "also", "gender"),
    [
        ("J^n B^te", "Jean Baptiste", ("Jean Benoîte",), Gender.MALE),
        ("Bte", "Baptiste", ("Benoîte",), Gender.MALE),
        ("Marie Antne", "Marie Antoinette", ("Marie Antoine",), Gender.FEMALE),
        ("Anne-Me", "Anne-Marie", (), Gender.FEMALE),
        ("Fçois Ches", "François Charles", (), Gender.MALE),
        ("JEAN-BAPTISTE", "Jean-Baptiste", (), Gender.MALE),
        ("Emile Eugene", "Emile Eugène", (), Gender.MALE),
        ("Camille Marie", "Camille Marie", (), None),
        ("Zulmé", "Zulmé", (), None),
        ("", "", (), None),
    ],
)
def test_given_names_are_expanded(
    text: str, value: str, also: tuple[str, ...], gender: Gender | None
) -> None:
    found = parse_name(text, holds=Holds.GIVEN_NAMES).name
    assert (found.given_names, found.given_names_also, found.gender) == (value, also, gender)


def test_misread_digits_become_letters() -> None:
    parsed = parse_name("MART1N Pau1", holds=Holds.FULL_NAME)
    assert (parsed.name.surname, parsed.name.given_names) == ("Martin", "Paul")
    assert parsed.flags == (Flag.REPAIRED,)
    assert parse_name("J0SEPH", holds=Holds.GIVEN_NAMES).name.given_names == "Joseph"


def test_a_date_that_ran_over_is_set_apart() -> None:
    parsed = parse_name("Suzanne Amélie 20 Mai 1911", holds=Holds.GIVEN_NAMES)
    assert (parsed.name.given_names, parsed.overflow) == ("Suzanne Amélie", "20 Mai 1911")
    assert Flag.CELL_OVERFLOW in parsed.flags


def test_both_spouses_in_one_cell() -> None:
    parsed = parse_name("Martin Jean et Durand Marie", holds=Holds.FULL_NAME)
    assert (parsed.name.surname, parsed.name.given_names) == ("Martin", "Jean")
    assert parsed.spouse is not None
    assert (parsed.spouse.surname, parsed.spouse.given_names) == ("Durand", "Marie")


def test_two_cells_make_one_person() -> None:
    surname = parse_name("LEFEBVRE dit BLANC", holds=Holds.SURNAME)
    given_names = parse_name("Mie Lse légitimée Pichon", holds=Holds.GIVEN_NAMES)
    joined = join_names(surname, given_names)
    assert (joined.name.surname, joined.name.given_names) == ("Lefebvre", "Marie Louise")
    assert joined.name.cross_surnames == ("Blanc", "Pichon")
    assert (joined.name.surname_text, joined.name.given_names_text) == (
        "LEFEBVRE dit BLANC",
        "Mie Lse légitimée Pichon",
    )
    assert joined.remark_kind is Remark.FILIATION
    assert joined.name.gender is Gender.FEMALE


NAMES = st.text(max_size=40) | st.text(alphabet="aeéBLMrtn '-.,()&01^ ", max_size=40)


@given(NAMES, st.sampled_from([Holds.SURNAME, Holds.GIVEN_NAMES, Holds.FULL_NAME, Holds.SPOUSE_FULL_NAME]))
def test_no_text_raises(text: str, holds: Holds) -> None:
    parsed = parse_name(text, holds=holds)
    assert join_names(parsed, parsed).name.surname == parsed.name.surname


WORDS = [
    "Jean",
    "Bte",
    "Mie",
    "Jh",
    "Antne",
    "Fçois",
    "Anne-Marie",
    "J.B.",
    "Aug.",
    "eugene",
    "LOUISE",
    "Euge",
    "et",
]


@given(st.lists(st.sampled_from(WORDS), max_size=5))
def test_expanding_given_names_twice_changes_nothing(words: list[str]) -> None:
    once = read_given_names(" ".join(words))
    assert read_given_names(once.value).value == once.value


def test_acceptors_propose_near_names() -> None:
    surname, given_names, full = SurnameAcceptor(), GivenNamesAcceptor(), FullNameAcceptor()
    assert all(isinstance(acceptor, Acceptor) for acceptor in (surname, given_names, full))
    assert "Lefebvre" in [text for text, _ in surname.candidates("Lefebre", 5)]
    assert "Marie Louise" in [text for text, _ in given_names.candidates("Mane Louise", 40)]
    found = dict(full.candidates("Lefebre - Marie", 30))
    assert "Lefebvre - Marie" in found
    assert all(weight < 0 for weight in found.values())
    assert tuple(surname.candidates("", 5)) == tuple(given_names.candidates("", 5)) == ()


def test_the_benchmark_resolves_dittos() -> None:
    row = {"text": "Lucie id", "previous": "Germaine Rose", "holds": "given_names"}
    assert described(row)["given_names"] == "Lucie Rose"
    assert described({"text": "d°", "previous": "Martin", "holds": "surname"})["surname"] == "Martin"


def test_real_names(shared_data: object) -> None:
    report = score_real_names()
    assert min(report[layout] for layout in ("dash", "comma", "brackets", "capitals")) >= 0.999
    assert min(report["plain"], report["shouted"]) >= 0.99
    assert report["lyon"] >= 0.99


@pytest.mark.parametrize("sign", ["d°", "id.", '"', "»", "-", "—", "d° -"])
def test_a_sign_before_given_names_takes_the_surname_above(sign: str) -> None:
    found = described({"text": f"{sign} Paul", "holds": "full_name", "previous": "Martin Jean"})
    assert (found["surname"], found["given_names"], found["text"]) == ("Martin", "Paul", f"{sign} Paul")


def test_a_stillborn_child_stands_under_the_name_behind_it() -> None:
    for text in ("Mort-né Durand", "Durand mort-né", "Enfant sans vie Durand"):
        parsed = parse_name(text, holds=Holds.FULL_NAME)
        assert (parsed.name.surname, parsed.name.given_names) == ("Durand", "")
        assert parsed.remark_kind is Remark.OTHER


def test_surnames_that_are_given_names_have_their_accents() -> None:
    weights = dict(SurnameAcceptor(20_000).words())
    assert weights["André"] > weights["Andre"]
    assert "Léfebvre" not in weights
    assert sum(map(math.exp, weights.values())) <= 1.001


@pytest.mark.parametrize(
    ("text", "holds", "surname", "given_names"),
    [
        ("TROUVÉ", Holds.SURNAME, "Trouvé", ""),
        ("TROUVÉ (Jean)", Holds.FULL_NAME, "Trouvé", "Jean"),
        ("Trouvé, Jean", Holds.FULL_NAME, "Trouvé", "Jean"),
        ("Naturel Paul", Holds.FULL_NAME, "Naturel", "Paul"),
    ],
)
def test_a_remark_that_is_a_surname_may_head_a_cell(
    text: str, holds: Holds, surname: str, given_names: str
) -> None:
    found = parse_name(text, holds=holds)
    assert (found.name.surname, found.name.given_names) == (surname, given_names)
    assert not found.remarks


@pytest.mark.parametrize(
    ("text", "holds"),
    [("trouvé", Holds.FULL_NAME), ("Trouvé", Holds.GIVEN_NAMES), ("Durand Jean trouvé", Holds.FULL_NAME)],
)
def test_elsewhere_it_is_a_remark(text: str, holds: Holds) -> None:
    found = parse_name(text, holds=holds)
    assert found.remarks and found.remark_kind is Remark.FILIATION
