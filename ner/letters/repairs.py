"""Names of a letter put right: by the lexicon, and by what the rest of the letter says of a word."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexicon import given_names
from lexicon.fold import fold
from ner.clues import clue, is_given
from ner.letters.kin import Bond, Kin, Of, kin_in
from ner.letters.words import flat
from ner.spans import Label, LabelledSpan

_OF_COUPLE = re.compile(
    r"\b(?:mariages?|divorces?|couple|epoux|union|bans)(?: (?:du couple|des epoux))?\s*:?\s+$"
)
_PARTICLE_BEFORE = re.compile(r"(?<![\w'’-])((?:(?:LE|LA|LES|DE|DU|DES|VAN|VON|DA|DI|DOS|DEN|DER) )+)$")
_NEXT_WORD = re.compile(r" ([A-ZÀ-Ý][\w'’-]+)")
_YEAR_BEFORE = re.compile(r"\d{4} \($")
_YEAR_BEHIND = re.compile(r",? \d{4}\b")
_TOUCH = re.compile(r"[ ,(|]{1,3}")
_CALLED = re.compile(
    r"(?:s'appel\w+|(?:se |m'a )?prenomm\w+|nomm\w+|prenoms? (?:est|etait)|du nom de|surnomm\w+)\s*:?\s*$"
)
_GIVEN_BEFORE = re.compile(r"(?<![\w'’-])([A-ZÀ-Ý][\w'’]+(?:[ -][A-ZÀ-Ý][\w'’]+)*),? $")
_ASKED_GIVEN = re.compile(
    r"(?:naissance|mariage|décès|deces|reconnaissance|divorce|adoption)s? (?:de |d['’])"
    r"([A-ZÀ-Ý][a-zà-ÿ]+(?:[ -][A-ZÀ-Ý][a-zà-ÿ]+)*)\b"
)
_SURNAMES = ("surname", "surname_only", "both", "unknown", "near_given_surname")
_GIVEN_BEHIND = re.compile(r",? ([A-ZÀ-Ý][\w'’]+(?:[ -][A-ZÀ-Ý][\w'’]+)*)(?![\w'’-])")
_SMALL_GIVEN_BEHIND = re.compile(r",? ([^\W\d_]{3,}(?:[ -][A-ZÀ-Ý][\w'’]+)*)(?![\w'’-])")
_NAMED_BEFORE = re.compile(r"\bnom(?: de (?:famille|jeune fille|naissance))?\s*(?:est|etait|serait|:|=)\s*$")
_GIVEN_ALONE = re.compile(r"[ ,:(]{1,3}([A-ZÀ-Ý][\w'’]+(?:[ -][A-ZÀ-Ý][\w'’]+)*)")
_ALONE_BEHIND = re.compile(
    r"[,.;:)\n]|$| (?:est|était|serait|fut|à|en|le|qui|y|né|née|mort|morte|décédée?)\b"
)
_KIN_OF = re.compile(
    r"\b(?:pere|mere|oncle|tante|frere|s(?:oe|œ)ur|fils|fille|cousine?|mari|femme|veuve|aieule?) (?:de |d')$"
)
_FAMILY_NAMED = re.compile(
    r"\b(?:[Ll]es(?= [A-ZÀ-Ý]{3})|[Ff]amille) ([A-ZÀ-Ý][\w'’]+(?:-[A-ZÀ-Ý]\w+)*)(?![\w'’])"
)
_LABEL = re.compile(r"(?:pre)?noms?|familles?|m(?:e|r|me|lle)?|dr")
_SMALL_ALONE = re.compile(r" ([a-zà-ÿ]{3,})\b")
_RARELY_GIVEN = 5e-6


def with_particle(text: str, span: LabelledSpan) -> LabelledSpan:
    """A surname in capitals with the particle in capitals before it: "LE MEUR"."""
    before = _PARTICLE_BEFORE.search(text, 0, span.start) if span.label is Label.SURNAME else None
    if before is None or not span.text.isupper() or text.isupper():
        return span
    return replace(span, start=before.start(1), text=text[before.start(1) : span.end])


def of_family(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, put right by what the rest of the letter says: a word that is a surname elsewhere in it is
    one here too, inside a span of given names, alone before one, or passed over behind one."""
    votes: Counter[str] = Counter()
    for span in spans:
        if span.label is not Label.PLACE and " " not in span.text:
            votes[fold(span.text)] += 1 if span.label is Label.SURNAME else -1
    family = {word for word, count in votes.items() if count > 0}
    made: list[LabelledSpan] = []
    for index, span in enumerate(spans):
        after = spans[index + 1] if index + 1 < len(spans) else None
        if span.label is not Label.GIVEN_NAMES:
            made.append(span)
            continue
        names = after is not None and after.label is Label.GIVEN_NAMES and after.start == span.end + 1
        if fold(span.text) in family and names:
            made.append(replace(span, label=Label.SURNAME))
            continue
        made += _family_cut_off(span, family)
        behind = _NEXT_WORD.match(text, span.end)
        if behind and fold(behind[1]) in family and (after is None or after.start > behind.start(1)):
            made.append(LabelledSpan(Label.SURNAME, behind.start(1), behind.end(1), behind[1]))
    return made


def _family_cut_off(span: LabelledSpan, family: set[str]) -> Iterator[LabelledSpan]:
    """The given names and the family's name that one span holds, in either order."""
    head, _, last = span.text.rpartition(" ")
    first, _, tail = span.text.partition(" ")
    if head and fold(last) in family:
        yield LabelledSpan(span.label, span.start, span.start + len(head), head)
        yield LabelledSpan(Label.SURNAME, span.end - len(last), span.end, last)
    elif tail and fold(first) in family:
        yield LabelledSpan(Label.SURNAME, span.start, span.start + len(first), first)
        yield LabelledSpan(span.label, span.end - len(tail), span.end, tail)
    else:
        yield span


def with_asked(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans with given names that the pipeline passed over right behind an act: "naissance d'Hector"."""
    found = [
        LabelledSpan(Label.GIVEN_NAMES, match.start(1), match.end(1), match[1])
        for match in _ASKED_GIVEN.finditer(text)
        if all(given_names.is_given_name(word) for word in match[1].split())
        and not any(span.start < match.end(1) and match.start(1) < span.end for span in spans)
    ]
    return sorted((*spans, *found), key=lambda span: span.start)


def with_kin(text: str, spans: Sequence[LabelledSpan], *, careless: bool) -> list[LabelledSpan]:
    """The spans with given names right behind a relative: "leur fils aîné Nicolas", "sa soeur, Rose"."""
    plain = flat(text)
    made = list(spans)
    for kin in kin_in(plain):
        match = _GIVEN_ALONE.match(text, kin.end)
        if match is None and careless:
            match = _SMALL_ALONE.match(text, kin.end)
        if match is None or not _may_be_given(text, match, kin):
            continue
        touching = [span for span in made if span.start < match.end(1) and match.start(1) < span.end]
        given = LabelledSpan(Label.GIVEN_NAMES, match.start(1), match.end(1), match[1])
        if not touching:
            made.append(given)
        elif touching[0].label is Label.SURNAME and fold(touching[0].text) == fold(match[1]):
            made[made.index(touching[0])] = given
    return sorted(made, key=lambda span: span.start)


def _may_be_given(text: str, match: re.Match[str], kin: Kin) -> bool:
    """Whether a name behind a relative is a given name: it may be one, or it stands alone behind a child."""
    if all(given_names.is_given_name(word) for word in match[1].split()):
        return True
    alone = kin.bond in (Bond.CHILD, Bond.SIBLING) and kin.of in (Of.ONE, Of.SEVERAL)
    return (
        alone and " " not in match[1] and match[1].istitle() and bool(_ALONE_BEHIND.match(text, match.end()))
    )


def of_relative(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; in "le grand-père de Rose, Paul Garnier" Rose and Paul are two people."""
    plain = flat(text)
    for span in spans:
        comma = span.text.find(", ")
        if span.label is Label.GIVEN_NAMES and comma > 0 and _KIN_OF.search(plain[: span.start]):
            yield replace(span, end=span.start + comma, text=span.text[:comma])
            yield replace(span, start=span.start + comma + 2, text=span.text[comma + 2 :])
        else:
            yield span


def with_families(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans with families that the pipeline passed over: "Les DUPONT-MOREL :", "la famille Garnier"."""
    found = [
        LabelledSpan(Label.SURNAME, match.start(1), match.end(1), match[1])
        for match in _FAMILY_NAMED.finditer(text)
        if not any(span.start < match.end(1) and match.start(1) < span.end for span in spans)
    ]
    return sorted((*spans, *found), key=lambda span: span.start)


def with_known(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans with given names of the letter's people where they are named again alone: "d'Angelo"."""
    known = {span.text for span in spans if span.label is Label.GIVEN_NAMES and len(span.text) > 2}
    made = list(spans)
    for name in sorted(known, key=len, reverse=True):
        for match in re.finditer(rf"(?<![\w-]){re.escape(name)}(?![\w-])", text):
            if name[:1].isupper() and not any(s.start < match.end() and match.start() < s.end for s in made):
                made.append(LabelledSpan(Label.GIVEN_NAMES, match.start(), match.end(), name))
    return sorted(made, key=lambda span: span.start)


def relabelled(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans, put right where the lexicon knows better than the pipeline.

    A given name right before a surname that the pipeline passed over is added; one span that holds both
    names is parted; a given name that stands alone behind "s'appelait" is none of a family.
    """
    made: list[LabelledSpan] = []
    spans = list(_beside(text, spans))
    for index, span in enumerate(spans):
        before = spans[index - 1] if index else None
        after = spans[index + 1] if index + 1 < len(spans) else None
        joins = (
            after is not None
            and after.label is Label.SURNAME
            and _TOUCH.fullmatch(text[span.end : after.start])
        )
        joined = before is not None and _TOUCH.fullmatch(text[before.end : span.start])
        if (
            span.label is Label.GIVEN_NAMES
            and not joins
            and not (joined and before and before.label is Label.SURNAME)
        ):
            made += _parted(span)
        elif span.label is Label.SURNAME and not (joined and before and before.label is Label.GIVEN_NAMES):
            if (
                _CALLED.search(flat(text[max(0, span.start - 40) : span.start]))
                and _all_given(span.text)
                and not (
                    after is not None
                    and after.label is Label.GIVEN_NAMES
                    and _TOUCH.fullmatch(text[span.end : after.start])
                )
            ):
                made.append(replace(span, label=Label.GIVEN_NAMES))
                continue
            made += _with_passed_over(text, span, before, after)
        else:
            made.append(span)
    return made


def _with_passed_over(
    text: str, span: LabelledSpan, before: LabelledSpan | None, after: LabelledSpan | None
) -> Iterator[LabelledSpan]:
    """A surname with the given names right before or behind it that the pipeline passed over."""
    passed = _GIVEN_BEFORE.search(text, before.end if before else 0, span.start)
    if passed and _all_given(passed[1]) and not _LABEL.fullmatch(flat(passed[1])) and span.text[:1].isupper():
        yield LabelledSpan(Label.GIVEN_NAMES, passed.start(1), passed.end(1), passed[1])
        yield span
        return
    yield span
    pattern = _SMALL_GIVEN_BEHIND if span.text.isupper() else _GIVEN_BEHIND
    behind = pattern.match(text, span.end, after.start if after else len(text))
    if behind and _all_given(behind[1]) and not _LABEL.fullmatch(flat(behind[1])):
        yield LabelledSpan(Label.GIVEN_NAMES, behind.start(1), behind.end(1), behind[1])


def _beside(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; of two surnames side by side the first is a given name if it can be, a lone one in
    parentheses behind a year is a place, and so is what a year follows: "BLANC Alix Privas 1834"."""
    for index, span in enumerate(spans):
        if span.label is Label.PLACE and _NAMED_BEFORE.search(
            flat(text[max(0, span.start - 40) : span.start])
        ):
            yield replace(span, label=Label.SURNAME)
            continue
        if couple := _couple_with_hyphen(text, span):
            yield from couple
            continue
        after = spans[index + 1] if index + 1 < len(spans) else None
        before = spans[index - 1] if index else None
        two = after is not None and after.label is Label.SURNAME and text[span.end : after.start] == " "
        alone = before is None or not _TOUCH.fullmatch(text[before.end : span.start])
        if span.label is Label.SURNAME and two and alone and given_names.is_given_name(span.text):
            yield replace(span, label=Label.GIVEN_NAMES)
        elif (
            span.label is Label.SURNAME
            and _YEAR_BEFORE.search(text[: span.start])
            and text[span.end : span.end + 1] == ")"
        ):
            yield replace(span, label=Label.PLACE)
        elif span.label is Label.GIVEN_NAMES and not alone and _YEAR_BEHIND.match(text, span.end):
            yield from _place_cut_off(span)
        else:
            yield span


def _couple_with_hyphen(text: str, span: LabelledSpan) -> tuple[LabelledSpan, ...]:
    """Both surnames of "mariage DUPONT-MARTIN"; nothing where no couple is meant."""
    first, hyphen, second = span.text.partition("-")
    if span.label is not Label.SURNAME or not hyphen or "-" in second:
        return ()
    if not _OF_COUPLE.search(flat(text[max(0, span.start - 30) : span.start])):
        return ()
    middle = span.start + len(first)
    return (
        LabelledSpan(span.label, span.start, middle, first),
        LabelledSpan(span.label, middle + 1, span.end, second),
    )


def _place_cut_off(span: LabelledSpan) -> Iterator[LabelledSpan]:
    head, _, last = span.text.rpartition(" ")
    if head and (clue(last) in ("surname_only", "unknown") or given_names.frequency(last) < _RARELY_GIVEN):
        yield LabelledSpan(span.label, span.start, span.start + len(head), head)
        yield LabelledSpan(Label.PLACE, span.end - len(last), span.end, last)
    else:
        yield span


def _parted(span: LabelledSpan) -> Iterator[LabelledSpan]:
    """Given names and the surname behind them that the pipeline took for one of them."""
    head, _, last = span.text.rpartition(" ")
    if (
        head
        and (clue(last) in _SURNAMES or given_names.frequency(last) < _RARELY_GIVEN)
        and _all_given(head.split()[0])
    ):
        yield LabelledSpan(span.label, span.start, span.start + len(head.rstrip()), head.rstrip())
        yield LabelledSpan(Label.SURNAME, span.end - len(last), span.end, last)
    else:
        yield span


def _all_given(words: str) -> bool:
    return all(is_given(part) for word in words.split() for part in word.split("-") if part)
