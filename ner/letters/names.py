"""The pipeline's names of a letter, freed of words that are no names.

In a letter that uses capitals, names have them; only who writes everything small is believed without.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

from lexicon.fold import fold
from ner.clues import is_given
from ner.letters.parallels import as_elsewhere, as_places, in_lists, once_each, with_small, without_aliases
from ner.letters.repairs import (
    of_family,
    of_relative,
    relabelled,
    with_asked,
    with_families,
    with_kin,
    with_known,
    with_particle,
)
from ner.letters.words import flat
from ner.model import letter_spans
from ner.spans import Label, LabelledSpan

_WORD = re.compile(r"[^\s,;:.()/|—\"«»]+\.?")
_ELIDED = re.compile(r"[dl]['’][A-ZÀ-Ý]")
_ALIAS = re.compile(r"[ ]dite?[ ]+((?:(?:La|Le|Les|De|Du) |L['’])?[A-ZÀ-Ý][\w'’-]+)")
_AT_PLACE = re.compile(r"[àÀ] (?=[A-ZÀ-Ý])")
_OF_PLACE = re.compile(r"([A-ZÀ-Ý]{3,}(?:[- ][A-ZÀ-Ý]+)*) (?:de|du|d['’]) ?[A-ZÀ-Ý][a-zà-ÿ]+")
_OF_ESTATE = re.compile(r" (?:de|du|des) (?:La |Le |Les |L['’])[A-ZÀ-Ý][\w-]+")
_FEAST = re.compile(
    r"\b(?:[Jj]our de|[Vv]eille de|[Nn]uit de|[Ff]ête de|la|à) (?:Noël|Toussaint|Pâques|Pentecôte)\Z"
)
_REIGNS = re.compile(r"(?:Louis|Charles|Henri|Napoléon|François|Philippe) (?:[IVX]{1,5}\b|I?er\b)")
_TAIL = re.compile(r"-[A-ZÀ-Ý][\w'’]+(?:-[A-ZÀ-Ý][\w'’]+)*")
_LISTED = re.compile(r"([^\s,]+), ?")
_CUT = re.compile(r"[(/|;:\n—]|(?<= )avec(?= )")
_PARTICLES = frozenset(
    fold("de du des d la le les l van von der den di da del della el ben y et dit dite").split()
)
_NOBLE = frozenset(
    fold("comte comtesse baron baronne marquis marquise vicomte vicomtesse duc duchesse").split()
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
        "concernant certain certaine nomme soldat caporal sergent capitaine lieutenant adjudant commandant "
        "moi toi colonel general brigadier marin matelot abbe aine ainee cadet cadette jumeau jumelle "
        "enfant fils fille chu chr ehpad hopital clinique "
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
    kept = [span for span in kept if not (_FEAST.search(text[: span.end]) or _REIGNS.match(text, span.start))]
    kept = [_without_place(text, with_particle(text, span)) for span in kept]
    kept = with_families(text, kept)
    kept = list(of_relative(text, [_with_tail(text, span) for span in kept]))
    kept = in_lists(text, with_small(text, list(once_each(list(without_aliases(text, kept))))))
    kept = list(as_elsewhere(list(as_places(text, kept))))
    named = with_known(text, with_kin(text, with_asked(text, kept), careless=careless))
    return tuple(_with_aliases(text, relabelled(text, of_family(text, named))))


def _with_tail(text: str, span: LabelledSpan) -> LabelledSpan:
    """A name with what a hyphen ties to it: "Sérignac-Montbel"."""
    tail = _TAIL.match(text, span.end) if span.label is not Label.PLACE else None
    return replace(span, end=tail.end(), text=text[span.start : tail.end()]) if tail else span


def _without_place(text: str, span: LabelledSpan) -> LabelledSpan:
    """ "PÉLISSON de Brioude": what stands in ordinary capitals behind a surname in capitals is a place."""
    estate = _OF_ESTATE.match(text, span.end) if span.label is Label.SURNAME else None
    if estate:  # "Le Royer de La Motte"
        return replace(span, end=estate.end(), text=text[span.start : estate.end()])
    match = _OF_PLACE.match(span.text) if span.label is Label.SURNAME and not text.isupper() else None
    return replace(span, end=span.start + match.end(1), text=match[1]) if match else span


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
    at_place = _AT_PLACE.match(span.text) if span.label is Label.SURNAME else None
    if at_place:
        start = span.start + at_place.end()
        span = LabelledSpan(Label.PLACE, start, span.end, span.text[at_place.end() :])
    if span.label is Label.PLACE:
        if span.text[:1].isupper() or careless:
            yield span
        return
    if span.label is Label.GIVEN_NAMES and (listed := _LISTED.match(span.text)) and not is_given(listed[1]):
        # "de Plouescat, Barbe": what is no given name is a place.
        start = span.start + listed.end()
        span = LabelledSpan(span.label, start, span.end, span.text[listed.end() :])
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
    if word.islower() and plain in _NOBLE:
        return False
    if plain in _NO_NAMES or (plain in _PARTICLES and label is Label.GIVEN_NAMES):
        # "Marie" is a given name before it is a participle.
        return word in ("Marie", "MARIE", "marie") and label is Label.GIVEN_NAMES
    return word[:1].isupper() or careless or bool(_ELIDED.match(word))
