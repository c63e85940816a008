"""What the recogniser can write, and how ground truth is brought into it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

CHARACTERS = (
    " 0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
    "àâäæçèéêëîïôöùûüœÀÂÇÈÉÊËÎÏÔÖÙÛÜŒñáíóú"
    ".,;:!?'\"()[]{}-_=+/|&°«»%*#~<>§£$"
)

_FOLDED = str.maketrans(
    {
        "\u00a0": " ",
        "\u2019": "'",
        "\u2018": "'",
        "\u02bc": "'",
        "\u201c": '"',
        "\u201d": '"',
        "\u2013": "-",
        "\u2014": "-",
        "\u2015": "-",
        "\u2500": "-",
        "\u00ba": "°",
        "^": "",
        "¥": "",
        "⋎": "",
    }
)
_DELETED = re.compile(r">[^<>]*<")
_SPACES = re.compile(r"\s+")


_KNOWN = frozenset(CHARACTERS)


def normalise(text: str) -> str:
    """Transcription in the recogniser's terms: NFC, collapsed spaces, plain
    quotes and dashes; superscripts without their `^` mark; crossed-out words
    (`>word<`) left out; foreign accents dropped where the alphabet lacks them.
    """
    if text.isascii() and text.isalpha():
        return text
    text = unicodedata.normalize("NFC", text).translate(_FOLDED)
    text = _DELETED.sub("", text)
    if not _KNOWN.issuperset(text):
        text = "".join(_base(character) for character in text)
    return _SPACES.sub(" ", text).strip()


def _base(character: str) -> str:
    if character in CHARACTERS or character.isspace():
        return character
    stripped = unicodedata.normalize("NFD", character)[0]
    return stripped if stripped in CHARACTERS else character


@dataclass(frozen=True, slots=True)
class Alphabet:
    """Class 0 is CTC's blank; class i + 1 is the i-th character."""

    characters: str = CHARACTERS

    @property
    def size(self) -> int:
        return len(self.characters) + 1

    def encode(self, text: str) -> list[int]:
        """Class numbers; raises ValueError for a character it doesn't have."""
        classes = _classes(self.characters)
        try:
            return list(map(classes.__getitem__, text))
        except KeyError as error:
            raise ValueError(f"the alphabet has no {error.args[0]!r}") from error

    def decode(self, classes: Sequence[int]) -> str:
        return "".join(self.characters[number - 1] for number in classes)

    def covers(self, text: str) -> bool:
        return _classes(self.characters).keys() >= set(text)


@cache
def _classes(characters: str) -> dict[str, int]:
    return {character: index + 1 for index, character in enumerate(characters)}
