"""Reads a text with the trained pipeline; one without a subject of its own is read beside what was said before."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from assistant import guide
from assistant.nlu.follow_ups import beside
from assistant.turn import follow_ups

Parse = Callable[[str], Mapping[str, Any]]
Ranking = Sequence[Mapping[str, Any]]

FALLBACK = "nlu_fallback"

# How much the words alone count against the words beside a topic, and of the rest the words behind the visitor's last
# message; from this confidence on small talk is believed whatever was answered last, and below which confidence a blend
# is not understood: chosen on the development dialogues (docs/understanding.md).
ALONE = 0.3
BEHIND_THE_LAST = 0.2
SURE_ALONE = 0.9
SURE_OF_TALK = 0.65
SURE_NOT_OURS = 0.7
SURE_NOT_OURS_IN_BRIEF = 0.75  # "coffee?"
UNDERSTOOD = 0.25
# Letters at random look a little like a goodbye.
UNDERSTOOD_TALK = 0.35
BRIEF = 3  # words

_WORD = re.compile(r"\w")


@dataclass(frozen=True)
class Before:
    """What a text may lean on: the topic answered last, those answered shortly before it, and the visitor's last words.

    What was spoken of an answer ago is asked of as if it were the last ("and after weaning, how do i start it?").
    """

    topic: str | None = None
    earlier: tuple[str, ...] = ()
    said: str = ""


NOTHING = Before()


@dataclass(frozen=True)
class Reading:
    """What the pipeline makes of a text: `ranking` are {"name", "confidence"}, best first, never the fallback."""

    intent: str
    confidence: float
    ranking: Ranking
    entities: Sequence[Mapping[str, Any]]
    in_context: bool = False


def read(text: str, parse: Parse, before: Before = NOTHING) -> Reading:
    """Return what `text` means, after what was said `before`."""
    parsed = parse(text)
    ranking = _trained(parsed)
    alone = Reading(
        parsed["intent"]["name"] or FALLBACK, float(parsed["intent"]["confidence"]), ranking, parsed["entities"]
    )
    if not _WORD.search(text):
        return replace(alone, intent=FALLBACK)
    if _is_unsure_talk(alone):
        alone = replace(alone, intent=FALLBACK)
    topics = _asked(before)
    if not topics or not ranking or not follow_ups.lacks_a_subject(text, alone.entities):
        return alone
    if _is_sure(text, ranking):
        return replace(alone, in_context=True)
    return replace(_in_context(text, ranking, parse, topics, before.said), entities=alone.entities)


def _in_context(text: str, alone: Ranking, parse: Parse, topics: Sequence[str], said: str) -> Reading:
    """Return the surest reading of `text` beside one of `topics`, in words; `alone` is how it is read by itself."""
    behind, share_behind = (_trained(parse(f"{said} {text}")), BEHIND_THE_LAST) if said else ([], 0.0)
    rest = 1 - ALONE
    readings = [
        _blend((ALONE, alone), (rest * (1 - share_behind), there), (rest * share_behind, behind))
        for there in (_trained(parse(beside(text, asks))) for asks in topics)
    ]
    ranking = max(readings, key=lambda entries: float(entries[0]["confidence"]))
    best = ranking[0]
    understood = best["confidence"] >= UNDERSTOOD
    return Reading(best["name"] if understood else FALLBACK, best["confidence"], ranking, [], True)


def _is_unsure_talk(reading: Reading) -> bool:
    return guide.load().kinds.get(reading.intent) == "conversation" and reading.confidence < UNDERSTOOD_TALK


def _trained(parsed: Mapping[str, Any]) -> Ranking:
    return [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]


def _asked(before: Before) -> list[str]:
    """Return what the topics of `before` ask, in words; none where the last answer was none of the guide's."""
    library = guide.load()
    if not before.topic or library.kinds.get(before.topic) != "guide":
        return []
    return [library.topics[topic].asks for topic in dict.fromkeys((before.topic, *before.earlier))]


def _is_sure(text: str, ranking: Ranking) -> bool:
    """Return whether the words alone say enough."""
    kinds, best = guide.load().kinds, ranking[0]
    if kinds.get(best["name"]) == "conversation":
        # Thanks and praise together are surer small talk than either alone.
        talk = sum(float(entry["confidence"]) for entry in ranking if kinds.get(entry["name"]) == "conversation")
        return talk >= SURE_OF_TALK
    brief = len(text.split()) <= BRIEF
    least = {"guide": SURE_ALONE, "not_ours": SURE_NOT_OURS_IN_BRIEF if brief else SURE_NOT_OURS}
    return bool(best["confidence"] >= least.get(kinds.get(best["name"], ""), SURE_ALONE))


def _blend(*parts: tuple[float, Ranking]) -> Ranking:
    shares: dict[str, float] = defaultdict(float)
    for weight, ranking in parts:
        for entry in ranking:
            shares[entry["name"]] += weight * entry["confidence"]
    return [{"name": name, "confidence": share} for name, share in sorted(shares.items(), key=lambda item: -item[1])]
