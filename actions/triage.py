"""What the triage form remembers: its answers, what else is known, and how urgent the visitor's own words were."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from assistant import referral

REQUESTED = "requested_slot"
FAILED, URGENCY = "triage_failed", "triage_urgency"
# Remembered slots that answer a question of the form before it is asked; "duration" holds a choice's id.
KNOWN = ("audience", "body_area", "duration")


def open_question(tracker: Tracker) -> str | None:
    """Return the question that is open, None where the form is just starting."""
    slot = tracker.get_slot(REQUESTED)
    return referral.question_of(slot) if slot else None


def is_back(tracker: Tracker) -> bool:
    """Return whether the form goes on after a question in between was answered."""
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


def known(tracker: Tracker) -> dict[str, list[str]]:
    """Return the answers that follow from what the conversation remembers."""
    remembered = {name: tracker.get_slot(name) for name in KNOWN}
    return {
        str(question.id): [str(choice.id)]
        for question in referral.triage().questions
        for choice in question.choices
        if any(remembered.get(entity) in values for entity, values in choice.named.items())
        or (question.id == "how_long" and choice.id == remembered["duration"])
    }


def facets(tracker: Tracker) -> list[dict[str, Any]]:
    """Return the events that remember what was answered for later questions; what is known more exactly stays."""
    choices = [
        referral.triage().question(name).choice(answer)
        for name, answers in given(tracker).items()
        for answer in answers[:1]
        if answer != referral.SKIPPED
    ]
    return [
        SlotSet(slot, value)
        for choice in choices
        for slot, value in choice.facet.items()
        if tracker.get_slot(slot) not in choice.named.get(slot, ())
    ]


def emptied() -> list[dict[str, Any]]:
    """Return the events that forget the answers of the form."""
    names = [*map(referral.slot, referral.triage().order), FAILED, URGENCY]
    return [SlotSet(name, None) for name in names]
