from __future__ import annotations

import re
import tomllib
from datetime import date
from importlib.resources import files
from typing import Any

import pytest

from registers.dates import Calendar, Period, RegisterDate
from registers.document import PageClass, PageOutcome
from registers.entry import Flag, Kind, State
from registers.query import Expansion
from search_ui.language import LANGUAGES, language
from services.inventory import STATES


def _flat(words: dict[str, Any], prefix: str = "") -> dict[str, str]:
    found: dict[str, str] = {}
    for key, value in words.items():
        if isinstance(value, dict):
            found |= _flat(value, f"{prefix}{key}.")
        else:
            found[prefix + key] = str(value)
    return found


def _words(code: str) -> dict[str, str]:
    text = files("search_ui").joinpath("words", f"{code}.toml").read_text(encoding="utf-8")
    return _flat(tomllib.loads(text))


def test_both_languages_say_the_same_things_with_the_same_fields() -> None:
    french, english = (_words(code) for code in LANGUAGES)
    assert french.keys() == english.keys()
    fields = re.compile(r"\{(\w+)\}")
    assert {key: set(fields.findall(text)) for key, text in french.items()} == {
        key: set(fields.findall(text)) for key, text in english.items()
    }


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_member_of_the_closed_lists_has_a_word(code: str) -> None:
    words = language(code)
    for name, members in {
        "kind": Kind,
        "flag": Flag,
        "state": State,
        "why": Expansion,
        "outcome": PageOutcome,
        "class": PageClass,
        "nothing": STATES,
    }.items():
        for member in members:
            assert words.word(f"{name}.{member}")


def test_every_word_that_a_template_asks_for_is_there() -> None:
    known = _words("fr")
    templates = files("search_ui").joinpath("templates")
    asked = {
        key
        for template in templates.iterdir()
        for key in re.findall(r'\bword\("([\w.]+)"', template.read_text(encoding="utf-8"))
    }
    assert len(asked) > 40
    assert asked <= known.keys()


def test_dates_are_written_as_each_language_does() -> None:
    french, english = map(language, LANGUAGES)
    day = RegisterDate.of_day(date(1883, 12, 4))
    assert (french.date(day), english.date(day)) == ("4 décembre 1883", "4 December 1883")
    assert french.date(RegisterDate.of_day(date(1884, 1, 1))) == "1er janvier 1884"
    republican = RegisterDate.of_day(date(1802, 11, 3), calendar=Calendar.REPUBLICAN)
    assert french.date(republican) == "12 brumaire an XI (3 novembre 1802)"
    assert french.date(RegisterDate(year=1883, month=5)) == "mai 1883"
    assert french.date(RegisterDate.unknown("?", Period.of_years(1883, 1892))) == ""


def test_numbers_have_thin_spaces_and_counts_their_own_form() -> None:
    french, english = map(language, LANGUAGES)
    assert french.number(1234567) == "1\u202f234\u202f567"
    assert english.number(1234567) == "1,234,567"
    assert french.count("results.found", 0) == "0 résultat"
    assert english.count("results.found", 0) == "0 results"
    assert french.count("results.found", 2) == "2 résultats"


def test_an_unknown_language_is_french() -> None:
    assert language("xx").code == "fr"
