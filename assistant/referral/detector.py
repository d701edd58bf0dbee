"""Finds the red flags of a message: by rules, and by a second opinion that can only make it more urgent.

The same text gives the same answer: no model to load, no chance, linear time.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.referral import opinion
from assistant.referral.cues import read
from assistant.referral.flags import EVERYDAY, LEVELS, RedFlag, Sound, Way, lexicon, red_flags, sounds
from assistant.referral.lexicon import Hit
from assistant.referral.negation import is_denied
from assistant.referral.standing import over, supposed
from assistant.referral.words import Word

# Signs of one sentence count together when no more words lie between them: voice messages have no full stops.
_FARTHEST_SIGNS = 30


@dataclass(frozen=True)
class Flag:
    """A flag found. `span` is its place in the text; `negated`: named, but denied, past, or only supposed."""

    flag: str
    level: str
    negated: bool
    span: tuple[int, int]

    def as_dict(self) -> dict[str, Any]:
        """Return it as `triage` prints it."""
        return {"flag": self.flag, "level": self.level, "negated": self.negated, "span": list(self.span)}


@dataclass(frozen=True)
class Finding:
    """What `detect` found. `urgency` is none, soon, today or emergency; `flags` has the most urgent first.

    `crisis`: a person may harm themselves.
    """

    urgency: str = "none"
    flags: tuple[Flag, ...] = field(default=())
    crisis: bool = False

    def as_dict(self) -> dict[str, Any]:
        """Return it as `triage` prints it, without the id of its line."""
        return {"urgency": self.urgency, "flags": [flag.as_dict() for flag in self.flags]}


def detect(text: str) -> Finding:
    """Return the red flags of `text` and how urgent they make it. Never raises, whatever the text."""
    found = by_rules(text)
    heard = sound(opinion.shares(text)) if opinion.says_enough(text) else None
    if not heard or not _adds(heard, found):
        return found
    flag = Flag(heard.id, heard.level, False, (0, len(text)))
    return Finding(heard.level, (flag, *found.flags), heard.crisis)


def sound(shares: Sequence[float]) -> Sound | None:
    """Return the most urgent flag that a message's `shares` of opinion.CLASSES raise, if they raise one."""
    of = dict(zip(opinion.CLASSES, shares, strict=True))
    as_urgent = {
        "crisis": of["crisis"],
        "emergency": of["crisis"] + of["emergency"],
        "today": of["crisis"] + of["emergency"] + of["today"],
        "soon": 1 - of["none"],
    }
    return next((one for one in sounds() if as_urgent["crisis" if one.crisis else one.level] >= one.least), None)


def _adds(heard: Sound, found: Finding) -> bool:
    """Return whether `heard` is more than what the rules `found`."""
    more = LEVELS.index(heard.level) > LEVELS.index(found.urgency)
    return more or (heard.crisis and not found.crisis)


def by_rules(text: str) -> Finding:
    """Return what the rules alone find in `text`."""
    signs = _Signs(text)
    if not signs.words:
        return Finding()
    found = [flag for known in red_flags() if (flag := _look_for(known, signs))]
    real = {flag.flag for flag in found if not flag.negated}
    urgency = max((flag.level for flag in found if not flag.negated), key=LEVELS.index, default="none")
    found.sort(key=lambda flag: (flag.negated, -LEVELS.index(flag.level)))
    return Finding(urgency, tuple(found), any(known.crisis and known.id in real for known in red_flags()))


class _Signs:
    """The groups found in one message, and which of their hits are so."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.words: Sequence[Word] = read(text).words
        self._hits = _beyond_everyday(lexicon().find(self.words))
        self._over, self._supposed = over(text), supposed(text)

    def named(self, group: str) -> list[Hit]:
        """Return the hits of `group`, so or not."""
        return self._hits[group]

    def so(self, group: str, counts: Iterable[str] = ()) -> list[Hit]:
        """Return the hits of `group` that are not denied, and not over or supposed unless `counts` says so."""
        return [hit for hit in self._hits[group] if self._is_so(hit, counts)]

    def undenied(self, group: str) -> list[Hit]:
        """Return the hits of `group` that are not denied."""
        return [hit for hit in self._hits[group] if not is_denied(self.text, hit.own)]

    def _is_so(self, hit: Hit, counts: Iterable[str]) -> bool:
        if is_denied(self.text, hit.own):
            return False
        past = "over" not in counts and bool(hit.own & self._over)
        return not past and not ("supposed" not in counts and hit.own & self._supposed)


def _beyond_everyday(hits: dict[str, list[Hit]]) -> dict[str, list[Hit]]:
    """Leave out what is only part of an everyday phrase: the "sore" of "cold sore", the "fever" of "hay fever"."""
    phrases = {place: phrase.own for phrase in hits[EVERYDAY] for place in phrase.own}
    return {
        group: [hit for hit in found if all(phrases[place] <= hit.own for place in hit.own & phrases.keys())]
        for group, found in hits.items()
    }


def _look_for(known: RedFlag, signs: _Signs) -> Flag | None:
    named: tuple[int, int] | None = None
    for way in known.ways:
        if not _fits(way, signs):
            continue
        span = _together([signs.so(group, way.counts) for group in way.signs], way, signs)
        if span:
            return Flag(known.id, known.level, False, span)
        named = named or _together([signs.named(group) for group in way.signs], way, signs)
    return Flag(known.id, known.level, True, named) if named else None


def _fits(way: Way, signs: _Signs) -> bool:
    if any(not signs.undenied(group) for group in way.context):
        return False
    return not any(signs.undenied(group) for group in way.unless)


def _together(groups: list[list[Hit]], way: Way, signs: _Signs) -> tuple[int, int] | None:
    """Return the characters from the first to the last of a hit of each group that come together, if they do."""
    words = signs.words
    apart = {words[hit.first].sentence for group in way.unless_near for hit in signs.undenied(group)}
    firsts = [[hit.first for hit in hits] for hits in groups]
    for anchor in groups[0]:
        chosen = [_nearest(hits, places, anchor) for hits, places in zip(groups, firsts, strict=True)]
        together = [hit for hit in chosen if hit and _near(anchor, hit, way, words)]
        if len(together) == len(groups) and words[anchor.first].sentence not in apart:
            first, last = min(hit.first for hit in together), max(hit.last for hit in together)
            return words[first].start, words[last].end
    return None


def _nearest(hits: list[Hit], places: list[int], anchor: Hit) -> Hit | None:
    """Return the hit whose first word (in `places`, in order) is nearest to that of `anchor`."""
    after = bisect_left(places, anchor.first)
    return min(hits[max(0, after - 1) : after + 1], key=lambda hit: abs(hit.first - anchor.first), default=None)


def _near(anchor: Hit, hit: Hit, way: Way, words: Sequence[Word]) -> bool:
    if way.within == "message":
        return True
    together = words[anchor.first].sentence == words[hit.first].sentence
    return together and abs(hit.first - anchor.first) <= _FARTHEST_SIGNS
