"""What actions read of the visitor's message."""

from __future__ import annotations

from rasa_sdk import Tracker

from assistant import referral


def typed(tracker: Tracker) -> str:
    """Return the visitor's own words: none for a tapped choice, whose title may name a sign ("Pain, itch")."""
    return "" if tracker.latest_message.get("tapped") else tracker.latest_message.get("text") or ""


def urgency(tracker: Tracker) -> str:
    """Return how urgent the message is: what the turn found, or the detector where no turn looked."""
    return str(tracker.latest_message.get("urgency") or referral.detect(typed(tracker)).urgency)


def asked(tracker: Tracker, place: int = 0) -> str:
    """Return the words of the question at `place` and of the story around; of an only question all words."""
    questions = tracker.latest_message.get("questions") or []
    if len(questions) < 2:
        return typed(tracker)
    return f"{questions[place]['text']} {tracker.latest_message.get('story') or ''}".strip()


def intent(tracker: Tracker) -> str:
    """Return the intent of the visitor's message."""
    return str(tracker.latest_message["intent"]["name"])
