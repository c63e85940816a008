import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from ocr.handwriting.alphabet import Alphabet
from ocr.handwriting.language import LanguageModel
from ocr.handwriting.lexical import name_model

ALPHABET = Alphabet()
BASE = LanguageModel.uniform(ALPHABET.size)
SURNAMES = (("Carel", np.log(0.5)), ("Carre", np.log(0.3)), ("Morel", np.log(0.2)))
GIVEN = (("Louise", np.log(0.7)), ("Emile", np.log(0.3)))


def weights(model: LanguageModel, *texts: str) -> list[float]:
    return [float(value) for value in model.texts([ALPHABET.encode(text) for text in texts])]


def test_a_known_name_weighs_what_its_frequency_says() -> None:
    carel, morel, unknown = weights(name_model(BASE, ALPHABET, SURNAMES, ()), "Carel", "Morel", "Cozel")
    assert carel - morel == pytest.approx(np.log(0.5 / 0.2), abs=0.05)
    assert morel > unknown + 5


def test_any_other_name_stays_possible() -> None:
    known = name_model(BASE, ALPHABET, SURNAMES, GIVEN)
    free, held = weights(BASE, "Habboux - Zoraide")[0], weights(known, "Habboux - Zoraide")[0]
    assert held > free - 8


@pytest.mark.parametrize("join", [" - ", " ", ", ", " (", "-"])
def test_given_names_are_known_after_whatever_joins_them(join: str) -> None:
    model = name_model(BASE, ALPHABET, SURNAMES, GIVEN)
    known, strange = weights(model, f"Carel{join}Louise Emile", f"Carel{join}Lonise Emlie")
    assert known > strange + 8


def test_accents_that_the_lexicon_lacks_are_possible() -> None:
    plain, accented, wrong = weights(name_model(BASE, ALPHABET, (), GIVEN), "Emile", "Émile", "Omile")
    assert plain > accented > wrong


def test_names_alone_and_given_names_alone_have_models() -> None:
    assert weights(name_model(BASE, ALPHABET, (), GIVEN), "Louise Emile")[0] > -12
    assert weights(name_model(BASE, ALPHABET, SURNAMES, ()), "Carre")[0] > -4


COMPOUND = (*SURNAMES, ("Carel Dupont", np.log(0.01)), ("Carel Lumiere", np.log(0.01)))


@pytest.mark.parametrize("join", [" - ", " ", ", ", " ("])
def test_a_surname_that_others_begin_with_is_followed_by_given_names_all_the_same(join: str) -> None:
    text = f"Carel{join}Louise Emile"
    alone = weights(name_model(BASE, ALPHABET, SURNAMES, GIVEN), text)[0]
    beside = weights(name_model(BASE, ALPHABET, COMPOUND, GIVEN), text)[0]
    assert beside == pytest.approx(alone, abs=0.2)


def test_the_longer_surname_is_known_too() -> None:
    model = name_model(BASE, ALPHABET, COMPOUND, GIVEN)
    known, other = weights(model, "Carel Dupont - Louise", "Carel Dupoot - Louise")
    assert known > other + 4


def test_a_surname_of_two_words_that_others_begin_with_is_followed_by_given_names() -> None:
    longer = (*COMPOUND, ("Carel Dupont Lumiere", np.log(0.005)))
    text = "Carel Dupont - Louise Emile"
    before, after = (
        weights(name_model(BASE, ALPHABET, names, GIVEN), text)[0] for names in (COMPOUND, longer)
    )
    assert after == pytest.approx(before, abs=1.0)


def test_given_names_go_on_where_a_longer_name_of_the_list_would() -> None:
    given = (*GIVEN, ("Louise Anne", np.log(0.001)), ("Louise-Anne", np.log(0.001)))
    plain, beside = (
        weights(name_model(BASE, ALPHABET, (), names), "Louise Emile", "Louise-Emile")
        for names in (GIVEN, given)
    )
    assert beside == pytest.approx(plain, abs=0.1)


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("ab ", min_size=1, max_size=7), min_size=1, max_size=12))
def test_every_surname_of_any_list_goes_on_to_given_names(names: list[str]) -> None:
    listed = sorted({" ".join(name.split()) for name in names if name.strip()})
    if not listed:
        return
    model = name_model(BASE, ALPHABET, [(name, 0.0) for name in listed], GIVEN)
    likely = weights(model, *(f"{name} - Louise" for name in listed))
    share = -np.log(len(listed))
    assert min(likely) > share + np.log(0.9 * 0.8 * 0.45 * 0.7) - 3


@settings(max_examples=30, deadline=None)
@given(st.lists(st.text("abcdeé' -", min_size=1, max_size=7), min_size=1, max_size=12))
def test_each_name_of_any_list_is_likelier_than_without_the_list(names: list[str]) -> None:
    listed = [name.strip() for name in names if name.strip()]
    if not listed:
        return
    model = name_model(BASE, ALPHABET, [(name, 0.0) for name in listed], ())
    for known, free in zip(weights(model, *listed), weights(BASE, *listed), strict=True):
        assert known > free
