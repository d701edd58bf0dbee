"""What the questions are about: the facets that a conversation remembers until they change."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

FACETS = ("audience", "body_area", "treatment", "product_type", "condition")
# What a question is about, not whom it concerns: a new subject drops it unless the message names it itself.
OF_THE_SUBJECT = ("treatment", "product_type", "condition")
# Who goes on to speak of their own skin speaks no longer of these.
OTHER_PEOPLE = {"baby", "child"}


def facets(tracker: Tracker, topic: str | None = None) -> dict[str, str]:
    """Return the facets that are known: remembered ones that still fit `topic`, and what the message itself names."""
    remembered = {name: value for name in FACETS if (value := tracker.get_slot(name))}
    gone = [event["name"] for event in forgotten(tracker, topic)]
    return {**{name: value for name, value in remembered.items() if name not in gone}, **_named(tracker)}


def forgotten(tracker: Tracker, topic: str | None) -> list[dict[str, Any]]:
    """Return the events that drop what no longer fits: of the subject before, or of somebody else."""
    named, gone = _named(tracker), []
    if topic not in (None, tracker.get_slot("topic")) and not tracker.latest_message.get("follow_up"):
        gone += [name for name in OF_THE_SUBJECT if tracker.get_slot(name)]
    if tracker.latest_message.get("of_oneself") and tracker.get_slot("audience") in OTHER_PEOPLE:
        gone.append("audience")
    return [SlotSet(name, None) for name in gone if name not in named]


def further(tracker: Tracker) -> list[dict[str, str]]:
    """Return what else the message names of a kind of which it names several ("honey and lemon"), one facet each."""
    kinds = ("body_area", "treatment", "product_type", "condition")
    named = tracker.latest_message.get("further") or []
    return [{mention["entity"]: mention["value"]} for mention in named if mention["entity"] in kinds]


def _named(tracker: Tracker) -> dict[str, str]:
    mentions = tracker.latest_message.get("mentions") or []
    return {mention["entity"]: mention["value"] for mention in mentions}
