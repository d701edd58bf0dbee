"""Dialogues in which later turns lean on earlier ones: how they are written, and whether each turn was resolved."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pydantic import BaseModel, Extra, ValidationError, parse_obj_as

from assistant import guide
from assistant.evaluation.data import NoData
from assistant.evaluation.metrics import FALLBACK, share
from assistant.evaluation.replies import Reply
from assistant.files import ROOT, read_yaml

DEVELOPMENT = ROOT / "tests" / "nlu" / "follow_ups" / "development"
EVALUATION = ROOT / "tests" / "nlu" / "follow_ups" / "evaluation"


class BadDialogue(Exception):
    """A file of dialogues is not written as it should be; the message names the place and quotes nothing."""


class Turn(BaseModel):
    """What the visitor says, and what the reply has to hold: one topic of each list of `needs`, and the facets.

    `follow_up` marks a turn that cannot be understood without the ones before. A turn that needs nothing only sets the
    scene.
    """

    say: str
    needs: list[list[str]]
    assumed: dict[str, str] = {}
    follow_up: bool = False

    class Config:
        """A misspelt check must not pass unread."""

        extra = Extra.forbid


Dialogue = list[Turn]


@dataclass(frozen=True)
class Outcome:
    """One turn with the turns said before it, and what it was answered."""

    turn: Turn
    before: tuple[str, ...]
    reply: Reply

    @property
    def met(self) -> list[bool]:
        """Return for each need whether the reply met it. Saying that it did not understand is about no topic."""
        topics = self.reply.answered or (FALLBACK,)
        return [any(topic in need for topic in topics) for need in self.turn.needs]

    @property
    def resolved(self) -> bool:
        """Return whether all that the turn needs is in the reply.

        A facet binds only where a topic that was answered says something of it.
        """
        known, library = self.reply.assumed, guide.load()
        return all(self.met) and all(
            known.get(name) == value
            or not any(library.facet(topic, name, value) for topic in self.reply.answered if topic in library.topics)
            for name, value in self.turn.assumed.items()
        )


def dialogues(folder: Path, kinds: Mapping[str, str]) -> list[Dialogue]:
    """Return the dialogues of the YAML files in `folder`; `kinds` names the topics that there are.

    Raises NoData where the folder does not exist, BadDialogue where a file has another form or an unknown topic.
    """
    if not folder.is_dir():
        raise NoData(f"The folder of the follow-ups is missing: {folder}")
    found: list[Dialogue] = []
    for path in sorted(folder.glob("*.yml")):
        try:
            found += parse_obj_as(list[Dialogue], read_yaml(path) or [])
        except ValidationError as error:
            # pydantic's own message may quote what stands there, which may be blind.
            places = "; ".join(".".join(map(str, problem["loc"][1:])) for problem in error.errors())
            raise BadDialogue(f"{path}: not as a dialogue is written at {places}") from None
    unknown = {topic for dialogue in found for turn in dialogue for need in turn.needs for topic in need}
    unknown -= {*kinds, FALLBACK}
    if unknown:
        raise BadDialogue(f"{folder}: no such topic: {', '.join(sorted(unknown))}")
    return found


def figures(outcomes: Sequence[Outcome]) -> dict[str, Any]:
    """Return the shares of turns resolved: of all, of follow-ups, and of turns that need two answers or more.

    Turns that need nothing are not counted.
    """
    counted = [outcome for outcome in outcomes if outcome.turn.needs or outcome.turn.assumed]
    leaning = [outcome for outcome in counted if outcome.turn.follow_up]
    several = [outcome for outcome in counted if len(outcome.turn.needs) > 1]
    return {
        "count": len(counted),
        "resolved": share(outcome.resolved for outcome in counted),
        "follow_ups": {"count": len(leaning), "resolved": share(outcome.resolved for outcome in leaning)},
        "several": {
            "count": len(several),
            "all": share(all(outcome.met) for outcome in several),
            "any": share(any(outcome.met) for outcome in several),
        },
        "failed": sum(outcome.reply.failed for outcome in outcomes),
    }


def unresolved(outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return the turns that were not resolved, in their order."""
    return [outcome for outcome in outcomes if not outcome.resolved]
