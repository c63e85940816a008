"""What a reader does to a text: look-alikes, lost and added letters, accents gone, specks.

The rate is the share of characters other than blanks that are touched. Spans follow their text, so
that a noisy example keeps its gold. Look-alikes are the usual confusions of Latin print and type.
"""

from __future__ import annotations

import random
import unicodedata

from ner.training.draft import Draft

_LOOK_ALIKE = {
    "a": "oeâu", "b": "hlo", "c": "eoç", "d": "olcb", "e": "coéè", "f": "tr", "g": "qyp", "h": "bnk",
    "i": "lj1t", "j": "iy", "k": "hx", "l": "1itI", "m": "nrw", "n": "ruhm", "o": "aec0", "p": "qn",
    "q": "gp", "r": "nvtc", "s": "ezS", "t": "lfri", "u": "nva", "v": "uyr", "w": "vm", "x": "zv",
    "y": "vgj", "z": "sx", "A": "ÀR4", "B": "R8E", "C": "GO(", "D": "OB0", "E": "FBÉ", "F": "EPT",
    "G": "C6O", "H": "NMR", "I": "lJ1", "J": "IT)", "K": "RX", "L": "IE", "M": "NH", "N": "MH", "O": "0QC",
    "P": "FR", "Q": "O0", "R": "KBP", "S": "5s8", "T": "IFJ", "U": "VO", "V": "UY", "W": "VM", "X": "KY",
    "Y": "VX", "Z": "2S", "0": "O6o", "1": "lI7", "2": "Z7", "3": "85", "4": "19", "5": "S3", "6": "G08",
    "7": "1T", "8": "3B0", "9": "4gy", "°": "*o'", ".": ",'", ",": ".;", "-": "~—",
}  # fmt: skip
_LETTERS = "aeinorstul"
_SPECKS = (".", ",", "'", "-", "|", "*")


def noisy(draft: Draft, rate: float, rng: random.Random) -> Draft:
    """The draft as a poor reading has it; at rate 0 the draft itself."""
    if rate <= 0:
        return draft
    result = Draft()
    for text, label in draft.pieces:
        marred = "".join(_mar(char, rate, rng) for char in text)
        # A span that lost all its letters would be gold that nobody can see.
        result.add(marred if marred.strip() or not text.strip() else text, label)
        if not label and text.endswith(" ") and rng.random() < rate / 5:
            result.add(rng.choice(_SPECKS) + " ")
    return result


def _mar(char: str, rate: float, rng: random.Random) -> str:
    if char.isspace() or rng.random() >= rate:
        return char
    bare = unicodedata.normalize("NFD", char)[0]
    roll = rng.random()
    if bare != char and roll < 0.6:
        return bare
    if roll < 0.65:
        return rng.choice(_LOOK_ALIKE.get(bare, _LETTERS))
    if roll < 0.80:
        return ""
    if roll < 0.92:
        return char + rng.choice(_LETTERS)
    return rng.choice(_LETTERS)
