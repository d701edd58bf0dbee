"""Says what was answered last in the plainest words."""

from __future__ import annotations

from rasa_sdk import Tracker

from actions.base import Answer, GuideAction, answered, intent, words
from assistant import guide


class ActionExplainSimply(GuideAction):
    """Says the prepared plain wording of the last topic; where there is none, what can be asked instead."""

    def name(self) -> str:
        """Return the action's name in the domain."""
        return "action_explain_simply"

    def answer(self, tracker: Tracker) -> Answer:
        """Return the plain wording of the last topic."""
        topic = tracker.get_slot("topic")
        reply = guide.plain(guide.load(), topic, words()) if topic else None
        if reply is None:
            return guide.compose(guide.load(), intent(tracker), {}, words()), []
        return reply, answered(topic)
