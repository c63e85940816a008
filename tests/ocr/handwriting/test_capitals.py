import math

from hypothesis import given
from hypothesis import strategies as st

from ocr.handwriting.capitals import Capitals
from registers.knowledge import Holds
from tests.ocr.handwriting.test_decode import ALPHABET, Names, Words, decoder, line

NAMES = Names(
    Words(Holds.SURNAME, ("Magnin", "Cagnin", "Hugnin")),
    Words(Holds.GIVEN_NAMES, ("Marie", "Marthe", "Louise")),
)
ROWS = ("Durand - hearie", "Dupont - hearthe Louise", "Duval - Louise hearie")


def taught() -> Capitals:
    capitals = Capitals()
    for raw, given_names in (("hearie Louise", "Marie Louise"), ("x hearthe", "Marthe"), ("Marie", "Marie")):
        capitals.learn(raw, given_names)
    return capitals


def test_given_names_show_what_a_capital_is_taken_for() -> None:
    ((beginning, share),) = taught().others("M")
    assert beginning == "he"
    assert math.isclose(share, math.log(2 / 8))
    assert taught().others("L") == []
    assert taught().others("Z") == []


def test_one_other_capital_and_rare_beginnings_teach_nothing() -> None:
    capitals = Capitals()
    for _ in range(30):
        capitals.learn("Narie", "Marie")
    capitals.learn("hearie", "Marie")
    assert capitals.others("M") == []


def test_of_names_in_a_list_one_other_capital_teaches() -> None:
    capitals = Capitals()
    for _ in range(5):
        capitals.learn("Ddet", "Odet", of_list=True)
    ((beginning, share),) = capitals.others("O")
    assert (beginning, share) == ("D", math.log(5 / 10))


def test_a_copy_learns_alone() -> None:
    capitals = taught()
    copied = capitals.copy()
    copied.learn("hearie", "Marie")
    assert copied.seen["M"]["he"] == capitals.seen["M"]["he"] + 1


def test_a_word_is_what_its_beginning_may_mean() -> None:
    assert taught().meant("heagnin") == ["Magnin"]
    assert taught().meant("Cagnin") == []
    assert taught().meant("hea") == []


def test_a_text_gains_by_the_beginnings_that_its_capital_is_taken_for() -> None:
    scores = line("heagnin")
    before = [("Cagnin", -20.0), ("Magnin", -24.0), ("Hugnin", -26.0)]
    after = taught().weigh(before, scores, ALPHABET)
    assert after[0][0] == "Magnin"
    assert dict(after)["Cagnin"] == -20.0
    assert Capitals().weigh(before, scores, ALPHABET) == before


def test_rows_teach_each_other_their_capitals() -> None:
    row = line("heagnin - Louise")
    alone = decoder().decode(row, NAMES)
    assert not alone.text.startswith("Magnin")
    read = decoder().decode_all([line(text) for text in ROWS] + [row], [NAMES] * 4)
    assert read[3].text == "Magnin - Louise"


def test_a_list_in_order_teaches_its_capitals() -> None:
    listed = ("Odet", "Ogier", "Ohleyer", "Olivier", "Ollier", "Orange", "Orcel", "Ostier")
    others = ("Astier", "Drange", "Dallier", "Durand", "Perez", "Potier", "Martin", "Zunino")
    names = Names(
        Words(Holds.SURNAME, (*listed, *others, "Dumet")), Words(Holds.GIVEN_NAMES, ("Louise", "Paul"))
    )
    rows = [
        line(f"D{name[1:]} - Louise", {0: "O"}) if name != "Orange" else line("Drange - Paul")
        for name in listed
    ]
    assert decoder().decode(rows[5], names).text == "Drange - Paul"
    read = decoder().decode_all(rows, [names] * len(rows))
    assert read[5].text == "Orange - Paul"


def test_what_a_capital_is_taken_for_counts_once() -> None:
    listed = ("Senac", "Serin", "Serol", "Seron", "Serre", "Servan", "Sevin")
    names = Names(
        Words(Holds.SURNAME, (*listed, *(f"A{name[2:]}" for name in listed))),
        Words(Holds.GIVEN_NAMES, ("Louise", "Paul")),
    )
    reader = decoder()
    reader.capitals.seen["A"]["Se"] = 4
    read = reader.decode_all([line(f"{name} - Louise") for name in listed], [names] * len(listed))
    assert [cell.text for cell in read] == [f"{name} - Louise" for name in listed]


def test_one_side_of_a_scan_teaches_the_next() -> None:
    reader = decoder()
    reader.decode_all([line(text) for text in ROWS], [NAMES] * 3)
    assert reader.decode(line("heagnin - Louise"), NAMES).text == "Magnin - Louise"


@given(st.text(max_size=30), st.text(max_size=30))
def test_no_text_is_too_strange_to_learn_from(raw: str, given_names: str) -> None:
    capitals = Capitals()
    capitals.learn(raw, given_names)
    for capital in capitals.seen:
        for beginning, share in capitals.others(capital):
            assert beginning and share < 0
