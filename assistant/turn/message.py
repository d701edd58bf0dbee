"""What the assistant says, as every channel receives it and as the conversation stores it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa.core.channels.channel import OutputChannel
from rasa.shared.core.events import BotUttered

# What an action may ask of the turn once it is over (a key of the reply's custom part).
EFFECT = "effect"
ERASE = "erase"
# What the turn itself says of a message that stands in for an answer.
FAILED = "failed"


@dataclass(frozen=True)
class Message:
    """One message of the assistant. `text` is in the small markdown subset of the contracts.

    `choices` are {"id", "title", "topic"}, `sources` {"title", "publisher", "url"}; `effect` names what the turn still
    has to do (erase the conversation), and is no part of what a visitor gets.
    """

    id: str
    text: str
    choices: Sequence[Mapping[str, str]] = ()
    sources: Sequence[Mapping[str, Any]] = ()
    urgency: str = "none"
    topics: Sequence[str] = ()
    assumed: Mapping[str, str] = field(default_factory=dict)
    effect: str | None = None

    def as_dict(self) -> dict[str, Any]:
        """Return the message as the HTTP reply of the contracts shows it."""
        return {
            "id": self.id,
            "text": self.text,
            "choices": [dict(choice) for choice in self.choices],
            "sources": [dict(source) for source in self.sources],
            "urgency": self.urgency,
            "topics": list(self.topics),
            "assumed": dict(self.assumed),
        }


def new_id() -> str:
    """Return an identity for a message that no action gave one."""
    return uuid.uuid4().hex


def from_response(response: Mapping[str, Any]) -> Message:
    """Return the message that an action uttered; `response` is what Rasa hands to an output channel."""
    custom = response.get("custom") or {}
    buttons = response.get("buttons") or []
    return Message(
        id=custom.get("id") or new_id(),
        text=response.get("text") or "",
        choices=[_choice(button) for button in buttons],
        sources=custom.get("sources") or [],
        urgency=custom.get("urgency") or "none",
        topics=custom.get("topics") or [],
        assumed=custom.get("assumed") or {},
        effect=custom.get(EFFECT),
    )


def from_event(event: BotUttered) -> Message:
    """Return the message that a stored event holds."""
    return from_response({"text": event.text, **event.data})


def _choice(button: Mapping[str, str]) -> dict[str, str]:
    # The payload is "choice id|topic"; both are ours, and no slash text ever travels (assistant/turn/turns.py).
    identity, _, topic = button["payload"].partition("|")
    return {"id": identity, "title": button["title"], "topic": topic}


class Collector(OutputChannel):
    """The output channel of a turn: keeps each message whole, as the action said it."""

    def __init__(self) -> None:
        self.messages: list[Message] = []

    @classmethod
    def name(cls) -> str:
        """Return the name under which Rasa stores where a message went."""
        return "assistant"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Keep `message`; nothing is sent before the turn is over."""
        self.messages.append(from_response(message))
