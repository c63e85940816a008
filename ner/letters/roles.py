"""What a person is in a letter by the words around the name: sought, a spouse, a relative, the sender."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ner.letters.person import Person, Role

TITLE = (
    r"(?:(?:(?:m\.?|monsieur) et (?:mme|madame)|(?:les |des )?epoux|m\.|mr\.?|mme\.?|mlle\.?|messieurs|"
    r"monsieur|madame|mademoiselle|feue?|(?:le|la|du|"
    r"au) (?:sieur|demoiselle|"
    r"dame|docteur)|docteur|dr\.?|une? (?:demoiselle|certaine?)|m|sieur|nommee?|le nomme|la nommee)\s+)*"
)
_SENDER_BEFORE = re.compile(
    r"(?:mon nom de (?:jeune fille|naissance) est|je m'appelle|je me nomme|mon nom est|je suis|je "
    r"soussignee?s?|soussignee?s?|mes nom et prenoms? (?:sont|:)|my name is|i am|"
    r"votre identite|"
    r"moi,|demande de (?=m\.? |mr |mme |mlle )|votre nom|vos noms?(?: et prenoms?)?|nom du demandeur|"
    r"appelante?|mandatee? par|sarl|tut(?:eur|rice) de|mandataire de|"
    r"demandeu(?:r|se)|demandee? par|requerante?|signe|de la part de|(?:mon|ma|notre|nos|mes) cliente?s?|"
    r"maitre|\bme|"
    r"notaires?|"
    r"pour le compte de|mon epouse,? nee|ma femme,? nee|cabinet|etude(?: de)?|expediteur|contact|"
    r"interlocuteur|clerc|scp|represente par|association|societe|cercle|amicale)"
    r"(?: de l'etude)?\s*[:,]?\s*[\"«]?\s*(?:\(e\) )?" + TITLE + r"$"
)
_SENDER_BEHIND = re.compile(
    r"\s*,?\s*(?:notaires?\b|avocate?\b|clerc|genealogiste|cercle|etudiante?|"
    r"et associes|\(etat civil|heriti|demeurant|domiciliee? (?:a|au|\d)|universite)"
)
_RELATIVE = re.compile(
    r"\b(?<!cote )(?:fils|filles?|enfants?|issue?s?|neveu|niece|petit-fils|petite-fille|freres?|s(?:oe|"
    r"œ)urs?|cousine?|"
    r"son|daughter|"
    r"child|brother|sister|pere|mere)\s+(?:[\w-]+\s+)?(?:de|d'|du|des|of|(?<!s ):)\s*(?:feue? |parents )*"
    r"(?:(?:ma|mon|sa|son|notre|leur) (?:[\w-]+[ ,]+){1,3})?" + TITLE + r"$"
)
DESCENDS = re.compile(
    r"\bje suis (?:l[ae']|un|une) ?(?:arriere[- ]*)*(?:petit[es]?[- ])?(?:fils|fille|descendante?|niece|"
    r"neveu|"
    r"heritiere?|veuve|epouse|mari|conjointe?) (?:de|d'|du) ?" + TITLE + r"$"
)
_PARENTS = re.compile(
    r"(?:\b(?:le|la|son|sa|leur|his|her) (?:pere|mere|father|mother)(?:'s name)?,? (?:etait|est|s'appelait|"
    r"se nommait|se nomme|fut|was|is)|(?:(?<!de )\b(?:ses|leurs|les|his|her) parents(?:,| etaient| "
    r"were)?\s*:?|"
    r"de (?:pere|mere)))\s*" + TITLE + r"$"
)
_BORN_OF = re.compile(
    r"\bnee?s?\b(?:(?!\b(?:acte|extrait|copie|naissance|mariage|deces|celui|"
    r"celle)\b)[^.])*[\s,](?<! et )(?<!,et )(?:de|d')\s*" + TITLE + "$"
)
_SPOUSE_OF = re.compile(
    r"\b(?:(?:husband|wife|widow|widower|epou[sx]e?|femme|mari|veuve?|veuf)\s+(?:of|de|d'|du)|"
    r"(?:mariage|mariee?|unie?|noces|marriage|married)\s+(?:avec|a|to|with)|"
    r"(?:his|her) (?:wife|husband)(?:'s name)? (?:was|is)|(?:son|sa) (?:epou[sx]e?|mari|femme|conjointe?|"
    r"veuve) (?:se nommait|s'appelait|se prenommait|etait|"
    r"est|:)|"
    r"(?:mariee?s?|epousee?|unie?s?)\b[^.;:\n]{0,50}\bavec|"
    r"(?:de )?sa veuve,?|(?:epousa|(?:a|aurait|avait|ayant|eut) epousee?)(?: en \w+ noces)?(?: plus tard|"
    r" ensuite| alors)?)\s*"
    r"(?:une? (?:certaine? )?\w* ?(?:du nom de |nommee? |appelee? )?)?" + TITLE + "$"
)
_RENAMES = re.compile(r"\bchang\w+ (?:de |d')?(?:son |leur )?(?:nom|prenom)|francis\w+|rectifi\w+")
_BY = re.compile(r"\bpar (?:(?:son|sa|le|la|leur) \w+,? )?(?:un certain )?" + TITLE + "$")
_AND = re.compile(r"\s*(?:,\s*[a-z' -]{3,40})?,?\s*(?:et|and|&)\s+(?:de |d'|of )?" + TITLE)
_AND_MOTHER = re.compile(r"\s*,?\s*(?:et|,)\s*(?:de )?(?:la|sa) mere,?\s*" + TITLE)
_LISTS_BEHIND = re.compile(r"\s*(?:,[^.:\n]{0,30})?:\s")
_ADDRESSED = re.compile(
    r"(?:^|\n)\s*(?:coucou|bonjour|bonsoir|salut|(?:mon )?chere?s?|ma chere|hello|hi|dear)"
    r"(?: (?:madame|monsieur|m\.|mme|cousine?|ami|amie|tante|tata|oncle|tonton))? $"
)
_INFORMANT = re.compile(
    r"\b(?:selon|d'apres|(?:m'|nous )(?:a|avait) (?:dit|raconte|appris|confie|assure))[ ,]*"
    r"(?:(?:mon|ma|notre|un|une|le|la) [\w-]+(?: [\w-]+)?,? )?" + TITLE + "$"
)
_BYSTANDER = re.compile(
    r"\b(?:temoins?|parrain|marraine|declarante?s?|comparante?s?|sage-femme|officier (?:de l'etat civil|"
    r"public)|"
    r"(?:maire|cure)(?= (?:m\.|monsieur|nomme)))\b[^.;:\n]{0,45}(?: (?:sont|etaient|est|etait|fut|furent)|"
    r":|,|"
    r"\() ?" + TITLE + "$"
)
_LISTED = re.compile(r"\s*(?:,|et|and|&|, et)\s+" + TITLE)
_ACT_OF_SPOUSE = re.compile(
    r"\b(?:celui|celle|ceux|acte|naissance|deces|bapteme|extrait) (?:de |d')(?:sa|son) \w+,? " + TITLE + "$"
)
_STREET = re.compile(
    r"\s*,?\s*\n?\s*\d{1,4}\s?(?:bis|ter)?,?\s+(?:rue|avenue|av\.|place|bd|boulevard|impasse|chemin|quai|"
    r"allee|"
    r"square|cours|route|street)\b"
)
_ASKED_BEFORE = re.compile(
    r"\b(?:mariage|naissance|deces|divorce|acte|reconnaissance)s?\s*:?\s*(?:de |d'|du |entre )?" + TITLE + "$"
)
_SUBJECT = re.compile(
    r"\b(?:elle|il|he|she|qui)\b(?! (?:nous|me|m'|vous|s'agit|s'agirait|faut|faudrait|y a|manque|"
    r"est possible))"
)
_KNOWN_AS = re.compile(
    r"\b(?:connue?|appelee?|surnommee?|orthographiee?|ecrite?) (?:sous le nom )?(?:de |d')?$"
)
_FORMERLY = re.compile(
    r"\b(?:avant|auparavant|autrefois|anciennement|ancien nom|precedemment|d'abord)\s*:?\s*(?:de\s+)?$|"
    r"\b(?:pour|devint|devenue?|est devenue?|prit le nom de|appelee? desormais|desormais)\s+$"
)


def role_of(plain: str, person: Person, earlier: Sequence[Person]) -> Role:
    """The role of a person named behind those of `earlier`."""
    begin = earlier[-1].end if earlier else 0
    near = plain[max(begin, person.start - 90) : person.start]
    sentence = re.split(r"(?<=[a-z\d)]{3})[.?!]\s|\n\s*\n", near)[-1]
    if _is_sender(plain, person, near, sentence):
        return Role.SENDER
    known = any(other.role is Role.SOUGHT for other in earlier)
    if known and (_KNOWN_AS.search(sentence) or (_FORMERLY.search(sentence) and _RENAMES.search(plain))):
        return Role.RELATIVE
    of_sought = known and earlier[-1].role is Role.SOUGHT
    if of_sought and _SPOUSE_OF.search(sentence) and not _ACT_OF_SPOUSE.search(near):
        return Role.SPOUSE
    if earlier and earlier[-1].role is Role.SENDER and not earlier[-1].surname and _AND.fullmatch(near):
        return Role.SENDER
    of_somebody = known and (_RELATIVE.search(sentence) or _BY.search(sentence) or _BORN_OF.search(sentence))
    of_pronoun = (
        _PARENTS.search(sentence)
        or DESCENDS.search(sentence)
        or (_RELATIVE.search(sentence) and _SUBJECT.search(sentence))
    )
    # "les enfants de X :"
    heads_list = _RELATIVE.search(sentence) and _LISTS_BEHIND.match(plain, person.end)
    beside = _is_beside_relative(plain, near, earlier) or _BYSTANDER.search(sentence)
    return Role.RELATIVE if heads_list or beside or of_somebody or of_pronoun else Role.SOUGHT


def _is_sender(plain: str, person: Person, near: str, sentence: str) -> bool:
    """Whether somebody writes, is written to, or only told the sender something."""
    if _SENDER_BEFORE.search(near) or _STREET.match(plain, person.end) or _INFORMANT.search(sentence):
        return True
    if _ADDRESSED.search(plain[: person.start]) and plain[person.end : person.end + 1] in ",!.\n":
        return True
    return bool(_SENDER_BEHIND.match(plain, person.end)) and not _ASKED_BEFORE.search(near)


def _is_beside_relative(plain: str, near: str, earlier: Sequence[Person]) -> bool:
    """Whether somebody stands behind a parent or a witness: "de X et de Y", "témoins : X, Y et Z"."""
    if not earlier or earlier[-1].role is not Role.RELATIVE:
        return False
    before = plain[max(0, earlier[-1].start - 90) : earlier[-1].start]
    witness = _LISTED.fullmatch(near) and _BYSTANDER.search(before)
    return bool(_AND.fullmatch(near) or _AND_MOTHER.fullmatch(near) or witness)
