"""Whether something that a message names is denied in it: "it isn't bleeding", "no fever, pus or pain"."""

from __future__ import annotations

from functools import lru_cache

from assistant.referral.cues import Message, reach, read
from assistant.referral.lexicon import Hit

# What stands between a thing and its denial in "fever? no", "pain: none", "pus - nope", and how long the thing may be.
_ANSWERING = frozenset("?:-=")
_LONGEST_QUESTION = 4
# After these a comma is enough: "swelling, none".
_FULL_ANSWERS = frozenset({"none", "nope", "nil"})
# "I thought it was infected ... but it wasn't": how many words before it are taken back.
_FARTHEST_BACK = 12
_UNABLE = frozenset({"cant", "couldnt"})
# "Oh no" and "he said no" deny nothing of what stands before them.
_NO_ANSWER_AFTER = frozenset({"oh", "or", "and", "said", "says", "say"})
# The groups of cues.yml that deny what stands before them.
_BACKWARDS = ("denied_after", "denied_behind", "free_of", "taken_back")


def negated(text: str, start: int, end: int) -> bool:
    """Return whether `text` denies what it names from character `start` up to `end`.

    A denial among the named words themselves counts as part of the name: in "it won't heal" the span of
    "won't heal" is not denied, that of "heal" is.
    """
    places = frozenset(i for i, word in enumerate(read(text).words) if word.start < end and word.end > start)
    return is_denied(text, places)


def is_denied(text: str, places: frozenset[int]) -> bool:
    """Return whether `text` denies what the words at `places` name."""
    by = denials(text)
    return any(not cue <= places for place in places for cue in by.get(place, ()))


@lru_cache(maxsize=4)
def denials(text: str) -> dict[int, list[frozenset[int]]]:
    """Return for each denied word the cues that deny it, a cue being the places of its own words."""
    message = read(text)
    by: dict[int, list[frozenset[int]]] = {}
    for cue in message.cues["denials"]:
        if not _denies(message, cue):
            continue
        for place in reach(message, cue, lists=_denies_lists(message, cue)):
            by.setdefault(place, []).append(cue.own)
    for group in _BACKWARDS:
        for cue in message.cues[group]:
            for place in _before(message, cue):
                by.setdefault(place, []).append(cue.own)
    return by


def _denies(message: Message, cue: Hit) -> bool:
    """Whether `cue` is a true denial: not part of "not sure", "won't stop", "never seen ... like this before"."""
    if cue.first in message.covered("no_denials"):
        return False
    return not (message.covered("firsts") & set(reach(message, cue, lists=False)))


def _denies_lists(message: Message, cue: Hit) -> bool:
    """Whether `cue` denies a whole list ("no fever, pus or pain").

    Where it denies something good ("not feeding, floppy") or an ability ("can't put my chin down, spots"), what comes
    after the comma is one more complaint; "can't see any redness, pus" is a list.
    """
    near = {cue.last + 1, cue.last + 2, cue.last + 3}
    if message.words[cue.first].text in _UNABLE:
        return bool(message.covered("perceiving") & near)
    return not message.covered("wellbeing") & near


def _answers(message: Message, cue: Hit) -> bool:
    """Whether `cue` answers what stands before it: "fever? no", "swelling, none"."""
    word = message.words[cue.first]
    return bool(_ANSWERING & set(word.gap)) or ("," in word.gap and word.text in _FULL_ANSWERS)


def _before(message: Message, cue: Hit) -> range:
    """Return the places that "fever? no", "pain: none", "pain free" or "pimples they are not" denies."""
    words, place = message.words, cue.first - 1
    if cue.group == "taken_back":
        near = range(max(0, cue.first - _FARTHEST_BACK), cue.first)
        return range(min((i for i in near if message.same_sentence(i, cue.first)), default=cue.first), cue.first)
    if place < 0 or (cue.last + 1 < len(words) and message.same_clause(cue.last, cue.last + 1)):
        return range(0)
    if cue.group == "free_of":
        return range(place, cue.first) if message.same_clause(place, cue.first) else range(0)
    if cue.group == "denied_behind":
        if not message.same_clause(place, cue.first) or words[place].text in _NO_ANSWER_AFTER:
            return range(0)
    elif not _answers(message, cue):
        return range(0)
    while place > 0 and cue.first - place < _LONGEST_QUESTION and message.same_clause(place, place - 1):
        place -= 1
    return range(place, cue.first)
