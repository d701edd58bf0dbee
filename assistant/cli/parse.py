"""`parse`: what the assistant makes of messages, through the trained model but without a conversation."""

from __future__ import annotations

import argparse
import asyncio

from assistant.cli import lines

RANKING = 3  # the contracts' number of intents in a ranking


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Take no options: messages come on standard input."""


def run(_: argparse.Namespace) -> None:
    """Print intent, ranking, entities, questions and urgency of each message."""
    from assistant.serving.model import load
    from assistant.turn import Turns

    turns = Turns(load())

    async def parsed(record: lines.Record) -> lines.Record:
        found = await turns.understand(lines.text(record))
        return {
            "intent": found.intent,
            "confidence": round(found.confidence, 4),
            "ranking": [
                {"intent": entry["name"], "confidence": entry["confidence"]} for entry in found.ranking[:RANKING]
            ],
            "entities": found.entities,
            "questions": found.questions,
            "urgency": found.urgency,
        }

    asyncio.run(lines.answer_in_order(parsed))
