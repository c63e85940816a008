"""Banners, titles and folder names -> what they say of a section.

Portals write the same few things in any order and with any separator; titles spread them over lines.
Nothing here knows a portal: each thing is recognised by its own form, and the commune is what is left.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lexicon.fold import fold
from ner.folding import unaccented
from ner.headings.periods import find_period, without_dates
from ner.headings.words import NO_PLACE, collection_in, corrected, kinds_in, series_in
from ner.numerals import number_in, repair_digits
from registers.dates import Period
from registers.document import PageClass
from registers.register import Description, Series

_NOTHING = Description()


@dataclass(frozen=True, slots=True)
class Heading:
    """What the lines of a banner or a title say; None or empty where they say nothing.

    `total` is the number of acts that a closing certificate states; `letter` is a running letter.
    """

    description: Description = _NOTHING
    view: int | None = None
    view_count: int | None = None
    page_class: PageClass | None = None
    total: int | None = None
    letter: str = ""


_BOILERPLATE = re.compile(
    r"reutilisation|domaine public|mention obligatoire|date d'edition|edite le|consulte le|imprime le|"
    r"licence|tous droits|copyright|\(c\)|©|page \d+ de \d+ imprimee"
)
_VIEW = re.compile(
    r"\b(?:vues?|vuc|vve|views?|images?|img|photos?|cliche)\b\s*(?:n\s*[°o.]*\s*)?:?\s*(\d{1,4})"
    r"(?:\s*(?:/|sur|de|of|\|)\s*(\d{1,4}))?"
)
_BARE_VIEW = re.compile(r"(?:^|[\s(])(\d{1,4})\s*(?:/|sur)\s*(\d{1,4})\s*\)?\s*$")
_NAMED_COTE = re.compile(r"\bcotes?\s*[:=]?\s+([A-Z0-9][\w/ .\-]*\d[\w/]*)", re.IGNORECASE)
_COTE = re.compile(
    r"(?<![\w/.])("
    r"(?:FRAD?\d{2,3}[_ ]?)?\d{1,4}\s?(?:[A-Z]{1,2}|Mi|MI)(?:-?SUPPL)?(?:[ _]?[A-Z]{1,2})?"
    r"\s?\d{1,6}(?:\s?[/.]\s?\d{1,5}[A-Z]?)*"
    r"|[VD]\d{1,2}[EM](?:/[A-Z])?\s?\d{1,5}"
    r"|(?:FRAD\d{2,3}_)?EC[ _]\d{3,6}"
    r")(?![\w])"
)
_YEARS_AFTER = re.compile(r"\s?1[789]\d\d\s?[-–—/]\s?1[789]\d\d")
_PERMALINK = re.compile(r"https?://\S+|\bark:/\S+")
_COMMUNE = re.compile(
    r"\b(?:commune|ville|mairie|municipalite)\s+(?:de\s+la\s+|de\s+l['’ ]|des\s+|du\s+|de\s+|d['’]\s*|:\s*)"
    r"(?P<place>[^|;,()\d]{2,60}?)(?=\s+[-–—]\s|\s*[|;,(]|\s*$|\s+(?:table|pendant|annee|du\s+1|pour|canton|arrond|depart))"
)
_ARTICLE = re.compile(r"^(?:commune|ville|mairie|municipalite)\s+(de\s+la\s+|de\s+l['’]|des\s+|du\s+)")
_ARRONDISSEMENT = re.compile(r"\d{1,2}\s*(?:er|e|eme|ème|ᵉ)?\s*(?:arr(?:ondissement)?t?\.?)?", re.IGNORECASE)
_SEPARATORS = re.compile(r"\s+[-–—•·/]+\s+|[|;,_>]|\s{3,}|\t")
_LETTER = re.compile(r"(?:lettre\s+)?[\"'«(\s.\-]*([a-z])[\"'»)\s.\-]*")
_CLOSING = re.compile(
    r"\bclos et arrete|\barrete(?:e|s)? (?:par nous|le present|la presente)|\bcloture|"
    r"\bcertifi\w+ (?:veritable|conforme|exact)|\b(?:le present|la presente) (?:registre|table|repertoire)"
)
_TOTAL = re.compile(
    r"\b(?:contenant|contient|comprenant|total|nombre|ensemble|renferme)\b(?P<number>.{1,80}?)"
    r"\b(?:actes?|noms?|naissances?|mariages?|deces|articles?|inscriptions?)\b|"
    r"\btotal\b\s*:?\s*(?P<last>[\d .,]+)\s*$"
)
_NONE = re.compile(r"^\W*neant\W*$|\bneant\b.{0,20}$")


def describe(lines: Sequence[str]) -> Heading:
    """What the lines of a banner, a title or a folder's name say; never raises.

    Lines may be in any order; what two lines say differently is taken from the first.
    """
    kept = [line for line in lines if line.strip() and not _BOILERPLATE.search(unaccented(line))]
    if not kept:
        return Heading()
    joined = " ".join(kept)
    view, view_count = _view(kept)
    folded = unaccented(joined)
    total = _total(folded)
    return Heading(
        description=_description(kept, joined),
        view=view,
        view_count=view_count,
        page_class=_page_class(kept, folded, total),
        total=total,
        letter=next((letter for line in kept if (letter := running_letter(line))), ""),
    )


def running_letter(text: str) -> str:
    """The capital of a line that is only a running letter ("A", "Lettre B", "- C -"), else empty."""
    match = _LETTER.fullmatch(unaccented(text).strip())
    return match[1].upper() if match else ""


def _description(lines: Sequence[str], joined: str) -> Description:
    period = next((found for line in lines if (found := _period(line))), None)
    if len(lines) > 1 and (period is None or period.first.year == period.last.year):
        period = _period(joined) or period
    series = series_in(joined)
    if series is None and period is not None and "table" in corrected(joined).split():
        series = Series.ANNUAL if period.first.year == period.last.year else None
    link = _PERMALINK.search(joined)
    return Description(
        commune=_commune(lines),
        kinds=kinds_in(joined),
        series=series,
        collection=collection_in(joined),
        period=period,
        cote=next((cote for line in lines if (cote := _cote(line))), None),
        permalink=link.group().rstrip(".,;)") if link else None,
    )


def _period(line: str) -> Period | None:
    cote = _cote(line)
    return find_period(_without_view(line.replace(cote, " ") if cote else line))


def _view(lines: Sequence[str]) -> tuple[int | None, int | None]:
    for pattern in (_VIEW, _BARE_VIEW):
        for line in lines:
            match = pattern.search(repair_digits(unaccented(_bared(line))))
            if match is None:
                continue
            view, count = int(match[1]), int(match[2]) if match[2] else None
            if pattern is _BARE_VIEW and (count is None or view > count):
                continue
            return (view, None) if count is not None and count < view else (view, count)
    return None, None


def _without_view(line: str) -> str:
    return _VIEW.sub(" ", repair_digits(unaccented(line)))


def _cote(line: str) -> str | None:
    named = _NAMED_COTE.search(line)
    if named:
        return " ".join(re.split(r"\s+-\s+|[|;]", named[1])[0].split())
    text = without_dates(line)
    found = []
    for match in _COTE.finditer(text):
        digits = re.search(r"\d+\D*$", match[1])
        if digits is None or not _YEARS_AFTER.match(text, match.start(1) + digits.start()):
            found.append(" ".join(match[1].split()))
    # A microfilm's cote may stand beside the original's.
    originals = [cote for cote in found if not re.search(r"\d\s?mi", cote, re.IGNORECASE)]
    return next(iter(originals or found), None)


def _commune(lines: Sequence[str]) -> str | None:
    for line in lines:
        match = _COMMUNE.search(unaccented(line))
        if match:
            place = _as_written(line, match["place"])
            return _with_article(unaccented(line)[match.start() :], place)
    for line in lines:
        left_over = _place_left_over(line)
        if left_over:
            return left_over
    return None


def _as_written(line: str, folded_place: str) -> str:
    at = unaccented(line).find(folded_place)
    same_length = len(unaccented(line)) == len(line)
    place = line[at : at + len(folded_place)] if same_length and at >= 0 else folded_place
    return ordinary_capitals(" ".join(place.split()).strip(" .:-"))


def _with_article(folded: str, place: str) -> str:
    match = _ARTICLE.match(folded)
    if match is None:
        return place
    article = {"de la": "La ", "des": "Les ", "du": "Le "}.get(" ".join(match[1].split()), "L'")
    return article + place


def ordinary_capitals(place: str) -> str:
    """A place in capitals as one writes it: "SAINT-JEAN-DE-LUZ" is "Saint-Jean-de-Luz"."""
    if not place.isupper() and not place.islower():
        return place
    small = {"de", "du", "des", "la", "le", "les", "en", "sur", "sous", "lès", "et", "aux", "d", "l"}
    parts = re.split(r"([\s\-'’]+)", place.lower())
    return "".join(p if p in small and i else p.capitalize() for i, p in enumerate(parts))


def _place_left_over(line: str) -> str | None:
    """The commune of a banner: what is neither date, kind, cote, view nor a word of archives."""
    if not _is_banner(line):
        return None
    segments = [segment.strip(" .:-") for segment in _SEPARATORS.split(_bared(line))]
    for index, segment in enumerate(segments):
        if not _may_be_place(segment):
            continue
        place = ordinary_capitals(re.sub(r"\s*\(.*?\)", "", segment).strip())
        following = segments[index + 1] if index + 1 < len(segments) else ""
        if following and _ARRONDISSEMENT.fullmatch(following):
            return f"{place} {following}"
        return place
    return None


def _bared(line: str) -> str:
    text = _PERMALINK.sub(" ", without_dates(line))
    cote = _cote(line)
    return text.replace(cote, " ") if cote else text


def _is_banner(line: str) -> bool:
    signs = (_cote(line), _period(line), kinds_in(line), _view([line])[0], series_in(line))
    separated = len([part for part in _SEPARATORS.split(line) if part.strip()]) > 1
    return separated and sum(sign not in {None, ()} for sign in signs) >= 1


def _may_be_place(segment: str) -> bool:
    words = fold(segment).split()
    if not 0 < len(words) <= 8 or not segment[0].isupper():
        return False
    if not any(len(word) > 1 and word.isalpha() for word in words):
        return False
    if kinds_in(segment) or series_in(segment) or find_period(segment) or _VIEW.search(unaccented(segment)):
        return False
    return not any(word in NO_PLACE for word in (words[0], words[-1])) and "archives" not in words


def _total(folded: str) -> int | None:
    match = _TOTAL.search(repair_digits(folded))
    if match is None:
        return None
    return number_in(match["number"] or match["last"] or "")


def _page_class(lines: Sequence[str], folded: str, total: int | None) -> PageClass | None:
    if any(_NONE.search(unaccented(line)) for line in lines):
        return PageClass.NONE_RECORDED
    if _CLOSING.search(folded) and (total is not None or len(lines) < 12):
        return PageClass.CLOSING
    return None
