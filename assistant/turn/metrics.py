"""What operators may count of the turns; nothing in it says who wrote or what."""

from __future__ import annotations

from collections.abc import Iterable

from prometheus_client import Counter, Histogram

from assistant.turn.message import FAILED, Message

# Steps at which a visitor notices, up to the deadline of a turn.
BUCKETS = (0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.0, 4.0, 8.0)

SECONDS = Histogram("assistant_turn_seconds", "How long a turn took, waiting for its place included", buckets=BUCKETS)
TURNS = Counter("assistant_turns", "Turns by how they ended: answered, not_understood, failed", ["outcome"])
URGENT = Counter("assistant_urgent", "Replies that carried urgent advice, by level", ["level"])


def count(messages: Iterable[Message]) -> None:
    """Count one turn by what was said in it."""
    messages = list(messages)
    TURNS.labels(_outcome(messages)).inc()
    for message in messages:
        if message.urgency != "none":
            URGENT.labels(message.urgency).inc()


def _outcome(messages: list[Message]) -> str:
    if any(message.effect == FAILED for message in messages):
        return "failed"
    # Only the fallback says something that is about no topic and urges nothing.
    if all(not message.topics and message.urgency == "none" for message in messages):
        return "not_understood"
    return "answered"
