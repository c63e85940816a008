"""French spelling to sound, for surnames: our own rules, several sounds where French leaves it open.

Written for feuillet from the orthography taught in school grammars and from the habits of old
registers (u for v, gn for n, silent final letters); no published algorithm is followed.

Symbols of the sound: A E I O, Y (u of "lune"), U (ou), 2 (eu), @ (an, en), 5 (in, ain, un), 3 (on);
B D F G K L M N P R S T V Z, C (ch), J (j, soft g). Letters that are not heard leave nothing.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import product

_MOST_KEYS = 6
_DOUBLED = re.compile(r"([bdfgkprtvz])\1+")
_REPEATED = re.compile(r"(.)\1+")

# pattern at the position, what it may sound like; the first that matches is taken
_RULES: dict[str, tuple[tuple[str, tuple[str, ...]], ...]] = {
    "a": (
        (r"aill(?=[aeiouy])|aille?s?$", ("AI",)),
        (r"ail(?=[aeiou])", ("AIL", "AI")),
        (r"aou", ("U", "AU")),
        (r"(?:ain|aim|ayn)(?![aeiouynm])", ("5",)),
        (r"ay(?=[aeiou])", ("EI", "AI")),
        (r"(?:ais|ait|aix|ays|aid|ai|ay)s?$", ("E",)),
        (r"a[iy]", ("E",)),
        (r"au(?:l(?=[tdx]))?(?:[tdx]+s?)?$", ("O",)),
        (r"aul(?=[dtmnc][^aeiouy]|[tdmnc]$)", ("O", "OL")),
        (r"ault(?=[aeiouy])", ("OT",)),
        (r"au", ("O",)),
        (r"a[nm](?=[bcdfgjklpqrstvxz])|an$", ("@",)),
        (r"a(?:ts?|s)$", ("A",)),
        (r"a", ("A",)),
    ),
    "b": (
        (r"b(?=[vf]r?)", ("",)),
        (r"(?<=e)bure$", ("VR", "BYR")),
        (r"b$", ("", "B")),
        (r"b", ("B",)),
    ),
    "c": (
        (r"ch(?=[rlnmt])", ("K",)),
        (r"ch", ("C",)),
        (r"cqu?", ("K",)),
        (r"cc(?=[eiy])", ("KS",)),
        (r"c+(?=[eiy])", ("S",)),
        (r"(?<=[rn])cs?$", ("", "K")),
        (r"c+(?:k|s$)?", ("K",)),
    ),
    "d": ((r"ds?$", ("",)), (r"d(?=t)", ("",)), (r"d", ("D",))),
    "e": (
        (r"eau(?:[xtd]|lt|ld)*s?$|eau", ("O",)),
        (r"eill?(?=[aeiouy])|eille?s?$|eils?$", ("EI",)),
        (r"(?:ein|eim|eyn)(?![aeiouynm])", ("5",)),
        (r"eu", ("2",)),
        (r"ei|ey(?![aeiou])", ("E",)),
        (r"ey", ("EI",)),
        (r"(?<=i)en(?=[bcdfgjklpqrstvxz]|$)", ("5",)),
        (r"en$", ("5", "EN")),
        (r"e[nm](?=[bcdfgjklpqrstvxz])", ("@",)),
        (r"ers?$", ("E", "ER")),
        (r"ez$", ("E", "ES")),
        (r"e(?:ts?|ct|x|d|gs?|f)$", ("E",)),
        (r"e$", ("", "E")),
        (r"es$", ("",)),
        (r"e", ("E",)),
    ),
    "f": ((r"f+", ("F",)),),
    "g": (
        (r"gn", ("NI", "N")),
        (r"ge(?=[aou])", ("J",)),
        (r"gu(?=[eiy])", ("G",)),
        (r"g(?=[eiy])", ("J",)),
        (r"(?<=[nr])gs?$", ("",)),
        (r"gt?s?$", ("G", "")),
        (r"g", ("G",)),
    ),
    "h": ((r"h", ("",)),),
    "i": (
        (r"(?:in|im)(?=[bcdfgjklpqrstvxz])|in$|im$", ("5",)),
        (r"ill?(?=[aeiouy])", ("I", "IL")),
        (r"(?:is|it|ix|id|its)$", ("I",)),
        (r"i", ("I",)),
    ),
    "j": ((r"j", ("J",)),),
    "k": ((r"k", ("K",)),),
    "l": ((r"l+(?=[tdx]s?$)", ("", "L")), (r"l+", ("L",))),
    "m": ((r"m+", ("M",)),),
    "n": ((r"n+", ("N",)),),
    "o": (
        (r"oeu", ("2",)),
        (r"oin(?![aeiouyn])", ("U5",)),
        (r"o[iy](?:[stxd]s?)?$", ("UA",)),
        (r"oy(?=[aeiou])", ("UAI", "OI")),
        (r"o[iy]", ("UA",)),
        (r"oe", ("2", "OE", "E")),
        (r"ou(?:[xstp]s?|lt)?$", ("U",)),
        (r"ou", ("U",)),
        (r"on[dts]?s?$|o[nm](?=[bcdfgjklpqrstvxz])", ("3",)),
        (r"o(?:ts?|s|ds?|cs?|ps?|lt)$", ("O",)),
        (r"o", ("O",)),
    ),
    "p": ((r"ph", ("F",)), (r"ps?$", ("",)), (r"p(?=t[^aeiouy]|t$)", ("",)), (r"p", ("P",))),
    "q": ((r"qu?", ("K",)),),
    "r": ((r"rh?", ("R",)),),
    "s": (
        (r"sch", ("C",)),
        (r"sc(?=[eiy])", ("S",)),
        (r"sh", ("C",)),
        (r"ss+", ("S",)),
        (r"(?<=[aeiouy])s(?=[aeiouy])", ("Z",)),
        (r"s$", ("", "S")),
        (r"(?<=[aeiou])s(?=[nml]|tr)", ("", "S")),
        (r"s", ("S",)),
    ),
    "t": (
        (r"th?ie?s?$", ("TI",)),
        (r"t(?=ion)", ("S",)),
        (r"tz?s?$", ("", "T")),
        (r"tz", ("S", "TZ")),
        (r"t(?=ch)", ("",)),
        (r"th?", ("T",)),
    ),
    "u": (
        (r"u[nm](?=[bcdfgjklpqrstvxz])|un$", ("5",)),
        (r"u(?:ts?|s|x|ds?)$", ("Y",)),
        (r"u", ("Y",)),
    ),
    "v": ((r"v", ("V",)),),
    "w": ((r"w", ("V",)),),
    "x": ((r"x$", ("", "KS")), (r"x", ("KS",))),
    "y": (
        (r"(?:yn|ym)(?=[bcdfgjklpqrstvxz])|yn$", ("5",)),
        (r"y(?:s|t)?$", ("I",)),
        (r"y", ("I",)),
    ),
    "z": ((r"z$", ("", "Z")), (r"z", ("Z",))),
}
_COMPILED = {
    letter: tuple((re.compile(pattern), sounds) for pattern, sounds in rules)
    for letter, rules in _RULES.items()
}
_COARSE = str.maketrans({"B": "P", "D": "T", "G": "K", "V": "F", "Z": "S", "J": "C", "M": "N"})
_VOWELS = re.compile(r"[AEIOYU2@53]+")


@lru_cache(maxsize=4096)
def sounds(letters: str) -> tuple[str, ...]:
    """What a word of plain letters a to z may sound like, likeliest first, at most six."""
    word = _DOUBLED.sub(r"\1", letters)
    parts: list[tuple[str, ...]] = []
    at = 0
    while at < len(word):
        for pattern, heard in _COMPILED.get(word[at], ()):
            found = pattern.match(word, at)
            if found:
                parts.append(heard)
                at = found.end()
                break
        else:
            at += 1
    result: dict[str, None] = {}
    for choice in product(*parts):
        result.setdefault(_REPEATED.sub(r"\1", "".join(choice)), None)
        if len(result) == _MOST_KEYS:
            break
    return tuple(result)


def coarse(sound: str) -> str:
    """The consonants of a sound, voiced and unvoiced alike, behind a mark for a vowel at the beginning."""
    bare = _VOWELS.sub("", sound.translate(_COARSE))
    start = "A" if sound and _VOWELS.match(sound) else ""
    return start + _REPEATED.sub(r"\1", bare)
