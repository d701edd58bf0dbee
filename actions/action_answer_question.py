"""Answers whatever the guide answers: one action for all of its topics."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, answered, words
from actions.facets import facets, forgotten, further
from actions.message import asked, intent
from assistant import guide


class ActionAnswerQuestion(GuideAction):
    """Composes the answer of the topic that is named like the intent, for the facets that are known."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_answer_question"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the topic's answer; small talk leaves the topic that was spoken of before."""
        topic, library = intent(tracker), guide.load()
        known = facets(tracker, topic)
        reply = guide.compose(library, topic, known, words(), variant=len(tracker.events), asked=asked(tracker))
        if library.kinds[topic] != "guide":
            return reply, []
        reply = guide.with_one_more(library, reply, topic, further(tracker), words())
        return reply, [*answered(topic), *forgotten(tracker, topic)]
