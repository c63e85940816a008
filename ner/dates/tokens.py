"""The words of a written date: numbers, months, ditto signs, the "an" of a Republican year, fillers."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from enum import Enum, auto

from ner.dates.months import MonthReading, bre_months, months_of
from ner.numerals import NUMBER_WORDS, other_digits, repaired_digits, roman
from registers.dates import COMPLEMENTARY


class Token(Enum):
    NUMBER = auto()
    NUMBER_WORD = auto()
    MONTH = auto()
    DITTO = auto()
    YEAR_MARK = auto()
    FILLER = auto()
    POINT = auto()
    DASH = auto()
    ILLEGIBLE = auto()
    OTHER = auto()


@dataclass(frozen=True, slots=True)
class DateWord:
    """One word of a date, where it stands in the text, and all that it may mean.

    `digits` keeps a number as written, so that "05" and "5", "182" and "1820" stay apart. A word may
    be a number and a month at once ("sept"): the grammar decides.
    """

    token: Token
    folded: str
    start: int
    end: int
    number: int | None = None
    digits: str = ""
    months: tuple[MonthReading, ...] = ()
    roman: int | None = None
    repaired: bool = False
    other_digits: tuple[str, ...] = ()


_WORDS = re.compile(
    r"(?P<word>[a-z0-9|!^]+(?:['’][a-z0-9|!^]+|(?<=[a-z])\.[a-z][a-z0-9|!^]*)*[°º]?)|(?P<ditto>''|,,|[\"»«”“„~=])|(?P<dash>[-–—―]+)"
    r"|(?P<illegible>[§?*…¤]+|\.{3,}|\[[\s?.…]*\])|(?P<point>[./,;:()'’\[\]])"
)
_ORDINAL = re.compile(r"(\d+)(?:er|ers|e|eme|ieme|me|nd|de|°|º)?|1re")
_GARBLED_FIRST = re.compile(r"[1li|!][ec][rnvt]|1[ec][a-z]|[ti]er")
_SPECKS = re.compile(r"[\^'’.]")
_STUCK_BRE = re.compile(r"(\d{1,2}?)((?:10|[789x])(?:bre|br|mbre|embre|tembre|obre|vembre))(\d{2,4})?")
_STUCK = re.compile(r"(\d{1,2})(?:er|e)?([a-z]{3,})(\d{2,4})?|([a-z]{3,})(\d{2,4})|(l?an)(\d{1,2})")
_DITTO_WORDS = frozenset(
    (
        *("id", "idem", "d°", "dº", "do", "d", "dito", "ditto", "ide", "ld", "jd", "item", "iden"),
        *("meme", "dudit", "dud", "ledit", "dit", "courant", "ct"),
    )
)
_YEAR_MARKS = frozenset({"an", "lan", "annee", "ans", "am"})
_FILLERS = frozenset(
    (
        *("l", "de", "du", "le", "la", "les", "et", "en", "au", "a", "jour", "jours", "mois", "sans"),
        *("republique", "republicaine", "repque", "rep", "republ", "francaise", "franc"),
        *("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
        *(
            "primidi",
            "duodi",
            "tridi",
            "quartidi",
            "quintidi",
            "sextidi",
            "septidi",
            "octidi",
            "nonidi",
            "decadi",
        ),
    )
)
_CLOSED_WORDS = (
    (Token.NUMBER_WORD, NUMBER_WORDS),
    (Token.DITTO, _DITTO_WORDS),
    (Token.YEAR_MARK, _YEAR_MARKS),
    (Token.FILLER, _FILLERS),
)
_AFTER_NUMBER = frozenset({"e", "er", "eme", "me", "o", "°", "re"})
_PLAIN = {ord(c): unicodedata.normalize("NFD", c)[0] for c in "àâäáãçéèêëíìîïñóòôöõúùûüýÿ"}
_PLAIN |= {
    ord(raised): plain
    for raised, plain in zip("ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻ", "abcdefghijklmnoprstuvwxyz", strict=True)
}
_PLAIN |= {ord("ſ"): "s", ord("\u00a0"): " ", ord("_"): " "}


def words_of(text: str) -> tuple[DateWord, ...]:
    """The words of a text, each with its place; letters that mean nothing in a date are OTHER."""
    folded = _same_length_fold(text)
    found: list[DateWord] = []
    for match in _WORDS.finditer(folded):
        start, end = match.span()
        if match["word"]:
            found += _read_chunk(text[start:end], match["word"], start, end)
        else:
            token = Token[(match.lastgroup or "").upper()]
            found.append(DateWord(token, match.group(), start, end))
    return tuple(_joined(found))


def _same_length_fold(text: str) -> str:
    lowered = text.lower()
    if len(lowered) != len(text):
        lowered = "".join(c if len(c.lower()) != 1 else c.lower() for c in text)
    return lowered if lowered.isascii() else lowered.translate(_PLAIN)


def _read_chunk(raw: str, chunk: str, start: int, end: int) -> list[DateWord]:
    """The words of a chunk without spaces, `raw` as written and `chunk` folded."""
    specks = "'" in chunk or "’" in chunk or "." in chunk
    if "^" in chunk or specks:
        raw, chunk = _SPECKS.sub("", raw), _SPECKS.sub("", chunk)
    ordinal = _ORDINAL.fullmatch(chunk)
    if ordinal:
        return [_number(ordinal[1] or "1", start, end, repaired=specks)]
    known = _known_word(chunk, start, end) or _misread_word(chunk, start, end)
    if known:
        return [replace(known, repaired=True) if specks and known.months else known]
    return _split(chunk, start, end) or [_garbled(raw, chunk, start, end)] if chunk else []


def _misread_word(chunk: str, start: int, end: int) -> DateWord | None:
    """A "7bre" or a "1er" that a reader garbled: looked at before digits and letters are torn apart."""
    months = bre_months(chunk)
    if months:
        return DateWord(Token.MONTH, chunk, start, end, months=months, repaired=True)
    return _number("1", start, end, repaired=True) if _GARBLED_FIRST.fullmatch(chunk) else None


def _number(digits: str, start: int, end: int, *, repaired: bool = False) -> DateWord:
    number = int(digits) if len(digits) <= 4 else None
    token = Token.NUMBER if number is not None else Token.OTHER
    return DateWord(token, digits, start, end, number, digits, repaired=repaired)


def _known_word(chunk: str, start: int, end: int) -> DateWord | None:
    for token, words in _CLOSED_WORDS:
        if chunk in words:
            months = months_of(chunk) if chunk == "sept" else ()
            return DateWord(token, chunk, start, end, months=months)
    numeral = roman(chunk)
    if numeral:
        months = months_of(chunk) if numeral[1] else ()
        if months:
            return DateWord(Token.MONTH, chunk, start, end, months=months, roman=numeral[0], repaired=True)
        ones = repaired_digits(chunk)
        number = int(ones) if ones else None
        return DateWord(Token.OTHER, chunk, start, end, number, ones, roman=numeral[0], repaired=numeral[1])
    months = months_of(chunk)
    if months and months[0].cost < 0.2:
        return DateWord(Token.MONTH, chunk, start, end, months=months)
    return None


def _split(chunk: str, start: int, end: int) -> list[DateWord]:
    """Words that were written or read without a space: "14xbre", "29janvier", "an13", "12mai1892"."""
    stuck = _STUCK_BRE.fullmatch(chunk) or _STUCK.fullmatch(chunk)
    if stuck is None:
        return []
    parts = [(stuck.group(i), *stuck.span(i)) for i in range(1, len(stuck.groups()) + 1) if stuck.group(i)]
    words = [word for part, a, b in parts for word in _read_chunk_alone(part, start + a, start + b)]
    words[-1] = replace(words[-1], end=end)
    meant = any(word.token in (Token.MONTH, Token.YEAR_MARK) for word in words)
    return words if meant and words[0].number != 0 else []


def _read_chunk_alone(part: str, start: int, end: int) -> list[DateWord]:
    if part.isdigit():
        return [_number(part, start, end)]
    return [_known_word(part, start, end) or _garbled(part, part, start, end)]


def _garbled(raw: str, chunk: str, start: int, end: int) -> DateWord:
    """A word that no form explains: digits read as letters, or a month misread."""
    digits = repaired_digits(raw)
    if digits and len(digits) <= 4:
        others = other_digits(raw)
        return DateWord(
            Token.NUMBER, chunk, start, end, int(digits), digits, repaired=True, other_digits=others
        )
    months = months_of(chunk)
    if months:
        return DateWord(Token.MONTH, chunk, start, end, months=months, repaired=True)
    return DateWord(Token.OTHER, chunk, start, end)


def _joined(words: list[DateWord]) -> list[DateWord]:
    """ "7 bre" and "x bre" as one month, "1 er" as one number."""
    joined: list[DateWord] = []
    for word in words:
        last = joined[-1] if joined else None
        if last is None:
            joined.append(word)
            continue
        if word.folded in ("bre", "br", "embre"):
            while len(joined) > 1 and joined[-1].folded == ".":
                joined.pop()
            if _heads_bre(joined):
                last = joined.pop()
                months = months_of(last.folded + "bre")
                joined.append(DateWord(Token.MONTH, last.folded + "bre", last.start, word.end, months=months))
                continue
        if last.folded in ("jr", "jrs") and any(month.month == COMPLEMENTARY for month in word.months):
            joined[-1] = replace(last, token=Token.FILLER, months=())  # the "jour" of "jr complre"
        if word.folded in _AFTER_NUMBER and word.token is not Token.NUMBER and last.number is not None:
            torn = last.token is not Token.NUMBER
            joined[-1] = replace(last, token=Token.NUMBER, end=word.end, repaired=last.repaired or torn)
            continue
        if word.folded == "er" and last.folded == "l":
            joined[-1] = _number("1", last.start, word.end, repaired=True)
            continue
        joined.append(word)
    return joined


def _heads_bre(words: list[DateWord]) -> bool:
    """Whether the last word and "bre" are one month; a lone "9 bre" may be the ninth of brumaire."""
    if words[-1].folded not in ("7", "8", "9", "10", "x", "vii", "viii", "ix"):
        return False
    has_day = any(word.token in (Token.NUMBER, Token.NUMBER_WORD) for word in words[:-1])
    return has_day or not words[-1].folded.isdigit()
