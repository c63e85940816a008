import re

from ocr.handwriting.alphabet import Alphabet, normalise
from ocr.training.texts import Names, Texts

NAMES = Names(("Durand", "Le Goff"), (1.0, 2.0), ("Marie", "Jean"), (3.0, 1.0), ("12 id 92",))


def test_the_same_seed_draws_the_same_texts() -> None:
    first, second = Texts(NAMES, 5), Texts(NAMES, 5)
    assert [first.draw() for _ in range(50)] == [second.draw() for _ in range(50)]


def test_every_text_can_be_learnt() -> None:
    texts, alphabet = Texts(NAMES, 1), Alphabet()
    drawn = [normalise(texts.draw()) for _ in range(1000)]
    assert all(text and alphabet.covers(text) for text in drawn)
    assert "12 id 92" in drawn


def test_dates_come_in_the_forms_of_the_tables() -> None:
    texts = Texts(NAMES, 2)
    dates = [texts.date() for _ in range(3000)]
    for form in (
        r"\d+ Décembre 1\d{3}",
        r"\d+ [7-9]bre \d\d",
        r"\d+ [Xx]bre",
        r"1er ",
        r"(Germinal|Nivôse) an [IVX]+",
        r"\d+ (id|d°)",
    ):
        assert any(re.search(form, text) for text in dates), form
