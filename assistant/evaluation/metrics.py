"""Figures about understanding, from what was read in each message. Nothing here knows Rasa."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, TypedDict

import numpy as np
from numpy.typing import NDArray

from assistant.evaluation.data import Kind, Sample

FALLBACK = "nlu_fallback"
GUIDE = "guide"
# How many suggestions a visitor sees when a message was not understood.
SUGGESTED = 3
# The share of questions that may be refused when the refusing of other messages is compared.
FALSE_REFUSALS = 0.04


@dataclass(frozen=True)
class Reading:
    """What was made of one sample: the intent that would be answered, and (intent, confidence) of the best ones.

    `questions` says how many questions were found in it.
    """

    sample: Sample
    intent: str
    ranking: tuple[tuple[str, float], ...]
    questions: int = 1

    @property
    def right(self) -> bool:
        """Return whether what would be answered is a right reading."""
        return self.intent in self.sample.accepted

    @property
    def among_suggestions(self) -> bool:
        """Return whether a right reading is the answer or one of the first three."""
        return self.right or any(name in self.sample.accepted for name, _ in self.ranking[:SUGGESTED])

    @property
    def refused(self) -> bool:
        """Return whether the message was not understood."""
        return self.intent == FALLBACK

    @property
    def guess(self) -> str:
        """Return the likeliest intent, whether or not it was sure enough to be answered."""
        return self.ranking[0][0] if self.ranking else self.intent

    @property
    def confidence(self) -> float:
        """Return how sure the likeliest intent was."""
        return self.ranking[0][1] if self.ranking else 0.0


class Row(TypedDict):
    """One intent's figures: messages of which it is the best reading, and the share read right."""

    count: int
    right: float
    among_three: float


def of_kind(readings: Iterable[Reading], kind: Kind) -> list[Reading]:
    """Return the readings of samples of one kind."""
    return [reading for reading in readings if reading.sample.kind == kind]


def share(values: Iterable[bool]) -> float:
    """Return the share of true ones; of none, it is 0."""
    listed = list(values)
    return sum(listed) / len(listed) if listed else 0.0


def question_figures(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return the figures for messages that have an answer: right, among three, refused."""
    return {
        "count": len(readings),
        "right": share(reading.right for reading in readings),
        "among_three": share(reading.among_suggestions for reading in readings),
        "refused": share(reading.refused for reading in readings),
        "right_without_refusing": share(reading.guess in reading.sample.accepted for reading in readings),
    }


def several_figures(readings: Sequence[Reading]) -> dict[str, Any]:
    """Return how well several questions in one message are found, among the messages whose questions were counted.

    `found` is the share of messages with two questions or more in which two or more were found, `wrongly` the share of
    messages with one question in which several were found.
    """
    several = [reading for reading in readings if (reading.sample.questions or 0) > 1]
    single = [reading for reading in readings if reading.sample.questions == 1]
    return {
        "count": len(several),
        "found": share(reading.questions > 1 for reading in several),
        "single": len(single),
        "wrongly": share(reading.questions > 1 for reading in single),
    }


def out_of_scope_figures(
    readings: Sequence[Reading], questions: Sequence[Reading], kinds: Mapping[str, str]
) -> dict[str, Any]:
    """Return the figures for messages that are not ours.

    `kept_out` counts what was not answered as a topic of the guide; lenient samples, which the guide may answer, are
    left out of it. `refused_at` is the same with the threshold at which 4% of `questions` are refused, so that two
    models are compared at one price.
    """
    strict = [reading for reading in readings if not reading.sample.lenient]
    threshold = threshold_at(questions, kinds)
    return {
        "count": len(readings),
        "strict": len(strict),
        "kept_out": share(not is_guide(reading.intent, kinds) for reading in strict),
        "right_reply": share(_is_fitting(reading, kinds) for reading in readings),
        "by_kind": _kept_out_by_intent(strict, kinds),
        "refused_at": share(
            guide_score(reading, kinds) < threshold or not _leads_to_guide(reading, kinds) for reading in strict
        ),
        "threshold_at": threshold,
        "questions_refused_at": share(guide_score(reading, kinds) < threshold for reading in questions),
        "questions_taken_for_others": share(not _leads_to_guide(reading, kinds) for reading in questions),
    }


def is_guide(intent: str, kinds: Mapping[str, str]) -> bool:
    """Return whether an intent is a topic of the guide (not small talk, not ours, not the fallback)."""
    return kinds.get(intent) == GUIDE


def guide_score(reading: Reading, kinds: Mapping[str, str]) -> float:
    """Return how sure it is that the guide answers: the confidence of the guess, 0 where that is no guide topic."""
    return reading.confidence if _leads_to_guide(reading, kinds) else 0.0


def threshold_at(questions: Sequence[Reading], kinds: Mapping[str, str], refused: float = FALSE_REFUSALS) -> float:
    """Return the highest threshold that leaves at most the share `refused` of `questions` below it."""
    scores = sorted(guide_score(reading, kinds) for reading in questions)
    return scores[int(refused * len(scores))] if scores else 0.0


def by_intent(readings: Iterable[Reading]) -> dict[str, Row]:
    """Return each intent's figures, by the best reading of the samples, in the order of the alphabet."""
    groups: dict[str, list[Reading]] = defaultdict(list)
    for reading in readings:
        groups[reading.sample.best].append(reading)
    return {
        intent: Row(
            count=len(group),
            right=share(reading.right for reading in group),
            among_three=share(reading.among_suggestions for reading in group),
        )
        for intent, group in sorted(groups.items())
    }


def confusion(readings: Iterable[Reading]) -> Counter[tuple[str, str]]:
    """Count (expected, read). Any accepted reading counts as the expected one."""
    return Counter((reading.intent if reading.right else reading.sample.best, reading.intent) for reading in readings)


def risk_coverage(readings: Sequence[Reading]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Return coverage and risk, the surest message first.

    Coverage is the share of messages answered when all surer than some threshold are; risk the share of wrong ones
    among them. Both have one entry a message.
    """
    ordered = sorted(readings, key=lambda reading: -reading.confidence)
    wrong = np.array([reading.guess not in reading.sample.accepted for reading in ordered], dtype=np.float64)
    answered = np.arange(1, len(ordered) + 1, dtype=np.float64)
    return answered / max(len(ordered), 1), np.cumsum(wrong) / answered


def differences(before: Mapping[str, Any], now: Mapping[str, Any], path: str = "") -> dict[str, tuple[float, float]]:
    """Return (before, now) of every figure that both nested reports have and that changed, under its dotted path."""
    found: dict[str, tuple[float, float]] = {}
    for name, value in now.items():
        old, place = before.get(name), f"{path}{name}"
        if isinstance(value, Mapping) and isinstance(old, Mapping):
            found |= differences(old, value, f"{place}.")
        elif _is_number(value) and _is_number(old) and value != old:
            found[place] = (old, value)  # type: ignore[assignment]
    return found


def _is_number(value: object) -> bool:
    return isinstance(value, (int, float)) and not isinstance(value, bool)


def _leads_to_guide(reading: Reading, kinds: Mapping[str, str]) -> bool:
    return is_guide(reading.guess, kinds)


def _is_fitting(reading: Reading, kinds: Mapping[str, str]) -> bool:
    return reading.right or (reading.sample.lenient and is_guide(reading.intent, kinds))


def _kept_out_by_intent(readings: Iterable[Reading], kinds: Mapping[str, str]) -> dict[str, dict[str, float]]:
    groups: dict[str, list[bool]] = defaultdict(list)
    for reading in readings:
        groups[reading.sample.best].append(not is_guide(reading.intent, kinds))
    return {name: {"count": len(kept), "kept_out": share(kept)} for name, kept in sorted(groups.items())}
