"""Conversations as Rasa's processor drives them, without a model: fetch the tracker, add the turn's events, save."""

from __future__ import annotations

import warnings
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

_DOMAIN = """
version: "3.1"
intents: [ask]
entities: []
slots:
  topic: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  audience: {type: text, influence_conversation: false, mappings: [{type: custom}]}
  asked: {type: list, influence_conversation: false, mappings: [{type: custom}]}
  misunderstood: {type: float, initial_value: 0, influence_conversation: false, mappings: [{type: custom}]}
forms:
  first_form: {required_slots: [topic]}
  second_form: {required_slots: [audience]}
actions: [action_answer]
"""

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Rasa says of every domain with slots that version 3.0 changed them
    DOMAIN = Domain.from_yaml(_DOMAIN)

LISTEN = "action_listen"


async def fetch(store: TrackerStore, conversation: str) -> DialogueStateTracker:
    """Return the tracker as the processor does, with a session begun where there is no event yet."""
    tracker = await store.get_or_create_tracker(conversation, append_action_listen=False)
    tracker.model_id, tracker.assistant_id = "model", "assistant"
    if not tracker.events:
        tracker.update_with_events(session_start(), DOMAIN)
    return tracker


def session_start() -> list[Event]:
    """Return what Rasa's action_session_start leaves."""
    return [ActionExecuted("action_session_start"), SessionStarted(), ActionExecuted(LISTEN)]


def turn_events(number: int) -> list[Event]:
    """Return the events of one turn that can be told from those of every other turn."""
    return [
        UserUttered(f"question {number}", {"name": "ask", "confidence": 1.0}, input_channel="assistant"),
        SlotSet("topic", f"topic {number}"),
        ActionExecuted("action_answer"),
        BotUttered(f"answer {number}", {"custom": {"id": f"m{number}"}}),
        SlotSet("misunderstood", number % 3),
        ActionExecuted(LISTEN),
    ]


async def take_turn(store: TrackerStore, conversation: str, number: int) -> DialogueStateTracker:
    """Run one turn and return the tracker that was saved."""
    tracker = await fetch(store, conversation)
    tracker.update_with_events(turn_events(number), DOMAIN)
    await store.save(tracker)
    return tracker


async def take_turns(store: TrackerStore, conversation: str, count: int) -> None:
    """Run the turns 0 to `count` - 1."""
    for number in range(count):
        await take_turn(store, conversation, number)


def signature(event: dict[str, Any]) -> tuple[str, ...]:
    """Return what tells one stored event from another: its kind and its words, name and value."""
    return tuple(str(event[key]) for key in ("event", "text", "name", "value") if event.get(key) is not None)


def signatures_of_turns(count: int) -> list[tuple[str, ...]]:
    """Return the signatures of a conversation of `count` turns in one session."""
    events = session_start() + [event for number in range(count) for event in turn_events(number)]
    return [signature(event.as_dict()) for event in events]


async def answer_a_form(store: TrackerStore, conversation: str, answers: list[str]) -> None:
    """Run a form that stays open, a turn an answer; a list slot keeps the answers, as those of the triage form do."""
    for number in range(len(answers)):
        tracker = await fetch(store, conversation)
        events: list[Event] = [UserUttered("an answer", {"name": "ask", "confidence": 1.0})]
        events += [] if number else [ActiveLoop("first_form")]
        events += [SlotSet("asked", answers[: number + 1]), SlotSet("requested_slot", "topic")]
        tracker.update_with_events([*events, ActionExecuted("first_form"), ActionExecuted(LISTEN)], DOMAIN)
        await store.save(tracker)
