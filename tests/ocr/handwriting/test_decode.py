from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import pytest

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.ctc import Scores
from ocr.handwriting.decode import Decoder
from ocr.handwriting.name_parts import split_name
from ocr.handwriting.recogniser import Calibration
from registers.knowledge import Acceptor, Holds

ALPHABET = Alphabet()
_SURE, _DOUBT = 6.0, 3.0


@dataclass(frozen=True)
class Listed:
    """An acceptor that proposes a fixed list, whatever was read."""

    holds: Holds
    texts: tuple[str, ...]

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return [(text, -5.0) for text in self.texts][:limit]


@dataclass(frozen=True)
class Words(Listed):
    """The same of a column of names, whose reader wants all the words."""

    def words(self) -> Iterable[tuple[str, float]]:
        return [(text, -5.0) for text in self.texts]


@dataclass(frozen=True)
class Names:
    surname: Words
    given_names: Words
    holds: Holds = Holds.FULL_NAME

    def candidates(self, near: str, limit: int) -> Iterable[tuple[str, float]]:
        return ()


def line(text: str, doubts: dict[int, str] | None = None) -> Scores:
    """Scores of a line that reads `text`; at the places of `doubts` another letter is nearly as likely."""
    values = np.zeros((4 * len(text) + 2, ALPHABET.size), np.float32)
    values[:, 0] = _SURE
    for place, label in enumerate(ALPHABET.encode(text)):
        values[4 * place + 1] = 0.0
        values[4 * place + 1, label] = _SURE
        if doubts and place in doubts:
            values[4 * place + 1, ALPHABET.encode(doubts[place])[0]] = _SURE - 0.5
    return values - np.logaddexp.reduce(values, axis=1, keepdims=True)


def decoder() -> Decoder:
    return Decoder(ALPHABET, Calibration())


def test_without_knowledge_the_likeliest_text_wins_and_others_are_kept() -> None:
    read = decoder().decode(line("Garel", {0: "C"}))
    assert read.text == read.raw_text == "Garel"
    assert read.alternatives[1].text == "Carel"
    assert read.alternatives[0].score > read.alternatives[1].score
    assert read.confidence is not None
    assert 0.0 <= read.confidence <= 1.0
    assert read.changed_by == ""


def test_a_date_of_the_period_wins_over_an_impossible_one() -> None:
    dates = Listed(Holds.DATE, tuple(f"{day} Juin {year}" for day in range(1, 31) for year in (1905, 1908)))
    read = decoder().decode(line("2 Juin 1995", {9: "0"}), dates)
    assert read.text == "2 Juin 1905"
    assert read.raw_text == "2 Juin 1995"
    assert read.changed_by == "date"


def test_what_is_no_date_stays_as_it_was_read() -> None:
    dates = Listed(Holds.DATE, ("2 Juin 1905", "3 Mai 1906"))
    read = decoder().decode(line("légitimé Pichon"), dates)
    assert read.text == "légitimé Pichon"
    assert read.changed_by == ""


def test_a_known_surname_wins_when_the_letters_leave_it_open() -> None:
    surnames = Words(Holds.SURNAME, ("Carel", "Morel"))
    read = decoder().decode(line("Garel", {0: "C"}), surnames)
    assert (read.text, read.raw_text, read.changed_by) == ("Carel", "Garel", "surname")


def test_an_unknown_surname_stays_possible() -> None:
    surnames = Words(Holds.SURNAME, ("Martin", "Bernard"))
    assert decoder().decode(line("Habboux"), surnames).text == "Habboux"


@pytest.mark.parametrize("accented", ["Allègre", "Nozières", "Macaudière"])
def test_accents_of_a_surname_are_as_written(accented: str) -> None:
    surnames = Words(Holds.SURNAME, ("Allegre", "Nozieres", "Macaudiere"))
    assert decoder().decode(line(accented), surnames).text == accented


def test_both_parts_of_a_name_are_sought() -> None:
    acceptor = Names(
        Words(Holds.SURNAME, ("Carel", "Morel")), Words(Holds.GIVEN_NAMES, ("Louise", "Antoinette"))
    )
    read = decoder().decode(line("Garel - Lonise Antoinette", {0: "C", 10: "u"}), acceptor)
    assert read.text == "Carel - Louise Antoinette"
    assert read.changed_by == "full_name"


def test_cells_of_several_columns_come_back_in_their_order() -> None:
    dates = Listed(Holds.DATE, ("2 Juin 1905", "3 Mai 1906"))
    surnames = Words(Holds.SURNAME, ("Carel", "Morel"))
    lines = [line("Carel"), line("2 Juin 1905"), line("Morel"), line("?")]
    read = decoder().decode_all(lines, [surnames, dates, surnames, None])
    assert [text.text for text in read] == ["Carel", "2 Juin 1905", "Morel", "?"]


def test_a_number_is_read_as_digits() -> None:
    numbers = Listed(Holds.ACT_NUMBER, ())
    assert decoder().decode(line("l2O", {0: "1", 2: "0"}), numbers).text == "120"


NAMES = Names(Words(Holds.SURNAME, ("Carel", "Morel")), Words(Holds.GIVEN_NAMES, ("Louise", "Antoinette")))


@pytest.mark.parametrize(
    "acceptor", [None, Listed(Holds.DATE, ("2 Juin 1905",)), NAMES, NAMES.surname, NAMES.given_names]
)
def test_an_empty_line_or_a_speck_gives_an_empty_text(acceptor: Acceptor | None) -> None:
    assert decoder().decode(line(""), acceptor).text == ""
    speck = np.full((30, ALPHABET.size), -14.0, np.float32)
    speck[:, 0] = -0.001
    speck[12, 0], speck[12, ALPHABET.encode("l")[0]] = np.log(0.7), np.log(0.3)
    read = decoder().decode(speck, acceptor)
    assert read.text == ""
    assert read.confidence == pytest.approx(0.7, abs=0.05)


def test_a_digit_that_a_letter_hides_is_still_found() -> None:
    scores = line("12o45")
    place = 4 * 2 + 1
    scores[place] = -12.0
    scores[place, ALPHABET.encode("o0")] = np.log([0.99, 0.0004])
    read = decoder().decode(scores, Listed(Holds.ACT_NUMBER, ()))
    assert "12045" in [alternative.text for alternative in read.alternatives]


def test_several_surnames_are_shown_rather_than_many_readings_of_one() -> None:
    names = Names(
        Words(Holds.SURNAME, ("Carel", "Garel", "Caret", "Morel")),
        Words(Holds.GIVEN_NAMES, ("Louise", "Lonise", "Louis", "Antoinette")),
    )
    read = decoder().decode(line("Carel - Louise", {0: "G", 4: "t", 10: "n", 13: "s"}), names)
    surnames = {split_name(alternative.text)[0] for alternative in read.alternatives}
    assert surnames >= {"Carel", "Garel", "Caret"}


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("Carel - Louise Antoinette", ("Carel", " - ", "Louise Antoinette")),
        ("Saint-Jean - Marie", ("Saint-Jean", " - ", "Marie")),
        ("Martin (Jean)", ("Martin", " (", "Jean)")),
        ("Durand, Marie", ("Durand", ", ", "Marie")),
        ("Durand Marie", ("Durand", " ", "Marie")),
        ("Durand", ("Durand", "", "")),
    ],
)
def test_names_are_split_where_hands_part_them(text: str, parts: tuple[str, str, str]) -> None:
    assert split_name(text) == parts
    assert "".join(parts) == text
