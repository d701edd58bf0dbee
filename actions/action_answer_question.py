"""Answers whatever the guide answers: one action for all of its topics."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet

from actions.base import Answer, GuideAction, answered, facets, intent, words
from assistant import guide

# What a question is about, not whom it concerns: a new subject drops it unless the message names it itself.
OF_THE_SUBJECT = ("treatment", "product_type", "condition")


class ActionAnswerQuestion(GuideAction):
    """Composes the answer of the topic that is named like the intent, for the facets that are known."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_answer_question"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the topic's answer; small talk leaves the topic that was spoken of before."""
        topic, library = intent(tracker), guide.load()
        dropped = _dropped(tracker, topic)
        known = {name: value for name, value in facets(tracker).items() if name not in dropped}
        reply = guide.compose(library, topic, known, words(), variant=len(tracker.events))
        if library.kinds[topic] == "conversation":
            return reply, []
        return reply, [*answered(topic), *(SlotSet(name, None) for name in dropped)]


def _dropped(tracker: Tracker, topic: str) -> list[str]:
    """Return the facets that belonged to the subject before."""
    if topic == tracker.get_slot("topic"):
        return []
    named = {entity["entity"] for entity in tracker.latest_message["entities"]}
    return [name for name in OF_THE_SUBJECT if tracker.get_slot(name) and name not in named]
