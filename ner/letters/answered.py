"""What a letter has already, knows from elsewhere or does not want: nothing there is asked for."""

from __future__ import annotations

import re
from functools import lru_cache

_UNTIL = r"[^.?!\n]*?(?=\balors que\b|\bau lieu d|\bmais\b|\ben revanche\b|\bet je\b|[.?!\n]|$)"
_BEGUN = (
    r"(?:(?<=[.;:!?(\n])|(?<=^)|(?<=, )|(?<=\bmais )|(?<=\bcar )|(?<=\bet ))"
    r"(?:\([^)\n]*\)|(?!, (?:mais|car|et|or|alors|puisque|son|sa|ses|leurs?|le|la|l'|celui|celle|"
    r"cet?|cette)\b)[^.;:!?()\n])*?"
)
"""The clause before a word, without clauses or items of a list that end before it."""
_LIST = (
    r"(?::\s(?:son|sa|ses|leurs?|le|la|l'|les|celui|naissance|mariage|deces)\b"
    r"(?![^.;?!\n]*\b(?:reste|manque))[^.;?!\n]*)?"
)
_DETERMINER = r"(?:le |la |l'|les |son |sa |ses |leurs? |celui |celle |un )"

_FROM_ELSEWHERE = (
    r"\b(?:d'apres|selon|suivant|according to)\b[^.,;?!\n]*?"
    r"(?=\b(?:serait|est|etait|a ete|fut|aurait)\b|[.,;?!\n]|$)",
    r"\bprocedure (?:de |d')\w+",
    r"\banniversaire de \w+",
    r"\b[nmdx] ?[=:] ?(?:naissance|mariage|deces)",
    r"suite a (?:votre|notre)[^.,:?!\n]*",
    r"(?:l'|son |leur |cet )acte (?:d[e'] ?\w+ )?(?:de (?:(?!\bqu[ei]\b)[^.?!\n]){0,80}?|\([^)]*\) ?|"
    r"que j'ai,? ?)?"
    r"\b(?:indique|dit|precise|mentionne|m'apprend|m'a appris|nous apprend|revele|signale)\b[^.?!\n]*",
)
_SOURCE = re.compile(r"d'apres|selon|suivant|according")
_NOT_WANTED = (
    rf"\b(?:et non|mais (?:pas|non)|sauf|excepte|hormis|pas besoin d[eu']) ?(?:de )?{_DETERMINER}?"
    r"(?:d[e'] ?(?:sa |son |leur |la |l')?)?"
    r"(?:acte d[e'] ?)?\w+(?:,? que j'ai deja)?",
    rf"(?:, |\()(?:pas|non) {_DETERMINER}(?:acte d[e'] ?|extrait d[e'] ?)?\w+",
    rf"\bje ne (?:demande|cherche|veux|souhaite|sollicite|recherche)\w* (?:rien|pas|plus){_UNTIL}",
    rf"\b(?:je n'ai|nous n'avons) (?:pas |plus |nul(?:lement)? |aucun )?besoin (?!que){_UNTIL}",
    rf"\b(?:inutile|pas la peine) d[e'] {_UNTIL}",
    rf"\bce n'est pas {_UNTIL}",
)
_HAD = (
    r"\b(?:l'acte d[e']|la|le|celui d[e']) ?\w+,? (?:(?:etant|est|sont) deja|(?:que )?j'ai deja|je "
    r"l'ai)\b[^.;?!\n]*",
    rf"\bje (?:dispose|possede|detiens|connais)\w* (?:deja |bien ){_UNTIL}",
    rf"\bm'a (?:adresse|envoye|transmis|delivre|remis|fourni)\w* (?:par erreur )?(?:le|la|l'|les|son|"
    rf"sa){_UNTIL}",
    r"\bje n'ai\b[^.;:?!\n]{0,15} que (?:son|leur|l'|la|le) ?(?:acte|naissance|mariage|deces)\b[^.;?!\n]*",
    rf"\bje suis en possession d{_UNTIL}",
    rf"\bvous m'av(?:ez|iez)\b{_UNTIL}",
    r"(?:m'a\w+ deja|j'ai deja|je possede|nous avons deja|i already have)[^.?!\n]*",
    r"\bmerci (?:beaucoup |bien )?pour (?:la|le|l'|les|votre|vos|cette?)\b[^.?!\n]*",
    r"\bj'ai (?:bien |deja |enfin )?(?:(?:trouve|obtenu|recu|retrouve|copie de) )?(?:l'acte|son acte|"
    r"leur acte|l'extrait)[^.?!\n]*",
)
_PUT_ASIDE = (
    r"\bje (?:l'|les )ai\b(?! (?:vainement |deja |en vain |longtemps )*(?:demand|cherch|recherch|sollicit|"
    r"reclam|attend|commande|suppli|pri))|\bje (?:le|la|les) (?:possede|detiens|connais)\b",
    r"\bje ne (?:le|la|les|l') ?(?:re)?(?:cherche|demande|veux|souhaite|sollicite|reclame)\w*\b",
    r"\bje n'en ai (?:pas|plus|nul|aucun) besoin\b",
    r"(?:\bm'|\bnous )(?:est|sont|etait) (?:deja |bien |desormais )*(?:connu|parvenu|acquis)\w*",
    r"(?:\bm'|\bnous )(?:a|ont) (?:deja |bien )*ete (?:communiqu|transmis|remis|envoy|adress|donn|fourni)\w*",
    r"\bne (?:me |nous )?posent? (?:pas|aucune?|plus|guere)\b",
    r"\b(?:est|sont) (?:deja (?:verse|au dossier|jointe?|connu|fait|regle)|en (?:ma|notre) possession)\w*",
    r"\bn(?:e |'est |e sont )(?:me |nous |m')?(?:pas|guere|plus)? ?(?:necessaires?|utiles?|requis\w*)\b",
    r"\bne (?:m'|nous )interesse\w* (?:pas|guere|plus|point)\b",
)
"""What is said of an act, behind its word, that is not wanted: "son mariage m'est connu"."""
_PURPOSE = (
    r"\b(?:pour|en vue d[eu'])\s?(?:un |mon |notre |le |son |leur )?(?:(?:futur|prochain|dossier d[eu'] ?|"
    r"projet d[eu'] ?)\s?)+(?:mariage|divorce|naissance|pacs)",
    r"\bcontrats? (?:de )?mariage",
    r"\bdossier (?:de |d')(?:mariage|adoption|divorce|naissance|pacs)",
    r"noces d'(?:or|argent)",
    r"\bfaire[- ]part d[eu'] ?(?:noces|mariage|deces|naissance)",
    r"\(ou [^)\n]*\)",
)
_ROWS = (
    r"(?:(?<=\n)|(?<=^))[^\n]*?(?::|=|->|→|\() ?(?:deja )?(?:recue?|obtenue?|trouvee?|ok|deja|j'ai|"
    r"acquis)\b[^\n]*",
    r"(?:(?<=\n)|(?<=^))[^\n]*\b(?:deja (?:trouve|recu|obtenu|en)|j'ai deja|je possede|je n'ai pas "
    r"besoin)[^\n:]*:[ ]*\n(?:[ \t]*(?:[-*•–—]|\d+[.)/])[^\n]*(?:\n|$))+",
)
_ANSWERED = re.compile(
    "|".join(rf"(?:{pattern})" for pattern in (*_ROWS, *_FROM_ELSEWHERE, *_NOT_WANTED, *_HAD, *_PURPOSE))
)
_ASIDE = re.compile(rf"{_BEGUN}(?:{'|'.join(_PUT_ASIDE)})(?:\([^)\n]*\)|[^.;:!?()\n])*{_LIST}")
_HAS_ALL = re.compile(
    r"\b(?:je renonce|j'ai tout|je l'ai deja|je les ai deja|j'ai deja tout|m'a deja tout|"
    r"(?:n'est|ne sont) pas de (?:la|ma|notre) famille|je ne (?:le|la|les) (?:re)?cherche pas)\b"
)


@lru_cache(maxsize=16)
def answered(plain: str) -> tuple[tuple[int, int], ...]:
    """Start and end of every such passage."""
    return tuple(match.span() for pattern in (_ANSWERED, _ASIDE) for match in pattern.finditer(plain))


def is_answered(plain: str, at: int) -> bool:
    """Whether the place lies in such a passage."""
    return any(start <= at < end for start, end in answered(plain))


def is_put_aside(plain: str, at: int) -> bool:
    """Whether the place lies in such a passage that does not tell where the sender has it from."""
    return any(start <= at < end and not _SOURCE.match(plain, start) for start, end in answered(plain))


def is_given_up(sentence: str) -> bool:
    """Whether a sentence says that nothing is wanted of those whom it names."""
    return bool(_HAS_ALL.search(sentence))
