"""What rules put right in the pipeline's spans of a line: dashes, commas, numeric dates, numbers of acts.

The pipeline goes by the look of words and their neighbours; these few signs part names and columns whatever
the words around them look like.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from lexicon import given_names
from lexicon.fold import fold
from ner.clues import clue
from ner.spans import Label, LabelledSpan

_Spans = list[LabelledSpan]
_NAMES = (Label.SURNAME, Label.GIVEN_NAMES)
_SPOUSE = {Label.SURNAME: Label.SPOUSE_SURNAME, Label.GIVEN_NAMES: Label.SPOUSE_GIVEN_NAMES}
_BAR = re.compile(r"\||(?<![^\W_])[lI](?![^\W_])")
_JOINS_PEOPLE = re.compile(r"[^\W\d_](?<![lI](?![^\W_]))|[&/+×]")
_SHORT = 3
_SPACED_DASH = re.compile(r"\s+[-–—~]\s+(?=[^\W\d_])")
_TIGHT_DASH = re.compile(r"[-–—~]")
_FIRST_WORD = re.compile(r"[^\s,]+")
_SURNAME_CLUES = ("surname", "surname_only")
_SEPARATED = re.compile(r"([^\s,(]{3,}(?: [^\s,(]+)?)\s*[,(]\s*(?=[^\W\d_]{3})")
_TRIMMED = re.compile(r"[\s,(|—–]+$|\s+[.-]$")
_NUMERIC_DATE = re.compile(r"[\dIlioOZ]{1,2}([./-])[\dIlioOZ]{1,2}\1[\dIlioOZ]{2,4}")
_DATE_WORD = re.compile(r"(?<!\S)[-–—.,|]?(\w{1,2}[./,-]\w{1,2}[./,-]\w{2,4})(?!\S)")
_DATE_TAIL = re.compile(r"[\s—–|.]+(\w{1,2}[./-]\w{1,2}[./-]\w{2,4})$")
_YEAR_LIKE = re.compile(r"[1lI7][789gB]\w\d")
_SIGN_BEFORE = re.compile(r"(?:[nNuH]\s?[°º*'o]|N[or0]{1,2}s?\.?)\s*$")
_NUMBER_TAIL = re.compile(r"(?:^|[\s,|—–]+)(?:[nNuH]\s?[°º]|N[o0]s?\.?)\s?(\d{1,4}(?: ?bis)?)$")


def put_right(text: str, spans: Iterable[LabelledSpan]) -> tuple[LabelledSpan, ...]:
    """The spans of one line, put right where signs tell more than words."""
    found = list(spans)
    for rule in _RULES:
        found = rule(text, found)
    return tuple(found)


def with_spouse(text: str, spans: Sequence[LabelledSpan]) -> tuple[LabelledSpan, ...]:
    """The spans of a line, names behind a word or sign that joins people labelled as the spouse's.

    A bar alone may only part columns: between a surname and the given names that follow it, it joins nobody.
    """
    made: list[LabelledSpan] = []
    named: list[Label] = []
    spouse, reached = False, 0
    for span in spans:
        label = span.label
        if label in _SPOUSE:
            between = text[reached : span.start]
            if named and not spouse:
                parts_columns = named == [Label.SURNAME] and label is Label.GIVEN_NAMES
                spouse = bool(_JOINS_PEOPLE.search(between)) or (
                    bool(_BAR.search(between)) and not parts_columns
                )
            named.append(label)
            label = _SPOUSE[label] if spouse else label
            reached = span.end
        else:
            # A date or a remark between two names joins nobody.
            text = text[: span.start] + " " * (span.end - span.start) + text[span.end :]
        made.append(LabelledSpan(label, span.start, span.end, span.text))
    return tuple(made)


def _cut(text: str, label: Label, start: int, end: int) -> LabelledSpan:
    return LabelledSpan(label, start, end, text[start:end])


def _parted_at_dash(text: str, spans: _Spans) -> _Spans:
    """ "Schoepfer - Pepin" is a surname and what follows it: a dash between blanks never joins a surname."""
    made: _Spans = []
    carried: LabelledSpan | None = None
    for span in spans:
        doubled = text[span.end :].lstrip()[:1] in (",", "(")  # "Martin - Dupont, Anne"
        dash = _SPACED_DASH.search(span.text) if span.label is Label.SURNAME and not doubled else None
        if carried is not None:
            joins = span.label is Label.GIVEN_NAMES and not text[carried.end : span.start].strip()
            made.append(_cut(text, Label.GIVEN_NAMES, carried.start, span.end if joins else carried.end))
            carried = None
            if joins:
                continue
        if dash is not None and dash.start():
            made.append(_cut(text, span.label, span.start, span.start + dash.start()))
            carried = _cut(text, Label.GIVEN_NAMES, span.start + dash.end(), span.end)
        else:
            made.append(span)
    return made if carried is None else [*made, carried]


def _joined_at_hyphen(text: str, spans: _Spans) -> _Spans:
    """ "Robinet-Brun Jean": the word behind a tight hyphen is the surname's when it is no given name."""
    made: _Spans = []
    for span in spans:
        before = made[-1] if made else None
        if (
            before is not None
            and (before.label, span.label) == (Label.SURNAME, Label.GIVEN_NAMES)
            and _TIGHT_DASH.fullmatch(text[before.end : span.start])
            and (word := _FIRST_WORD.match(span.text))
            and clue(word[0]) in _SURNAME_CLUES
            and not _is_abbreviated(word[0])
            and (rest := re.compile(r"[\s,]+").match(span.text, word.end()))
        ):
            made[-1] = _cut(text, before.label, before.start, span.start + word.end())
            made.append(_cut(text, span.label, span.start + rest.end(), span.end))
        else:
            made.append(span)
    return made


def _is_abbreviated(word: str) -> bool:
    """Whether a word is short for a given name: "Vor" for Victor, "Nas" for Nicolas."""
    return len(word) <= _SHORT or any(fold(meant) != fold(word) for meant in given_names.expand(word))


def _parted_at_comma(text: str, spans: _Spans) -> _Spans:
    """ "Giovanni, Pascual": what stands before a comma or in front of parentheses is the surname, where
    there is no other."""
    made: _Spans = []
    for index, span in enumerate(spans):
        beside = [*spans[max(0, index - 1) : index], *spans[index + 1 : index + 2]]
        lone = span.label is Label.GIVEN_NAMES and not any(
            other.label in _NAMES and not _joined(text, other, span) for other in beside
        )
        parts = (
            _SEPARATED.match(span.text) if lone and "," not in span.text[span.text.find(",") + 1 :] else None
        )
        if parts is None or (parts[0].rstrip()[-1] == "(") != (text[span.end : span.end + 1] == ")"):
            made.append(span)
        else:
            made.append(_cut(text, Label.SURNAME, span.start, span.start + parts.end(1)))
            made.append(_cut(text, Label.GIVEN_NAMES, span.start + parts.end(), span.end))
    return made


def _joined(text: str, one: LabelledSpan, other: LabelledSpan) -> bool:
    """Whether a word stands between two spans that makes them two people."""
    first, second = sorted((one, other), key=lambda span: span.start)
    return any(char.isalpha() or char in "&/|+×" for char in text[first.end : second.start])


def _dates_out_of_names(text: str, spans: _Spans) -> _Spans:
    """A numeric date that was taken for the tail of the given names or for a number is a date."""
    made: _Spans = []
    for span in spans:
        tail = _DATE_TAIL.search(span.text) if span.label is Label.GIVEN_NAMES else None
        if tail is not None and sum(char.isdigit() for char in tail[1]) >= 3:
            made.append(_cut(text, span.label, span.start, span.start + tail.start()))
            made.append(_cut(text, Label.DATE, span.start + tail.start(1), span.end))
        elif span.label is Label.ACT_NUMBER and _NUMERIC_DATE.fullmatch(span.text):
            made.append(_cut(text, Label.DATE, span.start, span.end))
        else:
            made.append(span)
    return made


def _dates_passed_over(text: str, spans: _Spans) -> _Spans:
    """A word of three groups, most of them figures, is a date even where the pipeline saw none or half."""
    made = spans
    for word in _DATE_WORD.finditer(text):
        start, end = word.span(1)
        touching = [span for span in made if span.start < end and start < span.end]
        inside = all(start <= span.start and span.end <= end for span in touching)
        if sum(char.isdigit() for char in word[1]) >= 4 and inside:
            date = _cut(text, Label.DATE, start, end)
            made = sorted((*(span for span in made if span not in touching), date), key=lambda s: s.start)
    return made


def _years_out_of_numbers(text: str, spans: _Spans) -> _Spans:
    """ "1876 - Rose (divorcée)": in a line without a date, what looks like a year is one and no number."""
    if any(span.label is Label.DATE for span in spans):
        return spans
    return [
        replace(span, label=Label.DATE)
        if span.label is Label.ACT_NUMBER and _YEAR_LIKE.fullmatch(span.text) and not _is_signed(text, span)
        else span
        for span in spans
    ]


def _is_signed(text: str, span: LabelledSpan) -> bool:
    """Whether "n°" leads a number."""
    return bool(_SIGN_BEFORE.search(text[: span.start]))


def _opened_by_misread_c(text: str, spans: _Spans) -> _Spans:
    """ "(larisse": what opens small letters and is never closed is a misread C."""
    made: _Spans = []
    for span in spans:
        opened = text[max(0, span.start - 1) : span.start] == "(" and ")" not in text[span.start :]
        if (
            opened
            and (not made or made[-1].end < span.start)
            and span.label in _NAMES
            and span.text[0].islower()
        ):
            made.append(_cut(text, span.label, span.start - 1, span.end))
        else:
            made.append(span)
    return made


def _numbers_out_of_dates(text: str, spans: _Spans) -> _Spans:
    """ "4 juin, n° 156": what "n°" leads is the number of the act."""
    made: _Spans = []
    for span in spans:
        tail = _NUMBER_TAIL.search(span.text) if span.label is Label.DATE else None
        if tail is None:
            made.append(span)
        else:
            if tail.start():
                made.append(_cut(text, span.label, span.start, span.start + tail.start()))
            made.append(_cut(text, Label.ACT_NUMBER, span.start + tail.start(1), span.end))
    return made


def _trimmed(text: str, spans: _Spans) -> _Spans:
    """Names without the signs behind them."""
    made: _Spans = []
    for span in spans:
        end = _TRIMMED.search(span.text) if span.label in _NAMES else None
        kept = (
            span
            if end is None or end.start() == 0
            else _cut(text, span.label, span.start, span.start + end.start())
        )
        made.append(kept)
    return made


_RULES: tuple[Callable[[str, _Spans], _Spans], ...] = (
    _parted_at_dash,
    _joined_at_hyphen,
    _parted_at_comma,
    _dates_out_of_names,
    _dates_passed_over,
    _years_out_of_numbers,
    _numbers_out_of_dates,
    _trimmed,
    _opened_by_misread_c,
)
