"""Whether something that a message names is so now, or is over, only supposed, or asked about in general."""

from __future__ import annotations

from functools import lru_cache

from assistant.referral.cues import Message, reach, read
from assistant.referral.lexicon import Hit
from assistant.referral.negation import denials

# "the swelling ... has gone down": how many words may lie between a sign and the word that says it is over.
_FARTHEST_END = 20
# "It is all gone now." at the start of a sentence ends what the sentence before spoke of.
_SENTENCE_START = 3


@lru_cache(maxsize=4)
def over(text: str) -> frozenset[int]:
    """Return the places of the words of `text` that speak of what is past or has ended."""
    message = read(text)
    return frozenset(_past(message) | _ended(text, message))


@lru_cache(maxsize=4)
def supposed(text: str) -> frozenset[int]:
    """Return the places of words that speak of what may be, ask about it in general, or tell of animals or things."""
    message = read(text)
    return frozenset(_supposed(message) | _asked(message) | _titled(message) | _of_others(message))


def _supposed(message: Message) -> set[int]:
    """Words after "if", "what if", "in case", "risk of", "to avoid", unless it is a habit ("if I press it")."""
    real = message.covered("not_supposed")
    cues = [cue for cue in message.cues["suppositions"] if cue.first not in real]
    return {place for cue in cues for place in reach(message, cue, lists=True)}


def _of_others(message: Message) -> set[int]:
    """Words of "the dog's eye is swollen", "my horse had a swollen leg": up to the next subject."""
    return {
        place
        for cue in message.cues["not_people"]
        for place in reach(message, cue, lists=True)
        if place not in message.covered("own")
    }


def _asked(message: Message) -> set[int]:
    """Words of a question in general: "can milia bleed", "do they hurt", but not with "mine does" behind it."""
    places: set[int] = set()
    claimed = max(message.at("claimed"), default=-1)
    for kind in ("facts", "whys", "doings", "chances"):
        for cue in message.cues[kind]:
            if cue.first > claimed and _opens(message, cue, kind) and _is_general(message, cue, kind):
                places.update(_asked_by(message, cue, kind))
    return places


def _asked_by(message: Message, cue: Hit, kind: str) -> range:
    """Return what is asked about: not what follows a colon, nor "my" in "is there a cream for my infected eye"."""
    asked = reach(message, cue, lists=not _about(message, cue, "selves"))
    told = next((place for place in asked[1:] if ":" in message.words[place].gap), asked.stop)
    asked = range(asked.start, told)
    own = [place for place in asked if place in message.at("own")] if kind in {"facts", "whys"} else []
    return range(asked.start, own[0]) if own else asked


def _opens(message: Message, cue: Hit, kind: str) -> bool:
    """Whether `cue` opens its clause, but for words such as "so", "just wondering".

    After "and" a "can" or "does" asks as well, an "is" or "was" tells; so it does after an age ("my son, 3 weeks, is").
    """
    place, fillers = cue.first - 1, message.covered("fillers")
    if kind == "facts" and place in message.covered("ages"):
        return False
    while place >= 0 and message.same_clause(place, cue.first):
        if place in message.at("joins"):
            return kind != "facts"
        if place not in fillers:
            return False
        place -= 1
    return True


def _is_general(message: Message, cue: Hit, kind: str) -> bool:
    """Whether the question that `cue` opens is about what may be, and not about what the asker has.

    `kind` is `facts` ("is"), `whys` ("why does"), `doings` ("do", "does") or `chances` ("can", "will").
    """
    if _about(message, cue, "asked_people") or cue.last + 1 in message.at("states"):
        return False
    spoken_of = set(reach(message, cue, lists=False))
    if _about(message, cue, "selves"):
        return kind == "chances" and bool(spoken_of & message.at("befalls"))
    if _about(message, cue, "own"):
        return kind == "chances" and not spoken_of & message.at("explains")
    pointed_at = {"facts": "judged", "whys": "pointed_at"}.get(kind)
    return pointed_at is None or not _about(message, cue, pointed_at)


def _about(message: Message, cue: Hit, group: str) -> bool:
    return bool(message.at(group) & {cue.last + 1, cue.last + 2}) and message.same_sentence(cue.last, cue.last + 1)


def _titled(message: Message) -> set[int]:
    """Words before "risk", "symptoms", "prevention": titles, as in "infection risk after extraction"."""
    firsts = [cue.first for cue in message.cues["titles"] if cue.first]
    return {first - 1 for first in firsts if message.same_clause(first, first - 1)}


def _past(message: Message) -> set[int]:
    """Words of a clause that says "last year", "used to", "as a child" and not "still", "again" or "since".

    What is told after an "and" in the present tense is not past: "I had a transplant in 2019 and the spot is hot".
    """
    present = {message.words[place].clause for place in message.at("present")}
    past: set[int] = set()
    for cue in message.cues["past"]:
        if message.words[cue.first].clause not in present:
            past.update(_clause_of(message, cue))
    return past


def _clause_of(message: Message, cue: Hit) -> set[int]:
    """Return the places of the clause of `cue`, and of those after it that go on without a subject or a new tense.

    A clause that is nothing but the time belongs to the one before it: "I burned my cheek, a decade ago, it faded".
    """
    words, first = message.words, _clause_start(message, cue.first)
    last = cue.last
    alone = first == cue.first and (last + 1 == len(words) or not message.same_clause(last, last + 1))
    if alone and first > 0 and message.same_sentence(first - 1, first):
        first = _clause_start(message, first - 1)
    fresh = message.at("present_tense") | message.at("present")
    join = None
    for place in range(cue.last + 1, len(words)):
        new_clause = not message.same_clause(place, place - 1)
        if not message.same_sentence(place, cue.first) or (new_clause and place in message.starts):
            break
        if words[place].text in {"and", "but"} or new_clause:
            join = place
        if place in fresh and join is not None:
            last = join - 1
            break
        last = place
    return set(range(first, last + 1))


def _clause_start(message: Message, place: int) -> int:
    while place > 0 and message.same_clause(place - 1, place):
        place -= 1
    return place


def _ended(text: str, message: Message) -> set[int]:
    """Words before "has gone down", "all better", "healed", unless it has come back since."""
    places: set[int] = set()
    kept, denied = message.covered("not_ended"), denials(text)
    for cue in message.cues["ended"]:
        if cue.first in kept or any(not by <= cue.own for place in cue.own for by in denied.get(place, ())):
            continue
        near = range(max(0, cue.first - _FARTHEST_END), cue.last + 1)
        places.update(place for place in near if _ends(message, cue, place))
    back = max(message.at("returned"), default=-1)
    return {place for place in places if place > back}


def _ends(message: Message, cue: Hit, place: int) -> bool:
    """Whether what stands at `place` is what `cue` says is over: its clause, the one before, or the sentence before."""
    here, there = message.words[cue.first], message.words[place]
    if here.sentence == there.sentence:
        return here.clause - there.clause <= 1
    early = cue.first < _SENTENCE_START or message.words[cue.first - _SENTENCE_START].sentence != here.sentence
    return early and here.sentence - there.sentence == 1
