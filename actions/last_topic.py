"""What the actions share that say something else of the topic that was answered last."""

from __future__ import annotations

from abc import abstractmethod

from rasa_sdk import Tracker

from actions import labels
from actions.base import Answer, GuideAction, answered, words
from actions.facets import facets
from actions.message import intent
from assistant import guide


class LastTopicAction(GuideAction):
    """Says a prepared part of the last topic; where there is none, what can be asked instead.

    `of_label` is what is said in its place of a list that was read last.
    """

    of_label: str

    @abstractmethod
    def part(self, topic: str, known: dict[str, str]) -> guide.Reply | None:
        """Return the part of `topic` for the `known` facets, or None where it was not written."""

    def answer(self, tracker: Tracker) -> Answer:
        """Return the part of the topic that was answered last."""
        topic = tracker.get_slot("topic")
        if labels.is_last(tracker):
            return labels.answer([self.of_label], labels.checked(tracker)), answered(topic)
        reply = self.part(topic, facets(tracker, topic)) if topic else None
        if reply is None:
            return guide.compose(guide.load(), intent(tracker), {}, words()), []
        return reply, answered(topic)
