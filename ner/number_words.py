"""Whole numbers in French, in digits or in words: "1 204", "douze cent quatre", "mil neuf cent trois"."""

from __future__ import annotations

import re

from ner.folding import unaccented

_UNITS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_VALUES = {word: value for value, word in enumerate(_UNITS.split())} | {
    "une": 1,
    "vingt": 20,
    "vingts": 20,
    "trente": 30,
    "quarante": 40,
    "cinquante": 50,
    "soixante": 60,
    "septante": 70,
    "huitante": 80,
    "nonante": 90,
}
_FACTORS = {"cent": 100, "cents": 100, "mille": 1000, "mil": 1000}
_DIGITS = re.compile(r"\d{1,3}(?:[ .,\u202f]\d{3})+(?!\d)|\d+")


def number_in(text: str) -> int | None:
    """The first whole number that a text states, or None."""
    digits = _DIGITS.search(text)
    if digits:
        return int(re.sub(r"\D", "", digits.group()))
    words = re.findall(r"[a-z]+", unaccented(text))
    spelled: list[str] = []
    for word in words:
        if word in _VALUES or word in _FACTORS or (word == "et" and spelled):
            spelled.append(word)
        elif spelled:
            break
    return _value(spelled)


def _value(words: list[str]) -> int | None:
    total, group, seen = 0, 0, False
    for word in words:
        if word == "et":
            continue
        seen = True
        if word in {"mille", "mil"}:
            total, group = total + max(group, 1) * 1000, 0
        elif word in {"cent", "cents"}:
            group = max(group, 1) * 100
        elif word in {"vingt", "vingts"} and group % 100 == 4:
            group += 76
        else:
            group += _VALUES[word]
    return total + group if seen else None
