"""The pipeline's names of a letter, freed of words that are no names.

In a letter that uses capitals, names have them; only who writes everything small is believed without.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from lexicon import given_names
from lexicon.fold import fold
from ner.clues import clue, is_given
from ner.letters.words import flat
from ner.model import letter_spans
from ner.spans import Label, LabelledSpan

_WORD = re.compile(r"[^\s,;:.()/|—\"«»]+\.?")
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-Ý]")
_ALIAS = re.compile(r"[ ]dite?[ ]+([A-ZÀ-Ý][\w'’-]+)")
_OF_COUPLE = re.compile(
    r"\b(?:mariages?|divorces?|couple|epoux|union|bans)(?: (?:du couple|des epoux))?\s*:?\s+$"
)
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
_RARELY_GIVEN = 5e-6
_CUT = re.compile(r"[(/|;:\n—]|(?<= )avec(?= )")
_PARTICLES = frozenset(
    fold("de du des d la le les l van von der den di da del della el ben y et dit dite").split()
)
_NO_NAMES = frozenset(
    fold(
        "vve cher chers chere cheres ami amis amie amies acte actes naissance mariage deces divorce "
        "adoption reconnaissance jugement transcription nom noms prenom prenoms date lieu commune annee "
        "annees epoux epouse elle lui demandeur defunt defunte personne evenement objet concerne "
        "recherche recherches copie extrait etude notaire maitre maire mairie monsieur madame "
        "mademoiselle messieurs bonjour salut merci cordialement salutations leurs leur cette cet ces "
        "que qui quel je il ils elles nous vous mon ma mes son sa ses notre nos votre vos un une les "
        "marie mariee mari femme veuf veuve pour par avec sans dans chez sur sous entre avant apres "
        "vers the was his her husband wife family hello dear certificate birth death marriage please m "
        "mme mlle mr me dr feu sieur dame demoiselle docteur tante oncle famille couple retrouver "
        "concernant certain certaine nomme "
    ).split()
)


def letter_names(text: str) -> tuple[LabelledSpan, ...]:
    """Surnames, given names and places of a letter, in order; raises as `ner.model.letter_spans` does."""
    spans = letter_spans(text).spans
    capitals = sum(span.text[:1].isupper() for span in spans if span.label is not Label.PLACE)
    names = [span for span in spans if span.label is not Label.PLACE]
    careless = bool(names) and capitals <= len(names) * 0.34
    kept: list[LabelledSpan] = []
    for span in spans:
        before_capital = span.label is Label.GIVEN_NAMES and text[span.end + 1 : span.end + 3].isupper()
        kept += _trusted(span, careless=careless or (before_capital and is_given(span.text.split()[0])))
    return tuple(_with_aliases(text, _relabelled(text, _of_family(text, _with_asked(text, kept)))))


def _of_family(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
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
        begins_with_name = (
            after is not None and after.label is Label.GIVEN_NAMES and after.start == span.end + 1
        )
        if fold(span.text) in family and begins_with_name:
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


def _with_asked(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
    """The spans with given names that the pipeline passed over right behind an act: "naissance d'Hector"."""
    found = [
        LabelledSpan(Label.GIVEN_NAMES, match.start(1), match.end(1), match[1])
        for match in _ASKED_GIVEN.finditer(text)
        if all(given_names.is_given_name(word) for word in match[1].split())
        and not any(span.start < match.end(1) and match.start(1) < span.end for span in spans)
    ]
    return sorted((*spans, *found), key=lambda span: span.start)


def _relabelled(text: str, spans: Sequence[LabelledSpan]) -> list[LabelledSpan]:
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
            passed = _GIVEN_BEFORE.search(text, before.end if before else 0, span.start)
            if passed and _all_given(passed[1]) and span.text[:1].isupper():
                made.append(LabelledSpan(Label.GIVEN_NAMES, passed.start(1), passed.end(1), passed[1]))
            made.append(span)
        else:
            made.append(span)
    return made


def _beside(text: str, spans: Sequence[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans; of two surnames side by side the first is a given name if it can be, a lone one in
    parentheses behind a year is a place, and so is what a year follows: "BLANC Alix Privas 1834"."""
    for index, span in enumerate(spans):
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


def _with_aliases(text: str, spans: list[LabelledSpan]) -> Iterator[LabelledSpan]:
    """The spans, a surname stretched over its "dit X"."""
    reached = 0
    for span in spans:
        alias = _ALIAS.match(text, span.end) if span.label is Label.SURNAME else None
        if span.start >= reached:
            end = alias.end() if alias else span.end
            yield LabelledSpan(span.label, span.start, end, text[span.start : end])
            reached = end


def _trusted(span: LabelledSpan, *, careless: bool) -> Iterator[LabelledSpan]:
    if span.label is Label.PLACE:
        if span.text[:1].isupper() or careless:
            yield span
        return
    begin = 0
    for part in _CUT.split(span.text):
        words = list(_WORD.finditer(part))
        while words and not _may_begin(words[0][0], span.label, careless=careless):
            words.pop(0)
        while words and not _may_end(words[-1][0], span.label, careless=careless):
            words.pop()
        if words and not any(char.isdigit() for char in part):
            start, end = span.start + begin + words[0].start(), span.start + begin + words[-1].end()
            yield LabelledSpan(span.label, start, end, part[words[0].start() : words[-1].end()])
        cut = _CUT.match(span.text, begin + len(part))
        begin += len(part) + (len(cut[0]) if cut else 1)


def _may_begin(word: str, label: Label, *, careless: bool) -> bool:
    if flat(word).split("'")[0] in _PARTICLES and label is Label.SURNAME and not word.istitle():
        return True
    if (
        flat(word) in ("le", "la", "de", "du", "van", "von", "el", "ben", "di", "da")
        and label is Label.SURNAME
    ):
        return True
    return _may_end(word, label, careless=careless)


def _may_end(word: str, label: Label, *, careless: bool) -> bool:
    plain = flat(word).rstrip(".")
    if plain in _NO_NAMES or (plain in _PARTICLES and label is Label.GIVEN_NAMES):
        # "Marie" is a given name before it is a participle.
        return word in ("Marie", "MARIE", "marie") and label is Label.GIVEN_NAMES
    return word[:1].isupper() or careless or bool(_ELIDED.match(word))
