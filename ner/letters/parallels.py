"""Names of a letter put right by what stands beside them: items of one list, the same word elsewhere."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexicon import given_names
from ner.clues import clue, is_given
from ner.letters.words import flat
from ner.spans import Label, LabelledSpan

_ITEM = re.compile(
    r"(?<![\w'’-])([A-ZÀ-Ý][\w'’]+(?:[ -][A-ZÀ-Ý][\w'’]+)*)"
    r"(?: ?\((?:°|née? |n\. ?)?(?:le |en |vers )?[^()\n\d]{0,12}(?:1[5-9]|20)\d\d\)|"
    r", (?:en |vers )?(?:1[5-9]|20)\d\d(?= ?[;,.»]))"
)
_PARTED = re.compile(r"[\s,;»]*(?:et|puis)?[\s]*")
_NATIVE = re.compile(r"\b(?:natif|native|natifs|natives|originaire|originaires) (?:de |d')?$")
_TOWN = re.compile(r"-(?:sur|sous|en|lès|les|la|le|de|du|des|aux|d['’])-[A-ZÀ-Ý][\w'’-]+")
_ELISION = re.compile(r"[dD]['’]")
_ALIAS_BEFORE = re.compile(r"[\w.»]\s?,? (?:dite?|surnommee?|alias)(?: aussi)? [«\"]?\s?$")
_SMALL_BEFORE = re.compile(r"\b([a-zà-ÿ]{3,}(?:-[a-zà-ÿ]{3,})?) $")
_GIVEN = ("given", "given_only", "both")
_COMMON = 1e-5


def in_lists(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans; of "Domingo (1851), Gracieuse (1854), Bettiri (1860)" all are given names when most are."""
    made = list(spans)
    for row in _rows(text):
        known = [item for item in row if _label_of(item, made) is Label.GIVEN_NAMES]
        if len(row) < 2 or len(known) * 2 < len(row):
            continue
        for item in row:
            if _label_of(item, made) is Label.GIVEN_NAMES or _surname_near(item, made):
                continue
            made = [span for span in made if span.end <= item.start(1) or span.start >= item.end(1)]
            made.append(LabelledSpan(Label.GIVEN_NAMES, item.start(1), item.end(1), item[1]))
    return sorted(made, key=lambda span: span.start)


def _rows(text: str) -> Iterator[list[re.Match[str]]]:
    row: list[re.Match[str]] = []
    for item in _ITEM.finditer(text):
        if row and not _PARTED.fullmatch(text[row[-1].end() : item.start()]):
            yield row
            row = []
        row.append(item)
    yield row


def _label_of(item: re.Match[str], spans: Sequence[LabelledSpan]) -> Label | None:
    return next((s.label for s in spans if s.start <= item.start(1) and item.end(1) <= s.end), None)


def _surname_near(item: re.Match[str], spans: Sequence[LabelledSpan]) -> bool:
    return any(s.label is Label.SURNAME and s.start < item.end(1) and item.start(1) < s.end for s in spans)


def without_aliases(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans without "Barbe-Rousse" of "Paul Garnier, dit Barbe-Rousse"; Embrun of "natif d'Embrun" is a
    place."""
    for span in spans:
        before = flat(text[max(0, span.start - 30) : span.start])
        if _NATIVE.search(before) and span.label is Label.SURNAME:
            cut = _ELISION.match(span.text)
            start = span.start + (cut.end() if cut else 0)
            yield LabelledSpan(Label.PLACE, start, span.end, text[start : span.end])
        elif not (
            span.label is Label.GIVEN_NAMES and _ALIAS_BEFORE.search(before) and clue(span.text) == "unknown"
        ):
            yield span


def as_places(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; "La Seyne" of "La Seyne-sur-Mer" is a place, and so is "Sète" of "mariés à Sète"."""
    for span in spans:
        tail = _TOWN.match(text, span.end) if span.label is not Label.PLACE else None
        lone = span.label is Label.GIVEN_NAMES and clue(span.text) not in _GIVEN
        if tail:
            yield LabelledSpan(Label.PLACE, span.start, tail.end(), text[span.start : tail.end()])
        elif lone and text[max(0, span.start - 2) : span.start] == "à ":
            yield replace(span, label=Label.PLACE)
        else:
            yield span


def as_elsewhere(spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; a lone word that is a place elsewhere in the letter is no given name, and the reverse."""
    places = {span.text for span in spans if span.label is Label.PLACE}
    given = {span.text for span in spans if span.label is Label.GIVEN_NAMES}
    for index, span in enumerate(spans):
        after = spans[index + 1] if index + 1 < len(spans) else None
        alone = after is None or after.label is not Label.SURNAME or after.start > span.end + 2
        before = spans[index - 1] if index else None
        lone = before is None or before.label is Label.PLACE or before.end + 2 < span.start
        elided = _ELISION.match(span.text) if span.label is Label.SURNAME and lone and alone else None
        if elided and span.text[elided.end() :] in places:
            yield replace(span, label=Label.PLACE, start=span.start + 2, text=span.text[2:])
        elif span.label is Label.GIVEN_NAMES and span.text in places and alone and not is_given(span.text):
            yield replace(span, label=Label.PLACE)
        elif span.label is Label.PLACE and span.text in given and given_names.frequency(span.text) > _COMMON:
            yield replace(span, label=Label.GIVEN_NAMES)
        else:
            yield span


def once_each(spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; "Gilberte, Gilberte" names one person twice."""
    for span in spans:
        first, comma, again = span.text.partition(", ")
        if span.label is Label.GIVEN_NAMES and comma and again.split(" ")[0] == first.split(" ")[0]:
            yield replace(span, end=span.start + len(first), text=first)
            yield replace(span, start=span.end - len(again), text=again)
        else:
            yield span


def with_small(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans with given names in small letters right before a surname: "jordan Payet"."""
    found = []
    for index, span in enumerate(spans):
        small = _SMALL_BEFORE.search(text, 0, span.start) if span.label is Label.SURNAME else None
        touched = index > 0 and small is not None and spans[index - 1].end > small.start(1)
        common = small is not None and given_names.frequency(small[1]) > _COMMON
        named = common and small is not None and clue(small[1]) in _GIVEN and small[1] != "famille"
        if small and named and not touched and span.text[:1].isupper():
            found.append(LabelledSpan(Label.GIVEN_NAMES, small.start(1), small.end(1), small[1]))
    return sorted((*spans, *found), key=lambda span: span.start)
