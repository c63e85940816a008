"""Which of the words for acts are wanted, where a letter also tells of acts that it does not want.

A word in a clause that asks ("je voudrais son acte de naissance") is wanted, and so is one in a list. One in
a clause that states something ("son mariage fut célébré à Sens") is wanted only where no other word is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from ner.letters.layout import Layout
from ner.letters.seeking import SEEKS
from ner.letters.words import KindWord

_ASKS = re.compile(
    SEEKS.pattern + r"|delivr|\bil (?:me|nous|lui|leur) (?:les |le |la |en )?(?:faut|faudrait)|\bmanqu|"
    r"\bpr(?:ie|ions|iant)\b|\bmerci d|procur|"
    r"transmet|parvenir|fourni|interess|desir|sollicit|\breste\b|pourri|pouvez|svp|\bplease|\bsuffi|"
    r"s'il vous plait|stp\b|\bvoul|\bveux|\bveut|reclam|exig|reconnaissan|grand service|commande|\?|ignor|"
    r"indique[rz]|donne[rz]"
)
_STATES = re.compile(
    r"\b(?:est|etait|fut|sera|serait|sont|etaient|furent|a (?:bien )?(?:ete|eu|donne|revele|permis|montre|"
    r"dit)|ont|avait|avaient|aurait|eut|eurent|n'est|n'a|n'ont|m'est|m'a|nous a|figure|mentionn(?:e|ait)|"
    r"indiqu(?:e|ait)|dit|disent|port(?:e|ait)|dat(?:e|ait)|passa|precise|prouv\w+|transcrite?s?|naquirent|"
    r"pose|donn(?:e|ait)|semble|montre)\b"
)
_IT_IS = re.compile(r"\b(?:il s'agi\w+|c'est|ce serait|c'etait|concern\w+|objet)\b")
_CLAUSE = re.compile(r"[;:]\s|,? (?:mais|car|alors que|tandis que|or|puisque)\s|\.\s|\n")
_ONLY = re.compile(
    r"\bseule?s?\b[^.;?!\n]{0,60}\b(?:m'interess|nous interess|m'importe|m'est utile|compte)|"
    r"\bje n'ai besoin que\b|\bil ne (?:me|nous) (?:faut|manque) que\b|\bje ne (?:\w+ )?(?:re)?(?:cherche|"
    r"demande|souhaite|voudrais|veux|sollicite)\w* que\b|\brien ne m'interesse\b|"
    r"\b(?:c'est|ce sont)\b(?! pour| pourquoi)[^.;?!\n]{3,120}\b(?:que je (?:vous (?:prie|demande)|"
    r"(?:re)?cherche|souhait|demand|"
    r"voudr|sollicit|desir)|qu'il (?:me|nous) faut|dont j'ai besoin)|\buniquement\b"
)
_TOO = re.compile(r"\b(?:aussi|egalement|ainsi que|par ailleurs|de plus|en outre|enfin|ensuite|puis)\b")


def wanted(plain: str, words: Sequence[KindWord], layout: Layout) -> tuple[KindWord, ...]:
    """The words; those that are not wanted tell of an event."""
    asked = [word for word in words if word.asked]
    only = [word for word in asked if _ONLY.search(_sentence(plain, layout, word))]
    if only:
        sentences = {layout.sentence(word.start) for word in only}
        kept = [
            word
            for word in asked
            if layout.sentence(word.start) in sentences or _is_added(plain, layout, word)
        ]
    else:
        kept = [word for word in asked if not _is_stated(plain, layout, word)]
        if not any(_ASKS.search(_clause(plain, layout, word)) for word in kept):
            kept = asked
    return tuple(word if not word.asked or word in kept else replace(word, asked=False) for word in words)


def _is_stated(plain: str, layout: Layout, word: KindWord) -> bool:
    clause = _clause(plain, layout, word)
    return bool(_STATES.search(clause)) and not _ASKS.search(clause) and not _IT_IS.search(clause)


def _is_added(plain: str, layout: Layout, word: KindWord) -> bool:
    sentence = _sentence(plain, layout, word)
    return bool(_TOO.search(sentence) and _ASKS.search(sentence))


def _sentence(plain: str, layout: Layout, word: KindWord) -> str:
    starts = (*layout.starts, len(plain))
    number = layout.sentence(word.start)
    return plain[starts[number] : starts[number + 1]]


def _clause(plain: str, layout: Layout, word: KindWord) -> str:
    """The clause that holds a word."""
    starts = (*layout.starts, len(plain))
    number = layout.sentence(word.start)
    breaks = list(_CLAUSE.finditer(plain, starts[number], starts[number + 1]))
    begin = max((match.end() for match in breaks if match.end() <= word.start), default=starts[number])
    end = min((match.start() for match in breaks if match.start() >= word.end), default=starts[number + 1])
    return plain[begin:end]
