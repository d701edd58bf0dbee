"""What the triage form takes from the conversation's memory, leaves in it, and forgets."""

from __future__ import annotations

from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.message import urgency
from actions.triage import FAILED, URGENCY, floor, given, heard, open_question
from assistant import referral

SLOTS = (*map(referral.slot, referral.triage().order), FAILED, URGENCY)
# The remembered slot that answers a question by the choice's own id; the other ones by what a choice is `named`.
DURATION, HOW_LONG = "duration", "how_long"


def keep(tracker: Tracker) -> None:
    """Put what the message answers into the slots of `tracker`, how urgent it is, and whether it was understood."""
    question, (answers, does) = open_question(tracker), heard(tracker)
    if not question:
        tracker.slots.update(dict.fromkeys(SLOTS))
        answers = {**known(tracker), **answers}
    if does == "skip":
        answers = {str(question): [referral.SKIPPED]}
    tracker.slots.update({referral.slot(name): value for name, value in answers.items()})
    tracker.slots[FAILED] = (tracker.get_slot(FAILED) or 0) + 1 if does == "unclear" else 0
    tracker.slots[URGENCY] = referral.highest([floor(tracker), urgency(tracker)])


def known(tracker: Tracker) -> dict[str, list[str]]:
    """Return the answers that follow from what the conversation remembers: whom it is about, where, how long."""
    return {
        str(question.id): [str(choice.id)]
        for question in referral.triage().questions
        for choice in question.choices
        if any(tracker.get_slot(entity) in values for entity, values in choice.named.items())
        or (question.id == HOW_LONG and choice.id == tracker.get_slot(DURATION))
    }


def assumed(tracker: Tracker) -> dict[str, str]:
    """Return the facets that the answers so far stand for; what is remembered more exactly stands in their place."""
    found = {}
    for name, (answer, *_) in given(tracker).items():
        if answer == referral.SKIPPED:
            continue
        choice = referral.triage().question(name).choice(answer)
        for slot, value in choice.facet.items():
            exact = tracker.get_slot(slot)
            found[str(slot)] = str(exact if exact in choice.named.get(slot, ()) else value)
    return found


def emptied() -> list[dict[str, Any]]:
    """Return the events that forget the answers of the form."""
    return [SlotSet(name, None) for name in SLOTS]
