"""Ditto signs: which marks stand for "as above", learnt per register, and the row that they come from.

Everything here works on plain sequences, so that a section's rows can be handed over in reading order
(left side, right side, next page) whatever tables they come from: one text per row, "" where a cell is
missing. `ner/extract.py` turns the indices of `Resolved.chain` into entry ids (registers.entry.Ditto).

The order of work: `learn_habit` once per register from the surname cells of each page side, then
`resolve_dittos` over a section's surname column and `resolve_given_names` over its given names. Dates
have their own dittos (ner/dates/parse.py, `previous`).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from lexicon import surnames
from registers.entry import Flag

_LETTER_SIGNS = {
    **dict.fromkeys(
        ("d°", "dº", "do", "d'", "d", "d*", 'd"', "d0", "dd", "d°.", "cl°", "cl'", "a°", "d?"), "d°"
    ),
    **dict.fromkeys(("id", "idem", "ide", "ld", "jd", "1d", "iden", "idern", "item", "id°", "ibid"), "id"),
    **dict.fromkeys(("dito", "ditto", "dto"), "d°"),
    **dict.fromkeys(("même", "meme", "le même", "la même", "les mêmes", "susdit"), "id"),
}
_QUOTES = frozenset("\"“”„«»″〃‟❝❞'’‘′`,‚;")
_WEAK = frozenset("'’‘′`,‚;")
"""One such mark alone may be a speck: it counts only where the hand writes quote signs or blanks."""
_DASHES = frozenset("-–—―~=_¬")
_LOOK_ALIKES = frozenset(
    {"n", "ii", "u", "11", "h", "//", "/", "ll", "il", "li", "1l", "l1", "w", "vv", "»n"}
)
"""What readers make of a quote sign; dittos only where a register's habit says so."""
LEAST_SIGNS = 3
BLANK_SHARE = 0.2
"""Blanks mean dittos where this share of the cells is blank and signs are hardly used."""
LOST_SHARE = 0.05
"""Where a hand writes small marks and this share of the cells is blank, readers have lost some of them."""


_LEADING_SIGN = re.compile(
    r"""([dD][°ºo0]\.?|[Ii]d(?:em\b|\.|\b)|["»«„”“'’,~]{1,3}|[-–—]{1,2})"""
    r"""\s*[-–—,]?\s*(?=\(?[^\W\d])"""
)


@dataclass(frozen=True, slots=True)
class DittoHabit:
    """What a hand uses for "as above": canonical signs (see `sign_of`), and whether blank means it.

    Strong signs (d°, id, a double quote, a dash) are dittos for any hand; the habit decides on weak
    ones. `look_alikes` are texts that are dittos only in this register ("n", "II" for a misread quote sign).
    """

    signs: frozenset[str] = frozenset()
    blank_is_ditto: bool = False
    look_alikes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Resolved:
    """One row's value: its own (`chain` empty) or taken from above.

    `chain` holds indices into the sequence that was given, from the row just above to the head.
    `sign` is what is written at the ditto ("" for a blank).
    """

    value: str
    sign: str = ""
    chain: tuple[int, ...] = ()
    flags: tuple[Flag, ...] = ()


def is_ditto(text: str) -> bool:
    """Whether a cell's text is a ditto sign and nothing else (a blank is not: see DittoHabit)."""
    return bool(sign_of(text))


def sign_of(text: str) -> str:
    """The canonical sign (`d°`, `id`, `"`, `-`) of a text that is a ditto, else an empty string."""
    plain = re.sub(r"[\s^.()\[\]|]+", " ", text).strip().lower()
    if not plain:
        return ""
    words = (
        {_word_sign(word) for word in plain.split()} if plain not in _LETTER_SIGNS else {_LETTER_SIGNS[plain]}
    )
    return words.pop() if len(words) == 1 else ""


def without_leading_sign(text: str) -> tuple[str, str]:
    """The sign that stands for the surname in a cell that holds both names, as written, and the rest.

    "d° Jean", "id. (Marie)", "- Paul"; the sign is empty where the cell begins with none.
    """
    sign = _LEADING_SIGN.match(text)
    return (sign[1], text[sign.end() :]) if sign else ("", text)


def _word_sign(word: str) -> str:
    bare = word.rstrip("-–,:;")
    if bare in _LETTER_SIGNS:
        return _LETTER_SIGNS[bare]
    if _QUOTES.issuperset(word):
        return '"'
    return "-" if _DASHES.issuperset(word) else ""


def learn_habit(columns: Sequence[Sequence[str]]) -> DittoHabit:
    """What this hand uses, from the surname cells of each page side, in reading order.

    A blank means a ditto where many cells are blank and the hand has hardly any sign, and where small
    marks (quotes, dashes) were lost; a hand that writes "d°" leaves a blank for a true blank. A
    look-alike counts once the hand is known to use quote signs, or when one comes back again and again
    below written names.
    """
    signs: Counter[str] = Counter()
    likely: Counter[str] = Counter()
    blanks = cells = 0
    for column in columns:
        for index, text in enumerate(column):
            cells += 1
            sign = sign_of(text)
            if sign:
                signs[sign] += 1
            elif _blank(text):
                blanks += index > 0
            elif index > 0 and _bare(text) in _LOOK_ALIKES:
                likely[_bare(text)] += 1
    used = frozenset(sign for sign, count in signs.items() if count >= LEAST_SIGNS or count * 20 >= cells)
    written = signs.total() + likely.total()
    blank_is_ditto = blanks >= BLANK_SHARE * cells and written < blanks
    quoting = bool(used & {'"', "-"})
    blank_is_ditto = blank_is_ditto or (quoting and blanks >= max(LEAST_SIGNS, LOST_SHARE * cells))
    look_alikes = frozenset(
        text
        for text, count in likely.items()
        if quoting or (count >= LEAST_SIGNS and (len(text) == 1 or not surnames.is_surname(text)))
    )
    return DittoHabit(used, blank_is_ditto, look_alikes)


def resolve_dittos(
    texts: Sequence[str], habit: DittoHabit, *, present: Sequence[bool] | None = None
) -> tuple[Resolved, ...]:
    """Each row's value with the chain to its head, across pages and page sides.

    `texts` are the cells of one column over a whole section, in reading order; `present` says which
    rows hold anything in their other cells: a wholly empty row is no ditto, and no chain goes through
    it. A blank that is no ditto in this register stays blank and ends nothing: a ditto below it goes
    back to the last written name. A ditto that has nothing above it is flagged, and so is a blank taken
    for the lost sign of a hand that writes signs.
    """
    resolved: list[Resolved] = []
    last: int | None = None
    for index, text in enumerate(texts):
        blank = _blank(text) or (text.strip() in _WEAK and not _stands_for_above(text, habit))
        if blank and (not habit.blank_is_ditto or (present is not None and not present[index])):
            resolved.append(Resolved(""))
        elif not blank and not _stands_for_above(text, habit):
            resolved.append(Resolved(text))
            last = index
        elif last is None:
            resolved.append(Resolved("", text, flags=(Flag.DITTO_WITHOUT_HEAD,)))
        else:
            above = resolved[last]
            doubt = (Flag.LOW_CONFIDENCE,) if blank and habit.signs else ()
            resolved.append(Resolved(above.value, text, (last, *above.chain), doubt))
            last = index
    return tuple(resolved)


def _blank(text: str) -> bool:
    """Nothing, or specks that are neither letters, digits nor a sign."""
    return not any(c.isalnum() for c in text) and not is_ditto(text)


def _stands_for_above(text: str, habit: DittoHabit) -> bool:
    if text.strip() in _WEAK:
        return '"' in habit.signs or habit.blank_is_ditto
    return is_ditto(text) or _bare(text) in habit.look_alikes


def _bare(text: str) -> str:
    return text.strip(" .^").lower()


def resolve_given_names(texts: Sequence[str], habit: DittoHabit) -> tuple[Resolved, ...]:
    """The same for given names, where each sign stands for the name at its place above ("Lucie id").

    A cell that is nothing but one sign takes all the names above; two signs take the first two. A sign
    with no name above its place is left out and flagged. A blank is never a ditto here.
    """
    resolved: list[Resolved] = []
    above: list[str] = []
    head: int | None = None
    for index, text in enumerate(texts):
        words = text.split()
        marked = [_is_sign(word, habit) for word in words]
        if not any(marked):
            resolved.append(Resolved(text))
            if words:
                above, head = _names_only(words), index
            continue
        if head is None:
            own = " ".join(word for word, sign in zip(words, marked, strict=True) if not sign)
            resolved.append(Resolved(own, text, flags=(Flag.DITTO_WITHOUT_HEAD,)))
            continue
        value, complete = _placed(words, marked, above)
        chain = (head, *resolved[head].chain)
        flags = () if complete else (Flag.DITTO_WITHOUT_HEAD,)
        resolved.append(Resolved(" ".join(value), text, chain, flags))
        above, head = _names_only(value), index
    return tuple(resolved)


def _is_sign(word: str, habit: DittoHabit) -> bool:
    return is_ditto(word) or _bare(word) in habit.look_alikes


def _placed(words: Sequence[str], marked: Sequence[bool], above: Sequence[str]) -> tuple[list[str], bool]:
    """The words with each sign replaced by the name at its place, and whether each had one."""
    if len(words) == 1 and marked[0]:
        return list(above), bool(above)
    value: list[str] = []
    complete = True
    for place, (word, sign) in enumerate(zip(words, marked, strict=True)):
        if not sign:
            value.append(word)
        elif place < len(above):
            value.append(above[place])
        else:
            complete = False
    return value, complete


def _names_only(words: Sequence[str]) -> list[str]:
    """The words up to a remark in brackets."""
    names: list[str] = []
    for word in words:
        if word.startswith("("):
            break
        names.append(word)
    return names
