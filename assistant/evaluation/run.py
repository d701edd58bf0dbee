"""Puts messages and dialogues to the trained model and the real actions, as a channel would, and keeps what came."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING, Any

from assistant.build import MODEL
from assistant.evaluation.data import Sample
from assistant.evaluation.follow_ups import Dialogue, Outcome
from assistant.evaluation.metrics import Reading
from assistant.evaluation.replies import Reply, Taken

if TYPE_CHECKING:
    from assistant.turn import Message, Turns


@dataclass
class Heard:
    """Everything that was measured: readings and whole turns by set, turns of dialogues by set."""

    readings: dict[str, list[Reading]] = field(default_factory=dict)
    turns: dict[str, list[Taken]] = field(default_factory=dict)
    outcomes: dict[str, list[Outcome]] = field(default_factory=dict)


def hear(samples: Mapping[str, Sequence[Sample]], dialogues: Mapping[str, Sequence[Dialogue]]) -> Heard:
    """Return what the trained model makes of every sample and dialogue, with its actions run.

    Each sample is said in a conversation of its own. Raises CallError where no model was trained or the action server
    does not start.
    """
    from assistant.serving.actions import ActionServer

    with ActionServer() as actions:
        return asyncio.run(_hear(actions.endpoint(), samples, dialogues))


def read_all(samples: Mapping[str, Sequence[Sample]], model: Path = MODEL) -> dict[str, list[Reading]]:
    """Return what the trained `model`, by the one way in of all channels, reads in every sample; no action runs."""

    async def read_sets() -> dict[str, list[Reading]]:
        turns = _turns(None, model)
        readings = {}
        for name, group in samples.items():
            readings[name] = [await read(turns, sample) for sample in group]
        return readings

    return asyncio.run(read_sets())


async def read(turns: Turns, sample: Sample) -> Reading:
    """Return what the sample is understood as."""
    understood = await turns.understand(sample.text)
    ranking = tuple((entry["name"], float(entry["confidence"])) for entry in understood.ranking)
    return Reading(sample, understood.intent, ranking, len(understood.questions))


async def replay(turns: Turns, dialogue: Dialogue, conversation: str) -> list[Outcome]:
    """Return the outcome of each turn of the dialogue, said in order in one conversation."""
    outcomes: list[Outcome] = []
    for turn in dialogue:
        before = tuple(outcome.turn.say for outcome in outcomes)
        outcomes.append(Outcome(turn, before, reply_of(await turns.take(conversation, turn.say))))
    return outcomes


def reply_of(messages: Sequence[Message]) -> Reply:
    """Return the reply that the messages of a turn make together."""
    from assistant.turn.message import FAILED

    return Reply(
        answered=tuple(topic for message in messages for topic in message.topics),
        offered=tuple(choice["topic"] for message in messages for choice in message.choices),
        assumed={name: value for message in messages for name, value in message.assumed.items()},
        text="\n\n".join(message.text for message in messages),
        failed=any(message.effect == FAILED for message in messages),
    )


async def _hear(
    endpoint: Any, samples: Mapping[str, Sequence[Sample]], dialogues: Mapping[str, Sequence[Dialogue]]
) -> Heard:
    turns, heard = _turns(endpoint, MODEL), Heard()
    conversations = (f"evaluation-{number}" for number in count())
    for name, group in samples.items():
        heard.readings[name], heard.turns[name] = [], []
        # Read and said by turns: the action server closes a connection that is idle for some seconds.
        for sample in group:
            heard.readings[name].append(await read(turns, sample))
            messages = await turns.take(next(conversations), sample.text)
            heard.turns[name].append((sample, reply_of(messages)))
    for name, told in dialogues.items():
        played = [await replay(turns, dialogue, next(conversations)) for dialogue in told]
        heard.outcomes[name] = [outcome for outcomes in played for outcome in outcomes]
    await turns.close()
    return heard


def _turns(endpoint: Any, model: Path) -> Turns:
    from assistant.serving.model import load
    from assistant.turn import Turns

    return Turns(load(endpoint, model))
