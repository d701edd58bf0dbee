"""Reads a text with the trained pipeline; one without a subject of its own is read beside what was answered last."""

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

# How much the words alone count against the words beside the last topic, from this confidence on small talk is believed
# whatever was answered last, and below which confidence a blend is not understood: chosen on the development dialogues
# (docs/understanding.md).
ALONE = 0.3
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
class Reading:
    """What the pipeline makes of a text: `ranking` are {"name", "confidence"}, best first, never the fallback."""

    intent: str
    confidence: float
    ranking: Ranking
    entities: Sequence[Mapping[str, Any]]
    in_context: bool = False


def read(text: str, parse: Parse, topic: str | None = None) -> Reading:
    """Return what `text` means, after an answer on `topic`."""
    parsed = parse(text)
    ranking = _trained(parsed)
    alone = Reading(
        parsed["intent"]["name"] or FALLBACK, float(parsed["intent"]["confidence"]), ranking, parsed["entities"]
    )
    if not _WORD.search(text):
        return replace(alone, intent=FALLBACK)
    if _is_unsure_talk(alone):
        alone = replace(alone, intent=FALLBACK)
    asks = _asks(topic)
    if not asks or not ranking or not follow_ups.lacks_a_subject(text, alone.entities):
        return alone
    if _is_sure(text, ranking):
        return replace(alone, in_context=True)
    blended = _blend(ranking, _trained(parse(beside(text, asks))))
    best = blended[0]
    understood = best["confidence"] >= UNDERSTOOD
    return Reading(best["name"] if understood else FALLBACK, best["confidence"], blended, alone.entities, True)


def _is_unsure_talk(reading: Reading) -> bool:
    return guide.load().kinds.get(reading.intent) == "conversation" and reading.confidence < UNDERSTOOD_TALK


def _trained(parsed: Mapping[str, Any]) -> Ranking:
    return [entry for entry in parsed["intent_ranking"] if entry["name"] != FALLBACK]


def _asks(topic: str | None) -> str | None:
    library = guide.load()
    return library.topics[topic].asks if topic and library.kinds.get(topic) == "guide" else None


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


def _blend(alone: Ranking, there: Ranking) -> Ranking:
    shares: dict[str, float] = defaultdict(float)
    for weight, ranking in ((ALONE, alone), (1 - ALONE, there)):
        for entry in ranking:
            shares[entry["name"]] += weight * entry["confidence"]
    return [{"name": name, "confidence": share} for name, share in sorted(shares.items(), key=lambda item: -item[1])]
