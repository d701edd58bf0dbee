"""Runs one action on a conversation that is written down in a line, and shows what it said and what it remembers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import GuideAction

Event = dict[str, Any]


@dataclass(frozen=True)
class Said:
    """What an action said (`messages` as the action server sends them) and the events that it returned."""

    messages: Sequence[Mapping[str, Any]]
    events: Sequence[Mapping[str, Any]]

    @property
    def message(self) -> Mapping[str, Any]:
        """The first message; the result of the triage form is followed by one to take along."""
        return self.messages[0]

    @property
    def text(self) -> str:
        return str(self.message["text"])

    @property
    def choices(self) -> dict[str, str]:
        """Title to payload."""
        return {button["title"]: button["payload"] for button in self.message["buttons"]}

    @property
    def topics(self) -> list[str]:
        return list(self.message["custom"]["topics"])

    @property
    def sources(self) -> list[dict[str, Any]]:
        return list(self.message["custom"]["sources"])

    @property
    def assumed(self) -> dict[str, str]:
        return dict(self.message["custom"]["assumed"])

    @property
    def urgency(self) -> str:
        return str(self.message["custom"]["urgency"])

    @property
    def effect(self) -> str | None:
        return self.message["custom"].get("effect")

    @property
    def slots(self) -> dict[str, Any]:
        """What the events set, the last word for each slot."""
        return {event["name"]: event["value"] for event in self.events if event["event"] == "slot"}


def run(
    action: GuideAction,
    intent: str,
    text: str = "",
    *,
    slots: Mapping[str, Any] | None = None,
    said_before: Sequence[Said] = (),
    events: Sequence[Event] = (),
    **latest: Any,
) -> Said:
    """Run `action` on a message of `intent`; `latest` is what else the turn knows of it (language, ranking).

    What happened before are the messages `said_before`, then `events`.
    """
    message = {"text": text, "intent": {"name": intent, "confidence": 0.9}, "entities": [], **latest}
    before = [*(_uttered(message) for said in said_before for message in said.messages), *events]
    tracker = Tracker("visitor", dict(slots or {}), message, before, False, None, {}, "action_listen")
    dispatcher = CollectingDispatcher()
    returned = action.run(dispatcher, tracker, {})
    return Said(dispatcher.messages, returned)


def _uttered(message: Mapping[str, Any]) -> Event:
    """Return the event that Rasa stores of a message."""
    data = {"buttons": message["buttons"] or None, "custom": message["custom"], "image": None}
    return {"event": "bot", "text": message["text"], "data": data, "metadata": {}}
