"""Reads the triage form's state from the conversation: its open question, what the message says to it, its answers."""

from __future__ import annotations

from rasa_sdk import Tracker

from assistant import referral

REQUESTED = "requested_slot"
FAILED, URGENCY = "triage_failed", "triage_urgency"


def open_question(tracker: Tracker) -> str | None:
    """Return the question that is open, None where the form is just starting."""
    slot = tracker.get_slot(REQUESTED)
    return referral.question_of(slot) if slot else None


def is_back(tracker: Tracker) -> bool:
    """Return whether the form goes on after a question in between was answered, with urgent advice where it was due."""
    names = [event["event"] for event in tracker.events]
    since = names[len(names) - names[::-1].index("user") :] if "user" in names else []
    return "action_execution_rejected" in since


def heard(tracker: Tracker) -> tuple[dict[str, list[str]], str]:
    """Return what the message answers, and what it does (assistant/turn/triage.py); "asks" where it is about else."""
    said = tracker.latest_message.get("triage") or {"answers": {}, "does": "asks"}
    return dict(said["answers"]), str(said["does"])


def given(tracker: Tracker) -> dict[str, list[str]]:
    """Return the answers so far."""
    slots = {name: tracker.get_slot(referral.slot(name)) for name in referral.triage().order}
    return {name: list(value) for name, value in slots.items() if value}


def missing(tracker: Tracker) -> str:
    """Return the first question without an answer."""
    return next(name for name in referral.triage().order if name not in given(tracker))


def floor(tracker: Tracker) -> str:
    """Return how urgent the red flags were that the visitor typed since the form began."""
    return str(tracker.get_slot(URGENCY) or "none")
