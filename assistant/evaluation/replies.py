"""Figures about what is said, from whole turns: what was answered, what was offered, what was kept out."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from assistant.evaluation.data import Sample
from assistant.evaluation.metrics import is_guide, share


@dataclass(frozen=True)
class Reply:
    """What one turn said: the topics it answered, the topics it offered to tap, the facets it assumed, its words.

    `failed` marks an apology in place of an answer.
    """

    answered: tuple[str, ...] = ()
    offered: tuple[str, ...] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)
    text: str = ""
    failed: bool = False


Taken = tuple[Sample, Reply]


def question_figures(turns: Iterable[Taken]) -> dict[str, float]:
    """Return the shares of questions of which a right topic was answered, and answered or offered."""
    questions = [(sample, reply) for sample, reply in turns if sample.kind == "question"]
    return {
        "answered": share(_any_right(sample, reply.answered) for sample, reply in questions),
        "answered_or_offered": share(
            _any_right(sample, (*reply.answered, *reply.offered)) for sample, reply in questions
        ),
    }


def out_of_scope_figures(turns: Iterable[Taken], kinds: Mapping[str, str]) -> dict[str, float]:
    """Return the share of what is not ours that no topic of the guide answered; lenient messages are left out."""
    strict = [reply for sample, reply in turns if sample.kind == "out_of_scope" and not sample.lenient]
    return {"not_answered": share(not any(is_guide(name, kinds) for name in reply.answered) for reply in strict)}


def figures(turns: Sequence[Taken], kinds: Mapping[str, str]) -> dict[str, Any]:
    """Return the figures of one set by the part of the report that they belong to, and how many turns failed."""
    return {
        "questions": question_figures(turns),
        "out_of_scope": out_of_scope_figures(turns, kinds),
        "failed": sum(reply.failed for _, reply in turns),
    }


def _any_right(sample: Sample, topics: Iterable[str]) -> bool:
    return any(name in sample.accepted for name in topics)
