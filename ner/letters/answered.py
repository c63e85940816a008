"""What a letter has already, knows from elsewhere or does not want: nothing there is asked for."""

from __future__ import annotations

import re
from functools import lru_cache

_UNTIL = r"[^.?!\n]*?(?=\balors que\b|\bmais\b|\ben revanche\b|\bet je\b|[.?!\n]|$)"
_ANSWERED = re.compile(
    r"\b(?:d'apres|selon|suivant|according to)\b[^.,;?!\n]*?"
    r"(?=\b(?:serait|est|etait|a ete|fut|aurait)\b|[.,;?!\n]|$)|\bprocedure (?:de |d')\w+|"
    r"\banniversaire de \w+|\b[nmdx] ?[=:] ?(?:naissance|mariage|deces)|"
    # what is not wanted
    r"\b(?:et non|mais (?:pas|non)|sauf|excepte|hormis|pas besoin d[eu']) ?(?:de )?(?:la |le |l'|son |sa "
    r"|leur )?"
    r"(?:acte d[e'] ?)?\w+(?:,? que j'ai deja)?|"
    rf"\bje ne (?:demande|cherche|veux|souhaite|sollicite|recherche)\w* (?:rien|pas|plus){_UNTIL}|"
    rf"\b(?:inutile|pas la peine) d[e'] {_UNTIL}|"
    # what the sender has
    r"\b(?:l'acte d[e']|la|le|celui d[e']) ?\w+,? (?:(?:etant|est|sont) deja|(?:que )?j'ai deja|je "
    r"l'ai)\b[^.;?!\n]*|"
    rf"\bje (?:dispose|possede|detiens|connais)\w* (?:deja |bien ){_UNTIL}|"
    rf"\bje suis en possession d{_UNTIL}|"
    rf"\bvous m'av(?:ez|iez)\b{_UNTIL}|"
    r"(?:m'a\w+ deja|j'ai deja|je possede|nous avons deja|i already have)[^.?!\n]*|"
    r"suite a (?:votre|notre)[^.,?!\n]*|\bmerci (?:beaucoup |bien )?pour (?:la|le|l'|les|votre|vos|"
    r"cette?)\b[^.?!\n]*|"
    r"\bj'ai (?:bien |deja |enfin )?(?:(?:trouve|obtenu|recu|retrouve|copie de) )?(?:l'acte|son acte|"
    r"leur acte|l'extrait)[^.?!\n]*|"
    rf"\bce n'est pas {_UNTIL}|"
    r"(?:l'|son |leur |cet )acte (?:d[e'] ?\w+ )?(?:de [^.?!\n]{0,80}?|\([^)]*\) ?|que j'ai,? ?)?"
    r"\b(?:indique|dit|precise|mentionne|m'apprend|m'a appris|nous apprend|revele|signale)\b[^.?!\n]*|"
    # what it is wanted for
    r"\b(?:pour|en vue d[eu'])\s?(?:un |mon |notre |le |son |leur )?(?:(?:futur|prochain|dossier d[eu'] ?|"
    r"projet d[eu'] ?)\s?)+"
    r"(?:mariage|divorce|naissance|pacs)|\bdossier (?:de |d')(?:mariage|divorce|naissance|pacs)|noces "
    r"d'(?:or|argent)|\(ou [^)\n]*\)"
)
_HAS_ALL = re.compile(r"\b(?:je renonce|j'ai tout|je l'ai deja|je les ai deja|j'ai deja tout)\b")


@lru_cache(maxsize=16)
def answered(plain: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every such passage."""
    return tuple(match.span() for match in _ANSWERED.finditer(plain))


def is_answered(plain: str, at: int) -> bool:
    """Whether the place lies in such a passage."""
    return any(start <= at < end for start, end in answered(plain))


def is_given_up(sentence: str) -> bool:
    """Whether a sentence says that nothing is wanted of those whom it names."""
    return bool(_HAS_ALL.search(sentence))
