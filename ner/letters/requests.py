"""Which acts are asked for: the people and the words for acts of a letter brought together.

A sentence without anybody's name speaks of those named before it ("Elle est née ..."). A word for an act
binds to the person it leads to, or, in lists that name people first, to the one before it.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ner.letters.answered import is_answered, is_given_up
from ner.letters.couples import Request, once, paired
from ner.letters.identities import mentions
from ner.letters.kin import Of
from ner.letters.letter import Identity, Letter
from ner.letters.owners import Scene, is_plural
from ner.letters.person import Person, Role
from ner.letters.seeking import SEEKS
from ner.letters.told_again import all_told, made_again
from ner.letters.words import JOINT_KINDS, KindWord
from registers.entry import Kind

_THIS_ACT = re.compile(r"\b(?:ce dernier acte|c'est (?:cet acte|ce document|celui-ci)|ce dernier document)\b")
_OF_KIN_OF = re.compile(
    r"\b(?:fratrie|parents|enfants|freres et s(?:oe|œ)urs|descend\w+|ascend\w+|histoire|biographie|"
    r"genealogie) "
    r"(?:de |d'|du )(?:(?:mon|ma|notre|son|sa) [\w' -]{3,30} )?$"
)
_REGULATED = re.compile(
    r"\b(?:succession|heriti\w+|dossier|affaire) (?:de |d')(?:(?:feue?|m\.|mr|mme|mlle|monsieur|madame|"
    r"mademoiselle)\s)*$"
)
_ROW = re.compile(
    r"[ \t]*(?:[-*•–—·]|\(?[a-z\d]{1,2}[.)/°])?[ \t]*(?:(?:m|mr|mme|mlle|monsieur|madame|soldat|"
    r"caporal)\.? )?"
    r"(?:(?:naissances?|mariages?|deces|acte)\s*:\s*)?"
)


def requests(scene: Scene) -> list[Request]:
    """The acts asked for, one for each person and kind; the spouse of a marriage is part of it."""
    letter, sought = scene.letter, scene.cast.sought
    made: list[Request] = all_told(scene)
    heading: list[Kind] = []
    for sentence in range(len(letter.layout.starts)):
        named = [
            (identity, mention)
            for identity, mention in mentions(sought)
            if letter.sentence(mention.start) == sentence
        ]
        named = [
            pair for pair in named if not _REGULATED.search(letter.plain[: pair[1].start]) or len(sought) == 1
        ]
        words = [word for word in _in_sentence(letter, sentence) if word.asked and scene.owned(word) != ()]
        asked = [word.kind for word in words]
        if asked and all(scene.owned(word) for word in words):
            made += _by_grammar(scene, words)
        elif not asked and not named and made_again(scene, sentence):
            made += made_again(scene, sentence)
        elif asked:
            announced = not named and (
                _announces(letter, sentence)
                or is_plural(letter.plain, words[-1])
                or _is_heading(letter, sentence, words[0])
            )
            heading = list(dict.fromkeys(asked)) if announced else []
            made += _in_one_sentence(letter, sentence, named) or _with_spouse_only(letter, sentence, sought)
        elif len(heading) == 1 and heading[0] not in JOINT_KINDS:
            made += [Request(identity, heading[0]) for identity, _ in named]
        elif len(heading) == 1 and len(named) == 2 and named[0][0] is not named[1][0]:
            made.append(Request(named[0][0], heading[0], named[1][0]))
    spouses = {id(request.spouse) for request in made if request.spouse}
    done = {id(request.identity) for request in made} | spouses
    left = [identity for identity in sought if id(identity) not in done]
    stillborn = [r.identity for r in made if r.kind is Kind.STILLBORN]
    left = [identity for identity in left if not any(_beside(letter, identity, other) for other in stillborn)]
    if made:
        left = [identity for identity in left if _is_asked_for(scene, identity)]
    else:
        left = [identity for identity in left if not _is_named_beside(scene, identity)] or left
    others = [request for identity in left for request in _from_elsewhere(letter, identity)]
    made += [request for request in others if request.kind is not None or not made]
    return paired(letter, once(made), sought)


def _by_grammar(scene: Scene, words: Sequence[KindWord]) -> list[Request]:
    """The acts whose words tell by themselves whose they are."""
    made: list[Request] = []
    for word in words:
        owners = scene.owned(word) or ()
        if word.kind not in JOINT_KINDS:
            made += [Request(owner, word.kind, told=True) for owner in owners]
            continue
        for at in range(0, len(owners), 2):
            pair = owners[at : at + 2]
            made.append(Request(pair[0], word.kind, pair[1] if len(pair) > 1 else None, told=True))
    return made


def _beside(letter: Letter, identity: Identity, other: Identity) -> bool:
    """Whether one sentence names both."""
    sentences = {letter.sentence(mention.start) for mention in other.mentions}
    return any(letter.sentence(mention.start) in sentences for mention in identity.mentions)


def _with_spouse_only(letter: Letter, sentence: int, sought: Sequence[Identity]) -> list[Request]:
    """ "... ainsi que son mariage avec Y": the act of whoever was named last before Y."""
    spouses = [
        person
        for person in letter.people
        if person.role is Role.SPOUSE and letter.sentence(person.start) == sentence
    ]
    kinds = [word.kind for word in _in_sentence(letter, sentence) if word.asked and word.kind in JOINT_KINDS]
    before = [
        identity for identity, mention in mentions(sought) if spouses and mention.end <= spouses[0].start
    ]
    return [Request(before[-1], kinds[0])] if before and kinds else []


def _is_heading(letter: Letter, sentence: int, word: KindWord) -> bool:
    """Whether a line holds the word alone: "2. Décès"."""
    starts = (*letter.layout.starts, len(letter.plain))
    before, behind = (
        letter.plain[starts[sentence] : word.start],
        letter.plain[word.end : starts[sentence + 1]],
    )
    return bool(_ROW.fullmatch(before)) and not behind.strip(" \n.:-")


def _announces(letter: Letter, sentence: int) -> bool:
    """Whether a sentence leads over to a list: "les actes de naissance de :"."""
    starts = (*letter.layout.starts, len(letter.plain))
    return letter.plain[starts[sentence] : starts[sentence + 1]].rstrip().endswith(":")


def _in_sentence(letter: Letter, sentence: int) -> list[KindWord]:
    return [word for word in letter.words if letter.sentence(word.start) == sentence]


def _in_one_sentence(
    letter: Letter, sentence: int, named: Sequence[tuple[Identity, Person]]
) -> list[Request]:
    words = [word for word in _in_sentence(letter, sentence) if word.asked]
    if any(word.kind is Kind.STILLBORN for word in words):
        words = [word for word in words if word.kind not in (Kind.BIRTH, Kind.DEATH)]
        named = named[:1]  # the child stands under its father
    made: list[Request] = []
    kinds: list[Kind] = []
    position = 0
    while position < len(named):
        identity, mention = named[position]
        begin = named[position - 1][1].end if position else -1
        end = named[position + 1][1].start if position + 1 < len(named) else len(letter.plain)
        before = [word.kind for word in words if begin <= word.start < mention.start]
        behind = [word.kind for word in words if mention.end <= word.start < end]
        people_first = not any(word.start < named[0][1].start for word in words)
        last = position + 1 == len(named)
        if people_first:
            kinds = behind or (kinds if made else [word.kind for word in words][:1])
        else:
            kinds = before + (behind if last else []) or kinds
        step, spouse = 1, None
        if any(kind in JOINT_KINDS for kind in kinds) or (
            people_first and _joint_ahead(words, named, position)
        ):
            kinds = kinds if any(kind in JOINT_KINDS for kind in kinds) else [words[0].kind]
            if not last and named[position + 1][0] is not identity and not identity.person.spouse_given_names:
                spouse, step = named[position + 1][0], 2
        made += [
            Request(identity, kind, spouse if kind in JOINT_KINDS else None) for kind in dict.fromkeys(kinds)
        ]
        position += step
    return made


def _joint_ahead(words: Sequence[KindWord], named: Sequence[tuple[Identity, Person]], position: int) -> bool:
    """Whether "A et B, mariage" follows: two people, then one word for an act of both."""
    if position + 1 >= len(named) or words[0].kind not in JOINT_KINDS:
        return False
    return words[0].start > named[position][1].end


def _from_elsewhere(letter: Letter, identity: Identity) -> list[Request]:
    """Kinds for a person whose own sentences name no act: those that follow, those of the whole letter."""
    sentences = {letter.sentence(mention.start) for mention in identity.mentions}
    following = _following(letter, max(sentences))
    for place in (following, None):
        words = [
            word.kind
            for word in letter.words
            if word.asked and (place is None or letter.sentence(word.start) in place)
        ]
        if words:
            kinds = list(dict.fromkeys(words))
            if len(kinds) > 1:
                kinds = _heading_kinds(letter, identity) or kinds
            return [Request(identity, kind, sure=len(kinds) == 1) for kind in kinds]
    told = _told_behind(letter, identity)
    if told is not None:
        return [Request(identity, told)]
    last = _this_act(letter)
    if last is not None:
        return [Request(identity, last)]
    events = [word.kind for word in letter.words if letter.sentence(word.start) in sentences | following]
    kinds = list(dict.fromkeys(events or [word.kind for word in letter.words]))
    return [Request(identity, kinds[0] if len(kinds) == 1 else None, sure=len(kinds) == 1)]


def _this_act(letter: Letter) -> Kind | None:
    """The event told last before "c'est ce dernier acte que je cherche", where no act is named."""
    this = _THIS_ACT.search(letter.plain)
    before = [word for word in letter.words if this and word.end <= this.start()]
    return before[-1].kind if before else None


def _told_behind(letter: Letter, identity: Identity) -> Kind | None:
    """The only event between a mention and the next person: "Rose Garnier (n. 1885), Paul ..."."""
    mention = identity.mentions[-1]
    starts = (*letter.layout.starts, len(letter.plain))
    until = min(
        (person.start for person in letter.people if person.start >= mention.end),
        default=len(letter.plain),
    )
    until = min(until, starts[letter.sentence(mention.start) + 1])
    kinds = {word.kind for word in letter.words if mention.end <= word.start < until}
    return kinds.pop() if len(kinds) == 1 else None


def _heading_kinds(letter: Letter, identity: Identity) -> list[Kind]:
    """The one kind that the nearest sentence before names: "NAISSANCES : A ; B ; DÉCÈS : C"."""
    before = [word for word in letter.words if word.asked and word.end <= identity.mentions[0].start]
    if not before:
        return []
    near = letter.sentence(before[-1].start)
    kinds = {word.kind for word in before if letter.sentence(word.start) == near}
    return list(kinds) if len(kinds) == 1 else []


def _is_named_beside(scene: Scene, identity: Identity) -> bool:
    """Whether somebody is named only as a relative ("au mariage de son fils Paul"), with nothing told."""
    told = any(identity in (scene.owned(word) or ()) for word in scene.letter.words if not word.noun)
    beside = [
        any(0 <= mention.start - kin.end <= 3 and kin.of in (Of.ONE, Of.SEVERAL) for kin in scene.cast.kin)
        for mention in identity.mentions
    ]
    return not told and all(beside)


def _is_asked_for(scene: Scene, identity: Identity) -> bool:
    """Whether the letter wants this person too, where it names an act for somebody else."""
    letter = scene.letter
    if any(_REGULATED.search(letter.plain[: mention.start]) for mention in identity.mentions):
        return False
    if any(is_answered(letter.plain, mention.start) for mention in identity.mentions):
        return False
    starts = (*letter.layout.starts, len(letter.plain))
    sentences = {letter.sentence(mention.start) for mention in identity.mentions}
    told = " ".join(letter.plain[starts[number] : starts[number + 1]] for number in sorted(sentences))
    if any(_OF_KIN_OF.search(letter.plain[: mention.start]) for mention in identity.mentions):
        return False
    if is_given_up(told):
        return False
    words = [word for word in letter.words if word.asked and letter.sentence(word.start) in sentences]
    if words and all(scene.owned(word) for word in words):
        return False
    return (
        bool(words)
        or bool(SEEKS.search(told))
        or any(_begins_row(letter, mention) for mention in identity.mentions)
    )


def _begins_row(letter: Letter, mention: Person) -> bool:
    """Whether a name stands at the head of a row, beside another row that begins with a name."""
    heads = {letter.sentence(person.start) for person in letter.people if _heads_row(letter, person)}
    sentence = letter.sentence(mention.start)
    return _heads_row(letter, mention) and bool({sentence - 1, sentence + 1} & heads)


def _heads_row(letter: Letter, person: Person) -> bool:
    begin = letter.layout.starts[letter.sentence(person.start)]
    own_line = letter.plain[:begin].rstrip(" \t")[-1:] in ("", "\n", ";", ":")
    return own_line and bool(_ROW.fullmatch(letter.plain, begin, person.start))


def _following(letter: Letter, sentence: int) -> set[int]:
    """The sentences behind `sentence` up to the next that names somebody who is sought."""
    named = {letter.sentence(person.start) for person in letter.people if person.role is Role.SOUGHT}
    result = set()
    for later in range(sentence + 1, len(letter.layout.starts)):
        if later in named:
            break
        result.add(later)
    return result
