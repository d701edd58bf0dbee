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


def asked(tracker: Tracker) -> str:
    """Return the words of the message's first question, all of them where it holds only one."""
    questions = tracker.latest_message.get("questions") or []
    return str(questions[0]["text"]) if len(questions) > 1 else typed(tracker)


def intent(tracker: Tracker) -> str:
    """Return the intent of the visitor's message."""
    return str(tracker.latest_message["intent"]["name"])
