"""The words that say whether something named is so: `data/referral/cues.yml`, and how far each of them reaches."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from assistant.files import DATA, read_yaml
from assistant.referral.lexicon import Hit, Lexicon
from assistant.referral.words import Word, split

# A cue does not reach further than this many words, however long its sentence is.
_FARTHEST = 24
# A listed thing ("no fever, pus or pain") has at most this many words.
_LONGEST_ITEM = 4


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """Return the cues of cues.yml, ready to be looked for."""
    return Lexicon(read_yaml(DATA / "referral" / "cues.yml"))


@dataclass(frozen=True)
class Message:
    """The words of a message and the cues in them."""

    words: Sequence[Word]
    cues: dict[str, list[Hit]]

    def at(self, name: str) -> frozenset[int]:
        """Return the places at which a cue of the group `name` begins."""
        return self._firsts[name]

    def covered(self, name: str) -> frozenset[int]:
        """Return the places of all words that belong to a cue of the group `name`."""
        return self._covered[name]

    def same_sentence(self, one: int, other: int) -> bool:
        """Return whether the words at the places `one` and `other` belong to one sentence."""
        return self.words[one].sentence == self.words[other].sentence

    def same_clause(self, one: int, other: int) -> bool:
        """Return whether the words at the places `one` and `other` belong to one clause."""
        return self.words[one].clause == self.words[other].clause

    @cached_property
    def starts(self) -> frozenset[int]:
        """The places at which a new statement begins, and not one more thing of a list."""
        return self.at("openers") | self.at("turns") | self.at("subjects")

    @cached_property
    def _firsts(self) -> dict[str, frozenset[int]]:
        return {name: frozenset(hit.first for hit in hits) for name, hits in self.cues.items()}

    @cached_property
    def _covered(self) -> dict[str, frozenset[int]]:
        return {name: frozenset(place for hit in hits for place in hit.own) for name, hits in self.cues.items()}


@lru_cache(maxsize=4)
def read(text: str) -> Message:
    """Return the words and cues of `text`."""
    words = split(text)
    return Message(words, lexicon().find(words))


def reach(message: Message, cue: Hit, lists: bool) -> range:
    """Return the places that `cue` speaks of: from its end to the next turn of the sentence.

    With `lists` it goes on over the commas of a list ("no fever, pus or pain").
    """
    first = cue.last + 1
    end = min(len(message.words), first + _FARTHEST)
    for place in range(first, end):
        if not message.same_sentence(place, cue.last) or _turns(message, place, first):
            return range(first, place)
        if not message.same_clause(place, place - 1) and not (lists and _goes_on(message, place)):
            return range(first, place)
    return range(first, end)


def _turns(message: Message, place: int, first: int) -> bool:
    if place in message.at("turns"):
        return True
    return place in message.at("subjects") and place > first and place - 1 not in message.at("complements")


def _goes_on(message: Message, place: int) -> bool:
    """Whether the clause that begins at `place` is one more thing of a list and not a new statement or a figure."""
    if place in message.starts or message.words[place].text[0].isdigit():
        return False
    for item in range(place, len(message.words)):
        if not message.same_clause(item, place):
            break
        if item > place and item in message.at("joins"):
            return True
        if item in message.at("stress") or item - place >= _LONGEST_ITEM:
            return False
    return True
