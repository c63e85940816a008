"""How a letter is built: its head, its body, its closing; and the sentences, lines and list items."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from ner.letters.dates import Years
from ner.letters.people import ADDRESS
from ner.letters.words import KindWord, flat

_GREETING = re.compile(
    r"^[ ]*(?:bonjour|bonsoir|(?:chers? |cheres? |mon cher |ma chere )?(?:madame|monsieur|messieurs|"
    r"mesdames|maitre|"
    r"confrere|collegue)|dear|hello|hi|salut|cher|chere)\b[^\n.:]{0,60}?[,!.:]?[ ]*$",
    re.MULTILINE,
)
_CLOSING = re.compile(
    r"(?:bien |tres |avec (?:toute )?(?:ma |mes )?)?(?:cordialement|confraternellement|respectueusement|"
    r"sincerement|"
    r"amicalement|amities|salutations|remerciements|hommages respectueux)\b|"
    r"(?:veuillez|je vous prie d'|vous prie d'|priant d') ?(?:agreer|recevoir|croire|accepter)|"
    r"\b(?:recevez|croyez)\b|(?:kind |best |warm )?regards\b|sincerely|yours\b|bien a vous|dans l'attente|"
    r"en vous remerciant|je vous (?:en )?remercie|bonne (?:journee|reception|soiree)|thank(?:s| you)|\bmci\b|"
    r"kenavo|\bfait a\b|\b(?:grand |mille )?merci\b(?! de (?!votre|vos|ton)| d'(?!avance))"
)
_SUBJECT_LINE = re.compile(
    r"objet|concerne|succession|recherche|demande|acte|ref|affaire|dossier|subject|naissance|deces"
)
_LETTER_DATE = re.compile(
    r"^(?:[^\n,]{0,40},\s*)?le \d{1,2}\S* \w+ \d{4}\.?\s*$|\b(?:courrier|lettre|mail|courriel|demande|"
    r"appel|entretien|"
    r"message|visite)\b[^.\n]{0,25} du [^.,;\n]{6,22}|\bfait\b[^\n]{0,40}\ble [^.\n]{6,22}",
    re.MULTILINE,
)
_SIGNED_AS_WIFE = re.compile(
    r"(?:(?:mme|madame) )?[\w'-]+(?: [\w'-]+){0,3},? (?:nee|epouse|"
    r"veuve) [\w'-]+(?: [\w'-]+)?"
)
_SENDERS_PLACE = re.compile(
    r"\b(?:notaires?|avocate?|genealogiste|huissier|etude|(?:je|nous) (?:reside|habite|demeure|vis|"
    r"vivons)\w*|"
    r"universite|association|cercle|fait)\b[^.;:\n]{0,25}$"
)
_LAST_PARAGRAPH = re.compile(r"\n[ \t]*\n((?:(?!\n[ \t]*\n).)*)\Z", re.DOTALL)
_TELLS = re.compile(
    r"[:?;=|]|\b(?:ne|nee|decedee?|mort|morte|mariee?|naissance|deces|mariage|acte)\b|\b1[5-9]\d\d\b"
)
_DATED = re.compile(r"[^.;\n]{0,40}\b1[5-9]\d\d\b")
_BREAK = re.compile(
    r"\n\s*\n|\n(?=\s*(?:[-*•–—]|\d{1,2}\s?[.)/])?\s*[A-ZÀ-Ý\d(])|\n(?=\s*[-*•–—])"
    r"|(?<=[.!?])\s+(?=[A-ZÀ-Ý«\"])|(?<=[a-zà-ÿ\d)]{2}[.!?])\s+(?=[a-zà-ÿ])|\s;\s|;\s"
)
_ABBREVIATION = re.compile(
    r"(?:^|[\s(\n])(?:M|Mr|Mme|Mlle|Me|Dr|St|Ste|[A-Z]|tel|réf|env|vers|n|abt|ca|ép|c|J\.-[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Layout:
    """Where the body begins and ends (characters), and where its sentences begin."""

    body_start: int
    body_end: int
    starts: tuple[int, ...]

    def sentence(self, at: int) -> int:
        """The number of the sentence or list item that holds the character `at`."""
        return max(0, bisect_right(self.starts, at) - 1)

    def holds(self, at: int) -> bool:
        """Whether the character belongs to the body."""
        return self.body_start <= at < self.body_end


def layout_of(text: str, words: Sequence[KindWord]) -> Layout:
    """The parts of a letter; nothing that is asked for stands behind its closing."""
    plain = flat(text)
    asked = [word.start for word in words if word.asked]
    greeting = next((match for match in _GREETING.finditer(plain) if match.start() < len(plain) // 2), None)
    body_start = greeting.end() if greeting else 0
    told = [word.start for word in words if _DATED.match(plain, word.end)]
    last_asked = max((*asked, *told), default=0)
    closing = next(
        (match for match in _CLOSING.finditer(plain) if match.start() > max(last_asked, body_start)), None
    )
    body_end = closing.start() if closing else _unclosed_end(text, plain)
    body_end = min(body_end, _signature_start(plain, last_asked))
    return Layout(body_start, max(body_end, body_start), _sentence_starts(text))


def is_subject_line(text: str, at: int) -> bool:
    """Whether the line of the head that holds `at` names the matter rather than the sender."""
    begin = text.rfind("\n", 0, at) + 1
    end = text.find("\n", at)
    return bool(_SUBJECT_LINE.search(flat(text)[begin : end if end >= 0 else len(text)]))


def is_letters_own_date(text: str, years: Years) -> bool:
    """Whether a date is that of a letter or of an earlier one, and no event in a life."""
    return any(m.start() <= years.start < m.end() for m in _LETTER_DATE.finditer(flat(text)))


def is_senders_place(plain: str, at: int) -> bool:
    """Whether the place at `at` is where somebody works or lives who is not sought: a notary, the sender."""
    return bool(_SENDERS_PLACE.search(plain[max(0, at - 60) : at]))


def _signature_start(plain: str, last_asked: int) -> int:
    """Where the last paragraph is short lines without any event, figures of dates or colons: a signature."""
    match = _LAST_PARAGRAPH.search(plain)
    if match is None or match.start() <= last_asked or not plain[: match.start()].strip():
        return len(plain)
    lines = [line.strip() for line in match[1].strip().splitlines()]
    looks_signed = len(lines) <= 6 and all(len(line) < 60 and not _TELLS.search(line) for line in lines)
    return match.start() if looks_signed else len(plain)


def _unclosed_end(text: str, plain: str) -> int:
    """The end of a body without a closing: a short last line without figures or colons is a signature."""
    stripped = text.rstrip()
    begin = (
        max(stripped.rfind("\n"), max((m.end() - 1 for m in re.finditer(r"[.!?]\s", stripped)), default=-1))
        + 1
    )
    last = ADDRESS.sub("", plain[begin : len(stripped)]).strip(" ,")
    looks_signed = (
        begin > 0 and len(last) < 45 and not re.search(r"[\d:;(?]", last) and len(last.split()) <= 5
    )
    if begin > 0 and _SIGNED_AS_WIFE.fullmatch(last):
        return begin
    return (
        begin
        if looks_signed and not re.search(r"\b(?:nee?|a|en|de [a-z]+ et|naissance|deces|mariage)\b", last)
        else len(text)
    )


def _sentence_starts(text: str) -> tuple[int, ...]:
    starts = [0]
    for match in _BREAK.finditer(text):
        before = text[max(0, match.start() - 8) : match.start()]
        if "\n" in match[0] or not _ABBREVIATION.search(before):
            starts.append(match.end())
    return tuple(starts)
